//! # stations/added
//!
//! Describes the voters added to the register on the day: where there are more than a station's size and district
//! explain, and whether the side tested does better there.
//!
//! **What it looks at.** Voters added on the day, beside the register that they are on; and the share of the side tested.
//!
//! **Formula.** The added share of a station is `a = added / registered`.
//!
//! * *Excess*: the added voters are held against a beta-binomial regression on the logarithm of the register with an
//!   effect of each district, mixed with 5 % of the uniform distribution, fitted on one half of the stations and used
//!   on the other. The evidence of a station is the e-value `E = mean over s of P0(added - s) / P0(added)`, s = 5, 10,
//!   20, 30, 50 % of the register, whose mean is at most 1 where P0 holds.
//! * *Slope*: that of the side's share on a within districts, weighted by ballots, with an interval that treats each
//!   district as one observation (the formula is that of `stations/mobile`): how much the side gains with each dose.
//! * *Dealt out*: the p-value of the slope when the added shares of each district are dealt out anew among its
//!   stations, (1 + deals with a slope at least as high) / (1 + deals).
//!
//! **Null model.** For the excess P0 as above; for the slope that the added shares of a district could as well have
//! been those of its other stations. The verdict comes from like parts of clean elections.
//!
//! **When it is wrong.** Voters are added honestly near railway stations, hospitals, barracks and halls of residence,
//! and these may honestly vote otherwise. Stations made for such voters have no others: they are in the uniform part.
//!
//! **What may not be concluded.** That those added voted twice: this needs the lists of voters. A slope is of stations,
//! not of the added voters.
//!
//! **References.** The cluster-robust variance: Liang and Zeger, Biometrika 73, 1986. Dealing out within strata:
//! Fisher, The Design of Experiments, 1935. E-values: Vovk and Wang, Annals of Statistics 49, 2021.

use std::sync::Arc;

use adil_finding::{Arg, CheckId, Finding, Measure, Message, Reason, Technique, Unit, Verdict};
use adil_record::Term;
use adil_stat::stream;

use super::{
    cut,
    excess::{self, Evidence as Excess, Judged, Part},
    row,
    slope::{Dot, Slope, dealt_p},
};
use crate::{Check, Claim, ContestView, Need, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Added;

const ID: CheckId = CheckId("stations/added");
/// What an excess is told with.
const EXCESS: excess::Names = excess::Names {
    measures: [
        ["added_e_mean", "added-source-e-mean"],
        ["added_stations_e20", "added-source-e20"],
        ["added_stations_discovered", "added-source-discovered"],
    ],
    statement: "added-excess",
};
/// So many stations are dealt out in all: with more stations there are fewer deals.
const MOST_DEALT: usize = 15_000_000;

impl Check for Added {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("added.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[Claim {
            technique: Technique::MultipleVoting,
            needs: &[Need::Stations, Need::Line(Term::Registered), Need::Line(Term::Added)],
        }];
        CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(stations) = stations(tested) else {
            let missing = if tested.registered.is_none() { Term::Registered } else { Term::Added };
            return vec![row::absent(ID, view, "added-no-data", missing.message_id())];
        };
        if stations.is_empty() {
            return vec![row::no_stations(ID, view, "added-no-stations")];
        }
        vec![finding(view, tested, &stations, settings)]
    }

    fn pieces(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let Some(stations) = stations(tested) else { return Vec::new() };
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
                add(cut::Said { statistic: "stations/added:share", side: None, effect, ln_p });
            }
            let dots = dots(tested, region.rows.iter().map(|&row| &stations[places[row]]));
            if let Some(slope) = Slope::of(&dots, tested.district_count) {
                let (effect, ln_p) = (slope.value, Some(slope.ln_p_above()));
                add(cut::Said { statistic: "stations/added:slope", side: Some(tested.leader), effect, ln_p });
            }
        }
        pieces
    }
}

/// A station with voters, and how many of them were added on the day.
#[derive(Debug, Clone, Copy)]
struct Station {
    row: usize,
    added: u32,
    voters: u32,
}

impl Station {
    fn share(&self) -> f64 {
        f64::from(self.added) / f64::from(self.voters)
    }
}

/// `None` where the table has no such columns.
fn stations(tested: &Tested<'_>) -> Option<Vec<Station>> {
    let (registered, added) = (tested.registered?, tested.table.line(Term::Added)?);
    let station = |row| {
        let (added, voters) = (added.get(row)?, registered.get(row)?);
        (voters > 0 && added <= voters).then_some(Station { row, added, voters })
    };
    Some((0..tested.table.len()).filter_map(station).collect())
}

fn judged(view: &ContestView<'_>, tested: &Tested<'_>, stations: &[Station]) -> Arc<Option<Vec<Judged>>> {
    let part = |station: &Station| Part {
        district: tested.districts[station.row],
        region: tested.table.regions().map_or(0, |names| names.code(station.row)),
        part: station.added,
        whole: station.voters,
        size: f64::from(station.voters),
    };
    view.once_for_all(ID, || excess::judge(&stations.iter().map(part).collect::<Vec<_>>()))
}

