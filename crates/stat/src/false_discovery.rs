//! Many tests at once.

/// Which hypotheses the procedure of Benjamini and Hochberg rejects: with p sorted, all up to the last i for which
/// p_(i) <= rate * i / n. Of those rejected, on average at most the fraction `rate` is rejected wrongly, where the
/// p-values are independent or positively dependent.
pub fn benjamini_hochberg(p_values: &[f64], rate: f64) -> Vec<bool> {
    let mut sorted = p_values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = p_values.len() as f64;
    let passes = |&(index, &p): &(usize, &f64)| p <= rate * (index + 1) as f64 / count;
    let limit = sorted.iter().enumerate().filter(passes).map(|(_, &p)| p).next_back();
    p_values.iter().map(|&p| limit.is_some_and(|limit| p <= limit)).collect()
}

/// Which hypotheses the same procedure rejects by e-values (Wang and Ramdas 2022): with e sorted from the largest, all up to the
/// last i for which e_(i) >= n / (i * rate). An e-value is on average at most 1 where its hypothesis holds; of those
/// rejected, on average at most the fraction `rate` is rejected wrongly, however the e-values depend on each other.
pub fn e_benjamini_hochberg(e_values: &[f64], rate: f64) -> Vec<bool> {
    let mut sorted = e_values.to_vec();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let count = e_values.len() as f64;
    let passes = |&(index, &e): &(usize, &f64)| e * rate * (index + 1) as f64 >= count;
    let limit = sorted.iter().enumerate().filter(passes).map(|(_, &e)| e).next_back();
    e_values.iter().map(|&e| limit.is_some_and(|limit| e >= limit)).collect()
}

/// Which hypotheses the procedure of Benjamini and Yekutieli (Annals of Statistics 29, 2001) rejects, from the logarithms of p-values:
/// with p sorted, all up to the last i for which `p_(i) <= rate * i / (n (1 + 1/2 + … + 1/n))`. Of those rejected, on average at most the fraction
/// `rate` is rejected wrongly, however the p-values depend on each other.
pub fn benjamini_yekutieli_ln(ln_p: &[f64], rate: f64) -> Vec<bool> {
    let mut sorted = ln_p.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = ln_p.len();
    let harmonic: f64 = (1..=count).map(|number| 1.0 / number as f64).sum();
    let allowed = |index: usize| (rate * (index + 1) as f64 / (count as f64 * harmonic)).ln();
    let limit = sorted.iter().enumerate().filter(|&(index, &ln)| ln <= allowed(index)).map(|(_, &ln)| ln).next_back();
    ln_p.iter().map(|&ln| limit.is_some_and(|limit| ln <= limit)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_later_pass_carries_the_earlier_ones() {
        // n = 4, rate 0.05: limits 0.0125, 0.025, 0.0375, 0.05; the third passes though the second does not.
        assert_eq!(benjamini_hochberg(&[0.03, 0.9, 0.001, 0.037], 0.05), [true, false, true, true]);
        assert_eq!(benjamini_hochberg(&[0.2, 0.03], 0.05), [false, false]);
        assert_eq!(benjamini_hochberg(&[], 0.05), Vec::<bool>::new());
    }

    #[test]
    fn e_values_are_compared_with_the_share_rejected() {
        // n = 4, rate 0.1: limits 40, 20, 13.3, 10; the third passes though the second does not.
        assert_eq!(e_benjamini_hochberg(&[14.0, 45.0, 0.1, 14.0], 0.1), [true, true, false, true]);
        assert_eq!(e_benjamini_hochberg(&[39.0, 1.0, 1.0, 1.0], 0.1), [false; 4]);
        assert_eq!(e_benjamini_hochberg(&[], 0.1), Vec::<bool>::new());
    }

    #[test]
    fn dependent_tests_need_more() {
        // n = 3, rate 0.05: harmonic sum 11/6, limits 0.05 / 5.5 = 0.00909, 0.01818, 0.02727.
        let ln = |p: [f64; 3]| p.map(f64::ln);
        assert_eq!(benjamini_yekutieli_ln(&ln([0.009, 0.018, 0.5]), 0.05), [true, true, false]);
        assert_eq!(benjamini_yekutieli_ln(&ln([0.01, 0.03, 0.5]), 0.05), [false; 3]);
        assert_eq!(benjamini_yekutieli_ln(&[-800.0], 1e-9), [true]);
    }

    proptest! {
        #[test]
        fn e_values_reject_no_more_than_their_inverses_would(e in proptest::collection::vec(0.01f64..500.0, 1..40)) {
            let p: Vec<f64> = e.iter().map(|e| (1.0 / e).min(1.0)).collect();
            prop_assert_eq!(e_benjamini_hochberg(&e, 0.1), benjamini_hochberg(&p, 0.1));
        }

        #[test]
        fn rejects_at_least_what_bonferroni_does(p in proptest::collection::vec(0.0f64..1.0, 1..40)) {
            let rejected = benjamini_hochberg(&p, 0.1);
            for (&p_value, rejected) in p.iter().zip(rejected) {
                prop_assert!(rejected || p_value > 0.1 / p.len() as f64);
                prop_assert!(!rejected || p_value <= 0.1);
            }
        }
    }
}
