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
    let without = |left_out: usize| {
        let mut sums = Correlation::default();
        for index in (0..x.len()).filter(|&index| index != left_out) {
            sums.push(x[index], y[index], weights[index]);
        }
        sums.value().map(|r| (left_out, r))
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
    fn the_odd_point_is_the_one_that_matters() {
        let (x, y) = ([1.0, 2.0, 3.0, 9.0], [1.0, 2.0, 3.0, -9.0]);
        let (low, high) = leave_one_out(&x, &y, &[1.0; 4]).expect("varies");
        assert_eq!(high.0, 3);
        assert!((high.1 - 1.0).abs() < 1e-12 && low.1 < 0.0);
    }
}
