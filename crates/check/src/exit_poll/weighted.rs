//! The share of an option in an exit poll, weighted from its answers by station.

use std::collections::BTreeMap;

use adil_record::{Contest, InterviewColumn, OptionId, PollColumn, PollDesign, Release, StationTable, Term};
use adil_stat::{RatioEstimate, WeightedStratum, WeightedUnit, t_quantile, weighted_ratio};

use crate::copies::compare::matched;
use crate::{ContestView, Tested};

/// A weighted share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weighted {
    pub(super) share: f64,
    /// The standard error of that, linearised over stations within strata.
    pub(super) error: f64,
    /// The variance by that of as many voters drawn one by one.
    pub(super) design_effect: f64,
    /// The factor of Student's t for an interval of 95 %.
    pub(super) factor: f64,
    /// The share of all answers, each counting as one.
    pub(super) plain: f64,
    pub(super) stations: usize,
    /// Stations with answers for which a weight is not known.
    pub(super) left_out: usize,
    pub(super) answers: u64,
    pub(super) how: How,
}

/// What the weights were made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct How {
    /// Whether the table gives the probabilities of stations.
    pub(super) probability: bool,
    pub(super) size: Size,
    /// Cells of sex and age that were weighted by their response.
    pub(super) cells: usize,
    pub(super) strata: usize,
    /// Whether strata were made to add up to their turnout.
    pub(super) calibrated: bool,
    /// Strata that the count has and no station of the poll is in.
    pub(super) unseen: usize,
}

/// What a station stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    /// Its voters, by the poll's table or by the count.
    Voters,
    /// Those who were asked.
    Asked,
    /// Those who answered.
    Answers,
}

impl Size {
    /// The message that says so.
    pub(super) fn id(self) -> &'static str {
        match self {
            Self::Voters => "exit-poll-size-voters",
            Self::Asked => "exit-poll-size-asked",
            Self::Answers => "exit-poll-size-answers",
        }
    }
}

/// A poll's table with the count's rows of the same stations.
struct Table<'a> {
    poll: &'a StationTable,
    contest: &'a Contest,
    design: Option<&'a PollDesign>,
    tested: Option<&'a Tested<'a>>,
    /// The count's row of each of the poll's.
    rows: BTreeMap<usize, usize>,
}

/// The stations of one stratum: their rows in the poll's table.
type Strata = BTreeMap<String, Vec<usize>>;

impl Weighted {
    /// The weighted share of an option; `None` where the poll has no answers by station, or at fewer than two.
    pub(super) fn of(view: &ContestView<'_>, release: &Release, option: OptionId) -> Option<Self> {
        let table = Table::new(view, release)?;
        let known = |column| table.poll.interviews.iter().any(|(other, _)| *other == InterviewColumn::Station(column));
        let with_answers: Vec<usize> =
            (0..table.poll.len()).filter(|&row| table.answers(row) > 0 && table.own(option, row).is_some()).collect();
        let size = table.size(&with_answers);
        let probability = known(PollColumn::Probability);
        let weighted = |&row: &usize| {
            let drawn = !probability || table.number(PollColumn::Probability, row).is_some();
            drawn && table.of_size(size, row).is_some_and(|voters| voters > 0.0)
        };
        let rows: Vec<usize> = with_answers.iter().copied().filter(weighted).collect();
        let strata = table.strata(&rows);
        let turnouts = table.turnouts(&strata);
        let mut cells = 0;
        let stratum = |(name, rows): (&String, &Vec<usize>)| {
            let factors = Factors::of(&table, rows);
            cells = cells.max(factors.cells.len());
            let all = table.stations_in(name).map_or(1.0, |all| all as f64 / rows.len() as f64);
            let unit = |&row: &usize| {
                let bottom = table.of_size(size, row)?;
                let weight = table.number(PollColumn::Probability, row).map_or(all, f64::recip);
                Some(WeightedUnit { weight, top: bottom * factors.share(&table, row, option)?, bottom })
            };
            let known = turnouts.as_ref().and_then(|turnouts| turnouts.get(name).copied());
            WeightedStratum { known, units: rows.iter().filter_map(unit).collect() }
        };
        let weighted: Vec<WeightedStratum> = strata.iter().map(stratum).collect();
        let RatioEstimate { ratio: share, variance, freedom, .. } = weighted_ratio(&weighted)?;
        let answers: u64 = rows.iter().map(|&row| table.answers(row)).sum();
        let own: u64 = rows.iter().filter_map(|&row| table.own(option, row)).sum();
        let simple = share * (1.0 - share) / answers as f64;
        let how = How {
            probability,
            size,
            cells,
            strata: strata.len(),
            calibrated: turnouts.is_some(),
            unseen: table.frame().map_or(0, |frame| frame.iter().filter(|name| !strata.contains_key(*name)).count()),
        };
        (simple > 0.0).then(|| Self {
            share,
            error: variance.sqrt(),
            design_effect: variance / simple,
            factor: t_quantile(0.95, freedom),
            plain: own as f64 / answers as f64,
            stations: rows.len(),
            left_out: with_answers.len() - rows.len(),
            answers,
            how,
        })
    }
}

