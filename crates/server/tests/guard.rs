//! What stands in front of every page.

mod common;

use axum::http::StatusCode;
use common::{Ask, organiser, server, sign_in};

#[tokio::test]
async fn every_answer_forbids_what_pages_do_not_need() {
    let server = server(|config| config.base_url = "https://vote.example.org".to_owned()).await;
    for path in ["/", "/sign-in", "/nowhere", "/api/e/nowhere", "/healthz", "/assets/manifest.json"] {
        let answer = Ask::get(path).of(&server).await;
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{path}: {policy}");
        for part in
            ["frame-ancestors 'none'", "base-uri 'none'", "require-trusted-types-for 'script'", "form-action 'self'"]
        {
            assert!(policy.contains(part), "{path}: {part}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=63072000"),
        ] {
            assert_eq!(answer.header(name), value, "{path}");
        }
        assert!(answer.header("permissions-policy").contains("camera=()"));
        assert_eq!(answer.header("x-request-id").len(), 16);
    }
    // No page has anything inline.
    for path in ["/", "/sign-in", "/sign-in/link"] {
        let page = Ask::get(path).of(&server).await.text;
        assert!(!page.contains("<style") && !page.contains(" style=") && !page.contains(" onclick"), "{path}");
        assert!(!page.contains("<script>"), "{path}");
        assert_eq!(page.matches("<h1").count(), 1, "{path}");
    }
}

