//! Plurality and approval: whoever has the larger total stands before the other (rule K10), and the first groups that
//! find seats are elected (rules K11 and K12).
//!
//! The two methods differ in what a voter may do, one vote or several, and not in how totals are counted.

use crate::{Count, Method, Outcome, Place, Round, Tie};

/// The totals, and the order they make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Totals {
    /// The total of each candidate, in votes or in weight.
    pub totals: Vec<u128>,
    /// Seats to fill.
    pub seats: u32,
    /// The total of whoever gets the last seat: all above it are elected, and those at it if there are seats enough.
    pub last: u128,
}

/// Counts totals. There are 1 to as many seats as candidates.
pub(crate) fn count(method: &Method, seats: u32, totals: &[u128]) -> Count {
    let mut order: Vec<usize> = (0..totals.len()).collect();
    // Stable: who is tied stays in the order of the question.
    order.sort_by_key(|&candidate| std::cmp::Reverse(totals[candidate]));
    let groups = order.chunk_by(|&a, &b| totals[a] == totals[b]);
    let mut outcome = Outcome::ranked(groups.map(<[usize]>::to_vec).collect());
    let seats_to_fill = usize::try_from(seats).unwrap_or(usize::MAX).min(totals.len());

    let mut last = 0;
    for group in &outcome.ranking {
        let left = seats_to_fill - outcome.elected.len();
        if left == 0 {
            break;
        }
        last = totals[group[0]];
        if group.len() > left {
            // Rule K12: no lot is drawn here.
            outcome.open_seats = left;
            let place = Place::LastSeats { seats: left };
            outcome.ties.push(Tie { candidates: group.clone(), place, taken: None });
            break;
        }
        // Rule K11.
        outcome.elected.extend(group);
    }
    Count {
        method: method.clone(),
        candidates: totals.len(),
        counted: None,
        blank: Vec::new(),
        invalid: Vec::new(),
        rounds: vec![Round::Totals(Totals { totals: totals.to_vec(), seats, last })],
        outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Input, count};

    fn counted(seats: u32, totals: &[u128]) -> Outcome {
        let count = count(&Method::Approval { seats }, Input::Totals(totals)).expect("a question that can be counted");
        assert_eq!(count.counted, None);
        count.outcome
    }

    #[test]
    fn the_larger_total_stands_first() {
        let outcome = counted(2, &[5, 40, 0, 7]);
        assert_eq!(outcome.ranking, [vec![1], vec![3], vec![0], vec![2]]);
        assert_eq!(outcome.elected, [1, 3]);
        assert_eq!((outcome.open_seats, outcome.ties.len()), (0, 0));
    }

    #[test]
    fn a_tie_at_the_last_seat_leaves_it_open() {
        // Two seats are left for three candidates with 7 votes each.
        let outcome = counted(3, &[7, 40, 7, 1, 7]);
        assert_eq!(outcome.ranking, [vec![1], vec![0, 2, 4], vec![3]]);
        assert_eq!(outcome.elected, [1]);
        assert_eq!(outcome.open_seats, 2);
        let tied = |place| Tie { candidates: vec![0, 2, 4], place, taken: None };
        assert_eq!(outcome.ties, [tied(Place::Rank { group: 1 }), tied(Place::LastSeats { seats: 2 })]);
    }

    #[test]
    fn a_tie_that_seats_suffice_for_elects_all_of_them() {
        let outcome = counted(4, &[7, 40, 7, 1, 7]);
        assert_eq!(outcome.elected, [1, 0, 2, 4]);
        assert_eq!(outcome.open_seats, 0);
        assert_eq!(outcome.ties, [Tie { candidates: vec![0, 2, 4], place: Place::Rank { group: 1 }, taken: None }]);
    }

    #[test]
    fn weights_may_fill_128_bits() {
        let outcome = counted(1, &[u128::MAX - 1, u128::MAX]);
        assert_eq!(outcome.elected, [1]);
    }
}
