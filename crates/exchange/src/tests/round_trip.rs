//! A table, written and read again.

use adil_record::{Area, Contest, ContestOption, Counts, Names, Release, StationTable, Term};
use proptest::prelude::*;

use super::read_text;
use crate::{ContestResults, Exported, ExportedContest, OutFormat, write};

fn names(list: impl IntoIterator<Item = String>) -> Names {
    let mut names = Names::default();
    list.into_iter().for_each(|name| names.push(&name));
    names
}

/// A name as a table can have: printable, without space at its ends.
fn name() -> impl Strategy<Value = String> {
    "[A-Za-zА-я0-9<>&\"' =,;:@+-]{1,12}"
        .prop_map(|name| name.trim().to_owned())
        .prop_filter("empty", |name| !name.is_empty())
}

fn counts(rows: usize) -> impl Strategy<Value = Counts> {
    // The first is known, so that no column is empty.
    (0..=Counts::LARGEST / 8, prop::collection::vec(prop::option::weighted(0.9, 0..5_000u32), rows - 1))
        .prop_map(|(first, rest)| std::iter::once(Some(first)).chain(rest).collect())
}

fn contest() -> impl Strategy<Value = (Contest, StationTable)> {
    (1usize..7, 1usize..4, 0usize..3)
        .prop_flat_map(|(rows, options, levels)| {
            (
                prop::collection::btree_set(name(), options),
                prop::collection::vec(prop::collection::vec(name(), rows), levels),
                prop::collection::vec(name(), rows),
                prop::collection::vec(counts(rows), options),
                prop::collection::vec(prop::option::of(counts(rows)), 4),
            )
        })
        .prop_map(|(options, areas, stations, mut votes, lines)| {
            // A station without any count is none.
            let known: Counts = votes[0].iter().map(|votes| votes.or(Some(0))).collect();
            votes[0] = known;
            let terms = [Term::Registered, Term::Issued, Term::InBoxes, Term::Invalid];
            let table = StationTable {
                source_rows: (2..).take(stations.len()).collect(),
                stations: names(stations),
                areas: areas
                    .into_iter()
                    .enumerate()
                    .map(|(level, list)| Area { level: format!("level {level}"), names: names(list) })
                    .collect(),
                lines: terms.into_iter().zip(lines).filter_map(|(term, counts)| Some((term, counts?))).collect(),
                votes,
                ..StationTable::default()
            };
            let options =
                options.into_iter().map(|name| ContestOption { id: name.clone(), name, incumbent: false }).collect();
            (Contest { id: "c".into(), title: "A contest".into(), options, ..Contest::default() }, table)
        })
}

fn written(format: OutFormat, contest: &Contest, table: &StationTable) -> String {
    let release = Release::default();
    let contests = vec![ExportedContest { contest, release: &release, table }];
    let exported = Exported { title: "An election", date: "2024-03-10", contests, maps: &[] };
    let mut out = Vec::new();
    write(format, &exported, &mut out).unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(out).expect("text")
}

fn again(text: &str) -> ContestResults {
    let mut results = read_text(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(results.contests.len(), 1);
    results.contests.remove(0)
}

/// The votes of an option by station, in the order of the file.
fn of_option(read: &ContestResults, name: &str) -> Vec<Option<u32>> {
    let table = read.table.as_ref().expect("stations");
    let at = table.options.iter().position(|option| option == name).expect("the option");
    table.stations.votes[at].iter().collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn nist_keeps_counts_and_areas((contest, table) in contest()) {
        let texts = [OutFormat::NistJson, OutFormat::NistXml].map(|format| written(format, &contest, &table));
        for text in &texts {
            let read = again(text);
            for (option, votes) in contest.options.iter().zip(&table.votes) {
                prop_assert_eq!(of_option(&read, &option.name), votes.iter().collect::<Vec<_>>(), "{}", text);
            }
            let stations = &read.table.as_ref().expect("stations").stations;
            for term in Term::ALL {
                prop_assert_eq!(stations.line(term), table.line(term), "{:?}\n{}", term, text);
            }
            for row in 0..table.len() {
                prop_assert_eq!(stations.stations.get(row), table.stations.get(row));
                for (level, area) in table.areas.iter().enumerate() {
                    prop_assert_eq!(&stations.areas[level].level, &area.level);
                    prop_assert_eq!(stations.areas[level].names.get(row), area.names.get(row));
                }
            }
        }
        prop_assert_eq!(&texts[0], &written(OutFormat::NistJson, &contest, &table), "the same bytes");
    }

    #[test]
    fn eml_keeps_counts_and_two_levels((contest, table) in contest()) {
        let text = written(OutFormat::EmlCount, &contest, &table);
        let read = again(&text);
        for (option, votes) in contest.options.iter().zip(&table.votes) {
            prop_assert_eq!(of_option(&read, &option.name), votes.iter().collect::<Vec<_>>(), "{}", text);
        }
        let stations = &read.table.as_ref().expect("stations").stations;
        for term in [Term::Registered, Term::Issued, Term::Invalid] {
            prop_assert_eq!(stations.line(term), table.line(term), "{:?}", term);
        }
        prop_assert_eq!(stations.line(Term::Valid).cloned(), table.valid().filter(|valid| !valid.all_missing()));
        for (level, area) in table.areas.iter().enumerate() {
            for row in 0..table.len() {
                prop_assert_eq!(stations.areas[level].names.get(row), area.names.get(row));
            }
        }
        let result = again(&written(OutFormat::EmlResult, &contest, &table));
        let sums: Vec<u64> = table.votes.iter().map(Counts::sum).collect();
        let read: Vec<u64> = result.release.figures.iter().filter_map(|figure| match figure.amount {
            adil_record::Amount::Count(count) if matches!(figure.what, adil_record::Quantity::Votes(_)) => Some(count),
            _ => None,
        }).collect();
        prop_assert_eq!(read, sums);
    }
}

/// Names that XML and JSON have other uses for come back as they were; what XML cannot hold is replaced.
#[test]
fn names_survive() {
    let odd = "a<b>&\"'\u{e9}\u{1f5f3}]]>";
    let table = StationTable {
        stations: names([odd.to_owned()]),
        votes: vec![[Some(1)].into_iter().collect()],
        ..StationTable::default()
    };
    let option = ContestOption { id: "o".into(), name: odd.into(), incumbent: true };
    let contest = Contest { id: "c".into(), title: odd.into(), options: vec![option], ..Contest::default() };
    for format in [OutFormat::NistJson, OutFormat::NistXml] {
        let read = again(&written(format, &contest, &table));
        assert_eq!((read.title.as_str(), read.options[0].name.as_str(), read.options[0].incumbent), (odd, odd, true));
        assert_eq!(read.table.expect("stations").stations.stations.get(0), odd);
    }
    let bell = Contest { title: "a\u{7}b".into(), ..contest };
    assert!(written(OutFormat::NistXml, &bell, &table).contains("<Name>a\u{fffd}b</Name>"));
}
