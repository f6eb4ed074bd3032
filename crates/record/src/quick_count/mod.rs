//! Quick counts: a frame of stations, a design, the sample that follows from both, and what was reported from it.
//! `docs/spec/quick-count.md` is the specification; a rule has its number there.

mod columns;
mod design;
mod draw;
mod error;
mod frame;
mod reports;
#[cfg(test)]
mod tests;

pub use design::{Design, StratumSize};
pub use draw::{RULE, SampledStratum, draw};
pub use error::QuickCountError;
pub use frame::{Frame, FrameColumns, FrameStation, read_sizes};
pub use reports::{Reports, SampleCount, StationReport, Visits};

/// Reports from stations, by how the stations were chosen.
#[derive(Debug, Clone, PartialEq)]
pub enum QuickCount {
    /// Stations drawn by a design: a probability sample, which has margins.
    Sample(Box<SampleCount>),
    /// Stations that somebody chose to go to. They have shares, and no type by which a margin could be worked out.
    Visits(Visits),
}

impl QuickCount {
    /// What was reported.
    pub fn reports(&self) -> &Reports {
        match self {
            Self::Sample(sample) => &sample.reports,
            Self::Visits(visits) => &visits.reports,
        }
    }

    /// The same, to be changed.
    pub fn reports_mut(&mut self) -> &mut Reports {
        match self {
            Self::Sample(sample) => &mut sample.reports,
            Self::Visits(visits) => &mut visits.reports,
        }
    }
}
