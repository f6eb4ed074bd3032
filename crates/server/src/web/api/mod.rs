//! The programs' interface, below `/api/`, and the files of the log.

pub(crate) mod answer;
mod log;
mod openapi;
mod public;
mod roles;
mod schemas;

use axum::Router;

use crate::App;

pub(super) fn routes() -> Router<App> {
    Router::new().merge(public::routes()).merge(log::routes()).merge(roles::routes())
}
