//! The list of voters: a table in CSV.
//!
//! UTF-8 with or without a byte order mark, commas or semicolons between cells, a header with the names `id`, `name`,
//! `email`, `language`, `weight` in any order. It is read strictly: a voter who is left out, or is there twice, finds out
//! when it is too late. All faults are told with their lines.

mod cell;
mod fault;
mod header;
mod rows;
mod secrecy;

use std::collections::HashMap;
use std::fmt;

pub use fault::{VoterFault, VoterProblem, VoterWarning, VotersError};
pub use secrecy::{RareWeight, RareWeights};

use crate::{Language, Plan};
use fault::Faults;
use header::{Column, Header};
use rows::Rows;

/// The most voters of a list.
pub const MOST_VOTERS: usize = 5_000_000;
/// The largest weight. Five million of them are still far below the 2^128 that totals may reach.
pub const MOST_WEIGHT: u128 = 1_000_000_000_000_000_000_000_000;
/// Characters of a cell.
pub const CELL_CHARACTERS: usize = 500;
/// Faults, and warnings, that are told one by one; the others are counted.
pub const LISTED: usize = 100;

/// A voter, as on the list.
#[derive(Clone, PartialEq, Eq)]
pub struct Voter {
    /// What the list calls the voter; no other one has it.
    pub id: String,
    /// The name, where given.
    pub name: Option<String>,
    /// The e-mail address, where given.
    pub email: Option<String>,
    /// The language of letters.
    pub language: Language,
    /// The weight: 1 in an election without weights.
    pub weight: u128,
}

impl fmt::Debug for Voter {
    /// Who may vote is personal: only the identifier is shown.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Voter").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What of the plan the list depends on.
#[derive(Debug, Clone, Copy)]
pub struct VoterSettings<'a> {
    /// The languages that are offered; the first is for voters of whom none is known.
    pub languages: &'a [Language],
    /// Whether every voter has a weight.
    pub has_weights: bool,
}

impl Plan {
    /// What the list of voters depends on.
    pub fn voter_settings(&self) -> VoterSettings<'_> {
        VoterSettings { languages: &self.languages, has_weights: self.has_weights }
    }
}

/// The voters, in the order of the list.
#[derive(Clone, PartialEq, Eq)]
pub struct Voters {
    voters: Vec<Voter>,
    warnings: Vec<VoterWarning>,
    more_warnings: usize,
}

impl fmt::Debug for Voters {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Voters({})", self.voters.len())
    }
}

impl Voters {
    /// Reads the list.
    ///
    /// # Errors
    /// Everything that is wrong with it, by line; at most [`LISTED`] faults are told, and the others counted.
    pub fn parse(bytes: &[u8], settings: VoterSettings<'_>) -> Result<Self, VotersError> {
        let mut faults = Faults::default();
        let text = text(bytes, &mut faults).unwrap_or_default();
        let mut rows = Rows::of(text);
        let header = if faults.is_empty() { Header::read(&mut rows, settings, &mut faults) } else { None };
        let Some(header) = header else { return Err(faults.into_error()) };
        let expected = text.bytes().filter(|byte| *byte == b'\n').count().min(MOST_VOTERS);
        let has_emails = header.place(Column::Email).is_some();
        let ids = HashMap::with_capacity(expected);
        let emails = HashMap::with_capacity(if has_emails { expected } else { 0 });
        let mut reading = Reading { settings, header, ids, emails, faults };
        let mut voters = Vec::with_capacity(expected);
        let mut warnings = Faults::default();
        while let Some(line) = rows.next() {
            if voters.len() == MOST_VOTERS {
                reading.faults.push(line, VoterProblem::TooMany);
                break;
            }
            if let Some(voter) = reading.voter(&rows, line) {
                if let Some(warning) = reading.shared_email(&voter, line) {
                    warnings.push_any(warning);
                }
                voters.push(voter);
            }
        }
        if voters.is_empty() && reading.faults.is_empty() {
            reading.faults.push(1, VoterProblem::NoVoters);
        }
        if !reading.faults.is_empty() {
            return Err(reading.faults.into_error());
        }
        let (warnings, more_warnings) = warnings.into_parts();
        Ok(Self { voters, warnings, more_warnings })
    }

