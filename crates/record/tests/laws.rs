//! Laws of the importer, on tables made at random.

use adil_record::{Cells, Counts, Headers, ImportedTable, Rows, RowsError, Strictness, TableMap, Term, append, import};
use proptest::prelude::*;

/// Rows held in memory, numbered from 2 as after a header.
struct Held {
    rows: Vec<Vec<String>>,
    next: usize,
}

impl Rows for Held {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let Some(row) = self.rows.get(self.next) else { return Ok(None) };
        cells.clear();
        row.iter().for_each(|cell| cells.push(cell));
        self.next += 1;
        Ok(Some(self.next as u64 + 1))
    }
}

fn headers(names: &[&str]) -> Headers {
    let mut cells = Cells::default();
    names.iter().for_each(|name| cells.push(name));
    Headers::new(&cells)
}

fn read(names: &[&str], rows: Vec<Vec<String>>, map: &str) -> ImportedTable {
    let map: TableMap = toml::from_str(map).expect("the map is sound");
    import("made", &headers(names), &mut Held { rows, next: 0 }, &map, Strictness::Every).expect("the table is sound")
}

const WIDE: &str = r#"
    areas = [{ level = "region", column = "region" }]
    station = "station"
    [lines]
    registered = "voters"
    [options]
    rest = true
    [[leave-out]]
    reason = "totals"
    column = "station"
    equals = ["total"]
"#;

const LONG: &str = r#"
    areas = [{ level = "region", column = "region" }]
    station = "station"
    [long]
    code = "code"
    value = "value"
    lines = { registered = "voters" }
"#;

/// Stations with a register and the votes of three options, some of the cells empty.
fn stations() -> impl Strategy<Value = Vec<(u32, [Option<u32>; 3])>> {
    let votes = prop::array::uniform3(prop::option::weighted(0.9, 0u32..2_000));
    prop::collection::vec((0u32..5_000, votes), 1..40)
}

fn cell(count: Option<u32>) -> String {
    count.map_or(String::new(), |count| count.to_string())
}

fn wide(stations: &[(u32, [Option<u32>; 3])]) -> Vec<Vec<String>> {
    let row = |(index, (voters, votes)): (usize, &(u32, [Option<u32>; 3]))| {
        let mut row = vec![format!("R{}", index % 3), index.to_string(), voters.to_string()];
        row.extend(votes.iter().map(|&count| cell(count)));
        row
    };
    stations.iter().enumerate().map(row).collect()
}

const NAMES: [&str; 6] = ["region", "station", "voters", "A", "B", "C"];

fn columns(table: &ImportedTable) -> Vec<Vec<Option<u32>>> {
    table.stations.votes.iter().map(|counts| counts.iter().collect()).collect()
}

const BESIDE: &str = r#"
    station = "station"
    missing = ["NA"]
    empty-is-zero = true
    coordinates = { latitude = "lat", longitude = "lon" }
    counted-by-machine = { column = "scanner", yes = ["1"], no = ["0"] }
    turnout = [{ time = "noon", column = "by 12" }, { time = "close", column = "by 20", protocol = true }]
    [options]
    rest = true
"#;

#[test]
fn reports_places_and_marks_are_read_beside_the_votes() {
    let names = ["station", "lat", "lon", "scanner", "by 12", "by 20", "A"];
    let row = |cells: [&str; 7]| cells.map(str::to_owned).to_vec();
    let rows = vec![
        row(["1", "42.5", "23.25", "1", "10", "30", "20"]),
        row(["2", "", "23", "0", "", "40", ""]),
        row(["3", "0", "0", "NA", "NA", "50", "4"]),
    ];
    let table = read(&names, rows, BESIDE);
    // No column that the map names is an option.
    assert_eq!(table.options, ["A"]);
    let stations = &table.stations;
    assert_eq!(stations.coordinates_of(0).map(|point| (point.latitude, point.longitude)), Some((42.5, 23.25)));
    assert_eq!((stations.coordinates_of(1), stations.coordinates_of(2)), (None, None));
    assert_eq!(stations.counted_by_machine, [Some(true), Some(false), None]);
    let times: Vec<_> = stations.turnout.iter().map(|report| (report.time.as_str(), report.protocol)).collect();
    assert_eq!(times, [("noon", false), ("close", true)]);
    // What was not reported is not zero, though an empty count is.
    assert_eq!(stations.turnout[0].voters.iter().collect::<Vec<_>>(), [Some(10), None, None]);
    assert_eq!(columns(&table), [[Some(20), Some(0), Some(4)]]);
}

