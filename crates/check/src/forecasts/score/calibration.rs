//! How often came about what was said to be so probable.

use std::collections::BTreeMap;

use adil_finding::{Axis, Figure, Lines, Message, Series, Side};
use adil_record::Record;
use adil_stat::{Stream, quantile, stream};

use super::said::forecasters;
use super::scores::mean;
use crate::Settings;
use crate::releases::Official;

const BINS: usize = 10;
/// Redraws of the outcomes, for the bars.
const REDRAWS: usize = 2_000;
/// The ends of the bars, as percentiles.
const ENDS: [f64; 2] = [0.05, 0.95];

/// A probability that a forecaster gave.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Event {
    probability: f64,
    happened: bool,
    /// What it is of: the number of the contest and the option.
    of: (usize, usize),
}

/// The probabilities of a range.
#[derive(Debug, Clone, PartialEq)]
struct Bin {
    said: f64,
    happened: f64,
    events: usize,
    /// Where the part that came about would lie nine times in ten if every probability were right.
    bar: (f64, f64),
}

/// The figure: over all contests of the record that have forecasts and a winner, each option's probability of winning by each
/// forecaster, in ten bins. None where there is none.
pub(super) fn figure(record: &Record, settings: &Settings) -> Option<Figure> {
    let bins = bins(&events(record), &mut stream(settings.seed, "forecasts/score calibration", 0));
    if bins.is_empty() {
        return None;
    }
    let series = |label, side, of: fn(&Bin) -> f64| Series {
        label: Message::new(label),
        side,
        values: bins.iter().map(of).collect(),
    };
    let title =
        Message::new("forecast-calibration-title").with("events", bins.iter().map(|bin| bin.events).sum::<usize>());
    Some(Figure::Lines(Lines {
        id: "forecast-calibration",
        title,
        description: Message::new("forecast-calibration-description"),
        x: Axis::fraction(Message::new("forecast-calibration-said")),
        y: Axis::fraction(Message::new("forecast-calibration-happened")),
        positions: bins.iter().map(|bin| bin.said).collect(),
        series: vec![
            series("forecast-calibration-observed", Side::Leader, |bin| bin.happened),
            series("forecast-calibration-perfect", Side::Expected, |bin| bin.said),
            series("forecast-calibration-low", Side::Neutral, |bin| bin.bar.0),
            series("forecast-calibration-high", Side::Neutral, |bin| bin.bar.1),
        ],
        shaded: None,
    }))
}

/// The probability of every option by every forecaster.
fn events(record: &Record) -> Vec<Event> {
    let mut events = Vec::new();
    for (number, contest) in record.contests.iter().enumerate() {
        let won = Official::of(contest).and_then(|official| official.winner());
        if let (Some(forecasts), Some(won)) = (&contest.forecasts, won) {
            let told = forecasters(forecasts, contest).into_iter().filter_map(|one| one.live?.winner);
            told.for_each(|told| {
                let event =
                    |(option, probability)| Event { probability, happened: option == won.0, of: (number, option) };
                events.extend(told.into_iter().enumerate().map(event));
            });
        }
    }
    events
}

/// The bins that have events.
fn bins(events: &[Event], draws: &mut Stream) -> Vec<Bin> {
    let bin_of = |probability: f64| ((probability * BINS as f64) as usize).min(BINS - 1);
    let mut bin = |number: usize| {
        let inside: Vec<Event> = events.iter().copied().filter(|event| bin_of(event.probability) == number).collect();
        (!inside.is_empty()).then(|| Bin {
            said: mean(inside.iter().map(|event| event.probability)),
            happened: mean(inside.iter().map(|event| f64::from(u8::from(event.happened)))),
            events: inside.len(),
            bar: bar(&inside, draws),
        })
    };
    (0..BINS).filter_map(&mut bin).collect()
}

/// The bar of a bin: outcomes are drawn anew, each of an option once for all who forecast it, with their mean probability.
fn bar(inside: &[Event], draws: &mut Stream) -> (f64, f64) {
    let mut outcomes: BTreeMap<(usize, usize), (f64, f64)> = BTreeMap::new();
    for event in inside {
        let (count, sum) = outcomes.entry(event.of).or_default();
        (*count, *sum) = (*count + 1.0, *sum + event.probability);
    }
    let mut part = || {
        let came = outcomes.values().filter(|(count, sum)| draws.unit() < sum / count).map(|(count, _)| count);
        came.sum::<f64>() / inside.len() as f64
    };
    let parts: Vec<f64> = (0..REDRAWS).map(|_| part()).collect();
    let [low, high] = ENDS.map(|end| quantile(&parts, end).unwrap_or(0.0));
    (low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(probability: f64, happened: bool, option: usize) -> Event {
        Event { probability, happened, of: (0, option) }
    }

    #[test]
    fn events_are_counted_by_probability() {
        let events = [(0.02, false), (0.04, false), (0.95, true), (1.0, true), (0.91, false)];
        let events: Vec<Event> = (0..).zip(events).map(|(option, (p, happened))| event(p, happened, option)).collect();
        let bins = bins(&events, &mut stream(1, "bins", 0));
        assert_eq!(bins.iter().map(|bin| bin.events).collect::<Vec<_>>(), [2, 3]);
        assert!((bins[0].said - 0.03).abs() < 1e-12 && bins[0].happened == 0.0);
        assert!((bins[1].said - 2.86 / 3.0).abs() < 1e-12 && (bins[1].happened - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn bars_are_those_of_the_binomial_distribution() {
        // scipy.stats.binom.ppf([.05, .95], 30, .35) / 30 = 0.2, 0.5; of one option thirty forecasters share the one outcome: 0 or 1.
        let apart: Vec<Event> = (0..30).map(|option| event(0.35, false, option)).collect();
        let together: Vec<Event> = (0..30).map(|_| event(0.35, false, 0)).collect();
        assert_eq!(bar(&apart, &mut stream(1, "bars", 0)), (0.2, 0.5));
        assert_eq!(bar(&together, &mut stream(1, "bars", 0)), (0.0, 1.0));
    }
}