    /// The voters.
    pub fn as_slice(&self) -> &[Voter] {
        &self.voters
    }

    /// The sum of all weights.
    pub fn total_weight(&self) -> u128 {
        self.voters.iter().fold(0, |sum, voter| sum.saturating_add(voter.weight))
    }

    /// What may be a mistake, at most [`LISTED`], and how many more there are.
    pub fn warnings(&self) -> (&[VoterWarning], usize) {
        (&self.warnings, self.more_warnings)
    }

    /// The weights that tell who voted what.
    pub fn secrecy_warnings(&self) -> RareWeights {
        RareWeights::of(&self.voters)
    }
}

/// The bytes as text, without a byte order mark.
fn text<'a>(bytes: &'a [u8], faults: &mut Faults<VoterFault>) -> Option<&'a str> {
    let whole = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(whole) {
        return Some(text);
    }
    let (mut line, mut place) = (1, bytes.len() - whole.len());
    for chunk in whole.utf8_chunks() {
        line += chunk.valid().bytes().filter(|byte| *byte == b'\n').count();
        place += chunk.valid().len();
        if let Some(byte) = chunk.invalid().first() {
            faults.push(line, VoterProblem::NotUtf8 { byte: *byte, place });
        }
        place += chunk.invalid().len();
    }
    None
}

/// What is known while rows are read.
struct Reading<'a> {
    settings: VoterSettings<'a>,
    header: Header,
    /// The line of each identifier.
    ids: HashMap<String, usize>,
    /// The line of each address, in small letters.
    emails: HashMap<String, usize>,
    faults: Faults<VoterFault>,
}

impl Reading<'_> {
    fn voter(&mut self, rows: &Rows<'_>, line: usize) -> Option<Voter> {
        if let Some(problem) = rows.problem() {
            self.faults.push(line, problem);
            return None;
        }
        let (found, expected) = (rows.len(), self.header.len());
        if found != expected {
            self.faults.push(line, VoterProblem::CellCount { found, expected });
            return None;
        }
        let before = self.faults.count();
        for (place, column) in self.header.columns() {
            if let Some(problem) = cell::unreadable(column.name(), rows.cell(place)) {
                self.faults.push(line, problem);
            }
        }
        let cell = |column| self.header.place(column).map_or("", |place| rows.cell(place).trim());
        let (id, email) = (cell(Column::Id), cell(Column::Email));
        let (language, weight) = (cell(Column::Language), cell(Column::Weight));
        let mut problems = Vec::new();
        if id.is_empty() {
            problems.push(VoterProblem::NoId);
        }
        if !email.is_empty() {
            problems.extend(cell::email_problem(email));
        }
        let language = cell::language(language, self.settings.languages).map_err(|problem| problems.push(problem)).ok();
        let weight = match self.header.place(Column::Weight) {
            Some(_) => cell::weight(weight).map_err(|problem| problems.push(problem)).ok(),
            None => Some(1),
        };
        let name = cell(Column::Name);
        let voter = Voter {
            id: id.to_owned(),
            name: (!name.is_empty()).then(|| name.to_owned()),
            email: (!email.is_empty()).then(|| email.to_owned()),
            language: language.unwrap_or(Language::English),
            weight: weight.unwrap_or(1),
        };
        for problem in problems {
            self.faults.push(line, problem);
        }
        if !voter.id.is_empty()
            && let Some(first) = self.ids.get(&voter.id)
        {
            let problem = VoterProblem::SameId { id: cell::shortened(&voter.id), first: *first };
            self.faults.push(line, problem);
        } else {
            self.ids.insert(voter.id.clone(), line);
        }
        (self.faults.count() == before).then_some(voter)
    }

    /// Tells of an address that an earlier voter has; two of one household may share one.
    fn shared_email(&mut self, voter: &Voter, line: usize) -> Option<VoterWarning> {
        let email = voter.email.as_ref()?.to_lowercase();
        if let Some(first) = self.emails.get(&email) {
            return Some(VoterWarning::SharedEmail { line, first: *first });
        }
        self.emails.insert(email, line);
        None
    }
}
