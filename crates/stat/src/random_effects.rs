//! Several measurements of one thing, each with its own error and an offset of its own: the random-effects model of
//! DerSimonian and Laird (Controlled Clinical Trials 7, 1986),
//!
//! ```text
//! y_i = mu + u_i + e_i,   Var e_i = v_i known,   Var u_i = tau^2,
//! tau^2 = (Q - (k - 1)) / (S1 - S2 / S1),  Q = sum w_i (y_i - mu_w)^2,  w_i = 1 / v_i,  S1 = sum w_i,  S2 = sum w_i^2,
//! ```
//!
//! 0 where that is below 0; and how far a further value lies from a handful of such measurements of equal weight,
//!
//! ```text
//! t = (y - mean) / (s sqrt(1 + 1/k)),   k - 1 degrees of freedom.
//! ```

use crate::tail::ln_f_upper;

/// The mean of measurements with offsets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RandomEffects {
    /// mu.
    pub mean: f64,
    /// The standard error of mu.
    pub error: f64,
    /// The variance of the offsets.
    pub tau_squared: f64,
}

impl RandomEffects {
    /// Of measurements and the variances of their errors, all above 0. `None` where there is none.
    pub fn of(measured: &[(f64, f64)]) -> Option<Self> {
        let weighted = |tau_squared: f64| {
            let (mut weight, mut sum) = (0.0, 0.0);
            for (value, variance) in measured {
                weight += 1.0 / (variance + tau_squared);
                sum += value / (variance + tau_squared);
            }
            (sum / weight, weight)
        };
        let (fixed, weight) = weighted(0.0);
        if measured.is_empty() || !fixed.is_finite() {
            return None;
        }
        let q: f64 = measured.iter().map(|(value, variance)| (value - fixed).powi(2) / variance).sum();
        let squares: f64 = measured.iter().map(|(_, variance)| variance.powi(-2)).sum();
        let scale = weight - squares / weight;
        let surplus = q - (measured.len() - 1) as f64;
        let tau_squared = if scale > 0.0 { (surplus / scale).max(0.0) } else { 0.0 };
        let (mean, weight) = weighted(tau_squared);
        Some(Self { mean, error: weight.sqrt().recip(), tau_squared })
    }
}

/// How far a value is from several others, as one more of them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneMore {
    /// The mean of the others.
    pub mean: f64,
    /// Their standard deviation.
    pub sd: f64,
    /// The distance in units of its standard error.
    pub t: f64,
    /// Its degrees of freedom.
    pub freedom: usize,
    /// The two-sided p-value.
    pub p: f64,
}

impl OneMore {
    /// `None` where there are fewer than two others, or they do not differ.
    pub fn of(value: f64, others: &[f64]) -> Option<Self> {
        let k = others.len() as f64;
        let mean = others.iter().sum::<f64>() / k;
        let sd = (others.iter().map(|other| (other - mean).powi(2)).sum::<f64>() / (k - 1.0)).sqrt();
        if others.len() < 2 || sd.is_nan() || sd <= 0.0 {
            return None;
        }
        let (t, freedom) = ((value - mean) / (sd * (1.0 + 1.0 / k).sqrt()), others.len() - 1);
        // The square of Student's t is an F of 1 and so many degrees.
        Some(Self { mean, sd, t, freedom, p: ln_f_upper(t * t, 1.0, freedom as f64).exp() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn agrees_with_statsmodels() {
        // statsmodels.stats.meta_analysis.combine_effects([.61, .35, -.12, .88, .2, .55], [.04, .09, .05, .16, .02, .11],
        // method_re="dl")
        let measured = [(0.61, 0.04), (0.35, 0.09), (-0.12, 0.05), (0.88, 0.16), (0.2, 0.02), (0.55, 0.11)];
        let all = RandomEffects::of(&measured).expect("six");
        assert!((all.tau_squared - 0.045610714080377146).abs() < 1e-14);
        assert!((all.mean - 0.34461094081107485).abs() < 1e-14 && (all.error - 0.1335767549103428).abs() < 1e-14);
        assert_eq!(RandomEffects::of(&[]), None);
    }

    #[test]
    fn four_houses_and_a_result() {
        // x = [87.4, 86.9, 83.2, 77.6]; t = (91.15 - mean(x)) / (std(x, ddof=1) * sqrt(1 + 1/4)); 2 * scipy.stats.t.sf(t, 3)
        let more = OneMore::of(91.15, &[87.4, 86.9, 83.2, 77.6]).expect("four");
        assert!((more.t - 1.4584731216236206).abs() < 1e-12 && (more.p - 0.24079172274717853).abs() < 1e-9, "{more:?}");
        assert!((more.mean - 83.775).abs() < 1e-12 && (more.sd - 4.52281254678252).abs() < 1e-12);
        assert_eq!((OneMore::of(1.0, &[2.0]), OneMore::of(1.0, &[2.0, 2.0])), (None, None));
    }

    proptest! {
        #[test]
        fn offsets_never_make_the_mean_surer(measured in proptest::collection::vec((-3.0f64..3.0, 0.01f64..1.0), 1..30)) {
            let all = RandomEffects::of(&measured).expect("some");
            let fixed = measured.iter().map(|(_, variance)| 1.0 / variance).sum::<f64>().sqrt().recip();
            prop_assert!(all.error >= fixed * (1.0 - 1e-12) && all.tau_squared >= 0.0);
            let ends = measured.iter().fold((f64::MAX, f64::MIN), |ends, (value, _)| (ends.0.min(*value), ends.1.max(*value)));
            prop_assert!(ends.0 - 1e-9 <= all.mean && all.mean <= ends.1 + 1e-9);
        }
    }
}
