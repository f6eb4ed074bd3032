//! Scores over questions: how far they are an accident of what was asked.

use adil_finding::{Arg, Evidence, Finding, Interval, Measure, Message, Unit};
use adil_record::Record;
use adil_stat::{MeanScore, bootstrap_scores, stream};

use super::ID;
use super::said::{Said, forecasters};
use super::scores::{Crowd, Outcome, Scores};
use crate::Settings;
use crate::releases::Official;

/// Fewer questions have no interval: that of a handful says how they differ and no more.
const FEWEST: usize = 5;
const LEVEL: f64 = 0.95;

/// What is meaned over the contests of a record.
struct Kind {
    label: &'static str,
    /// Names of the mean and of the skill.
    names: [&'static str; 2],
    line: &'static str,
    unit: Unit,
    of: fn(&Scores) -> Option<f64>,
}

const KINDS: [Kind; 4] = [
    Kind {
        label: "log",
        names: ["forecast_mean_log", "forecast_mean_skill_log"],
        line: "forecast-questions-log",
        unit: Unit::Pure,
        of: |scores| scores.log,
    },
    Kind {
        label: "brier",
        names: ["forecast_mean_brier", "forecast_mean_skill_brier"],
        line: "forecast-questions-brier",
        unit: Unit::Pure,
        of: |scores| scores.brier,
    },
    Kind {
        label: "crps",
        names: ["forecast_mean_crps", "forecast_mean_skill_crps"],
        line: "forecast-questions-crps",
        unit: Unit::Fraction,
        of: |scores| scores.crps,
    },
    Kind {
        label: "turnout",
        names: ["forecast_mean_turnout", "forecast_mean_skill_turnout"],
        line: "forecast-questions-turnout",
        unit: Unit::Fraction,
        of: |scores| scores.turnout,
    },
];

fn resampled(questions: &[(f64, f64)], label: &str, settings: &Settings) -> Option<MeanScore> {
    let mut draws = stream(settings.seed, &format!("{ID} {label}"), 0);
    (questions.len() >= FEWEST).then(|| bootstrap_scores(questions, LEVEL, settings.bootstrap_draws, &mut draws))?
}

fn interval((low, high): (f64, f64), method: &'static str, questions: usize) -> Interval {
    Interval { low, high, level: LEVEL, method: Message::new(method).with("questions", questions) }
}

/// Gives the crowd's score on shares, and its skill, the interval of drawing the contest's options anew.
pub(super) fn of_options(
    finding: &mut Finding,
    crowd: &Crowd<'_>,
    outcome: &Outcome,
    contest: &str,
    settings: &Settings,
) {
    let Some(scores) = crowd.crps(outcome) else { return };
    let options = outcome.shares.len().max(1);
    let Some(laws) = Said::of_nothing(options).shares else { return };
    // One who knows nothing says the same of every option of the contest, of whom those without a result are left out.
    let Some(law) = laws.first() else { return };
    let nothing = outcome.shares.iter().map(|(_, share)| law.crps(*share));
    let questions: Vec<(f64, f64)> = scores.into_iter().zip(nothing).collect();
    let Some(mean) = resampled(&questions, contest, settings) else { return };
    for (name, ends) in [("forecast_crowd_crps", mean.mean_interval), ("forecast_skill_crps", mean.skill_interval)] {
        if let Some(measure) = finding.measures.iter_mut().find(|measure| measure.name == name) {
            measure.interval = Some(interval(ends, "forecast-method-options", questions.len()));
        }
    }
}

/// Adds the means over all contests of a record that were forecast and have a result, where they are enough.
pub(super) fn of_record(finding: &mut Finding, record: &Record, settings: &Settings) {
    let mut scored: Vec<(Scores, Scores)> = Vec::new();
    for contest in &record.contests {
        let (Some(forecasts), Some(official)) = (&contest.forecasts, Official::of(contest)) else { continue };
        let forecasters = forecasters(forecasts, contest);
        let (crowd, outcome) = (Crowd::of(&forecasters), Outcome::of(&official));
        scored.push((crowd.scores(&outcome), Scores::of(&Said::of_nothing(contest.options.len()), &outcome)));
    }
    for kind in &KINDS {
        let of = |(crowd, nothing): &(Scores, Scores)| Some(((kind.of)(crowd)?, (kind.of)(nothing)?));
        let questions: Vec<(f64, f64)> = scored.iter().filter_map(of).collect();
        let Some(mean) = resampled(&questions, kind.label, settings) else { continue };
        let within = |ends| interval(ends, "forecast-method-questions", questions.len());
        let source = |id| Message::new(id);
        let [name, skill] = kind.names;
        finding.measures.push(
            Measure::real(name, mean.mean, kind.unit, source("forecast-source-mean"))
                .within(within(mean.mean_interval)),
        );
        finding.measures.push(
            Measure::real(skill, mean.skill, Unit::Pure, source("forecast-source-mean-skill"))
                .within(within(mean.skill_interval)),
        );
        let percent = |value| Arg::Percent(value, 0);
        let number = |value: f64| match kind.unit {
            Unit::Fraction => Arg::Number(100.0 * value, 2),
            _ => Arg::Number(value, 3),
        };
        let statement = Message::new(kind.line)
            .with("questions", questions.len())
            .with("mean", number(mean.mean))
            .with("low", number(mean.mean_interval.0))
            .with("high", number(mean.mean_interval.1))
            .with("skill", percent(mean.skill))
            .with("skill_low", percent(mean.skill_interval.0))
            .with("skill_high", percent(mean.skill_interval.1));
        finding.evidence.push(Evidence::new(statement));
    }
}
