//! From station tables to files. The same record gives the same bytes: no clock is asked, and what has no order is put into one.

mod emit;
mod eml;
mod geojson;
mod lost;
mod nist;

use std::io::{self, Write};

use adil_record::{Contest, PlaceMap, Release, StationTable};

pub use lost::{Lost, lost};

use crate::sheet::station_sheet;

/// A format that is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutFormat {
    /// NIST SP 1500-100, version 2.0, as JSON.
    NistJson,
    /// The same as XML.
    NistXml,
    /// EML 510d: the counts of a central office, with those of its stations.
    EmlCount,
    /// EML 520: votes in all, by option.
    EmlResult,
    /// Delimited text for spreadsheets.
    Csv,
    /// GeoJSON: stations as points, areas with their outlines.
    GeoJson,
}

impl OutFormat {
    /// Whether it says on which day the election was; the others have one contest and its stations.
    pub fn has_date(self) -> bool {
        !matches!(self, Self::Csv | Self::GeoJson)
    }
}

/// What is written: contests of one election.
#[derive(Debug, Clone)]
pub struct Exported<'a> {
    /// The election's name.
    pub title: &'a str,
    /// The day of the election.
    pub date: &'a str,
    /// The contests, each with the release that is written.
    pub contests: Vec<ExportedContest<'a>>,
    /// Outlines of areas, for formats that have them.
    pub maps: &'a [PlaceMap],
}

/// A contest with the table that is written.
#[derive(Debug, Clone, Copy)]
pub struct ExportedContest<'a> {
    /// The contest.
    pub contest: &'a Contest,
    /// The release.
    pub release: &'a Release,
    /// Its table.
    pub table: &'a StationTable,
}

/// Why nothing, or not all, could be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The writer failed.
    #[error("{0}")]
    Sink(#[from] io::Error),
    /// No day that the formats can have.
    #[error("the day of the election is {0:?}; a date as 2024-03-10 was expected")]
    Date(String),
    /// A spreadsheet has one table.
    #[error("a spreadsheet or map has the stations of one contest; name one of {0}")]
    Several(String),
    /// Nothing to write.
    #[error("no contest has a table of stations")]
    Nothing,
}

/// Writes the contests in a format.
///
/// # Errors
/// The writer fails; the day is no date; there is no contest, or there are several for a spreadsheet.
pub fn write(format: OutFormat, exported: &Exported<'_>, out: &mut dyn Write) -> Result<(), WriteError> {
    if exported.contests.is_empty() {
        return Err(WriteError::Nothing);
    }
    if !format.has_date() {
        let [only] = exported.contests.as_slice() else {
            let ids: Vec<&str> = exported.contests.iter().map(|exported| exported.contest.id.as_str()).collect();
            return Err(WriteError::Several(ids.join(", ")));
        };
        match format {
            OutFormat::GeoJson => geojson::write(only, exported.maps, out)?,
            _ => station_sheet(only.table, &only.contest.options, out)?,
        }
        return Ok(());
    }
    if !is_date(exported.date) {
        return Err(WriteError::Date(exported.date.to_owned()));
    }
    match format {
        OutFormat::NistJson => nist::write(exported, &mut emit::Json::new(out))?,
        OutFormat::NistXml => nist::write(exported, &mut emit::Xml::new(out))?,
        OutFormat::EmlCount => eml::count(exported, out)?,
        OutFormat::EmlResult => eml::result(exported, out)?,
        OutFormat::Csv | OutFormat::GeoJson => {}
    }
    Ok(())
}

/// Whether a text is a date of the calendar, as `2024-03-10`.
pub(crate) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| text.get(from..to).and_then(|part| part.parse::<u32>().ok());
    let form = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() });
    let (Some(year), Some(month), Some(day)) = (number(0, 4), number(5, 7), number(8, 10)) else { return false };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u32::from(leap),
        1..=12 => 31,
        _ => 0,
    };
    form && year > 0 && (1..=days).contains(&day)
}

/// The time of a release as the formats have it; the beginning of the day of the election where the release has none.
fn moment(release: &Release, date: &str) -> String {
    let is_moment = |time: &str| {
        let Some((day, clock)) = time.split_once('T') else { return false };
        let Some(clock) = clock.get(..8).filter(|_| is_date(day)) else { return false };
        let zone = &time[day.len() + 9..];
        let part = |from: usize| clock.get(from..from + 2).and_then(|part| part.parse::<u32>().ok());
        let is_clock = part(0).is_some_and(|hour| hour < 24)
            && part(3).is_some_and(|minute| minute < 60)
            && part(6).is_some_and(|second| second < 60)
            && clock.as_bytes().get(2) == Some(&b':')
            && clock.as_bytes().get(5) == Some(&b':');
        let is_offset = zone.len() == 6
            && zone.starts_with(['+', '-'])
            && zone.as_bytes().get(3) == Some(&b':')
            && zone.get(1..3).and_then(|hour| hour.parse::<u32>().ok()).is_some_and(|hour| hour < 14)
            && zone.get(4..6).and_then(|minute| minute.parse::<u32>().ok()).is_some_and(|minute| minute < 60);
        is_clock && (zone == "Z" || is_offset)
    };
    match release.time.as_deref() {
        Some(time) if is_moment(time) => time.to_owned(),
        _ => format!("{date}T00:00:00Z"),
    }
}

/// The publisher of a release.
fn publisher(release: &Release) -> &str {
    if release.publisher.name.is_empty() { "not named" } else { &release.publisher.name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_those_of_the_calendar() {
        for day in ["2024-02-29", "2007-08-18", "2000-02-29"] {
            assert!(is_date(day), "{day}");
        }
        for day in [
            "2023-02-29",
            "1900-02-29",
            "2007-8-18",
            "2007-13-01",
            "2007-00-10",
            "2007-04-31",
            "",
            "18.08.2007",
            "+007-08-18",
        ] {
            assert!(!is_date(day), "{day}");
        }
    }

    #[test]
    fn the_time_is_that_of_the_release_where_it_is_whole() {
        let of = |time: &str| moment(&Release { time: Some(time.into()), ..Release::default() }, "2024-03-10");
        assert_eq!(of("2024-03-11T04:05:06+05:00"), "2024-03-11T04:05:06+05:00");
        assert_eq!(of("2024-03-11T04:05:06Z"), "2024-03-11T04:05:06Z");
        for other in [
            "2024-03-11",
            "2024-03-11T04:05",
            "the night",
            "2024-03-11T04:05:06",
            "2024-03-11T24:05:06Z",
            "2024-03-11T04:05:06é",
        ] {
            assert_eq!(of(other), "2024-03-10T00:00:00Z", "{other}");
        }
    }
}
