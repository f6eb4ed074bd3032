//! A piece beside those of the bank that are like it.
//!
//! Of M matched pieces, k with an effect at least as large, those of one election are alike: with m pieces an election on average and
//! r the intraclass correlation of belonging to the largest twentieth (it is large effects that decide, whatever small ones do) they
//! count as
//!
//! ```text
//! n = M / (1 + (m - 1) r),      p = (1 + n k / M) / (1 + n)
//! ```
//!
//! independent ones (Kish 1965; conformal p-value: Vovk, Gammerman, Shafer 2005). Where 1 / (1 + n) is above a rate, no effect can
//! confirm that rate.

use adil_stat::{intraclass, upper_bound};

use super::BankPiece;
use crate::Piece;

/// Pieces are matched where their numbers of stations are within this factor: effects do not grow with them, but scatter more where
/// they are few.
const STATIONS_FACTOR: f64 = 10.0;
/// … their median registers within this,
const SIZE_FACTOR: f64 = 5.0;
/// … and their shares within this distance.
const DISTANCE: f64 = 0.4;

/// The part of the pieces whose effects are large.
const TAIL: f64 = 0.05;

/// The pieces of the bank that are like one under test.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Matched {
    /// How many they are.
    pub(crate) pieces: usize,
    /// From how many elections.
    pub(crate) elections: usize,
    /// As many independent pieces as they are worth.
    pub(crate) effective: f64,
    /// How many have an effect at least as large.
    pub(crate) as_large: usize,
    /// The largest effect.
    pub(crate) largest: Option<f64>,
}

/// What a bank says of an effect at a rate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Confirmed {
    /// Outside: the p-value is at most the rate.
    Outside(f64),
    /// Inside: the p-value is above the rate, though it need not have been.
    Inside(f64),
    /// Too few pieces match: this is the least rate that they could confirm.
    TooFew(f64),
}

impl Matched {
    /// Those of `usual` that are like `piece`.
    pub(crate) fn of(piece: &Piece, usual: &[&BankPiece]) -> Self {
        let like = like(piece, usual);
        let elections = elections_of(&like).len();
        Self {
            pieces: like.len(),
            elections,
            effective: effective(&like, elections),
            as_large: like.iter().filter(|other| other.effect >= piece.effect).count(),
            largest: like.iter().map(|other| other.effect).max_by(f64::total_cmp),
        }
    }

    /// The p-value of the effect among them.
    pub(crate) fn p(&self) -> f64 {
        let part = self.as_large as f64 / self.pieces.max(1) as f64;
        (1.0 + self.effective * part) / (1.0 + self.effective)
    }

    /// What they say at a rate.
    pub(crate) fn at(&self, rate: f64) -> Confirmed {
        let least = 1.0 / (1.0 + self.effective);
        if least > rate {
            Confirmed::TooFew(least)
        } else if self.p() <= rate {
            Confirmed::Outside(self.p())
        } else {
            Confirmed::Inside(self.p())
        }
    }

    /// The exact upper bound, at 95 %, of the rate at which clean pieces are beyond the largest of these: that many were looked at and none was.
    pub(crate) fn false_alarm_bound(&self) -> f64 {
        upper_bound(0, self.effective.floor() as u64, 0.95)
    }
}

/// Those of `usual` that are like a piece: in stations, registers and share.
pub(crate) fn like<'b>(piece: &Piece, usual: &[&'b BankPiece]) -> Vec<&'b BankPiece> {
    let within = |a: f64, b: f64, factor: f64| a <= factor * b && b <= factor * a;
    let is_like = |other: &&&BankPiece| {
        within(piece.stations as f64, other.stations as f64, STATIONS_FACTOR)
            && within(piece.median_size, other.median_size, SIZE_FACTOR)
            && (piece.side.is_none() || (piece.share - other.share).abs() <= DISTANCE)
    };
    usual.iter().filter(is_like).copied().collect()
}

