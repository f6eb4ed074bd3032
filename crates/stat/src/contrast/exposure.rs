//! Contrasts between classes of exposure: what reaches from treated units to others, and what is left of an effect when it
//! does.
//!
//! Where a treatment drives what it prevents to the units next door, the plain comparison takes it for an effect twice: it
//! was found of observers (N. Ichino and M. Schündeln, Journal of Politics 74, 2012; J. Asunka, S. Brierley, M. Golden, E.
//! Kramon and G. Ofosu, British Journal of Political Science 49, 2019). With p_i(k) the probability under the design that unit i is in class k
//! ([`ExposureProbabilities`]), over the units that could have been both in k and a pure control,
//!
//! ```text
//! Horvitz-Thompson:  1/N sum_{i in k} y_i/p_i(k)                       - the same for pure controls
//! Hájek:             sum_{i in k} y_i/p_i(k) / sum_{i in k} 1/p_i(k)   - the same for pure controls
//! ```
//!
//! (Aronow and Samii 2017). The first is unbiased and unsteady, and changes when a constant is added to all outcomes; the
//! second is steady and nearly unbiased, and is the one that is tested. Its p-value is that of the sharp null that no
//! assignment changes any outcome, by redrawing. Its standard error is its standard deviation over redraws where every
//! class has a constant effect, the one estimated: outcomes are taken back to those of pure controls and forward to those
//! of the drawn classes. Where effects differ between units the error is only close. The rings are the assumption: what
//! reaches beyond the outermost counts as pure control.

use super::{
    Design, Exposure, ExposureProbabilities, Neighbours,
    error::{ContrastError, finite, same_length},
};
use crate::{Moments, Stream, normal_quantile};

/// A class of exposure beside pure controls.
#[derive(Debug, Clone, PartialEq)]
pub struct ExposureContrast {
    /// The class.
    pub class: Exposure,
    /// Eligible units that were in it, and that were pure controls.
    pub units: (usize, usize),
    /// Units that could never, or too rarely, have been in one of the two classes: they are in neither.
    pub excluded: usize,
    /// What was estimated; `None` where one of the two classes has no eligible unit.
    pub estimate: Option<ExposureEstimate>,
}

/// The estimates of a contrast, in the unit of the outcomes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExposureEstimate {
    /// By Horvitz and Thompson.
    pub horvitz_thompson: f64,
    /// By Hájek.
    pub hajek: f64,
    /// The standard error of the latter.
    pub standard_error: f64,
    /// P-value of the sharp null against more, by the latter.
    pub greater: f64,
    /// Against less.
    pub less: f64,
    /// Against either: twice the smaller, at most 1.
    pub two_sided: f64,
}

impl ExposureEstimate {
    /// The normal interval of that level, between 0 and 1, about the estimate of Hájek.
    pub fn interval(&self, level: f64) -> (f64, f64) {
        let margin = normal_quantile(0.5 + level.clamp(0.0, 1.0) / 2.0) * self.standard_error;
        (self.hajek - margin, self.hajek + margin)
    }
}

/// How often a spill-over analysis draws, and whom it leaves out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpillOver {
    /// Assignments drawn for the probabilities, and as many again for p-values and errors; 1 or more.
    pub draws: u32,
    /// Units are eligible if both probabilities are at least this, above 0 and below 1. A probability p is known to
    /// `sqrt(p (1 - p)/draws)`, so it should be many times 1/draws.
    pub least_probability: f64,
}

