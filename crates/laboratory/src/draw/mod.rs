//! An honest country drawn from its parameters.
//!
//! ```text
//! logit turnout_i = logit turnout(place) + e_region + e_district + e_station,             e ~ Normal(0, spread)
//! ln share_ik     = ln share_k + village_k + f_region,k + f_district,k + f_station,k      f ~ Normal(0, spread)
//! voted ~ BetaBinomial(register, turnout_i; c_d),   votes ~ DirichletMultinomial(valid, share_i; c_d),   ln c_d normal
//! ```
//!
//! e and the f of the first option are correlated. Regions and districts are laid out one after the other; the stations of each
//! district come from a stream of their own, so that the number of threads does not matter.

mod clerk;
mod district;

use adil_record::{Area, Names, StationTable, Term, TurnoutReport};
use adil_stat::{Stream, stream};
use rayon::prelude::*;

use crate::parameters::{Parameters, ParametersError};
use crate::protocol::columns;
use district::{District, Drawn, Shares};

/// The lines of a drawn protocol.
const TERMS: [Term; 20] = [
    Term::Registered,
    Term::Added,
    Term::Received,
    Term::Issued,
    Term::IssuedEarly,
    Term::IssuedInRoom,
    Term::IssuedOutside,
    Term::RequestedOutside,
    Term::Unused,
    Term::InMobileBoxes,
    Term::InFixedBoxes,
    Term::InBoxes,
    Term::Invalid,
    Term::Valid,
    Term::Lost,
    Term::Unaccounted,
    Term::CertificatesReceived,
    Term::CertificatesIssued,
    Term::CertificatesVoted,
    Term::CertificatesUnused,
];

/// How sure a region's part of towns is of being the country's.
const TOWN_CONCENTRATION: f64 = 6.0;

/// A normal change of turnout, and one of every option's share; the first one's is correlated with it.
#[derive(Debug, Clone)]
struct Effects {
    turnout: f64,
    shares: Vec<f64>,
}

impl Effects {
    fn draw(own: &mut Stream, options: usize, turnout: f64, share: f64, correlation: f64) -> Self {
        let common = own.normal();
        let first = correlation * common + (1.0 - correlation * correlation).sqrt() * own.normal();
        let others = (1..options).map(|_| share * own.normal());
        let shares = std::iter::once(share * first).chain(others).collect();
        Self { turnout: turnout * common, shares }
    }
}

impl Parameters {
    /// Draws a country: the same parameters and seed give the same table, on any number of threads.
    ///
    /// # Errors
    /// A parameter is out of its range.
    pub fn draw(&self, seed: u64) -> Result<StationTable, ParametersError> {
        self.check()?;
        let (regions, districts) = self.layout(seed);
        let shares = [false, true].map(|is_village| Shares::of(self, is_village));
        let drawn: Vec<Drawn> = districts
            .par_iter()
            .enumerate()
            .map(|(number, district)| {
                let own = stream(seed, "laboratory/district", number as u64);
                district.draw(self, &shares[usize::from(district.is_village)], &regions[district.region], own)
            })
            .collect();
        Ok(self.table(&districts, &drawn))
    }

    /// Regions with their characters, and districts with their numbers of stations.
    fn layout(&self, seed: u64) -> (Vec<Effects>, Vec<District>) {
        let mut own = stream(seed, "laboratory/country", 0);
        let weights: Vec<f64> = (0..self.regions).map(|_| (self.region_spread * own.normal()).exp()).collect();
        let mut sizes = vec![1; weights.len()];
        own.multinomial(self.stations - self.regions, &weights, |region, stations| sizes[region] += stations);
        let spread = &self.spread;
        let (mut regions, mut districts) = (Vec::new(), Vec::new());
        for (region, &stations) in sizes.iter().enumerate() {
            let (turnout, share) = (spread.region_turnout, spread.region_share);
            regions.push(Effects::draw(&mut own, self.option.len(), turnout, share, spread.correlation));
            let towns = own.beta(TOWN_CONCENTRATION * self.towns, TOWN_CONCENTRATION * (1.0 - self.towns));
            let count = stations.div_ceil(self.district_stations);
            for number in 0..count {
                // Districts of a region differ by one station at most.
                let upto = |number: u32| (u64::from(stations) * u64::from(number) / u64::from(count)) as u32;
                let is_village = own.unit() >= towns;
                districts.push(District { region, first: upto(number), end: upto(number + 1), is_village });
            }
        }
        (regions, districts)
    }

    fn table(&self, districts: &[District], drawn: &[Drawn]) -> StationTable {
        let sheets: Vec<_> = drawn.iter().map(|drawn| &drawn.sheets).collect();
        let (lines, votes) = columns(&sheets, &TERMS, self.option.len());
        let (mut regions, mut names, mut stations, mut kinds) =
            (Names::default(), Names::default(), Names::default(), Names::default());
        let digits = self.regions.to_string().len();
        for (number, (district, drawn)) in districts.iter().zip(drawn).enumerate() {
            let region = format!("Region {:0digits$}", district.region + 1);
            let place = if district.is_village { "Rural district" } else { "Town" };
            let name = format!("{place} {}", number + 1);
            for (station, special) in (district.first..district.end).zip(&drawn.special) {
                regions.push(&region);
                names.push(&name);
                stations.push(&(station + 1).to_string());
                let place = if district.is_village { "village" } else { "town" };
                kinds.push(special.map_or(place, |special| &self.special[special].name));
            }
        }
        let reports = self.hours.reports.len();
        let turnout = self.hours.reports.iter().enumerate().map(|(at, hour)| {
            let cells = drawn.iter().flat_map(|drawn| drawn.reports.iter().skip(at).step_by(reports));
            TurnoutReport { time: format!("{hour:02}:00"), protocol: false, voters: cells.copied().map(Some).collect() }
        });
        let area = |level: &str, names| Area { level: level.to_owned(), names };
        StationTable {
            source_rows: (2..).take(stations.len()).collect(),
            areas: vec![area("region", regions), area("district", names)],
            stations,
            lines,
            votes,
            turnout: turnout.collect(),
            extra: vec![("kind".to_owned(), kinds)],
            ..StationTable::default()
        }
    }
}
