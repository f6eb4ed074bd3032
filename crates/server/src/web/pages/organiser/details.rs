//! What voters read above the questions: title, description, languages, who organises; and the options: weights, second
//! factor, spare codes, whether the election is listed.

use adil_election::PlanFault;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;

use crate::service::ElectionRow;
use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::elections::languages;
use super::fields::{Field, FormPage, Kind, Problem, Typed};
use super::plan_form::PlanForm;
use super::{Answer, Heading, answer, onward, own_unfixed, show};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/details", get(details).post(save_details))
        .route("/organiser/{uuid}/options", get(options).post(save_options))
}

/// The plan of an election as a form.
pub(super) fn form_of(row: &ElectionRow) -> Result<PlanForm, ServerError> {
    PlanForm::of_text(&row.plan).ok_or_else(|| ServerError::refused("plan-text", "the text of the plan is no TOML"))
}

/// What is wrong, as a sentence: the rule in the language of the page, and what was found.
pub(super) fn sentence(shell: &Shell, fault: &PlanFault) -> String {
    shell.t1(&format!("plan-{}", fault.rule.code()), "found", &fault.found)
}

/// Keeps a plan that was changed.
pub(super) async fn keep(app: &App, uuid: &str, form: &PlanForm) -> Result<(), ServerError> {
    app.set_plan(uuid, &form.title, &form.to_text()).await
}

fn details_page(app: &App, visitor: &Visitor, row: &ElectionRow, form: &PlanForm) -> FormPage {
    let shell = Shell::new(app, visitor);
    let fields = vec![
        Field::new(&shell, Kind::Line, "title", "organiser-title", &form.title),
        Field::new(&shell, Kind::Area(5), "description", "organiser-description", &form.description),
        Field::new(&shell, Kind::Boxes(languages(&form.languages)), "languages", "organiser-languages", ""),
        Field::new(&shell, Kind::Line, "organiser", "organiser-organiser", &form.organiser),
    ];
    FormPage::new(shell, Some(Heading::of(row)), "organiser-details", fields)
}

async fn details(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        show(&details_page(&app, &visitor, &row, &form_of(&row)?))
    })
    .await
}

async fn save_details(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let before = form_of(&row)?;
        // The first language is that of voters of whom none is known: one that stays keeps its place.
        let mut languages: Vec<String> =
            before.languages.iter().filter(|code| typed.all("languages").any(|own| own == *code)).cloned().collect();
        languages.extend(
            typed.all("languages").filter(|code| !before.languages.iter().any(|own| own == code)).map(str::to_owned),
        );
        let form = PlanForm {
            title: typed.get("title").to_owned(),
            description: typed.lines_of("description"),
            languages,
            organiser: typed.get("organiser").to_owned(),
            ..before
        };
        let faults = form.faults();
        let own = faults.iter().filter(|(place, fault)| {
            place.question.is_none()
                && ["title", "description", "languages", "organiser"].contains(&place.field)
                && !is_of_questions(fault)
        });
        let page = details_page(&app, &visitor, &row, &form);
        let problems: Vec<Problem> =
            own.map(|(place, fault)| Problem::new(place.field, sentence(&page.shell, fault))).collect();
        if !problems.is_empty() {
            return show(&page.with_problems(problems));
        }
        keep(&app, &uuid, &form).await?;
        Ok(onward(&uuid, "", "saved"))
    })
    .await
}

/// Whether a fault says that questions are missing, which stands on the first line.
fn is_of_questions(fault: &PlanFault) -> bool {
    use adil_election::PlanRule::{Missing, Questions};
    fault.rule == Questions || (fault.rule == Missing && fault.found.contains("`question`"))
}

fn options_page(
    app: &App,
    visitor: &Visitor,
    row: &ElectionRow,
    form: &PlanForm,
    spares: &str,
    is_listed: bool,
) -> FormPage {
    let shell = Shell::new(app, visitor);
    let fields = vec![
        Field::tick(&shell, "second_factor", "organiser-second-factor", form.second_factor),
        Field::tick(&shell, "weights", "organiser-weights", form.weights),
        Field::new(&shell, Kind::Number, "spares", "organiser-spares-percent", spares),
        Field::tick(&shell, "listed", "organiser-listed", is_listed),
    ];
    FormPage::new(shell, Some(Heading::of(row)), "organiser-options", fields)
}

async fn options(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let form = form_of(&row)?;
        let (spares, is_listed) = (row.settings.spares_percent.to_string(), row.settings.is_listed);
        show(&options_page(&app, &visitor, &row, &form, &spares, is_listed))
    })
    .await
}

async fn save_options(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let before = form_of(&row)?;
        let form =
            PlanForm { second_factor: typed.has("second_factor"), weights: typed.has("weights"), ..before.clone() };
        let page = options_page(&app, &visitor, &row, &form, typed.get("spares"), typed.has("listed"));
        let mut problems = Vec::new();
        let spares = typed.get("spares").parse::<u32>().ok().filter(|percent| *percent <= MOST_SPARES_PERCENT);
        if spares.is_none() {
            let most = MOST_SPARES_PERCENT;
            problems.push(Problem::new("spares", page.shell.t1("organiser-spares-percent-wrong", "most", most)));
        }
        let is_numbers = |kind| matches!(kind, super::plan_form::Kind::Ranked | super::plan_form::Kind::Graded);
        if form.weights && form.questions.iter().any(|question| is_numbers(question.kind)) {
            problems.push(Problem::new("weights", page.shell.t1("plan-N21", "found", "")));
        }
        let Some(spares) = spares.filter(|_| problems.is_empty()) else {
            return show(&page.with_problems(problems));
        };
        keep(&app, &uuid, &form).await?;
        if form.weights != before.weights {
            // The list was read for the other setting.
            app.clear_voters(&uuid).await?;
        }
        let mut settings = row.settings.clone();
        settings.spares_percent = spares;
        settings.is_listed = typed.has("listed");
        app.set_settings(&uuid, &settings).await?;
        Ok(onward(&uuid, "", "saved"))
    })
    .await
}

/// Spare codes: at most five for each voter.
const MOST_SPARES_PERCENT: u32 = 500;
