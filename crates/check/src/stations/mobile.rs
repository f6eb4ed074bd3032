//! # stations/mobile
//!
//! Describes how much was voted outside the stations' rooms, where, which stations have more of it than their district
//! explains, and whether the side tested does better there.
//!
//! **What it looks at.** Papers found in mobile boxes, beside all papers in the boxes, and ballots issued outside the
//! room (and early) beside all ballots issued.
//!
//! **Formula.** The mobile share of a station is `m = mobile / ballots`. The finding gives the share over all stations,
//! its quantiles over stations, the regions with the highest and lowest share, and the stations in which every ballot
//! was mobile. Three things more:
//!
//! * *Excess*: the mobile ballots are held against a beta-binomial regression on the logarithm of the register with an
//!   effect of each district, mixed with 5 % of the uniform distribution, fitted on one half of the stations and used
//!   on the other. The evidence of a station is the e-value `E = mean over s of P0(mobile - s) / P0(mobile)`, s = 5,
//!   10, 20, 30, 50 % of its ballots, whose mean is at most 1 where P0 holds.
//! * *Slope*: that of the leader's share on m *within districts* (both less the mean of their district,
//!   weighted by ballots), with an interval that treats each district as one observation:
//!   `b = Σ w x y / Σ w x²`, variance `G/(G-1) Σ_g (Σ_{i in g} w x e)² / (Σ w x²)²`, x and y less the means of their
//!   district, e the residual, G the number of districts.
//! * *Bounds*: of a station with n ballots, m of them mobile and L for the side, the mobile voters gave it between
//!   `max(0, L - (n - m))` and `min(L, m)` votes, whatever they did (Duncan and Davis). Summed over stations, and
//!   beside it what the totals alone would allow.
//!
//! **Null model.** For the excess P0 as above; for the slope of a region zero, normal with that deviation. The verdict
//! comes from like parts of clean elections.
//!
//! **When it is wrong.** Old people, villages and hospitals vote at home and may honestly vote otherwise, inside a
//! district as well. Where early votes are counted from mobile boxes (Russia), their share is in m. Mobile votes were
//! 6.6 to 8.6 % of ballots in Russia from 2004 to 2018 and 15 % when voting lasted three days. Villages and blocks of
//! flats of one district differ in it honestly: an e-value says that a station is unlike its district, not why. The
//! uniform part keeps e-values below about 1,000, so that lists at a strict rate of false discoveries can be empty.
//!
//! **What may not be concluded.** The slope is not the difference between voters at home and in the room: that needs
//! results by box, which are not published; the bounds are all that is certain. Whether a team could have made so many
//! visits cannot be told without the number of boxes and the hours they were out.
//!
//! **References.** Home voting in Russia: station results 2004 to 2021. The cluster-robust variance: Liang and Zeger,
//! Biometrika 73, 1986. Bounds: Duncan and Davis, American Sociological Review 18, 1953. E-values: Vovk and Wang,
//! Annals of Statistics 49, 2021.

use std::sync::Arc;

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};
use adil_record::{Counts, Term};

use super::{
    cut,
    excess::{self, Evidence as Excess, Judged, Part},
    row,
    slope::{Dot, Slope},
};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Mobile;

const ID: CheckId = CheckId("stations/mobile");
/// What an excess is told with.
const EXCESS: excess::Names = excess::Names {
    measures: [
        ["mobile_e_mean", "mobile-source-e-mean"],
        ["mobile_stations_e20", "mobile-source-e20"],
        ["mobile_stations_discovered", "mobile-source-discovered"],
    ],
    statement: "mobile-excess",
};

