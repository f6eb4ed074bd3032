//! The record of the election: compact JSON with its fields in one order.
//!
//! Its bytes are what every ballot names, so they are made once, here, and kept as they are from then on. The form is
//! that of the deployed tools: given the same texts and key they write the same bytes.

use adil_belenios::Question;
use serde::Serialize;

use super::Plan;
use crate::{Contest, Uuid};

#[derive(Serialize)]
struct WireElection<'a> {
    version: u8,
    description: &'a str,
    name: &'a str,
    group: &'static str,
    public_key: &'a str,
    questions: Vec<WireQuestion<'a>>,
    uuid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    administrator: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credential_authority: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum WireQuestion<'a> {
    Homomorphic {
        answers: &'a [String],
        #[serde(skip_serializing_if = "is_absent")]
        blank: bool,
        min: u32,
        max: u32,
        question: &'a str,
    },
    NonHomomorphic {
        #[serde(rename = "type")]
        kind: &'static str,
        value: WireValue<'a, String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        extra: Option<serde_json::Value>,
    },
    Lists {
        #[serde(rename = "type")]
        kind: &'static str,
        value: WireValue<'a, Vec<String>>,
    },
}

#[derive(Serialize)]
struct WireValue<'a, T> {
    answers: &'a [T],
    question: &'a str,
}

fn is_absent(flag: &bool) -> bool {
    !flag
}

fn question(contest: &Contest) -> WireQuestion<'_> {
    match &contest.question {
        Question::Homomorphic { title, answers, blank, min, max } => {
            WireQuestion::Homomorphic { answers, blank: *blank, min: *min, max: *max, question: title }
        }
        Question::NonHomomorphic { title, answers } => WireQuestion::NonHomomorphic {
            kind: "NonHomomorphic",
            value: WireValue { answers, question: title },
            extra: contest.counting.as_ref().and_then(crate::CountingMethod::to_extra),
        },
        Question::Lists { title, lists } => {
            WireQuestion::Lists { kind: "Lists", value: WireValue { answers: lists, question: title } }
        }
    }
}

impl Plan {
    /// The record of the election: its exact bytes, as ballots name them by their digest. `public_key` is the
    /// election's, in the encoding of the plan's group.
    pub fn election_record(&self, uuid: &Uuid, public_key: &str) -> String {
        let wire = WireElection {
            version: 1,
            description: &self.description,
            name: &self.title,
            group: self.group.name(),
            public_key,
            questions: self.contests.iter().map(question).collect(),
            uuid: uuid.as_str(),
            administrator: self.organiser.as_deref(),
            credential_authority: self.authority.as_deref(),
        };
        // Texts, numbers and flags under fixed names: there is no value here that JSON cannot hold.
        serde_json::to_string(&wire).unwrap_or_default()
    }
}
