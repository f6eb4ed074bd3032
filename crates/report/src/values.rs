//! The numbers of a finding, as a reader sees them: a value with its unit, a name in words.

use adil_finding::{
    CheckId, CoverageStatus, EventState, Interval, Measure, Message, Reason, Technique, Unit, Value, Verdict, Whose,
};

use crate::Texts;
use crate::clean::clean;

impl Texts {
    /// A measure's name in words: its text, or the bare name where there is none. A name may end in the variant that
    /// was measured, as in `excess_either_interior_in_boxes`.
    pub(crate) fn measure(&self, name: &str) -> String {
        self.measure_in_words(name).unwrap_or_else(|| name.to_owned())
    }

    /// The same for a measure whose unit may tell it from others of its name: ballots on a board are no papers in a box.
    pub(crate) fn measured(&self, measure: &Measure) -> String {
        match (measure.name, measure.unit) {
            ("ballots", Unit::BoardBallots) => self.measure("electronic_ballots"),
            (name, _) => self.measure(name),
        }
    }

    fn measure_in_words(&self, name: &str) -> Option<String> {
        const VARIANTS: [(&str, &str); 3] =
            [("_in_boxes", "measure-in-boxes"), ("_interior", "measure-interior"), ("_lattice", "measure-lattice")];
        self.find(&format!("measure-{}", name.replace('_', "-"))).or_else(|| {
            let of = |(ending, id): (&str, &'static str)| Some((name.strip_suffix(ending)?, id));
            let (base, id) = VARIANTS.into_iter().find_map(of)?;
            Some(self.format(&Message::new(id).with("name", self.measure_in_words(base)?)))
        })
    }

    /// A check's name in words: its text, or its identifier where there is none.
    pub(crate) fn check(&self, check: CheckId) -> String {
        self.find(&format!("check-{}", check.0.replace('/', "-"))).unwrap_or_else(|| check.0.to_owned())
    }

    pub(crate) fn unit(&self, unit: Unit) -> String {
        self.find(&format!("unit-{}", unit.id())).unwrap_or_else(|| unit.id().to_owned())
    }

    pub(crate) fn technique(&self, technique: Technique) -> String {
        self.find(technique.message_id()).unwrap_or_else(|| technique.id().to_owned())
    }

    /// The word of a verdict.
    pub(crate) fn verdict(&self, verdict: Verdict) -> String {
        self.find(&format!("verdict-{}", verdict.id())).unwrap_or_else(|| verdict.id().to_owned())
    }

    /// What stands in parentheses beside a verdict's word: the reason of one that is undecided; for a contradiction,
    /// that the statement is not the organisers', since that decides the exit status.
    pub(crate) fn beside(&self, verdict: Verdict) -> Option<String> {
        match verdict {
            Verdict::Undecided(reason) => Some(self.reason(reason)),
            Verdict::Contradicted(whose) => Some(self.whose(whose)),
            _ => None,
        }
    }

    pub(crate) fn reason(&self, reason: Reason) -> String {
        self.find(&format!("reason-{}", reason.id())).unwrap_or_else(|| reason.id().to_owned())
    }

    fn whose(&self, whose: Whose) -> String {
        self.find(&format!("whose-{}", whose.id())).unwrap_or_else(|| whose.id().to_owned())
    }

    /// A bare value in its unit.
    pub(crate) fn quantity(&self, value: &Value, unit: Unit) -> String {
        match value {
            Value::Count(count) => self.numerals().count(*count),
            Value::Real(number) => self.real(*number, unit),
            Value::Text(text) => clean(text).into_owned(),
            Value::List(list) => list.iter().map(|value| self.quantity(value, unit)).collect::<Vec<_>>().join("; "),
        }
    }

    /// A value of which only the name is known.
    pub(crate) fn bare(&self, value: &Value) -> String {
        self.quantity(value, Unit::Pure)
    }

    /// A count in digits.
    pub(crate) fn count(&self, count: u64) -> String {
        self.numerals().count(i64::try_from(count).unwrap_or(i64::MAX))
    }

    /// A count as a percentage of another; nothing of nothing is none.
    pub(crate) fn share(&self, count: u64, of: u64) -> String {
        if of == 0 { String::new() } else { self.numerals().percent(count as f64 / of as f64, 1) }
    }

    /// What a hundred percent are.
    pub(crate) fn hundred(&self, of: u64, what: &Message) -> String {
        self.format(&Message::new("figure-hundred").with("count", of).with("what", what.clone()))
    }

    /// An interval's two ends in the unit of its value.
    pub(crate) fn range(&self, interval: &Interval, unit: Unit) -> String {
        let low = self.real(interval.low, unit);
        let message = Message::new("page-interval-range").with("low", low);
        self.format(&message.with("high", self.real(interval.high, unit)))
    }

    /// How sure an interval is, and how it was made.
    pub(crate) fn interval_method(&self, interval: &Interval) -> String {
        let level = adil_finding::Arg::Percent(interval.level, 0);
        let message = Message::new("page-interval-level").with("level", level);
        self.format(&message.with("method", interval.method.clone()))
    }

    fn real(&self, number: f64, unit: Unit) -> String {
        let numerals = self.numerals();
        match unit {
            Unit::Fraction => numerals.percent(number, 2),
            Unit::Probability => self.probability(number),
            Unit::StandardDeviations | Unit::PercentagePoints => numerals.number(number, 2),
            Unit::Pure => numerals.plain(number),
            // Estimated numbers of people, papers or stations: a decimal only where it can still be seen.
            _ => numerals.number(number, if number.abs() < 10_000.0 { 1 } else { 0 }),
        }
    }
}

/// The sign of a verdict; its word always stands beside it.
pub(crate) fn mark(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Proven => "✔",
        Verdict::Unremarkable => "○",
        Verdict::Anomalous => "▲",
        Verdict::Contradicted(_) => "✖",
        Verdict::Undecided(_) => "·",
    }
}