/// The side's share by the added share, where there is one.
fn dots<'s>(tested: &Tested<'_>, stations: impl Iterator<Item = &'s Station>) -> Vec<Dot> {
    let dot = |station: &Station| {
        let (own, base) = (tested.leader_votes.get(station.row)?, tested.share_base.as_ref()?.get(station.row)?);
        (base > 0 && own <= base).then(|| Dot {
            district: tested.districts[station.row],
            weight: f64::from(base),
            x: station.share(),
            y: f64::from(own) / f64::from(base),
        })
    };
    stations.filter_map(dot).collect()
}

fn finding(view: &ContestView<'_>, tested: &Tested<'_>, stations: &[Station], settings: &Settings) -> Finding {
    let total = |of: fn(&Station) -> u32| stations.iter().map(|station| u64::from(of(station))).sum::<u64>();
    let (added, voters) = (total(|station| station.added), total(|station| station.voters));
    let share = row::share(added, voters);
    let with_any = stations.iter().filter(|station| station.added > 0).count();
    let said = |id| {
        Message::new(id)
            .with("added", added)
            .with("voters", voters)
            .with("share", Arg::Percent(share, 2))
            .with("stations", with_any)
    };
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(view), said("added-statement"))
        .brief(said("added-brief"))
        .caveat(Message::new("added-caveat-honest"))
        .caveat(Message::new("added-caveat-twice"))
        .measure(Measure::count("added", added, Unit::Voters, Message::new("added-source-added")))
        .measure(Measure::real("added_share", share, Unit::Fraction, Message::new("added-source-share")))
        .measure(Measure::count("stations_added", with_any, Unit::Stations, Message::new("added-source-stations")));
    let dots = dots(tested, stations.iter());
    if let Some(slope) = Slope::of(&dots, tested.district_count) {
        finding.measures.push(slope.measure("added_slope", "added-source-slope"));
        finding.evidence.push(slope.evidence("added-slope"));
    }
    let deals = settings.permutations.min(MOST_DEALT / dots.len().max(1)).max(99);
    let mut draws = stream(settings.seed, &format!("{ID} {}", view.contest.id), 0);
    if let Some(p) = dealt_p(&dots, tested.district_count, deals, &mut draws) {
        let source = Message::new("added-source-dealt").with("deals", deals);
        finding.measures.push(Measure::real("added_slope_p", p, Unit::Probability, source));
    }
    if let Some(judged) = &*judged(view, tested, stations) {
        let told = |number: usize| {
            let station = &stations[number];
            let statement = Message::new("added-excess-station");
            (station.row, statement.with("added", u64::from(station.added)).with("voters", u64::from(station.voters)))
        };
        excess::say(&mut finding, tested, judged, &EXCESS, (settings, settings.listed / 2), told);
    }
    finding
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{measured, real, run_on, table};

    const REGISTERED: [u32; 120] = [1_000; 120];

    /// Twelve districts of ten stations with 1,000 voters registered: in each, 0 to 9 times `dose` of these were added
    /// on the day, and of 500 votes A has 260 and twice as many more as were added.
    fn doses(dose: u32) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
        let added: Vec<u32> = (0..120).map(|row| dose * (row % 10)).collect();
        let own: Vec<u32> = added.iter().map(|added| 260 + 2 * added).collect();
        let others = own.iter().map(|own| 500 - own).collect();
        (added, own, others)
    }

    #[test]
    fn a_dose_raises_the_share() {
        let (added, own, others) = doses(2);
        let lines: &[(Term, &[u32])] = &[(Term::Registered, &REGISTERED), (Term::Added, &added)];
        let findings = run_on(&Added, table(lines, &[&own, &others]));
        let finding = &findings[0];
        // The share rises by 2/500 with each voter added, the added share by 1/1000.
        assert!((real(finding, "added_slope") - 4.0).abs() < 1e-9);
        // 120 stations allow all 9,999 deals, none of which comes near.
        assert!((real(finding, "added_slope_p") - 1e-4).abs() < 1e-12);
        assert_eq!((measured(finding, "added"), measured(finding, "stations_added")), (12 * 90, 108));
        assert!((real(finding, "added_share") - 0.009).abs() < 1e-12);
        assert_eq!(measured(finding, "added_stations_e20"), 0);
    }

    #[test]
    fn a_station_with_far_more_is_listed() {
        let (mut added, own, others) = doses(2);
        added[37] = 300;
        let lines: &[(Term, &[u32])] = &[(Term::Registered, &REGISTERED), (Term::Added, &added)];
        let findings = run_on(&Added, table(lines, &[&own, &others]));
        assert_eq!(measured(&findings[0], "added_stations_e20"), 1);
        let listed = findings[0].evidence.iter().find(|line| line.statement.id == "added-excess-station");
        assert_eq!(listed.and_then(|line| line.place.as_ref()).and_then(|place| place.row), Some(39));
    }

    #[test]
    fn it_says_which_column_is_absent() {
        let findings = run_on(&Added, table(&[(Term::Registered, &[100])], &[&[5], &[4]]));
        assert_eq!(findings[0].verdict, Verdict::Undecided(Reason::NoData));
        assert_eq!(findings[0].statement.args[0].1, Arg::from(Message::new("term-added")));
    }
}
