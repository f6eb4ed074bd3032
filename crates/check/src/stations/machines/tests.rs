//! Differences that were put into small tables.

use adil_record::{StationTable, Term};
use proptest::prelude::*;

use super::*;
use crate::sample::{measured, real, run_on, table};

/// Ten districts of ten stations with 1,000 voters and 500 ballots; every other station has a machine. The share of A is 70 % and a
/// point more a district by hand, `less` votes of 500 fewer by machine, and `slope` votes more a hundred voters.
fn with(less: u32, slope: u32) -> StationTable {
    let sizes: Vec<u32> = (0..100u32).map(|row| 1_000 + 100 * (row * 7 % 5)).collect();
    let votes = |row: usize| {
        let machine = row.is_multiple_of(2);
        let wobble = (row as u32 * 13) % 7;
        350 + 5 * (row as u32 / 10) + wobble + slope * (sizes[row] - 1_000) / 100 - if machine { less } else { 0 }
    };
    let own: Vec<u32> = (0..100).map(votes).collect();
    let others: Vec<u32> = own.iter().map(|votes| 500 - votes).collect();
    let mut table = table(&[(Term::Registered, &sizes)], &[&own, &others]);
    table.counted_by_machine = (0..100usize).map(|row| Some(row.is_multiple_of(2))).collect();
    table
}

#[test]
fn a_difference_within_districts_is_found_again() {
    let plain = run_on(&Machines, with(0, 0)).remove(0);
    let shifted = run_on(&Machines, with(25, 0)).remove(0);
    // 25 votes of 500 are five points.
    assert!((real(&plain, "machine_difference") - real(&shifted, "machine_difference") - 5.0).abs() < 1e-9);
    assert!(real(&plain, "machine_difference").abs() < 1.0 && real(&plain, "p_placebo") > 0.01);
    assert!(real(&shifted, "p_placebo") < 0.001);
    assert_eq!((measured(&shifted, "machine_stations"), measured(&shifted, "districts")), (50, 10));
    let interval = shifted.measures[0].interval.as_ref().expect("ten districts");
    assert!(interval.low < -4.0 && interval.high < 0.0 && interval.low < interval.high);
}

#[test]
fn size_is_taken_into_account() {
    // Machines at the large stations only, where A has more votes with size: the difference is one of size.
    let mut table = with(0, 10);
    let large: Vec<Option<bool>> =
        table.line(Term::Registered).expect("a register").iter().map(|size| size.map(|size| size >= 1_200)).collect();
    table.counted_by_machine = large;
    let finding = run_on(&Machines, table).remove(0);
    assert!(real(&finding, "machine_difference_unadjusted") > 4.0);
    assert!(real(&finding, "machine_difference").abs() < 1.0, "{}", real(&finding, "machine_difference"));
}

#[test]
fn districts_of_one_kind_say_nothing() {
    let mut table = with(25, 0);
    table.counted_by_machine = (0..100).map(|row| Some(row < 50)).collect();
    assert_eq!(run_on(&Machines, table).remove(0).statement.id, "machines-no-stations");
    let without = run_on(&Machines, StationTable { counted_by_machine: Vec::new(), ..with(0, 0) });
    assert_eq!(without[0].statement.id, "machines-no-data");
    assert_eq!(without[0].verdict, Verdict::Undecided(Reason::NoData));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn more_votes_by_hand_are_a_larger_difference(less in 0u32..60, more in 1u32..30) {
        let of = |less: u32| real(&run_on(&Machines, with(less, 1)).remove(0), "machine_difference");
        prop_assert!(of(less + more) < of(less));
    }
}
