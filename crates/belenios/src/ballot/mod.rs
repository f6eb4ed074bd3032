//! Ballots: how they are written, what they prove, and how many are verified at once.

mod arithmetic;
mod layout;
mod parse;
mod shape;
mod verify;

pub(crate) use arithmetic::Arithmetic;
pub(crate) use layout::{QuestionSlots, SlotKind, Slots};
pub(crate) use shape::Shape;
pub(crate) use verify::{BallotBytes, BallotContext};
