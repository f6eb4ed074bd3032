//! Whether a forecaster knew more than the others, beyond what luck explains.

use adil_stat::e_benjamini_hochberg;
use rayon::prelude::*;

use super::said::{Forecaster, Said};
use super::scores::{FLOOR, Outcome, mean};

/// The rate of false discoveries that is allowed, by winner and by shares: half of 5 % each.
const RATE: f64 = 0.025;
/// Joint draws of all others together.
const DRAWS: usize = 2_000;
/// The most evaluations of a forecast, over all forecasters.
const MOST: usize = 20_000_000;

/// One forecaster against all others.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Against {
    /// How many times likelier the winner was by his forecast than by the others' together: an e-value of "the others are right".
    pub(super) winner_e: Option<f64>,
    /// The probability, if the others together are right, that his forecast of shares scores as well as it did; times the number of forecasters.
    pub(super) shares_p: Option<f64>,
    /// Whether either is beyond luck, all forecasters counted in.
    pub(super) better: bool,
}

/// Each forecaster against all others. `counted` are all who committed, whether or not they revealed: who did not reveal might have been
/// worse.
pub(super) fn against(forecasters: &[Forecaster<'_>], outcome: &Outcome) -> Vec<Against> {
    let counted = forecasters.len();
    let said: Vec<Option<&Said>> = forecasters.iter().map(|forecaster| forecaster.live.as_ref()).collect();
    let winner = winner_e(&said, outcome);
    let with_zeros: Vec<f64> = winner.iter().map(|e| e.unwrap_or(0.0)).collect();
    let by_winner = e_benjamini_hochberg(&with_zeros, RATE);
    let shares = shares_p(&said, outcome, counted);
    let all = winner.into_iter().zip(by_winner).zip(shares);
    all.map(|((winner_e, by_winner), shares_p)| Against {
        winner_e,
        shares_p,
        better: by_winner || shares_p.is_some_and(|p| p <= RATE),
    })
    .collect()
}

/// How large the e-value of somebody who knew the winner for certain would have been, against all forecasters; and how large it would have to be.
pub(super) fn known_winner(forecasters: &[Forecaster<'_>], outcome: &Outcome) -> Option<(f64, f64)> {
    let told: Vec<&Vec<f64>> = forecasters.iter().filter_map(|one| one.live.as_ref()?.winner.as_ref()).collect();
    let won = outcome.winner.filter(|_| !told.is_empty())?;
    let crowd = mean(told.iter().map(|one| one[won])).max(FLOOR);
    Some((1.0 / crowd, (forecasters.len() + 1) as f64 / RATE))
}

fn winner_e(said: &[Option<&Said>], outcome: &Outcome) -> Vec<Option<f64>> {
    let told: Vec<Option<f64>> =
        said.iter().map(|said| Some(said.as_ref()?.winner.as_ref()?[outcome.winner?])).collect();
    let (sum, count) = (told.iter().flatten().sum::<f64>(), told.iter().flatten().count());
    let e = |own: Option<f64>| {
        let own = own.filter(|_| count > 1)?;
        let others = (sum - own) / (count - 1) as f64;
        Some(own / others.max(FLOOR))
    };
    told.into_iter().map(e).collect()
}

fn shares_p(said: &[Option<&Said>], outcome: &Outcome, counted: usize) -> Vec<Option<f64>> {
    let with_shares = said.iter().filter(|said| said.is_some_and(|said| said.shares.is_some())).count();
    if with_shares < 2 || outcome.shares.is_empty() {
        return vec![None; said.len()];
    }
    // Enough draws that the smallest probability can pass, as long as that is feasible; of very many forecasters only every so many'th.
    let wanted = (DRAWS.max((2.0 * counted as f64 / RATE) as usize) / (with_shares - 1)).max(1);
    let each = wanted.min((MOST / (with_shares * with_shares)).max(1));
    let stride = (with_shares * with_shares).div_ceil(MOST);
    let drawn = |(said, number): (&Option<&Said>, u64)| {
        let is_drawn = number % (stride as u64) == 0;
        said.filter(|_| is_drawn).and_then(|said| said.draws(each, number)).unwrap_or_default()
    };
    let draws: Vec<Vec<Vec<f64>>> = said.iter().zip(0..).map(drawn).collect();
    let known: Vec<usize> = outcome.shares.iter().map(|(option, _)| *option).collect();
    let one = |(place, said): (usize, &Option<&Said>)| {
        let laws = said.as_ref()?.shares.as_ref()?;
        let score = |shares: &dyn Fn(usize) -> f64| mean(known.iter().map(|&option| laws[option].crps(shares(option))));
        let own = mean(outcome.shares.iter().map(|&(option, share)| laws[option].crps(share)));
        let others = draws.iter().enumerate().filter(|(other, _)| *other != place).flat_map(|(_, rows)| rows);
        let (as_well, all) = others.fold((0usize, 0usize), |(as_well, all), row| {
            (as_well + usize::from(score(&|option| row[option]) <= own), all + 1)
        });
        Some(((as_well + 1) as f64 / (all + 1) as f64 * counted as f64).min(1.0))
    };
    said.par_iter().enumerate().map(one).collect()
}
