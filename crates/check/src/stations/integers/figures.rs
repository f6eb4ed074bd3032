//! Histograms of turnout and share in bins of a tenth of a percentage point.

use adil_finding::{Axis, Figure, Histogram, Message, Series, Side};

use super::tally::{Columns, Quotient, StationQuotients};
use crate::ContestView;

/// Bins of 0.1 points centred at 0.0, 0.1, ..., 100.0 %: their edges are -0.05, 0.05, ...
const BINS: usize = 1001;
/// The running mean takes five bins to each side, with half weight at the ends: one percentage point.
const HALF_WINDOW: usize = 5;

/// The histograms that the columns allow. As published, stations are kept whose turnout is below 100 %.
pub(super) fn histograms(view: &ContestView<'_>, columns: &Columns<'_>) -> Vec<Figure> {
    let below_full = |station: &StationQuotients| station.turnout.is_none_or(|turnout| turnout.part < turnout.whole);
    let (mut shares, mut turnouts) = (vec![0.0; BINS], vec![0.0; BINS]);
    for (_, station) in columns.stations().filter(|(_, station)| below_full(station)) {
        add(&mut shares, station.share);
        if let Some(turnout) = station.turnout {
            add(&mut turnouts, turnout);
        }
    }
    let leader = view.leader_name().unwrap_or_default();
    let share = histogram("share-histogram", shares, Side::Leader, &|id| Message::new(id).with("leader", leader));
    let turnout = columns.has_turnout().then(|| {
        let name = |id: &'static str| Message::new(id);
        histogram("turnout-histogram", turnouts, Side::Neutral, &name)
    });
    turnout.into_iter().chain([share]).map(Figure::from).collect()
}

/// The nearest tenth of a percentage point: floor(1000 k/n + 1/2) in whole numbers.
fn add(bins: &mut [f64], quotient: Quotient) {
    let (part, whole) = (u64::from(quotient.part), u64::from(quotient.whole));
    if whole > 0
        && let Some(bin) = bins.get_mut(((2000 * part + whole) / (2 * whole)) as usize)
    {
        *bin += 1.0;
    }
}

fn histogram(id: &'static str, counts: Vec<f64>, side: Side, message: &dyn Fn(&'static str) -> Message) -> Histogram {
    let share = id == "share-histogram";
    let pick = |of_share, of_turnout| message(if share { of_share } else { of_turnout });
    let highest = counts.iter().copied().fold(0.0, f64::max);
    Histogram {
        id,
        title: pick("integers-figure-share", "integers-figure-turnout"),
        description: pick("integers-figure-share-description", "integers-figure-turnout-description"),
        x: Axis::fraction(pick("integers-axis-share", "integers-axis-turnout")),
        y: Axis::number(message("integers-axis-stations"), 0.0, highest),
        first: 0.0,
        width: 0.001,
        marked: (0..BINS).step_by(10).collect(),
        series: vec![
            Series { label: message("integers-series-mean"), side: Side::Expected, values: running_mean(&counts) },
            Series { label: message("integers-series-stations"), side, values: counts },
        ],
    }
}

/// The mean over one percentage point around each bin, so that every window holds one whole percentage.
fn running_mean(counts: &[f64]) -> Vec<f64> {
    let mean = |centre: usize| {
        let (mut sum, mut weights) = (0.0, 0.0);
        for (bin, count) in
            counts.iter().enumerate().take(centre + HALF_WINDOW + 1).skip(centre.saturating_sub(HALF_WINDOW))
        {
            let weight = if bin.abs_diff(centre) == HALF_WINDOW { 0.5 } else { 1.0 };
            sum += weight * count;
            weights += weight;
        }
        sum / weights
    };
    (0..counts.len()).map(mean).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_percentage_is_the_centre_of_its_bin() {
        let mut bins = vec![0.0; BINS];
        for (part, whole) in [(1, 2), (4996, 10_000), (5005, 10_000), (1, 1), (2, 1)] {
            add(&mut bins, Quotient { part, whole });
        }
        // 50.0 and 49.96 lie in the bin of 50.0; 50.05 on its upper edge in that of 50.1; 200 % in none.
        assert_eq!((bins[500], bins[501], bins[1000], bins.iter().sum::<f64>()), (2.0, 1.0, 1.0, 4.0));
    }

    #[test]
    fn the_running_mean_spreads_a_spike_over_one_point() {
        let mut counts = vec![0.0; 41];
        counts[20] = 10.0;
        let mean = running_mean(&counts);
        assert_eq!((mean[20], mean[16], mean[15], mean[14]), (1.0, 1.0, 0.5, 0.0));
    }
}
