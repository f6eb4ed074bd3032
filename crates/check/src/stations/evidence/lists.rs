//! Which stations are listed, of many that were looked at.
//!
//! Two ways. By e-values alone (e-BH: Wang and Ramdas, JRSS B 84, 2022), valid however stations depend on each other: the
//! largest k of which the k-th largest E is at least n / (rate k). And by local false discovery rates: honest stations and, for each
//! way w of moving votes and each size s of the shift, others, whose ratio of densities to the honest is r_ws,
//!
//! ```text
//! P(w | station) = rho_w sum_s pi_ws r_ws / (1 - sum rho_w + sum_w rho_w sum_s pi_ws r_ws),      rho of the region,
//! lfdr = 1 - sum_w P(w | station) x surplus_w,      surplus_w = (rho_w - mean of clean elections) / rho_w,
//! ```
//!
//! with rho and pi the likeliest, a region's rho drawn towards the country's. Those with the smallest lfdr are listed as long as their
//! mean is at most the rate. Clean elections have a few stations as well that look like moved votes: a precinct of another kind
//! inside a town. As many as they have on average do not count as moved; and where one of them has as many, in the whole and in a
//! region, the surplus is 0 and nothing is listed.

use rayon::prelude::*;

use super::model::{Evidence, Ratios, SHIFTS};

/// Ways of moving votes: stuffed, switched.
pub(crate) const WAYS: usize = 2;
/// Stations of the country that count as much as those of a region.
pub(crate) const POOLED: f64 = 20.0;
/// Where the search for rho begins.
const START: f64 = 0.02;
/// Other stations of each shift that are counted beforehand: a few stations do not decide which shifts there are.
const PSEUDO: f64 = 5.0;
/// The most rounds of the search for rho.
const MOST_ROUNDS: usize = 200;
/// The change of rho below which it is found.
const SMALLEST_CHANGE: f64 = 1e-5;
/// Stations that are summed at a time, in this order on any number of threads.
const CHUNK: usize = 4096;

/// The parts of other stations, by way.
pub(crate) type Parts = [f64; WAYS];

/// Honest and other stations, fitted to the evidence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Groups {
    /// The parts in the country.
    pub(crate) country: Parts,
    /// The parts in each region.
    pub(crate) regions: Vec<Parts>,
    /// How many stations each region has.
    pub(crate) sizes: Vec<usize>,
    /// How the stations of each way divide over the sizes of shifts.
    pub(crate) shifts: [Ratios; WAYS],
    /// The probability of each way in each station, nothing taken off.
    pub(crate) probabilities: Vec<Parts>,
}

/// The parts that clean elections have: their mean and the largest.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Usual {
    pub(crate) mean: Parts,
    pub(crate) most: Parts,
}

/// What is usual in a country and in a region.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Bounds {
    pub(crate) country: Usual,
    pub(crate) region: Usual,
}

/// Sums over stations of a round.
#[derive(Clone)]
struct Sums {
    regions: Vec<Parts>,
    shifts: [Ratios; WAYS],
}

impl Sums {
    fn none(regions: usize) -> Self {
        Self { regions: vec![[0.0; WAYS]; regions], shifts: [[0.0; SHIFTS]; WAYS] }
    }

    fn add(&mut self, other: &Self) {
        for (own, other) in self.regions.iter_mut().zip(&other.regions) {
            own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        }
        for (own, other) in self.shifts.iter_mut().zip(&other.shifts) {
            own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        }
    }
}

impl Groups {
    /// The likeliest parts. `regions` has the region of each station, from 0, of `count`.
    pub(crate) fn fit(evidence: &[Evidence], regions: &[usize], count: usize) -> Self {
        let mut sizes = vec![0usize; count];
        regions.iter().for_each(|&region| sizes[region] += 1);
        let mut groups = Self {
            country: [START; WAYS],
            regions: vec![[START; WAYS]; count],
            sizes,
            shifts: [[1.0 / SHIFTS as f64; SHIFTS]; WAYS],
            probabilities: Vec::new(),
        };
        for _ in 0..MOST_ROUNDS {
            if groups.round(evidence, regions) < SMALLEST_CHANGE {
                break;
            }
        }
        let of = |(own, &region): (&Evidence, &usize)| {
            let joint = groups.joint(own, region);
            joint.map(|way| way.iter().sum::<f64>())
        };
        groups.probabilities = evidence.par_iter().zip(regions).map(of).collect();
        groups
    }

    /// The probability of each way and shift in a station.
    fn joint(&self, own: &Evidence, region: usize) -> [Ratios; WAYS] {
        let parts = &self.regions[region];
        let mut joint = [own.stuffed, own.switched];
        let mut all = 1.0 - parts.iter().sum::<f64>();
        for ((way, shifts), part) in joint.iter_mut().zip(&self.shifts).zip(parts) {
            for (ratio, shift) in way.iter_mut().zip(shifts) {
                *ratio *= part * shift;
                all += *ratio;
            }
        }
        joint.map(|way| way.map(|term| term / all))
    }

