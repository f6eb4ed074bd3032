//! The rules of `docs/spec/protocol-copies.md`, one after the other, and its example.

use proptest::prelude::*;

use super::*;
use crate::{Area, Cells, ContestOption, Moment, Names, Rows, RowsError, StationTable, Term};

const PAGE: &str = include_str!("../../../../docs/spec/protocol-copies.md");

fn block(fence: &str) -> &'static str {
    let begin = PAGE.find(&format!("```{fence}\n")).expect("the block is there") + fence.len() + 4;
    let length = PAGE[begin..].find("```").expect("the block ends");
    &PAGE[begin..begin + length]
}

fn options() -> Vec<ContestOption> {
    let of = |(id, name): (&str, &str)| ContestOption { id: id.into(), name: name.into(), incumbent: false };
    [("lime-tree", "Lime Tree"), ("old-bridge", "Old Bridge")].map(of).to_vec()
}

/// North / 1, North / 2, South / 1.
fn stations() -> StationPlaces {
    let names = |names: &[&str]| {
        let mut column = Names::default();
        names.iter().for_each(|name| column.push(name));
        column
    };
    let areas = vec![Area { level: "area".into(), names: names(&["North", "North", "South"]) }];
    StationPlaces::of(&StationTable { areas, stations: names(&["1", "2", "1"]), ..StationTable::default() })
}

fn terms(options: &[ContestOption]) -> CopyTerms<'_> {
    let read_at = Moment::parse("2024-03-12T00:00Z");
    CopyTerms { options, stations: stations(), read_at, limits: CopyLimits::default() }
}

fn read(text: &str) -> CopyBook {
    let options = options();
    CopyBook::read_lines(text.as_bytes(), &terms(&options)).expect("a text can be read")
}

/// Cells cut at commas.
struct Commas<'a>(std::iter::Enumerate<std::str::Lines<'a>>);

impl Rows for Commas<'_> {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let Some((index, line)) = self.0.next() else { return Ok(None) };
        cells.clear();
        line.split(',').for_each(|cell| cells.push(cell));
        Ok(Some(index as u64 + 1))
    }
}

fn read_table(text: &str) -> Result<CopyBook, CopiesError> {
    let options = options();
    CopyBook::read_rows(&mut Commas(text.lines().enumerate()), &terms(&options))
}

/// The rules that lines break.
fn broken(lines: &[&str]) -> Vec<(u64, &'static str)> {
    read(&lines.join("\n")).quarantined.iter().map(|line| (line.line, line.fault.rule())).collect()
}

const ENTRY: &str = r#"{"typist":"ash","time":"2024-03-10T23:05Z","votes":{"lime-tree":57,"old-bridge":40}}"#;
const OTHER: &str = r#"{"typist":"birch","time":"2024-03-10T23:06Z","votes":{"lime-tree":51,"old-bridge":40}}"#;

/// A statement with some of its texts changed.
fn line(id: &str, changes: &[(&str, &str)]) -> String {
    let mut text = format!(
        r#"{{"id":"{id}","station":"2","area":"North","holder":"posted","seen":"2024-03-10T21:40Z","entries":[{ENTRY},{OTHER}]}}"#
    );
    for (from, to) in changes {
        assert!(text.contains(from), "{from} is in {text}");
        text = text.replacen(from, to, 1);
    }
    text
}

fn rule_of(changes: &[(&str, &str)]) -> Option<&'static str> {
    broken(&[&line("c", changes)]).first().map(|(_, rule)| *rule)
}

