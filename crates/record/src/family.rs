//! Families of known tables: built-in maps, recognised by their headers.
//!
//! A family is one file under `maps/`; adding one needs no code. `docs/election-toml.md` describes its keys.

use std::sync::OnceLock;

use serde::Deserialize;

use crate::map::{Headers, Selector, TableMap};
use crate::{PublisherKind, Status};

mod built_in {
    include!(concat!(env!("OUT_DIR"), "/maps.rs"));
}

/// A family of tables that one body publishes election after election.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Family {
    /// The family's short name, as in `family = "…"`.
    pub family: String,
    /// What the tables are.
    pub title: String,
    /// Who publishes them.
    pub publisher: String,
    /// Where the format can be looked up.
    pub source: String,
    /// Whether each file is an election of its own, or all files of a folder are one.
    #[serde(default)]
    pub group: Grouping,
    /// The kinds of file in the family. The first is the one that lists the stations.
    pub part: Vec<Part>,
    /// The contests that the parts make up; one of all parts where none is named.
    #[serde(default)]
    pub contest: Vec<FamilyContest>,
}

/// Whether each file of a family is an election of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grouping {
    /// Each file is an election.
    #[default]
    File,
    /// All files of one folder are parts or releases of one election.
    Folder,
}

/// One kind of file of a family.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Part {
    /// Its short name.
    pub id: String,
    /// Columns that its header has; all of them.
    pub recognise: Vec<Selector>,
    /// Another part whose files have this one as well, in other columns.
    #[serde(default)]
    pub beside: Option<String>,
    /// Columns that its header does not have.
    #[serde(default)]
    pub unless: Vec<Selector>,
    /// A part of the file's name, where headers alone do not tell.
    #[serde(default)]
    pub file_name: Option<String>,
    /// A part that the file's name does not have.
    #[serde(default)]
    pub not_file_name: Option<String>,
    /// Its map.
    #[serde(default)]
    pub map: Option<TableMap>,
    /// For a file that only names the options of the others: where code and name stand.
    #[serde(default)]
    pub names: Option<OptionNames>,
}

/// Where a file that names options has its codes and names.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct OptionNames {
    /// The column of the code, as the other files use it.
    pub code: Selector,
    /// The column of the name.
    pub name: Selector,
}

/// A contest made of parts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FamilyContest {
    /// Its short name.
    pub id: String,
    /// Its title, put after the record's.
    pub title: String,
    /// Whether its releases are only compared, as for one channel of voting.
    #[serde(default)]
    pub compare_only: bool,
    /// Its releases.
    pub release: Vec<FamilyRelease>,
}

/// A release made of parts.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FamilyRelease {
    /// Its short name.
    pub id: String,
    /// Who published it; the family's publisher where none is named.
    #[serde(default)]
    pub publisher: Option<String>,
    /// In what part the publisher speaks.
    #[serde(default)]
    pub kind: PublisherKind,
    /// The stage of the count.
    #[serde(default)]
    pub status: Status,
    /// Whether its table has only a part of the papers of each station.
    #[serde(default)]
    pub partial: bool,
    /// The parts joined.
    pub parts: Vec<String>,
    /// Whether each file of the part is a release of its own, named by its file.
    #[serde(default)]
    pub each_file: bool,
}

impl Family {
    /// Reads a family's file.
    ///
    /// # Errors
    /// The text is not TOML, or not a family.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The built-in families, in the order of their file names.
    pub fn built_in() -> &'static [Family] {
        static FAMILIES: OnceLock<Vec<Family>> = OnceLock::new();
        // A built-in map that does not parse is caught by a test, not at run time.
        FAMILIES.get_or_init(|| built_in::MAPS.iter().filter_map(|(_, text)| Self::parse(text).ok()).collect())
    }

    /// The built-in family of that name.
    pub fn named(name: &str) -> Option<&'static Family> {
        Self::built_in().iter().find(|family| family.family == name)
    }

    /// The built-in family and part that a table belongs to: of several that fit, the one that asks for most columns.
    pub fn recognise(headers: &Headers, file_name: &str) -> Option<(&'static Family, &'static Part)> {
        let parts = Self::built_in().iter().flat_map(|family| family.part.iter().map(move |part| (family, part)));
        let fitting = parts.filter(|(_, part)| part.fits(headers, file_name));
        fitting.max_by_key(|(_, part)| (part.recognise.len() + part.unless.len(), part.file_name.is_some()))
    }

    /// The encodings other than UTF-8 that some built-in map names.
    pub fn encodings() -> Vec<&'static str> {
        let maps = Self::built_in().iter().flat_map(|family| &family.part).filter_map(|part| part.map.as_ref());
        let mut labels: Vec<&str> = maps.flat_map(|map| &map.encoding).map(String::as_str).collect();
        labels.retain(|label| !label.eq_ignore_ascii_case("utf-8"));
        labels.sort_unstable();
        labels.dedup();
        labels
    }

    /// The part of that name.
    pub fn part(&self, id: &str) -> Option<&Part> {
        self.part.iter().find(|part| part.id == id)
    }

    /// The contests; where none is named, one of all parts.
    pub fn contests(&self) -> Vec<FamilyContest> {
        if !self.contest.is_empty() {
            return self.contest.clone();
        }
        let release = FamilyRelease {
            id: "final".to_owned(),
            publisher: None,
            kind: PublisherKind::Organiser,
            status: Status::Final,
            parts: self.part.iter().map(|part| part.id.clone()).collect(),
            partial: false,
            each_file: false,
        };
        let (id, title) = (self.family.clone(), String::new());
        vec![FamilyContest { id, title, compare_only: false, release: vec![release] }]
    }
}

impl Part {
    /// Whether a table with this header and file name is of this part.
    pub fn fits(&self, headers: &Headers, file_name: &str) -> bool {
        let has = |selector: &Selector| matches!(headers.find(selector), Ok(Some(_)));
        self.beside.is_none()
            && self.recognise.iter().all(has)
            && !self.unless.iter().any(|selector| !headers.all(selector).is_empty())
            && self.file_name.as_ref().is_none_or(|part| file_name.contains(part.as_str()))
            && self.not_file_name.as_ref().is_none_or(|part| !file_name.contains(part.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_map_is_a_family_of_its_file_name() {
        for (file, text) in built_in::MAPS {
            let family = Family::parse(text).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert_eq!(format!("{}.toml", family.family), *file);
            for contest in family.contests() {
                for release in &contest.release {
                    for part in &release.parts {
                        assert!(family.part(part).is_some(), "{file}: no part {part}");
                    }
                }
            }
        }
    }
}
