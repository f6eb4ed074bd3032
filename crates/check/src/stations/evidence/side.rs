//! The evidence for every side of a contest, and what of it is beyond clean elections.

use std::sync::Arc;

use adil_record::OptionId;
use adil_stat::e_benjamini_hochberg;
use rayon::prelude::*;

use super::ID;
use super::areas::Level;
use super::lists::{self, Bounds, Groups, Usual, WAYS};
use super::model::{self, Evidence, Turnout, e_value};
use super::null::Station;
use super::regions::{self, Together};
use super::stations::{FEWEST_STATIONS, Stations};
use crate::every_side::sides;
use crate::stations::cut;
use crate::{ContestView, Piece, Settings, Tested};

/// The statistics of regions, by way.
pub(crate) const REGIONAL: [&str; WAYS] = ["stations/evidence:stuffed", "stations/evidence:switched"];
/// The likeliest parts of stations in regions, which say what is usual where stations are listed.
pub(crate) const REGIONAL_PARTS: [&str; WAYS] = ["stations/evidence:stuffed-part", "stations/evidence:switched-part"];
/// Those of whole countries.
pub(crate) const NATIONAL: [&str; WAYS] = ["stations/evidence:stuffed-country", "stations/evidence:switched-country"];
/// Fewer stations are not set beside those of other elections.
const FEWEST_IN_REGION: usize = 50;

/// A contest weighed for all of its larger sides.
#[derive(Debug)]
pub(crate) struct Weighed {
    pub(crate) stations: Stations,
    pub(crate) regions: Level,
    /// The number of each region among the table's widest areas; empty where it has none.
    pub(crate) codes: Vec<usize>,
    pub(crate) sides: Vec<Side>,
}

/// The evidence for one side.
#[derive(Debug)]
pub(crate) struct Side {
    pub(crate) option: OptionId,
    /// Its share of the ballots in the stations tested.
    pub(crate) share: f64,
    pub(crate) counts: Vec<Station>,
    pub(crate) evidence: Vec<Evidence>,
    /// The e-values of every station, by way.
    pub(crate) e: [Vec<f64>; WAYS],
    /// The evidence of every region, by way.
    pub(crate) together: [Vec<Together>; WAYS],
    pub(crate) groups: Groups,
    pub(crate) bounds: Bounds,
    /// The local false discovery rate of every station.
    pub(crate) rates: Vec<f64>,
    /// Which stations are listed by local rates, and by e-BH.
    pub(crate) listed: Vec<bool>,
    pub(crate) listed_by_e: Vec<bool>,
    /// Which regions are listed by e-BH.
    pub(crate) regions_listed: Vec<bool>,
}

/// A contest weighed, worked out once for a view. `None` where the table lacks a column or has too few stations.
pub(crate) fn weighed(view: &ContestView<'_>, settings: &Settings) -> Arc<Option<Weighed>> {
    view.once(ID, || weigh(view, &sides(view), settings))
}

/// A contest weighed for one side alone. `None` where the table lacks a column or has too few stations.
pub(crate) fn weighed_for(view: &ContestView<'_>, side: OptionId, settings: &Settings) -> Option<Weighed> {
    weigh(view, &[side], settings)
}

impl Weighed {
    /// The rows of the stations listed for the first side, ascending.
    pub(crate) fn listed(&self) -> Vec<usize> {
        let listed = |side: &Side| {
            let listed = side.listed.iter().zip(&self.stations.rows).filter(|(listed, _)| **listed);
            listed.map(|(_, &row)| row).collect()
        };
        self.sides.first().map(listed).unwrap_or_default()
    }
}

/// Weighs a contest for some sides. `None` where the table lacks a column or has too few stations.
fn weigh(view: &ContestView<'_>, of: &[OptionId], settings: &Settings) -> Option<Weighed> {
    let tested = view.tested.as_ref()?;
    let stations = Stations::of(tested).filter(|stations| stations.rows.len() >= FEWEST_STATIONS)?;
    let turnout = Turnout::of(&stations.registers, &stations.ballots, &stations.areas);
    let regions = stations.areas.regions();
    let bounds = bounds(view, settings);
    let side = |&option: &OptionId| {
        let counts = stations.counts(tested.table.option(option));
        Side::of(option, counts, &turnout, &stations, &regions, bounds, settings)
    };
    let sides = of.par_iter().map(side).collect();
    let mut codes = Vec::new();
    if let Some(names) = tested.table.regions() {
        codes = vec![0; regions.count];
        stations.rows.iter().zip(&regions.of).for_each(|(&row, &region)| codes[region] = names.code(row));
    }
    Some(Weighed { stations, regions, codes, sides })
}

