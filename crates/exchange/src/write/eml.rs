//! EML 510d and 520, in the form of EML-NL.
//!
//! A central office counts by districts (`HSB1`), municipalities (`HSB1::0001`) and stations (`HSB1::0001::SB1`): the widest two levels of areas take these
//! places, and are units of reporting with the sums of their stations. EML-NL knows the elections of the Netherlands only, so the
//! election is given the category of its parliament, `TK`; what is not known is left out, though a strict reader then refuses the file.

use std::collections::HashMap;
use std::io::{self, Write};

use adil_record::{ContestOption, Counts, StationTable, Term};

use super::emit::escaped;
use super::{Exported, ExportedContest, moment, publisher};
use crate::eml::{ADMITTED, EXTENSIONS, LOST, NAMESPACE};

/// Writes the counts.
pub(super) fn count(exported: &Exported<'_>, out: &mut dyn Write) -> io::Result<()> {
    head(exported, "510d", out)?;
    writeln!(out, "<Count>\n<EventIdentifier/>\n<Election>")?;
    identifier(exported, out)?;
    writeln!(out, "<Contests>")?;
    for (at, contest) in exported.contests.iter().enumerate() {
        writeln!(out, "<Contest>")?;
        contest_identifier(exported, contest, at, out)?;
        let units = Units::of(contest.table);
        let columns = Columns::of(contest.table);
        let all: Vec<usize> = (0..contest.table.len()).collect();
        writeln!(out, "<TotalVotes>")?;
        columns.sums(&all, &contest.contest.options, out)?;
        writeln!(out, "</TotalVotes>")?;
        for (id, name, rows) in &units.areas {
            unit(id, name, out)?;
            columns.sums(rows, &contest.contest.options, out)?;
            writeln!(out, "</ReportingUnitVotes>")?;
        }
        for (row, (id, name)) in units.stations.iter().enumerate() {
            unit(id, name, out)?;
            columns.row(row, &contest.contest.options, out)?;
            writeln!(out, "</ReportingUnitVotes>")?;
        }
        writeln!(out, "</Contest>")?;
    }
    writeln!(out, "</Contests>\n</Election>\n</Count>\n</EML>")?;
    out.flush()
}

/// Writes the votes in all. Who was elected is not known here, and not said.
pub(super) fn result(exported: &Exported<'_>, out: &mut dyn Write) -> io::Result<()> {
    head(exported, "520", out)?;
    writeln!(out, "<Result>\n<Election>")?;
    identifier(exported, out)?;
    for (at, contest) in exported.contests.iter().enumerate() {
        writeln!(out, "<Contest>")?;
        contest_identifier(exported, contest, at, out)?;
        for (number, (option, votes)) in contest.contest.options.iter().zip(&contest.table.votes).enumerate() {
            writeln!(out, "<Selection>")?;
            affiliation(number, option, out)?;
            writeln!(out, "<Votes>{}</Votes>\n</Selection>", votes.sum())?;
        }
        writeln!(out, "</Contest>")?;
    }
    writeln!(out, "</Election>\n</Result>\n</EML>")?;
    out.flush()
}

fn head(exported: &Exported<'_>, kind: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<EML xmlns=\"{NAMESPACE}\" xmlns:kr=\"{EXTENSIONS}\" Id=\"{kind}\" SchemaVersion=\"5\">")?;
    let release = exported.contests.first().map(|contest| contest.release);
    let (authority, time) =
        release.map_or(("", exported.date.to_owned()), |release| (publisher(release), moment(release, exported.date)));
    writeln!(out, "<TransactionId>1</TransactionId>")?;
    writeln!(out, "<ManagingAuthority>\n<AuthorityIdentifier Id=\"CSB\">{}</AuthorityIdentifier>", escaped(authority))?;
    writeln!(out, "<AuthorityAddress/>\n</ManagingAuthority>")?;
    writeln!(out, "<kr:CreationDateTime>{time}</kr:CreationDateTime>")
}

fn identifier(exported: &Exported<'_>, out: &mut dyn Write) -> io::Result<()> {
    let year = exported.date.get(..4).unwrap_or_default();
    writeln!(out, "<ElectionIdentifier Id=\"TK{year}\">\n<ElectionName>{}</ElectionName>", escaped(exported.title))?;
    writeln!(out, "<ElectionCategory>TK</ElectionCategory>")?;
    writeln!(out, "<kr:ElectionDate>{}</kr:ElectionDate>\n</ElectionIdentifier>", exported.date)
}

fn contest_identifier(
    exported: &Exported<'_>,
    contest: &ExportedContest<'_>,
    at: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    match exported.contests.len() {
        1 => writeln!(out, "<ContestIdentifier Id=\"geen\"/>"),
        _ => {
            let name = escaped(&contest.contest.title);
            writeln!(
                out,
                "<ContestIdentifier Id=\"{}\">\n<ContestName>{name}</ContestName>\n</ContestIdentifier>",
                at + 1
            )
        }
    }
}

fn affiliation(number: usize, option: &ContestOption, out: &mut dyn Write) -> io::Result<()> {
    let name = escaped(&option.name);
    writeln!(out, "<AffiliationIdentifier Id=\"{}\">\n<RegisteredName>{name}</RegisteredName>", number + 1)?;
    writeln!(out, "</AffiliationIdentifier>")
}

