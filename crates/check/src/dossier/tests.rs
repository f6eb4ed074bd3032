use adil_finding::Arg;
use adil_record::{ObserverBook, Observers, Publisher, Record};

use super::{DossierError, dossier, find_station};
use crate::observers::tests::four;

fn record() -> Record {
    let contest = four();
    let tables = contest.releases.iter().filter_map(|release| release.stations.as_ref());
    let mut book = ObserverBook::of_tables(tables);
    let lines = "{\"id\":\"i1\",\"station\":\"3\",\"code\":\"V5\",\"time\":\"2024-03-10T10:00Z\",\"note\":\"who\"}\n\
                 {\"id\":\"i2\",\"station\":\"1\",\"code\":\"V2\"}\n";
    book.read_incident_lines("incidents.jsonl", Default::default(), &mut lines.as_bytes()).expect("lines");
    let publisher = Publisher { name: "Observers".to_owned(), ..Publisher::default() };
    let observers = vec![Observers { publisher, book: book.finished(), ..Observers::default() }];
    Record { contests: vec![contest], observers, ..Record::default() }
}

#[test]
fn a_dossier_has_the_lines_of_its_station_only() {
    let record = record();
    let station = find_station(&record, "3").expect("one station is called so");
    assert_eq!(station, "South / 3");
    let found = dossier(&record, &station, &[]);
    let of = |id| found.sections.iter().find(|section| section.id == id).map(|section| &section.lines[..]);
    let official = of("official").expect("a section");
    assert_eq!(official[0].place.as_ref().and_then(|place| place.row), Some(4), "the third row below the header");
    let [(_, Arg::List(protocol))] = &official[0].statement.args[2..] else { panic!("a list of lines") };
    assert_eq!(protocol.len(), 1, "the register");
    let incidents = of("incidents").expect("a section");
    assert_eq!(incidents.len(), 1);
    assert_eq!(incidents[0].time.as_deref(), Some("2024-03-10T10:00:00Z"));
    assert_eq!(of("timeline").map(<[_]>::len), Some(1));
    assert_eq!(of("visits").map(<[_]>::len), Some(0));
}

#[test]
fn a_station_that_is_not_there_is_told_with_those_like_it() {
    let record = record();
    let of = |wanted: &str| find_station(&record, wanted).expect_err("no station");
    assert!(matches!(of("9"), DossierError::Unknown { like, .. } if like.is_empty()));
    assert!(of("sout").to_string().contains("South / 3; South / 4"), "{}", of("sout"));
    assert_eq!(find_station(&Record::default(), "3"), Err(DossierError::NoTable));
}
