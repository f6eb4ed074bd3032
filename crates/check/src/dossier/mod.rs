//! Everything that a record has of one station: `adil dossier`.
//!
//! It puts together and works nothing out: every line says where it stands. Names and words of observers are in no line, as they are in no
//! record.

mod copies;
mod evidence;
mod official;
mod seen;

use adil_finding::{Dossier, DossierLine, DossierSection, Message, PointedStation};
use adil_record::{Contest, Record, Release, StationIndex, StationTable};

/// Why there is no dossier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DossierError {
    /// No table of the record has the station.
    #[error("no station of the record is called {wanted:?}{like}")]
    Unknown {
        /// What was asked for.
        wanted: String,
        /// Those with a name like it, for a message; empty where there are none.
        like: String,
    },
    /// Several stations are called so.
    #[error("several stations of the record are called {wanted:?}: {names}; give the name in full")]
    Several {
        /// What was asked for.
        wanted: String,
        /// Their full names.
        names: String,
    },
    /// The record has no table of stations.
    #[error("the record has no table of stations")]
    NoTable,
}

/// A station in the table of a release.
struct Station<'a> {
    contest: &'a Contest,
    release: &'a Release,
    table: &'a StationTable,
    row: usize,
}

/// The full name of the station that is meant, as the first table that has it calls it.
///
/// # Errors
/// No table has it, or several stations are called so.
pub fn find_station(record: &Record, wanted: &str) -> Result<String, DossierError> {
    let wanted = wanted.trim();
    let mut like: Vec<String> = Vec::new();
    let mut has_table = false;
    for table in tables(record) {
        has_table = true;
        if let Some(row) = StationIndex::of(table).find(wanted) {
            return Ok(table.name(row));
        }
        let same = (0..table.len()).filter(|&row| table.stations.get(row) == wanted || table.name(row) == wanted);
        let same: Vec<String> = same.take(MOST_LIKE + 1).map(|row| table.name(row)).collect();
        if same.len() > 1 {
            return Err(DossierError::Several { wanted: wanted.to_owned(), names: listed(&same) });
        }
        let lower = wanted.to_lowercase();
        let near = (0..table.len()).map(|row| table.name(row)).filter(|name| name.to_lowercase().contains(&lower));
        like.extend(near.take(MOST_LIKE + 1));
    }
    match (has_table, like.is_empty()) {
        (false, _) => Err(DossierError::NoTable),
        (true, true) => Err(DossierError::Unknown { wanted: wanted.to_owned(), like: String::new() }),
        (true, false) => {
            Err(DossierError::Unknown { wanted: wanted.to_owned(), like: format!("; like it are {}", listed(&like)) })
        }
    }
}

/// Names that are told of, where none is meant alone.
const MOST_LIKE: usize = 8;

fn listed(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(MOST_LIKE).map(String::as_str).collect();
    let more = if names.len() > MOST_LIKE { " and more" } else { "" };
    format!("{}{more}", shown.join("; "))
}

fn tables(record: &Record) -> impl Iterator<Item = &StationTable> {
    record.contests.iter().filter_map(|contest| contest.latest_table()?.stations.as_ref())
}

/// The dossier of a station, by its full name; `pointed` is what checks say of single stations.
pub fn dossier(record: &Record, station: &str, pointed: &[PointedStation]) -> Dossier {
    let section = |id, title, empty, lines: Vec<DossierLine>| DossierSection {
        id,
        title: Message::new(title),
        lines,
        empty: Message::new(empty),
    };
    let rows = rows(record, station);
    let (visits, incidents) = (seen::visits(record, station), seen::incidents(record, station));
    let sections = vec![
        section("official", "dossier-official", "dossier-no-official", official::lines(&rows)),
        section("statements", "dossier-statements", "dossier-no-statements", official::others(&rows)),
        section("copies", "dossier-copies", "dossier-no-copies", copies::lines(record, station)),
        section("reports", "dossier-reports", "dossier-no-reports", seen::reports(record, station)),
        section("visits", "dossier-visits", "dossier-no-visits", visits.lines),
        section("incidents", "dossier-incidents", "dossier-no-incidents", incidents.lines),
        section(
            "timeline",
            "dossier-timeline",
            "dossier-no-timeline",
            official::timeline(&rows, [visits.times, incidents.times].concat()),
        ),
        section("evidence", "dossier-evidence", "dossier-no-evidence", evidence::lines(station, pointed)),
    ];
    Dossier {
        record: record.title.clone(),
        date: record.date.clone(),
        station: station.to_owned(),
        sections,
        inputs: record.inputs.clone(),
    }
}

/// A table's row of the station, of every table that is of the count.
fn rows<'a>(record: &'a Record, station: &str) -> Vec<Station<'a>> {
    let mut found = Vec::new();
    for contest in &record.contests {
        for release in &contest.releases {
            let Some(table) = &release.stations else { continue };
            // Tables spell areas otherwise: the station's own name is enough where it is the only one.
            let own = station.rsplit(" / ").next().unwrap_or(station);
            let index = StationIndex::of(table);
            if let Some(row) = index.find(station).or_else(|| index.find(own)) {
                found.push(Station { contest, release, table, row });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests;
