//! A whole board, verified: from the bytes of its archive to what is proven of it.
//!
//! The archive is read twice. The first reading checks the chain of records and keeps everything but ballots; the second
//! verifies the ballots, chunk by chunk on all cores. What is computed over ballots is a summary: shards of a board can
//! be verified on different machines and merged.

mod ballots;
mod board;
mod groups;
mod setup;
mod summary;
mod tallying;
mod trackers;

pub use board::{Board, BoardFacts, Stage, Voters};
pub use summary::{MergeError, ShardSummary};
pub use tallying::DecryptionFacts;
pub use trackers::{TrackerState, TrackerStatus};

pub use groups::{GroupVisitor, with_group};
pub(crate) use setup::{Setup, read_references};
pub(crate) use tallying::read_owner;

use adil_crypto::{Engine, SecretGroup};

use crate::archive::{ArchiveError, BoardSource, Index, Limits};
use crate::tally::Outcome;

/// How a board is verified.
pub struct Options<'a> {
    /// How large it may be.
    pub limits: Limits,
    /// The arithmetic for Ed25519; the fastest of this processor where none is chosen.
    pub engine: Option<Engine>,
    /// Trackers that are asked about.
    pub trackers: &'a [String],
    /// Told of ballots verified, and of all there are.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// A part of a board's ballots: the `index`-th of `count`, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Shard {
    /// Which one, from 1.
    pub index: u64,
    /// Of how many.
    pub count: u64,
}

impl Shard {
    /// The whole board.
    pub const WHOLE: Self = Self { index: 1, count: 1 };

    /// The shard of that number; `None` unless `1 <= index <= count`.
    pub fn new(index: u64, count: u64) -> Option<Self> {
        (1..=count).contains(&index).then_some(Self { index, count })
    }

    /// Its ballots, of `ballots` in all: every ballot is in exactly one shard.
    pub fn ballots(self, ballots: u64) -> std::ops::Range<u64> {
        let cut = |index: u64| (u128::from(ballots) * u128::from(index) / u128::from(self.count)) as u64;
        cut(self.index - 1)..cut(self.index)
    }
}

/// Verifies a board.
///
/// # Errors
/// It cannot be read, does not begin as an archive, or exceeds a limit. Whatever else is wrong is in the [`Board`].
pub fn verify(source: &dyn BoardSource, options: &Options<'_>) -> Result<Board, ArchiveError> {
    let summary = verify_shard(source, Shard::WHOLE, options)?;
    // The shard is whole, so nothing can be missing.
    Ok(ShardSummary::merge(vec![summary]).unwrap_or_else(|error| unreachable!("{error}")))
}

/// Verifies a part of a board's ballots; the first shard verifies everything that is no ballot besides.
///
/// # Errors
/// As [`verify`].
pub fn verify_shard(
    source: &dyn BoardSource,
    shard: Shard,
    options: &Options<'_>,
) -> Result<ShardSummary, ArchiveError> {
    let index = Index::read(source.reader()?, &options.limits)?;
    let mut facts = BoardFacts::of(&index);
    let read = setup::read_election(&index, &options.limits, &mut facts.faults)?;
    let Some((election, raw)) = read else {
        // Without an election nothing else has a meaning.
        facts.trackers = trackers::statuses(options.trackers, &index, None);
        return Ok(ShardSummary::without_election(shard, facts));
    };
    let label = election.group.clone();
    let visitor = Verification { source, shard, options, index, facts, election, raw };
    match with_group(&label, options.engine, visitor) {
        Ok(summary) => summary,
        Err((mut visitor, why)) => {
            let place = crate::Place::default();
            visitor.facts.faults.push(crate::Fault::new(crate::Rule::ElectionGroup, place).expected(why).found(&label));
            Ok(ShardSummary::without_election(shard, visitor.facts))
        }
    }
}

struct Verification<'a> {
    source: &'a dyn BoardSource,
    shard: Shard,
    options: &'a Options<'a>,
    index: Index,
    facts: BoardFacts,
    election: crate::setup::Election,
    raw: String,
}

impl GroupVisitor for Verification<'_> {
    type Output = Result<ShardSummary, ArchiveError>;

    fn visit<G: SecretGroup>(self, group: &G) -> Self::Output {
        let Self { source, shard, options, index, mut facts, election, raw } = self;
        let setup = setup::Setup::read(group, &index, election, &mut facts.faults);
        let counted = ballots::Counted::of(&index, &setup, &mut facts);
        if !options.trackers.is_empty() {
            facts.trackers = trackers::statuses(options.trackers, &index, Some(&counted));
        }
        let shape = crate::ballot::Shape::of(&setup.election);
        let Some((shape, key)) = shape.zip(setup.key.as_ref()) else {
            return Ok(ShardSummary::without_election(shard, facts));
        };
        let range = shard.ballots(index.ballots.len() as u64);
        let summary = ballots::verify_range(group, source, &index, &setup, key, &shape, &counted, range, options)?;
        let most = options.limits.faults;
        let rest =
            (shard.index == 1).then(|| tallying::verify(group, &index, &setup, key, &shape, &facts.voters, most));
        Ok(ShardSummary::new(group, shard, facts, raw, summary, rest))
    }
}

/// What the published result says, by question.
pub type Outcomes = Vec<Outcome>;
