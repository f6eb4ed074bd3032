//! The permutation test of matched sets: within each set every unit is as likely to be the treated one.
//!
//! In set i with one treated unit of outcome y_i0 and controls y_i1 … y_im,
//!
//! ```text
//! D = mean over i of (y_i0 - mean of y_i1 … y_im)
//! ```
//!
//! Had unit j been the treated one, the difference of the set would be lower by (y_i0 - y_ij)(1 + 1/m). With a constant
//! effect t taken off the treated, such an *alternative* reaches D if and only if
//!
//! ```text
//! r = sum of (y_i0 - y_ij)(1 + 1/m_i) / sum of (1 + 1/m_i)  <=  t,
//! ```
//!
//! both sums over the sets in which another unit is the treated one. So the number r of each alternative holds all there is
//! to know: the p-value at any t is the share of alternatives with r <= t (with r >= t on the other side), and the ends of
//! the interval are order statistics of r. For pairs this is Fisher's sign-flip test, and r the means of subsets of
//! differences (J. A. Hartigan, JASA 64, 1969).
//!
//! Up to [`PermutationTest::EXACT`] alternatives are all listed. Beyond that some are drawn and the one that was counts as
//! drawn, so p is (b + 1)/(m + 1) and holds its level for any number of draws (B. Phipson and G. K. Smyth, 2010).

use super::error::{ContrastError, finite, proper_level};
use crate::Stream;

/// A set of matched units.
#[derive(Debug, Clone, PartialEq)]
pub struct MatchedSet {
    /// The outcome of the treated unit.
    pub treated: f64,
    /// The outcomes of its controls, one or more.
    pub controls: Vec<f64>,
}

/// What the test found.
#[derive(Debug, Clone, PartialEq)]
pub struct PermutationTest {
    /// Sets.
    pub sets: usize,
    /// D, in the unit of the outcomes. It is also the estimate of Hodges and Lehmann of a constant effect: taken off, D is
    /// what it is expected to be without an effect, 0.
    pub estimate: f64,
    /// Whether all alternatives were listed; otherwise they were drawn.
    pub exact: bool,
    /// Alternatives listed or drawn, the one that was included.
    pub alternatives: usize,
    /// P-value against an effect above 0.
    pub greater: f64,
    /// P-value against an effect below 0.
    pub less: f64,
    /// P-value against either: twice the smaller, at most 1.
    pub two_sided: f64,
    /// r of the alternatives that differ, from the smallest.
    reached: Vec<f64>,
}

impl PermutationTest {
    /// Up to so many alternatives (twenty pairs) are all listed.
    pub const EXACT: usize = 1 << 20;

    /// The two-sided interval of that level for a constant effect: all effects at which neither one-sided test rejects at
    /// (1 - level)/2. Infinite where there are too few alternatives. Fails for a level that is not above 0 and below 1.
    pub fn interval(&self, level: f64) -> Result<(f64, f64), ContrastError> {
        proper_level(level)?;
        let allowed = ((1.0 - level) / 2.0 * self.alternatives as f64 + 1e-9).floor() as usize;
        let same = self.alternatives - self.reached.len();
        // The effect t stays if more than `allowed` reach it, of which `same` always do.
        let Some(number) = allowed.checked_sub(same) else { return Ok((f64::NEG_INFINITY, f64::INFINITY)) };
        let last = self.reached.len() - 1;
        Ok((self.reached[number.min(last)], self.reached[last - number.min(last)]))
    }
}

/// Tests matched sets. `draws` (at least 1) alternatives are drawn from `stream` where there are more than
/// [`PermutationTest::EXACT`].
///
/// Fails for no set, a set without controls, an outcome that is not finite, and no draws. Draws cost their number
/// times that of the sets.
pub fn permute_sets(sets: &[MatchedSet], draws: usize, stream: &mut Stream) -> Result<PermutationTest, ContrastError> {
    proper(sets)?;
    if draws == 0 {
        return Err(ContrastError::Parameter("draws"));
    }
    let steps: Vec<Steps> = sets.iter().map(Steps::of).collect();
    let all = sets.iter().try_fold(1usize, |all, set| all.checked_mul(set.controls.len() + 1));
    let all = all.filter(|&all| all <= PermutationTest::EXACT);
    let mut reached = Vec::with_capacity(all.unwrap_or(draws));
    match all {
        Some(_) => list(&steps, 0.0, 0.0, &mut reached),
        None => (0..draws).for_each(|_| reached.extend(draw(&steps, stream))),
    }
    let alternatives = all.unwrap_or(draws + 1);
    reached.sort_unstable_by(f64::total_cmp);
    // Rounding must not make an alternative that equals what was seen smaller than it.
    let size = steps.iter().flat_map(|steps| &steps.lower).fold(0.0, |size: f64, step| size.max(step.abs()));
    let same = alternatives - reached.len();
    let share = |count: usize| (same + count) as f64 / alternatives as f64;
    let greater = share(reached.partition_point(|&r| r <= 1e-12 * size));
    let less = share(reached.len() - reached.partition_point(|&r| r < -1e-12 * size));
    let difference = |set: &MatchedSet| set.treated - set.controls.iter().sum::<f64>() / set.controls.len() as f64;
    let estimate = sets.iter().map(difference).sum::<f64>() / sets.len() as f64;
    let two_sided = (2.0 * greater.min(less)).min(1.0);
    Ok(PermutationTest {
        sets: sets.len(),
        estimate,
        exact: all.is_some(),
        alternatives,
        greater,
        less,
        two_sided,
        reached,
    })
}

