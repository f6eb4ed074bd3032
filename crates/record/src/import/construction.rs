//! Sums that hold because of how the map is written, whatever the table says: they prove nothing.

use std::collections::BTreeMap;

use super::plan::{Formula, Plan};
use crate::lines::Lines;
use crate::{Identity, Term};

/// A combination of columns: how often each slot is added, and a constant under `None`.
type Combination = BTreeMap<Option<usize>, i64>;

/// The lines of a plan as combinations of columns.
struct Combinations<'p, 'm> {
    plan: &'p Plan<'m>,
    /// The terms that the table has a count for.
    present: &'p [Term],
}

/// The sums whose two sides are the same combination of columns.
pub(super) fn by_construction(plan: &Plan<'_>, present: &[Term]) -> Vec<Identity> {
    let combinations = Combinations { plan, present };
    let is_same = |identity: &Identity| combinations.sides(*identity).is_some_and(|(left, right)| left == right);
    Identity::ALL.into_iter().filter(is_same).collect()
}

impl Lines for Combinations<'_, '_> {
    type Line = Combination;

    fn line(&self, term: Term) -> Option<Combination> {
        let (_, formula) = self.plan.lines.iter().find(|(line, _)| *line == term && self.present.contains(line))?;
        Some(combination(formula))
    }

    fn options(&self) -> Option<Combination> {
        Self::sum(self.plan.options.iter().map(|(_, formula)| combination(formula)).collect())
    }

    fn sum(parts: Vec<Combination>) -> Option<Combination> {
        let mut parts = parts.into_iter();
        let mut sum = parts.next()?;
        parts.for_each(|part| add(&mut sum, part, 1));
        Some(sum)
    }
}

fn combination(formula: &Formula) -> Combination {
    let mut sum = Combination::new();
    match formula {
        Formula::Slot(slot) => add(&mut sum, Combination::from([(Some(*slot), 1)]), 1),
        Formula::Constant(count) => add(&mut sum, Combination::from([(None, i64::from(*count))]), 1),
        Formula::Sum(parts) => parts.iter().for_each(|part| add(&mut sum, combination(part), 1)),
        Formula::Minus(parts) => {
            let signs = std::iter::once(1).chain(std::iter::repeat(-1));
            parts.iter().zip(signs).for_each(|(part, sign)| add(&mut sum, combination(part), sign));
        }
    }
    sum
}

/// Adds `sign` times a combination; what cancels out is gone, so that equal combinations compare equal.
fn add(sum: &mut Combination, part: Combination, sign: i64) {
    for (column, times) in part {
        *sum.entry(column).or_default() += sign * times;
    }
    sum.retain(|_, times| *times != 0);
}
