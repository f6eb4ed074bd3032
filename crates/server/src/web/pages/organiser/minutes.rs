//! The minutes of an election, to be printed and signed: who, when, numbers, fingerprints, what happened besides.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;

use crate::service::{Counts, LeakReport, Stage};
use crate::{App, ServerError, system};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::super::public::result_view::{Block, QuestionView, questions};
use super::plan_form::PlanForm;
use super::{Answer, Heading, answer, own, show, stage};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/organiser/{uuid}/minutes", get(minutes))
}

#[derive(Template)]
#[template(path = "organiser/minutes.html")]
struct MinutesPage {
    shell: Shell,
    election: Heading,
    stage: Stage,
    board: String,
    organiser: String,
    authority: String,
    spares: String,
    trustees: Vec<String>,
    opens: String,
    closes_announced: String,
    closes: String,
    is_extended: bool,
    counts: Counts,
    last_minute: String,
    leak: LeakReport,
    questions: Vec<QuestionView>,
    asked: Vec<String>,
    printed: String,
}

async fn minutes(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let stage = stage(&app, &row).await?;
        if stage < Stage::Open {
            return Err(ServerError::refused("not-opened", "voting has not been opened"));
        }
        let shell = Shell::new(&app, &visitor);
        let settings = &row.settings;
        let questions = match stage {
            Stage::Finished => questions(&shell, app.counted_result(&uuid).await?.as_ref()),
            _ => Vec::new(),
        };
        let counts = app.counts(&uuid).await?;
        let leak = app.leak_report(&uuid).await?;

        // What was announced is what the fixed plan says.
        let plan = row.draft.as_ref().map_or(row.plan.as_str(), |draft| draft.plan.as_str());
        let form = PlanForm::of_text(plan).unwrap_or_default();
        let nothing = shell.t("organiser-not-set");
        let moment = |at: Option<u64>| at.map_or(nothing.clone(), |at| super::dates::moment(settings, at));
        let closes_now = row.closes.map(|at| crate::moment::rfc3339(at, settings.offset_minutes));
        let person = |person: &Option<crate::service::Person>, or: &str| {
            person.as_ref().map_or_else(|| shell.t(or), |person| person.name.clone())
        };
        let or_nothing = |text: &str| if text.is_empty() { nothing.clone() } else { text.to_owned() };
        show(&MinutesPage {
            board: format!("{}/e/{uuid}", app.config.base_url),
            organiser: or_nothing(&form.organiser),
            authority: person(&settings.authority, "organiser-authority-server"),
            spares: person(&settings.spares_holder, "organiser-spares-nobody"),
            trustees: counts.trustees.clone(),
            opens: moment(row.opens),
            is_extended: closes_now.is_some_and(|now| !form.closes.is_empty() && now != form.closes),
            closes_announced: or_nothing(&form.closes),
            closes: moment(row.closes),
            last_minute: super::dates::moment(settings, counts.minute.saturating_mul(60)),
            asked: form.questions.iter().map(|question| question.title.clone()).collect(),
            printed: super::dates::moment(settings, system::seconds()),
            election: Heading::of(&row),
            counts,
            leak,
            questions,
            stage,
            shell,
        })
    })
    .await
}
