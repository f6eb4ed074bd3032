//! The provider is away, or answers nonsense: a page that says so, and other ways to sign in.

use adil_server::operate::{Examination, Health};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use super::common::{Ask, organiser, sign_in};
use super::provider::Provider;
use super::{EMAIL, begin, come_back, is_in, refused, sign_in_there, trusting};

const AWAY: &str = "does not answer now, or not as it should";

type Change = fn(&mut Value);

#[tokio::test]
async fn a_provider_that_is_away_is_told_and_passwords_still_work() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |config| {
        // Nobody listens there.
        config.oidc.as_mut().expect("settings").issuer = "http://127.0.0.1:9".to_owned();
    })
    .await;
    organiser(&server, EMAIL).await;
    for _ in 0..2 {
        refused(&Ask::get("/sign-in/oidc").of(&server).await, 503, AWAY);
    }
    sign_in(&server, EMAIL).await;
}

#[tokio::test]
async fn a_provider_that_goes_away_meanwhile_is_told() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    organiser(&server, EMAIL).await;
    let (cookie, address) = begin(&server).await;
    let query = provider.authorize(&address);
    provider.behave(|own| own.broken = Some(|| StatusCode::BAD_GATEWAY.into_response()));
    refused(&come_back(&server, &cookie, &query).await, 503, AWAY);
    // It comes back, and so does everybody.
    provider.behave(|own| own.broken = None);
    assert!(is_in(&sign_in_there(&server, &provider).await));
}

#[tokio::test]
async fn nonsense_is_no_answer() {
    fn long() -> Response {
        format!("{{\"issuer\":\"{}\"}}", "a".repeat(1 << 20)).into_response()
    }
    let broken: [fn() -> Response; 5] = [
        || StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        || (StatusCode::FOUND, [("location", "/.well-known/other")]).into_response(),
        || "<html>".into_response(),
        || "{}".into_response(),
        long,
    ];
    for (number, broken) in broken.into_iter().enumerate() {
        let provider = Provider::new().await;
        provider.behave(|own| own.broken = Some(broken));
        let server = trusting(&provider, |_| ()).await;
        let answer = Ask::get("/sign-in/oidc").of(&server).await;
        assert_eq!(answer.status.as_u16(), 503, "{number}");
        refused(&answer, 503, AWAY);
    }
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_refused_by_its_length() {
    fn padded(directory: &mut Value, bytes: usize) {
        directory["padding"] = json!("a".repeat(bytes));
    }
    let cases: [(Change, u16); 2] =
        [(|directory| padded(directory, 200 << 10), 303), (|directory| padded(directory, 257 << 10), 503)];
    for (change, status) in cases {
        let provider = Provider::new().await;
        provider.behave(|own| own.directory = change);
        let server = trusting(&provider, |_| ()).await;
        assert_eq!(Ask::get("/sign-in/oidc").of(&server).await.status.as_u16(), status);
    }
}

#[tokio::test]
async fn a_directory_that_leads_astray_is_refused() {
    let changes: [fn(&mut Value); 4] = [
        |directory| directory["issuer"] = json!("https://other.example.org"),
        |directory| directory["token_endpoint"] = json!("http://other.example.org/token"),
        |directory| directory["authorization_endpoint"] = json!("javascript:alert(1)"),
        |directory| directory["jwks_uri"] = json!("file:///etc/passwd"),
    ];
    for change in changes {
        let provider = Provider::new().await;
        provider.behave(|own| own.directory = change);
        let server = trusting(&provider, |_| ()).await;
        refused(&Ask::get("/sign-in/oidc").of(&server).await, 503, AWAY);
    }
}

#[tokio::test]
async fn the_doctor_tries_the_provider() {
    let provider = Provider::new().await;
    let server = trusting(&provider, |_| ()).await;
    let of = async || {
        let config =
            adil_server::Config { oidc: Some(provider.settings()), ..super::common::config(server.folder.path()) };
        let findings = Examination::default().run(config).await;
        findings.iter().find(|finding| finding.subject == "openid").map(|finding| finding.health)
    };
    assert_eq!(of().await, Some(Health::Ok));
    provider.behave(|own| own.broken = Some(|| StatusCode::NOT_FOUND.into_response()));
    assert_eq!(of().await, Some(Health::Fail));
}
