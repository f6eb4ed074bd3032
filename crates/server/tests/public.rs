//! What everybody can ask: pages, the programs' interface, the files of the log. Asked of the router, without a network.

mod common;

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::net::SocketAddr;

use adil_server::sample::{self, Sample};
use adil_server::{App, router};
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

const PLAN: &str = r#"
title = "All ways of counting"
languages = ["en"]

[[question]]
title = "Chair"
answers = ["A", "B"]
kind = "choices"
min = 1
max = 1
count = "plurality"

[[question]]
title = "Projects"
answers = ["Bridge", "Library", "Trees"]
kind = "choices"
min = 0
max = 3
count = "approval"
seats = 2

[[question]]
title = "Venue"
answers = ["X", "Y", "Z"]
kind = "ranked"
count = "schulze"

[[question]]
title = "Board"
answers = ["P", "Q", "R"]
kind = "ranked"
count = "stv"
seats = 1

[[question]]
title = "Drafts"
answers = ["First", "Second"]
grades = ["Good", "Fair", "Poor"]
kind = "graded"
count = "majority-judgment"
"#;

const VOTES: [[&str; 5]; 4] = [
    ["1=A", "2=Bridge,Trees", "3=X,Y,Z", "4=P,Q", "5=1:Good,2:Poor"],
    ["1=A", "2=Trees", "3=X,Z,Y", "4=P,R", "5=1:Fair,2:Good"],
    ["1=B", "2=Library,Trees", "3=Y,X,Z", "4=Q,P", "5=1:Good,2:Fair"],
    ["1=A", "2=Library", "3=X,Y,Z", "4=P", "5=1:Good,2:Fair"],
];

/// A server with an election of five voters, four of whom have voted; and the ballots.
async fn with_election(folder: &std::path::Path) -> (App, Sample, Vec<String>) {
    let app = common::app(folder).await;
    let organiser = sample::organiser(&app).await.expect("an account");
    let held = Sample::open(&app, organiser, "All ways of counting", PLAN, 5).await.expect("voting is open");
    let codes = held.codes(&app, 4).await.expect("codes");
    let votes: Vec<_> = codes.iter().zip(VOTES).map(|(code, vote)| (code.as_str(), vote.to_vec())).collect();
    let polls = app.polls(&held.uuid).await.expect("voting is open");
    let ballots = sample::ballots(polls.as_ref(), PLAN, &votes).expect("ballots");
    (app, held, ballots)
}

struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a text")
    }

    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).expect("JSON")
    }

    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a text"))
    }
}

async fn ask(app: &App, mut request: Request<Body>) -> Answer {
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([127, 0, 0, 1], 40_000))));
    let response = router(app.clone()).oneshot(request).await.expect("the router never fails");
    let (parts, body) = response.into_parts();
    let body = body.collect().await.expect("the whole body").to_bytes().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}

async fn get(app: &App, path: &str) -> Answer {
    ask(app, Request::get(path).body(Body::empty()).expect("a request")).await
}

async fn post(app: &App, path: &str, body: impl Into<Body>) -> Answer {
    ask(app, Request::post(path).body(body.into()).expect("a request")).await
}

/// A JSON that looks as the description says.
fn holds(description: &Value, schema: &str, value: &Value) {
    let fault = misfit(&description["components"]["schemas"], &description["components"]["schemas"][schema], value);
    assert_eq!(fault, None, "{schema}: {value}");
}

