//! XML and JSON as one stream of elements, cut into pieces that fit into memory.
//!
//! A [`Sink`] says of every element whether it is entered, taken whole, or passed over. So a file of any length is read with no more in memory than
//! the piece at hand. `@id` and `@type` of JSON, `ObjectId` and `xsi:type` of XML, come under the same names.

mod json;
mod xml;

use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;

use crate::{ExchangeError, Fault, NotPlaced, ReadError, ReadLimits};

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    /// XML 1.0 in UTF-8.
    Xml,
    /// JSON, whose outermost object is the element `ElectionReport`.
    Json,
}

/// What is to be done with an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    /// Its children come one after the other.
    Enter,
    /// It is built with all that is in it, and handed over.
    Take,
    /// It has nothing for a record of results: a postal address, a signature.
    Skip,
    /// It is not known: it is passed over, and counted.
    Pass,
}

/// An element with all that is in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) children: Vec<Element>,
    pub(crate) text: String,
}

impl Element {
    /// The children of that name.
    pub(crate) fn all<'a, 'n>(&'a self, name: &'n str) -> impl Iterator<Item = &'a Element> + use<'a, 'n> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The child of that name.
    pub(crate) fn only(&self, name: &str) -> Result<Option<&Element>, Fault> {
        let mut found = self.all(name);
        let first = found.next();
        if found.next().is_some() { Err(Fault::Twice(name.to_owned())) } else { Ok(first) }
    }

    /// An attribute, or the text of a child of that name; trimmed.
    pub(crate) fn field(&self, name: &str) -> Result<Option<&str>, Fault> {
        let attribute = self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim());
        match attribute {
            Some(value) => Ok(Some(value)),
            None => Ok(self.only(name)?.map(|child| child.text.trim())),
        }
    }

    /// The text of a child that must be there and say something.
    pub(crate) fn required(&self, name: &'static str) -> Result<&str, Fault> {
        self.field(name)?.filter(|text| !text.is_empty()).ok_or(Fault::Missing(name))
    }
}

/// Takes the pieces of a file.
pub(crate) trait Sink {
    /// What is to be done with the element that the path ends in.
    fn want(&mut self, path: &Path) -> Want;
    /// An attribute of an entered element.
    fn attribute(&mut self, path: &Path, name: &str, value: &str) -> Result<(), Fault>;
    /// An element that was to be taken.
    fn take(&mut self, path: &Path, element: Element) -> Result<(), Fault>;
    /// The end of an entered element.
    fn leave(&mut self, path: &Path) -> Result<(), Fault>;
}

/// The elements from the root to the one at hand, with their numbers among those of their name.
#[derive(Debug, Default)]
pub(crate) struct Path {
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    name: String,
    number: u32,
    /// How many children of each name there were so far.
    seen: Vec<(String, u32)>,
}

impl Path {
    /// The names from the root on.
    pub(crate) fn names(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        self.steps.iter().map(|step| step.name.as_str())
    }

    /// The name of the element at hand.
    pub(crate) fn last(&self) -> &str {
        self.steps.last().map_or("", |step| step.name.as_str())
    }

    fn push(&mut self, name: &str) {
        let number = match self.steps.last_mut() {
            None => 1,
            Some(parent) => match parent.seen.iter_mut().find(|(known, _)| known == name) {
                Some((_, number)) => {
                    *number += 1;
                    *number
                }
                None => {
                    parent.seen.push((name.to_owned(), 1));
                    1
                }
            },
        };
        self.steps.push(Step { name: name.to_owned(), number, seen: Vec::new() });
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.steps.iter().enumerate() {
            match at {
                0 => write!(f, "{}", step.name)?,
                _ => write!(f, "/{}[{}]", step.name, step.number)?,
            }
        }
        Ok(())
    }
}

/// Puts what a syntax finds together for the sink.
pub(crate) struct Feed<'a> {
    sink: &'a mut dyn Sink,
    limits: &'a ReadLimits,
    path: Path,
    building: Vec<Element>,
    /// Elements in the piece that is being built.
    built: usize,
    /// How deep in elements that are passed over.
    skipping: usize,
    passed: BTreeMap<String, NotPlaced>,
}

/// Names of children that one element may have; a file that gives every one another name is no report.
const NAMES: usize = 1_000;

impl<'a> Feed<'a> {
    fn new(sink: &'a mut dyn Sink, limits: &'a ReadLimits) -> Self {
        let (path, building, passed) = (Path::default(), Vec::new(), BTreeMap::new());
        Self { sink, limits, path, building, built: 0, skipping: 0, passed }
    }

