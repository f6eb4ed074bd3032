//! # stations/estimate
//!
//! Estimates, region by region and for every larger side, how many ballots were added by stuffing beyond what the same reckoning
//! finds in clean elections; where the data cannot tell, it says so.
//!
//! **What it looks at.** The ratios of densities that `stations/evidence` has for every station: how much likelier its numbers are
//! if 5, 10, 20, 30 or 50 % of its register had been added for the side.
//!
//! **Formula.** In a region a part rho of the stations was stuffed. With S_i the mean ratio of station i over the sizes of shifts (as
//! these divide in the country), T_i that of switched votes and k the likeliest part of switched stations,
//!
//! ```text
//! p(rho | data) ~ Beta(rho) prod_i (1 - rho - k + rho S_i + k T_i),     added = sum_i P(stuffed | i) E[ballots | i],
//! ```
//!
//! where the prior is worth 20 stations of the country and one more, half of it stuffed. The interval is the central 90 % of the posterior of the ballots added,
//! given that the model holds. The *part* is that number by the region's ballots. Of it is taken what the model finds where nothing was added:
//!
//! ```text
//! surplus = max(0, part - q),    q = the 95 % quantile of the part in like regions of clean elections.
//! ```
//!
//! The country's surplus is the sum over its regions, its interval from their variances, regions taken as independent. One region in
//! twenty of a clean election has a surplus: the clean elections themselves, each beside the others, have at most 0.08 % of
//! the ballots in all.
//!
//! **When there is no estimate.** For the country where no core is separated (rules 1 to 4 of `stations/comet`). For a region
//! where more than half of the stations depart together: their turnout is ten points or more above the core's, or the
//! interval of rho reaches beyond one half. And where it has fewer than 50 stations, or fewer than 20 parts of clean elections are like it.
//!
//! **Null model.** That of `stations/evidence`, and what clean elections show by it.
//!
//! **When it is wrong.** What most stations of an area did alike is its normal here, and is not estimated: with widespread stuffing the number
//! is far too low, and much lower than those of methods that take the core of the country for the truth everywhere (`stations/comet`).
//! Small amounts everywhere, below 5 % of the register, are not seen either. Where stations of honest but different kinds stand
//! side by side the number is too high, beyond clean elections only where these are less varied. Of ballots put into
//! Poland 2014 (20 % of the register in 5 % of the stations) 85 to 90 % are found: some stuffed stations pass for honest ones of
//! another kind, which the interval does not know.
//!
//! **What may not be concluded.** It is a lower bound of nothing: a model's number, with the interval of the model. The result without
//! these ballots is not the true result.
//!
//! **References.** Two-groups models: Efron, "Large-scale inference", 2010. Kish, "Survey sampling", 1965. Published totals of
//! other methods stand beside adil's in `docs/results`.

mod posterior;
mod regions;
mod words;

use adil_finding::{CheckId, Finding, Technique};
use adil_record::Term;
use rayon::prelude::*;

use self::regions::of_side;
use super::evidence::{self, Weighed, weighed};
use super::row;
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings};

/// The check.
pub(crate) struct Estimate;

const ID: CheckId = CheckId("stations/estimate");
/// The part of a region's ballots that were added, by the model.
const STATISTIC: &str = "stations/estimate:added-part";

/// The ballots added for the first side by the model, in all regions with enough stations, nothing taken off.
pub(super) fn added_ballots(weighed: &Weighed) -> f64 {
    let of = |side| of_side(weighed, side).iter().map(|region| region.posterior.votes).sum();
    weighed.sides.first().map_or(0.0, of)
}

impl Check for Estimate {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::Stuffing, needs: &[Need::Stations, Need::Line(Term::Registered)] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        if tested.registered.is_none() || tested.ballots.is_none() {
            return vec![row::absent(ID, view, "estimate-no-data", evidence::missing(tested))];
        }
        let weighed = weighed(view, settings);
        let Some(weighed) = &*weighed else { return vec![row::no_stations(ID, view, "estimate-few")] };
        let mut sides: Vec<_> = weighed.sides.iter().collect();
        // The side that the run is about first, the others by their votes.
        sides.sort_by_key(|side| side.option != tested.leader);
        sides.par_iter().map(|side| words::finding(view, tested, weighed, side, settings)).collect()
    }

    fn weighs_all_sides(&self) -> bool {
        true
    }

    fn of_country(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        let weighed = weighed(view, settings);
        let (Some(tested), Some(weighed)) = (&view.tested, &*weighed) else { return Vec::new() };
        let pieces = |side| of_side(weighed, side).into_iter().filter_map(|region| region.piece(tested, weighed, side));
        weighed.sides.par_iter().flat_map_iter(pieces).collect()
    }
}

#[cfg(test)]
mod tests;
