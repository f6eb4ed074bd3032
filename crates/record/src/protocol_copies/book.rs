//! The statements of a file, in their order, held to the rules.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io::{BufRead, Read as _};

use super::line::{RawCopy, RawEntry, RawNumber, RawResolution};
use super::names::{is_id, is_name};
use super::place::Found;
use super::sheet::{self, Sheet};
use super::{
    CopiesError, CopyEntry, CopyFault, CopyField, CopyNumbers, CopyPicture, CopyResolution, CopyStatement, Holder,
    StationPlaces, Typist,
};
use crate::forecasts::{Digest, Pairs};
use crate::{Cells, ContestOption, Counts, Moment, OptionId, Rows, Term};

/// What a file of copies may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CopyLimits {
    /// Bytes of one line.
    pub line_bytes: usize,
    /// Lines, or rows, of one file.
    pub lines: u64,
    /// Lines that are set aside and kept with their reasons; further ones are counted.
    pub kept: usize,
}

impl Default for CopyLimits {
    fn default() -> Self {
        Self { line_bytes: 64 << 10, lines: 2_000_000, kept: 1_000 }
    }
}

/// What lines are held to.
#[derive(Debug, Clone, Default)]
pub struct CopyTerms<'a> {
    /// The options of the contest.
    pub options: &'a [ContestOption],
    /// The stations.
    pub stations: StationPlaces,
    /// When the file was taken, where that is known.
    pub read_at: Option<Moment>,
    /// What the file may cost.
    pub limits: CopyLimits,
}

/// The copies of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CopyBook {
    /// Every statement that holds, in the order of the file; those that are replaced among them.
    pub statements: Vec<CopyStatement>,
    /// The stations of the statements: full name, and row in the table where there is one.
    pub stations: Vec<(Box<str>, Option<u32>)>,
    /// What breaks a rule, in the order of the file, as far as [`CopyLimits::kept`] goes.
    pub quarantined: Vec<QuarantinedCopy>,
    /// How many lines break each rule.
    pub by_rule: BTreeMap<&'static str, u64>,
    /// Lines that say again, word for word, what an earlier one says.
    pub repeated: u64,
    /// Lines, or statements in a table, that were read.
    pub read: u64,
}

/// A line that is kept and does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantinedCopy {
    /// The line, counted from 1; of a table the row, the header being row 1.
    pub line: u64,
    /// Why.
    pub fault: CopyFault,
}

impl CopyBook {
    /// Reads lines of JSON.
    ///
    /// # Errors
    /// The source fails, or has more lines than the limit. A line that breaks a rule is no error.
    pub fn read_lines(mut source: impl BufRead, terms: &CopyTerms<'_>) -> Result<Self, CopiesError> {
        let mut reader = CopyReader::new(terms);
        let limit = terms.limits.line_bytes;
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let failed = |error: std::io::Error| CopiesError::Read { line: number, cause: error.to_string() };
            let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
            let read = source.by_ref().take(most).read_until(b'\n', &mut line).map_err(failed)?;
            if read == 0 {
                break;
            }
            if number > terms.limits.lines {
                return Err(CopiesError::TooMany { limit: terms.limits.lines });
            }
            if read > limit && line.last() != Some(&b'\n') {
                source.skip_until(b'\n').map_err(failed)?;
                reader.set_aside(number, CopyFault::TooLong { limit });
                continue;
            }
            let text = line.strip_prefix(b"\xef\xbb\xbf").filter(|_| number == 1).unwrap_or(&line).trim_ascii();
            if !text.is_empty() {
                reader.take(number, RawCopy::parse(text));
            }
        }
        Ok(reader.book)
    }

    /// Reads a table.
    ///
    /// # Errors
    /// A row cannot be read, a column is missing or there twice, or there are more rows than the limit.
    pub fn read_rows(rows: &mut dyn Rows, terms: &CopyTerms<'_>) -> Result<Self, CopiesError> {
        let mut reader = CopyReader::new(terms);
        let sheet = Sheet::read(rows)?;
        let (mut cells, mut open, mut count) = (Cells::default(), None, 0);
        while let Some(row) = sheet::next(rows, &mut cells)? {
            count += 1;
            if count > terms.limits.lines {
                return Err(CopiesError::TooMany { limit: terms.limits.lines });
            }
            if let Some(group) = sheet.take(row, &cells, &mut open) {
                reader.take(group.row, group.finish());
            }
        }
        if let Some(group) = open {
            reader.take(group.row, group.finish());
        }
        Ok(reader.book)
    }

    /// Lines that were set aside.
    pub fn set_aside(&self) -> u64 {
        self.by_rule.values().sum()
    }

    /// The statements that none replaces.
    pub fn current(&self) -> impl Iterator<Item = &CopyStatement> {
        self.statements.iter().filter(|statement| statement.is_current())
    }

    /// The full name of a statement's station.
    pub fn station(&self, statement: &CopyStatement) -> &str {
        self.stations.get(statement.station as usize).map_or("", |(name, _)| name)
    }

    /// The row of a statement's station in the table that stations were looked for in.
    pub fn row(&self, statement: &CopyStatement) -> Option<usize> {
        self.stations.get(statement.station as usize).and_then(|(_, row)| *row).map(|row| row as usize)
    }
}

