//! Series of two stations of a district that agree in three intervals one after the other.

use std::ops::Range;

use adil_finding::{Arg, Evidence, Measure, Message, Unit, Value};
use adil_stat::{DirichletMultinomial, ln_poisson_at_least};

use super::{
    of_station,
    series::{Reported, Series},
    spikes::Courses,
};
use crate::stations::cut;
use crate::{Piece, Settings, Tested};

/// Intervals that must agree, one after the other.
const RUN: usize = 3;
/// Pairs compared at most; the districts beyond are told.
const MOST_PAIRS: usize = 250_000;
/// Products of chances are summed at so many points at least: they are smooth, so that more change nothing (the trapezoid rule
/// with four points in a standard deviation errs by less than one in a million).
const POINTS: usize = 48;
/// Steps between such points where numbers are rounded: prime, the smallest above the periods that rounding has.
const STEPS: [usize; 11] = [7, 11, 17, 23, 31, 47, 61, 97, 151, 233, 401];
/// A chance below this is not summed.
const SMALLEST: f64 = 1e-7;

/// Pairs of stations whose series agree.
pub(super) struct Copies {
    districts: Vec<District>,
    agreeing: Vec<Agreeing>,
    /// Districts that were not compared.
    pub(super) left_out: usize,
}

/// What a district gave.
struct District {
    /// The rows compared.
    rows: Vec<usize>,
    /// By kind: the same increments, the same parts of the register.
    of_kind: [Agreement; 2],
}

/// How many pairs agree, and how many would by chance.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Agreement {
    pub(super) observed: usize,
    pub(super) expected: f64,
}

struct Agreeing {
    rows: [usize; 2],
    kind: usize,
    /// The first of the intervals that agree.
    from: usize,
    /// The chance of this pair to agree somewhere.
    chance: f64,
}

/// A station with the chances of each of its increments.
struct Station {
    row: usize,
    registered: Option<u64>,
    steps: Vec<u32>,
    chances: Vec<Chances>,
}

/// The chances of a number of voters, from the first that is likely enough on; what comes before and after is left out.
struct Chances {
    first: u32,
    of: Vec<f64>,
    /// The sums of all chances before each.
    before: Vec<f64>,
}

