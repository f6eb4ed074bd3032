//! Finding columns by their headers.

use serde::{Deserialize, Serialize};

use crate::Cells;

/// Says which column is meant.
///
/// Headers are compared in lower case, with runs of white space as one blank and without white space at the ends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Selector {
    /// The column with this header.
    Header(String),
    /// The column whose header contains all of these parts.
    Parts(Parts),
    /// The first of these that is there.
    Any(Any),
    /// The column at this position, counted from 1.
    Number(ColumnNumber),
}

/// The column whose header contains parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// Parts that the header contains.
    pub contains: Vec<String>,
    /// Parts that it does not contain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without: Vec<String>,
}

/// The first of several selectors that finds a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Any {
    /// The selectors, in order.
    pub any: Vec<Selector>,
}

/// The column at a position.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ColumnNumber {
    /// The position, counted from 1.
    pub column_number: usize,
}

/// How a count is made from columns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Expression {
    /// The column itself.
    Column(Selector),
    /// The sum of several.
    Sum(Sum),
    /// The first, less all the others.
    Minus(Minus),
    /// The same number in every row.
    Constant(Constant),
}

/// The sum of several expressions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sum {
    /// What is added.
    pub sum: Vec<Expression>,
}

/// An expression less others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Minus {
    /// What is subtracted from, then what is subtracted.
    pub minus: Vec<Expression>,
}

/// The same number in every row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// The number.
    pub constant: u32,
}

/// The header of a table.
#[derive(Debug, Clone, Default)]
pub struct Headers {
    /// As they stand in the file, trimmed.
    names: Vec<String>,
    /// As they are compared.
    folded: Vec<String>,
}

/// A column that was asked for and is not there, or not only once.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// No column fits.
    #[error("no column {wanted}; the header has {present}")]
    Absent {
        /// What was asked for.
        wanted: String,
        /// The columns there are, shortened.
        present: String,
    },
    /// Several columns fit.
    #[error("{wanted} could be column {first} or column {second}; name the one that is meant")]
    Ambiguous {
        /// What was asked for.
        wanted: String,
        /// The first that fits, by number and header.
        first: String,
        /// The second.
        second: String,
    },
}

impl Headers {
    /// The header in a row of cells.
    pub fn new(row: &Cells) -> Self {
        let names: Vec<String> = row.iter().map(|cell| squeeze(cell.trim_start_matches('\u{feff}'))).collect();
        let folded = names.iter().map(|name| name.to_lowercase()).collect();
        Self { names, folded }
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The header of column `index`, counted from 0.
    pub fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }

    /// The headers in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The column that a selector means, counted from 0; `None` where there is none.
    ///
    /// # Errors
    /// Several columns fit.
    pub fn find(&self, selector: &Selector) -> Result<Option<usize>, HeaderError> {
        if let Selector::Any(Any { any }) = selector {
            for alternative in any {
                if let Some(index) = self.find(alternative)? {
                    return Ok(Some(index));
                }
            }
            return Ok(None);
        }
        let mut fitting = self.all(selector).into_iter();
        match (fitting.next(), fitting.next()) {
            (Some(first), Some(second)) => Err(HeaderError::Ambiguous {
                wanted: selector.to_string(),
                first: self.describe(first),
                second: self.describe(second),
            }),
            (first, _) => Ok(first),
        }
    }

    /// The column that a selector means.
    ///
    /// # Errors
    /// No column fits, or several do.
    pub fn require(&self, selector: &Selector) -> Result<usize, HeaderError> {
        self.find(selector)?.ok_or_else(|| {
            let mut present = self.names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>();
            if present.len() > 12 {
                present.truncate(12);
                present.push("…".to_owned());
            }
            HeaderError::Absent { wanted: selector.to_string(), present: present.join(", ") }
        })
    }

    /// All columns that a selector fits, ascending.
    pub fn all(&self, selector: &Selector) -> Vec<usize> {
        (0..self.len()).filter(|&index| self.fits(selector, index)).collect()
    }

    fn fits(&self, selector: &Selector, index: usize) -> bool {
        let folded = &self.folded[index];
        match selector {
            Selector::Header(name) => *folded == fold(name),
            Selector::Parts(Parts { contains, without }) => {
                contains.iter().all(|part| folded.contains(&part.to_lowercase()))
                    && !without.iter().any(|part| folded.contains(&part.to_lowercase()))
            }
            Selector::Any(Any { any }) => any.iter().any(|alternative| self.fits(alternative, index)),
            Selector::Number(ColumnNumber { column_number }) => index + 1 == *column_number,
        }
    }

    fn describe(&self, index: usize) -> String {
        format!("{} ({:?})", index + 1, self.names[index])
    }
}

impl Default for Selector {
    /// A header without a name, which no selector finds twice.
    fn default() -> Self {
        Self::Header(String::new())
    }
}

impl std::fmt::Display for Selector {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Header(name) => write!(f, "{name:?}"),
            Self::Parts(Parts { contains, without }) if without.is_empty() => write!(f, "containing {contains:?}"),
            Self::Parts(Parts { contains, without }) => write!(f, "containing {contains:?} without {without:?}"),
            Self::Any(Any { any }) => {
                for (position, alternative) in any.iter().enumerate() {
                    write!(f, "{}{alternative}", if position > 0 { " or " } else { "" })?;
                }
                Ok(())
            }
            Self::Number(ColumnNumber { column_number }) => write!(f, "number {column_number}"),
        }
    }
}

impl Expression {
    /// The selectors in it.
    pub fn selectors(&self) -> Vec<&Selector> {
        match self {
            Self::Column(selector) => vec![selector],
            Self::Sum(Sum { sum: parts }) | Self::Minus(Minus { minus: parts }) => {
                parts.iter().flat_map(Expression::selectors).collect()
            }
            Self::Constant(_) => Vec::new(),
        }
    }
}

fn squeeze(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A header as it is compared.
fn fold(name: &str) -> String {
    squeeze(name).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(names: &[&str]) -> Headers {
        let mut cells = Cells::default();
        names.iter().for_each(|name| cells.push(name));
        Headers::new(&cells)
    }

    fn parts(contains: &[&str], without: &[&str]) -> Selector {
        let owned = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Selector::Parts(Parts { contains: owned(contains), without: owned(without) })
    }

    #[test]
    fn headers_are_compared_without_regard_to_case_and_blanks() {
        let headers = headers(&["\u{feff}Region ", "Number  of\nvoters"]);
        assert_eq!(headers.find(&Selector::Header("region".into())), Ok(Some(0)));
        assert_eq!(headers.find(&Selector::Header("number of voters".into())), Ok(Some(1)));
    }

    #[test]
    fn a_part_in_two_headers_is_ambiguous() {
        let headers = headers(&["valid", "invalid"]);
        assert!(matches!(headers.find(&parts(&["valid"], &[])), Err(HeaderError::Ambiguous { .. })));
        assert_eq!(headers.find(&parts(&["valid"], &["in"])), Ok(Some(0)));
        assert!(matches!(headers.require(&parts(&["blank"], &[])), Err(HeaderError::Absent { .. })));
    }
}
