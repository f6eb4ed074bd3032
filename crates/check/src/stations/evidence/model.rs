//! How much likelier a station's counts are with votes moved.
//!
//! Where s ballots were stuffed for a side the honest counts were (A + s, O, L - s), where s were switched (A, O + s, L - s). For a
//! prior over s that is fixed beforehand
//!
//! ```text
//! E = sum_s prior(s) P0(shifted back by s) / P0(counts)
//! ```
//!
//! has a mean of at most 1 over honest counts, since each shift maps different counts to different counts:
//! `sum_x P0(x) E(x) = sum_s prior(s) sum_x P0(x shifted) <= 1`. P0 of a station comes from the other half of its area.

use rayon::prelude::*;

use super::areas::Areas;
use super::local::{Expected, Logit, expected};
use super::null::{PARTS, Proportion, Station, cap, ln_null};

/// How many sizes of shifts there are.
pub(crate) const SHIFTS: usize = 5;
/// A number for each of [`MOVED`].
pub(crate) type Ratios = [f64; SHIFTS];

/// Moved votes, as parts of the register; each as likely beforehand.
pub(crate) const MOVED: Ratios = [0.05, 0.1, 0.2, 0.3, 0.5];

/// Votes moved in a station of `total` voters.
fn votes(total: u32) -> [u32; SHIFTS] {
    MOVED.map(|part| ((f64::from(total) * part).round() as u32).max(1))
}

/// The evidence of a station.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Evidence {
    /// P0 before so much was stuffed over P0, for each of [`MOVED`].
    pub(crate) stuffed: Ratios,
    /// The same where so much was switched.
    pub(crate) switched: Ratios,
    /// The turnout and the share that the surrounding area makes expected.
    pub(crate) expected: [f64; 2],
    /// About the most that the e-value of either could be here, whatever the counts.
    pub(crate) cap: f64,
}

/// No e-value is larger: what is beyond it says more of the model than of the station. A smaller number in its place is an e-value too.
pub(crate) const LARGEST: f64 = 500.0;

/// The e-value: the mean of the ratios over the shifts, each as likely beforehand; at most [`LARGEST`].
pub(crate) fn e_value(ratios: &Ratios) -> f64 {
    (ratios.iter().sum::<f64>() / SHIFTS as f64).min(LARGEST)
}

/// What is expected of the turnout of every station; the same for all sides.
pub(crate) struct Turnout {
    halves: Vec<bool>,
    /// Logarithms of registers less their mean.
    sizes: Vec<f64>,
    stations: Vec<StationTurnout>,
}

/// A station's turnout: its distribution, and ln of its probability as it is and with each shift less.
struct StationTurnout {
    proportion: Proportion,
    expected: f64,
    ln: [f64; PARTS],
    /// `None` where there are not so many ballots.
    ln_before: [Option<[f64; PARTS]>; SHIFTS],
}

impl StationTurnout {
    fn new(expected: &Expected, ballots: u32, away: u32) -> Self {
        let proportion = Proportion::of(expected);
        let before = |votes: u32| ballots.checked_sub(votes).map(|left| proportion.ln(left, away + votes));
        Self {
            proportion,
            expected: logistic(expected.mean),
            ln: proportion.ln(ballots, away),
            ln_before: votes(ballots + away).map(before),
        }
    }
}

impl Turnout {
    /// From the registers and ballots of stations, each from the other half of its area. A station's register is at most 2^32 - 1.
    pub(crate) fn of(registers: &[u32], ballots: &[u32], areas: &Areas) -> Self {
        let sizes: Vec<f64> = registers.iter().map(|&register| f64::from(register.max(1)).ln()).collect();
        let mean = sizes.iter().sum::<f64>() / sizes.len().max(1) as f64;
        let sizes: Vec<f64> = sizes.iter().map(|size| size - mean).collect();
        let halves = areas.halves(registers);
        let counts = || ballots.par_iter().zip(registers).map(|(&ballots, &register)| (ballots, register - ballots));
        let logits: Vec<Logit> = counts().map(|(ballots, away)| Logit::of(ballots, away)).collect();
        let expected = crossed(&logits, &sizes, areas, &halves);
        let stations = counts().zip(&expected).map(|((ballots, away), of)| StationTurnout::new(of, ballots, away));
        Self { stations: stations.collect(), halves, sizes }
    }

    /// The half of each station's area that it is in; the other half is what it was fitted on.
    pub(crate) fn halves(&self) -> &[bool] {
        &self.halves
    }
}

/// What is expected of each half, from the other.
fn crossed(logits: &[Logit], sizes: &[f64], areas: &Areas, halves: &[bool]) -> Vec<Expected> {
    let from = |half: bool| {
        let fitted: Vec<bool> = halves.iter().map(|&own| own == half).collect();
        expected(logits, sizes, areas, &fitted)
    };
    let (first, second) = rayon::join(|| from(false), || from(true));
    let other = |((&half, first), second): ((&bool, &Expected), &Expected)| if half { *first } else { *second };
    halves.iter().zip(&first).zip(&second).map(other).collect()
}

/// The evidence of every station for one side.
pub(crate) fn evidence(stations: &[Station], turnout: &Turnout, areas: &Areas) -> Vec<Evidence> {
    let logits: Vec<Logit> = stations.iter().map(|&[_, others, side]| Logit::of(side, others)).collect();
    let shares = crossed(&logits, &turnout.sizes, areas, &turnout.halves);
    let rows = stations.par_iter().zip(&turnout.stations).zip(&shares);
    rows.map(|((station, turnout), share)| of_station(station, turnout, share)).collect()
}

fn logistic(logit: f64) -> f64 {
    1.0 / (1.0 + (-logit).exp())
}

fn of_station(&[away, others, side]: &Station, turnout: &StationTurnout, expected: &Expected) -> Evidence {
    let share = Proportion::of(expected);
    let total = away + others + side;
    let here = ln_null(&turnout.ln, &share.ln(side, others), total);
    let ratio = |before: f64| (before - here).exp();
    let (mut stuffed, mut switched) = ([0.0; SHIFTS], [0.0; SHIFTS]);
    for (shift, votes) in votes(total).into_iter().enumerate() {
        let Some(left) = side.checked_sub(votes) else { continue };
        switched[shift] = ratio(ln_null(&turnout.ln, &share.ln(left, others + votes), total));
        if let Some(ln) = &turnout.ln_before[shift] {
            stuffed[shift] = ratio(ln_null(ln, &share.ln(left, others), total));
        }
    }
    let expected = [turnout.expected, logistic(expected.mean)];
    Evidence { stuffed, switched, expected, cap: cap(&turnout.proportion, &share, total).min(LARGEST) }
}
