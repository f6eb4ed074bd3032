//! Nearest points: a tree that halves the points by one axis after another (Bentley 1975).
//!
//! Points have three coordinates, so that places on a globe can be compared by the chord between them, which grows with the
//! distance along the ground. Of points at the same distance the one with the smaller number is nearer.

/// Points that can be asked for their neighbours.
#[derive(Debug, Clone)]
pub struct Points {
    points: Vec<[f64; 3]>,
    /// The numbers of the points: the middle of a range halves it, by the axis of its depth.
    order: Vec<usize>,
}

/// A point of the unit sphere at degrees north and east.
pub fn on_sphere(latitude: f64, longitude: f64) -> [f64; 3] {
    let (latitude, longitude) = (latitude.to_radians(), longitude.to_radians());
    [latitude.cos() * longitude.cos(), latitude.cos() * longitude.sin(), latitude.sin()]
}

impl Points {
    /// Makes the tree. Coordinates are finite.
    pub fn new(points: Vec<[f64; 3]>) -> Self {
        let mut order: Vec<usize> = (0..points.len()).collect();
        halve(&points, &mut order, 0);
        Self { points, order }
    }

    /// The `count` nearest other points of point `of`, the nearest first, with the squares of their distances.
    pub fn nearest(&self, of: usize, count: usize) -> Vec<(usize, f64)> {
        let mut search = Search { tree: self, of, count, limit: f64::INFINITY, found: Vec::with_capacity(count + 1) };
        if count > 0 {
            search.visit(0..self.order.len(), 0);
        }
        search.found
    }

    /// All other points of point `of` that are at most `distance` away, by number, with the squares of their distances.
    pub fn within(&self, of: usize, distance: f64) -> Vec<(usize, f64)> {
        let count = usize::MAX - 1;
        let limit = distance * distance;
        let mut search = Search { tree: self, of, count, limit, found: Vec::new() };
        search.visit(0..self.order.len(), 0);
        search.found.sort_unstable_by_key(|&(number, _)| number);
        search.found
    }
}

fn halve(points: &[[f64; 3]], order: &mut [usize], axis: usize) {
    if order.len() < 2 {
        return;
    }
    let middle = order.len() / 2;
    order.select_nth_unstable_by(middle, |&a, &b| points[a][axis].total_cmp(&points[b][axis]).then(a.cmp(&b)));
    let (before, rest) = order.split_at_mut(middle);
    halve(points, before, (axis + 1) % 3);
    halve(points, &mut rest[1..], (axis + 1) % 3);
}

/// So few points are looked at one after the other.
const FEW: usize = 8;

struct Search<'t> {
    tree: &'t Points,
    of: usize,
    count: usize,
    /// The square of the largest distance that is of interest.
    limit: f64,
    /// What was found, in order where a count is asked for.
    found: Vec<(usize, f64)>,
}

impl Search<'_> {
    fn visit(&mut self, range: std::ops::Range<usize>, axis: usize) {
        let tree = self.tree;
        if range.len() <= FEW {
            tree.order[range].iter().for_each(|&number| self.look_at(number));
            return;
        }
        let middle = range.start + range.len() / 2;
        let number = tree.order[middle];
        self.look_at(number);
        let (centre, point) = (tree.points[self.of], tree.points[number]);
        let across = centre[axis] - point[axis];
        let (near, far) = (range.start..middle, middle + 1..range.end);
        let (near, far) = if across <= 0.0 { (near, far) } else { (far, near) };
        self.visit(near, (axis + 1) % 3);
        if across * across <= self.limit {
            self.visit(far, (axis + 1) % 3);
        }
    }

    fn look_at(&mut self, number: usize) {
        let (centre, point) = (self.tree.points[self.of], self.tree.points[number]);
        let distance = (0..3).map(|axis| (centre[axis] - point[axis]).powi(2)).sum();
        if number == self.of || distance > self.limit {
            return;
        }
        if self.count == usize::MAX - 1 {
            self.found.push((number, distance));
            return;
        }
        let place = self.found.partition_point(|&(other, known)| (known, other) < (distance, number));
        self.found.insert(place, (number, distance));
        self.found.truncate(self.count);
        if self.found.len() == self.count {
            self.limit = self.found.last().map_or(f64::INFINITY, |&(_, furthest)| furthest);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_degree_of_the_equator_is_a_chord() {
        // 2 sin(1/2 degree)
        let points = Points::new(vec![on_sphere(0.0, 10.0), on_sphere(0.0, 11.0), on_sphere(80.0, 10.0)]);
        let (number, square) = points.nearest(0, 1)[0];
        assert_eq!(number, 1);
        assert!((square.sqrt() - 2.0 * 0.5f64.to_radians().sin()).abs() < 1e-12);
        assert_eq!(Points::new(Vec::new()).within(0, 1.0).len(), 0);
    }

    proptest! {
        #[test]
        fn the_tree_finds_what_looking_at_all_finds(
            cells in proptest::collection::vec(proptest::array::uniform3(0u8..6), 2..60), count in 1usize..9
        ) {
            // Few values, so that many points are at one distance.
            let points: Vec<[f64; 3]> = cells.iter().map(|cells| cells.map(f64::from)).collect();
            let tree = Points::new(points.clone());
            for of in 0..points.len() {
                let square = |other: usize| (0..3).map(|axis| (points[of][axis] - points[other][axis]).powi(2)).sum::<f64>();
                let mut all: Vec<(usize, f64)> = (0..points.len()).filter(|&other| other != of).map(|other| (other, square(other))).collect();
                let near: Vec<(usize, f64)> = all.iter().copied().filter(|(_, square)| *square <= 4.0).collect();
                prop_assert_eq!(tree.within(of, 2.0), near);
                all.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
                all.truncate(count);
                prop_assert_eq!(tree.nearest(of, count), all);
            }
        }
    }
}
