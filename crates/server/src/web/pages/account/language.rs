//! The language of the pages.

use axum::extract::State;
use axum::http::HeaderValue;
use axum::response::Response;
use axum::routing::post;
use axum::{Form, Router};
use serde::Deserialize;

use crate::App;
use crate::texts::Tongue;

use super::super::super::visitor::{LANGUAGE_COOKIE, Visitor};
use super::go;

pub(super) fn routes() -> Router<App> {
    Router::new().route("/language", post(choose))
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    language: String,
    #[serde(default)]
    to: String,
}

async fn choose(State(app): State<App>, visitor: Visitor, Form(choice): Form<Choice>) -> Response {
    let tongue = Tongue::of_code(&choice.language).unwrap_or(visitor.tongue);
    let secure = if app.config.is_secure() { "; Secure" } else { "" };
    let text = format!("{LANGUAGE_COOKIE}={}; Path=/; Max-Age=31536000; SameSite=Lax{secure}", tongue.code());
    go(own_path(&choice.to), HeaderValue::from_str(&text).ok())
}

/// A path of this server; the front page where it is something else.
fn own_path(to: &str) -> &str {
    let is_path = to.starts_with('/') && !to.starts_with("//") && !to.contains('\\');
    if is_path && to.bytes().all(|byte| byte.is_ascii_graphic()) { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn nobody_is_sent_elsewhere() {
        assert_eq!(own_path("/e/abc"), "/e/abc");
        for to in
            ["https://other.example.org", "//other.example.org", "/\\other.example.org", "", "x", "/a\r\nb", "/a b"]
        {
            assert_eq!(own_path(to), "/", "{to:?}");
        }
    }
}
