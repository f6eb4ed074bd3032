//! # stations/targets
//!
//! Looks for districts whose stations have more nearly the same turnout, or the same share of the side tested, than
//! voters deciding one by one could bring about.
//!
//! **What it looks at.** Districts of 5 or more stations with 100 or more voters (for the share: ballots), in which a
//! station has on average at least 5 voters on either side of the question: what is 0 % or 100 % everywhere is left
//! out.
//!
//! **Formula.** Of a district with k stations, x of n in each and p = sum x / sum n,
//!
//! ```text
//! X = sum (x - n p)^2 / (n p (1 - p)),   E X = (k - 1) N/(N - 1)
//! ```
//!
//! where each of N voters takes part, or chooses the side, with one chance and independently: the binomial floor, below
//! which no honest variety can go. The p-value is the left tail of the gamma distribution with the exact mean and
//! variance of X given sum x (nearly the chi-square distribution with k - 1 degrees of freedom). p below 0.001 is
//! counted, beside a thousandth of all districts; the p-value of all together is twice the smaller of the binomial
//! probability of so many and of the smallest p times the number of districts. The floor is `X / E X`, the variance
//! between stations in units of that of the binomial distribution.
//!
//! **Null model.** Stations of a district have one chance p and voters are independent. Real stations differ, which
//! makes X larger, mostly by far: where nothing was arranged, p is near 1, and the count 0. The verdict comes from like
//! parts of clean elections.
//!
//! **When it is wrong.** Where voters come in groups that are the same everywhere. Of a district with different chances
//! p the floor is somewhat lower than here: voters certain to come and voters certain not to come vary less than a
//! binomial number. Small districts have little power.
//!
//! **What may not be concluded.** Only districts that hit a target as a whole are seen; where a part of the stations
//! does, see the pairs of `stations/coincidences`. Which numbers were altered cannot be told.
//!
//! **References.** The exact moments: J. B. S. Haldane, Biometrika 31, 1940; R. B. Dawson, Biometrika 41, 1954. Station
//! results of Russia 2016: 20 stations of Prokhladny with 78.4 %, 32 of Nozhai-Yurt with 95.8 %. In Saratov, where many
//! stations had one share, not all of any district did.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};

use super::{
    close::{self, Closeness, Small},
    cut,
    rates::{self, Question, Rated},
    row,
};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Targets;

const ID: CheckId = CheckId("stations/targets");
/// Districts of fewer stations are left out.
const FEWEST_STATIONS: usize = 5;
/// Smaller stations are left out.
const SMALLEST: u32 = 100;
/// The fewest voters on either side of the question, on average over stations.
const FEWEST_EITHER: f64 = 5.0;

impl Check for Targets {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("targets.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[
            Claim { technique: Technique::Count, needs: &[Need::Stations] },
            Claim {
                technique: Technique::AdministrativePressure,
                needs: &[Need::Stations, Need::Line(adil_record::Term::Registered)],
            },
        ];
        CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(stations) = rates::rated(tested) else {
            return vec![row::absent(ID, view, "targets-no-data", rates::missing_column(tested))];
        };
        let questions = Question::ALL.map(|question| (question, districts(question, tested, &stations)));
        if questions.iter().all(|(_, districts)| districts.is_empty()) {
            return vec![row::no_stations(ID, view, "targets-no-districts")];
        }
        vec![finding(view, tested, &questions, settings)]
    }

    fn pieces(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(stations) = rates::rated(tested) else { return Vec::new() };
        let questions = Question::ALL.map(|question| (question, districts(question, tested, &stations)));
        let mut pieces = Vec::new();
        for region in cut::regions(tested, stations.iter().map(|station| station.row)) {
            let mut inside = vec![false; tested.district_count];
            region.rows.iter().for_each(|&row| inside[tested.districts[row]] = true);
            for (question, districts) in &questions {
                let small = Small::of(districts.iter().filter(|d| inside[d.number]).map(|d| d.close.ln_p));
                if small.looked_at > 0 {
                    let (effect, ln_p) = (small.mean(), Some(small.ln_p()));
                    let (statistic, side) = (statistic(*question), question.side(tested));
                    let said = cut::Said { statistic, side, effect, ln_p };
                    pieces.extend(cut::piece(tested, region.number, &region.rows, said));
                }
            }
        }
        pieces
    }
}

/// The statistic of what may have been set as a target.
fn statistic(question: Question) -> &'static str {
    match question {
        Question::Turnout => "stations/targets:turnout",
        Question::Share => "stations/targets:share",
    }
}

/// Names of the measures: districts, those with a small p, and the p-value of so many.
fn measures(question: Question) -> [&'static str; 3] {
    match question {
        Question::Turnout => ["targets_turnout_districts", "targets_turnout_small", "targets_turnout_p"],
        Question::Share => ["targets_share_districts", "targets_share_small", "targets_share_p"],
    }
}

fn evidence(question: Question) -> &'static str {
    match question {
        Question::Turnout => "targets-turnout",
        Question::Share => "targets-share",
    }
}

/// The districts that are looked at, by number.
fn districts(question: Question, tested: &Tested<'_>, stations: &[Rated]) -> Vec<District> {
    let mut of_district: Vec<Vec<(u32, u32)>> = vec![Vec::new(); tested.district_count];
    let mut first = vec![0; tested.district_count];
    for station in stations {
        let (part, whole) = question.part(station);
        if whole >= SMALLEST && part <= whole {
            let district = tested.districts[station.row];
            if of_district[district].is_empty() {
                first[district] = station.row;
            }
            of_district[district].push((part, whole));
        }
    }
    let looked_at = of_district.iter().enumerate().filter_map(|(number, cells)| {
        District::of(cells).map(|district| District { number, first_row: first[number], ..district })
    });
    looked_at.collect()
}

