//! An election cut into its regions: the pieces that statistics are compared by.

use adil_record::{Counts, OptionId};

use super::row;
use crate::{Piece, Tested};

/// Deviations below an excess that its effect is counted from: small regions have large excesses by chance.
pub(super) const DEVIATIONS: f64 = 2.0;

/// A region and the rows of its stations; without a number the whole table, where it has no regions.
pub(super) struct Region {
    /// Its number among the table's widest areas.
    pub(super) number: Option<usize>,
    /// Its rows, ascending.
    pub(super) rows: Vec<usize>,
}

/// The regions that have any of these rows, by number.
pub(super) fn regions(tested: &Tested<'_>, rows: impl IntoIterator<Item = usize>) -> Vec<Region> {
    let Some(names) = tested.table.regions() else {
        let rows: Vec<usize> = rows.into_iter().collect();
        return if rows.is_empty() { Vec::new() } else { vec![Region { number: None, rows }] };
    };
    let mut of_region = vec![Vec::new(); names.distinct()];
    rows.into_iter().for_each(|row| of_region[names.code(row)].push(row));
    let numbered = of_region.into_iter().enumerate();
    let filled = numbered.filter(|(_, rows)| !rows.is_empty());
    filled.map(|(number, rows)| Region { number: Some(number), rows }).collect()
}

/// What a statistic says of some rows.
pub(super) struct Said {
    /// The statistic's name.
    pub(super) statistic: &'static str,
    /// The side it was computed for, if it concerns one.
    pub(super) side: Option<OptionId>,
    /// The size-free effect.
    pub(super) effect: f64,
    /// ln of the p-value under the check's model.
    pub(super) ln_p: Option<f64>,
}

/// The piece of a region, from the rows that its statistic was computed from. `None` where the effect is not a number.
pub(super) fn piece(tested: &Tested<'_>, region: Option<usize>, rows: &[usize], said: Said) -> Option<Piece> {
    if rows.is_empty() || !said.effect.is_finite() {
        return None;
    }
    let base = tested.share_base.as_ref();
    let side = said.side.unwrap_or(tested.leader);
    let votes = tested.table.option(side);
    let sum = |column: &Counts| rows.iter().map(|&row| u64::from(column.or_zero(row))).sum::<u64>();
    let share = base.map_or(0.0, |base| row::share(sum(votes), sum(base)).clamp(0.0, 1.0));
    let sizes = tested.registered.or(tested.ballots.as_ref());
    let mut sizes: Vec<u32> =
        sizes.map_or_else(Vec::new, |sizes| rows.iter().filter_map(|&row| sizes.get(row)).collect());
    sizes.sort_unstable();
    // A p-value of nothing has no logarithm; this one is smaller than any that is told apart.
    let ln_p = said.ln_p.map(|ln_p| ln_p.clamp(-1e300, 0.0));
    Some(Piece {
        statistic: said.statistic,
        region,
        side: said.side,
        stations: rows.len(),
        median_size: sizes.get(sizes.len() / 2).map_or(0.0, |&size| f64::from(size)),
        share,
        effect: said.effect,
        ln_p,
    })
}

/// The name of a station's district: its areas, from the widest.
pub(super) fn district_name(tested: &Tested<'_>, row: usize) -> String {
    let mut parts: Vec<&str> = tested.table.areas.iter().map(|area| area.names.get(row)).collect();
    parts.retain(|part| !part.is_empty());
    parts.dedup();
    parts.join(" / ")
}

#[cfg(test)]
mod tests {
    use adil_record::{Record, Status, Term};

    use super::*;
    use crate::{ContestView, Settings, sample};

    #[test]
    fn a_piece_has_the_size_and_the_share_of_its_rows() {
        // Districts of ten stations are the widest areas of the sample. In the second: 110 .. 200 voters, 60 + 40 votes
        // each.
        let registered: Vec<u32> = (0..20).map(|row| 10 * (row + 1)).collect();
        let table = sample::table(&[(Term::Registered, &registered)], &[&[60; 20], &[40; 20]]);
        let mut contest = sample::contest(&["A", "B"]);
        contest.releases = vec![sample::stations("final", Status::Final, table)];
        let record = Record { contests: vec![contest], ..Record::default() };
        let view = ContestView::new(&record, &record.contests[0], &Settings::default()).expect("no side is named");
        let tested = view.tested.as_ref().expect("a table");
        let cut = regions(tested, 5..20);
        let numbers: Vec<_> = cut.iter().map(|region| (region.number, region.rows.len())).collect();
        assert_eq!(numbers, [(Some(0), 5), (Some(1), 10)]);
        let said = |effect, ln_p| Said { statistic: "stations/x:y", side: None, effect, ln_p };
        let piece = |said| piece(tested, Some(1), &cut[1].rows, said);
        let found = piece(said(0.5, Some(f64::NEG_INFINITY))).expect("a piece");
        assert_eq!((found.stations, found.median_size, found.share), (10, 160.0, 0.6));
        assert!(found.ln_p.is_some_and(f64::is_finite));
        assert!(piece(said(f64::NAN, None)).is_none());
    }
}
