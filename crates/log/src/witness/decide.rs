//! What a witness answers.

use std::collections::BTreeMap;

use super::{AddCheckpoint, SIZE_TYPE, Seen};
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::cosignature::{CosigningKey, Timestamp};
use crate::note::{Algorithm, KeyError, NoteError, VerifierKey};
use crate::tree::verify_consistency;

/// A witness: its key, and the logs that it cosigns.
#[derive(Debug)]
pub struct Witness {
    key: CosigningKey,
    logs: BTreeMap<String, Vec<VerifierKey>>,
}

/// An answer of the HTTP service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The media type of the body.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

/// What is to be done about a request.
#[derive(Debug)]
pub enum Decision {
    /// Answer it; nothing changes.
    Refuse(Answer),
    /// Store what it brings, then answer.
    Cosign(Pending),
}

/// A cosignature that must not leave before what was seen is stored.
#[derive(Debug)]
pub struct Pending {
    seen: Seen,
    answer: Answer,
}

impl Pending {
    /// What is to be stored, so that it survives a power cut.
    pub fn to_store(&self) -> &Seen {
        &self.seen
    }

    /// The answer. To be called when [`Pending::to_store`] is stored, and not otherwise: a witness that forgets what it
    /// cosigned may cosign a fork of it.
    pub fn stored(self) -> Answer {
        self.answer
    }
}

impl Answer {
    fn plain(status: u16, why: impl ToString) -> Decision {
        let body = format!("{}\n", why.to_string());
        Decision::Refuse(Self { status, content_type: "text/plain; charset=utf-8", body })
    }

    fn conflict(size: u64) -> Decision {
        Decision::Refuse(Self { status: 409, content_type: SIZE_TYPE, body: format!("{size}\n") })
    }
}

impl Witness {
    /// A witness that cosigns the logs with these keys; a log's name is that of its key.
    ///
    /// # Errors
    /// A key is one of a witness.
    pub fn new(key: CosigningKey, logs: Vec<VerifierKey>) -> Result<Self, KeyError> {
        let mut by_origin: BTreeMap<String, Vec<VerifierKey>> = BTreeMap::new();
        for log in logs {
            let log = log.require(Algorithm::Ed25519)?;
            by_origin.entry(log.name().as_str().to_owned()).or_default().push(log);
        }
        Ok(Self { key, logs: by_origin })
    }

    /// The key that its cosignatures are verified with.
    pub fn verifier(&self) -> &VerifierKey {
        self.key.verifier()
    }

    /// Decides about the body of a request to `add-checkpoint`. `seen` gives what is stored of a log.
    ///
    /// Between the call of `seen` and the storing of what is decided nothing else may be decided about the same log.
    pub fn decide(&self, body: &[u8], seen: impl FnOnce(&str) -> Option<Seen>, now: Timestamp) -> Decision {
        let request = match AddCheckpoint::parse(body) {
            Ok(request) => request,
            Err(error) => return Answer::plain(400, error),
        };
        let checkpoint = match Checkpoint::of(&request.note) {
            Ok(checkpoint) => checkpoint,
            Err(error) => return Answer::plain(400, error),
        };
        let Some(keys) = self.logs.get(&checkpoint.origin) else {
            return Answer::plain(404, "this witness does not know the log");
        };
        if let Err(error) = Checkpoint::signed(&request.note, keys) {
            let is_signature = matches!(
                error,
                CheckpointError::Unsigned { .. } | CheckpointError::Note(NoteError::BadSignature { .. })
            );
            return Answer::plain(if is_signature { 403 } else { 400 }, error);
        }
        if request.old_size > checkpoint.size {
            return Answer::plain(400, "the old size is larger than that of the checkpoint");
        }
        let last = seen(&checkpoint.origin);
        let (size, root) = last.map_or((0, crate::Hash::of_nothing()), |last| (last.size, last.root));
        let is_fork = size == checkpoint.size && root != checkpoint.root;
        if request.old_size != size || is_fork {
            return Answer::conflict(size);
        }
        match verify_consistency((size, &root), (checkpoint.size, &checkpoint.root), &request.proof) {
            Err(mismatch) => Answer::plain(422, mismatch),
            Ok(()) => {
                let body = format!("{}\n", self.key.cosign(&checkpoint, now));
                let answer = Answer { status: 200, content_type: "text/plain; charset=utf-8", body };
                let Checkpoint { origin, size, root, .. } = checkpoint;
                Decision::Cosign(Pending { seen: Seen { origin, size, root }, answer })
            }
        }
    }
}
