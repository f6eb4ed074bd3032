//! The scores of a forecast, and of the crowd.

use adil_stat::{Ensemble, brier_score, energy_score, log_score};

use super::law::levels;
use super::said::{Forecaster, Said};
use crate::releases::Official;

/// A probability below this is scored as this, and the finding says so.
pub(super) const FLOOR: f64 = 1e-6;
/// Joint draws of a forecast, for its energy score.
const DRAWS: usize = 200;
/// Joint draws of the crowd, all forecasters together, unless there are more forecasters.
const CROWD_DRAWS: usize = 2_000;

/// What came about.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    pub(super) winner: Option<usize>,
    /// The places of the options whose share is known, and the shares.
    pub(super) shares: Vec<(usize, f64)>,
    pub(super) turnout: Option<f64>,
}

/// Losses; smaller is better. None where the forecast does not say it or the result is not known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Scores {
    /// In nats.
    pub(super) log: Option<f64>,
    pub(super) floored: bool,
    pub(super) brier: Option<f64>,
    /// The mean of the options' ranked probability scores, as a fraction.
    pub(super) crps: Option<f64>,
    pub(super) energy: Option<f64>,
    pub(super) turnout: Option<f64>,
}

impl Outcome {
    pub(super) fn of(official: &Official) -> Self {
        let shares = official.shares.iter().enumerate().filter_map(|(place, share)| Some((place, (*share)?)));
        Self { winner: official.winner().map(|id| id.0), shares: shares.collect(), turnout: official.turnout }
    }

    fn vector(&self) -> Vec<f64> {
        self.shares.iter().map(|(_, share)| *share).collect()
    }

    /// The columns of draws of all options whose result is known.
    fn known(&self, draws: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        draws.into_iter().map(|draw| self.shares.iter().map(|(option, _)| draw[*option]).collect()).collect()
    }
}

impl Scores {
    /// The scores of one forecast, whoever else forecasts.
    pub(super) fn of(said: &Said, outcome: &Outcome) -> Self {
        let shares = said.shares.as_ref().filter(|_| !outcome.shares.is_empty());
        let crps = shares.map(|laws| mean(outcome.shares.iter().map(|&(option, share)| laws[option].crps(share))));
        let draws = shares.and_then(|_| said.draws(DRAWS, 0));
        Self {
            crps,
            energy: draws.and_then(|draws| energy_score(&outcome.known(draws), &outcome.vector())),
            turnout: said.turnout.as_ref().zip(outcome.turnout).map(|(law, turnout)| law.crps(turnout)),
            ..Self::of_winner(said.winner.as_deref(), outcome)
        }
    }

    fn of_winner(winner: Option<&[f64]>, outcome: &Outcome) -> Self {
        let Some((probabilities, won)) = winner.zip(outcome.winner) else { return Self::default() };
        Self {
            log: Some(log_score(probabilities[won].max(FLOOR))),
            floored: probabilities[won] < FLOOR,
            brier: Some(brier_score(probabilities, won)),
            ..Self::default()
        }
    }
}

/// The crowd: every revealed forecast, each with the same weight (the linear pool).
#[derive(Debug, Clone, Default)]
pub(super) struct Crowd<'a> {
    pub(super) said: Vec<&'a Said>,
}

