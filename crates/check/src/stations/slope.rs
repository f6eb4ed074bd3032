//! How one number of a station goes with another inside districts, with an uncertainty that takes each district as one
//! observation:
//!
//! ```text
//! b = sum w x y / sum w x^2,   var b = G/(G-1) sum_g (sum_{i in g} w x e)^2 / (sum w x^2)^2
//! ```
//!
//! with x and y less the weighted means of their district, e = y - b x and G the number of districts in which x varies
//! (least squares with district effects, cluster-robust: Liang and Zeger, Biometrika 73, 1986).

use adil_finding::{Arg, Evidence, Interval, Measure, Message, Unit};
use adil_stat::{Stream, ln_normal_upper};

/// Half of a 95 % interval, in standard deviations.
const HALF_WIDTH: f64 = 1.959_963_985;
/// Fewer districts give no uncertainty that could be believed.
const FEWEST: usize = 10;

/// A station: its district, its weight and the two numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dot {
    /// The number of its district.
    pub(super) district: usize,
    /// Its weight, e.g. its ballots; above zero.
    pub(super) weight: f64,
    /// What the other is explained by.
    pub(super) x: f64,
    /// What is explained.
    pub(super) y: f64,
}

/// The slope of y on x within districts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slope {
    /// The change of y with x.
    pub(super) value: f64,
    /// Its standard deviation.
    pub(super) deviation: f64,
    /// Districts in which x varies.
    pub(super) districts: usize,
}

impl Slope {
    /// The slope over stations of `districts` districts; `None` where x varies in fewer than ten of them.
    pub(super) fn of(dots: &[Dot], districts: usize) -> Option<Self> {
        let within = Within::of(dots, districts);
        let value = within.xy() / within.xx;
        let mut scores = vec![(0.0f64, 0.0f64); districts];
        for dot in &within.dots {
            let score = &mut scores[dot.district];
            score.0 += dot.weight * dot.x * (dot.y - value * dot.x);
            score.1 += dot.weight * dot.x * dot.x;
        }
        // Differences of less than this are rounding.
        let varied = scores.iter().filter(|score| score.1 > 1e-9).count();
        let spread: f64 = scores.iter().map(|score| score.0 * score.0).sum();
        let groups = varied as f64;
        let deviation = (groups / (groups - 1.0) * spread).sqrt() / within.xx;
        let found = varied >= FEWEST && value.is_finite() && deviation.is_finite();
        found.then_some(Self { value, deviation, districts: varied })
    }

    /// Half of the 95 % interval.
    pub(super) fn margin(&self) -> f64 {
        HALF_WIDTH * self.deviation
    }

    /// ln of the one-sided probability of a slope at least as high where there is none; 0 where nothing is uncertain.
    pub(super) fn ln_p_above(&self) -> f64 {
        if self.deviation > 0.0 { ln_normal_upper(self.value / self.deviation) } else { 0.0 }
    }

    /// The same slope of the negative of y.
    pub(super) fn falling(self) -> Self {
        Self { value: -self.value, ..self }
    }

    /// The measure of that name, with its interval.
    pub(super) fn measure(&self, name: &'static str, source: &'static str) -> Measure {
        let method = Message::new("slope-method").with("districts", self.districts);
        let (low, high) = (self.value - self.margin(), self.value + self.margin());
        let interval = Interval { low, high, level: 0.95, method };
        Measure::real(name, self.value, Unit::Pure, Message::new(source)).within(interval)
    }

    /// The sentence `id`, which takes `slope`, `low`, `high` and `districts`.
    pub(super) fn evidence(&self, id: &'static str) -> Evidence {
        let number = |value| Arg::Number(value, 2);
        let statement = Message::new(id)
            .with("slope", number(self.value))
            .with("low", number(self.value - self.margin()))
            .with("high", number(self.value + self.margin()));
        Evidence::new(statement.with("districts", self.districts))
    }
}

/// The one-sided probability of a slope at least as high when the x of each district are dealt out anew among its
/// stations: (1 + number of deals at least as high) / (1 + deals). `None` where x does not vary. Weights stay with y.
pub(super) fn dealt_p(dots: &[Dot], districts: usize, deals: usize, stream: &mut Stream) -> Option<f64> {
    let mut dots = dots.to_vec();
    dots.sort_by_key(|dot| dot.district);
    let observed = {
        let within = Within::of(&dots, districts);
        if within.xx <= 1e-9 {
            return None;
        }
        within.xy() / within.xx
    };
    let mut dealt: Vec<f64> = dots.iter().map(|dot| dot.x).collect();
    let sizes: Vec<usize> = dots.chunk_by(|a, b| a.district == b.district).map(<[Dot]>::len).collect();
    let extreme = (0..deals)
        .filter(|_| {
            let mut rest = dealt.as_mut_slice();
            for &size in &sizes {
                let (district, later) = rest.split_at_mut(size);
                stream.shuffle(district);
                rest = later;
            }
            // Rounding must not make a deal that repeats the data smaller than the data.
            slope_of_sorted(&dots, &dealt) >= observed - 1e-12
        })
        .count();
    Some((1 + extreme) as f64 / (1 + deals) as f64)
}

