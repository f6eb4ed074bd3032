//! What an estimate can still become while units of a sample are missing.

use super::{Stratum, combined_ratio};

/// A unit that was drawn and has not been observed, or only in part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Missing {
    /// Its stratum, by its place.
    pub stratum: usize,
    /// Numerator and denominator if everything that is unknown of it lowers the ratio.
    pub lowest: (f64, f64),
    /// The same if everything raises it.
    pub highest: (f64, f64),
}

/// How far the estimate of the whole sample can lie from that of a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The ratio if every missing unit lowered it as far as it can.
    pub lowest: f64,
    /// The ratio if every missing unit raised it as far as it can.
    pub highest: f64,
    /// Half the width of the interval of the whole sample, the larger of the two.
    pub margin: f64,
}

/// The bounds of a stratified sample with missing units; `strata` hold what was observed.
///
/// Whatever the missing units are, the estimate of the whole sample lies between `lowest` and `highest`: a ratio falls with every
/// denominator that comes without a numerator, and rises with every one that is all numerator. `None` where units are missing
/// that are not in the list, so that a stratum stays empty.
pub fn worst_case(strata: &[Stratum], missing: &[Missing], level: f64) -> Option<Bounds> {
    let completed = |pair: fn(&Missing) -> (f64, f64)| {
        let mut whole = strata.to_vec();
        for unit in missing {
            whole.get_mut(unit.stratum)?.pairs.push(pair(unit));
        }
        combined_ratio(&whole)
    };
    let (low, high) = (completed(|unit| unit.lowest)?, completed(|unit| unit.highest)?);
    let margin = low.margin(level).max(high.margin(level));
    Some(Bounds { lowest: low.ratio, highest: high.ratio, margin })
}

impl Bounds {
    /// The interval that holds in the worst case: the sample's own margin beyond both bounds, cut at 0 and 1.
    pub fn interval(&self) -> (f64, f64) {
        ((self.lowest - self.margin).max(0.0), (self.highest + self.margin).min(1.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unit(most: f64) -> Missing {
        Missing { stratum: 0, lowest: (0.0, most), highest: (most, most) }
    }

    #[test]
    fn bounds_are_plain_arithmetic() {
        // A census of three stations, one of them missing with at most 100 votes: 60 of 200, so 60/300 to 160/300.
        let strata = [Stratum { population: 3, pairs: vec![(40.0, 100.0), (20.0, 100.0)] }];
        let bounds = worst_case(&strata, &[unit(100.0)], 0.95).expect("all are there");
        assert!((bounds.lowest - 0.2).abs() < 1e-12 && (bounds.highest - 160.0 / 300.0).abs() < 1e-12);
        assert_eq!(bounds.margin, 0.0);
        assert_eq!(worst_case(&[Stratum { population: 3, pairs: vec![] }], &[], 0.95), None);
    }

    proptest! {
        #[test]
        fn whatever_arrives_lies_within(
            units in proptest::collection::vec((0u32..300, 0u32..300), 6..40),
            seen in 3usize..6,
            more in 0u64..50,
        ) {
            let pairs: Vec<(f64, f64)> = units.iter().map(|&(a, b)| (f64::from(a), f64::from(a + b + 1))).collect();
            let population = pairs.len() as u64 + more;
            let whole = combined_ratio(&[Stratum { population, pairs: pairs.clone() }]).expect("units");
            let missing: Vec<Missing> = (seen..pairs.len()).map(|_| unit(600.0)).collect();
            let part = [Stratum { population, pairs: pairs[..seen].to_vec() }];
            let bounds = worst_case(&part, &missing, 0.95).expect("units");
            prop_assert!(bounds.lowest <= whole.ratio + 1e-12 && whole.ratio <= bounds.highest + 1e-12);
        }
    }
}
