//! Countries drawn from parameters.

use adil_laboratory::{Clerks, Parameters, ParametersError, Place, Spreads};
use adil_record::{Counts, Identity, Proof, StationTable, Term};

fn exact() -> Clerks {
    Clerks { digit: 0.0, transposed: 0.0, swapped: 0.0, addition: 0.0, rounded: 0.05 }
}

fn line(table: &StationTable, term: Term) -> &Counts {
    table.line(term).expect("every line is drawn")
}

fn quotient(part: &Counts, whole: &Counts) -> f64 {
    part.paired(whole).quotient().expect("something to divide by")
}

/// Within six standard errors of a quotient of `n` independent ones.
fn assert_near(what: &str, got: f64, expected: f64, n: u64) {
    let room = 6.0 * (expected * (1.0 - expected) / n as f64).sqrt();
    assert!((got - expected).abs() < room, "{what}: {got}, expected {expected} ± {room}");
}

#[test]
fn honest_tables_balance_exactly() {
    let parameters = Parameters { stations: 3_000, clerks: exact(), ..Parameters::default() };
    let table = parameters.draw(1).expect("parameters in range");
    let proofs = Proof::all(&table);
    // All sums but the one for tables without boxes.
    assert_eq!(proofs.len(), Identity::ALL.len() - 1);
    for proof in proofs {
        assert_eq!((proof.tested, proof.failing), (3_000, 0), "{:?}", proof.identity);
    }
    let cell = |term: Term, row: usize| line(&table, term).get(row).expect("every cell is known");
    for row in 0..table.len() {
        assert!(
            cell(Term::InBoxes, row) <= cell(Term::Issued, row)
                && cell(Term::Issued, row) <= cell(Term::Registered, row)
        );
        assert!(cell(Term::IssuedOutside, row) <= cell(Term::RequestedOutside, row));
        assert_eq!(
            cell(Term::CertificatesReceived, row),
            cell(Term::CertificatesIssued, row) + cell(Term::CertificatesUnused, row)
        );
        assert_eq!(cell(Term::Received, row) % 50, 0, "lots are whole");
        let reports: Vec<u32> = table.turnout.iter().map(|report| report.voters.or_zero(row)).collect();
        assert!(reports.is_sorted() && reports[3] <= cell(Term::Issued, row), "{reports:?}");
    }
    assert_eq!(
        table.turnout.iter().map(|report| report.time.as_str()).collect::<Vec<_>>(),
        ["10:00", "12:00", "15:00", "18:00"]
    );
    // 5 % of 3,000 clerks round, nine of ten to another number: 135, standard deviation 11.
    let round = (0..3_000).filter(|&row| cell(Term::Unaccounted, row) + cell(Term::Lost, row) > 0).count();
    assert!(round.abs_diff(160) < 90, "{round}");
}

#[test]
fn clerks_err_as_often_as_they_are_told_to() {
    let clerks = Clerks { addition: 0.06, ..Clerks { rounded: 0.0, ..exact() } };
    let table = Parameters { stations: 5_000, clerks, ..Parameters::default() }.draw(1).expect("parameters in range");
    let failing = |identity| Proof::of(&table, identity).map_or(0, |proof| proof.failing);
    // A third of 300 errors is in the valid votes: 100, standard deviation 10. Both sums with valid votes then fail.
    assert!(failing(Identity::OptionsAreValid).abs_diff(100) < 60);
    assert_eq!(failing(Identity::PartsAreIssued), failing(Identity::ReceivedAreIssuedAndUnused));
    assert!(failing(Identity::ReceivedAreIssuedAndUnused).abs_diff(100) < 60);
}

