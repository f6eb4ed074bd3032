//! Ballots over HTTP, changed in every way. Whatever is sent: no answer is a fault of the server's, and the log grows by what
//! was accepted and by nothing else. An input says how a sound ballot is changed:
//!
//! ```text
//! [ballot] [0] body…                      the body itself
//! [ballot] [1] ([place 2] [what] [byte])… bytes replaced (0), put in (1), taken away (2), repeated (3)
//! [ballot] [2] [place 2] text…            the rest put in at a place
//! [ballot] [3] [place 2]                  cut off there
//! ```
//!
//! A place is a part of 65,536 of the ballot's length; `ballot` chooses one of the sound ballots.

use adil_server::sample::{self, Sample};
use axum::http::StatusCode;

use crate::common::{self, Ask, PLAN, Server};

/// Ballots that are there to be changed.
const BALLOTS: usize = 4;

/// An election that is open, and sound ballots for it.
pub(crate) struct Posted {
    server: Server,
    runtime: tokio::runtime::Runtime,
    uuid: String,
    ballots: Vec<String>,
    sent: u32,
}

impl Posted {
    pub(crate) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
        let (server, uuid, ballots) = runtime.block_on(async {
            let server = common::server(|_| {}).await;
            let organiser = sample::organiser(&server.app).await.expect("an account");
            let held = Sample::open(&server.app, organiser, "A board", PLAN, BALLOTS as u64).await.expect("open");
            let codes = held.codes(&server.app, BALLOTS as u64).await.expect("codes");
            let votes: Vec<(&str, Vec<&str>)> =
                codes.iter().map(|code| (code.as_str(), vec!["1=A", "2=D,E,F"])).collect();
            let polls = server.app.polls(&held.uuid).await.expect("voting is open");
            (server, held.uuid, sample::ballots(polls.as_ref(), PLAN, &votes).expect("ballots"))
        });
        Self { server, runtime, uuid, ballots, sent: 0 }
    }

    /// How long a sound ballot is.
    #[allow(dead_code, reason = "the fuzz target has no use for it")]
    pub(crate) fn length(&self) -> usize {
        self.ballots[0].len()
    }

    /// What an input stands for.
    fn body(&self, input: &[u8]) -> Vec<u8> {
        let Some((ballot, rest)) = input.split_first() else { return Vec::new() };
        let mut body = self.ballots[usize::from(*ballot) % BALLOTS].clone().into_bytes();
        let Some((how, rest)) = rest.split_first() else { return body };
        let place = |body: &[u8], high: u8, low: u8| (usize::from(u16::from_be_bytes([high, low])) * body.len()) >> 16;
        match (how % 4, rest) {
            (0, rest) => return rest.to_vec(),
            (1, rest) => {
                for change in rest.chunks_exact(4) {
                    let at = place(&body, change[0], change[1]);
                    match change[2] % 4 {
                        0 if at < body.len() => body[at] = change[3],
                        1 => body.insert(at, change[3]),
                        2 => drop(body.drain(at..body.len().min(at + usize::from(change[3])))),
                        3 => {
                            let piece = body[at..body.len().min(at + usize::from(change[3]))].to_vec();
                            body.splice(at..at, piece);
                        }
                        _ => {}
                    }
                }
            }
            (2, [high, low, text @ ..]) => {
                let at = place(&body, *high, *low);
                body.splice(at..at, text.iter().copied());
            }
            (3, [high, low, ..]) => body.truncate(place(&body, *high, *low)),
            _ => {}
        }
        body
    }

    fn entries(&self) -> u64 {
        let counts = self.runtime.block_on(self.server.app.counts(&self.uuid)).expect("voting is open");
        counts.entries
    }

    /// Sends what an input stands for; the status of the answer.
    pub(crate) fn send(&mut self, input: &[u8]) -> StatusCode {
        let body = self.body(input);
        let is_sound = self.ballots.iter().any(|ballot| ballot.as_bytes() == body);
        let before = self.entries();
        let path = format!("/api/e/{}/ballots", self.uuid);
        // Every request comes from another network: how many may be sent is not what is looked at here.
        self.sent += 1;
        let [_, high, middle, low] = self.sent.to_be_bytes();
        let ask = Ask::json(&path, body).from([10, high, middle, low]);
        let answer = self.runtime.block_on(ask.of(&self.server));
        let status = answer.status;
        assert!(status.is_client_error() || status == StatusCode::CREATED, "{status}: {}", answer.text);
        let told: serde_json::Value = serde_json::from_str(&answer.text).expect("JSON");
        if status == StatusCode::CREATED {
            let tracker = told["tracker"].as_str().expect("a tracker");
            let found = self.runtime.block_on(self.server.app.whereabouts(&self.uuid, tracker)).expect("it is there");
            assert_eq!(Some(found.entry), told["entry"].as_u64());
        } else {
            assert!(!told["message"].as_str().expect("a sentence").is_empty());
            assert!(!is_sound || told["error"] == "again", "a sound ballot was refused: {}", answer.text);
        }
        assert_eq!(self.entries(), before + u64::from(status == StatusCode::CREATED));
        status
    }
}
