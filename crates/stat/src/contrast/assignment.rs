//! Which control goes with which treated unit of a stratum, at most one each.
//!
//! As many pairs as the caliper allows, and of all such ways one with the smallest sum of distances: on a line by going up
//! both sides in order (pairs need not cross: uncrossing two makes neither the sum nor the larger distance larger), in more
//! dimensions by the method of Kuhn and Munkres with potentials. In a stratum too large for that each treated unit takes
//! the nearest control that is left.

/// Up to so many treated times controls a stratum on a line is paired with the smallest sum.
const LINE_CELLS: usize = 4_000_000;
/// In more dimensions: the smaller side squared times the larger.
const CUBE_CELLS: usize = 8_000_000;
/// So many controls a treated unit looks at where the nearest left is taken.
const LOOKED_AT: usize = 4_096;

/// Units as points: `dimensions` coordinates each, one unit after another.
pub(super) struct Space {
    pub(super) dimensions: usize,
    pub(super) coordinates: Vec<f64>,
}

impl Space {
    fn point(&self, unit: usize) -> &[f64] {
        &self.coordinates[unit * self.dimensions..(unit + 1) * self.dimensions]
    }

    pub(super) fn distance(&self, a: usize, b: usize) -> f64 {
        if let ([a], [b]) = (self.point(a), self.point(b)) {
            return (a - b).abs();
        }
        self.point(a).iter().zip(self.point(b)).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    /// The coordinate by which units are put into order; 0 without any.
    fn first(&self, unit: usize) -> f64 {
        self.point(unit).first().copied().unwrap_or(0.0)
    }

    fn sort(&self, units: &mut [usize]) {
        units.sort_unstable_by(|&a, &b| self.first(a).total_cmp(&self.first(b)).then(a.cmp(&b)));
    }
}

/// Pairs (treated, control) at most `limit` apart, by treated unit, and whether their sum is the smallest.
pub(super) fn pair(space: &Space, treated: &[usize], controls: &[usize], limit: f64) -> (Vec<(usize, usize)>, bool) {
    let (few, many) = (treated.len().min(controls.len()), treated.len().max(controls.len()));
    let (mut pairs, optimal) = match space.dimensions {
        // All are alike.
        0 => (treated.iter().copied().zip(controls.iter().copied()).collect(), true),
        1 if few.saturating_mul(many) <= LINE_CELLS => (on_a_line(space, treated, controls, limit), true),
        2.. if few.saturating_mul(few).saturating_mul(many) <= CUBE_CELLS => {
            (with_potentials(space, treated, controls, limit), true)
        }
        _ => (nearest_left(space, treated, controls, limit), few == 0),
    };
    pairs.sort_unstable();
    (pairs, optimal)
}

/// For the first i treated and j controls in order: the most pairs and the smallest sum, from those with one less on either
/// side.
fn on_a_line(space: &Space, treated: &[usize], controls: &[usize], limit: f64) -> Vec<(usize, usize)> {
    let (mut treated, mut controls) = (treated.to_vec(), controls.to_vec());
    space.sort(&mut treated);
    space.sort(&mut controls);
    let width = controls.len() + 1;
    let mut came_from = vec![Step::SkipControl; (treated.len() + 1) * width];
    let mut before = vec![(0u32, 0.0); width];
    for (row, &unit) in treated.iter().enumerate() {
        let mut now = vec![(0u32, 0.0); width];
        came_from[(row + 1) * width] = Step::SkipTreated;
        for (column, &control) in controls.iter().enumerate() {
            let distance = space.distance(unit, control);
            let (mut best, mut step) = (before[column + 1], Step::SkipTreated);
            let mut offer = |(pairs, sum): (u32, f64), from: Step| {
                if pairs > best.0 || (pairs == best.0 && sum < best.1) {
                    (best, step) = ((pairs, sum), from);
                }
            };
            offer(now[column], Step::SkipControl);
            if distance <= limit {
                offer((before[column].0 + 1, before[column].1 + distance), Step::Pair);
            }
            now[column + 1] = best;
            came_from[(row + 1) * width + column + 1] = step;
        }
        before = now;
    }
    let (mut row, mut column, mut pairs) = (treated.len(), controls.len(), Vec::new());
    while row > 0 && column > 0 {
        match came_from[row * width + column] {
            Step::SkipTreated => row -= 1,
            Step::SkipControl => column -= 1,
            Step::Pair => {
                (row, column) = (row - 1, column - 1);
                pairs.push((treated[row], controls[column]));
            }
        }
    }
    pairs
}

#[derive(Clone, Copy)]
enum Step {
    SkipTreated,
    SkipControl,
    Pair,
}

/// Kuhn and Munkres, with all distances in memory: rows (the smaller side) are taken in one after another along the cheapest way that changes pairs.
/// Beyond the limit a pair costs more than all others together, and is left out at the end.
fn with_potentials(space: &Space, treated: &[usize], controls: &[usize], limit: f64) -> Vec<(usize, usize)> {
    let turned = treated.len() > controls.len();
    let (rows, columns) = if turned { (controls, treated) } else { (treated, controls) };
    let apart = |row: usize, column: usize| space.distance(rows[row], columns[column]);
    let mut costs: Vec<f64> = (0..rows.len())
        .flat_map(|row| (0..columns.len()).map(move |column| (row, column)))
        .map(|(row, column)| apart(row, column))
        .collect();
    let longest = costs.iter().copied().filter(|&d| d <= limit).fold(0.0, f64::max);
    let too_far = (rows.len() + 1) as f64 * (longest + 1.0);
    costs.iter_mut().filter(|d| **d > limit).for_each(|d| *d = too_far);
    // Rows and columns count from 1 here; column 0 holds the row that is being taken in.
    let mut row_potential = vec![0.0; rows.len() + 1];
    let mut column_potential = vec![0.0; columns.len() + 1];
    let mut row_of = vec![0; columns.len() + 1];
    for row in 1..=rows.len() {
        row_of[0] = row;
        let mut slack = vec![f64::INFINITY; columns.len() + 1];
        let mut way = vec![0; columns.len() + 1];
        let mut used = vec![false; columns.len() + 1];
        let mut column = 0;
        while row_of[column] != 0 {
            used[column] = true;
            let from = row_of[column];
            let costs = &costs[(from - 1) * columns.len()..];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for other in 1..=columns.len() {
                if used[other] {
                    continue;
                }
                let reduced = costs[other - 1] - row_potential[from] - column_potential[other];
                if reduced < slack[other] {
                    (slack[other], way[other]) = (reduced, column);
                }
                if slack[other] < step {
                    (step, next) = (slack[other], other);
                }
            }
            for other in 0..=columns.len() {
                if used[other] {
                    row_potential[row_of[other]] += step;
                    column_potential[other] -= step;
                } else {
                    slack[other] -= step;
                }
            }
            column = next;
        }
        while column != 0 {
            row_of[column] = row_of[way[column]];
            column = way[column];
        }
    }
    let taken = (1..=columns.len()).filter(|&column| row_of[column] > 0).map(|column| (row_of[column] - 1, column - 1));
    let near = taken.filter(|&(row, column)| apart(row, column) <= limit);
    near.map(|(row, column)| if turned { (columns[column], rows[row]) } else { (rows[row], columns[column]) }).collect()
}

/// The treated unit that is furthest from the middle of the controls chooses first. Controls are looked at outward from its
/// place by the first coordinate, until that alone is further than the best; those that are taken are passed over at once.
fn nearest_left(space: &Space, treated: &[usize], controls: &[usize], limit: f64) -> Vec<(usize, usize)> {
    let mut controls = controls.to_vec();
    space.sort(&mut controls);
    let count = controls.len().max(1) as f64;
    let middle: Vec<f64> = (0..space.dimensions)
        .map(|axis| controls.iter().map(|&unit| space.point(unit)[axis]).sum::<f64>() / count)
        .collect();
    let outside = |unit: usize| space.point(unit).iter().zip(&middle).map(|(x, m)| (x - m).powi(2)).sum::<f64>();
    let mut order: Vec<(f64, usize)> = treated.iter().map(|&unit| (outside(unit), unit)).collect();
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    // The first place left at or after i; places 1 to n are controls, n + 1 is the end. Likewise before, where 0 is.
    let mut after: Vec<usize> = (0..controls.len() + 2).collect();
    let mut before = after.clone();
    let mut pairs = Vec::new();
    for (_, unit) in order {
        let start = controls.partition_point(|&control| space.first(control) < space.first(unit));
        let (mut up, mut down) = (left(&mut after, start + 1), left(&mut before, start));
        let (mut best, mut nearest) = (0, limit);
        for _ in 0..LOOKED_AT {
            let gap = |place: usize| {
                let inside = place.checked_sub(1).and_then(|place| controls.get(place));
                inside.map_or(f64::INFINITY, |&control| (space.first(control) - space.first(unit)).abs())
            };
            let (above, below) = (gap(up), gap(down));
            let place = if below <= above { down } else { up };
            let bound = above.min(below);
            if bound.is_infinite() || bound > nearest || (best > 0 && bound >= nearest) {
                break;
            }
            let distance = space.distance(unit, controls[place - 1]);
            if distance < nearest || (best == 0 && distance <= nearest) {
                (best, nearest) = (place, distance);
            }
            if place == down { down = left(&mut before, place - 1) } else { up = left(&mut after, place + 1) }
        }
        if best > 0 {
            pairs.push((unit, controls[best - 1]));
            after[best] = best + 1;
            before[best] = best - 1;
        }
    }
    pairs
}

/// Follows the places that are taken to the first that is left, and shortens the way.
fn left(next: &mut [usize], place: usize) -> usize {
    let mut end = place;
    while next[end] != end {
        end = next[end];
    }
    let mut at = place;
    while next[at] != at {
        (at, next[at]) = (next[at], end);
    }
    end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(space: &Space, pairs: &[(usize, usize)]) -> f64 {
        pairs.iter().map(|&(treated, control)| space.distance(treated, control)).sum()
    }

    /// The most pairs and the smallest sum, by trying everything.
    fn by_trying(space: &Space, treated: &[usize], controls: &[usize], limit: f64) -> (usize, f64) {
        let Some((&unit, rest)) = treated.split_first() else { return (0, 0.0) };
        let mut best = by_trying(space, rest, controls, limit);
        for (at, &control) in controls.iter().enumerate() {
            let distance = space.distance(unit, control);
            if distance <= limit {
                let mut others = controls.to_vec();
                others.remove(at);
                let (pairs, sum) = by_trying(space, rest, &others, limit);
                if pairs + 1 > best.0 || (pairs + 1 == best.0 && sum + distance < best.1) {
                    best = (pairs + 1, sum + distance);
                }
            }
        }
        best
    }

    proptest! {
        #[test]
        fn most_pairs_and_the_smallest_sum(
            cells in proptest::collection::vec((0u8..9, 0u8..9), 0..10), some in 0usize..5, limit in 1u8..12
        ) {
            let (some, limit) = (some.min(cells.len()), f64::from(limit) / 2.0);
            let (treated, controls): (Vec<usize>, Vec<usize>) = ((0..some).collect(), (some..cells.len()).collect());
            for dimensions in 1..3 {
                let of = |&(x, y): &(u8, u8)| [f64::from(x), f64::from(y)].into_iter().take(dimensions);
                let coordinates = cells.iter().flat_map(of).collect();
                let space = Space { dimensions, coordinates };
                let (pairs, sum) = by_trying(&space, &treated, &controls, limit);
                let (found, optimal) = pair(&space, &treated, &controls, limit);
                prop_assert!(optimal && found.len() == pairs && (total(&space, &found) - sum).abs() < 1e-9);
                let turned = with_potentials(&space, &treated, &controls, limit);
                prop_assert!(turned.len() == pairs && (total(&space, &turned) - sum).abs() < 1e-9);
                // Whoever takes the nearest left gets pairs within the limit, no control twice, and none is left beside it.
                let greedy = nearest_left(&space, &treated, &controls, limit);
                let mut taken: Vec<usize> = greedy.iter().map(|pair| pair.1).collect();
                taken.sort_unstable();
                taken.dedup();
                prop_assert_eq!(taken.len(), greedy.len());
                prop_assert!(greedy.len() <= pairs && greedy.iter().all(|&(a, b)| space.distance(a, b) <= limit));
                let alone = |unit: &&usize| greedy.iter().all(|pair| pair.0 != **unit);
                for &unit in treated.iter().filter(alone) {
                    let far = |control: &usize| space.distance(unit, *control) > limit;
                    prop_assert!(controls.iter().all(|control| taken.contains(control) || far(control)));
                }
            }
        }
    }
}