fn unit(id: &str, name: &str, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<ReportingUnitVotes>\n<ReportingUnitIdentifier Id=\"{id}\">{}</ReportingUnitIdentifier>",
        escaped(name)
    )
}

/// Identifiers and names of areas and stations.
struct Units {
    /// Identifier, name, and the rows that are in it.
    areas: Vec<(String, String, Vec<usize>)>,
    stations: Vec<(String, String)>,
}

/// The most municipalities: their numbers have four digits.
const MUNICIPALITIES: usize = 9_999;

/// How many levels of areas a table keeps.
pub(super) fn levels_kept(table: &StationTable) -> usize {
    let second = table.areas.get(1).map(|_| {
        let paths: std::collections::HashSet<(usize, usize)> =
            (0..table.len()).map(|row| (table.areas[0].names.code(row), table.areas[1].names.code(row))).collect();
        paths.len()
    });
    match second {
        Some(paths) if paths <= MUNICIPALITIES => 2,
        _ => table.areas.len().min(1),
    }
}

impl Units {
    fn of(table: &StationTable) -> Self {
        let kept = levels_kept(table);
        let mut areas: Vec<(String, String, Vec<usize>)> = Vec::new();
        let mut places: HashMap<Vec<usize>, usize> = HashMap::new();
        let mut stations = Vec::with_capacity(table.len());
        let (mut districts, mut municipalities) = (0, 0);
        for row in 0..table.len() {
            let mut prefix = String::new();
            let mut path = Vec::new();
            for (level, area) in table.areas.iter().take(kept).enumerate() {
                path.push(area.names.code(row));
                let place = *places.entry(path.clone()).or_insert_with(|| {
                    let id = match level {
                        0 => {
                            districts += 1;
                            format!("HSB{districts}")
                        }
                        _ => {
                            municipalities += 1;
                            format!("{prefix}{municipalities:04}")
                        }
                    };
                    areas.push((id, area.names.get(row).to_owned(), Vec::new()));
                    areas.len() - 1
                });
                if let Some((id, _, rows)) = areas.get_mut(place) {
                    rows.push(row);
                    prefix = format!("{id}::");
                }
            }
            let deeper = table.areas.iter().skip(kept).map(|area| area.names.get(row)).filter(|name| !name.is_empty());
            let name: Vec<&str> = deeper.chain([table.stations.get(row)]).collect();
            stations.push((format!("{prefix}SB{}", row + 1), name.join(" / ")));
        }
        Self { areas, stations }
    }
}

/// The columns that EML has places for.
struct Columns<'a> {
    votes: &'a [Counts],
    registered: Option<&'a Counts>,
    valid: Option<Counts>,
    invalid: Option<&'a Counts>,
    issued: Option<Counts>,
    lost: Option<&'a Counts>,
}

impl<'a> Columns<'a> {
    fn of(table: &'a StationTable) -> Self {
        Self {
            votes: &table.votes,
            registered: table.line(Term::Registered),
            valid: table.valid(),
            invalid: table.line(Term::Invalid),
            issued: table.issued(),
            lost: table.line(Term::Lost),
        }
    }

    fn row(&self, row: usize, options: &[ContestOption], out: &mut dyn Write) -> io::Result<()> {
        self.write(|counts| counts.get(row).map(u64::from), options, out)
    }

    /// The sums over some rows. One in which a station is not known is left out.
    fn sums(&self, rows: &[usize], options: &[ContestOption], out: &mut dyn Write) -> io::Result<()> {
        let sum = |counts: &Counts| rows.iter().map(|&row| counts.get(row).map(u64::from)).sum();
        self.write(sum, options, out)
    }

    fn write(
        &self,
        value: impl Fn(&Counts) -> Option<u64>,
        options: &[ContestOption],
        out: &mut dyn Write,
    ) -> io::Result<()> {
        for (number, (option, votes)) in options.iter().zip(self.votes).enumerate() {
            let Some(votes) = value(votes) else { continue };
            writeln!(out, "<Selection>")?;
            affiliation(number, option, out)?;
            writeln!(out, "<ValidVotes>{votes}</ValidVotes>\n</Selection>")?;
        }
        if let Some(registered) = self.registered.and_then(&value) {
            writeln!(out, "<Cast>{registered}</Cast>")?;
        }
        if let Some(valid) = self.valid.as_ref().and_then(&value) {
            writeln!(out, "<TotalCounted>{valid}</TotalCounted>")?;
        }
        if let Some(invalid) = self.invalid.and_then(&value) {
            writeln!(out, "<RejectedVotes ReasonCode=\"blanco\">0</RejectedVotes>")?;
            writeln!(out, "<RejectedVotes ReasonCode=\"ongeldig\">{invalid}</RejectedVotes>")?;
        }
        if let Some(issued) = self.issued.as_ref().and_then(&value) {
            writeln!(out, "<UncountedVotes ReasonCode=\"{ADMITTED}\">{issued}</UncountedVotes>")?;
        }
        if let Some(lost) = self.lost.and_then(&value) {
            writeln!(out, "<UncountedVotes ReasonCode=\"{LOST}\">{lost}</UncountedVotes>")?;
        }
        Ok(())
    }
}
