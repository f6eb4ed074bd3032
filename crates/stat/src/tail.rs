//! Tails of the normal, the chi-square, the gamma and the F distribution.

use statrs::{
    distribution::{ChiSquared, ContinuousCDF, Normal},
    function::{beta::beta_reg, erf::erfc},
};

use crate::ln_gamma;

/// P(Z >= x) for a standard normal Z.
pub fn normal_upper(x: f64) -> f64 {
    0.5 * erfc(x / std::f64::consts::SQRT_2)
}

/// The number that a standard normal Z is below with probability `level`, which lies between 0 and 1.
pub fn normal_quantile(level: f64) -> f64 {
    Normal::standard().inverse_cdf(level.clamp(1e-300, 1.0 - 1e-16))
}

/// ln P(Z >= x) for a standard normal Z, also where the probability itself is too small for a number: beyond 30 by
/// Laplace's continued fraction x + 1/(x + 2/(x + 3/(x + ...))) for the quotient of density and tail.
pub fn ln_normal_upper(x: f64) -> f64 {
    if x < 30.0 {
        return normal_upper(x).ln();
    }
    let fraction = (1..=8).rev().fold(x, |below, step| x + f64::from(step) / below);
    -0.5 * x * x - 0.5 * (2.0 * std::f64::consts::PI).ln() - fraction.ln()
}

/// ln P(X <= x) for X with the gamma distribution of shape `shape` and scale 1, also where the probability itself is
/// too small for a number. A chi-square number with k degrees of freedom is twice one of shape k/2.
///
/// ```text
/// P(X <= x) = x^a e^-x / G(a + 1)  (1 + x/(a + 1) + x^2/((a + 1)(a + 2)) + ...),
/// P(X > x) by Lentz's continued fraction
/// ```
///
/// The series is used up to the mean, where all its terms are positive and fall; the fraction beyond it.
pub fn ln_gamma_lower(x: f64, shape: f64) -> f64 {
    if x <= 0.0 || shape <= 0.0 {
        return if shape <= 0.0 { 0.0 } else { f64::NEG_INFINITY };
    }
    if x > shape + 1.0 {
        return (-gamma_upper(x, shape)).ln_1p();
    }
    let (mut sum, mut term, mut above) = (1.0, 1.0, shape);
    while term > 1e-17 * sum {
        above += 1.0;
        term *= x / above;
        sum += term;
    }
    (shape * x.ln() - x - ln_gamma(shape + 1.0) + f64::ln(sum)).min(0.0)
}

/// P(X > x) for x above the mean, by the continued fraction
/// x^a e^-x / G(a) / (x + 1 - a - 1 (1 - a)/(x + 3 - a - 2 (2 - a)/(x + 5 - a - ...))).
fn gamma_upper(x: f64, shape: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut below = x + 1.0 - shape;
    let (mut c, mut d) = (1.0 / TINY, 1.0 / below);
    let mut fraction = d;
    for step in 1..20_000 {
        let step = f64::from(step);
        let numerator = step * (shape - step);
        below += 2.0;
        d = (numerator * d + below).recip();
        c = below + numerator / c;
        if c.abs() < TINY {
            c = TINY;
        }
        let factor = d * c;
        fraction *= factor;
        if (factor - 1.0).abs() < 1e-15 {
            break;
        }
    }
    (shape * x.ln() - x - ln_gamma(shape)).exp() * fraction
}

/// The density of a standard normal at `x`.
pub(crate) fn normal_density(x: f64) -> f64 {
    (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// P(X >= x) for a chi-square X; `None` without degrees of freedom.
pub fn chi_square_upper(x: f64, degrees: u32) -> Option<f64> {
    ChiSquared::new(f64::from(degrees)).ok().map(|law| law.sf(x.max(0.0)))
}

/// The smallest probability that is told from none.
const SMALLEST: f64 = 1e-300;

/// ln P(X >= x) for X with the F distribution of `above` and `below` degrees of freedom, both positive:
/// `I_z(below/2, above/2)` with `z = below/(below + above x)`; no smaller than that of 1e-300.
pub fn ln_f_upper(x: f64, above: f64, below: f64) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return 0.0;
    }
    let z = below / (below + above * x);
    if z <= 0.0 { SMALLEST.ln() } else { beta_reg(below / 2.0, above / 2.0, z).clamp(SMALLEST, 1.0).ln() }
}

