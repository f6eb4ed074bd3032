//! Moments as people write them, from seconds since 1970.

use adil_election::calendar::{date, days};

fn parts(seconds: u64, offset_minutes: i32) -> (i64, i64, i64, i64, i64, i64) {
    let local = i64::try_from(seconds).unwrap_or(i64::MAX / 2) + i64::from(offset_minutes) * 60;
    let (year, month, day) = date(local.div_euclid(86_400));
    let of_day = local.rem_euclid(86_400);
    (year, month, day, of_day / 3_600, of_day / 60 % 60, of_day % 60)
}

/// As `2026-11-25 18:30 UTC`.
pub(crate) fn in_utc(seconds: u64) -> String {
    let (year, month, day, hour, minute, _) = parts(seconds, 0);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02} UTC")
}

/// As RFC 3339 has it, e.g. `2026-11-25T18:30:00+05:00`.
pub(crate) fn rfc3339(seconds: u64, offset_minutes: i32) -> String {
    let (year, month, day, hour, minute, second) = parts(seconds, offset_minutes);
    let sign = if offset_minutes < 0 { '-' } else { '+' };
    let (hours, minutes) = (offset_minutes.abs() / 60, offset_minutes.abs() % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}")
}

/// As fields of forms have it: `2026-11-25T18:30`, in a zone that many minutes east of Greenwich.
pub(crate) fn local(seconds: u64, offset_minutes: i32) -> String {
    let (year, month, day, hour, minute, _) = parts(seconds, offset_minutes);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")
}

/// The seconds since 1970 of what a field of a form has, `2026-11-25T18:30`; `None` where it is no moment from 1970 on.
pub(crate) fn of_local(text: &str, offset_minutes: i32) -> Option<u64> {
    let (date_text, time) = text.trim().split_once(['T', ' '])?;
    let mut fields = date_text.split('-').map(|field| field.parse::<i64>().ok());
    let (year, month, day) = (fields.next()??, fields.next()??, fields.next()??);
    let mut fields = time.split(':').map(|field| field.parse::<i64>().ok());
    let (hour, minute) = (fields.next()??, fields.next()??);
    let in_range = (1970..=9999).contains(&year) && (0..24).contains(&hour) && (0..60).contains(&minute);
    // The day is bounded before anything is worked out with it.
    if !in_range
        || !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
        || date(days(year, month, day)) != (year, month, day)
    {
        return None;
    }
    let local = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60;
    u64::try_from(local - i64::from(offset_minutes) * 60).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_of_the_calendar() {
        // `date -u -d @SECONDS` of GNU coreutils.
        for (seconds, text) in [
            (0, "1970-01-01 00:00 UTC"),
            (951_782_400, "2000-02-29 00:00 UTC"),
            (1_795_000_020, "2026-11-18 11:07 UTC"),
            (4_107_542_399, "2100-02-28 23:59 UTC"),
            (4_107_542_400, "2100-03-01 00:00 UTC"),
        ] {
            assert_eq!(in_utc(seconds), text);
        }
        assert_eq!(rfc3339(951_782_400, 300), "2000-02-29T05:00:00+05:00");
        assert_eq!(rfc3339(951_782_400, -210), "2000-02-28T20:30:00-03:30");
    }

    #[test]
    fn what_a_form_has_is_read_again() {
        for offset in [0, 300, -210] {
            assert_eq!(of_local(&local(1_795_000_020, offset), offset), Some(1_795_000_020));
        }
        assert_eq!(of_local("2026-01-9223372036854775807T10:00", 0), None);
        for bad in ["", "2026-11-25", "2026-02-29T10:00", "2026-13-01T10:00", "2026-11-25T24:00", "1969-12-31T10:00"] {
            assert_eq!(of_local(bad, 0), None, "{bad}");
        }
    }
}
