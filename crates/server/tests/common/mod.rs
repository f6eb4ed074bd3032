//! A server for tests, without a listener: requests go straight to the router.
#![allow(dead_code, reason = "each test uses a part")]

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use adil_server::{App, Config};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use sqlx::Connection as _;
use tower::ServiceExt as _;

/// The password of accounts in tests.
pub(crate) const PASSWORD: &str = "correct horse battery";

/// A server with its folder.
pub(crate) struct Server {
    pub(crate) app: App,
    pub(crate) folder: tempfile::TempDir,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The address that it sends to.
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The cookie that it sets, as a browser sends it back.
    pub(crate) fn cookie(&self) -> String {
        self.header("set-cookie").split(';').next().unwrap_or_default().to_owned()
    }

    /// The token that the forms of the page carry.
    pub(crate) fn csrf(&self) -> String {
        let after = self.text.split("name=\"csrf\" value=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    }
}

/// The configuration of a server in a folder.
pub(crate) fn config(folder: &Path) -> Config {
    Config { data: folder.to_owned(), ..Config::default() }
}

/// A server on the embedded database of a folder that stays.
pub(crate) async fn app(folder: &Path) -> App {
    App::open(config(folder)).await.expect("a server")
}

/// A server on the embedded database.
pub(crate) async fn server(change: impl FnOnce(&mut Config)) -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let mut config = config(folder.path());
    change(&mut config);
    let app = App::open(config).await.expect("a server");
    Server { app, folder }
}

/// Servers on each database that there is: the embedded one, and a database of its own in PostgreSQL where `ADIL_POSTGRES` is
/// set.
pub(crate) async fn servers(test: &str) -> Vec<Server> {
    let mut all = vec![server(|_| {}).await];
    if let Some(url) = postgres(test).await {
        all.push(server(|config| config.database = Some(url)).await);
    }
    all
}

/// A request that a browser of that address sends.
pub(crate) struct Ask<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) from: [u8; 4],
    pub(crate) headers: Vec<(&'a str, String)>,
    pub(crate) body: Vec<u8>,
}

impl<'a> Ask<'a> {
    pub(crate) fn get(path: &'a str) -> Self {
        Self { method: "GET", path, from: [192, 0, 2, 1], headers: Vec::new(), body: Vec::new() }
    }

    pub(crate) fn form(path: &'a str, body: &str) -> Self {
        let headers = vec![
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
            ("sec-fetch-site", "same-origin".to_owned()),
        ];
        Self { method: "POST", path, from: [192, 0, 2, 1], headers, body: body.as_bytes().to_vec() }
    }

    pub(crate) fn json(path: &'a str, body: Vec<u8>) -> Self {
        let headers =
            vec![("content-type", "application/json".to_owned()), ("sec-fetch-site", "same-origin".to_owned())];
        Self { method: "POST", path, from: [192, 0, 2, 1], headers, body }
    }

    pub(crate) fn with(mut self, name: &'a str, value: &str) -> Self {
        self.headers.retain(|(own, _)| *own != name);
        self.headers.push((name, value.to_owned()));
        self
    }

    pub(crate) fn cookie(self, cookie: &str) -> Self {
        self.with("cookie", cookie)
    }

    pub(crate) fn from(mut self, address: [u8; 4]) -> Self {
        self.from = address;
        self
    }

    pub(crate) async fn of(self, server: &Server) -> Answer {
        let mut builder = Request::builder().method(self.method).uri(self.path);
        for (name, value) in &self.headers {
            builder = builder.header(*name, value);
        }
        let mut request = builder.body(Body::from(self.body)).expect("a request");
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((self.from, 1000))));
        let response = adil_server::router(server.app.clone()).oneshot(request).await.expect("an answer");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.expect("a body").to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }
}

/// Makes an account.
pub(crate) async fn organiser(server: &Server, email: &str) -> i64 {
    server.app.add_organiser(email, adil_server::Tongue::default(), Some(PASSWORD)).await.expect("an account")
}

/// Signs in with the password: the cookie.
pub(crate) async fn sign_in(server: &Server, email: &str) -> String {
    let body = format!("email={}&password={}&code=", email.replace('@', "%40"), PASSWORD.replace(' ', "+"));
    let answer = Ask::form("/sign-in", &body).of(server).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    assert_eq!(answer.location(), "/organiser");
    let cookie = answer.header(header::SET_COOKIE.as_str()).to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    answer.cookie()
}

/// The letters that were written, decoded.
pub(crate) fn letters(server: &Server) -> Vec<String> {
    let Ok(folder) = std::fs::read_dir(server.folder.path().join("mail")) else { return Vec::new() };
    let mut all: Vec<String> = folder
        .filter_map(|entry| std::fs::read_to_string(entry.ok()?.path()).ok())
        .map(|letter| {
            // The body alone is quoted-printable; in the head `?=` ends a word of RFC 2047.
            let (head, body) = letter.split_once("\r\n\r\n").unwrap_or((&letter, ""));
            format!("{head}\r\n\r\n{}", body.replace("=\r\n", "").replace("=3D", "="))
        })
        .collect();
    all.sort();
    all
}

/// Counts what a query counts.
pub(crate) async fn count(server: &Server, sql: &'static str) -> i64 {
    server.app.store.count(sql).await.expect("a number")
}

/// The URL of a new database in the PostgreSQL server of the tests; `None` where there is none.
pub(crate) async fn postgres(test: &str) -> Option<String> {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let url = adil_outside::postgres(test)?;
    let name = format!("adil_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(&url).await.expect("ADIL_POSTGRES can be reached");
    let text = format!("CREATE DATABASE {name}");
    sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut connection).await.expect("a new database");
    let (server, _) = url.rsplit_once('/').expect("the URL names a database");
    Some(format!("{server}/{name}"))
}

/// A plan of one question of choices and one that is ranked.
pub(crate) const PLAN: &str = r#"
title = "A board"
languages = ["en"]

[[question]]
title = "Who presides?"
answers = ["A", "B", "C"]
kind = "choices"
min = 0
max = 1
count = "plurality"

[[question]]
title = "In which order?"
answers = ["D", "E", "F"]
kind = "ranked"
count = "schulze"
"#;
