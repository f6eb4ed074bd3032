//! Shares of a mixture by weighted least squares.

use crate::solve;

/// The best mixture of some densities.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    /// The share of each component: none below zero, together one.
    pub shares: Vec<f64>,
    /// The weighted sum of squared differences that is left.
    pub distance: f64,
}

/// The shares f of `components` that come closest to `observed`:
///
/// ```text
/// minimise sum_b w_b (y_b - sum_c f_c m_cb)^2   over   f_c >= 0, sum f_c = 1
/// ```
///
/// With few components the minimum is found exactly: for every subset of components the minimum under the sum alone
/// solves a linear system, and of the subsets whose shares are all non-negative the closest is the answer. `None`
/// without components or where no subset can be solved. All slices have the same length; at most 12 components.
pub fn fit_mixture(components: &[&[f64]], observed: &[f64], weights: &[f64]) -> Option<Mixture> {
    let count = components.len();
    if count == 0 || count > 12 {
        return None;
    }
    let inner = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).zip(weights).map(|((a, b), w)| a * b * w).sum() };
    let gram: Vec<Vec<f64>> = components.iter().map(|a| components.iter().map(|b| inner(a, b)).collect()).collect();
    let cross: Vec<f64> = components.iter().map(|a| inner(a, observed)).collect();
    let square = inner(observed, observed);
    let mut best: Option<Mixture> = None;
    for subset in 1u32..1 << count {
        let members: Vec<usize> = (0..count).filter(|&c| subset & (1 << c) != 0).collect();
        let Some(solved) = with_sum_one(&gram, &cross, &members) else { continue };
        if solved.iter().any(|&share| share < 0.0) {
            continue;
        }
        let mut shares = vec![0.0; count];
        members.iter().zip(solved).for_each(|(&member, share)| shares[member] = share);
        let quadratic: f64 =
            (0..count).map(|a| (0..count).map(|b| shares[a] * shares[b] * gram[a][b]).sum::<f64>()).sum();
        let linear: f64 = shares.iter().zip(&cross).map(|(share, cross)| share * cross).sum();
        let distance = (square - 2.0 * linear + quadratic).max(0.0);
        if best.as_ref().is_none_or(|best| distance < best.distance) {
            best = Some(Mixture { shares, distance });
        }
    }
    best
}

/// Solves G f + l = c with sum f = 1 for the members of a subset (l is the multiplier of the sum).
fn with_sum_one(gram: &[Vec<f64>], cross: &[f64], members: &[usize]) -> Option<Vec<f64>> {
    let size = members.len();
    let mut rows: Vec<Vec<f64>> =
        members.iter().map(|&a| members.iter().map(|&b| gram[a][b]).chain([1.0, cross[a]]).collect()).collect();
    rows.push(std::iter::repeat_n(1.0, size).chain([0.0, 1.0]).collect());
    let mut solution = solve(rows)?;
    solution.truncate(size);
    Some(solution)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_that_would_be_negative_are_zero() {
        // Nearest point of the segment from (1,0) to (0,1) to (2,0.5) is the end (1,0).
        let fit = fit_mixture(&[&[1.0, 0.0], &[0.0, 1.0]], &[2.0, 0.5], &[1.0, 1.0]).expect("a fit");
        assert_eq!(fit.shares, [1.0, 0.0]);
        assert!((fit.distance - 1.25).abs() < 1e-12);
    }

    #[test]
    fn equal_components_still_give_a_fit() {
        let fit = fit_mixture(&[&[0.5, 0.5], &[0.5, 0.5]], &[0.4, 0.6], &[1.0, 1.0]).expect("a fit");
        assert!((fit.shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(fit_mixture(&[], &[1.0], &[1.0]).is_none());
    }

    proptest! {
        #[test]
        fn a_mixture_is_recovered(first in 0.0f64..0.5, second in 0.0f64..0.5) {
            let (a, b, c) = ([0.7, 0.2, 0.1, 0.0], [0.1, 0.5, 0.3, 0.1], [0.0, 0.1, 0.2, 0.7]);
            let shares = [first, second, 1.0 - first - second];
            let observed: Vec<f64> =
                (0..4).map(|i| shares[0] * a[i] + shares[1] * b[i] + shares[2] * c[i]).collect();
            let fit = fit_mixture(&[&a, &b, &c], &observed, &[1.0, 2.0, 1.0, 0.5]).expect("a fit");
            for (got, expected) in fit.shares.iter().zip(shares) {
                prop_assert!((got - expected).abs() < 1e-6, "{got} and {expected}");
            }
        }
    }
}
