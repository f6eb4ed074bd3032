//! Normal laws cut off outside 0 to 1, and evenly spread points to integrate over them.

use statrs::distribution::{ContinuousCDF, Normal};

use crate::normal_upper;

/// A normal law with mean `mean` and standard deviation `sd`, conditioned on 0 to 1.
#[derive(Debug, Clone, Copy)]
pub struct TruncatedNormal {
    mean: f64,
    sd: f64,
    below: f64,
    inside: f64,
}

impl TruncatedNormal {
    /// The law; `None` where `sd` is not above zero or practically nothing of the normal lies in 0 to 1.
    pub fn new(mean: f64, sd: f64) -> Option<Self> {
        let below = normal_upper(mean / sd);
        let inside = 1.0 - below - normal_upper((1.0 - mean) / sd);
        (sd > 0.0 && inside > 1e-9).then_some(Self { mean, sd, below, inside })
    }

    /// The value below which lies the fraction `level` of the law: mean + sd * Phi^-1(Phi(low) + level * inside).
    pub fn quantile(&self, level: f64) -> f64 {
        let standard = Normal::standard().inverse_cdf((self.below + level * self.inside).clamp(1e-300, 1.0 - 1e-16));
        (self.mean + self.sd * standard).clamp(0.0, 1.0)
    }
}

/// Points that fill the unit cube evenly: coordinate j of point i is the fraction of 1/2 + i g^-j, where g is the
/// positive root of g^(d+1) = g + 1 (d = 3: g = 1.2207440846). Sums over them replace random simulation: their error
/// falls nearly like 1/n, and they are the same on every machine.
#[derive(Debug, Clone, Copy)]
pub struct Kronecker {
    steps: [f64; 3],
}

impl Default for Kronecker {
    fn default() -> Self {
        // Newton's fixed point of g = (1 + g)^(1/4) converges by a factor of 7 a step.
        let root = (0..60).fold(1.2f64, |g, _| (1.0 + g).powf(0.25));
        Self { steps: [1.0 / root, 1.0 / (root * root), 1.0 / (root * root * root)] }
    }
}

impl Kronecker {
    /// Point `index`.
    pub fn point(&self, index: u32) -> [f64; 3] {
        self.steps.map(|step| (0.5 + f64::from(index) * step).fract())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_scipy_truncnorm() {
        let law = TruncatedNormal::new(0.561, 0.0698).expect("a law");
        for (level, expected) in
            [(0.01, 0.398_620_918_387_777_3), (0.5, 0.560_999_999_986_06), (0.99, 0.723_379_081_194_899_6)]
        {
            assert!((law.quantile(level) - expected).abs() < 1e-9, "{level}: {}", law.quantile(level));
        }
        let half = TruncatedNormal::new(0.0, 0.4).expect("a law");
        assert!((half.quantile(0.5) - 0.265_900_464_203_389_9).abs() < 1e-9);
        assert!(TruncatedNormal::new(0.5, 0.0).is_none());
        assert!(TruncatedNormal::new(90.0, 0.1).is_none());
    }

    #[test]
    fn even_points_integrate_a_product() {
        let points = Kronecker::default();
        let sum: f64 = (0..4096).map(|i| points.point(i).iter().product::<f64>()).sum();
        // The integral of xyz over the unit cube is 1/8.
        assert!((sum / 4096.0 - 0.125).abs() < 2e-3, "{}", sum / 4096.0);
    }
}
