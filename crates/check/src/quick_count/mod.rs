//! # quick-count/estimate
//!
//! Estimates shares and turnout from a sample of stations that was drawn by a published design, and sets the official result against
//! them: on the same stations, and as a whole.
//!
//! **What it looks at.** A quick count of the record: frame, design and reports (`docs/spec/quick-count.md`). The sample is drawn
//! again from the frame and the seed; reports from other stations are counted and left out. Reports without a design are
//! *visits*: they have shares, and no margin.
//!
//! **Formula.** With N stations in a stratum, n of them in the sample, a votes for the option and m for all options (for turnout:
//! voters who took part, and the register)
//!
//! ```text
//! R = sum_h N_h a_h / sum_h N_h m_h                                   a_h, m_h: means in stratum h
//! e_i = a_i - R m_i
//! v = sum_h N_h^2 (1 - n_h/N_h) s_eh^2 / n_h / (sum_h N_h m_h)^2
//! R ± t sqrt(v),   t on sum (n_h - 1) degrees of freedom;   deff = v / (R (1 - R) / votes)
//! ```
//!
//! or, by choice, the percentile interval of a rescaled bootstrap within strata. Where clusters are drawn, a and m are those of a
//! cluster. A stratum with one unit of several takes its s^2 together with a neighbour. *Missing stations*: each may have up to as
//! many votes as its register has voters (as many as any station reported above its register; without registers as many as any
//! station reported), none of them or all of them for the option. The interval then runs from the lowest such estimate less the sample's
//! margin to the highest plus it. A margin as if the missing stations were missing by chance is shown beside it where nine tenths
//! of the sample and half of each stratum have reported, and decides nothing. *Official result*: its share over the frame's stations
//! against the interval at the level 1 - alarm rate / questions, one for each option and one for turnout where the table says how many took part
//! (over the frame's registers). Without a table, published figures of the whole take its place, where every option of the reports has one: votes
//! by the votes for these options, or printed shares by their sum, each within its rounding. *Same stations*: the difference of the weighted shares with the
//! variance of its residuals, and a sign test of the stations that differ.
//!
//! **Null model.** The sample is drawn at random by the design, and the reports are the counts as made at the stations. Nothing is
//! assumed of voters. Outside the interval is `anomalous`. Inside it is `unremarkable` only where a shift of two percentage points
//! would have been noticed with probability 0.8; else it is `undecided`, `no-power`. Stations that all agree are `proven` to; differing ones are
//! `changed`, and `anomalous` where both tests speak.
//!
//! **When it is wrong.** The frame is not that of the election: stations opened later, mobile ones, votes from abroad. The seed was
//! chosen and not drawn, or the frame was changed after the seed was known. Stations were replaced by nearer ones. The registers of
//! missing stations do not bound their votes. Few stations in a stratum and a small share make the interval too short. An official
//! result that covers less than 99 % of the frame is not compared, nor are published figures of another number of stations; where no number of
//! stations is published, a difference decides nothing. Voters added to a register on the day raise a turnout that is taken over the frame's.
//!
//! **What may not be concluded.** That an official result inside the interval is right: a shift smaller than the margin is not
//! seen. That one outside it was falsified: the reports may be wrong. A difference on the same station says that two copies differ,
//! not which is the true one.
//!
//! **References.** W. G. Cochran, *Sampling Techniques*, 3rd edition, 6.11 and 5A.12. J. N. K. Rao and C. F. J. Wu, Journal of the American
//! Statistical Association 83, 1988. National Democratic Institute, *The Quick Count and Election Observation*. Coverage on five
//! real populations: `docs/results`.

mod compared;
mod estimated;
mod official;
mod plan;
mod published;
mod sample;
#[cfg(test)]
mod tests;
mod visits;
mod words;

use adil_finding::{CheckId, Finding};
use adil_record::QuickCount;

use crate::{Check, Claim, ContestView, Page, Settings};

pub use adil_stat::Allocation;
pub use plan::{PlanFrom, QuickCountPlan, expected_margin};

pub use estimated::{Estimated, IntervalBy, Margin, QuickCountEstimate, StratumReported, Uncertainty};

/// The check.
pub(crate) struct Estimate;

const ID: CheckId = CheckId("quick-count/estimate");

impl Check for Estimate {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let of = |(publisher, count): &(String, QuickCount)| match count {
            QuickCount::Sample(sample) => sample::findings(publisher, sample, view, settings),
            QuickCount::Visits(visits) => vec![visits::finding(publisher, visits, view)],
        };
        view.contest.quick_counts.iter().flat_map(of).collect()
    }
}
