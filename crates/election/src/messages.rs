//! What the roles hand to each other before there is a log, and what trustees hand in after it: small files of JSON.
//!
//! Nothing in them is secret. Each names its election, so that a file of another one is noticed at once.

use serde::{Deserialize, Serialize};

use crate::plan::PlanError;
use crate::{Plan, Uuid};

/// A file that a role hands on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "adil", deny_unknown_fields)]
pub enum Message {
    /// The organiser to all: the election that is being prepared.
    #[serde(rename = "draft/1")]
    Draft(Draft),
    /// The credential authority to the organiser.
    #[serde(rename = "credential-lists/1")]
    CredentialLists(ListsMessage),
    /// A single trustee to the organiser.
    #[serde(rename = "trustee/1")]
    Trustee {
        /// The election.
        uuid: String,
        /// The public record.
        record: String,
    },
    /// A member of a group of trustees to the others and the organiser.
    #[serde(rename = "certificate/1")]
    Certificate(MemberMessage),
    /// A member to the others and the organiser.
    #[serde(rename = "contribution/1")]
    Contribution(MemberMessage),
    /// A member to the organiser: the public key.
    #[serde(rename = "finished/1")]
    Finished(MemberMessage),
    /// The organiser to the trustees: the setup, to try the keys on.
    #[serde(rename = "rehearsal/1")]
    Rehearsal(Rehearsal),
    /// A trustee to the organiser.
    #[serde(rename = "rehearsed/1")]
    Rehearsed(TrusteeRecord),
    /// A trustee to the organiser.
    #[serde(rename = "shuffle/1")]
    Shuffle(TrusteeRecord),
    /// A trustee to the organiser.
    #[serde(rename = "decryption/1")]
    Decryption(TrusteeRecord),
    /// The credential authority to the organiser: signed revocations, each a note.
    #[serde(rename = "revocations/1")]
    Revocations {
        /// The election.
        uuid: String,
        /// The notes.
        notes: Vec<String>,
    },
}

/// An election that is being prepared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// The identifier.
    pub uuid: String,
    /// The text of the plan.
    pub plan: String,
    /// The organiser's key.
    pub organiser: String,
    /// The log's key.
    pub log: String,
    /// The key of the voting server that accepts ballots, where the plan wants that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance: Option<String>,
}

/// The authority's lists with its statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListsMessage {
    /// The election.
    pub uuid: String,
    /// The list of public credentials.
    pub credentials: String,
    /// The list of the spare ones.
    pub spares: String,
    /// The signed statement, a note.
    pub statement: String,
}

/// A message of a member of a ceremony.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MemberMessage {
    /// The election.
    pub uuid: String,
    /// How many members are enough.
    pub threshold: usize,
    /// How many there are.
    pub members: usize,
    /// The member's number, from 1.
    pub number: usize,
    /// The message itself.
    pub message: String,
}

/// The setup as it will be, for trustees to try their keys on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rehearsal {
    /// The election's record.
    pub election: String,
    /// The trustees' record.
    pub trustees: String,
    /// The list of public credentials.
    pub credentials: String,
}

/// A record of a trustee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TrusteeRecord {
    /// The election.
    pub uuid: String,
    /// The trustee's number, from 1.
    pub owner: u64,
    /// The record.
    pub record: String,
}

impl Message {
    /// Reads a message.
    ///
    /// # Errors
    /// It is none that is known.
    pub fn parse(bytes: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(bytes)
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Texts and numbers under fixed names can always be written.
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The name of its kind, for people.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Draft(_) => "a draft",
            Self::CredentialLists(_) => "lists of credentials",
            Self::Trustee { .. } => "a trustee's public key",
            Self::Certificate(_) => "a certificate",
            Self::Contribution(_) => "a contribution",
            Self::Finished(_) => "a member's public key",
            Self::Rehearsal(_) => "a rehearsal",
            Self::Rehearsed(_) => "an answer to a rehearsal",
            Self::Shuffle(_) => "a shuffle",
            Self::Decryption(_) => "a partial decryption",
            Self::Revocations { .. } => "revocations",
        }
    }
}

impl Draft {
    /// The plan and the identifier.
    ///
    /// # Errors
    /// The plan breaks a rule, or the identifier is none.
    pub fn read(&self) -> Result<(Plan, Uuid), DraftError> {
        Ok((Plan::parse(&self.plan)?, Uuid::parse(&self.uuid)?))
    }
}

/// Why a draft cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The plan.
    #[error("its plan cannot be used: {0}")]
    Plan(#[from] PlanError),
    /// The identifier.
    #[error(transparent)]
    Uuid(#[from] crate::UuidFault),
}
