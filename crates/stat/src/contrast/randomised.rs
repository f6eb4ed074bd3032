//! Randomisation inference where the design is known: the difference of means, studentised within strata, under assignments
//! drawn again.
//!
//! With H strata of n_h clusters in which both sides occur, and the mean outcome of a cluster's units as its outcome y,
//!
//! ```text
//! D = sum_h n_h/n (mean_1h - mean_0h),   v = sum_h (n_h/n)^2 (s_1h^2/m_1h + s_0h^2/m_0h),   t = D/sqrt(v)
//! ```
//!
//! A side of one cluster has no variance of its own and takes the other side's; strata with one cluster on each side share
//! the variance of their differences. Under the sharp null every outcome is what it would have been under any assignment,
//! so the p-value (1 + #{t* >= t})/(1 + draws) is valid for every sample size (R. A. Fisher, *The Design of Experiments*,
//! 1935; A. S. Gerber and D. P. Green, *Field Experiments*, 2012, chapter 3); studentised it is also, in large samples,
//! valid where effects differ and only their mean is 0 (J. Wu and P. Ding, JASA 116, 2021).
//!
//! The interval is Fisher's: all constant effects b for which the test does not reject once b is taken off the treated,
//! with the same draws for every b. What reaches from treated units to others is against the assumption; see `exposure`.

use super::{
    Design,
    error::{ContrastError, finite, proper_level, same_length},
};
use crate::Stream;

/// What a randomisation test found.
#[derive(Debug, Clone, PartialEq)]
pub struct RandomisationTest {
    /// D, the mean over clusters in the unit of the outcomes.
    pub estimate: f64,
    /// sqrt(v), its estimated standard error.
    pub standard_error: f64,
    /// Clusters in strata with both sides.
    pub clusters: usize,
    /// Clusters in strata where all or none are treated: they say nothing.
    pub left_out: usize,
    /// P-value against an effect above 0.
    pub greater: f64,
    /// P-value against an effect below 0.
    pub less: f64,
    /// P-value against either: twice the smaller, at most 1.
    pub two_sided: f64,
    observed: Quadratic,
    drawn: Vec<Quadratic>,
}

/// D and v of an assignment as functions of the effect b that is taken off: `D = d - b e`, `v = v0 - 2 b v1 + b^2 v2`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Quadratic {
    d: f64,
    e: f64,
    v: [f64; 3],
}

impl Quadratic {
    fn at(&self, effect: f64) -> f64 {
        let difference = self.d - effect * self.e;
        let variance = self.v[0] - 2.0 * effect * self.v[1] + effect * effect * self.v[2];
        // What is left of a variance of which nearly all is taken away is rounding.
        let size = self.v[0] + effect * effect * self.v[2];
        if variance > 1e-12 * size && variance > 0.0 {
            difference / variance.sqrt()
        } else if difference.abs() <= 1e-9 * (self.d.abs() + (effect * self.e).abs()) {
            0.0
        } else {
            difference.signum() * f64::INFINITY
        }
    }
}

/// A number is at least another, or it is rounding that it is not.
fn reaches(a: f64, b: f64) -> bool {
    a >= b || (a - b).abs() <= 1e-9 * b.abs().max(1.0)
}