/// ln P(X >= x) for X with the gamma distribution of a whole `shape` and scale 1: that a Poisson number of mean `x` is
/// below `shape`, `sum over j < shape of e^-x x^j / j!`.
pub fn ln_gamma_upper(x: f64, shape: u32) -> f64 {
    if x.is_nan() || x <= 0.0 {
        return 0.0;
    }
    // From the largest of the terms downward and upward.
    let last = f64::from(shape.max(1)) - 1.0;
    let first = last.min(x.floor());
    let ln_mass = |j: f64| j * x.ln() - x - ln_gamma(j + 1.0);
    let (mut sum, mut term, mut j) = (1.0, 1.0, first);
    while j > 0.0 && term > 1e-17 * sum {
        term *= j / x;
        sum += term;
        j -= 1.0;
    }
    let (mut term, mut j) = (1.0, first);
    while j < last && term > 1e-17 * sum {
        j += 1.0;
        term *= x / j;
        sum += term;
    }
    (ln_mass(first) + f64::ln(sum)).min(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_of_f_and_of_gamma_agree_with_scipy() {
        // scipy.stats.f.logsf(x, above, below)
        for (x, above, below, expected) in [
            (0.5, 1.0, 2.0, -0.5927836007167083),
            (9.0, 1.0, 2.0, -2.348985469182403),
            (3.0, 7.0, 20.0, -3.678697580563383),
            (400.0, 1.0, 10.0, -19.959631154387736),
            (12.0, 30.0, 50.0, -30.910108691963266),
        ] {
            let got = ln_f_upper(x, above, below);
            assert!((got - expected).abs() < 1e-8 * expected.abs().max(1.0), "{x}: {got}");
        }
        // scipy.stats.gamma.logsf(x, shape); the last by adding up fractions: sum of 2000^j/j!, j < 100, its ln less
        // 2000
        for (x, shape, expected) in [
            (1.0, 1, -0.9999999999999997),
            (3.0, 5, -0.2042442184786843),
            (60.0, 20, -21.17709406181205),
            (900.0, 1000, -0.0005500535174143436),
            (2000.0, 100, -1606.5941221221888),
        ] {
            let got = ln_gamma_upper(x, shape);
            assert!((got - expected).abs() < 1e-8 * expected.abs().max(1.0), "{x}: {got}");
        }
        assert_eq!((ln_f_upper(0.0, 3.0, 4.0), ln_gamma_upper(0.0, 3)), (0.0, 0.0));
        assert!(ln_f_upper(f64::INFINITY, 3.0, 50.0).is_finite());
    }

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

    #[test]
    fn logarithms_of_tails_agree_with_scipy_and_mpmath() {
        // scipy.stats.norm.logsf
        for (x, expected) in [
            (-3.0, -0.00135080996474819),
            (1.0, -1.84102164500926),
            (29.9, -451.3229124585287),
            (30.1, -457.329564416382),
            (200.0, -20006.21728089819),
        ] {
            let got = ln_normal_upper(x);
            assert!((got - expected).abs() < 1e-9 * expected.abs().max(1.0), "{x}: {got}");
        }
        // python3 -c "from mpmath import *; mp.dps=30; print(log(gammainc(a, 0, x, regularized=True)))"
        for (x, shape, expected) in [
            (1.0, 20.0, -43.2869389287505),
            (0.5, 300.0, -1623.34834161144),
            (19.5, 20.0, -0.7239038617991155),
            (25.0, 20.0, -0.143379537186324),
            (60.0, 20.0, -6.35191834239632e-10),
            (2.0, 0.5, -0.0465679122923902),
            (1100.0, 1000.0, -0.00105988473336864),
        ] {
            let got = ln_gamma_lower(x, shape);
            assert!((got - expected).abs() < 1e-9 * expected.abs().max(1e-3), "{x} {shape}: {got}");
        }
    }
}
