//! The official statements of each station in the order of their times.

use std::collections::{BTreeMap, BTreeSet};

use adil_record::{Certainty, CopyStatement, Holder, Moment, OptionId, StationTable};

use super::late::Late;
use crate::ContestView;
use crate::copies::compare::{matched, strongest};

/// The official statements that have a time.
pub(super) struct Official<'a> {
    /// The organisers' last table, whose rows are the stations.
    pub(super) table: &'a StationTable,
    /// The side tested.
    pub(super) leader: Option<OptionId>,
    /// The tables that have a time, from the earliest, with the row of each station.
    tables: Vec<(Moment, &'a StationTable, Vec<Option<usize>>)>,
    /// Copies of the organisers' site, by row.
    pages: BTreeMap<usize, Vec<&'a CopyStatement>>,
    times: Vec<Moment>,
}

/// What changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Changes {
    pub(super) stations_seen_again: u64,
    pub(super) stations_changed: u64,
    pub(super) changes: u64,
    pub(super) moved: u64,
    /// By option, the later less the earlier.
    pub(super) net: Vec<i64>,
    /// By hour since 1970 in universal time.
    pub(super) hours: BTreeMap<i64, Hour>,
    all: Vec<Change>,
}

/// The changes of an hour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Hour {
    pub(super) stations: u64,
    pub(super) moved: u64,
    pub(super) leader_net: i64,
}

/// A change of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) row: usize,
    pub(super) time: Moment,
    pub(super) moved: u64,
}

/// Votes by option, in its order; those that are not known are left out.
type Votes = Vec<(OptionId, u32)>;

impl<'a> Official<'a> {
    /// `None` without a table, or with fewer than two times.
    pub(super) fn of(view: &ContestView<'a>) -> Option<Self> {
        let latest = view.contest.latest_table()?;
        let table = latest.stations.as_ref()?;
        let mut tables = Vec::new();
        for release in view.contest.releases.iter().filter(|of| of.is_official() && of.is_of_the_count() && !of.partial)
        {
            let time = release.time.as_deref().and_then(Moment::parse);
            let (Some(time), Some(other)) = (time, &release.stations) else { continue };
            let mut rows = vec![None; table.len()];
            for (row, other_row) in matched(table, other) {
                if let Some(cell) = rows.get_mut(row) {
                    *cell = Some(other_row);
                }
            }
            tables.push((time, other, rows));
        }
        tables.sort_by_key(|(time, ..)| *time);
        let mut pages: BTreeMap<usize, Vec<&'a CopyStatement>> = BTreeMap::new();
        for copies in &view.contest.copies {
            for statement in copies.book.current().filter(|statement| statement.holder == Holder::OfficialSite) {
                if let Some(row) = copies.book.row(statement).filter(|_| statement.state().is_double()) {
                    pages.entry(row).or_default().push(statement);
                }
            }
        }
        let of_tables = tables.iter().map(|(time, ..)| *time);
        let times: BTreeSet<Moment> = of_tables.chain(pages.values().flatten().map(|page| page.seen)).collect();
        let leader = view.tested.as_ref().map(|tested| tested.leader).or_else(|| strongest(table, None));
        let times: Vec<Moment> = times.into_iter().collect();
        (times.len() > 1).then_some(Self { table, leader, tables, pages, times })
    }

    /// All times, in their order.
    pub(super) fn times(&self) -> &[Moment] {
        &self.times
    }

    /// Whether there are copies of the organisers' site.
    pub(super) fn has_pages(&self) -> bool {
        !self.pages.is_empty()
    }

