//! Holding an election: its plan, its voters and the answers that they give.
//!
//! No files, no clock, no randomness: bytes and values come in, values and bytes go out.

pub mod answers;
mod contest;
mod group;
mod language;
pub mod plan;
mod uuid;
pub mod voters;

pub use answers::{Answer, AnswerFault, AnswerProblem, Answers, AnswersError};
pub use contest::{Contest, CountingMethod, ExtraFault};
pub use group::GroupName;
pub use language::Language;
pub use plan::{Plan, PlanError, PlanFault, PlanRule};
pub use uuid::{Uuid, UuidFault};
pub use voters::{
    RareWeight, RareWeights, Voter, VoterFault, VoterProblem, VoterSettings, VoterWarning, Voters, VotersError,
};
