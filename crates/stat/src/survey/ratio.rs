//! The combined ratio estimator of a stratified sample without replacement.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// What was observed in one stratum of a probability sample.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Stratum {
    /// Units in the population.
    pub population: u64,
    /// Numerator and denominator of every unit observed; at most `population` of them, none negative.
    pub pairs: Vec<(f64, f64)>,
}

/// A ratio estimated from a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct RatioEstimate {
    /// The estimate.
    pub ratio: f64,
    /// Its estimated variance.
    pub variance: f64,
    /// Degrees of freedom of the variance: observed units less one for each stratum, strata taken whole left out. At least 1.
    pub freedom: f64,
    /// The denominators observed, added up.
    pub observed: f64,
    /// Strata in which one unit of several was observed: their variance is taken from a neighbour, and theirs, together.
    pub collapsed: Vec<usize>,
}

/// The combined ratio estimator (Cochran, *Sampling Techniques*, 6.11):
///
/// ```text
/// R = sum_h N_h a_h / sum_h N_h m_h                 a_h, m_h: means of the units observed in stratum h
/// e_i = a_i - R m_i
/// v = sum_h N_h^2 (1 - n_h/N_h) s_eh^2 / n_h / (sum_h N_h m_h)^2
/// ```
///
/// A stratum of which one unit of several was observed has no variance of its own. It is joined with the stratum before it (the
/// first with the one after it) for s^2 alone, which then includes the difference between the two and is too large rather than
/// too small; R is not touched.
///
/// `None` where a stratum has units and none was observed, where no denominator was observed, or where the only stratum has one
/// unit of several.
pub fn combined_ratio(strata: &[Stratum]) -> Option<RatioEstimate> {
    let filled: Vec<usize> = (0..strata.len()).filter(|&at| strata[at].population > 0).collect();
    let (mut top, mut bottom, mut observed) = (0.0, 0.0, 0.0);
    for &at in &filled {
        let stratum = &strata[at];
        if stratum.pairs.is_empty() {
            return None;
        }
        let weight = stratum.weight();
        let (a, m) = stratum.sums();
        top += weight * a;
        bottom += weight * m;
        observed += m;
    }
    if bottom <= 0.0 {
        return None;
    }
    let ratio = top / bottom;
    let collapsed: Vec<usize> = filled.iter().copied().filter(|&at| strata[at].is_single()).collect();
    let (mut variance, mut freedom) = (0.0, 0.0);
    for group in groups(&filled, strata) {
        let residuals: Vec<f64> = group.iter().flat_map(|&at| strata[at].residuals(ratio)).collect();
        if group.iter().all(|&at| strata[at].is_whole()) {
            continue;
        }
        let spread = sample_variance(&residuals)?;
        freedom += residuals.len() as f64 - 1.0;
        variance += group.iter().map(|&at| strata[at].variance_of_total(spread)).sum::<f64>();
    }
    let variance = variance / (bottom * bottom);
    Some(RatioEstimate { ratio, variance, freedom: freedom.max(1.0), observed, collapsed })
}

/// Strata by groups that share a variance: each by itself, but those with one unit joined to the group before, or the next.
fn groups(filled: &[usize], strata: &[Stratum]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let mut waits = false;
    for &at in filled {
        match groups.last_mut() {
            Some(last) if waits || strata[at].is_single() => last.push(at),
            _ => groups.push(vec![at]),
        }
        // The first has none before it: the next one that has several joins it.
        let alone = groups.len() == 1 && groups[0].iter().all(|&at| strata[at].pairs.len() < 2);
        waits = alone && groups[0].iter().any(|&at| strata[at].is_single());
    }
    groups
}

impl Stratum {
    fn weight(&self) -> f64 {
        self.population as f64 / self.pairs.len() as f64
    }

    pub(super) fn sums(&self) -> (f64, f64) {
        self.pairs.iter().fold((0.0, 0.0), |(a, m), pair| (a + pair.0, m + pair.1))
    }

    fn is_whole(&self) -> bool {
        self.pairs.len() as u64 >= self.population
    }

    fn is_single(&self) -> bool {
        self.pairs.len() == 1 && self.population > 1
    }

    fn residuals(&self, ratio: f64) -> impl Iterator<Item = f64> + '_ {
        self.pairs.iter().map(move |(a, m)| a - ratio * m)
    }

    /// N^2 (1 - n/N) s^2 / n.
    fn variance_of_total(&self, spread: f64) -> f64 {
        let (all, seen) = (self.population as f64, self.pairs.len() as f64);
        all * (all - seen).max(0.0) * spread / seen
    }
}

/// The variance with n - 1; `None` of fewer than two values.
pub(super) fn sample_variance(values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (values.len() > 1).then(|| squares / (count - 1.0))
}

