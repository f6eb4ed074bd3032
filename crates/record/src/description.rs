//! `election.toml`: the description of a record. `docs/election-toml.md` is its reference page.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::map::TableMap;
use crate::{
    Amount, Contest, ContestOption, Family, OptionId, Percentage, PollDesign, PublishedFigure, Publisher,
    PublisherKind, Quantity, Record, Release, Status,
};

/// The description of a record.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Description {
    /// The title.
    pub title: String,
    /// The date of the election.
    #[serde(default)]
    pub date: Option<String>,
    /// The contests; one without releases where none is named.
    #[serde(default)]
    pub contest: Vec<DescribedContest>,
    /// The tables.
    #[serde(default)]
    pub table: Vec<DescribedTable>,
    /// The boards of electronic elections.
    #[serde(default)]
    pub board: Vec<DescribedBoard>,
    /// What is asked of the election, in order.
    #[serde(default)]
    pub question: Vec<crate::DescribedQuestion>,
    /// What observers saw, by organisation.
    #[serde(default)]
    pub observers: Vec<crate::DescribedObservers>,
    /// Maps of areas and stations.
    #[serde(default)]
    pub map: Vec<crate::DescribedMap>,
}

/// A contest.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedContest {
    /// A short name, unique in the record.
    pub id: String,
    /// The title; the record's where none is given.
    #[serde(default)]
    pub title: Option<String>,
    /// The options that figures or tables name.
    #[serde(default)]
    pub option: Vec<DescribedOption>,
    /// What was published.
    #[serde(default)]
    pub release: Vec<DescribedRelease>,
    /// Forecasts of it.
    #[serde(default)]
    pub forecasts: Option<crate::DescribedForecasts>,
    /// Quick counts, and reports of visits.
    #[serde(default)]
    pub quick_count: Vec<DescribedQuickCount>,
    /// Copies of single protocols.
    #[serde(default)]
    pub copies: Vec<crate::DescribedCopies>,
}

/// Reports from stations, counted beside the official count.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedQuickCount {
    /// Who made it.
    pub publisher: String,
    /// The design, beside the description. Without it the reports are visits, which have no margin.
    #[serde(default)]
    pub design: Option<String>,
    /// The table of reports, beside the description.
    pub results: String,
    /// The columns that name a station; those of the design where there is one.
    #[serde(default)]
    pub station: Option<crate::OneOrMany<String>>,
    /// The columns of votes; all that are nothing else where none is named.
    #[serde(default)]
    pub option: Vec<String>,
}

/// An option.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedOption {
    /// A short name, unique in the contest.
    pub id: String,
    /// The name shown, and by which a table names it.
    pub name: String,
    /// Whether this is the side in power.
    #[serde(default)]
    pub incumbent: bool,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedRelease {
    /// A short name, unique in the contest.
    pub id: String,
    /// Who published it.
    pub publisher: String,
    /// In what part.
    #[serde(default)]
    pub kind: PublisherKind,
    /// When.
    #[serde(default)]
    pub time: Option<String>,
    /// The stage of the count.
    #[serde(default)]
    pub status: Status,
    /// Where it can be read.
    #[serde(default)]
    pub source: Option<String>,
    /// What was said.
    #[serde(default)]
    pub text: Option<String>,
    /// What the reader must know.
    #[serde(default)]
    pub note: Option<String>,
    /// The figures in it.
    #[serde(default)]
    pub figure: Vec<DescribedFigure>,
    /// Whether its table has only a part of the papers of each station.
    #[serde(default)]
    pub partial: bool,
    /// How it was made, where it is a poll.
    #[serde(default)]
    pub poll: Option<PollDesign>,
}

/// A published number.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedFigure {
    /// What it counts.
    pub what: String,
    /// The option, for votes and shares.
    #[serde(default)]
    pub option: Option<String>,
    /// The area; the whole election where none is named.
    #[serde(default)]
    pub area: Option<String>,
    /// A count.
    #[serde(default)]
    pub value: Option<u64>,
    /// A percentage, as a string with the digits that were printed.
    #[serde(default)]
    pub percent: Option<String>,
}