/// Tests outcomes under a design: `assignment` says which units were treated, `draws` (at least 1) assignments are drawn
/// from `stream`.
///
/// Fails for columns of other lengths than the design, an outcome that is not finite, an assignment that the design cannot
/// give, no draws, and where no stratum has both sides. Costs the draws times the treated clusters; 48 bytes a draw.
pub fn randomisation_test(
    design: &Design,
    assignment: &[bool],
    outcomes: &[f64],
    draws: usize,
    stream: &mut Stream,
) -> Result<RandomisationTest, ContrastError> {
    same_length(design.units(), outcomes.len())?;
    finite(outcomes)?;
    let treated = design.treated_clusters(assignment)?;
    if draws == 0 {
        return Err(ContrastError::Parameter("draws"));
    }
    let frame = Frame::new(design, &treated, outcomes);
    if frame.clusters == 0 {
        return Err(ContrastError::Empty);
    }
    let own: Vec<Vec<usize>> = design
        .strata()
        .iter()
        .map(|stratum| stratum.clusters.iter().copied().filter(|&cluster| treated[cluster]).collect())
        .collect();
    let observed = frame.statistic(own.iter().map(Vec::as_slice).enumerate());
    let mut source = design.draws(stream);
    let drawn: Vec<Quadratic> = (0..draws).map(|_| frame.statistic(source.next_clusters())).collect();
    let mut test = RandomisationTest {
        estimate: observed.d,
        standard_error: observed.v[0].max(0.0).sqrt(),
        clusters: frame.clusters,
        left_out: design.clusters() - frame.clusters,
        greater: 1.0,
        less: 1.0,
        two_sided: 1.0,
        observed,
        drawn,
    };
    (test.greater, test.less) = (test.p_at(0.0, 1.0), test.p_at(0.0, -1.0));
    test.two_sided = (2.0 * test.greater.min(test.less)).min(1.0);
    Ok(test)
}

impl RandomisationTest {
    /// The one-sided p-value of the constant effect `effect`, upward for `side` 1 and downward for -1.
    fn p_at(&self, effect: f64, side: f64) -> f64 {
        // Taken off the treated, the effect moves D alone: both sides keep their variances.
        let still = Quadratic { d: self.observed.d - effect, e: 0.0, v: [self.observed.v[0], 0.0, 0.0] };
        let observed = side * still.at(0.0);
        let count = self.drawn.iter().filter(|drawn| reaches(side * drawn.at(effect), observed)).count();
        (1 + count) as f64 / (1 + self.drawn.len()) as f64
    }

    /// The two-sided interval of that level for a constant effect: from the estimate outward to where the one-sided test
    /// first rejects at (1 - level)/2, in steps that double and then by halving; infinite where it never does. Fails for a
    /// level that is not above 0 and below 1. Costs about a hundred times the draws.
    pub fn interval(&self, level: f64) -> Result<(f64, f64), ContrastError> {
        proper_level(level)?;
        let tail = (1.0 - level) / 2.0;
        let scale = if self.standard_error > 0.0 { self.standard_error } else { self.estimate.abs().max(1.0) };
        let end = |side: f64| {
            // Against effects below the estimate speaks the upper tail, and the other way round.
            let rejects = |distance: f64| self.p_at(self.estimate - side * distance, side) <= tail;
            let (mut inside, mut outside) = (0.0, 0.5 * scale);
            while !rejects(outside) {
                (inside, outside) = (outside, 2.0 * outside);
                if outside > 1e9 * scale {
                    return -side * f64::INFINITY;
                }
            }
            for _ in 0..50 {
                let middle = f64::midpoint(inside, outside);
                if rejects(middle) { outside = middle } else { inside = middle }
            }
            self.estimate - side * inside
        };
        Ok((end(1.0), end(-1.0)))
    }
}

/// What does not change from one assignment to another.
struct Frame {
    /// For each cluster its outcome less the mean of its stratum, and whether it was treated.
    values: Vec<[f64; 2]>,
    strata: Vec<StratumSums>,
    /// Clusters in strata with both sides.
    clusters: usize,
}

struct StratumSums {
    count: f64,
    treated: f64,
    sums: Sums,
}

/// Sums of y, z, y y, y z, z z.
type Sums = [f64; 5];

fn sums_of<'v>(values: impl Iterator<Item = &'v [f64; 2]>) -> Sums {
    values.fold([0.0; 5], |[y, z, yy, yz, zz], &[a, b]| [y + a, z + b, yy + a * a, yz + a * b, zz + b * b])
}