impl Check for Mobile {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mobile.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::MobileVoting, needs: &[Need::Line(Term::InMobileBoxes)] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let (Some(mobile), Some(ballots)) = (tested.table.line(Term::InMobileBoxes), &tested.ballots) else {
            return vec![row::absent(ID, view, "mobile-no-data", Term::InMobileBoxes.message_id())];
        };
        let stations = stations(tested, mobile, ballots);
        if stations.is_empty() {
            return vec![row::absent(ID, view, "mobile-no-data", Term::InMobileBoxes.message_id())];
        }
        vec![finding(view, tested, &stations, settings)]
    }

    fn pieces(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let (Some(mobile), Some(ballots)) = (tested.table.line(Term::InMobileBoxes), &tested.ballots) else {
            return Vec::new();
        };
        let stations = stations(tested, mobile, ballots);
        let judged = judged(view, tested, &stations);
        // Where a row stands among the stations.
        let mut places = vec![usize::MAX; tested.table.len()];
        stations.iter().zip(0..).for_each(|(station, place)| places[station.row] = place);
        let mut pieces = Vec::new();
        for region in cut::regions(tested, stations.iter().map(|station| station.row)) {
            let mut add = |said| pieces.extend(cut::piece(tested, region.number, &region.rows, said));
            if let Some(judged) = &*judged {
                let e: Vec<f64> = region.rows.iter().map(|&row| judged[places[row]].e).collect();
                let evidence = Excess::of(&e, settings.region_false_discovery_rate);
                let (effect, ln_p) = (evidence.strong as f64 / e.len() as f64, Some(evidence.ln_p()));
                add(cut::Said { statistic: "stations/mobile:share", side: None, effect, ln_p });
            }
            if let Some(slope) = slope(tested, region.rows.iter().map(|&row| &stations[places[row]])) {
                let (effect, ln_p) = (slope.value, Some(slope.ln_p_above()));
                add(cut::Said { statistic: "stations/mobile:slope", side: Some(tested.leader), effect, ln_p });
            }
        }
        pieces
    }
}

/// A station with ballots, and how many of them were mobile.
struct Station {
    row: usize,
    mobile: u64,
    ballots: u64,
    leader: u64,
}

impl Station {
    fn share(&self) -> f64 {
        row::share(self.mobile, self.ballots)
    }

    /// The fewest of the mobile ballots that can be for the side: all others are for it.
    fn fewest_for_side(&self) -> u64 {
        self.leader.saturating_sub(self.ballots - self.mobile)
    }

    /// The most of the mobile ballots that can be for the side.
    fn most_for_side(&self) -> u64 {
        self.leader.min(self.mobile)
    }
}

fn stations(tested: &Tested<'_>, mobile: &Counts, ballots: &Counts) -> Vec<Station> {
    let station = |row| {
        let (mobile, ballots) = (u64::from(mobile.get(row)?), u64::from(ballots.get(row)?));
        // More mobile papers than ballots is a matter for `stations/impossible` and would give a share above 1.
        let usable = ballots > 0 && mobile <= ballots;
        usable.then(|| Station { row, mobile, ballots, leader: u64::from(tested.leader_votes.or_zero(row)) })
    };
    (0..tested.table.len()).filter_map(station).collect()
}

fn finding(view: &ContestView<'_>, tested: &Tested<'_>, stations: &[Station], settings: &Settings) -> Finding {
    let total = |of: fn(&Station) -> u64| stations.iter().map(of).sum::<u64>();
    let (mobile, ballots) = (total(|station| station.mobile), total(|station| station.ballots));
    let share = row::share(mobile, ballots);
    let all_mobile = stations.iter().filter(|station| station.mobile == station.ballots);
    let mut shares: Vec<f64> = stations.iter().map(Station::share).collect();
    shares.sort_by(f64::total_cmp);
    let statement = Message::new("mobile-statement")
        .with("share", Arg::Percent(share, 1))
        .with("mobile", mobile)
        .with("ballots", ballots)
        .with("allmobile", all_mobile.clone().count());
    let brief = Message::new("mobile-brief")
        .with("share", Arg::Percent(share, 1))
        .with("allmobile", all_mobile.clone().count());
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(view), statement)
        .brief(brief)
        .caveat(Message::new("mobile-caveat-honest"))
        .caveat(Message::new("mobile-caveat-feasible"))
        .measure(Measure::count("mobile", mobile, Unit::Ballots, Message::new("mobile-source-mobile")))
        .measure(Measure::real("mobile_share", share, Unit::Fraction, Message::new("mobile-source-share")));
    for (name, q) in [("mobile_share_median", 0.5), ("mobile_share_q90", 0.9), ("mobile_share_q99", 0.99)] {
        let value = shares[((shares.len() - 1) as f64 * q).round() as usize];
        let source = Message::new("mobile-source-quantile").with("quantile", Arg::Percent(q, 0));
        finding.measures.push(Measure::real(name, value, Unit::Fraction, source));
    }
    let source = Message::new("mobile-source-all-mobile");
    finding.measures.push(Measure::count("stations_all_mobile", all_mobile.count(), Unit::Stations, source));
    finding.measures.extend(issued_outside(tested));
    if let Some(slope) = slope(tested, stations.iter()) {
        finding.measures.push(slope.measure("mobile_slope", "mobile-source-slope"));
        finding.evidence.push(slope.evidence("mobile-slope"));
    }
    finding.evidence.extend(bounds(stations, &mut finding.measures));
    if let Some(judged) = &*judged(view, tested, stations) {
        let told = |number: usize| {
            let station = &stations[number];
            let statement = Message::new("mobile-excess-station");
            (station.row, statement.with("mobile", station.mobile).with("ballots", station.ballots))
        };
        excess::say(&mut finding, tested, judged, &EXCESS, (settings, settings.listed / 4), told);
    }
    finding.evidence.extend(above_issued(tested));
    finding.evidence.extend(regions(tested, stations, settings));
    let mut by_size: Vec<&Station> = stations.iter().filter(|station| station.mobile == station.ballots).collect();
    by_size.sort_by_key(|station| (std::cmp::Reverse(station.ballots), station.row));
    let room = settings.listed.saturating_sub(finding.evidence.len());
    finding.evidence.extend(by_size.into_iter().take(room).map(|station| {
        let statement = Message::new("mobile-all").with("station", tested.table.name(station.row));
        Evidence::new(statement.with("ballots", station.ballots)).at(row::place(tested.table, station.row))
    }));
    finding
}

