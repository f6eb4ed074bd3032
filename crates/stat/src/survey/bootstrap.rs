//! The bootstrap within strata.

use super::Stratum;
use crate::{Stream, quantile};

/// The percentile interval of the combined ratio by the rescaled bootstrap within strata (Rao and Wu 1988): of the n observed units of
/// a stratum n - 1 are drawn with replacement, and a unit drawn r times gets the weight
///
/// ```text
/// N/n (1 - c + c n/(n - 1) r),   c = sqrt(1 - n/N)
/// ```
///
/// which gives the usual variance, finite population correction included, also where n is 2. `None` where a stratum has fewer than
/// two of several units, or no denominator was observed, or `draws` is 0.
pub fn bootstrap_ratio(strata: &[Stratum], level: f64, draws: usize, stream: &mut Stream) -> Option<(f64, f64)> {
    let unfit = |stratum: &&Stratum| stratum.population > 1 && stratum.pairs.len() < 2;
    if strata.iter().find(unfit).is_some() {
        return None;
    }
    let mut ratios = Vec::with_capacity(draws);
    let mut times = Vec::new();
    for _ in 0..draws {
        let (mut top, mut bottom) = (0.0, 0.0);
        for stratum in strata.iter().filter(|stratum| !stratum.pairs.is_empty()) {
            let (seen, all) = (stratum.pairs.len(), stratum.population as f64);
            let n = seen as f64;
            let scale = (1.0 - n / all).max(0.0).sqrt();
            times.clear();
            times.resize(seen, 0.0f64);
            (1..seen).for_each(|_| times[stream.below(seen)] += 1.0);
            let by_draw = if seen > 1 { n / (n - 1.0) } else { 1.0 };
            for (pair, times) in stratum.pairs.iter().zip(&times) {
                let weight = all / n * (1.0 - scale + scale * by_draw * times);
                top += weight * pair.0;
                bottom += weight * pair.1;
            }
        }
        if bottom > 0.0 {
            ratios.push(top / bottom);
        }
    }
    Some((quantile(&ratios, 0.5 - level / 2.0)?, quantile(&ratios, 0.5 + level / 2.0)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{stream, survey::combined_ratio};

    #[test]
    fn it_agrees_with_the_formula_where_both_hold() {
        let unit = |i: u32| (f64::from(100 + i * 37 % 90), f64::from(250 + i * 53 % 120));
        let of = |population, from: u32, to: u32| Stratum { population, pairs: (from..to).map(unit).collect() };
        let strata = [of(400, 0, 60), of(90, 60, 105), of(30, 105, 135)];
        let (low, high) = bootstrap_ratio(&strata, 0.95, 4_000, &mut stream(1, "bootstrap", 0)).expect("units");
        let margin = combined_ratio(&strata).expect("units").margin(0.95);
        assert!(((high - low) / 2.0 / margin - 1.0).abs() < 0.05, "{low} {high} {margin}");
        // A stratum taken whole adds nothing.
        let whole = [of(30, 105, 135)];
        let (low, high) = bootstrap_ratio(&whole, 0.95, 50, &mut stream(1, "bootstrap", 1)).expect("units");
        assert!((high - low).abs() < 1e-12);
        let single = [Stratum { population: 2, pairs: vec![(1.0, 2.0)] }];
        assert_eq!(bootstrap_ratio(&single, 0.95, 50, &mut stream(1, "bootstrap", 2)), None);
    }
}