/// What clean elections have of each way, in countries and in regions.
fn bounds(view: &ContestView<'_>, settings: &Settings) -> Bounds {
    let usual = |statistics: [&'static str; WAYS]| {
        let mut usual = Usual::default();
        for (way, statistic) in statistics.into_iter().enumerate() {
            let pieces = settings.bank.usual(statistic, view);
            let effects = || pieces.iter().map(|piece| piece.effect);
            usual.mean[way] = effects().sum::<f64>() / pieces.len().max(1) as f64;
            usual.most[way] = effects().fold(0.0, f64::max);
        }
        usual
    };
    Bounds { country: usual(NATIONAL), region: usual(REGIONAL_PARTS) }
}

impl Side {
    fn of(
        option: OptionId,
        counts: Vec<Station>,
        turnout: &Turnout,
        stations: &Stations,
        regions: &Level,
        bounds: Bounds,
        settings: &Settings,
    ) -> Self {
        let evidence = model::evidence(&counts, turnout, &stations.areas);
        let e = [
            evidence.iter().map(|own| e_value(&own.stuffed)).collect::<Vec<f64>>(),
            evidence.iter().map(|own| e_value(&own.switched)).collect(),
        ];
        let together = e.each_ref().map(|e| regions::together(e, turnout.halves(), &regions.of, regions.count));
        let groups = Groups::fit(&evidence, &regions.of, regions.count);
        let rates = groups.rates(&regions.of, &bounds);
        // Of either way: the mean of both is an e-value as well.
        let either: Vec<f64> = e[0].iter().zip(&e[1]).map(|(stuffed, switched)| 0.5 * (stuffed + switched)).collect();
        let ln_either = |(stuffed, switched): (&Together, &Together)| {
            let most = stuffed.ln_e.max(switched.ln_e);
            most + (0.5 * ((stuffed.ln_e - most).exp() + (switched.ln_e - most).exp())).ln()
        };
        let ln_either: Vec<f64> = together[0].iter().zip(&together[1]).map(ln_either).collect();
        let votes = |of: fn(&Station) -> u64| counts.iter().map(of).sum::<u64>() as f64;
        let ballots = votes(|station| u64::from(station[1]) + u64::from(station[2]));
        Self {
            option,
            share: votes(|station| u64::from(station[2])) / ballots.max(1.0),
            listed: lists::by_local_rates(&rates, settings.listing_rate),
            listed_by_e: e_benjamini_hochberg(&either, settings.alarm_rate),
            regions_listed: regions::listed(&ln_either, settings.alarm_rate),
            counts,
            evidence,
            e,
            together,
            groups,
            bounds,
            rates,
        }
    }

    /// Its evidence in the regions: ln of the e-value, a station.
    pub(crate) fn pieces(&self, tested: &Tested<'_>, weighed: &Weighed) -> Vec<Piece> {
        let evidence = |way: usize, region: usize| {
            let Together { stations, ln_e, .. } = self.together[way][region];
            (ln_e / stations as f64, Some((-ln_e).min(0.0)))
        };
        self.of_regions(tested, weighed, REGIONAL, evidence)
    }

    /// The likeliest parts of stations, in the country and in the regions.
    pub(crate) fn of_country(&self, tested: &Tested<'_>, weighed: &Weighed) -> Vec<Piece> {
        let country = |way: usize| {
            let said = self.said(NATIONAL[way], self.groups.country[way], None);
            cut::piece(tested, None, &weighed.stations.rows, said)
        };
        let part = |way: usize, region: usize| (self.groups.regions[region][way], None);
        (0..WAYS).filter_map(country).chain(self.of_regions(tested, weighed, REGIONAL_PARTS, part)).collect()
    }

    fn of_regions(
        &self,
        tested: &Tested<'_>,
        weighed: &Weighed,
        statistics: [&'static str; WAYS],
        effect: impl Fn(usize, usize) -> (f64, Option<f64>),
    ) -> Vec<Piece> {
        let mut rows = vec![Vec::new(); weighed.regions.count];
        weighed.regions.of.iter().zip(&weighed.stations.rows).for_each(|(&region, &row)| rows[region].push(row));
        let ways = (0..WAYS).flat_map(|way| (0..weighed.regions.count).map(move |region| (way, region)));
        let large = ways.filter(|&(_, region)| rows[region].len() >= FEWEST_IN_REGION);
        let piece = |(way, region): (usize, usize)| {
            let (effect, ln_p) = effect(way, region);
            let said = self.said(statistics[way], effect, ln_p);
            cut::piece(tested, weighed.codes.get(region).copied(), &rows[region], said)
        };
        large.filter_map(piece).collect()
    }

    fn said(&self, statistic: &'static str, effect: f64, ln_p: Option<f64>) -> cut::Said {
        cut::Said { statistic, side: Some(self.option), effect, ln_p }
    }
}
