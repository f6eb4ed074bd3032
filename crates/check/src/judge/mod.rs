//! From numbers to verdicts: what is anomalous, what is unremarkable, and what no one can say.
//!
//! A statistic of a part of an election is an *alarm* where both hold:
//!
//! 1. its p-value is rejected at the alarm rate among those of all checks, sides and regions of the contest, however they depend on
//!    each other (Benjamini and Yekutieli 2001);
//! 2. its effect is outside those of like parts of clean elections, at the same rate.
//!
//! The first alone calls every election anomalous whose stations differ by more than its model has it; the second alone calls one
//! part in a hundred so. A whole contest is judged from its regions: clean contests are too few to say what a contest does once in
//! a hundred times. Where they are too few for the regions as well, no verdict is given, with the rate that they could confirm.

mod country;
mod power;
mod verdict;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use adil_record::OptionId;
use adil_stat::benjamini_yekutieli_ln;

use self::country::{Beside, FEWEST_REGIONS, FromRegions};
use crate::bank::{BankPiece, Confirmed, Grade, Matched};
use crate::{ContestView, Piece, Settings};

pub(crate) use power::apply as apply_power;
pub(crate) use verdict::apply;

/// A statistic of a part of an election, judged.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judged {
    pub(crate) piece: Piece,
    /// Whether its p-value is rejected among all.
    pub(crate) evident: bool,
    /// The parts of clean elections that are like it.
    pub(crate) matched: Matched,
    /// Those of elections accepted with troubles: they are shown beside, and decide nothing.
    pub(crate) troubled: Matched,
    /// What the regions say, where it is the whole contest that is judged.
    pub(crate) country: Option<FromRegions>,
    /// What clean elections say at the alarm rate.
    pub(crate) confirmed: Confirmed,
}

impl Judged {
    /// Whether it is an alarm.
    pub(crate) fn is_alarm(&self) -> bool {
        self.evident && matches!(self.confirmed, Confirmed::Outside(_))
    }
}

/// Judges the pieces of a contest, and the contest from its regions. Those without a p-value of their own are left out.
pub(crate) fn judged(pieces: Vec<Piece>, view: &ContestView<'_>, settings: &Settings) -> Vec<Judged> {
    let mut tested: Vec<Piece> = pieces.into_iter().filter(|piece| piece.ln_p.is_some()).collect();
    tested.extend(countries(&tested));
    let ln_p: Vec<f64> = tested.iter().map(|piece| piece.ln_p.unwrap_or(0.0)).collect();
    let evident = benjamini_yekutieli_ln(&ln_p, settings.alarm_rate);
    let statistics: BTreeSet<&'static str> = tested.iter().map(|piece| piece.statistic).collect();
    let graded = |grade| -> BTreeMap<&'static str, Vec<&BankPiece>> {
        let of = |&statistic: &&'static str| (statistic, settings.bank.of_grade(grade, statistic, view));
        statistics.iter().map(of).collect()
    };
    let (usual, troubled) = (graded(Grade::Clean), graded(Grade::Troubled));
    let of = |(piece, evident): (Piece, bool)| {
        let matched = Matched::of(&piece, &usual[piece.statistic]);
        let confirmed = matched.at(settings.alarm_rate);
        let troubled = Matched::of(&piece, &troubled[piece.statistic]);
        Judged { piece, evident, matched, troubled, country: None, confirmed }
    };
    let mut judged: Vec<Judged> = tested.into_iter().zip(evident).map(of).collect();
    for index in 0..judged.len() {
        let own = &judged[index];
        let is_region = |other: &&Judged| {
            other.piece.region.is_some()
                && (other.piece.statistic, other.piece.side) == (own.piece.statistic, own.piece.side)
        };
        if own.piece.region.is_none() {
            let beside: Vec<Beside> = judged.iter().filter(is_region).map(Judged::beside).collect();
            if let Some(country) = FromRegions::of(&beside, &usual[own.piece.statistic]) {
                let rate = settings.alarm_rate;
                judged[index].confirmed = match country {
                    FromRegions { least, .. } if least > rate => Confirmed::TooFew(least),
                    FromRegions { p, .. } if p <= rate => Confirmed::Outside(p),
                    FromRegions { p, .. } => Confirmed::Inside(p),
                };
                judged[index].country = Some(country);
            }
        }
    }
    judged
}

