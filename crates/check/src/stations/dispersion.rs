//! # stations/dispersion
//!
//! Looks for options whose votes differ less between the stations of a district than votes of independent voters would.
//!
//! **What it looks at.** Every option but the winner, in every district of 15 or more stations with 50 or more
//! votes, where the option has one vote or more per station on average.
//!
//! **Formula.** For k stations with x votes for the option of n each, p = sum x / sum n, the index of dispersion
//!
//! ```text
//! X = sum (x - n p)^2 / (n p (1 - p)),   E X = (k - 1) N/(N - 1)
//! ```
//!
//! (for small p Fisher's, sum (x - n p)^2 / (n p)) is held against its left tail given the option's votes in the
//! district: the gamma distribution with the exact mean and variance of X (Haldane 1940, Dawson 1954). For many votes
//! that is the chi-square distribution with k - 1 degrees of freedom; in draws of 15 and more stations with few votes
//! the tail is too large rather than too small. p below 0.001 is counted, beside a thousandth of all pairs of district
//! and option; the p-value of all together is twice the smaller of the binomial probability of so many and of the
//! smallest p times the number of pairs. *One or two* counts pairs in which more than 20 stations have exactly one
//! vote, more than 20 exactly two, and fewer than 10 none.
//!
//! **Null model.** Voters decide independently, each with the same chance of choosing the option. Honest voters do not:
//! the option is stronger in one street than in another, so X is larger and p is near 1. A small p has no honest source
//! in the voters; what clean elections have of it decides the verdict.
//!
//! **When it is wrong.** Where the voters of one place are dealt out among its tables by alphabet (Bolivia, Peru,
//! Argentina), nothing makes X larger, and p is as even as it can be. Where the number of voters who can choose an
//! option is the same everywhere by arrangement: members of commissions, soldiers sent in equal groups. Options of one
//! district are not independent, so the count's p is somewhat too small. *One or two* is a description: in Peru 2021,
//! an accepted election of many small options, it holds of 50 pairs, of which none is too even.
//!
//! **What may not be concluded.** That votes were invented, or for whom: equal small counts are what a table filled in
//! by hand looks like, and what a rounding of it looks like.
//!
//! **References.** A. Kireev's observation on Russia 2021: in some commissions small parties have one or two votes
//! nearly everywhere; by the rule above 11 pairs; the most even are in Nurlat, Cherkessk (2016) and Prokhladny (2016).
//! J. B. S. Haldane, Biometrika 31, 1940. R. B. Dawson, "A simplified expression for the variance of the chi-square
//! function on a contingency table", Biometrika 41, 1954.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};
use adil_record::OptionId;

use super::{
    close::{Closeness, Small},
    cut, row,
};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Dispersion;

const ID: CheckId = CheckId("stations/dispersion");
/// Districts of fewer stations are left out.
const FEWEST_STATIONS: usize = 15;
/// Stations with fewer votes are left out.
const FEWEST_VOTES: u64 = 50;
/// More stations than this have one vote, and as many two, under the rule of one or two.
const MANY: usize = 20;
/// Fewer stations than this have none under it.
const FEW: usize = 10;

impl Check for Dispersion {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("dispersion.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::Count, needs: &[Need::Stations] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let pairs = pairs(tested);
        if pairs.is_empty() {
            return vec![row::no_stations(ID, view, "dispersion-no-districts")];
        }
        vec![finding(view, tested, &pairs, settings)]
    }

    fn weighs_all_sides(&self) -> bool {
        true
    }

    fn pieces(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let pairs = pairs(tested);
        let piece = |region: cut::Region| {
            let mut inside = vec![false; tested.district_count];
            region.rows.iter().for_each(|&row| inside[tested.districts[row]] = true);
            let small = Small::of(pairs.iter().filter(|pair| inside[pair.district]).map(|pair| pair.ln_p));
            let (effect, ln_p) = (small.mean(), Some(small.ln_p()));
            let said = cut::Said { statistic: "stations/dispersion:options", side: None, effect, ln_p };
            (small.looked_at > 0).then(|| cut::piece(tested, region.number, &region.rows, said)).flatten()
        };
        cut::regions(tested, 0..tested.table.len()).into_iter().filter_map(piece).collect()
    }
}

