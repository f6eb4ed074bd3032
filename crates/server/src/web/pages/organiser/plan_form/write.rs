//! A form as `questions.toml`, and which field stands on which line of it.

use super::{Kind, PlanForm, QuestionForm};

/// A field of the forms: of the election, or of the question of that number (from 0); `entry` is the place in a list,
/// from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) struct Place {
    pub(in super::super) question: Option<usize>,
    pub(in super::super) field: &'static str,
    pub(in super::super) entry: Option<usize>,
}

/// A plan's text.
#[derive(Debug, Default)]
pub(in super::super) struct Written {
    pub(in super::super) text: String,
    /// The line, from 1, on which a field begins.
    places: Vec<(usize, Place)>,
    question: Option<usize>,
    line: usize,
}

impl Written {
    /// The field that a line belongs to.
    pub(in super::super) fn place(&self, line: usize) -> Place {
        let above = self.places.iter().take_while(|(begins, _)| *begins <= line).last();
        above.map_or(Place { question: None, field: "title", entry: None }, |(_, place)| *place)
    }

    fn at(&mut self, field: &'static str, entry: Option<usize>) {
        self.places.push((self.line + 1, Place { question: self.question, field, entry }));
    }

    fn put(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
        self.line += 1 + line.bytes().filter(|byte| *byte == b'\n').count();
    }

    fn value(&mut self, field: &'static str, value: &str) {
        self.at(field, None);
        self.put(&format!("{field} = {value}"));
    }

    fn text(&mut self, field: &'static str, text: &str) {
        self.value(field, &quoted(text));
    }

    fn text_if_any(&mut self, field: &'static str, text: &str) {
        if !text.is_empty() {
            self.text(field, text);
        }
    }

    fn flag(&mut self, field: &'static str, flag: bool) {
        self.value(field, if flag { "true" } else { "false" });
    }

    /// A number; what is none goes in quotation marks, so that the plan's reader says so.
    fn number(&mut self, field: &'static str, number: &str) {
        let is_number = !number.is_empty() && number.len() < 10 && number.bytes().all(|byte| byte.is_ascii_digit());
        let plain = number.trim_start_matches('0');
        match is_number {
            true => self.value(field, if plain.is_empty() { "0" } else { plain }),
            false => self.text(field, number),
        }
    }

    fn texts(&mut self, field: &'static str, texts: &[String]) {
        self.at(field, None);
        self.put(&format!("{field} = ["));
        for (entry, text) in texts.iter().enumerate() {
            self.at(field, Some(entry));
            self.put(&format!("  {},", quoted(text)));
        }
        self.at(field, None);
        self.put("]");
    }

    fn question(&mut self, number: usize, question: &QuestionForm) {
        self.question = Some(number);
        self.put("");
        self.at("title", None);
        self.put("[[question]]");
        self.text("title", &question.title);
        self.text("kind", question.kind.name());
        match question.kind {
            Kind::Lists => return self.lists(&question.lists),
            _ => self.texts("answers", &question.answers),
        }
        if question.kind == Kind::Choices {
            self.number("min", &question.min);
            self.number("max", &question.max);
        }
        if question.kind == Kind::Graded {
            self.texts("grades", &question.grades);
        }
        if question.blank {
            self.flag("blank", true);
        }
        self.text_if_any("count", &question.count);
        let takes_seats = matches!(question.count.as_str(), "plurality" | "approval" | "stv");
        if takes_seats && !question.seats.is_empty() {
            self.number("seats", &question.seats);
        }
    }

    fn lists(&mut self, lists: &[Vec<String>]) {
        self.at("lists", None);
        self.put("lists = [");
        for (entry, list) in lists.iter().enumerate() {
            self.at("lists", Some(entry));
            let (name, candidates) =
                list.split_first().map_or((String::new(), [].as_slice()), |(name, rest)| (quoted(name), rest));
            let candidates: Vec<String> = candidates.iter().map(|candidate| quoted(candidate)).collect();
            self.put(&format!("  {{ name = {name}, candidates = [{}] }},", candidates.join(", ")));
        }
        self.at("lists", None);
        self.put("]");
    }
}

impl PlanForm {
    /// Writes `questions.toml`.
    pub(super) fn write(&self) -> Written {
        let mut written = Written::default();
        written.text("title", &self.title);
        if self.description.contains('\n') {
            let lines: Vec<String> = self.description.split('\n').map(escaped).collect();
            written.value("description", &format!("\"\"\"\n{}\"\"\"", lines.join("\n")));
        } else {
            written.text_if_any("description", &self.description);
        }
        written.at("languages", None);
        let codes: Vec<String> = self.languages.iter().map(|code| quoted(code)).collect();
        written.put(&format!("languages = [{}]", codes.join(", ")));
        written.text_if_any("organiser", &self.organiser);
        written.text_if_any("authority", &self.authority);
        if !self.group.is_empty() && self.group != "Ed25519" {
            written.text("group", &self.group);
        }
        written.flag("weights", self.weights);
        written.flag("second_factor", self.second_factor);
        written.text_if_any("opens", &self.opens);
        written.text_if_any("closes", &self.closes);
        for (number, question) in self.questions.iter().enumerate() {
            written.question(number, question);
        }
        written
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text).replace('\n', "\\n"))
}

/// What goes between the quotation marks; ends of lines stay.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push('\n'),
            other if other.is_control() => written.push_str(&format!("\\u{:04X}", u32::from(other))),
            other => written.push(other),
        }
    }
    written
}
