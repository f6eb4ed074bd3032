//! The verdicts of a contest's findings, from what was judged of its parts.

use adil_finding::{Finding, Reason, Verdict};

use super::{Judged, words};
use crate::bank::Confirmed;
use crate::{ContestView, Settings};

/// Sets the verdicts of the findings that a statistic speaks to. Those that rest on arithmetic, lack data or cannot tell
/// explanations apart are left as they are.
pub(crate) fn apply(findings: &mut [Finding], judged: &[Judged], view: &ContestView<'_>, settings: &Settings) {
    for finding in findings {
        let is_own = finding.subject.contest.as_ref() == Some(&view.contest.title);
        if finding.verdict == Verdict::Undecided(Reason::NoNull) && is_own {
            let own: Vec<&Judged> = judged.iter().filter(|judged| speaks_to(judged, finding, view)).collect();
            if !own.is_empty() {
                set(finding, &own, judged.len(), view, settings);
            }
        }
    }
}

/// Whether a part of the contest is one that a finding is about.
fn speaks_to(judged: &Judged, finding: &Finding, view: &ContestView<'_>) -> bool {
    let piece = &judged.piece;
    let own_check = piece.statistic.split(':').next() == Some(finding.check.0);
    let side_name = piece.side.map(|side| view.contest.options[side.0].name.as_str());
    let own_side = side_name.is_none() || finding.subject.side.as_deref() == side_name;
    let own_region = match &finding.subject.region {
        None => true,
        Some(name) => words::region_name(piece, view) == Some(name),
    };
    own_check && own_side && own_region
}

fn set(finding: &mut Finding, own: &[&Judged], looked_at: usize, view: &ContestView<'_>, settings: &Settings) {
    let alarms: Vec<&Judged> = own.iter().filter(|judged| judged.is_alarm()).copied().collect();
    let too_few = |judged: &&&Judged| matches!(judged.confirmed, Confirmed::TooFew(_));
    let unconfirmed: Vec<&Judged> = own.iter().filter(|judged| judged.evident).filter(too_few).copied().collect();
    finding.measures.extend(words::measures(own, &alarms));
    if !alarms.is_empty() {
        finding.verdict = Verdict::Anomalous;
        words::say_alarms(finding, &alarms, looked_at, view, settings);
    } else if !unconfirmed.is_empty() || own.iter().all(|judged| too_few(&judged)) {
        finding.verdict = Verdict::Undecided(Reason::NoNull);
        words::say_too_few(finding, &unconfirmed, own, settings);
    } else {
        finding.verdict = Verdict::Undecided(Reason::NoPower);
        words::say_inside(finding, own, looked_at, settings);
    }
}
