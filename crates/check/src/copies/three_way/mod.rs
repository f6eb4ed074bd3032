//! # copies/three-way
//!
//! Sets copies of single protocols beside the official table and beside each other: posted at the station, given to observers and to parties, photographed,
//! in a machine's memory, on the organisers' site.
//!
//! **What it looks at.** The statements of files of copies (`docs/spec/protocol-copies.md`) that no other replaces, and the table of the organisers' last
//! release. One finding for each holder in each file, and one on who agrees with whom. Only a number that two people typed in alike, or on
//! which a third decided, can contradict another: a copy that one person typed in is counted apart. Of several copies of one holder that
//! say different things none contradicts.
//!
//! **Formula.** Every difference is a fact; each station that differs is put into one of the kinds of `copies/compare`, the copy being the earlier
//! statement. Votes moved at least: the sum over stations of the larger of votes gained and votes lost from copy to table. Direction: the
//! two-sided sign test of the margin between the side tested and the next option. *Stands alone*: one holder (or the table) differs, and all
//! others agree. Lines other than votes are counted where votes agree.
//!
//! Copy and table cannot both be complete and true. The finding is `contradicted`, with the pair as its subject, where more stations differ than
//! clerical error is known to leave: the exact lower bound of the rate at 99 % is above the exact upper bound of 6 of 9,580 (Bulgaria, July 2021). It
//! contradicts the *organisers* where the copy is theirs too (posted, or a machine's memory): then two of their own statements exclude each other.
//! Copies in the hands of others contradict as statements of third parties. Fewer differences are `undecided`. The organisers' site may have been
//! corrected since: there a difference is `changed`.
//!
//! *All stations*: only where the file names the design by which the stations were drawn (`known-sample`), by the combined ratio of
//! `quick-count/estimate`. A station of the sample without a copy may differ or not: the interval holds both. Votes moved are estimated only where the
//! whole sample has copies.
//!
//! **Null model.** For the rate, clerical error; for the direction, both are equally likely. Stations are taken as independent, which those of one
//! commission are not.
//!
//! **When it is wrong.** A protocol was corrected lawfully after the copy was made, and posted again. A copy is of another vote or station, or forged; a
//! picture was not looked at. Copies were typed in because they differ: then their rate is no rate of stations, and the comparison with clerical error
//! too strict. The table has errors of its own typing.
//!
//! **What may not be concluded.** Which of two statements is false, or that somebody meant it. Stations whose copies were obtained are not a
//! sample of all stations, unless they were drawn.
//!
//! **References.** M. Callen and J. D. Long, American Economic Review 105, 2015. Bulgaria, July 2021: protocols and machines' memory.

mod agreement;
mod country;
mod pair;
#[cfg(test)]
mod tests;
mod words;

use adil_finding::{CheckId, Finding, Technique};
use adil_record::{OptionId, Release, StationTable};

use crate::copies::compare::strongest;
use crate::{Check, Claim, ContestView, Need, Page, Settings};
use agreement::Agreement;
use pair::Pair;

/// The check.
pub(crate) struct ThreeWay;

const ID: CheckId = CheckId("copies/three-way");

/// The table that copies are set beside.
#[derive(Clone, Copy)]
struct Official<'a> {
    release: &'a Release,
    table: &'a StationTable,
    /// The side tested and the strongest of the others.
    sides: Option<(OptionId, OptionId)>,
}

impl Check for ThreeWay {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::Count, needs: &[Need::Stations, Need::Copies] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let official = Official::of(view);
        let mut findings = Vec::new();
        if let Some(official) = &official {
            for copies in &view.contest.copies {
                let pairs = Pair::all(copies, official.table);
                findings.extend(pairs.iter().map(|pair| words::pair(pair, official, view, settings)));
            }
        }
        let agreement = Agreement::of(view.contest, official.map(|official| official.table));
        findings.extend((agreement.stations > 0).then(|| words::agreement(&agreement, view)));
        findings
    }
}

impl<'a> Official<'a> {
    fn of(view: &ContestView<'a>) -> Option<Self> {
        let release = view.contest.latest_table()?;
        let table = release.stations.as_ref()?;
        let side = view.tested.as_ref().map(|tested| tested.leader).or_else(|| strongest(table, None));
        let sides = side.and_then(|side| Some((side, strongest(table, Some(side))?)));
        Some(Self { release, table, sides })
    }
}