#[test]
fn a_place_or_a_mark_that_cannot_be_read_is_named() {
    let names = ["station", "lat", "lon", "scanner", "by 12", "by 20", "A"];
    let sound = ["1", "42.5", "23.25", "1", "10", "30", "20"];
    let fault = |column: usize, cell: &str| {
        let mut row = sound.map(str::to_owned).to_vec();
        cell.clone_into(&mut row[column]);
        let map: TableMap = toml::from_str(BESIDE).expect("the map is sound");
        let mut rows = Held { rows: vec![row], next: 0 };
        import("made", &headers(&names), &mut rows, &map, Strictness::Every).expect_err(cell).to_string()
    };
    assert!(
        fault(1, "91").contains("row 2, column \"lat\"") && fault(1, "91").contains("degrees"),
        "{}",
        fault(1, "91")
    );
    assert!(fault(2, "east").contains("degrees"), "{}", fault(2, "east"));
    assert!(fault(3, "yes").contains("that the map names"), "{}", fault(3, "yes"));
    assert!(fault(4, "many").contains("is not a number"), "{}", fault(4, "many"));
}

const ASKED: &str = r#"
    station = "station"
    missing = ["NA"]
    poll-columns = { probability = "pi", refused = "refused", observer = "observer" }
    poll-cells = [{ name = "women", refused = "refused w", answers = { A = "A w" } }]
    options = { rest = true }
"#;

#[test]
fn what_a_poll_says_of_its_stations_is_read_and_held_to_its_range() {
    use adil_record::{InterviewColumn, PollColumn, append, join};
    let names = ["station", "pi", "refused", "observer", "refused w", "A w", "A"];
    let row = |cells: [&str; 7]| cells.map(str::to_owned).to_vec();
    let sound = ["1", "0,25", "12", "1", "7", "3", "20"];
    let table = read(&names, vec![row(sound), row(["2", "", "NA", "0.5", "", "", "9"])], ASKED);
    assert_eq!(table.options, ["A"], "no column that the map names is an option");
    let of = |column, place| table.stations.interview(&InterviewColumn::Station(column), place);
    assert_eq!([of(PollColumn::Probability, 0), of(PollColumn::Probability, 1)], [Some(0.25), None]);
    assert_eq!([of(PollColumn::Refused, 1), of(PollColumn::Observer, 1)], [None, Some(0.5)]);
    let chosen = InterviewColumn::CellAnswers("women".into(), "A".into());
    assert_eq!(table.stations.interview(&chosen, 0), Some(3.0));
    // Put after each other the rows stay with their stations; put beside another table they fill what it lacks.
    let other = read(
        &["station", "A"],
        vec![vec!["2".into(), "4".into()], vec!["1".into(), "5".into()]],
        "station = \"station\"\noptions = { rest = true }",
    );
    let long = append(vec![other.clone(), table.clone()]);
    assert_eq!(long.stations.interview(&InterviewColumn::Station(PollColumn::Probability), 2), Some(0.25));
    assert_eq!(long.stations.interview(&InterviewColumn::Station(PollColumn::Probability), 0), None);
    let wide = join(vec![other, table]);
    assert_eq!(wide.stations.interview(&InterviewColumn::Station(PollColumn::Probability), 1), Some(0.25));
    let fault = |column: usize, cell: &str| {
        let mut cells = row(sound);
        cell.clone_into(&mut cells[column]);
        let map: TableMap = toml::from_str(ASKED).expect("the map is sound");
        let mut rows = Held { rows: vec![cells], next: 0 };
        import("made", &headers(&names), &mut rows, &map, Strictness::Every).expect_err(cell).to_string()
    };
    let zero = fault(1, "0");
    assert!(zero.contains("row 2, column \"pi\": expected a probability above 0 and at most 1"), "{zero}");
    assert!(fault(2, "1.5").contains("a whole number of at least 0"), "{}", fault(2, "1.5"));
    assert!(fault(3, "yes").contains("is not a number"), "{}", fault(3, "yes"));
    assert!(fault(4, "-1").contains("column \"refused w\""), "{}", fault(4, "-1"));
}

