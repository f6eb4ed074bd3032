//! Twins in small towns.

use adil_record::{Coordinates, StationTable};
use proptest::prelude::*;

use super::*;
use crate::sample::{measured, real, run_on, table};

/// Two hundred buildings of two stations with some 2,000 voters, of whom half vote, three fifths of these for A. What
/// is in `added` is put into the second station of its building, for A.
fn with(added: impl Fn(u32) -> u32) -> StationTable {
    with_order(added, &(0..400).collect::<Vec<_>>())
}

/// The same with the rows in another order.
fn with_order(added: impl Fn(u32) -> u32, order: &[u32]) -> StationTable {
    // Neighbouring rows have nothing to do with each other.
    let mixed = |number: u32| (number ^ (number >> 15)).wrapping_mul(0x2c1b_3c6d);
    let wobble = |row: u32, factor: u32| (mixed(mixed((row + 1).wrapping_mul(factor))) >> 16) % 121;
    let more = |row: u32| if row % 2 == 1 { added(row / 2) } else { 0 };
    let came = |row: u32| 940 + wobble(row, 2_654_435_761);
    let own = |row: u32| came(row) * 3 / 5 - 30 + wobble(row, 1_812_433_253) / 2;
    let column = |of: &dyn Fn(u32) -> u32| order.iter().map(|&row| of(row)).collect::<Vec<u32>>();
    let ballots = column(&|row| came(row) + more(row));
    let for_a = column(&|row| own(row) + more(row));
    let others = column(&|row| came(row) - own(row));
    let registered = column(&|row| 2_000 + row % 7);
    let mut table = table(&[(Term::Registered, &registered), (Term::Issued, &ballots)], &[&for_a, &others]);
    let at = |row: &u32| Coordinates::new(45.0 + f64::from(row / 2) / 100.0, 9.0);
    table.coordinates = order.iter().map(at).collect();
    table.areas.clear();
    table
}

const NAMES: [&str; 4] = ["twins_turnout_buildings", "twins_turnout_far", "twins_share_far", "offsets_votes"];

#[test]
fn nothing_stands_out_where_nothing_was_done() {
    let finding = run_on(&Twins, with(|_| 0)).remove(0);
    assert_eq!(finding.verdict, Verdict::Undecided(Reason::NoNull));
    let [buildings, turnout, share, _] = NAMES.map(|name| measured(&finding, name));
    assert_eq!((buildings, turnout, share), (200, 0, 0));
    assert!(finding.evidence.is_empty(), "{:?}", finding.evidence);
}

#[test]
fn the_building_with_other_numbers_is_listed() {
    let finding = run_on(&Twins, with(|building| if building == 17 { 900 } else { 0 })).remove(0);
    assert_eq!([NAMES[1], NAMES[2]].map(|name| measured(&finding, name)), [1, 1]);
    // The second station of building 17 is row 35, in line 37 of the file.
    let rows: Vec<_> = finding.evidence.iter().filter_map(|evidence| evidence.place.as_ref()?.row).collect();
    assert_eq!(rows, [37, 37]);
}

#[test]
fn differences_of_a_round_number_are_counted() {
    // Every fifth building has 500 more for A in its second station than in the first, whatever that has.
    let mut table = with(|_| 0);
    let (own, others) = (table.votes[0].clone(), table.votes[1].clone());
    let cell = |row: usize| {
        let first = own.or_zero(row - row % 2);
        if (row / 2).is_multiple_of(5) { first + 500 * (row % 2) as u32 } else { own.or_zero(row) }
    };
    table.votes[0] = (0..400).map(|row| Some(cell(row))).collect();
    table.lines[1].1 = (0..400).map(|row| Some(cell(row) + others.or_zero(row))).collect();
    let finding = run_on(&Twins, table).remove(0);
    // Others have 400 or so, some of them differing by more than a tenth.
    let pairs = measured(&finding, "offsets_votes");
    assert!((20..=40).contains(&pairs), "{pairs}");
    assert!(real(&finding, "offsets_votes_expected") < 1.0 && real(&finding, "offsets_votes_p") < 1e-9);
    assert!(finding.evidence.iter().any(|evidence| evidence.statement.id == "twins-offset-votes"));
}

#[test]
fn without_coordinates_or_with_few_buildings_there_is_nothing_to_say() {
    let without = StationTable { coordinates: Vec::new(), ..with(|_| 0) };
    assert_eq!(run_on(&Twins, without)[0].statement.id, "twins-no-data");
    let mut few = with(|_| 0);
    few.coordinates.iter_mut().skip(20).for_each(|at| *at = None);
    assert_eq!(run_on(&Twins, few)[0].statement.id, "twins-few");
}

/// The pieces of a table without regions.
fn pieces(table: StationTable) -> Vec<(&'static str, f64, f64)> {
    let mut contest = crate::sample::contest(&["A", "B"]);
    contest.releases = vec![crate::sample::stations("final", adil_record::Status::Final, table)];
    let record = adil_record::Record { contests: vec![contest], ..adil_record::Record::default() };
    let settings = Settings::default();
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
    let of = |piece: Piece| (piece.statistic, piece.effect, piece.ln_p.unwrap_or(0.0));
    Twins.pieces(&view, &settings).into_iter().map(of).collect()
}

#[test]
fn pieces_are_as_usual_by_construction() {
    let pieces = pieces(with(|_| 0));
    let names: Vec<&str> = pieces.iter().map(|piece| piece.0).collect();
    assert!(names.contains(&"stations/twins:turnout") && names.contains(&"stations/twins:share"), "{names:?}");
    for (name, effect, ln_p) in pieces.into_iter().filter(|piece| !piece.0.contains("offsets")) {
        assert!((0.5..1.3).contains(&effect) && ln_p > -8.0, "{name}: {effect} {ln_p}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn the_order_of_rows_does_not_matter(by in 1usize..400) {
        let mut order: Vec<u32> = (0..400).collect();
        order.rotate_left(by);
        order.reverse();
        let added = |building: u32| building % 23;
        let (before, after) = (pieces(with(added)), pieces(with_order(added, &order)));
        prop_assert_eq!(before.len(), after.len());
        for (a, b) in before.into_iter().zip(after) {
            prop_assert!(a.0 == b.0 && (a.1 - b.1).abs() < 1e-6 && (a.2 - b.2).abs() < 1e-4, "{:?} {:?}", a, b);
        }
    }

    #[test]
    fn more_added_is_less_likely(added in 400u32..600, more in 20u32..300) {
        let of = |added: u32| {
            let finding = run_on(&Twins, with(|building| if building == 17 { added } else { 0 })).remove(0);
            real(&finding, "twins_share_p").ln()
        };
        prop_assert!(of(added + more) <= of(added));
    }

    #[test]
    fn numbers_of_any_kind_do_not_make_it_fall_over(
        votes in proptest::collection::vec((0u32..1_000_000_000, 0u32..1_000_000_000), 120), at in 1u32..60,
    ) {
        let own: Vec<u32> = votes.iter().map(|votes| votes.0).collect();
        let others: Vec<u32> = votes.iter().map(|votes| votes.1).collect();
        let mut table = table(&[(Term::Registered, &others)], &[&own, &others]);
        table.coordinates = (0..120).map(|row| Coordinates::new(f64::from(row % at), 0.0)).collect();
        run_on(&Twins, table);
    }
}