/// A district and an option in it.
#[derive(Debug, Clone, PartialEq)]
struct Pair {
    district: usize,
    first_row: usize,
    option: usize,
    stations: usize,
    votes: u64,
    lowest: u32,
    highest: u32,
    /// X by its mean.
    index: f64,
    ln_p: f64,
    one_or_two: bool,
}

fn pairs(tested: &Tested<'_>) -> Vec<Pair> {
    let (votes, winner) = (&tested.table.votes, tested.table.winner());
    let mut of_district: Vec<Vec<(usize, u32)>> = vec![Vec::new(); tested.district_count];
    for (row, &district) in tested.districts.iter().enumerate() {
        let cells = votes.iter().map(|column| column.get(row).map(u64::from));
        // A station with an unknown cell has an unknown sum.
        let total = cells.sum::<Option<u64>>().unwrap_or(0);
        if total >= FEWEST_VOTES {
            of_district[district].push((row, u32::try_from(total).unwrap_or(u32::MAX)));
        }
    }
    let mut pairs = Vec::new();
    for (district, stations) in of_district.iter().enumerate().filter(|(_, rows)| rows.len() >= FEWEST_STATIONS) {
        for option in (0..votes.len()).filter(|&option| Some(OptionId(option)) != winner) {
            let cells: Vec<(u32, u32)> =
                stations.iter().map(|&(row, total)| (votes[option].or_zero(row), total)).collect();
            let placed = |pair| Pair { district, option, first_row: stations[0].0, ..pair };
            pairs.extend(Pair::of(&cells).map(placed));
        }
    }
    pairs
}

impl Pair {
    /// `cells` are the option's votes and all votes of each station.
    fn of(cells: &[(u32, u32)]) -> Option<Self> {
        let votes: u64 = cells.iter().map(|&(count, _)| u64::from(count)).sum();
        if votes < cells.len() as u64 {
            return None;
        }
        let close = Closeness::of(cells)?;
        let with = |votes: u32| cells.iter().filter(|&&(count, _)| count == votes).count();
        Some(Self {
            district: 0,
            first_row: 0,
            option: 0,
            stations: cells.len(),
            votes,
            lowest: cells.iter().map(|&(count, _)| count).min().unwrap_or(0),
            highest: cells.iter().map(|&(count, _)| count).max().unwrap_or(0),
            index: close.floor,
            ln_p: close.ln_p,
            one_or_two: with(1) > MANY && with(2) > MANY && with(0) < FEW,
        })
    }
}

