//! Borders on small maps.

use adil_record::{Area, Coordinates, StationTable};
use proptest::prelude::*;

use super::*;
use crate::sample::{measured, real, run_on, table};

/// A square of 24 by 24 places some three kilometres apart, one station of 1,000 voters each, in 36 districts of four
/// by four, of which nine make a region: west and east, south and north. `jump` more in a thousand vote in the first
/// region and, of those who vote there, for A. Turnout and share rise slowly to the east, and differ from district to
/// district.
fn with_order(jump: u32, order: &[u32]) -> StationTable {
    // Neighbouring numbers have nothing to do with each other.
    let scattered = |number: u32| (number ^ (number >> 15)).wrapping_mul(0x2c1b_3c6d);
    let mixed = |number: u32, factor: u32| (scattered(scattered((number + 1).wrapping_mul(factor))) >> 16) % 61;
    let (east, north) = (|row: u32| row % 24, |row: u32| row / 24);
    let district = |row: u32| east(row) / 4 + 6 * (north(row) / 4);
    let region = |row: u32| east(row) / 12 + 2 * (north(row) / 12);
    let more = |row: u32| if region(row) == 0 { jump } else { 0 };
    let of = |row: u32, a: u32, b: u32| 400 + 4 * east(row) + mixed(row, a) + mixed(district(row), b) + more(row);
    let came = |row: u32| of(row, 2_654_435_761, 1_812_433_253);
    let own = |row: u32| came(row) * of(row, 1_597_334_677, 3_812_015_801) / 1_000;
    let column = |of: &dyn Fn(u32) -> u32| order.iter().map(|&row| of(row)).collect::<Vec<u32>>();
    let (ballots, for_a) = (column(&came), column(&own));
    let others = column(&|row| came(row) - own(row));
    let registered = vec![1_000; order.len()];
    let mut table = table(&[(Term::Registered, &registered), (Term::Issued, &ballots)], &[&for_a, &others]);
    // Not quite on a lattice, so that no two distances are the same.
    let at = |&row: &u32| {
        let off = |factor: u32| f64::from(mixed(row, factor)) / 50_000.0;
        let (east, north) = (f64::from(east(row)), f64::from(north(row)));
        Coordinates::new(north * 0.03 + off(747_796_405), east * 0.03 + off(2_891_336_453))
    };
    table.coordinates = order.iter().map(at).collect();
    let names = |of: &dyn Fn(u32) -> u32| {
        let mut names = Names::default();
        order.iter().for_each(|&row| names.push(&of(row).to_string()));
        names
    };
    let area = |level: &str, names| Area { level: level.into(), names };
    table.areas = vec![area("region", names(&region)), area("district", names(&district))];
    table
}

fn with(jump: u32) -> StationTable {
    with_order(jump, &(0..576).collect::<Vec<_>>())
}

#[test]
fn districts_that_differ_make_no_border() {
    let finding = run_on(&Borders, with(0)).remove(0);
    assert_eq!(finding.verdict, Verdict::Undecided(Reason::NoNull));
    // Each row and column of districts has five edges, 60 in all; 12 of these are borders, and corners are edges too.
    assert!(measured(&finding, "inner_edges") >= 48);
    for name in ["borders_turnout_p", "borders_share_p"] {
        assert!(real(&finding, name) > 0.01, "{name}: {}", real(&finding, name));
    }
    assert!((real(&finding, "borders_turnout_ratio") - 1.0).abs() < 0.4);
}

#[test]
fn a_region_with_more_is_seen_at_its_borders() {
    let finding = run_on(&Borders, with(100)).remove(0);
    for name in ["borders_turnout_p", "borders_share_p"] {
        assert!(real(&finding, name) < 0.01, "{name}: {}", real(&finding, name));
    }
    // Four regions have four borders, and two that meet at the corner.
    assert!(measured(&finding, "borders") >= 4);
    // The two borders of region 0, for turnout and share.
    for (id, small) in [("borders-turnout", "borders_turnout_small"), ("borders-share", "borders_share_small")] {
        assert!(measured(&finding, small) >= 2, "{}", measured(&finding, small));
        let named = finding.evidence.iter().filter(|evidence| evidence.statement.id == id);
        for evidence in named.take(2) {
            let args = format!("{:?}", evidence.statement.args);
            assert!(args.contains("Text(\"0\")"), "{args}");
        }
    }
}

#[test]
fn without_regions_coordinates_or_pairs_there_is_nothing_to_say() {
    let without = StationTable { coordinates: Vec::new(), ..with(0) };
    assert_eq!(run_on(&Borders, without)[0].statement.id, "borders-no-data");
    let without = StationTable { areas: Vec::new(), ..with(0) };
    assert_eq!(run_on(&Borders, without)[0].statement.id, "borders-no-data");
    let mut only_regions = with(0);
    only_regions.areas.truncate(1);
    assert_eq!(run_on(&Borders, only_regions)[0].statement.id, "borders-few");
}

/// The pieces of a table: statistic, region by name, effect.
fn pieces(table: StationTable) -> Vec<(&'static str, String, f64)> {
    let mut contest = crate::sample::contest(&["A", "B"]);
    contest.releases = vec![crate::sample::stations("final", adil_record::Status::Final, table)];
    let record = adil_record::Record { contests: vec![contest], ..adil_record::Record::default() };
    let settings = Settings { permutations: 99, ..Settings::default() };
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
    let names = view.tested.as_ref().and_then(|tested| tested.table.regions()).expect("regions");
    let of = |piece: Piece| (piece.statistic, names.spelling(piece.region.expect("a region")).to_owned(), piece.effect);
    let mut pieces: Vec<_> = Borders.pieces(&view, &settings).into_iter().map(of).collect();
    // Turnout concerns no side, and comes out the same for both.
    pieces.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)).then(a.2.total_cmp(&b.2)));
    pieces
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn the_order_of_rows_does_not_matter(by in 1usize..576, jump in 0u32..60) {
        let mut order: Vec<u32> = (0..576).collect();
        order.rotate_left(by);
        order.reverse();
        let (before, after) = (pieces(with(jump)), pieces(with_order(jump, &order)));
        // Four regions, two questions, two sides.
        prop_assert_eq!(before.len(), 16);
        for (a, b) in before.into_iter().zip(after) {
            prop_assert!(a.0 == b.0 && a.1 == b.1 && (a.2 - b.2).abs() < 1e-9, "{:?} {:?}", a, b);
        }
    }

    #[test]
    fn a_larger_jump_has_a_larger_effect(jump in 40u32..80, more in 10u32..40) {
        let of = |jump: u32| {
            let pieces = pieces(with(jump));
            pieces.into_iter().find(|piece| piece.1 == "0").map(|piece| piece.2)
        };
        prop_assert!(of(jump + more) > of(jump));
    }

    #[test]
    fn places_anywhere_do_not_make_it_fall_over(
        at in proptest::collection::vec((0.0f64..=0.3, 0.0f64..=0.3), 120),
        votes in proptest::collection::vec((0u32..1_000_000_000, 0u32..1_000_000_000), 120),
    ) {
        let own: Vec<u32> = votes.iter().map(|votes| votes.0).collect();
        let others: Vec<u32> = votes.iter().map(|votes| votes.1).collect();
        let mut table = table(&[(Term::Registered, &others)], &[&own, &others]);
        table.coordinates = at.into_iter().map(|(north, east)| Coordinates::new(north, east)).collect();
        let mut regions = Names::default();
        (0..120).for_each(|row| regions.push(&(row / 60).to_string()));
        table.areas.insert(0, Area { level: "region".into(), names: regions });
        run_on(&Borders, table);
    }
}
