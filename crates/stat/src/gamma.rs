//! The logarithm of the gamma function and its first two derivatives, for positive arguments.
//!
//! Arguments below 10 are raised by
//!
//! ```text
//! ln G(x) = ln G(x + 1) - ln x,   psi(x) = psi(x + 1) - 1/x,   psi'(x) = psi'(x + 1) + 1/x^2,
//! ```
//!
//! above it Stirling's series and its derivatives are used (Abramowitz and Stegun, 6.1.41, 6.3.18, 6.4.12), whose error is
//! below the first term left out.

/// From here on the series is used.
const LARGE: f64 = 10.0;

const HALF_LN_TWO_PI: f64 = 0.918_938_533_204_672_8;

/// ln G(x) for x > 0, to about 1e-13 of the larger of the value and 1.
pub fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut product) = (x, 1.0);
    while x < LARGE {
        product *= x;
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    // B_2k / (2k (2k - 1) x^(2k - 1)); with x >= 10 the next term is below 2e-15.
    let series = inverse
        * (1.0 / 12.0
            - square
                * (1.0 / 360.0
                    - square
                        * (1.0 / 1260.0
                            - square * (1.0 / 1680.0 - square * (1.0 / 1188.0 - square * (691.0 / 360_360.0))))));
    (x - 0.5) * x.ln() - x + HALF_LN_TWO_PI + series - product.ln()
}

/// psi(x), the derivative of ln G, for x > 0.
pub fn digamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < LARGE {
        below += 1.0 / x;
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = square
        * (1.0 / 12.0
            - square
                * (1.0 / 120.0
                    - square
                        * (1.0 / 252.0
                            - square * (1.0 / 240.0 - square * (1.0 / 132.0 - square * (691.0 / 32_760.0))))));
    x.ln() - 0.5 * inverse - series - below
}

/// psi'(x), the second derivative of ln G, for x > 0.
pub fn trigamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < LARGE {
        below += 1.0 / (x * x);
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = square
        * (1.0 / 6.0
            - square
                * (1.0 / 30.0
                    - square
                        * (1.0 / 42.0 - square * (1.0 / 30.0 - square * (5.0 / 66.0 - square * (691.0 / 2730.0))))));
    inverse * (1.0 + 0.5 * inverse + series) + below
}

/// psi''(x), the third derivative of ln G, for x > 0.
pub fn tetragamma(x: f64) -> f64 {
    let (mut x, mut below) = (x, 0.0);
    while x < LARGE {
        below += 2.0 / (x * x * x);
        x += 1.0;
    }
    let inverse = 1.0 / x;
    let square = inverse * inverse;
    let series = square
        * (0.5
            - square
                * (1.0 / 6.0
                    - square * (1.0 / 6.0 - square * (3.0 / 10.0 - square * (5.0 / 6.0 - square * (691.0 / 210.0))))));
    -(square + square * inverse + square * series) - below
}

#[cfg(test)]
mod tests {
    use super::*;

    /// python3 -c "from mpmath import *; mp.dps=25
    /// for x in (0.01,0.5,1,2.5,9.99,10,123.4,1e6): print(x, loggamma(x), digamma(x), psi(1,x))"
    const EXPECTED: [(f64, f64, f64, f64); 8] = [
        (0.01, 4.599479878042022, -100.56088545786866, 10001.621213528313),
        (0.5, 0.5723649429247001, -1.9635100260214235, 4.934802200544679),
        (1.0, 0.0, -0.5772156649015329, 1.6449340668482264),
        (2.5, 0.2846828704729192, 0.7031566406452432, 0.49035775610023485),
        (9.99, 12.779315214350193, 2.250700372831201, 0.10527695014824177),
        (10.0, 12.80182748008147, 2.251752589066721, 0.10516633568168575),
        (123.4, 469.3360974421906, 4.8113737751162775, 0.008136651610865263),
        (1000000.0, 12815504.569147612, 13.815510057964191, 1.0000005000001667e-06),
    ];

    const THIRD: [(f64, f64); 6] = [
        (0.05, -16002.108158021945),
        (0.5, -16.82879664423432),
        (2.5, -0.2362040516417274),
        (9.99, -0.011073070531461051),
        (10.0, -0.011049834970802067),
        (123.4, -6.620473419231094e-05),
    ];

    #[test]
    fn agrees_with_mpmath() {
        for (x, ln, first, second) in EXPECTED {
            for (got, expected) in [(ln_gamma(x), ln), (digamma(x), first), (trigamma(x), second)] {
                assert!((got - expected).abs() <= 2e-13 * expected.abs().max(1.0), "{x}: {got} and {expected}");
            }
        }
    }

    /// python3 -c "from mpmath import *; mp.dps=25
    /// for x in (0.05,0.5,2.5,9.99,10,123.4): print(x, psi(2,x))"
    #[test]
    fn the_third_derivative_agrees_with_mpmath() {
        for (x, expected) in THIRD {
            assert!((tetragamma(x) / expected - 1.0).abs() <= 1e-12, "{x}: {} and {expected}", tetragamma(x));
        }
    }
}
