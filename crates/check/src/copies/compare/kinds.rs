//! What kind of difference two statements of one station have.

use adil_finding::Message;

/// A kind of difference; the first that fits is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// One of both has no vote at all: an act that was filled in later.
    Blank,
    /// Two options have each other's number.
    Swap,
    /// Two digits of one number have changed places.
    Transposition,
    /// One digit of one number differs, or is missing.
    DigitEdit,
    /// Votes went from some options to others: the sum is the same.
    Transfer,
    /// The sum of the later one agrees with its valid votes, and that of the earlier one does not.
    Correction,
    /// Only more votes, or only fewer.
    OneWay,
    /// Anything else.
    Other,
}

/// The votes of one station in two tables: earlier, later; and whether each adds up to its own line of valid votes.
pub(crate) struct Difference<'a> {
    pub(crate) then: &'a [u32],
    pub(crate) now: &'a [u32],
    /// Whether earlier and later add up; `None` where they have no such line.
    pub(crate) adds_up: [Option<bool>; 2],
}

impl Kind {
    pub(crate) const ALL: [Self; 8] = [
        Self::Blank,
        Self::Swap,
        Self::Transposition,
        Self::DigitEdit,
        Self::Transfer,
        Self::Correction,
        Self::OneWay,
        Self::Other,
    ];

    /// The kind of a difference; the two are not the same.
    pub(crate) fn of(difference: &Difference<'_>) -> Self {
        let Difference { then, now, adds_up } = difference;
        let changed: Vec<(u32, u32)> =
            then.iter().zip(*now).filter(|(then, now)| then != now).map(|(&then, &now)| (then, now)).collect();
        let sum = |votes: &[u32]| votes.iter().map(|&votes| u64::from(votes)).sum::<u64>();
        match changed[..] {
            _ if sum(then) == 0 || sum(now) == 0 => Self::Blank,
            [(a, b), (c, d)] if a == d && b == c => Self::Swap,
            [(a, b)] if are_transposed(a, b) => Self::Transposition,
            [(a, b)] if differ_by_a_digit(a, b) => Self::DigitEdit,
            _ if sum(then) == sum(now) => Self::Transfer,
            _ if *adds_up == [Some(false), Some(true)] => Self::Correction,
            _ if changed.iter().all(|(then, now)| then < now) || changed.iter().all(|(then, now)| then > now) => {
                Self::OneWay
            }
            _ => Self::Other,
        }
    }

    /// Its name, as a part of a sentence.
    pub(crate) fn name(self) -> Message {
        Message::new(match self {
            Self::Blank => "copies-kind-blank",
            Self::Swap => "copies-kind-swap",
            Self::Transposition => "copies-kind-transposition",
            Self::DigitEdit => "copies-kind-digit",
            Self::Transfer => "copies-kind-transfer",
            Self::Correction => "copies-kind-correction",
            Self::OneWay => "copies-kind-one-way",
            Self::Other => "copies-kind-other",
        })
    }
}

/// Whether two neighbouring digits have changed places.
fn are_transposed(a: u32, b: u32) -> bool {
    let (a, b) = (a.to_string().into_bytes(), b.to_string().into_bytes());
    let differ: Vec<usize> = (0..a.len().min(b.len())).filter(|&place| a[place] != b[place]).collect();
    match differ[..] {
        [one, other] => a.len() == b.len() && other == one + 1 && a[one] == b[other] && a[other] == b[one],
        _ => false,
    }
}

/// Whether one digit was written otherwise, left out or put in.
fn differ_by_a_digit(a: u32, b: u32) -> bool {
    let (a, b) = (a.to_string().into_bytes(), b.to_string().into_bytes());
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(&long).take_while(|(a, b)| a == b).count();
    match long.len() - short.len() {
        0 => short[same + 1..] == long[same + 1..],
        1 => short[same..] == long[same + 1..],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn kind(then: &[u32], now: &[u32]) -> Kind {
        Kind::of(&Difference { then, now, adds_up: [None, None] })
    }

    #[test]
    fn each_kind_by_an_example() {
        assert_eq!(kind(&[0, 0, 0], &[120, 40, 3]), Kind::Blank);
        assert_eq!(kind(&[120, 40, 3], &[40, 120, 3]), Kind::Swap);
        assert_eq!(kind(&[120, 47, 3], &[120, 74, 3]), Kind::Transposition);
        assert_eq!(kind(&[120, 47, 3], &[170, 47, 3]), Kind::DigitEdit);
        assert_eq!(kind(&[120, 47, 3], &[120, 147, 3]), Kind::DigitEdit);
        assert_eq!(kind(&[120, 47, 3], &[130, 37, 3]), Kind::Transfer);
        assert_eq!(kind(&[120, 47, 3], &[131, 49, 3]), Kind::OneWay);
        assert_eq!(kind(&[120, 47, 3], &[131, 31, 3]), Kind::Other);
        let corrected = Difference { then: &[120, 47, 3], now: &[131, 31, 3], adds_up: [Some(false), Some(true)] };
        assert_eq!(Kind::of(&corrected), Kind::Correction);
        assert!(!are_transposed(12, 12) && !are_transposed(121, 12) && !differ_by_a_digit(12, 1234));
    }

    proptest! {
        #[test]
        fn options_in_another_order_make_no_other_kind(votes in proptest::collection::vec((0u32..500, 0u32..500), 2..9), by in 1usize..8) {
            let (then, now): (Vec<u32>, Vec<u32>) = votes.into_iter().unzip();
            prop_assume!(then != now);
            let turned = |votes: &[u32]| { let mut votes = votes.to_vec(); votes.rotate_left(by % then.len()); votes };
            prop_assert_eq!(kind(&then, &now), kind(&turned(&then), &turned(&now)));
        }
    }
}