/// The identifier of the word for how far a technique could be checked.
pub(crate) fn status_id(status: CoverageStatus) -> &'static str {
    match status {
        CoverageStatus::Checked => "status-checked",
        CoverageStatus::Partly => "status-partly-checkable",
        CoverageStatus::NotCheckable => "status-not-checkable",
    }
}

/// The part of the longest bar that a value fills.
pub(crate) fn part_of_longest(value: u64, longest: u64) -> f64 {
    if longest == 0 { 0.0 } else { value as f64 / longest as f64 }
}

/// The identifier of the word for how an event stands.
pub(crate) fn event_word(state: EventState) -> &'static str {
    match state {
        EventState::Done => "event-done",
        EventState::Wrong => "event-wrong",
        EventState::ToCome => "event-to-come",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn a_measure_is_named_with_its_variants() {
        let texts = Texts::new(Language::En);
        assert_eq!(texts.measure("no_such_measure"), "no_such_measure");
        let said = texts.measure("z_result_interior_in_boxes");
        let expected = "Excess in standard deviations: share, without the extremes, turnout by papers in the boxes";
        assert_eq!(said, expected);
    }

    #[test]
    fn every_unit_has_its_word_in_every_language() {
        for language in Language::ALL {
            let texts = Texts::new(language);
            for unit in Unit::ALL {
                assert!(texts.find(&format!("unit-{}", unit.id())).is_some(), "{language}: {unit:?}");
            }
        }
    }

    #[test]
    fn values_follow_their_unit() {
        let texts = Texts::new(Language::En);
        let said = |number, unit| texts.quantity(&Value::Real(number), unit);
        assert_eq!(said(0.601_945, Unit::Fraction), "60.19%");
        assert_eq!(said(1_002.6, Unit::Stations), "1,002.6");
        assert_eq!(said(14_412_345.25, Unit::Votes), "14,412,345");
        assert_eq!(said(1e-9, Unit::Probability), "below 0.0001");
        assert_eq!((texts.share(1, 3).as_str(), texts.share(5, 0).as_str()), ("33.3%", ""));
        assert_eq!(texts.bare(&Value::List(vec![Value::Count(1), Value::Text("a\nb".to_owned())])), "1; a b");
    }
}
