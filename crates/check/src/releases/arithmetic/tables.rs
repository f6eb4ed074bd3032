//! Tables of stations of two releases, set against each other station by station.

use std::collections::BTreeMap;

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Place, Reason, Subject, Unit, Value, Verdict};
use adil_record::{OptionId, Release, StationTable};
use adil_stat::sign_test;

use super::ID;
use super::sheet::label;
use crate::{ContestView, Settings};

/// The table that the others are compared with.
struct Latest<'a> {
    release: &'a Release,
    table: &'a StationTable,
    /// The side tested.
    leader: OptionId,
}

/// One finding for each other release with a table of stations.
pub(super) fn findings(view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
    let Some(latest) = Latest::of(view) else { return Vec::new() };
    let is_other = |release: &&Release| !std::ptr::eq(*release, latest.release) && release.is_of_the_count();
    let others = view.contest.releases.iter().filter(is_other);
    let tables = others.filter_map(|release| Some((release, release.stations.as_ref()?)));
    tables.map(|(release, table)| Comparison::of(&latest, table).finding(view, &latest, release, settings)).collect()
}

impl<'a> Latest<'a> {
    fn of(view: &ContestView<'a>) -> Option<Self> {
        let release = view.contest.latest_table()?;
        let table = release.stations.as_ref()?;
        let leader = view.tested.as_ref().map(|tested| tested.leader).or_else(|| strongest(table, None))?;
        Some(Self { release, table, leader })
    }
}

/// How often a number differs between two tables.
#[derive(Debug, Clone, Copy, Default)]
struct Moves {
    compared: u64,
    up: u64,
    down: u64,
    net: i64,
    gross: u64,
}

impl Moves {
    fn absorb(&mut self, change: i64) {
        self.compared += 1;
        self.up += u64::from(change > 0);
        self.down += u64::from(change < 0);
        self.net += change;
        self.gross += change.unsigned_abs();
    }

    fn changed(self) -> u64 {
        self.up + self.down
    }
}

/// Two tables, matched by station; changes are tested minus other.
struct Comparison {
    /// Rows of the tested table and of the other one.
    pairs: Vec<(usize, usize)>,
    only_tested: usize,
    only_other: usize,
    options: Vec<Moves>,
    /// The side tested less the strongest of the others.
    margin: Moves,
    rival: Option<OptionId>,
    /// Stations whose votes are all zero in the other table.
    blank: usize,
    /// Pairs in which some vote differs, with the sum of the differences, the most first.
    changed: Vec<(u64, usize)>,
}

impl Comparison {
    fn of(tested: &Latest<'_>, other: &StationTable) -> Self {
        let table = tested.table;
        let pairs = matched(table, other);
        let rival = strongest(table, Some(tested.leader));
        let mut options = vec![Moves::default(); table.votes.len()];
        let (mut margin, mut blank, mut changed) = (Moves::default(), 0, Vec::new());
        for (index, &(row, other_row)) in pairs.iter().enumerate() {
            let mut gross = 0;
            let change = |option: usize| {
                let (now, then) = (table.votes[option].get(row)?, other.votes.get(option)?.get(other_row)?);
                Some(i64::from(now) - i64::from(then))
            };
            for (option, moves) in options.iter_mut().enumerate() {
                if let Some(change) = change(option) {
                    moves.absorb(change);
                    gross += change.unsigned_abs();
                }
            }
            if let Some(rival) = rival
                && let (Some(leader), Some(rival)) = (change(tested.leader.0), change(rival.0))
            {
                margin.absorb(leader - rival);
            }
            let none = |of: &StationTable, row| of.votes.iter().all(|votes| votes.or_zero(row) == 0);
            blank += usize::from(none(other, other_row));
            if gross > 0 {
                changed.push((gross, index));
            }
        }
        changed.sort_by_key(|&(gross, index)| (std::cmp::Reverse(gross), index));
        let (only_tested, only_other) = (table.len() - pairs.len(), other.len() - pairs.len());
        Self { pairs, only_tested, only_other, options, margin, rival, blank, changed }
    }

    fn finding(&self, view: &ContestView<'_>, tested: &Latest<'_>, other: &Release, settings: &Settings) -> Finding {
        let sum = |of: fn(Moves) -> u64| self.options.iter().map(|&moves| of(moves)).sum::<u64>();
        let (cells, cells_changed, gross) = (sum(|m| m.compared), sum(Moves::changed), sum(|m| m.gross));
        let (id, brief, reason) = if self.changed.is_empty() {
            ("arithmetic-tables-same", "arithmetic-brief-tables-same", Reason::Descriptive)
        } else {
            ("arithmetic-tables", "arithmetic-brief-tables", Reason::Changed)
        };
        let counted = |id| {
            let message = Message::new(id).with("stations", self.pairs.len()).with("changed", self.changed.len());
            message.with("cells", cells).with("cellschanged", cells_changed)
        };
        let statement = counted(id)
            .with("tested", label(view.contest, tested.release))
            .with("other", label(view.contest, other))
            .with("votes", gross);
        let leader = view.contest.options.get(tested.leader.0).map_or("", |option| option.name.as_str());
        let subject = Subject::contest(&view.contest.title).side(leader);
        let count = |name, value: u64, unit, id| Measure::count(name, value, unit, Message::new(id));
        let stations = |name, value: usize, id| count(name, value as u64, Unit::Stations, id);
        let mut finding = Finding::new(ID, Verdict::Undecided(reason), subject, statement)
            .brief(counted(brief))
            .caveat(Message::new("arithmetic-caveat-tables"));
        finding.measures.extend([
            stations("stations_matched", self.pairs.len(), "arithmetic-source-matched"),
            stations("stations_only_tested", self.only_tested, "arithmetic-source-unmatched"),
            stations("stations_only_other", self.only_other, "arithmetic-source-unmatched"),
            stations("stations_changed", self.changed.len(), "arithmetic-source-stations-changed"),
            stations("stations_blank", self.blank, "arithmetic-source-blank"),
            count("cells_compared", cells, Unit::Pure, "arithmetic-source-cells"),
            count("cells_changed", cells_changed, Unit::Pure, "arithmetic-source-cells"),
            count("votes_changed", gross, Unit::Votes, "arithmetic-source-votes-changed"),
        ]);
        if !self.changed.is_empty() {
            self.directions(&mut finding, tested);
            self.by_option(&mut finding, view);
        }
        let room = settings.listed.saturating_sub(finding.evidence.len());
        finding.evidence.extend(self.changed.iter().take(room).map(|&(gross, index)| {
            let (row, other_row) = self.pairs[index];
            let table = tested.table;
            let statement = Message::new("arithmetic-table-station");
            let statement = statement.with("station", table.name(row)).with("votes", gross);
            let votes = |of: &StationTable, row| {
                Value::List(of.votes.iter().map(|votes| Value::Count(i64::from(votes.or_zero(row)))).collect())
            };
            let source_row = table.source_rows.get(row).map(|&row| u64::from(row));
            let evidence = Evidence::new(statement)
                .at(Place { input: table.input.clone(), row: source_row, column: None })
                .value("tested", votes(table, row));
            match &other.stations {
                Some(other) => evidence.value("other", votes(other, other_row)),
                None => evidence,
            }
        }));
        finding
    }

