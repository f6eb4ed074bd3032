//! Exposure of each unit to what was done to others: treated itself, within a ring around a treated unit, or neither.
//!
//! The class of a unit follows from the assignment by a list of neighbours: a treated unit is `Treated`, whatever its
//! neighbours are; another is in the innermost ring that holds a treated unit; the rest are pure controls. Its probability
//! is that of the design, counted in assignments drawn from it (P. M. Aronow and C. Samii, Annals of Applied Statistics 11,
//! 2017). Units with many neighbours are more often in a ring: a plain comparison of rings mixes that with the effect,
//! weights by these probabilities do not.

use super::{Design, error::ContrastError};
use crate::{Points, Stream};

/// What reached a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exposure {
    /// It was treated.
    Treated,
    /// Not treated; the innermost ring in which a unit was, from 1.
    Ring(u8),
    /// Neither.
    PureControl,
}

/// Who is near whom, and in which ring.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbours {
    /// For each unit the others near it, with the ring from 1.
    of: Vec<Vec<(usize, u8)>>,
    rings: u8,
}

impl Neighbours {
    /// From lists of (neighbour, ring), one for each unit; a unit's ring around another need not be the other's around it.
    /// Fails for a neighbour that is not a unit or the unit itself, and for ring 0.
    pub fn new(of: Vec<Vec<(usize, u8)>>) -> Result<Self, ContrastError> {
        let count = of.len();
        for (unit, list) in of.iter().enumerate() {
            if list.iter().any(|&(other, ring)| other >= count || other == unit || ring == 0) {
                return Err(ContrastError::Neighbour(unit));
            }
        }
        let rings = of.iter().flatten().map(|neighbour| neighbour.1).max().unwrap_or(0);
        Ok(Self { of, rings })
    }

    /// From places: ring k is what is at most `radii[k - 1]` away, and in no ring further in. Radii are above 0, grow, and
    /// are measured as the points are (for points of [`crate::on_sphere`] the chord). Fails for other radii, more than 255,
    /// and places that are not finite.
    pub fn around(places: Vec<[f64; 3]>, radii: &[f64]) -> Result<Self, ContrastError> {
        if let Some(unit) = places.iter().position(|place| place.iter().any(|x| !x.is_finite())) {
            return Err(ContrastError::NotFinite(unit));
        }
        let grows = radii.iter().zip(std::iter::once(&0.0).chain(radii)).all(|(radius, before)| radius > before);
        let outermost = radii.last().copied().filter(|radius| radius.is_finite());
        let (Some(outermost), true, true) = (outermost, grows, radii.len() <= 255) else {
            return Err(ContrastError::Parameter("radii"));
        };
        let count = places.len();
        let tree = Points::new(places);
        let ring = |square: f64| radii.partition_point(|radius| radius * radius < square) as u8 + 1;
        let list =
            |unit| tree.within(unit, outermost).into_iter().map(|(other, square)| (other, ring(square))).collect();
        Ok(Self { of: (0..count).map(list).collect(), rings: radii.len() as u8 })
    }

    /// Units.
    pub fn units(&self) -> usize {
        self.of.len()
    }

    /// All classes there can be, in their order: treated, the rings outward, pure control.
    pub fn classes(&self) -> Vec<Exposure> {
        let rings = (1..=self.rings).map(Exposure::Ring);
        std::iter::once(Exposure::Treated).chain(rings).chain(std::iter::once(Exposure::PureControl)).collect()
    }

    /// The class of each unit under an assignment of the same units; units beyond it count as untreated.
    pub fn exposures(&self, assignment: &[bool]) -> Vec<Exposure> {
        let class = |number: u16| match u8::try_from(number) {
            Ok(0) => Exposure::Treated,
            Ok(ring) if ring <= self.rings => Exposure::Ring(ring),
            _ => Exposure::PureControl,
        };
        let mut numbers = Vec::new();
        self.numbers_into(assignment, &mut numbers);
        numbers.into_iter().map(class).collect()
    }

    /// The place of each unit's class among [`Self::classes`].
    pub(super) fn numbers_into(&self, assignment: &[bool], numbers: &mut Vec<u16>) {
        let treated = |unit: usize| assignment.get(unit).copied().unwrap_or(false);
        let pure = u16::from(self.rings) + 1;
        numbers.clear();
        numbers.extend(self.of.iter().enumerate().map(|(unit, list)| {
            let reached = list.iter().filter(|neighbour| treated(neighbour.0)).map(|neighbour| u16::from(neighbour.1));
            if treated(unit) { 0 } else { reached.min().unwrap_or(pure) }
        }));
    }
}

/// How probable each class is for each unit, counted in draws from a design.
#[derive(Debug, Clone, PartialEq)]
pub struct ExposureProbabilities {
    classes: usize,
    draws: u32,
    /// Unit by unit, how often it was in each class.
    counts: Vec<u32>,
}

