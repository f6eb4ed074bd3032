//! The tables of a plan with the lines on which their values stand.
//!
//! Reading goes on after a fault, so that all of them are told at once. A value that could not be read is `None` from
//! then on, and nothing is said about what would follow from it.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::limits;
use super::rule::{PlanFault, PlanRule};

/// A value and its line, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At<T> {
    pub(super) value: T,
    pub(super) line: usize,
}

/// The faults found so far, and where lines begin.
pub(super) struct Reader {
    line_starts: Vec<usize>,
    pub(super) faults: Vec<PlanFault>,
}

impl Reader {
    pub(super) fn new(text: &str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(place, _)| place + 1);
        Self { line_starts: starts.collect(), faults: Vec::new() }
    }

    /// The line, from 1, of a byte.
    pub(super) fn line(&self, byte: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= byte) + 1
    }

    pub(super) fn fault(&mut self, rule: PlanRule, line: usize, found: impl Into<String>) {
        self.faults.push(PlanFault { line, rule, found: found.into() });
    }

    /// Refuses a text that a reader could not see, or could be misled by.
    pub(super) fn text(&mut self, name: &str, text: &At<String>, most: usize, may_have_lines: bool) {
        let At { value, line } = text;
        let mut refuse = |found: String| self.fault(PlanRule::Text, *line, found);
        if value.chars().all(char::is_whitespace) {
            return refuse(format!("`{name}` is empty"));
        }
        if let Some(character) = value.chars().find(|c| steers(*c) && !(may_have_lines && *c == '\n')) {
            refuse(format!("`{name}` has the character U+{:04X}", u32::from(character)));
        } else if value.trim() != value {
            refuse(format!("`{name}` begins or ends with a space"));
        }
        let length = value.chars().count();
        if length > most {
            refuse(format!("`{name}` has {length} characters; {most} are allowed"));
        }
    }
}

/// Characters that are not seen but change how others are seen: controls, line separators, and those that set the
/// direction of writing or have no width.
pub(crate) fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{061C}' | '\u{FEFF}')
}

/// One table of the plan: the whole, a question, or a list.
pub(super) struct Table<'a> {
    table: &'a DeTable<'a>,
    /// The line on which it begins.
    pub(super) line: usize,
    /// Its name in faults, such as `question 2`.
    name: String,
}

impl<'a> Table<'a> {
    /// The table; its fields that are not among `allowed` are faults.
    pub(super) fn new(
        table: &'a DeTable<'a>,
        line: usize,
        name: String,
        allowed: &[&str],
        reader: &mut Reader,
    ) -> Self {
        for key in table.keys() {
            let field = key.get_ref().as_ref();
            if !allowed.contains(&field) {
                let line = reader.line(key.span().start);
                let field: String = field.chars().take(limits::TEXT_CHARACTERS).collect();
                let allowed = allowed.join(", ");
                reader.fault(PlanRule::Field, line, format!("{name} has no field `{field}`; it has {allowed}"));
            }
        }
        Self { table, line, name }
    }

    /// Whether the field is given, and its line.
    pub(super) fn has(&self, field: &str, reader: &Reader) -> Option<usize> {
        self.table.get_key_value(field).map(|(key, _)| reader.line(key.span().start))
    }

    /// Says that a field is missing which is needed.
    pub(super) fn missing(&self, field: &str, reader: &mut Reader) {
        if !self.table.contains_key(field) {
            reader.fault(PlanRule::Missing, self.line, format!("{} has no `{field}`", self.name));
        }
    }

    fn value(&self, field: &str, reader: &Reader) -> Option<At<&'a DeValue<'a>>> {
        let value = self.table.get(field)?;
        Some(At { value: value.get_ref(), line: reader.line(value.span().start) })
    }

    /// A value of some type; `wanted` names the type.
    fn read<T>(
        &self,
        field: &str,
        wanted: &str,
        reader: &mut Reader,
        read: impl FnOnce(&'a DeValue<'a>) -> Option<T>,
    ) -> Option<At<T>> {
        let At { value, line } = self.value(field, reader)?;
        let read = read(value);
        if read.is_none() {
            let found = value.type_str();
            reader.fault(PlanRule::Type, line, format!("`{field}` is {wanted}; what stands here is another {found}"));
        }
        Some(At { value: read?, line })
    }

