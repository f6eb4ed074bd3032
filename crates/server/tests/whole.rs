//! Elections from the first plan to the result, wholly through the services: the parts of the credential authority, the
//! trustees and the voters are played by the crates that the command line is made of.

mod board;
mod common;
mod played;

use std::collections::BTreeMap;

use adil_election::messages::Message;
use adil_server::service::{Affected, ItemState, Leak, Person, Settings, Stage, TrusteeStep};
use adil_server::{App, Config, ServerError};
use played::{Authority, Trustee, ballot};

const TWO_QUESTIONS: &str = r#"
title = "Council"
languages = ["en", "kk"]

[[question]]
title = "Chair"
kind = "choices"
answers = ["A", "B"]
min = 1
max = 1

[[question]]
title = "Order"
kind = "ranked"
answers = ["X", "Y", "Z"]
count = "schulze"
"#;

const ONE_QUESTION: &str = r#"
title = "Shares"
weights = true

[[question]]
title = "Agreed?"
kind = "choices"
answers = ["Yes", "No"]
min = 1
max = 1
"#;

/// A server on a folder, with the embedded database or the one of a URL.
async fn server(folder: &std::path::Path, database: Option<String>) -> App {
    App::open(Config { database, ..common::config(folder) }).await.expect("a server")
}

/// A second way into the database, for what no service shows.
async fn database(folder: &std::path::Path, url: Option<&str>) -> sqlx::AnyPool {
    let file = format!("sqlite://{}/adil.sqlite", folder.display());
    sqlx::AnyPool::connect(url.unwrap_or(&file)).await.expect("the database")
}

async fn organiser(pool: &sqlx::AnyPool) {
    sqlx::query("INSERT INTO organiser (id, email, language, created) VALUES (1, 'o@example.org', 'en', 0)")
        .execute(pool)
        .await
        .expect("an organiser");
}

fn person(name: &str, email: Option<&str>) -> Person {
    Person { name: name.to_owned(), email: email.map(str::to_owned) }
}

fn code(refused: Result<impl Sized, ServerError>) -> &'static str {
    match refused {
        Err(ServerError::Refused { code, .. }) => code,
        Err(error) => panic!("another error: {error}"),
        Ok(_) => panic!("it was not refused"),
    }
}

async fn states(app: &App, uuid: &str) -> BTreeMap<&'static str, ItemState> {
    let items = app.checklist(uuid).await.expect("a checklist");
    items.into_iter().map(|item| (item.key, item.state)).collect()
}

fn now() -> u64 {
    adil_server::system::seconds()
}

