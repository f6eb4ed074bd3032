//! The log of an election in the database: ballots come in from many sides, through one process and through two, and what
//! was acknowledged is there, once.

mod common;

use std::collections::HashSet;
use std::sync::Arc;

use adil_belenios::Outcome;
use adil_server::sample::{self, Sample};
use adil_server::{App, Config, ServerError};
use bytes::Bytes;
use common::PLAN;

/// A sample election of that many voters, and a ballot of each.
async fn with_ballots(app: &App, voters: u64) -> (Sample, Vec<String>) {
    let organiser = sample::organiser(app).await.expect("an account");
    let held = Sample::open(app, organiser, "A board", PLAN, voters).await.expect("voting is open");
    let codes = held.codes(app, voters).await.expect("codes");
    let votes: Vec<(&str, Vec<&str>)> = codes.iter().map(|code| (code.as_str(), vec!["1=A", "2=D,E,F"])).collect();
    let polls = app.polls(&held.uuid).await.expect("voting is open");
    let ballots = sample::ballots(polls.as_ref(), PLAN, &votes).expect("ballots");
    (held, ballots)
}

/// Casts ballots all at once, through these servers in turn; the trackers of those that were accepted.
async fn cast_all(apps: &[App], uuid: &str, ballots: &[String]) -> Vec<String> {
    let mut tasks = tokio::task::JoinSet::new();
    for (app, ballot) in apps.iter().cycle().zip(ballots) {
        let (app, uuid, ballot) = (app.clone(), uuid.to_owned(), Bytes::from(ballot.clone()));
        tasks.spawn(async move { app.cast(&uuid, ballot).await });
    }
    let mut trackers = Vec::new();
    while let Some(answer) = tasks.join_next().await {
        trackers.push(answer.expect("no panic").expect("accepted").tracker);
    }
    trackers
}

