//! Minutes since 1970 as people read them.

/// A minute in UTC: `2026-11-25 21:37 UTC`.
///
/// Days are counted in years that begin in March, so that the leap day is the last one of a year; the five months from
/// March on have 153 days, and so have the next five.
pub(super) fn utc(minute: u64) -> String {
    /// Days from the first of March of the year 0 to 1 January 1970.
    const TO_1970: u64 = 719_468;
    let (days, minute) = (minute / 1_440 + TO_1970, minute % 1_440);
    let (era, day) = (days / 146_097, days % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let (month, year) = if month < 10 { (month + 3, year) } else { (month - 9, year + 1) };
    format!("{:04}-{month:02}-{day:02} {:02}:{:02} UTC", era * 400 + year, minute / 60, minute % 60)
}

#[cfg(test)]
mod tests {
    use super::utc;

    #[test]
    fn known_moments() {
        // Unix times 0; 951,782,400 = 2000-02-29T00:00Z; 1,000,000,000 = 2001-09-09T01:46:40Z; 1,709,251,199 is the last
        // second of 2024-02-29.
        for (seconds, text) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_000_000_000, "2001-09-09 01:46 UTC"),
            (1_709_251_199_u64, "2024-02-29 23:59 UTC"),
            (1_709_251_200, "2024-03-01 00:00 UTC"),
        ] {
            assert_eq!(utc(seconds / 60), text);
        }
        assert!(utc(u64::MAX).ends_with(" UTC"));
    }
}
