//! Tails of the normal and the chi-square distribution.

use statrs::{
    distribution::{ChiSquared, ContinuousCDF},
    function::erf::erfc,
};

/// P(Z >= x) for a standard normal Z.
pub fn normal_upper(x: f64) -> f64 {
    0.5 * erfc(x / std::f64::consts::SQRT_2)
}

/// The density of a standard normal at `x`.
pub(crate) fn normal_density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// P(X >= x) for a chi-square X; `None` without degrees of freedom.
pub fn chi_square_upper(x: f64, degrees: u32) -> Option<f64> {
    ChiSquared::new(f64::from(degrees)).ok().map(|law| law.sf(x.max(0.0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.norm.sf and chi2.sf
        let normal = [
            (0.0, 0.5),
            (1.0, 0.158_655_253_931_457_07),
            (3.0, 0.001_349_898_031_630_093_3),
            (8.0, 6.22096057427174e-16),
        ];
        for (x, expected) in normal {
            assert!((normal_upper(x) / expected - 1.0).abs() < 1e-9, "{x}");
        }
        let chi_square =
            [(9.0, 0.437_274_188_913_866_93), (16.919, 0.049_999_640_848_349_826), (60.0, 1.340_678_048_395_962_5e-9)];
        for (x, expected) in chi_square {
            let got = chi_square_upper(x, 9).expect("nine degrees");
            assert!((got / expected - 1.0).abs() < 1e-9, "{x}: {got}");
        }
        assert_eq!(chi_square_upper(1.0, 0), None);
    }
}