/// Reads statements one by one.
struct CopyReader<'a> {
    terms: &'a CopyTerms<'a>,
    book: CopyBook,
    ids: HashMap<Box<str>, u32>,
    stations: HashMap<Box<str>, u32>,
    typists: HashMap<Box<str>, u32>,
    options: HashMap<&'a str, OptionId>,
    lines: HashMap<&'static str, Term>,
}

impl<'a> CopyReader<'a> {
    fn new(terms: &'a CopyTerms<'a>) -> Self {
        let mut options = HashMap::new();
        for (place, option) in terms.options.iter().enumerate() {
            // An identifier is meant before a name, and the first of several.
            options.entry(option.id.as_str()).or_insert(OptionId(place));
        }
        for (place, option) in terms.options.iter().enumerate() {
            options.entry(option.name.as_str()).or_insert(OptionId(place));
        }
        Self {
            terms,
            book: CopyBook::default(),
            ids: HashMap::new(),
            stations: HashMap::new(),
            typists: HashMap::new(),
            options,
            lines: Term::ALL.into_iter().map(|term| (term.id(), term)).collect(),
        }
    }

    fn set_aside(&mut self, line: u64, fault: CopyFault) {
        *self.book.by_rule.entry(fault.rule()).or_default() += 1;
        self.book.read += 1;
        if self.book.quarantined.len() < self.terms.limits.kept {
            self.book.quarantined.push(QuarantinedCopy { line, fault });
        }
    }

    fn take(&mut self, line: u64, raw: Result<RawCopy, CopyFault>) {
        match raw.and_then(|raw| self.accept(line, raw)) {
            Ok(()) => self.book.read += 1,
            Err(fault) => self.set_aside(line, fault),
        }
    }

    /// Holds a statement to the rules, in their order but for PC4 and PC15, which need the whole of it.
    fn accept(&mut self, line: u64, raw: RawCopy) -> Result<(), CopyFault> {
        if !is_id(&raw.id) {
            return Err(CopyFault::Id);
        }
        let areas = raw.area.as_slice();
        name("station", &raw.station)?;
        areas.iter().try_for_each(|area| name("area", area))?;
        raw.picture.iter().try_for_each(|file| name("picture", file))?;
        let found = self.terms.stations.find(areas, &raw.station)?;
        let holder = Holder::named(&raw.holder).ok_or(CopyFault::Holder)?;
        let seen = self.time("the copy", &raw.seen, None)?;
        let picture = picture(&raw)?;
        if raw.entries.len() > 2 {
            return Err(CopyFault::Entries("has more than two entries"));
        }
        let entries: Vec<CopyEntry> =
            raw.entries.iter().map(|entry| self.entry(entry, seen)).collect::<Result<_, _>>()?;
        if let [one, other] = entries.as_slice()
            && one.typist == other.typist
        {
            return Err(CopyFault::Entries("both entries are by one typist"));
        }
        let mut statement = CopyStatement {
            line,
            id: raw.id.into_boxed_str(),
            station: 0,
            holder,
            seen,
            picture,
            entries,
            resolution: None,
            replaces: raw.replaces.map(String::into_boxed_str),
            replaced_by: None,
        };
        if let Some(resolution) = &raw.resolution {
            statement.resolution = Some(self.resolution(resolution, &statement)?);
        }
        statement.station = self.station(areas, &raw.station, found);
        self.keep(statement)
    }

