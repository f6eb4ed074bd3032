//! Signing in at an OpenID provider, which is a small one here that does what a test tells it, on this machine.

#[path = "../common/mod.rs"]
mod common;

mod accounts;
mod away;
mod browser;
mod provider;
mod tokens;

use adil_server::Config;
use axum::http::StatusCode;
use common::{Answer, Ask, Server, server};
use provider::Provider;

/// The address of the organiser of whom the provider speaks.
const EMAIL: &str = "organiser@example.org";

/// A server that trusts the provider.
async fn trusting(provider: &Provider, change: impl FnOnce(&mut Config)) -> Server {
    server(|config| {
        config.oidc = Some(provider.settings());
        change(config);
    })
    .await
}

/// Begins to sign in: the cookie of the browser, and the address at the provider.
async fn begin(server: &Server) -> (String, String) {
    let answer = Ask::get("/sign-in/oidc").of(server).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    (answer.cookie(), answer.location().to_owned())
}

/// Comes back from the provider with what it gave.
async fn come_back(server: &Server, cookie: &str, query: &str) -> Answer {
    Ask::get(&format!("/sign-in/oidc/back?{query}")).cookie(cookie).of(server).await
}

/// Signs in as the one whom the provider speaks of.
async fn sign_in_there(server: &Server, provider: &Provider) -> Answer {
    let (cookie, address) = begin(server).await;
    come_back(server, &cookie, &provider.authorize(&address)).await
}

/// Whether somebody has signed in; what is shown otherwise has the sentence.
fn is_in(answer: &Answer) -> bool {
    answer.status == StatusCode::SEE_OTHER && answer.location() == "/organiser" && answer.cookie().len() > 40
}

/// That nobody has signed in, and the page says why.
fn refused(answer: &Answer, status: u16, sentence: &str) {
    assert_eq!(answer.status.as_u16(), status, "{}", answer.text);
    assert!(answer.text.contains(sentence), "{sentence}: {}", answer.text);
    assert!(answer.text.contains("<h1>") && answer.text.contains("href=\"#oidc\""), "{}", answer.text);
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok()).collect();
    assert!(!cookies.iter().any(|cookie| cookie.starts_with("adil=")), "{cookies:?}");
}
