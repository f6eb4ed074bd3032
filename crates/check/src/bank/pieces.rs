//! The pieces of the bank: one line for each statistic, election, region and side.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{BankElection, BankError};
use crate::Piece;

/// A piece of an election of the bank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BankPiece {
    /// The election's place in the bank.
    pub election: usize,
    /// How many stations it was computed from.
    pub stations: usize,
    /// The median register of these stations.
    pub median_size: f64,
    /// The share of the side.
    pub share: f64,
    /// The size-free effect.
    pub effect: f64,
}

const HEADER: &str = "statistic,election,stations,median_size,share,effect";
/// Digits of an effect that are kept.
const DIGITS: usize = 5;

pub(super) fn parse(text: &str, elections: &[BankElection]) -> Result<BTreeMap<String, Vec<BankPiece>>, BankError> {
    let mut pieces: BTreeMap<String, Vec<BankPiece>> = BTreeMap::new();
    let mut lines = text.lines().zip(1..);
    match lines.next() {
        None => return Ok(pieces),
        Some((HEADER, _)) => {}
        Some((other, line)) => {
            return Err(BankError::Piece { line, what: format!("{HEADER:?} was expected, not {other:?}") });
        }
    }
    for (text, line) in lines {
        let wrong = |what: &str| BankError::Piece { line, what: what.to_owned() };
        let cells: Vec<&str> = text.split(',').collect();
        let [statistic, election, stations, median_size, share, effect] = cells.as_slice() else {
            return Err(wrong("six cells were expected"));
        };
        let election = elections.iter().position(|known| known.id == *election);
        let number = |cell: &str| cell.parse::<f64>().ok().filter(|value| value.is_finite());
        pieces.entry((*statistic).to_owned()).or_default().push(BankPiece {
            election: election.ok_or_else(|| wrong("the election is not in the bank"))?,
            stations: stations.parse().map_err(|_| wrong("stations are no whole number"))?,
            median_size: number(median_size).ok_or_else(|| wrong("the median size is no number"))?,
            share: number(share).ok_or_else(|| wrong("the share is no number"))?,
            effect: number(effect).ok_or_else(|| wrong("the effect is no number"))?,
        });
    }
    Ok(pieces)
}

/// The file of some pieces, each with the name of its election; sorted, so that the same pieces give the same bytes.
pub(super) fn print(pieces: &[(String, Piece)]) -> String {
    let mut lines: Vec<String> = pieces.iter().map(|(election, piece)| line(election, piece)).collect();
    lines.sort();
    let mut text = format!("{HEADER}\n");
    lines.iter().for_each(|line| {
        let _ = writeln!(text, "{line}");
    });
    text
}

fn line(election: &str, piece: &Piece) -> String {
    let Piece { statistic, stations, median_size, share, effect, .. } = piece;
    // Rounded through the exponential form, which counts digits.
    let effect: f64 = format!("{effect:.*e}", DIGITS - 1).parse().unwrap_or(*effect);
    format!("{statistic},{election},{stations},{median_size:.0},{share:.3},{effect}")
}
