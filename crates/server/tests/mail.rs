//! The queue of mail: nothing twice, nothing lost.

mod common;

use adil_server::mail::{About, Letter, Why};
use adil_server::sample::Sample;
use adil_server::{App, MailRoute};
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{Ask, config, count, letters, organiser, server, servers, sign_in};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;

fn letter() -> Letter {
    Letter::SignInLink { link: "1".to_owned() }
}

#[tokio::test]
async fn what_is_posted_twice_goes_out_once() {
    for server in servers("twice").await {
        for _ in 0..3 {
            server.app.post("reminder/1", None, "trustee1@example.org", "en", &letter()).await.expect("posted");
        }
        assert_eq!(server.app.send_due_mail().await.expect("sent"), 1);
        server.app.post("reminder/1", None, "trustee1@example.org", "en", &letter()).await.expect("posted");
        assert_eq!(server.app.send_due_mail().await.expect("sent"), 0, "it went out before");
        let letters = letters(&server);
        assert_eq!(letters.len(), 1);
        assert!(
            letters[0].contains("To: trustee1@example.org") && letters[0].contains("Auto-Submitted: auto-generated")
        );
        assert!(letters[0].contains("Open this link to sign in"), "{}", letters[0]);
        // sha256("reminder/1"), first half: printf reminder/1 | sha256sum
        assert!(letters[0].contains("Message-ID: <65c3d2bf1cdd099f302962506c9841e4@localhost>"), "{}", letters[0]);
    }
}

#[tokio::test]
async fn several_processes_send_each_letter_once() {
    for server in servers("processes").await {
        for number in 0..40 {
            let id = format!("reminder/{number}");
            server.app.post(&id, None, "trustee1@example.org", "en", &letter()).await.expect("posted");
        }
        let other = App::open(server.app.config.clone()).await.expect("another process");
        let (one, two) = tokio::join!(server.app.send_due_mail(), other.send_due_mail());
        assert_eq!(one.expect("sent") + two.expect("sent"), 40);
        assert_eq!(count(&server, "SELECT COUNT(*) FROM mail WHERE sent IS NOT NULL AND attempts = 1").await, 40);
    }
}

#[tokio::test]
async fn a_process_that_dies_leaves_its_letter_to_others() {
    for server in servers("dies").await {
        server.app.post("reminder/1", None, "trustee1@example.org", "en", &letter()).await.expect("posted");
        // Claimed a moment ago by a process that has died since: left alone as long as the claim lasts.
        server.app.store.run("UPDATE mail SET attempts = 1, locked_until = 9000000000").await.expect("changed");
        assert_eq!(server.app.send_due_mail().await.expect("looked"), 0);
        server.app.store.run("UPDATE mail SET locked_until = 1").await.expect("changed");
        assert_eq!(server.app.send_due_mail().await.expect("sent"), 1);
        assert_eq!(count(&server, "SELECT COUNT(*) FROM mail WHERE sent IS NOT NULL AND attempts = 2").await, 1);
    }
}

/// A mail server that says yes to everything and returns what it was told.
async fn mail_server(listener: TcpListener, letters: usize) -> Vec<String> {
    let (told, mut taken) = tokio::sync::mpsc::channel(letters);
    // Connections are kept open for later letters, so that each is served beside the others.
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(serve_mail(BufReader::new(stream), told.clone()));
        }
    });
    let mut all = Vec::new();
    while all.len() < letters {
        all.push(taken.recv().await.expect("a letter"));
    }
    all
}

async fn serve_mail(mut stream: BufReader<tokio::net::TcpStream>, told: tokio::sync::mpsc::Sender<String>) {
    let (mut line, mut is_letter, mut letter) = (String::new(), false, String::new());
    let _ = stream.write_all(b"220 mail.example.org\r\n").await;
    while stream.read_line(&mut line).await.is_ok_and(|read| read > 0) {
        let answer: &[u8] = match (is_letter, line.as_str()) {
            (true, ".\r\n") => {
                is_letter = false;
                let _ = told.send(std::mem::take(&mut letter)).await;
                b"250 ok\r\n"
            }
            (true, text) => {
                letter.push_str(text);
                b""
            }
            (false, text) if text.starts_with("DATA") => {
                is_letter = true;
                b"354 go on\r\n"
            }
            (false, _) => b"250 ok\r\n",
        };
        let _ = stream.write_all(answer).await;
        line.clear();
    }
}

