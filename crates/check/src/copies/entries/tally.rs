//! How two entries of one paper agree, and what that says of the errors that remain.

use std::collections::BTreeMap;

use adil_record::{Certainty, CopyBook, CopyField, CopyStatement, EntryState, Typist};
use adil_stat::{Stratum, combined_ratio, lower_bound, upper_bound};

/// The level of the intervals.
pub(super) const LEVEL: f64 = 0.95;

/// What a file of copies shows of its typing.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Tally {
    /// Statements that none replaces, by state.
    pub(super) states: BTreeMap<EntryState, u64>,
    pub(super) replaced: u64,
    /// Fields of statements with two entries that one of them has at least.
    pub(super) all: Fields,
    /// Fields that differed and were decided on.
    pub(super) decided: u64,
    /// Of these, those for which neither typist had what the third read.
    pub(super) neither: u64,
    pub(super) by_field: BTreeMap<CopyField, Fields>,
    /// Pairs of typists in the order in which they first occur.
    pub(super) pairs: Vec<Fields>,
    /// Fields and differences of each statement.
    of_statements: Vec<(f64, f64)>,
}

/// Fields typed in by two.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub(super) statements: u64,
    pub(super) compared: u64,
    pub(super) differing: u64,
}

/// A rate with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rate {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Tally {
    pub(super) fn of(book: &CopyBook) -> Self {
        let mut tally = Self::default();
        let mut numbers: BTreeMap<(Typist, Typist), usize> = BTreeMap::new();
        for statement in &book.statements {
            if statement.is_current() {
                *tally.states.entry(statement.state()).or_default() += 1;
            } else {
                tally.replaced += 1;
            }
            // A replaced statement was typed all the same: its errors are errors of typing.
            let [one, other] = statement.entries.as_slice() else { continue };
            let key = (one.typist.min(other.typist), one.typist.max(other.typist));
            let next = numbers.len();
            let number = *numbers.entry(key).or_insert(next);
            if number == tally.pairs.len() {
                tally.pairs.push(Fields::default());
            }
            tally.absorb(statement, number);
        }
        tally
    }

    fn absorb(&mut self, statement: &CopyStatement, pair: usize) {
        let mut fields = Fields { statements: 1, ..Fields::default() };
        for (field, [one, other]) in statement.compared() {
            let differs = u64::from(one != other);
            fields.compared += 1;
            fields.differing += differs;
            let of_field = self.by_field.entry(field).or_default();
            *of_field = of_field.plus(Fields { statements: 1, compared: 1, differing: differs });
            if differs == 1
                && let Some((number, Certainty::Resolved)) = statement.number(field)
            {
                self.decided += 1;
                self.neither += u64::from(one != Some(number) && other != Some(number));
            }
        }
        self.all = self.all.plus(fields);
        if let Some(of_pair) = self.pairs.get_mut(pair) {
            *of_pair = of_pair.plus(fields);
        }
        self.of_statements.push((fields.differing as f64, fields.compared as f64));
    }

    pub(super) fn state(&self, state: EntryState) -> u64 {
        self.states.get(&state).copied().unwrap_or(0)
    }

    /// The part of the fields that differ. Errors of one paper come together (a page that is hard to read), so that the exact interval is that of
    /// as many fields as would give the same variance (Korn and Graubard 1998).
    pub(super) fn differing(&self) -> Option<Rate> {
        let Fields { compared, differing, .. } = self.all;
        if compared == 0 {
            return None;
        }
        // An unlimited supply of papers: no correction for those that there are.
        let stratum = Stratum { population: u64::MAX >> 12, pairs: self.of_statements.clone() };
        let effect =
            combined_ratio(&[stratum]).and_then(|fit| fit.design_effect()).map_or(1.0, |effect| effect.max(1.0));
        // No fewer than the papers themselves, each of which counts at least once.
        let effective = (compared as f64 / effect).max(self.all.statements as f64).min(compared as f64).floor();
        let share = differing as f64 / compared as f64;
        let (events, fields) = (share * effective, effective as u64);
        let (low, high) = interval(events.floor() as u64, events.ceil() as u64, fields);
        Some(Rate { value: share, low, high })
    }

    /// The part of the fields for which neither typist had what a third read, with its exact interval.
    pub(super) fn neither(&self) -> Option<Rate> {
        let (events, fields) = (self.neither, self.all.compared);
        let (low, high) = interval(events, events, fields);
        (fields > 0).then(|| Rate { value: events as f64 / fields as f64, low, high })
    }
}

impl Fields {
    fn plus(self, other: Self) -> Self {
        Self {
            statements: self.statements + other.statements,
            compared: self.compared + other.compared,
            differing: self.differing + other.differing,
        }
    }

    /// The part that differs, with its exact interval as if fields erred one by one.
    pub(super) fn rate(self) -> Rate {
        let (low, high) = interval(self.differing, self.differing, self.compared);
        Rate { value: self.differing as f64 / self.compared.max(1) as f64, low, high }
    }
}

/// The exact two-sided interval of a proportion (Clopper and Pearson).
fn interval(fewest: u64, most: u64, of: u64) -> (f64, f64) {
    let one_sided = f64::midpoint(LEVEL, 1.0);
    (lower_bound(fewest, of, one_sided), upper_bound(most, of, one_sided))
}

/// How often one typist errs where two differ in the part D of the fields: 2 q (1 - q) = D if errors are independent and two wrong numbers are
/// always the same. `None` where they differ in half of the fields or more.
pub(super) fn error_of_one(differing: f64) -> Option<f64> {
    (differing < 0.5).then(|| (1.0 - (1.0 - 2.0 * differing).sqrt()) / 2.0)
}

impl Rate {
    /// The part of fields that two typists may have wrong alike: q^2 at the rate and at both ends.
    pub(super) fn alike(self) -> Option<Self> {
        let square = |differing| error_of_one(differing).map(|error| error * error);
        // Where the upper end is beyond one half, nothing bounds the error but one half.
        Some(Self { value: square(self.value)?, low: square(self.low)?, high: square(self.high).unwrap_or(0.25) })
    }
}
