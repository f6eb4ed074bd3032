//! Tables of stations of two releases, set against each other station by station.

use std::collections::BTreeMap;

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Reason, Subject, Unit, Value, Verdict, Whose};
use adil_record::{Counts, OptionId, Release, StationTable, Term};
use adil_stat::{binomial_at_least, sign_test};

use super::ID;
use super::kinds::{Difference, Kind};
use super::matched::matched;
use crate::releases::arithmetic::sheet::{Sheet, label};
use crate::stations::row;
use crate::{ContestView, Settings};

/// The table that the others are compared with.
struct Latest<'a> {
    release: &'a Release,
    table: &'a StationTable,
    /// The side tested.
    leader: OptionId,
}

/// One finding for each pair of releases with tables of stations, those with the table under test first.
pub(super) fn findings(view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
    let Some(latest) = Latest::of(view) else { return Vec::new() };
    let is_other = |release: &&Release| !std::ptr::eq(*release, latest.release) && release.is_of_the_count();
    let others = view.contest.releases.iter().filter(is_other);
    let others: Vec<(&Release, &StationTable)> =
        others.filter_map(|release| Some((release, release.stations.as_ref()?))).collect();
    let of = |tested: &Latest<'_>, (release, table): (&Release, &StationTable)| {
        Comparison::of(tested, release, table).finding(view, tested, release, settings)
    };
    let mut findings: Vec<Finding> = others.iter().map(|&other| of(&latest, other)).collect();
    // What has only a part of the papers is set against the whole alone.
    let whole: Vec<(&Release, &StationTable)> = others.into_iter().filter(|(release, _)| !release.partial).collect();
    for (place, &(release, table)) in whole.iter().enumerate() {
        let later = Latest { release, table, leader: latest.leader };
        findings.extend(whole[..place].iter().map(|&other| of(&later, other)));
    }
    findings
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
    /// Pairs in which some vote differs (of a partial statement: is above the other), with the sum of the differences, the most
    /// first.
    changed: Vec<(u64, usize)>,
    /// Stations of each kind of difference.
    kinds: BTreeMap<Kind, usize>,
    /// In each station the larger of votes gained and votes lost, added up.
    moved: u64,
    /// Districts in which the margin moved up, and down.
    districts: [u64; 2],
}

impl Comparison {
    fn of(tested: &Latest<'_>, release: &Release, other: &StationTable) -> Self {
        let table = tested.table;
        let pairs = matched(table, other);
        let stood = Stood::of(table, other, &pairs);
        let rival = strongest(table, Some(tested.leader));
        let mut options = vec![Moves::default(); table.votes.len()];
        let (mut margin, mut blank, mut changed) = (Moves::default(), 0, Vec::new());
        let (mut kinds, mut moved) = (BTreeMap::new(), 0);
        let (numbers, _) = table.districts();
        let mut of_district: BTreeMap<usize, i64> = BTreeMap::new();
        for (index, &(row, other_row)) in pairs.iter().enumerate() {
            let mut gross = 0;
            let change = |option: usize| {
                let (now, then) = (table.votes[option].get(row)?, other.votes.get(option)?.get(other_row)?);
                let change = i64::from(now) - i64::from(then);
                // A statement of a part of the papers excludes only a smaller whole.
                stood.at(option, row).then_some(if release.partial { change.min(0) } else { change })
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
                *of_district.entry(numbers.get(row).copied().unwrap_or(0)).or_default() += leader - rival;
            }
            let none = |of: &StationTable, row| of.votes.iter().all(|votes| votes.or_zero(row) == 0);
            blank += usize::from(none(other, other_row));
            if gross > 0 {
                changed.push((gross, index));
                let changes = || (0..options.len()).filter_map(change);
                let gained: i64 = changes().map(|change| change.max(0)).sum();
                let lost: i64 = changes().map(|change| (-change).max(0)).sum();
                moved += gained.max(lost).unsigned_abs();
                if !release.partial {
                    *kinds.entry(kind((table, row), (other, other_row))).or_default() += 1;
                }
            }
        }
        let of_sign = |sign: i64| of_district.values().filter(|net| net.signum() == sign).count() as u64;
        changed.sort_by_key(|&(gross, index)| (std::cmp::Reverse(gross), index));
        let (only_tested, only_other) = (table.len() - pairs.len(), other.len() - pairs.len());
        let districts = [of_sign(1), of_sign(-1)];
        Self { pairs, only_tested, only_other, options, margin, rival, blank, changed, kinds, moved, districts }
    }

