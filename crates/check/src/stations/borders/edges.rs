//! The edges between districts, and how much places differ across them.
//!
//! Of a pair of places with values l and l' on the logit scale and sampling variances v and v', of distance class c,
//! the square (l - l')^2, no larger than a cap, is expected to be
//!
//! ```text
//! t_c + v + v',   t_c = the mean over pairs inside regions of (l - l')^2 - v - v', or 0 where that is below 0
//! ```
//!
//! An edge has all pairs of two districts; edges of districts of one region are *inner*, the others belong to the
//! border of two regions.

use std::collections::BTreeMap;

use adil_stat::{Points, Stream, on_sphere, quantile};

use super::pairs::{CLASSES, Pair, Where};
use crate::stations::places::Place;
use crate::stations::rates::Question;

/// Squares count for at most so many times the median of those inside regions.
const CAP: f64 = 20.0;
/// Fewer pairs of a class have no mean of their own.
const FEWEST_IN_CLASS: usize = 50;
/// Pieces added up in all redraws of one border, at most: a longer border has fewer redraws.
const MOST_ADDED: usize = 5_000_000;
/// A redraw puts a border together from pieces of so many inner edges beside each other.
const PIECE: usize = 4;

/// The value of a place on the logit scale, a half added to either side, and its sampling variance.
fn logit(question: Question, place: &Place) -> (f64, f64) {
    let (part, whole) = match question {
        Question::Turnout => place.voters(),
        Question::Share => place.votes(),
    };
    let part = part.min(whole);
    let (part, rest) = (part as f64 + 0.5, (whole - part) as f64 + 0.5);
    ((part / rest).ln(), 1.0 / part + 1.0 / rest)
}

/// The value of a place as a fraction.
pub(super) fn fraction(question: Question, place: &Place) -> f64 {
    match question {
        Question::Turnout => place.turnout().min(1.0),
        Question::Share => place.share(),
    }
}

/// Sums over pairs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) pairs: usize,
    pub(super) squares: f64,
    pub(super) expected: f64,
}

impl Sums {
    fn push(&mut self, square: f64, expected: f64) {
        self.add(&Self { pairs: 1, squares: square, expected });
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.pairs += other.pairs;
        self.squares += other.squares;
        self.expected += other.expected;
    }

    /// Squares by what is expected: 1 where there is no jump.
    pub(super) fn ratio(&self) -> f64 {
        if self.expected > 0.0 { self.squares / self.expected } else { 1.0 }
    }

    /// The extra mean square difference.
    pub(super) fn extra(&self) -> f64 {
        (self.squares - self.expected) / self.pairs.max(1) as f64
    }
}

/// All edges for one question.
#[derive(Debug, Clone)]
pub(super) struct Edges {
    pub(super) question: Question,
    /// The borders of regions, by the numbers of both.
    pub(super) borders: BTreeMap<(usize, usize), Sums>,
    /// Of each inner edge it and the nearest others, as one piece.
    pieces: Vec<Sums>,
    /// All inner edges.
    pub(super) inner: Sums,
}

impl Edges {
    /// `None` where no two places inside a region can be compared, or there is nothing to compare with them.
    pub(super) fn of(question: Question, places: &[Place], lie: &Where<'_>, pairs: &[Pair]) -> Option<Self> {
        let values: Vec<(f64, f64)> = places.iter().map(|place| logit(question, place)).collect();
        let at: Vec<[f64; 3]> = places.iter().map(|place| on_sphere(place.at.latitude, place.at.longitude)).collect();
        let square = |pair: &Pair| (values[pair.a].0 - values[pair.b].0).powi(2);
        let noise = |pair: &Pair| values[pair.a].1 + values[pair.b].1;
        let is_inner = |pair: &&Pair| lie.regions[pair.a] == lie.regions[pair.b];
        let squares: Vec<f64> = pairs.iter().filter(is_inner).map(square).collect();
        let cap = CAP * quantile(&squares, 0.5)?;
        let capped = |pair: &Pair| square(pair).min(cap);
        let between = means(pairs.iter().filter(is_inner).map(|pair| (pair.class, capped(pair) - noise(pair))));
        let mut borders: BTreeMap<(usize, usize), Sums> = BTreeMap::new();
        let mut edges: BTreeMap<(usize, usize), (Sums, [f64; 3])> = BTreeMap::new();
        for pair in pairs {
            let (square, expected) = (capped(pair), between[pair.class] + noise(pair));
            if is_inner(&pair) {
                let (sums, middle) = edges.entry(both(lie.districts, pair)).or_default();
                sums.push(square, expected);
                for place in [pair.a, pair.b] {
                    middle.iter_mut().zip(at[place]).for_each(|(sum, at)| *sum += at);
                }
            } else {
                borders.entry(both(lie.regions, pair)).or_default().push(square, expected);
            }
        }
        let (sums, middles): (Vec<Sums>, Vec<[f64; 3]>) = edges.into_values().unzip();
        let mut inner = Sums::default();
        sums.iter().for_each(|sums| inner.add(sums));
        let centre = |(sums, middle): (&Sums, [f64; 3])| middle.map(|sum| sum / (2 * sums.pairs) as f64);
        let points = Points::new(sums.iter().zip(middles).map(centre).collect());
        let piece = |edge: usize| {
            let mut piece = sums[edge];
            points.nearest(edge, PIECE - 1).into_iter().for_each(|(other, _)| piece.add(&sums[other]));
            piece
        };
        let pieces: Vec<Sums> = (0..sums.len()).map(piece).collect();
        Some(Self { question, borders, pieces, inner }).filter(|edges| !edges.borders.is_empty())
    }

