//! What is said in the log besides ballots: statements of the organiser, the credential authority and the voting server.
//!
//! A statement is one line of JSON in a signed note (C2SP signed-note): who said it is in the signatures below it, and
//! a statement that two must agree to has two of them. `docs/spec/adil-v1.md` has the rules and an example of each.

use adil_log::{Note, NoteError, SigningKey, VerifierKey};
use serde::{Deserialize, Serialize};

use crate::CountingMethod;

/// A record that the log names by its digest; its bytes are kept beside the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// The SHA-256 of the bytes.
    #[serde(with = "hexadecimal")]
    pub sha256: [u8; 32],
    /// How many there are.
    pub bytes: u64,
}

impl Content {
    /// The content that these bytes are.
    pub fn of(bytes: &[u8]) -> Self {
        use sha2::Digest as _;
        Self { sha256: sha2::Sha256::digest(bytes).into(), bytes: bytes.len() as u64 }
    }
}

/// The keys that statements are signed with, as verifier keys of signed notes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Keys {
    /// The organiser's.
    pub organiser: String,
    /// The credential authority's.
    pub authority: String,
    /// The log's own, which signs its checkpoints.
    pub log: String,
    /// The voting server's, where ballots need its acceptance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acceptance: Option<String>,
}

/// A trustee as the setup names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedTrustee {
    /// The number, from 1.
    pub number: u64,
    /// The name, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The fingerprint of the public key: the digest of its text in base64.
    pub fingerprint: String,
}

/// The first statement of a log: what the election is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setup {
    /// The identifier of the election.
    pub uuid: String,
    /// Its title.
    pub title: String,
    /// When the setup was made, in seconds since 1970; the archive states it too.
    pub time: u64,
    /// The election's record.
    pub election: Content,
    /// The trustees' record.
    pub trustees: Content,
    /// The list of public credentials, spare ones among them.
    pub credentials: Content,
    /// The list of spare credentials: those of the list above that belong to nobody yet.
    pub spares: Content,
    /// The keys that statements are signed with.
    pub keys: Keys,
    /// The trustees by name.
    pub named: Vec<NamedTrustee>,
    /// How the votes of each question are counted.
    pub counting: Vec<Option<CountingMethod>>,
    /// When voting is to open and to close, as announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opens: Option<String>,
    /// See `opens`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<String>,
    /// The digests of the booth's files, where voters vote on pages: what a browser was given can be compared with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booth: Option<Content>,
}

/// What the credential authority vouches for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CredentialLists {
    /// The identifier of the election.
    pub uuid: String,
    /// The list of public credentials, spare ones among them.
    pub credentials: Content,
    /// The list of the spare ones.
    pub spares: Content,
    /// How many voters have a credential.
    pub voters: u64,
    /// The authority's key.
    pub key: String,
}

/// That a credential is no longer its voter's, and which one takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revocation {
    /// The identifier of the election.
    pub uuid: String,
    /// The public credential that is revoked.
    pub credential: String,
    /// The minute since 1970 from which on ballots under it are set aside.
    pub since: u64,
    /// The minute since 1970 in which the authority signed.
    pub minute: u64,
    /// The reason, for everybody to read.
    pub reason: String,
    /// The spare credential that the voter has from now on.
    pub spare: String,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "adil", deny_unknown_fields)]
