//! What the scripts of the credential authority, of the holder of the spares and of trustees ask. Everybody gets what the
//! own role may see, and hands in messages that are public or become so; no secret comes here.

use adil_belenios::Question;
use adil_election::messages::Draft;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::accounts::Role;
use crate::{App, ServerError};

use super::super::reply::Failure;
use super::super::visitor::Visitor;

pub(in super::super) fn routes() -> Router<App> {
    Router::new()
        .route("/api/authority/{uuid}", get(authority))
        .route("/api/authority/{uuid}/lists", post(receive_lists))
        .route("/api/authority/{uuid}/revocations", post(receive_revocations))
        .route("/api/spares/{uuid}", get(spares))
        .route("/api/trustee/{uuid}/{number}", get(trustee).post(receive_trustee))
}

async fn authority(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Result<Response, Failure> {
    let answer = async {
        visitor.with_role(&uuid, Role::Authority, 0)?;
        let view = app.authority_view(&uuid).await?;
        let questions = questions(&view.draft);
        reply(&view, questions)
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn receive_lists(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    message: Bytes,
) -> Result<Json<Value>, Failure> {
    let answer = async {
        visitor.with_role(&uuid, Role::Authority, 0)?;
        app.receive_lists(&uuid, &message).await?;
        Ok(Json(json!({})))
    };
    answer.await.map_err(visitor.failed(&app))
}

/// The revocations, and who gets which spare.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Revocations {
    /// The message `revocations/1`, as its text.
    message: String,
    /// Pairs of a voter and the spare credential.
    orders: Vec<(String, String)>,
}

async fn receive_revocations(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    let answer = async {
        visitor.with_role(&uuid, Role::Authority, 0)?;
        let read: Revocations =
            serde_json::from_slice(&body).map_err(|error| ServerError::refused("revocations", error))?;
        app.receive_revocations(&uuid, read.message.as_bytes(), &read.orders).await?;
        Ok(Json(json!({})))
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn spares(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Result<Response, Failure> {
    let answer = async {
        visitor.with_role(&uuid, Role::Spares, 0)?;
        let view = app.spares_view(&uuid).await?;
        let questions = questions(&view.draft);
        reply(&view, questions)
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn trustee(
    State(app): State<App>,
    visitor: Visitor,
    Path((uuid, number)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let answer = async {
        let number = number_of(&number)?;
        visitor.with_role(&uuid, Role::Trustee, number)?;
        let view = app.trustee_view(&uuid, number).await?;
        let questions = questions(&view.draft);
        reply(&view, questions)
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn receive_trustee(
    State(app): State<App>,
    visitor: Visitor,
    Path((uuid, number)): Path<(String, String)>,
    message: Bytes,
) -> Result<Json<Value>, Failure> {
    let answer = async {
        let number = number_of(&number)?;
        visitor.with_role(&uuid, Role::Trustee, number)?;
        app.receive_trustee(&uuid, number, &message).await?;
        Ok(Json(json!({})))
    };
    answer.await.map_err(visitor.failed(&app))
}

/// A trustee's number as addresses have it.
fn number_of(text: &str) -> Result<u64, ServerError> {
    text.parse().map_err(|_| ServerError::NotFound)
}

/// A view, with the questions as people read them.
#[derive(Serialize)]
struct WithQuestions<'a, V> {
    #[serde(flatten)]
    view: &'a V,
    questions: Vec<Value>,
}

fn reply(view: &impl Serialize, questions: Vec<Value>) -> Result<Response, ServerError> {
    let text = serde_json::to_string(&WithQuestions { view, questions })
        .map_err(|error| ServerError::Fault(format!("a view of a role: {error}")))?;
    Ok(([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], text).into_response())
}

/// The questions of a draft: `{"title", "answers": […]}`, or `{"title", "lists": [[name, candidate, …], …]}`.
fn questions(draft: &Draft) -> Vec<Value> {
    let Ok((plan, _)) = draft.read() else { return Vec::new() };
    plan.contests
        .iter()
        .map(|contest| match &contest.question {
            Question::Homomorphic { title, answers, .. } | Question::NonHomomorphic { title, answers } => {
                json!({ "title": title, "answers": answers })
            }
            Question::Lists { title, lists } => json!({ "title": title, "lists": lists }),
        })
        .collect()
}
