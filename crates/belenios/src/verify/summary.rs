//! What verifying a shard gave, to be kept, sent and merged.
//!
//! A summary names the board by the digest of its last event and says which ballots it covers. Merging refuses summaries
//! of different boards and ballots that are covered twice or not at all; what comes out is what one run gives.

use adil_crypto::{Group, SecretGroup};
use serde::{Deserialize, Serialize};

use super::ballots::RangeSummary;
use super::groups::{GroupVisitor, with_group};
use super::tallying::Rest;
use super::{Board, BoardFacts, Shard};
use crate::archive::hexadecimal;
use crate::ballot::{Shape, Slots};
use crate::setup::Election;
use crate::tally::{EncryptedTally, SumTexts, TallySum};
use crate::{Fault, Faults, Part, Place, Rule};

/// What verifying a shard gave.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShardSummary {
    /// The form of this summary.
    format: u32,
    shard: Shard,
    facts: BoardFacts,
    /// The election record, where it could be read.
    election: Option<String>,
    /// The first ballot covered, and the first after them.
    from: u64,
    to: u64,
    /// How many ballots the board has.
    of: u64,
    faults: Faults,
    tally: SumTexts,
    /// Counted ballots that the product lacks.
    lacking: u64,
    /// What only the first shard looks at.
    rest: Option<Rest>,
}

const FORMAT: u32 = 1;

/// Why summaries cannot be merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeError {
    /// There are none.
    #[error("there is no summary to merge")]
    None,
    /// A summary is of another form.
    #[error("summary {number} is of form {found}; this version reads form {FORMAT}")]
    Format {
        /// Which one, from 1.
        number: usize,
        /// Its form.
        found: u32,
    },
    /// Two summaries are of different boards.
    #[error("summary {number} is of another board than the first one ({found}, not {expected})")]
    OtherBoard {
        /// Which one, from 1.
        number: usize,
        /// The digest of the first summary's file or last event.
        expected: String,
        /// That of this one.
        found: String,
    },
    /// A ballot is covered twice.
    #[error("ballots {from} to {to} are covered twice")]
    Twice {
        /// The first one, from 1.
        from: u64,
        /// The last one.
        to: u64,
    },
    /// A ballot is not covered.
    #[error("ballots {from} to {to} are covered by no summary")]
    Missing {
        /// The first one, from 1.
        from: u64,
        /// The last one.
        to: u64,
    },
    /// Nobody looked at what is no ballot.
    #[error("the summary of the first shard is missing, which holds everything that is no ballot")]
    FirstMissing,
    /// A summary contradicts itself.
    #[error("a summary is damaged: {what}")]
    Damaged {
        /// What does not fit.
        what: &'static str,
    },
}

impl ShardSummary {
    pub(super) fn new<G: Group>(
        group: &G,
        shard: Shard,
        facts: BoardFacts,
        raw: String,
        summary: RangeSummary<G>,
        rest: Option<Rest>,
    ) -> Self {
        let of = facts.stages.iter().filter(|stage| stage.event == "Ballot").map(|stage| stage.count).sum();
        Self {
            format: FORMAT,
            shard,
            facts,
            election: Some(raw),
            from: summary.range.start,
            to: summary.range.end,
            of,
            faults: summary.faults,
            tally: summary.tally.texts(group),
            lacking: summary.lacking,
            rest,
        }
    }

    /// The summary of a board whose election cannot be read: there is nothing to cover.
    pub(super) fn without_election(shard: Shard, facts: BoardFacts) -> Self {
        let of: u64 = facts.stages.iter().filter(|stage| stage.event == "Ballot").map(|stage| stage.count).sum();
        let range = shard.ballots(of);
        Self {
            format: FORMAT,
            shard,
            facts,
            election: None,
            from: range.start,
            to: range.end,
            of,
            faults: Faults::new(0),
            tally: Vec::new(),
            lacking: range.end - range.start,
            rest: None,
        }
    }

    /// Whether nothing is wrong with what it covers. Whether the published tally is the product of all ballots is told
    /// only by merging.
    pub fn is_sound(&self) -> bool {
        let rest = self.rest.as_ref().is_none_or(|rest| rest.faults.is_empty());
        self.facts.faults.is_empty() && self.faults.is_empty() && rest
    }

