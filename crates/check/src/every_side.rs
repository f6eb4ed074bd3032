//! Every statistic of every larger side and every region of a contest.

use std::collections::{BTreeMap, BTreeSet};

use adil_record::{Contest, Counts, OptionId, Record};
use rayon::prelude::*;

use crate::{Check, ContestView, Piece, Settings};

/// The least part of the votes that a side has to be tested: the smallest shift that is looked for, 5 % of a register, would more
/// than double a smaller one.
pub(crate) const SMALLEST_SIDE: f64 = 0.05;

/// The sides of the contest under test, the largest first: the one that the run is about, and all with at least [`SMALLEST_SIDE`].
pub(crate) fn sides(view: &ContestView<'_>) -> Vec<OptionId> {
    let Some(tested) = &view.tested else { return Vec::new() };
    let votes: Vec<u64> = tested.table.votes.iter().map(Counts::sum).collect();
    let all = votes.iter().sum::<u64>() as f64;
    let is_tested = |&side: &usize| votes[side] as f64 >= SMALLEST_SIDE * all || side == tested.leader.0;
    let mut sides: Vec<usize> = (0..votes.len()).filter(is_tested).filter(|&side| votes[side] > 0).collect();
    sides.sort_by_key(|&side| (std::cmp::Reverse(votes[side]), side));
    sides.into_iter().map(OptionId).collect()
}

/// What a bank keeps of a contest: its pieces from all `checks`, each side in turn; sorted by statistic, side and region.
pub fn pieces(record: &Record, contest: &Contest, checks: &[&'static dyn Check], settings: &Settings) -> Vec<Piece> {
    let Ok(view) = ContestView::new(record, contest, settings) else { return Vec::new() };
    let mut of_parts = pieces_of(&view, checks, settings);
    // The whole is judged from its regions, and is no part beside them.
    let cut: BTreeSet<&str> =
        of_parts.iter().filter(|piece| piece.region.is_some()).map(|piece| piece.statistic).collect();
    of_parts.retain(|piece| piece.region.is_some() || !cut.contains(piece.statistic));
    let of_country = collected(&view, checks, |check, view| check.of_country(view, settings));
    of_parts.into_iter().chain(of_country).collect()
}

/// The pieces of a contest's parts.
pub(crate) fn pieces_of(view: &ContestView<'_>, checks: &[&'static dyn Check], settings: &Settings) -> Vec<Piece> {
    collected(view, checks, |check, view| check.pieces(view, settings))
}

fn collected(
    view: &ContestView<'_>,
    checks: &[&'static dyn Check],
    of: impl Fn(&'static dyn Check, &ContestView<'_>) -> Vec<Piece> + Sync,
) -> Vec<Piece> {
    let views: Vec<ContestView<'_>> = sides(view).into_iter().map(|side| view.of_side(side)).collect();
    let of_check = |check: &&'static dyn Check| match check.weighs_all_sides() {
        true => of(*check, view),
        false => views.par_iter().flat_map(|view| of(*check, view)).collect::<Vec<_>>(),
    };
    let all: Vec<Piece> = checks.par_iter().flat_map(of_check).collect();
    // What concerns no side comes out the same for each of them.
    let key = |piece: &Piece| (piece.statistic, piece.side, piece.region);
    let once: BTreeMap<_, Piece> = all.into_iter().map(|piece| (key(&piece), piece)).collect();
    once.into_values().filter(|piece| piece.effect.is_finite()).collect()
}