    /// PC4 and PC15: what a statement says of other lines.
    fn keep(&mut self, statement: CopyStatement) -> Result<(), CopyFault> {
        if let Some(before) = self.ids.get(&statement.id).and_then(|&place| self.book.statements.get(place as usize)) {
            let same = CopyStatement { line: before.line, replaced_by: before.replaced_by, ..statement } == *before;
            self.book.repeated += u64::from(same);
            return if same { Ok(()) } else { Err(CopyFault::Twice { line: before.line }) };
        }
        if let Some(id) = &statement.replaces {
            let fault = |fault| CopyFault::Replaces { fault };
            let place = self.ids.get(id).copied().ok_or_else(|| fault("that no earlier line that holds is"))?;
            let before =
                self.book.statements.get_mut(place as usize).ok_or_else(|| fault("that no earlier line is"))?;
            if before.replaced_by.is_some() {
                return Err(fault("that another line has replaced"));
            }
            if last_time(&statement) < last_time(before) {
                return Err(fault("that is later than it"));
            }
            before.replaced_by = Some(statement.line);
        }
        let place = u32::try_from(self.book.statements.len()).unwrap_or(u32::MAX);
        self.ids.insert(statement.id.clone(), place);
        self.book.statements.push(statement);
        Ok(())
    }

    /// The place of a station among those that copies are of.
    fn station(&mut self, areas: &[String], station: &str, found: Found) -> u32 {
        let (name, row) = match found {
            // One row has one name, however it was found.
            Found::Row(row) => (format!("{row}"), Some(row)),
            Found::Named => (StationPlaces::name(areas, station), None),
        };
        if let Some(&place) = self.stations.get(name.as_str()) {
            return place;
        }
        let place = u32::try_from(self.book.stations.len()).unwrap_or(u32::MAX);
        self.book.stations.push((StationPlaces::name(areas, station).into_boxed_str(), row));
        self.stations.insert(name.into_boxed_str(), place);
        place
    }

    fn entry(&mut self, raw: &RawEntry, seen: Moment) -> Result<CopyEntry, CopyFault> {
        let numbers = self.numbers(&raw.lines, &raw.votes)?;
        if numbers.is_empty() {
            return Err(CopyFault::Entries("an entry has no number"));
        }
        let time = self.time("an entry", &raw.time, Some(("before the copy was seen, at", seen)))?;
        let typist = self.typist(&raw.typist).ok_or(CopyFault::Entries(
            "a typist's pseudonym is not 1 to 64 letters, digits, dashes, underscores and dots",
        ))?;
        Ok(CopyEntry { typist, time, numbers })
    }

    fn resolution(&mut self, raw: &RawResolution, statement: &CopyStatement) -> Result<CopyResolution, CopyFault> {
        let numbers = self.numbers(&raw.lines, &raw.votes)?;
        let entered = statement.entries.iter().map(|entry| entry.time).max().unwrap_or(statement.seen);
        let time = self.time("a resolution", &raw.time, Some(("before the last entry, at", entered)))?;
        let by = self.typist(&raw.by).ok_or(CopyFault::Resolver(
            "who resolves has no pseudonym of 1 to 64 letters, digits, dashes, underscores and dots",
        ))?;
        if statement.entries.iter().any(|entry| entry.typist == by) {
            return Err(CopyFault::Resolver("who resolves is one of the two typists"));
        }
        if statement.differing().next().is_none() {
            return Err(CopyFault::Resolver("there are no two entries that differ"));
        }
        if !is_name(&raw.reason) {
            return Err(CopyFault::Resolution("a resolution has no reason, or one that could deceive"));
        }
        let differing: BTreeSet<CopyField> = statement.differing().map(|(field, _)| field).collect();
        if numbers.is_empty() || numbers.iter().any(|(field, _)| !differing.contains(&field)) {
            return Err(CopyFault::Resolution("a resolution gives fields in which the entries do not differ, or none"));
        }
        Ok(CopyResolution { by, time, reason: raw.reason.clone().into_boxed_str(), numbers })
    }

