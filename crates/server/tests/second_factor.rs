//! The second proof of who a voter is: whose ballots are accepted, and how often codes are asked for and tried.

mod common;

use adil_server::sample::{self, Sample};
use adil_server::service::{Affected, Cast, Leak};
use adil_server::{App, ServerError};
use common::{Ask, Server, count, letters, servers};

const PLAN: &str = r#"
title = "Twice proven"
languages = ["en"]
second_factor = true

[[question]]
title = "Agreed?"
answers = ["Yes", "No"]
kind = "choices"
min = 1
max = 1
"#;

const VOTERS: &str = "id,email\nv1,v1@example.org\nv2,v2@example.org\nv3,v3@example.org\nv4,v4@example.org\n\
                      v5,v5@example.org\n";

/// An open election whose voting codes the server hands out.
async fn held(server: &Server) -> String {
    let organiser = sample::organiser(&server.app).await.expect("an account");
    Sample::open_for(&server.app, organiser, "Twice proven", PLAN, VOTERS).await.expect("voting is open").uuid
}

/// Casts a ballot with the code of the voter at a place.
async fn cast(app: &App, uuid: &str, place: u64, answer: &str) -> Cast {
    let code = app.voting_code(uuid, place).await.expect("a code");
    let polls = app.polls(uuid).await.expect("voting is open");
    let ballots = sample::ballots(polls.as_ref(), PLAN, &[(code.as_str(), vec![answer])]).expect("a ballot");
    let cast = app.cast(uuid, ballots[0].clone().into()).await.expect("taken");
    assert_eq!(cast.acceptance, "needed");
    cast
}

/// The eight digits of the letter to an address; there is one letter.
async fn mailed(server: &Server, address: &str) -> String {
    server.app.send_due_mail().await.expect("sent");
    let to = format!("To: {address}");
    let own: Vec<String> = letters(server).into_iter().filter(|letter| letter.contains(&to)).collect();
    assert_eq!(own.len(), 1, "letters to {address}");
    let is_code = |word: &&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let body = own[0].split("\r\n\r\n").nth(1).expect("a body");
    let line = body.lines().find(|line| line.split(' ').count() == 2 && line.split(' ').all(|word| is_code(&word)));
    line.expect("two times four digits").to_owned()
}

fn code<T>(result: Result<T, ServerError>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(ServerError::Refused { code, .. } | ServerError::Later { code, .. }) => code,
        Err(ServerError::Forbidden) => "forbidden",
        Err(error) => panic!("another error: {error}"),
    }
}

