//! # stations/books
//!
//! Looks for a number of ballots at which the counts of stations stop, as they would at the size of a book of ballots.
//!
//! **What it looks at.** The ballots of each station (or its votes, where nothing else is known) around every hundred
//! from 100 to 10,000: books and bundles of ballots have such sizes. A hundred is looked at where at least 20 stations
//! lie within 10 ballots of it, the hundred itself left out.
//!
//! **Formula.** At a size c let `below` be the stations with c-10 to c-1 ballots and `above` those with c+1 to c+10. If
//! the number of stations fell or rose evenly around c, below : above would be about
//!
//! ```text
//! r = max(1, (B/A)^(11/71)),   B stations at c-60 to c-11, A at c+11 to c+60,
//! ```
//!
//! since the middles of the two inner windows lie 11 ballots apart, those of the outer ones 71. Given how many stations
//! are in the inner windows, `below` is then binomial with probability r/(1+r); p is its exact upper tail, times the
//! number of sizes looked at (Bonferroni), at most 1. The step is `ln(below/above) - ln r`, with a half added to all
//! four counts. `stop_p` is the exact two-sided sign test of `below` against `above` alone, neither corrected for the
//! slope nor for the sizes.
//!
//! **Null model.** Ballots of honest stations have a density that is smooth around c on the scale of 60 ballots, except
//! at c itself. The verdict comes from like parts of clean elections.
//!
//! **When it is wrong.** Stations of at most a round number of voters by law stop there honestly (in Buenos Aires 2015,
//! accepted, 627 tables have 290 to 299 ballots and 49 have 301 to 310: a table has room for 350 voters), and so do
//! those that ran out of ballots. A step makes r too large as well, which hides a part of it. Regions are cut from the
//! whole, so the same step is in both.
//!
//! **What may not be concluded.** A stop at a book's size shows that counts were bounded by the paper at hand: crowded
//! stations, or books filled to their end. The data cannot tell which. How many ballots a book holds is not in the
//! record: the sizes are guesses.
//!
//! **References.** Afghanistan 2014, second round by station: 544 stations at exactly 600 votes, the size of a book,
//! 1,482 at 590 to 599 and 56 at 601 to 610. A jump of a density at a boundary: McCrary, Journal of Econometrics 142,
//! 2008.

use adil_finding::{
    Arg, CheckId, Evidence, Finding, Interval, Measure, Message, Reason, Technique, Unit, Value, Verdict,
};
use adil_record::Counts;
use adil_stat::{ln_binomial_at_least, lower_bound, sign_test, upper_bound};

use super::{cut, row};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Books;

const ID: CheckId = CheckId("stations/books");
/// Sizes of books looked at are its multiples.
const STEP: usize = 100;
/// The largest size looked at: no station's book is larger.
const LARGEST: usize = 10_000;
/// How far from a size the inner windows reach, in ballots.
const INNER: usize = 10;
/// How far the outer windows reach.
const OUTER: usize = 60;
/// Fewer stations in the inner windows say nothing.
const FEWEST: u64 = 20;
/// A corrected probability below which the sentence says that counts stop.
const TOLD_BELOW: f64 = 0.001;

impl Check for Books {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("books.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::UnusedBallots, needs: &[Need::Stations] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(ballots) = &tested.ballots else {
            return vec![row::absent(ID, view, "books-no-data", "term-in-boxes")];
        };
        match Search::of(ballots.iter()) {
            Some(search) => vec![finding(view, tested, ballots, &search, settings)],
            None => vec![row::no_stations(ID, view, "books-no-stations")],
        }
    }

    fn weighs_all_sides(&self) -> bool {
        true
    }

    fn pieces(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(ballots) = &tested.ballots else { return Vec::new() };
        let piece = |region: cut::Region| {
            let search = Search::of(region.rows.iter().map(|&row| ballots.get(row)))?;
            let (effect, ln_p) = (search.clearest.step(), Some(search.ln_p()));
            let said = cut::Said { statistic: "stations/books:stop", side: None, effect, ln_p };
            cut::piece(tested, region.number, &region.rows, said)
        };
        cut::regions(tested, 0..tested.table.len()).into_iter().filter_map(piece).collect()
    }
}

/// Stations around a number of ballots.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Boundary {
    at: usize,
    exactly: u64,
    below: u64,
    above: u64,
    outer_below: u64,
    outer_above: u64,
}