impl Copies {
    pub(super) fn of(tested: &Tested<'_>, series: &Series<'_>, courses: &Courses) -> Self {
        let sound: Vec<(&Reported, Vec<u32>)> =
            series.sound().filter_map(|series| Some((series, series.increments()?))).collect();
        let mut copies = Self { districts: Vec::new(), agreeing: Vec::new(), left_out: 0 };
        if sound.first().is_none_or(|(_, steps)| steps.len() < RUN) {
            return copies;
        }
        let mut members = vec![Vec::new(); tested.district_count];
        sound.iter().for_each(|(series, steps)| members[tested.districts[series.row]].push((*series, steps)));
        let mut pairs = 0;
        for (district, members) in members.into_iter().enumerate().filter(|(_, members)| members.len() > 1) {
            let own = members.len() * (members.len() - 1) / 2;
            if pairs + own > MOST_PAIRS {
                copies.left_out += 1;
                continue;
            }
            pairs += own;
            let station = |(series, steps): (&'_ _, &Vec<u32>)| Station::new(series, steps, courses, district);
            let stations: Vec<Station> = members.into_iter().map(station).collect();
            copies.compare(&stations);
        }
        copies
    }

    fn compare(&mut self, stations: &[Station]) {
        let mut district =
            District { rows: stations.iter().map(|station| station.row).collect(), of_kind: Default::default() };
        for (index, first) in stations.iter().enumerate() {
            for second in &stations[index + 1..] {
                for (kind, agreement) in district.of_kind.iter_mut().enumerate() {
                    let Some((chance, from)) = first.agreement(second, kind) else { continue };
                    agreement.expected += chance;
                    if let Some(from) = from {
                        agreement.observed += 1;
                        self.agreeing.push(Agreeing { rows: [first.row, second.row], kind, from, chance });
                    }
                }
            }
        }
        self.districts.push(district);
    }

    fn total(&self, kind: usize) -> Agreement {
        let add = |sum: Agreement, district: &District| Agreement {
            observed: sum.observed + district.of_kind[kind].observed,
            expected: sum.expected + district.of_kind[kind].expected,
        };
        self.districts.iter().fold(Agreement::default(), add)
    }

    /// Pairs with the same increments.
    pub(super) fn same(&self) -> Agreement {
        self.total(0)
    }

    /// Pairs with the same parts of their registers.
    pub(super) fn alike(&self) -> Agreement {
        self.total(1)
    }

    pub(super) fn measures(&self) -> Vec<Measure> {
        let names = [
            ["copied_pairs", "copied_expected", "p_copied", "timeline-source-copied"],
            ["alike_pairs", "alike_expected", "p_alike", "timeline-source-alike"],
        ];
        let of_kind = |(kind, [pairs, expected, p, source]): (usize, [&'static str; 4])| {
            let total = self.total(kind);
            [
                Measure::count(pairs, total.observed, Unit::Pure, Message::new(source)),
                Measure::real(expected, total.expected, Unit::Pure, Message::new("timeline-source-expected")),
                Measure::real(p, total.ln_p().exp(), Unit::Probability, Message::new("timeline-source-poisson")),
            ]
        };
        names.into_iter().enumerate().flat_map(of_kind).collect()
    }

    pub(super) fn evidence(&self, tested: &Tested<'_>, settings: &Settings) -> Vec<Evidence> {
        let mut agreeing: Vec<&Agreeing> = self.agreeing.iter().collect();
        agreeing.sort_by(|a, b| a.chance.total_cmp(&b.chance).then(a.rows.cmp(&b.rows)));
        let times = |from: usize| {
            let reports = tested.table.turnout.iter().filter(|report| !report.protocol).skip(from).take(RUN);
            Arg::List(reports.map(|report| Arg::from(report.time.as_str())).collect())
        };
        let evidence = |pair: &Agreeing| {
            let id = ["timeline-pair-same", "timeline-pair-alike"][pair.kind];
            let statement = Message::new(id)
                .with("other", tested.table.name(pair.rows[1]))
                .with("times", times(pair.from))
                .with("chance", Arg::Probability(pair.chance));
            of_station(tested, pair.rows[0], statement, "chance", Value::Real(pair.chance))
        };
        agreeing.into_iter().take(settings.listed / 4).map(evidence).collect()
    }

    /// Of each region ln((observed + 1/2) / (expected + 1/2)) of the pairs with the same increments.
    pub(super) fn pieces(&self, tested: &Tested<'_>) -> Vec<Piece> {
        let mut of_row = vec![None; tested.table.len()];
        for (index, district) in self.districts.iter().enumerate() {
            district.rows.iter().for_each(|&row| of_row[row] = Some(index));
        }
        let rows = (0..of_row.len()).filter(|&row| of_row[row].is_some());
        let piece = |region: cut::Region| {
            // A district lies in one region, for regions are a part of what makes a district.
            let mut districts: Vec<usize> = region.rows.iter().filter_map(|&row| of_row[row]).collect();
            districts.dedup();
            let own = |&index: &usize| self.districts[index].of_kind[0];
            let sum = districts.iter().map(own).fold(Agreement::default(), |sum, own| Agreement {
                observed: sum.observed + own.observed,
                expected: sum.expected + own.expected,
            });
            let said = cut::Said {
                statistic: "stations/timeline:copied",
                side: None,
                effect: ((sum.observed as f64 + 0.5) / (sum.expected + 0.5)).ln(),
                ln_p: Some(sum.ln_p()),
            };
            cut::piece(tested, region.number, &region.rows, said)
        };
        cut::regions(tested, rows).into_iter().filter_map(piece).collect()
    }
}

impl Agreement {
    fn ln_p(self) -> f64 {
        ln_poisson_at_least(self.observed as u64, self.expected)
    }
}

impl Station {
    fn new(series: &Reported, steps: &[u32], courses: &Courses, district: usize) -> Self {
        let all = steps.iter().fold(0u32, |sum, &step| sum.saturating_add(step));
        let of =
            |interval| courses.of(district, interval).map_or_else(Chances::none, |course| Chances::of(course, all));
        let chances = (0..steps.len()).map(of).collect();
        Self { row: series.row, registered: series.registered, steps: steps.to_vec(), chances }
    }

    /// The chance that two stations agree in a run of intervals, at most; and the first run in which they do. Nothing is said of an
    /// interval without voters. `None` where the kind needs a register and one of them has none.
    fn agreement(&self, other: &Self, kind: usize) -> Option<(f64, Option<usize>)> {
        let scale = match kind {
            0 => 1.0,
            _ => self.registered? as f64 / other.registered? as f64,
        };
        // Half a voter of each register, seen from this station; nothing where numbers are to be the same.
        let margin = if kind == 0 { 0.0 } else { 0.5 + 0.5 * scale };
        let intervals = self.steps.len().min(other.steps.len());
        let around = |voters: u32| {
            let centre = f64::from(voters) * scale;
            // Whole numbers by casts, which round down: this is the innermost loop, and `ceil` is a call.
            let from = (centre - margin).max(1.0);
            let below = from as u32;
            below + u32::from(f64::from(below) < from)..((centre + margin) as u32).saturating_add(1)
        };
        let agrees = |interval: usize| {
            let (own, others) = (self.steps[interval], other.steps[interval]);
            own > 0 && others > 0 && around(others).contains(&own)
        };
        let chance = |interval: usize| {
            let others = &other.chances[interval];
            let own = &self.chances[interval];
            if kind == 0 {
                return own.agree(others);
            }
            let at = |(voters, chance): (u32, &f64)| if voters > 0 { chance * own.within(around(voters)) } else { 0.0 };
            // How many whole numbers are around one repeats after a few: steps of a prime number meet all cases as often.
            let step = STEPS.into_iter().rev().find(|step| others.of.len() >= POINTS * step).unwrap_or(1);
            step as f64 * (others.first..).zip(&others.of).step_by(step).map(at).sum::<f64>()
        };
        let of_interval: Vec<f64> = (0..intervals).map(chance).collect();
        let expected = of_interval.windows(RUN).map(|run| run.iter().product::<f64>()).sum();
        let from = (0..=intervals.saturating_sub(RUN)).find(|&from| (from..from + RUN).all(agrees));
        Some((expected, from))
    }
}

impl Chances {
    fn none() -> Self {
        Self { first: 0, of: Vec::new(), before: vec![0.0] }
    }

    /// The beta-binomial chances of `all` voters, from the likeliest outwards by the quotient of neighbours
    /// `P(v + 1) / P(v) = (n - v)(a + v) / ((v + 1)(b + n - v - 1))`.
    fn of(course: &DirichletMultinomial<2>, all: u32) -> Self {
        let [a, b] = course.alpha();
        let centre = ((f64::from(all) * a / (a + b)).floor() as u32).min(all);
        let middle = course.ln_probability(&[centre, all - centre]).exp();
        let quotient = |voters: u32| {
            let (voters, all) = (f64::from(voters), f64::from(all));
            (all - voters) * (a + voters) / ((voters + 1.0) * (b + all - voters - 1.0))
        };
        let mut below = Vec::new();
        let (mut voters, mut chance) = (centre, middle);
        while voters > 0 && below.len() < LONGEST {
            voters -= 1;
            chance /= quotient(voters);
            if chance < SMALLEST {
                break;
            }
            below.push(chance);
        }
        let first = centre - below.len() as u32;
        let mut of: Vec<f64> = below.into_iter().rev().chain([middle]).collect();
        let (mut voters, mut chance) = (centre, middle);
        let longest = of.len() + LONGEST;
        while voters < all && of.len() < longest {
            chance *= quotient(voters);
            voters += 1;
            if chance < SMALLEST {
                break;
            }
            of.push(chance);
        }
        let mut before = vec![0.0];
        of.iter().fold(0.0, |sum, chance| {
            before.push(sum + chance);
            sum + chance
        });
        Self { first, of, before }
    }

    /// The chance that two such numbers are the same and above zero.
    fn agree(&self, other: &Self) -> f64 {
        let from = self.first.max(other.first).max(1);
        let of = |chances: &'_ Self| -> usize { (from - chances.first) as usize };
        let (own, others) = (self.of.get(of(self)..), other.of.get(of(other)..));
        own.zip(others).map_or(0.0, |(own, others)| {
            let step = (own.len().min(others.len()) / POINTS).max(1);
            let products = own.iter().zip(others).step_by(step).map(|(a, b)| a * b);
            step as f64 * products.sum::<f64>()
        })
    }

    /// The chance of a number within a range.
    fn within(&self, range: Range<u32>) -> f64 {
        let place = |voters: u32| (voters.saturating_sub(self.first) as usize).min(self.of.len());
        (self.before[place(range.end)] - self.before[place(range.start)]).max(0.0)
    }
}

/// Chances on either side of the likeliest number, at most.
const LONGEST: usize = 20_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chances_are_those_of_the_beta_binomial() {
        let course = DirichletMultinomial::new([4.0, 16.0]);
        let chances = Chances::of(&course, 50);
        let all: f64 = chances.of.iter().sum();
        assert!((all - 1.0).abs() < 1e-5, "{all}");
        for voters in [1, 10, 20] {
            let expected = course.ln_probability(&[voters, 50 - voters]).exp();
            assert!((chances.within(voters..voters + 1) - expected).abs() < 1e-12, "{voters}");
        }
    }

    #[test]
    fn the_chance_of_agreement_is_summed_over_both_stations() {
        let course = DirichletMultinomial::new([2.0, 6.0]);
        let station = || Station {
            row: 0,
            registered: Some(100),
            steps: vec![3, 3, 3],
            chances: (0..3).map(|_| Chances::of(&course, 12)).collect(),
        };
        let (one, two) = (station(), station());
        // Both have 1 to 12 voters in an interval, never 0: the sum of the squares, to the third power for three intervals.
        let once: f64 = (1..=12).map(|voters| course.ln_probability(&[voters, 12 - voters]).exp().powi(2)).sum();
        let (chance, from) = one.agreement(&two, 0).expect("steps");
        assert!((chance - once.powi(3)).abs() < 1e-9, "{chance}");
        assert_eq!(from, Some(0));
    }
}