async fn all_trackers(app: &App, uuid: &str) -> Vec<String> {
    let found = app.tracker_rows(uuid, 0, 10_000).await.expect("trackers");
    assert_eq!(found.rows.len(), found.total);
    found.rows.into_iter().map(|row| row.tracker).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_is_there_after_a_new_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = common::app(folder.path()).await;
    let (held, ballots) = with_ballots(&app, 40).await;
    let accepted: HashSet<String> =
        cast_all(std::slice::from_ref(&app), &held.uuid, &ballots).await.into_iter().collect();
    assert_eq!(accepted.len(), 40);
    drop(app);
    let app = common::app(folder.path()).await;
    let there = all_trackers(&app, &held.uuid).await;
    assert_eq!(there.len(), 40);
    assert_eq!(there.into_iter().collect::<HashSet<_>>(), accepted);
    held.count(&app).await.expect("a result");
    let result = app.counted_result(&held.uuid).await.expect("a result");
    assert!(matches!(&result.outcomes[0], Outcome::Numbers(numbers) if *numbers == [40, 0, 0]));
    assert!(matches!(&result.outcomes[1], Outcome::Votes(votes) if *votes == vec![vec![1, 2, 3]; 40]));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_ballot_a_hundred_times_at_once_is_logged_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = common::app(folder.path()).await;
    let (held, ballots) = with_ballots(&app, 1).await;
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let (app, uuid, ballot) = (app.clone(), held.uuid.clone(), Bytes::from(ballots[0].clone()));
        tasks.spawn(async move { app.cast(&uuid, ballot).await });
    }
    let (mut accepted, mut again) = (0, 0);
    while let Some(answer) = tasks.join_next().await {
        match answer.expect("no panic") {
            Ok(_) => accepted += 1,
            Err(ServerError::Refused { code: "again", .. }) => again += 1,
            Err(other) => panic!("{other}"),
        }
    }
    assert_eq!((accepted, again), (1, 99));
    assert_eq!(all_trackers(&app, &held.uuid).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_servers_on_one_database_keep_one_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let url = common::postgres("two_servers_on_one_database_keep_one_log").await;
    // Without PostgreSQL the two share the embedded database, which is not offered and holds all the same.
    let config = Config { database: url, ..common::config(folder.path()) };
    let first = App::open(config.clone()).await.expect("a server");
    let (held, ballots) = with_ballots(&first, 60).await;
    let second = App::open(config.clone()).await.expect("a second server");
    let accepted = cast_all(&[first.clone(), second.clone()], &held.uuid, &ballots).await;
    assert_eq!(accepted.iter().collect::<HashSet<_>>().len(), 60);
    // On the embedded database a server reads what another has appended only before it appends itself: one that is started
    // anew knows all.
    let known = match &config.database {
        Some(_) => vec![first, second],
        None => vec![App::open(config).await.expect("a third server")],
    };
    for app in &known {
        let whereabouts = app.whereabouts(&held.uuid, &accepted[59]).await.expect("it is there");
        assert!(whereabouts.entry >= 3);
        let there = all_trackers(app, &held.uuid).await;
        assert_eq!(there.iter().collect::<HashSet<_>>(), accepted.iter().collect::<HashSet<_>>());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_holds_the_database_alone_adds_nothing_unnoticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = common::app(folder.path()).await;
    let (held, ballots) = with_ballots(&app, 3).await;
    cast_all(std::slice::from_ref(&app), &held.uuid, &ballots[..2]).await;
    drop(app);
    // The attacker has a sound ballot, writes it into the table, and raises the size of the log.
    sqlx::any::install_default_drivers();
    let file = format!("sqlite://{}", folder.path().join("adil.sqlite").display());
    let mut connection = <sqlx::AnyConnection as sqlx::Connection>::connect(&file).await.expect("the database");
    let entry = format!(r#"{{"adil":"ballot/1","minute":29876543,"ballot":{}}}"#, ballots[2]);
    sqlx::query("INSERT INTO log_entry (election, number, bytes) VALUES ($1, 5, $2)")
        .bind(&held.uuid)
        .bind(entry.into_bytes())
        .execute(&mut connection)
        .await
        .expect("the attacker writes");
    sqlx::query("UPDATE log_head SET size = 6 WHERE election = $1")
        .bind(&held.uuid)
        .execute(&mut connection)
        .await
        .expect("the attacker writes");
    drop(connection);
    let app = common::app(folder.path()).await;
    let noticed = app.counts(&held.uuid).await.expect_err("the log is not what its checkpoint says");
    assert!(noticed.to_string().contains("not what its checkpoint says"), "{noticed}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_and_the_archive_are_what_the_checks_prove() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = common::app(folder.path()).await;
    let (held, ballots) = with_ballots(&app, 5).await;
    cast_all(std::slice::from_ref(&app), &held.uuid, &ballots).await;
    held.count(&app).await.expect("a result");
    let record = tempfile::tempdir().expect("a folder");
    let app = Arc::new(app);
    // Setup, lists, opening; five ballots; closing, tally, one shuffle, one decryption, result.
    let size = 3 + 5 + 5;
    let objects = app.log_objects(&held.uuid).await.expect("digests").into_iter();
    let tiles = adil_log::tile::tiles_between(0, size).map(|tile| tile.path());
    for path in objects.map(|digest| format!("object/{digest}")).chain(tiles) {
        let (bytes, _) = app.log_file(&held.uuid, &path).await.expect("a file");
        let to = record.path().join("log").join(&path);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::write(to, bytes).expect("written");
    }
    let (archive, checkpoint) = app.archive(&held.uuid).await.expect("an archive");
    let (served, _) = app.log_file(&held.uuid, "checkpoint").await.expect("a checkpoint");
    assert_eq!(served, checkpoint.as_bytes());
    std::fs::write(record.path().join("log/checkpoint"), &checkpoint).expect("written");
    std::fs::write(record.path().join("election.bel"), archive).expect("written");
    let log = adil_open::log::LogFolder::open(&record.path().join("log")).expect("a log that can be read");
    assert_eq!(log.checkpoint().size, size);
}