proptest! {
    #[test]
    fn every_row_is_a_station_or_is_counted(stations in stations(), totals in 0usize..4, blanks in 0usize..4) {
        let mut rows = wide(&stations);
        rows.extend((0..totals).map(|_| vec!["all".to_owned(), "total".to_owned(), "9".to_owned(), String::new(), String::new(), String::new()]));
        rows.extend((0..blanks).map(|_| vec![String::new(); 6]));
        let given = rows.len();
        let table = read(&NAMES, rows, WIDE);
        let left_out: u64 = table.stations.left_out.iter().map(|left| left.rows).sum();
        prop_assert_eq!(table.stations.len() + usize::try_from(left_out).expect("small"), given);
        prop_assert_eq!(table.stations.len(), stations.len());
        let registered: u64 = stations.iter().map(|(voters, _)| u64::from(*voters)).sum();
        prop_assert_eq!(table.stations.line(Term::Registered).map(Counts::sum), Some(registered));
    }

    #[test]
    fn a_table_cut_in_two_and_put_together_is_the_same(stations in stations(), cut in 0usize..40) {
        let rows = wide(&stations);
        let cut = cut.min(rows.len());
        let whole = read(&NAMES, rows.clone(), WIDE);
        let parts = [&rows[..cut], &rows[cut..]].map(|part| read(&NAMES, part.to_vec(), WIDE));
        let together = append(parts.into_iter().filter(|part| !part.stations.is_empty()).collect());
        prop_assert_eq!(columns(&together), columns(&whole));
        let names = |table: &ImportedTable| (0..table.stations.len()).map(|row| table.stations.name(row)).collect::<Vec<_>>();
        prop_assert_eq!(names(&together), names(&whole));
    }

    #[test]
    fn one_row_an_option_says_the_same_as_one_row_a_station(stations in stations()) {
        // In the long form a cell that is not known has no row, and an option without a row has no votes: so every
        // cell is known here.
        let known: Vec<(u32, [Option<u32>; 3])> =
            stations.iter().map(|(voters, votes)| (*voters, votes.map(|count| count.or(Some(0))))).collect();
        let mut rows = Vec::new();
        for (index, (voters, votes)) in known.iter().enumerate() {
            let (region, station) = (format!("R{}", index % 3), index.to_string());
            let mut push = |code: &str, value: String| rows.push(vec![region.clone(), station.clone(), code.to_owned(), value]);
            push("voters", voters.to_string());
            for (code, &count) in ["A", "B", "C"].iter().zip(votes) {
                push(code, cell(count));
            }
        }
        let long = read(&["region", "station", "code", "value"], rows, LONG);
        let wide = read(&NAMES, wide(&known), WIDE);
        prop_assert_eq!(columns(&long), columns(&wide));
        prop_assert_eq!(long.options, wide.options);
        prop_assert_eq!(long.stations.line(Term::Registered), wide.stations.line(Term::Registered));
    }
}

/// `valid` as the sum of the options, and `in-boxes` as valid and invalid: both hold whatever the table says.
#[test]
fn sums_that_the_map_makes_true_prove_nothing() {
    let rows =
        (0..12).map(|row| [row.to_string(), "100".into(), "3".into(), "20".into(), "30".into()].to_vec()).collect();
    let map = r#"
        station = "station"
        [lines]
        registered = "voters"
        invalid = "bad"
        valid = { sum = ["A", "B"] }
        in-boxes = { minus = [{ sum = ["B", "A", "bad", "voters"] }, "voters"] }
        [options]
        list = [{ name = "A", votes = "A" }, { name = "B", votes = "B" }]
    "#;
    let mut table = read(&["station", "voters", "bad", "A", "B"], rows, map);
    table.prove().expect("nothing fails");
    assert_eq!(table.stations.proofs, []);
    use adil_record::Identity::{OptionsAreValid, ValidAndInvalidAreInBoxes};
    assert_eq!(table.stations.by_construction, [OptionsAreValid, ValidAndInvalidAreInBoxes]);
}