/// There are sets, each with controls and finite numbers.
pub(super) fn proper(sets: &[MatchedSet]) -> Result<(), ContrastError> {
    if sets.is_empty() {
        return Err(ContrastError::Empty);
    }
    for (number, set) in sets.iter().enumerate() {
        finite(&set.controls).and(finite(&[set.treated])).map_err(|_| ContrastError::NotFinite(number))?;
        if set.controls.is_empty() {
            return Err(ContrastError::NoControls(number));
        }
    }
    Ok(())
}

/// What a set adds to both sums if another of its units is the treated one.
struct Steps {
    lower: Vec<f64>,
    weight: f64,
}

impl Steps {
    fn of(set: &MatchedSet) -> Self {
        let weight = 1.0 + 1.0 / set.controls.len() as f64;
        Self { lower: set.controls.iter().map(|control| (set.treated - control) * weight).collect(), weight }
    }
}

/// Lists r of all alternatives but the one in which nothing is changed. The depth is at most that of twenty sets.
fn list(steps: &[Steps], sum: f64, weight: f64, reached: &mut Vec<f64>) {
    let Some((first, rest)) = steps.split_first() else {
        if weight > 0.0 {
            reached.push(sum / weight);
        }
        return;
    };
    list(rest, sum, weight, reached);
    first.lower.iter().for_each(|lower| list(rest, sum + lower, weight + first.weight, reached));
}

