use super::*;
use crate::{Area, Cells, Moment, OneOrMany, Rows, RowsError, StationTable};

fn book() -> ObserverBook {
    let mut table = StationTable::default();
    let mut areas = Area { level: "region".to_owned(), ..Area::default() };
    for (region, station) in [("North", "1"), ("North", "2"), ("South", "1")] {
        areas.names.push(region);
        table.stations.push(station);
    }
    table.areas.push(areas);
    ObserverBook::of_tables(std::iter::once(&table))
}

fn window() -> ObservationWindow {
    let of = |text| Moment::parse(text);
    ObservationWindow { from: of("2024-03-01T00:00Z"), until: of("2024-03-20T00:00Z") }
}

fn incidents(lines: &[&str]) -> Incidents {
    let mut book = book();
    let text = lines.join("\n");
    book.read_incident_lines("incidents.jsonl", window(), &mut text.as_bytes()).expect("bytes in memory are read");
    book.incidents.remove(0)
}

fn rules(found: &Incidents) -> Vec<(u64, &'static str)> {
    found.quarantine.first.iter().map(|row| (row.row, row.rule.number())).collect()
}

/// Rows in memory.
struct Table(Vec<Vec<&'static str>>, usize);

impl Rows for Table {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let Some(row) = self.0.get(self.1) else { return Ok(None) };
        self.1 += 1;
        cells.clear();
        row.iter().for_each(|cell| cells.push(cell));
        Ok(Some(self.1 as u64))
    }
}

#[test]
fn an_incident_has_its_place_its_code_and_its_state() {
    let found = incidents(&[
        r#"{"id":"a","station":["North","1"],"code":"V5","time":"2024-03-10T10:00Z","severity":4,"first-hand":true,"observer":"swift","stage":"voting"}"#,
        r#"{"id":"b","station":"2","code":"C3","observer":"lark","note":"the copy was refused"}"#,
        r#"{"id":"c","area":"South","code":"T1"}"#,
        r#"{"id":"a2","replaces":"a","station":["North","1"],"code":"V5","state":"verified","corroborated-by":["b"],"observer":"swift"}"#,
    ]);
    assert_eq!(rules(&found), []);
    assert_eq!(found.rows.len(), 4);
    let [a, b, c, later] = &found.rows[..] else { panic!("four rows") };
    assert_eq!(
        (a.code, a.place, a.severity, a.first_hand),
        (IncidentCode::Stuffing, Where::Station(0), Some(4), Some(true))
    );
    assert_eq!((b.place, b.note_bytes, b.observer), (Where::Station(1), 20, Some(1)));
    assert_eq!(c.place, Where::Area(0));
    assert_eq!((a.replaced_by, a.stands()), (Some(3), false));
    assert_eq!((later.state, later.replaces, later.stands()), (VerificationState::Verified, Some(0), true));
}

