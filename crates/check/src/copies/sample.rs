//! Small files of copies for the tests of the checks.

use adil_record::{
    Contest, Copies, CopyBook, CopyLimits, CopyTerms, Moment, Publisher, PublisherKind, StationPlaces, Status,
};

use crate::sample::{contest, stations, table};

/// A statement of a station 1, 2, 3 … in district 0. Each entry is a typist with the votes of A and B; a third one is a resolution with the votes of
/// A alone.
pub(crate) fn statement(id: &str, station: u32, holder: &str, entries: &[&str]) -> String {
    statement_at(id, station, holder, "2024-03-10T20:00Z", entries)
}

/// The same, seen at a time.
pub(crate) fn statement_at(id: &str, station: u32, holder: &str, seen: &str, entries: &[&str]) -> String {
    let part = |(place, entry): (usize, &&str)| {
        let words: Vec<&str> = entry.split(' ').collect();
        let votes = ["a", "b"].iter().zip(&words[1..]).map(|(option, votes)| format!("\"{option}\":{votes}"));
        let votes = votes.collect::<Vec<_>>().join(",");
        let (who, time) = (words[0], format!("2024-03-20T1{place}:00Z"));
        match place {
            2 => format!("{{\"by\":\"{who}\",\"time\":\"{time}\",\"reason\":\"seen again\",\"votes\":{{{votes}}}}}"),
            _ => format!("{{\"typist\":\"{who}\",\"time\":\"{time}\",\"votes\":{{{votes}}}}}"),
        }
    };
    let parts: Vec<String> = entries.iter().enumerate().map(part).collect();
    let (typed, decided) = parts.split_at(parts.len().min(2));
    let decided = decided.first().map_or(String::new(), |part| format!(",\"resolution\":{part}"));
    format!(
        "{{\"id\":\"{id}\",\"area\":\"district 0\",\"station\":\"{station}\",\"holder\":\"{holder}\",\"seen\":\"{seen}\",\
         \"entries\":[{}]{decided}}}",
        typed.join(",")
    )
}

/// Lines read for a contest between A and B with stations 1 to 30 in districts of ten.
pub(crate) fn book(lines: &[String]) -> CopyBook {
    book_of(&contest(&["A", "B"]), lines)
}

fn book_of(contest: &Contest, lines: &[String]) -> CopyBook {
    let places = contest.latest_table().and_then(|release| release.stations.as_ref());
    let terms = CopyTerms {
        options: &contest.options,
        stations: places.map_or_else(StationPlaces::any, StationPlaces::of),
        read_at: Moment::parse("2024-04-01T00:00Z"),
        limits: CopyLimits::default(),
    };
    CopyBook::read_lines(lines.join("\n").as_bytes(), &terms).expect("lines in memory")
}

/// A contest between A and B with a final table of the organisers and a file of copies.
pub(crate) fn contest_with(votes: &[&[u32]], lines: &[String]) -> Contest {
    let releases = vec![stations("final", Status::Final, table(&[], votes))];
    let contest = Contest { releases, ..contest(&["A", "B"]) };
    let publisher = Publisher { name: "Coalition".into(), kind: PublisherKind::Observer };
    let copies = Copies { file: "copies.jsonl".into(), publisher, book: book_of(&contest, lines), sample: None };
    Contest { copies: vec![copies], ..contest }
}
