//! # exit-poll/paired
//!
//! Sets an exit poll and the count against each other station by station, where the poll's answers are given by station.
//!
//! **What it looks at.** The table of an exit poll (a `[[table]]` of a release whose status is `exit-poll`: answers by option at each
//! station) and the table of the count; stations of the same name, with ten answers at least.
//!
//! **Formula.** At station i, of n answers x for the option, and of b votes y in the count:
//!
//! ```text
//! d_i = ln[(x + 1/2) / (n - x + 1/2)] - ln[(y + 1/2) / (b - y + 1/2)],   v_i = 1/(x + 1/2) + 1/(n - x + 1/2)
//! d_i = mu + u_i + e_i,   Var u_i = tau^2 (DerSimonian and Laird),   slope of d on turnout with weights 1 / (v_i + tau^2 of what it leaves)
//! ```
//!
//! The same difference is regressed on each covariate that the poll's table (`poll-columns`) or the count has for 20 stations: turnout, response,
//! the interviewer's distance, the hour, whether an observer was present, whether a copy of the result matches, the electronic and the mobile
//! part of ballots; tau^2 by the method of moments, errors by Knapp and Hartung, and on all of them together where there are ten stations for each
//! coefficient. Over covariates the procedure of Benjamini and Hochberg says which stand out. Turnout is the one that was named in advance; it alone decides.
//!
//! Choosing stations makes no error here, since both numbers are of one station: exp(-mu) is the tipping point without it. The
//! p-value of the slope is that of dealing the turnouts out anew among the stations.
//!
//! **Null model.** Voters answer more or less readily by what they chose, at each station by as much and by chance more or less, whatever
//! its turnout. Then d is about the same everywhere. Ballots that were added for a side raise turnout and its votes together, so that d falls with
//! turnout, and does so less where observers stood or copies match: `anomalous` where p is at most the alarm rate (`--alarm-rate`).
//!
//! **When it is wrong.** Turnout goes with other things that change who answers: villages, age, interviewers. With few stations (below 20 no
//! slope is tested) little is seen: the standard error of mu says how little. Voters outside the frame (at home, before the day) weigh more where they are many.
//!
//! **What may not be concluded.** A d that is far from 0 everywhere is no evidence on the count: it is what unequal readiness to answer looks
//! like. A slope says that poll and count part where turnout is high, not which of them is wrong there.
//!
//! **References.** Within-precinct error: Edison Media Research and Mitofsky International, evaluation of the exit polls of 2004, 2005. Meta-analysis:
//! DerSimonian and Laird, Controlled Clinical Trials 7, 1986; Thompson and Sharp, Statistics in Medicine 18, 1999; Knapp and Hartung, Statistics in
//! Medicine 22, 2003. Values are held to those of R's metafor.

use adil_finding::{
    Arg, CheckId, Evidence, Finding, Interval, Measure, Message, Reason, Subject, Unit, Value, Verdict,
};
use adil_record::{InterviewColumn, OptionId, PollColumn, Release, StationTable, Status};
use adil_stat::{Correlation, RandomEffects, permutation_p, stream, t_quantile};

use super::covariates::{Covariate, lines, slopes};
use super::figures::against_turnout;
use super::national::Z;
use crate::copies::compare::matched;
use crate::releases::arithmetic::sheet::label;
use crate::stations::row;
use crate::{Check, Claim, ContestView, Page, Settings, Tested};

/// The check.
pub(crate) struct Paired;

const ID: CheckId = CheckId("exit-poll/paired");
/// Fewer answers at a station are left out.
const FEWEST_ANSWERS: u64 = 10;
/// Fewer stations have no slope.
pub(super) const FEWEST_STATIONS: usize = 20;

impl Check for Paired {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("paired.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(tested) = &view.tested else { return Vec::new() };
        // `exit-poll/national` says that a poll weighted with the result is left aside.
        let usable = |release: &&Release| !release.poll.as_ref().is_some_and(|poll| poll.weighted_to_result);
        let polls = view.contest.releases.iter().filter(|release| release.status == Status::ExitPoll).filter(usable);
        let with_table = polls.filter_map(|release| Some((release, release.stations.as_ref()?)));
        with_table.map(|(release, table)| finding(view, tested, release, table, settings)).collect()
    }
}

/// Whether poll and count of an option part with turnout, by more than chance.
pub(super) fn speaks_against(view: &ContestView<'_>, poll: &Release, option: OptionId, settings: &Settings) -> bool {
    let (Some(tested), Some(table)) = (&view.tested, &poll.stations) else { return false };
    let slope = Stations::of(tested, table, option).slope(view, settings);
    slope.is_some_and(|slope| slope.speaks(settings))
}