    /// Which way the side tested and the margin moved.
    fn directions(&self, finding: &mut Finding, tested: &Latest<'_>) {
        let stations = |name, value: u64, id| Measure::count(name, value, Unit::Stations, Message::new(id));
        let votes = |name, value: i64| Measure::count(name, value, Unit::Votes, Message::new("arithmetic-source-net"));
        let leader = self.options[tested.leader.0];
        finding.measures.extend([
            stations("leader_up", leader.up, "arithmetic-source-up"),
            stations("leader_down", leader.down, "arithmetic-source-down"),
            votes("leader_net", leader.net),
        ]);
        if self.rival.is_none() {
            return;
        }
        let p = sign_test(self.margin.up, self.margin.down);
        finding.measures.extend([
            stations("margin_up", self.margin.up, "arithmetic-source-margin"),
            stations("margin_down", self.margin.down, "arithmetic-source-margin"),
            votes("margin_net", self.margin.net),
            Measure::real("margin_p", p, Unit::Probability, Message::new("arithmetic-source-sign-test")),
        ]);
        let statement = Message::new("arithmetic-tables-margin")
            .with("up", self.margin.up)
            .with("down", self.margin.down)
            .with("net", self.margin.net)
            .with("p", Arg::Probability(p));
        finding.evidence.push(Evidence::new(statement));
        if self.blank > 0 {
            let statement = Message::new("arithmetic-tables-blank").with("stations", self.blank);
            finding.evidence.push(Evidence::new(statement));
        }
    }

    /// The options whose votes changed, the most stations first.
    fn by_option(&self, finding: &mut Finding, view: &ContestView<'_>) {
        let mut options: Vec<(usize, &Moves)> =
            self.options.iter().enumerate().filter(|(_, moves)| moves.changed() > 0).collect();
        options.sort_by_key(|&(index, moves)| (std::cmp::Reverse(moves.changed()), index));
        finding.evidence.extend(options.into_iter().take(6).map(|(index, moves)| {
            let statement = Message::new("arithmetic-tables-option")
                .with("option", view.contest.options.get(index).map_or("", |option| option.name.as_str()))
                .with("changed", moves.changed())
                .with("up", moves.up)
                .with("down", moves.down)
                .with("net", moves.net);
            let count = |value: u64| Value::Count(i64::try_from(value).unwrap_or(i64::MAX));
            let evidence = Evidence::new(statement).value("up", count(moves.up)).value("down", count(moves.down));
            evidence.value("net", Value::Count(moves.net))
        }));
    }
}

/// The option with the most votes besides one; the first of several.
fn strongest(table: &StationTable, besides: Option<OptionId>) -> Option<OptionId> {
    let votes = table.votes.iter().map(adil_record::Counts::sum).enumerate();
    let others = votes.filter(|&(index, _)| Some(OptionId(index)) != besides);
    others.max_by_key(|&(index, votes)| (votes, std::cmp::Reverse(index))).map(|(index, _)| OptionId(index))
}

/// Rows of the same station: by its name, where no other station of its table has it (areas may be spelled otherwise
/// in the other one), else by areas and name.
pub(crate) fn matched(table: &StationTable, other: &StationTable) -> Vec<(usize, usize)> {
    let unique = |table: &StationTable| table.stations.distinct() == table.len();
    if unique(table) && unique(other) {
        return pairs(table, other, |table, row| table.stations.get(row).to_owned());
    }
    pairs(table, other, StationTable::name)
}

/// Rows whose key is the same, where it is unique in both tables; in the order of the first table.
fn pairs(
    table: &StationTable,
    other: &StationTable,
    key: impl Fn(&StationTable, usize) -> String,
) -> Vec<(usize, usize)> {
    let index = |table: &StationTable| {
        let mut rows: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for row in 0..table.len() {
            rows.entry(key(table, row)).and_modify(|found| *found = None).or_insert(Some(row));
        }
        rows
    };
    let (rows, other_rows) = (index(table), index(other));
    let unique = rows.into_iter().filter_map(|(key, row)| Some((row?, (*other_rows.get(&key)?)?)));
    let mut pairs: Vec<(usize, usize)> = unique.collect();
    pairs.sort_unstable();
    pairs
}
