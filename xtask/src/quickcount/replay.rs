//! A quick count's feed, in the order in which stations reported.

use std::fmt::Write as _;
use std::path::Path;

use adil_check::{IntervalBy, QuickCountEstimate};
use adil_open::{Limits, open_frame};
use adil_record::{Design, SampleCount};
use adil_stat::{Stratum, combined_ratio};

use super::{LEVEL, population};

/// Parts of the feed at which it is looked at.
const STEPS: usize = 20;

/// Of an option the estimate, the interval that may be relied on, and the one as if the rest were missing by chance.
pub(crate) type Known = (Option<f64>, Option<(f64, f64)>, Option<(f64, f64)>);

/// What was known at one moment.
pub(crate) struct Moment {
    pub(crate) time: String,
    pub(crate) reported: usize,
    /// By option.
    pub(crate) options: Vec<Known>,
}

/// A feed replayed: its options, the last shares, what was known at each step.
pub(crate) struct Replay {
    pub(crate) names: Vec<String>,
    pub(crate) last: Vec<f64>,
    pub(crate) moments: Vec<Moment>,
}

impl Replay {
    /// The stations of the feed are the frame and the sample at once: it does not say how many others there were.
    pub(crate) fn of(cache: &Path) -> Result<Self, String> {
        let path = cache.join("feed.csv");
        let columns = population::columns(true);
        let (frame, _) = open_frame(&path, &columns, &Limits::default()).map_err(|error| error.to_string())?;
        let reports = population::reports(&path)?;
        let sizes: Vec<u64> = (0..frame.strata.len()).map(|at| frame.units(at).len() as u64).collect();
        let design = Design::new("all", "feed.csv", &frame, &columns, &sizes).map_err(|error| error.to_string())?;
        let whole = SampleCount::new(&design, frame, reports).map_err(|error| error.to_string())?;
        let mut order: Vec<usize> = (0..whole.reports.stations.len()).collect();
        order.sort_by_key(|&at| (whole.reports.stations[at].time.clone(), at));
        let mut place = vec![0; order.len()];
        order.iter().enumerate().for_each(|(rank, &at)| place[at] = rank);
        let by = IntervalBy { level: LEVEL, bootstrap: None };
        let moments = (1..=STEPS).map(|step| {
            let reported = order.len() * step / STEPS;
            let part = whole.as_of(|report| place[report] < reported);
            let estimate = QuickCountEstimate::of(&part, by);
            let option = |(at, estimated): (usize, &adil_check::Estimated)| {
                (estimated.ratio, estimated.interval(), by_chance(&part, at))
            };
            Moment {
                time: whole.reports.stations[order[reported - 1]].time.clone().unwrap_or_default(),
                reported,
                options: estimate.shares.iter().enumerate().map(option).collect(),
            }
        });
        let moments: Vec<Moment> = moments.collect();
        let last =
            moments.last().into_iter().flat_map(|moment| &moment.options).filter_map(|option| option.0).collect();
        Ok(Self { names: whole.reports.names.clone(), last, moments })
    }
}

/// The interval as if missing stations were missing by chance, however many are: what the program does not print.
fn by_chance(count: &SampleCount, option: usize) -> Option<(f64, f64)> {
    let strata: Vec<Stratum> = (count.sample.iter())
        .map(|sampled| {
            let reports = sampled.drawn.iter().flatten().filter_map(|station| count.report_of.get(station));
            let pair = |&at: &usize| {
                let report = &count.reports.stations[at];
                (f64::from(report.votes[option]), report.base() as f64)
            };
            Stratum { population: sampled.units, pairs: reports.map(pair).collect() }
        })
        .collect();
    Some(combined_ratio(&strata)?.interval(LEVEL))
}

/// The replay as Markdown.
pub(super) fn replayed(cache: &Path) -> Result<String, String> {
    let replay = Replay::of(cache)?;
    let mut text = "\n## A feed replayed\n\n| by | reported |".to_owned();
    replay.names.iter().for_each(|name| text.push_str(&format!(" {name} | interval | as if by chance |")));
    text.push_str(&format!("\n|---|---:|{}\n", "---:|---|---|".repeat(replay.names.len())));
    let percent = |share: Option<f64>| share.map_or("unknown".to_owned(), |share| format!("{:.2}", 100.0 * share));
    for moment in &replay.moments {
        let _ = write!(text, "| {} | {} |", moment.time, moment.reported);
        for ((ratio, interval, by_chance), last) in moment.options.iter().zip(&replay.last) {
            let shown = |interval: &Option<(f64, f64)>| match interval {
                Some((low, high)) => {
                    let held = *low <= last + 1e-12 && last - 1e-12 <= *high;
                    format!("{:.2} to {:.2}{}", 100.0 * low, 100.0 * high, if held { "" } else { " (misses)" })
                }
                None => "none".to_owned(),
            };
            let _ = write!(text, " {} | {} | {} |", percent(*ratio), shown(interval), shown(by_chance));
        }
        text.push('\n');
    }
    Ok(text)
}
