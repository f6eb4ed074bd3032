//! Finding the core, and the rules by which it counts as separated.

use adil_finding::{Arg, Message};
use adil_stat::{draw_clusters, stream};

use crate::{Settings, Tested, stations::rates::Rated};

/// Bins of one percentage point, centred at 0 ... 100 %.
const BINS: usize = 101;
/// The core's bins: from so many points below its centre to its centre.
const FLANK: usize = 10;
/// The least part of all ballots that the core's bins must hold.
const LEAST_BALLOTS: f64 = 0.15;
/// How far a valley must go down from the lower of its hills, as a part of the highest bin.
const VALLEY: f64 = 0.1;
/// The least part of the others' votes that makes a hill of its own.
const LEAST_HILL: f64 = 0.2;
/// The others' votes below the core must be less than this part.
const MOST_BELOW: f64 = 2.0 / 3.0;
/// Fewer districts say nothing when they are drawn anew.
const FEWEST_DISTRICTS: usize = 10;
/// How many points a redrawn core may lie from the core, and in which part of the redraws it must.
const STABLE_POINTS: u32 = 2;
const STABLE_PART: f64 = 0.9;

/// Votes by turnout, for stations with turnout below 100 %.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VotesByTurnout {
    own: [u64; BINS],
    others: [u64; BINS],
}

/// The core that votes by turnout show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Core {
    /// Its turnout, in whole percent.
    pub(super) turnout: u32,
    /// Votes of the side tested for each vote of the others.
    pub(super) odds: f64,
    /// What the side tested has above that at higher turnout.
    pub(super) extra: f64,
}

/// A hill of the others' votes over turnout.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hill {
    /// Where it is highest, in whole percent.
    pub(super) turnout: usize,
    /// The part of the others' votes between the valleys at its sides.
    pub(super) part: f64,
}

/// Why a core does not count as separated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fault {
    /// It has no flank on one side.
    Edge,
    /// It holds too few ballots: which part.
    Few(f64),
    /// There is a second hill: the part of the others' votes in it.
    Hills(f64),
    /// It is the upper end of the cloud: the part of the others' votes below it.
    UpperEnd(f64),
    /// There are too few districts to draw anew: how many.
    Districts(usize),
    /// It moves when districts are drawn anew: the part of redraws in which it stays.
    Unstable(f64),
}

impl VotesByTurnout {
    const EMPTY: Self = Self { own: [0; BINS], others: [0; BINS] };

    /// The votes of stations in bins.
    pub(super) fn of(stations: &[Rated]) -> Self {
        let mut votes = Self::EMPTY;
        for station in stations.iter().filter(|station| station.voted < station.registered) {
            let bin = station.turnout_percent();
            votes.own[bin] += u64::from(station.leader);
            votes.others[bin] += u64::from(station.others());
        }
        votes
    }

    /// The others' votes with those of both neighbouring bins.
    fn smooth(&self) -> [u64; BINS] {
        std::array::from_fn(|bin| self.others[bin.saturating_sub(1)..=(bin + 1).min(BINS - 1)].iter().sum())
    }

    /// The core; `None` where the others have no votes. Of equally high bins that with more votes of its own, then the
    /// lowest.
    pub(super) fn core(&self) -> Option<Core> {
        let smooth = self.smooth();
        let turnout = (0..BINS).rev().max_by_key(|&bin| (smooth[bin], self.others[bin]))?;
        let flank = turnout.saturating_sub(FLANK)..=turnout;
        let sum = |bins: &[u64]| bins.iter().sum::<u64>() as f64;
        let others = sum(&self.others[flank.clone()]);
        if others == 0.0 {
            return None;
        }
        let odds = sum(&self.own[flank]) / others;
        let extra = sum(&self.own[turnout + 1..]) - odds * sum(&self.others[turnout + 1..]);
        Some(Core { turnout: turnout as u32, odds, extra })
    }

    /// The part of all ballots in the core's bins.
    pub(super) fn ballots_of(&self, core: &Core) -> f64 {
        let centre = core.turnout as usize;
        let ballots = |bin: usize| self.own[bin] + self.others[bin];
        let inside: u64 = (centre.saturating_sub(FLANK)..=centre).map(ballots).sum();
        part(inside, (0..BINS).map(ballots).sum())
    }

    /// The part of the others' votes below the core's centre.
    pub(super) fn others_below(&self, core: &Core) -> f64 {
        part(self.others[..core.turnout as usize].iter().sum(), self.others.iter().sum())
    }

