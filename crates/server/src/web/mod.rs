//! Pages and the programs' interface. A handler reads what was asked, calls `service`, and shows what came of it.

mod answers;
mod api;
mod assets;
mod guard;
mod health;
mod pages;
mod reply;
mod shell;
mod visitor;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use tower_http::catch_panic::CatchPanicLayer;

use crate::App;

pub(crate) use answers::Answers;
pub(crate) use guard::Bodies;

/// Everything that is served.
pub fn router(app: App) -> Router {
    Router::new()
        .merge(pages::public::routes())
        .merge(pages::voter::routes())
        .merge(pages::account::routes())
        .merge(pages::organiser::routes())
        .merge(pages::roles::routes())
        .merge(pages::verify::routes())
        .merge(pages::demo::routes())
        .merge(api::routes())
        .merge(assets::routes())
        .merge(health::routes())
        .fallback(pages::public::not_found)
        .layer(CatchPanicLayer::new())
        // The guard reads bodies, with a limit for each kind.
        .layer(DefaultBodyLimit::disable())
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}

/// Figures for Prometheus, on an address of their own.
pub(crate) fn metrics_router(app: App) -> Router {
    health::metrics_routes().with_state(app)
}
