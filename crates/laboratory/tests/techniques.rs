//! Techniques keep the books, and the truth says every cell that they change.

use adil_laboratory::{Injected, Injection, Moved, Regions, Scenario, ScenarioError, inject};
use adil_record::{Area, Counts, Identity, Names, Proof, StationTable, Term, TurnoutOf, TurnoutReport};
use proptest::prelude::*;

/// The cells of one station: register, votes of three options, invalid, taken home, outside, early, mobile lost, left over.
#[derive(Debug, Clone, Copy)]
struct Station {
    away: u32,
    votes: [u32; 3],
    invalid: u32,
    home: u32,
    outside: u32,
    unused: u32,
    lost: u32,
}

fn column(cells: impl Iterator<Item = u32>) -> Counts {
    cells.map(Some).collect()
}

/// A table whose sums all hold, with every line; stations in regions of five.
fn table(stations: &[Station]) -> StationTable {
    let ballots = |s: &Station| s.votes.iter().sum::<u32>() + s.invalid;
    let issued = |s: &Station| ballots(s) + s.home;
    let mobile = |s: &Station| s.outside.min(ballots(s));
    let line = |of: &dyn Fn(&Station) -> u32| column(stations.iter().map(of));
    let mut table = StationTable {
        lines: vec![
            (Term::Registered, line(&|s| issued(s) + s.away)),
            (Term::Added, line(&|s| s.lost)),
            (Term::Received, line(&|s| issued(s) + s.unused + s.lost)),
            (Term::Issued, line(&issued)),
            (Term::IssuedInRoom, line(&|s| issued(s) - mobile(s))),
            (Term::IssuedOutside, line(&mobile)),
            (Term::RequestedOutside, line(&mobile)),
            (Term::Unused, line(&|s| s.unused)),
            (Term::InMobileBoxes, line(&mobile)),
            (Term::InFixedBoxes, line(&|s| ballots(s) - mobile(s))),
            (Term::InBoxes, line(&ballots)),
            (Term::Invalid, line(&|s| s.invalid)),
            (Term::Valid, line(&|s| ballots(s) - s.invalid)),
            (Term::Lost, line(&|s| s.lost)),
            (Term::CertificatesVoted, line(&|s| s.lost)),
        ],
        votes: (0..3).map(|option| line(&|s| s.votes[option])).collect(),
        source_rows: (2..).take(stations.len()).collect(),
        ..StationTable::default()
    };
    let mut regions = Names::default();
    for row in 0..stations.len() {
        table.stations.push(&row.to_string());
        regions.push(&format!("region {}", row / 5));
    }
    let report = |time: &str, protocol: bool, voters| TurnoutReport { time: time.into(), protocol, voters };
    table.turnout = vec![
        report("12:00", false, line(&|s| ballots(s) / 3)),
        report("17:00", false, line(&|s| ballots(s) / 2)),
        report("20:00", true, line(&issued)),
    ];
    table.areas = vec![Area { level: "region".into(), names: regions }];
    table
}

fn stations() -> impl Strategy<Value = Vec<Station>> {
    let station = (0u32..900, [0u32..600, 0u32..600, 0u32..600], 0u32..40, 0u32..9, 0u32..90, 0u32..400, 0u32..3);
    let station = station.prop_map(|(away, votes, invalid, home, outside, unused, lost)| Station {
        away,
        votes,
        invalid,
        home,
        outside,
        unused,
        lost,
    });
    proptest::collection::vec(station, 1..40)
}

fn scenario(technique: Injected, strength: f64, spread: f64) -> Scenario {
    Scenario { technique, side: 1, strength, spread, regions: Regions::All, seed: 7 }
}

fn done(table: &StationTable, scenario: &Scenario) -> (Injection, StationTable) {
    let injection = inject(table, scenario).expect("the scenario fits");
    let copy = injection.copy(table);
    (injection, copy)
}

fn cells(table: &StationTable) -> Vec<Vec<Option<u32>>> {
    let reports = table.turnout.iter().map(|report| &report.voters);
    let counts = table.lines.iter().map(|(_, counts)| counts).chain(&table.votes).chain(reports);
    counts.map(|counts| counts.iter().collect()).collect()
}

fn grown(before: &Counts, after: &Counts, row: usize) -> i64 {
    i64::from(after.or_zero(row)) - i64::from(before.or_zero(row))
}