impl<'a> Table<'a> {
    fn new(view: &'a ContestView<'_>, release: &'a Release) -> Option<Self> {
        let poll = release.stations.as_ref()?;
        let tested = view.tested.as_ref();
        let pairs = tested.map(|tested| matched(tested.table, poll)).unwrap_or_default();
        let rows = pairs.into_iter().map(|(row, poll_row)| (poll_row, row)).collect();
        Some(Self { poll, contest: view.contest, design: release.poll.as_ref(), tested, rows })
    }

    fn answers(&self, row: usize) -> u64 {
        self.poll.votes.iter().map(|votes| u64::from(votes.or_zero(row))).sum()
    }

    fn own(&self, option: OptionId, row: usize) -> Option<u64> {
        self.poll.votes.get(option.0)?.get(row).map(u64::from)
    }

    fn number(&self, column: PollColumn, row: usize) -> Option<f64> {
        self.poll.interview(&InterviewColumn::Station(column), row)
    }

    fn voters(&self, row: usize) -> Option<f64> {
        let counted = || {
            let turnout = self.tested?.turnout_numerator.as_ref()?;
            turnout.get(*self.rows.get(&row)?).map(f64::from)
        };
        self.number(PollColumn::Voters, row).or_else(counted)
    }

    fn asked(&self, row: usize) -> Option<f64> {
        let missed = self.number(PollColumn::Missed, row).unwrap_or(0.0);
        Some(self.answers(row) as f64 + self.number(PollColumn::Refused, row)? + missed)
    }

    /// The best measure of size that stations have: that of the first kind that any has.
    fn size(&self, rows: &[usize]) -> Size {
        let any = |of: &dyn Fn(usize) -> Option<f64>| rows.iter().any(|&row| of(row).is_some());
        if any(&|row| self.voters(row)) {
            Size::Voters
        } else if any(&|row| self.asked(row)) {
            Size::Asked
        } else {
            Size::Answers
        }
    }

    fn of_size(&self, size: Size, row: usize) -> Option<f64> {
        match size {
            Size::Voters => self.voters(row),
            Size::Asked => self.asked(row),
            Size::Answers => Some(self.answers(row) as f64),
        }
    }

    fn level(table: &'a StationTable, design: Option<&PollDesign>) -> Option<&'a adil_record::Names> {
        let wanted = design?.strata.as_deref()?;
        table.areas.iter().find(|area| area.level == wanted).map(|area| &area.names)
    }

    /// Rows by stratum; all in one where the design names none, or its level is in neither table.
    fn strata(&self, rows: &[usize]) -> Strata {
        let own = Self::level(self.poll, self.design);
        let counted = self.tested.and_then(|tested| Self::level(tested.table, self.design));
        let mut strata = Strata::new();
        for &row in rows {
            let other = || Some(counted?.get(*self.rows.get(&row)?));
            let name = own.map(|names| names.get(row)).or_else(other).unwrap_or_default();
            strata.entry(name.to_owned()).or_default().push(row);
        }
        strata
    }

    /// The strata that the count has voters in.
    fn frame(&self) -> Option<Vec<String>> {
        let tested = self.tested?;
        let names = Self::level(tested.table, self.design)?;
        let mut frame: Vec<String> = (0..tested.table.len()).map(|row| names.get(row).to_owned()).collect();
        frame.sort_unstable();
        frame.dedup();
        Some(frame)
    }

    fn stations_in(&self, stratum: &str) -> Option<usize> {
        let tested = self.tested?;
        let names = Self::level(tested.table, self.design)?;
        let all = (0..tested.table.len()).filter(|&row| names.get(row) == stratum).count();
        (all > 0).then_some(all)
    }

    /// The voters of every stratum, where those of all are known: by the design, else by the count's table.
    fn turnouts(&self, strata: &Strata) -> Option<BTreeMap<String, f64>> {
        let design = self.design.filter(|design| design.strata.is_some())?;
        let counted = |stratum: &str| {
            let tested = self.tested?;
            let (names, voters) = (Self::level(tested.table, self.design)?, tested.turnout_numerator.as_ref()?);
            let inside = (0..tested.table.len()).filter(|&row| names.get(row) == stratum);
            let sum: u64 = inside.map(|row| u64::from(voters.or_zero(row))).sum();
            (sum > 0).then_some(sum as f64)
        };
        let of = |stratum: &String| {
            let told = design.turnout.get(stratum).map(|&voters| voters as f64);
            Some((stratum.clone(), told.or_else(|| counted(stratum))?))
        };
        strata.keys().map(of).collect()
    }
}

/// How many voters each answer of a cell stands for in a stratum: those who were asked by those who answered.
struct Factors<'t> {
    cells: Vec<(&'t str, f64)>,
    /// Of answers that are in no cell: all who were asked in cells, by all who answered.
    rest: f64,
}

impl<'t> Factors<'t> {
    fn of(table: &'t Table<'_>, rows: &[usize]) -> Self {
        let names = table.poll.interviews.iter().filter_map(|(column, _)| match column {
            InterviewColumn::CellRefused(name) => Some(name.as_str()),
            _ => None,
        });
        let (mut answered, mut asked) = (0.0, 0.0);
        let mut factor = |name: &'t str| {
            let told = |row: &&usize| cell_refused(table, name, **row).is_some();
            let known: Vec<&usize> = rows.iter().filter(told).collect();
            let own: f64 = known.iter().map(|row| cell_answers(table, name, None, **row)).sum();
            let refused: f64 = known.iter().filter_map(|row| cell_refused(table, name, **row)).sum();
            answered += own;
            asked += own + refused;
            (own > 0.0).then_some((name, (own + refused) / own))
        };
        let cells = names.filter_map(&mut factor).collect();
        Self { cells, rest: if answered > 0.0 { asked / answered } else { 1.0 } }
    }

