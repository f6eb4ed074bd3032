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

    proptest! {
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
