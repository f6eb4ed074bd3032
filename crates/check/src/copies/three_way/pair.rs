//! The copies of one holder beside the official table, station by station.

use std::collections::BTreeMap;

use adil_record::{Certainty, Copies, CopyField, CopyStatement, Holder, OptionId, StationTable, Term};

use crate::copies::compare::kinds::{Difference, Kind};

/// What the copies that a holder has of one station say of the official votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// Typed in twice: every vote that both have is the same.
    Agrees,
    /// Typed in twice: some vote is another.
    Differs,
    /// Copies of one holder, typed in twice, that say different things.
    Split,
    /// Typed in once, the same.
    OnceAgrees,
    /// Typed in once, another: the typist may have erred.
    OnceDiffers,
}

/// A vote that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) option: OptionId,
    pub(super) copy: u32,
    pub(super) official: u32,
}

/// A station of which the holder has a copy.
pub(super) struct Station<'a> {
    pub(super) row: usize,
    pub(super) outcome: Outcome,
    /// The copy that is shown: the last one seen, of those typed in twice where there are any.
    pub(super) statement: &'a CopyStatement,
    /// What differs in it, by option.
    pub(super) changes: Vec<Change>,
    /// Whether, the votes being the same, another line of the protocol differs.
    pub(super) other_lines: bool,
}

/// The copies of one holder in one file.
pub(super) struct Pair<'a> {
    pub(super) copies: &'a Copies,
    pub(super) holder: Holder,
    pub(super) stations: Vec<Station<'a>>,
}

/// A copy beside its row.
struct Beside<'a> {
    statement: &'a CopyStatement,
    is_double: bool,
    changes: Vec<Change>,
}

impl<'a> Pair<'a> {
    /// The holders that a file has copies of, each beside the table.
    pub(super) fn all(copies: &'a Copies, table: &StationTable) -> Vec<Self> {
        let mut of: BTreeMap<(Holder, usize), Vec<&'a CopyStatement>> = BTreeMap::new();
        for statement in copies.book.current() {
            if let Some(row) = copies.book.row(statement) {
                of.entry((statement.holder, row)).or_default().push(statement);
            }
        }
        let mut pairs: Vec<Self> = Vec::new();
        for ((holder, row), statements) in of {
            let Some(station) = Station::of(&statements, table, row) else { continue };
            match pairs.last_mut() {
                Some(pair) if pair.holder == holder => pair.stations.push(station),
                _ => pairs.push(Self { copies, holder, stations: vec![station] }),
            }
        }
        pairs
    }

    pub(super) fn count(&self, outcome: Outcome) -> u64 {
        self.stations.iter().filter(|station| station.outcome == outcome).count() as u64
    }

    /// The stations whose copies, typed in twice, differ.
    pub(super) fn differing(&self) -> impl Iterator<Item = &Station<'a>> {
        self.stations.iter().filter(|station| station.outcome == Outcome::Differs)
    }
}

impl<'a> Station<'a> {
    /// `None` where no copy has a vote that the table has too.
    fn of(statements: &[&'a CopyStatement], table: &StationTable, row: usize) -> Option<Self> {
        let mut beside: Vec<Beside<'a>> =
            statements.iter().filter_map(|statement| Beside::of(statement, table, row)).collect();
        let is_double = beside.iter().any(|copy| copy.is_double);
        beside.retain(|copy| copy.is_double == is_double);
        let agreeing = beside.iter().filter(|copy| copy.changes.is_empty()).count();
        let same = beside.windows(2).all(|two| two[0].changes == two[1].changes);
        let outcome = match (is_double, agreeing) {
            (true, agreeing) if agreeing == beside.len() => Outcome::Agrees,
            (true, 0) if same => Outcome::Differs,
            (true, _) => Outcome::Split,
            (false, 0) => Outcome::OnceDiffers,
            (false, _) => Outcome::OnceAgrees,
        };
        let shown = beside.into_iter().max_by_key(|copy| (copy.statement.seen, copy.statement.line))?;
        let other_lines = outcome == Outcome::Agrees && lines_differ(shown.statement, table, row);
        Some(Self { row, outcome, statement: shown.statement, changes: shown.changes, other_lines })
    }

    /// Votes that differ, added up without sign.
    pub(super) fn votes(&self) -> u64 {
        self.changes.iter().map(|change| u64::from(change.copy.abs_diff(change.official))).sum()
    }

    /// Votes that were moved at least: the larger of those gained and of those lost.
    pub(super) fn moved(&self) -> u64 {
        let gained =
            self.changes.iter().map(|change| u64::from(change.official.saturating_sub(change.copy))).sum::<u64>();
        self.votes().saturating_sub(gained).max(gained)
    }

    /// The change of an option, official less copy; `None` where the copy or the table does not have it.
    pub(super) fn change(&self, option: OptionId, table: &StationTable) -> Option<i64> {
        let copy = self.statement.number(CopyField::votes(option)?)?.0;
        let official = table.votes.get(option.0)?.get(self.row)?;
        Some(i64::from(official) - i64::from(copy))
    }

    /// The votes of the copy and of the table, where both have them.
    pub(super) fn votes_of_both(&self, table: &StationTable) -> [Vec<u32>; 2] {
        let both = |option| {
            let copy = self.statement.number(CopyField::votes(OptionId(option))?)?.0;
            Some((copy, table.votes.get(option)?.get(self.row)?))
        };
        let (copy, official) = (0..table.votes.len()).filter_map(both).unzip();
        [copy, official]
    }

    /// What kind of difference it is, the copy being the earlier one.
    pub(super) fn kind(&self, table: &StationTable) -> Kind {
        let [copy, official] = self.votes_of_both(table);
        let is_whole = copy.len() == table.votes.iter().filter(|votes| votes.get(self.row).is_some()).count();
        let adds_up = |votes: &[u32], valid: Option<u32>| {
            let sum = votes.iter().map(|&votes| u64::from(votes)).sum::<u64>();
            valid.filter(|_| is_whole).map(|valid| sum == u64::from(valid))
        };
        let of_copy = self.statement.number(CopyField::Line(Term::Valid)).map(|(number, _)| number);
        let of_table = table.line(Term::Valid).and_then(|valid| valid.get(self.row));
        let adds_up = [adds_up(&copy, of_copy), adds_up(&official, of_table)];
        Kind::of(&Difference { then: &copy, now: &official, adds_up })
    }
}

impl<'a> Beside<'a> {
    fn of(statement: &'a CopyStatement, table: &StationTable, row: usize) -> Option<Self> {
        let (mut compared, mut is_double, mut changes) = (0, true, Vec::new());
        for (option, copy, certainty) in statement.votes() {
            let Some(official) = table.votes.get(option.0).and_then(|votes| votes.get(row)) else { continue };
            compared += 1;
            is_double &= certainty > Certainty::Once;
            if copy != official {
                changes.push(Change { option, copy, official });
            }
        }
        changes.sort_by_key(|change| change.option);
        (compared > 0).then_some(Self { statement, is_double, changes })
    }
}

/// Whether some line that both have is another.
fn lines_differ(statement: &CopyStatement, table: &StationTable, row: usize) -> bool {
    table.lines.iter().any(|(term, column)| {
        let copy = statement.number(CopyField::Line(*term)).map(|(number, _)| number);
        copy.zip(column.get(row)).is_some_and(|(copy, official)| copy != official)
    })
}
