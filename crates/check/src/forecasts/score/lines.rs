//! The raw rows: a line of evidence for each forecaster, and for each line that was set aside.

use adil_finding::{Arg, Evidence, Message, Place, Value};
use adil_record::{Contest, Forecasts, Moment, Quarantined};

use super::chance::Against;
use super::said::{Forecaster, Said};
use super::scores::{Outcome, Scores};

/// The scores of one forecaster, in words and as values.
pub(super) fn forecaster(
    one: &Forecaster<'_>,
    scores: Option<&Scores>,
    against: &Against,
    over_time: OverTime,
) -> Evidence {
    let message = |id| Message::new(id).with("forecaster", one.name).with("revisions", one.revisions.len());
    let whole = |number: usize| Value::Count(i64::try_from(number).unwrap_or(i64::MAX));
    let base = |message| {
        let name = Value::Text(one.name.to_owned());
        Evidence::new(message).value("forecaster", name).value("commitments", whole(one.revisions.len()))
    };
    let Some(scores) = scores else { return base(message("forecast-line-unrevealed")) };
    let part = |id, value: f64, decimals| Arg::from(Message::new(id).with("score", Arg::Number(value, decimals)));
    let log = if scores.floored { "forecast-line-log-floored" } else { "forecast-line-log" };
    let parts: Vec<Arg> = [
        scores.log.map(|score| part(log, score, 3)),
        scores.brier.map(|score| part("forecast-line-brier", score, 3)),
        scores.crps.map(|score| part("forecast-line-shares", 100.0 * score, 2)),
        scores.turnout.map(|score| part("forecast-line-turnout", 100.0 * score, 2)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let statement = match parts.is_empty() {
        true => message("forecast-line-nothing"),
        false => message("forecast-line").with("scores", Arg::List(parts)),
    };
    let values = [
        ("log", scores.log),
        ("brier", scores.brier),
        ("crps", scores.crps),
        ("energy", scores.energy),
        ("turnout_crps", scores.turnout),
        ("log_over_time", over_time.log),
        ("crps_over_time", over_time.crps),
        ("winner_e", against.winner_e),
        ("shares_p", against.shares_p),
    ];
    let known = values.into_iter().filter_map(|(name, value)| Some((name, value?)));
    known.fold(base(statement), |evidence, (name, value)| evidence.value(name, Value::Real(value)))
}

/// Means over the time that revisions stood.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct OverTime {
    pub(super) log: Option<f64>,
    pub(super) crps: Option<f64>,
}

impl OverTime {
    /// From a forecaster's first commitment to the close, where every revision was revealed: who could choose would leave out the worst.
    pub(super) fn of(one: &Forecaster<'_>, outcome: &Outcome, contest: &Contest, close: Moment) -> Self {
        let ends = one.revisions.iter().skip(1).map(|next| next.time).chain([close]);
        let mut spans = Vec::new();
        for (commitment, end) in one.revisions.iter().zip(ends) {
            let Some(revealed) = &commitment.revealed else { return Self::default() };
            let scores = Scores::of(&Said::of(&revealed.forecast, contest), outcome);
            spans.push(((end.seconds() - commitment.time.seconds()) as f64, scores));
        }
        let all: f64 = spans.iter().map(|(span, _)| span).sum();
        let meaned = |of: &dyn Fn(&Scores) -> Option<f64>| {
            let weighted = spans.iter().map(|(span, scores)| Some(span / all * of(scores)?));
            weighted.sum::<Option<f64>>().filter(|_| all > 0.0)
        };
        Self { log: meaned(&|scores| scores.log), crps: meaned(&|scores| scores.crps) }
    }
}

/// A line that does not count, and why.
pub(super) fn set_aside(forecasts: &Forecasts, line: &Quarantined) -> Evidence {
    let rule = line.fault.rule();
    let reason = match rule {
        "F2" => "forecast-rule-f2",
        "F3" => "forecast-rule-f3",
        "F4" => "forecast-rule-f4",
        "F5" => "forecast-rule-f5",
        "F6" => "forecast-rule-f6",
        "F7" => "forecast-rule-f7",
        "F8" => "forecast-rule-f8",
        "F9" => "forecast-rule-f9",
        "F10" => "forecast-rule-f10",
        "F11" => "forecast-rule-f11",
        "F12" => "forecast-rule-f12",
        "F13" => "forecast-rule-f13",
        "F14" => "forecast-rule-f14",
        "F15" => "forecast-rule-f15",
        "F16" => "forecast-rule-f16",
        "F17" => "forecast-rule-f17",
        "F18" => "forecast-rule-f18",
        _ => "forecast-rule-f19",
    };
    let message = Message::new("forecast-set-aside").with("line", line.line).with("rule", rule);
    let place = Place { input: forecasts.file.clone(), row: u64::try_from(line.line).ok(), column: None };
    let said = Value::Text(line.fault.to_string());
    Evidence::new(message.with("reason", Message::new(reason))).at(place).value("fault", said)
}

/// The best of a score among forecasters.
pub(super) fn best(scores: &[Option<Scores>], of: impl Fn(&Scores) -> Option<f64>) -> Option<f64> {
    scores.iter().flatten().filter_map(of).min_by(f64::total_cmp)
}

/// The probability in bits of surprise.
pub(super) fn bits(probability: f64) -> f64 {
    -probability.max(super::scores::FLOOR).log2()
}

/// What one loses on average on shares who knows each up to an error with the standard deviation of half a percentage point, and says
/// so: `sd / sqrt(pi)`.
pub(super) fn knower() -> f64 {
    const HALF_A_POINT: f64 = 0.005;
    HALF_A_POINT / std::f64::consts::PI.sqrt()
}
