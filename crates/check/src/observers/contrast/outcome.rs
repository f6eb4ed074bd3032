//! The numbers of a station that may differ where somebody looked.

use adil_finding::Message;
use adil_record::{Counts, IncidentCode, Term};

use crate::Tested;

/// A fraction of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// Turnout.
    Turnout,
    /// The share of the side tested.
    Share,
    /// Papers from mobile boxes, of all.
    Mobile,
    /// Invalid papers, of all.
    Invalid,
    /// Unused papers, of those received.
    Unused,
    /// Voters of the largest step between two reports of turnout, of all who voted by the last.
    Burst,
}

/// An outcome as columns.
#[derive(Debug, Clone)]
pub(super) struct Fractions {
    pub(super) outcome: Outcome,
    part: Counts,
    whole: Counts,
}

impl Outcome {
    /// What an incident of a code would move, besides turnout and share.
    pub(super) fn of_code(code: IncidentCode) -> Option<Self> {
        match code {
            IncidentCode::MobileVoting => Some(Self::Mobile),
            IncidentCode::Count => Some(Self::Invalid),
            IncidentCode::UnusedBallots => Some(Self::Unused),
            IncidentCode::GroupVoting => Some(Self::Burst),
            _ => None,
        }
    }

    /// The identifier of its name in words.
    pub(super) fn message_id(self) -> &'static str {
        match self {
            Self::Turnout => "outcome-turnout",
            Self::Share => "outcome-share",
            Self::Mobile => "outcome-mobile",
            Self::Invalid => "outcome-invalid",
            Self::Unused => "outcome-unused",
            Self::Burst => "outcome-burst",
        }
    }

    /// Its name among the values of a line.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Turnout => "turnout",
            Self::Share => "share",
            Self::Mobile => "mobile",
            Self::Invalid => "invalid",
            Self::Unused => "unused",
            Self::Burst => "burst",
        }
    }

    /// Its columns, where the table has them.
    pub(super) fn of(self, tested: &Tested<'_>) -> Option<Fractions> {
        let line = |term| tested.table.line(term).cloned();
        let (part, whole) = match self {
            Self::Turnout => (tested.turnout_numerator.clone()?, tested.registered.cloned()?),
            Self::Share => (tested.leader_votes.clone(), tested.share_base.clone()?),
            Self::Mobile => (
                line(Term::InMobileBoxes).or_else(|| line(Term::IssuedOutside))?,
                tested.ballots.clone().or_else(|| tested.issued.clone())?,
            ),
            Self::Invalid => (line(Term::Invalid)?, tested.ballots.clone()?),
            Self::Unused => (line(Term::Unused)?, line(Term::Received)?),
            Self::Burst => burst(tested)?,
        };
        Some(Fractions { outcome: self, part, whole })
    }
}

/// The largest step between two reports, and the last report, of stations whose reports do not fall; `None` with fewer than three reports.
fn burst(tested: &Tested<'_>) -> Option<(Counts, Counts)> {
    let reports: Vec<&Counts> =
        tested.table.turnout.iter().filter(|report| !report.protocol).map(|report| &report.voters).collect();
    let last = *reports.last().filter(|_| reports.len() >= 3)?;
    let largest = |row: usize| {
        let voters: Option<Vec<u32>> = reports.iter().map(|report| report.get(row)).collect();
        let steps = voters?.windows(2).map(|pair| pair[1].checked_sub(pair[0])).collect::<Option<Vec<u32>>>()?;
        steps.into_iter().max()
    };
    Some(((0..tested.table.len()).map(largest).collect(), last.clone()))
}

impl Fractions {
    /// Part and whole of a station whose whole is not 0.
    pub(super) fn of_row(&self, row: usize) -> Option<(u64, u64)> {
        let (part, whole) = (self.part.get(row)?, self.whole.get(row)?);
        (whole > 0).then(|| (u64::from(part), u64::from(whole)))
    }

    /// Its name in words; of a share, with the side.
    pub(super) fn name(&self, side: &str) -> Message {
        let name = Message::new(self.outcome.message_id());
        if self.outcome == Outcome::Share { name.with("side", side) } else { name }
    }
}