/// Every cell of a row has changed by what the truth says, and by nothing else.
fn assert_row(before: &StationTable, after: &StationTable, one: Moved, is_mobile: bool) {
    let row = one.row;
    let (added, switched, registered) = (i64::from(one.added), i64::from(one.switched), i64::from(one.registered));
    let by_term = |term: Term| match (before.line(term), after.line(term)) {
        (Some(before), Some(after)) => Some(grown(before, after, row)),
        _ => None,
    };
    let taken = by_term(Term::Unused).map_or(0, |unused| -unused);
    for (term, expected) in [
        (Term::Registered, registered),
        (Term::Added, registered),
        (Term::CertificatesVoted, registered),
        (Term::Issued, added),
        (Term::IssuedInRoom, if is_mobile && before.line(Term::IssuedOutside).is_some() { 0 } else { added }),
        (Term::IssuedOutside, if is_mobile { added } else { 0 }),
        (Term::RequestedOutside, if is_mobile { added } else { 0 }),
        (Term::InMobileBoxes, if is_mobile { added } else { 0 }),
        (Term::InFixedBoxes, if is_mobile && before.line(Term::InMobileBoxes).is_some() { 0 } else { added }),
        (Term::InBoxes, added),
        (Term::Valid, added),
        (Term::Invalid, 0),
        (Term::Lost, 0),
    ] {
        assert!(by_term(term).is_none_or(|got| got == expected), "{term:?}: {:?}, expected {expected}", by_term(term));
    }
    assert!((0..=added).contains(&taken), "unused papers fall by at most what was added");
    if before.line(Term::Unused).is_some() {
        assert!(
            by_term(Term::Received).is_none_or(|received| received == added - taken),
            "more received only where none was left"
        );
    }
    let votes = |option: usize| grown(&before.votes[option], &after.votes[option], row);
    assert_eq!((votes(1), votes(0) + votes(2)), (added + switched, -switched));
    assert!(votes(0) <= 0 && votes(2) <= 0, "others only lose");
}

#[test]
fn stuffing_by_hand() {
    // 100 of 1,000 registered (a tenth); away 200, unused 60: 60 papers are taken from the unused, 40 more were received.
    let station = Station { away: 200, votes: [300, 400, 80], invalid: 20, home: 0, outside: 50, unused: 60, lost: 0 };
    let before = table(&[station]);
    let (injection, after) = done(&before, &scenario(Injected::Stuffing, 0.1, 1.0));
    let line = |term| after.line(term).and_then(|counts| counts.get(0));
    assert_eq!(injection.truth.totals.added, 100);
    assert_eq!((after.votes[1].get(0), line(Term::Unused), line(Term::Received)), (Some(500), Some(0), Some(900)));
    assert_eq!(
        (line(Term::Registered), line(Term::Issued), line(Term::InFixedBoxes)),
        (Some(1000), Some(900), Some(850))
    );
    // No more than stayed away.
    let (injection, _) = done(&before, &scenario(Injected::Stuffing, 0.9, 1.0));
    assert_eq!(injection.truth.totals.added, 200);
}

#[test]
fn switched_votes_come_from_others_in_proportion() {
    // 80 of 800 ballots: 3/4 from 300, 1/4 from 100.
    let station = Station { away: 0, votes: [300, 380, 100], invalid: 20, home: 0, outside: 0, unused: 0, lost: 0 };
    let technique = Injected::Count { turnout: None, round_to: None };
    let (injection, after) = done(&table(&[station]), &scenario(technique, 0.1, 1.0));
    assert_eq!((injection.truth.totals.added, injection.truth.totals.switched), (0, 80));
    assert_eq!([0, 1, 2].map(|option| after.votes[option].get(0)), [Some(240), Some(460), Some(80)]);
}

#[test]
fn rewritten_protocols_have_whole_percentages() {
    // Register 1,000, turnout 801 -> 850 (85 %); share (400 + 49 + 80)/850 = 62.2 % -> 60 % of 850 = 510.
    let station = Station { away: 199, votes: [301, 400, 80], invalid: 20, home: 0, outside: 0, unused: 300, lost: 0 };
    let technique = Injected::Count { turnout: None, round_to: Some(5) };
    let (injection, after) = done(&table(&[station]), &scenario(technique, 0.1, 1.0));
    let moved = injection.truth.moved[0];
    assert_eq!((moved.added, after.votes[1].get(0)), (49, Some(510)));
    // A target of 99 %: 990 - 801 = 189 more voters.
    let technique = Injected::Count { turnout: Some(0.99), round_to: None };
    let (injection, _) = done(&table(&[station]), &scenario(technique, 0.1, 1.0));
    assert_eq!(injection.truth.totals.added, 189);
}

