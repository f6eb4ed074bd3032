//! The description of the interface, OpenAPI 3.1: made from one table of routes, served at `/api/openapi.json`, and kept in
//! `docs/openapi.json`, which a test compares.

use std::sync::LazyLock;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::answer::Tagged;
use super::schemas::schemas;

/// A route of the interface.
pub(super) struct Route {
    /// Its method.
    pub(super) method: &'static str,
    /// Its path, as the router has it.
    pub(super) path: &'static str,
    /// The group it is shown in.
    pub(super) group: &'static str,
    /// What it does.
    pub(super) summary: &'static str,
    /// Parameters after the question mark: name, pattern, what it is.
    pub(super) query: &'static [(&'static str, &'static str, &'static str)],
    /// What is sent.
    pub(super) body: Sent,
    /// The status and what comes back where it is done.
    pub(super) answer: (u16, Sent),
    /// The statuses of what cannot be done, with what they mean; all have the schema `Error`.
    pub(super) refusals: &'static [(u16, &'static str)],
    /// Whether a role's session is needed.
    pub(super) session: bool,
}

/// What goes over the line.
#[derive(Clone, Copy)]
pub(super) enum Sent {
    /// Nothing.
    Nothing,
    /// JSON of a schema.
    Json(&'static str),
    /// Bytes: their kind, and what they are.
    Bytes(&'static str, &'static str),
}

const UNKNOWN: (u16, &str) = (404, "`unknown`: there is no such election, or it is not that far");
const MALFORMED: (u16, &str) = (400, "`malformed`: the request has another form");
const TOO_LONG: (u16, &str) = (413, "`too-long`");
const TOO_MANY: (u16, &str) = (429, "`too-many`: try again after the seconds of `Retry-After`");
const TOO_MANY_LETTERS: (u16, &str) =
    (429, "`too-many`, or `too-many-letters`: for this voter; try again after the seconds of `Retry-After`");
const TOO_MANY_CODES: (u16, &str) =
    (429, "`too-many`, or `too-many-codes`: for this voter; try again after the seconds of `Retry-After`");
const NOT_OPEN: (u16, &str) = (410, "`not-open`: voting is not open");
const NO_TOKEN: (u16, &str) = (403, "`forbidden`: `notice` is no token of the ballot's credential");
const FORBIDDEN: (u16, &str) = (403, "`forbidden`: the personal link of the role has not been opened in this session");
const UNSOUND: (u16, &str) = (422, "What was sent does not hold, or is out of turn; `message` says what");

const PUBLIC: &str = "Everybody";
const VOTERS: &str = "Voters";
const LOG: &str = "The log";
const AUTHORITY: &str = "Credential authority";
const TRUSTEES: &str = "Trustees";

const BASE: Route = Route {
    method: "get",
    path: "",
    group: PUBLIC,
    summary: "",
    query: &[],
    body: Sent::Nothing,
    answer: (200, Sent::Nothing),
    refusals: &[UNKNOWN],
    session: false,
};

/// All routes that programs may rely on.
pub(super) const ROUTES: &[Route] = &[
    Route {
        path: "/api/e/{uuid}",
        summary: "The numbers of an election's board. Has an ETag, and is made anew once a second at the most",
        answer: (200, Sent::Json("Board")),
        ..BASE
    },
    Route {
        path: "/api/e/{uuid}/booth",
        summary: "What a booth works with: the exact record of the election, how questions are counted",
        answer: (200, Sent::Json("Booth")),
        ..BASE
    },
    Route {
        path: "/api/e/{uuid}/credential",
        summary: "What a public credential is. Never send a voting code",
        query: &[("public", "^[0-9a-f]{64}$", "The public credential")],
        answer: (200, Sent::Json("Credential")),
        refusals: &[MALFORMED, UNKNOWN],
        ..BASE
    },
    Route {
        method: "post",
        path: "/api/e/{uuid}/ballots",
        group: VOTERS,
        summary: "Casts a ballot; answered once it is durable in the log. The same bytes sent again are `again`",
        body: Sent::Bytes("application/json", "The ballot of the protocol, byte for byte"),
        answer: (201, Sent::Json("Cast")),
        refusals: &[
            (403, "`revoked` or `spare-of-nobody`: the ballot's credential may not be used"),
            UNKNOWN,
            (409, "`again`: this ballot is in the log already"),
            NOT_OPEN,
            TOO_LONG,
            (422, "`unsound`: a proof or a signature does not hold, or the ballot is of another election"),
            TOO_MANY,
        ],
        ..BASE
    },
    Route {
        path: "/api/e/{uuid}/ballot",
        group: VOTERS,
        summary: "What became of the ballot with a tracker",
        query: &[("tracker", "^[A-Za-z0-9+/_-]{43}$", "The tracker")],
        answer: (200, Sent::Json("Whereabouts")),
        refusals: &[MALFORMED, (404, "`unknown`: there is no ballot with this tracker")],
        ..BASE
    },
    Route {
        method: "post",
        path: "/api/e/{uuid}/second-factor",
        group: VOTERS,
        summary: "Asks for a code of eight digits by mail. The answer does not say whether there is such a voter",
        body: Sent::Json("SecondFactor"),
        answer: (202, Sent::Json("Nothing")),
        refusals: &[MALFORMED, NO_TOKEN, UNKNOWN, NOT_OPEN, TOO_LONG, UNSOUND, TOO_MANY_LETTERS],
        ..BASE
    },
    Route {
        method: "post",
        path: "/api/e/{uuid}/acceptances",
        group: VOTERS,
        summary: "Confirms a ballot with the code that was mailed",
        body: Sent::Json("Acceptance"),
        answer: (201, Sent::Json("Entry")),
        refusals: &[MALFORMED, NO_TOKEN, UNKNOWN, NOT_OPEN, TOO_LONG, UNSOUND, TOO_MANY_CODES],
        ..BASE
    },
    Route {
        method: "post",
        path: "/api/e/{uuid}/notices",
        group: VOTERS,
        summary: "Leaves an address that is told of every ballot under the same code",
        body: Sent::Json("Notice"),
        answer: (202, Sent::Json("Nothing")),
        refusals: &[MALFORMED, NO_TOKEN, UNKNOWN, NOT_OPEN, TOO_LONG, UNSOUND, TOO_MANY],
        ..BASE
    },
    Route {
        path: "/e/{uuid}/log/{path}",
        group: LOG,
        summary: "A file of the log (C2SP tlog-tiles): `checkpoint`, `tile/<level>/<number>`, `tile/entries/<number>`, \
                  `object/<digest>`. The path has slashes",
        answer: (200, Sent::Bytes("application/octet-stream", "The file; `checkpoint` is text/plain")),
        ..BASE
    },
    Route {
        path: "/e/{uuid}/election.bel",
        group: LOG,
        summary: "The archive of the election as it follows from the log now (Belenios, version 1)",
        answer: (200, Sent::Bytes("application/x-tar", "The archive")),
        refusals: &[UNKNOWN, TOO_MANY],
        ..BASE
    },
    Route {
        path: "/e/{uuid}/election.checkpoint",
        group: LOG,
        summary: "The signed state of the log that the archive was made of",
        answer: (200, Sent::Bytes("text/plain", "A signed note")),
        ..BASE
    },
    Route {
        path: "/e/{uuid}/record.zip",
        group: LOG,
        summary: "The whole record: the log's folder, archive and checkpoint. What `adil check` takes",
        answer: (200, Sent::Bytes("application/zip", "The record")),
        refusals: &[UNKNOWN, TOO_MANY],
        ..BASE
    },
    Route {
        path: "/api/authority/{uuid}",
        group: AUTHORITY,
        summary: "What the credential authority's page works with",
        answer: (200, Sent::Json("Authority")),
        refusals: &[FORBIDDEN, UNKNOWN, UNSOUND],
        session: true,
        ..BASE
    },
    Route {
        method: "post",
        path: "/api/authority/{uuid}/lists",
        group: AUTHORITY,
        summary: "Hands in the lists of credentials: the message `credential-lists/1`",
        body: Sent::Json("CredentialLists"),
        answer: (200, Sent::Json("Nothing")),
        refusals: &[FORBIDDEN, UNKNOWN, TOO_LONG, UNSOUND],
        session: true,
        ..BASE
    },
    Route {
        method: "post",
        path: "/api/authority/{uuid}/revocations",
        group: AUTHORITY,
        summary: "Hands in signed revocations, and who gets which spare code",
        body: Sent::Json("RevocationsWithOrders"),
        answer: (200, Sent::Json("Nothing")),
        refusals: &[MALFORMED, FORBIDDEN, UNKNOWN, TOO_LONG, UNSOUND],
        session: true,
        ..BASE
    },
    Route {
        path: "/api/spares/{uuid}",
        group: AUTHORITY,
        summary: "What the page of the holder of the spare codes works with",
        answer: (200, Sent::Json("Spares")),
        refusals: &[FORBIDDEN, UNKNOWN, UNSOUND],
        session: true,
        ..BASE
    },
    Route {
        path: "/api/trustee/{uuid}/{number}",
        group: TRUSTEES,
        summary: "What a trustee's page works with: the step that comes next, and the records that it needs",
        answer: (200, Sent::Json("Trustee")),
        refusals: &[FORBIDDEN, UNKNOWN, UNSOUND],
        session: true,
        ..BASE
    },
    Route {
        method: "post",
        path: "/api/trustee/{uuid}/{number}",
        group: TRUSTEES,
        summary: "Hands in a message of a trustee: `trustee/1`, `certificate/1`, `contribution/1`, `finished/1`, \
                  `rehearsed/1`, `shuffle/1` or `decryption/1`",
        body: Sent::Json("TrusteeMessage"),
        answer: (200, Sent::Json("Nothing")),
        refusals: &[FORBIDDEN, UNKNOWN, TOO_LONG, UNSOUND],
        session: true,
        ..BASE
    },
];

/// The description.
pub(super) fn description() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(methods) = path.as_object_mut() {
            methods.insert(route.method.to_owned(), operation(route));
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "adil",
            "version": "1",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
            "description": "Elections that anyone can check. Failures are always JSON of the schema Error, in the language \
                            of Accept-Language. Requests that change something must come from the same origin or without \
                            an Origin header."
        },
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": {
                "role": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "__Host-adil",
                    "description": "The session in which a personal link (/r/…) was opened; `adil` without TLS"
                }
            }
        }
    })
}