/// Of the sums of `count` clusters: mean y, mean z, and the variances and the covariance with count - 1.
fn moments([y, z, yy, yz, zz]: Sums, count: f64) -> ([f64; 2], Option<[f64; 3]>) {
    let (my, mz) = (y / count, z / count);
    let spread = |sum: f64, mean: f64, other: f64| (sum - mean * other) / (count - 1.0);
    ([my, mz], (count > 1.0).then(|| [spread(yy, my, y), spread(yz, my, z), spread(zz, mz, z)]))
}

impl Frame {
    fn new(design: &Design, treated: &[bool], outcomes: &[f64]) -> Self {
        let mut values = vec![[0.0; 2]; design.clusters()];
        let mut sizes = vec![0.0; design.clusters()];
        for (&cluster, &outcome) in design.cluster_of().iter().zip(outcomes) {
            values[cluster][0] += outcome;
            sizes[cluster] += 1.0;
        }
        for ((value, size), &treated) in values.iter_mut().zip(sizes).zip(treated) {
            *value = [value[0] / size, f64::from(u8::from(treated))];
        }
        let (mut strata, mut clusters) = (Vec::new(), 0);
        for stratum in design.strata() {
            let count = stratum.clusters.len() as f64;
            let mean = stratum.clusters.iter().map(|&cluster| values[cluster][0]).sum::<f64>() / count.max(1.0);
            stratum.clusters.iter().for_each(|&cluster| values[cluster][0] -= mean);
            let sums = sums_of(stratum.clusters.iter().map(|&cluster| &values[cluster]));
            strata.push(StratumSums { count, treated: stratum.treated as f64, sums });
            if stratum.treated > 0 && stratum.treated < stratum.clusters.len() {
                clusters += stratum.clusters.len();
            }
        }
        Self { values, strata, clusters }
    }