    /// A text, unchecked.
    pub(super) fn raw_text(&self, field: &str, reader: &mut Reader) -> Option<At<String>> {
        self.read(field, "a text in quotation marks", reader, |value| value.as_str().map(str::to_owned))
    }

    /// A text on one line.
    pub(super) fn text(&self, field: &str, reader: &mut Reader) -> Option<At<String>> {
        let text = self.raw_text(field, reader)?;
        reader.text(field, &text, limits::TEXT_CHARACTERS, false);
        Some(text)
    }

    /// `true` or `false`.
    pub(super) fn flag(&self, field: &str, reader: &mut Reader) -> Option<bool> {
        self.read(field, "true or false", reader, DeValue::as_bool).map(|flag| flag.value)
    }

    /// A whole number from 0 to 2^32 - 1.
    pub(super) fn number(&self, field: &str, reader: &mut Reader) -> Option<At<u32>> {
        self.read(field, "a whole number, not below 0", reader, |value| {
            let number = value.as_integer()?;
            u32::from_str_radix(number.as_str(), number.radix()).ok()
        })
    }

    /// A moment: a text, or TOML's own.
    pub(super) fn moment(&self, field: &str, reader: &mut Reader) -> Option<At<String>> {
        self.read(field, "a moment such as \"2026-05-01T09:00:00+05:00\"", reader, |value| match value {
            DeValue::String(text) => Some(text.as_ref().to_owned()),
            DeValue::Datetime(moment) => Some(moment.to_string()),
            _ => None,
        })
    }

    /// A list of texts, each checked; the line is that of the list.
    pub(super) fn texts(&self, field: &str, reader: &mut Reader) -> Option<At<Vec<At<String>>>> {
        let At { value, line } = self.read(field, "a list of texts in quotation marks", reader, DeValue::as_array)?;
        let mut texts = Vec::with_capacity(value.len());
        for entry in value {
            let line = reader.line(entry.span().start);
            let Some(text) = entry.get_ref().as_str() else {
                reader.fault(PlanRule::Type, line, format!("an entry of `{field}` is no text in quotation marks"));
                continue;
            };
            let text = At { value: text.to_owned(), line };
            reader.text(&format!("an entry of `{field}`").replace('`', ""), &text, limits::TEXT_CHARACTERS, false);
            texts.push(text);
        }
        // A list that was not read whole is none: what follows from its length would be wrong.
        (texts.len() == value.len()).then_some(At { value: texts, line })
    }

    /// A list of tables, each named by `name` and its number.
    pub(super) fn tables(
        &self,
        field: &str,
        name: &str,
        allowed: &[&str],
        reader: &mut Reader,
    ) -> Option<At<Vec<Table<'a>>>> {
        let wanted = format!("a list of tables, [[{field}]]");
        let At { value, line } = self.read(field, &wanted, reader, DeValue::as_array)?;
        let mut tables = Vec::with_capacity(value.len());
        for (place, entry) in value.iter().enumerate() {
            let line = reader.line(entry.span().start);
            let Some(table) = entry.get_ref().as_table() else {
                reader.fault(PlanRule::Type, line, format!("an entry of `{field}` is no table"));
                continue;
            };
            tables.push(Table::new(table, line, format!("{name} {}", place + 1), allowed, reader));
        }
        (tables.len() == value.len()).then_some(At { value: tables, line })
    }
}

/// The whole plan, with the faults of its TOML.
pub(super) fn document<'a>(text: &'a str, reader: &mut Reader) -> Option<Spanned<DeTable<'a>>> {
    if text.len() > limits::PLAN_BYTES {
        reader.fault(PlanRule::Toml, 1, format!("the plan has {} bytes", text.len()));
        return None;
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let line = error.span().map_or(1, |span| reader.line(span.start));
        reader.fault(PlanRule::Toml, line, error.message());
    }
    errors.is_empty().then_some(document)
}