/// What the mobile ballots of each station say, beside its size and its district.
fn judged(view: &ContestView<'_>, tested: &Tested<'_>, stations: &[Station]) -> Arc<Option<Vec<Judged>>> {
    let part = |station: &Station| {
        let registered = tested.registered.map_or(0, |registered| registered.or_zero(station.row));
        Part {
            district: tested.districts[station.row],
            region: tested.table.regions().map_or(0, |names| names.code(station.row)),
            part: u32::try_from(station.mobile).unwrap_or(u32::MAX),
            whole: u32::try_from(station.ballots).unwrap_or(u32::MAX),
            size: if registered > 0 { f64::from(registered) } else { station.ballots as f64 },
        }
    };
    view.once_for_all(ID, || excess::judge(&stations.iter().map(part).collect::<Vec<_>>()))
}

/// Between which shares the mobile voters' votes for the side must lie, by stations and by the totals alone.
fn bounds(stations: &[Station], measures: &mut Vec<Measure>) -> Option<Evidence> {
    let known = || stations.iter().filter(|station| station.leader <= station.ballots);
    let total = |of: fn(&Station) -> u64| known().map(of).sum::<u64>();
    let mobile = total(|station| station.mobile);
    if mobile == 0 {
        return None;
    }
    let low = row::share(total(Station::fewest_for_side), mobile);
    let high = row::share(total(Station::most_for_side), mobile);
    let whole =
        Station { row: 0, mobile, ballots: total(|station| station.ballots), leader: total(|station| station.leader) };
    let measure = |name, value| Measure::real(name, value, Unit::Fraction, Message::new("mobile-source-bounds"));
    measures.extend([measure("mobile_leader_share_lowest", low), measure("mobile_leader_share_highest", high)]);
    let percent = |votes| Arg::Percent(row::share(votes, mobile), 1);
    let statement = Message::new("mobile-bounds")
        .with("low", Arg::Percent(low, 1))
        .with("high", Arg::Percent(high, 1))
        .with("totallow", percent(whole.fewest_for_side()))
        .with("totalhigh", percent(whole.most_for_side()));
    Some(Evidence::new(statement))
}

/// Ballots issued outside the room and early, of all issued.
fn issued_outside(tested: &Tested<'_>) -> Vec<Measure> {
    let Some(issued) = &tested.issued else { return Vec::new() };
    let part = |name, term, id| {
        let share = row::share(tested.table.line(term)?.sum(), issued.sum());
        Some(Measure::real(name, share, Unit::Fraction, Message::new(id)))
    };
    let outside = part("issued_outside_share", Term::IssuedOutside, "mobile-source-outside");
    outside.into_iter().chain(part("issued_early_share", Term::IssuedEarly, "mobile-source-early")).collect()
}

/// How often mobile boxes held more than was issued outside the room: honest where early votes go into them.
fn above_issued(tested: &Tested<'_>) -> Option<Evidence> {
    let (mobile, outside) = (tested.table.line(Term::InMobileBoxes)?, tested.table.line(Term::IssuedOutside)?);
    let early = tested.table.line(Term::IssuedEarly);
    let above = |row: &usize, early: u64| u64::from(mobile.or_zero(*row)) > u64::from(outside.or_zero(*row)) + early;
    let rows = 0..tested.table.len();
    let alone = rows.clone().filter(|row| above(row, 0)).count();
    let with_early = rows.filter(|row| above(row, u64::from(early.map_or(0, |early| early.or_zero(*row))))).count();
    let statement = Message::new("mobile-above-issued").with("stations", alone).with("early", with_early);
    Some(Evidence::new(statement))
}