#[test]
fn books_are_filled_to_their_end() {
    // 801 issued, 300 unused, a tenth is 30: 831, and the book of 100 ends at 900.
    let station = Station { away: 250, votes: [301, 400, 80], invalid: 20, home: 0, outside: 0, unused: 300, lost: 0 };
    let (injection, after) = done(&table(&[station]), &scenario(Injected::UnusedBallots { book: 100 }, 0.1, 1.0));
    assert_eq!(injection.truth.totals.added, 99);
    assert_eq!(after.line(Term::Unused).and_then(|unused| unused.get(0)), Some(201));
}

#[test]
fn all_of_the_way_leads_to_the_targets() {
    let station =
        |away: u32| Station { away, votes: [200, 300, 40], invalid: 9, home: 1, outside: 9, unused: 999, lost: 0 };
    let before = table(&(0..20).map(|row| station(100 + 40 * (row % 5))).collect::<Vec<_>>());
    let (_, after) = done(&before, &scenario(Injected::AdministrativePressure, 1.0, 1.0));
    for region in 0..4 {
        let turnout = |table: &StationTable, row: usize| {
            let cell = |term| f64::from(table.line(term).map_or(0, |counts| counts.or_zero(row)));
            cell(Term::Issued) / cell(Term::Registered)
        };
        let reached: Vec<f64> = (0..5).map(|row| turnout(&after, 5 * region + row)).collect();
        // The region's target is above its turnout, so that the stations of lowest turnout reach it, to one voter of 900.
        assert!((reached[3] - reached[4]).abs() < 1.0 / 800.0, "{reached:?}");
        assert!(reached[4] > turnout(&before, 5 * region + 4));
    }
}

#[test]
fn groups_stand_in_reports_from_their_hour_on() {
    let station = Station { away: 500, votes: [300, 380, 100], invalid: 20, home: 0, outside: 0, unused: 500, lost: 0 };
    let before = table(&[station; 30]);
    let mut after = before.clone();
    let mut injection = inject(&before, &scenario(Injected::GroupVoting, 0.1, 0.5)).expect("the scenario fits");
    injection.swap(&mut after);
    let truth = &injection.truth;
    for one in truth.by_row() {
        // 800/3 = 266 and 800/2 = 400 had voted; a group is a tenth of 1,300.
        let group = |hour: usize| if one.report.is_some_and(|from| from <= hour) { 130 } else { 0 };
        let voters = |report: usize| after.turnout[report].voters.get(one.row);
        assert_eq!(voters(0), Some(266 + group(0)));
        assert_eq!(voters(1), Some(400 + group(1)));
        assert_eq!(voters(2), after.line(Term::Issued).and_then(|issued| issued.get(one.row)), "from the protocol");
    }
    assert!(truth.moved.iter().any(|one| one.report == Some(0)) && truth.moved.iter().any(|one| one.report == Some(1)));
}

#[test]
fn officials_are_marked_and_taken_out_again() {
    let station = Station { away: 500, votes: [300, 380, 100], invalid: 20, home: 0, outside: 0, unused: 500, lost: 0 };
    let before = table(&[station; 30]);
    let mut after = before.clone();
    let mut injection = inject(&before, &scenario(Injected::OfficialsPresent, 0.0, 0.5)).expect("the scenario fits");
    injection.swap(&mut after);
    let (name, marks) = after.extra.last().expect("a column was added");
    let present = (0..30).filter(|&row| marks.get(row) == "yes").count();
    assert_eq!((name.as_str(), injection.truth.moved.len()), ("officials-present", present));
    assert!(present > 0 && present < 30 && cells(&after) == cells(&before));
    injection.swap(&mut after);
    assert_eq!(after.extra.len(), before.extra.len());
}

#[test]
fn only_chosen_regions_and_stations_change() {
    let station = Station { away: 500, votes: [300, 380, 100], invalid: 20, home: 0, outside: 0, unused: 500, lost: 0 };
    let before = table(&[station; 400]);
    let named = Scenario { regions: Regions::Named(vec!["region 3".into()]), ..scenario(Injected::Stuffing, 0.1, 1.0) };
    let rows: Vec<usize> = done(&before, &named).0.truth.moved.iter().map(|one| one.row).collect();
    assert_eq!(rows, [15, 16, 17, 18, 19]);
    let narrow = done(&before, &scenario(Injected::Stuffing, 0.1, 0.2)).0.truth;
    let wide = done(&before, &scenario(Injected::Stuffing, 0.1, 0.4)).0.truth;
    // Bin(400, 0.2): mean 80, sd 8.
    assert!(narrow.moved.len().abs_diff(80) < 48, "{}", narrow.moved.len());
    assert!(
        narrow.moved.iter().all(|one| wide.moved.contains(one)),
        "a wider spread keeps the stations of a narrower one"
    );
    let absent = Scenario { regions: Regions::Named(vec!["x".into()]), ..named };
    assert_eq!(inject(&before, &absent).err(), Some(ScenarioError::Region("x".into())));
    let aside = Scenario { side: 3, ..scenario(Injected::Stuffing, 0.1, 1.0) };
    assert_eq!(inject(&before, &aside).err(), Some(ScenarioError::Side { side: 3, options: 3 }));
    let strength = scenario(Injected::Stuffing, f64::NAN, 1.0);
    assert!(matches!(inject(&before, &strength), Err(ScenarioError::Part { name: "strength", .. })));
}

