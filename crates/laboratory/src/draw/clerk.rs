//! Slips of honest clerks: what makes sums fail in protocols that nobody falsified.

use adil_record::{Counts, Term};
use adil_stat::Stream;

use crate::parameters::Clerks;
use crate::protocol::Protocol;

/// The lines in which a digit may go wrong.
const WRITTEN: [Term; 10] = [
    Term::Received,
    Term::IssuedInRoom,
    Term::IssuedOutside,
    Term::Issued,
    Term::Unused,
    Term::InMobileBoxes,
    Term::InFixedBoxes,
    Term::InBoxes,
    Term::Invalid,
    Term::Valid,
];

/// The lines that are sums.
const SUMS: [Term; 3] = [Term::Issued, Term::InBoxes, Term::Valid];

/// Lets a clerk err in a protocol, each way by itself.
pub(super) fn slip(own: &mut Stream, clerks: &Clerks, protocol: &mut Protocol, votes: &mut [u32]) {
    // Always five chances, so that one rate does not decide what another finds.
    let [rounded, digit, transposed, swapped, addition] =
        [clerks.rounded, clerks.digit, clerks.transposed, clerks.swapped, clerks.addition]
            .map(|part| own.unit() < part);
    if rounded {
        round(protocol);
    }
    if digit {
        rewrite(own, protocol, votes, |own, count| {
            let place = 10u32.pow(own.below(digits(count)) as u32);
            let old = count / place % 10;
            // Another digit: one of the nine that follow it.
            let new = (old + 1 + own.below(9) as u32) % 10;
            count - old * place + new * place
        });
    }
    if transposed {
        rewrite(own, protocol, votes, |own, count| {
            let place = 10u32.pow(own.below(digits(count).saturating_sub(1)) as u32);
            let (low, high) = (count / place % 10, count / place / 10 % 10);
            count - low * place - high * place * 10 + high * place + low * place * 10
        });
    }
    if swapped && votes.len() > 1 {
        let first = own.below(votes.len() - 1);
        votes.swap(first, first + 1);
    }
    if addition {
        let term = SUMS[own.below(SUMS.len())];
        let by = 10u32.pow(own.below(3) as u32);
        let count = protocol.get(term);
        protocol.set(term, if own.unit() < 0.5 { count + by } else { count.saturating_sub(by) });
    }
}

/// Rounds unused papers to tens; the difference is lost, or not accounted for.
fn round(protocol: &mut Protocol) {
    let unused = protocol.get(Term::Unused);
    let rounded = (unused + 5) / 10 * 10;
    let (lost, unaccounted) = (protocol.get(Term::Lost), protocol.get(Term::Unaccounted));
    protocol.set(Term::Unused, rounded);
    protocol.set(Term::Lost, lost + unused.saturating_sub(rounded));
    protocol.set(Term::Unaccounted, unaccounted + rounded.saturating_sub(unused));
}

/// Writes one number, a line's or an option's, in another way.
fn rewrite(own: &mut Stream, protocol: &mut Protocol, votes: &mut [u32], how: impl Fn(&mut Stream, u32) -> u32) {
    let at = own.below(WRITTEN.len() + votes.len());
    let mut written = |count: u32| how(own, count).min(Counts::LARGEST);
    match WRITTEN.get(at) {
        Some(&term) => protocol.set(term, written(protocol.get(term))),
        None => votes[at - WRITTEN.len()] = written(votes[at - WRITTEN.len()]),
    }
}

/// The digits of a number.
fn digits(count: u32) -> usize {
    count.checked_ilog10().map_or(1, |log| log as usize + 1)
}

#[cfg(test)]
mod tests {
    use adil_stat::stream;

    use super::*;

    const NEVER: Clerks = Clerks { digit: 0.0, transposed: 0.0, swapped: 0.0, addition: 0.0, rounded: 0.0 };

    fn slips(clerks: Clerks) -> impl Iterator<Item = (Protocol, [u32; 3])> {
        (0..500).map(move |index| {
            let (mut own, mut protocol, mut votes) = (stream(1, "clerk", index), Protocol::default(), [120, 45, 345]);
            WRITTEN.iter().for_each(|&term| protocol.set(term, 1_234));
            slip(&mut own, &clerks, &mut protocol, &mut votes);
            (protocol, votes)
        })
    }

    /// The numbers that differ from what was right.
    fn changed((protocol, votes): (Protocol, [u32; 3])) -> Vec<(u32, u32)> {
        let lines = WRITTEN.iter().map(|&term| (1_234, protocol.get(term)));
        lines.chain([120, 45, 345].into_iter().zip(votes)).filter(|(right, wrong)| right != wrong).collect()
    }

    #[test]
    fn one_digit_differs() {
        for slip in slips(Clerks { digit: 1.0, ..NEVER }) {
            let [(right, wrong)] = changed(slip)[..] else { panic!("one number is wrong") };
            let places = (0..4).filter(|&place| right / 10u32.pow(place) % 10 != wrong / 10u32.pow(place) % 10);
            assert_eq!(places.count(), 1, "{right} {wrong}");
        }
    }

    #[test]
    fn two_digits_change_places() {
        let expected =
            [(1_234, 2_134), (1_234, 1_324), (1_234, 1_243), (120, 210), (120, 102), (45, 54), (345, 435), (345, 354)];
        let seen: Vec<(u32, u32)> = slips(Clerks { transposed: 1.0, ..NEVER }).flat_map(changed).collect();
        assert!(seen.iter().all(|slip| expected.contains(slip)), "{seen:?}");
        assert!(expected.iter().all(|slip| seen.contains(slip)), "{seen:?}");
    }

    #[test]
    fn options_are_swapped_and_sums_are_out() {
        let swapped = [[45, 120, 345], [120, 345, 45]];
        assert!(slips(Clerks { swapped: 1.0, ..NEVER }).all(|(_, votes)| swapped.contains(&votes)));
        for slip in slips(Clerks { addition: 1.0, ..NEVER }) {
            let [(right, wrong)] = changed(slip)[..] else { panic!("one sum is wrong") };
            assert!([1, 10, 100].contains(&right.abs_diff(wrong)));
        }
    }

    #[test]
    fn rounded_papers_keep_the_balance() {
        for (unused, rounded, lost, unaccounted) in [(124, 120, 4, 0), (125, 130, 0, 5), (120, 120, 0, 0)] {
            let mut protocol = Protocol::default();
            protocol.set(Term::Unused, unused);
            round(&mut protocol);
            let got = [Term::Unused, Term::Lost, Term::Unaccounted].map(|term| protocol.get(term));
            assert_eq!(got, [rounded, lost, unaccounted]);
        }
    }
}
