//! From a sample of stations to all of them: only where the stations were drawn before anybody went for copies.

use adil_record::{CopySample, OptionId, StationPlaces, StationTable};
use adil_stat::{Bounds, Missing, Stratum, combined_ratio, worst_case};

use super::pair::{Outcome, Pair};

/// What a sample of copies says of all stations of its frame.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Country {
    /// Stations of the frame.
    pub(super) stations: u64,
    /// Stations drawn, and of these such with a copy typed in twice.
    pub(super) drawn: u64,
    pub(super) obtained: u64,
    /// The part of all stations at which copy and table differ, with an interval that holds whatever the missing ones are.
    pub(super) differing: Option<(f64, (f64, f64))>,
    /// The margin, official less copies, over all stations, with its interval; only of a sample that is in whole.
    pub(super) margin: Option<(f64, (f64, f64))>,
}

impl Country {
    pub(super) fn of(
        pair: &Pair<'_>,
        sample: &CopySample,
        table: &StationTable,
        sides: Option<(OptionId, OptionId)>,
        level: f64,
    ) -> Self {
        let places = StationPlaces::of(table);
        // Whether the station differs, and the change of its margin; of stations with a copy typed in twice.
        let mut of_row = vec![None; table.len()];
        for station in &pair.stations {
            let differs = match station.outcome {
                Outcome::Agrees => Some(false),
                Outcome::Differs => Some(true),
                Outcome::Split | Outcome::OnceAgrees | Outcome::OnceDiffers => None,
            };
            let change =
                sides.and_then(|(side, next)| Some(station.change(side, table)? - station.change(next, table)?));
            if let Some(cell) = of_row.get_mut(station.row) {
                *cell = differs.map(|differs| (differs, change));
            }
        }
        let (mut parts, mut margins, mut missing) = (Vec::new(), Vec::new(), Vec::new());
        let (mut drawn, mut obtained, mut all_margins) = (0, 0, sides.is_some());
        for (at, stratum) in sample.strata.iter().enumerate() {
            let empty = || Stratum { population: stratum.units, pairs: Vec::with_capacity(stratum.drawn.len()) };
            let (mut part, mut margin) = (empty(), empty());
            for unit in &stratum.drawn {
                let known: Vec<(bool, Option<i64>)> = unit
                    .iter()
                    .filter_map(|&place| places.row(&sample.frame.stations.get(place)?.name))
                    .filter_map(|row| of_row.get(row).copied().flatten())
                    .collect();
                let (stations, differing) = (unit.len() as f64, known.iter().filter(|(differs, _)| *differs).count());
                drawn += unit.len() as u64;
                obtained += known.len() as u64;
                let unknown = (unit.len() - known.len()) as f64;
                if known.len() == unit.len() {
                    let changes: Option<i64> = known.iter().map(|(_, change)| *change).sum();
                    all_margins &= changes.is_some();
                    part.pairs.push((differing as f64, stations));
                    margin.pairs.push((changes.unwrap_or(0) as f64, stations));
                } else {
                    let (lowest, highest) = (differing as f64, differing as f64 + unknown);
                    missing.push(Missing { stratum: at, lowest: (lowest, stations), highest: (highest, stations) });
                }
            }
            parts.push(part);
            margins.push(margin);
        }
        let stations = sample.frame.stations.len() as u64;
        let fit = combined_ratio(&parts);
        let differing = match missing.is_empty() {
            true => fit.map(|fit| (fit.ratio, fit.interval(level))),
            false => fit
                .and_then(|fit| Some((fit.ratio, worst_case(&parts, &missing, level).as_ref().map(Bounds::interval)?))),
        };
        let margin = combined_ratio(&margins).filter(|_| missing.is_empty() && all_margins).map(|fit| {
            let all = stations as f64;
            let (middle, half) = (fit.ratio * all, fit.margin(level) * all);
            (middle, (middle - half, middle + half))
        });
        Self { stations, drawn, obtained, differing, margin }
    }
}
