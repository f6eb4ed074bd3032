//! The booth as voters will see it, before there are keys: with a key and a voting code that are thrown away, so that
//! the script of the booth runs as it will run, and what it encrypts can be read by nobody and is sent nowhere.

use adil_election::trusteeship::{TrusteeEntry, trusteeship};
use adil_election::{Plan, Uuid};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;

use crate::service::{BoothView, ElectionRow, Stage};
use crate::{App, ServerError, system};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::{Answer, Heading, answer, own, show};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/preview", get(preview))
        .route("/organiser/{uuid}/preview.json", get(preview_json))
}

#[derive(Template)]
#[template(path = "organiser/preview.html")]
struct PreviewPage {
    shell: Shell,
    election: Heading,
    problems: usize,
}

/// What the script of the booth reads, with the mark that this is none.
#[derive(Serialize)]
struct Preview {
    #[serde(flatten)]
    booth: BoothView,
    preview: bool,
}

async fn preview(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let problems = row.read_plan().err().map_or(0, |error| error.faults.len() + error.more);
        let shell = Shell::new(&app, &visitor);
        let shell = if problems == 0 { shell.with_script("booth") } else { shell };
        show(&PreviewPage { shell, election: Heading::of(&row), problems })
    })
    .await
}

async fn preview_json(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let plan = row.read_plan().map_err(|_| ServerError::refused("plan", "the questions break rules"))?;
        let booth = throwaway(&row, &plan)?;
        Ok(Json(Preview { booth, preview: true }).into_response())
    })
    .await
}

/// A booth with a key that was drawn for it and is forgotten.
fn throwaway(row: &ElectionRow, plan: &Plan) -> Result<BoothView, ServerError> {
    let fault = |what: String| ServerError::Fault(format!("the preview of {}: {what}", row.uuid));
    let uuid: Uuid = Uuid::parse(&row.uuid).map_err(|error| fault(error.to_string()))?;
    let trustees = trusteeship(plan.group);
    let (_, record) = trustees.single(None, &mut system::random_stream()?);
    let (_, key) = trustees.record(&[TrusteeEntry::Single(record)]).map_err(|error| fault(error.to_string()))?;
    let election = plan.election_record(&uuid, &key);
    Ok(BoothView {
        fingerprint: adil_belenios::base64(&adil_belenios::digest(election.as_bytes())),
        credentials: String::new(),
        counting: plan.counting(),
        phase: Stage::Open,
        second_factor: plan.needs_second_factor,
        log_key: String::new(),
        languages: plan.languages.iter().map(|language| language.code()).collect(),
        closes: row.closes,
        can_notify: false,
        election,
    })
}
