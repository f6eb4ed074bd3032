//! The difference between machines and hands within districts: estimate, interval and placebo.

use adil_stat::{Moments, Stream, draw_clusters, quantile, stream};

use crate::{Settings, Tested};

/// Fewer stations of a kind are not compared.
pub(super) const FEWEST: usize = 5;
/// Fewer districts give no interval.
pub(super) const FEWEST_DISTRICTS: usize = 5;
/// Stations dealt with in all redraws together, at most: a larger table has fewer redraws.
const MOST_DEALT: usize = 20_000_000;

/// A station with its share, and who counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Station {
    pub(super) row: usize,
    district: usize,
    pub(super) machine: bool,
    /// The denominator of its share; above zero.
    pub(super) weight: f64,
    pub(super) share: f64,
    /// ln of the register.
    size: f64,
}

pub(super) fn stations(tested: &Tested<'_>) -> Vec<Station> {
    let Some(base) = &tested.share_base else { return Vec::new() };
    let station = |row: usize| {
        let machine = tested.table.counted_by_machine.get(row).copied().flatten()?;
        let (votes, base) = (tested.leader_votes.get(row)?, base.get(row)?);
        let registered = tested.registered.and_then(|registered| registered.get(row)).filter(|&voters| voters > 0);
        let usable = base > 0 && votes <= base;
        usable.then(|| Station {
            row,
            district: tested.districts[row],
            machine,
            weight: f64::from(base),
            share: f64::from(votes) / f64::from(base),
            size: f64::from(registered.unwrap_or(base)).ln(),
        })
    };
    (0..tested.table.len()).filter_map(station).collect()
}

/// The stations of districts that have both kinds, district by district.
pub(super) struct Compared {
    pub(super) stations: Vec<Station>,
    /// Where each district begins and ends among them.
    pub(super) districts: Vec<std::ops::Range<usize>>,
    /// Share and size less their district's mean.
    centred: Vec<(f64, f64)>,
}

/// Sums over a district, or over several.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    xx: f64,
    xl: f64,
    ll: f64,
    xy: f64,
    ly: f64,
}

/// How the share under machines differs from that by hand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Difference {
    pub(super) within: Option<f64>,
    pub(super) adjusted: Option<f64>,
}

/// How often machines dealt anew give as much: on both sides, and downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placebo {
    pub(super) both: f64,
    pub(super) lower: f64,
    pub(super) draws: usize,
}

impl Compared {
    /// Of the districts that have at least `fewest` stations of either kind.
    pub(super) fn of(stations: &[Station], fewest: usize) -> Self {
        let mut sorted = stations.to_vec();
        sorted.sort_by_key(|station| (station.district, station.row));
        let mut compared = Self { stations: Vec::new(), districts: Vec::new(), centred: Vec::new() };
        for district in sorted.chunk_by(|a, b| a.district == b.district) {
            let machines = district.iter().filter(|station| station.machine).count();
            if machines.min(district.len() - machines) < fewest.max(1) {
                continue;
            }
            let (mut share, mut size) = (Moments::default(), Moments::default());
            for station in district {
                share.push(station.share, station.weight);
                size.push(station.size, station.weight);
            }
            let (share, size) = (share.mean().unwrap_or(0.0), size.mean().unwrap_or(0.0));
            let start = compared.stations.len();
            compared.stations.extend(district);
            compared.centred.extend(district.iter().map(|station| (station.share - share, station.size - size)));
            compared.districts.push(start..compared.stations.len());
        }
        compared
    }

    pub(super) fn kind(&self, machine: bool) -> impl Iterator<Item = &Station> {
        self.stations.iter().filter(move |station| station.machine == machine)
    }

    pub(super) fn is_enough(&self) -> bool {
        self.kind(true).count() >= FEWEST && self.kind(false).count() >= FEWEST
    }

    /// The sums of a district where `machine` says who counts at each of its places.
    fn sums(&self, district: &std::ops::Range<usize>, machine: impl Fn(usize) -> bool) -> Sums {
        let (mut sums, mut weight, mut with) = (Sums::default(), 0.0, 0.0);
        for place in district.clone() {
            let ((share, size), own) = (self.centred[place], self.stations[place].weight);
            weight += own;
            sums.ll += own * size * size;
            sums.ly += own * size * share;
            if machine(place) {
                with += own;
                // The other side is centred, so that x need not be.
                sums.xl += own * size;
                sums.xy += own * share;
            }
        }
        sums.xx = with - with * with / weight;
        sums
    }

