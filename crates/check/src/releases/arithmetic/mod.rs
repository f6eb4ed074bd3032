//! # releases/arithmetic
//!
//! Sets each published number against the numbers of its own release, and each release against the others.
//!
//! **What it looks at.** The figures that the organisers released (on the night, preliminary, final), what newspapers,
//! reference works and parties said, and polls.
//!
//! **Formula.**
//!
//! * *A release against itself*: votes of all options = valid; valid + invalid = voters who took part, or fewer where
//!   papers were not put into a box (the difference is given, `undecided`, `descriptive`); a printed percentage p with d
//!   decimals agrees with part and whole where `|100 part / whole - p| <= 10^-d / 2`. Shares are tried against valid
//!   votes, against valid and invalid ones together and against all voters; where the valid votes are not given, any base
//!   up to the number of voters is allowed. Numbers that exclude each other are `contradicted`, numbers that agree
//!   `proven`.
//! * *A percentage whose base stands in another release*: the quotient there, and the base that the percentage would
//!   need, `part / p`: `undecided`, `changed`.
//! * *Votes of one release with the percentage of another*: contradicted where the votes are those of one release and the
//!   percentage is that of another, which gives other votes, and no release could give both.
//! * *The same quantity in two releases of the organisers*: the difference, `undecided`, `changed`.
//! * *Regions in two releases*: those that differ by more than rounding.
//! * *Polls made before the vote*: the difference to the result in percentage points, and nothing more. Exit polls have
//!   checks of their own.
//! * *What nothing here can test*: statements of others that no finding names are listed with their publishers, so that
//!   they stay in sight: `undecided`, `descriptive`.
//! * *Stations in two releases* are compared by `copies/compare`.
//!
//! A count that ends in three or more zeros is taken as rounded there.
//!
//! **When it is wrong.** A figure that was typed wrongly into the record. A release that means by "voters" something else
//! than its reader (issued, in the boxes, with or without abroad).
//!
//! **What may not be concluded.** Releases may differ honestly: the night's count is incomplete, protocols are corrected,
//! acts completed. A contradiction says that two sentences cannot both be true, not which of them is false. That the
//! sums of a release agree says nothing on how the numbers came about. Polls cannot decide on a count.
//!
//! **References.** Kazakhstan, 18 August 2007: 5,935,625 + 146,805 = 6,082,430; 5,726,544 / 8,891,561 = 64.40 %;
//! 5,174,000 / 5,726,544 = 90.35 %. Kazakhstan, 15 January 2012: two tables of turnout by region. Bolivia 2019: 32,806 acts
//! in quick count and final count. Bulgaria, 11 July 2021: the commission's record and the memory of the machines.

mod across;
mod changes;
pub(crate) mod official;
mod own;
mod pairing;
mod polls;
pub(crate) mod sheet;
#[cfg(test)]
mod tests;
mod untested;

use adil_finding::{CheckId, Finding, Technique};

use crate::{Check, Claim, ContestView, Need, Page, Settings};

/// The check.
pub(crate) struct Arithmetic;

const ID: CheckId = CheckId("releases/arithmetic");

impl Check for Arithmetic {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::Count, needs: &[Need::TwoReleases] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let contest = view.contest;
        let sheets = sheet::national(contest);
        let mut findings: Vec<Finding> = sheets.iter().flat_map(own::findings).collect();
        findings.extend(pairing::findings(&sheets));
        findings.extend(across::findings(&sheets));
        findings.extend(changes::national(&sheets));
        findings.extend(changes::regional(contest, settings));
        findings.extend(polls::findings(&sheets));
        findings.extend(untested::findings(contest, &findings));
        findings
    }
}
