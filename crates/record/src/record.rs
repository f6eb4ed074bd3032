//! A record: what an election left behind, parsed.

use adil_finding::InputFile;

use crate::{Amount, OptionId, PollDesign, QuickCount, StationTable};

/// What an election left behind.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The title.
    pub title: String,
    /// The date of the election, as written in the description.
    pub date: Option<String>,
    /// The files read.
    pub inputs: Vec<InputFile>,
    /// The contests, in the order of the description or of the files.
    pub contests: Vec<Contest>,
    /// What the record asks.
    pub questions: Vec<adil_finding::Question>,
    /// What observers saw, by organisation.
    pub observers: Vec<crate::Observers>,
    /// The bundles that it was read from, held to their manifests.
    pub bundles: Vec<crate::Bundle>,
    /// Outlines of areas.
    pub maps: Vec<crate::PlaceMap>,
}

/// One vote: the options that competed, and what was published of it.
#[derive(Debug, Clone, Default)]
pub struct Contest {
    /// A short name, unique in the record.
    pub id: String,
    /// The title.
    pub title: String,
    /// The options, in the order of the table or of the description.
    pub options: Vec<ContestOption>,
    /// What was published: releases of the organisers and statements of others, in the order of the description.
    pub releases: Vec<Release>,
    /// Reports from samples of stations, and from visits, each with its name.
    pub quick_counts: Vec<(String, QuickCount)>,
    /// Whether its tables are only compared with each other, as for one channel of voting out of several.
    pub compare_only: bool,
    /// Forecasts that were committed to before the close, where there are any.
    pub forecasts: Option<crate::Forecasts>,
    /// Copies of single protocols, by the files that they were collected in.
    pub copies: Vec<crate::Copies>,
}

/// Something one could vote for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContestOption {
    /// A short name, unique in the contest.
    pub id: String,
    /// The name shown.
    pub name: String,
    /// Whether this is the side in power, where the record says so.
    pub incumbent: bool,
}

impl ContestOption {
    /// The options that a name means: the one whose identifier or name it is in full, else all whose names contain it, whatever
    /// the case of its letters.
    pub fn meant(options: &[Self], wanted: &str) -> Vec<OptionId> {
        let lower = wanted.to_lowercase();
        let exact = options.iter().position(|option| option.id == wanted || option.name.to_lowercase() == lower);
        match exact {
            Some(exact) => vec![OptionId(exact)],
            None => {
                let contains = |&index: &usize| options[index].name.to_lowercase().contains(&lower);
                (0..options.len()).filter(contains).map(OptionId).collect()
            }
        }
    }
}

/// One publication: a release of the organisers, or a statement of somebody else.
#[derive(Debug, Clone, Default)]
pub struct Release {
    /// A short name, unique in the contest.
    pub id: String,
    /// Who published it.
    pub publisher: Publisher,
    /// When, as written in the description.
    pub time: Option<String>,
    /// What stage of the count it is from.
    pub status: Status,
    /// Where it can be read.
    pub source: Option<String>,
    /// What was said, as a quotation or in other words.
    pub text: Option<String>,
    /// What the reader must know, e.g. that a figure is rounded.
    pub note: Option<String>,
    /// The published figures.
    pub figures: Vec<PublishedFigure>,
    /// Whether its table has only a part of the papers of each station, as photographs that voters sent: then it excludes a whole that
    /// is smaller, and no other.
    pub partial: bool,
    /// How it was made, where it is a poll that tells.
    pub poll: Option<PollDesign>,
    /// The table of stations, if there is one; of an exit poll, the answers at each.
    pub stations: Option<StationTable>,
}

/// Who published something.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publisher {
    /// The name.
    pub name: String,
    /// In what part.
    pub kind: PublisherKind,
}

/// In what part somebody publishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublisherKind {
    /// Those who ran the election.
    #[default]
    Organiser,
    /// A newspaper, agency or broadcaster.
    Press,
    /// An encyclopaedia or another reference work.
    Reference,
    /// A party or candidate.
    Party,
    /// Observers.
    Observer,
    /// A pollster.
    Pollster,
    /// Anyone else.
    Other,
}

/// The stage of the count that a release is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Before the vote: a poll or a forecast.
    Before,
    /// At the exit of the stations: an exit poll.
    ExitPoll,
    /// While stations are open, or on the night.
    Night,
    /// Counted, not yet confirmed.
    Preliminary,
    /// The result.
    #[default]
    Final,
    /// A later copy of the station results, e.g. the memory of the machines.
    Copy,
    /// Said of the election by somebody else.
    Quoted,
}

/// A published number.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedFigure {
    /// What it counts.
    pub what: Quantity,
    /// The area it is of; the whole election if none.
    pub area: Option<String>,
    /// The number as printed.
    pub amount: Amount,
}

/// What a published number counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Quantity {
    /// Voters on the register.
    Registered,
    /// Voters who took part.
    Voted,
    /// Valid votes.
    Valid,
    /// Invalid papers.
    Invalid,
    /// Polling stations.
    Stations,
    /// Votes for an option.
    Votes(OptionId),
    /// Voters who took part, of those registered.
    Turnout,
    /// Votes for an option, of what the release does not say or of what it names.
    Share(OptionId),
    /// Something else, by its name: kept and shown, never computed with.
    Other(String),
}

impl Release {
    /// Whether those who ran the election published it.
    pub fn is_official(&self) -> bool {
        self.publisher.kind == PublisherKind::Organiser
    }

    /// Whether it is a count, or quotes one: neither a poll nor a forecast.
    pub fn is_of_the_count(&self) -> bool {
        !matches!(self.status, Status::Before | Status::ExitPoll) && self.publisher.kind != PublisherKind::Pollster
    }
}

impl Contest {
    /// The release whose stations are tested; none where the contest is only there to be compared.
    pub fn tested(&self) -> Option<&Release> {
        self.latest_table().filter(|_| !self.compare_only)
    }

    /// The last official release that has a table of stations and is no copy, else the last that has one and is no poll.
    pub fn latest_table(&self) -> Option<&Release> {
        let with_table =
            || self.releases.iter().filter(|release| release.stations.is_some() && release.is_of_the_count());
        let rank = |release: &&Release| (release.is_official() && release.status != Status::Copy, release.status);
        with_table().max_by_key(rank)
    }
}