/// A station in both tables.
#[derive(Debug, Clone, Copy)]
pub(super) struct Station {
    pub(super) row: usize,
    pub(super) poll_row: usize,
    pub(super) answers: u64,
    /// d, and the variance of its error.
    pub(super) difference: (f64, f64),
    /// The share in the poll less the share in the count.
    shares: f64,
    pub(super) turnout: Option<f64>,
}

struct Stations {
    stations: Vec<Station>,
    answers: u64,
    all: Option<RandomEffects>,
}

/// How d changes with turnout.
#[derive(Debug, Clone, Copy)]
struct Slope {
    /// For a turnout higher by 1.
    value: f64,
    p: f64,
}

impl Slope {
    fn speaks(self, settings: &Settings) -> bool {
        self.value < 0.0 && self.p <= settings.alarm_rate
    }
}

impl Stations {
    fn of(tested: &Tested<'_>, poll: &StationTable, option: OptionId) -> Self {
        let mut answers = 0;
        let station = |&(row, poll_row): &(usize, usize)| {
            let asked: u64 = poll.votes.iter().map(|votes| u64::from(votes.or_zero(poll_row))).sum();
            let own = u64::from(poll.votes.get(option.0)?.get(poll_row)?);
            let votes = u64::from(tested.table.votes.get(option.0)?.get(row)?);
            let base = u64::from(tested.share_base.as_ref()?.get(row)?);
            if asked < FEWEST_ANSWERS || base == 0 || votes > base {
                return None;
            }
            answers += asked;
            let [x, rest] = [own, asked - own].map(|count| count as f64 + 0.5);
            let [y, others] = [votes, base - votes].map(|count| count as f64 + 0.5);
            let cell = |column: Option<&adil_record::Counts>| column.and_then(|column| column.get(row)).map(f64::from);
            let told = poll.interview(&InterviewColumn::Station(PollColumn::Turnout), poll_row);
            let turnout = cell(tested.turnout_numerator.as_ref()).zip(cell(tested.registered));
            Some(Station {
                row,
                poll_row,
                answers: asked,
                difference: ((x / rest).ln() - (y / others).ln(), 1.0 / x + 1.0 / rest),
                shares: own as f64 / asked as f64 - votes as f64 / base as f64,
                turnout: told.or_else(|| {
                    let turnout = turnout.filter(|&(_, registered)| registered > 0.0);
                    turnout.map(|(voted, registered)| voted / registered)
                }),
            })
        };
        let stations: Vec<Station> = matched(tested.table, poll).iter().filter_map(station).collect();
        let differences: Vec<(f64, f64)> = stations.iter().map(|station| station.difference).collect();
        Self { all: RandomEffects::of(&differences), stations, answers }
    }

    fn slope(&self, view: &ContestView<'_>, settings: &Settings) -> Option<Slope> {
        let all = self.all?;
        let with_turnout: Vec<(&Station, f64)> =
            self.stations.iter().filter_map(|station| Some((station, station.turnout?))).collect();
        if with_turnout.len() < FEWEST_STATIONS {
            return None;
        }
        let d: Vec<f64> = with_turnout.iter().map(|(station, _)| station.difference.0).collect();
        let turnout: Vec<f64> = with_turnout.iter().map(|&(_, turnout)| turnout).collect();
        let weight = |(station, _): &(&Station, f64)| 1.0 / (station.difference.1 + all.tau_squared);
        let weights: Vec<f64> = with_turnout.iter().map(weight).collect();
        let mut sums = Correlation::default();
        for ((&turnout, &d), &weight) in turnout.iter().zip(&d).zip(&weights) {
            sums.push(turnout, d, weight);
        }
        // Turnouts are dealt out: a difference keeps the weight that its own error gives it.
        let mut draws = stream(settings.seed, &format!("{ID} {}", view.contest.id), 0);
        let p = permutation_p(&d, &turnout, &weights, settings.permutations, &mut draws)?;
        Some(Slope { value: sums.slope()?, p })
    }
}

fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    release: &Release,
    table: &StationTable,
    settings: &Settings,
) -> Finding {
    let name = view.leader_name().unwrap_or_default();
    let subject = Subject::contest(&view.contest.title).side(name);
    let compared = Stations::of(tested, table, tested.leader);
    let Some(all) = compared.all else {
        let statement = Message::new("paired-none").with("release", label(view.contest, release));
        return Finding::new(ID, Verdict::Undecided(Reason::NoData), subject, statement);
    };
    let slope = compared.slope(view, settings);
    let slopes = slopes(&compared.stations, table, tested, slope.map(|slope| slope.p), settings.alarm_rate);
    let others: Vec<Arg> = slopes
        .iter()
        .filter(|slope| slope.stands && slope.covariate != Covariate::Turnout)
        .map(|slope| Arg::from(slope.covariate.name()))
        .collect();
    let not_identified = Verdict::Undecided(Reason::NotIdentified);
    let (id, brief, verdict) = match slope {
        None => ("paired-few", "paired-brief-few", Verdict::Undecided(Reason::NoData)),
        Some(slope) if slope.speaks(settings) => ("paired-speaks", "paired-brief-speaks", Verdict::Anomalous),
        Some(slope) if slope.p <= settings.alarm_rate => ("paired-rises", "paired-brief-rises", not_identified),
        Some(_) if !others.is_empty() => ("paired-asking", "paired-brief-asking", not_identified),
        Some(_) => ("paired-level", "paired-brief-level", not_identified),
    };
    let said = |id: &'static str| {
        let message = Message::new(id).with("option", name).with("stations", compared.stations.len());
        let message = message.with("odds", Arg::Number((-all.mean).exp(), 2)).with("fewest", FEWEST_STATIONS);
        let message = message.with("others", Arg::List(others.clone()));
        message.with("p", Arg::Probability(slope.map_or(1.0, |slope| slope.p)))
    };
    let statement = said(id).with("release", label(view.contest, release)).with("answers", compared.answers);
    let ends = [all.mean + Z * all.error, all.mean - Z * all.error].map(|mean| (-mean).exp());
    let interval = Interval { low: ends[0], high: ends[1], level: 0.95, method: Message::new("paired-method") };
    let mean = compared.stations.iter().map(|station| station.shares).sum::<f64>() / compared.stations.len() as f64;
    let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let mut finding = Finding::new(ID, verdict, subject, statement)
        .brief(said(brief))
        .caveat(Message::new("paired-caveat-answers"))
        .caveat(Message::new("paired-caveat-turnout"))
        .measures([
            Measure::count(
                "stations_paired",
                compared.stations.len(),
                Unit::Stations,
                Message::new("paired-source-stations"),
            ),
            Measure::count("answers", compared.answers, Unit::Voters, Message::new("paired-source-answers")),
            real("paired_odds", (-all.mean).exp(), Unit::Pure, "paired-source-odds").within(interval),
            real("paired_spread", all.tau_squared.sqrt(), Unit::Pure, "paired-source-spread"),
            real("within_station_error", 100.0 * mean, Unit::PercentagePoints, "paired-source-error"),
        ]);
    if let Some(slope) = slope {
        finding.measures.extend([
            real("turnout_slope", slope.value, Unit::Pure, "paired-source-slope"),
            real("turnout_slope_p", slope.p, Unit::Probability, "paired-source-slope-p"),
        ]);
    }
    if let Some(turnout) = slopes.iter().find(|slope| slope.covariate == Covariate::Turnout) {
        // The same slope with the spread that turnout leaves.
        if let Some(measure) = finding.measures.iter_mut().find(|measure| measure.name == "turnout_slope") {
            measure.value = Value::Real(turnout.alone.value);
        }
        let error = real("turnout_slope_error", turnout.alone.error, Unit::Pure, "paired-source-slope-error");
        finding.measures.push(error);
        finding.measures.extend(turnout.held.map(|held| {
            let interval = Message::new("paired-method-held");
            let reach = t_quantile(0.95, turnout.freedom as f64) * held.error;
            let interval =
                Interval { low: held.value - reach, high: held.value + reach, level: 0.95, method: interval };
            real("turnout_slope_held", held.value, Unit::Pure, "paired-source-slope-held").within(interval)
        }));
    }
    if slopes.len() > 1 {
        finding.caveats.push(Message::new("paired-caveat-covariates").with("covariates", slopes.len()));
    }
    finding.evidence.extend(lines(&slopes));
    finding.figures.extend(against_turnout(tested.table, &compared.stations, name));
    let mut furthest: Vec<&Station> = compared.stations.iter().collect();
    let z = |station: &Station| (station.difference.0 - all.mean) / (station.difference.1 + all.tau_squared).sqrt();
    furthest.sort_by(|a, b| z(b).abs().total_cmp(&z(a).abs()).then(a.row.cmp(&b.row)));
    finding.evidence.extend(furthest.into_iter().take(settings.listed / 2).map(|station| {
        let statement = Message::new("paired-station")
            .with("station", tested.table.name(station.row))
            .with("points", Arg::Number(100.0 * station.shares, 1));
        Evidence::new(statement).at(row::place(tested.table, station.row)).value("z", Value::Real(z(station)))
    }));
    finding
}
