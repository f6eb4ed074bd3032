//! # stations/coincidences
//!
//! Counts pairs of stations of one district with the same votes, or the same rounded share, and sets them against the
//! number that chance gives.
//!
//! **What it looks at.** Pairs of stations within a district: the votes of every option, among stations with 50 to
//! 20,000 votes; and the share of the side tested, rounded to 0.01 % and to 1 %, among stations with 100 to 20,000 in
//! the share's denominator. Which protocols are equal, in all of the country, is listed by `stations/duplicates`.
//!
//! **Formula.** In a district the votes of a station are Dirichlet-multinomial with the district's shares p and one
//! precision f, which comes from Pearson's sum over its stations, `E Q = sum_i (n_i + f)/(1 + f)`. Two stations of n
//! votes agree in all options with probability
//!
//! ```text
//! C(n) = sum over vectors x with sum n of P(x)^2,
//! ```
//!
//! worked out exactly by convolution over the options (where a normal approximation says that fewer than 1e-7 pairs are
//! to be expected, that stands instead); the sum over pairs of stations with equal n is the number expected. Two
//! stations agree in the rounded share with probability `sum over values r of P_i(r) P_j(r)`, with P_i(r) the
//! beta-binomial probability of all counts of station i whose share rounds to r (halves upward). The p-values are upper
//! tails of Poisson's law; none is given for 1 %, where pairs are many and not independent.
//!
//! **Null model.** Stations of a district are drawn independently from one Dirichlet distribution around its shares. It
//! is never quite true, so the verdict comes from like parts of clean elections.
//!
//! **When it is wrong.** Where a district is made of two kinds of stations, town and country, each kind agrees more
//! often within itself than one precision says. One precision for all options is too low for some and too high for
//! others. A station entered twice is a pair: 6 in Peru 2021, an accepted election. In Poland 2014 421 pairs have the
//! same share to 0.01 % where 370 are expected; an excess of a tenth or so is usual. Many districts of few stations
//! give a precision that is guessed high, and so more expected pairs.
//!
//! **What may not be concluded.** Which of the stations of a pair was copied from the other, or that either was: an
//! excess of pairs says that some agree for another reason than chance. Pairs that share a station are not independent,
//! so p is somewhat too small where there are many.
//!
//! **References.** Station results of Saratov 2016, where a quarter of the stations were reported to give the four
//! largest parties the same shares. The distribution of the votes: Mosimann, Biometrika 49, 1962.

use std::sync::Arc;

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};
use adil_record::{Counts, OptionId};
use adil_stat::{Pearson, collision, collision_estimate, ln_gamma_lower};
use rayon::prelude::*;

use super::{cut, duplicates, row};
use crate::every_side::sides;
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

mod rounded;

use rounded::{COARSE, Expected, FINE, rounded};

/// The check.
pub(crate) struct Coincidences;

const ID: CheckId = CheckId("stations/coincidences");
/// The fewest votes of a station whose votes are compared.
const FEWEST_VOTES: u64 = 50;
/// The smallest denominator of a share that is compared.
const SMALLEST_BASE: u32 = 100;
/// Larger stations are not compared: there is none, and each would take long.
const LARGEST: u32 = 20_000;
/// The most products that are summed for the votes of all districts; what would come after them is not compared.
const MOST_WORK: u64 = 400_000_000;
/// The same for one number of votes.
const MOST_WORK_OF_ONE: u64 = 2_000_000_000;
/// Fewer pairs expected of one number of votes are not worked out exactly.
const OUT_OF_THE_QUESTION: f64 = 1e-7;

impl Check for Coincidences {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::Count, needs: &[Need::Stations] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let districts = compared(view, tested);
        if districts.iter().all(|district| district.votes_compared < 2 && district.shares_compared < 2) {
            return vec![row::no_stations(ID, view, "coincidences-no-stations")];
        }
        vec![finding(view, tested, &districts, settings)]
    }

    fn weighs_all_sides(&self) -> bool {
        true
    }

    fn pieces(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let districts = votes_compared(view, tested);
        let mut pieces = of_regions(tested, "stations/coincidences:votes", None, &districts, |district| district.votes);
        let of_side = |side| {
            let view = view.of_side(side);
            let tested = view.tested.as_ref()?;
            let districts = compared(&view, tested);
            Some(of_regions(tested, "stations/coincidences:shares", Some(side), &districts, |district| district.fine))
        };
        pieces.extend(sides(view).into_par_iter().filter_map(of_side).flatten_iter().collect::<Vec<_>>());
        pieces
    }
}

