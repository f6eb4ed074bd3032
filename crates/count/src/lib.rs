//! Counting methods from plurality to the single transferable vote, with a record of every round.
//!
//! Ballots are small numbers and results are candidates' indices: nothing here knows how ballots were cast, kept secret or
//! decrypted. All arithmetic is exact. A tie is never broken silently: it stands in the outcome, and where a method must
//! break it to go on, the rule and the record say how. The rules are numbered K1, K2, … in `docs/spec/counting.md`, and
//! the code cites them.

mod count;
mod error;
mod fraction;
mod majority_judgment;
mod method;
mod outcome;
mod schulze;
mod sorting;
mod stv;
mod tally;
mod totals;

pub use count::{Count, Input, Round, count};
pub use error::{CountError, InputKind};
pub use fraction::Fraction;
pub use majority_judgment::{GradeTable, MedianStep};
pub use method::{MAX_CANDIDATES, MAX_GRADES, Method, Middle};
pub use outcome::{Outcome, Place, Tie};
pub use schulze::{Pairwise, Strength};
pub use sorting::{Invalid, InvalidReason};
pub use stv::{Action, StvRound};
pub use tally::{DECIMALS, MAX_DENOMINATOR_BITS, Transfer};
pub use totals::Totals;