/// A table of stations.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedTable {
    /// The file or files, beside the description; several have the same columns and are put one after the other.
    pub file: crate::OneOrMany<String>,
    /// The level of an area that each file is of, and that is called as the file is, without its endings.
    #[serde(default)]
    pub area_from_file: Option<String>,
    /// The contest; the only one where none is named.
    #[serde(default)]
    pub contest: Option<String>,
    /// The release; `final` where none is named. Tables of one release are joined by station.
    #[serde(default)]
    pub release: Option<String>,
    /// The built-in family whose map is used.
    #[serde(default)]
    pub family: Option<String>,
    /// The map.
    #[serde(default)]
    pub map: Option<TableMap>,
}

/// The board of an electronic election.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedBoard {
    /// Its ballot archive, beside the description.
    pub file: String,
    /// The folder of the election's transparency log, beside the description.
    #[serde(default)]
    pub log: Option<String>,
}

/// Why a description cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DescriptionError {
    /// It is not TOML, or has keys or values that it should not have.
    #[error("{place}{message}")]
    Syntax {
        /// `line 3, column 7: `, or nothing where the place is not known.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// Two things have one name.
    #[error("two {what} are called {id:?}")]
    Twice {
        /// What they are: contests, releases, options, boards.
        what: &'static str,
        /// Their name.
        id: String,
    },
    /// A name that nothing has.
    #[error("{place} names the {what} {id:?}, which is not described")]
    Unknown {
        /// Where it is named.
        place: String,
        /// What it should be: contest, release, option, family.
        what: &'static str,
        /// The name.
        id: String,
    },
    /// A figure without number, with two, or with one that cannot be.
    #[error("{place}: {fault}")]
    Figure {
        /// Which figure.
        place: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// A poll whose design cannot be.
    #[error("the poll of the release {release:?}: {fault}")]
    Poll {
        /// The release.
        release: String,
        /// What is wrong with it.
        fault: &'static str,
    },
    /// Observers' files that cannot be read as they are described.
    #[error("the observers {publisher:?}: {fault}")]
    Observers {
        /// Who they are.
        publisher: String,
        /// What is wrong.
        fault: String,
    },
    /// Forecasts that cannot be read as they are described.
    #[error("the forecasts of the contest {contest:?}: {fault}")]
    Forecasts {
        /// The contest.
        contest: String,
        /// What is wrong.
        fault: String,
    },
    /// Copies of protocols that cannot be read as they are described.
    #[error("the copies {file:?}: {fault}")]
    Copies {
        /// The file.
        file: String,
        /// What is wrong.
        fault: String,
    },
    /// A rule would leave out every row.
    #[error(
        "the table {file:?} leaves out rows as {reason:?} without a condition; give equals, contains, not or empty"
    )]
    LeaveOut {
        /// The table's first file.
        file: String,
        /// The rule's reason.
        reason: String,
    },
    /// A delimiter that no file is cut at.
    #[error("the table {file:?} has the delimiter {delimiter:?}; one ASCII character was expected")]
    Delimiter {
        /// The table's first file.
        file: String,
        /// What is named.
        delimiter: char,
    },
    /// A table needs a map or a family, and not both; a report in a format of exchange needs neither.
    #[error(
        "the table {file:?} needs either a map or the name of a family; only a report (NIST SP 1500-100, EML 510) needs neither"
    )]
    Map {
        /// The table's first file.
        file: String,
    },
}

impl Description {
    /// Reads a description.
    ///
    /// # Errors
    /// It is not TOML, has a key that does not exist, or names something that is not described.
    pub fn parse(text: &str) -> Result<Self, DescriptionError> {
        let description: Self = toml::from_str(text).map_err(|error| DescriptionError::Syntax {
            place: error.span().map_or(String::new(), |span| place(text, span.start)),
            message: error.message().to_owned(),
        })?;
        description.record()?;
        description.check_tables()?;
        Ok(description)
    }

