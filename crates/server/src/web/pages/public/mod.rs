//! Pages for everybody: the front page, an election's board, its trackers, its result, and what adil says of itself.

mod board;
mod front;
mod numbers;
mod prose;
mod result;
pub(super) mod result_view;
mod trackers;

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::App;

use super::super::visitor::Visitor;

pub(in crate::web) use board::KnownBoard;
pub(in crate::web) use front::Listed;

pub(in super::super) fn routes() -> Router<App> {
    Router::new()
        .route("/", get(front::front))
        .route("/e/{uuid}", get(board::board))
        .route("/e/{uuid}/result", get(result::result))
        .route("/e/{uuid}/trackers", get(trackers::trackers))
        .route("/e/{uuid}/trackers.txt", get(trackers::text))
        .route("/help", get(prose::help))
        .route("/accessibility", get(prose::accessibility))
        .route("/privacy", get(prose::privacy))
}

/// The page for addresses that there are not.
pub(in super::super) async fn not_found(State(app): State<App>, visitor: Visitor) -> Response {
    visitor.failed(&app)(crate::ServerError::NotFound).into_response()
}
