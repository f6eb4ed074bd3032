//! Numbers as people write them.

/// A whole number in groups of three digits, as `Intl.NumberFormat` of browsers has it: a comma between them in English,
/// a space that does not break elsewhere.
pub(super) fn grouped(number: impl Into<u128>, language: &str) -> String {
    let digits = number.into().to_string();
    let divider = if language == "en" { ',' } else { '\u{a0}' };
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(divider);
        }
        text.push(digit);
    }
    text
}

/// `part` of `whole` in tenths of a percent, rounded half up, as `12.5 %`; nothing of nothing.
pub(super) fn percent(part: u128, whole: u128, language: &str) -> String {
    let tenths = match whole {
        0 => 0,
        _ => (part.saturating_mul(2_000).saturating_add(whole)) / whole.saturating_mul(2),
    };
    let point = if language == "en" { '.' } else { ',' };
    let space = if language == "en" { "" } else { "\u{a0}" };
    format!("{}{point}{}{space}%", tenths / 10, tenths % 10)
}

/// `part` of `whole` in thousandths, for the lengths of bars.
pub(super) fn thousandths(part: u128, whole: u128) -> u128 {
    match whole {
        0 => 0,
        _ => part.saturating_mul(1_000) / whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        assert_eq!(grouped(0_u64, "en"), "0");
        assert_eq!(grouped(1_204_u64, "en"), "1,204");
        assert_eq!(grouped(1_204_u64, "ru"), "1\u{a0}204");
        assert_eq!(grouped(12_040_000_u64, "kk"), "12\u{a0}040\u{a0}000");
    }

    #[test]
    fn percentages_are_rounded_half_up() {
        // 1/3 = 33.33… %, 2/3 = 66.66… %, 1/2000 = 0.05 %.
        assert_eq!(percent(1, 3, "en"), "33.3%");
        assert_eq!(percent(2, 3, "ru"), "66,7\u{a0}%");
        assert_eq!(percent(1, 2_000, "en"), "0.1%");
        assert_eq!(percent(0, 0, "en"), "0.0%");
        assert_eq!(thousandths(1, 3), 333);
    }
}
