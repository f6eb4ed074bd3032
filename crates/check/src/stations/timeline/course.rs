//! The figure of the course of turnout.

use adil_finding::{Arg, Axis, Lines, Message, Series as Line, Side};
use adil_stat::quantile;

use super::series::{Reported, Series};

/// The turnout by each report: the median station, and that which a tenth of the stations is below or above.
pub(super) fn figure(series: &Series<'_>) -> Option<Lines> {
    let known: Vec<(&Reported, f64)> =
        series.sound().filter_map(|series| Some((series, series.registered? as f64))).collect();
    if known.is_empty() {
        return None;
    }
    let with_protocol = known.iter().all(|(series, _)| series.protocol.is_some());
    let points = series.reports.len() + usize::from(with_protocol);
    let turnouts: Vec<Vec<f64>> = (0..points)
        .map(|point| {
            let voters = |series: &Reported| series.voters.get(point).copied().or(series.protocol).unwrap_or(0);
            known.iter().map(|&(series, registered)| (f64::from(voters(series)) / registered).min(1.0)).collect()
        })
        .collect();
    let line = |id, side, level: f64| {
        let values = turnouts.iter().map(|of_point| quantile(of_point, level).unwrap_or(f64::NAN));
        Line { label: Message::new(id), side, values: values.collect() }
    };
    let mut times: Vec<Arg> = series.reports.iter().map(|report| Arg::from(report.time.as_str())).collect();
    if with_protocol {
        times.push(Message::new("timeline-protocol").into());
    }
    let title = Message::new("timeline-figure");
    let description = Message::new("timeline-figure-description").with("times", Arg::List(times));
    Some(Lines {
        id: "timeline",
        title,
        description,
        x: Axis::number(Message::new("timeline-axis-report"), 1.0, points as f64),
        y: Axis::fraction(Message::new("timeline-axis-turnout")),
        positions: (1..=points).map(|point| point as f64).collect(),
        series: vec![
            line("timeline-line-high", Side::Others, 0.9),
            line("timeline-line-median", Side::Neutral, 0.5),
            line("timeline-line-low", Side::Others, 0.1),
        ],
        shaded: None,
    })
}
