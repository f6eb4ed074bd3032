//! The rows of a form: who was where, when, with what access, and what was answered.

use std::collections::HashMap;

use super::book::{ObserverBook, Pseudonyms, name_of};
use super::incident::{moment, optional};
use super::odk::LayoutError;
use super::raw::{fault_of, is_identifier};
use super::{Answers, DescribedForm, Form, ItemKind, ObservationWindow, ObserverRule, Quarantine, SetAside};
use crate::{Cells, Moment, OneOrMany, Rows, RowsError};

/// How far an observer was let.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// To everything.
    Full,
    /// In, but not to everything.
    Limited,
    /// Not in.
    Refused,
}

impl Access {
    /// All, in their order.
    pub const ALL: [Self; 3] = [Self::Full, Self::Limited, Self::Refused];

    /// The word for it in a file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Limited => "limited",
            Self::Refused => "refused",
        }
    }

    /// What a word means.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|access| access.word() == word)
    }

    /// The identifier of its name in words.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Full => "access-full",
            Self::Limited => "access-limited",
            Self::Refused => "access-refused",
        }
    }
}

/// One visit: a row of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// The row in the file, the header being row 1.
    pub row: u64,
    /// The station, by its place in [`ObserverBook::stations`].
    pub station: u32,
    /// Who was there, by number.
    pub observer: Option<u32>,
    /// When the observer came.
    pub arrived: Option<Moment>,
    /// When the observer left.
    pub left: Option<Moment>,
    /// How far the observer was let.
    pub access: Option<Access>,
    /// The observer's mark for the whole, from 1 (very good) to 4 (very bad).
    pub overall: Option<u8>,
    /// The row that replaces this one, by place.
    pub replaced_by: Option<u32>,
}

/// A form and its rows.
#[derive(Debug, Clone)]
pub struct FormTable {
    /// The file.
    pub input: String,
    /// The form.
    pub form: Form,
    /// The visits, in the order of the file; what they replace is among them.
    pub visits: Vec<Visit>,
    /// The answers by item, one a visit.
    pub answers: Vec<Answers>,
    /// Rows that repeat one before them.
    pub repeated: u64,
    /// Rows that those who collected them had rejected; they are not read.
    pub rejected: u64,
    /// Rows that were set aside.
    pub quarantine: Quarantine,
    /// How many columns are not read. Their names may be what somebody wrote, and are not kept.
    pub unread: usize,
    /// Items without a column.
    pub absent: Vec<String>,
}

/// Why the rows of a form cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormTableError {
    /// A row cannot be read.
    #[error(transparent)]
    Rows(#[from] RowsError),
    /// The table has no rows.
    #[error("is empty; a row with the names of the columns was expected")]
    Empty,
    /// Two columns are one question.
    #[error(transparent)]
    Layout(#[from] LayoutError),
    /// A column is not there. Which there are is not repeated: in a file without a header they are somebody's words.
    #[error("has no column {column:?} among its {columns} columns")]
    NoColumn {
        /// The column.
        column: String,
        /// How many there are.
        columns: usize,
    },
    /// No item of the form has a column.
    #[error("has no column for an item of the form {form:?} among its {columns} columns")]
    NoItem {
        /// The form.
        form: String,
        /// How many columns there are.
        columns: usize,
    },
}

impl FormTable {
    /// The visits that count: those that no other row replaces, with their places.
    pub fn current(&self) -> impl Iterator<Item = (usize, &Visit)> {
        self.visits.iter().enumerate().filter(|(_, visit)| visit.replaced_by.is_none())
    }
}

/// The columns that are no items.
struct Columns {
    id: Option<usize>,
    replaces: Option<usize>,
    observer: Option<usize>,
    arrived: Option<usize>,
    left: Option<usize>,
    access: Option<usize>,
    overall: Option<usize>,
    station: Vec<usize>,
}

type Broken = (ObserverRule, Option<&'static str>);

/// How rows are read.
pub(super) struct How<'a> {
    pub(super) input: &'a str,
    pub(super) described: &'a DescribedForm,
    pub(super) station: &'a OneOrMany<String>,
    pub(super) window: ObservationWindow,
}

/// Where rows come from.
pub(super) struct From<'a> {
    /// The names of their cells.
    pub(super) header: Vec<String>,
    /// Whether what a row replaces may stand after it, or in no row: exports begin with the newest, and leave out what was edited.
    pub(super) any_order: bool,
    pub(super) rows: &'a mut dyn Rows,
}

