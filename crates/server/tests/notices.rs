//! Letters about single ballots: to addresses that were left, and how long they are kept.

mod common;

use adil_server::App;
use adil_server::sample::{self, Sample};
use common::{PLAN, count, letters, servers};

async fn cast(app: &App, uuid: &str, place: u64, times: usize) -> String {
    let code = app.voting_code(uuid, place).await.expect("a code");
    let polls = app.polls(uuid).await.expect("voting is open");
    let votes = vec![(code.as_str(), vec!["1=A", "2=D,E,F"]); times];
    let mut token = None;
    for ballot in sample::ballots(polls.as_ref(), PLAN, &votes).expect("ballots") {
        token = app.cast(uuid, ballot.into()).await.expect("taken").notice;
    }
    token.expect("a token")
}

const NOTICES: &str = "SELECT COUNT(*) FROM mail WHERE kind = 'ballot-notice'";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_is_told_of_ten_ballots_an_hour_and_no_more() {
    for server in servers("notices").await {
        let app = &server.app;
        let organiser = sample::organiser(app).await.expect("an account");
        let uuid = Sample::open(app, organiser, "A board", PLAN, 2).await.expect("voting is open").uuid;
        for place in 0..2 {
            let token = cast(app, &uuid, place, 1).await;
            // The address may be a stranger's.
            app.leave_address(&uuid, &token, "told@example.org", "en").await.expect("left");
        }
        cast(app, &uuid, 0, 12).await;
        assert_eq!(count(&server, NOTICES).await, 10, "of twelve ballots under one code");
        cast(app, &uuid, 1, 1).await;
        assert_eq!(count(&server, NOTICES).await, 11, "another code is counted by itself");
        app.store.run("UPDATE attempt SET free_at = 1 WHERE subject LIKE 'ballot-notice%'").await.expect("an hour");
        cast(app, &uuid, 0, 1).await;
        assert_eq!(count(&server, NOTICES).await, 12);

        // Who was told of which ballot is kept for an hour after the letter went out; that a code was mailed stays.
        app.send_due_mail().await.expect("sent");
        assert_eq!(letters(&server).len(), 12);
        app.post("voter-code/x", Some(&uuid), "v@example.org", "en", &adil_server::mail::Letter::Invitation)
            .await
            .expect("posted");
        app.send_due_mail().await.expect("sent");
        app.clean_up().await.expect("tidied up");
        assert_eq!(count(&server, NOTICES).await, 12, "not before the hour is over");
        app.store.run("UPDATE mail SET sent = sent - 3601").await.expect("time goes by");
        app.clean_up().await.expect("tidied up");
        assert_eq!((count(&server, NOTICES).await, count(&server, "SELECT COUNT(*) FROM mail").await), (0, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ballot_after_the_announced_end_is_late_before_the_closing_is_logged() {
    for server in servers("late").await {
        let app = &server.app;
        let organiser = sample::organiser(app).await.expect("an account");
        let uuid = Sample::open(app, organiser, "A board", PLAN, 1).await.expect("voting is open").uuid;
        let code = app.voting_code(&uuid, 0).await.expect("a code");
        let polls = app.polls(&uuid).await.expect("voting is open");
        let votes = vec![(code.as_str(), vec!["1=A", "2=D,E,F"]); 2];
        let ballots = sample::ballots(polls.as_ref(), PLAN, &votes).expect("ballots");
        app.store.run("UPDATE election SET closes = 1").await.expect("the end has come");
        let late = app.cast(&uuid, ballots[0].clone().into()).await.expect_err("refused");
        assert!(matches!(late, adil_server::ServerError::Refused { code: "not-open", .. }), "{late}");
        // Extended: the same ballot is taken. Where it closes by hand, the announced end is none.
        app.store.run("UPDATE election SET closes = 9000000000").await.expect("extended");
        app.cast(&uuid, ballots[0].clone().into()).await.expect("taken");
        app.store
            .run(
                "UPDATE election SET closes = 1, settings = \
                  REPLACE(settings, '\"closes_itself\":true', '\"closes_itself\":false')",
            )
            .await
            .expect("by hand");
        app.cast(&uuid, ballots[1].clone().into()).await.expect("taken");
    }
}