    fn finding(&self, view: &ContestView<'_>, tested: &Latest<'_>, other: &Release, settings: &Settings) -> Finding {
        let sum = |of: fn(Moves) -> u64| self.options.iter().map(|&moves| of(moves)).sum::<u64>();
        let (cells, cells_changed, gross) = (sum(|m| m.compared), sum(Moves::changed), sum(|m| m.gross));
        let (id, brief, verdict) = match (self.changed.is_empty(), other.partial) {
            (true, false) => ("copies-same", "copies-brief-same", Verdict::Undecided(Reason::Descriptive)),
            (true, true) => ("copies-none-above", "copies-brief-none-above", Verdict::Undecided(Reason::Descriptive)),
            (false, false) => ("copies-differ", "copies-brief-differ", Verdict::Undecided(Reason::Changed)),
            (false, true) => ("copies-above", "copies-brief-above", Verdict::Contradicted(Whose::ThirdParties)),
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
        let said = |release| Sheet::new(view.contest, release).said(&[]);
        let mut subject = Subject::contest(&view.contest.title).side(leader);
        if other.partial {
            // What cannot both be true is the pair.
            subject.statements = vec![said(other), said(tested.release)];
        }
        let count = |name, value: u64, unit, id| Measure::count(name, value, unit, Message::new(id));
        let stations = |name, value: usize, id| count(name, value as u64, Unit::Stations, id);
        let mut finding = Finding::new(ID, verdict, subject, statement)
            .brief(counted(brief))
            .caveat(Message::new(if other.partial { "copies-caveat-partial" } else { "copies-caveat" }));
        finding.measures.extend([
            stations("stations_compared", self.pairs.len(), "copies-source-matched"),
            stations("stations_only_tested", self.only_tested, "copies-source-unmatched"),
            stations("stations_only_other", self.only_other, "copies-source-unmatched"),
            stations("stations_contradicted", self.changed.len(), "copies-source-stations-changed"),
            stations("stations_blank", self.blank, "copies-source-blank"),
            count("cells_compared", cells, Unit::Pure, "copies-source-cells"),
            count("cells_differing", cells_changed, Unit::Pure, "copies-source-cells"),
            count("votes_changed", gross, Unit::Votes, "copies-source-votes-changed"),
            count("votes_moved_at_least", self.moved, Unit::Votes, "copies-source-moved"),
        ]);
        if !self.changed.is_empty() {
            if !other.partial {
                self.directions(&mut finding, tested);
                self.by_kind(&mut finding);
            }
            self.by_option(&mut finding, view);
        }
        if other.partial
            && let (Some(registered), Some(part)) = (tested.table.line(Term::Registered), &other.stations)
        {
            finding.measures.push(self.above_register(registered, part));
        }
        let room = settings.listed.saturating_sub(finding.evidence.len());
        finding.evidence.extend(self.changed.iter().take(room).map(|&(gross, index)| {
            let (row, other_row) = self.pairs[index];
            let table = tested.table;
            let statement = Message::new("copies-station");
            let statement = statement.with("station", table.name(row)).with("votes", gross);
            let votes = |of: &StationTable, row| {
                Value::List(of.votes.iter().map(|votes| Value::Count(i64::from(votes.or_zero(row)))).collect())
            };
            let evidence = Evidence::new(statement).at(row::place(table, row)).value("tested", votes(table, row));
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
        let votes = |name, value: i64| Measure::count(name, value, Unit::Votes, Message::new("copies-source-net"));
        let leader = self.options[tested.leader.0];
        finding.measures.extend([
            stations("leader_up", leader.up, "copies-source-up"),
            stations("leader_down", leader.down, "copies-source-down"),
            votes("leader_net", leader.net),
        ]);
        if self.rival.is_none() {
            return;
        }
        let p = sign_test(self.margin.up, self.margin.down);
        finding.measures.extend([
            stations("margin_up", self.margin.up, "copies-source-margin"),
            stations("margin_down", self.margin.down, "copies-source-margin"),
            votes("margin_net", self.margin.net),
            Measure::real("margin_p", p, Unit::Probability, Message::new("copies-source-sign-test")),
        ]);
        let [up, down] = self.districts;
        if up + down > 0 && up + down < self.margin.changed() {
            let district_p = sign_test(up, down);
            let source = Message::new("copies-source-districts").with("up", up).with("down", down);
            finding.measures.push(Measure::real("margin_district_p", district_p, Unit::Probability, source));
        }
        if let Some(part) = detectable(self.margin.changed()) {
            let source = Message::new("copies-source-detectable");
            finding.measures.push(Measure::real("margin_detectable", part, Unit::Fraction, source));
            finding.caveats.push(
                Message::new("copies-caveat-power")
                    .with("changed", self.margin.changed())
                    .with("part", Arg::Percent(part, 0)),
            );
        }
        let statement = Message::new("copies-margin")
            .with("up", self.margin.up)
            .with("down", self.margin.down)
            .with("net", self.margin.net)
            .with("p", Arg::Probability(p));
        finding.evidence.push(Evidence::new(statement));
        if self.blank > 0 {
            let statement = Message::new("copies-blank").with("stations", self.blank);
            finding.evidence.push(Evidence::new(statement));
        }
    }

    /// Stations at which a part of the papers has more votes than there are voters: there it errs itself.
    fn above_register(&self, registered: &Counts, part: &StationTable) -> Measure {
        let is_above = |&&(row, other_row): &&(usize, usize)| {
            let votes: u64 = part.votes.iter().map(|votes| u64::from(votes.or_zero(other_row))).sum();
            registered.get(row).is_some_and(|registered| votes > u64::from(registered))
        };
        let stations = self.pairs.iter().filter(is_above).count();
        Measure::count("stations_above_register", stations, Unit::Stations, Message::new("copies-source-register"))
    }

    /// How many stations have each kind of difference.
    fn by_kind(&self, finding: &mut Finding) {
        let kinds = Kind::ALL.into_iter().filter_map(|kind| Some((kind, *self.kinds.get(&kind)?)));
        finding.evidence.extend(kinds.map(|(kind, stations)| {
            let statement = Message::new("copies-kind").with("kind", kind.name()).with("stations", stations);
            Evidence::new(statement).value("stations", Value::Count(i64::try_from(stations).unwrap_or(i64::MAX)))
        }));
    }

    /// The options whose votes changed, the most stations first.
    fn by_option(&self, finding: &mut Finding, view: &ContestView<'_>) {
        let mut options: Vec<(usize, &Moves)> =
            self.options.iter().enumerate().filter(|(_, moves)| moves.changed() > 0).collect();
        options.sort_by_key(|&(index, moves)| (std::cmp::Reverse(moves.changed()), index));
        finding.evidence.extend(options.into_iter().take(6).map(|(index, moves)| {
            let statement = Message::new("copies-option")
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

/// In which regions an option stood: where no station of either table has a vote for it, there is nothing to compare.
struct Stood {
    /// By option, then by region.
    with_votes: Vec<Vec<bool>>,
    regions: Option<Vec<usize>>,
}

impl Stood {
    fn of(table: &StationTable, other: &StationTable, pairs: &[(usize, usize)]) -> Self {
        let regions = table.regions().map(|names| (0..table.len()).map(|row| names.code(row)).collect::<Vec<_>>());
        let count = table.regions().map_or(1, |names| names.distinct());
        let mut with_votes = vec![vec![false; count]; table.votes.len()];
        for (option, regional) in with_votes.iter_mut().enumerate() {
            for &(row, other_row) in pairs {
                let then = other.votes.get(option).map_or(0, |votes| votes.or_zero(other_row));
                let region = regions.as_ref().map_or(0, |regions| regions[row]);
                regional[region] |= table.votes[option].or_zero(row) > 0 || then > 0;
            }
        }
        Self { with_votes, regions }
    }

    fn at(&self, option: usize, row: usize) -> bool {
        self.with_votes[option][self.regions.as_ref().map_or(0, |regions| regions[row])]
    }
}

/// The kind of the difference between a station's later and earlier votes.
fn kind((table, row): (&StationTable, usize), (other, other_row): (&StationTable, usize)) -> Kind {
    let votes =
        |table: &StationTable, row: usize| -> Vec<u32> { table.votes.iter().map(|votes| votes.or_zero(row)).collect() };
    let adds_up = |table: &StationTable, row: usize| {
        let valid = table.line(Term::Valid)?.get(row)?;
        Some(votes(table, row).iter().map(|&votes| u64::from(votes)).sum::<u64>() == u64::from(valid))
    };
    let (then, mut now) = (votes(other, other_row), votes(table, row));
    now.resize(then.len(), 0);
    Kind::of(&Difference { then: &then, now: &now, adds_up: [adds_up(other, other_row), adds_up(table, row)] })
}

/// The smallest part of the changes going one way that a sign test at 5 % would have noticed with a probability of 80 %. `None` where no
/// part would.
pub(crate) fn detectable(changes: u64) -> Option<f64> {
    let (mut below, mut critical) = (changes / 2, changes);
    if sign_test(changes, 0) > 0.05 {
        return None;
    }
    // The more go one way, the smaller is the p-value.
    while critical - below > 1 {
        let middle = below.midpoint(critical);
        if sign_test(middle, changes - middle) <= 0.05 { critical = middle } else { below = middle }
    }
    let notices = |part: f64| binomial_at_least(critical, changes, part) >= 0.8;
    let (mut low, mut high) = (0.5, 1.0);
    for _ in 0..30 {
        let middle = 0.5 * (low + high);
        if notices(middle) { high = middle } else { low = middle }
    }
    Some(high)
}

/// The option with the most votes besides one; the first of several.
pub(crate) fn strongest(table: &StationTable, besides: Option<OptionId>) -> Option<OptionId> {
    let votes = table.votes.iter().map(Counts::sum).enumerate();
    let others = votes.filter(|&(index, _)| Some(OptionId(index)) != besides);
    others.max_by_key(|&(index, votes)| (votes, std::cmp::Reverse(index))).map(|(index, _)| OptionId(index))
}
