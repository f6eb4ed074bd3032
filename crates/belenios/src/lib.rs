//! Elections of the Belenios protocol, version 1: archive, setup, ballots, tally.
//!
//! [`verify`] takes the bytes of a board and says what is proven of it and which of the numbered rules of
//! `docs/spec/belenios-v1.md` are broken, where. [`hold`] is the other side: what an election's roles do with their
//! secrets.

mod archive;
mod ballot;
mod cursor;
mod fault;
#[doc(hidden)]
pub mod fuzz;
pub mod hold;
mod object;
mod rule;
mod setup;
mod tally;
pub mod trustee;
mod verify;

pub use archive::{
    ArchiveError, ArchiveWriter, BallotEntry, BoardSource, EventEntry, EventKind, Hash, Index, Limits, SetupRecords,
    base64, credential, digest, hash_of, hexadecimal, of_base64,
};
pub use ballot::{Answer, AuditFault, Opening, SealedBallot};
pub use cursor::Unexpected;
pub use fault::{Fault, Faults, Place};
pub use rule::{Part, Rule};
pub use setup::{Credentials, Election, Question, Trustee, Trustees};
pub use tally::Outcome;
pub use verify::{
    Board, BoardFacts, DecryptionFacts, GroupVisitor, MergeError, Options, Outcomes, Shard, ShardSummary, Stage,
    TrackerState, TrackerStatus, Voters, verify, verify_shard, with_group,
};
