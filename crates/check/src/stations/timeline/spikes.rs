//! Rises that a district's course of turnout does not explain, as e-values.

use adil_finding::{Arg, Evidence, Measure, Message, Unit, Value};
use adil_stat::{DirichletMultinomial, Prior, e_benjamini_hochberg};

use super::{count, of_station, series::Series};
use crate::stations::cut;
use crate::{Piece, Settings, Tested};

/// The parts of a station's voters that may have been added in one interval, each as likely.
const ADDED: [f64; 5] = [0.05, 0.1, 0.2, 0.3, 0.5];
/// How often a station's interval is like no other: it may have any number of voters.
const DIFFUSE: f64 = 0.05;
/// How far a district's parameters may lie from those of the table: the standard deviation of their logarithms.
const SPREAD: f64 = 0.7;
/// Stations that the parameters of the table are fitted to, at most.
const FITTED: usize = 3_000;
/// From here on a station is counted.
pub(super) const NOTABLE: f64 = 10.0;

/// What is known of the rises of every sound series.
pub(super) struct Spikes {
    pub(super) stations: Vec<Spike>,
}

/// The strongest rise of a station.
pub(super) struct Spike {
    pub(super) row: usize,
    /// The e-value of the station.
    e: f64,
    /// The interval whose own e-value is the largest.
    interval: usize,
    /// Its voters.
    voters: u32,
}

/// The beta-binomial of each interval in each district.
pub(super) struct Courses {
    /// By district, then by interval; empty where a district has no station.
    of_district: Vec<Vec<DirichletMultinomial<2>>>,
}

impl Courses {
    /// Fits to stations: their district and the voters of each interval.
    pub(super) fn fit(stations: &[(usize, &[u32])], districts: usize) -> Self {
        let intervals = stations.first().map_or(0, |(_, steps)| steps.len());
        let mut members = vec![Vec::new(); districts];
        stations.iter().enumerate().for_each(|(index, (district, _))| members[*district].push(index));
        let mut of_district = vec![Vec::with_capacity(intervals); districts];
        let every = stations.len().div_ceil(FITTED).max(1);
        for interval in 0..intervals {
            let split = |index: usize| {
                let steps = stations[index].1;
                let all = steps.iter().fold(0u32, |sum, &step| sum.saturating_add(step));
                [steps[interval], all - steps[interval]]
            };
            let sample: Vec<[u32; 2]> = (0..stations.len()).step_by(every).map(split).collect();
            let whole = fit(&sample, None);
            let prior = Prior { alpha: whole.alpha(), spread: SPREAD };
            for (members, fitted) in members.iter().zip(&mut of_district) {
                let own: Vec<[u32; 2]> = members.iter().map(|&index| split(index)).collect();
                fitted.push(if own.is_empty() { whole } else { fit(&own, Some(&prior)) });
            }
        }
        Self { of_district }
    }

    pub(super) fn of(&self, district: usize, interval: usize) -> Option<&DirichletMultinomial<2>> {
        self.of_district.get(district)?.get(interval)
    }
}

fn fit(splits: &[[u32; 2]], prior: Option<&Prior<2>>) -> DirichletMultinomial<2> {
    let sums = splits.iter().fold([1.0, 1.0], |sum, split| [0, 1].map(|kind| sum[kind] + f64::from(split[kind])));
    let share = (sums[0] / (sums[0] + sums[1])).clamp(1e-4, 1.0 - 1e-4);
    let start = prior.map_or([20.0 * share, 20.0 * (1.0 - share)], |prior| prior.alpha);
    let fitted = DirichletMultinomial::fit(splits, &vec![1.0; splits.len()], prior, start);
    fitted.unwrap_or_else(|| DirichletMultinomial::new(start))
}

/// The courses of two halves of every district's stations.
pub(super) struct Halves {
    /// The row and the increments of every sound series.
    steps: Vec<(usize, Vec<u32>)>,
    /// In which half each of them is.
    half: Vec<usize>,
    /// The courses that the other half gives.
    pub(super) courses: [Courses; 2],
}

impl Halves {
    pub(super) fn of(tested: &Tested<'_>, series: &Series<'_>) -> Self {
        let steps: Vec<(usize, Vec<u32>)> =
            series.sound().filter_map(|series| Some((series.row, series.increments()?))).collect();
        // Halves of every district: each station is tested by a course that it had no part in.
        let mut seen = vec![0usize; tested.district_count];
        let half: Vec<usize> = steps
            .iter()
            .map(|&(row, _)| {
                let seen = &mut seen[tested.districts[row]];
                *seen += 1;
                *seen % 2
            })
            .collect();
        let courses = [0, 1].map(|tested_half| {
            let others = steps.iter().zip(&half).filter(|(_, own)| **own != tested_half);
            let others: Vec<(usize, &[u32])> =
                others.map(|((row, steps), _)| (tested.districts[*row], steps.as_slice())).collect();
            Courses::fit(&others, tested.district_count)
        });
        Self { steps, half, courses }
    }
}

impl Spikes {
    pub(super) fn of(tested: &Tested<'_>, halves: &Halves) -> Self {
        let stations = halves.steps.iter().zip(&halves.half).filter_map(|((row, steps), &half)| {
            Spike::of(*row, steps, |interval| halves.courses[half].of(tested.districts[*row], interval))
        });
        Self { stations: stations.collect() }
    }

    /// The stations with an e-value of at least [`NOTABLE`].
    pub(super) fn notable(&self) -> impl Iterator<Item = &Spike> {
        self.stations.iter().filter(|spike| spike.e >= NOTABLE)
    }