    fn of_districts(&self) -> Vec<Sums> {
        let machine = |place: usize| self.stations[place].machine;
        self.districts.iter().map(|district| self.sums(district, machine)).collect()
    }

    pub(super) fn difference(&self) -> Difference {
        let sums = self.of_districts().into_iter().fold(Sums::default(), Sums::plus);
        Difference { within: sums.within(), adjusted: sums.adjusted() }
    }

    /// The middle 95 % of the adjusted difference over redraws of districts.
    pub(super) fn interval(&self, settings: &Settings, label: &str) -> Option<(f64, f64)> {
        if self.districts.len() < FEWEST_DISTRICTS {
            return None;
        }
        let of_district = self.of_districts();
        let redraw = |draw: usize| {
            let times = draw_clusters(&mut stream(settings.seed, label, draw as u64), of_district.len());
            let drawn = of_district.iter().zip(times).map(|(sums, times)| sums.times(f64::from(times)));
            drawn.fold(Sums::default(), Sums::plus).adjusted()
        };
        let redraws: Vec<f64> = (0..settings.bootstrap_draws).filter_map(redraw).collect();
        Some((quantile(&redraws, 0.025)?, quantile(&redraws, 0.975)?))
    }

    pub(super) fn placebo(&self, observed: f64, draws: &mut Stream, wanted: usize) -> Placebo {
        let wanted = wanted.min(MOST_DEALT / self.stations.len().max(1)).max(99);
        let mut labels: Vec<bool> = self.stations.iter().map(|station| station.machine).collect();
        let (mut both, mut lower) = (1usize, 1usize);
        // Rounding must not make a redraw that repeats the data smaller than the data.
        let rounding = 1e-12;
        for _ in 0..wanted {
            let mut all = Sums::default();
            for district in &self.districts {
                draws.shuffle(&mut labels[district.clone()]);
                all = all.plus(self.sums(district, |place| labels[place]));
            }
            let dealt = all.adjusted().unwrap_or(0.0);
            both += usize::from(dealt.abs() >= observed.abs() - rounding);
            lower += usize::from(dealt <= observed + rounding);
        }
        let p = |count: usize| count as f64 / (1 + wanted) as f64;
        Placebo { both: p(both), lower: p(lower), draws: wanted }
    }
}

impl Sums {
    fn plus(self, other: Self) -> Self {
        Self {
            xx: self.xx + other.xx,
            xl: self.xl + other.xl,
            ll: self.ll + other.ll,
            xy: self.xy + other.xy,
            ly: self.ly + other.ly,
        }
    }

    fn times(self, factor: f64) -> Self {
        let Self { xx, xl, ll, xy, ly } = self;
        Self { xx: factor * xx, xl: factor * xl, ll: factor * ll, xy: factor * xy, ly: factor * ly }
    }

    fn within(self) -> Option<f64> {
        (self.xx > 0.0).then(|| self.xy / self.xx)
    }

    /// Beside stations of the same size. Where size does not vary, or tells the kinds apart, it is left out.
    fn adjusted(self) -> Option<f64> {
        let determinant = self.xx * self.ll - self.xl * self.xl;
        if determinant <= 1e-9 * self.xx * self.ll {
            return self.within();
        }
        let value = (self.xy * self.ll - self.xl * self.ly) / determinant;
        value.is_finite().then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arithmetic_is_that_of_least_squares() {
        // One district; y = 0.3, 0.55, 0.6, 0.4, w = 1, 2, 1, 3, x = 1, 0, 1, 0, l = 0, 1, 2, 4. With numpy:
        // numpy.linalg.lstsq((W**.5)[:,None] * numpy.c_[x, l, ones], W**.5 * y) gives b = LSTSQ.
        let station = |row, machine, weight, share, size| Station { row, district: 0, machine, weight, share, size };
        let stations = [
            station(0, true, 1.0, 0.3, 0.0),
            station(1, false, 2.0, 0.55, 1.0),
            station(2, true, 1.0, 0.6, 2.0),
            station(3, false, 3.0, 0.4, 4.0),
        ];
        let difference = Compared::of(&stations, 1).difference();
        // Means 0.9 / 2 by machine and 2.3 / 5 by hand.
        assert!((difference.within.expect("varies") + 0.01).abs() < 1e-12);
        assert!((difference.adjusted.expect("varies") - LSTSQ).abs() < 1e-9, "{difference:?}");
    }

    const LSTSQ: f64 = -0.04375;
}