const CODES: &str = "SELECT COUNT(*) FROM second_factor";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ballot_is_accepted_by_the_voter_whose_code_it_was_cast_with() {
    for server in servers("whose").await {
        let app = &server.app;
        let uuid = held(&server).await;
        let ballot = cast(app, &uuid, 0, "1=Yes").await;
        // Another voter's name: nothing is mailed, nothing is drawn, and no code is right.
        app.ask_second_factor(&uuid, &ballot.tracker, "v2", ballot.notice.as_deref()).await.expect("says nothing");
        assert_eq!(count(&server, CODES).await, 0, "no code for another voter");
        assert_eq!(code(app.accept_ballot(&uuid, &ballot.tracker, "v2", "12345678", None).await), "wrong-code");
        // Where the server does not know whose ballot it is, it mails to whoever is named.
        app.store.run("UPDATE voter SET credential = NULL WHERE id = 'v2'").await.expect("changed");
        app.ask_second_factor(&uuid, &ballot.tracker, "v2", None).await.expect("asked");
        assert_eq!(count(&server, CODES).await, 1);
        // Her own name, in small and large letters.
        app.ask_second_factor(&uuid, &ballot.tracker, " V1@Example.org", None).await.expect("asked");
        let digits = mailed(&server, "v1@example.org").await;
        app.accept_ballot(&uuid, &ballot.tracker, "v1", &digits, None).await.expect("accepted");
        assert_eq!(app.counts(&uuid).await.expect("numbers").voters_with_ballot, 1);
        let again = app.ask_second_factor(&uuid, &ballot.tracker, "v1", None).await;
        assert_eq!(code(again), "not-needed");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_revocation_the_spare_is_the_voters() {
    for server in servers("spare").await {
        let app = &server.app;
        let uuid = held(&server).await;
        let affected = Affected::Voters(vec!["v1".to_owned()]);
        let leak = Leak { since: 0, reason: "A letter was open".to_owned(), affected };
        app.declare_leak(&uuid, &leak).await.expect("answered at once");
        app.store.run("DELETE FROM mail").await.expect("the letter with the spare code is of no use here");
        let ballot = cast(app, &uuid, 0, "1=No").await;
        app.ask_second_factor(&uuid, &ballot.tracker, "v2", None).await.expect("says nothing");
        assert_eq!(count(&server, CODES).await, 0, "the spare is not another voter's");
        app.ask_second_factor(&uuid, &ballot.tracker, "v1", ballot.notice.as_deref()).await.expect("asked");
        let digits = mailed(&server, "v1@example.org").await;
        app.accept_ballot(&uuid, &ballot.tracker, "v1", &digits, ballot.notice.as_deref()).await.expect("accepted");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn strangers_do_not_use_up_what_the_caster_may() {
    for server in servers("budgets").await {
        let app = &server.app;
        let uuid = held(&server).await;
        let ballot = cast(app, &uuid, 0, "1=Yes").await;
        let (tracker, token) = (ballot.tracker.as_str(), ballot.notice.as_deref());
        // Ten an hour for all who show no token, whether there is such a voter or not.
        for name in ["v1", "nobody"] {
            for _ in 0..10 {
                app.ask_second_factor(&uuid, tracker, name, None).await.expect("asked");
            }
            assert_eq!(code(app.ask_second_factor(&uuid, tracker, name, None).await), "too-many-letters", "{name}");
        }
        app.ask_second_factor(&uuid, tracker, "v1", token).await.expect("the caster may");
        // A hundred a day: from there on the right code is not taken either.
        let digits = mailed(&server, "v1@example.org").await;
        let other = if digits.starts_with('0') { "10000000" } else { "00000000" };
        for _ in 0..100 {
            assert_eq!(code(app.accept_ballot(&uuid, tracker, "v1", other, None).await), "wrong-code");
        }
        assert_eq!(code(app.accept_ballot(&uuid, tracker, "v1", &digits, None).await), "too-many-codes");
        // Tokens are the server's, and of this credential.
        let others = cast(app, &uuid, 1, "1=Yes").await;
        assert_eq!(code(app.accept_ballot(&uuid, tracker, "v1", &digits, others.notice.as_deref()).await), "forbidden");
        let forged = token.expect("a token").replace('.', ".0");
        assert_eq!(code(app.accept_ballot(&uuid, tracker, "v1", &digits, Some(&forged)).await), "forbidden");
        app.accept_ballot(&uuid, tracker, "v1", &digits, token).await.expect("the caster's code is taken");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn there_is_a_total_for_each_voter() {
    for server in servers("total").await {
        let app = &server.app;
        let uuid = held(&server).await;
        let mut ballots = Vec::new();
        for place in 0..5 {
            ballots.push(cast(app, &uuid, place, "1=Yes").await);
        }
        // Where the server knows whose ballots they are, asking by others' ballots takes nothing from the voter.
        for ballot in &ballots[1..] {
            for _ in 0..10 {
                app.ask_second_factor(&uuid, &ballot.tracker, "v1", ballot.notice.as_deref()).await.expect("asked");
            }
        }
        app.ask_second_factor(&uuid, &ballots[0].tracker, "v1", ballots[0].notice.as_deref()).await.expect("asked");
        // Where it does not know it: 3 casters ask 10 times, and the total of 30 is used up.
        app.store.run("UPDATE voter SET credential = NULL").await.expect("changed");
        app.store.run("DELETE FROM attempt").await.expect("an hour goes by");
        for ballot in &ballots[..3] {
            for _ in 0..10 {
                app.ask_second_factor(&uuid, &ballot.tracker, "v1", ballot.notice.as_deref()).await.expect("asked");
            }
            let more = app.ask_second_factor(&uuid, &ballot.tracker, "v1", ballot.notice.as_deref()).await;
            assert_eq!(code(more), "too-many-letters");
        }
        let fourth = app.ask_second_factor(&uuid, &ballots[3].tracker, "v1", ballots[3].notice.as_deref()).await;
        assert_eq!(code(fourth), "too-many-letters");
        app.ask_second_factor(&uuid, &ballots[3].tracker, "v4", None).await.expect("of another voter it is another");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_says_when_to_come_again() {
    for server in servers("later").await {
        let uuid = held(&server).await;
        let ballot = cast(&server.app, &uuid, 0, "1=Yes").await;
        let path = format!("/api/e/{uuid}/second-factor");
        let json = serde_json::json!({ "tracker": ballot.tracker, "voter": "v1" }).to_string();
        for _ in 0..10 {
            assert_eq!(Ask::json(&path, json.clone().into()).of(&server).await.status, 202);
        }
        for (language, word) in [("en", "unwanted mail"), ("ru", "нежелательными"), ("kk", "қажетсіз")]
        {
            let answer = Ask::json(&path, json.clone().into()).with("accept-language", language).of(&server).await;
            assert_eq!(answer.status, 429);
            let seconds: u64 = answer.header("retry-after").parse().expect("seconds");
            assert!((3_500..=3_600).contains(&seconds), "{seconds}");
            assert!(answer.text.contains("too-many-letters") && answer.text.contains(word), "{}", answer.text);
            // 3,541 seconds and more are rounded up to the hour.
            assert!(answer.text.contains("60"), "{}", answer.text);
        }
        let with = serde_json::json!({ "tracker": ballot.tracker, "voter": "v1", "notice": ballot.notice });
        assert_eq!(Ask::json(&path, with.to_string().into()).of(&server).await.status, 202);
        let wrong = serde_json::json!({ "tracker": ballot.tracker, "voter": "v1", "notice": "x.y" });
        assert_eq!(Ask::json(&path, wrong.to_string().into()).of(&server).await.status, 403);
        // Once voting is over no code is of use.
        server.app.close_voting(&uuid).await.expect("closed");
        assert_eq!(Ask::json(&path, with.to_string().into()).of(&server).await.status, 410);
    }
}