#[test]
fn an_even_country_is_as_its_parameters_say() {
    let none = Spreads {
        region_turnout: 0.0,
        region_share: 0.0,
        district_turnout: 0.0,
        district_share: 0.0,
        station_turnout: 0.0,
        station_share: 0.0,
        correlation: 0.0,
        concentration: 1_000_000.0,
        concentration_spread: 0.0,
    };
    let mut parameters = Parameters {
        stations: 2_000,
        towns: 1.0,
        spread: none,
        special: Vec::new(),
        clerks: exact(),
        ..Parameters::default()
    };
    parameters.papers.concentration = 1_000_000.0;
    parameters.town = Place { register: 1_000.0, register_spread: 0.0, turnout: 0.6, outside: 0.1, invalid: 0.02 };
    let table = parameters.draw(4).expect("parameters in range");
    let ballots = line(&table, Term::InBoxes);
    assert_eq!(line(&table, Term::Registered).sum(), 2_000_000);
    assert_near("turnout", quotient(ballots, line(&table, Term::Registered)), 0.6, 2_000_000);
    assert_near("invalid", quotient(line(&table, Term::Invalid), ballots), 0.02, 1_200_000);
    assert_near("at home", quotient(line(&table, Term::IssuedOutside), line(&table, Term::Issued)), 0.1, 1_200_000);
    assert_near("added", quotient(line(&table, Term::Added), line(&table, Term::Registered)), 0.008, 2_000_000);
    for (votes, option) in table.votes.iter().zip(&parameters.option) {
        assert_near(&option.name, quotient(votes, line(&table, Term::Valid)), option.share, 1_176_000);
    }
    // Half of the turnout by noon and so on: 0.34 of those issued.
    let part = quotient(&table.turnout[1].voters, line(&table, Term::Issued));
    assert!((part - 0.34).abs() < 0.01, "{part}");
}

#[test]
fn places_differ_as_they_are_told_to() {
    let table = Parameters { stations: 8_000, ..Parameters::default() }.draw(2).expect("parameters in range");
    let (kinds, turnout) = (&table.extra[0].1, |row: usize| {
        f64::from(line(&table, Term::InBoxes).or_zero(row)) / f64::from(line(&table, Term::Registered).or_zero(row))
    });
    let mean = |kind: &str| {
        let rows: Vec<f64> = (0..table.len()).filter(|&row| kinds.get(row) == kind).map(turnout).collect();
        assert!(rows.len() > 5, "{kind}");
        rows.iter().sum::<f64>() / rows.len() as f64
    };
    assert!(mean("hospital") > 0.85 && mean("barracks") > 0.93 && mean("village") > mean("town") + 0.03);
    let (districts, count) = table.districts();
    // 8,000 stations in districts of at most 40.
    assert!(count >= 200 && districts.len() == 8_000);
    assert_eq!(table.regions().map(|names| names.distinct()), Some(20));
}

#[test]
fn threads_do_not_matter_and_seeds_do() {
    let parameters = Parameters { stations: 700, ..Parameters::default() };
    let drawn = |threads: usize, seed: u64| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let table = pool.install(|| parameters.draw(seed)).expect("parameters in range");
        let names: Vec<String> = (0..table.len()).map(|row| table.name(row)).collect();
        (table.lines, table.votes, names)
    };
    assert_eq!(drawn(1, 1), drawn(4, 1));
    assert_ne!(drawn(1, 1).1, drawn(1, 2).1);
}

#[test]
fn the_ends_of_the_ranges_can_be_drawn() {
    let mut parameters =
        Parameters { stations: 60, regions: 60, towns: 0.0, region_spread: 3.0, ..Parameters::default() };
    parameters.spread.concentration = 1.0;
    parameters.spread.correlation = -1.0;
    parameters.spread.district_share = 3.0;
    parameters.village = Place { register: 1.0, register_spread: 3.0, turnout: 1e-6, outside: 1.0, invalid: 1.0 };
    parameters.papers.received = 0.0;
    parameters.papers.taken = 1.0;
    parameters.hours.reached = vec![0.0, 1.0, 1.0, 1.0];
    parameters.option.truncate(1);
    let table = parameters.draw(1).expect("parameters in range");
    assert_eq!((table.len(), table.votes.len()), (60, 1));
    parameters.stations = 59;
    assert!(matches!(parameters.draw(1), Err(ParametersError::Range { name, .. }) if name == "regions"));
}