    fn numbers(&self, lines: &Pairs<RawNumber>, votes: &Pairs<RawNumber>) -> Result<CopyNumbers, CopyFault> {
        let unknown = |what, fault| CopyFault::Field { what, fault };
        let count = |number: &RawNumber| {
            match number {
                RawNumber::Whole(number) => u32::try_from(*number).ok().filter(|number| *number <= Counts::LARGEST),
                RawNumber::Other(_) => None,
            }
            .ok_or_else(|| unknown("a field", "has no whole number from 0 to 1,000,000,000"))
        };
        let mut numbers = Vec::with_capacity(lines.0.len() + votes.0.len());
        for (name, number) in &lines.0 {
            let term = self.lines.get(name.as_str()).ok_or_else(|| unknown("a line", "is no line of a protocol"))?;
            numbers.push((CopyField::Line(*term), count(number)?));
        }
        for (name, number) in &votes.0 {
            let option = self.options.get(name.as_str()).and_then(|option| CopyField::votes(*option));
            let field = option.ok_or_else(|| unknown("an option", "is not one of the contest"))?;
            numbers.push((field, count(number)?));
        }
        let given = numbers.len();
        let numbers = CopyNumbers::new(numbers);
        match numbers.len() == given {
            true => Ok(numbers),
            false => Err(unknown("an option", "is given twice, by its identifier and by its name")),
        }
    }

    /// PC8 and PC9: a moment, not before what came first and not after the file was read.
    fn time(&self, what: &'static str, text: &str, after: Option<(&'static str, Moment)>) -> Result<Moment, CopyFault> {
        let time = Moment::parse(text).ok_or(CopyFault::Time)?;
        if let Some(bound) = self.terms.read_at.filter(|read| time > *read) {
            return Err(CopyFault::Clock { what, time, order: "after the file was read, at", bound });
        }
        match after {
            Some((order, bound)) if time < bound => Err(CopyFault::Clock { what, time, order, bound }),
            _ => Ok(time),
        }
    }

    fn typist(&mut self, pseudonym: &str) -> Option<Typist> {
        if !is_id(pseudonym) {
            return None;
        }
        let next = u32::try_from(self.typists.len()).unwrap_or(u32::MAX);
        let number = match self.typists.get(pseudonym) {
            Some(&number) => number,
            None => *self.typists.entry(pseudonym.into()).or_insert(next),
        };
        Some(Typist(number))
    }
}

fn name(what: &'static str, text: &str) -> Result<(), CopyFault> {
    if is_name(text) { Ok(()) } else { Err(CopyFault::Name { what }) }
}

/// PC10.
fn picture(raw: &RawCopy) -> Result<Option<CopyPicture>, CopyFault> {
    match (&raw.sha256, &raw.picture) {
        (None, None) => Ok(None),
        (None, Some(_)) => Err(CopyFault::Picture("a picture is named without its digest")),
        (Some(digest), file) => {
            let sha256 = Digest::parse(digest)
                .ok_or(CopyFault::Picture("the digest of the picture is not 64 digits of 0-9 and a-f"))?;
            Ok(Some(CopyPicture { sha256, file: file.as_deref().map(Box::from) }))
        }
    }
}

/// The last moment that a statement tells of.
fn last_time(statement: &CopyStatement) -> Moment {
    let entries = statement.entries.iter().map(|entry| entry.time);
    let resolution = statement.resolution.iter().map(|resolution| resolution.time);
    entries.chain(resolution).max().unwrap_or(statement.seen).max(statement.seen)
}
