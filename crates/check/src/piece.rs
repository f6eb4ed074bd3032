//! Statistics of region-sized pieces of an election, free of the piece's size: what elections are compared by.
//!
//! A check that can say how far a piece departs from its null gives two numbers for it: the *effect*, which does not grow with the
//! number of stations (an excess as a part of the stations, a slope, a ratio), and the *p-value* under the check's own model.
//! Effects are set against those of elections that were accepted; p-values are corrected for all that were looked at.

use adil_record::OptionId;

/// What one statistic says of one piece of an election.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// The statistic's name: that of its check, a colon and its own, e.g. `stations/integers:either`.
    pub statistic: &'static str,
    /// The number of the region among the table's widest areas; `None` for the whole country where it has no regions.
    pub region: Option<usize>,
    /// The side it was computed for; `None` where it concerns no side.
    pub side: Option<OptionId>,
    /// How many stations it was computed from.
    pub stations: usize,
    /// The median number of registered voters of these stations, or of ballots where no register is known.
    pub median_size: f64,
    /// The share of the side, from 0 to 1; of the winner where it concerns no side.
    pub share: f64,
    /// The size-free effect; larger is further from the null, in the direction of cheating.
    pub effect: f64,
    /// The natural logarithm of the one-sided p-value under the check's model; at most 0. `None` where the check has no model
    /// of its own, and only other elections say what is usual.
    pub ln_p: Option<f64>,
}