    /// Puts the summaries of all shards together, in any order.
    ///
    /// # Errors
    /// They are not of one board, or do not cover every ballot exactly once.
    pub fn merge(mut summaries: Vec<Self>) -> Result<Board, MergeError> {
        for (number, summary) in summaries.iter().enumerate() {
            if summary.format != FORMAT {
                return Err(MergeError::Format { number: number + 1, found: summary.format });
            }
            // Everything that the first reading found must be the same: where the chain is broken, the last event alone
            // vouches for nothing.
            let first = &summaries[0];
            if !first.facts.is_of_the_board_of(&summary.facts)
                || first.of != summary.of
                || first.election != summary.election
            {
                let (expected, found) = (first.facts.last_event.clone(), summary.facts.last_event.clone());
                return Err(MergeError::OtherBoard { number: number + 1, expected, found });
            }
        }
        summaries.sort_by_key(|summary| (summary.from, summary.to));
        let mut covered = 0;
        for summary in &summaries {
            match (summary.from, summary.to) {
                (from, to) if from > to || to > summary.of => {
                    return Err(MergeError::Damaged { what: "its ballots are not those of the board" });
                }
                (from, _) if from > covered => return Err(MergeError::Missing { from: covered + 1, to: from }),
                (from, to) if from < covered => {
                    return Err(MergeError::Twice { from: from + 1, to: covered.min(to) });
                }
                (_, to) => covered = to,
            }
        }
        let of = summaries.first().ok_or(MergeError::None)?.of;
        if covered < of {
            return Err(MergeError::Missing { from: covered + 1, to: of });
        }
        let mut all = summaries.into_iter();
        let mut merged = all.next().ok_or(MergeError::None)?;
        let mut parts = vec![std::mem::take(&mut merged.tally)];
        for summary in all {
            merged.faults.merge(summary.faults);
            merged.lacking += summary.lacking;
            parts.push(summary.tally);
            merged.rest = merged.rest.or(summary.rest);
            // Only the summary that was asked about a tracker knows of it.
            if merged.facts.trackers.is_empty() {
                merged.facts.trackers = summary.facts.trackers;
            }
        }
        merged.into_board(parts)
    }

    fn into_board(self, parts: Vec<SumTexts>) -> Result<Board, MergeError> {
        let Self { facts, election, faults, lacking, rest, .. } = self;
        let Some(raw) = election else {
            return Ok(Board::unread(facts));
        };
        let place = Place::default();
        let election = Election::read(raw.as_bytes(), &place, &mut Faults::new(0));
        let election = election.ok_or(MergeError::Damaged { what: "its election cannot be read" })?;
        let rest = rest.ok_or(MergeError::FirstMissing)?;
        let mut all = facts.faults.clone();
        all.merge(faults);
        all.merge(rest.faults.clone());
        let mut tally_compared = false;
        if rest.tally.is_some() && lacking == 0 {
            tally_compared = true;
            let label = election.group.clone();
            let compared = with_group(&label, None, Comparison { election: &election, parts, rest: &rest });
            let compared = compared.map_err(|_| MergeError::Damaged { what: "its group is not known" })?;
            all.extend(compared?);
        }
        let tallied =
            rest.tallied.as_ref().and_then(|(number, weight)| Some((number.parse().ok()?, weight.parse().ok()?)));
        Ok(Board {
            election: Some(election),
            facts,
            faults: all,
            ballots_verified: true,
            trustees: rest.trustees,
            tally_compared,
            tallied,
            shuffles: rest.shuffles,
            decryptions: rest.decryptions,
            decryptions_needed: rest.decryptions_needed,
            outcomes: rest.outcomes,
            result_compared: rest.result_compared,
        })
    }
}

impl Board {
    /// A board whose election cannot be read.
    fn unread(facts: BoardFacts) -> Self {
        let mut faults = facts.faults.clone();
        if Part::ALL.iter().all(|&part| faults.count(part) == 0) {
            faults.push(Fault::new(Rule::SetupFirst, Place::default()));
        }
        Self {
            election: None,
            facts,
            faults,
            ballots_verified: false,
            trustees: 0,
            tally_compared: false,
            tallied: None,
            shuffles: 0,
            decryptions: Vec::new(),
            decryptions_needed: 0,
            outcomes: None,
            result_compared: false,
        }
    }
}

/// The published tally against the product of the ballots.
struct Comparison<'a> {
    election: &'a Election,
    parts: Vec<SumTexts>,
    rest: &'a Rest,
}

impl GroupVisitor for Comparison<'_> {
    type Output = Result<Option<Fault>, MergeError>;

    fn visit<G: SecretGroup>(self, group: &G) -> Self::Output {
        let damaged = || MergeError::Damaged { what: "its product of ballots cannot be read" };
        let slots: Slots = Shape::of(self.election).ok_or_else(damaged)?.slots;
        let mut sum: TallySum<G> = TallySum::empty(&slots);
        for part in &self.parts {
            sum.merge(group, TallySum::of_texts(group, &slots, part).ok_or_else(damaged)?);
        }
        let tally = sum.tally(group);
        let digest = hexadecimal(&crate::archive::digest(tally.text(group, &slots).as_bytes()));
        let Some(published) = self.rest.tally.as_ref().filter(|published| **published != digest) else {
            return Ok(None);
        };
        let mut place = Place { event: self.rest.event, ..Place::default() };
        // Where the published record is at hand it is told which question differs.
        let other = self.rest.tally_text.as_ref().and_then(|text| {
            EncryptedTally::read(group, &slots, text.as_bytes(), &Place::default(), &mut Faults::new(0))
        });
        if let Some(question) = other.and_then(|other| tally.differs_from(&other)) {
            place = place.question(question);
        }
        Ok(Some(Fault::new(Rule::TallyProduct, place).expected(digest).found(published)))
    }
}
