//! Elections that were accepted, and what every statistic was in their parts: what is usual where nobody cheated.
//!
//! The bank is two small files of our own numbers, `bank/elections.toml` (which elections, how graded and why) and
//! `bank/pieces.csv` (one line for each statistic, side and region), written by `cargo xtask bank` from the public tables. Only
//! elections graded *clean* say what is usual. An election is never compared with itself.

mod election;
mod matched;
mod pieces;

use std::sync::LazyLock;

pub use election::{BankElection, Grade, Signature};
pub(crate) use matched::{Confirmed, Matched, alike, like};
pub use pieces::BankPiece;

use crate::{ContestView, Piece};

/// A bank of elections.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bank {
    /// Its elections.
    pub elections: Vec<BankElection>,
    /// Their pieces, by statistic.
    pieces: std::collections::BTreeMap<String, Vec<BankPiece>>,
}

/// Why the bank's files cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BankError {
    /// The elections are not TOML of the shape.
    #[error("the bank's elections: {0}")]
    Elections(String),
    /// A line of the pieces is not of the shape.
    #[error("the bank's pieces, line {line}: {what}")]
    Piece {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
}

impl Bank {
    /// The bank that is built in.
    pub fn built_in() -> &'static Self {
        static BANK: LazyLock<Bank> = LazyLock::new(|| {
            let read = Bank::parse(include_str!("../../bank/elections.toml"), include_str!("../../bank/pieces.csv"));
            // The files are part of the program; a test reads them.
            read.unwrap_or_default()
        });
        &BANK
    }

    /// A bank without elections: nothing is usual.
    pub fn empty() -> &'static Self {
        static EMPTY: LazyLock<Bank> = LazyLock::new(Bank::default);
        &EMPTY
    }

    /// Reads the two files.
    ///
    /// # Errors
    /// One of them has not its shape.
    pub fn parse(elections: &str, pieces: &str) -> Result<Self, BankError> {
        let elections = election::parse(elections)?;
        let pieces = pieces::parse(pieces, &elections)?;
        Ok(Self { elections, pieces })
    }

    /// The two files of a bank with these pieces, each by the name of its election.
    pub fn print(elections: &[BankElection], pieces: &[(String, Piece)]) -> (String, String) {
        (election::print(elections), pieces::print(pieces))
    }

    /// The names of its statistics.
    pub fn statistics(&self) -> impl Iterator<Item = &str> {
        self.pieces.keys().map(String::as_str)
    }

    /// The pieces of a statistic in clean elections, without those of the election that a contest is from.
    pub fn usual(&self, statistic: &str, view: &ContestView<'_>) -> Vec<&BankPiece> {
        self.of_grade(Grade::Clean, statistic, view)
    }

    /// The pieces of a statistic in elections of a grade, without those of the election that a contest is from.
    pub fn of_grade(&self, grade: Grade, statistic: &str, view: &ContestView<'_>) -> Vec<&BankPiece> {
        let signature = view.bank_signature();
        let is_other = |piece: &&BankPiece| {
            let election = &self.elections[piece.election];
            election.grade == grade && signature.as_ref().is_none_or(|own| !own.is_same(&election.signature))
        };
        self.pieces.get(statistic).map_or_else(Vec::new, |pieces| pieces.iter().filter(is_other).collect())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A bank with one statistic, from effects of elections by number; stations, sizes and shares as in the tests of verdicts.
    pub(crate) fn bank_of(statistic: &str, effects: impl Iterator<Item = (usize, f64)>) -> Bank {
        let of = |(election, effect)| BankPiece { election, stations: 300, median_size: 1000.0, share: 0.3, effect };
        let pieces: Vec<BankPiece> = effects.map(of).collect();
        let election = |number| BankElection {
            id: format!("e{number}"),
            title: String::new(),
            grade: Grade::Clean,
            reason: String::new(),
            source: String::new(),
            input: String::new(),
            signature: Signature { stations: 1_000_000 + number, registered: 5 },
        };
        let count = pieces.iter().map(|piece| piece.election + 1).max().unwrap_or(0) as u64;
        Bank { elections: (0..count).map(election).collect(), pieces: [(statistic.to_owned(), pieces)].into() }
    }

    #[test]
    fn the_built_in_files_can_be_read() {
        let bank = Bank::parse(include_str!("../../bank/elections.toml"), include_str!("../../bank/pieces.csv"));
        let bank = bank.expect("the bank is well formed");
        assert!(bank.elections.iter().filter(|election| election.grade == Grade::Clean).count() >= 7);
        assert_eq!(&bank, Bank::built_in());
    }
}
