//! Moments: seconds since 1970, and the texts that people give and read.

use std::fmt;

/// A moment, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(i64);

impl Moment {
    /// So many seconds after the beginning of 1970 in universal time.
    pub fn of_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The last moment before it, or it itself, that is a whole number of `minutes` after the beginning of 1970; at least 1 minute is taken.
    pub fn rounded_down(self, minutes: u32) -> Self {
        let step = i64::from(minutes.max(1)) * 60;
        Self(self.0.div_euclid(step) * step)
    }

    /// Seconds since the beginning of 1970 in universal time.
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// A moment as RFC 3339 writes it, with `Z` or its offset from universal time; seconds may be left out, and a fraction of one is cut off.
    /// An offset of whole hours may have no minutes (ISO 8601). None for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (day, time) = text.split_once('T')?;
        let (clock, offset) = match time.strip_suffix('Z') {
            Some(clock) => (clock, 0),
            None => {
                let (clock, zone) = time.split_at_checked(time.rfind(['+', '-'])?)?;
                let [hours, minutes] = match zone.len() {
                    3 => [*numbers(zone.get(1..)?, ':', &[2])?.first()?, 0],
                    _ => numbers(zone.get(1..)?, ':', &[2, 2])?.try_into().ok()?,
                };
                let east = if zone.starts_with('+') { 1 } else { -1 };
                (clock, if hours < 24 && minutes < 60 { east * (hours * 3600 + minutes * 60) } else { return None })
            }
        };
        let [year, month, day] = numbers(day, '-', &[4, 2, 2])?.try_into().ok()?;
        let clock = match clock.split_once('.') {
            Some((whole, fraction)) if whole.len() == 8 => {
                let is_fraction =
                    (1..=9).contains(&fraction.len()) && fraction.bytes().all(|byte| byte.is_ascii_digit());
                is_fraction.then_some(whole)?
            }
            _ => clock,
        };
        let clock = if clock.len() == 5 { format!("{clock}:00") } else { clock.to_owned() };
        let [hour, minute, second] = numbers(&clock, ':', &[2, 2, 2])?.try_into().ok()?;
        let days = days(year, month, day);
        let exists = (1..=12).contains(&month) && date(days) == (year, month, day);
        let is_time = hour < 24 && minute < 60 && second < 60;
        (exists && is_time).then_some(Self(days * 86_400 + hour * 3600 + minute * 60 + second - offset))
    }
}

impl fmt::Display for Moment {
    /// In universal time.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date(self.0.div_euclid(86_400));
        let of_day = self.0.rem_euclid(86_400);
        let (hour, minute, second) = (of_day / 3600, of_day / 60 % 60, of_day % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

/// Numbers of so many digits each.
fn numbers(text: &str, between: char, digits: &[usize]) -> Option<Vec<i64>> {
    let parts: Vec<&str> = text.split(between).collect();
    let is_number =
        |(part, &length): (&&str, &usize)| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = parts.len() == digits.len() && parts.iter().zip(digits).all(is_number);
    if fits { parts.iter().map(|part| part.parse().ok()).collect() } else { None }
}

/// Days from 1970-01-01 to a date of the Gregorian calendar: whole years, then the months before it, then the days.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let before = year - 1;
    let of_years = before * 365 + before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let of_months: i64 = (1..month).map(|month| length(year, month)).sum();
    of_years + of_months + day - 1 - 719_162
}

/// Year, month and day of so many days since 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    // A year that is surely not too late.
    let mut year = 1969 + days.div_euclid(366).min(days.div_euclid(365));
    while self::days(year + 1, 1, 1) <= days {
        year += 1;
    }
    let (mut month, mut left) = (1, days - self::days(year, 1, 1));
    while left >= length(year, month) {
        left -= length(year, month);
        month += 1;
    }
    (year, month, left + 1)
}

fn length(year: i64, month: i64) -> i64 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn moments_are_read_and_written() {
        // `date -u -d "2026-11-25 20:00" +%s` is 1795636800.
        assert_eq!(Moment::parse("2026-11-25T20:00Z"), Some(Moment(1_795_636_800)));
        assert_eq!(Moment::parse("2026-11-26T01:00:00+05:00"), Some(Moment(1_795_636_800)));
        assert_eq!(Moment(1_795_636_800).to_string(), "2026-11-25T20:00:00Z");
        // `date -u -d "2000-02-29 12:00:07" +%s` is 951825607.
        assert_eq!(Moment::parse("2000-02-29T07:00:07-05:00"), Some(Moment(951_825_607)));
        let wrong =
            ["", "2026-11-25", "2026-02-29T10:00Z", "2026-13-01T10:00Z", "2026-01-00T10:00Z", "2026-11-25T24:00Z"];
        let strange =
            ["2026-11-25T20:00", "2026-11-25 20:00Z", "2026-11-25T20:0Z", "+026-11-25T20:00Z", "2026-11-25T20:00+5"];
        // What telephones write: `date -u -d "2024-03-10 02:00:00" +%s` is 1710036000.
        for text in ["2024-03-10T08:00:00.000+06:00", "2024-03-10T08:00:00.999999999+06", "2024-03-10T02:00:00.5Z"] {
            assert_eq!(Moment::parse(text), Some(Moment(1_710_036_000)), "{text}");
        }
        let no_fraction =
            ["2024-03-10T02:00.5Z", "2024-03-10T02:00:00.Z", "2024-03-10T02:00:00.1x2Z", "2024-03-10T02:00:00,5Z"];
        for text in wrong.iter().chain(&strange).chain(&no_fraction) {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn moments_are_rounded_down_by_whole_minutes() {
        let at = |text| Moment::parse(text).expect("a moment");
        assert_eq!(at("2024-03-10T10:17:59Z").rounded_down(15), at("2024-03-10T10:15Z"));
        assert_eq!(at("1969-12-31T23:59:59Z").rounded_down(60), at("1969-12-31T23:00Z"));
        assert_eq!(at("2024-03-10T10:17:59Z").rounded_down(0), at("2024-03-10T10:17Z"));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(seconds in -62_135_596_800i64..253_402_300_800) {
            prop_assert_eq!(Moment::parse(&Moment(seconds).to_string()), Some(Moment(seconds)));
        }
    }
}
