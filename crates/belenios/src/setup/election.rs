//! The election record: texts, group, public key and questions.
//!
//! Its exact bytes are what every ballot names, so it is never written anew: the fingerprint is a digest of the record
//! as it stands. Any JSON of the known fields is read, each at most once.

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::archive::{ArchiveError, Limits, base64};
use crate::object::{Object, object_if_any, objects};
use crate::{Fault, Faults, Place, Rule};

/// An election.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Election {
    /// The identifier.
    pub uuid: String,
    /// The title.
    pub name: String,
    /// The description.
    pub description: String,
    /// Who organises it, where it says so.
    pub administrator: Option<String>,
    /// Who made the credentials, where it says so.
    pub credential_authority: Option<String>,
    /// The name of the group, or its numbers as JSON.
    pub group: String,
    /// The public key, as written.
    pub public_key: String,
    /// The questions.
    pub questions: Vec<Question>,
    /// What stands beside each question as `extra`: for programs that count, and of no meaning to the protocol.
    pub extras: Vec<Option<serde_json::Value>>,
    /// The digest of the record, as ballots name it.
    pub fingerprint: String,
}

/// A question. Texts are as the organiser wrote them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// Choices that are added up under encryption.
    Homomorphic {
        /// The question.
        title: String,
        /// The answers.
        answers: Vec<String>,
        /// Whether a blank vote is allowed; it takes a place before the answers.
        blank: bool,
        /// The fewest answers that may be chosen.
        min: u32,
        /// The most answers that may be chosen.
        max: u32,
    },
    /// A vote of numbers for all answers, decrypted one by one after shuffling.
    NonHomomorphic {
        /// The question.
        title: String,
        /// The answers.
        answers: Vec<String>,
    },
    /// One list is chosen, and candidates on it.
    Lists {
        /// The question.
        title: String,
        /// The lists: a list's name, then its candidates.
        lists: Vec<Vec<String>>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireElection {
    version: u64,
    description: String,
    name: String,
    group: String,
    public_key: String,
    #[serde(deserialize_with = "objects")]
    questions: Vec<WireQuestion>,
    uuid: String,
    administrator: Option<String>,
    credential_authority: Option<String>,
    #[serde(rename = "language")]
    _language: Option<String>,
}

/// The three kinds of question have no field in common that tells them apart, so all are read as one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireQuestion {
    answers: Option<Vec<String>>,
    blank: Option<bool>,
    min: Option<u32>,
    max: Option<u32>,
    question: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(default, deserialize_with = "object_if_any")]
    value: Option<WireValue>,
    extra: Option<Box<serde_json::value::RawValue>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WireValue {
    answers: WireAnswers,
    question: String,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WireAnswers {
    Plain(Vec<String>),
    Lists(Vec<Vec<String>>),
}

impl Election {
    /// Reads the record; `None` where nothing can be made of it. What is wrong is added to `faults`.
    pub(crate) fn read(bytes: &[u8], place: &Place, faults: &mut Faults) -> Option<Self> {
        let mut fault = |rule| faults.push(Fault::new(rule, place.clone()));
        let wire: Object<WireElection> = match serde_json::from_slice(bytes) {
            Ok(wire) => wire,
            Err(error) => {
                faults.push(Fault::new(Rule::ElectionForm, place.clone()).found(error));
                return None;
            }
        };
        let Object(wire) = wire;
        if wire.version != 1 {
            fault(Rule::ElectionVersion);
        }
        let base58 = |byte: u8| byte.is_ascii_alphanumeric() && !b"0OIl".contains(&byte);
        if wire.uuid.len() < 14 || !wire.uuid.bytes().all(base58) {
            faults.push(Fault::new(Rule::Uuid, place.clone()).found(&wire.uuid));
        }
        let count = wire.questions.len();
        // What is nested more deeply than any counting method is for nobody to read.
        let parsed = |raw: &serde_json::value::RawValue| serde_json::from_str(raw.get()).ok();
        let extras = wire.questions.iter().map(|question| question.extra.as_deref().and_then(parsed)).collect();
        let questions: Vec<Question> = wire.questions.into_iter().filter_map(question).collect();
        if questions.len() < count || count == 0 {
            faults.push(Fault::new(Rule::Questions, place.clone()).found(format!("{count} questions")));
            return None;
        }
        for (index, question) in questions.iter().enumerate() {
            if let Some(found) = question.cannot_be_answered() {
                faults.push(Fault::new(Rule::Questions, place.clone().question(index)).found(found));
                return None;
            }
        }
        Some(Self {
            uuid: wire.uuid,
            name: wire.name,
            description: wire.description,
            administrator: wire.administrator,
            credential_authority: wire.credential_authority,
            group: wire.group,
            public_key: wire.public_key,
            questions,
            extras,
            fingerprint: base64(&Sha256::digest(bytes).into()),
        })
    }

    /// Which limit a ballot of this election would exceed.
    pub(crate) fn exceeds(&self, limits: &Limits, byte: u64) -> Option<ArchiveError> {
        let ciphertexts: usize = self.questions.iter().map(Question::ciphertexts).sum();
        let branches = self.questions.iter().map(Question::branches).fold(0, usize::saturating_add);
        let of = |what, found: usize, most: usize| {
            (found > most).then(|| ArchiveError::Limit { byte, what, limit: format!("{most}; there are {found}") })
        };
        let of_ciphertexts = of("the number of ciphertexts of a ballot", ciphertexts, limits.ciphertexts);
        of_ciphertexts.or_else(|| of("the number of branches of a ballot's proofs", branches, limits.branches))
    }

    /// Whether a question needs shuffles.
    pub fn needs_shuffles(&self) -> bool {
        self.questions.iter().any(|question| matches!(question, Question::NonHomomorphic { .. }))
    }
}

/// A question of one of the three kinds, with exactly its fields.
fn question(wire: WireQuestion) -> Option<Question> {
    let WireQuestion { answers, blank, min, max, question, kind, value, extra } = wire;
    match (kind.as_deref(), value) {
        (None, None) if extra.is_none() => Some(Question::Homomorphic {
            title: question?,
            answers: answers?,
            blank: blank.unwrap_or(false),
            min: min?,
            max: max?,
        }),
        (Some(kind), Some(value)) => {
            let is_bare = answers.is_none() && blank.is_none() && min.is_none() && max.is_none() && question.is_none();
            let title = value.question;
            match (kind, value.answers) {
                ("NonHomomorphic", WireAnswers::Plain(answers)) if is_bare => {
                    Some(Question::NonHomomorphic { title, answers })
                }
                ("Lists", WireAnswers::Lists(lists)) if is_bare => Some(Question::Lists { title, lists }),
                _ => None,
            }
        }
        _ => None,
    }
}

impl Question {
    /// The question's text.
    pub fn title(&self) -> &str {
        match self {
            Self::Homomorphic { title, .. } | Self::NonHomomorphic { title, .. } | Self::Lists { title, .. } => title,
        }
    }

    /// How many ciphertexts an answer has.
    pub fn ciphertexts(&self) -> usize {
        match self {
            Self::Homomorphic { answers, blank, .. } => answers.len() + usize::from(*blank),
            Self::NonHomomorphic { .. } => 1,
            Self::Lists { lists, .. } => lists.iter().map(Vec::len).sum(),
        }
    }

    /// The branches of an answer's longest proof; the number of all others follows from that of its ciphertexts.
    fn branches(&self) -> usize {
        match self {
            Self::Homomorphic { min, max, .. } => max.saturating_sub(*min) as usize + 2,
            _ => 2,
        }
    }

    /// Why no ballot could answer the question.
    fn cannot_be_answered(&self) -> Option<String> {
        match self {
            Self::Homomorphic { answers, min, max, .. } if min > max || *min as usize > answers.len() => {
                Some(format!("{min} to {max} of {} answers", answers.len()))
            }
            Self::Homomorphic { answers, .. } | Self::NonHomomorphic { answers, .. } if answers.is_empty() => {
                Some("no answers".to_owned())
            }
            Self::Lists { lists, .. } if lists.is_empty() || lists.iter().any(Vec::is_empty) => {
                Some("no lists, or a list without a name".to_owned())
            }
            _ => None,
        }
    }
}