/// Draws an alternative; nothing where it is the one that was.
fn draw(steps: &[Steps], stream: &mut Stream) -> Option<f64> {
    let (mut sum, mut weight) = (0.0, 0.0);
    let (mut bits, mut left) = (0u64, 0);
    for set in steps {
        let unit = if set.lower.len() == 1 {
            // A pair takes one bit.
            if left == 0 {
                (bits, left) = (stream.bits(), 64);
            }
            let bit = bits & 1;
            (bits, left) = (bits >> 1, left - 1);
            bit as usize
        } else {
            stream.below(set.lower.len() + 1)
        };
        if let Some(lower) = unit.checked_sub(1).and_then(|control| set.lower.get(control)) {
            sum += lower;
            weight += set.weight;
        }
    }
    (weight > 0.0).then(|| sum / weight)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::stream;

    fn pair(treated: f64, control: f64) -> MatchedSet {
        MatchedSet { treated, controls: vec![control] }
    }

    fn exact(sets: &[MatchedSet]) -> PermutationTest {
        permute_sets(sets, 1, &mut stream(1, "sets", 0)).expect("sets")
    }

    fn close(got: f64, expected: f64) {
        assert!((got - expected).abs() <= 1e-12, "{got}, expected {expected}");
    }

    const X: [f64; 8] = [3.1, 2.0, 5.5, 1.2, 4.4, 2.9, 0.7, 3.8];
    const Y: [f64; 8] = [2.2, 2.4, 3.0, 1.5, 2.8, 1.1, 0.9, 2.6];

    #[test]
    fn pairs_agree_with_scipy() {
        // scipy.stats.permutation_test((x, y), lambda a, b, axis: numpy.mean(a - b, axis=axis), permutation_type='samples',
        // alternative=a, n_resamples=numpy.inf).pvalue
        let sets: Vec<MatchedSet> = X.iter().zip(Y).map(|(&x, y)| pair(x, y)).collect();
        let test = exact(&sets);
        close(test.greater, 0.03515625);
        close(test.less, 0.97265625);
        close(test.two_sided, 0.0703125);
        close(test.estimate, 0.8875);
        assert!(test.exact && test.alternatives == 256);
        // Means of the 255 subsets of x - y, sorted: m[5] and m[-6], for 1 + 5 of 256 are below .025 and 1 + 6 are above.
        let (low, high) = test.interval(0.95).expect("a level");
        close(low, -0.25);
        close(high, 1.8333333333333333);
    }

    #[test]
    fn sets_by_hand() {
        // One set, treated 5, controls 1 and 3: differences if each were treated 5 - 2, 1 - 4, 3 - 3: p = 1/3 and 1.
        let set = MatchedSet { treated: 5.0, controls: vec![1.0, 3.0] };
        let test = exact(std::slice::from_ref(&set));
        assert_eq!((test.estimate, test.alternatives), (3.0, 3));
        close(test.greater, 1.0 / 3.0);
        close(test.less, 1.0);
        // With a pair of 2 and 1: of 6 only the one that was reaches 3 + 1; r of the others are the differences of the set,
        // 4 and 2, alone (weights 3/2), 1 alone (weight 2), and (6 + 2)/3.5 and (3 + 2)/3.5 together.
        let test = exact(&[set, pair(2.0, 1.0)]);
        close(test.greater, 1.0 / 6.0);
        let expected = [1.0, 10.0 / 7.0, 2.0, 16.0 / 7.0, 4.0];
        test.reached.iter().zip(expected).for_each(|(&got, expected)| close(got, expected));
        // At 60 % one of 6 may be passed over.
        assert_eq!(test.interval(0.6), Ok((1.0, 4.0)));
        assert_eq!(test.interval(0.9), Ok((f64::NEG_INFINITY, f64::INFINITY)));
    }

    #[test]
    fn draws_come_near_the_list() {
        // The same eight pairs among thirteen that do not differ: 2^21 alternatives, each of the 256 as often as any other.
        let mut sets: Vec<MatchedSet> = X.iter().zip(Y).map(|(&x, y)| pair(x, y)).collect();
        sets.extend(vec![pair(1.0, 1.0); 13]);
        let test = permute_sets(&sets, 20_000, &mut stream(1, "draws", 0)).expect("sets");
        assert!(!test.exact && test.alternatives == 20_001);
        // sd of the estimates: sqrt(.035 .965 / 20000) = .0013 and .0012; five of them.
        assert!((test.greater - 0.03515625).abs() < 0.0065, "{}", test.greater);
        assert!((test.less - 0.97265625).abs() < 0.006, "{}", test.less);
        assert_eq!(test, permute_sets(&sets, 20_000, &mut stream(1, "draws", 0)).expect("sets"));
    }

    #[test]
    fn what_cannot_be_permuted_is_refused() {
        let test =
            |sets: &[MatchedSet], draws| permute_sets(sets, draws, &mut stream(1, "sets", 0)).map(|test| test.sets);
        assert_eq!(test(&[], 9), Err(ContrastError::Empty));
        assert_eq!(test(&[pair(1.0, 2.0)], 0), Err(ContrastError::Parameter("draws")));
        assert_eq!(test(&[pair(1.0, 2.0), pair(f64::NAN, 2.0)], 9), Err(ContrastError::NotFinite(1)));
        assert_eq!(test(&[MatchedSet { treated: 1.0, controls: Vec::new() }], 9), Err(ContrastError::NoControls(0)));
    }

    fn sets() -> impl Strategy<Value = Vec<MatchedSet>> {
        let set = (-9i8..9, proptest::collection::vec(-9i8..9, 1..4)).prop_map(|(treated, controls)| MatchedSet {
            treated: f64::from(treated) / 7.0,
            controls: controls.into_iter().map(|control| f64::from(control) / 7.0).collect(),
        });
        proptest::collection::vec(set, 1..6)
    }

    /// D of all alternatives, one after another, by the definition.
    fn by_definition(sets: &[MatchedSet]) -> Vec<f64> {
        sets.iter().fold(vec![0.0], |sums, set| {
            let units: Vec<f64> = std::iter::once(set.treated).chain(set.controls.iter().copied()).collect();
            let all: f64 = units.iter().sum();
            let of = |unit: &f64| unit - (all - unit) / (units.len() - 1) as f64;
            sums.iter().flat_map(|sum| units.iter().map(move |unit| sum + of(unit) / sets.len() as f64)).collect()
        })
    }

    proptest! {
        #[test]
        fn the_p_value_is_that_of_the_definition_at_every_effect(sets in sets(), shift in -20i8..20) {
            let test = exact(&sets);
            let all = by_definition(&sets);
            let share = |reaches: &dyn Fn(f64) -> bool| all.iter().filter(|&&d| reaches(d)).count() as f64 / all.len() as f64;
            prop_assert!((test.greater - share(&|d| d >= test.estimate - 1e-9)).abs() < 1e-12);
            prop_assert!((test.less - share(&|d| d <= test.estimate + 1e-9)).abs() < 1e-12);
            prop_assert!(test.greater > 0.0 && test.greater <= 1.0 && test.two_sided <= 1.0);
            // What the interval leaves out is rejected when it is taken off the treated, and only that.
            let effect = (f64::from(shift) + 0.5) / 3.1;
            let (low, high) = test.interval(0.8).expect("a level");
            let without = |set: &MatchedSet| MatchedSet { treated: set.treated - effect, ..set.clone() };
            let taken: Vec<MatchedSet> = sets.iter().map(without).collect();
            let other = exact(&taken);
            prop_assert_eq!(low <= effect && effect <= high, other.greater > 0.1 && other.less > 0.1);
        }

        #[test]
        fn the_order_of_sets_and_controls_does_not_matter(mut sets in sets()) {
            let before = exact(&sets);
            sets.reverse();
            sets.iter_mut().for_each(|set| set.controls.reverse());
            let after = exact(&sets);
            prop_assert_eq!((before.greater, before.less), (after.greater, after.less));
            prop_assert_eq!(before.alternatives, after.alternatives);
        }
    }
}
