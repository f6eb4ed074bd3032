//! A simulated election as a folder: `election.toml` and `stations.csv`, which `adil check` reads, and `truth/`, which it does not.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use adil_laboratory::Truth;
use adil_record::{Identity, ShareOf, StationTable, TurnoutOf, TurnoutReport, toml_string};
use serde_json::json;

use super::Source;
use crate::failure::Failure;
use crate::output;

/// The file with the stations.
const STATIONS: &str = "stations.csv";

/// A simulated election.
pub(super) struct Simulated {
    pub(super) title: String,
    /// The names of the options.
    pub(super) options: Vec<String>,
    pub(super) table: StationTable,
    pub(super) side: usize,
    /// What was done; nothing where no technique was named.
    pub(super) truth: Option<Truth>,
    pub(super) seed: u64,
    pub(super) source: Source,
}

impl Simulated {
    /// Fills the folder. The description comes last, so that a folder half written is no record.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Failure> {
        let truth = folder.join("truth");
        fs::create_dir_all(&truth).map_err(|error| cannot_write(&truth, &error))?;
        fill(&folder.join(STATIONS), |csv| self.stations(csv))?;
        fill(&truth.join("truth.csv"), |csv| self.truth_by_station(csv))?;
        output::write(&truth.join("truth.json"), &self.truth_in_all()?)?;
        output::write(&folder.join("election.toml"), &self.description())
    }

    /// One column for each level of areas, the station, lines, options, reports of turnout, what machines counted, the two coordinates,
    /// and texts, in this order.
    fn stations(&self, csv: &mut Csv) -> io::Result<()> {
        let table = &self.table;
        table.areas.iter().try_for_each(|area| csv.text(&area.level))?;
        csv.text("station")?;
        table.lines.iter().try_for_each(|(term, _)| csv.text(term.id()))?;
        self.options.iter().try_for_each(|name| csv.text(&header(name)))?;
        table.turnout.iter().try_for_each(|report| csv.text(&format!("voted by {}", header(&report.time))))?;
        self.beside().iter().try_for_each(|name| csv.text(name))?;
        table.extra.iter().try_for_each(|(name, _)| csv.text(&header(name)))?;
        csv.end()?;
        for row in 0..table.len() {
            table.areas.iter().try_for_each(|area| csv.text(area.names.get(row)))?;
            csv.text(table.stations.get(row))?;
            let reports = table.turnout.iter().map(|report| &report.voters);
            let mut counts = table.lines.iter().map(|(_, counts)| counts).chain(&table.votes).chain(reports);
            counts.try_for_each(|counts| csv.count(counts.get(row)))?;
            if let Some(by_machine) = table.counted_by_machine.get(row) {
                csv.text(by_machine.map_or("", |yes| if yes { "yes" } else { "no" }))?;
            }
            if let Some(point) = table.coordinates.get(row) {
                csv.text(&point.map_or_else(String::new, |point| point.latitude.to_string()))?;
                csv.text(&point.map_or_else(String::new, |point| point.longitude.to_string()))?;
            }
            table.extra.iter().try_for_each(|(_, names)| csv.text(names.get(row)))?;
            csv.end()?;
        }
        Ok(())
    }

    /// The columns beside the protocol that are no counts.
    fn beside(&self) -> Vec<&'static str> {
        let machine = (!self.table.counted_by_machine.is_empty()).then_some("counted by machine");
        let point = if self.table.coordinates.is_empty() { &[][..] } else { &["latitude", "longitude"] };
        machine.into_iter().chain(point.iter().copied()).collect()
    }

    /// The description: every column by its place, so that no name can be taken for another.
    fn description(&self) -> String {
        let table = &self.table;
        let title = toml_string(&format!("{} (simulated)", self.title));
        let mut text = format!(
            "# Written by `adil simulate`. No such election was held.\n\ntitle = {title}\n\n\
             [[contest]]\nid = \"contest\"\n\n[[contest.release]]\nid = \"final\"\npublisher = \"adil simulate\"\n\
             note = \"Drawn at random with seed {}; no such election was held.\"\n\n\
             [[table]]\nfile = \"{STATIONS}\"\nrelease = \"final\"\n\n[table.map]\n\
             encoding = [\"utf-8\"]\ndelimiter = \",\"\nheader-row = 1\n",
            self.seed
        );
        let mut columns = 1..;
        let mut column = || format!("{{ column-number = {} }}", columns.next().unwrap_or(0));
        let area =
            |level: &str, column: String| format!("    {{ level = {}, column = {column} }},\n", toml_string(level));
        let areas: String = table.areas.iter().map(|level| area(&level.level, column())).collect();
        let station = column();
        let lines: Vec<String> =
            table.lines.iter().map(|(term, _)| format!("{} = {}\n", term.id(), column())).collect();
        let option =
            |name: &String, votes: String| format!("    {{ name = {}, votes = {votes} }},\n", toml_string(name));
        let options: String = self.options.iter().map(|name| option(name, column())).collect();
        let mut report = |report: &TurnoutReport| {
            let (time, column) = (toml_string(&report.time), column());
            format!("    {{ time = {time}, column = {column}, protocol = {} }},\n", report.protocol)
        };
        let reports: String = table.turnout.iter().map(&mut report).collect();
        let beside: String = self
            .beside()
            .iter()
            .map(|&name| match name {
                "latitude" => format!("coordinates = {{ latitude = {}, ", column()),
                "longitude" => format!("longitude = {} }}\n", column()),
                _ => format!("counted-by-machine = {{ column = {}, yes = [\"yes\"], no = [\"no\"] }}\n", column()),
            })
            .collect();
        let extra = table.extra.iter().map(|(name, _)| format!("{} = {}\n", toml_string(name), column()));
        let extra: Vec<String> = extra.collect();
        let _ = write!(text, "areas = [\n{areas}]\nstation = {station}\n{beside}");
        if !reports.is_empty() {
            let _ = write!(text, "turnout = [\n{reports}]\n");
        }
        if table.share_of == ShareOf::Valid {
            text.push_str("share-of = \"valid\"\n");
        }
        if table.turnout_of == TurnoutOf::Ballots {
            text.push_str("turnout-of = \"ballots\"\n");
        }
        if !table.unproved.is_empty() {
            let unproved: Vec<String> =
                table.unproved.iter().map(|sum: &Identity| format!("\"{}\"", sum.id())).collect();
            let _ = writeln!(text, "unproved = [{}]", unproved.join(", "));
        }
        let _ = write!(text, "\n[table.map.lines]\n{}", lines.concat());
        let _ = write!(text, "\n[table.map.options]\nlist = [\n{options}]\n");
        if !extra.is_empty() {
            let _ = write!(text, "\n[table.map.extra]\n{}", extra.concat());
        }
        text
    }

    /// What was done in each station, with the row that it has in the table of stations.
    fn truth_by_station(&self, csv: &mut Csv) -> io::Result<()> {
        let table = &self.table;
        csv.text("row")?;
        table.areas.iter().try_for_each(|area| csv.text(&area.level))?;
        ["station", "added", "switched", "registered", "present", "report"]
            .iter()
            .try_for_each(|name| csv.text(name))?;
        csv.end()?;
        let Some(truth) = &self.truth else { return Ok(()) };
        for one in truth.by_row() {
            csv.text(&(one.row + 2).to_string())?;
            table.areas.iter().try_for_each(|area| csv.text(area.names.get(one.row)))?;
            csv.text(table.stations.get(one.row))?;
            [one.added, one.switched, one.registered].iter().try_for_each(|&count| csv.count(Some(count)))?;
            csv.text(if one.present { "yes" } else { "no" })?;
            csv.text(&one.report.map_or_else(String::new, |report| (report + 1).to_string()))?;
            csv.end()?;
        }
        Ok(())
    }

    /// The scenario and its sums, and what the honest table was drawn from.
    fn truth_in_all(&self) -> Result<String, Failure> {
        let source = match &self.source {
            Source::Country(parameters) => json!({ "parameters": parameters }),
            Source::Twin(title) => json!({ "like": title }),
        };
        let truth = json!({
            "seed": self.seed,
            "drawn-from": source,
            "stations": self.table.len(),
            "side": self.options[self.side],
            "scenario": self.truth.as_ref().map(|truth| &truth.scenario),
            "totals": self.truth.as_ref().map(|truth| truth.totals),
        });
        let text = serde_json::to_string_pretty(&truth).map_err(|error| Failure::Simulate(error.to_string()))?;
        Ok(text + "\n")
    }
}

