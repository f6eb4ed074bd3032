//! Ballots: how they are written, what they prove, how they are made, and how many are verified at once.

mod arithmetic;
mod audit;
mod layout;
mod parse;
mod seal;
mod shape;
mod texts;
mod verify;
mod write;

pub(crate) use arithmetic::Arithmetic;
pub(crate) use audit::check as check_opening;
pub use audit::{AuditFault, Opening};
pub(crate) use layout::{QuestionSlots, SlotKind, Slots};
pub use seal::{Answer, SealedBallot};
pub(crate) use seal::{SealContext, Vote, answer_fits};
pub(crate) use shape::Shape;
pub(crate) use verify::{BallotBytes, BallotContext};