    /// The hills of the others' votes: parts between valleys that go down far enough from both sides.
    pub(super) fn hills(&self) -> Vec<Hill> {
        let smooth = self.smooth();
        let depth = VALLEY * smooth.iter().copied().max().unwrap_or(0) as f64;
        // Walking up in turnout: a peak is settled once the line has gone down by the depth, and a valley once it has gone
        // up by the depth again.
        let (mut peaks, mut valleys) = (Vec::new(), Vec::new());
        let (mut peak, mut valley, mut rising) = (0, 0, true);
        for bin in 0..BINS {
            let height = smooth[bin] as f64;
            if rising {
                if smooth[bin] > smooth[peak] {
                    peak = bin;
                }
                if smooth[peak] as f64 - height >= depth && depth > 0.0 {
                    peaks.push(peak);
                    (rising, valley) = (false, bin);
                }
            } else {
                if smooth[bin] < smooth[valley] {
                    valley = bin;
                }
                if height - smooth[valley] as f64 >= depth {
                    valleys.push(valley);
                    (rising, peak) = (true, bin);
                }
            }
        }
        if rising {
            peaks.push(peak);
        }
        let total: u64 = self.others.iter().sum();
        let starts = std::iter::once(0).chain(valleys.iter().copied());
        let ends = valleys.iter().copied().chain([BINS]);
        let parts = starts.zip(ends).map(|(start, end)| part(self.others[start..end].iter().sum(), total));
        peaks.into_iter().zip(parts).map(|(turnout, part)| Hill { turnout, part }).collect()
    }

    /// The part of the others' votes in the second largest hill; 0 where there is one hill.
    pub(super) fn second_hill(&self) -> f64 {
        let mut parts: Vec<f64> = self.hills().iter().map(|hill| hill.part).collect();
        parts.sort_by(f64::total_cmp);
        parts.into_iter().rev().nth(1).unwrap_or(0.0)
    }
}

fn part(of: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { of as f64 / whole as f64 }
}

impl Core {
    /// Its turnout as a fraction.
    pub(super) fn turnout_fraction(&self) -> f64 {
        f64::from(self.turnout) / 100.0
    }

    /// The turnout of its lowest bin as a fraction.
    pub(super) fn flank_fraction(&self) -> f64 {
        f64::from(self.turnout.saturating_sub(FLANK as u32)) / 100.0
    }

    /// The share of the side tested in it.
    pub(super) fn share(&self) -> f64 {
        self.odds / (1.0 + self.odds)
    }

    /// The rules of the cloud's shape that it breaks.
    pub(super) fn faults_of_shape(&self, votes: &VotesByTurnout) -> Vec<Fault> {
        let centre = self.turnout as usize;
        let (ballots, below, hill) = (votes.ballots_of(self), votes.others_below(self), votes.second_hill());
        broken([
            (centre < FLANK || centre + FLANK >= BINS, Fault::Edge),
            (ballots < LEAST_BALLOTS, Fault::Few(ballots)),
            (hill >= LEAST_HILL, Fault::Hills(hill)),
            (below >= MOST_BELOW, Fault::UpperEnd(below)),
        ])
    }

    /// All rules that it breaks.
    pub(super) fn faults(&self, votes: &VotesByTurnout, districts: &Redraws, redraws: &[Core]) -> Vec<Fault> {
        let stable = stability(self, redraws).unwrap_or(1.0);
        let districts = districts.ends.len();
        let of_redraws = broken([
            (districts < FEWEST_DISTRICTS, Fault::Districts(districts)),
            (stable < STABLE_PART, Fault::Unstable(stable)),
        ]);
        self.faults_of_shape(votes).into_iter().chain(of_redraws).collect()
    }
}

fn broken<const N: usize>(rules: [(bool, Fault); N]) -> Vec<Fault> {
    rules.into_iter().filter(|(broken, _)| *broken).map(|(_, fault)| fault).collect()
}

/// The part of redraws whose core lies near `core`; `None` without redraws.
pub(super) fn stability(core: &Core, redraws: &[Core]) -> Option<f64> {
    let near = redraws.iter().filter(|redraw| redraw.turnout.abs_diff(core.turnout) <= STABLE_POINTS).count();
    (!redraws.is_empty()).then(|| near as f64 / redraws.len() as f64)
}

impl Fault {
    /// The sentence that says it.
    pub(super) fn message(self) -> Message {
        let with = |id, part| Message::new(id).with("part", Arg::Percent(part, 0));
        match self {
            Self::Edge => Message::new("comet-fault-edge"),
            Self::Few(part) => with("comet-fault-few", part),
            Self::Hills(part) => with("comet-fault-hills", part),
            Self::UpperEnd(part) => with("comet-fault-upper-end", part),
            Self::Districts(districts) => Message::new("comet-fault-districts").with("districts", districts),
            Self::Unstable(part) => with("comet-fault-unstable", part),
        }
    }
}