#[test]
fn cells_at_the_limit_and_missing_ones_are_no_danger() {
    let mut before =
        table(&[Station { away: 9, votes: [5, 6, 7], invalid: 0, home: 0, outside: 0, unused: 3, lost: 0 }; 3]);
    before.lines[0].1.set(0, Some(Counts::LARGEST));
    before.lines.iter_mut().for_each(|(_, counts)| counts.set(1, Some(Counts::LARGEST)));
    before.votes.iter_mut().for_each(|counts| counts.set(1, Some(Counts::LARGEST)));
    before.votes[0].set(2, None);
    for technique in Injected::ALL {
        let (injection, after) = done(&before, &scenario(technique, 1.0, 1.0));
        assert!(
            injection.truth.moved.iter().all(|one| one.row != 2),
            "a station whose votes are not known is left alone"
        );
        assert_eq!(after.votes.iter().map(Counts::missing).sum::<usize>(), 1, "{technique:?}");
        assert!(after.lines.iter().all(|(_, counts)| counts.missing() == 0), "{technique:?}");
    }
}

proptest! {
    #[test]
    fn books_balance_and_the_truth_is_whole(
        stations in stations(), number in 0..Injected::ALL.len(), strength in 0.0f64..=1.0, spread in 0.0f64..=1.0,
        dropped in proptest::collection::vec(any::<bool>(), 15), by_ballots: bool,
    ) {
        let mut before = table(&stations);
        let mut kept = dropped.iter();
        before.lines.retain(|_| kept.next().is_none_or(|dropped| !dropped));
        before.turnout_of = if by_ballots { TurnoutOf::Ballots } else { TurnoutOf::Issued };
        let technique = Injected::ALL[number];
        let (mut injection, after) = done(&before, &scenario(technique, strength, spread));
        for identity in Identity::ALL {
            let (was, is) = (Proof::of(&before, identity), Proof::of(&after, identity));
            prop_assert_eq!(was.map(|proof| (proof.tested, proof.failing)), is.map(|proof| (proof.tested, proof.failing)));
        }
        let is_mobile = technique == Injected::MobileVoting;
        for one in injection.truth.by_row() {
            assert_row(&before, &after, one, is_mobile);
        }
        let sums = |table: &StationTable| table.votes[1].sum();
        prop_assert_eq!(sums(&after) - sums(&before), injection.truth.totals.votes());
        if let (Some(registered), Some(ballots)) = (after.line(Term::Registered), after.ballots()) {
            let exceeds = |row: usize| ballots.or_zero(row) > registered.or_zero(row);
            prop_assert!(!(0..after.len()).any(exceeds), "more ballots than voters");
        }
        let mut swapped = before.clone();
        injection.swap(&mut swapped);
        prop_assert_eq!(cells(&swapped), cells(&after));
        injection.swap(&mut swapped);
        prop_assert_eq!(cells(&swapped), cells(&before), "taking it out again restores the table");
    }

    #[test]
    fn strength_and_spread_of_zero_change_nothing(stations in stations(), number in 0..Injected::ALL.len()) {
        let before = table(&stations);
        for (strength, spread) in [(0.0, 1.0), (1.0, 0.0)] {
            let (injection, after) = done(&before, &scenario(Injected::ALL[number], strength, spread));
            prop_assert_eq!(cells(&after), cells(&before));
            prop_assert_eq!(injection.truth.totals.votes(), 0);
            prop_assert_eq!(injection.columns().len(), 0, "no column is copied");
        }
    }

    #[test]
    fn more_strength_moves_no_fewer_votes(stations in stations(), number in 0..Injected::ALL.len(), weak in 0.0f64..0.5, more in 0.0f64..0.5) {
        let technique = Injected::ALL[number];
        prop_assume!(!matches!(technique, Injected::Count { round_to: Some(_), .. }));
        let before = table(&stations);
        let votes = |strength| done(&before, &scenario(technique, strength, 0.7)).0.truth.totals.votes();
        prop_assert!(votes(weak) <= votes(weak + more));
    }
}
