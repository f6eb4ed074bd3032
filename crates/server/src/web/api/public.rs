//! What everybody may ask of an election, and ballots.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use crate::{App, ServerError};

use super::answer::{Body, Tagged, bytes, json, read};
use crate::web::reply::Failure;
use crate::web::visitor::Visitor;

/// What browsers keep of an answer that changes with every ballot.
const A_SECOND: &str = "public, max-age=1";

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/api/e/{uuid}", get(board))
        .route("/api/e/{uuid}/booth", get(booth))
        .route("/api/e/{uuid}/credential", get(credential))
        .route("/api/e/{uuid}/ballots", post(cast))
        .route("/api/e/{uuid}/ballot", get(whereabouts))
        .route("/api/e/{uuid}/second-factor", post(second_factor))
        .route("/api/e/{uuid}/acceptances", post(acceptance))
        .route("/api/e/{uuid}/notices", post(notice))
        .route("/api/openapi.json", get(super::openapi::document))
}

async fn board(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let made = app.answers.boards.get(&uuid, async { Tagged::of(&app.counts(&uuid).await?) });
    let tagged = made.await.map_err(visitor.failed(&app))?;
    Ok(tagged.answer(&headers, "application/json", A_SECOND))
}

async fn booth(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let made = app.answers.booths.get(&uuid, async { Tagged::of(&app.booth(&uuid).await?) });
    let tagged = made.await.map_err(visitor.failed(&app))?;
    Ok(tagged.answer(&headers, "application/json", "no-cache"))
}

/// The value of a parameter. Those that are asked for here have letters that need no escapes.
fn parameter(query: Option<&str>, name: &'static str, fits: fn(&str) -> bool) -> Result<String, ServerError> {
    let mut pairs = query.unwrap_or_default().split('&').filter_map(|pair| pair.split_once('='));
    let value = pairs.find(|(own, _)| *own == name).map(|(_, value)| value);
    let malformed =
        || ServerError::refused("malformed", format!("the parameter {name} is missing or has another form"));
    value.filter(|value| fits(value)).map(str::to_owned).ok_or_else(malformed)
}

fn is_credential(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

/// 256 bits in base64, as trackers are written; escapes of `+` and `/` are taken back before.
fn is_tracker(text: &str) -> bool {
    text.len() == 43 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/-_".contains(&byte))
}

async fn credential(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let answer = async {
        let public = parameter(query.as_deref(), "public", is_credential)?;
        json(StatusCode::OK, &app.credential(&uuid, &public).await?)
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn cast(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    body: Body,
) -> Result<Response, Failure> {
    let answer = async { json(StatusCode::CREATED, &app.cast(&uuid, bytes(body)?).await?) };
    answer.await.map_err(visitor.failed(&app))
}

async fn whereabouts(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Response, Failure> {
    let answer = async {
        let query =
            query.map(|query| query.replace("%2B", "+").replace("%2b", "+").replace("%2F", "/").replace("%2f", "/"));
        let tracker = parameter(query.as_deref(), "tracker", is_tracker)?;
        json(StatusCode::OK, &app.whereabouts(&uuid, &tracker).await?)
    };
    answer.await.map_err(visitor.failed(&app))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SecondFactor {
    tracker: String,
    voter: String,
    notice: Option<String>,
}

async fn second_factor(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    body: Body,
) -> Result<Response, Failure> {
    let answer = async {
        let asked: SecondFactor = read(body)?;
        app.ask_second_factor(&uuid, &asked.tracker, &asked.voter, asked.notice.as_deref()).await?;
        json(StatusCode::ACCEPTED, &serde_json::json!({}))
    };
    answer.await.map_err(visitor.failed(&app))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Acceptance {
    tracker: String,
    voter: String,
    code: String,
    notice: Option<String>,
}

async fn acceptance(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    body: Body,
) -> Result<Response, Failure> {
    let answer = async {
        let Acceptance { tracker, voter, code, notice } = read(body)?;
        let entry = app.accept_ballot(&uuid, &tracker, &voter, &code, notice.as_deref()).await?;
        json(StatusCode::CREATED, &serde_json::json!({ "entry": entry }))
    };
    answer.await.map_err(visitor.failed(&app))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    notice: String,
    email: String,
    language: String,
}

async fn notice(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    body: Body,
) -> Result<Response, Failure> {
    let answer = async {
        let asked: Notice = read(body)?;
        app.leave_address(&uuid, &asked.notice, &asked.email, &asked.language).await?;
        json(StatusCode::ACCEPTED, &serde_json::json!({}))
    };
    answer.await.map_err(visitor.failed(&app))
}
