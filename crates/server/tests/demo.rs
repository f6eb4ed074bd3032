//! The sample election of `--demo`: everything that a visitor needs to hold it to its end stands on its page.

mod common;

use adil_server::sample::{self, Sample};
use adil_server::service::Erasure;
use axum::http::StatusCode;
use common::{Ask, Server, server};

/// What stands between two texts.
fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    text.split_once(before).and_then(|(_, rest)| rest.split_once(after)).map(|(found, _)| found).unwrap_or_default()
}

async fn demo(server: &Server, cookie: &str) -> String {
    let page = Ask::get("/demo").cookie(cookie).of(server).await;
    assert_eq!(page.status, StatusCode::OK);
    page.text
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_holds_the_sample_election_to_its_end() {
    let server = server(|config| config.is_demo = true).await;
    server.app.hold_demo().await.expect("held");
    assert!(Ask::get("/").of(&server).await.text.contains("href=\"/demo\""));
    assert!(server.app.set_up_link().await.expect("asked").is_some(), "the sample's organiser is no first account");

    // The codes of all voters: two of them vote.
    let page = demo(&server, "").await;
    let uuid = between(&page, "/e/", "\"").to_owned();
    let codes: Vec<&str> =
        page.split("/vote#").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect();
    assert_eq!(codes.len(), 7);
    let polls = server.app.polls(&uuid).await.expect("open");
    let votes: Vec<(&str, Vec<&str>)> = codes[..2].iter().map(|code| (*code, vec!["1=1", "2=2", "3=1,2,3"])).collect();
    for ballot in sample::ballots(polls.as_ref(), adil_server::DEMO_PLAN, &votes).expect("ballots") {
        server.app.cast(&uuid, ballot.into()).await.expect("taken");
    }

    // The organiser's pages open by a button, and the trustee's by her link.
    let signed_in = Ask::form("/demo/sign-in", "csrf=").of(&server).await;
    assert_eq!(signed_in.location(), format!("/organiser/{uuid}"));
    let cookie = signed_in.cookie();
    let home = Ask::get(signed_in.location()).cookie(&cookie).of(&server).await;
    assert_eq!(home.status, StatusCode::OK);
    let link = between(&page, "http://127.0.0.1:8080/r/", "\"");
    let role = Ask::get(&format!("/r/{link}")).cookie(&cookie).of(&server).await;
    assert_eq!(role.location(), format!("/trustee/{uuid}/1"));

    // The trustee's file opens by the passphrase of the page, and its key decrypts the result.
    let file = Ask::get("/demo/trustee").of(&server).await;
    assert!(file.header("content-disposition").contains(&format!("trustee-{uuid}-1.json")));
    let passphrase = between(&page, "<p class=\"code\" translate=\"no\">", "<");
    let opened = adil_election::sealed::open(file.text.as_bytes(), passphrase).expect("the passphrase opens it");
    let kept: serde_json::Value = serde_json::from_slice(&opened).expect("JSON");
    assert_eq!(
        (&kept["adil"], &kept["uuid"], &kept["number"]),
        (&"trustee-key/1".into(), &uuid.clone().into(), &1.into())
    );
    let trustee = kept["private"].as_str().expect("a key").to_owned().into();
    Sample { uuid: uuid.clone(), trustee }.count(&server.app).await.expect("counted");
    let page = demo(&server, &cookie).await;
    assert!(page.contains(&format!("/e/{uuid}/result")) && !page.contains("/vote#"));
    // Whoever has tried it does not take it away from others.
    for erasure in [Erasure::Personal, Erasure::Everything] {
        let refused = server.app.erase(&uuid, erasure).await.expect_err("refused");
        assert!(matches!(refused, adil_server::ServerError::Refused { code: "erase-sample", .. }), "{refused}");
    }

    // Another one begins when it is asked for, and no sooner.
    let csrf = between(&page, "name=\"csrf\" value=\"", "\"");
    for _ in 0..2 {
        let new = Ask::form("/demo/new", &format!("csrf={csrf}")).cookie(&cookie).of(&server).await;
        assert_eq!(new.location(), "/demo");
    }
    let page = demo(&server, &cookie).await;
    assert!(page.contains("/vote#") && !page.contains(&uuid));
    assert_eq!(common::count(&server, "SELECT COUNT(*) FROM demo").await, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_option_there_is_no_such_page() {
    let server = server(|_| {}).await;
    server.app.hold_demo().await.expect("held");
    for path in ["/demo", "/demo/trustee"] {
        assert_eq!(Ask::get(path).of(&server).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/demo/sign-in", "/demo/new"] {
        let answer = Ask::form(path, "csrf=").of(&server).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.cookie(), "");
    }
}