    fn open(&mut self, name: &str) -> Result<(), ExchangeError> {
        if self.path.steps.len() + self.building.len() + self.skipping >= self.limits.depth {
            return Err(self.fault(Fault::TooDeep(self.limits.depth)));
        }
        if self.skipping > 0 {
            self.skipping += 1;
            return Ok(());
        }
        let element = || Element { name: name.to_owned(), ..Element::default() };
        if !self.building.is_empty() {
            self.built += 1;
            if self.built > self.limits.elements_at_once {
                return Err(self.fault(Fault::TooMuch(self.limits.elements_at_once)));
            }
            self.building.push(element());
            return Ok(());
        }
        self.path.push(name);
        if self.path.steps.iter().rev().nth(1).is_some_and(|parent| parent.seen.len() > NAMES) {
            return Err(self.fault(Fault::TooMuch(NAMES)));
        }
        match self.sink.want(&self.path) {
            Want::Enter => {}
            Want::Take => {
                self.built = 0;
                self.building.push(element());
            }
            want => {
                if want == Want::Pass {
                    self.pass();
                }
                self.path.steps.pop();
                self.skipping = 1;
            }
        }
        Ok(())
    }

    /// Counts the element at hand as not placed.
    fn pass(&mut self) {
        let names: Vec<&str> = self.path.names().collect();
        let what = names.join("/");
        if let Some(known) = self.passed.get_mut(&what) {
            known.count += 1;
        } else {
            let first = self.path.to_string();
            let placed = NotPlaced { what: format!("elements {what}, which are not known here"), count: 1, first };
            self.passed.insert(what, placed);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) -> Result<(), ExchangeError> {
        if self.skipping > 0 {
            return Ok(());
        }
        match self.building.last_mut() {
            Some(element) if element.attributes.iter().any(|(known, _)| known == name) => {
                Err(self.fault(Fault::Twice(name.to_owned())))
            }
            Some(element) => {
                element.attributes.push((name.to_owned(), value.to_owned()));
                Ok(())
            }
            None => {
                let taken = self.sink.attribute(&self.path, name, value);
                taken.map_err(|fault| self.fault(fault))
            }
        }
    }

    fn text(&mut self, text: &str) -> Result<(), ExchangeError> {
        if self.skipping > 0 {
            return Ok(());
        }
        match self.building.last_mut() {
            Some(element) if (element.text.len() + text.len()) as u64 > self.limits.text_bytes => {
                Err(self.fault(Fault::TooLong(self.limits.text_bytes)))
            }
            Some(element) => {
                element.text.push_str(text);
                Ok(())
            }
            None if text.trim().is_empty() => Ok(()),
            None => Err(self.fault(Fault::StrayText(text.trim().chars().take(40).collect()))),
        }
    }

    fn close(&mut self) -> Result<(), ExchangeError> {
        if self.skipping > 0 {
            self.skipping -= 1;
            return Ok(());
        }
        let done = match self.building.pop() {
            Some(done) => match self.building.last_mut() {
                Some(parent) => {
                    parent.children.push(done);
                    return Ok(());
                }
                None => self.sink.take(&self.path, done),
            },
            None => self.sink.leave(&self.path),
        };
        done.map_err(|fault| self.fault(fault))?;
        self.path.steps.pop();
        Ok(())
    }

    fn fault(&self, fault: Fault) -> ExchangeError {
        let inside: Vec<&str> = self.building.iter().skip(1).map(|element| element.name.as_str()).collect();
        let path = std::iter::once(self.path.to_string()).chain(inside.into_iter().map(str::to_owned));
        fault.at(&path.collect::<Vec<_>>().join("/"))
    }

    /// The element that is open.
    fn within(&self) -> &str {
        self.building.last().map_or_else(|| self.path.last(), |element| element.name.as_str())
    }
}

/// Reads a text into a sink. Elements that the sink does not know come back, by their names.
pub(crate) fn feed(
    syntax: Syntax,
    reader: &mut dyn BufRead,
    sink: &mut dyn Sink,
    limits: &ReadLimits,
) -> Result<Vec<NotPlaced>, ReadError> {
    let mut feed = Feed::new(sink, limits);
    match syntax {
        Syntax::Xml => xml::feed(reader, &mut feed)?,
        Syntax::Json => json::feed(reader, &mut feed)?,
    }
    Ok(feed.passed.into_values().collect())
}
