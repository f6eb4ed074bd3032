//! Copies of single protocols: papers and photographs that people collected and two of them typed in.
//!
//! `docs/spec/protocol-copies.md` has the rules PC1 to PC16; [`CopyFault`] carries their numbers. Nothing that is read is dropped: what breaks a
//! rule is set aside with its line and its reason, and a line that another one replaces stays.

mod book;
mod described;
mod fault;
mod line;
mod names;
mod place;
mod sheet;
mod state;
mod statement;
#[cfg(test)]
mod tests;

pub use book::{CopyBook, CopyLimits, CopyTerms, QuarantinedCopy};
pub use described::{Copies, CopySample, DescribedCopies};
pub use fault::{CopiesError, CopyFault};
pub use place::StationPlaces;
pub use state::{EntryState, EntryStep};
pub use statement::{
    Certainty, CopyEntry, CopyField, CopyNumbers, CopyPicture, CopyResolution, CopyStatement, Holder, Typist,
};