#[tokio::test]
async fn without_encryption_nothing_is_said_of_it() {
    let server = server(|_| {}).await;
    assert_eq!(Ask::get("/").of(&server).await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn other_sites_cannot_post() {
    let server = server(|_| {}).await;
    for (name, value) in
        [("sec-fetch-site", "cross-site"), ("sec-fetch-site", "same-site"), ("origin", "https://other.example.org")]
    {
        for path in ["/sign-in", "/language", "/api/e/x/ballots", "/nowhere"] {
            let mut ask = Ask::form(path, "language=ru");
            ask.headers.retain(|(own, _)| *own != "sec-fetch-site");
            let answer = ask.with(name, value).of(&server).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path} {value}");
            assert_eq!(answer.cookie(), "");
        }
    }
}

#[tokio::test]
async fn a_form_without_the_sessions_token_changes_nothing() {
    let server = server(|_| {}).await;
    organiser(&server, "organiser@example.org").await;
    let cookie = sign_in(&server, "organiser@example.org").await;
    let other = sign_in(&server, "organiser@example.org").await;
    let own = Ask::get("/account").cookie(&cookie).of(&server).await.csrf();
    let foreign = Ask::get("/account").cookie(&other).of(&server).await.csrf();
    assert_eq!(own.len(), 43);
    assert_ne!(own, foreign);
    for body in ["language=kk".to_owned(), format!("language=kk&csrf={foreign}"), "language=kk&csrf=".to_owned()] {
        let answer = Ask::form("/account/language", &body).cookie(&cookie).of(&server).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{body}");
    }
    // A form of another kind is a form too.
    for kind in ["text/plain", "multipart/form-data; boundary=x"] {
        let ask = Ask::form("/account/language", "language=kk").with("content-type", kind);
        assert_eq!(ask.cookie(&cookie).of(&server).await.status, StatusCode::FORBIDDEN, "{kind}");
    }
    assert_eq!(server.app.store.text("SELECT language FROM organiser").await.expect("a language"), "en");
    let answer = Ask::form("/account/language", &format!("language=kk&csrf={own}")).cookie(&cookie).of(&server).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(server.app.store.text("SELECT language FROM organiser").await.expect("a language"), "kk");
}

#[tokio::test]
async fn what_is_too_long_is_refused() {
    let server = server(|_| {}).await;
    organiser(&server, "organiser@example.org").await;
    let cookie = sign_in(&server, "organiser@example.org").await;
    let megabyte = 1 << 20;
    // A ballot of eight megabytes passes the guard, one byte more does not, whether or not its length is announced.
    let fits = Ask::json("/api/e/x/ballots", vec![b' '; 8 * megabyte]).of(&server).await;
    assert_ne!(fits.status, StatusCode::PAYLOAD_TOO_LARGE);
    let longer = Ask::json("/api/e/x/ballots", vec![b' '; 8 * megabyte + 1]).of(&server).await;
    assert_eq!(longer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(longer.text.contains("\"error\":\"too-long\""), "{}", longer.text);
    let announced = Ask::json("/api/e/x/ballots", Vec::new()).with("content-length", "99999999999").of(&server).await;
    assert_eq!(announced.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Short forms are short.
    let form = Ask::form("/sign-in", &"a".repeat(16 * 1024 + 1)).of(&server).await;
    assert_eq!(form.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Lists are taken from those who have the part that they are for, not from strangers and other organisers.
    let list = || Ask::json("/api/authority/x/lists", vec![b' '; 2 * megabyte]);
    assert_eq!(list().of(&server).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(list().cookie(&cookie).of(&server).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let voters = |bytes| Ask::json("/organiser/x/voters", vec![b' '; bytes]).cookie(&cookie);
    assert_ne!(voters(2 * megabyte).of(&server).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(voters(32 * megabyte + 1).of(&server).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_nul_is_no_failure_of_the_server() {
    for server in common::servers("nul").await {
        for path in ["/e/%00", "/api/e/%00", "/api/e/x%00y/ballot?tracker=a", "/api/e/x/ballot?tracker=%00", "/r/%00"] {
            assert_eq!(Ask::get(path).of(&server).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        let json = br#"{"tracker":"a","voter":"\u0000"}"#.to_vec();
        let answer = Ask::json("/api/e/11111111111111/second-factor", json).of(&server).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
        let answer = Ask::form("/sign-in", "email=%00&password=a&code=").of(&server).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
    }
}

#[tokio::test]
async fn one_network_cannot_ask_without_end() {
    let server = server(|config| config.proxies = 1).await;
    let ask = |from: &str| Ask::get("/r/none").from([10, 0, 0, 1]).with("x-forwarded-for", from);
    let mut refused = None;
    for number in 0..70 {
        let answer = ask("198.51.100.7").of(&server).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert!((1..=5).contains(&answer.header("retry-after").parse::<u64>().expect("seconds")));
            refused.get_or_insert(number);
        }
    }
    // The bucket of links has 60 tokens; one comes back a second, and this takes less than nine.
    assert!(refused.is_some_and(|number| (60..70).contains(&number)), "{refused:?}");
    assert_ne!(ask("198.51.101.7").of(&server).await.status, StatusCode::TOO_MANY_REQUESTS, "another network");
    // What the client itself writes before the proxy's entry does not help.
    let forged = ask("203.0.113.1, 198.51.100.9").of(&server).await;
    assert_eq!(forged.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn figures_are_for_this_machine_alone_and_name_nobody() {
    let server = server(|_| {}).await;
    assert_eq!(Ask::get("/healthz").of(&server).await.text, "alive\n");
    assert_eq!(Ask::get("/readyz").of(&server).await.text, "ready\n");
    Ask::get("/sign-in/link/a-secret-token?a=b").of(&server).await;
    Ask::get("/no/such/secret").of(&server).await;
    assert_eq!(Ask::get("/metrics").of(&server).await.status, StatusCode::NOT_FOUND);
    let proxied = Ask::get("/metrics").from([127, 0, 0, 1]).with("x-forwarded-for", "192.0.2.1");
    assert_eq!(proxied.of(&server).await.status, StatusCode::NOT_FOUND);
    let figures = Ask::get("/metrics").from([127, 0, 0, 1]).of(&server).await;
    assert_eq!(figures.status, StatusCode::OK);
    let line = "adil_requests_total{route=\"/sign-in/link/{token}\",method=\"GET\",status=\"404\"} 1\n";
    assert!(figures.text.contains(line), "{}", figures.text);
    assert!(figures.text.contains("adil_requests_total{route=\"none\",method=\"GET\",status=\"404\"} "));
    assert!(!figures.text.contains("secret") && !figures.text.contains("192.0.2"));
    for name in ["adil_mail_waiting 0", "adil_log_entries 0", "adil_database_write_connections 1"] {
        assert!(figures.text.contains(name), "{name}");
    }
}