fn cannot_write(file: &Path, error: &io::Error) -> Failure {
    Failure::CannotWrite { file: file.display().to_string(), cause: error.to_string() }
}

/// Writes a table into a new file.
fn fill(file: &Path, rows: impl FnOnce(&mut Csv) -> io::Result<()>) -> Result<(), Failure> {
    let written = File::create_new(file).and_then(|opened| {
        let mut csv = Csv { file: BufWriter::new(opened), is_begun: false };
        rows(&mut csv)?;
        csv.file.flush()
    });
    written.map_err(|error| cannot_write(file, &error))
}

/// A header of at most a hundred letters: columns are found by their places.
fn header(name: &str) -> String {
    name.chars().take(100).collect()
}

/// A table that is written cell by cell.
struct Csv {
    file: BufWriter<File>,
    is_begun: bool,
}

impl Csv {
    fn separate(&mut self) -> io::Result<()> {
        let begun = std::mem::replace(&mut self.is_begun, true);
        if begun { self.file.write_all(b",") } else { Ok(()) }
    }

    fn text(&mut self, cell: &str) -> io::Result<()> {
        self.separate()?;
        match cell.contains([',', '"', '\n', '\r']) {
            true => write!(self.file, "\"{}\"", cell.replace('"', "\"\"")),
            false => self.file.write_all(cell.as_bytes()),
        }
    }

    /// A count; an empty cell is one that is not known.
    fn count(&mut self, count: Option<u32>) -> io::Result<()> {
        self.separate()?;
        count.map_or(Ok(()), |count| write!(self.file, "{count}"))
    }

    fn end(&mut self) -> io::Result<()> {
        self.is_begun = false;
        self.file.write_all(b"\n")
    }
}
