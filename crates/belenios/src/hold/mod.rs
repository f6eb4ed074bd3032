//! What the roles of an election do with their secrets: codes, ballots, the tally, partial decryptions, the result.
//!
//! [`keys`] works before there is an election: with a group and an identifier. [`polls`] takes the three records of a
//! setup and does everything else. Both are objects over whichever group the election has; what goes in and comes out is
//! the protocol's text, so that one role's part can be done by another program.
//!
//! Nothing here reads files, clocks or the system's randomness.

mod credential;
mod decrypt;
mod keys;
mod logarithm;
mod polls;
mod tallied;

pub use credential::{CodeFault, VotingCode};
pub use keys::{Keys, keys};
pub use polls::{BallotFacts, Polls, SetupFaults, VoteError, polls};
pub use tallied::{PublishedTally, TallyError};
