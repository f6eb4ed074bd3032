//! Counts of K kinds whose shares differ from one unit to the next: the Dirichlet-multinomial distribution,
//!
//! ```text
//! P(x | a) = N! / prod x_k!  *  G(a0) / G(N + a0)  *  prod G(x_k + a_k) / G(a_k),    N = sum x_k,  a0 = sum a_k,
//! ```
//!
//! and its parameters from many units, by Newton's method in ln a. A normal distribution around the logarithms of given
//! parameters draws small groups towards those of the larger one that they belong to.

use crate::{digamma, ln_factorial, ln_gamma, tetragamma, trigamma};

/// The most steps of Newton's method.
const MOST_STEPS: usize = 60;
/// The largest step in the logarithm of a parameter.
const LONGEST_STEP: f64 = 1.0;
/// A step below which the parameters are found.
const SHORTEST_STEP: f64 = 1e-7;
/// How near the mean of a logit, and the ratio of its variance, are brought to what is asked for.
pub const LOGIT_ACCURACY: f64 = 1e-6;
/// The range of the logarithms of parameters.
const RANGE: (f64, f64) = (-12.0, 14.0);

/// The distribution of counts of K kinds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DirichletMultinomial<const K: usize> {
    alpha: [f64; K],
    total: f64,
    /// ln G(a0) - sum ln G(a_k).
    constant: f64,
}

/// Where parameters are expected: normal in their logarithms.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior<const K: usize> {
    /// The parameters in the middle.
    pub alpha: [f64; K],
    /// The standard deviation of their logarithms.
    pub spread: f64,
}

/// ln of the probability of any counts where all counts of N things of three kinds are equally likely: there are
/// (N + 1)(N + 2)/2 of them. It is `P(x | 1, 1, 1)`.
pub fn ln_uniform(total: u32) -> f64 {
    let total = f64::from(total);
    std::f64::consts::LN_2 - (total + 1.0).ln() - (total + 2.0).ln()
}

impl<const K: usize> DirichletMultinomial<K> {
    /// The distribution with these parameters, all above 0.
    pub fn new(alpha: [f64; K]) -> Self {
        let total: f64 = alpha.iter().sum();
        let constant = ln_gamma(total) - alpha.iter().map(|&a| ln_gamma(a)).sum::<f64>();
        Self { alpha, total, constant }
    }

    /// The parameters.
    pub fn alpha(&self) -> [f64; K] {
        self.alpha
    }

    /// ln P(x).
    pub fn ln_probability(&self, counts: &[u32; K]) -> f64 {
        let total: u32 = counts.iter().sum();
        let start = self.constant + ln_factorial(total) - ln_gamma(f64::from(total) + self.total);
        let of_kind = |(&x, &a): (&u32, &f64)| ln_gamma(f64::from(x) + a) - ln_factorial(x);
        start + counts.iter().zip(&self.alpha).map(of_kind).sum::<f64>()
    }

    /// The parameters under which weighted counts, and the prior, are likeliest. `None` where nothing weighs anything.
    pub fn fit(counts: &[[u32; K]], weights: &[f64], prior: Option<&Prior<K>>, start: [f64; K]) -> Option<Self> {
        if weights.iter().all(|&weight| weight <= 0.0) {
            return None;
        }
        let precision = prior.map_or(0.0, |prior| 1.0 / (prior.spread * prior.spread));
        let mut theta = start.map(|a| a.ln().clamp(RANGE.0, RANGE.1));
        for _ in 0..MOST_STEPS {
            let slope = Slope::at(counts, weights, theta.map(f64::exp));
            let centre = prior.map_or(theta, |prior| prior.alpha.map(f64::ln));
            let step = slope.step(&theta, &centre, precision);
            let mut longest = 0.0_f64;
            for (theta, step) in theta.iter_mut().zip(step) {
                let before = *theta;
                *theta = (*theta + step.clamp(-LONGEST_STEP, LONGEST_STEP)).clamp(RANGE.0, RANGE.1);
                longest = longest.max((*theta - before).abs());
            }
            if longest < SHORTEST_STEP {
                break;
            }
        }
        Some(Self::new(theta.map(f64::exp)))
    }
}

