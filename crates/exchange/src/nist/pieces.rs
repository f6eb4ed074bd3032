//! What a report consists of.

use std::collections::HashMap;

/// The types of counts, by their names in the format.
pub(super) const KINDS: [&str; 12] = [
    "total",
    "election-day",
    "early",
    "absentee",
    "absentee-mail",
    "absentee-in-person",
    "absentee-fwab",
    "uocava",
    "provisional",
    "write-in",
    "seats",
    "other",
];

/// A count of votes or of ballots, by unit and type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counted {
    /// The unit, by its number.
    pub(super) unit: u32,
    /// The count; none where it is kept back for privacy.
    pub(super) count: Option<u32>,
    /// The type, as a place in [`KINDS`].
    pub(super) kind: u8,
    /// Whether it is of one class of devices.
    pub(super) of_device: bool,
    /// The round of a ranked count, 0 where there are none.
    pub(super) round: u16,
}

/// Identifiers as numbers, each with the place of its first mention.
#[derive(Debug, Default)]
pub(super) struct Ids {
    numbers: HashMap<String, u32>,
    pub(super) names: Vec<(String, String)>,
}

impl Ids {
    pub(super) fn number(&mut self, id: &str, path: impl FnOnce() -> String) -> u32 {
        if let Some(&known) = self.numbers.get(id) {
            return known;
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.numbers.insert(id.to_owned(), number);
        self.names.push((id.to_owned(), path()));
        number
    }
}

/// A selection of a contest with its counts.
#[derive(Debug, Default)]
pub(super) struct Selection {
    pub(super) id: String,
    pub(super) candidates: Vec<String>,
    pub(super) parties: Vec<String>,
    pub(super) text: Option<String>,
    pub(super) write_in: bool,
    pub(super) counts: Vec<Counted>,
    pub(super) path: String,
}

/// Overvotes, undervotes and write-ins of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Others {
    pub(super) unit: u32,
    pub(super) of_device: bool,
    pub(super) overvotes: Option<u32>,
    pub(super) undervotes: Option<u32>,
    pub(super) write_ins: Option<u32>,
}

/// A contest.
#[derive(Debug, Default)]
pub(super) struct Contest {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) district: Option<u32>,
    pub(super) votes_allowed: u32,
    pub(super) selections: Vec<Selection>,
    pub(super) others: Vec<Others>,
    pub(super) ballots: [Vec<Counted>; 3],
}

/// Ballots cast, rejected, outstanding, in this order.
pub(super) const BALLOTS: [&str; 3] = ["BallotsCast", "BallotsRejected", "BallotsOutstanding"];

/// An election.
#[derive(Debug, Default)]
pub(super) struct Election {
    pub(super) name: String,
    pub(super) date: Option<String>,
    pub(super) scope: Option<u32>,
    pub(super) contests: Vec<Contest>,
    pub(super) ballots: [Vec<Counted>; 3],
}

/// A candidate.
#[derive(Debug)]
pub(super) struct Candidate {
    pub(super) name: String,
    pub(super) incumbent: bool,
    pub(super) won: bool,
}

/// A reporting unit or a device.
#[derive(Debug)]
pub(super) struct Unit {
    pub(super) number: u32,
    pub(super) is_device: bool,
    /// The type; where that is `other`, what is meant.
    pub(super) kind: String,
    pub(super) is_other: bool,
    pub(super) name: String,
    pub(super) parts: Vec<u32>,
    pub(super) registered: Option<u32>,
    pub(super) participated: Option<u32>,
}

/// What a contest has besides its counts.
pub(super) const CONTEST_ASIDE: [&str; 28] = [
    "Abbreviation",
    "BallotSubTitle",
    "BallotTitle",
    "CandidateId",
    "ConStatement",
    "CountStatus",
    "EffectOfAbstain",
    "ExternalIdentifier",
    "FullText",
    "HasRotation",
    "InfoUri",
    "NumberElected",
    "NumberRunoff",
    "OfficeId",
    "OfficeIds",
    "OtherType",
    "OtherVoteVariation",
    "PassageThreshold",
    "PrimaryPartyIds",
    "ProStatement",
    "SequenceOrder",
    "SubUnitsReported",
    "SummaryText",
    "TotalSubUnits",
    "Type",
    "VoteVariation",
    "CandidateIds",
    "PartyIds",
];