    /// D and v where these clusters of each stratum are treated.
    fn statistic<'c>(&self, treated: impl Iterator<Item = (usize, &'c [usize])>) -> Quadratic {
        let (mut of, mut singles, mut count) = (Quadratic::default(), [0.0; 5], 0.0);
        for (number, clusters) in treated {
            let stratum = &self.strata[number];
            let (with, without) = (stratum.treated, stratum.count - stratum.treated);
            if with == 0.0 || without == 0.0 {
                continue;
            }
            let sums = sums_of(clusters.iter().map(|&cluster| &self.values[cluster]));
            let mut rest = stratum.sums;
            rest.iter_mut().zip(sums).for_each(|(all, part)| *all -= part);
            let ((mean, spread), (other, other_spread)) = (moments(sums, with), moments(rest, without));
            let weight = stratum.count / self.clusters as f64;
            let [d, e] = [0, 1].map(|at| weight * (mean[at] - other[at]));
            of.d += d;
            of.e += e;
            match (spread.or(other_spread), other_spread.or(spread)) {
                (Some(spread), Some(other)) => {
                    for (v, (one, two)) in of.v.iter_mut().zip(spread.iter().zip(other)) {
                        *v += weight * weight * (one / with + two / without);
                    }
                }
                _ => {
                    let own = sums_of(std::iter::once(&[d, e]));
                    singles.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
                    count += 1.0;
                }
            }
        }
        if let (_, Some(spread)) = moments(singles, count) {
            of.v.iter_mut().zip(spread).for_each(|(v, spread)| *v += count * spread);
        }
        of
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::{binomial_at_least, stream};

    const Y: [f64; 10] = [4.1, 2.2, 3.7, 5.0, 2.9, 7.7, 6.1, 8.3, 5.4, 6.6];
    const Z: [bool; 10] = [true, false, false, true, false, true, false, true, false, false];

    fn two_strata() -> Design {
        Design::within(&[1, 1, 1, 1, 1, 2, 2, 2, 2, 2], &BTreeMap::from([(1, 2), (2, 2)])).expect("a design")
    }

    #[test]
    fn two_strata_agree_with_the_list_of_all_assignments() {
        // Means 4.55 and 8.8/3 in the first stratum, 8.0 and 18.1/3 in the second, each with weight 1/2.
        let test = randomisation_test(&two_strata(), &Z, &Y, 40_000, &mut stream(1, "draws", 0)).expect("a test");
        assert!((test.estimate - (4.55 - 8.8 / 3.0 + 8.0 - 18.1 / 3.0) / 2.0).abs() < 1e-12);
        // All 10 x 10 assignments with numpy: t = D/sqrt(v) as above, var(ddof=1); share of t* >= t - 1e-9, of t* <= t +
        // 1e-9, and the standard error. The draws are 40,000: five standard errors, sqrt(.04 .96/40000) = .00098.
        assert!((test.standard_error - 0.38774633747106146).abs() < 1e-12, "{}", test.standard_error);
        assert!((test.greater - 0.01).abs() < 0.005, "{}", test.greater);
        assert!((test.less - 1.0).abs() < 0.005, "{}", test.less);
        // The constant effects at which the share in the list falls from .11 to .10, by scanning in steps of .0005: where
        // it passes the .105 of a level of .79.
        let (low, high) = test.interval(0.79).expect("a level");
        assert!((low - 1.1804).abs() < 0.002 && (high - 2.3481).abs() < 0.002, "{low} {high}");
    }

    #[test]
    fn pairs_share_the_variance_of_their_differences() {
        // Strata of two: differences 3, 1, 2 of weight 1/3: v = 3 var(1, 1/3, 2/3) = 3 (1/9 + 0 + 1/9)/2 = 1/3.
        let design = Design::within(&[1, 1, 2, 2, 3, 3, 4], &BTreeMap::from([(1, 1), (2, 1), (3, 1), (4, 1)]))
            .expect("a design");
        let assignment = [true, false, false, true, true, false, true];
        let test = randomisation_test(
            &design,
            &assignment,
            &[4.0, 1.0, 5.0, 6.0, 2.0, 0.0, 99.0],
            4_000,
            &mut stream(1, "draws", 0),
        );
        let test = test.expect("a test");
        assert!((test.estimate - 2.0).abs() < 1e-12 && (test.standard_error - (1.0f64 / 3.0).sqrt()).abs() < 1e-12);
        assert_eq!((test.clusters, test.left_out), (6, 1));
        // Only one of the eight assignments gives as much: sd sqrt(1/8 7/8/4000) = .0052.
        assert!((test.greater - 0.125).abs() < 0.027, "{}", test.greater);
        assert_eq!(test.interval(0.9), Ok((f64::NEG_INFINITY, f64::INFINITY)));
    }

    #[test]
    fn what_was_not_randomised_so_is_refused() {
        let run = |assignment: &[bool], outcomes: &[f64], draws| {
            randomisation_test(&two_strata(), assignment, outcomes, draws, &mut stream(1, "draws", 0)).err()
        };
        assert_eq!(run(&Z, &Y, 9), None);
        assert_eq!(run(&Z, &Y[1..], 9), Some(ContrastError::Lengths { expected: 10, found: 9 }));
        assert_eq!(run(&[false; 10], &Y, 9), Some(ContrastError::NotOfTheDesign(0)));
        assert_eq!(run(&Z, &[f64::NAN; 10], 9), Some(ContrastError::NotFinite(0)));
        assert_eq!(run(&Z, &Y, 0), Some(ContrastError::Parameter("draws")));
        let nobody = Design::complete(3, 0).expect("a design");
        let empty = randomisation_test(&nobody, &[false; 3], &[1.0; 3], 9, &mut stream(1, "draws", 0));
        assert_eq!(empty.err(), Some(ContrastError::Empty));
    }

    /// Of `runs` drawn experiments with this effect: how often p is at most 1/10, and how often the 80 % interval holds the
    /// effect. Clusters of three units that are alike, in two strata of different level, 6 of 14 and 4 of 10 treated.
    fn run(runs: u64, effect: f64) -> (u64, u64) {
        let unit = |cluster: u32| [cluster; 3];
        let clusters: Vec<u32> = (0..24).flat_map(unit).collect();
        let strata: Vec<u32> = clusters.iter().map(|&cluster| u32::from(cluster >= 14)).collect();
        let design = Design::clustered(&strata, &clusters, &BTreeMap::from([(0, 6), (1, 4)])).expect("a design");
        let (mut alarms, mut covered) = (0, 0);
        for number in 0..runs {
            let mut own = stream(7, "experiments", number);
            let mut assignment = Vec::new();
            design.draws(&mut own).next_into(&mut assignment);
            let levels: Vec<f64> =
                (0..24).map(|cluster| own.gamma(1.0) + if cluster < 14 { 0.0 } else { 5.0 }).collect();
            let outcomes: Vec<f64> = clusters
                .iter()
                .zip(&assignment)
                .map(|(&cluster, &treated)| {
                    levels[cluster as usize] + 0.3 * own.normal() + effect * f64::from(u8::from(treated))
                })
                .collect();
            let test = randomisation_test(&design, &assignment, &outcomes, 199, &mut own).expect("a test");
            alarms += u64::from(test.two_sided <= 0.1);
            let (low, high) = test.interval(0.8).expect("a level");
            covered += u64::from(low <= effect && effect <= high);
        }
        (alarms, covered)
    }

    #[test]
    fn alarms_and_intervals_keep_their_rates() {
        // 300 experiments: both counts are binomial, with probabilities 1/10 and 8/10 (of 200 ranks 10 on either side are
        // at most .05, 20 at most .1). Neither tail may be below 1/1000.
        let tails = |k: u64, p: f64| binomial_at_least(k, 300, p).min(1.0 - binomial_at_least(k + 1, 300, p));
        let (alarms, covered) = run(300, 0.0);
        assert!(tails(alarms, 0.1) > 1e-3 && tails(covered, 0.8) > 1e-3, "{alarms} {covered}");
        let (alarms, covered) = run(300, 2.0);
        assert!(tails(covered, 0.8) > 1e-3, "{covered}");
        // An effect of twice the spread is seen nearly always.
        assert!(alarms > 285, "{alarms}");
    }

    proptest! {
        #[test]
        fn levels_of_strata_and_names_of_units_do_not_matter(
            outcomes in proptest::collection::vec(-9i32..9, 10), level in -50i32..50
        ) {
            let of = |outcomes: &[f64], assignment: &[bool]| {
                randomisation_test(&two_strata(), assignment, outcomes, 99, &mut stream(1, "laws", 0)).expect("a test")
            };
            let outcomes: Vec<f64> = outcomes.into_iter().map(f64::from).collect();
            let plain = of(&outcomes, &Z);
            prop_assert!(plain.greater > 0.0 && plain.less > 0.0 && plain.two_sided <= 1.0);
            prop_assert!(plain.greater + plain.less >= 1.0 + 1.0 / 100.0 - 1e-12);
            let level = |at: usize| if at < 5 { f64::from(level) } else { 0.0 };
            let raised: Vec<f64> = outcomes.iter().enumerate().map(|(at, y)| y + level(at)).collect();
            let raised = of(&raised, &Z);
            prop_assert!((raised.estimate - plain.estimate).abs() < 1e-9);
            prop_assert_eq!((raised.greater, raised.less), (plain.greater, plain.less));
            // Turned round, what was above is below, by the same draws.
            let turned: Vec<f64> = outcomes.iter().map(|y| -y).collect();
            prop_assert_eq!(of(&turned, &Z).greater, plain.less);
            // Units of a stratum with their outcomes in another order.
            let order = [4, 2, 0, 1, 3, 6, 5, 9, 8, 7];
            let renamed = of(&order.map(|at: usize| outcomes[at]), &order.map(|at: usize| Z[at]));
            prop_assert!((renamed.estimate - plain.estimate).abs() < 1e-9);
            prop_assert!((renamed.standard_error - plain.standard_error).abs() < 1e-9);
        }
    }
}
