//! How often came about what was said to be so probable.

use adil_finding::{Axis, Figure, Lines, Message, Series, Side};
use adil_record::Record;

use super::said::forecasters;
use super::scores::mean;
use crate::releases::Official;

const BINS: usize = 10;

/// The figure: over all contests of the record that have forecasts and a winner, each option's probability of winning by each
/// forecaster, in ten bins. None where there is none.
pub(super) fn figure(record: &Record) -> Option<Figure> {
    let bins = bins(&events(record));
    if bins.is_empty() {
        return None;
    }
    let series = |label, side, values| Series { label: Message::new(label), side, values };
    let said: Vec<f64> = bins.iter().map(|bin| bin.0).collect();
    let title = Message::new("forecast-calibration-title").with("events", bins.iter().map(|bin| bin.2).sum::<usize>());
    Some(Figure::Lines(Lines {
        id: "forecast-calibration",
        title,
        description: Message::new("forecast-calibration-description"),
        x: Axis::fraction(Message::new("forecast-calibration-said")),
        y: Axis::fraction(Message::new("forecast-calibration-happened")),
        positions: said.clone(),
        series: vec![
            series("forecast-calibration-observed", Side::Leader, bins.iter().map(|bin| bin.1).collect()),
            series("forecast-calibration-perfect", Side::Expected, said),
        ],
        shaded: None,
    }))
}

/// Probability and whether it came about, of every option by every forecaster.
fn events(record: &Record) -> Vec<(f64, bool)> {
    let mut events = Vec::new();
    for contest in &record.contests {
        let won = Official::of(contest).and_then(|official| official.winner());
        if let (Some(forecasts), Some(won)) = (&contest.forecasts, won) {
            let told = forecasters(forecasts, contest).into_iter().filter_map(|one| one.live?.winner);
            told.for_each(|told| events.extend(told.into_iter().enumerate().map(|(option, p)| (p, option == won.0))));
        }
    }
    events
}

/// Mean probability, part that came about, and number, of each bin that has events.
fn bins(events: &[(f64, bool)]) -> Vec<(f64, f64, usize)> {
    let bin_of = |probability: f64| ((probability * BINS as f64) as usize).min(BINS - 1);
    let bin = |number: usize| {
        let inside: Vec<&(f64, bool)> = events.iter().filter(|event| bin_of(event.0) == number).collect();
        let happened = mean(inside.iter().map(|event| f64::from(u8::from(event.1))));
        (!inside.is_empty()).then(|| (mean(inside.iter().map(|event| event.0)), happened, inside.len()))
    };
    (0..BINS).filter_map(bin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_counted_by_probability() {
        let bins = bins(&[(0.02, false), (0.04, false), (0.95, true), (1.0, true), (0.91, false)]);
        assert_eq!(bins.iter().map(|bin| bin.2).collect::<Vec<_>>(), [2, 3]);
        assert!((bins[0].0 - 0.03).abs() < 1e-12 && bins[0].1 == 0.0);
        assert!((bins[1].0 - 2.86 / 3.0).abs() < 1e-12 && (bins[1].1 - 2.0 / 3.0).abs() < 1e-12);
    }
}
