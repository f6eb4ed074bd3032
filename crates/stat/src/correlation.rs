//! Correlation, with weights, under permutation and with each point left out.

use crate::Stream;

/// The sums from which a weighted correlation comes.
///
/// ```text
/// r = sum w (x - mx)(y - my) / sqrt(sum w (x - mx)^2  sum w (y - my)^2)
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Correlation {
    weight: f64,
    mean_x: f64,
    mean_y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Correlation {
    /// Works in a point with its weight; without weight it changes nothing.
    pub fn push(&mut self, x: f64, y: f64, weight: f64) {
        if weight > 0.0 {
            self.weight += weight;
            let (step_x, step_y) = (x - self.mean_x, y - self.mean_y);
            self.mean_x += step_x * weight / self.weight;
            self.mean_y += step_y * weight / self.weight;
            self.xx += weight * step_x * (x - self.mean_x);
            self.yy += weight * step_y * (y - self.mean_y);
            self.xy += weight * step_x * (y - self.mean_y);
        }
    }

    /// The same sums without one of the points that were worked in.
    fn without(&self, x: f64, y: f64, weight: f64) -> Self {
        let rest = self.weight - weight;
        if weight <= 0.0 || rest <= 0.0 {
            return if weight <= 0.0 { *self } else { Self::default() };
        }
        let mean = |mean: f64, value: f64| mean + (mean - value) * weight / rest;
        let (mean_x, mean_y) = (mean(self.mean_x, x), mean(self.mean_y, y));
        // What is left of a sum after the point that made nearly all of it is rounding.
        let left = |all: f64, part: f64| if all - part > 1e-12 * all { all - part } else { 0.0 };
        let xx = left(self.xx, weight * (x - self.mean_x) * (x - mean_x));
        let yy = left(self.yy, weight * (y - self.mean_y) * (y - mean_y));
        let xy = self.xy - weight * (x - self.mean_x) * (y - mean_y);
        Self { weight: rest, mean_x, mean_y, xx, yy, xy }
    }

    /// The slope of y on x by weighted least squares; `None` where x does not vary.
    pub fn slope(&self) -> Option<f64> {
        (self.xx > 0.0).then(|| self.xy / self.xx)
    }

    /// The correlation; `None` where either side does not vary.
    pub fn value(&self) -> Option<f64> {
        let scale = (self.xx * self.yy).sqrt();
        (scale > 0.0).then(|| (self.xy / scale).clamp(-1.0, 1.0))
    }
}

/// The correlation of `x` and `y` with `weights`; `None` where either side does not vary.
pub fn weighted_correlation(x: &[f64], y: &[f64], weights: &[f64]) -> Option<f64> {
    let mut sums = Correlation::default();
    for ((&x, &y), &weight) in x.iter().zip(y).zip(weights) {
        sums.push(x, y, weight);
    }
    sums.value()
}

/// The two-sided p-value of a weighted correlation when the `y` are dealt out anew among the points:
/// (1 + number of redraws at least as far from zero) / (1 + `draws`).
///
/// `x` and the weights stay together. `None` where either side does not vary.
pub fn permutation_p(x: &[f64], y: &[f64], weights: &[f64], draws: usize, stream: &mut Stream) -> Option<f64> {
    // Rounding must not make a redraw that repeats the data smaller than the data.
    let observed = weighted_correlation(x, y, weights)?.abs() - 1e-12;
    let mut dealt = y.to_vec();
    let extreme = (0..draws)
        .filter(|_| {
            stream.shuffle(&mut dealt);
            weighted_correlation(x, &dealt, weights).is_some_and(|r| r.abs() >= observed)
        })
        .count();
    Some((1 + extreme) as f64 / (1 + draws) as f64)
}

/// The lowest and the highest weighted correlation with one point left out, with the index of that point.
pub fn leave_one_out(x: &[f64], y: &[f64], weights: &[f64]) -> Option<((usize, f64), (usize, f64))> {
    let mut sums = Correlation::default();
    for ((&x, &y), &weight) in x.iter().zip(y).zip(weights) {
        sums.push(x, y, weight);
    }
    let without = |left_out: usize| {
        let rest = sums.without(x[left_out], y[left_out], weights[left_out]);
        rest.value().map(|r| (left_out, r))
    };
    let all: Vec<(usize, f64)> = (0..x.len()).filter_map(without).collect();
    let by_value = |a: &&(usize, f64), b: &&(usize, f64)| a.1.total_cmp(&b.1);
    Some((*all.iter().min_by(by_value)?, *all.iter().max_by(by_value)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream;

    #[test]
    fn a_weight_of_two_is_a_point_twice() {
        let once = weighted_correlation(&[1.0, 2.0, 4.0], &[1.0, 3.0, 2.0], &[2.0, 1.0, 1.0]);
        let twice = weighted_correlation(&[1.0, 1.0, 2.0, 4.0], &[1.0, 1.0, 3.0, 2.0], &[1.0; 4]);
        assert!((once.expect("varies") - twice.expect("varies")).abs() < 1e-15);
        // Deviations -1, -1, 0, 2 and -3/4, -3/4, 5/4, 1/4: 2 / sqrt(6 * 11/4)
        let expected = 2.0 / 16.5f64.sqrt();
        assert!((twice.expect("varies") - expected).abs() < 1e-15);
        assert_eq!(weighted_correlation(&[1.0, 1.0], &[1.0, 2.0], &[1.0; 2]), None);
    }

    #[test]
    fn permutation_of_a_straight_line() {
        // Of the 120 orders of five points on a line two give |r| = 1, so p is near 1/60.
        let x = [1.0, 2.0, 3.0, 4.0, 5.0];
        let p = permutation_p(&x, &x, &[1.0; 5], 20_000, &mut stream(1, "line", 0)).expect("varies");
        // sd of the estimate: sqrt(1/60 * 59/60 / 20000) = 0.0009
        assert!((p - 1.0 / 60.0).abs() < 0.0036, "{p}");
    }

    #[test]
    fn leaving_a_point_out_is_as_if_it_had_never_been() {
        let mut draws = stream(1, "points", 0);
        let points: Vec<[f64; 3]> = (0..40).map(|_| [0; 3].map(|_| draws.below(1000) as f64 / 999.0)).collect();
        let column = |of: usize, points: &[[f64; 3]]| points.iter().map(|point| point[of]).collect::<Vec<_>>();
        let of = |points: &[[f64; 3]]| [0, 1, 2].map(|index| column(index, points));
        let alone = |left_out: usize| {
            let rest: Vec<[f64; 3]> = (0..40).filter(|&index| index != left_out).map(|index| points[index]).collect();
            let [x, y, weights] = of(&rest);
            weighted_correlation(&x, &y, &weights).expect("varies")
        };
        let [x, y, weights] = of(&points);
        let (low, high) = leave_one_out(&x, &y, &weights).expect("varies");
        assert!((low.1 - alone(low.0)).abs() < 1e-12 && (high.1 - alone(high.0)).abs() < 1e-12);
        assert!((0..40).map(alone).all(|r| r > low.1 - 1e-12 && r < high.1 + 1e-12));
        // Without the one point that differs nothing varies, so only the others can be left out.
        let (low, high) = leave_one_out(&[0.1, 0.1, 0.1, 0.7], &[0.3, 0.3, 0.3, 0.2], &[1.0; 4]).expect("varies");
        assert!(low.0 != 3 && high.0 != 3);
    }

    #[test]
    fn the_odd_point_is_the_one_that_matters() {
        let (x, y) = ([1.0, 2.0, 3.0, 9.0], [1.0, 2.0, 3.0, -9.0]);
        let (low, high) = leave_one_out(&x, &y, &[1.0; 4]).expect("varies");
        assert_eq!(high.0, 3);
        assert!((high.1 - 1.0).abs() < 1e-12 && low.1 < 0.0);
    }
}