/// A statistic of every region, from its districts.
fn of_regions(
    tested: &Tested<'_>,
    statistic: &'static str,
    side: Option<OptionId>,
    districts: &[District],
    of: fn(&District) -> Pairs,
) -> Vec<Piece> {
    let piece = |region: cut::Region| {
        let mut inside: Vec<usize> = region.rows.iter().map(|&row| tested.districts[row]).collect();
        inside.sort_unstable();
        inside.dedup();
        let pairs: Pairs = inside.iter().map(|&number| of(&districts[number])).sum();
        let said = cut::Said { statistic, side, effect: pairs.excess(), ln_p: Some(pairs.ln_p()) };
        (pairs.expected > 0.0).then(|| cut::piece(tested, region.number, &region.rows, said)).flatten()
    };
    cut::regions(tested, 0..tested.table.len()).into_iter().filter_map(piece).collect()
}

/// Pairs that agree, and how many to expect.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Pairs {
    seen: u64,
    expected: f64,
}

impl std::iter::Sum for Pairs {
    fn sum<I: Iterator<Item = Self>>(pairs: I) -> Self {
        pairs.fold(Self::default(), |sum, pairs| Self {
            seen: sum.seen + pairs.seen,
            expected: sum.expected + pairs.expected,
        })
    }
}

impl Pairs {
    /// ln of seen by expected, a half added to both.
    fn excess(&self) -> f64 {
        ((self.seen as f64 + 0.5) / (self.expected + 0.5)).ln()
    }

    /// ln of the upper tail of Poisson's law: P(X >= k) is that of a gamma number of shape k being at most the
    /// expectation.
    fn ln_p(&self) -> f64 {
        if self.seen == 0 { 0.0 } else { ln_gamma_lower(self.expected, self.seen as f64) }
    }
}

/// What was found in a district.
#[derive(Debug, Clone, Default)]
struct District {
    rows: Vec<usize>,
    votes_compared: usize,
    shares_compared: usize,
    votes: Pairs,
    fine: Pairs,
    coarse: Pairs,
    left_out: bool,
}

/// The districts with their rows; nothing is compared yet.
fn by_district(tested: &Tested<'_>) -> Vec<District> {
    let mut districts = vec![District::default(); tested.district_count];
    for (row, &number) in tested.districts.iter().enumerate() {
        districts[number].rows.push(row);
    }
    districts
}

/// The districts with their votes compared: those of all options agree or not, whichever side is tested.
fn votes_compared(view: &ContestView<'_>, tested: &Tested<'_>) -> Arc<Vec<District>> {
    view.once_for_all(ID, || {
        let (mut districts, mut work) = (by_district(tested), 0);
        districts.iter_mut().for_each(|district| compare_votes(tested, district, &mut work));
        districts
    })
}

/// The districts with their votes and the shares of the side tested compared.
fn compared(view: &ContestView<'_>, tested: &Tested<'_>) -> Arc<Vec<District>> {
    let votes = votes_compared(view, tested);
    view.once(ID, || {
        let (mut districts, mut expected) = (votes.to_vec(), Expected::default());
        districts.iter_mut().for_each(|district| compare_shares(tested, district, &mut expected));
        districts
    })
}

/// Pairs with the same votes for every option.
fn compare_votes(tested: &Tested<'_>, district: &mut District, work: &mut u64) {
    let columns: Vec<&Counts> = tested.table.votes.iter().collect();
    let total = |row: usize| columns.iter().map(|column| u64::from(column.or_zero(row))).sum::<u64>();
    let mut sized: Vec<(u64, usize)> = district.rows.iter().map(|&row| (total(row), row)).collect();
    sized.retain(|&(total, _)| (FEWEST_VOTES..=u64::from(LARGEST)).contains(&total));
    if columns.len() < 2 || sized.len() < 2 {
        return;
    }
    sized.sort_unstable();
    district.votes_compared = sized.len();
    let sums: Vec<u64> =
        columns.iter().map(|column| sized.iter().map(|&(_, row)| u64::from(column.or_zero(row))).sum()).collect();
    let all = sums.iter().sum::<u64>() as f64;
    let with_votes: Vec<usize> = (0..columns.len()).filter(|&option| sums[option] > 0).collect();
    let shares: Vec<f64> = with_votes.iter().map(|&option| sums[option] as f64 / all).collect();
    let mut spread = Pearson::default();
    for &(_, row) in &sized {
        spread.push(with_votes.iter().map(|&option| f64::from(columns[option].or_zero(row))), &shares);
    }
    let precision = spread.precision(shares.len());
    let alpha: Vec<f64> = shares.iter().map(|share| share * precision).collect();
    for same in sized.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        let (total, pairs) = (u32::try_from(same[0].0).unwrap_or(LARGEST), pairs_of(same.len()) as f64);
        let about = collision_estimate(&alpha, total);
        let exactly = about * pairs >= OUT_OF_THE_QUESTION;
        if exactly && (*work > MOST_WORK || alpha.len() as u64 * u64::from(total).pow(2) > MOST_WORK_OF_ONE) {
            district.left_out = true;
            continue;
        }
        let agree = if exactly { collision(&alpha, total, work) } else { about };
        district.votes.expected += agree * pairs;
        let rows: Vec<usize> = same.iter().map(|&(_, row)| row).collect();
        let groups = duplicates::groups(&rows, &columns);
        district.votes.seen += groups.iter().map(|group| pairs_of(group.len())).sum::<u64>();
    }
}