fn operation(route: &Route) -> Value {
    let in_path = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let in_path = in_path.map(|name| {
        let schema = match name {
            "number" => json!({ "type": "integer", "minimum": 1 }),
            "uuid" => json!({ "type": "string", "pattern": "^[1-9A-HJ-NP-Za-km-z]+$" }),
            _ => json!({ "type": "string" }),
        };
        json!({ "name": name, "in": "path", "required": true, "schema": schema })
    });
    let in_query = route.query.iter().map(|(name, pattern, what)| {
        let schema = json!({ "type": "string", "pattern": pattern });
        json!({ "name": name, "in": "query", "required": true, "description": what, "schema": schema })
    });
    let parameters: Vec<Value> = in_path.chain(in_query).collect();
    let mut operation = json!({ "tags": [route.group], "summary": route.summary, "parameters": parameters });
    let mut answers = Map::new();
    let (status, sent) = &route.answer;
    answers.insert(status.to_string(), answer("Done", *sent));
    for (status, what) in route.refusals {
        answers.insert(status.to_string(), answer(what, Sent::Json("Error")));
    }
    let mut put = |name: &str, value: Value| {
        if let Some(fields) = operation.as_object_mut() {
            fields.insert(name.to_owned(), value);
        }
    };
    if let Some(content) = content(route.body) {
        put("requestBody", json!({ "required": true, "content": content }));
    }
    put("responses", Value::Object(answers));
    if route.session {
        put("security", json!([{ "role": [] }]));
    }
    operation
}