/// As many independent pieces as some of several elections are worth.
fn effective(pieces: &[&BankPiece], elections: usize) -> f64 {
    if elections < 2 {
        // Of one election nothing is known of others.
        return if pieces.is_empty() { 0.0 } else { 1.0 };
    }
    let each = pieces.len() as f64 / elections as f64;
    (pieces.len() as f64 / (1.0 + (each - 1.0).max(0.0) * alike(pieces, TAIL))).max(elections as f64)
}

/// The elections of some pieces, ascending.
fn elections_of(pieces: &[&BankPiece]) -> Vec<usize> {
    let mut elections: Vec<usize> = pieces.iter().map(|piece| piece.election).collect();
    elections.sort_unstable();
    elections.dedup();
    elections
}

/// How alike the pieces of one election are in belonging to the largest `part` of all: the intraclass correlation, from 0 to 1.
/// 1 where it cannot be told.
pub(crate) fn alike(pieces: &[&BankPiece], part: f64) -> f64 {
    let mut effects: Vec<f64> = pieces.iter().map(|piece| piece.effect).collect();
    effects.sort_by(f64::total_cmp);
    let Some(&large) = effects.get((effects.len() as f64 * (1.0 - part)) as usize) else { return 1.0 };
    let among: Vec<f64> = pieces.iter().map(|piece| f64::from(u8::from(piece.effect >= large))).collect();
    let elections = elections_of(pieces);
    let groups: Vec<usize> = pieces.iter().filter_map(|piece| elections.binary_search(&piece.election).ok()).collect();
    intraclass(&among, &groups, elections.len()).unwrap_or(1.0).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(effect: f64) -> Piece {
        Piece {
            statistic: "stations/test:effect",
            region: Some(0),
            side: Some(adil_record::OptionId(0)),
            stations: 200,
            median_size: 800.0,
            share: 0.4,
            effect,
            ln_p: Some(0.0),
        }
    }

    fn bank(effects: impl Iterator<Item = (usize, f64)>) -> Vec<BankPiece> {
        let of = |(election, effect)| BankPiece { election, stations: 300, median_size: 1000.0, share: 0.3, effect };
        effects.map(of).collect()
    }

    #[test]
    fn unlike_pieces_say_nothing() {
        let mut other = bank([(0, 1.0)].into_iter());
        other.extend([
            BankPiece { stations: 3_100, ..other[0] },
            BankPiece { median_size: 100.0, ..other[0] },
            BankPiece { share: 0.81, ..other[0] },
        ]);
        let other: Vec<&BankPiece> = other.iter().collect();
        assert_eq!(Matched::of(&piece(0.5), &other).pieces, 1);
    }

    #[test]
    fn elections_that_are_alike_inside_count_once() {
        // Four elections with 50 pieces each. Where one of them has all the large effects, 200 pieces are worth about four.
        let apart = bank((0..200).map(|index| (index / 50, if index < 50 { 2.0 } else { 0.01 * (index % 7) as f64 })));
        let mixed = bank((0..200).map(|index| (index % 4, index as f64)));
        let of = |pieces: &[BankPiece]| Matched::of(&piece(1e6), &pieces.iter().collect::<Vec<_>>());
        assert!(of(&apart).effective < 6.0, "{:?}", of(&apart));
        assert!(of(&mixed).effective > 190.0, "{:?}", of(&mixed));
        assert!(matches!(of(&apart).at(0.01), Confirmed::TooFew(least) if least > 0.12));
        assert!(matches!(of(&mixed).at(0.01), Confirmed::Outside(p) if (p - 1.0 / 201.0).abs() < 1e-3));
    }

    #[test]
    fn an_effect_within_the_bank_is_inside() {
        let mixed = bank((0..200).map(|index| (index % 4, index as f64)));
        let matched = Matched::of(&piece(190.0), &mixed.iter().collect::<Vec<_>>());
        // 190 to 199 are as large.
        assert_eq!(matched.as_large, 10);
        assert!(matches!(matched.at(0.01), Confirmed::Inside(p) if p > 0.05));
        // None of 200 beyond the largest: 1 - 0.05^(1/200).
        let bound = 1.0 - 0.05_f64.powf(1.0 / 200.0);
        assert!((matched.false_alarm_bound() - bound).abs() < 1e-6, "{}", matched.false_alarm_bound());
    }
}