impl ExposureProbabilities {
    /// Counts `draws` (at least 1) assignments of `design`. The standard error of a probability p is `sqrt(p (1 -
    /// p)/draws)`. Costs the draws times units and neighbours. Fails where design and neighbours are of different numbers
    /// of units.
    pub fn counted(
        design: &Design,
        neighbours: &Neighbours,
        draws: u32,
        stream: &mut Stream,
    ) -> Result<Self, ContrastError> {
        super::error::same_length(design.units(), neighbours.units())?;
        if draws == 0 {
            return Err(ContrastError::Parameter("draws"));
        }
        let classes = usize::from(neighbours.rings) + 2;
        let mut counts = vec![0; classes * design.units()];
        let (mut assignment, mut numbers, mut source) = (Vec::new(), Vec::new(), design.draws(stream));
        for _ in 0..draws {
            source.next_into(&mut assignment);
            neighbours.numbers_into(&assignment, &mut numbers);
            let of_units = counts.chunks_exact_mut(classes).zip(&numbers);
            of_units.for_each(|(counts, &number)| counts[usize::from(number)] += 1);
        }
        Ok(Self { classes, draws, counts })
    }

    /// The probability that a unit is in the class with this place among [`Neighbours::classes`]; 0 for what does not
    /// exist.
    pub fn of(&self, unit: usize, class: usize) -> f64 {
        let count = if class < self.classes { self.counts.get(unit * self.classes + class) } else { None };
        f64::from(count.copied().unwrap_or(0)) / f64::from(self.draws)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream;

    fn line() -> Neighbours {
        // Units at 0, 1, 2, 3, 10 on a line; rings at 1 and 2.
        let places = [0.0, 1.0, 2.0, 3.0, 10.0].map(|x| [x, 0.0, 0.0]).to_vec();
        Neighbours::around(places, &[1.0, 2.0]).expect("radii")
    }

    #[test]
    fn the_innermost_ring_counts() {
        use Exposure::{PureControl, Ring, Treated};
        let near = line();
        // With the most rings there can be, the last class is still that of pure controls.
        let most = Neighbours::new(vec![vec![(1, 255)], vec![], vec![]]).expect("neighbours");
        assert_eq!(most.exposures(&[false, true, false]), [Ring(255), Treated, PureControl]);
        assert_eq!(near.classes(), [Treated, Ring(1), Ring(2), PureControl]);
        assert_eq!(
            near.exposures(&[true, false, false, false, false]),
            [Treated, Ring(1), Ring(2), PureControl, PureControl]
        );
        assert_eq!(
            near.exposures(&[true, false, false, true, false]),
            [Treated, Ring(1), Ring(1), Treated, PureControl]
        );
        assert_eq!(
            near.exposures(&[false, false, false, false, true]),
            [PureControl, PureControl, PureControl, PureControl, Treated]
        );
    }

    #[test]
    fn probabilities_are_those_of_the_design() {
        // One of five is treated. Unit 0: ring 1 if unit 1 is, ring 2 if unit 2 is, pure control if 3 or 4 is; the last is
        // in no ring.
        let design = Design::complete(5, 1).expect("a design");
        let counted =
            ExposureProbabilities::counted(&design, &line(), 20_000, &mut stream(1, "rings", 0)).expect("units");
        for (unit, expected) in [(0, [0.2, 0.2, 0.2, 0.4]), (1, [0.2, 0.4, 0.2, 0.2]), (4, [0.2, 0.0, 0.0, 0.8])] {
            for (class, p) in expected.into_iter().enumerate() {
                // Five standard errors.
                let room = 5.0 * (p * (1.0 - p) / 20_000.0f64).sqrt();
                assert!((counted.of(unit, class) - p).abs() <= room, "{unit} {class}: {}", counted.of(unit, class));
            }
        }
        assert_eq!((counted.of(5, 0), counted.of(0, 4)), (0.0, 0.0));
    }

    #[test]
    fn what_are_no_rings_is_refused() {
        assert_eq!(Neighbours::new(vec![vec![(1, 1)], vec![(1, 1)]]), Err(ContrastError::Neighbour(1)));
        assert_eq!(Neighbours::new(vec![vec![(2, 1)], vec![]]), Err(ContrastError::Neighbour(0)));
        assert_eq!(Neighbours::new(vec![vec![(1, 0)], vec![]]), Err(ContrastError::Neighbour(0)));
        for radii in [&[][..], &[0.0], &[2.0, 2.0], &[1.0, f64::INFINITY]] {
            assert_eq!(Neighbours::around(vec![[0.0; 3]], radii), Err(ContrastError::Parameter("radii")));
        }
        assert_eq!(Neighbours::around(vec![[f64::NAN, 0.0, 0.0]], &[1.0]), Err(ContrastError::NotFinite(0)));
        let design = Design::complete(4, 1).expect("a design");
        let other = ExposureProbabilities::counted(&design, &line(), 9, &mut stream(1, "rings", 0));
        assert_eq!(other, Err(ContrastError::Lengths { expected: 4, found: 5 }));
    }
}
