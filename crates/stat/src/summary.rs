//! Means, spreads and how much of a spread lies between groups.

/// The weighted mean and standard deviation of values, gathered one by one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    weight: f64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// Works in a value with its weight (West 1979); without weight it changes nothing.
    pub fn push(&mut self, value: f64, weight: f64) {
        if weight > 0.0 {
            self.weight += weight;
            let step = value - self.mean;
            self.mean += step * weight / self.weight;
            self.squares += weight * step * (value - self.mean);
        }
    }

    /// The weighted mean; `None` without values.
    pub fn mean(&self) -> Option<f64> {
        (self.weight > 0.0).then_some(self.mean)
    }

    /// The weighted standard deviation, divided by the sum of weights; `None` without values.
    pub fn sd(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| (self.squares / self.weight).sqrt())
    }

    /// The sum of weights.
    pub fn weight(&self) -> f64 {
        self.weight
    }
}

/// The intraclass correlation of values in groups, by the analysis of variance for groups of unequal size (Donner 1986):
///
/// ```text
/// r = (MSB - MSW) / (MSB + (m - 1) MSW),   m = (N - sum n_g^2 / N) / (G - 1)
/// ```
///
/// About the part of the variance that lies between groups; it may be a little below zero. `groups[i]` is below
/// `count`. `None` with fewer than two groups, as many groups as values, or values that are all equal.
pub fn intraclass(values: &[f64], groups: &[usize], count: usize) -> Option<f64> {
    let mut of_group = vec![Moments::default(); count];
    let mut all = Moments::default();
    for (&value, &group) in values.iter().zip(groups) {
        of_group[group].push(value, 1.0);
        all.push(value, 1.0);
    }
    let filled = of_group.iter().filter(|group| group.weight > 0.0).count() as f64;
    let within: f64 = of_group.iter().map(|group| group.squares).sum();
    if filled < 2.0 || all.weight <= filled || all.squares <= 0.0 {
        return None;
    }
    let between = (all.squares - within).max(0.0) / (filled - 1.0);
    let within = within / (all.weight - filled);
    let sizes: f64 = of_group.iter().map(|group| group.weight * group.weight).sum();
    let size = (all.weight - sizes / all.weight) / (filled - 1.0);
    Some((between - within) / (between + (size - 1.0) * within))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_count_as_repetitions() {
        let mut moments = Moments::default();
        for (value, weight) in [(1.0, 2.0), (4.0, 1.0), (9.0, 0.0)] {
            moments.push(value, weight);
        }
        // 1, 1, 4: mean 2, variance (1 + 1 + 4) / 3 = 2
        assert_eq!(moments.mean(), Some(2.0));
        assert!((moments.sd().expect("values") - 2f64.sqrt()).abs() < 1e-15);
        assert_eq!(Moments::default().mean(), None);
    }

    #[test]
    fn intraclass_of_two_pairs() {
        // Groups {1, 3} and {5, 7}: MSB = 16 / 1, MSW = 4 / 2, m = (4 - 8/4) / 1 = 2, r = 14 / 18.
        let r = intraclass(&[1.0, 3.0, 5.0, 7.0], &[0, 0, 1, 1], 2).expect("two groups");
        assert!((r - 14.0 / 18.0).abs() < 1e-15);
        assert_eq!(intraclass(&[1.0, 1.0, 1.0], &[0, 0, 1], 2), None);
        assert_eq!(intraclass(&[1.0, 2.0], &[0, 0], 1), None);
    }
}
