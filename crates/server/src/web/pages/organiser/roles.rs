//! Who makes the voting codes, who keeps the spare ones, and who together can open the result.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;

use crate::App;
use crate::service::{ElectionRow, Person};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::details::{form_of, keep};
use super::fields::{Field, FormPage, Kind, Problem, Typed};
use super::{Answer, Heading, answer, onward, own_unfixed, show};

/// Trustees of an election.
const MOST_TRUSTEES: usize = 30;
/// Empty rows for trustees beyond those that are there.
const EMPTY_ROWS: usize = 2;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/authority", get(authority).post(save_authority))
        .route("/organiser/{uuid}/trustees", get(trustees).post(save_trustees))
}

/// A person as typed; `None` where both fields are empty.
fn person(typed: &Typed, prefix: &str) -> Option<Person> {
    let name = typed.get(&format!("{prefix}_name")).to_owned();
    let email = Some(typed.get(&format!("{prefix}_email")).to_owned()).filter(|email| !email.is_empty());
    (!name.is_empty() || email.is_some()).then_some(Person { name, email })
}

/// What is wrong with a person. A name becomes part of records, so that it keeps the rule of texts.
fn problems(shell: &Shell, prefix: &str, person: &Person) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_bad = person.name.chars().any(char::is_control) || person.name.chars().count() > 200;
    if person.name.is_empty() || is_bad {
        problems.push(Problem::new(&format!("{prefix}_name"), shell.t("organiser-name-wrong")));
    }
    if person.email.as_deref().is_some_and(|email| !is_email(email)) {
        problems.push(Problem::new(&format!("{prefix}_email"), shell.t("organiser-email-wrong")));
    }
    problems
}

/// Whether a letter could go there: the full rules are those of the mail server.
fn is_email(email: &str) -> bool {
    let Some((local, domain)) = email.split_once('@') else { return false };
    let is_plain = |text: &str| {
        !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_control() || "@<>,;\"".contains(c))
    };
    is_plain(local) && is_plain(domain) && domain.contains('.') && email.len() <= 254
}

fn person_fields(shell: &Shell, prefix: &str, key: &str, person: Option<&Person>) -> [Field; 2] {
    let name = person.map_or("", |person| person.name.as_str());
    let email = person.and_then(|person| person.email.as_deref()).unwrap_or_default();
    [
        Field::new(shell, Kind::Line, &format!("{prefix}_name"), &format!("{key}-name"), name),
        Field::new(shell, Kind::Email, &format!("{prefix}_email"), &format!("{key}-email"), email),
    ]
}

fn authority_page(
    app: &App,
    visitor: &Visitor,
    row: &ElectionRow,
    who: &str,
    authority: Option<&Person>,
    holder: Option<&Person>,
) -> FormPage {
    let shell = Shell::new(app, visitor);
    let mut fields = vec![Field::radios(&shell, "who", "organiser-authority", &["server", "person"], who)];
    fields.extend(person_fields(&shell, "authority", "organiser-authority", authority));
    fields.push(Field::new(&shell, Kind::Part, "part", "organiser-spares", ""));
    fields.extend(person_fields(&shell, "spares", "organiser-spares", holder));
    FormPage::new(shell, Some(Heading::of(row)), "organiser-roles-authority", fields)
}

async fn authority(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let (own, holder) = (row.settings.authority.as_ref(), row.settings.spares_holder.as_ref());
        let who = if own.is_some() { "person" } else { "server" };
        show(&authority_page(&app, &visitor, &row, who, own, holder))
    })
    .await
}

