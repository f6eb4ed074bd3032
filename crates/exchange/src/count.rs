//! Counts as texts: whole numbers that a station can have.

use adil_record::Counts;

use crate::Fault;

/// Reads a count. NIST's are floating-point numbers by their schema, so `12.0` and `1.2E1` are 12.
pub(crate) fn count(what: &str, text: &str) -> Result<u32, Fault> {
    let text = text.trim();
    let fault = |why| Fault::Count { what: what.to_owned(), found: text.chars().take(40).collect(), why };
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let digits = text.trim_start_matches('0');
        // Longer than any count; a u64 would not hold it either.
        let value = if digits.len() > 10 { u64::MAX } else { digits.parse().unwrap_or(0) };
        let counted = u32::try_from(value).ok().filter(|&value| value <= Counts::LARGEST);
        return counted.ok_or_else(|| fault("is above 1,000,000,000"));
    }
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let number: f64 = text.parse().ok().filter(|_| is_number).ok_or_else(|| fault("is not a number"))?;
    match number {
        _ if number < 0.0 => Err(fault("is negative")),
        _ if number > f64::from(Counts::LARGEST) => Err(fault("is above 1,000,000,000")),
        _ if number.fract() != 0.0 => Err(fault("is not whole")),
        // Whole and within the range, so nothing is lost.
        _ => Ok(number as u32),
    }
}

/// A sum of counts, which may be above what a station has.
pub(crate) fn sum(unit: &str, counts: impl Iterator<Item = u32>) -> Result<u32, Fault> {
    let sum: u64 = counts.map(u64::from).sum();
    let counted = u32::try_from(sum).ok().filter(|&sum| sum <= Counts::LARGEST);
    counted.ok_or_else(|| Fault::TooLarge(unit.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_whole_numbers_that_a_station_can_have() {
        for (text, expected) in
            [("0", 0), (" 12 ", 12), ("0012", 12), ("12.0", 12), ("1.2E1", 12), ("1000000000", 1_000_000_000)]
        {
            assert_eq!(count("Count", text), Ok(expected), "{text}");
        }
        let why = |text: &str| match count("Count", text) {
            Err(Fault::Count { why, .. }) => why,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(why("-1"), "is negative");
        assert_eq!(why("1.5"), "is not whole");
        assert_eq!(why("18446744073709551616"), "is above 1,000,000,000");
        assert_eq!(why("1000000001"), "is above 1,000,000,000");
        assert_eq!(why("1e400"), "is above 1,000,000,000");
        for text in ["", "x", "NaN", "INF", "inf", "1_000", "0x10", "٣"] {
            assert_eq!(why(text), "is not a number", "{text}");
        }
    }
}