/// Sets every class but pure controls beside pure controls, in the order of [`Neighbours::classes`].
///
/// Fails for columns of different lengths, an outcome that is not finite, an assignment that the design cannot give, and
/// settings outside their range. Costs twice the draws times units, neighbours and classes; memory for units times classes.
pub fn spill_over(
    design: &Design,
    neighbours: &Neighbours,
    assignment: &[bool],
    outcomes: &[f64],
    settings: SpillOver,
    stream: &mut Stream,
) -> Result<Vec<ExposureContrast>, ContrastError> {
    same_length(design.units(), outcomes.len())?;
    finite(outcomes)?;
    design.treated_clusters(assignment)?;
    if !(settings.least_probability > 0.0 && settings.least_probability < 1.0) {
        return Err(ContrastError::Parameter("least_probability"));
    }
    let probabilities = ExposureProbabilities::counted(design, neighbours, settings.draws, stream)?;
    let classes = neighbours.classes();
    let frames: Vec<Frame> = (0..classes.len() - 1)
        .map(|class| Frame::new(&probabilities, class, classes.len() - 1, outcomes.len(), settings))
        .collect();
    let mut numbers = Vec::new();
    neighbours.numbers_into(assignment, &mut numbers);
    let observed: Vec<Option<f64>> =
        frames.iter().map(|frame| frame.means(&numbers, |unit| outcomes[unit]).hajek()).collect();
    // The outcomes had all been pure controls, if effects are as estimated; a class without an estimate is left as it is.
    let effect = |number: u16| observed.get(usize::from(number)).copied().flatten().unwrap_or(0.0);
    let without: Vec<f64> = outcomes.iter().zip(&numbers).map(|(y, &number)| y - effect(number)).collect();
    let mut redrawn = vec![Redrawn::default(); frames.len()];
    let (mut drawn, mut drawn_numbers, mut source) = (Vec::new(), Vec::new(), design.draws(stream));
    for _ in 0..settings.draws {
        source.next_into(&mut drawn);
        neighbours.numbers_into(&drawn, &mut drawn_numbers);
        for ((frame, redrawn), observed) in frames.iter().zip(&mut redrawn).zip(&observed) {
            let Some(observed) = observed else { continue };
            let null = frame.means(&drawn_numbers, |unit| outcomes[unit]).hajek();
            let alternative = frame.means(&drawn_numbers, |unit| without[unit] + effect(drawn_numbers[unit])).hajek();
            redrawn.push(*observed, null, alternative);
        }
    }
    let contrast = |(number, (frame, redrawn)): (usize, (&Frame, Redrawn))| {
        let means = frame.means(&numbers, |unit| outcomes[unit]);
        let estimate =
            means.hajek().map(|hajek| redrawn.estimate(hajek, means.horvitz_thompson(frame.eligible), settings.draws));
        let excluded = outcomes.len() - frame.eligible;
        ExposureContrast { class: classes[number], units: means.units, excluded, estimate }
    };
    Ok(frames.iter().zip(redrawn).enumerate().map(contrast).collect())
}

/// The weights of a class and of pure controls.
struct Frame {
    class: u16,
    pure: u16,
    /// 1/p of both classes for each unit; 0 for those that are not eligible.
    weights: Vec<[f64; 2]>,
    eligible: usize,
}

/// What the weighted outcomes of both classes add up to.
#[derive(Debug, Clone, Copy, Default)]
struct Means {
    sums: [f64; 2],
    weights: [f64; 2],
    units: (usize, usize),
}

impl Frame {
    fn new(
        probabilities: &ExposureProbabilities,
        class: usize,
        pure: usize,
        units: usize,
        settings: SpillOver,
    ) -> Self {
        let weight = |unit: usize| {
            let both = [class, pure].map(|class| probabilities.of(unit, class));
            let eligible = both.iter().all(|&p| p >= settings.least_probability);
            if eligible { both.map(f64::recip) } else { [0.0; 2] }
        };
        let weights: Vec<[f64; 2]> = (0..units).map(weight).collect();
        let eligible = weights.iter().filter(|weights| weights[0] > 0.0).count();
        Self { class: class as u16, pure: pure as u16, weights, eligible }
    }

    fn means(&self, numbers: &[u16], outcome: impl Fn(usize) -> f64) -> Means {
        let mut means = Means::default();
        for (unit, (&number, weights)) in numbers.iter().zip(&self.weights).enumerate() {
            if weights[0] > 0.0 && number == self.class {
                means.units.0 += 1;
                means.sums[0] += weights[0] * outcome(unit);
                means.weights[0] += weights[0];
            } else if weights[0] > 0.0 && number == self.pure {
                means.units.1 += 1;
                means.sums[1] += weights[1] * outcome(unit);
                means.weights[1] += weights[1];
            }
        }
        means
    }
}

