//! Words as data: an identifier and its arguments.

/// A sentence, label or title, to be put into a language by the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The identifier of the text in the language files.
    pub id: &'static str,
    /// The values that the text names.
    pub args: Vec<(&'static str, Arg)>,
}

/// A value inside a [`Message`].
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    /// A name or quotation; never translated.
    Text(String),
    /// A whole number; grouped by the language's rule, and usable for its plural forms.
    Count(i64),
    /// A real number, printed with this many decimals.
    Number(f64, u8),
    /// A fraction from 0 to 1, printed as a percentage with this many decimals.
    Percent(f64, u8),
    /// A probability: printed with two significant digits, or as "below 0.0001".
    Probability(f64),
    /// Another message, e.g. the name of a column.
    Message(Box<Message>),
    /// Several messages or names, joined by commas.
    List(Vec<Arg>),
}

impl Message {
    /// A message without arguments.
    pub fn new(id: &'static str) -> Self {
        Self { id, args: Vec::new() }
    }

    /// The same message with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<u64> for Arg {
    fn from(count: u64) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<i64> for Arg {
    fn from(count: i64) -> Self {
        Self::Count(count)
    }
}

impl From<Message> for Arg {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}