/// The regions with the highest and the lowest mobile share.
fn regions(tested: &Tested<'_>, stations: &[Station], settings: &Settings) -> Vec<Evidence> {
    let Some(names) = tested.table.regions().filter(|names| names.distinct() > 1) else { return Vec::new() };
    let mut sums = vec![(0u64, 0u64); names.distinct()];
    for station in stations {
        let sum = &mut sums[names.code(station.row)];
        *sum = (sum.0 + station.mobile, sum.1 + station.ballots);
    }
    let mut regions: Vec<(f64, usize)> =
        sums.iter().zip(0..).filter(|(sum, _)| sum.1 > 0).map(|(sum, code)| (row::share(sum.0, sum.1), code)).collect();
    regions.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let each = (settings.listed / 4).min(regions.len() / 2);
    let line = |&(share, code): &(f64, usize)| {
        let statement = Message::new("mobile-region").with("region", names.spelling(code));
        Evidence::new(statement.with("share", Arg::Percent(share, 1))).value("mobile_share", Value::Real(share))
    };
    regions[..each].iter().chain(&regions[regions.len() - each..]).map(line).collect()
}

/// The slope of the share of the side tested on the mobile share within districts.
fn slope<'s>(tested: &Tested<'_>, stations: impl Iterator<Item = &'s Station>) -> Option<Slope> {
    let dot = |station: &Station| Dot {
        district: tested.districts[station.row],
        weight: station.ballots as f64,
        x: station.share(),
        y: row::share(station.leader, station.ballots),
    };
    Slope::of(&stations.map(dot).collect::<Vec<_>>(), tested.district_count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{measured, real, run_on, table};

    #[test]
    fn the_slope_is_that_inside_districts() {
        // Twelve districts of ten stations with 1,000 ballots. Inside each, the leader's share is d + m / 2.
        let (mut mobile, mut fixed, mut leader, mut others) = (vec![], vec![], vec![], vec![]);
        for row in 0..120u32 {
            let (district, of_mobile) = (row / 10, 20 * (row % 10));
            mobile.push(of_mobile);
            fixed.push(1000 - of_mobile);
            leader.push(300 + 10 * district + of_mobile / 2);
            others.push(700 - 10 * district - of_mobile / 2);
        }
        let lines: &[(Term, &[u32])] = &[(Term::InMobileBoxes, &mobile), (Term::InFixedBoxes, &fixed)];
        let findings = run_on(&Mobile, table(lines, &[&others, &leader]));
        let finding = &findings[0];
        // B, with mostly less than half, is behind: the slope of A is -1/2. Mobile: 120 stations with 90 on average.
        assert!((real(finding, "mobile_slope") + 0.5).abs() < 1e-9);
        assert_eq!(measured(finding, "mobile"), 120 * 90);
        assert!((real(finding, "mobile_share") - 0.09).abs() < 1e-12);
        assert_eq!(measured(finding, "stations_all_mobile"), 0);
        // At most 180 of 1,000 are mobile and the side has 300 to 700: it may have none of them or all.
        assert_eq!(real(finding, "mobile_leader_share_lowest"), 0.0);
        assert_eq!(real(finding, "mobile_leader_share_highest"), 1.0);
    }

    #[test]
    fn what_the_room_cannot_have_given_came_from_mobile_boxes() {
        // 100 ballots, 60 mobile, 70 for A: at least 30 of the mobile ones, at most 60. 100, 20, 10: at least 0, at
        // most 10.
        let lines: &[(Term, &[u32])] = &[(Term::InMobileBoxes, &[60, 20]), (Term::InFixedBoxes, &[40, 80])];
        let findings = run_on(&Mobile, table(lines, &[&[70, 10], &[30, 20], &[0, 70]]));
        assert!((real(&findings[0], "mobile_leader_share_lowest") - 30.0 / 80.0).abs() < 1e-15);
        assert!((real(&findings[0], "mobile_leader_share_highest") - 70.0 / 80.0).abs() < 1e-15);
        assert!(findings[0].value("mobile_e_mean").is_none(), "two stations fit nothing");
    }

    #[test]
    fn without_mobile_boxes_there_is_nothing_to_say() {
        let findings = run_on(&Mobile, table(&[], &[&[5], &[4]]));
        assert_eq!(findings[0].verdict, Verdict::Undecided(Reason::NoData));
    }
}