    /// Follows every station.
    pub(super) fn follow(&self) -> (Changes, Late) {
        let (districts, _) = self.table.districts();
        let mut changes = Changes { net: vec![0; self.table.votes.len()], ..Changes::default() };
        let mut late = Late::default();
        // Whether a station is late is a question of tables: who looks at a page chooses the time.
        let first = self.tables.first().map(|(time, ..)| *time);
        for row in 0..self.table.len() {
            let said = self.said(row);
            if let (Some(first), Some(reported), Some(leader)) = (first, self.first_table(row), self.leader)
                && let Some((_, votes)) = said.last()
            {
                let sum = |of: &dyn Fn(OptionId) -> bool| -> u64 {
                    votes.iter().filter(|(option, _)| of(*option)).map(|(_, votes)| u64::from(*votes)).sum()
                };
                let district = districts.get(row).copied().unwrap_or(0);
                late.absorb(reported > first, district, sum(&|option| option == leader), sum(&|_| true));
            }
            changes.absorb(row, &said, self.leader);
        }
        (changes, late)
    }

    /// When a station first has votes in a table.
    fn first_table(&self, row: usize) -> Option<Moment> {
        let has_votes = |(_, table, rows): &&(Moment, &StationTable, Vec<Option<usize>>)| {
            let other = rows.get(row).copied().flatten();
            other.is_some_and(|other| table.votes.iter().any(|votes| votes.or_zero(other) > 0))
        };
        self.tables.iter().find(has_votes).map(|(time, ..)| *time)
    }

    /// What was said of a station, from the first time that it has votes.
    fn said(&self, row: usize) -> Vec<(Moment, Votes)> {
        let of_tables = self.tables.iter().filter_map(|(time, table, rows)| {
            let other = rows.get(row).copied().flatten()?;
            let votes = table.votes.iter().enumerate();
            Some((*time, votes.filter_map(|(place, votes)| Some((OptionId(place), votes.get(other)?))).collect()))
        });
        let of_pages = self.pages.get(&row).into_iter().flatten().map(|page| {
            let is_sure = |(option, number, certainty)| (certainty > Certainty::Once).then_some((option, number));
            (page.seen, page.votes().filter_map(is_sure).collect())
        });
        let mut said: Vec<(Moment, Votes)> = of_tables.chain(of_pages).collect();
        // A table before a page of the same time: the order of a stable sort.
        said.sort_by_key(|(time, _)| *time);
        said.retain(|(_, votes)| votes.iter().any(|&(_, votes)| votes > 0));
        said
    }
}

impl Changes {
    fn absorb(&mut self, row: usize, said: &[(Moment, Votes)], leader: Option<OptionId>) {
        let Some(((_, first), later)) = said.split_first().filter(|(_, later)| !later.is_empty()) else { return };
        self.stations_seen_again += 1;
        let mut last: BTreeMap<OptionId, u32> = first.iter().copied().collect();
        let mut has_changed = false;
        for (time, votes) in later {
            let (mut gained, mut lost, mut leader_net) = (0, 0, 0);
            for &(option, now) in votes {
                let Some(then) = last.insert(option, now) else { continue };
                let change = i64::from(now) - i64::from(then);
                gained += change.max(0);
                lost += (-change).max(0);
                if let Some(net) = self.net.get_mut(option.0) {
                    *net += change;
                }
                if leader == Some(option) {
                    leader_net = change;
                }
            }
            if gained + lost == 0 {
                continue;
            }
            has_changed = true;
            let moved = gained.max(lost).unsigned_abs();
            let hour = self.hours.entry(time.seconds().div_euclid(3600)).or_default();
            hour.stations += 1;
            hour.moved += moved;
            hour.leader_net += leader_net;
            self.changes += 1;
            self.moved += moved;
            self.all.push(Change { row, time: *time, moved });
        }
        self.stations_changed += u64::from(has_changed);
    }

    /// The largest changes, the most votes first.
    pub(super) fn largest(&self, most: usize) -> impl Iterator<Item = Change> + use<> {
        let mut all = self.all.clone();
        all.sort_by_key(|change| (std::cmp::Reverse(change.moved), change.row, change.time));
        all.into_iter().take(most)
    }
}
