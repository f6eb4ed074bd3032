//! Tables drawn from the model of another one.

use adil_laboratory::{FitError, Fitted};
use adil_record::{Area, Counts, Identity, Names, Proof, StationTable, Term};
use adil_stat::stream;

const DISTRICTS: usize = 60;
const STATIONS: usize = 25;

/// Districts of 25 stations, ten to a region, each around its own turnout and share; small stations vote more.
fn made() -> StationTable {
    let mut own = stream(5, "fit", 0);
    let mut table = StationTable::default();
    let (mut regions, mut districts) = (Names::default(), Names::default());
    let mut cells: Vec<[u32; 10]> = Vec::new();
    for district in 0..DISTRICTS {
        let (turnout, share) = (own.beta(12.0, 10.0), own.beta(8.0, 12.0));
        for station in 0..STATIONS {
            let registered = 60 + own.below(1_800) as u32;
            let turnout = turnout + (1.0 - turnout) * 60.0 / f64::from(registered);
            let turnout = own.beta(80.0 * turnout, 80.0 * (1.0 - turnout));
            let ballots = own.binomial(registered, turnout);
            let mut shares =
                [60.0 * share, 60.0 * (1.0 - share) * 0.7, 60.0 * (1.0 - share) * 0.27, 60.0 * (1.0 - share) * 0.03];
            own.dirichlet(&mut shares);
            let mut votes = [0; 4];
            own.multinomial(ballots, &shares, |kind, count| votes[kind] = count);
            let issued = ballots + own.binomial(registered - ballots, 0.003);
            let outside = own.binomial(ballots, 0.07);
            let received = issued.max(registered - registered / 5);
            let [a, b, c, invalid] = votes;
            cells.push([registered, received, issued, issued - outside, outside, received - issued, invalid, a, b, c]);
            table.stations.push(&station.to_string());
            districts.push(&district.to_string());
            regions.push(&(district / 10).to_string());
        }
    }
    let column = |at: usize| -> Counts { cells.iter().map(|cells| Some(cells[at])).collect() };
    let outside = column(4);
    let fixed = cells.iter().map(|cells| Some(cells[6..].iter().sum::<u32>() - cells[4])).collect();
    table.lines = vec![
        (Term::Registered, column(0)),
        (Term::Received, column(1)),
        (Term::IssuedInRoom, column(3)),
        (Term::IssuedOutside, outside.clone()),
        (Term::Unused, column(5)),
        (Term::InMobileBoxes, outside),
        (Term::InFixedBoxes, fixed),
        (Term::Invalid, column(6)),
    ];
    table.votes = vec![column(7), column(8), column(9)];
    table.source_rows = (2..).take(cells.len()).collect();
    table.areas =
        vec![Area { level: "region".into(), names: regions }, Area { level: "district".into(), names: districts }];
    table
}

fn quotient(part: &Counts, whole: &Counts) -> f64 {
    part.paired(whole).quotient().expect("something to divide by")
}

/// Turnout, share of the side and of another, invalid papers, papers taken home, votes at home, in the country.
fn nation(table: &StationTable, side: usize) -> [f64; 6] {
    let (ballots, issued) = (table.ballots().expect("ballots"), table.issued().expect("issued"));
    let line = |term| table.line(term).expect("the line is there");
    [
        quotient(&ballots, line(Term::Registered)),
        quotient(&table.votes[side], &ballots),
        quotient(&table.votes[(side + 1) % 3], &ballots),
        quotient(line(Term::Invalid), &ballots),
        quotient(&issued, &ballots),
        quotient(line(Term::IssuedOutside), &issued),
    ]
}

/// The spread of turnout or share between stations.
fn spread(part: &Counts, whole: &Counts) -> f64 {
    let ratios: Vec<f64> =
        (0..part.len()).map(|row| f64::from(part.or_zero(row)) / f64::from(whole.or_zero(row).max(1))).collect();
    let mean = ratios.iter().sum::<f64>() / ratios.len() as f64;
    (ratios.iter().map(|ratio| (ratio - mean).powi(2)).sum::<f64>() / ratios.len() as f64).sqrt()
}