#[test]
fn the_example_of_the_page_holds_in_both_forms() {
    let lines = read(block("jsonl copies"));
    let table = read_table(block("csv copies")).expect("a table");
    assert_eq!(lines.quarantined, []);
    let without_places = |book: &CopyBook| {
        book.statements.iter().map(|of| CopyStatement { line: 0, replaced_by: None, ..of.clone() }).collect::<Vec<_>>()
    };
    assert_eq!(without_places(&lines), without_places(&table));
    let states: Vec<EntryState> = lines.statements.iter().map(CopyStatement::state).collect();
    assert_eq!(states, [EntryState::Resolved, EntryState::First, EntryState::First]);
    let replaced: Vec<Option<u64>> = lines.statements.iter().map(|of| of.replaced_by).collect();
    assert_eq!(replaced, [None, Some(3), None]);
    assert_eq!(table.statements[1].replaced_by, Some(6), "the row of the table");
    let votes = |of: usize| lines.statements[of].number(CopyField::Votes(0));
    assert_eq!((votes(0), votes(2)), (Some((57, Certainty::Resolved)), Some((31, Certainty::Once))));
    assert_eq!(lines.statements[0].number(CopyField::Line(Term::Valid)), Some((97, Certainty::Agreed)));
    assert_eq!((lines.stations.len(), lines.current().count(), lines.read), (2, 2, 3));
}

