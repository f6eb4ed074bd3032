//! NIST SP 1500-100, version 2.0: every contest is an election of its own, with its own units, for its ballots are its own.
//!
//! Elements stand in the order of the XML schema. Options are candidates of a contest in which a voter has one vote: of all kinds of contest that is the one
//! that says least about what they are. Of a protocol there are places for four lines; [`super::lost`] says which are left.

use std::collections::HashMap;
use std::io;

use adil_record::{Counts, Release, Status, Term};

use super::emit::Emit;
use super::{Exported, ExportedContest, moment, publisher};

/// Types of areas by the names that the format has for them. Those of stations are not among them.
const AREAS: [&str; 20] = [
    "borough",
    "city",
    "city-council",
    "congressional",
    "country",
    "county",
    "county-council",
    "judicial",
    "municipality",
    "school",
    "special",
    "state",
    "state-house",
    "state-senate",
    "town",
    "township",
    "utility",
    "village",
    "ward",
    "water",
];

/// Writes the report.
pub(super) fn write(exported: &Exported<'_>, emit: &mut dyn Emit) -> io::Result<()> {
    let trees: Vec<Tree> =
        exported.contests.iter().enumerate().map(|(at, contest)| Tree::of(contest, at + 1)).collect();
    emit.begin("ElectionReport", "ElectionReport", false, None)?;
    emit.begin_list("Election")?;
    for (contest, tree) in exported.contests.iter().zip(&trees) {
        election(exported, contest, tree, emit)?;
    }
    emit.end_list()?;
    let first = exported.contests.first().map(|contest| contest.release);
    let unknown = Release::default();
    let release = first.unwrap_or(&unknown);
    emit.text("Format", "precinct-level")?;
    emit.text("GeneratedDate", &moment(release, exported.date))?;
    emit.begin_list("GpUnit")?;
    for (contest, tree) in exported.contests.iter().zip(&trees) {
        units(exported, contest, tree, emit)?;
    }
    emit.end_list()?;
    emit.text("Issuer", publisher(release))?;
    emit.text("IssuerAbbreviation", publisher(release))?;
    emit.bare("SequenceStart", "1")?;
    emit.bare("SequenceEnd", "1")?;
    emit.text("Status", status(release.status))?;
    emit.text("VendorApplicationId", "adil")?;
    emit.end("ElectionReport")?;
    emit.finish()
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Before | Status::ExitPoll => "pre-election",
        Status::Night => "unofficial-partial",
        Status::Preliminary => "unofficial-complete",
        Status::Final | Status::Copy | Status::Quoted => "certified",
    }
}

/// The areas of a contest as a tree.
struct Tree {
    whole: String,
    /// Identifier, level and name of each area, and what is in it.
    areas: Vec<(String, usize, String, Vec<String>)>,
    /// What is in no area.
    top: Vec<String>,
    stations: Vec<String>,
}

impl Tree {
    fn of(contest: &ExportedContest<'_>, number: usize) -> Self {
        let table = contest.table;
        let stations: Vec<String> = (1..=table.len()).map(|row| format!("c{number}-s{row}")).collect();
        let mut tree = Self { whole: format!("c{number}"), areas: Vec::new(), top: Vec::new(), stations };
        // An area is known by the area it is in, its level and its name.
        let mut known: HashMap<(Option<usize>, usize, usize), usize> = HashMap::new();
        for row in 0..table.len() {
            let mut parent: Option<usize> = None;
            for (level, area) in table.areas.iter().enumerate() {
                let name = area.names.get(row);
                if name.is_empty() {
                    continue;
                }
                let key = (parent, level, area.names.code(row));
                let place = match known.get(&key) {
                    Some(&place) => place,
                    None => {
                        let place = tree.areas.len();
                        let id = format!("c{number}-a{}", place + 1);
                        tree.children(parent).push(id.clone());
                        tree.areas.push((id, level, name.to_owned(), Vec::new()));
                        known.insert(key, place);
                        place
                    }
                };
                parent = Some(place);
            }
            let station = tree.stations[row].clone();
            tree.children(parent).push(station);
        }
        tree
    }

    fn children(&mut self, parent: Option<usize>) -> &mut Vec<String> {
        match parent.and_then(|parent| self.areas.get_mut(parent)) {
            Some(area) => &mut area.3,
            None => &mut self.top,
        }
    }
}