async fn save_authority(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let is_person = typed.get("who") == "person";
        let authority = person(&typed, "authority").or_else(|| is_person.then(Person::default));
        let holder = person(&typed, "spares").filter(|_| is_person);
        let page = authority_page(&app, &visitor, &row, typed.get("who"), authority.as_ref(), holder.as_ref());
        let authority = authority.filter(|_| is_person);
        let mut found = Vec::new();
        if !["server", "person"].contains(&typed.get("who")) {
            found.push(Problem::new("who", page.shell.t("organiser-authority-choose")));
        }
        found.extend(authority.iter().flat_map(|person| problems(&page.shell, "authority", person)));
        found.extend(holder.iter().flat_map(|person| problems(&page.shell, "spares", person)));
        if !found.is_empty() {
            return show(&page.with_problems(found));
        }
        let mut form = form_of(&row)?;
        form.authority = authority.as_ref().map(|person| person.name.clone()).unwrap_or_default();
        keep(&app, &uuid, &form).await?;
        let mut settings = row.settings.clone();
        (settings.authority, settings.spares_holder) = (authority, holder);
        app.set_settings(&uuid, &settings).await?;
        Ok(onward(&uuid, "", "saved"))
    })
    .await
}

struct TrusteeRow {
    number: usize,
    name: Field,
    email: Field,
}

#[derive(Template)]
#[template(path = "organiser/trustees.html")]
struct TrusteesPage {
    shell: Shell,
    election: Heading,
    problems: Vec<Problem>,
    rows: Vec<TrusteeRow>,
    threshold: Field,
}

fn trustees_page(
    app: &App,
    visitor: &Visitor,
    row: &ElectionRow,
    trustees: &[Person],
    threshold: &str,
    problems: Vec<Problem>,
    empty_rows: usize,
) -> TrusteesPage {
    let shell = Shell::new(app, visitor).with_script("organiser");
    let errors = |mut field: Field| {
        field.errors = problems.iter().filter(|own| own.field == field.name).map(|own| own.message.clone()).collect();
        field
    };
    let count = (trustees.len() + empty_rows).clamp(3, MOST_TRUSTEES);
    let of = |place: usize| {
        let number = place + 1;
        let [name, email] =
            person_fields(&shell, &format!("trustee_{number}"), "organiser-trustee", trustees.get(place)).map(errors);
        TrusteeRow { number, name, email }
    };
    TrusteesPage {
        rows: (0..count).map(of).collect(),
        threshold: errors(Field::new(&shell, Kind::Number, "threshold", "organiser-threshold", threshold)),
        election: Heading::of(row),
        problems,
        shell,
    }
}

async fn trustees(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let threshold = row.settings.threshold.map(|threshold| threshold.to_string()).unwrap_or_default();
        show(&trustees_page(&app, &visitor, &row, &row.settings.trustees, &threshold, Vec::new(), EMPTY_ROWS))
    })
    .await
}

async fn save_trustees(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        // Rows that are empty are no trustees; the others move together.
        let trustees: Vec<Person> =
            (1..=MOST_TRUSTEES).filter_map(|number| person(&typed, &format!("trustee_{number}"))).collect();
        let threshold = typed.get("threshold");
        if typed.has("more") {
            return show(&trustees_page(&app, &visitor, &row, &trustees, threshold, Vec::new(), 4));
        }
        let shell = Shell::new(&app, &visitor);
        let mut found: Vec<Problem> = Vec::new();
        for (place, person) in trustees.iter().enumerate() {
            let prefix = format!("trustee_{}", place + 1);
            found.extend(problems(&shell, &prefix, person));
            if !person.name.is_empty() && trustees.iter().take(place).any(|other| other.name == person.name) {
                found.push(Problem::new(&format!("{prefix}_name"), shell.t("organiser-trustee-twice")));
            }
        }
        if trustees.is_empty() {
            found.push(Problem::new("trustee_1_name", shell.t("organiser-trustee-none")));
        }
        let number = threshold.parse::<usize>().ok().filter(|number| (1..=trustees.len()).contains(number));
        if !threshold.is_empty() && number.is_none() {
            found.push(Problem::new("threshold", shell.t1("organiser-threshold-wrong", "count", trustees.len())));
        }
        if !found.is_empty() {
            return show(&trustees_page(&app, &visitor, &row, &trustees, threshold, found, EMPTY_ROWS));
        }
        let mut settings = row.settings.clone();
        // All of them is what single keys do, without a ceremony.
        settings.threshold = number.filter(|number| *number < trustees.len());
        settings.trustees = trustees;
        app.set_settings(&uuid, &settings).await?;
        Ok(onward(&uuid, "", "saved"))
    })
    .await
}
