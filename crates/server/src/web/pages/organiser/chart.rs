//! Ballots over time as a drawing, made here: bars of equal width, the same numbers as a table below it.

use crate::moment;
use crate::service::RatePoint;

/// Bars of the drawing.
pub(super) const POINTS: usize = 60;
/// Size of the drawing, in its own units.
const WIDTH: u64 = 600;
const HEIGHT: u64 = 160;

/// A bar.
pub(super) struct Bar {
    pub(super) x: String,
    pub(super) y: String,
    pub(super) width: String,
    pub(super) height: String,
    /// When, as local time.
    pub(super) when: String,
    pub(super) ballots: u64,
    /// Whether far more came than usual: several times the mean.
    pub(super) is_burst: bool,
}

/// The drawing.
pub(super) struct Chart {
    pub(super) bars: Vec<Bar>,
    pub(super) most: u64,
    pub(super) total: u64,
    pub(super) minutes_each: u64,
    pub(super) from: String,
    pub(super) to: String,
}

impl Chart {
    /// The drawing of some points, in order of time.
    pub(super) fn of(points: &[RatePoint], offset_minutes: i32) -> Self {
        let local = |minute: u64| moment::local(minute.saturating_mul(60), offset_minutes).replace('T', " ");
        let most = points.iter().map(|point| point.ballots).max().unwrap_or_default();
        let total: u64 = points.iter().map(|point| point.ballots).sum();
        let count = u64::try_from(points.len()).unwrap_or(1).max(1);
        let bar = |(place, point): (u64, &RatePoint)| {
            // In hundredths of a unit: whole numbers are the same on every machine.
            let slot = WIDTH * 100 / count;
            let height = (point.ballots * HEIGHT * 100).checked_div(most).unwrap_or_default();
            Bar {
                x: hundredths(place * slot),
                width: hundredths(slot * 9 / 10),
                y: hundredths(HEIGHT * 100 - height),
                height: hundredths(height),
                when: local(point.minute),
                ballots: point.ballots,
                is_burst: point.ballots >= 10 && point.ballots * count > 4 * total,
            }
        };
        Self {
            bars: (0..).zip(points).map(bar).collect(),
            most,
            total,
            minutes_each: points.first().map_or(0, |point| point.minutes),
            from: points.first().map(|point| local(point.minute)).unwrap_or_default(),
            to: points.last().map(|point| local(point.minute + point.minutes)).unwrap_or_default(),
        }
    }

    /// Whether some bar stands out.
    pub(super) fn has_burst(&self) -> bool {
        self.bars.iter().any(|bar| bar.is_burst)
    }
}

fn hundredths(number: u64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_high_as_their_share_of_the_highest() {
        let point = |minute, ballots| RatePoint { minute, minutes: 5, ballots };
        let chart = Chart::of(&[point(0, 1), point(5, 4), point(10, 0)], 60);
        // 600 / 3 = 200 units each, nine tenths of it drawn; 1 of 4 is a quarter of 160 = 40.
        assert_eq!(chart.bars.iter().map(|bar| bar.x.as_str()).collect::<Vec<_>>(), ["0.00", "200.00", "400.00"]);
        assert_eq!(chart.bars.iter().map(|bar| bar.height.as_str()).collect::<Vec<_>>(), ["40.00", "160.00", "0.00"]);
        assert_eq!((chart.bars[0].y.as_str(), chart.bars[0].width.as_str()), ("120.00", "180.00"));
        assert_eq!((chart.from.as_str(), chart.to.as_str()), ("1970-01-01 01:00", "1970-01-01 01:15"));
        assert_eq!((chart.most, chart.total, chart.has_burst()), (4, 5, false));
        assert!(Chart::of(&[], 0).bars.is_empty());
    }

    #[test]
    fn a_burst_is_several_times_the_mean() {
        let mut points = vec![RatePoint { minute: 0, minutes: 1, ballots: 1 }; 9];
        points.push(RatePoint { minute: 9, minutes: 1, ballots: 30 });
        // 30 of 39 ballots in one of ten minutes: 7.7 times the mean.
        assert!(Chart::of(&points, 0).bars[9].is_burst);
        assert!(!Chart::of(&points, 0).bars[0].is_burst);
    }
}
