//! The eight techniques, and how far a record lets each be checked.

use crate::{CheckId, Message};

/// A way to cheat. Six come from an election monitor's list of 2007, two from the same round-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Technique {
    /// One person votes more than once.
    MultipleVoting,
    /// Irregular voting at home or on the move.
    MobileVoting,
    /// Officials or other unauthorised people at the station.
    OfficialsPresent,
    /// Organised voting by groups.
    GroupVoting,
    /// Ballots put into the box that no voter cast.
    Stuffing,
    /// Cheating in the count or in its protocol.
    Count,
    /// Unused ballots turned into votes.
    UnusedBallots,
    /// Pressure by regional administrations.
    AdministrativePressure,
}

/// How far the record lets a technique be checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CoverageStatus {
    /// Every check for it that adil has could run.
    Checked,
    /// Some could run.
    Partly,
    /// None could run.
    NotCheckable,
}

/// What was checked for one technique, and what could not be.
#[derive(Debug, Clone, PartialEq)]
pub struct Coverage {
    /// The technique.
    pub technique: Technique,
    /// How far it could be checked.
    pub status: CoverageStatus,
    /// The checks that ran on data of this record.
    pub checks: Vec<CheckId>,
    /// Columns or tables that would let more be checked.
    pub needs: Vec<Message>,
}

impl Technique {
    /// All eight, in the order of the report.
    pub const ALL: [Self; 8] = [
        Self::MultipleVoting,
        Self::MobileVoting,
        Self::OfficialsPresent,
        Self::GroupVoting,
        Self::Stuffing,
        Self::Count,
        Self::UnusedBallots,
        Self::AdministrativePressure,
    ];

    /// The name used in `--json`.
    pub fn id(self) -> &'static str {
        &self.message_id()["technique-".len()..]
    }

    /// The identifier of its name in words.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::MultipleVoting => "technique-multiple-voting",
            Self::MobileVoting => "technique-mobile-voting",
            Self::OfficialsPresent => "technique-officials-present",
            Self::GroupVoting => "technique-group-voting",
            Self::Stuffing => "technique-stuffing",
            Self::Count => "technique-count",
            Self::UnusedBallots => "technique-unused-ballots",
            Self::AdministrativePressure => "technique-administrative-pressure",
        }
    }
}

impl CoverageStatus {
    /// The words used in `--json`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Partly => "partly checkable",
            Self::NotCheckable => "not checkable",
        }
    }
}