fn election(
    exported: &Exported<'_>,
    contest: &ExportedContest<'_>,
    tree: &Tree,
    emit: &mut dyn Emit,
) -> io::Result<()> {
    let ExportedContest { contest, table, .. } = contest;
    emit.begin("Election", "Election", false, None)?;
    let (cast, rejected) = (table.in_boxes(), table.line(Term::Invalid));
    let cell = |counts: Option<&Counts>, row: usize| counts.and_then(|counts| counts.get(row));
    emit.begin_list("BallotCounts")?;
    for (row, station) in tree.stations.iter().enumerate() {
        let (cast, rejected) = (cell(cast.as_ref(), row), cell(rejected, row));
        if cast.is_none() && rejected.is_none() {
            continue;
        }
        emit.begin("BallotCounts", "BallotCounts", false, None)?;
        emit.text("GpUnitId", station)?;
        emit.text("Type", "total")?;
        cast.map_or(Ok(()), |cast| emit.bare("BallotsCast", &cast.to_string()))?;
        rejected.map_or(Ok(()), |rejected| emit.bare("BallotsRejected", &rejected.to_string()))?;
        emit.end("BallotCounts")?;
    }
    emit.end_list()?;
    emit.begin_list("Candidate")?;
    for (at, option) in contest.options.iter().enumerate() {
        emit.begin("Candidate", "Candidate", false, Some(&format!("{}-o{}", tree.whole, at + 1)))?;
        emit.words("BallotName", &option.name)?;
        if option.incumbent {
            emit.bare("IsIncumbent", "true")?;
        }
        emit.end("Candidate")?;
    }
    emit.end_list()?;
    emit.begin_list("Contest")?;
    emit.begin("Contest", "CandidateContest", true, Some(&format!("{}-contest", tree.whole)))?;
    emit.begin_list("ContestSelection")?;
    for (at, votes) in table.votes.iter().enumerate() {
        let id = format!("{}-v{}", tree.whole, at + 1);
        emit.begin("ContestSelection", "CandidateSelection", true, Some(&id))?;
        emit.begin_list("VoteCounts")?;
        for (votes, station) in votes.iter().zip(&tree.stations) {
            let Some(votes) = votes else { continue };
            emit.begin("VoteCounts", "VoteCounts", false, None)?;
            emit.text("GpUnitId", station)?;
            emit.text("Type", "total")?;
            emit.bare("Count", &votes.to_string())?;
            emit.end("VoteCounts")?;
        }
        emit.end_list()?;
        emit.references("CandidateIds", &[format!("{}-o{}", tree.whole, at + 1)])?;
        emit.end("ContestSelection")?;
    }
    emit.end_list()?;
    emit.text("ElectionDistrictId", &tree.whole)?;
    emit.text("Name", if contest.title.is_empty() { &contest.id } else { &contest.title })?;
    emit.bare("VotesAllowed", "1")?;
    emit.end("Contest")?;
    emit.end_list()?;
    emit.text("ElectionScopeId", &tree.whole)?;
    emit.words("Name", exported.title)?;
    emit.text("StartDate", exported.date)?;
    emit.text("EndDate", exported.date)?;
    emit.text("Type", "other")?;
    emit.text("OtherType", "not stated")?;
    emit.end("Election")
}

fn units(exported: &Exported<'_>, contest: &ExportedContest<'_>, tree: &Tree, emit: &mut dyn Emit) -> io::Result<()> {
    let table = contest.table;
    let mut area = |id: &str, parts: &[String], name: &str, level: &str| {
        emit.begin("GpUnit", "ReportingUnit", true, Some(id))?;
        if !parts.is_empty() {
            emit.references("ComposingGpUnitIds", parts)?;
        }
        emit.words("Name", name)?;
        match AREAS.contains(&level) {
            true => emit.text("Type", level)?,
            false => {
                emit.text("Type", "other")?;
                emit.text("OtherType", level)?;
            }
        }
        emit.end("GpUnit")
    };
    area(&tree.whole, &tree.top, exported.title, "whole")?;
    for (id, level, name, parts) in &tree.areas {
        let level = table.areas.get(*level).map_or("area", |area| area.level.as_str());
        area(id, parts, name, level)?;
    }
    let issued = table.issued();
    for (row, id) in tree.stations.iter().enumerate() {
        emit.begin("GpUnit", "ReportingUnit", true, Some(id))?;
        emit.words("Name", table.stations.get(row))?;
        emit.text("Type", "precinct")?;
        if let Some(issued) = issued.as_ref().and_then(|issued| issued.get(row)) {
            emit.bare("VotersParticipated", &issued.to_string())?;
        }
        if let Some(registered) = table.line(Term::Registered).and_then(|registered| registered.get(row)) {
            emit.bare("VotersRegistered", &registered.to_string())?;
        }
        emit.end("GpUnit")?;
    }
    Ok(())
}
