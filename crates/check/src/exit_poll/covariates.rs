//! What the difference between poll and count goes with, station by station.

use adil_finding::{Arg, Evidence, Message, Value};
use adil_record::{Counts, InterviewColumn, PollColumn, StationTable, Term};
use adil_stat::{Coefficient, MetaRegression, benjamini_hochberg};

use super::paired::{FEWEST_STATIONS, Station};
use crate::Tested;

/// Stations for each coefficient of the regression on all covariates at once.
const STATIONS_EACH: usize = 10;

/// What is known of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Covariate {
    Turnout,
    Response,
    Distance,
    Hour,
    Observer,
    CopyMatches,
    Electronic,
    Mobile,
}

/// How the difference changes with a covariate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slope {
    pub(super) covariate: Covariate,
    /// Alone.
    pub(super) alone: Coefficient,
    /// With the other covariates held, where there are stations enough.
    pub(super) held: Option<Coefficient>,
    /// The degrees of freedom of that.
    pub(super) freedom: usize,
    pub(super) stations: usize,
    /// Whether it stands out among all covariates.
    pub(super) stands: bool,
}

impl Covariate {
    const ALL: [Self; 8] = [
        Self::Turnout,
        Self::Response,
        Self::Distance,
        Self::Hour,
        Self::Observer,
        Self::CopyMatches,
        Self::Electronic,
        Self::Mobile,
    ];

    fn id(self) -> &'static str {
        match self {
            Self::Turnout => "paired-covariate-turnout",
            Self::Response => "paired-covariate-response",
            Self::Distance => "paired-covariate-distance",
            Self::Hour => "paired-covariate-hour",
            Self::Observer => "paired-covariate-observer",
            Self::CopyMatches => "paired-covariate-copy",
            Self::Electronic => "paired-covariate-electronic",
            Self::Mobile => "paired-covariate-mobile",
        }
    }

    pub(super) fn name(self) -> Message {
        Message::new(self.id())
    }

    /// The covariate at a station: a part of 1, an hour, or hundreds of metres.
    fn of(self, station: &Station, poll: &StationTable, tested: &Tested<'_>) -> Option<f64> {
        let told = |column| poll.interview(&InterviewColumn::Station(column), station.poll_row);
        match self {
            Self::Turnout => station.turnout,
            Self::Response => {
                let silent = told(PollColumn::Refused)? + told(PollColumn::Missed).unwrap_or(0.0);
                Some(station.answers as f64 / (station.answers as f64 + silent))
            }
            Self::Distance => told(PollColumn::Distance).map(|metres| metres / 100.0),
            Self::Hour => told(PollColumn::Hour),
            Self::Observer => told(PollColumn::Observer),
            Self::CopyMatches => told(PollColumn::CopyMatches),
            Self::Electronic => told(PollColumn::Electronic),
            Self::Mobile => told(PollColumn::Mobile).or_else(|| mobile(tested, station.row)),
        }
    }
}

/// The part of ballots from mobile boxes in the count, or of those issued outside the room.
fn mobile(tested: &Tested<'_>, row: usize) -> Option<f64> {
    let part = |term, whole: Option<&Counts>| {
        let (part, whole) = (tested.table.line(term)?.get(row)?, whole?.get(row)?);
        (whole > 0 && part <= whole).then(|| f64::from(part) / f64::from(whole))
    };
    part(Term::InMobileBoxes, tested.ballots.as_ref()).or_else(|| part(Term::IssuedOutside, tested.issued.as_ref()))
}

/// The slope on each covariate that varies over enough stations. `turnout_p` is the p-value of turnout by dealing it out anew, which stands
/// in place of that of t.
pub(super) fn slopes(
    stations: &[Station],
    poll: &StationTable,
    tested: &Tested<'_>,
    turnout_p: Option<f64>,
    rate: f64,
) -> Vec<Slope> {
    let values = |covariate: Covariate| -> Vec<Option<f64>> {
        stations.iter().map(|station| covariate.of(station, poll, tested)).collect()
    };
    let known: Vec<(Covariate, Vec<Option<f64>>)> = Covariate::ALL.map(|one| (one, values(one))).into();
    let alone = |covariate: Covariate, values: &Vec<Option<f64>>| {
        let (found, count) = regress(stations, &[values], FEWEST_STATIONS)?;
        let alone = *found.coefficients.get(1)?;
        let p = turnout_p.filter(|_| covariate == Covariate::Turnout).unwrap_or(alone.p);
        let alone = Coefficient { p, ..alone };
        Some(Slope { covariate, alone, held: None, freedom: 0, stations: count, stands: false })
    };
    let (columns, mut slopes): (Vec<&Vec<Option<f64>>>, Vec<Slope>) =
        known.iter().filter_map(|(covariate, values)| Some((values, alone(*covariate, values)?))).unzip();
    let p: Vec<f64> = slopes.iter().map(|slope| slope.alone.p).collect();
    let together =
        (slopes.len() > 1).then(|| regress(stations, &columns, STATIONS_EACH * (columns.len() + 1))).flatten();
    let held = |at: usize| together.as_ref().and_then(|(all, _)| all.coefficients.get(at + 1).copied());
    for (at, (slope, stands)) in slopes.iter_mut().zip(benjamini_hochberg(&p, rate)).enumerate() {
        (slope.stands, slope.held) = (stands, held(at));
        slope.freedom = together.as_ref().map_or(0, |(all, _)| all.freedom);
    }
    slopes
}

/// The regression over the stations at which all of these are known, and how many they are.
fn regress(stations: &[Station], columns: &[&Vec<Option<f64>>], fewest: usize) -> Option<(MetaRegression, usize)> {
    let is_known = |at: &usize| columns.iter().all(|column| column[*at].is_some());
    let whole: Vec<usize> = (0..stations.len()).filter(is_known).collect();
    if whole.len() < fewest {
        return None;
    }
    let measured: Vec<(f64, f64)> = whole.iter().map(|&at| stations[at].difference).collect();
    let columns: Vec<Vec<f64>> =
        columns.iter().map(|column| whole.iter().filter_map(|&at| column[at]).collect()).collect();
    let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    Some((MetaRegression::of(&measured, &columns)?, whole.len()))
}

/// One line for each covariate.
pub(super) fn lines(slopes: &[Slope]) -> Vec<Evidence> {
    let line = |slope: &Slope| {
        let id = match (slope.stands, slope.held) {
            (true, Some(_)) => "paired-slope-stands-held",
            (true, None) => "paired-slope-stands",
            (false, Some(_)) => "paired-slope-held",
            (false, None) => "paired-slope",
        };
        let held = slope.held.unwrap_or(slope.alone);
        let statement = Message::new(id)
            .with("covariate", slope.covariate.name())
            .with("slope", Arg::Number(slope.alone.value, 3))
            .with("error", Arg::Number(slope.alone.error, 3))
            .with("p", Arg::Probability(slope.alone.p))
            .with("stations", slope.stations)
            .with("covariates", slopes.len())
            .with("held", Arg::Number(held.value, 3))
            .with("held_p", Arg::Probability(held.p));
        Evidence::new(statement).value("slope", Value::Real(slope.alone.value)).value("p", Value::Real(slope.alone.p))
    };
    slopes.iter().map(line).collect()
}
