//! The evidence of a region.
//!
//! Two e-values. The mean of its stations', valid however they depend on each other. And, for stations that are independent given
//! what is expected of their areas, the likelihood ratio of a part g of stations with moved votes, averaged over parts and over the
//! two halves, each of which was fitted on the other,
//!
//! ```text
//! E = mean over halves of mean over g of  prod_i (1 - g + g E_i),      g in 0.02, 0.05, 0.1, 0.2, 0.4,
//! ```
//!
//! whose mean is at most 1 where that of every E_i is. It grows with the number of stations, where the mean cannot exceed the cap.

/// The parts of stations with moved votes, each as likely beforehand.
const PARTS: [f64; 5] = [0.02, 0.05, 0.1, 0.2, 0.4];

/// The evidence of a region.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Together {
    /// How many stations it has.
    pub(crate) stations: usize,
    /// The mean of their e-values.
    pub(crate) mean: f64,
    /// ln of the e-value for independent stations.
    pub(crate) ln_e: f64,
}

/// The evidence of each of `count` regions, from that of their stations.
pub(crate) fn together(e: &[f64], halves: &[bool], regions: &[usize], count: usize) -> Vec<Together> {
    let mut products = vec![[[0.0f64; PARTS.len()]; 2]; count];
    let mut sums = vec![(0usize, 0.0f64); count];
    for ((&e, &half), &region) in e.iter().zip(halves).zip(regions) {
        sums[region] = (sums[region].0 + 1, sums[region].1 + e);
        for (product, part) in products[region][usize::from(half)].iter_mut().zip(PARTS) {
            *product += (part * (e - 1.0)).ln_1p();
        }
    }
    let of = |(products, &(stations, sum)): (&[[f64; PARTS.len()]; 2], &(usize, f64))| Together {
        stations,
        mean: sum / stations.max(1) as f64,
        ln_e: ln_mean(&products.map(|half| ln_mean(&half))),
    };
    products.iter().zip(&sums).map(of).collect()
}

/// ln of the mean of numbers given by their logarithms.
fn ln_mean(ln: &[f64]) -> f64 {
    let most = ln.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    most + (ln.iter().map(|ln| (ln - most).exp()).sum::<f64>() / ln.len() as f64).ln()
}

/// Regions listed by e-BH at a rate, as flags, from ln of their e-values.
pub(crate) fn listed(ln_e: &[f64], rate: f64) -> Vec<bool> {
    let mut sorted = ln_e.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let needed = |number: usize| (ln_e.len() as f64 / (rate * number as f64)).ln();
    let limit = sorted.iter().zip(1..).filter(|&(&ln, number)| ln >= needed(number)).map(|(&ln, _)| ln).last();
    ln_e.iter().map(|&ln| limit.is_some_and(|limit| ln >= limit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_multiplies_within_a_half() {
        // One region, four stations with E = 3, two in each half: (1 + 2 g)^2 = 1.0816, 1.21, 1.44, 1.96, 3.24; mean 1.78632.
        let all = together(&[3.0; 4], &[false, false, true, true], &[0; 4], 1);
        assert_eq!((all[0].stations, all[0].mean), (4, 3.0));
        assert!((all[0].ln_e - 1.78632_f64.ln()).abs() < 1e-12, "{}", all[0].ln_e);
    }

    #[test]
    fn much_evidence_is_not_lost_to_overflow() {
        let all = together(&[500.0; 2000], &[false; 2000], &[0; 2000], 1);
        // The half without stations has E = 1; the other 2,000 ln(1 + 0.4 * 499), of five parts and two halves: less ln 10.
        let expected = 2000.0 * (0.4_f64 * 499.0).ln_1p() - 10.0_f64.ln();
        assert!((all[0].ln_e - expected).abs() < 1e-6, "{} and {expected}", all[0].ln_e);
    }

    #[test]
    fn regions_are_listed_as_stations_are() {
        // n = 3, rate 0.01: the first needs 300, the second 150.
        assert_eq!(listed(&[200.0_f64.ln(), 0.0, 310.0_f64.ln()], 0.01), [true, false, true]);
        assert_eq!(listed(&[200.0_f64.ln(), 0.0, 0.0], 0.01), [false; 3]);
    }
}