/// What a value has that its schema has not, or the other way round. Of JSON Schema it knows the words that the
/// description uses; another word is a fault.
fn misfit(schemas: &Value, schema: &Value, value: &Value) -> Option<String> {
    let fault = |what: &str| Some(format!("{what} in {value}"));
    for (word, of) in schema.as_object()? {
        let found = match word.as_str() {
            "description" | "minimum" => None,
            "$ref" => {
                let name = of.as_str()?.rsplit('/').next()?;
                assert!(schemas.get(name).is_some(), "there is no schema {name}");
                misfit(schemas, &schemas[name], value)
            }
            "type" => {
                let types: Vec<&Value> = of.as_array().map_or(vec![of], |types| types.iter().collect());
                let is_of = |name: &&Value| match name.as_str() {
                    Some("null") => value.is_null(),
                    Some("string") => value.is_string(),
                    Some("integer") => value.is_u64(),
                    Some("boolean") => value.is_boolean(),
                    Some("array") => value.is_array(),
                    Some("object") => value.is_object(),
                    _ => false,
                };
                if types.iter().any(is_of) { None } else { fault("another type") }
            }
            "enum" => {
                if of.as_array()?.contains(value) {
                    None
                } else {
                    fault("another word")
                }
            }
            "const" => {
                if of == value {
                    None
                } else {
                    fault("another word")
                }
            }
            "oneOf" => {
                let fit = of.as_array()?.iter().filter(|one| misfit(schemas, one, value).is_none()).count();
                if fit == 1 { None } else { fault("none or several of the kinds") }
            }
            "items" => value.as_array()?.iter().find_map(|item| misfit(schemas, of, item)),
            "required" => {
                let missing = of.as_array()?.iter().find(|name| value.get(name.as_str().unwrap_or_default()).is_none());
                missing.map(|name| format!("{name} is missing in {value}"))
            }
            "properties" => value.as_object()?.iter().find_map(|(name, own)| match of.get(name) {
                Some(schema) => misfit(schemas, schema, own),
                None => fault(&format!("{name} is not described")),
            }),
            "additionalProperties" => None,
            other => fault(&format!("the word {other} of the schema")),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_election_is_public_from_the_first_ballot_to_the_result() {
    let folder = tempfile::tempdir().expect("a folder");
    let (app, held, ballots) = with_election(folder.path()).await;
    let uuid = &held.uuid;
    let description = get(&app, "/api/openapi.json").await.json();
    let api = format!("/api/e/{uuid}");

    let booth = get(&app, &format!("{api}/booth")).await;
    holds(&description, "Booth", &booth.json());
    let mut trackers = Vec::new();
    for ballot in &ballots {
        let cast = post(&app, &format!("{api}/ballots"), ballot.clone()).await;
        assert_eq!(cast.status, StatusCode::CREATED, "{}", cast.text());
        holds(&description, "Cast", &cast.json());
        trackers.push(cast.json()["tracker"].as_str().expect("a tracker").to_owned());
    }
    let again = post(&app, &format!("{api}/ballots"), ballots[0].clone()).await;
    assert_eq!((again.status, again.json()["error"].as_str()), (StatusCode::CONFLICT, Some("again")));
    holds(&description, "Error", &again.json());
    let unsound = post(&app, &format!("{api}/ballots"), "{}").await;
    assert_eq!((unsound.status, unsound.json()["error"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("unsound")));

    for tracker in &trackers {
        let found =
            get(&app, &format!("{api}/ballot?tracker={}", tracker.replace('+', "%2B").replace('/', "%2F"))).await;
        holds(&description, "Whereabouts", &found.json());
        assert_eq!(found.json()["state"], "counted");
    }
    let nobody = get(&app, &format!("{api}/credential?public={}", "0".repeat(64))).await;
    holds(&description, "Credential", &nobody.json());
    assert_eq!(nobody.json()["state"], "unknown");

    let board = get(&app, &api).await;
    holds(&description, "Board", &board.json());
    // The setup, the lists and the opening, and four ballots.
    assert_eq!((board.json()["entries"].as_u64(), board.json()["ballots"].as_u64()), (Some(7), Some(4)));
    let tag = board.header("etag").to_owned();
    let same = Request::get(&api).header("if-none-match", &tag).body(Body::empty()).expect("a request");
    let same = ask(&app, same).await;
    assert_eq!((same.status, same.body.len()), (StatusCode::NOT_MODIFIED, 0));

    let page = get(&app, &format!("/e/{uuid}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("<h1>All ways of counting</h1>") && page.text().contains(&trackers[3]));
    let no_result = get(&app, &format!("/e/{uuid}/result")).await;
    assert!(no_result.text().contains("There is no result yet."));
    let list = get(&app, &format!("/e/{uuid}/trackers.txt")).await;
    assert_eq!(list.text().lines().collect::<Vec<_>>(), trackers);
    assert!(get(&app, &format!("/e/{uuid}/trackers")).await.text().contains(&trackers[0]));
    assert_eq!(get(&app, &format!("/e/{uuid}/trackers?page=2")).await.status, StatusCode::NOT_FOUND);

    held.count(&app).await.expect("a result");
    let result = get(&app, &format!("/e/{uuid}/result")).await;
    let text = result.text();
    // By hand: A 3 of 4, B 1; Trees 3, Library 2, Bridge 1; X before Y 3 to 1; P has 3 of the quota of 4/2 + 1 = 3; the
    // grades of First are Good 3, Fair 1, of Second Good 1, Fair 2, Poor 1.
    for line in ["Elected: A", "Elected: Trees, Library", "First: X", "Elected: P", "First: First", "75.0%", "Order: X"]
    {
        assert!(text.contains(line), "{line}");
    }
    for language in ["ru", "kk"] {
        let request = Request::get(format!("/e/{uuid}/result")).header("accept-language", language);
        let page = ask(&app, request.body(Body::empty()).expect("a request")).await;
        assert!(page.text().contains(&format!("<html lang=\"{language}\">")));
        assert!(!page.text().contains(">result-") && !page.text().contains(">board-"), "a text is missing");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_record_is_the_log_and_what_follows_from_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (app, held, ballots) = with_election(folder.path()).await;
    for ballot in ballots {
        app.cast(&held.uuid, ballot.into()).await.expect("accepted");
    }
    held.count(&app).await.expect("a result");
    let at = |path: &str| format!("/e/{}/{path}", held.uuid);
    let record = get(&app, &at("record.zip")).await;
    let mut zip = zip::ZipArchive::new(Cursor::new(&record.body)).expect("a zip");
    let mut files = BTreeMap::new();
    for index in 0..zip.len() {
        let mut file = zip.by_index(index).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("whole, by its check sum");
        files.insert(file.name().expect("a name").into_owned(), bytes);
    }
    assert!(files.contains_key("log/checkpoint") && files.keys().any(|name| name.starts_with("log/tile/entries/")));
    assert_eq!(files["log/checkpoint"], files["election.checkpoint"]);
    for (name, bytes) in &files {
        let alone = get(&app, &at(name)).await;
        assert!(alone.status == StatusCode::OK && &alone.body == bytes, "{name}");
        let is_for_ever = name.starts_with("log/tile/") || name.starts_with("log/object/");
        assert_eq!(alone.header("cache-control").contains("immutable"), is_for_ever, "{name}");
    }
    // The program of the command line says of the record what it says of its own.
    let Some(program) = adil_outside::program("the_record_is_the_log_and_what_follows_from_it") else { return };
    let path = folder.path().join("record.zip");
    std::fs::write(&path, &record.body).expect("written");
    let unpacked = folder.path().join("record");
    for (name, bytes) in &files {
        let file = unpacked.join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        std::fs::write(file, bytes).expect("written");
    }
    let checked = std::process::Command::new(program).arg("check").arg(&unpacked).output().expect("it runs");
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(checked.status.success(), "{said}{}", String::from_utf8_lossy(&checked.stderr));
}

/// Every address of the description, asked in ways that nobody thought of.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_odd_request_is_the_servers_fault() {
    let folder = tempfile::tempdir().expect("a folder");
    let (app, held, ballots) = with_election(folder.path()).await;
    app.cast(&held.uuid, ballots[0].clone().into()).await.expect("accepted");
    let description = get(&app, "/api/openapi.json").await.json();
    let session = app.begin_session(None).await.expect("a session");
    let link = app.role_link(&held.uuid, "trustee", 1).await.expect("a link");
    app.open_role_link(&session, link.rsplit('/').next().expect("a token")).await.expect("opened");

    let bodies: Vec<Vec<u8>> = [
        String::new(),
        "{}".to_owned(),
        "[".to_owned(),
        "null".to_owned(),
        "\u{0}\u{feff}{\"adil\":\"trustee/1\"}".to_owned(),
        format!("{}{}", "[".repeat(100_000), "]".repeat(100_000)),
        json!({ "tracker": "x", "voter": "y", "code": "00000000" }).to_string(),
        json!({ "tracker": "x".repeat(43), "voter": "'; DROP TABLE voter; --" }).to_string(),
        json!({ "notice": "?", "email": "no address\r\nBcc: a@example.org", "language": "xx" }).to_string(),
        json!({ "adil": "decryption/1", "uuid": held.uuid, "owner": 1, "record": "{}" }).to_string(),
        json!({ "adil": "decryption/1", "uuid": held.uuid, "owner": u64::MAX, "record": "" }).to_string(),
        json!({ "adil": "shuffle/1", "uuid": held.uuid, "owner": 0, "record": "\u{0}" }).to_string(),
        json!({ "adil": "certificate/1", "uuid": held.uuid, "threshold": 0, "members": 0, "number": 0, "message": "" })
            .to_string(),
        json!({ "adil": "credential-lists/1", "uuid": held.uuid, "credentials": "", "spares": "", "statement": "" })
            .to_string(),
        json!({ "message": "{}", "orders": [["a", "b"]] }).to_string(),
        ballots[1].replace("\"hash\"", "\"hash\" "),
        ballots[1][..ballots[1].len() / 2].to_owned(),
        "x".repeat(9 << 20),
    ]
    .into_iter()
    .map(String::into_bytes)
    .chain([vec![0xff; 100]])
    .collect();
    let uuids = [held.uuid.as_str(), "x", "%00", "%F0%9F%98%80", "..%2F..%2Fsecret", "1111111111111111111111"];
    let numbers = ["1", "0", "-1", "18446744073709551616", "x"];
    let paths = [
        "checkpoint",
        "tile/0/000",
        "tile/0/x999/999",
        "tile/64/000.p/0",
        "object/",
        "..%2Fsecret",
        "tile/entries/%2e%2e",
    ];
    let queries = ["", "?", "?tracker=", "?public=zz", "?tracker=%FF", "?public=%00&public=1", "?tracker=a&tracker=b"];

    let mut asked = 0;
    for (path, methods) in description["paths"].as_object().expect("paths") {
        for method in methods.as_object().expect("methods").keys() {
            let method = Method::from_bytes(method.to_ascii_uppercase().as_bytes()).expect("a method");
            let mut addresses = Vec::new();
            for uuid in uuids {
                let path = path.replace("{uuid}", uuid);
                let variants: &[&str] = if path.contains("{number}") { &numbers } else { &paths };
                let is_plain = !path.contains('{');
                for variant in variants.iter().take(if is_plain { 1 } else { variants.len() }) {
                    addresses.push(path.replace("{number}", variant).replace("{path}", variant));
                }
            }
            for address in addresses {
                let few = [Vec::new()];
                let bodies = if method == Method::POST { bodies.as_slice() } else { &few };
                let queries = if method == Method::GET { queries.as_slice() } else { &queries[..1] };
                for (body, query) in bodies.iter().flat_map(|body| queries.iter().map(move |query| (body, query))) {
                    // The longest bodies of the one election are enough.
                    if body.len() > 1 << 20 && !address.contains(&held.uuid) {
                        continue;
                    }
                    let request = Request::builder().method(&method).uri(format!("{address}{query}"));
                    let request = request.header("cookie", format!("adil={}", session.as_str()));
                    let request = request.header("sec-fetch-site", "same-origin");
                    let answer = ask(&app, request.body(Body::from(body.clone())).expect("a request")).await;
                    assert!(
                        !answer.status.is_server_error(),
                        "{method} {address}{query} with {} bytes: {} {}",
                        body.len(),
                        answer.status,
                        String::from_utf8_lossy(&answer.body)
                    );
                    if path.starts_with("/api/") && answer.status.is_client_error() {
                        assert_eq!(answer.header("content-type"), "application/json", "{method} {address}{query}");
                        holds(&description, "Error", &answer.json());
                    }
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 700, "{asked}");
}

#[tokio::test]
async fn pages_of_words_are_there_in_all_languages() {
    let folder = tempfile::tempdir().expect("a folder");
    let app = common::app(folder.path()).await;
    for path in ["/", "/help", "/accessibility", "/privacy"] {
        for language in ["en", "ru", "kk"] {
            let request = Request::get(path).header("accept-language", language).body(Body::empty());
            let page = ask(&app, request.expect("a request")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.text().contains(&format!("<html lang=\"{language}\">")), "{path}");
            assert_eq!(page.text().matches("<h1").count(), 1, "{path}");
            assert!(!page.text().contains(">public-"), "{path}: a text is missing");
        }
    }
    let nothing = get(&app, "/no/such/page").await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
    assert!(nothing.text().contains("There is no such page"));
    assert_eq!(get(&app, "/api/no").await.json()["error"], "unknown");
}
