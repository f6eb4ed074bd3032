//! Deleting elections, and what is known of people in them.

mod common;

use adil_server::sample::{self, Sample};
use adil_server::service::{Erasure, Settings, Stage};
use adil_server::{App, ServerError};
use axum::http::StatusCode;
use common::{Ask, PLAN, Server, count, organiser, servers, sign_in};

const EMAIL: &str = "organiser@example.org";
const VOTERS: &str = "id,name,email\nv1,Voter 1,v1@example.org\nv2,Voter 2,v2@example.org\n";

fn code<T>(result: Result<T, ServerError>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(ServerError::Refused { code, .. }) => code,
        Err(ServerError::NotFound) => "not-found",
        Err(error) => panic!("another error: {error}"),
    }
}

/// A finished election of an organiser, with a ballot, an address for notices and letters; and the ballot's tracker.
async fn finished(server: &Server, id: i64) -> (String, String) {
    let app = &server.app;
    let held = Sample::open_for(app, id, "A board", PLAN, VOTERS).await.expect("voting is open");
    app.invite_voters(&held.uuid).await.expect("written to");
    app.send_due_mail().await.expect("sent");
    let code = app.voting_code(&held.uuid, 0).await.expect("a code");
    let polls = app.polls(&held.uuid).await.expect("voting is open");
    let ballots = sample::ballots(polls.as_ref(), PLAN, &[(code.as_str(), vec!["1=A", "2=D,E,F"])]).expect("a ballot");
    let cast = app.cast(&held.uuid, ballots[0].clone().into()).await.expect("taken");
    let notice = cast.notice.expect("a token");
    app.leave_address(&held.uuid, &notice, "told@example.org", "en").await.expect("left");
    assert_eq!(self::code(app.erase(&held.uuid, Erasure::Everything).await), "erase-running", "voting is open");
    app.close_voting(&held.uuid).await.expect("closed");
    assert_eq!(self::code(app.erase(&held.uuid, Erasure::Personal).await), "erase-running", "it is being counted");
    held.count_on(app).await.expect("counted");
    let late = app.leave_address(&held.uuid, &notice, "late@example.org", "en").await;
    assert_eq!(self::code(late), "not-open", "what was deleted does not come back");
    (held.uuid, cast.tracker)
}

/// What there is of people, in every table that names an election.
const PEOPLE: [&str; 9] = [
    "SELECT COUNT(*) FROM voter",
    "SELECT COUNT(*) FROM spare",
    "SELECT COUNT(*) FROM mail",
    "SELECT COUNT(*) FROM notice",
    "SELECT COUNT(*) FROM role_link",
    "SELECT COUNT(*) FROM role_message",
    "SELECT COUNT(*) FROM session_grant",
    "SELECT COUNT(*) FROM second_factor",
    "SELECT COUNT(*) FROM election WHERE settings LIKE '%example.org%'",
];

const RECORD: [&str; 4] = [
    "SELECT COUNT(*) FROM election",
    "SELECT COUNT(*) FROM log_head",
    "SELECT COUNT(*) FROM log_entry",
    "SELECT COUNT(*) FROM log_object",
];