/// Three trustees of whom two are enough, an authority, a holder of spares, ranked answers, a leak of two codes.
async fn with_roles(folder: &std::path::Path, url: Option<String>) {
    let app = server(folder, url.clone()).await;
    // Several processes can share PostgreSQL.
    let other = if url.is_some() { server(folder, url.clone()).await } else { app.clone() };
    let pool = database(folder, url.as_deref()).await;
    organiser(&pool).await;
    let uuid = app.create_election(1, "Council", TWO_QUESTIONS).await.expect("an election");
    assert_eq!(code(app.fix(&uuid).await), "missing");
    let settings = Settings {
        authority: Some(person("Authority", Some("authority@example.org"))),
        spares_holder: Some(person("Holder", None)),
        spares_percent: 50,
        trustees: vec![
            person("Trustee 1", Some("t1@example.org")),
            person("Trustee 2", None),
            person("Trustee 3", None),
        ],
        threshold: Some(2),
        ..Settings::default()
    };
    app.set_settings(&uuid, &settings).await.expect("settings");
    let voters = "id,name,email,language\nv1,Voter 1,v1@example.org,en\nv2,Voter 2,v2@example.org,kk\nv3,Voter 3,,en\n\
                  v4,Voter 4,v4@example.org,en\n";
    app.set_voters(&uuid, voters.as_bytes()).await.expect("stored").expect("a sound list");
    app.set_dates(&uuid, Some(now() + 3_600), Some(now() + 7_200)).await.expect("dates");
    assert_eq!(states(&app, &uuid).await["item-fix"], ItemState::Missing);
    app.fix(&uuid).await.expect("fixed");
    assert_eq!(code(app.fix(&uuid).await), "fixed");
    assert_eq!(app.stage(&uuid).await.expect("a stage"), Stage::SettingUp);
    let draft = app.authority_view(&uuid).await.expect("a view").draft;
    assert_eq!(draft.read().expect("a plan").0.authority.as_deref(), Some("Authority"));

    // Links: the one that goes out by mail is the one that is worked out; a new one replaces it.
    let first = app.role_link(&uuid, "trustee", 1).await.expect("a link");
    let token = first.rsplit('/').next().expect("a token").to_owned();
    let session = app.begin_session(None).await.expect("a session");
    assert_eq!(app.open_role_link(&session, &token).await.expect("a grant").number, 1);
    let second = app.new_role_link(&uuid, "trustee", 1, true).await.expect("a link");
    assert_ne!(first, second);
    assert_eq!(app.role_link(&uuid, "trustee", 1).await.expect("a link"), second);
    assert!(matches!(app.open_role_link(&session, &token).await, Err(ServerError::NotFound)));
    assert!(app.session(&session).await.expect("read").expect("there").grants.is_empty());
    let mails: Vec<(String, String)> = sqlx::query_as("SELECT recipient, content FROM mail ORDER BY recipient, id")
        .fetch_all(&pool)
        .await
        .expect("mail");
    let recipients: Vec<&str> = mails.iter().map(|(to, _)| to.as_str()).collect();
    assert_eq!(recipients, ["authority@example.org", "t1@example.org", "t1@example.org"]);
    assert!(mails.iter().all(|(_, content)| !content.contains(&token)));

    // A fixing that is taken back takes links and messages with it.
    let mut trustees: Vec<Trustee> = (1..=3).map(|number| Trustee::member(&draft, 2, 3, number)).collect();
    app.receive_trustee(&uuid, 1, &trustees[0].certificate()).await.expect("a certificate");
    app.undo_fix(&uuid).await.expect("taken back");
    assert!(matches!(app.role_link(&uuid, "trustee", 1).await, Err(ServerError::NotFound)));
    app.fix(&uuid).await.expect("fixed once more");
    let view = app.trustee_view(&uuid, 1).await.expect("a view");
    assert_eq!((view.step, view.threshold, view.members), (TrusteeStep::Key, Some(2), Some(3)));
    assert_ne!(app.role_link(&uuid, "trustee", 1).await.expect("a link"), second);

    // The ceremony.
    assert_eq!(code(app.receive_trustee(&uuid, 2, &trustees[0].certificate()).await), "trustee");
    for (number, trustee) in (1..).zip(&trustees) {
        app.receive_trustee(&uuid, number, &trustee.certificate()).await.expect("a certificate");
        // The answer was lost: the same once more.
        app.receive_trustee(&uuid, number, &trustee.certificate()).await.expect("the same certificate");
    }
    for (number, trustee) in (1..).zip(&mut trustees) {
        let view = app.trustee_view(&uuid, number).await.expect("a view");
        assert_eq!(view.step, TrusteeStep::Contribute);
        let message = trustee.contribute(&view.certificates);
        app.receive_trustee(&uuid, number, &message).await.expect("a contribution");
    }
    for (number, trustee) in (1..).zip(&mut trustees) {
        let view = app.trustee_view(&uuid, number).await.expect("a view");
        assert_eq!(view.step, TrusteeStep::Finish);
        let message = trustee.finish(&view.certificates, &view.contributions);
        app.receive_trustee(&uuid, number, &message).await.expect("a public key");
    }
    assert_eq!(app.trustee_view(&uuid, 1).await.expect("a view").step, TrusteeStep::WaitSetup);

    // The lists: too few spares are refused, and others may replace them until the opening.
    let view = app.authority_view(&uuid).await.expect("a view");
    let too_few = Authority::issue(&view.draft, &view.voters, 0);
    assert_eq!(code(app.receive_lists(&uuid, &too_few.lists()).await), "authority");
    let before = Authority::issue(&view.draft, &view.voters, 50);
    app.receive_lists(&uuid, &before.lists()).await.expect("lists");
    let view = app.trustee_view(&uuid, 1).await.expect("a view");
    assert_eq!(view.step, TrusteeStep::Rehearse);
    let message = trustees[0].rehearse(&view.rehearsal.expect("a rehearsal"));
    app.receive_trustee(&uuid, 1, &message).await.expect("an answer");
    let authority = Authority::issue(&view.draft, &app.authority_view(&uuid).await.expect("a view").voters, 50);
    app.receive_lists(&uuid, &authority.lists()).await.expect("other lists");
    assert_eq!(code(app.open_voting(&uuid).await), "missing");
    for number in [1, 3] {
        let view = app.trustee_view(&uuid, number as u64).await.expect("a view");
        assert_eq!(view.step, TrusteeStep::Rehearse);
        let message = trustees[number - 1].rehearse(&view.rehearsal.expect("a rehearsal"));
        let mut wrong = Message::parse(&message).expect("a message");
        if let Message::Rehearsed(own) = &mut wrong {
            own.record = own
                .record
                .replace("\"response\":\"1", "\"response\":\"2")
                .replace("\"challenge\":\"", "\"challenge\":\"1");
        }
        assert_eq!(code(app.receive_trustee(&uuid, number as u64, &wrong.to_bytes()).await), "trustee");
        app.receive_trustee(&uuid, number as u64, &message).await.expect("an answer");
    }
    assert_eq!(states(&app, &uuid).await["item-open"], ItemState::Missing);
    app.tick(&uuid).await.expect("nothing is due");
    assert_eq!(app.stage(&uuid).await.expect("a stage"), Stage::SettingUp);
    app.open_voting(&uuid).await.expect("open");
    assert_eq!(code(app.open_voting(&uuid).await), "open-already");
    assert_eq!(code(app.undo_fix(&uuid).await), "open-already");
    assert_eq!(app.stage(&uuid).await.expect("a stage"), Stage::Open);
    assert_eq!(app.invite_voters(&uuid).await.expect("letters"), 3);
    assert_eq!(app.invite_voters(&uuid).await.expect("no new letters"), 0);
    assert_eq!(code(app.voting_code(&uuid, 0).await), "by-person");

    // Ballots of three voters; the codes of two have leaked, one of whom votes again with a spare code.
    let polls = board::polls(&app, &uuid).await;
    for (voter, answers) in [("v1", "[[1,0],[1,2,3]]"), ("v2", "[[0,1],[1,2,3]]"), ("v3", "[[1,0],[3,1,2]]")] {
        app.cast(&uuid, ballot(&*polls, authority.code(voter), answers)).await.expect("a ballot");
    }
    let leak = Leak {
        since: now() / 60 - 10,
        reason: "A file was lost".to_owned(),
        affected: Affected::Voters(vec!["v1".to_owned(), "v4".to_owned()]),
    };
    let unknown = Leak { affected: Affected::Voters(vec!["v9".to_owned()]), ..leak.clone() };
    assert_eq!(code(app.declare_leak(&uuid, &unknown).await), "leak-voters");
    let all = Leak { affected: Affected::All, ..leak.clone() };
    assert_eq!(code(app.declare_leak(&uuid, &all).await), "leak-spares");
    app.declare_leak(&uuid, &leak).await.expect("declared");
    assert_eq!(code(app.declare_leak(&uuid, &leak).await), "leak-declared");
    app.withdraw_leak(&uuid).await.expect("withdrawn");
    app.declare_leak(&uuid, &leak).await.expect("declared once more");
    assert_eq!(code(app.confirm_revocations(&uuid).await), "not-signed");
    let view = app.authority_view(&uuid).await.expect("a view");
    assert_eq!(view.leak.as_ref(), Some(&leak));
    let (message, orders) = authority.revoke(&leak, &["v1", "v4"], &view.free_spares);
    let (unlike, _) =
        authority.revoke(&Leak { reason: "Another".to_owned(), ..leak.clone() }, &["v1", "v4"], &view.free_spares);
    assert_eq!(code(app.receive_revocations(&uuid, &unlike, &orders).await), "authority");
    app.receive_revocations(&uuid, &message, &orders).await.expect("revocations");
    assert_eq!(app.leak_report(&uuid).await.expect("a report").signed, Some(2));
    assert_eq!(app.confirm_revocations(&uuid).await.expect("in force"), 2);
    let report = app.leak_report(&uuid).await.expect("a report");
    assert_eq!((report.declared, report.revocations, report.set_aside, report.spares_left), (None, 2, 1, 0));
    let orders = app.spares_view(&uuid).await.expect("a view").orders;
    assert_eq!(orders.iter().map(|order| order.voter.id.as_str()).collect::<Vec<_>>(), ["v1", "v4"]);
    let again = ballot(&*polls, authority.spare(&orders[0].spare), "[[0,1],[3,2,1]]");
    app.cast(&uuid, again).await.expect("a ballot with a spare code");
    let revoked = ballot(&*polls, authority.code("v4"), "[[0,1],[3,2,1]]");
    assert_eq!(code(app.cast(&uuid, revoked).await), "revoked");

    // Extended, then closed by itself.
    assert_eq!(code(app.set_dates(&uuid, Some(now() + 3_600), Some(now() - 5)).await), "dates");
    let opens = app.election(&uuid).await.expect("an election").opens;
    app.set_dates(&uuid, opens, Some(now() + 9_000)).await.expect("extended");
    app.tick(&uuid).await.expect("nothing is due");
    assert_eq!(app.stage(&uuid).await.expect("a stage"), Stage::Open);
    sqlx::query("UPDATE election SET closes = $1 WHERE uuid = $2")
        .bind(1_i64)
        .bind(&uuid)
        .execute(&pool)
        .await
        .expect("later");
    let (one, two) = tokio::join!(app.tick(&uuid), other.tick(&uuid));
    one.and(two).expect("closed by itself");
    assert_eq!(app.stage(&uuid).await.expect("a stage"), Stage::Shuffling);

    // Two of three shuffle and decrypt; the result comes by itself.
    for number in [3, 1] {
        let view = app.trustee_view(&uuid, number as u64).await.expect("a view");
        assert_eq!(view.step, TrusteeStep::Shuffle);
        let message = trustees[number - 1].shuffle(&*polls, &view);
        app.receive_trustee(&uuid, number as u64, &message).await.expect("a shuffle");
        app.receive_trustee(&uuid, number as u64, &message).await.expect("the same shuffle");
    }
    for number in [2, 3] {
        let view = app.trustee_view(&uuid, number as u64).await.expect("a view");
        assert_eq!(view.step, TrusteeStep::Decrypt);
        let message = trustees[number - 1].decrypt(&*polls, &view);
        app.receive_trustee(&uuid, number as u64, &message).await.expect("a decryption");
    }
    assert_eq!(app.trustee_view(&uuid, 1).await.expect("a view").step, TrusteeStep::Done);
    assert_eq!(app.stage(&uuid).await.expect("a stage"), Stage::Finished);
    app.tick(&uuid).await.expect("nothing is left");
    assert!(!app.elections_to_tick().await.expect("a list").contains(&uuid));
    // v1's second ballot, v2 and v3: B, B, A.
    let record = board::export(&app, &uuid, &folder.join("record")).await;
    assert_eq!(record.totals("Chair"), [("A".to_owned(), "1".to_owned()), ("B".to_owned(), "2".to_owned())]);
    record.check();
}

