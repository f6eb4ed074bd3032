//! The elections of the bank, and how one is known again.

use adil_record::Counts;
use serde::{Deserialize, Serialize};

use super::BankError;
use crate::Tested;

/// How an election is graded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grade {
    /// Accepted by all sides and observers; no serious claim of a rigged count. Says what is usual.
    Clean,
    /// Accepted, with documented troubles in places. Shown beside, and sets no null.
    Troubled,
}

/// An election of the bank.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BankElection {
    /// A short name, unique in the bank.
    pub id: String,
    /// Its name in English.
    pub title: String,
    /// The grade.
    pub grade: Grade,
    /// Why it is so graded.
    pub reason: String,
    /// Where the table is published.
    pub source: String,
    /// The table, below the folder of stations' tables that `docs/data.md` describes.
    pub input: String,
    /// What it is known by.
    pub signature: Signature,
}

/// What an election is known by, whatever file its table comes in, and even where votes were changed in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Stations of the table.
    pub stations: u64,
    /// Voters registered in them; 0 where no register is known.
    pub registered: u64,
}

/// Two tables are of one election where stations and voters differ by less than this part.
const SAME: f64 = 0.005;

impl Signature {
    /// That of a table.
    pub fn of(tested: &Tested<'_>) -> Self {
        Self { stations: tested.table.len() as u64, registered: tested.registered.map_or(0, Counts::sum) }
    }

    /// Whether two are of one election.
    pub fn is_same(&self, other: &Self) -> bool {
        let near = |a: u64, b: u64| a.abs_diff(b) as f64 <= SAME * a.max(b) as f64;
        near(self.stations, other.stations) && near(self.registered, other.registered)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    election: Vec<BankElection>,
}

pub(super) fn parse(text: &str) -> Result<Vec<BankElection>, BankError> {
    let file: File = toml::from_str(text).map_err(|error| BankError::Elections(error.to_string()))?;
    Ok(file.election)
}

/// The file of some elections.
pub(super) fn print(elections: &[BankElection]) -> String {
    toml::to_string(&File { election: elections.to_vec() }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_election_is_known_though_votes_were_moved() {
        let own = Signature { stations: 27_416, registered: 30_600_000 };
        assert!(own.is_same(&Signature { stations: 27_410, registered: 30_601_000 }));
        assert!(!own.is_same(&Signature { stations: 27_859, registered: 30_600_000 }));
        assert!(!own.is_same(&Signature { stations: 27_416, registered: 30_900_000 }));
    }
}