/// The votes of each district by turnout, to be drawn anew.
pub(super) struct Redraws {
    /// Bin, votes of the side tested, votes of others: only bins with stations, district after district.
    entries: Vec<(usize, u64, u64)>,
    /// Where each district's entries end.
    ends: Vec<usize>,
}

impl Redraws {
    /// Sorts the stations by district and bin.
    pub(super) fn new(stations: &[Rated], tested: &Tested<'_>) -> Self {
        let mut kept: Vec<(usize, usize, u64, u64)> = stations
            .iter()
            .filter(|station| station.voted < station.registered)
            .map(|station| {
                let (own, others) = (u64::from(station.leader), u64::from(station.others()));
                (tested.districts[station.row], station.turnout_percent(), own, others)
            })
            .collect();
        kept.sort_unstable();
        let (mut entries, mut ends): (Vec<(usize, u64, u64)>, Vec<usize>) = (Vec::new(), Vec::new());
        let mut current = None;
        for (district, bin, own, others) in kept {
            if current.is_some() && current != Some(district) {
                ends.push(entries.len());
            }
            match entries.last_mut() {
                Some(last) if current == Some(district) && last.0 == bin => {
                    *last = (bin, last.1 + own, last.2 + others)
                }
                _ => entries.push((bin, own, others)),
            }
            current = Some(district);
        }
        if current.is_some() {
            ends.push(entries.len());
        }
        Self { entries, ends }
    }

    /// The cores of redraws; those without votes of others are left out. None where there are too few districts.
    pub(super) fn run(&self, settings: &Settings, contest: &str) -> Vec<Core> {
        if self.ends.len() < FEWEST_DISTRICTS {
            return Vec::new();
        }
        let label = format!("{} {contest}", super::ID);
        (0..settings.bootstrap_draws as u64).filter_map(|draw| self.redraw(settings.seed, &label, draw)).collect()
    }

    fn redraw(&self, seed: u64, label: &str, draw: u64) -> Option<Core> {
        let times = draw_clusters(&mut stream(seed, label, draw), self.ends.len());
        let mut votes = VotesByTurnout::EMPTY;
        let mut start = 0;
        for (&end, &times) in self.ends.iter().zip(&times) {
            if times > 0 {
                for &(bin, own, others) in &self.entries[start..end] {
                    votes.own[bin] += u64::from(times) * own;
                    votes.others[bin] += u64::from(times) * others;
                }
            }
            start = end;
        }
        votes.core()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A station of 1,000 voters with this turnout in percent.
    fn station(percent: u32, own: u32, others: u32) -> Rated {
        Rated { row: 0, voted: 10 * percent, registered: 1000, leader: own, base: own + others }
    }

    #[test]
    fn the_tail_beyond_the_core_is_extra() {
        // Core at 50 % with as many votes on either side; at 80 % 300 of the side tested against 100.
        let stations = [station(49, 200, 200), station(50, 300, 300), station(51, 250, 250), station(80, 300, 100)];
        let core = VotesByTurnout::of(&stations).core().expect("others have votes");
        assert_eq!((core.turnout, core.odds, core.extra, core.share()), (50, 1.0, 200.0, 0.5));
    }

    #[test]
    fn two_hills_are_seen_and_a_dent_is_not() {
        let hill = |centre: u32, height: u32| {
            (0..9)
                .map(move |i| station(centre + i - 4, 100, height.saturating_sub(height / 5 * i.abs_diff(4))))
                .collect::<Vec<_>>()
        };
        let two = VotesByTurnout::of(&[hill(40, 1000), hill(80, 900)].concat());
        let turnouts: Vec<usize> = two.hills().iter().map(|hill| hill.turnout).collect();
        assert_eq!(turnouts, [40, 80]);
        assert!((two.second_hill() - 900.0 / 1900.0).abs() < 1e-12);
        let one = VotesByTurnout::of(&[hill(40, 1000), hill(80, 20)].concat());
        assert_eq!(one.hills().len(), 1);
    }

    #[test]
    fn full_turnout_is_left_out_and_nothing_has_no_core() {
        assert!(VotesByTurnout::of(&[station(100, 900, 100)]).core().is_none());
        assert!(VotesByTurnout::of(&[station(60, 600, 0)]).core().is_none());
    }

    #[test]
    fn a_core_at_the_edge_is_refused() {
        let votes = VotesByTurnout::of(&[station(95, 500, 450)]);
        let core = votes.core().expect("others have votes");
        let none = Redraws { entries: Vec::new(), ends: Vec::new() };
        assert!(core.faults(&votes, &none, &[]).contains(&Fault::Edge));
    }
}
