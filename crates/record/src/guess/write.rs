//! A guess as an `election.toml`, with the reason behind each line.

use std::fmt::Write as _;

use super::Guess;
use crate::letters::turns_or_hides;
use crate::map::{Constant, Expression, Minus, OneOrMany, Selector, Sum};

impl Guess {
    /// The description of a record with this one table.
    pub fn election_toml(&self, title: &str, file: &str) -> String {
        let mut text = String::from(
            "# Written by `adil init`. Each line is a guess with its reason behind it: look at every one, and correct what\n\
             # is wrong. `adil check` on this file proves the sums again. All keys: docs/election-toml.md.\n\n",
        );
        let mut line = |line: std::fmt::Arguments<'_>| {
            let _ = text.write_fmt(line);
            text.push('\n');
        };
        line(format_args!("title = {}", toml_string(title)));
        line(format_args!("# date = \"2024-01-31\"\n"));
        line(format_args!("[[contest]]\nid = \"contest\"\ntitle = {}\n", toml_string(title)));
        line(format_args!("[[contest.release]]\nid = \"final\""));
        line(format_args!("publisher = \"not known\"        # who published the table: fill in"));
        line(format_args!(
            "kind = \"organiser\"             # those who ran the election; or press, party, observer …"
        ));
        line(format_args!("status = \"final\"               # or night, preliminary, copy …\n"));
        line(format_args!("[[table]]\nfile = {}\nrelease = \"final\"\n", toml_string(file)));
        text + &self.map_toml()
    }

    fn map_toml(&self) -> String {
        let map = &self.map;
        let mut text = String::from("[table.map]\n");
        let mut line = |key: &str, value: String, reason: Option<&String>| {
            let comment = reason.map_or(String::new(), |reason| format!("  # {}", reason.replace('\n', " ")));
            let _ = writeln!(text, "{key} = {value}{comment}");
        };
        if let Some(row) = map.header_row {
            line("header-row", row.to_string(), None);
        }
        for encoding in &map.encoding {
            line("encoding", format!("[{}]", toml_string(encoding)), None);
        }
        if let Some(sheet) = &map.sheet {
            line("sheet", toml_string(sheet), None);
        }
        let areas = map
            .areas
            .iter()
            .map(|area| format!("{{ level = {}, column = {} }}", toml_string(&area.level), selector(&area.column)));
        let areas: Vec<String> = areas.collect();
        if !areas.is_empty() {
            line("areas", format!("[{}]", areas.join(", ")), self.reasons.get("areas"));
        }
        let station = match &map.station {
            OneOrMany::One(column) => selector(column),
            OneOrMany::Many(columns) => list(columns.iter().map(selector)),
        };
        line("station", station, self.reasons.get("station"));
        if !map.missing.is_empty() {
            line(
                "missing",
                list(map.missing.iter().map(|cell| toml_string(cell))),
                Some(&"cells taken for \"not known\"".to_owned()),
            );
        }
        if let Some(thousands) = map.thousands {
            let reason = "the mark that groups the digits of counts".to_owned();
            line("thousands", toml_string(&thousands.mark().to_string()), Some(&reason));
        }
        if map.empty_is_zero {
            line("empty-is-zero", "true".to_owned(), Some(&"some options have empty cells".to_owned()));
        }
        line(
            "share-of",
            "\"valid\"".to_owned(),
            Some(&"or \"ballots\": those found in the boxes, invalid ones included".to_owned()),
        );
        for rule in &map.leave_out {
            let column = selector(&rule.column);
            let condition = match rule.empty {
                true => "empty = true".to_owned(),
                false => format!("equals = {}", list(rule.equals.iter().map(|cell| toml_string(cell)))),
            };
            let reason = toml_string(&rule.reason);
            let _ = writeln!(text, "\n[[table.map.leave-out]]\nreason = {reason}\ncolumn = {column}\n{condition}");
        }
        if !map.lines.is_empty() {
            text.push_str("\n[table.map.lines]\n");
            for (term, expression) in &map.lines {
                let reason = self.reasons.get(&format!("lines.{}", term.id())).cloned().unwrap_or_default();
                let _ = writeln!(text, "{} = {}  # {reason}", term.id(), self::expression(expression));
            }
        }
        if let Some(options) = &map.options {
            let reason = self.reasons.get("options").cloned().unwrap_or_default();
            let _ = writeln!(text, "\n[table.map.options]\n# {reason}\nlist = [");
            for option in &options.list {
                let _ = writeln!(
                    text,
                    "    {{ name = {}, votes = {} }},",
                    toml_string(&option.name),
                    self::expression(&option.votes)
                );
            }
            text.push_str("]\n");
        }
        if let Some(long) = &map.long {
            let reason = self.reasons.get("long").cloned().unwrap_or_default();
            let (code, value) = (selector(&long.code), selector(&long.value));
            let _ = writeln!(text, "\n[table.map.long]\n# {reason}\ncode = {code}\nvalue = {value}");
            text.push_str(
                "# lines = { registered = \"…\", invalid = [\"…\"] }   # codes that are lines of the protocol\n",
            );
            text.push_str("# ignore = [\"…\"]                                  # codes that are totals\n");
        }
        text
    }
}

fn list(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(", "))
}

fn selector(selector: &Selector) -> String {
    match selector {
        Selector::Header(name) => toml_string(name),
        Selector::Number(number) => format!("{{ column-number = {} }}", number.column_number),
        // A guess names columns by header or number only.
        other => toml_string(&other.to_string()),
    }
}

fn expression(expression: &Expression) -> String {
    match expression {
        Expression::Column(column) => selector(column),
        Expression::Sum(Sum { sum }) => format!("{{ sum = {} }}", list(sum.iter().map(self::expression))),
        Expression::Minus(Minus { minus }) => format!("{{ minus = {} }}", list(minus.iter().map(self::expression))),
        Expression::Constant(Constant { constant }) => format!("{{ constant = {constant} }}"),
    }
}

/// A TOML string. What steers a terminal or turns the direction of writing stands in it as `\u009B`, so that the file
/// can be looked at as it is.
pub fn toml_string(text: &str) -> String {
    let steers = |letter: char| letter.is_control() || turns_or_hides(letter);
    if !text.contains(steers) {
        return toml::Value::String(text.to_owned()).to_string();
    }
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if steers(letter) => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_quoted_text_is_read_back_and_steers_nothing(text in "(\\PC|[\\x00-\\x1f\\x7f-\\x9f\u{202e}\u{2066}\"\\\\'])*") {
            let quoted = toml_string(&text);
            let read: toml::Table = toml::from_str(&format!("a = {quoted}")).expect("it is TOML");
            prop_assert_eq!(read["a"].as_str(), Some(text.as_str()));
            let steers = quoted.contains(char::is_control) || quoted.contains(['\u{202e}', '\u{2066}']);
            prop_assert!(!steers);
        }
    }
}