    /// The record described, without its tables.
    ///
    /// # Errors
    /// Two things have one name; a figure names what is not described or has no usable number.
    pub fn record(&self) -> Result<Record, DescriptionError> {
        unique("contests", self.contest.iter().map(|contest| contest.id.as_str()))?;
        unique("boards", self.board.iter().map(|board| board.file.as_str()))?;
        for observers in &self.observers {
            if let Some(fault) = observers.fault() {
                return Err(DescriptionError::Observers { publisher: observers.publisher.clone(), fault });
            }
        }
        let contests = self.contest.iter().map(|contest| contest.described(&self.title));
        let (title, date) = (self.title.clone(), self.date.clone());
        let questions = self.question.iter().map(crate::DescribedQuestion::question).collect::<Result<_, _>>()?;
        Ok(Record { title, date, contests: contests.collect::<Result<_, _>>()?, questions, ..Record::default() })
    }

    fn check_tables(&self) -> Result<(), DescriptionError> {
        for table in &self.table {
            let file = table.file.as_slice().first().cloned().unwrap_or_default();
            let place = || format!("the table {file:?}");
            if (table.map.is_some() && table.family.is_some()) || table.file.as_slice().is_empty() {
                return Err(DescriptionError::Map { file });
            }
            let rules = table.map.iter().flat_map(|map| &map.leave_out);
            if let Some(rule) = rules.into_iter().find(|rule| !rule.has_condition()) {
                return Err(DescriptionError::LeaveOut { file, reason: rule.reason.clone() });
            }
            let delimiter = table.map.as_ref().and_then(|map| map.delimiter);
            if let Some(delimiter) = delimiter.filter(|delimiter| !delimiter.is_ascii()) {
                return Err(DescriptionError::Delimiter { file, delimiter });
            }
            if let Some(id) = table.family.as_ref().filter(|name| Family::named(name).is_none()) {
                return Err(DescriptionError::Unknown { place: place(), what: "family", id: id.clone() });
            }
            let contest =
                match &table.contest {
                    Some(id) => Some(self.contest.iter().find(|contest| contest.id == *id).ok_or_else(|| {
                        DescriptionError::Unknown { place: place(), what: "contest", id: id.clone() }
                    })?),
                    None => self.contest.first(),
                };
            if let (Some(contest), Some(id)) = (contest, &table.release)
                && !contest.release.iter().any(|release| release.id == *id)
            {
                return Err(DescriptionError::Unknown { place: place(), what: "release", id: id.clone() });
            }
        }
        Ok(())
    }
}

impl DescribedContest {
    fn described(&self, record_title: &str) -> Result<Contest, DescriptionError> {
        unique("releases", self.release.iter().map(|release| release.id.as_str()))?;
        unique("options", self.option.iter().map(|option| option.id.as_str()))?;
        self.forecasts.as_ref().map_or(Ok(()), |forecasts| forecasts.times(&self.id).map(drop))?;
        unique("quick counts", self.quick_count.iter().map(|count| count.results.as_str()))?;
        unique("files of copies", self.copies.iter().map(|copies| copies.file.as_str()))?;
        self.copies.iter().try_for_each(|copies| copies.moment().map(drop))?;
        let options = self.option.iter().map(|option| ContestOption {
            id: option.id.clone(),
            name: option.name.clone(),
            incumbent: option.incumbent,
        });
        let releases = self.release.iter().map(|release| {
            let figures = release.figure.iter().map(|figure| figure.published(self, &release.id));
            if let Some(fault) = release.poll.as_ref().and_then(PollDesign::fault) {
                return Err(DescriptionError::Poll { release: release.id.clone(), fault });
            }
            Ok(Release {
                id: release.id.clone(),
                publisher: Publisher { name: release.publisher.clone(), kind: release.kind },
                time: release.time.clone(),
                status: release.status,
                source: release.source.clone(),
                text: release.text.clone(),
                note: release.note.clone(),
                figures: figures.collect::<Result<_, _>>()?,
                partial: release.partial,
                poll: release.poll.clone(),
                stations: None,
            })
        });
        Ok(Contest {
            id: self.id.clone(),
            title: self.title.clone().unwrap_or_else(|| record_title.to_owned()),
            options: options.collect(),
            releases: releases.collect::<Result<_, _>>()?,
            quick_counts: Vec::new(),
            compare_only: false,
            forecasts: None,
            copies: Vec::new(),
        })
    }
}

