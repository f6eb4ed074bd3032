//! A transparency log: an append-only list whose keeper cannot show two people two different lists unnoticed.
//!
//! The list is a Merkle tree (RFC 6962, section 2.1) that is published as files of 256 hashes, with a signed statement
//! of its size and root. Formats are those of C2SP: [`tile`] is tlog-tiles, [`note`] is signed-note, [`checkpoint`] is
//! tlog-checkpoint, [`cosignature`] is tlog-cosignature (Ed25519), [`proof`] is tlog-proof, [`witness`] is tlog-witness
//! and [`policy`] is tlog-policy. Here are values only: no files, no clock, no network, no random numbers.

pub mod checkpoint;
pub mod cosignature;
mod hash;
mod lines;
pub mod note;
pub mod policy;
pub mod proof;
pub mod tile;
pub mod tree;
pub mod witness;

#[doc(hidden)]
pub mod fuzz;

pub use checkpoint::{Checkpoint, CheckpointError};
pub use cosignature::{CosigningKey, Timestamp};
pub use hash::{Hash, NotAHash, leaf_hash, node_hash};
pub use note::{KeyError, KeyName, Note, NoteError, SignatureLine, SigningKey, VerifierKey};
pub use policy::{Met, Policy, PolicyError, PolicyFault};
pub use proof::{LogProof, ProofError, ProofFault};
pub use tile::{LONGEST_ENTRY, Tile, TileKind};
pub use tree::{Frontier, HashSource, LARGEST_SIZE, ProofMismatch};
pub use witness::{AddCheckpoint, Seen, Witness};