/// Reads the rows of a form; one that breaks a rule is set aside.
pub(super) fn read(
    form: Form,
    how: &How<'_>,
    book: &mut ObserverBook,
    pseudonyms: &mut Pseudonyms,
    from: From<'_>,
) -> Result<FormTable, FormTableError> {
    let How { input, described, station, window } = *how;
    let From { header, any_order, rows } = from;
    let mut cells = Cells::default();
    let place = |name: &str| header.iter().position(|column| column == name);
    let find = |name: &String| {
        let absent = || FormTableError::NoColumn { column: name.clone(), columns: header.len() };
        place(name).ok_or_else(absent)
    };
    // A column that the description names must be there; one of the usual names may be.
    let named = |field: &'static str| match described.columns.get(field) {
        Some(name) => find(name).map(Some),
        None => Ok(place(field)),
    };
    let columns = Columns {
        id: named("id")?,
        replaces: named("replaces")?,
        observer: named("observer")?,
        arrived: named("arrived")?,
        left: named("left")?,
        access: named("access")?,
        overall: named("overall")?,
        station: station.as_slice().iter().map(find).collect::<Result<_, _>>()?,
    };
    let items: Vec<Option<usize>> = form.items.iter().map(|item| place(&item.id)).collect();
    if items.iter().all(Option::is_none) {
        return Err(FormTableError::NoItem { form: form.id, columns: header.len() });
    }
    let ours = [
        columns.id,
        columns.replaces,
        columns.observer,
        columns.arrived,
        columns.left,
        columns.access,
        columns.overall,
    ];
    let is_read = |at: &usize| ours.contains(&Some(*at)) || columns.station.contains(at) || items.contains(&Some(*at));
    let unread = (0..header.len()).filter(|at| !is_read(at) && !header[*at].is_empty()).count();
    let absent = form.items.iter().zip(&items).filter(|(_, at)| at.is_none());
    let mut table = FormTable {
        input: input.to_owned(),
        visits: Vec::new(),
        answers: form.items.iter().map(|item| Answers::of(&item.kind)).collect(),
        repeated: 0,
        rejected: 0,
        quarantine: Quarantine::default(),
        unread,
        absent: absent.map(|(item, _)| item.id.clone()).collect(),
        form,
    };
    let mut known: HashMap<String, (u32, u64)> = HashMap::new();
    // What rows replace that has not come yet, with their places.
    let mut awaited: HashMap<String, u32> = HashMap::new();
    while let Some(row) = rows.next_row(&mut cells)? {
        if cells.is_blank() {
            continue;
        }
        let mut take = || -> Result<(), Broken> {
            hold_cells(&cells, &columns, &table, &items)?;
            let cell = |at: Option<usize>| at.map_or("", |at| cells.get(at).trim());
            let body = hash_of(&cells);
            let id = cell(columns.id);
            if columns.id.is_some() {
                if !is_identifier(id) {
                    return Err((ObserverRule::Identifier, Some("id")));
                }
                if let Some((_, before)) = known.get(id) {
                    if *before != body {
                        return Err((ObserverRule::OtherBody, Some("id")));
                    }
                    table.repeated += 1;
                    return Ok(());
                }
            }
            let by = if any_order { awaited.get(id).copied() } else { None };
            let replaced = cell(columns.replaces);
            let may_come = any_order && !known.contains_key(replaced) && !awaited.contains_key(replaced);
            let replaces = match replaced {
                "" => None,
                _ if may_come => None,
                replaced => {
                    let place = known.get(replaced).map(|(place, _)| *place);
                    let open = |place: &u32| table.visits[*place as usize].replaced_by.is_none();
                    // The last of those that replace this row must not be replaced by it.
                    let is_last = |place: &u32| by.is_some_and(|by| last(&table.visits, by) == *place);
                    let place = place.filter(open).filter(|place| !is_last(place));
                    Some(place.ok_or((ObserverRule::Replaces, Some("replaces")))?)
                }
            };
            let mut visit = visit(row, &cells, &columns, window, book, pseudonyms)?;
            let place = u32::try_from(table.visits.len()).map_err(|_| (ObserverRule::Long, None))?;
            if let Some(replaced) = replaces {
                table.visits[replaced as usize].replaced_by = Some(place);
            }
            if columns.id.is_some() {
                known.insert(id.to_owned(), (place, body));
            }
            visit.replaced_by = by;
            if by.is_some() {
                awaited.remove(id);
            }
            if may_come && !replaced.is_empty() && replaced != id {
                awaited.insert(replaced.to_owned(), place);
            }
            for ((answers, item), at) in table.answers.iter_mut().zip(&table.form.items).zip(&items) {
                answers.push(&item.kind, cell(*at));
            }
            table.visits.push(visit);
            Ok(())
        };
        if let Err((rule, field)) = take() {
            table.quarantine.add(SetAside { row, rule, field });
        }
    }
    Ok(table)
}

