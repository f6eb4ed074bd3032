//! Counts in cells.

use crate::Counts;

/// Why a cell holds no count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CellFault {
    /// It is not a number.
    #[error("is not a number")]
    Text,
    /// It is below zero.
    #[error("is negative")]
    Negative,
    /// It has a fraction.
    #[error("is not whole")]
    Fraction,
    /// It has a point or comma before three digits: `1.097` is a thousand in one country and one in another.
    #[error(
        "has a point or a comma that may group thousands or begin a fraction; say which with thousands = \".\" or \",\" in the map"
    )]
    Grouped,
    /// It is no latitude or no longitude.
    #[error("is not a number of degrees: a latitude from -90 to 90, a longitude from -180 to 180")]
    Degrees,
    /// It is none of the words that the map has for yes and no.
    #[error("is neither among the cells for yes nor among those for no that the map names")]
    Mark,
    /// It is not the number that a poll's column must have.
    #[error("is not {0}")]
    Interview(&'static str),
    /// It is above [`Counts::LARGEST`].
    #[error("is above 1,000,000,000, more than any station has")]
    TooLarge,
}

impl CellFault {
    /// What the cell should have held.
    pub fn expected(self) -> &'static str {
        match self {
            Self::Interview(what) => what,
            _ => "a whole number of at least 0",
        }
    }
}

/// Reads a count. Blanks may group digits in threes, and a workbook's `12.0` is 12. An empty cell is `None`.
///
/// # Errors
/// The cell holds something else.
pub(crate) fn count(cell: &str) -> Result<Option<u32>, CellFault> {
    let bytes = cell.as_bytes();
    if !bytes.is_empty() && bytes.len() <= 9 && bytes.iter().all(u8::is_ascii_digit) {
        return Ok(Some(bytes.iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'))));
    }
    let trimmed = cell.trim();
    if trimmed.is_empty() { Ok(None) } else { slow(trimmed).map(Some) }
}

fn slow(cell: &str) -> Result<u32, CellFault> {
    let (negative, digits) = match cell.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (true, rest),
        None => (false, cell.strip_prefix('+').unwrap_or(cell)),
    };
    if is_grouped(digits) {
        return Err(CellFault::Grouped);
    }
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = ungrouped(whole).ok_or(CellFault::Text)?;
    if whole.is_empty() || !is_digits(fraction) {
        return Err(CellFault::Text);
    }
    if fraction.bytes().any(|byte| byte != b'0') {
        return Err(CellFault::Fraction);
    }
    let count = whole.trim_start_matches('0').bytes().try_fold(0u32, |sum, digit| {
        sum.checked_mul(10)?.checked_add(u32::from(digit - b'0')).filter(|&sum| sum <= Counts::LARGEST)
    });
    match count {
        Some(0) => Ok(0),
        Some(_) if negative => Err(CellFault::Negative),
        Some(count) => Ok(count),
        None => Err(CellFault::TooLarge),
    }
}

/// Reads a count in which `thousands` cuts digits into groups of three.
///
/// # Errors
/// The cell holds something else, or groups digits by another mark.
pub(crate) fn grouped_count(cell: &str, thousands: char) -> Result<Option<u32>, CellFault> {
    match count(cell) {
        Err(CellFault::Grouped) if !cell.contains(other_mark(thousands)) => count(&cell.replace(thousands, "")),
        outcome => outcome,
    }
}

/// Reads degrees: a decimal number, with a point or a comma. An empty cell is `None`.
///
/// # Errors
/// The cell holds something else, or more than `most` degrees on either side of zero.
pub(super) fn degrees(cell: &str, most: f64) -> Result<Option<f64>, CellFault> {
    let number = decimal(cell).ok_or(CellFault::Degrees)?;
    if number.is_none_or(|degrees| degrees.abs() <= most) { Ok(number) } else { Err(CellFault::Degrees) }
}

/// Reads a decimal number, with a point or a comma: `None` where it is none, and none of an empty cell.
pub(super) fn decimal(cell: &str) -> Option<Option<f64>> {
    let cell = cell.trim();
    if cell.is_empty() {
        return Some(None);
    }
    let is_decimal = cell.bytes().all(|byte| byte.is_ascii_digit() || b"+-.,".contains(&byte));
    let number = cell.replace('\u{2212}', "-").replace(',', ".").parse::<f64>().ok();
    number.filter(|number| (is_decimal || cell.starts_with('\u{2212}')) && number.is_finite()).map(Some)
}

fn other_mark(thousands: char) -> char {
    if thousands == '.' { ',' } else { '.' }
}

/// Whether points or commas cut digits into groups of three, as in `1.097`, `1,000` and `1.097.123`.
fn is_grouped(digits: &str) -> bool {
    let mut groups = digits.split(['.', ',']);
    let is_group = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()) && is_group(first) && first != "0");
    first && groups.clone().next().is_some() && groups.all(|group| group.len() == 3 && is_group(group))
}