    fn mean<'s>(spikes: impl Iterator<Item = &'s Spike>) -> f64 {
        let (sum, stations) = spikes.fold((0.0, 0usize), |(sum, count), spike| (sum + spike.e, count + 1));
        if stations == 0 { 0.0 } else { sum / stations as f64 }
    }

    fn selected(&self, settings: &Settings) -> Vec<bool> {
        let e: Vec<f64> = self.stations.iter().map(|spike| spike.e).collect();
        e_benjamini_hochberg(&e, settings.region_false_discovery_rate)
    }

    pub(super) fn measures(&self, settings: &Settings) -> Vec<Measure> {
        let selected = self.selected(settings).into_iter().filter(|&selected| selected).count();
        let source = Message::new("timeline-source-mean").with("series", self.stations.len());
        vec![
            count("sound_series", self.stations.len(), "timeline-source-sound"),
            count("spikes", self.notable().count(), "timeline-source-spikes"),
            count("spikes_selected", selected, "timeline-source-selected"),
            Measure::real("spike_mean_e", Self::mean(self.stations.iter()), Unit::Pure, source),
        ]
    }

    pub(super) fn evidence(&self, tested: &Tested<'_>, series: &Series<'_>, settings: &Settings) -> Vec<Evidence> {
        let mut notable: Vec<&Spike> = self.notable().collect();
        notable.sort_by(|a, b| b.e.total_cmp(&a.e).then(a.row.cmp(&b.row)));
        let evidence = |spike: &Spike| {
            let time = match series.until(spike.interval) {
                Some(time) => Arg::from(time),
                None => Message::new("timeline-protocol").into(),
            };
            let statement = Message::new("timeline-spike")
                .with("voters", u64::from(spike.voters))
                .with("time", time)
                .with("e", Arg::Number(spike.e, 0));
            of_station(tested, spike.row, statement, "e", Value::Real(spike.e))
        };
        notable.into_iter().take(settings.listed / 2).map(evidence).collect()
    }

    /// Of each region the part of its stations that is notable; by Markov's inequality, 1 / mean E bounds the p-value.
    pub(super) fn pieces(&self, tested: &Tested<'_>) -> Vec<Piece> {
        let mut by_row: Vec<Option<&Spike>> = vec![None; tested.table.len()];
        self.stations.iter().for_each(|spike| by_row[spike.row] = Some(spike));
        let regions = cut::regions(tested, self.stations.iter().map(|spike| spike.row));
        let piece = |region: cut::Region| {
            let spikes = || region.rows.iter().filter_map(|&row| by_row[row]);
            let notable = spikes().filter(|spike| spike.e >= NOTABLE).count();
            let said = cut::Said {
                statistic: "stations/timeline:spikes",
                side: None,
                effect: notable as f64 / region.rows.len() as f64,
                ln_p: Some(-Self::mean(spikes()).max(1.0).ln()),
            };
            cut::piece(tested, region.number, &region.rows, said)
        };
        regions.into_iter().filter_map(piece).collect()
    }
}

impl Spike {
    fn of<'c>(
        row: usize,
        steps: &[u32],
        course: impl Fn(usize) -> Option<&'c DirichletMultinomial<2>>,
    ) -> Option<Self> {
        let all = steps.iter().fold(0u32, |sum, &step| sum.saturating_add(step));
        let (mut sum, mut strongest) = (0.0, (0, 0.0));
        for (interval, &step) in steps.iter().enumerate() {
            let e = e_value(course(interval)?, step, all);
            sum += e;
            if e > strongest.1 {
                strongest = (interval, e);
            }
        }
        let interval = strongest.0;
        (all > 0).then(|| Self { row, e: sum / steps.len() as f64, interval, voters: steps[interval] })
    }
}

/// The e-value for voters added to `step` of `all`: the mean over [`ADDED`] of P(step - s; all - s) / P(step; all).
fn e_value(course: &DirichletMultinomial<2>, step: u32, all: u32) -> f64 {
    let chance = |step: u32, all: u32| {
        (1.0 - DIFFUSE) * course.ln_probability(&[step, all - step]).exp() + DIFFUSE / (f64::from(all) + 1.0)
    };
    let observed = chance(step, all);
    let ratio = |&part: &f64| {
        let added = ((part * f64::from(all)).round() as u32).max(1);
        if added > step { 0.0 } else { chance(step - added, all - added) / observed }
    };
    ADDED.iter().map(ratio).sum::<f64>() / ADDED.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_nothing_was_added_the_mean_is_below_one() {
        // Summed over every outcome of 60 voters: each share s that can be taken off contributes at most 1, by definition.
        let course = DirichletMultinomial::new([3.0, 9.0]);
        let chance = |step: u32| 0.95 * course.ln_probability(&[step, 60 - step]).exp() + 0.05 / 61.0;
        let mean: f64 = (0..=60).map(|step| chance(step) * e_value(&course, step, 60)).sum();
        // All of P(d - s; 60 - s) is summed over d = s .. 60, so the mean is exactly 1.
        assert!((mean - 1.0).abs() < 1e-9, "{mean}");
    }

    #[test]
    fn a_rise_grows_with_what_is_added() {
        let course = DirichletMultinomial::new([20.0, 180.0]);
        // 60 of 600 is a tenth, as expected; with 120 and 240 more in the interval it is a quarter and 36 %.
        let of = |added: u32| e_value(&course, 60 + added, 600 + added);
        assert!(of(0) < 1.0 && of(120) > 10.0 && of(240) >= of(120), "{} {} {}", of(0), of(120), of(240));
    }
}
