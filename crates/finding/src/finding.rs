//! A finding: a verdict with its numbers, evidence and words.

use crate::{CheckId, Figure, Measure, Message, Recheck, Subject, Value, Verdict};

/// What one check says about one subject.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The check that says it.
    pub check: CheckId,
    /// What it asserts.
    pub verdict: Verdict,
    /// What it is about.
    pub subject: Subject,
    /// One plain sentence.
    pub statement: Message,
    /// The same in one short line, for a list; the statement stays the authority.
    pub brief: Option<Message>,
    /// What may not be concluded, and what would make the sentence wrong: one sentence each.
    pub caveats: Vec<Message>,
    /// The numbers.
    pub measures: Vec<Measure>,
    /// What the sentence rests on, most telling first.
    pub evidence: Vec<Evidence>,
    /// Drawn figures.
    pub figures: Vec<Figure>,
    /// How a reader can come to the same without trusting adil, in steps.
    pub recheck: Vec<Recheck>,
}

/// One piece of evidence: a sentence, where it stands in the input, and its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The sentence.
    pub statement: Message,
    /// Where in the input.
    pub place: Option<Place>,
    /// The values behind it, by name.
    pub values: Vec<(&'static str, Value)>,
}

/// A place in an input file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The input's path, as given.
    pub input: String,
    /// The row, counted from 1 with the header as row 1.
    pub row: Option<u64>,
    /// The column's header.
    pub column: Option<String>,
}

impl Place {
    /// A row of an input.
    pub fn of_row(input: impl Into<String>, row: u64) -> Self {
        Self { input: input.into(), row: Some(row), column: None }
    }
}

impl Finding {
    /// A finding without numbers or evidence yet.
    pub fn new(check: CheckId, verdict: Verdict, subject: Subject, statement: Message) -> Self {
        Self {
            check,
            verdict,
            subject,
            statement,
            brief: None,
            caveats: Vec::new(),
            measures: Vec::new(),
            evidence: Vec::new(),
            figures: Vec::new(),
            recheck: Vec::new(),
        }
    }

    /// The same finding with its short line: the number that matters, with its unit and what decides how to read it.
    #[must_use]
    pub fn brief(mut self, message: Message) -> Self {
        self.brief = Some(message);
        self
    }

    /// The same finding with one more sentence on what may not be concluded.
    #[must_use]
    pub fn caveat(mut self, message: Message) -> Self {
        self.caveats.push(message);
        self
    }

    /// The same finding with one more number.
    #[must_use]
    pub fn measure(mut self, measure: Measure) -> Self {
        self.measures.push(measure);
        self
    }

    /// The same finding with more numbers.
    #[must_use]
    pub fn measures(mut self, measures: impl IntoIterator<Item = Measure>) -> Self {
        self.measures.extend(measures);
        self
    }

    /// The same finding with one more piece of evidence.
    #[must_use]
    pub fn evidence(mut self, evidence: Evidence) -> Self {
        self.evidence.push(evidence);
        self
    }

    /// The same finding with one more figure.
    #[must_use]
    pub fn figure(mut self, figure: impl Into<Figure>) -> Self {
        self.figures.push(figure.into());
        self
    }

    /// The same finding with one more step by which it can be checked without trusting adil.
    #[must_use]
    pub fn recheck(mut self, recheck: Recheck) -> Self {
        self.recheck.push(recheck);
        self
    }

    /// The number of that name.
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.measures.iter().find(|measure| measure.name == name).map(|measure| &measure.value)
    }
}

impl Evidence {
    /// A sentence alone.
    pub fn new(statement: Message) -> Self {
        Self { statement, place: None, values: Vec::new() }
    }

    /// The same evidence with its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same evidence with one more value.
    #[must_use]
    pub fn value(mut self, name: &'static str, value: Value) -> Self {
        self.values.push((name, value));
        self
    }
}