impl DirichletMultinomial<2> {
    /// The beta-binomial distribution of which the logit of the proportion has a mean and a variance (above 0):
    ///
    /// ```text
    /// psi(a) - psi(b) = mean,   psi'(a) + psi'(b) = variance.
    /// ```
    ///
    /// With psi(a) near ln(a - 1/2) and psi'(a) near 1/(a - 1/2) the solution is near `a = 1/2 + (1 + e^mean)/variance`,
    /// `b = 1/2 + (1 + e^-mean)/variance`; from there Newton's method in ln a and ln b goes on until both equations hold to
    /// [`LOGIT_ACCURACY`]. A proportion so near 0 or 1, or so certain, that a or b would leave [1e-4, 1e8] gets the nearest that does not.
    pub fn of_logit(mean: f64, variance: f64) -> Self {
        let start = |odds: f64| (0.5 + (1.0 + odds) / variance).ln();
        let (mut ln_a, mut ln_b) = (start(mean.min(14.0).exp()), start((-mean).min(14.0).exp()));
        let (low, high) = (1e-4_f64.ln(), 1e8_f64.ln());
        for _ in 0..MOST_STEPS {
            let (a, b) = (ln_a.exp(), ln_b.exp());
            let (slope_a, slope_b) = (trigamma(a), trigamma(b));
            let (off, wide) = (digamma(a) - digamma(b) - mean, slope_a + slope_b - variance);
            if off.abs() < LOGIT_ACCURACY && wide.abs() < LOGIT_ACCURACY * variance {
                break;
            }
            let (first_a, first_b) = (slope_a * a, -slope_b * b);
            let (second_a, second_b) = (tetragamma(a) * a, tetragamma(b) * b);
            let determinant = first_a * second_b - first_b * second_a;
            let step_a = (first_b * wide - second_b * off) / determinant;
            let step_b = (second_a * off - first_a * wide) / determinant;
            ln_a = (ln_a + step_a.clamp(-LONGEST_STEP, LONGEST_STEP)).clamp(low, high);
            ln_b = (ln_b + step_b.clamp(-LONGEST_STEP, LONGEST_STEP)).clamp(low, high);
        }
        Self::new([ln_a.exp(), ln_b.exp()])
    }

    /// The likeliest number of the first kind among `total`, where both parameters are above 1; else the mean, rounded down.
    pub fn mode(&self, total: u32) -> u32 {
        let [a, b] = self.alpha;
        let part = if a > 1.0 && b > 1.0 { (a - 1.0) / (a + b - 2.0) } else { a / (a + b) };
        // P(k + 1) >= P(k) as long as (n - k)(k + a) >= (k + 1)(n - k - 1 + b), which is k + 1 <= (n + 1)(a - 1)/(a + b - 2).
        ((f64::from(total) + 1.0) * part).floor().min(f64::from(total)) as u32
    }
}

/// First and second derivatives of the weighted logarithm of the likelihood.
struct Slope<const K: usize> {
    alpha: [f64; K],
    first: [f64; K],
    /// Of each parameter alone; below 0.
    own: [f64; K],
    /// Common to all pairs; above 0.
    common: f64,
}

impl<const K: usize> Slope<K> {
    fn at(counts: &[[u32; K]], weights: &[f64], alpha: [f64; K]) -> Self {
        let total: f64 = alpha.iter().sum();
        let (psi, psi_total) = (alpha.map(digamma), digamma(total));
        let (tri, tri_total) = (alpha.map(trigamma), trigamma(total));
        let mut slope = Self { alpha, first: [0.0; K], own: [0.0; K], common: 0.0 };
        for (x, &weight) in counts.iter().zip(weights) {
            if weight <= 0.0 {
                continue;
            }
            let n = f64::from(x.iter().sum::<u32>()) + total;
            let shared = psi_total - digamma(n);
            slope.common += weight * (tri_total - trigamma(n));
            for k in 0..K {
                let raised = f64::from(x[k]) + alpha[k];
                slope.first[k] += weight * (digamma(raised) - psi[k] + shared);
                slope.own[k] += weight * (trigamma(raised) - tri[k]);
            }
        }
        slope
    }