#[tokio::test]
async fn a_mail_server_that_is_down_loses_nothing() {
    // A port that nobody listens at.
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let server = server(|config| config.mail = MailRoute::Smtp(format!("smtp://{address}"))).await;
    let uuid = "e";
    for number in 0..3 {
        let id = format!("reminder/{number}");
        server.app.post(&id, Some(uuid), "trustee1@example.org", "en", &letter()).await.expect("posted");
    }
    assert_eq!(server.app.send_due_mail().await.expect("tried"), 3);
    let state = server.app.mail_state(uuid).await.expect("known");
    assert_eq!((state.sent, state.waiting, state.given_up), (0, 3, 0));
    assert!(state.last_failure.is_some(), "it is seen why");
    assert_eq!(server.app.send_due_mail().await.expect("looked"), 0, "not before its time");
    // An hour of that: six attempts fail, and the seventh, 1 + 2 + 4 + 8 + 16 + 32 = 63 minutes after the first, does not.
    for _ in 0..5 {
        server.app.store.run("UPDATE mail SET due = 1").await.expect("time goes by");
        assert_eq!(server.app.send_due_mail().await.expect("tried"), 3);
    }
    let listener = TcpListener::bind(address).await.expect("the port");
    let back = tokio::spawn(mail_server(listener, 3));
    server.app.store.run("UPDATE mail SET due = 1").await.expect("time goes by");
    assert_eq!(server.app.send_due_mail().await.expect("sent"), 3);
    let state = server.app.mail_state(uuid).await.expect("known");
    assert_eq!((state.sent, state.waiting, state.given_up), (3, 0, 0));
    let taken = back.await.expect("three letters");
    assert!(taken.iter().all(|letter| letter.contains("Open this link to sign in")));
}

