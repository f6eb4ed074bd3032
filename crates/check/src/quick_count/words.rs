//! What all findings on quick counts say in common.

use adil_finding::{Arg, Interval, Measure, Message, StatementRef, Subject, Unit};
use adil_record::Reports;

use super::estimated::{Estimated, Uncertainty};
use crate::ContestView;

/// The contest, and whose reports they are.
pub(super) fn subject(view: &ContestView<'_>, publisher: &str, input: &str) -> Subject {
    let statement = StatementRef {
        publisher: publisher.to_owned(),
        text: input.to_owned(),
        time: None,
        source: Some(input.to_owned()),
    };
    Subject { statements: vec![statement], ..Subject::contest(&view.contest.title) }
}

/// The contest's name of an option of the reports.
pub(super) fn option_name<'a>(view: &ContestView<'a>, reports: &Reports, at: usize) -> Option<&'a str> {
    let option = reports.options.get(at)?;
    Some(view.contest.options.get(option.0)?.name.as_str())
}

/// The numbers of an estimate: the estimate with its interval, the ends by themselves, and the design effect.
pub(super) fn measures(estimated: &Estimated, level: f64) -> Vec<Measure> {
    let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let mut measures = Vec::new();
    let interval = estimated.interval();
    if let Some(ratio) = estimated.ratio {
        let measure = real("estimate", ratio, Unit::Fraction, "quick-source-estimate");
        measures.push(match interval {
            Some((low, high)) => measure.within(Interval { low, high, level, method: method(estimated) }),
            None => measure,
        });
    }
    if let Some((low, high)) = interval {
        let source = if estimated.is_whole() { "quick-source-interval" } else { "quick-source-worst" };
        measures.push(real("low", low, Unit::Fraction, source));
        measures.push(real("high", high, Unit::Fraction, source));
    }
    if let Some(margin) = estimated.margin() {
        if !estimated.is_whole() {
            measures.push(real("low_by_chance", margin.interval.0, Unit::Fraction, "quick-source-by-chance"));
            measures.push(real("high_by_chance", margin.interval.1, Unit::Fraction, "quick-source-by-chance"));
        }
        if let Some(deff) = margin.fit.design_effect() {
            measures.push(real("deff", deff, Unit::Pure, "quick-source-deff"));
        }
    }
    measures
}

fn method(estimated: &Estimated) -> Message {
    Message::new(match &estimated.uncertainty {
        Uncertainty::Sample(margin) if margin.resampled => "quick-method-bootstrap",
        Uncertainty::Sample(_) => "quick-method-t",
        Uncertainty::Partial { .. } => "quick-method-worst",
    })
}

/// A ratio in words.
pub(super) fn percent(ratio: f64) -> Message {
    Message::new("quick-percent").with("share", Arg::Percent(ratio, 2))
}

/// An interval in words: `from 41.20 % to 43.75 %`, or that there is none.
pub(super) fn interval(estimated: &Estimated) -> Message {
    match estimated.interval() {
        Some((low, high)) => Message::new(if estimated.is_whole() { "quick-interval" } else { "quick-interval-worst" })
            .with("low", Arg::Percent(low, 2))
            .with("high", Arg::Percent(high, 2)),
        None => Message::new("quick-interval-none"),
    }
}