impl Means {
    fn hajek(&self) -> Option<f64> {
        let both = self.weights.iter().all(|&weight| weight > 0.0);
        both.then(|| self.sums[0] / self.weights[0] - self.sums[1] / self.weights[1])
    }

    fn horvitz_thompson(&self, eligible: usize) -> f64 {
        (self.sums[0] - self.sums[1]) / eligible as f64
    }
}

/// What redraws gave.
#[derive(Debug, Clone, Copy, Default)]
struct Redrawn {
    more: u32,
    less: u32,
    moments: Moments,
}

impl Redrawn {
    /// A redraw without one of the classes has no difference: it counts as one as far away on either side, never as one
    /// nearer.
    fn push(&mut self, observed: f64, null: Option<f64>, alternative: Option<f64>) {
        let room = 1e-9 * observed.abs();
        self.more += u32::from(null.is_none_or(|null| null >= observed - room));
        self.less += u32::from(null.is_none_or(|null| null <= observed + room));
        alternative.into_iter().for_each(|value| self.moments.push(value, 1.0));
    }

    fn estimate(self, hajek: f64, horvitz_thompson: f64, draws: u32) -> ExposureEstimate {
        let [greater, less] = [self.more, self.less].map(|count| f64::from(1 + count) / f64::from(1 + draws));
        let standard_error = self.moments.sd().unwrap_or(f64::INFINITY);
        let two_sided = (2.0 * greater.min(less)).min(1.0);
        ExposureEstimate { horvitz_thompson, hajek, standard_error, greater, less, two_sided }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{binomial_at_least, stream};

    const SETTINGS: SpillOver = SpillOver { draws: 400, least_probability: 0.02 };

    #[test]
    fn four_units_by_hand() {
        // One of four is treated; 0 and 1 are in each other's ring, 2 and 3 in nobody's. Probabilities: treated 1/4 each;
        // ring 1/4 for 0 and 1, 0 for 2 and 3; pure control 1/2, 1/2, 3/4, 3/4.
        let near = Neighbours::new(vec![vec![(1, 1)], vec![(0, 1)], vec![], vec![]]).expect("neighbours");
        let design = Design::complete(4, 1).expect("a design");
        let settings = SpillOver { draws: 40_000, least_probability: 0.02 };
        let contrasts = spill_over(
            &design,
            &near,
            &[true, false, false, false],
            &[9.0, 5.0, 2.0, 4.0],
            settings,
            &mut stream(1, "four", 0),
        );
        let [treated, ring] = &contrasts.expect("contrasts")[..] else { panic!("two classes beside pure controls") };
        assert_eq!((treated.class, treated.units, treated.excluded), (Exposure::Treated, (1, 2), 0));
        let estimate = treated.estimate.expect("both classes");
        // Hájek: 9 - (2 + 4)/2 and Horvitz-Thompson: (4 * 9 - 4/3 (2 + 4))/4 = 7; weights are known to about a hundredth.
        assert!((estimate.hajek - 6.0).abs() < 0.02 && (estimate.horvitz_thompson - 7.0).abs() < 0.4, "{estimate:?}");
        // If another had been treated: 1: 5 - 3; 2: 2 - (9*2 + 5*2 + 4*4/3)/(16/3) = 2 - 25/4; 3: 4 - (28 + 2*4/3)/(16/3);
        // so p = 1/4 and 1.
        assert!((estimate.greater - 0.25).abs() < 0.011 && estimate.less == 1.0, "{estimate:?}");
        // Units 2 and 3 can never be in the ring, and of 0 and 1 none is a pure control here.
        assert_eq!((ring.class, ring.units, ring.excluded, ring.estimate), (Exposure::Ring(1), (1, 0), 2, None));
    }

    #[test]
    fn what_cannot_be_analysed_is_refused() {
        let near = Neighbours::new(vec![vec![]; 4]).expect("neighbours");
        let design = Design::complete(4, 1).expect("a design");
        let run = |assignment: &[bool], outcomes: &[f64], settings| {
            spill_over(&design, &near, assignment, outcomes, settings, &mut stream(1, "four", 0)).err()
        };
        let one = [true, false, false, false];
        assert_eq!(run(&one, &[1.0; 4], SETTINGS), None);
        assert_eq!(run(&one, &[1.0; 3], SETTINGS), Some(ContrastError::Lengths { expected: 4, found: 3 }));
        assert_eq!(run(&[true; 4], &[1.0; 4], SETTINGS), Some(ContrastError::NotOfTheDesign(0)));
        assert_eq!(run(&one, &[f64::NAN; 4], SETTINGS), Some(ContrastError::NotFinite(0)));
        for (draws, least_probability, name) in
            [(0, 0.1, "draws"), (9, 0.0, "least_probability"), (9, f64::NAN, "least_probability")]
        {
            let settings = SpillOver { draws, least_probability };
            assert_eq!(run(&one, &[1.0; 4], settings), Some(ContrastError::Parameter(name)));
        }
    }

    /// Of `runs` experiments on 150 units scattered over a square, 20 treated, with effects on the treated and within the
    /// ring: false alarms at 1/10 in the ring, and how often the 90 % intervals hold the two effects. Units in the middle,
    /// which have more neighbours, have higher outcomes.
    fn run(runs: u64, treated: f64, ring: f64) -> (u64, [u64; 2], [f64; 2]) {
        let mut own = stream(3, "places", 0);
        let places: Vec<[f64; 3]> = (0..150).map(|_| [own.unit(), own.unit(), 0.0]).collect();
        let near = Neighbours::around(places.clone(), &[0.1]).expect("radii");
        let design = Design::complete(150, 20).expect("a design");
        let (mut alarms, mut covered, mut sums) = (0, [0; 2], [0.0; 2]);
        for number in 0..runs {
            let mut own = stream(3, "experiments", number);
            let mut assignment = Vec::new();
            design.draws(&mut own).next_into(&mut assignment);
            let outcomes: Vec<f64> = near
                .exposures(&assignment)
                .iter()
                .zip(&places)
                .map(|(class, place)| {
                    let middle = -4.0 * ((place[0] - 0.5).powi(2) + (place[1] - 0.5).powi(2));
                    middle
                        + own.normal()
                        + match class {
                            Exposure::Treated => treated,
                            Exposure::Ring(_) => ring,
                            Exposure::PureControl => 0.0,
                        }
                })
                .collect();
            let settings = SpillOver { draws: 199, ..SETTINGS };
            let contrasts = spill_over(&design, &near, &assignment, &outcomes, settings, &mut own).expect("contrasts");
            for (at, (contrast, truth)) in contrasts.iter().zip([treated, ring]).enumerate() {
                let estimate = contrast.estimate.expect("both classes");
                let (low, high) = estimate.interval(0.9);
                covered[at] += u64::from(low <= truth && truth <= high);
                sums[at] += estimate.hajek / runs as f64;
            }
            alarms += u64::from(contrasts[1].estimate.is_some_and(|estimate| estimate.two_sided <= 0.1));
        }
        (alarms, covered, sums)
    }

    #[test]
    fn alarms_and_intervals_keep_their_rates() {
        let tails = |k: u64, p: f64| binomial_at_least(k, 200, p).min(1.0 - binomial_at_least(k + 1, 200, p));
        let (alarms, ..) = run(200, 0.0, 0.0);
        // Bin(200, 1/10).
        assert!(tails(alarms, 0.1) > 1e-3, "{alarms}");
        let (alarms, covered, means) = run(200, -1.0, 1.0);
        // Effects are constant, so the intervals are those of a normal estimate: Bin(200, 9/10).
        assert!(covered.iter().all(|&covered| tails(covered, 0.9) > 1e-3), "{covered:?}");
        // The mean estimate has a standard error below .25/sqrt(200) = .018 (treated 20 of 150) and .25/sqrt(200) in the
        // ring.
        assert!((means[0] + 1.0).abs() < 0.09 && (means[1] - 1.0).abs() < 0.09, "{means:?}");
        assert!(alarms > 190, "{alarms}");
    }
}