pub enum Statement {
    /// The organiser: what the election is.
    #[serde(rename = "setup/1")]
    Setup(Box<Setup>),
    /// The credential authority: these are the voters' credentials, and these the spare ones.
    #[serde(rename = "credentials/1")]
    Credentials(CredentialLists),
    /// The organiser: voting opens.
    #[serde(rename = "open/1")]
    Open {
        /// The identifier of the election.
        uuid: String,
        /// The minute since 1970.
        minute: u64,
    },
    /// The voting server: the voter of this ballot has proven a second time who she is.
    #[serde(rename = "acceptance/1")]
    Acceptance {
        /// The identifier of the election.
        uuid: String,
        /// The ballot's tracker.
        tracker: String,
    },
    /// The credential authority and the organiser: a credential is revoked.
    #[serde(rename = "revocation/1")]
    Revocation(Revocation),
    /// The organiser: voting closes.
    #[serde(rename = "close/1")]
    Close {
        /// The identifier of the election.
        uuid: String,
        /// The minute since 1970.
        minute: u64,
    },
    /// The organiser: the encrypted tally of the ballots that count.
    #[serde(rename = "tally/1")]
    Tally {
        /// The ciphertexts.
        tally: Content,
        /// How many ballots they are of.
        sized: Content,
    },
    /// The organiser: a shuffle that was handed in.
    #[serde(rename = "shuffle/1")]
    Shuffle {
        /// The trustee's number, from 1.
        owner: u64,
        /// The record.
        shuffle: Content,
    },
    /// The organiser: a partial decryption that was handed in.
    #[serde(rename = "decryption/1")]
    Decryption {
        /// The trustee's number, from 1.
        owner: u64,
        /// The record.
        decryption: Content,
    },
    /// The organiser: the result.
    #[serde(rename = "result/1")]
    Result {
        /// The record.
        result: Content,
    },
}

/// Who signs a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// The organiser.
    Organiser,
    /// The credential authority.
    Authority,
    /// The voting server that accepts ballots.
    Acceptance,
}

/// Why bytes are no signed statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StatementError {
    /// They are no signed note.
    #[error("it is no signed note: {0}")]
    Note(#[from] NoteError),
    /// The note's text is no statement.
    #[error("its text is no statement that is known: {0}")]
    Text(String),
}

impl Statement {
    /// Who must sign it.
    pub fn signers(&self) -> &'static [Signer] {
        match self {
            Self::Credentials(_) => &[Signer::Authority],
            Self::Acceptance { .. } => &[Signer::Acceptance],
            Self::Revocation(_) => &[Signer::Authority, Signer::Organiser],
            _ => &[Signer::Organiser],
        }
    }

    /// The name of its kind, for people.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Setup(_) => "setup",
            Self::Credentials(_) => "credentials",
            Self::Open { .. } => "open",
            Self::Acceptance { .. } => "acceptance",
            Self::Revocation(_) => "revocation",
            Self::Close { .. } => "close",
            Self::Tally { .. } => "tally",
            Self::Shuffle { .. } => "shuffle",
            Self::Decryption { .. } => "decryption",
            Self::Result { .. } => "result",
        }
    }

    /// The note without signatures.
    ///
    /// # Errors
    /// A text in it cannot stand in a note, or it is too long for one.
    pub fn note(&self) -> Result<Note, StatementError> {
        let text = serde_json::to_string(self).map_err(|error| StatementError::Text(error.to_string()))?;
        Ok(Note::unsigned(text + "\n")?)
    }

    /// The note, signed.
    ///
    /// # Errors
    /// As [`Statement::note`].
    pub fn signed(&self, keys: &[&SigningKey]) -> Result<Note, StatementError> {
        let mut note = self.note()?;
        for key in keys {
            note.sign(key)?;
        }
        Ok(note)
    }

    /// Reads a signed statement; whose signatures they are is not looked at.
    ///
    /// # Errors
    /// The bytes are no note, or its text no statement.
    pub fn parse(bytes: &[u8]) -> Result<(Self, Note), StatementError> {
        let note = Note::parse(bytes)?;
        let line = note.text().strip_suffix('\n').unwrap_or_default();
        let statement: Self = serde_json::from_str(line).map_err(|error| StatementError::Text(error.to_string()))?;
        // One statement has one text: what is signed is what is read.
        match serde_json::to_string(&statement) {
            Ok(text) if text == line => Ok((statement, note)),
            _ => Err(StatementError::Text("it is not written in its one form".to_owned())),
        }
    }

    /// Whether a note has the signature of a key.
    pub fn is_signed_by(note: &Note, key: &VerifierKey) -> bool {
        note.verify([key]).is_ok_and(|signed| !signed.is_empty())
    }
}

/// Digests as 64 lower-case hexadecimal digits.
mod hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(digest: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&adil_belenios::hexadecimal(digest))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        let text = String::deserialize(deserializer)?;
        adil_belenios::hash_of(&text).ok_or_else(|| D::Error::custom("a SHA-256 in hexadecimal digits was expected"))
    }
}
