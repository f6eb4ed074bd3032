use adil_finding::{Evidence, Finding, Value};
use adil_record::{
    Area, Contest, DescribedForm, Form, ObservationWindow, ObserverBook, Observers, OneOrMany, Publisher, Record, Rows,
    Status, Term,
};

use super::{Answers, Coverage, Incidents};
use crate::sample::{contest, stations, table};
use crate::{Check, ContestView, Settings};

/// Rows in memory.
pub(crate) struct Table(pub(crate) Vec<Vec<String>>, pub(crate) usize);

impl Rows for Table {
    fn next_row(&mut self, cells: &mut adil_record::Cells) -> Result<Option<u64>, adil_record::RowsError> {
        let Some(row) = self.0.get(self.1) else { return Ok(None) };
        self.1 += 1;
        cells.clear();
        row.iter().for_each(|cell| cells.push(cell));
        Ok(Some(self.1 as u64))
    }
}

pub(crate) fn rows(text: &str) -> Table {
    Table(text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect(), 0)
}

/// Four stations in two regions.
pub(crate) fn four() -> Contest {
    let mut table = table(&[(Term::Registered, &[100, 200, 300, 400])], &[&[10, 20, 30, 40], &[9, 9, 9, 9]]);
    let mut area = Area { level: "region".to_owned(), ..Area::default() };
    ["North", "North", "South", "South"].iter().for_each(|region| area.names.push(region));
    table.areas = vec![area];
    table.stations = ["1", "2", "3", "4"].iter().fold(adil_record::Names::default(), |mut names, name| {
        names.push(name);
        names
    });
    Contest { releases: vec![stations("final", Status::Final, table)], ..contest(&["A", "B"]) }
}

fn observers(of: &Contest) -> Observers {
    let tables = of.releases.iter().filter_map(|release| release.stations.as_ref());
    let mut book = ObserverBook::of_tables(tables);
    let form = "id = 'voting'\n[[item]]\nid = 'sealed'\ntext = 'Was the box sealed?'\nin-order = 'yes'\n[[item]]\nid = 'queue'\nkind = 'count'";
    let form = Form::parse(form).expect("a form");
    let text = "id,station,observer,access,overall,sealed,queue\n\
                a,1,swift,full,1,yes,4\n\
                b,1,lark,limited,3,no,6\n\
                c,3,swift,refused,,refused,\n\
                d,3,swift,full,4,not-observed,not-applicable\n\
                e,9,swift,full,1,yes,1\n";
    let station = OneOrMany::One("station".to_owned());
    let window = ObservationWindow::default();
    book.read_form("voting.csv", form, &DescribedForm::default(), &station, window, &mut rows(text)).expect("rows");
    let lines = r#"{"id":"i1","station":"1","code":"V5","time":"2024-03-10T10:00Z","observer":"swift","severity":5,"first-hand":true}
{"id":"i2","station":"1","code":"V5","time":"2024-03-10T10:10Z","observer":"lark"}
{"id":"i3","station":"3","code":"A1","time":"2024-03-10T10:10Z","observer":"lark"}
{"id":"i4","station":"1","code":"V5","observer":"lark","duplicate-of":"i1"}
{"id":"i5","replaces":"i3","station":"3","code":"A1","state":"refuted","observer":"lark"}
"#;
    book.read_incident_lines("incidents.jsonl", window, &mut lines.as_bytes()).expect("lines");
    let publisher = Publisher { name: "Observers".to_owned(), ..Publisher::default() };
    Observers { publisher, book: book.finished(), ..Observers::default() }
}

fn found(check: &dyn Check) -> Finding {
    let contest = four();
    let observers = vec![observers(&contest)];
    let record = Record { contests: vec![contest], observers, ..Record::default() };
    let view = ContestView::new(&record, &record.contests[0], &Settings::default()).expect("no side is named");
    check.run(&view, &Settings::default()).remove(0)
}

fn count(finding: &Finding, name: &str) -> Option<i64> {
    match finding.value(name) {
        Some(Value::Count(count)) => Some(*count),
        _ => None,
    }
}

fn value(evidence: &Evidence, name: &str) -> Option<i64> {
    evidence.values.iter().find(|(known, _)| *known == name).and_then(|(_, value)| match value {
        Value::Count(count) => Some(*count),
        _ => None,
    })
}

#[test]
fn coverage_says_where_observers_were() {
    let found = found(&Coverage);
    assert_eq!(found.statement.id, "coverage-of-table");
    assert_eq!(count(&found, "visits_made"), Some(4));
    assert_eq!((count(&found, "stations_visited"), count(&found, "stations")), (Some(2), Some(4)));
    assert_eq!((count(&found, "access_full"), count(&found, "access_refused")), (Some(2), Some(1)));
    assert_eq!((count(&found, "observers"), count(&found, "rows_set_aside")), (Some(2), Some(1)));
    // Stations 1 and 3 of 100 and 300 voters, of four with 250 on average.
    assert_eq!(found.value("register_visited"), Some(&Value::Real(200.0)));
    assert_eq!(found.value("register_all"), Some(&Value::Real(250.0)));
    let regions: Vec<_> = found.evidence.iter().filter(|line| line.statement.id == "coverage-region").collect();
    assert_eq!(regions.iter().map(|line| value(line, "visited")).collect::<Vec<_>>(), [Some(1), Some(1)]);
}

#[test]
fn a_blank_is_in_no_denominator() {
    let found = found(&Answers);
    assert_eq!(found.statement.id, "answers-worst");
    let sealed = &found.evidence[0];
    assert_eq!((value(sealed, "answered"), value(sealed, "out_of_order")), (Some(2), Some(1)));
    assert_eq!((value(sealed, "refused"), value(sealed, "not_observed")), (Some(1), Some(1)));
    let queue = &found.evidence[1];
    assert_eq!(
        (value(queue, "answered"), value(queue, "not_asked"), value(queue, "not_applicable")),
        (Some(2), Some(1), Some(1))
    );
    assert!(found.measures.iter().all(|measure| measure.interval.is_none()), "a share of visits has no margin");
}

#[test]
fn an_incident_counts_once() {
    let found = found(&Incidents);
    assert_eq!((count(&found, "incidents"), count(&found, "stations_with_incidents")), (Some(2), Some(1)));
    assert_eq!((count(&found, "duplicates_marked"), count(&found, "possible_duplicates")), (Some(1), Some(1)));
    assert_eq!(
        (count(&found, "refuted"), count(&found, "grave"), count(&found, "first_hand")),
        (Some(1), Some(1), Some(1))
    );
}