#[tokio::test]
async fn after_days_a_letter_is_given_up_and_that_is_seen() {
    let server = server(|config| config.mail = MailRoute::Smtp("smtp://127.0.0.1:9".to_owned())).await;
    server.app.post("reminder/1", Some("e"), "trustee1@example.org", "en", &letter()).await.expect("posted");
    server.app.post("reminder/2", Some("e"), "no address", "en", &letter()).await.expect("posted");
    server.app.store.run("UPDATE mail SET attempts = 23 WHERE id = 'reminder/1'").await.expect("days go by");
    assert_eq!(server.app.send_due_mail().await.expect("tried"), 2);
    assert_eq!(server.app.mail_state("e").await.expect("known").given_up, 2);
    let mut letters = server.app.given_up_letters("e", true).await.expect("known").letters;
    letters.sort_by(|one, other| one.id.cmp(&other.id));
    let whom: Vec<&str> = letters.iter().map(|letter| letter.recipient.as_str()).collect();
    assert_eq!(whom, ["trustee1@example.org", "no address"]);
    assert!(letters.iter().all(|letter| letter.kind == "sign-in-link"));
    // Nobody listens at that port; the other one is no address.
    assert_eq!(
        letters.iter().map(|letter| Why::of(&letter.failure)).collect::<Vec<_>>(),
        [Why::Unreachable, Why::Address]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_organiser_sees_what_was_given_up_and_tries_it_again() {
    for server in servers("given-up").await {
        let app = &server.app;
        let id = organiser(&server, "organiser@example.org").await;
        let voters = "id,name,email\nv1,Voter 1,v1@example.org\nv2,Voter 2,v2@example.org\n";
        let held = Sample::open_for(app, id, "A board", common::PLAN, voters).await.expect("voting is open");
        app.invite_voters(&held.uuid).await.expect("written to");
        let role =
            Letter::Role { role: "trustee".to_owned(), number: 1, name: "Trustee 1".to_owned(), about: About::New };
        app.post("role-link/x", Some(&held.uuid), "t1@example.org", "en", &role).await.expect("posted");
        let of_ballot = Letter::SecondFactor { tracker: "x".to_owned(), voter: "v2".to_owned() };
        app.post("second-factor/x", Some(&held.uuid), "v2@example.org", "en", &of_ballot).await.expect("posted");
        // What the mail server said in the end; the letter to voter 2 waits.
        for sql in [
            "UPDATE mail SET given_up = 1700000000, attempts = 6, \
             failure = 'permanent error (550): 5.1.1 <no> such user' WHERE kind <> 'voter-code'",
            "UPDATE mail SET given_up = 1700000000, attempts = 24, failure = 'transient error (452): 4.2.2 over quota' \
             WHERE recipient = 'v1@example.org'",
            "UPDATE mail SET due = 9000000000, failure = 'Connection error: refused' \
             WHERE recipient = 'v2@example.org' AND given_up IS NULL",
        ] {
            app.store.run(sql).await.expect("changed");
        }
        let cookie = sign_in(&server, "organiser@example.org").await;
        let overview = Ask::get(&format!("/organiser/{}", held.uuid)).cookie(&cookie).of(&server).await;
        assert!(overview.text.contains("Letters that could not be delivered: 3."), "{}", overview.text);
        let path = format!("/organiser/{}/letters", held.uuid);
        assert!(overview.text.contains(&path));
        let page = Ask::get(&path).cookie(&cookie).of(&server).await;
        for text in [
            "v1, Voter 1",
            "Voting code · v1@example.org · 2023-11-14 22:13 UTC",
            "The mailbox is full.",
            "Trustee 1: Trustee 1",
            "There is no such address, or it takes no mail.",
            "permanent error (550): 5.1.1 &#60;no&#62; such user",
            "Letters about ballots that were given up: 1.",
            "Letters wait after an attempt that failed.",
        ] {
            assert!(page.text.contains(text), "{text}: {}", page.text);
        }
        // Who asked for a code has voted: that is not shown.
        assert!(!page.text.contains("v2@example.org"), "{}", page.text);
        let stranger = organiser(&server, "stranger@example.org").await;
        assert_ne!(stranger, id);
        let theirs = sign_in(&server, "stranger@example.org").await;
        assert_eq!(Ask::get(&path).cookie(&theirs).of(&server).await.status, StatusCode::NOT_FOUND);

        // One, then all; what says who voted stays.
        let one = format!("csrf={}&letter=role-link%2Fx", page.csrf());
        let done = Ask::form(&path, &one).cookie(&cookie).of(&server).await;
        assert!(done.location().ends_with("done=letters-again"), "{}", done.location());
        assert_eq!(count(&server, "SELECT COUNT(*) FROM mail WHERE given_up IS NOT NULL").await, 2);
        assert_eq!(app.send_due_mail().await.expect("sent"), 1);
        let hidden = format!("csrf={}&letter=second-factor%2Fx", page.csrf());
        let done = Ask::form(&path, &hidden).cookie(&cookie).of(&server).await;
        assert!(done.location().ends_with("done=letters-none"), "{}", done.location());
        assert_eq!(app.retry_letters(&held.uuid, None, false).await.expect("tried"), 0, "voting is over");
        let all = format!("csrf={}&all=yes", page.csrf());
        Ask::form(&path, &all).cookie(&cookie).of(&server).await;
        assert_eq!(app.send_due_mail().await.expect("sent"), 1);
        let whom = "SELECT COUNT(*) FROM mail WHERE recipient = 'v1@example.org' AND sent IS NOT NULL AND attempts = 1";
        assert_eq!(count(&server, whom).await, 1);
        assert_eq!(count(&server, "SELECT COUNT(*) FROM mail WHERE given_up IS NOT NULL").await, 1);
    }
}

/// The subject of a letter, of which a part that is not ASCII stands in words of RFC 2047, section 2, encoding B.
fn subject(letter: &str) -> String {
    let head = letter.split("\r\n\r\n").next().unwrap_or_default().replace("\r\n ", " ");
    let line = head.lines().find_map(|line| line.strip_prefix("Subject: ")).expect("a subject").to_owned();
    let mut bytes = Vec::new();
    for word in line.split(' ') {
        match word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?=")) {
            // White space between two encoded words is not a part of the text (section 6.2).
            Some(word) => bytes.extend(STANDARD.decode(word).expect("base64")),
            None => bytes.extend([if bytes.is_empty() { "" } else { " " }, word].concat().into_bytes()),
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

#[tokio::test]
async fn letters_are_in_the_language_of_the_reader() {
    let server = server(|_| {}).await;
    let mut before: Vec<String> = Vec::new();
    for (language, expected) in
        [("en", "A test of mail"), ("ru", "Проверка почты"), ("kk", "Поштаны тексеру"), ("de", "A test of mail")]
    {
        let id = format!("test/{language}");
        server.app.post(&id, None, "someone@example.org", language, &Letter::Test).await.expect("posted");
        server.app.send_due_mail().await.expect("sent");
        let all = letters(&server);
        let new: Vec<&String> = all.iter().filter(|letter| !before.contains(letter)).collect();
        assert_eq!(new.len(), 1, "{language}: one new letter");
        assert_eq!(subject(new[0]), expected, "{language}: {}", new[0]);
        before = all;
    }
}

#[tokio::test]
async fn a_bad_sender_or_mail_server_is_told_at_the_start() {
    let folder = tempfile::tempdir().expect("a folder");
    for (from, route) in [("nobody", "smtp://127.0.0.1"), ("adil <adil@example.org>", "http://user:hidden@host")] {
        let mut config = config(folder.path());
        config.mail_from = from.to_owned();
        config.mail = MailRoute::of(route);
        let error = App::open(config).await.err().expect("refused").to_string();
        assert!(error.starts_with("--") && !error.contains("hidden"), "{error}");
    }
}
