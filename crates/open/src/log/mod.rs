//! Transparency logs on disk: a folder that can be served as it is (C2SP tlog-tiles).
//!
//! ```text
//! FOLDER/checkpoint             the signed statement of size and root
//! FOLDER/tile/0/000             256 hashes of entries; above them tile/1/000 and so on
//! FOLDER/tile/0/001.p/5         the last tile of a level, as long as it is not full
//! FOLDER/tile/entries/000       the entries themselves
//! FOLDER/object/<sha256>        contents that are logged by their digest
//! ```
//!
//! The checkpoint decides: what it does not cover is not there, whatever files lie around. [`LogWriter`] puts all else
//! in its place before it replaces the checkpoint, so that a log is at every moment what it was or what it becomes.

mod durable;
mod edge;
mod entries;
mod error;
mod folder;
mod fsck;
mod object;
mod witness;
mod writer;

pub use entries::Entries;
pub use error::{LogError, LogFault};
pub use folder::{LogFolder, read_checkpoint};
pub use fsck::FsckFacts;
pub use object::{ObjectDigest, ObjectReader};
pub use witness::WitnessStore;
pub use writer::LogWriter;