fn answer(what: &str, sent: Sent) -> Value {
    match content(sent) {
        Some(content) => json!({ "description": what, "content": content }),
        None => json!({ "description": what }),
    }
}

fn content(sent: Sent) -> Option<Value> {
    match sent {
        Sent::Nothing => None,
        Sent::Json(schema) => {
            let name = format!("#/components/schemas/{schema}");
            Some(json!({ "application/json": { "schema": { "$ref": name } } }))
        }
        Sent::Bytes(kind, what) => Some(json!({ kind: { "schema": { "description": what } } })),
    }
}

/// The description as the file has it.
fn text() -> String {
    serde_json::to_string_pretty(&description()).unwrap_or_default() + "\n"
}

pub(super) async fn document(headers: HeaderMap) -> Response {
    static DOCUMENT: LazyLock<Tagged> = LazyLock::new(|| Tagged::of_bytes(text().into()));
    DOCUMENT.clone().answer(&headers, "application/json", "public, max-age=300")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `ADIL_WRITE=1` writes the file anew.
    #[test]
    fn the_committed_description_is_that_of_the_routes() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");
        if std::env::var_os("ADIL_WRITE").is_some() {
            std::fs::write(path, text()).expect("written");
        }
        let committed = std::fs::read_to_string(path).expect("docs/openapi.json");
        assert!(committed == text(), "docs/openapi.json is not that of the routes: run this test with ADIL_WRITE=1");
    }

    #[test]
    fn every_schema_that_is_named_is_there() {
        let description = description();
        let text = description.to_string();
        for part in text.split("#/components/schemas/").skip(1) {
            let name = part.split('"').next().unwrap_or_default();
            assert!(description["components"]["schemas"].get(name).is_some(), "{name}");
        }
    }
}
