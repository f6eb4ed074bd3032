//! Places on a small map.

use adil_record::{Coordinates, StationTable};
use proptest::prelude::*;

use super::*;
use crate::sample::{measured, real, run_on, table};

/// A square of 20 by 20 places a kilometre or so apart, one station each with 1,000 voters and 500 ballots. Turnout and share
/// wobble by themselves; `added` votes for A are put into every eleventh, none beside another.
fn with(added: u32) -> StationTable {
    let wobble = |row: u32, factor: u32| ((row + 1).wrapping_mul(factor) >> 16) % 41;
    let more = |row: u32| if row % 11 == 3 { added } else { 0 };
    let came = |row: u32| 480 + wobble(row, 2_654_435_761);
    let ballots: Vec<u32> = (0..400).map(|row| came(row) + more(row)).collect();
    // A share of 50 to 60 % of those who came, whatever their number.
    let own: Vec<u32> = (0..400).map(|row| came(row) * (200 + wobble(row, 1_812_433_253)) / 400 + more(row)).collect();
    let others: Vec<u32> = ballots.iter().zip(&own).map(|(ballots, own)| ballots - own).collect();
    let registered = [1_000; 400];
    let mut table = table(&[(Term::Registered, &registered), (Term::Issued, &ballots)], &[&own, &others]);
    let at = |row: u32| Coordinates::new(45.0 + f64::from(row / 20) / 100.0, 9.0 + f64::from(row % 20) / 100.0);
    table.coordinates = (0..400).map(at).collect();
    table
}

#[test]
fn what_was_added_to_single_places_stands_out() {
    let plain = run_on(&Neighbours, with(0)).remove(0);
    let added = run_on(&Neighbours, with(300)).remove(0);
    assert_eq!((measured(&plain, "places"), measured(&plain, "standing_out")), (400, 0));
    // Rows 3, 14 .. 399; at the edges, where the eight nearest reach further, some have one another for neighbours.
    assert!((33..=37).contains(&measured(&added, "standing_out")), "{}", measured(&added, "standing_out"));
    // Station 1 stands in row 2 of the table, so that row 3 of those above stands in row 5.
    let rows = added.evidence.iter().filter_map(|evidence| evidence.place.as_ref()?.row);
    assert!(rows.inspect(|row| assert_eq!((row - 2) % 11, 3)).count() > 10);
    assert!(real(&added, "correlation_neighbours") > 0.8 && real(&added, "p_correlation_neighbours") < 0.001);
    assert!(real(&plain, "correlation_neighbours").abs() < 0.3, "{}", real(&plain, "correlation_neighbours"));
    // One degree of latitude is 111.2 km; the eight nearest are those around, the corners 1.36 km away.
    let corner = Coordinates::new(45.1, 9.1).zip(Coordinates::new(45.11, 9.11)).map(|(a, b)| a.kilometres_to(b));
    assert!((real(&added, "median_reach_km") - corner.expect("points")).abs() < 0.01);
}

#[test]
fn stations_of_one_point_are_one_place() {
    let mut table = with(0);
    // Each two rows of places of one column become one: 200 places of two stations.
    table.coordinates = (0..400u32)
        .map(|row| Coordinates::new(45.0 + f64::from(row / 20) / 100.0, 9.0 + f64::from(row % 20 / 2) / 100.0))
        .collect();
    let finding = run_on(&Neighbours, table).remove(0);
    assert_eq!((measured(&finding, "places"), measured(&finding, "placed_stations")), (200, 400));
}

#[test]
fn without_coordinates_or_with_few_places_there_is_nothing_to_say() {
    let without = StationTable { coordinates: Vec::new(), ..with(0) };
    assert_eq!(run_on(&Neighbours, without)[0].statement.id, "neighbours-no-data");
    let mut few = with(0);
    few.coordinates.iter_mut().skip(49).for_each(|at| *at = None);
    assert_eq!(run_on(&Neighbours, few)[0].statement.id, "neighbours-few");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]
    #[test]
    fn more_added_is_more_alike(added in 0u32..150, more in 20u32..100) {
        let of = |added: u32| real(&run_on(&Neighbours, with(added)).remove(0), "correlation_neighbours");
        prop_assert!(of(added + more) > of(added));
    }

    #[test]
    fn places_anywhere_do_not_make_it_fall_over(
        at in proptest::collection::vec((-90.0f64..=90.0, -180.0f64..=180.0), 60),
        votes in proptest::collection::vec((0u32..1_000_000_000, 0u32..1_000_000_000), 60),
    ) {
        let own: Vec<u32> = votes.iter().map(|votes| votes.0).collect();
        let others: Vec<u32> = votes.iter().map(|votes| votes.1).collect();
        let mut table = table(&[(Term::Registered, &others)], &[&own, &others]);
        table.coordinates = at.into_iter().map(|(north, east)| Coordinates::new(north.round(), east.round())).collect();
        run_on(&Neighbours, table);
    }
}