/// The slope over dots in the order of their districts, with these x.
fn slope_of_sorted(dots: &[Dot], dealt: &[f64]) -> f64 {
    let (mut xx, mut xy, mut from) = (0.0, 0.0, 0);
    for district in dots.chunk_by(|a, b| a.district == b.district) {
        let (mut w, mut wx, mut wy, mut wxx, mut wxy) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (dot, &x) in district.iter().zip(&dealt[from..]) {
            w += dot.weight;
            wx += dot.weight * x;
            wy += dot.weight * dot.y;
            wxx += dot.weight * x * x;
            wxy += dot.weight * x * dot.y;
        }
        from += district.len();
        xx += wxx - wx * wx / w;
        xy += wxy - wx * wy / w;
    }
    xy / xx
}

/// Dots less the means of their districts.
struct Within {
    dots: Vec<Dot>,
    xx: f64,
}

impl Within {
    fn of(dots: &[Dot], districts: usize) -> Self {
        let mut sums = vec![(0.0f64, 0.0f64, 0.0f64); districts];
        for dot in dots {
            let sum = &mut sums[dot.district];
            *sum = (sum.0 + dot.weight, sum.1 + dot.weight * dot.x, sum.2 + dot.weight * dot.y);
        }
        let centred = |dot: &Dot| {
            let (weight, x, y) = sums[dot.district];
            Dot { x: dot.x - x / weight, y: dot.y - y / weight, ..*dot }
        };
        let dots: Vec<Dot> = dots.iter().map(centred).collect();
        let xx = dots.iter().map(|dot| dot.weight * dot.x * dot.x).sum();
        Self { dots, xx }
    }

    fn xy(&self) -> f64 {
        self.dots.iter().map(|dot| dot.weight * dot.x * dot.y).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn dots(noise: &[f64]) -> Vec<Dot> {
        let dot = |(row, noise): (usize, &f64)| {
            let (district, x) = (row / 10, (row % 10) as f64 / 10.0);
            Dot { district, weight: 1.0 + (row % 3) as f64, x, y: district as f64 + 0.5 * x + noise }
        };
        noise.iter().enumerate().map(dot).collect()
    }

    #[test]
    fn agrees_with_numpy() {
        // python3: noise e_r = ((7 r) mod 11) / 100, rows r = 0..119, district r // 10, x = (r % 10)/10, weight 1 + r %
        // 3; within-district weighted least squares with the formulas above, by numpy.
        let noise: Vec<f64> = (0..120).map(|row| f64::from(7 * row % 11) / 100.0).collect();
        let slope = Slope::of(&dots(&noise), 12).expect("twelve districts");
        assert!((slope.value - NUMPY.0).abs() < 1e-12 && (slope.deviation - NUMPY.1).abs() < 1e-12, "{slope:?}");
        assert_eq!(slope.districts, 12);
    }

    const NUMPY: (f64, f64) = (0.4976423165815273, 0.007795862073414937);

    #[test]
    fn a_strong_slope_is_not_dealt_again() {
        let dots = dots(&[0.0; 120]);
        let p = dealt_p(&dots, 12, 199, &mut adil_stat::stream(1, "slope", 0)).expect("x varies");
        assert!((p - 1.0 / 200.0).abs() < 1e-15);
    }

    #[test]
    fn what_does_not_vary_has_no_slope() {
        let flat: Vec<Dot> = dots(&[0.0; 120]).iter().map(|dot| Dot { x: 1.0, ..*dot }).collect();
        assert_eq!(dealt_p(&flat, 12, 9, &mut adil_stat::stream(1, "slope", 0)), None);
        assert_eq!(Slope::of(&flat, 12), None);
    }

    proptest! {
        #[test]
        fn districts_may_differ_by_anything(
            noise in proptest::collection::vec(-0.5f64..0.5, 120),
            shift in -3.0f64..3.0,
        ) {
            let before = Slope::of(&dots(&noise), 12).expect("twelve districts");
            let mut moved = dots(&noise);
            moved.iter_mut().for_each(|dot| dot.y += shift * dot.district as f64);
            moved.reverse();
            let after = Slope::of(&moved, 12).expect("twelve districts");
            prop_assert!((before.value - after.value).abs() < 1e-9);
            prop_assert!((before.deviation - after.deviation).abs() < 1e-9);
        }
    }
}
