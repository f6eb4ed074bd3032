//! Numbers of votes from powers of `g`: logarithms by steps of babies and giants.
//!
//! A number up to `n` is `i + j m` with `i, j < m` and `m` about the root of `n`: the powers `g^i` are kept in a table,
//! and `x g^(-j m)` is looked up for one `j` after another (Shanks, 1971).

use std::collections::HashMap;

use adil_crypto::Group;
use adil_crypto::proof::text_of;

/// Entries of the table; a number up to the square of it is found.
const MOST_BABIES: u128 = 1 << 20;
/// Giant steps: a number up to this many times the table is found.
const MOST_GIANTS: u128 = 1 << 22;

/// Logarithms of powers of `g` up to a bound.
pub(super) struct Logarithms<G: Group> {
    babies: HashMap<String, u64>,
    giant: G::Element,
    giants: u128,
    most: u128,
}

impl<G: Group> Logarithms<G> {
    /// The logarithms from 0 to `most`, or as far as can be searched.
    pub(super) fn new(group: &G, most: u128) -> Self {
        let size = (most.isqrt() + 1).min(MOST_BABIES);
        let mut babies = HashMap::new();
        let mut power = group.neutral();
        for exponent in 0..u64::try_from(size).unwrap_or(u64::MAX) {
            babies.insert(text_of(group, &power), exponent);
            power = group.multiply(&power, &group.generator());
        }
        Self { babies, giant: group.invert(&power), giants: (most / size + 1).min(MOST_GIANTS), most }
    }

    /// The number whose power of `g` this is.
    pub(super) fn of(&self, group: &G, element: &G::Element) -> Option<u128> {
        let mut rest = element.clone();
        for giants in 0..self.giants {
            if let Some(&babies) = self.babies.get(&text_of(group, &rest)) {
                let number = giants * self.babies.len() as u128 + u128::from(babies);
                return (number <= self.most).then_some(number);
            }
            rest = group.multiply(&rest, &self.giant);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use adil_crypto::Ed25519;

    #[test]
    fn numbers_up_to_the_bound_are_found_and_no_others() {
        let group = Ed25519::new();
        let logarithms = Logarithms::new(&group, 1_000);
        let power = |number: u64| group.power(&group.generator(), &group.small(number));
        for number in [0, 1, 31, 32, 33, 999, 1_000] {
            assert_eq!(logarithms.of(&group, &power(number)), Some(u128::from(number)));
        }
        assert_eq!(logarithms.of(&group, &power(1_001)), None);
        assert_eq!(logarithms.of(&group, &group.invert(&power(1))), None);
    }
}
