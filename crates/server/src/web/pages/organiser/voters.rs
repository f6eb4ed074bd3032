//! The list of voters: looking through it, and putting another in its place.

use adil_election::{VoterFault, VoterProblem, VotersError};
use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;

use crate::service::{ElectionRow, VoterRow};
use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::fields::{Field, Kind};
use super::upload::Upload;
use super::{Answer, Heading, answer, onward, own, own_unfixed, show};

/// Voters on one page.
const ON_A_PAGE: usize = 50;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/voters", get(list).post(take_list))
        .route("/organiser/{uuid}/voters/list", get(ask_list))
}

#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: usize,
    #[serde(default)]
    saved: bool,
}

#[derive(Template)]
#[template(path = "organiser/voters.html")]
struct VotersPage {
    shell: Shell,
    election: Heading,
    is_saved: bool,
    total: usize,
    without_email: usize,
    has_weights: bool,
    has_names: bool,
    weights: String,
    warnings: Vec<String>,
    query: String,
    found: usize,
    from: usize,
    rows: Vec<VoterRow>,
    /// Number of the page from 1, how many there are.
    page: usize,
    pages: usize,
}

fn matches(voter: &VoterRow, query: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(query);
    has(&voter.id) || voter.name.as_deref().is_some_and(has) || voter.email.as_deref().is_some_and(has)
}

async fn list(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let voters = app.voters(&uuid).await?;
        let shell = Shell::new(&app, &visitor);
        let query = asked.q.trim().to_lowercase();
        let total = voters.len();
        let without_email = voters.iter().filter(|voter| voter.email.is_none()).count();
        let has_weights = row.read_plan().is_ok_and(|plan| plan.has_weights);
        let has_names = voters.iter().any(|voter| voter.name.is_some());
        let weights: u128 = voters.iter().filter_map(|voter| voter.weight.parse::<u128>().ok()).sum();
        let warnings = warnings(&shell, &voters, has_weights);
        let mut rows: Vec<VoterRow> = voters.into_iter().filter(|voter| matches(voter, &query)).collect();
        let found = rows.len();
        let pages = found.div_ceil(ON_A_PAGE).max(1);
        let page = asked.page.clamp(1, pages);
        let from = (page - 1) * ON_A_PAGE;
        rows = rows.into_iter().skip(from).take(ON_A_PAGE).collect();
        show(&VotersPage {
            election: Heading::of(&row),
            is_saved: asked.saved,
            query: asked.q.trim().to_owned(),
            weights: weights.to_string(),
            total,
            without_email,
            has_weights,
            has_names,
            warnings,
            found,
            from,
            rows,
            page,
            pages,
            shell,
        })
    })
    .await
}

/// What may be a mistake: addresses of several voters, weights of few.
fn warnings(shell: &Shell, voters: &[VoterRow], has_weights: bool) -> Vec<String> {
    use std::collections::BTreeMap;
    let mut warnings = Vec::new();
    let mut mailboxes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for voter in voters {
        if let Some(email) = &voter.email {
            mailboxes.entry(email.to_lowercase()).or_default().push(&voter.id);
        }
    }
    let mut shared: Vec<String> = mailboxes
        .iter()
        .filter(|(_, ids)| ids.len() > 1)
        .map(|(email, ids)| shell.t2("organiser-warning-shared", "email", email, "voters", ids.join(", ")))
        .collect();
    let more = shared.len().saturating_sub(WARNINGS);
    shared.truncate(WARNINGS);
    warnings.append(&mut shared);
    if more > 0 {
        warnings.push(shell.t1("organiser-more", "count", more));
    }
    if has_weights {
        let mut held: BTreeMap<&str, usize> = BTreeMap::new();
        for voter in voters {
            *held.entry(&voter.weight).or_default() += 1;
        }
        let few = adil_election::RareWeights::FEW;
        let rare = held.values().filter(|count| **count < few && **count < voters.len()).sum::<usize>();
        if rare > 0 {
            warnings.push(shell.t2("organiser-warning-weights", "count", rare, "few", few));
        }
    }
    warnings
}

/// Warnings of a kind that are shown one by one.
const WARNINGS: usize = 20;

/// A row of the table of what is wrong.
struct Wrong {
    line: usize,
    column: &'static str,
    sentence: String,
}

#[derive(Template)]
#[template(path = "organiser/voters_list.html")]
struct ListPage {
    shell: Shell,
    election: Heading,
    file: Field,
    text: Field,
    wrong: Vec<Wrong>,
    more: usize,
    total: u64,
    has_weights: bool,
    languages: String,
    message: String,
}

/// The column that a fault stands in; empty where it is the row or the file.
pub(super) fn column(problem: &VoterProblem) -> &'static str {
    match problem {
        VoterProblem::Character { column, .. } | VoterProblem::Long { column, .. } => column,
        VoterProblem::SameColumn(column) => column,
        VoterProblem::NoIdColumn | VoterProblem::NoId | VoterProblem::SameId { .. } => "id",
        VoterProblem::NoWeightColumn | VoterProblem::WeightColumn => "weight",
        VoterProblem::Weight(_) | VoterProblem::ZeroWeight => "weight",
        VoterProblem::Email(_) => "email",
        VoterProblem::Language { .. } => "language",
        _ => "",
    }
}