fn pairs_of(stations: usize) -> u64 {
    (stations as u64) * (stations as u64).saturating_sub(1) / 2
}

/// The share of the side tested in a station, as a quotient.
fn quotient(tested: &Tested<'_>, row: usize) -> Option<(u32, u32)> {
    let (own, base) = (tested.leader_votes.get(row)?, tested.share_base.as_ref()?.get(row)?);
    ((SMALLEST_BASE..=LARGEST).contains(&base) && own <= base).then_some((own, base))
}

/// Pairs with the same rounded share of the side tested.
fn compare_shares(tested: &Tested<'_>, district: &mut District, expected: &mut Expected) {
    let stations: Vec<(u32, u32)> = district.rows.iter().filter_map(|&row| quotient(tested, row)).collect();
    district.shares_compared = stations.len();
    if stations.len() < 2 {
        return;
    }
    let sum = |of: fn(&(u32, u32)) -> u32| stations.iter().map(|station| f64::from(of(station))).sum::<f64>();
    let share = sum(|station| station.0) / sum(|station| station.1);
    let mut spread = Pearson::default();
    for &(own, base) in &stations {
        spread.push([f64::from(own), f64::from(base - own)].into_iter(), &[share, 1.0 - share]);
    }
    let precision = spread.precision(2);
    [district.fine.expected, district.coarse.expected] = expected.pairs(&stations, share, precision);
    let seen = |parts: usize| {
        let mut values: Vec<usize> = stations.iter().map(|&(own, base)| rounded(own, base, parts)).collect();
        values.sort_unstable();
        values.chunk_by(|a, b| a == b).map(|same| pairs_of(same.len())).sum()
    };
    (district.fine.seen, district.coarse.seen) = (seen(FINE), seen(COARSE));
}

fn finding(view: &ContestView<'_>, tested: &Tested<'_>, districts: &[District], settings: &Settings) -> Finding {
    let sum = |of: fn(&District) -> Pairs| districts.iter().map(of).sum::<Pairs>();
    let (votes, fine, coarse) = (sum(|d| d.votes), sum(|d| d.fine), sum(|d| d.coarse));
    let number = |expected: f64| Arg::Number(expected, if expected < 10.0 { 2 } else { 0 });
    let said = |id| {
        Message::new(id)
            .with("votes", votes.seen)
            .with("votesexpected", number(votes.expected))
            .with("shares", fine.seen)
            .with("sharesexpected", number(fine.expected))
    };
    let statement = said("coincidences-statement")
        .with("votesp", Arg::Probability(votes.ln_p().exp()))
        .with("sharesp", Arg::Probability(fine.ln_p().exp()));
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(view), statement)
        .brief(said("coincidences-brief"))
        .caveat(Message::new("coincidences-caveat-kinds"))
        .caveat(Message::new("coincidences-caveat-copied"));
    let count = |name, value: u64, unit, id| Measure::count(name, value, unit, Message::new(id));
    let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let compared = |of: fn(&District) -> usize| districts.iter().map(of).sum::<usize>() as u64;
    finding.measures.extend([
        count(
            "stations_votes_compared",
            compared(|d| d.votes_compared),
            Unit::Stations,
            "coincidences-source-votes-compared",
        ),
        count("pairs_votes", votes.seen, Unit::Pure, "coincidences-source-votes"),
        real("expected_pairs_votes", votes.expected, Unit::Pure, "coincidences-source-votes-expected"),
        real("p_pairs_votes", votes.ln_p().exp(), Unit::Probability, "coincidences-source-p"),
        count(
            "stations_shares_compared",
            compared(|d| d.shares_compared),
            Unit::Stations,
            "coincidences-source-shares-compared",
        ),
        count("pairs_shares", fine.seen, Unit::Pure, "coincidences-source-shares"),
        real("expected_pairs_shares", fine.expected, Unit::Pure, "coincidences-source-shares-expected"),
        real("p_pairs_shares", fine.ln_p().exp(), Unit::Probability, "coincidences-source-p"),
        count("pairs_percents", coarse.seen, Unit::Pure, "coincidences-source-percents"),
        real("expected_pairs_percents", coarse.expected, Unit::Pure, "coincidences-source-shares-expected"),
    ]);
    let left_out = districts.iter().filter(|district| district.left_out).count();
    if left_out > 0 {
        let source = "coincidences-source-left-out";
        finding.measures.push(count("districts_left_out", left_out as u64, Unit::Groups, source));
    }
    for (id, of) in
        [("coincidences-votes", (|d| d.votes) as fn(&District) -> Pairs), ("coincidences-shares", |d| d.fine)]
    {
        finding.evidence.extend(clearest(tested, districts, id, of).into_iter().take(settings.listed / 4));
    }
    finding
}

