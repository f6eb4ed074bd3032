//! Whether the server is alive, whether it can work, and its figures. Figures go to this machine alone, or to the address that
//! the operator named.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::App;

/// How long the database may take to answer.
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) fn routes() -> Router<App> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).route("/metrics", get(figures_here))
}

pub(super) fn metrics_routes() -> Router<App> {
    Router::new().route("/metrics", get(figures)).route("/healthz", get(alive)).route("/readyz", get(ready))
}

async fn alive() -> &'static str {
    "alive\n"
}

async fn ready(State(app): State<App>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(PATIENCE, app.store.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        _ => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

/// A proxy on this machine says that it forwards; then it is not this machine that asks.
async fn figures_here(state: State<App>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>();
    let is_here = peer.is_some_and(|ConnectInfo(address)| address.ip().to_canonical().is_loopback());
    let is_forwarded =
        ["x-forwarded-for", "forwarded", "via", "x-real-ip"].iter().any(|name| request.headers().contains_key(*name));
    if is_here && !is_forwarded { figures(state).await } else { StatusCode::NOT_FOUND.into_response() }
}

async fn figures(State(app): State<App>) -> Response {
    match app.figures().await {
        Ok(text) => ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(error) => {
            tracing::error!(error = %error, "no figures");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