    /// One round of expectation and maximisation; how much the country's parts changed.
    fn round(&mut self, evidence: &[Evidence], regions: &[usize]) -> f64 {
        let chunks = evidence.par_chunks(CHUNK).zip(regions.par_chunks(CHUNK));
        let sums: Vec<Sums> = chunks
            .map(|(evidence, regions)| {
                let mut sums = Sums::none(self.sizes.len());
                for (own, &region) in evidence.iter().zip(regions) {
                    let joint = self.joint(own, region);
                    for (way, terms) in joint.iter().enumerate() {
                        for (shift, term) in terms.iter().enumerate() {
                            sums.shifts[way][shift] += term;
                            sums.regions[region][way] += term;
                        }
                    }
                }
                sums
            })
            .collect();
        let mut all = Sums::none(self.sizes.len());
        sums.iter().for_each(|sums| all.add(sums));
        self.shifts = all.shifts.map(|way| {
            let sum: f64 = way.iter().map(|term| term + PSEUDO).sum();
            way.map(|term| (term + PSEUDO) / sum)
        });
        let stations = evidence.len().max(1) as f64;
        let mut change = 0.0_f64;
        for way in 0..WAYS {
            let country = all.regions.iter().map(|region| region[way]).sum::<f64>() / stations;
            change = change.max((country - self.country[way]).abs());
            self.country[way] = country;
            for ((part, others), &size) in self.regions.iter_mut().zip(&all.regions).zip(&self.sizes) {
                part[way] = (others[way] + POOLED * country) / (size as f64 + POOLED);
            }
        }
        change
    }

    /// How much of each way in a region is beyond what clean elections have: the larger of the country's and the region's own.
    /// 0 where some clean election has as much.
    pub(crate) fn surplus(&self, region: usize, bounds: &Bounds) -> Parts {
        let beyond = |part: f64, usual: &Usual, way: usize| {
            if part > usual.most[way] { ((part - usual.mean[way]) / part).max(0.0) } else { 0.0 }
        };
        std::array::from_fn(|way| {
            let country = beyond(self.country[way], &bounds.country, way);
            country.max(beyond(self.regions[region][way], &bounds.region, way))
        })
    }

    /// The local false discovery rate of each station.
    pub(crate) fn rates(&self, regions: &[usize], bounds: &Bounds) -> Vec<f64> {
        let surplus: Vec<Parts> = (0..self.sizes.len()).map(|region| self.surplus(region, bounds)).collect();
        let rate = |(own, &region): (&Parts, &usize)| {
            1.0 - own.iter().zip(&surplus[region]).map(|(probability, surplus)| probability * surplus).sum::<f64>()
        };
        self.probabilities.iter().zip(regions).map(rate).collect()
    }
}

/// Stations listed at a rate, as flags: the mean of their local rates is at most that.
pub(crate) fn by_local_rates(rates: &[f64], rate: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..rates.len()).collect();
    order.sort_by(|&a, &b| rates[a].total_cmp(&rates[b]).then(a.cmp(&b)));
    let mut listed = vec![false; rates.len()];
    let mut sum = 0.0;
    for (number, &row) in (1..).zip(&order) {
        sum += rates[row];
        if sum > rate * f64::from(number) {
            break;
        }
        listed[row] = true;
    }
    listed
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stations(stuffed: &[f64]) -> Vec<Evidence> {
        let of = |&ratio: &f64| Evidence {
            stuffed: [ratio; SHIFTS],
            switched: [0.0; SHIFTS],
            expected: [0.5; 2],
            cap: 500.0,
        };
        stuffed.iter().map(of).collect()
    }

    #[test]
    fn the_likeliest_part_is_where_the_slope_is_zero() {
        // 10 of 100 have ratios of 50, the others of 0.1, for any shift: sum (r - 1)/(1 - rho + rho r) = 0, that is
        // 10 * 49/(1 + 49 rho) = 90 * 0.9/(1 - 0.9 rho), so 490 - 441 rho = 81 + 3969 rho and rho = 409/4410.
        // The region is drawn towards the country, which is itself.
        let ratios: Vec<f64> = (0..100).map(|row| if row < 10 { 50.0 } else { 0.1 }).collect();
        let groups = Groups::fit(&stations(&ratios), &[0; 100], 1);
        assert!((groups.country[0] - 409.0 / 4410.0).abs() < 1e-4, "{:?}", groups.country);
        assert!(groups.country[1] < 1e-3);
        let rates = groups.rates(&[0; 100], &Bounds::default());
        assert_eq!(by_local_rates(&rates, 0.2).iter().filter(|&&listed| listed).count(), 10);
        // Where clean elections have as many, nothing is beyond them.
        let usual = Usual { mean: [0.01, 0.0], most: [0.1, 0.0] };
        let bounds = Bounds { country: usual, region: usual };
        assert!(groups.rates(&[0; 100], &bounds).iter().all(|&rate| rate > 0.999));
    }

    #[test]
    fn nothing_is_listed_where_the_mean_is_below_one() {
        let groups = Groups::fit(&stations(&[0.5, 1.2, 0.9, 1.1]), &[0, 0, 1, 1], 2);
        let rates = groups.rates(&[0, 0, 1, 1], &Bounds::default());
        assert_eq!(by_local_rates(&rates, 0.1), [false; 4]);
    }

    proptest! {
        #[test]
        fn a_larger_e_value_is_listed_first(e in proptest::collection::vec(0.0f64..300.0, 2..60)) {
            let regions = vec![0; e.len()];
            let groups = Groups::fit(&stations(&e), &regions, 1);
            let rates = groups.rates(&regions, &Bounds::default());
            let listed = by_local_rates(&rates, 0.1);
            let of = |wanted: bool| e.iter().zip(&listed).filter(move |(_, own)| **own == wanted).map(|(e, _)| *e);
            prop_assert!(of(true).fold(f64::MAX, f64::min) >= of(false).fold(0.0, f64::max));
        }
    }
}
