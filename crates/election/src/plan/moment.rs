//! Moments as the organiser writes them: RFC 3339 with an offset.

use std::str::FromStr as _;

use toml::value::{Datetime, Offset};

use crate::calendar;

/// Seconds from the beginning of 1970 to the moment, in UTC; `None` where the text is no moment with an offset. Fractions of
/// seconds are left out.
pub(super) fn seconds(text: &str) -> Option<i64> {
    let Datetime { date: Some(date), time: Some(time), offset: Some(offset) } = Datetime::from_str(text).ok()? else {
        return None;
    };
    let days = calendar::days(i64::from(date.year), i64::from(date.month), i64::from(date.day));
    let minutes = match offset {
        Offset::Z => 0,
        Offset::Custom { minutes } => i64::from(minutes),
    };
    let seconds = i64::from(time.hour) * 3_600 + i64::from(time.minute) * 60 + i64::from(time.second?);
    Some(days * 86_400 + seconds - minutes * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_in_different_offsets_are_compared() {
        let difference = |from: &str, to: &str| Some(seconds(to)? - seconds(from)?);
        // Unix time 951,782,400 is 2000-02-29T00:00:00Z, 1,000,000,000 is 2001-09-09T01:46:40Z.
        assert_eq!(difference("2000-02-29T00:00:00Z", "2001-09-09T01:46:40Z"), Some(48_217_600));
        assert_eq!(difference("1970-01-01T00:00:00Z", "2000-02-29T00:00:00Z"), Some(951_782_400));
        assert_eq!(difference("2026-05-01T09:00:00+05:00", "2026-05-01T04:00:00Z"), Some(0));
        assert_eq!(difference("2026-05-01T09:00:00+05:00", "2026-05-01T05:00:00-00:30"), Some(5_400));
    }

    #[test]
    fn a_moment_has_date_time_and_offset() {
        for text in ["", "2026-05-01", "09:00:00", "2026-05-01T09:00:00", "2026-02-30T09:00:00Z", "tomorrow"] {
            assert_eq!(seconds(text), None, "{text:?}");
        }
    }
}
