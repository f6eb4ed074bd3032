//! The queue of mail: nothing twice, nothing lost.

mod common;

use adil_server::mail::Letter;
use adil_server::{App, MailRoute};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use common::{config, count, letters, server, servers};
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
    assert_eq!((state.sent, state.waiting, state.given_up.len()), (0, 3, 0));
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
    assert_eq!((state.sent, state.waiting, state.given_up.len()), (3, 0, 0));
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
    let state = server.app.mail_state("e").await.expect("known");
    let whom: Vec<&str> = state.given_up.iter().map(|failure| failure.recipient.as_str()).collect();
    assert_eq!(whom, ["trustee1@example.org", "no address"]);
    assert!(state.given_up.iter().all(|failure| !failure.failure.is_empty() && failure.kind == "sign-in-link"));
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