/// Digits without the blanks that group them in threes; `None` where anything else stands among them.
fn ungrouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split([' ', '\u{a0}', '\u{202f}', '\u{2009}']).collect();
    let is_digits = |group: &&str| group.bytes().all(|byte| byte.is_ascii_digit());
    let well_grouped = groups.len() == 1 || groups[1..].iter().all(|group| group.len() == 3);
    (well_grouped && groups.iter().all(is_digits)).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_in_all_their_spellings() {
        for (cell, value) in [
            ("0", 0),
            ("0017", 17),
            ("1097.0", 1097),
            ("1097.000", 1097),
            (" 12 ", 12),
            ("1 097 123", 1_097_123),
            ("+3", 3),
            ("-0", 0),
        ] {
            assert_eq!(count(cell), Ok(Some(value)), "{cell:?}");
        }
        assert_eq!(count("1000000000"), Ok(Some(Counts::LARGEST)));
        assert_eq!(count("  "), Ok(None));
    }

    #[test]
    fn a_declared_mark_groups_thousands() {
        assert_eq!(grouped_count("1.097.123", '.'), Ok(Some(1_097_123)));
        assert_eq!(grouped_count("12,345", ','), Ok(Some(12_345)));
        assert_eq!(grouped_count("812", '.'), Ok(Some(812)));
        assert_eq!(grouped_count("1,097", '.'), Err(CellFault::Grouped));
        assert_eq!(grouped_count("1.5", '.'), Err(CellFault::Fraction));
    }

    #[test]
    fn degrees_are_decimal_numbers_on_the_globe() {
        for (cell, value) in [("42.5", 42.5), (" -17,25 ", -17.25), ("\u{2212}3", -3.0), ("180", 180.0)] {
            assert_eq!(degrees(cell, 180.0), Ok(Some(value)), "{cell:?}");
        }
        assert_eq!(degrees(" ", 90.0), Ok(None));
        for cell in ["90.01", "inf", "NaN", "4e1", "42.5 N", "1.2.3", "-"] {
            assert_eq!(degrees(cell, 90.0), Err(CellFault::Degrees), "{cell:?}");
        }
    }

    #[test]
    fn what_is_no_count_says_why() {
        for (cell, fault) in [
            ("abc", CellFault::Text),
            ("1,5", CellFault::Text),
            ("1e3", CellFault::Text),
            ("10 97", CellFault::Text),
            ("-", CellFault::Text),
            ("٣", CellFault::Text),
            ("-5", CellFault::Negative),
            ("2091.4", CellFault::Fraction),
            ("2091.400", CellFault::Fraction),
            ("1.097", CellFault::Grouped),
            // A thousand where points group digits; it must not become one.
            ("1.000", CellFault::Grouped),
            ("-12,345,678", CellFault::Grouped),
            ("9223372036854775808", CellFault::TooLarge),
            ("1000000001", CellFault::TooLarge),
        ] {
            assert_eq!(count(cell), Err(fault), "{cell:?}");
        }
    }
}
