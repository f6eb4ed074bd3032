//! Exact fractions of votes.

use std::cmp::Ordering;
use std::fmt;

use num_bigint::BigUint;
use num_integer::Integer as _;

/// A number of votes, at least 0, in lowest terms and exact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Fraction {
    numerator: BigUint,
    denominator: BigUint,
}

impl Fraction {
    /// No votes.
    pub fn zero() -> Self {
        Self::from(0)
    }

    /// `numerator / denominator` in lowest terms; no votes where the denominator is 0, which callers rule out.
    pub(crate) fn new(numerator: BigUint, denominator: BigUint) -> Self {
        let divisor = numerator.gcd(&denominator);
        if denominator == BigUint::ZERO || numerator == BigUint::ZERO {
            return Self::zero();
        }
        Self { numerator: numerator / &divisor, denominator: denominator / divisor }
    }

    /// Numerator and denominator, where both fit.
    pub fn parts(&self) -> Option<(u128, u128)> {
        Some((u128::try_from(&self.numerator).ok()?, u128::try_from(&self.denominator).ok()?))
    }

    /// In decimal notation with so many places, the rest cut off: 12 / 7 with 3 places is `1.714`.
    pub fn decimal(&self, places: u32) -> String {
        let (whole, rest) = self.numerator.div_rem(&self.denominator);
        if places == 0 {
            return whole.to_string();
        }
        let digits = (rest * BigUint::from(10_u8).pow(places) / &self.denominator).to_string();
        let zeros = usize::try_from(places).unwrap_or(usize::MAX).saturating_sub(digits.len());
        format!("{whole}.{}{digits}", "0".repeat(zeros))
    }

    /// The sum.
    pub fn plus(&self, other: &Self) -> Self {
        let numerator = &self.numerator * &other.denominator + &other.numerator * &self.denominator;
        Self::new(numerator, &self.denominator * &other.denominator)
    }
}

impl From<u64> for Fraction {
    fn from(whole: u64) -> Self {
        Self { numerator: whole.into(), denominator: 1_u8.into() }
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.numerator * &other.denominator).cmp(&(&other.numerator * &self.denominator))
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> std::iter::Sum<&'a Fraction> for Fraction {
    fn sum<I: Iterator<Item = &'a Fraction>>(parts: I) -> Self {
        parts.fold(Self::zero(), |sum, part| sum.plus(part))
    }
}

impl fmt::Display for Fraction {
    /// `7`, or `12/7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.denominator == BigUint::from(1_u8) {
            write!(f, "{}", self.numerator)
        } else {
            write!(f, "{}/{}", self.numerator, self.denominator)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fraction(numerator: u32, denominator: u32) -> Fraction {
        Fraction::new(numerator.into(), denominator.into())
    }

    #[test]
    fn fractions_are_in_lowest_terms() {
        assert_eq!(fraction(36, 21).to_string(), "12/7");
        assert_eq!(fraction(36, 21).parts(), Some((12, 7)));
        assert_eq!(fraction(36, 12).to_string(), "3");
        assert_eq!(fraction(0, 12), Fraction::zero());
    }

    #[test]
    fn decimals_are_cut_off_and_keep_their_zeros() {
        // 12/7 = 1.714285…; 203/200 = 1.015; 1999/1000 is not rounded up.
        assert_eq!(fraction(12, 7).decimal(3), "1.714");
        assert_eq!(fraction(203, 200).decimal(4), "1.0150");
        assert_eq!(fraction(1999, 1000).decimal(2), "1.99");
        assert_eq!(fraction(1999, 1000).decimal(0), "1");
    }

    #[test]
    fn sums_and_order_are_exact() {
        assert_eq!(fraction(1, 3).plus(&fraction(1, 6)), fraction(1, 2));
        assert!(fraction(333_333, 1_000_000) < fraction(1, 3));
        assert_eq!([fraction(1, 3), fraction(2, 3)].iter().sum::<Fraction>(), Fraction::from(1));
    }
}