/// The server as the authority, two single trustees, weights; opens and closes by itself, and all codes leak.
async fn by_the_server(folder: &std::path::Path, url: Option<String>) {
    let app = server(folder, url.clone()).await;
    // Several processes can share PostgreSQL.
    let other = if url.is_some() { server(folder, url.clone()).await } else { app.clone() };
    let pool = database(folder, url.as_deref()).await;
    organiser(&pool).await;
    let uuid = app.create_election(1, "Shares", ONE_QUESTION).await.expect("an election");
    let settings = Settings {
        spares_percent: 100,
        trustees: vec![person("Trustee 1", None), person("Trustee 2", None)],
        opens_itself: true,
        ..Settings::default()
    };
    app.set_settings(&uuid, &settings).await.expect("settings");
    let voters = "id,email,weight\nv1,v1@example.org,5\nv2,v2@example.org,3\nv3,,2\n";
    app.set_voters(&uuid, voters.as_bytes()).await.expect("stored").expect("a sound list");
    assert_eq!(states(&app, &uuid).await["item-dates"], ItemState::Missing);
    app.set_dates(&uuid, Some(now() - 60), Some(now() + 3_600)).await.expect("dates");
    app.fix(&uuid).await.expect("fixed");
    assert_eq!(code(app.authority_view(&uuid).await), "by-server");
    let draft = app.trustee_view(&uuid, 1).await.expect("a view").draft;
    let mut trustees = [Trustee::single(&draft, "Trustee 1"), Trustee::single(&draft, "Trustee 2")];
    let wrong = Trustee::single(&draft, "Somebody").public_key();
    assert_eq!(code(app.receive_trustee(&uuid, 1, &wrong).await), "trustee");
    // The same page is open twice, and both hand in a key of their own: one is taken, and stays.
    let rival = Trustee::single(&draft, "Trustee 1");
    let (own_key, rival_key) = (trustees[0].public_key(), rival.public_key());
    let (own, other_key) =
        tokio::join!(app.receive_trustee(&uuid, 1, &own_key), other.receive_trustee(&uuid, 1, &rival_key));
    assert_eq!(code(if own.is_ok() { other_key } else { own }), "handed-in");
    if app.receive_trustee(&uuid, 1, &own_key).await.is_err() {
        trustees[0] = rival;
    }
    app.receive_trustee(&uuid, 1, &trustees[0].public_key()).await.expect("the one that was taken");
    app.receive_trustee(&uuid, 2, &trustees[1].public_key()).await.expect("a key");
    assert_eq!(
        code(app.receive_trustee(&uuid, 2, &Trustee::single(&draft, "Trustee 2").public_key()).await),
        "handed-in"
    );
    for (number, trustee) in (1..).zip(&mut trustees) {
        app.tick(&uuid).await.expect("not everybody is ready");
        assert_eq!(app.stage(&uuid).await.expect("a stage"), Stage::SettingUp);
        let view = app.trustee_view(&uuid, number).await.expect("a view");
        let message = trustee.rehearse(&view.rehearsal.expect("a rehearsal"));
        app.receive_trustee(&uuid, number, &message).await.expect("an answer");
    }
    let (one, two) = tokio::join!(app.tick(&uuid), other.tick(&uuid));
    one.and(two).expect("opened by itself");
    assert_eq!(app.stage(&uuid).await.expect("a stage"), Stage::Open);
    app.tick(&uuid).await.expect("the voters are written to");
    let letters: Vec<(String, String)> =
        sqlx::query_as("SELECT recipient, content FROM mail WHERE kind = 'voter-code' ORDER BY id")
            .fetch_all(&pool)
            .await
            .expect("mail");
    assert_eq!(letters.len(), 2);
    let content: serde_json::Value = serde_json::from_str(&letters[1].1).expect("JSON");
    assert_eq!((content["kind"].as_str(), content["voter"].as_u64()), (Some("voter-code"), Some(1)));

    let polls = board::polls(&app, &uuid).await;
    let first = app.voting_code(&uuid, 1).await.expect("a code");
    assert_eq!(first, app.voting_code(&uuid, 1).await.expect("the same code"));
    for place in 0..3 {
        let code = app.voting_code(&uuid, place).await.expect("a code");
        assert!(letters.iter().all(|(_, content)| !content.contains(&code)));
        app.cast(&uuid, ballot(&*polls, &code, "[[1,0]]")).await.expect("a ballot");
    }
    let leak = Leak { since: 0, reason: "The list was lost".to_owned(), affected: Affected::All };
    app.declare_leak(&uuid, &leak).await.expect("answered at once");
    let report = app.leak_report(&uuid).await.expect("a report");
    assert_eq!((report.declared, report.revocations, report.set_aside, report.spares_left), (None, 3, 3, 0));
    assert_eq!(code(app.declare_leak(&uuid, &leak).await), "leak-all-revoked");
    let spare = app.voting_code(&uuid, 1).await.expect("a spare code");
    assert_ne!(first, spare);
    let spares: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM mail WHERE kind = 'spare-code'").fetch_one(&pool).await.expect("mail");
    assert_eq!(spares, 2);
    for (place, answers) in [(0, "[[1,0]]"), (1, "[[0,1]]")] {
        let code = app.voting_code(&uuid, place).await.expect("a code");
        app.cast(&uuid, ballot(&*polls, &code, answers)).await.expect("a ballot");
    }
    app.close_voting(&uuid).await.expect("closed");
    for (number, trustee) in (1..).zip(&mut trustees) {
        let view = app.trustee_view(&uuid, number).await.expect("a view");
        assert_eq!(view.step, TrusteeStep::Decrypt);
        let message = trustee.decrypt(&*polls, &view);
        app.receive_trustee(&uuid, number, &message).await.expect("a decryption");
    }
    assert_eq!(app.stage(&uuid).await.expect("a stage"), Stage::Finished);
    let record = board::export(&app, &uuid, &folder.join("record")).await;
    assert_eq!(record.totals("Agreed?"), [("Yes".to_owned(), "5".to_owned()), ("No".to_owned(), "3".to_owned())]);
    record.check();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_election_of_people_with_roles() {
    let folder = tempfile::tempdir().expect("a folder");
    with_roles(folder.path(), None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_election_whose_authority_is_the_server() {
    let folder = tempfile::tempdir().expect("a folder");
    by_the_server(folder.path(), None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_election_of_people_with_roles_in_postgres() {
    let Some(url) = common::postgres("roles").await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    with_roles(folder.path(), Some(url)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_election_whose_authority_is_the_server_in_postgres() {
    let Some(url) = common::postgres("server").await else { return };
    let folder = tempfile::tempdir().expect("a folder");
    by_the_server(folder.path(), Some(url)).await;
}
