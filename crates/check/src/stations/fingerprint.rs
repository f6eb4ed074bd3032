//! # stations/fingerprint
//!
//! Draws turnout against the share of the side tested, and the votes of that side and of all others by turnout.
//!
//! **What it looks at.** Every station with a register and a share. The picture is a histogram over both: cells of one
//! percentage point by one percentage point, each holding the registered voters of its stations. Beside it stand the votes
//! of the side tested and of the others in turnout bins of one point, centred at whole percentages.
//!
//! **Formula.** The measures are the means, the standard deviations and the correlation
//! `r = cov(t, v) / (sd(t) sd(v))` of turnout t and share v over stations, each station counted once, and again each
//! weighted by its register.
//!
//! **Null model.** None. Where turnout and preference are independent the cloud is round; a tail towards high turnout and
//! high share has been described for elections with ballot stuffing, and for honest ones with diverse regions too.
//!
//! **When it is wrong.** Small stations have shares and turnouts of few possible values, which draw lines. Stations that
//! register voters on the day have high turnout. The correlation is one number for a cloud that may have several parts.
//!
//! **What may not be concluded.** A correlation of turnout and share is no sign of cheating by itself: over the
//! stations of accepted elections it ranges from -0.54 (Sweden 2018, Social Democrats) through 0.27 and 0.28 (Georgia 2013
//! and 2016) to 0.42 (Poland 2014, PSL).
//!
//! **References.** Klimek, Yegorov, Hanel, Thurner, "Statistical detection of systematic election irregularities", PNAS 109,
//! 2012. Myagkov, Ordeshook, Shakin, "The forensics of election fraud", 2009.

use adil_finding::{Arg, Axis, CheckId, Finding, Grid, Lines, Measure, Message, Reason, Series, Side, Unit, Verdict};
use adil_stat::{Correlation, Moments};

use super::{
    rates::{self, Rated},
    row,
};
use crate::{Check, Claim, ContestView, Page, Settings, Tested};

/// The check.
pub(crate) struct Fingerprint;

const ID: CheckId = CheckId("stations/fingerprint");
/// Cells along each axis: one percentage point each.
const CELLS: usize = 100;
/// The lowest and the highest correlation over stations in accepted elections.
const ACCEPTED: (f64, f64) = (-0.54, 0.42);

impl Check for Fingerprint {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("fingerprint.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        rates::CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Finding> {
        view.tested.as_ref().map(|tested| finding(view, tested)).into_iter().collect()
    }
}

fn finding(view: &ContestView<'_>, tested: &Tested<'_>) -> Finding {
    let Some(stations) = rates::rated(tested) else {
        return row::absent(ID, view, "fingerprint-no-data", rates::missing_column(tested));
    };
    if stations.is_empty() {
        return row::no_stations(ID, view, "fingerprint-no-stations");
    }
    let leader = view.leader_name().unwrap_or_default();
    let cloud = Cloud::of(&stations);
    let accepted =
        |message: Message| message.with("low", Arg::Number(ACCEPTED.0, 2)).with("high", Arg::Number(ACCEPTED.1, 2));
    let (statement, brief) = match cloud.plain.value() {
        Some(r) => (
            Message::new("fingerprint-statement").with("correlation", Arg::Number(r, 2)),
            accepted(Message::new("fingerprint-brief").with("correlation", Arg::Number(r, 2))),
        ),
        None => (Message::new("fingerprint-statement-flat"), Message::new("fingerprint-brief-flat")),
    };
    let statement = statement.with("leader", leader).with("stations", stations.len());
    Finding::new(ID, Verdict::Undecided(Reason::Descriptive), row::subject(view), statement)
        .brief(brief)
        .measures(cloud.measures())
        .caveat(accepted(Message::new("fingerprint-caveat-clean")))
        .caveat(Message::new("fingerprint-caveat-diverse"))
        .figure(grid(&stations, leader))
        .figure(votes_by_turnout(&stations, leader, None))
}

/// The cloud of stations in numbers.
#[derive(Default)]
struct Cloud {
    plain: Correlation,
    weighted: Correlation,
    turnout: Moments,
    share: Moments,
    stations: usize,
}

impl Cloud {
    fn of(stations: &[Rated]) -> Self {
        let mut cloud = Self { stations: stations.len(), ..Self::default() };
        for station in stations {
            let (turnout, share, weight) = (station.turnout(), station.share(), f64::from(station.registered));
            cloud.plain.push(turnout, share, 1.0);
            cloud.weighted.push(turnout, share, weight);
            cloud.turnout.push(turnout, 1.0);
            cloud.share.push(share, 1.0);
        }
        cloud
    }