/// The server, and where several can share its database a second one.
async fn with_second(server: &Server) -> Vec<App> {
    let mut all = vec![server.app.clone()];
    if server.app.config.database.is_some() {
        all.push(App::open(server.app.config.clone()).await.expect("a second server"));
    }
    all
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_personal_data_go_and_the_record_stays() {
    for server in servers("personal").await {
        let id = organiser(&server, EMAIL).await;
        let (uuid, tracker) = finished(&server, id).await;
        let app = &server.app;
        // A person with an address, a role's session, and letters, links and codes are there.
        app.store
            .run("UPDATE election SET settings = REPLACE(settings, '\"Trustee 1\"', '\"Trustee 1\",\"email\":\"t1@example.org\"')")
            .await
            .expect("changed");
        let before = app.archive(&uuid).await.expect("an archive");
        for sql in &PEOPLE[..6] {
            assert!(count(&server, sql).await > 0, "{sql}");
        }
        assert_eq!(count(&server, PEOPLE[8]).await, 1);

        let cookie = sign_in(&server, EMAIL).await;
        let path = format!("/organiser/{uuid}/delete");
        let page = Ask::get(&path).cookie(&cookie).of(&server).await;
        assert!(page.text.contains("The list of voters: 2") && page.text.contains("record.zip"), "{}", page.text);
        // Not without the name, and not without a choice.
        for body in ["what=personal&name=A+boar", "what=personal&name=", "name=A+board", "what=all&name=A+board"] {
            let form = format!("csrf={}&{body}", page.csrf());
            let answer = Ask::form(&path, &form).cookie(&cookie).of(&server).await;
            assert_eq!(answer.status, StatusCode::OK, "{body}");
            assert!(answer.text.contains("error-summary"), "{body}");
        }
        assert_eq!(count(&server, PEOPLE[0]).await, 2);
        let form = format!("csrf={}&what=personal&name=A+board", page.csrf());
        let done = Ask::form(&path, &form).cookie(&cookie).of(&server).await;
        assert_eq!(done.location(), format!("/organiser/{uuid}?done=erased"));
        for sql in PEOPLE {
            assert_eq!(count(&server, sql).await, 0, "{sql}");
        }
        for app in with_second(&server).await {
            assert_eq!(app.archive(&uuid).await.expect("an archive"), before);
            app.whereabouts(&uuid, &tracker).await.expect("the receipt still holds");
            assert_eq!(app.counts(&uuid).await.expect("numbers").voters, 2);
        }
        for page in ["", "/delete", "/minutes", "/tally", "/roles", "/voters", "/letters"] {
            let answer = Ask::get(&format!("/organiser/{uuid}{page}")).cookie(&cookie).of(&server).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}: {}", answer.text);
            assert!(!answer.text.contains("example.org\""), "{page}");
        }
        for page in ["", "/result", "/trackers", "/record.zip"] {
            let answer = Ask::get(&format!("/e/{uuid}{page}")).of(&server).await;
            assert_eq!(answer.status, StatusCode::OK, "{page}");
        }
        // No new link is made, and what is deleted can be deleted again, or wholly.
        assert_eq!(code(app.new_role_link(&uuid, "trustee", 1, false).await), "stage");
        app.erase(&uuid, Erasure::Personal).await.expect("nothing is left of it");
        app.erase(&uuid, Erasure::Everything).await.expect("deleted");
        assert_eq!(count(&server, RECORD[0]).await, 0);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn everything_goes_and_every_process_notices() {
    for server in servers("everything").await {
        let id = organiser(&server, EMAIL).await;
        let (uuid, tracker) = finished(&server, id).await;
        let (other, _) = finished(&server, id).await;
        let all = with_second(&server).await;
        for app in &all {
            // Into memory, with its result.
            app.whereabouts(&uuid, &tracker).await.expect("it is there");
            app.counted_result(&uuid).await.expect("a result");
        }
        let cookie = sign_in(&server, EMAIL).await;
        let path = format!("/organiser/{uuid}/delete");
        let csrf = Ask::get(&path).cookie(&cookie).of(&server).await.csrf();
        let form = format!("csrf={csrf}&what=everything&name=A+board");
        let done = Ask::form(&path, &form).cookie(&cookie).of(&server).await;
        assert_eq!(done.location(), "/organiser?done=deleted", "{}", done.text);
        // Other processes look at most 0.3 seconds later.
        tokio::time::sleep(std::time::Duration::from_millis(400)).await;
        for app in &all {
            assert_eq!(code(app.whereabouts(&uuid, &tracker).await), "not-found");
            assert_eq!(code(app.counts(&uuid).await), "not-found");
            assert_eq!(code(app.counted_result(&uuid).await), "not-found");
            assert_eq!(code(app.stage(&uuid).await), "not-found");
            assert_eq!(app.stage(&other).await.expect("it stays"), Stage::Finished);
        }
        for page in ["", "/result", "/trackers", "/record.zip", "/election.bel", "/log/checkpoint", "/vote"] {
            let answer = Ask::get(&format!("/e/{uuid}{page}")).of(&server).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{page}");
        }
        assert_eq!(Ask::get(&format!("/api/e/{uuid}")).of(&server).await.status, StatusCode::NOT_FOUND);
        // Of the other election everything is there.
        for sql in RECORD.iter().chain(&PEOPLE[..6]) {
            assert!(count(&server, sql).await > 0, "{sql}");
        }
        assert_eq!(count(&server, RECORD[0]).await, 1);
        assert_eq!(count(&server, "SELECT COUNT(DISTINCT election) FROM log_entry").await, 1);
        assert_eq!(count(&server, "SELECT COUNT(DISTINCT election) FROM log_object").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn before_the_opening_everything_goes_at_once() {
    for server in servers("draft").await {
        let id = organiser(&server, EMAIL).await;
        let stranger = organiser(&server, "stranger@example.org").await;
        let (app, cookie) = (&server.app, sign_in(&server, EMAIL).await);
        let uuid = app.create_election(id, "A board", PLAN).await.expect("a draft");
        app.set_voters(&uuid, VOTERS.as_bytes()).await.expect("stored").expect("a sound list");
        let foreign = app.create_election(stranger, "A board", PLAN).await.expect("a draft");
        assert_eq!(code(app.erase(&uuid, Erasure::Personal).await), "erase-running", "there is no record to keep");

        let path = format!("/organiser/{uuid}/delete");
        let page = Ask::get(&path).cookie(&cookie).of(&server).await;
        assert!(page.text.contains("The list of voters: 2"), "{}", page.text);
        let csrf = page.csrf();
        assert_eq!(count(&server, "SELECT COUNT(*) FROM voter").await, 2, "asking deletes nothing");
        // Others' elections are as if they were not there.
        let theirs = format!("/organiser/{foreign}/delete");
        let answer = Ask::form(&theirs, &format!("csrf={csrf}")).cookie(&cookie).of(&server).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        // A draft that is fixed: its letters and links go too.
        let trustees = vec![adil_server::service::Person {
            name: "Trustee 1".to_owned(),
            email: Some("t1@example.org".to_owned()),
        }];
        let settings = Settings { trustees, closes_itself: false, ..Settings::default() };
        app.set_settings(&uuid, &settings).await.expect("settings");
        app.fix(&uuid).await.expect("fixed");
        let page = Ask::get(&path).cookie(&cookie).of(&server).await;
        assert!(page.text.contains("Personal links and addresses of people with roles: 1"), "{}", page.text);
        // While somebody opens it, it stays.
        app.store
            .run(
                "INSERT INTO role_message (election, kind, number, message, received) \
                  SELECT uuid, 'opening', 0, '1', 9000000000 FROM election WHERE draft IS NOT NULL",
            )
            .await
            .expect("a mark");
        assert_eq!(code(app.erase(&uuid, Erasure::Everything).await), "erase-running");
        app.store.run("DELETE FROM role_message WHERE kind = 'opening'").await.expect("changed");
        let done = Ask::form(&path, &format!("csrf={csrf}")).cookie(&cookie).of(&server).await;
        assert_eq!(done.location(), "/organiser?done=deleted", "{}", done.text);
        for sql in PEOPLE {
            assert_eq!(count(&server, sql).await, 0, "{sql}");
        }
        assert_eq!(count(&server, RECORD[0]).await, 1, "the other organiser's");
        let list = Ask::get("/organiser?done=deleted").cookie(&cookie).of(&server).await;
        assert!(list.text.contains("The election is deleted."), "{}", list.text);
    }
}
