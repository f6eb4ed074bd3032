//! Time: seconds and minutes since 1970, and the texts that people give and read.

use std::time::{SystemTime, UNIX_EPOCH};

use adil_election::calendar::{date, days};

use super::HoldFailure;

/// Seconds since 1970.
pub(crate) fn seconds() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |elapsed| elapsed.as_secs())
}

/// The minute since 1970 of a text such as `2026-11-25T20:00Z` or `2026-11-25T20:00+05:00`.
pub(crate) fn minute(text: &str) -> Result<u64, HoldFailure> {
    let wrong = || {
        let form = "a time is written like 2026-11-25T20:00Z or 2026-11-25T20:00+05:00";
        HoldFailure::Input(format!("{text:?} is no time: {form}"))
    };
    let (day, time) = text.split_once(['T', ' ']).ok_or_else(wrong)?;
    let (clock, offset) = match time.strip_suffix('Z') {
        Some(clock) => (clock, 0),
        None => {
            let at = time.rfind(['+', '-']).ok_or_else(wrong)?;
            let (clock, zone) = time.split_at(at);
            let (sign, zone) = zone.split_at(1);
            let [hours, minutes] = numbers(zone, ':').and_then(|parts| parts.try_into().ok()).ok_or_else(wrong)?;
            (clock, (if sign == "-" { -1 } else { 1 }) * (60 * hours + minutes))
        }
    };
    let [year, month, day] = numbers(day, '-').and_then(|parts| parts.try_into().ok()).ok_or_else(wrong)?;
    let parts = numbers(clock, ':').filter(|parts| (2..=3).contains(&parts.len())).ok_or_else(wrong)?;
    let in_range = (1..=12).contains(&month) && (1..=31).contains(&day) && parts[0] < 24 && parts[1] < 60;
    let minutes = days(year, month, day) * 1440 + parts[0] * 60 + parts[1] - offset;
    u64::try_from(minutes).ok().filter(|_| in_range).ok_or_else(wrong)
}

fn numbers(text: &str, between: char) -> Option<Vec<i64>> {
    let number = |part: &str| {
        let is_number = !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { part.parse().ok() } else { None }
    };
    text.split(between).map(number).collect()
}

/// A minute as people read it, in universal time.
pub(crate) fn shown(minute: u64) -> String {
    let minutes = i64::try_from(minute).unwrap_or(i64::MAX / 2);
    let (day, of_day) = (minutes.div_euclid(1440), minutes.rem_euclid(1440));
    let (year, month, day) = date(day);
    format!("{year:04}-{month:02}-{day:02} {:02}:{:02} UTC", of_day / 60, of_day % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_and_shown() {
        // `date -u -d "2026-11-25 20:00" +%s` is 1795636800: 29,927,280 minutes.
        assert_eq!(minute("2026-11-25T20:00Z").ok(), Some(29_927_280));
        assert_eq!(minute("2026-11-26T01:00+05:00").ok(), Some(29_927_280));
        assert_eq!(minute("2026-11-25T20:00:59Z").ok(), Some(29_927_280));
        assert_eq!(shown(29_927_280), "2026-11-25 20:00 UTC");
        assert_eq!(minute("1970-01-01T00:00Z").ok(), Some(0));
        assert_eq!(minute("2000-02-29T12:00Z").map(shown).ok().as_deref(), Some("2000-02-29 12:00 UTC"));
        for bad in
            ["", "2026-11-25", "2026-13-25T20:00Z", "2026-11-25T24:00Z", "2026-11-25T20:00", "x", "1969-12-31T00:00Z"]
        {
            assert!(minute(bad).is_err(), "{bad}");
        }
    }
}
