//! A distribution of a share or of turnout, as it is scored.

use adil_record::Distribution;
use adil_stat::{Ensemble, crps_joined, crps_normal, crps_part_of_whole, normal_quantile, normal_upper};

/// A distribution of a fraction.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Law {
    /// Normal, not cut off; a point where the deviation is 0.
    Normal { mean: f64, sd: f64 },
    /// Pairs of value and level, from (0, 0) to (1, 1), joined by straight lines.
    Joined(Vec<(f64, f64)>),
    /// Draws: sorted, and in the order in which those of several options belong together.
    Draws(Ensemble, Vec<f64>),
    /// One of so many parts of a whole of which nothing is known.
    Part(usize),
}

impl Law {
    pub(super) fn of(said: &Distribution) -> Self {
        match said {
            Distribution::Normal { mean, sd } => Self::Normal { mean: mean.value(), sd: sd.value() },
            Distribution::Quantiles(pairs) => {
                let inner = pairs.iter().map(|(level, value)| (value.value(), level.value()));
                Self::Joined(std::iter::once((0.0, 0.0)).chain(inner).chain([(1.0, 1.0)]).collect())
            }
            Distribution::Samples(samples) => {
                let draws: Vec<f64> = samples.iter().map(|sample| sample.value()).collect();
                // A forecast has at least two samples.
                Ensemble::new(draws.clone()).map_or(Self::Part(2), |sorted| Self::Draws(sorted, draws))
            }
        }
    }

    /// The continuous ranked probability score.
    pub(super) fn crps(&self, outcome: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } => crps_normal(*mean, *sd, outcome),
            Self::Joined(points) => crps_joined(points, outcome),
            Self::Draws(ensemble, _) => ensemble.crps(outcome),
            Self::Part(parts) => crps_part_of_whole(*parts, outcome),
        }
    }

    /// The probability of at most `x`.
    pub(super) fn at_most(&self, x: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } if *sd <= 0.0 => f64::from(u8::from(*mean <= x)),
            Self::Normal { mean, sd } => normal_upper((mean - x) / sd),
            Self::Joined(points) => {
                let next = points.partition_point(|point| point.0 <= x);
                match (next.checked_sub(1).and_then(|before| points.get(before)), points.get(next)) {
                    (Some(before), Some(next)) => before.1 + (next.1 - before.1) * (x - before.0) / (next.0 - before.0),
                    (Some(last), None) => last.1,
                    (None, _) => 0.0,
                }
            }
            Self::Draws(ensemble, _) => ensemble.at_most(x),
            Self::Part(parts) => 1.0 - (1.0 - x.clamp(0.0, 1.0)).powf(parts.saturating_sub(1) as f64),
        }
    }

    /// The probability of at least `x`.
    pub(super) fn at_least(&self, x: f64) -> f64 {
        match self {
            Self::Normal { mean, sd } if *sd <= 0.0 => f64::from(u8::from(*mean >= x)),
            Self::Draws(ensemble, draws) => {
                1.0 - ensemble.sorted().partition_point(|&draw| draw < x) as f64 / draws.len() as f64
            }
            _ => 1.0 - self.at_most(x),
        }
    }

    /// The value below which lies the probability `level`, cut off at 0 and 1.
    pub(super) fn quantile(&self, level: f64) -> f64 {
        let value = match self {
            Self::Normal { mean, sd } => mean + sd * normal_quantile(level),
            Self::Joined(points) => {
                let next = points.partition_point(|point| point.1 < level).clamp(1, points.len() - 1);
                let ((from, low), (to, high)) = (points[next - 1], points[next]);
                if high > low { from + (to - from) * (level - low) / (high - low) } else { to }
            }
            Self::Draws(ensemble, draws) => ensemble.sorted()[place(level, draws.len())],
            Self::Part(0 | 1) => 1.0,
            Self::Part(parts) => 1.0 - (1.0 - level).powf(1.0 / (parts - 1) as f64),
        };
        value.clamp(0.0, 1.0)
    }
}

/// The place of a level among so many draws.
pub(super) fn place(level: f64, draws: usize) -> usize {
    ((level * draws as f64) as usize).min(draws.saturating_sub(1))
}

/// So many levels, evenly between 0 and 1.
pub(super) fn levels(count: usize) -> impl Iterator<Item = f64> + Clone {
    (0..count).map(move |index| (index as f64 + 0.5) / count as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn law() -> impl Strategy<Value = Law> {
        let numbers = || proptest::collection::vec(0.0f64..1.0, 2..20);
        let draws = numbers().prop_map(|draws| Law::Draws(Ensemble::new(draws.clone()).expect("draws"), draws));
        let joined = (numbers(), numbers()).prop_map(|(mut values, mut levels)| {
            values.sort_by(f64::total_cmp);
            levels.sort_by(f64::total_cmp);
            let inner = values.into_iter().zip(levels);
            Law::Joined(std::iter::once((0.0, 0.0)).chain(inner).chain([(1.0, 1.0)]).collect())
        });
        let normal = (0.2f64..0.8, 0.0f64..0.05).prop_map(|(mean, sd)| Law::Normal { mean, sd });
        prop_oneof![draws, joined, normal, (2usize..9).prop_map(Law::Part)]
    }

    proptest! {
        #[test]
        fn levels_and_values_belong_together(law in law(), level in 0.001f64..0.999) {
            let value = law.quantile(level);
            prop_assert!(law.at_most(value) >= level - 1e-9, "{law:?}");
            prop_assert!(law.at_least(value) >= 1.0 - level - 1e-9, "{law:?}");
        }

        #[test]
        fn many_even_draws_have_the_score_of_the_law(law in law(), outcome in 0.0f64..1.0) {
            let draws = levels(4000).map(|level| law.quantile(level)).collect();
            let score = Ensemble::new(draws).expect("draws").crps(outcome);
            prop_assert!((score - law.crps(outcome)).abs() < 2e-4, "{score} and {}", law.crps(outcome));
        }
    }
}