#[test]
fn every_rule_of_the_page_has_a_line_that_breaks_it_alone() {
    assert_eq!(rule_of(&[]), None);
    let long = format!("\"id\":\"c\"{}", " ".repeat(70_000));
    let broken: [(&str, &[(&str, &str)]); 27] = [
        ("PC1", &[("\"id\":\"c\"", &long)]),
        ("PC2", &[("\"id\"", "\"ID\"")]),
        ("PC2", &[("{\"id\"", "{\"id\":\"c\",\"id\"")]),
        ("PC2", &[("\"lime-tree\":57", "\"lime-tree\":57,\"lime-tree\":58")]),
        ("PC3", &[("\"id\":\"c\"", "\"id\":\"=c\"")]),
        ("PC5", &[("North", "=North")]),
        ("PC5", &[("North", "Nor\u{202e}th")]),
        ("PC5", &[("\"station\":\"2\"", "\"station\":\"\\u0007\"")]),
        ("PC6", &[("\"station\":\"2\"", "\"station\":\"3\"")]),
        ("PC6", &[("\"station\":\"2\",\"area\":\"North\"", "\"station\":\"1\"")]),
        ("PC7", &[("posted", "pasted")]),
        ("PC8", &[("21:40Z", "21:40")]),
        ("PC9", &[("21:40Z", "23:30Z")]),
        ("PC9", &[("2024-03-10T23:06Z", "2024-03-12T00:01Z")]),
        ("PC10", &[("\"entries\"", "\"sha256\":\"0F\",\"entries\"")]),
        ("PC10", &[("\"entries\"", "\"picture\":\"a.jpg\",\"entries\"")]),
        ("PC11", &[("birch", "ash")]),
        ("PC11", &[(OTHER, &format!("{OTHER},{OTHER}"))]),
        ("PC11", &[("\"typist\":\"ash\"", "\"typist\":\"\"")]),
        ("PC11", &[(r#"{"lime-tree":57,"old-bridge":40}"#, "{}")]),
        ("PC12", &[("lime-tree", "pear-tree")]),
        ("PC12", &[("57", "-1")]),
        ("PC12", &[("57", "57.5")]),
        ("PC12", &[("57", "1000000001")]),
        ("PC12", &[("\"lime-tree\":57", "\"lime-tree\":57,\"Lime Tree\":57")]),
        ("PC15", &[("\"entries\"", "\"replaces\":\"none\",\"entries\"")]),
        ("PC2", &[("\"entries\"", "\"lines\":{},\"entries\"")]),
    ];
    for (rule, changes) in broken {
        assert_eq!(rule_of(changes), Some(rule), "{changes:?}");
    }
    let resolved = |by: &str, time: &str, votes: &str, reason: &str| {
        let text =
            format!(r#"]{}"resolution":{{"by":"{by}","time":"{time}","reason":"{reason}","votes":{votes}}}}}"#, ',');
        rule_of(&[("]}", &text)])
    };
    let (late, votes) = ("2024-03-11T08:00Z", r#"{"lime-tree":57}"#);
    assert_eq!(resolved("cedar", late, votes, "a bar"), None);
    assert_eq!(resolved("birch", late, votes, "a bar"), Some("PC13"));
    assert_eq!(resolved("cedar", "2024-03-10T23:05Z", votes, "a bar"), Some("PC9"));
    assert_eq!(resolved("cedar", late, r#"{"old-bridge":40}"#, "a bar"), Some("PC14"));
    assert_eq!(resolved("cedar", late, "{}", "a bar"), Some("PC14"));
    assert_eq!(resolved("cedar", late, votes, ""), Some("PC14"));
}

#[test]
fn the_page_and_the_code_have_the_same_rules() {
    let rows = PAGE.lines().filter(|row| row.starts_with("| PC"));
    let told: Vec<&str> = rows.filter_map(|row| row.split(['|', ' ']).find(|word| word.starts_with("PC"))).collect();
    assert_eq!(told.split_last(), Some((&"PC16", CopyFault::RULES.as_slice())));
    assert!(PAGE.contains(&format!("{},536 bytes", CopyLimits::default().line_bytes / 1000)));
}

#[test]
fn lines_only_grow() {
    let first = line("c", &[]);
    let again = read(&[first.as_str(), first.as_str()].join("\n"));
    assert_eq!((again.repeated, again.statements.len(), again.read), (1, 1, 2));
    assert_eq!(broken(&[&first, &line("c", &[("57", "58")])]), [(2, "PC4")]);
    let replaced = |id: &str, of: &str| line(id, &[("\"entries\"", &format!("\"replaces\":\"{of}\",\"entries\""))]);
    let book = read(&[first.as_str(), &replaced("d", "c"), &replaced("e", "d")].join("\n"));
    assert_eq!(book.statements.iter().map(|of| of.replaced_by).collect::<Vec<_>>(), [Some(2), Some(3), None]);
    assert_eq!(broken(&[&first, &replaced("d", "c"), &replaced("e", "c")]), [(3, "PC15")]);
    assert_eq!(broken(&[&first, &replaced("c2", "c2")]), [(2, "PC15")], "no line replaces itself");
    let earlier = replaced("d", "c").replace("T23:0", "T22:0");
    assert_eq!(broken(&[&first, &earlier]), [(2, "PC15")]);
    // What was set aside takes no identifier.
    assert_eq!(broken(&[&line("c", &[("posted", "pasted")]), &first]), [(1, "PC7")]);
}

#[test]
fn what_is_shown_of_a_line_names_no_typist() {
    let secret = "Aigerim";
    let faults = [
        line("c", &[("birch", secret), ("ash", secret)]),
        line("c", &[("\"typist\":\"ash\"", "\"typist\":5")]),
        line("c", &[("\"time\":\"2024-03-10T23:05Z\"", "\"time\":5"), ("ash", secret)]),
        line("c", &[("\"seen\":\"2024-03-10T21:40Z\"", "\"seen\":{\"Aigerim\":1}")]),
        line("c", &[("57", "\"Aigerim\"")]),
    ];
    for text in faults {
        let book = read(&text);
        assert_eq!(book.quarantined.len(), 1, "{text}");
        assert!(!format!("{book:?} {}", book.quarantined[0].fault).contains(secret), "{:?}", book.quarantined);
    }
    let held = read(&line("c", &[("ash", secret)]));
    assert_eq!(held.statements.len(), 1);
    assert!(!format!("{held:?}").contains(secret));
}

#[test]
fn files_are_refused_whole_only_for_their_form() {
    let table = block("csv copies");
    assert!(matches!(
        read_table(&table.replace("holder", "keeper")),
        Err(CopiesError::NoColumn { column: "holder", .. })
    ));
    assert!(matches!(read_table(&table.replace("reason", "time")), Err(CopiesError::ColumnTwice(_))));
    assert!(matches!(read_table(""), Err(CopiesError::Empty)));
    let rules = |text: &str| {
        read_table(text).expect("a table").quarantined.iter().map(|of| (of.line, of.fault.rule())).collect::<Vec<_>>()
    };
    assert_eq!(rules(&table.replace(",second,", ",third,")), [(2, "PC11")]);
    assert_eq!(rules(&table.replacen(",posted,", ",party,", 1)), [(2, "PC4")], "rows of one statement say the same");
    assert_eq!(rules(&table.replace(",31,64", ",31,sixty")), [(5, "PC12"), (6, "PC12")]);
    assert_eq!(
        rules(&table.replace("c-2,1,North,observer", "c-2,1,North,observer,,,,,,,,,,,,7")),
        [(5, "PC2"), (6, "PC15")]
    );
    let options = options();
    let few = CopyTerms { limits: CopyLimits { lines: 2, ..CopyLimits::default() }, ..terms(&options) };
    assert!(matches!(
        CopyBook::read_lines(block("jsonl copies").as_bytes(), &few),
        Err(CopiesError::TooMany { limit: 2 })
    ));
}

#[test]
fn without_a_table_every_name_is_a_station() {
    let options = options();
    let terms = CopyTerms { stations: StationPlaces::any(), ..terms(&options) };
    let text = [line("a", &[]), line("b", &[("\"station\":\"2\"", "\"station\":\"77\"")])].join("\n");
    let book = CopyBook::read_lines(text.as_bytes(), &terms).expect("a text");
    assert_eq!(
        book.stations.iter().map(|(name, row)| (&**name, *row)).collect::<Vec<_>>(),
        [("North / 2", None), ("North / 77", None)]
    );
}

proptest! {
    #[test]
    fn no_bytes_are_read_with_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let options = options();
        let book = CopyBook::read_lines(bytes.as_slice(), &terms(&options)).expect("bytes in memory");
        prop_assert_eq!(book.read, book.set_aside() + book.statements.len() as u64 + book.repeated);
    }

    #[test]
    fn which_entry_is_the_first_makes_no_difference(one in 0u32..90, other in 0u32..90, valid in proptest::option::of(0u32..90)) {
        let of = |first: u32, second: u32| {
            let numbers = |votes: u32, valid: Option<u32>| CopyNumbers::new(
                [Some((CopyField::Votes(0), votes)), valid.map(|valid| (CopyField::Line(Term::Valid), valid))].into_iter().flatten().collect());
            let text = line("c", &[]);
            let mut statement = read(&text).statements.remove(0);
            let valid = |votes: u32| valid.filter(|_| votes == one);
            statement.entries[0].numbers = numbers(first, valid(first));
            statement.entries[1].numbers = numbers(second, valid(second));
            (statement.state(), statement.number(CopyField::Votes(0)), statement.differing().count())
        };
        prop_assert_eq!(of(one, other), of(other, one));
    }
}

#[test]
fn the_example_of_the_reference_page_describes_copies() {
    let page = include_str!("../../../../docs/election-toml.md");
    let begin = page.find("```toml copies\n").expect("the block is there") + "```toml copies\n".len();
    let block = &page[begin..begin + page[begin..].find("```").expect("the block ends")];
    let described = format!("title = \"A\"\n[[contest]]\nid = \"council\"\n{block}");
    let description = crate::Description::parse(&described).expect("it is sound");
    let copies = &description.contest[0].copies[0];
    assert_eq!(
        (copies.kind, copies.moment()),
        (crate::PublisherKind::Observer, Ok(Moment::parse("2024-03-11T23:00Z")))
    );
    let error = |text: &str| crate::Description::parse(text).expect_err("it is broken").to_string();
    assert!(error(&described.replace("2024-03-12T00:00+01:00", "12 March")).contains("copies.jsonl"));
    assert!(error(&format!("{described}{block}")).contains("two files of copies"));
}
