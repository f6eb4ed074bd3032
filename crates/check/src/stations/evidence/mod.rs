//! # stations/evidence
//!
//! Weighs, for every station and every larger side in turn, how much likelier its numbers are if votes were added to that side, and
//! lists the stations and regions where that is beyond what clean elections show.
//!
//! **What it looks at.** The register N, the ballots B in the boxes and the votes L of a side in every station with at least 100
//! voters. Each side with at least 5 % of the votes is tested in the same way; all findings together show whether one stands out.
//!
//! **Formula.** With A = N - B who stayed away and O = B - L ballots for others, stuffing s ballots turns (A + s, O, L - s) into (A, O, L), and
//! switching s turns (A, O + s, L - s) into it. With P0 the probability of honest counts,
//!
//! ```text
//! E = mean over s of  P0(counts with s taken back) / P0(counts),      s = 5, 10, 20, 30, 50 % of N.
//! ```
//!
//! Over honest stations E is at most 1 on average, whatever P0 is, if P0 is right; so E above 20 has a chance of at most 1 in 20. The
//! evidence of a region is the mean of its stations' and, for stations that are independent given their areas, the likelihood
//! ratio of a part of them with moved votes. Regions are listed by e-BH at the alarm rate.
//!
//! Stations are listed in two ways: by e-BH at the alarm rate, which holds however stations depend on each other; and by local false
//! discovery rates, at 10 %, of a model with honest, stuffed and switched stations, whose parts are fitted for each region. As many
//! stations as clean elections have on average do not count, and where one of them has as many, none are listed.
//!
//! **Null model.** First ballots among voters, then votes among ballots, each a Dirichlet-multinomial of two kinds whose mean is what the
//! surrounding area (country, region, district, down to the narrowest in the table) and the size of the register make
//! expected. The parameters come from the other half of the area's stations, and stations unlike the rest lose their weight in them.
//! 75 % of stations are as their neighbourhood is, 15 % have three times its variance, 5 % are as stations anywhere in the country,
//! and 5 % may have any counts. That last part bounds the evidence: P0 is nowhere below 0.05 x 2 / ((N + 1)(N + 2)), so
//!
//! ```text
//! E <= cap = (largest P0) (N + 1)(N + 2) / 0.1,
//! ```
//!
//! which is printed (about, at the likeliest counts, in the middle station). For small sides that is thousands, and a few stations of
//! another kind would decide every mean: E is cut at 500, which leaves it an e-value. e-BH over n stations at rate q needs E of n/q
//! for one station and n/(q k) for k: where the cap is below that, e-BH can list nothing, however the stations look.
//!
//! **When it is wrong.** Where an area has stations of very different kinds that nothing in the table tells apart, honest ones look like moved
//! votes; clean elections say how often. Where more than half of an area's stations were treated alike, they are its normal, and
//! nothing is seen: silence is strongest evidence of nothing. Votes moved between two sides show as evidence for the one that gained.
//!
//! **What may not be concluded.** A listed station has numbers that are likelier if votes were moved. It is a place to look at
//! papers and witnesses, not a proof, and about one in ten of those listed is expected to be honest. The evidence of single stations is
//! not to be multiplied: neighbours share commissions.
//!
//! **References.** Vovk and Wang, "E-values", Annals of Statistics 49, 2021. Wang and Ramdas, "False discovery rate control with e-values",
//! JRSS B 84, 2022. Connor and Mosimann, JASA 64, 1969. Efron, "Large-scale inference", 2010. Huber, Annals of Mathematical Statistics
//! 35, 1964. Poland 2014, 20 % of the register added in 5 % of the stations: E above 20 in 77 to 82 % of them.

mod areas;
mod lists;
mod local;
mod model;
mod null;
mod regions;
mod side;
mod stations;
mod words;

use adil_finding::{CheckId, Finding, Technique};
use adil_record::Term;
use rayon::prelude::*;

pub(crate) use self::lists::POOLED;
pub(crate) use self::model::{MOVED, Ratios, SHIFTS};
pub(crate) use self::side::{Side, Weighed, weighed, weighed_for};
pub(crate) use self::stations::missing;
use super::row;
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Evidence;

const ID: CheckId = CheckId("stations/evidence");

impl Check for Evidence {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const NEEDS: &[Need] = &[Need::Stations, Need::Line(Term::Registered)];
        &[Claim { technique: Technique::Stuffing, needs: NEEDS }, Claim { technique: Technique::Count, needs: NEEDS }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        if tested.registered.is_none() || tested.ballots.is_none() {
            return vec![row::absent(ID, view, "evidence-no-data", missing(tested))];
        }
        let weighed = weighed(view, settings);
        let Some(weighed) = &*weighed else { return vec![row::no_stations(ID, view, "evidence-few")] };
        words::findings(view, tested, weighed, settings)
    }

    fn weighs_all_sides(&self) -> bool {
        true
    }

    fn pieces(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        of_sides(view, settings, side::Side::pieces)
    }

    fn of_country(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        of_sides(view, settings, side::Side::of_country)
    }
}

fn of_sides(
    view: &ContestView<'_>,
    settings: &Settings,
    of: fn(&side::Side, &Tested<'_>, &Weighed) -> Vec<Piece>,
) -> Vec<Piece> {
    let weighed = weighed(view, settings);
    let (Some(tested), Some(weighed)) = (&view.tested, &*weighed) else { return Vec::new() };
    weighed.sides.par_iter().flat_map(|side| of(side, tested, weighed)).collect()
}

#[cfg(test)]
mod tests;