#[test]
fn the_country_comes_out_within_sampling_error() {
    let real = made();
    for side in 0..3 {
        let fitted = Fitted::fit(&real, side).expect("a model");
        let expected = nation(&real, side);
        let drawn: Vec<StationTable> = (0..30).map(|seed| fitted.draw(seed)).collect();
        let nations: Vec<[f64; 6]> = drawn.iter().map(|table| nation(table, side)).collect();
        for figure in 0..6 {
            let mean = nations.iter().map(|nation| nation[figure]).sum::<f64>() / 30.0;
            let sd = (nations.iter().map(|nation| (nation[figure] - mean).powi(2)).sum::<f64>() / 29.0).sqrt();
            // The mean of 30 draws is within five of its standard errors of the real figure, up to the hundredth of a
            // percentage point by which papers taken home and the quotients of means may differ.
            let room = 5.0 * sd / 30f64.sqrt() + 1e-4;
            assert!(
                (mean - expected[figure]).abs() < room,
                "side {side}, figure {figure}: {mean}, real {}",
                expected[figure]
            );
        }
        for table in &drawn {
            // Spreads of 1,500 stations are known to a few hundredths of themselves.
            let of = |table: &StationTable| {
                let ballots = table.ballots().expect("ballots");
                [
                    spread(&ballots, table.line(Term::Registered).expect("registers")),
                    spread(&table.votes[side], &ballots),
                ]
            };
            for (got, real) in of(table).into_iter().zip(of(&real)) {
                assert!((got / real - 1.0).abs() < 0.15, "side {side}: spread {got}, real {real}");
            }
        }
    }
}

#[test]
fn registers_and_areas_are_kept_and_sums_hold() {
    let real = made();
    let drawn = Fitted::fit(&real, 0).expect("a model").draw(3);
    assert_eq!(drawn.line(Term::Registered), real.line(Term::Registered));
    assert_eq!(drawn.len(), real.len());
    assert!((0..real.len()).all(|row| drawn.name(row) == real.name(row)));
    let proofs = Proof::all(&drawn);
    let expected = [Identity::ValidAndInvalidAreInBoxes, Identity::ReceivedAreIssuedAndUnused];
    assert!(proofs.iter().map(|proof| proof.identity).eq(expected), "the sums that these columns allow");
    assert!(proofs.iter().all(|proof| proof.failing == 0));
    let (ballots, boxes) = (drawn.ballots().expect("ballots"), drawn.in_boxes().expect("boxes"));
    assert_eq!(ballots, boxes);
}

#[test]
fn threads_do_not_matter_and_seeds_do() {
    let real = made();
    let cells = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| {
            let drawn = Fitted::fit(&real, 0).expect("a model").draw(seed);
            (drawn.lines, drawn.votes)
        })
    };
    assert_eq!(cells(1, 1), cells(4, 1));
    assert_ne!(cells(1, 1), cells(1, 2));
}

#[test]
fn stations_without_a_model_are_left_out() {
    let mut real = made();
    real.votes[2].set(4, None);
    real.lines[0].1.set(7, Some(0));
    real.lines[0].1.set(9, None);
    let drawn = Fitted::fit(&real, 0).expect("a model").draw(1);
    assert_eq!((drawn.len(), drawn.left_out[0].rows, drawn.source_rows[4]), (real.len() - 3, 3, 7));
    assert_eq!(Fitted::fit(&real, 3).err(), Some(FitError::Side { side: 3, options: 3 }));
    real.lines.remove(0);
    assert_eq!(Fitted::fit(&real, 0).err(), Some(FitError::NoRegister));
}

#[test]
fn a_single_option_and_a_single_station_are_enough() {
    let column = |count: u32| -> Counts { [Some(count)].into_iter().collect() };
    let mut real = StationTable {
        lines: vec![(Term::Registered, column(900))],
        votes: vec![column(500)],
        ..StationTable::default()
    };
    real.stations.push("1");
    let drawn = Fitted::fit(&real, 0).expect("a model").draw(1);
    let votes = drawn.votes[0].get(0).expect("votes");
    assert!(votes > 0 && votes < 900, "{votes}");
    real.votes.push(column(0));
    assert_eq!(Fitted::fit(&real, 0).expect("a model").draw(1).votes[1].get(0), Some(0));
}