/// What is wrong with a row, as a sentence.
fn sentence(shell: &Shell, problem: &VoterProblem) -> String {
    let t = |key: &str| shell.t(&format!("voters-{key}"));
    let t1 = |key: &str, name: &str, value: &dyn std::fmt::Display| shell.t1(&format!("voters-{key}"), name, value);
    match problem {
        VoterProblem::NotUtf8 { place, .. } => t1("not-utf8", "place", place),
        VoterProblem::NoHeader => t("no-header"),
        VoterProblem::NoVoters => t("no-voters"),
        VoterProblem::UnknownColumn(found) => t1("unknown-column", "found", found),
        VoterProblem::SameColumn(_) => t("same-column"),
        VoterProblem::NoIdColumn => t("no-id-column"),
        VoterProblem::NoWeightColumn => t("no-weight-column"),
        VoterProblem::WeightColumn => t("weight-column"),
        VoterProblem::OpenQuote => t("open-quote"),
        VoterProblem::StrayQuote => t("stray-quote"),
        VoterProblem::CellCount { found, expected } => {
            shell.t2("voters-cell-count", "found", found, "expected", expected)
        }
        VoterProblem::Character { character, .. } => t1("character", "code", &format!("U+{character:04X}")),
        VoterProblem::Long { found, .. } => t1("long", "found", found),
        VoterProblem::NoId => t("no-id"),
        VoterProblem::SameId { id, first } => shell.t2("voters-same-id", "id", id, "first", first),
        VoterProblem::Email(found) => t1("email", "found", found),
        VoterProblem::Language { found, offered } => shell.t2("voters-language", "found", found, "offered", offered),
        VoterProblem::Weight(found) => t1("weight", "found", found),
        VoterProblem::ZeroWeight => t("zero-weight"),
        VoterProblem::TooMany => t("too-many"),
    }
}

async fn list_page(
    app: &App,
    visitor: &Visitor,
    row: &ElectionRow,
    text: &str,
    error: Option<&VotersError>,
) -> Result<ListPage, ServerError> {
    let shell = Shell::new(app, visitor).with_script("organiser");
    let plan = row.read_plan().map_err(|_| ServerError::refused("plan", "the questions come first"))?;
    let wrong = |fault: &VoterFault| Wrong {
        line: fault.line,
        column: column(&fault.problem),
        sentence: sentence(&shell, &fault.problem),
    };
    let faults = error.map(|error| error.faults.as_slice()).unwrap_or_default();
    Ok(ListPage {
        file: Field::new(&shell, Kind::File, "file", "organiser-voters-file", ""),
        text: Field::new(&shell, Kind::Area(10), "text", "organiser-voters-text", text),
        election: Heading::of(row),
        wrong: faults.iter().map(wrong).collect(),
        more: error.map_or(0, |error| error.more),
        total: app.voter_count(&row.uuid).await?,
        has_weights: plan.has_weights,
        languages: plan.languages.iter().map(|language| language.code()).collect::<Vec<_>>().join(", "),
        message: String::new(),
        shell,
    })
}

async fn ask_list(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        show(&list_page(&app, &visitor, &row, "", None).await?)
    })
    .await
}

async fn take_list(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, upload: Upload) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let text = upload.typed.lines_of("text");
        let list = if upload.file.is_empty() { text.as_bytes() } else { &upload.file };
        if list.is_empty() {
            let mut page = list_page(&app, &visitor, &row, "", None).await?;
            page.message = page.shell.t("organiser-voters-nothing");
            return show(&page);
        }
        match app.set_voters(&uuid, list).await? {
            Ok(_) => Ok(onward(&uuid, "voters?saved=true", "")),
            Err(error) => {
                // A file of millions of rows does not come back in a text field.
                let typed = if upload.file.is_empty() && text.len() < SHOWN_BYTES { text.as_str() } else { "" };
                show(&list_page(&app, &visitor, &row, typed, Some(&error)).await?)
            }
        }
    })
    .await
}

/// Bytes of a pasted list that are shown again where something is wrong with it.
const SHOWN_BYTES: usize = 1 << 20;

#[cfg(test)]
mod tests {
    use adil_election::{Plan, Voters};

    use super::column;
    use crate::texts::{Texts, Tongue};

    /// Every fault names its row and the column that it stands in.
    #[test]
    fn faults_have_row_and_column() {
        let plan =
            "title = \"T\"\n[[question]]\ntitle = \"Q\"\nkind = \"choices\"\nanswers = [\"a\"]\nmin = 0\nmax = 1\n";
        let plan = Plan::parse(plan).expect("a plan");
        let list = "id,name,email,language\n1,Voter 1,voter.example.org,en\n1,Voter 2,,\n3,Voter 3,,de\n4,Vo\u{200B}ter,,\n5\n";
        let error = Voters::parse(list.as_bytes(), plan.voter_settings()).expect_err("faults");
        let found: Vec<_> = error.faults.iter().map(|fault| (fault.line, column(&fault.problem))).collect();
        assert_eq!(found, [(2, "email"), (3, "id"), (4, "language"), (5, "name"), (6, "")]);
    }

    #[test]
    fn every_sentence_is_there() {
        let texts = Texts::built_in().expect("texts");
        for key in [
            "not-utf8",
            "no-header",
            "no-voters",
            "unknown-column",
            "same-column",
            "no-id-column",
            "no-weight-column",
            "weight-column",
            "open-quote",
            "stray-quote",
            "cell-count",
            "character",
            "long",
            "no-id",
            "same-id",
            "email",
            "language",
            "weight",
            "zero-weight",
            "too-many",
        ] {
            let key = format!("voters-{key}");
            for tongue in Tongue::all() {
                assert_ne!(texts.get(tongue, &key, &[]), key);
            }
        }
        for rule in adil_election::PlanRule::ALL {
            let key = format!("plan-{}", rule.code());
            assert_ne!(texts.get(Tongue::default(), &key, &[]), key);
        }
    }
}