impl Boundary {
    fn of(frequency: &[u64], at: usize) -> Self {
        let sum = |range: std::ops::RangeInclusive<usize>| frequency[range].iter().sum::<u64>();
        Self {
            at,
            exactly: frequency[at],
            below: sum(at - INNER..=at - 1),
            above: sum(at + 1..=at + INNER),
            outer_below: sum(at - OUTER..=at - INNER - 1),
            outer_above: sum(at + INNER + 1..=at + OUTER),
        }
    }

    /// below : above if the density went on evenly.
    fn expected(&self) -> f64 {
        let apart = (INNER + 1) as f64 / (INNER + OUTER + 1) as f64;
        let outer = (self.outer_below as f64 + 0.5) / (self.outer_above as f64 + 0.5);
        outer.powf(apart).max(1.0)
    }

    fn step(&self) -> f64 {
        ((self.below as f64 + 0.5) / (self.above as f64 + 0.5)).ln() - self.expected().ln()
    }

    /// ln of the exact probability of at least as many below, given how many are in both windows.
    fn ln_p(&self) -> f64 {
        let expected = self.expected();
        ln_binomial_at_least(self.below, self.below + self.above, expected / (1.0 + expected))
    }

    /// The 95 % interval of the step, by the exact one of the binomial share.
    fn interval(&self) -> (f64, f64) {
        let (n, expected) = (self.below + self.above, self.expected().ln());
        let logit = |share: f64| (share / (1.0 - share)).ln() - expected;
        (logit(lower_bound(self.below, n, 0.975)), logit(upper_bound(self.below, n, 0.975)))
    }
}

/// The sizes looked at, and the one at which the counts stop most clearly.
struct Search {
    clearest: Boundary,
    sizes: usize,
}

impl Search {
    /// `None` where no size has enough stations around it.
    fn of(counts: impl Iterator<Item = Option<u32>>) -> Option<Self> {
        let mut frequency = vec![0u64; LARGEST + OUTER + 1];
        for count in counts.flatten() {
            if let Some(cell) = frequency.get_mut(count as usize) {
                *cell += 1;
            }
        }
        let looked_at: Vec<Boundary> = (STEP..=LARGEST)
            .step_by(STEP)
            .map(|at| Boundary::of(&frequency, at))
            .filter(|boundary| boundary.below + boundary.above >= FEWEST)
            .collect();
        // The first of equals, which is the smallest size.
        let clearest = looked_at.iter().copied().min_by(|a, b| a.ln_p().total_cmp(&b.ln_p()))?;
        Some(Self { clearest, sizes: looked_at.len() })
    }

    /// ln of the probability, corrected for the number of sizes.
    fn ln_p(&self) -> f64 {
        (self.clearest.ln_p() + (self.sizes as f64).ln()).min(0.0)
    }
}

fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    ballots: &Counts,
    search: &Search,
    settings: &Settings,
) -> Finding {
    let stop = &search.clearest;
    let p = search.ln_p().exp();
    let stops = p < TOLD_BELOW;
    let said = |id| {
        Message::new(id)
            .with("exactly", stop.exactly)
            .with("at", stop.at)
            .with("below", stop.below)
            .with("belowfrom", stop.at - INNER)
            .with("belowto", stop.at - 1)
            .with("above", stop.above)
            .with("abovefrom", stop.at + 1)
            .with("aboveto", stop.at + INNER)
            .with("p", Arg::Probability(p))
            .with("sizes", search.sizes)
    };
    let mut finding = Finding::new(
        ID,
        Verdict::Undecided(Reason::NoNull),
        row::subject(view),
        said(if stops { "books-statement" } else { "books-statement-none" }),
    )
    .brief(said(if stops { "books-brief" } else { "books-brief-none" }))
    .caveat(Message::new("books-caveat-paper"))
    .caveat(Message::new("books-caveat-law"))
    .measures(measures(stop, search));
    if stops {
        finding.evidence.extend(stations_at(tested, ballots, stop.at).take(settings.listed.min(5)));
    }
    finding
}

fn measures(stop: &Boundary, search: &Search) -> Vec<Measure> {
    let count = |name, value: u64, id| Measure::count(name, value, Unit::Stations, Message::new(id));
    let probability = |name, value, id| Measure::real(name, value, Unit::Probability, Message::new(id));
    let (low, high) = stop.interval();
    let mut step = Measure::real("stop_step", stop.step(), Unit::Pure, Message::new("books-source-step"));
    if low.is_finite() && high.is_finite() {
        step = step.within(Interval { low, high, level: 0.95, method: Message::new("books-step-method") });
    }
    vec![
        Measure::count("stop_at", stop.at, Unit::Ballots, Message::new("books-source-at")),
        count("stations_at_stop", stop.exactly, "books-source-exactly"),
        count("stations_below_stop", stop.below, "books-source-window"),
        count("stations_above_stop", stop.above, "books-source-window"),
        probability("stop_p", sign_test(stop.below, stop.above), "books-source-sign"),
        step,
        Measure::real("stop_ratio_expected", stop.expected(), Unit::Pure, Message::new("books-source-ratio")),
        Measure::count("stop_sizes", search.sizes, Unit::Pure, Message::new("books-source-sizes")),
        probability("stop_p_corrected", search.ln_p().exp(), "books-source-corrected"),
    ]
}

