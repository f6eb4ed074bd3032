//! Reports of quick counts, and lines of forecasts, from what was parsed.

use std::collections::{BTreeMap, BTreeSet};

use super::redaction::{RedactedFile, RedactionRule};
use super::row;
use crate::{ForecastBook, Moment, QuickCount, StationIndex, StationTable};

/// The reports of a quick count as a table, with the column of the station. Stations of a sample are those of its frame; of visits, those
/// that a table of the record has, or numbers where it has none.
pub fn rewritten_reports(
    count: &QuickCount,
    tables: &[&StationTable],
    round_minutes: u32,
    path: &str,
) -> (String, String, RedactedFile) {
    let mut redacted = RedactedFile::new(path);
    let reports = count.reports();
    let mut station = "station".to_owned();
    while reports.names.contains(&station) {
        station.push('_');
    }
    let mut header = vec![station.as_str()];
    header.extend(reports.names.iter().map(String::as_str));
    header.extend(["voted", "invalid", "time"]);
    let mut text = row(&header);
    if let QuickCount::Sample(sample) = count {
        redacted.count(RedactionRule::Line, sample.not_drawn);
    }
    let indices: Vec<(StationIndex, &StationTable)> =
        tables.iter().map(|table| (StationIndex::of(table), *table)).collect();
    for (number, report) in (1u64..).zip(&reports.stations) {
        let name = match (count, tables) {
            (QuickCount::Sample(_), _) => Some(report.station.clone()),
            (QuickCount::Visits(_), []) => {
                redacted.count(RedactionRule::Station, 1);
                Some(format!("s-{number:06}"))
            }
            (QuickCount::Visits(_), _) => {
                let found =
                    |(index, table): &(StationIndex, &StationTable)| Some(table.name(index.find(&report.station)?));
                indices.iter().find_map(found)
            }
        };
        let Some(name) = name else {
            redacted.count(RedactionRule::Line, 1);
            continue;
        };
        let time = report.time.as_deref().map(Moment::parse);
        match time {
            Some(Some(_)) => redacted.count(RedactionRule::Time, 1),
            Some(None) => redacted.count(RedactionRule::TimeLeftOut, 1),
            None => {}
        }
        let rounded = |moment: Moment| moment.rounded_down(round_minutes).to_string();
        let number = |count: Option<u32>| count.map_or_else(String::new, |count| count.to_string());
        let mut cells = vec![name];
        cells.extend(report.votes.iter().map(ToString::to_string));
        cells.extend([number(report.voted), number(report.invalid)]);
        cells.push(time.flatten().map_or_else(String::new, rounded));
        text.push_str(&row(&cells));
        redacted.rows += 1;
    }
    (text, station, redacted)
}

/// The lines of a file of forecasts that some contest counts, as they are: a pseudonym of a forecaster is chosen to be published, and what
/// is committed to is hashed with it. `books` are those of all contests that read the file.
pub fn rewritten_forecasts(text: &str, books: &[&ForecastBook], path: &str) -> (String, RedactedFile) {
    let mut redacted = RedactedFile::new(path);
    let commitments = books.iter().flat_map(|book| &book.commitments);
    let counts: BTreeSet<usize> = commitments
        .flat_map(|commitment| [Some(commitment.line), commitment.revealed.as_ref().map(|revealed| revealed.line)])
        .flatten()
        .collect();
    let lines: BTreeMap<usize, &str> = (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()).collect();
    let mut kept = String::new();
    for (number, line) in lines {
        if counts.contains(&number) {
            kept.push_str(line);
            kept.push('\n');
            redacted.rows += 1;
        } else {
            redacted.count(RedactionRule::Line, 1);
        }
    }
    (kept, redacted)
}
