//! An official ratio beside its estimate: shares and turnout alike.

use adil_finding::{Arg, Finding, Measure, Message, Reason, Unit, Verdict};
use adil_stat::t_quantile;

use super::estimated::Estimated;
use super::published::{From, Ratio, Whole};
use super::{ID, words};
use crate::{ContestView, Settings};

/// The part of the frame that an official table must have to be compared, or of the election's stations that the frame must have.
const COVERED: f64 = 0.99;
/// The probability with which a shift has to be noticed, as a quantile of the normal distribution: 0.8.
const POWER_QUANTILE: f64 = 0.841_621_233_572_914_2;

/// The official ratio beside an estimate.
pub(super) struct Compared<'a> {
    pub(super) official: Ratio,
    pub(super) whole: &'a Whole,
    pub(super) at_rate: &'a Estimated,
    pub(super) rate: f64,
}

/// What a ratio is called in the sentences.
pub(super) struct Sentences {
    pub(super) outside: &'static str,
    pub(super) uncovered: &'static str,
    pub(super) no_power: &'static str,
    pub(super) inside: &'static str,
    pub(super) brief: &'static str,
    /// The source of an official ratio that was added up from a table.
    pub(super) source: &'static str,
}

pub(super) const SHARE: Sentences = Sentences {
    outside: "quick-option-outside",
    uncovered: "quick-option-uncovered",
    no_power: "quick-option-no-power",
    inside: "quick-option-inside",
    brief: "quick-option-brief-official",
    source: "quick-source-official",
};

pub(super) const TURNOUT: Sentences = Sentences {
    outside: "quick-turnout-outside",
    uncovered: "quick-turnout-uncovered",
    no_power: "quick-turnout-no-power",
    inside: "quick-turnout-inside",
    brief: "quick-turnout-brief-official",
    source: "quick-source-official-turnout",
};

impl Compared<'_> {
    /// The finding; `said` fills in what the sentences name besides the official ratio.
    pub(super) fn finding(
        &self,
        sentences: &Sentences,
        estimated: &Estimated,
        subject: adil_finding::Subject,
        said: impl Fn(&'static str) -> Message,
        settings: &Settings,
    ) -> Finding {
        let verdict = self.verdict(settings);
        let statement = match verdict {
            Verdict::Anomalous => sentences.outside,
            Verdict::Undecided(Reason::NotIdentified) => sentences.uncovered,
            Verdict::Undecided(Reason::NoPower) => sentences.no_power,
            _ => sentences.inside,
        };
        let official = Arg::Percent(self.official.value, 2);
        let mut finding = Finding::new(ID, verdict, subject, said(statement).with("official", official.clone()))
            .brief(said(sentences.brief).with("official", official))
            .caveat(Message::new(match verdict {
                Verdict::Anomalous => "quick-caveat-reports",
                _ => "quick-caveat-inside",
            }))
            .measures(words::measures(estimated, settings.quick_count_level));
        let fraction = |name, value, source| Measure::real(name, value, Unit::Fraction, source);
        let source = match &self.whole.from {
            From::Table => Message::new(sentences.source),
            From::Figures(release) => Message::new("quick-source-published").with("release", release.clone()),
        };
        finding.measures.push(fraction("official", self.official.value, source));
        if let Some((low, high)) = self.at_rate.interval() {
            let level = Message::new("quick-source-at-rate").with("level", Arg::Percent(1.0 - self.rate, 2));
            finding.measures.push(fraction("low_at_alarm_rate", low, level.clone()));
            finding.measures.push(fraction("high_at_alarm_rate", high, level));
        }
        if let Some(shift) = self.noticed() {
            finding.measures.push(fraction("shift_noticed", shift, Message::new("quick-source-shift")));
        }
        if matches!(self.whole.from, From::Figures(_)) {
            let id = match self.whole.covered {
                Some(_) => "quick-caveat-published",
                None => "quick-caveat-published-frame",
            };
            finding.caveats.push(Message::new(id));
        }
        finding
    }

    /// The smallest shift of the ratio that would have been noticed with probability 0.8.
    fn noticed(&self) -> Option<f64> {
        let (low, high) = self.at_rate.interval()?;
        let margin = self.at_rate.margin()?;
        // The standard error adds what it takes to be beyond the interval so often, not half the time.
        let power = margin.fit.variance.sqrt() * POWER_QUANTILE;
        let own = t_quantile(1.0 - self.rate, margin.fit.freedom) * margin.fit.variance.sqrt();
        Some(((high - low) / 2.0).max(own) + power + self.official.slack)
    }

    fn verdict(&self, settings: &Settings) -> Verdict {
        let covered = self.whole.covered.is_none_or(|covered| covered >= COVERED);
        let Some((low, high)) = self.at_rate.interval().filter(|_| covered) else {
            return Verdict::Undecided(Reason::NotIdentified);
        };
        let Ratio { value, slack } = self.official;
        if value + slack < low || value - slack > high {
            // Without the number of stations nobody knows whether the figures are of the frame.
            let known = self.whole.covered.is_some();
            return if known { Verdict::Anomalous } else { Verdict::Undecided(Reason::NotIdentified) };
        }
        match self.noticed() {
            Some(shift) if shift <= settings.quick_count_shift => Verdict::Unremarkable,
            _ => Verdict::Undecided(Reason::NoPower),
        }
    }
}

/// Turnout beside the official one.
pub(super) fn of_turnout(
    publisher: &str,
    input: &str,
    estimated: &Estimated,
    compared: &Compared<'_>,
    view: &ContestView<'_>,
    settings: &Settings,
) -> Finding {
    let ratio = estimated.ratio.map_or(Message::new("quick-unknown"), words::percent);
    let said = |id| Message::new(id).with("turnout", ratio.clone()).with("interval", words::interval(estimated));
    compared.finding(&TURNOUT, estimated, words::subject(view, publisher, input), said, settings)
}