/// The last of those that replace one another, from a place on.
fn last(visits: &[Visit], from: u32) -> u32 {
    let next = |place: &u32| visits.get(*place as usize).and_then(|visit| visit.replaced_by);
    std::iter::successors(Some(from), next).last().unwrap_or(from)
}

fn visit(
    row: u64,
    cells: &Cells,
    columns: &Columns,
    window: ObservationWindow,
    book: &mut ObserverBook,
    pseudonyms: &mut Pseudonyms,
) -> Result<Visit, Broken> {
    let cell = |at: Option<usize>| at.map_or("", |at| cells.get(at).trim());
    let station = book.station(&name_of(cells, &columns.station)).ok_or((ObserverRule::Station, Some("station")))?;
    let arrived = moment("arrived", cell(columns.arrived))?;
    let left = moment("left", cell(columns.left))?;
    for (field, moment) in [("arrived", arrived), ("left", left)] {
        if moment.is_some_and(|moment| !window.has(moment)) {
            return Err((ObserverRule::Window, Some(field)));
        }
    }
    if arrived.zip(left).is_some_and(|(arrived, left)| left < arrived) {
        return Err((ObserverRule::Window, Some("left")));
    }
    let mark = |text: &str| text.parse().ok().filter(|mark| (1..=4).contains(mark));
    Ok(Visit {
        row,
        station,
        observer: pseudonyms.number(cell(columns.observer)).map_err(|rule| (rule, Some("observer")))?,
        arrived,
        left,
        access: optional(cell(columns.access), "access", Access::of)?,
        overall: optional(cell(columns.overall), "overall", mark)?,
        replaced_by: None,
    })
}

/// Holds every cell that is read to what any text must hold to.
fn hold_cells(cells: &Cells, columns: &Columns, table: &FormTable, items: &[Option<usize>]) -> Result<(), Broken> {
    let ours = [
        ("id", columns.id),
        ("replaces", columns.replaces),
        ("observer", columns.observer),
        ("arrived", columns.arrived),
        ("left", columns.left),
        ("access", columns.access),
        ("overall", columns.overall),
    ];
    let stations = columns.station.iter().map(|&at| ("station", Some(at)));
    // Words are held to what a note is.
    let of_items = table.form.items.iter().zip(items);
    let of_items = of_items.map(|(item, at)| (if item.kind == ItemKind::Text { "note" } else { "answer" }, *at));
    for (field, at) in ours.into_iter().chain(stations).chain(of_items) {
        if let Some(rule) = at.and_then(|at| fault_of(field, cells.get(at))) {
            return Err((rule, Some(field)));
        }
    }
    Ok(())
}

fn hash_of(cells: &Cells) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut body = DefaultHasher::new();
    cells.iter().for_each(|cell| cell.hash(&mut body));
    body.finish()
}
