//! Time zones that organisers choose from, with the offset from Greenwich that they have all year. Where clocks are put
//! forward in summer there are two lines, so that nobody has to guess.

/// Name as in the IANA list, minutes east of Greenwich, and what is said beside it: `summer`, `winter`, or nothing.
pub(super) const ZONES: [(&str, i32, &str); 30] = [
    ("Asia/Almaty", 300, ""),
    ("Asia/Tashkent", 300, ""),
    ("Asia/Bishkek", 360, ""),
    ("Asia/Dushanbe", 300, ""),
    ("Asia/Ashgabat", 300, ""),
    ("Europe/Kaliningrad", 120, ""),
    ("Europe/Moscow", 180, ""),
    ("Europe/Samara", 240, ""),
    ("Asia/Yekaterinburg", 300, ""),
    ("Asia/Omsk", 360, ""),
    ("Asia/Novosibirsk", 420, ""),
    ("Asia/Irkutsk", 480, ""),
    ("Asia/Vladivostok", 600, ""),
    ("Europe/Minsk", 180, ""),
    ("Europe/Kyiv", 120, "winter"),
    ("Europe/Kyiv", 180, "summer"),
    ("Asia/Tbilisi", 240, ""),
    ("Asia/Yerevan", 240, ""),
    ("Asia/Baku", 240, ""),
    ("Europe/Istanbul", 180, ""),
    ("Europe/Berlin", 60, "winter"),
    ("Europe/Berlin", 120, "summer"),
    ("Europe/London", 0, "winter"),
    ("Europe/London", 60, "summer"),
    ("America/New_York", -300, "winter"),
    ("America/New_York", -240, "summer"),
    ("Asia/Shanghai", 480, ""),
    ("Asia/Tokyo", 540, ""),
    ("Asia/Kolkata", 330, ""),
    ("UTC", 0, ""),
];

/// The value of a zone in a form.
pub(super) fn value(name: &str, minutes: i32) -> String {
    format!("{name} {minutes}")
}

/// The zone of a value, if it is one of the list.
pub(super) fn of_value(text: &str) -> Option<(&'static str, i32)> {
    ZONES.iter().find(|(name, minutes, _)| value(name, *minutes) == text).map(|(name, minutes, _)| (*name, *minutes))
}

/// An offset as `+05:00`.
pub(super) fn offset(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}
