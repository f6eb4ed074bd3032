//! Small contests for the tests of the checks.

use adil_finding::{Finding, Reason, Verdict};
use adil_record::{
    Amount, Area, Contest, ContestOption, Counts, Names, OptionId, Percentage, PublishedFigure, Publisher,
    PublisherKind, Quantity, Record, Release, StationTable, Status, Term,
};

use crate::{Check, ContestView, Settings};

/// A contest between the options of these names.
pub(crate) fn contest(options: &[&str]) -> Contest {
    let option = |name: &&str| ContestOption { id: name.to_lowercase(), name: (*name).to_owned(), incumbent: false };
    Contest {
        id: "c".into(),
        title: "Contest".into(),
        options: options.iter().map(option).collect(),
        ..Contest::default()
    }
}

/// A release with these figures of the whole country.
pub(crate) fn release(id: &str, kind: PublisherKind, status: Status, figures: Vec<PublishedFigure>) -> Release {
    let publisher = Publisher { name: format!("publisher of {id}"), kind };
    Release { id: id.into(), publisher, status, figures, ..Release::default() }
}

/// A count of the whole country.
pub(crate) fn count(what: Quantity, count: u64) -> PublishedFigure {
    PublishedFigure { what, area: None, amount: Amount::Count(count) }
}

/// A percentage of the whole country, as printed.
pub(crate) fn percent(what: Quantity, printed: &str) -> PublishedFigure {
    let printed = Percentage::parse(printed).expect("a printed percentage");
    PublishedFigure { what, area: None, amount: Amount::Percent(printed) }
}

/// The votes of the option at that place.
pub(crate) fn votes(option: usize) -> Quantity {
    Quantity::Votes(OptionId(option))
}

/// The share of the option at that place.
pub(crate) fn share(option: usize) -> Quantity {
    Quantity::Share(OptionId(option))
}

/// A column of counts.
pub(crate) fn column(cells: &[u32]) -> Counts {
    cells.iter().map(|&cell| Some(cell)).collect()
}

/// A table of stations 1, 2, 3 … in one district each ten, with these protocol lines and votes.
pub(crate) fn table(lines: &[(Term, &[u32])], votes: &[&[u32]]) -> StationTable {
    let rows = votes.first().map_or(0, |column| column.len());
    let mut table = StationTable {
        input: "table.csv".into(),
        lines: lines.iter().map(|&(term, cells)| (term, column(cells))).collect(),
        votes: votes.iter().map(|cells| column(cells)).collect(),
        source_rows: (2..).take(rows).collect(),
        ..StationTable::default()
    };
    let mut districts = Names::default();
    for row in 0..rows {
        table.stations.push(&(row + 1).to_string());
        districts.push(&format!("district {}", row / 10));
    }
    table.areas = vec![Area { level: "district".into(), names: districts }];
    table
}

/// A release of the organisers that holds a table of stations.
pub(crate) fn stations(id: &str, status: Status, table: StationTable) -> Release {
    Release { stations: Some(table), ..release(id, PublisherKind::Organiser, status, Vec::new()) }
}

/// What a check says of a contest. Whatever it leaves undecided about the whole contest must have a short line, unless
/// the data are absent.
pub(crate) fn run(check: &dyn Check, contest: Contest) -> Vec<Finding> {
    let record = Record { contests: vec![contest], ..Record::default() };
    let settings = Settings::default();
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
    let findings = check.run(&view, &settings);
    for finding in findings.iter().filter(|finding| finding.subject.is_national()) {
        let listed = matches!(finding.verdict, Verdict::Undecided(reason) if reason != Reason::NoData);
        assert!(finding.brief.is_some() || !listed, "{}", finding.statement.id);
    }
    findings
}

/// What a check says of one table of stations with options A, B, C …
pub(crate) fn run_on(check: &dyn Check, table: StationTable) -> Vec<Finding> {
    let names = ["A", "B", "C", "D", "E"];
    let mut contest = contest(&names[..table.votes.len()]);
    contest.releases = vec![stations("final", Status::Final, table)];
    run(check, contest)
}

/// An honest country, drawn at random: its sides share the votes about equally.
pub(crate) fn drawn(stations: u32, regions: u32, seed: u64) -> StationTable {
    let parameters = adil_laboratory::Parameters { stations, regions, ..adil_laboratory::Parameters::default() };
    parameters.draw(seed).expect("the default parameters are sound")
}

/// A contest of one table, with options named by their places.
pub(crate) fn of_table(table: StationTable) -> Contest {
    let names: Vec<String> = (0..table.votes.len()).map(|option| format!("option {option}")).collect();
    let mut contest = contest(&names.iter().map(String::as_str).collect::<Vec<_>>());
    contest.releases = vec![stations("final", Status::Final, table)];
    contest
}

/// A whole number among a finding's measures.
pub(crate) fn measured(finding: &Finding, name: &str) -> i64 {
    match finding.value(name) {
        Some(adil_finding::Value::Count(count)) => *count,
        other => panic!("{name} is {other:?} in {finding:?}"),
    }
}

/// A real number among a finding's measures.
pub(crate) fn real(finding: &Finding, name: &str) -> f64 {
    match finding.value(name) {
        Some(adil_finding::Value::Real(value)) => *value,
        other => panic!("{name} is {other:?} in {finding:?}"),
    }
}