    /// How many inner edges there are.
    pub(super) fn inner_edges(&self) -> usize {
        self.pieces.len()
    }

    /// The sums of all borders, or of those of a region.
    pub(super) fn of_region(&self, region: Option<usize>) -> Sums {
        let own = |&(a, b): &(usize, usize)| region.is_none_or(|region| a == region || b == region);
        let mut sums = Sums::default();
        self.borders.iter().filter(|(border, _)| own(border)).for_each(|(_, border)| sums.add(border));
        sums
    }

    /// How often as many pairs across inner edges, drawn in pieces, differ as much: (1 + as much) / (1 + draws).
    pub(super) fn p(&self, border: &Sums, draws: &mut Stream, wanted: usize) -> f64 {
        // Rounding must not make a redraw that repeats the data smaller than the data.
        let observed = border.ratio() - 1e-12;
        let of_piece = self.pieces.iter().map(|piece| piece.pairs).sum::<usize>() / self.pieces.len().max(1);
        let wanted = wanted.min(MOST_ADDED / (border.pairs / of_piece.max(1) + 1)).max(99);
        let as_much = (0..wanted).filter(|_| {
            let mut drawn = Sums::default();
            while drawn.pairs < border.pairs && !self.pieces.is_empty() {
                drawn.add(&self.pieces[draws.below(self.pieces.len())]);
            }
            drawn.ratio() >= observed
        });
        (1 + as_much.count()) as f64 / (1 + wanted) as f64
    }
}

/// The numbers of both places, the smaller first.
fn both(numbers: &[usize], pair: &Pair) -> (usize, usize) {
    let (a, b) = (numbers[pair.a], numbers[pair.b]);
    (a.min(b), a.max(b))
}

/// The mean of each class, or of all where a class has few, at least 0.
fn means(values: impl Iterator<Item = (usize, f64)>) -> [f64; CLASSES.len()] {
    let (mut sums, mut counts) = ([0.0; CLASSES.len()], [0usize; CLASSES.len()]);
    for (class, value) in values {
        sums[class] += value;
        counts[class] += 1;
    }
    let all = sums.iter().sum::<f64>() / counts.iter().sum::<usize>().max(1) as f64;
    std::array::from_fn(|class| {
        let own = if counts[class] < FEWEST_IN_CLASS { all } else { sums[class] / counts[class] as f64 };
        own.max(0.0)
    })
}

#[cfg(test)]
mod tests {
    use adil_stat::stream;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn means_of_classes_by_hand() {
        // 60 values of 1 and 3 in turn in the first class, two of -10 in the second: (120 - 20) / 62 over all.
        let values = (0..60).map(|index| (0, f64::from(1 + index % 2 * 2))).chain([(1, -10.0), (1, -10.0)]);
        let means = means(values);
        assert!((means[0] - 2.0).abs() < 1e-12 && (means[1] - 100.0 / 62.0).abs() < 1e-12);
        assert_eq!(super::means([(0, -1.0)].into_iter()), [0.0; CLASSES.len()]);
    }

    fn edges(ratios: &[f64]) -> Edges {
        let pieces = ratios.iter().map(|&ratio| Sums { pairs: 10, squares: 10.0 * ratio, expected: 10.0 }).collect();
        Edges { question: Question::Turnout, borders: BTreeMap::new(), pieces, inner: Sums::default() }
    }

    #[test]
    fn a_border_of_one_piece_has_the_rank_of_its_ratio() {
        // Nine of ten pieces are below 1.9, so that p is near 1/10: of 9,999 draws 1,000, standard deviation 30.
        let edges = edges(&[1.0, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9]);
        let border = Sums { pairs: 10, squares: 19.0, expected: 10.0 };
        assert_eq!((border.ratio(), border.extra()), (1.9, 0.9));
        let p = edges.p(&border, &mut stream(1, "test", 0), 9_999);
        assert!((p - 0.1).abs() < 0.015, "{p}");
        // More than the largest of all.
        let beyond = Sums { squares: 19.1, ..border };
        assert_eq!(edges.p(&beyond, &mut stream(1, "test", 0), 999), 0.001);
        // Of two pieces both are the largest once in a hundred times.
        let twice = Sums { pairs: 20, squares: 38.0, expected: 20.0 };
        let p = edges.p(&twice, &mut stream(1, "test", 0), 9_999);
        assert!((p - 0.01).abs() < 0.005, "{p}");
    }

    proptest! {
        #[test]
        fn a_larger_jump_is_less_likely(pairs in 1usize..60, jump in 0.5f64..2.0, more in 0.0f64..1.0) {
            let edges = edges(&[0.5, 0.8, 1.0, 1.2, 1.6]);
            let of = |ratio: f64| {
                let border = Sums { pairs, squares: pairs as f64 * ratio, expected: pairs as f64 };
                edges.p(&border, &mut stream(1, "test", 0), 199)
            };
            prop_assert!(of(jump + more) <= of(jump));
        }
    }
}
