//! What each forecaster said last before the close, and what can be set beside it.

use adil_record::{Commitment, Contest, Forecast, Forecasts};
use adil_stat::stream;

use super::law::{Law, levels, place};

/// A forecast, by the places of the contest's options.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Said {
    /// The probability that an option wins.
    pub(super) winner: Option<Vec<f64>>,
    /// The distribution of each option's share.
    pub(super) shares: Option<Vec<Law>>,
    /// The distribution of the turnout.
    pub(super) turnout: Option<Law>,
}

/// A forecaster with his revisions, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Forecaster<'a> {
    pub(super) name: &'a str,
    pub(super) revisions: Vec<&'a Commitment>,
    /// The forecast that was live at the close, where it was revealed.
    pub(super) live: Option<Said>,
}

/// The forecasters, by name.
pub(super) fn forecasters<'a>(forecasts: &'a Forecasts, contest: &Contest) -> Vec<Forecaster<'a>> {
    let all = forecasts.book.by_forecaster().into_iter().map(|(name, revisions)| {
        let live = revisions.last().and_then(|commitment| commitment.revealed.as_ref());
        Forecaster { name, live: live.map(|revealed| Said::of(&revealed.forecast, contest)), revisions }
    });
    all.collect()
}

impl Said {
    pub(super) fn of(forecast: &Forecast, contest: &Contest) -> Self {
        let options = &contest.options;
        let winner = forecast.winner.as_ref().map(|all| {
            let of = |id: &String| all.get(id).map_or(0.0, |probability| probability.value());
            let told: Vec<f64> = options.iter().map(|option| of(&option.id)).collect();
            // Together 1 up to rounding; here exactly.
            let sum: f64 = told.iter().sum();
            told.into_iter().map(|probability| probability / sum).collect()
        });
        let shares = forecast.shares.as_ref().map(|all| {
            let of = |id: &String| all.get(id).map_or(Law::Part(options.len()), Law::of);
            options.iter().map(|option| of(&option.id)).collect()
        });
        Self { winner, shares, turnout: forecast.turnout.as_ref().map(Law::of) }
    }

    /// What one would say who knows the number of options and nothing else.
    pub(super) fn of_nothing(options: usize) -> Self {
        Self {
            winner: Some(vec![1.0 / options.max(1) as f64; options]),
            shares: Some(vec![Law::Part(options); options]),
            turnout: Some(Law::Part(2)),
        }
    }

    /// What one would say who takes the election before for this one: its shares as points and, as far as they go, as the
    /// probabilities of winning.
    pub(super) fn of_before(previous: &adil_record::Previous) -> Self {
        let point = |value: f64| Law::Normal { mean: value, sd: 0.0 };
        let sum: f64 = previous.shares.iter().sum();
        let known = sum > 0.0;
        Self {
            winner: known.then(|| previous.shares.iter().map(|share| share / sum).collect()),
            shares: known.then(|| previous.shares.iter().copied().map(point).collect()),
            turnout: previous.turnout.map(point),
        }
    }

    /// `count` joint draws of all shares. Draws of a forecast are taken evenly; distributions are taken at even levels, each option's
    /// in an order of its own that `number` fixes, as if they were independent.
    pub(super) fn draws(&self, count: usize, number: u64) -> Option<Vec<Vec<f64>>> {
        let columns = self.shares.as_ref()?.iter().enumerate().map(|(option, law)| match law {
            Law::Draws(_, draws) => levels(count).map(|level| draws[place(level, draws.len())]).collect(),
            law => {
                let mut column: Vec<f64> = levels(count).map(|level| law.quantile(level)).collect();
                stream(number, "forecasts/score", option as u64).shuffle(&mut column);
                column
            }
        });
        let columns: Vec<Vec<f64>> = columns.collect();
        Some((0..count).map(|row| columns.iter().map(|column| column[row]).collect()).collect())
    }
}