impl Judged {
    fn beside(&self) -> Beside {
        let Matched { pieces, effective, as_large, .. } = self.matched;
        Beside { parts: pieces, effective, as_large }
    }
}

/// A piece for the whole contest of every statistic and side that has pieces of enough regions and none of its own. Its p-value is
/// the smallest of the regions times their number (Bonferroni), its effect the largest.
fn countries(pieces: &[Piece]) -> Vec<Piece> {
    let mut of: BTreeMap<(&'static str, Option<OptionId>), Vec<&Piece>> = BTreeMap::new();
    pieces.iter().for_each(|piece| of.entry((piece.statistic, piece.side)).or_default().push(piece));
    let is_regional =
        |pieces: &Vec<&Piece>| pieces.len() >= FEWEST_REGIONS && pieces.iter().all(|piece| piece.region.is_some());
    let regional = of.into_values().filter(is_regional);
    let country = |pieces: Vec<&Piece>| {
        let largest = pieces.iter().max_by(|a, b| a.effect.total_cmp(&b.effect))?;
        let smallest = pieces.iter().filter_map(|piece| piece.ln_p).fold(0.0, f64::min);
        Some(Piece {
            region: None,
            stations: pieces.iter().map(|piece| piece.stations).sum(),
            ln_p: Some((smallest + (pieces.len() as f64).ln()).min(0.0)),
            ..(*largest).clone()
        })
    };
    regional.filter_map(country).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bank::tests::bank_of;
    use crate::sample::{contest, stations, table};
    use adil_record::{Contest, Record, Status};

    fn piece(region: usize, effect: f64, p: f64) -> Piece {
        Piece {
            statistic: "stations/test:effect",
            region: Some(region),
            side: Some(OptionId(0)),
            stations: 200,
            median_size: 800.0,
            share: 0.4,
            effect,
            ln_p: Some(p.ln()),
        }
    }

    fn judge(pieces: Vec<Piece>, bank_pieces: usize) -> Vec<Judged> {
        let bank = bank_of("stations/test:effect", (0..bank_pieces).map(|index| (index % 4, index as f64)));
        let settings = Settings { bank: Box::leak(Box::new(bank)), ..Settings::default() };
        let own = Contest {
            releases: vec![stations("final", Status::Final, table(&[], &[&[60], &[40]]))],
            ..contest(&["A", "B"])
        };
        let record = Record { contests: vec![own], ..Record::default() };
        let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
        judged(pieces, &view, &settings)
    }

    #[test]
    fn an_alarm_needs_evidence_and_a_place_outside_the_bank() {
        // The bank's effects are 0 to 199 of four elections, mixed, so about 200 independent parts.
        let pieces = vec![piece(0, 300.0, 1e-9), piece(1, 300.0, 0.2), piece(2, 150.0, 1e-9)];
        // Three regions say nothing of the whole.
        let alarms: Vec<bool> = judge(pieces, 200).iter().map(Judged::is_alarm).collect();
        assert_eq!(alarms, [true, false, false]);
    }

    #[test]
    fn a_small_bank_confirms_no_small_rate() {
        let judged = judge(vec![piece(0, 300.0, 1e-9)], 40);
        // 40 parts of four elections: at best one in 41.
        assert!(matches!(judged[0].confirmed, Confirmed::TooFew(rate) if (rate - 1.0 / 41.0).abs() < 0.003));
        assert!(!judged[0].is_alarm());
    }
}
