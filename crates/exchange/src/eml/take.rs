//! The pieces of a document, as they come.

use adil_record::{Publisher, Release, Status};

use super::rows::Rows;
use crate::tree::{Element, Path, Sink, Want};
use crate::{ContestResults, ExchangeError, Fault, Format, NotPlaced, ReadLimits, Results};

/// A document.
pub(super) struct Document<'a> {
    limits: &'a ReadLimits,
    /// `510b`, `520` …
    kind: String,
    authority: String,
    authority_id: String,
    created: Option<String>,
    election: String,
    election_id: String,
    date: Option<String>,
    contests: Vec<Rows>,
    notes: Vec<NotPlaced>,
    units: u64,
    pub(super) exceeded: Option<ExchangeError>,
}

impl<'a> Document<'a> {
    pub(super) fn new(limits: &'a ReadLimits) -> Self {
        Self {
            limits,
            kind: String::new(),
            authority: String::new(),
            authority_id: String::new(),
            created: None,
            election: String::new(),
            election_id: String::new(),
            date: None,
            contests: Vec::new(),
            notes: Vec::new(),
            units: 0,
            exceeded: None,
        }
    }

    fn election(&mut self, element: &Element) -> Result<(), Fault> {
        self.election_id = element.field("Id")?.unwrap_or_default().to_owned();
        self.election = element.field("ElectionName")?.unwrap_or_default().to_owned();
        self.date = element.field("ElectionDate")?.map(str::to_owned);
        Ok(())
    }

    /// The contests, with what is common to them.
    pub(super) fn finish(self, format: Format) -> Result<Results, ExchangeError> {
        let Self { kind, authority, authority_id, created, election, election_id, date, contests, mut notes, .. } =
            self;
        let title = if election.is_empty() { election_id.clone() } else { election };
        let release = Release {
            id: "count".to_owned(),
            publisher: Publisher { name: authority.clone(), ..Publisher::default() },
            time: created,
            status: Status::Final,
            ..Release::default()
        };
        let several = contests.len() > 1;
        let mut found: Vec<ContestResults> = Vec::new();
        for rows in contests {
            // "geen" is none: the election is not divided.
            let id = match rows.id.as_str() {
                "" | "geen" => {
                    if election_id.is_empty() {
                        "election".to_owned()
                    } else {
                        election_id.clone()
                    }
                }
                id => id.to_owned(),
            };
            if found.iter().any(|known| known.id == id) {
                return Err(Fault::SameId(id, "contest").at("EML/Contest"));
            }
            let name = if rows.name.is_empty() { rows.id.clone() } else { rows.name.clone() };
            let title = if several { format!("{title} – {name}") } else { title.clone() };
            let placed = rows.finish(&kind, (&authority_id, &authority), &mut notes);
            let release = Release { figures: placed.figures, note: placed.note, ..release.clone() };
            if placed.table.is_none() && release.figures.is_empty() {
                NotPlaced::add(&mut notes, "contests without counts", || title.clone());
                continue;
            }
            found.push(ContestResults { id, title, options: placed.options, release, table: placed.table });
        }
        Ok(Results { format, title, date, contests: found, not_placed: notes })
    }
}

impl Sink for Document<'_> {
    fn want(&mut self, path: &Path) -> Want {
        let names: Vec<&str> = path.names().collect();
        match names.as_slice() {
            ["EML"] | ["EML", "Count" | "Result"] | ["EML", "Count" | "Result", "Election"] => Want::Enter,
            ["EML", "ManagingAuthority" | "CreationDateTime"] => Want::Take,
            [
                "EML",
                "TransactionId"
                | "SequenceNumber"
                | "NumberInSequence"
                | "SequenceElementName"
                | "OfficialStatusDetail"
                | "MessageLanguage"
                | "CanonicalizationMethod"
                | "Seal"
                | "Display"
                | "EMLHeader"
                | "IssueDate",
            ] => Want::Skip,
            ["EML", "Count" | "Result", "EventIdentifier" | "AuditInformation"] => Want::Skip,
            ["EML", "Count" | "Result", "Election", "ElectionIdentifier"] => Want::Take,
            ["EML", "Count" | "Result", "Election", "Contests"] => Want::Enter,
            ["EML", "Count" | "Result", "Election", "Contest"]
            | ["EML", "Count" | "Result", "Election", "Contests", "Contest"] => {
                self.contests.push(Rows::default());
                Want::Enter
            }
            ["EML", .., "Contest", "ContestIdentifier" | "TotalVotes" | "ReportingUnitVotes" | "Selection"] => {
                Want::Take
            }
            ["EML", .., "Contest", "Position" | "MaxVotes" | "CountingAlgorithm"] => Want::Skip,
            _ => Want::Pass,
        }
    }

    fn attribute(&mut self, path: &Path, name: &str, value: &str) -> Result<(), Fault> {
        if path.last() == "EML" && name == "Id" {
            value.trim().clone_into(&mut self.kind);
            if Format::of_eml(&self.kind).is_none() {
                return Err(Fault::Root(format!("EML {}", self.kind)));
            }
        }
        Ok(())
    }

    fn take(&mut self, path: &Path, element: Element) -> Result<(), Fault> {
        match path.last() {
            "ManagingAuthority" => {
                if let Some(authority) = element.only("AuthorityIdentifier")? {
                    self.authority_id = authority.field("Id")?.unwrap_or_default().to_owned();
                    authority.text.trim().clone_into(&mut self.authority);
                }
            }
            "CreationDateTime" => self.created = Some(element.text.trim().to_owned()),
            "ElectionIdentifier" => self.election(&element)?,
            "ContestIdentifier" => {
                if let Some(rows) = self.contests.last_mut() {
                    rows.id = element.field("Id")?.unwrap_or_default().to_owned();
                    rows.name = element.field("ContestName")?.unwrap_or_default().to_owned();
                }
            }
            what => {
                self.units += 1;
                if self.units > self.limits.units {
                    self.exceeded = Some(ExchangeError::TooMany { what: "reporting units", limit: self.limits.units });
                    return Ok(());
                }
                let is_dutch = self.kind.len() > 3;
                let Some(rows) = self.contests.last_mut() else { return Ok(()) };
                match what {
                    "TotalVotes" => rows.total(&element, is_dutch, &mut self.notes, path)?,
                    "ReportingUnitVotes" => rows.unit(&element, is_dutch, &mut self.notes, path)?,
                    _ => rows.result(&element, &mut self.notes, path)?,
                }
            }
        }
        Ok(())
    }

    fn leave(&mut self, path: &Path) -> Result<(), Fault> {
        match path.last() {
            "EML" if self.kind.is_empty() => Err(Fault::Missing("Id")),
            _ => Ok(()),
        }
    }
}