/// How close the stations of a district are.
#[derive(Debug, Clone, Copy, PartialEq)]
struct District {
    number: usize,
    first_row: usize,
    stations: usize,
    close: Closeness,
}

impl District {
    fn of(cells: &[(u32, u32)]) -> Option<Self> {
        let k = cells.len();
        if k < FEWEST_STATIONS {
            return None;
        }
        let sum = |of: fn(&(u32, u32)) -> u32| cells.iter().map(|cell| f64::from(of(cell))).sum::<f64>();
        let (part, whole) = (sum(|cell| cell.0), sum(|cell| cell.1));
        if part.min(whole - part) < FEWEST_EITHER * k as f64 {
            return None;
        }
        let close = Closeness::of(cells)?;
        Some(Self { number: 0, first_row: 0, stations: k, close })
    }
}

fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    questions: &[(Question, Vec<District>); 2],
    settings: &Settings,
) -> Finding {
    let [turnout, share] = questions.each_ref().map(|(_, districts)| Small::of(districts.iter().map(|d| d.close.ln_p)));
    let said = |id| {
        Message::new(id)
            .with("turnout", turnout.small)
            .with("turnoutof", turnout.looked_at)
            .with("turnoutexpected", Arg::Number(turnout.expected(), 1))
            .with("share", share.small)
            .with("shareof", share.looked_at)
            .with("shareexpected", Arg::Number(share.expected(), 1))
    };
    let verdict = Verdict::Undecided(Reason::NoNull);
    let mut finding = Finding::new(ID, verdict, row::subject(view), said("targets-statement"))
        .brief(said("targets-brief"))
        .caveat(Message::new("targets-caveat-floor"))
        .caveat(Message::new("targets-caveat-part"));
    for ((question, districts), small) in questions.iter().zip([turnout, share]) {
        let [number, closer, p] = measures(*question);
        let count = |name, value: u64, id| Measure::count(name, value, Unit::Groups, Message::new(id));
        finding.measures.extend([
            count(number, small.looked_at, "targets-source-districts"),
            count(closer, small.small, "targets-source-small"),
            Measure::real(p, small.ln_p().exp(), Unit::Probability, Message::new("targets-source-p")),
        ]);
        let mut closest: Vec<&District> = districts.iter().filter(|d| d.close.ln_p < close::SMALL.ln()).collect();
        closest.sort_by(|a, b| a.close.ln_p.total_cmp(&b.close.ln_p).then(a.number.cmp(&b.number)));
        finding.evidence.extend(closest.into_iter().take(settings.listed / 2).map(|district| {
            let statement = Message::new(evidence(*question))
                .with("district", cut::district_name(tested, district.first_row))
                .with("stations", district.stations)
                .with("value", Arg::Percent(district.close.value, 1))
                .with("floor", Arg::Number(district.close.floor, 2))
                .with("p", Arg::Probability(district.close.ln_p.exp()));
            Evidence::new(statement)
                .value("value", Value::Real(district.close.value))
                .value("floor", Value::Real(district.close.floor))
        }));
    }
    finding
}

#[cfg(test)]
mod tests {
    use adil_record::Term;
    use proptest::prelude::*;

    use super::*;
    use crate::sample::{measured, run_on, table};

    #[test]
    fn stations_on_a_target_are_below_the_floor() {
        // Ten stations of 1,000 to 1,900 voters, all at 62 % to within half a voter: X is at most 10 * 0.25/(1000 *
        // 0.62 * 0.38), and the second district of ten has shares of 50 to 68 %.
        let registered: Vec<u32> = (0..20).map(|row| 1_000 + 100 * (row % 10)).collect();
        let voted: Vec<u32> = registered
            .iter()
            .zip(0..)
            .map(|(n, row): (&u32, u32)| if row < 10 { n * 62 / 100 } else { n * (50 + 2 * (row % 10)) / 100 })
            .collect();
        let own: Vec<u32> =
            voted.iter().zip(0..).map(|(n, row): (&u32, u32)| n * (55 + 3 * (row % 10)) / 100).collect();
        let others: Vec<u32> = voted.iter().zip(&own).map(|(all, own)| all - own).collect();
        let lines: &[(Term, &[u32])] = &[(Term::Registered, &registered), (Term::Issued, &voted)];
        let findings = run_on(&Targets, table(lines, &[&own, &others]));
        let names =
            ["targets_turnout_districts", "targets_turnout_small", "targets_share_districts", "targets_share_small"];
        assert_eq!(names.map(|name| measured(&findings[0], name)), [2, 1, 2, 0]);
        assert_eq!(findings[0].evidence.len(), 1);
    }

    #[test]
    fn some_districts_are_not_looked_at() {
        assert!(District::of(&[(50, 100); 5]).is_some());
        assert!(District::of(&[(50, 100); 4]).is_none(), "too few stations");
        assert!(District::of(&[(100, 100); 9]).is_none(), "no one is on the other side");
        assert!(District::of(&[(4, 100); 9]).is_none(), "too few are on one side");
    }

    proptest! {
        #[test]
        fn the_order_of_stations_does_not_matter(
            cells in proptest::collection::vec((20u32..80, 100u32..3000), 5..30),
            by in 0usize..5,
        ) {
            let before = District::of(&cells);
            let mut turned = cells.clone();
            turned.rotate_left(by);
            match (before, District::of(&turned)) {
                (Some(a), Some(b)) => prop_assert!((a.close.ln_p - b.close.ln_p).abs() < 1e-6 * (1.0 + a.close.ln_p.abs())),
                (a, b) => prop_assert_eq!(a, b),
            }
        }
    }
}
