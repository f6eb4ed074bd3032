//! From p-values to e-values and back.
//!
//! A p-value p is at most a with probability at most a where its hypothesis holds; an e-value is on average at most 1
//! there. A function f of p is an e-value for every p-value if it falls with p and its integral over 0 to 1 is at most 1.
//! This one is the mean of all `k p^(k - 1)`, k between 0 and 1,
//!
//! ```text
//! f(p) = (1 - p + p ln p) / (p (ln p)^2) = (e^u - 1 - u) / u^2,   u = -ln p,   integral from 0 to x: (x - 1)/ln x
//! ```
//!
//! (V. Vovk and R. Wang, "E-values: calibration, combination and applications", Annals of Statistics 49, 2021). Something
//! is lost: 0.05 becomes 1.8, 0.001 becomes 21. An e-value that was made as one is stronger; this is for p-values that are
//! to be averaged, or judged together by [`crate::e_benjamini_hochberg`], however they depend on each other.

/// The e-value of a p-value given by its logarithm, which is 0 or below: from 1/2 at p = 1 to infinity at p = 0. Above 0 it
/// counts as 0; what is not a number is no evidence, 0.
fn e_of_ln_p(ln_p: f64) -> f64 {
    if ln_p.is_nan() {
        return 0.0;
    }
    let u = (-ln_p).max(0.0);
    if u < 1e-3 {
        // The series: what is left of the difference would be rounding.
        return 0.5 + u / 6.0 + u * u / 24.0 + u * u * u / 120.0;
    }
    if u > 800.0 {
        return f64::INFINITY;
    }
    if u > 700.0 { (u - 2.0 * u.ln()).exp() } else { (u.exp_m1() - u) / (u * u) }
}

/// The e-value of a p-value from 0 to 1; see [`e_of_ln_p`].
pub fn e_of_p(p: f64) -> f64 {
    e_of_ln_p(p.max(0.0).ln())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn values_agree_with_mpmath() {
        // mpmath: (1 - p + p*log(p))/(p*log(p)**2) with 40 digits
        for (p, e) in [
            (1.0, 0.5),
            (0.999_999_9, 0.500_000_016_666_667_9),
            (0.5, 0.638_673_940_116_644_4),
            (0.05, 1.783_322_181_482_338),
            (0.001, 20.791_133_540_988_06),
            (1e-12, 1_309_803_451.432_040_2),
        ] {
            assert!((e_of_p(p) / e - 1.0).abs() < 1e-12, "{p}: {}", e_of_p(p));
        }
        assert!((e_of_ln_p(-600.0) / 1.048_061_194_702_761_1e255 - 1.0).abs() < 1e-12);
        assert_eq!((e_of_p(0.0), e_of_p(2.0), e_of_ln_p(f64::NAN)), (f64::INFINITY, 0.5, 0.0));
    }

    proptest! {
        #[test]
        fn smaller_p_values_have_larger_e_values(u in 0.0f64..720.0, step in 1e-6f64..3.0) {
            let (e, next) = (e_of_ln_p(-u), e_of_ln_p(-u - step));
            prop_assert!(next > e && e >= 0.5);
            // No calibrator is above 1/p.
            prop_assert!(e <= u.exp() || u > 700.0);
        }

        #[test]
        fn the_integral_is_the_closed_form(low in 1e-6f64..0.98, part in 0.01f64..1.0) {
            // Simpson's rule over u = -ln p, where the integrand is f e^-u; from low to high the whole is that of the
            // closed form.
            let high = low + part * (0.999 - low);
            let closed = |x: f64| (x - 1.0) / x.ln();
            let (from, to, steps) = (-high.ln(), -low.ln(), 2_000);
            let width = (to - from) / f64::from(steps);
            let weight = |step: i32| if step == 0 || step == steps { 1.0 } else if step % 2 == 1 { 4.0 } else { 2.0 };
            let at = |step: i32| from + width * f64::from(step);
            let sum: f64 = (0..=steps).map(|step| weight(step) * e_of_ln_p(-at(step)) * (-at(step)).exp()).sum();
            prop_assert!((sum * width / 3.0 - (closed(high) - closed(low))).abs() < 1e-9);
            prop_assert!(closed(high) <= 1.0);
        }
    }
}