fn finding(view: &ContestView<'_>, tested: &Tested<'_>, pairs: &[Pair], settings: &Settings) -> Finding {
    let small = Small::of(pairs.iter().map(|pair| pair.ln_p));
    let one_or_two = pairs.iter().filter(|pair| pair.one_or_two).count();
    let said = |id| {
        Message::new(id)
            .with("small", small.small)
            .with("pairs", small.looked_at)
            .with("expected", Arg::Number(small.expected(), 1))
            .with("oneortwo", one_or_two)
    };
    let mut finding = Finding::new(
        ID,
        Verdict::Undecided(Reason::NoNull),
        row::subject(view),
        said("dispersion-statement").with("p", Arg::Probability(small.ln_p().exp())),
    )
    .brief(said("dispersion-brief"))
    .caveat(Message::new("dispersion-caveat-voters"))
    .caveat(Message::new("dispersion-caveat-invented"));
    let count = |name, value: u64, id| Measure::count(name, value, Unit::Pure, Message::new(id));
    finding.measures.extend([
        count("dispersion_pairs", small.looked_at, "dispersion-source-pairs"),
        count("dispersion_small", small.small, "dispersion-source-small"),
        Measure::real("dispersion_expected", small.expected(), Unit::Pure, Message::new("dispersion-source-expected")),
        Measure::real("dispersion_p", small.ln_p().exp(), Unit::Probability, Message::new("dispersion-source-p")),
        count("dispersion_one_or_two", one_or_two as u64, "dispersion-source-one-or-two"),
    ]);
    let corrected = |pair: &Pair| (pair.ln_p + (pairs.len() as f64).ln()).min(0.0);
    let mut closest: Vec<&Pair> = pairs.iter().filter(|pair| corrected(pair) < 0.01f64.ln()).collect();
    closest.sort_by(|a, b| a.ln_p.total_cmp(&b.ln_p).then((a.district, a.option).cmp(&(b.district, b.option))));
    finding.evidence.extend(closest.into_iter().take(settings.listed).map(|pair| {
        let statement = Message::new("dispersion-pair")
            .with("district", cut::district_name(tested, pair.first_row))
            .with("option", view.contest.options[pair.option].name.as_str())
            .with("stations", pair.stations)
            .with("lowest", u64::from(pair.lowest))
            .with("highest", u64::from(pair.highest))
            .with("index", Arg::Number(pair.index, 2))
            .with("p", Arg::Probability(corrected(pair).exp()));
        let votes = Value::Count(i64::try_from(pair.votes).unwrap_or(i64::MAX));
        Evidence::new(statement).value("index", Value::Real(pair.index)).value("votes", votes)
    }));
    finding
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample::{measured, run_on};
    use adil_record::{Area, Names, StationTable};

    /// One district of stations with 300 votes, of which B has these.
    fn district(of_b: &[u32]) -> StationTable {
        let a: Vec<u32> = of_b.iter().map(|votes| 300 - votes).collect();
        let mut table = crate::sample::table(&[], &[&a, of_b]);
        let mut names = Names::default();
        of_b.iter().for_each(|_| names.push("one"));
        table.areas = vec![Area { level: "district".into(), names }];
        table
    }

    #[test]
    fn fewer_votes_than_stations_are_not_looked_at() {
        // 20 stations of 300 with 1 and 2 in turn have 30 votes, more than 20 of each are needed for the rule of one or
        // two.
        let cells: Vec<(u32, u32)> = (0..20).map(|row| (1 + row % 2, 300)).collect();
        let pair = Pair::of(&cells).expect("more than one vote a station");
        assert_eq!((pair.votes, pair.lowest, pair.highest, pair.one_or_two), (30, 1, 2, false));
        assert!(pair.index < 0.2 && pair.ln_p < -10.0, "{pair:?}");
        assert!(Pair::of(&[(1, 300), (0, 300)]).is_none());
    }

    #[test]
    fn one_or_two_votes_everywhere_are_told_of() {
        let votes: Vec<u32> = (0..60).map(|row| 1 + row % 2).collect();
        let findings = run_on(&Dispersion, district(&votes));
        assert_eq!(measured(&findings[0], "dispersion_one_or_two"), 1);
        assert_eq!(measured(&findings[0], "dispersion_small"), 1);
        assert_eq!(findings[0].evidence.len(), 1);
    }

    #[test]
    fn few_stations_are_no_district() {
        let findings = run_on(&Dispersion, district(&[1; 14]));
        assert_eq!(findings[0].verdict, Verdict::Undecided(Reason::NoData));
    }

    proptest! {
        #[test]
        fn moving_votes_apart_makes_it_likelier(
            votes in proptest::collection::vec(5u32..40, 15..40),
            order in 0usize..15,
        ) {
            let of = |votes: &[u32]| {
                let cells: Vec<(u32, u32)> = votes.iter().map(|&votes| (votes, 500)).collect();
                Pair::of(&cells).expect("votes").ln_p
            };
            let before = of(&votes);
            let mut moved = votes.clone();
            moved.rotate_left(order);
            prop_assert!((of(&moved) - before).abs() < 1e-9);
            // From the station with the fewest to that with the most.
            moved.sort_unstable();
            moved[0] -= 5;
            *moved.last_mut().expect("a station") += 5;
            prop_assert!(of(&moved) >= before);
        }
    }
}
