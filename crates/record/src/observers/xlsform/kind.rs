//! The types of XLSForm, under all the names that pyxform knows them by.

use super::WhyPassed;

/// What a row of `survey` is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A question with choices.
    Select { several: bool, list: String, or_other: bool },
    /// A whole number.
    Count,
    /// A time of the day.
    Clock,
    /// Words.
    Text,
    /// A group begins.
    BeginGroup,
    /// A group that is answered several times begins.
    BeginRepeat,
    /// A group ends.
    EndGroup,
    /// A group that is answered several times ends.
    EndRepeat,
    /// Anything else.
    Passed(WhyPassed),
}

const ONE: [&str; 5] = ["select_one", "select1", "select_one_from", "add_select_one_prompt_using", "select_one_list"];
const SEVERAL: [&str; 5] = [
    "select_multiple",
    "select_all_that_apply",
    "select_all_that_apply_from",
    "select_multiple_from",
    "add_select_multiple_prompt_using",
];

impl RowKind {
    /// What a type means, with the parameters of a `range`; `None` for a word that is no type, or a list that is missing.
    pub(super) fn of(text: &str, parameters: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        if let Some(select) = select(&words) {
            return Some(select);
        }
        let name = words.join("_").to_lowercase();
        let first = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
        if ["select_one_from_file", "select_multiple_from_file", "select_one_external"].contains(&first.as_str())
            || name.starts_with("select_one_from_file")
            || name.starts_with("select_multiple_from_file")
        {
            return Some(Self::Passed(WhyPassed::ElsewhereChosen));
        }
        if first == "rank" {
            return Some(Self::Passed(WhyPassed::Ranked));
        }
        let passed = |why| Some(Self::Passed(why));
        match name.as_str() {
            "integer" | "int" => Some(Self::Count),
            "time" => Some(Self::Clock),
            "text" | "string" => Some(Self::Text),
            "range" if is_whole(parameters) => Some(Self::Count),
            "decimal" | "range" => passed(WhyPassed::Decimal),
            "date" | "datetime" | "date_time" => passed(WhyPassed::Date),
            "begin_group" | "group" => Some(Self::BeginGroup),
            "end_group" => Some(Self::EndGroup),
            "begin_repeat" | "begin_lgroup" | "begin_looped_group" | "begin_loop" => Some(Self::BeginRepeat),
            "end_repeat" | "end_lgroup" | "end_looped_group" | "end_loop" => Some(Self::EndRepeat),
            "note" => passed(WhyPassed::Note),
            "calculate" | "hidden" | "csv-external" | "xml-external" => passed(WhyPassed::Computed),
            "acknowledge" | "trigger" => passed(WhyPassed::Tick),
            "start" | "end" | "today" => passed(WhyPassed::Times),
            "geopoint" | "geotrace" | "geoshape" | "location" | "gps" | "start-geopoint" => passed(WhyPassed::Place),
            "image" | "photo" | "audio" | "video" | "file" | "barcode" => passed(WhyPassed::Media),
            "deviceid" | "imei" | "simserial" | "subscriberid" | "phonenumber" | "phone_number" | "username"
            | "email" | "audit" | "background-audio" => passed(WhyPassed::Personal),
            _ if first.starts_with("uri:") => passed(WhyPassed::Personal),
            _ => None,
        }
    }
}

/// A question with choices: the words of the longest name that fits, then the list, then whether something else can be answered.
fn select(words: &[&str]) -> Option<RowKind> {
    for length in (1..words.len()).rev() {
        let (name, rest) = words.split_at(length);
        let name = name.join("_").to_lowercase();
        let (one, several) = (ONE.contains(&name.as_str()), SEVERAL.contains(&name.as_str()));
        let Some((list, more)) = rest.split_first().filter(|_| one || several) else { continue };
        let more = more.join("_").to_lowercase();
        let or_other = matches!(more.as_str(), "or_other" | "or_specify_other");
        if or_other || more.is_empty() {
            return Some(RowKind::Select { several, list: (*list).to_owned(), or_other });
        }
    }
    None
}

/// Whether a range has whole numbers from 0 on only.
fn is_whole(parameters: &str) -> bool {
    let mut parts = parameters.split([' ', ',', ';']).filter(|part| !part.is_empty());
    parts.all(|part| part.split_once('=').is_some_and(|(_, value)| value.trim().parse::<u32>().is_ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_go_by_many_names() {
        let select = |several, or_other| RowKind::Select { several, list: "L".to_owned(), or_other };
        let cases = [
            ("select_one L", select(false, false)),
            ("select one from L or_other", select(false, true)),
            ("Select_Multiple  L or specify other", select(true, true)),
            ("select all that apply from L", select(true, false)),
            ("select_one_from_file towns.csv", RowKind::Passed(WhyPassed::ElsewhereChosen)),
            ("rank L", RowKind::Passed(WhyPassed::Ranked)),
            ("begin group", RowKind::BeginGroup),
            ("begin_repeat", RowKind::BeginRepeat),
            ("uri:deviceid", RowKind::Passed(WhyPassed::Personal)),
            ("dateTime", RowKind::Passed(WhyPassed::Date)),
        ];
        for (text, kind) in cases {
            assert_eq!(RowKind::of(text, ""), Some(kind), "{text}");
        }
        for text in ["", "intger", "select_one", "select_one L and more"] {
            assert_eq!(RowKind::of(text, ""), None, "{text}");
        }
        assert_eq!(RowKind::of("range", "start=0 end=10 step=1"), Some(RowKind::Count));
        assert_eq!(RowKind::of("range", "start=0 end=1 step=0.1"), Some(RowKind::Passed(WhyPassed::Decimal)));
    }
}
