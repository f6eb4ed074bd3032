//! Whether silence means something: `unremarkable` is said only where cheating would have been noticed.

use std::cell::LazyCell;

use adil_finding::{Arg, Finding, Message, Reason, Value, Verdict};

use crate::stations::{Evidence, POWER_MEASURE, POWER_STATISTIC};
use crate::{Check, ContestView, Piece, Settings};

/// The check whose power is known.
const CHECK: &str = "stations/evidence";
/// The least part of stuffed stations that has to be noticed, 20 % of the register in 5 % of the stations.
const ENOUGH: f64 = 0.5;
/// Elections of the bank that have to be like the one under test.
const FEWEST_ELECTIONS: usize = 3;
/// Elections are alike where their median registers are within this factor and the sides' shares within this distance.
const FACTOR: f64 = 3.0;
const DISTANCE: f64 = 0.25;

/// Sets the verdicts of findings of a contest for which nothing was outside clean elections, where there is power.
pub(crate) fn apply(findings: &mut [Finding], view: &ContestView<'_>, settings: &Settings) {
    let of_contest = |finding: &Finding| finding.subject.contest.as_ref() == Some(&view.contest.title);
    let own =
        findings.iter().filter(|finding| of_contest(finding)).find_map(|finding| match finding.value(POWER_MEASURE) {
            Some(Value::Real(power)) => Some((finding.subject.side.clone(), *power)),
            _ => None,
        });
    let is_open = |finding: &&mut Finding| {
        finding.check.0 == CHECK && finding.verdict == Verdict::Undecided(Reason::NoPower) && of_contest(finding)
    };
    // What every side is matched by: its share and the registers, in the whole contest.
    let sides = LazyCell::new(|| Evidence.of_country(view, settings));
    for finding in findings.iter_mut().filter(is_open) {
        let (power, caveat) = match &own {
            Some((side, power)) if *side == finding.subject.side => (Some(*power), "power-caveat-own"),
            _ => (of_bank(finding, &sides, view, settings), "power-caveat-bank"),
        };
        let Some(power) = power.filter(|power| *power >= ENOUGH) else { continue };
        finding.verdict = Verdict::Unremarkable;
        finding.caveats.push(Message::new(caveat).with("power", Arg::Percent(power, 0)));
    }
}

/// The least power among like sides of clean elections.
fn of_bank(finding: &Finding, sides: &[Piece], view: &ContestView<'_>, settings: &Settings) -> Option<f64> {
    let is_own = |piece: &&Piece| {
        let name = piece.side.map(|side| view.contest.options[side.0].name.as_str());
        name == finding.subject.side.as_deref()
    };
    let own = sides.iter().find(is_own)?;
    let usual = settings.bank.usual(POWER_STATISTIC, view);
    let like = usual.iter().filter(|other| {
        own.median_size <= FACTOR * other.median_size
            && other.median_size <= FACTOR * own.median_size
            && (own.share - other.share).abs() <= DISTANCE
    });
    let mut elections: Vec<usize> = like.clone().map(|other| other.election).collect();
    elections.sort_unstable();
    elections.dedup();
    if elections.len() < FEWEST_ELECTIONS {
        return None;
    }
    like.map(|other| other.effect).min_by(f64::total_cmp)
}
