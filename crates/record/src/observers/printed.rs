//! A form as the plain text that it is read from.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Form, FormItem, ItemKind};
use crate::toml_string;

impl Form {
    /// The form as TOML: [`Form::parse`] of it is the same form.
    pub fn print(&self) -> String {
        let mut text = String::new();
        line(&mut text, "id", Some(&self.id));
        line(&mut text, "title", (self.title != self.id).then_some(&self.title));
        line(&mut text, "version", (!self.version.is_empty()).then_some(&self.version));
        line(&mut text, "stage", self.stage.map(|stage| stage.word().to_owned()).as_ref());
        line(&mut text, "language", self.language.as_ref());
        self.items.iter().for_each(|item| item.print(&mut text));
        text
    }
}

impl FormItem {
    fn print(&self, text: &mut String) {
        text.push_str("\n[[item]]\n");
        line(text, "id", Some(&self.id));
        line(text, "text", (self.text != self.id).then_some(&self.text));
        let is = |words: &[&str]| matches!(&self.kind, ItemKind::OneOf(choices) if choices == words);
        let kind = match &self.kind {
            ItemKind::OneOf(_) if is(&["yes", "no"]) => None,
            ItemKind::OneOf(_) if is(&["1", "2", "3", "4"]) => Some("mark"),
            ItemKind::OneOf(_) => Some("one-of"),
            ItemKind::SeveralOf(_) => Some("several-of"),
            ItemKind::Count => Some("count"),
            ItemKind::Clock => Some("clock"),
            ItemKind::Text => Some("text"),
        };
        line(text, "kind", kind.map(str::to_owned).as_ref());
        let choices = self.kind.choices();
        if matches!(kind, Some("one-of" | "several-of")) {
            let _ = writeln!(text, "choices = [{}]", listed(choices.iter()));
        }
        let in_order: Vec<&String> = self.in_order.iter().filter_map(|&place| choices.get(place)).collect();
        match in_order.as_slice() {
            [] => {}
            [only] => line(text, "in-order", Some(only)),
            several => {
                let _ = writeln!(text, "in-order = [{}]", listed(several.iter().copied()));
            }
        }
        line(text, "code", self.code.map(|code| code.word().to_owned()).as_ref());
        line(text, "obligation", self.obligation.as_ref());
        line(text, "relevant", self.relevant.as_ref());
        if self.required {
            text.push_str("required = true\n");
        }
        labels(text, &self.labels);
        for (language, translation) in &self.translations {
            let _ = writeln!(text, "[item.translations.{}]", key(language));
            line(text, "text", translation.text.as_ref());
            labels(text, &translation.labels);
        }
    }
}

fn line(text: &mut String, key: &str, value: Option<&String>) {
    if let Some(value) = value {
        let _ = writeln!(text, "{key} = {}", toml_string(value));
    }
}

fn listed<'a>(words: impl Iterator<Item = &'a String>) -> String {
    words.map(|word| toml_string(word)).collect::<Vec<_>>().join(", ")
}

fn labels(text: &mut String, labels: &BTreeMap<String, String>) {
    if !labels.is_empty() {
        let pair = |(choice, label): (&String, &String)| format!("{} = {}", key(choice), toml_string(label));
        let _ = writeln!(text, "labels = {{ {} }}", labels.iter().map(pair).collect::<Vec<_>>().join(", "));
    }
}

/// A key, bare where TOML lets it be, else in quotation marks on one line.
fn key(text: &str) -> String {
    let is_bare = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    match !text.is_empty() && text.bytes().all(is_bare) {
        true => text.to_owned(),
        false => {
            let mut quoted = String::from("\"");
            for letter in text.chars() {
                match letter {
                    '"' | '\\' => quoted.extend(['\\', letter]),
                    letter if letter.is_control() => {
                        let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
                    }
                    letter => quoted.push(letter),
                }
            }
            quoted + "\""
        }
    }
}