    /// The share of an option at a station, its answers weighted by these.
    fn share(&self, table: &Table<'_>, row: usize, option: OptionId) -> Option<f64> {
        let (all, own) = (table.answers(row) as f64, table.own(option, row)? as f64);
        let (mut weighted, mut weighted_own, mut in_cells, mut own_in_cells) = (0.0, 0.0, 0.0, 0.0);
        for (name, factor) in &self.cells {
            let answers = cell_answers(table, name, None, row);
            let chosen = cell_answers(table, name, Some(option), row);
            weighted += factor * answers;
            weighted_own += factor * chosen;
            in_cells += answers;
            own_in_cells += chosen;
        }
        // Cells that say more than the station did are not its answers.
        if in_cells > all || own_in_cells > own {
            return Some(own / all);
        }
        let bottom = weighted + self.rest * (all - in_cells);
        Some((weighted_own + self.rest * (own - own_in_cells)) / bottom).filter(|share| share.is_finite())
    }
}

fn cell_refused(table: &Table<'_>, cell: &str, row: usize) -> Option<f64> {
    table.poll.interview(&InterviewColumn::CellRefused(cell.to_owned()), row)
}

/// The answers of a cell at a station: for an option, or for all.
fn cell_answers(table: &Table<'_>, cell: &str, option: Option<OptionId>, row: usize) -> f64 {
    let wanted = option.and_then(|option| table.contest.options.get(option.0)).map(|option| option.name.as_str());
    let is_meant = |column: &InterviewColumn| match column {
        InterviewColumn::CellAnswers(name, option) => name == cell && wanted.is_none_or(|wanted| wanted == option),
        _ => false,
    };
    let columns = table.poll.interviews.iter().filter(|(column, _)| is_meant(column));
    columns.filter_map(|(_, numbers)| numbers.get(row).copied().flatten()).sum()
}

/// Voters whom no exit poll meets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Outside {
    /// Their part of all who voted, above 0 and below 1.
    pub(super) part: f64,
    /// The share with their votes, if none of them and if all of them chose the option.
    pub(super) bounds: (f64, f64),
    /// The share among them that would make poll and count agree; below 0 or above 1 where none does.
    pub(super) needed: f64,
}

impl Outside {
    /// Of a poll's share and the count's.
    pub(super) fn of(view: &ContestView<'_>, design: Option<&PollDesign>, poll: f64, count: f64) -> Option<Self> {
        let voted = super::beside::voted(view)?;
        let by_lines = || {
            let table = view.tested.as_ref()?.table;
            let sum = |term: Term| table.line(term).map(adil_record::Counts::sum);
            let away = sum(Term::IssuedOutside).or_else(|| sum(Term::InMobileBoxes));
            let early = sum(Term::IssuedEarly);
            (away.is_some() || early.is_some()).then(|| away.unwrap_or(0) + early.unwrap_or(0))
        };
        let outside = design.and_then(|design| design.outside).or_else(by_lines)?;
        let part = outside as f64 / voted as f64;
        let inside = (1.0 - part) * poll;
        let sound = part > 0.0 && part < 1.0;
        sound.then(|| Self { part, bounds: (inside, inside + part), needed: (count - inside) / part })
    }
}
