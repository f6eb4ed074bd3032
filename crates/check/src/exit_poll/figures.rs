//! Polls beside the official share, and poll and count station by station, drawn.

use adil_finding::{Arg, Axis, AxisScale, Figure, IntervalRow, Intervals, Message, Point, Scatter};
use adil_record::StationTable;

use super::paired::Station;

/// A poll's share with its margins, as fractions.
pub(super) struct Drawn {
    pub(super) label: Message,
    pub(super) share: f64,
    /// Half the interval of 95 % without clusters and at the design effect, where interviews are known.
    pub(super) margins: Option<(f64, f64)>,
}

/// The polls beside the official share. `None` where there is none.
pub(super) fn polls(option: &str, count: f64, polls: Vec<Drawn>) -> Option<Figure> {
    let row = |poll: Drawn| {
        let around = |margin: f64| ((poll.share - margin).max(0.0), (poll.share + margin).min(1.0));
        let spans = poll.margins.map_or(Vec::new(), |(plain, whole)| vec![around(plain), around(whole)]);
        IntervalRow { label: Arg::from(poll.label), value: poll.share, spans }
    };
    let rows: Vec<IntervalRow> = polls.into_iter().map(row).collect();
    let ends = rows.iter().flat_map(|row| row.spans.iter().flat_map(|span| [span.0, span.1]).chain([row.value]));
    let (low, high) = ends.chain([count]).fold((f64::MAX, f64::MIN), |(low, high), end| (low.min(end), high.max(end)));
    let room = (0.06 * (high - low)).max(0.005);
    let x = Axis {
        label: Message::new("exit-poll-figure-share").with("option", option),
        low: (low - room).max(0.0),
        high: (high + room).min(1.0),
        scale: AxisScale::Fraction,
    };
    let with = |id| Message::new(id).with("option", option).with("official", Arg::Percent(count, 2));
    (!rows.is_empty()).then(|| {
        Figure::from(Intervals {
            id: "exit-polls",
            title: with("exit-poll-figure-title"),
            description: with("exit-poll-figure-description").with("polls", rows.len()),
            x,
            rows,
            spans: ["exit-poll-figure-plain", "exit-poll-figure-design"].map(Message::new).into(),
            reference: Some((count, with("exit-poll-figure-count"))),
        })
    })
}

/// The differences between poll and count against turnout. `None` where no station has both.
pub(super) fn against_turnout(table: &StationTable, stations: &[Station], option: &str) -> Option<Figure> {
    let point = |station: &Station| {
        let (x, y, weight) = (station.turnout?, station.difference.0, station.answers as f64);
        Some(Point { name: table.name(station.row), x, y, weight })
    };
    let points: Vec<Point> = stations.iter().filter_map(point).collect();
    let ends = points.iter().fold((-0.5f64, 0.5f64), |(low, high), point| (low.min(point.y), high.max(point.y)));
    let room = 0.05 * (ends.1 - ends.0);
    let low = points.iter().map(|point| point.x).fold(1.0, f64::min);
    let with = |id| Message::new(id).with("option", option).with("stations", points.len());
    (!points.is_empty()).then(|| {
        let turnout = Message::new("paired-figure-turnout");
        Figure::from(Scatter {
            id: "paired-turnout",
            title: with("paired-figure-title"),
            description: with("paired-figure-description"),
            x: Axis { label: turnout, low: (low - 0.02).max(0.0), high: 1.0, scale: AxisScale::Fraction },
            y: Axis::number(Message::new("paired-figure-difference"), ends.0 - room, ends.1 + room),
            points: points.clone(),
            size: Message::new("paired-figure-size"),
        })
    })
}