impl DescribedFigure {
    fn published(&self, contest: &DescribedContest, release: &str) -> Result<PublishedFigure, DescriptionError> {
        let place = || format!("the figure {:?} of the release {release:?}", self.what);
        let fault = |fault| DescriptionError::Figure { place: place(), fault };
        let option = || {
            let id = self.option.as_ref().ok_or_else(|| fault("votes and shares need an option"))?;
            let position = contest.option.iter().position(|option| option.id == *id).map(OptionId);
            position.ok_or_else(|| DescriptionError::Unknown { place: place(), what: "option", id: id.clone() })
        };
        let what = match self.what.as_str() {
            "registered" => Quantity::Registered,
            "voted" => Quantity::Voted,
            "valid" => Quantity::Valid,
            "invalid" => Quantity::Invalid,
            "stations" => Quantity::Stations,
            "turnout" => Quantity::Turnout,
            "votes" => Quantity::Votes(option()?),
            "share" => Quantity::Share(option()?),
            other => Quantity::Other(other.to_owned()),
        };
        let amount = match (self.value, &self.percent) {
            (Some(count), None) => Amount::Count(count),
            (None, Some(text)) => Percentage::parse(text)
                .map(Amount::Percent)
                .ok_or_else(|| fault("the percentage is not a number from 0 to 1000 with at most 6 decimals"))?,
            _ => return Err(fault("it needs either a value or a percent")),
        };
        let is_ratio = matches!(what, Quantity::Turnout | Quantity::Share(_));
        let is_free = matches!(what, Quantity::Other(_));
        if !is_free && is_ratio != matches!(amount, Amount::Percent(_)) {
            return Err(fault("turnout and shares are percentages, everything else is a count"));
        }
        Ok(PublishedFigure { what, area: self.area.clone(), amount })
    }
}

fn unique<'a>(what: &'static str, ids: impl Iterator<Item = &'a str>) -> Result<(), DescriptionError> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id) {
            return Err(DescriptionError::Twice { what, id: id.to_owned() });
        }
    }
    Ok(())
}

/// `line 3, column 7: ` for a byte of the text.
fn place(text: &str, byte: usize) -> String {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |rest| rest.chars().count()) + 1;
    format!("line {line}, column {column}: ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = r#"
        title = "A vote"
        [[contest]]
        id = "a"
        [[contest.option]]
        id = "x"
        name = "X"
        [[contest.release]]
        id = "final"
        publisher = "The commission"
        [[contest.release.figure]]
        what = "share"
        option = "x"
        percent = "50.5"
    "#;

    #[test]
    fn figures_become_quantities() {
        let record = Description::parse(SMALL).and_then(|description| description.record()).expect("it is sound");
        let figure = &record.contests[0].releases[0].figures[0];
        assert_eq!(figure.what, Quantity::Share(OptionId(0)));
        assert_eq!(figure.amount, Amount::Percent(Percentage::parse("50.5").expect("a percentage")));
    }

    #[test]
    fn faults_name_their_place() {
        let error = |text: &str| Description::parse(text).expect_err("it is broken").to_string();
        assert!(error("title = 3").starts_with("line 1, column 9: "), "{}", error("title = 3"));
        assert!(error(&SMALL.replace("option = \"x\"", "option = \"y\"")).contains("\"y\", which is not described"));
        assert!(error(&SMALL.replace("percent = \"50.5\"", "value = 3")).contains("are percentages"));
        assert!(error(&SMALL.replace("publisher", "publsher")).contains("publsher"));
        let table = "title = \"x\"\n[[table]]\nfile = \"a\"\n[table.map]\nstation = \"s\"\ndelimiter = \"€\"\n";
        let board = "title = \"x\"\n[[board]]\nfile = \"a.bel\"\n";
        assert_eq!(Description::parse(board).expect("it is sound").board[0].file, "a.bel");
        assert!(error(&board.replace("file", "path")).contains("path"));
        assert!(error(&format!("{board}[[board]]\nfile = \"a.bel\"\n")).contains("two boards are called \"a.bel\""));
        assert!(error(table).contains("one ASCII character"), "{}", error(table));
    }
}
