//! # copies/compare
//!
//! Sets two statements of the results of the same stations against each other, number by number.
//!
//! **What it looks at.** The table of stations of the release under test (the organisers' last one that is no copy) and each other table:
//! quick counts, earlier releases, the memory of machines, protocols copied by observers, ballots photographed by voters. Stations are
//! matched by their areas and name, or by name alone where no station shares it. Votes of an option that nobody chose in a whole region, in either
//! table, are not compared: it did not stand there.
//!
//! **Formula.** Every difference is a fact. Each station that differs is put into the first of these kinds that fits:
//!
//! * *blank*: one of both has no vote; *swap*: two options have each other's number; *transposition*: two neighbouring digits of one number
//!   have changed places; *digit*: one digit of one number differs or is missing; *transfer*: votes went from some options to others, the
//!   sum is the same; *correction*: the later one adds up to its valid votes, the earlier one did not; *one way*: only more votes, or only
//!   fewer; *other*.
//!
//! Votes moved at least: the sum over stations of the larger of votes gained and votes lost. Direction: the two-sided sign test
//! of the margin between the side tested and the next option, over stations and over districts (their stations are not independent), with the
//! smallest one-sidedness that it would have noticed with a probability of 80 % at 5 %.
//!
//! Where a statement has only a *part* of the papers (`partial` in `election.toml`: photographs), a number is excluded only where it is
//! above the whole: then both cannot be complete and true, and the finding is `contradicted`; its subject is the pair of statements. Else a pair of releases
//! that differ is `undecided`, `changed`.
//!
//! **When it is wrong.** Stations that were renumbered are matched with others, or with none. Who photographs and who copies chooses the stations: rates
//! are rates of these stations and no others. A copy may be early, partial without saying so, or forged; photographs may be of another station
//! or counted twice.
//!
//! **What may not be concluded.** Acts are completed and corrected: that a number rose says nothing on its direction. Votes moved are a lower bound for
//! the stations compared and are not extrapolated, since these are no sample. A contradiction does not say which of both statements is
//! false.
//!
//! **References.** Bulgaria, July 2021: protocols and machines' memory, 47 of 226,597 numbers in 6 of 9,580 stations. Bolivia 2019: last quick count and
//! final count, 32,806 acts, margin up in 132 and down in 140. Belarus 2020: ballots photographed for one candidate above the official count in 438 of
//! 1,374 stations. Callen and Long, American Economic Review 105, 2015.

mod comparison;
pub(crate) mod kinds;
mod matched;
#[cfg(test)]
mod tests;

use adil_finding::{CheckId, Finding, Technique};

use crate::{Check, Claim, ContestView, Need, Page, Settings};

pub(crate) use comparison::{detectable, strongest};
pub(crate) use matched::matched;

/// The check.
pub(crate) struct Compare;

const ID: CheckId = CheckId("copies/compare");

impl Check for Compare {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::Count, needs: &[Need::Stations, Need::TwoReleases] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        comparison::findings(view, settings)
    }
}