    fn measures(&self) -> Vec<Measure> {
        let source = |id| Message::new(id);
        let real =
            |name, value: Option<f64>, unit, from| value.map(|value| Measure::real(name, value, unit, source(from)));
        let stations =
            Measure::count("stations_used", self.stations, Unit::Stations, source("fingerprint-source-stations"));
        let others = [
            real("correlation", self.plain.value(), Unit::Pure, "fingerprint-source-correlation"),
            real("correlation_weighted", self.weighted.value(), Unit::Pure, "fingerprint-source-weighted"),
            real("turnout_mean", self.turnout.mean(), Unit::Fraction, "fingerprint-source-stations"),
            real("turnout_sd", self.turnout.sd(), Unit::Fraction, "fingerprint-source-stations"),
            real("share_mean", self.share.mean(), Unit::Fraction, "fingerprint-source-stations"),
            real("share_sd", self.share.sd(), Unit::Fraction, "fingerprint-source-stations"),
        ];
        std::iter::once(stations).chain(others.into_iter().flatten()).collect()
    }
}

/// Registered voters by turnout and share.
fn grid(stations: &[Rated], leader: &str) -> Grid {
    let cell =
        |part: u32, whole: u32| (CELLS as u64 * u64::from(part) / u64::from(whole)).min(CELLS as u64 - 1) as usize;
    let mut cells = vec![0.0; CELLS * CELLS];
    // A turnout above 100 % has no place in the picture; the check of impossible numbers counts it.
    for station in stations.iter().filter(|station| station.voted <= station.registered) {
        let (x, y) = (cell(station.voted, station.registered), cell(station.leader, station.base));
        cells[y * CELLS + x] += f64::from(station.registered);
    }
    Grid {
        id: "fingerprint",
        title: Message::new("fingerprint-figure").with("leader", leader),
        description: Message::new("fingerprint-figure-description").with("leader", leader),
        x: Axis::fraction(Message::new("fingerprint-axis-turnout")),
        y: Axis::fraction(Message::new("fingerprint-axis-share").with("leader", leader)),
        columns: CELLS,
        rows: CELLS,
        cells,
        unit: Message::new("fingerprint-unit-voters"),
    }
}

/// Votes of the side tested and of the others by turnout, in bins of one point centred at whole percentages;
/// `shaded` is a range of turnout to mark.
pub(super) fn votes_by_turnout(stations: &[Rated], leader: &str, shaded: Option<(f64, f64)>) -> Lines {
    let (mut own, mut others) = (vec![0.0; CELLS + 1], vec![0.0; CELLS + 1]);
    for station in stations {
        if let (Some(own), Some(other)) =
            (own.get_mut(station.turnout_percent()), others.get_mut(station.turnout_percent()))
        {
            *own += f64::from(station.leader);
            *other += f64::from(station.others());
        }
    }
    let highest = own.iter().chain(&others).copied().fold(0.0, f64::max);
    Lines {
        id: "votes-by-turnout",
        title: Message::new("fingerprint-votes").with("leader", leader),
        description: Message::new("fingerprint-votes-description").with("leader", leader),
        x: Axis::fraction(Message::new("fingerprint-axis-turnout")),
        y: Axis::number(Message::new("fingerprint-axis-votes"), 0.0, highest),
        positions: (0..=CELLS).map(|percent| percent as f64 / 100.0).collect(),
        series: vec![
            Series {
                label: Message::new("fingerprint-series-leader").with("leader", leader),
                side: Side::Leader,
                values: own,
            },
            Series { label: Message::new("fingerprint-series-others"), side: Side::Others, values: others },
        ],
        shaded,
    }
}

#[cfg(test)]
mod tests {
    use adil_record::Term;

    use super::*;
    use crate::sample::{run_on, table};

    #[test]
    fn empty_rows_are_not_called_a_missing_column() {
        let of = |lines: &[(Term, &[u32])]| {
            let finding = run_on(&Fingerprint, table(lines, &[&[60, 0], &[40, 0]])).remove(0);
            assert_eq!(finding.verdict, Verdict::Undecided(Reason::NoData));
            finding.statement.id
        };
        assert_eq!(of(&[(Term::Registered, &[0, 0]), (Term::Issued, &[0, 0])]), "fingerprint-no-stations");
        assert_eq!(of(&[(Term::Issued, &[100, 0])]), "fingerprint-no-data");
    }

    fn station(voted: u32, registered: u32, leader: u32, base: u32) -> Rated {
        Rated { row: 0, voted, registered, leader, base }
    }

    #[test]
    fn every_station_is_in_its_cell() {
        let stations = [station(50, 100, 20, 50), station(100, 100, 100, 100), station(120, 100, 1, 100)];
        let grid = grid(&stations, "A");
        assert_eq!((grid.cells[40 * CELLS + 50], grid.cells[99 * CELLS + 99]), (100.0, 100.0));
        assert_eq!(grid.cells.iter().sum::<f64>(), 200.0);
    }

    #[test]
    fn votes_are_split_by_side() {
        let lines = votes_by_turnout(&[station(504, 1000, 200, 500), station(505, 1000, 1, 500)], "A", None);
        let at = |series: usize, percent: usize| lines.series[series].values[percent];
        assert_eq!((at(0, 50), at(1, 50), at(0, 51), at(1, 51)), (200.0, 300.0, 1.0, 499.0));
    }
}
