//! The bundle of `web/dist`: scripts, styles, the offline verifier. Its files carry the digest of their contents in their
//! names, so that a browser may keep them for ever.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::App;
use crate::bundle::{self, Bundle};
use crate::texts::Tongue;

/// A file of the bundle, as pages name it.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub(super) struct Asset {
    /// Its name below `/assets/`.
    pub(super) path: String,
    /// Its digest, as `integrity` has it.
    pub(super) integrity: String,
    /// Its SHA-256 in hexadecimal digits, for people who compare it.
    pub(super) sha256: String,
}

static MANIFEST: LazyLock<BTreeMap<String, Asset>> =
    LazyLock::new(|| serde_json::from_slice(&bundle::manifest()).unwrap_or_default());

/// The asset of a name, e.g. `adil.css`.
pub(super) fn asset(name: &str) -> Asset {
    MANIFEST.get(name).cloned().unwrap_or_default()
}

pub(super) fn routes() -> Router<App> {
    Router::new().route("/assets/{name}", get(serve)).route("/favicon.ico", get(icon))
}

/// The sign of the site, which browsers ask for by this name.
const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0c5460"/><path fill="#fff" d="M7 9h18v4.5H7zM7 18.5h18V23H7z"/></svg>"##;

async fn icon() -> impl IntoResponse {
    ([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")], ICON)
}

async fn serve(axum::extract::State(app): axum::extract::State<App>, Path(name): Path<String>) -> Response {
    let for_ever = "public, max-age=31536000, immutable";
    if let Some(tongue) =
        name.strip_prefix("texts-").and_then(|rest| rest.strip_suffix(".json")).and_then(Tongue::of_code)
    {
        let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-cache")];
        return (headers, app.texts.for_scripts(tongue).to_owned()).into_response();
    }
    let Some(file) = Bundle::get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let kind = match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("html") => "text/html; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    };
    let keep = if name.matches('.').count() > 1 { for_ever } else { "no-cache" };
    ([(CONTENT_TYPE, kind), (CACHE_CONTROL, keep)], file.data.into_owned()).into_response()
}
