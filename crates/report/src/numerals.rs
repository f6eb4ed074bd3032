//! How a language writes numbers.
//!
//! English 1,234,567.8 and 12.3%; Russian and Kazakh 1 234 567,8 and 12,3 %, with no-break spaces.

use crate::Language;

/// The marks inside a written number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numerals {
    group: char,
    decimal: char,
    percent: &'static str,
}

const ENGLISH: Numerals = Numerals { group: ',', decimal: '.', percent: "%" };
const SPACED: Numerals = Numerals { group: '\u{a0}', decimal: ',', percent: "\u{a0}%" };

/// Below this a probability is only said to be below it.
pub(crate) const SMALLEST_PROBABILITY: f64 = 0.0001;

impl Language {
    pub(crate) fn numerals(self) -> Numerals {
        match self {
            Self::En => ENGLISH,
            Self::Ru | Self::Kk => SPACED,
        }
    }
}

impl Numerals {
    /// A whole number, grouped in threes.
    pub(crate) fn count(self, count: i64) -> String {
        let sign = if count < 0 { "\u{2212}" } else { "" };
        sign.to_owned() + &self.grouped(&count.unsigned_abs().to_string())
    }

    /// A real number with a fixed number of decimals.
    pub(crate) fn number(self, number: f64, decimals: u8) -> String {
        if !number.is_finite() {
            return "?".to_owned();
        }
        let digits = format!("{:.*}", usize::from(decimals), number.abs());
        // What rounds to zero has no sign.
        let negative = number < 0.0 && digits.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let sign = if negative { "\u{2212}" } else { "" };
        match digits.split_once('.') {
            Some((whole, fraction)) => format!("{sign}{}{}{fraction}", self.grouped(whole), self.decimal),
            None => format!("{sign}{}", self.grouped(&digits)),
        }
    }

    /// A fraction, as a percentage.
    pub(crate) fn percent(self, fraction: f64, decimals: u8) -> String {
        self.number(fraction * 100.0, decimals) + self.percent
    }

    /// A probability with two significant digits; `None` below [`SMALLEST_PROBABILITY`].
    pub(crate) fn probability(self, probability: f64) -> Option<String> {
        if probability < SMALLEST_PROBABILITY {
            return None;
        }
        let decimals = significant(probability, 2).max(2);
        Some(self.number(probability, decimals))
    }

    /// A real number with about four significant digits, and all digits of its whole part.
    pub(crate) fn plain(self, number: f64) -> String {
        let digits = significant(number, 4);
        // No more of them than are needed: 9.25 and not 9.250.
        let rounded = format!("{number:.*}", usize::from(digits));
        let needed = rounded.split_once('.').map_or(0, |(_, fraction)| fraction.trim_end_matches('0').len());
        self.number(number, u8::try_from(needed).unwrap_or(digits))
    }

    fn grouped(self, digits: &str) -> String {
        let mut grouped = String::with_capacity(digits.len() * 4 / 3 + 1);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(self.group);
            }
            grouped.push(digit);
        }
        grouped
    }
}

/// How many decimals show `digits` significant ones.
fn significant(number: f64, digits: i32) -> u8 {
    if number == 0.0 || !number.is_finite() {
        return 0;
    }
    let magnitude = number.abs().log10().floor().clamp(-12.0, 12.0) as i32;
    u8::try_from((digits - 1 - magnitude).max(0)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_its_own_marks() {
        let (en, ru) = (Language::En.numerals(), Language::Ru.numerals());
        assert_eq!(en.count(1_234_567), "1,234,567");
        assert_eq!(ru.count(-1_234), "\u{2212}1\u{a0}234");
        assert_eq!(en.number(1_234_567.84, 1), "1,234,567.8");
        assert_eq!(ru.number(1_234_567.84, 1), "1\u{a0}234\u{a0}567,8");
        assert_eq!(en.percent(0.123, 1), "12.3%");
        assert_eq!(ru.percent(0.123, 1), "12,3\u{a0}%");
        assert_eq!(en.count(i64::MIN), "\u{2212}9,223,372,036,854,775,808");
    }

    #[test]
    fn what_rounds_to_zero_has_no_sign() {
        assert_eq!(Language::En.numerals().number(-0.04, 1), "0.0");
        assert_eq!(Language::En.numerals().number(-0.06, 1), "\u{2212}0.1");
    }

    #[test]
    fn probabilities_have_two_digits() {
        let en = Language::En.numerals();
        assert_eq!(en.probability(0.000_234).as_deref(), Some("0.00023"));
        assert_eq!(en.probability(0.5).as_deref(), Some("0.50"));
        assert_eq!(en.probability(1.0).as_deref(), Some("1.00"));
        assert_eq!(en.probability(0.000_09), None);
    }

    #[test]
    fn plain_numbers_keep_four_digits() {
        let en = Language::En.numerals();
        assert_eq!(en.plain(0.012_345), "0.01235");
        assert_eq!(en.plain(12_345.6), "12,346");
        assert_eq!((en.plain(3.0), en.plain(9.25)), ("3".to_owned(), "9.25".to_owned()));
    }
}
