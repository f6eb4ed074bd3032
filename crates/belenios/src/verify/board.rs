//! What is known of a board once it has been verified.

use serde::{Deserialize, Serialize};

use super::{DecryptionFacts, Outcomes, TrackerStatus};
use crate::archive::{EventKind, Index, hexadecimal};
use crate::setup::Election;
use crate::{Faults, Part};

/// A board, verified as far as it goes.
#[derive(Debug, Clone)]
pub struct Board {
    /// The election; `None` where its record cannot be read.
    pub election: Option<Election>,
    /// What the chain of events says.
    pub facts: BoardFacts,
    /// Everything that is wrong, in the order of the parts.
    pub faults: Faults,
    /// Whether the proofs of all ballots were checked.
    pub ballots_verified: bool,
    /// How many trustees there are.
    pub trustees: u64,
    /// Whether the published tally was compared with the ballots.
    pub tally_compared: bool,
    /// The number tallied and the total weight, as published.
    pub tallied: Option<(u128, u128)>,
    /// Shuffles checked.
    pub shuffles: u64,
    /// Partial decryptions checked.
    pub decryptions: Vec<DecryptionFacts>,
    /// How many partial decryptions the result needs.
    pub decryptions_needed: u64,
    /// The result as published, where it could be read.
    pub outcomes: Option<Outcomes>,
    /// Whether the result was compared with the decryption.
    pub result_compared: bool,
}

/// What the chain of events says, before any proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardFacts {
    /// The time that the archive states: seconds since 1970. Nothing covers it.
    pub time: String,
    /// How many events there are.
    pub events: u64,
    /// The digest of the last event, in hexadecimal digits: who has the same has the same board.
    pub last_event: String,
    /// What happened, in order; ballots in one stage.
    pub stages: Vec<Stage>,
    /// Voters and ballots.
    pub voters: Voters,
    /// Trackers that were asked about.
    pub trackers: Vec<TrackerStatus>,
    pub(crate) faults: Faults,
}

/// A stage of the election.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// What happened, by the protocol's name of the event.
    pub event: String,
    /// The height of the event, or of the first ballot.
    pub height: u64,
    /// How many events of this kind stand one after another.
    pub count: u64,
    /// Whether it stands where the protocol has it.
    pub in_order: bool,
}

/// Voters and ballots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Voters {
    /// Credentials on the list.
    pub credentials: u64,
    /// Credentials that a ballot was cast with.
    pub voters: u64,
    /// Ballots on the board between setup and end of voting.
    pub ballots: u64,
    /// Ballots that a later one of the same voter replaced.
    pub revotes: u64,
    /// The weights of those who voted.
    #[serde(with = "decimal")]
    pub total_weight: u128,
    /// Whether votes have weights.
    pub weighted: bool,
}

impl BoardFacts {
    pub(super) fn of(index: &Index) -> Self {
        let mut stages: Vec<Stage> = Vec::new();
        let mut ballots = index.ballots.iter().peekable();
        let mut put = |event: EventKind, height: u64, in_order: bool| match stages.last_mut() {
            Some(last) if last.event == event.name() && last.in_order == in_order => last.count += 1,
            _ => stages.push(Stage { event: event.name().to_owned(), height, count: 1, in_order }),
        };
        for event in &index.events {
            while let Some(ballot) = ballots.next_if(|ballot| ballot.height < event.height) {
                put(EventKind::Ballot, ballot.height, ballot.in_order);
            }
            put(event.kind, event.height, event.in_order);
        }
        ballots.for_each(|ballot| put(EventKind::Ballot, ballot.height, ballot.in_order));
        Self {
            time: index.time.clone(),
            events: index.event_count,
            last_event: index.last_event.as_ref().map(hexadecimal).unwrap_or_default(),
            stages,
            voters: Voters::default(),
            trackers: Vec::new(),
            faults: index.faults.clone(),
        }
    }

    /// Whether the first readings of two shards saw the same board; trackers are asked about in one of them.
    pub(super) fn is_of_the_board_of(&self, other: &Self) -> bool {
        let without_trackers = |facts: &Self| Self { trackers: Vec::new(), ..facts.clone() };
        without_trackers(self) == without_trackers(other)
    }

    /// Whether an event of that kind stands where it should.
    pub fn has(&self, event: EventKind) -> bool {
        self.stages.iter().any(|stage| stage.in_order && stage.event == event.name())
    }
}

impl Board {
    /// Whether nothing is wrong with a part.
    pub fn is_sound(&self, part: Part) -> bool {
        self.faults.count(part) == 0
    }

    /// Whether nothing is wrong with the whole board.
    pub fn is_wholly_sound(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Numbers that JSON readers would round, as texts.
pub(super) mod decimal {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(number: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(number)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}
