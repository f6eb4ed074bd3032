//! Scales: from values to places in a drawing, with round ticks between.

use adil_finding::{Axis, AxisScale};

use crate::Texts;

/// A linear scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// The axis' range laid from `start` to `end`; an empty or endless range is widened to one that can be drawn.
    pub(super) fn new(low: f64, high: f64, start: f64, end: f64) -> Self {
        let low = if low.is_finite() { low } else { 0.0 };
        let high = if high.is_finite() && high > low { high } else { low + 1.0 };
        Self { low, high, start, end }
    }

    /// Where a value lies; one outside the range lies at its end.
    pub(super) fn at(&self, value: f64) -> f64 {
        let part = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        self.start + part * (self.end - self.start)
    }

    pub(super) fn low(&self) -> f64 {
        self.low
    }

    pub(super) fn high(&self) -> f64 {
        self.high
    }

    /// Round values from end to end, about `wanted` of them: multiples of 1, 2 or 5 times a power of ten.
    pub(super) fn ticks(&self, wanted: usize) -> Ticks {
        let rough = (self.high - self.low) / wanted.max(1) as f64;
        let power = 10f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough * 0.999);
        let step = step.unwrap_or(10.0 * power);
        let first = (self.low / step - 1e-9).ceil() as i64;
        let last = (self.high / step + 1e-9).floor() as i64;
        Ticks { step, values: (first..=last).map(|index| index as f64 * step).collect() }
    }
}

/// Round values of a scale.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ticks {
    pub(super) step: f64,
    pub(super) values: Vec<f64>,
}

impl Ticks {
    /// Only those at whole numbers: no tick lies between two counts.
    pub(super) fn whole(mut self) -> Self {
        self.values.retain(|value| (value - value.round()).abs() < 1e-9);
        self
    }

    /// The ticks in words, each with as many decimals as the step needs.
    pub(super) fn labels(&self, scale: AxisScale, texts: &Texts) -> Vec<String> {
        let unit = if scale == AxisScale::Fraction { self.step * 100.0 } else { self.step };
        let decimals = (-(unit.log10() + 1e-9).floor()).clamp(0.0, 6.0) as u8;
        self.values.iter().map(|value| label(*value, scale, decimals, texts)).collect()
    }
}

/// A value of an axis in words.
pub(super) fn label(value: f64, scale: AxisScale, decimals: u8, texts: &Texts) -> String {
    match scale {
        AxisScale::Fraction => texts.numerals().percent(value, decimals),
        AxisScale::Number => texts.numerals().number(value, decimals),
    }
}

/// A value of an axis in a table: percentages with two decimals, other numbers with the digits they need.
pub(super) fn in_table(value: f64, axis: &Axis, texts: &Texts) -> String {
    match axis.scale {
        AxisScale::Fraction => texts.numerals().percent(value, 2),
        AxisScale::Number => texts.numerals().plain(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;

    #[test]
    fn ticks_are_round_and_inside() {
        let ticks = Scale::new(0.0, 1.0, 0.0, 600.0).ticks(10);
        assert_eq!(ticks.values.len(), 11);
        let labels = ticks.labels(AxisScale::Fraction, &Texts::new(Language::En));
        assert_eq!((labels[0].as_str(), labels[3].as_str(), labels[10].as_str()), ("0%", "30%", "100%"));

        let ticks = Scale::new(0.62, 0.673, 0.0, 600.0).ticks(6);
        let labels = ticks.labels(AxisScale::Fraction, &Texts::new(Language::En));
        assert_eq!(labels, ["62%", "63%", "64%", "65%", "66%", "67%"]);
    }

    #[test]
    fn values_outside_lie_at_the_ends() {
        let scale = Scale::new(0.0, 10.0, 100.0, 0.0);
        assert_eq!((scale.at(0.0), scale.at(5.0), scale.at(99.0)), (100.0, 50.0, 0.0));
    }

    #[test]
    fn an_empty_range_can_be_drawn() {
        for (low, high) in [(0.0, 0.0), (f64::NAN, f64::NAN), (5.0, 1.0), (0.0, f64::INFINITY)] {
            let scale = Scale::new(low, high, 0.0, 100.0);
            assert!(scale.at(3.0).is_finite());
            assert!(scale.ticks(5).values.len() > 1);
        }
    }
}