impl<'a> Crowd<'a> {
    pub(super) fn of(forecasters: &'a [Forecaster<'_>]) -> Self {
        Self { said: forecasters.iter().filter_map(|forecaster| forecaster.live.as_ref()).collect() }
    }

    /// The mean of the probabilities.
    pub(super) fn winner(&self) -> Option<Vec<f64>> {
        let told: Vec<&Vec<f64>> = self.said.iter().filter_map(|said| said.winner.as_ref()).collect();
        let options = told.first()?.len();
        Some((0..options).map(|option| mean(told.iter().map(|one| one[option]))).collect())
    }

    /// The ranked probability score of the pooled forecast for each option whose share is known: that of even draws from each forecast.
    pub(super) fn crps(&self, outcome: &Outcome) -> Option<Vec<f64>> {
        let of_option = |&(option, share): &(usize, f64)| {
            let laws = self.said.iter().filter_map(|said| said.shares.as_ref()?.get(option));
            let draws = laws.flat_map(|law| levels(DRAWS).map(|level| law.quantile(level))).collect();
            Ensemble::new(draws).map(|ensemble| ensemble.crps(share))
        };
        let crps: Option<Vec<f64>> = outcome.shares.iter().map(of_option).collect();
        crps.filter(|scores| !scores.is_empty())
    }

    /// The scores of the pooled forecast. Ranked probability scores are those of even draws from each.
    pub(super) fn scores(&self, outcome: &Outcome) -> Scores {
        let pooled = |columns: Vec<f64>| Ensemble::new(columns);
        let with_shares: Vec<&&Said> = self.said.iter().filter(|said| said.shares.is_some()).collect();
        let turnouts = self.said.iter().filter_map(|said| said.turnout.as_ref());
        let turnouts = turnouts.flat_map(|law| levels(DRAWS).map(|level| law.quantile(level))).collect();
        let each = (CROWD_DRAWS / with_shares.len().max(1)).clamp(1, DRAWS);
        // Distances of all pairs: of very many forecasts only every so many'th is drawn.
        let stride = with_shares.len().div_ceil(2 * CROWD_DRAWS).max(1);
        let joint = with_shares.iter().zip(0..).step_by(stride).filter_map(|(said, number)| said.draws(each, number));
        Scores {
            crps: self.crps(outcome).map(|scores| mean(scores.into_iter())),
            energy: energy_score(&outcome.known(joint.flatten().collect()), &outcome.vector())
                .filter(|_| !outcome.shares.is_empty()),
            turnout: pooled(turnouts).zip(outcome.turnout).map(|(ensemble, turnout)| ensemble.crps(turnout)),
            ..Scores::of_winner(self.winner().as_deref(), outcome)
        }
    }

    /// The probability under the pool of a share at least as far out as the official one, on the side that is rarer, twice; of the
    /// option for which it is smallest, times the number of options: with that option's place.
    pub(super) fn share_tail(&self, outcome: &Outcome) -> Option<(usize, f64)> {
        let tails = outcome.shares.iter().filter_map(|&(option, share)| {
            let laws = self.said.iter().filter_map(|said| said.shares.as_ref()?.get(option));
            Some((option, tail(laws.map(|law| (law.at_most(share), law.at_least(share))))?))
        });
        let (option, smallest) = tails.min_by(|one, other| one.1.total_cmp(&other.1))?;
        Some((option, (smallest * outcome.shares.len() as f64).min(1.0)))
    }

    /// The same of turnout.
    pub(super) fn turnout_tail(&self, outcome: &Outcome) -> Option<f64> {
        let turnout = outcome.turnout?;
        let laws = self.said.iter().filter_map(|said| said.turnout.as_ref());
        tail(laws.map(|law| (law.at_most(turnout), law.at_least(turnout))))
    }

    /// The probability under the pool that the winner is as improbable as the one that won, or more so.
    pub(super) fn winner_tail(&self, outcome: &Outcome) -> Option<(f64, f64)> {
        let (pool, won) = self.winner().zip(outcome.winner)?;
        let tail: f64 = pool.iter().filter(|p| **p <= pool[won] + 1e-12).sum();
        Some((pool[won], tail.min(1.0)))
    }

    /// How many forecasts of the winner's share hold it in their central nine tenths, and of how many.
    pub(super) fn covered(&self, outcome: &Outcome) -> Option<(usize, usize)> {
        let &(option, share) = outcome.shares.iter().find(|(option, _)| Some(*option) == outcome.winner)?;
        let laws: Vec<_> = self.said.iter().filter_map(|said| said.shares.as_ref()?.get(option)).collect();
        let holds = laws.iter().filter(|law| law.at_most(share) >= 0.05 && law.at_least(share) >= 0.05).count();
        (!laws.is_empty()).then_some((holds, laws.len()))
    }
}

/// Twice the smaller of two mean tails.
fn tail(tails: impl Iterator<Item = (f64, f64)>) -> Option<f64> {
    let tails: Vec<(f64, f64)> = tails.collect();
    let (below, above) = (mean(tails.iter().map(|tail| tail.0)), mean(tails.iter().map(|tail| tail.1)));
    (!tails.is_empty()).then(|| (2.0 * below.min(above)).min(1.0))
}

/// The mean; 0 of nothing.
pub(super) fn mean(numbers: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = numbers.fold((0.0, 0usize), |(sum, count), number| (sum + number, count + 1));
    sum / count.max(1) as f64
}
