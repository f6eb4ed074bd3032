//! Witnesses (C2SP tlog-witness): the request, what a witness decides, what it remembers, and how the log reads the
//! answer. Carrying the bytes, storing them and the clock are the caller's.

mod ask;
mod decide;
mod reply;
mod request;
mod seen;

pub use ask::{Said, ask};
pub use decide::{Answer, Decision, Pending, Witness};
pub use reply::{Reply, ReplyError, read_reply};
pub use request::{AddCheckpoint, LONGEST_REQUEST, RequestError};
pub use seen::{Seen, SeenError, SeenLogs};

/// The media type of an answer that states the size which the witness has seen.
pub const SIZE_TYPE: &str = "text/x.tlog.size";

/// The last part of the address that checkpoints are sent to.
pub const ADD_CHECKPOINT: &str = "add-checkpoint";
