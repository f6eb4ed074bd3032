//! Holding an election: its plan, its voters and the answers that they give, and the log that is its board.
//!
//! [`ledger`] reads a log and holds it to the rules of `docs/spec/adil-v1.md`; [`derive()`] makes the protocol's archive of
//! it; [`polling`], [`authority`] and [`tallying`] are what the roles do. No files, no clock, no randomness: bytes and values come in, values and bytes go out.

pub mod answers;
pub mod authority;
pub mod calendar;
mod contest;
mod counting;
mod derive;
pub mod entry;
mod group;
mod language;
pub mod ledger;
pub mod messages;
pub mod plan;
pub mod polling;
pub mod sealed;
pub mod setup;
pub mod statement;
pub mod tallying;
pub mod trusteeship;
mod uuid;
pub mod voters;

pub use answers::{Answer, AnswerFault, AnswerProblem, Answers, AnswersError};
pub use contest::{Contest, CountingMethod, ExtraFault};
pub use counting::{QuestionCount, count_questions};
pub use derive::{DeriveError, derive};
pub use group::GroupName;
pub use language::Language;
pub use plan::{Plan, PlanError, PlanFault, PlanRule};
pub use uuid::{Uuid, UuidFault};
pub use voters::{
    RareWeight, RareWeights, Voter, VoterFault, VoterProblem, VoterSettings, VoterWarning, Voters, VotersError,
};