    /// Newton's step in ln a: the matrix is diag(d) + z a a', inverted by the formula of Sherman and Morrison; where it is
    /// not negative definite the common part is left out.
    fn step(&self, theta: &[f64; K], centre: &[f64; K], precision: f64) -> [f64; K] {
        let mut slope = [0.0; K];
        let mut diagonal = [0.0; K];
        for k in 0..K {
            let first = self.alpha[k] * self.first[k];
            slope[k] = first - precision * (theta[k] - centre[k]);
            diagonal[k] = self.alpha[k] * self.alpha[k] * self.own[k] - precision - first.abs();
            if diagonal[k] > -1e-9 {
                diagonal[k] = -1e-9;
            }
        }
        let weighed: f64 = (0..K).map(|k| self.alpha[k] * self.alpha[k] / diagonal[k]).sum();
        let inner = 1.0 + self.common * weighed;
        let along: f64 = (0..K).map(|k| self.alpha[k] * slope[k] / diagonal[k]).sum();
        let share = if inner > 1e-9 { self.common * along / inner } else { 0.0 };
        std::array::from_fn(|k| -(slope[k] - share * self.alpha[k]) / diagonal[k])
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_scipy() {
        // python3 -c "from scipy.stats import dirichlet_multinomial as d
        // print(d.logpmf([3,4,5],[2.,1.5,0.7],12), d.logpmf([300,250,450],[20,15,33.],1000), d.logpmf([0,0,7],[1,1,1],7))"
        let cases = [
            ([3, 4, 5], [2.0, 1.5, 0.7], -4.890_542_882_251_554),
            ([300, 250, 450], [20.0, 15.0, 33.0], -10.053_688_080_935_899),
            ([0, 0, 7], [1.0, 1.0, 1.0], -3.583_518_938_456_109),
        ];
        for (counts, alpha, expected) in cases {
            let got = DirichletMultinomial::new(alpha).ln_probability(&counts);
            assert!((got - expected).abs() < 1e-10, "{counts:?}: {got}");
        }
        let uniform = DirichletMultinomial::new([1.0; 3]).ln_probability(&[10, 20, 70]);
        assert!((uniform - ln_uniform(100)).abs() < 1e-12);
    }

    #[test]
    fn all_probabilities_add_up_to_one() {
        let own = DirichletMultinomial::new([0.4, 2.5, 7.0]);
        let sum: f64 = (0..=20)
            .flat_map(|a| (0..=20 - a).map(move |b| [a, b, 20 - a - b]))
            .map(|counts| own.ln_probability(&counts).exp())
            .sum();
        assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    }

    fn likelihood(alpha: [f64; 3], counts: &[[u32; 3]]) -> f64 {
        let own = DirichletMultinomial::new(alpha);
        counts.iter().map(|counts| own.ln_probability(counts)).sum()
    }

    proptest! {
        #[test]
        fn no_parameters_nearby_are_likelier(counts in proptest::collection::vec([10u32..400, 10u32..400, 10u32..400], 12..40)) {
            let weights = vec![1.0; counts.len()];
            let fitted = DirichletMultinomial::fit(&counts, &weights, None, [5.0; 3]).expect("weights").alpha();
            let best = likelihood(fitted, &counts);
            for k in 0..3 {
                for factor in [0.98, 1.02] {
                    let mut other = fitted;
                    other[k] *= factor;
                    prop_assert!(likelihood(other, &counts) <= best + 1e-6, "{fitted:?}");
                }
            }
        }

        #[test]
        fn a_narrow_prior_decides(counts in proptest::collection::vec([10u32..400, 10u32..400, 10u32..400], 2..6)) {
            let prior = Prior { alpha: [3.0, 4.0, 5.0], spread: 1e-4 };
            let weights = vec![1.0; counts.len()];
            let fitted = DirichletMultinomial::fit(&counts, &weights, Some(&prior), [1.0; 3]).expect("weights").alpha();
            for (got, expected) in fitted.iter().zip([3.0, 4.0, 5.0]) {
                prop_assert!((got / expected - 1.0).abs() < 1e-2, "{fitted:?}");
            }
        }
    }

    #[test]
    fn a_logit_has_its_mean_and_variance() {
        for (mean, variance) in [(0.0, 0.1), (-3.0, 0.5), (2.0, 0.01), (-4.5, 2.0), (1.0, 6.0), (5.0, 1e-3)] {
            let [a, b] = DirichletMultinomial::of_logit(mean, variance).alpha();
            assert!((digamma(a) - digamma(b) - mean).abs() < 1e-5, "{mean} {variance}: {a} {b}");
            assert!(((trigamma(a) + trigamma(b)) / variance - 1.0).abs() < 1e-5, "{mean} {variance}: {a} {b}");
        }
    }

    #[test]
    fn the_mode_is_the_likeliest() {
        for (alpha, total) in [([3.0, 5.0], 51), ([20.5, 4.2], 311), ([1.5, 90.0], 700)] {
            let distribution = DirichletMultinomial::new(alpha);
            let likelier = |&a: &u32, &b: &u32| {
                distribution.ln_probability(&[a, total - a]).total_cmp(&distribution.ln_probability(&[b, total - b]))
            };
            assert_eq!((0..=total).max_by(likelier), Some(distribution.mode(total)));
        }
    }
}
