//! Backing up, restoring, and looking whether everything is in order.

mod common;

use adil_server::App;
use adil_server::operate::{Examination, Health, back_up, restore};
use common::{config, organiser, server, sign_in};

#[tokio::test]
async fn a_backup_is_restored_byte_for_byte_while_the_server_runs() {
    let server = server(|_| {}).await;
    organiser(&server, "organiser@example.org").await;
    let session = sign_in(&server, "organiser@example.org").await;
    server.app.operator_link("second@example.org").await.expect("a link");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let file = elsewhere.path().join("adil.zip");
    let done = back_up(server.folder.path(), false, &file).await.expect("backed up");
    let names: Vec<&str> = done.parts.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["secret", "adil.sqlite"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    }
    // What happens after the backup is not in it.
    organiser(&server, "later@example.org").await;
    assert!(back_up(server.folder.path(), false, &file).await.is_err(), "nothing is overwritten");

    let data = elsewhere.path().join("data");
    restore(&file, &data).await.expect("restored");
    assert!(restore(&file, &data).await.is_err(), "nothing is overwritten");
    let secret = |folder: &std::path::Path| std::fs::read(folder.join("secret")).expect("a secret");
    assert_eq!(secret(&data), secret(server.folder.path()));
    let app = App::open(config(&data)).await.expect("a server");
    let restored = common::Server { app, folder: tempfile::tempdir().expect("a folder") };
    assert_eq!(common::count(&restored, "SELECT COUNT(*) FROM organiser").await, 1);
    // Who had signed in signs in again, and no link works that may have been used since.
    assert_eq!(common::Ask::get("/account").cookie(&session).of(&restored).await.location(), "/sign-in");
    assert_eq!(common::count(&restored, "SELECT COUNT(*) FROM sign_in_link").await, 0);
    sign_in(&restored, "organiser@example.org").await;
    // Nothing is left over beside.
    let left: Vec<_> = std::fs::read_dir(server.folder.path())
        .expect("a folder")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(".adil-"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[tokio::test]
async fn a_changed_backup_is_refused_and_leaves_nothing() {
    let server = server(|_| {}).await;
    let elsewhere = tempfile::tempdir().expect("a folder");
    let file = elsewhere.path().join("adil.zip");
    back_up(server.folder.path(), false, &file).await.expect("backed up");
    let bytes = std::fs::read(&file).expect("read");
    let data = elsewhere.path().join("data");
    // The secret comes first: a head of 30 bytes, its name, 20 bytes for long files, then 32 bytes or a few more. And a file that is cut off; and none at all.
    let mut changed = bytes.clone();
    changed[70] ^= 1;
    for (what, bytes) in [("changed", changed), ("cut off", bytes[..bytes.len() / 2].to_vec()), ("empty", Vec::new())] {
        let bad = elsewhere.path().join(format!("{what}.zip"));
        std::fs::write(&bad, bytes).expect("written");
        assert!(restore(&bad, &data).await.is_err(), "{what}");
        assert!(!data.join("secret").exists() && !data.join("adil.sqlite").exists(), "{what}");
    }
}

#[tokio::test]
async fn the_secret_alone_is_backed_up_where_the_database_is_elsewhere() {
    let server = server(|_| {}).await;
    let elsewhere = tempfile::tempdir().expect("a folder");
    let file = elsewhere.path().join("adil.zip");
    let done = back_up(server.folder.path(), true, &file).await.expect("backed up");
    assert!(done.without_database);
    assert_eq!(done.parts, [("secret".to_owned(), 32)]);
    let data = elsewhere.path().join("data");
    assert!(restore(&file, &data).await.expect("restored").without_database);
}

#[tokio::test]
async fn the_doctor_says_what_is_wrong() {
    for server in common::servers("doctor").await {
        let config = || server.app.config.clone();
        let health = |findings: &[adil_server::operate::Finding], subject: &str| {
            findings.iter().filter(|finding| finding.subject == subject).map(|finding| finding.health).max()
        };
        let findings = Examination::default().run(config()).await;
        assert_eq!(health(&findings, "secret"), Some(Health::Ok));
        assert_eq!(health(&findings, "database"), Some(Health::Ok), "{findings:?}");
        assert_eq!(health(&findings, "mail"), Some(Health::Warn), "letters become files");
        assert_eq!(health(&findings, "address"), Some(Health::Warn));
        assert_eq!(health(&findings, "accounts"), Some(Health::Warn));
        assert!(findings.iter().any(|finding| finding.subject == "durability"));
        assert_ne!(health(&findings, "clock"), Some(Health::Fail), "{findings:?}");

        let mut encrypted = config();
        encrypted.base_url = "https://vote.example.org".to_owned();
        let findings = Examination::default().run(encrypted.clone()).await;
        assert_eq!(health(&findings, "address"), Some(Health::Warn), "the proxy in front is not named");
        encrypted.proxies = 1;
        let findings = Examination::default().run(encrypted).await;
        assert_eq!(health(&findings, "address"), Some(Health::Ok));

        let mut open = config();
        open.base_url = "http://vote.example.org".to_owned();
        open.mail = adil_server::MailRoute::Smtp("smtp://127.0.0.1:9".to_owned());
        let findings = Examination::default().run(open).await;
        assert_eq!(health(&findings, "address"), Some(Health::Fail));
        assert_eq!(health(&findings, "mail"), Some(Health::Fail), "nobody listens there");

        let test = Examination { mail_to: Some("someone@example.org".to_owned()), election: None };
        test.run(config()).await;
        assert_eq!(common::letters(&server).len(), 1);
    }
}

#[tokio::test]
async fn the_doctor_makes_nothing_that_is_not_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let findings = Examination::default().run(config(&data)).await;
    assert!(findings.iter().any(|finding| finding.subject == "secret" && finding.health == Health::Fail));
    assert!(!data.exists());
}

#[cfg(unix)]
#[tokio::test]
async fn the_doctor_refuses_a_secret_that_others_can_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let server = server(|_| {}).await;
    let secret = server.folder.path().join("secret");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o644)).expect("changed");
    let findings = Examination::default().run(server.app.config.clone()).await;
    assert!(findings.iter().any(|finding| finding.subject == "secret" && finding.health == Health::Fail));
}

#[tokio::test]
async fn a_database_is_served_with_its_own_secret_alone() {
    for server in common::servers("secret").await {
        let path = server.folder.path().join("secret");
        let own = std::fs::read(&path).expect("a secret");
        App::open(server.app.config.clone()).await.expect("the same secret");
        // Another machine, to which the secret was not copied, makes none.
        std::fs::remove_file(&path).expect("removed");
        let error = App::open(server.app.config.clone()).await.err().expect("refused").to_string();
        assert!(error.contains("is not there, and the database was made with a secret"), "{error}");
        assert!(!path.exists());
        // And another one is not taken.
        let other = common::server(|_| {}).await;
        std::fs::copy(other.folder.path().join("secret"), &path).expect("copied");
        let error = App::open(server.app.config.clone()).await.err().expect("refused").to_string();
        assert!(error.contains("is not the secret that the database was made with"), "{error}");
        std::fs::write(&path, own).expect("written");
        App::open(server.app.config.clone()).await.expect("its own");
    }
}

#[tokio::test]
async fn a_wrong_address_of_a_database_is_not_repeated_with_its_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(folder.path());
    config.database = Some("mysql://adil:geheim@localhost/adil".to_owned());
    let error = App::open(config).await.err().expect("refused").to_string();
    assert!(error.contains("mysql") && !error.contains("geheim"), "{error}");
}