/// The factor of Student's t for a two-sided interval of that level, above 0 and below 1; `freedom` is at least 1.
pub fn t_quantile(level: f64, freedom: f64) -> f64 {
    let level = level.clamp(1e-9, 1.0 - 1e-12);
    StudentsT::new(0.0, 1.0, freedom.max(1.0)).map_or(f64::INFINITY, |t| t.inverse_cdf(0.5 + level / 2.0))
}

impl RatioEstimate {
    /// Half the width of the two-sided interval of that level.
    pub fn margin(&self, level: f64) -> f64 {
        t_quantile(level, self.freedom) * self.variance.sqrt()
    }

    /// The interval of that level, cut at 0 and 1.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let margin = self.margin(level);
        ((self.ratio - margin).max(0.0), (self.ratio + margin).min(1.0))
    }

    /// The design effect: the variance over that of as many independent votes as were observed. `None` where the ratio is 0 or 1.
    pub fn design_effect(&self) -> Option<f64> {
        let independent = self.ratio * (1.0 - self.ratio) / self.observed;
        (independent > 0.0).then(|| self.variance / independent)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stratum(population: u64, pairs: &[(f64, f64)]) -> Stratum {
        Stratum { population, pairs: pairs.to_vec() }
    }

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-9 * expected.abs().max(1e-12), "{got}, expected {expected}");
    }

    fn three() -> Vec<Stratum> {
        vec![
            stratum(40, &[(120.0, 300.0), (90.0, 280.0), (150.0, 310.0), (80.0, 220.0)]),
            stratum(25, &[(200.0, 350.0), (170.0, 400.0), (210.0, 360.0)]),
            stratum(10, &[(30.0, 150.0), (45.0, 160.0)]),
        ]
    }

    #[test]
    fn as_independent_arithmetic_has_it() {
        // python3 - <<'E'
        // import numpy as np
        // from scipy.stats import t
        // S=[(40,[(120,300),(90,280),(150,310),(80,220)]),(25,[(200,350),(170,400),(210,360)]),(10,[(30,150),(45,160)])]
        // A=sum(N*np.mean([a for a,m in p]) for N,p in S); M=sum(N*np.mean([m for a,m in p]) for N,p in S); R=A/M
        // v=sum(N*N*(1-len(p)/N)*np.var([a-R*m for a,m in p],ddof=1)/len(p) for N,p in S)/M**2
        // n=sum(m for N,p in S for a,m in p); print(R,v,v/(R*(1-R)/n),t.ppf(.975,6)*v**.5)
        // E
        let got = combined_ratio(&three()).expect("every stratum has units");
        close(got.ratio, EXPECTED[0]);
        close(got.variance, EXPECTED[1]);
        close(got.design_effect().expect("not 0 or 1"), EXPECTED[2]);
        close(got.margin(0.95), EXPECTED[3]);
        assert_eq!((got.freedom, got.collapsed.len()), (6.0, 0));
    }

    const EXPECTED: [f64; 4] = [0.43873668188736686, 0.0006724041109768968, 6.90844453747495, 0.06345027436585189];

    #[test]
    fn one_unit_of_several_borrows_a_variance() {
        let mut strata = three();
        strata[0].pairs.truncate(1);
        let got = combined_ratio(&strata).expect("the next stratum has three");
        assert_eq!(got.collapsed, [0]);
        // Units 1 + 3 less one, and 2 less one.
        assert_eq!(got.freedom, 4.0);
        assert!(got.variance > combined_ratio(&three()).expect("units").variance);
        assert_eq!(combined_ratio(&strata[..1]), None);
        // One unit that is all there is needs no variance.
        assert!(combined_ratio(&[stratum(1, &[(1.0, 2.0)])]).is_some_and(|whole| whole.variance == 0.0));
        assert_eq!(combined_ratio(&[strata[1].clone(), stratum(5, &[])]), None);
    }

    proptest! {
        #[test]
        fn a_census_has_no_margin_and_sides_add_up(
            pairs in proptest::collection::vec((0u32..400, 0u32..400), 2..30),
            more in 0u64..100,
        ) {
            let of = |part: fn(u32, u32) -> u32| -> Vec<(f64, f64)> {
                pairs.iter().map(|&(a, b)| (f64::from(part(a, b)), f64::from(a + b + 1))).collect()
            };
            let (first, second) = (of(|a, _| a), of(|_, b| b + 1));
            let population = pairs.len() as u64 + more;
            let estimate = |pairs: &[(f64, f64)]| combined_ratio(&[stratum(population, pairs)]).expect("units");
            let (first, second) = (estimate(&first), estimate(&second));
            prop_assert!((first.ratio + second.ratio - 1.0).abs() < 1e-9);
            prop_assert!((first.variance - second.variance).abs() <= 1e-9 * first.variance.max(1e-12));
            prop_assert!(more > 0 || first.variance == 0.0);
        }
    }
}