/// The stations with exactly that number of ballots.
fn stations_at<'t>(tested: &'t Tested<'_>, ballots: &'t Counts, at: usize) -> impl Iterator<Item = Evidence> + 't {
    let rows = (0..tested.table.len()).filter(move |&row| ballots.get(row).is_some_and(|count| count as usize == at));
    rows.map(move |row| {
        let statement = Message::new("books-station").with("station", tested.table.name(row));
        Evidence::new(statement.with("ballots", at))
            .at(row::place(tested.table, row))
            .value("ballots", Value::Count(i64::try_from(at).unwrap_or(i64::MAX)))
    })
}

#[cfg(test)]
mod tests {
    use adil_record::Term;
    use proptest::prelude::*;

    use super::*;
    use crate::sample::{measured, real, run_on, table};

    /// 40 stations at 600, 60 spread over 590 to 599, 5 over 601 to 605, and others far away.
    fn stopped() -> Vec<u32> {
        let mut cells = vec![600; 40];
        cells.extend((0..60).map(|row| 590 + row % 10));
        cells.extend(601..=605);
        cells.extend((0..50).map(|row| 200 + 3 * row));
        cells
    }

    #[test]
    fn a_stop_at_a_books_size_is_found() {
        let cells = stopped();
        let findings = run_on(&Books, table(&[(Term::Valid, &cells)], &[&cells]));
        let stop = &findings[0];
        assert_eq!(stop.statement.id, "books-statement");
        let names = ["stop_at", "stations_at_stop", "stations_below_stop", "stations_above_stop"];
        assert_eq!(names.map(|name| measured(stop, name)), [600, 40, 60, 5]);
        // 200 has three stations at 203, 206 and 209 only, 300 six on both sides: 600 is the one size looked at, with
        // nothing in its outer windows, so r = 1. scipy.stats.binom.sf(59, 65, .5); ln(60.5/5.5).
        assert_eq!(measured(stop, "stop_sizes"), 1);
        assert!((real(stop, "stop_p_corrected") / 2.434_780_35e-13 - 1.0).abs() < 1e-6);
        assert!((real(stop, "stop_step") - 11f64.ln()).abs() < 1e-12);
    }

    #[test]
    fn an_even_fall_is_no_stop() {
        // 10 % fewer stations for every ballot more, from 540 to 660: below : above is 1.1^11 = 2.85, and that is what
        // r expects to within the rounding of the counts.
        let cells: Vec<u32> = (540..=660u32)
            .flat_map(|count| {
                let stations = 3_000.0 * 1.1f64.powi(540 - i32::try_from(count).unwrap_or_default());
                std::iter::repeat_n(count, stations.round() as usize)
            })
            .collect();
        let search = Search::of(cells.iter().map(|&count| Some(count))).expect("600 is looked at");
        assert_eq!(search.clearest.at, 600);
        // (B/A)^(11/71) with B = 1.1^71 A
        assert!((search.clearest.expected() / 1.1f64.powi(11) - 1.0).abs() < 0.05, "{}", search.clearest.expected());
        assert!(search.ln_p() > 0.05f64.ln(), "{}", search.ln_p());
    }

    #[test]
    fn too_few_stations_are_said_to_be_too_few() {
        let findings = run_on(&Books, table(&[(Term::Valid, &[600; 19])], &[&[600; 19]]));
        assert_eq!(findings[0].verdict, Verdict::Undecided(Reason::NoData));
    }

    proptest! {
        #[test]
        fn more_stations_below_make_it_less_likely(more in 1u32..40, order in 0usize..150) {
            let mut cells = stopped();
            let of = |cells: &[u32]| Search::of(cells.iter().map(|&count| Some(count))).expect("600").ln_p();
            let before = of(&cells);
            cells.rotate_left(order);
            prop_assert_eq!(of(&cells).to_bits(), before.to_bits());
            cells.extend((0..more).map(|row| 590 + row % 10));
            prop_assert!(of(&cells) < before);
        }
    }
}