#[test]
fn every_rule_is_broken_by_a_line() {
    let long = format!(r#"{{"id":"x","station":"2","code":"V1","note":"{}"}}"#, "n".repeat(17 << 10));
    let longer = format!(r#"{{"id":"y","station":"2","code":"V1","note":"{}"}}"#, "n".repeat(10 << 20));
    let lines: Vec<(&str, &str)> = vec![
        ("{", "O2"),
        (r#"{"id":"q","id":"r","station":"2","code":"V1"}"#, "O2"),
        (r#"{"id":"q","station":"2","code":"V1","name":"who"}"#, "O2"),
        (r#"{"id":"","station":"2","code":"V1"}"#, "O3"),
        (r#"{"id":"a b","station":"2","code":"V1"}"#, "O3"),
        (r#"{"id":"q","replaces":"none","station":"2","code":"V1"}"#, "O5"),
        (r#"{"id":"q","station":"2","code":"V9"}"#, "O6"),
        (r#"{"id":"q","station":"99","code":"V1"}"#, "O7"),
        (r#"{"id":"q","station":"1","code":"V1"}"#, "O7"),
        (r#"{"id":"q","area":"West","code":"V1"}"#, "O7"),
        (r#"{"id":"q","code":"V1"}"#, "O7"),
        (r#"{"id":"q","station":"2","code":"V1","time":"10 March"}"#, "O8"),
        (r#"{"id":"q","station":"2","code":"V1","time":"2044-03-10T10:00Z"}"#, "O9"),
        (r#"{"id":"q","station":"2","code":"V1","time":"2024-03-10T10:00Z","until":"2024-03-10T09:00Z"}"#, "O9"),
        (r#"{"id":"q","station":"2","code":"V1","time":"2024-03-10T10:00Z","reported":"2024-03-10T09:00Z"}"#, "O9"),
        (r#"{"id":"q","station":"2","code":"V1","severity":9}"#, "O10"),
        (r#"{"id":"q","station":"2","code":"V1","stage":"night"}"#, "O10"),
        (r#"{"id":"q","station":"2","code":"V1","state":"verified"}"#, "O12"),
        (r#"{"id":"q","station":"2","code":"V1","duplicate-of":"none"}"#, "O13"),
        (r#"{"id":"q","station":"2","code":"V1","evidence":["12"]}"#, "O14"),
        (&long, "O15"),
        (&longer, "O15"),
        (r#"{"id":"q","station":"2","code":"V1","note":"=HYPERLINK(\"http://a\")"}"#, "O16"),
        ("{\"id\":\"q\",\"station\":\"2\\u200f\",\"code\":\"V1\"}", "O17"),
        (r#"{"id":"q","station":"2","code":"V1","observer":"First Last"}"#, "O18"),
    ];
    let found = incidents(&lines.iter().map(|(line, _)| *line).collect::<Vec<_>>());
    assert_eq!(found.rows, []);
    let expected: Vec<(u64, &str)> = (1..).zip(lines.iter().map(|(_, rule)| *rule)).collect();
    assert_eq!(rules(&found), expected);
}

#[test]
fn an_identifier_has_one_body() {
    let line = r#"{"id":"q","station":"2","code":"V1"}"#;
    let found = incidents(&[line, line, r#"{"id":"q","station":"2","code":"V2"}"#]);
    assert_eq!((found.rows.len(), found.repeated), (1, 1));
    assert_eq!(rules(&found), [(3, "O4")]);
}

#[test]
fn a_state_follows_from_the_one_before() {
    let found = incidents(&[
        r#"{"id":"a","station":"2","code":"V1"}"#,
        r#"{"id":"b","replaces":"a","station":"2","code":"V1","state":"refuted"}"#,
        r#"{"id":"c","replaces":"b","station":"2","code":"V1","state":"reported"}"#,
        r#"{"id":"d","replaces":"a","station":"2","code":"V1","state":"in-review"}"#,
        r#"{"id":"e","replaces":"b","station":"2","code":"V1","state":"in-review"}"#,
    ]);
    assert_eq!(rules(&found), [(3, "O11"), (4, "O5")]);
    assert_eq!(found.rows.iter().filter(|row| row.stands()).count(), 1);
}

#[test]
fn whoever_says_it_twice_is_one_source() {
    let found = incidents(&[
        r#"{"id":"a","station":"2","code":"V1","observer":"swift"}"#,
        r#"{"id":"b","station":"2","code":"V1","observer":"swift","corroborated-by":["a"],"state":"corroborated"}"#,
        r#"{"id":"c","station":"2","code":"V1","observer":"lark","corroborated-by":["a"],"state":"corroborated"}"#,
    ]);
    assert_eq!(rules(&found), [(2, "O13")]);
    assert_eq!(*found.rows[1].corroborated_by, [0]);
}

#[test]
fn a_table_says_the_same_as_lines() {
    let mut book = book();
    let mut rows = Table(
        vec![
            vec!["id", "region", "no", "code", "severity", "first-hand", "name"],
            vec!["a", "North", "1", "V5", "4", "yes", "who"],
            vec!["b", "North", "7", "V5", "", "", ""],
        ],
        0,
    );
    let station = OneOrMany::Many(vec!["region".to_owned(), "no".to_owned()]);
    book.read_incident_rows("incidents.csv", window(), &station, &mut rows).expect("a table");
    let found = &book.incidents[0];
    assert_eq!((found.rows.len(), found.rows[0].severity, found.rows[0].first_hand), (1, Some(4), Some(true)));
    assert_eq!(rules(found), [(3, "O7")]);
    assert_eq!(found.unread, 1);
}

const FORM: &str = r#"
id = "voting"
stage = "voting"
[[item]]
id = "sealed"
text = "Was the box sealed?"
in-order = "yes"
code = "V5"
[[item]]
id = "voters"
kind = "count"
[[item]]
id = "remarks"
kind = "text"
"#;

#[test]
fn a_form_keeps_answers_and_no_words() {
    let form = Form::parse(FORM).expect("a form");
    assert_eq!(form.items[0].in_order, [0]);
    let mut book = book();
    let mut rows = Table(
        vec![
            vec!["id", "station", "observer", "arrived", "left", "access", "overall", "sealed", "voters", "remarks"],
            vec!["a", "2", "swift", "2024-03-10T08:00Z", "2024-03-10T09:00Z", "full", "2", "yes", "31", "Aigerim said"],
            vec!["b", "North / 1", "lark", "", "", "refused", "", "refused", "", ""],
            vec!["c", "9", "lark", "", "", "", "", "no", "", ""],
            vec!["a", "2", "swift", "", "", "", "", "no", "", ""],
            vec!["d", "2", "swift", "", "", "full", "4", "no", "many", ""],
        ],
        0,
    );
    let described = DescribedForm::default();
    let station = OneOrMany::One("station".to_owned());
    book.read_form("voting.csv", form, &described, &station, window(), &mut rows).expect("rows");
    let book = book.finished();
    let table = &book.forms[0];
    let rules: Vec<_> = table.quarantine.first.iter().map(|row| (row.row, row.rule.number())).collect();
    assert_eq!(rules, [(4, "O7"), (5, "O4")]);
    assert_eq!(table.visits.len(), 3);
    assert_eq!((table.visits[1].access, table.visits[2].overall), (Some(Access::Refused), Some(4)));
    let sealed: Vec<Reply> = (0..3).map(|row| table.answers[0].get(row)).collect();
    assert_eq!(sealed, [Reply::Choice(0), Reply::Blank(Blank::Refused), Reply::Choice(1)]);
    assert_eq!(table.answers[1].get(2), Reply::Blank(Blank::Unreadable));
    assert_eq!(table.answers[2].get(0), Reply::Words);
    assert_eq!(book.observers, 2);
    assert!(!format!("{book:?}").contains("Aigerim") && !format!("{book:?}").contains("swift"));
}

#[test]
fn a_form_that_cannot_be_is_refused() {
    let of = |text: &str| Form::parse(text).expect_err("no form").to_string();
    assert_eq!(of("id = 'a'\n[[item]]\nid = 'x'\n[[item]]\nid = 'x'"), "two items are called \"x\"");
    assert!(of("id = 'a'\n[[item]]\nid = 'x'\nkind = 'one-of'").contains("needs choices"));
    assert!(of("id = 'a'\n[[item]]\nid = 'x'\nin-order = 'perhaps'").contains("in-order"));
    assert!(of("id = 'a'\nstage = 'night'").contains("opening, voting, count, tabulation"));
    assert!(of("id = 'a'\nname = 1").starts_with("line 2"));
}

#[test]
fn a_drawing_is_by_stratum() {
    let mut book = book();
    let mut rows = Table(
        vec![
            vec!["station", "stratum", "drawn"],
            vec!["North / 1", "n", "1"],
            vec!["North / 2", "n", "0"],
            vec!["South / 1", "s", "yes"],
            vec!["South / 9", "s", "no"],
        ],
        0,
    );
    let described: DescribedAssignment =
        toml::from_str("file = 'a.csv'\nassigned = 'drawn'\nstratum = 'stratum'\nrings = [1, 2.5]").expect("described");
    let station = OneOrMany::One("station".to_owned());
    let found = book.read_assignment("a.csv", &described, &station, &mut rows).expect("a drawing");
    assert_eq!(found.stations, [(0, 0, true), (1, 0, false), (2, 1, true)]);
    assert_eq!((found.unknown, found.strata.len()), (1, 2));
}