/// The districts whose pairs are least likely, if they are so after counting in that all districts were looked at.
fn clearest(
    tested: &Tested<'_>,
    districts: &[District],
    id: &'static str,
    of: fn(&District) -> Pairs,
) -> Vec<Evidence> {
    let looked_at = districts.iter().filter(|district| of(district).expected > 0.0).count() as f64;
    let corrected = |district: &District| of(district).ln_p() + looked_at.ln();
    let mut clear: Vec<&District> = districts.iter().filter(|district| corrected(district) < 0.01f64.ln()).collect();
    clear.sort_by(|a, b| of(a).ln_p().total_cmp(&of(b).ln_p()).then(a.rows[0].cmp(&b.rows[0])));
    let line = |district: &District| {
        let pairs = of(district);
        let statement = Message::new(id)
            .with("district", cut::district_name(tested, district.rows[0]))
            .with("pairs", pairs.seen)
            .with("expected", Arg::Number(pairs.expected, 1))
            .with("p", Arg::Probability(corrected(district).min(0.0).exp()));
        let seen = Value::Count(i64::try_from(pairs.seen).unwrap_or(i64::MAX));
        Evidence::new(statement).value("pairs", seen).value("expected", Value::Real(pairs.expected))
    };
    clear.into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use adil_record::Term;

    use super::*;
    use crate::sample::{measured, real, run_on, table};

    #[test]
    fn poisson_tails() {
        // P(X >= 2) for expectation 0.5: 1 - 1.5 exp(-0.5)
        let pairs = Pairs { seen: 2, expected: 0.5 };
        assert!((pairs.ln_p().exp() - (1.0 - 1.5 * (-0.5f64).exp())).abs() < 1e-12);
        assert_eq!(Pairs { seen: 0, expected: 3.0 }.ln_p(), 0.0);
        assert_eq!(Pairs { seen: 3, expected: 0.0 }.ln_p(), f64::NEG_INFINITY);
    }

    #[test]
    fn copied_stations_are_more_than_chance_gives() {
        // Thirty stations of 300 votes in three districts; the first four of each district are one and the same.
        let votes =
            |row: u32, copied: u32, step: u32| if row % 10 < 4 { copied } else { copied + step * (row % 10) - 20 };
        let a: Vec<u32> = (0..30).map(|row| votes(row, 120, 4)).collect();
        let b: Vec<u32> = (0..30).map(|row| votes(row, 90, 2)).collect();
        let c: Vec<u32> = a.iter().zip(&b).map(|(a, b)| 300 - a - b).collect();
        let findings = run_on(&Coincidences, table(&[(Term::Valid, &[300; 30])], &[&a, &b, &c]));
        assert_eq!(measured(&findings[0], "pairs_votes"), 3 * 6);
        let expected = real(&findings[0], "expected_pairs_votes");
        // 45 pairs a district; at most as likely as multinomial draws make it, 1/(4 pi n sqrt(p1 p2 p3)) = 1/(4 pi 300
        // 0.19)
        assert!(expected > 0.01 && expected < 135.0 / (4.0 * std::f64::consts::PI * 300.0 * 0.19) * 1.1, "{expected}");
        assert!(real(&findings[0], "p_pairs_votes") < 1e-12);
        assert!(findings[0].evidence.iter().any(|line| line.statement.id == "coincidences-votes"));
    }

    #[test]
    fn there_may_be_nothing_to_compare() {
        let findings = run_on(&Coincidences, table(&[], &[&[60], &[40]]));
        assert_eq!(findings[0].verdict, Verdict::Undecided(Reason::NoData));
    }
}
