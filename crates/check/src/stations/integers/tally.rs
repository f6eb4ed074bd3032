//! The test statistics over all stations.

use adil_record::Counts;
use adil_stat::PluginBinomial;

use super::{
    chance::{PERCENTAGES, Sum, whole_chance, whole_percentage},
    lattice::contrast,
};
use crate::Tested;

/// Registers smaller than this are left out, as in the published recipe.
const SMALLEST_REGISTER: u32 = 100;
/// Turnout and shares above this percentage are left out, as in the published recipe.
const HIGHEST_PERCENT: u64 = 99;
/// The interior: percentages from here ...
const INTERIOR_LOW: u64 = 10;
/// ... to here.
const INTERIOR_HIGH: u64 = 95;

/// The columns that the test needs.
pub(super) struct Columns<'a> {
    votes: &'a Counts,
    base: &'a Counts,
    turnout: Option<(&'a Counts, &'a Counts)>,
    regions: Option<&'a adil_record::Names>,
}

/// A part of a whole, at one station.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quotient {
    /// The numerator.
    pub(super) part: u32,
    /// The denominator, above zero.
    pub(super) whole: u32,
}

/// One station's quotients.
#[derive(Debug, Clone, Copy)]
pub(super) struct StationQuotients {
    /// The share of the side tested.
    pub(super) share: Quotient,
    /// The turnout, where the table has one.
    pub(super) turnout: Option<Quotient>,
}

impl<'a> Columns<'a> {
    /// The columns of a table, with `numerator` as that of turnout; without turnout where there is no register.
    pub(super) fn of(tested: &'a Tested<'_>, numerator: Option<&'a Counts>) -> Option<Self> {
        Some(Self {
            votes: tested.leader_votes,
            base: tested.share_base.as_ref()?,
            turnout: numerator.zip(tested.registered),
            regions: tested.table.regions(),
        })
    }

    /// Whether there is a turnout.
    pub(super) fn has_turnout(&self) -> bool {
        self.turnout.is_some()
    }

    /// The stations with all their numbers and papers in the box, with their rows.
    pub(super) fn stations(&self) -> impl Iterator<Item = (usize, StationQuotients)> + '_ {
        (0..self.votes.len()).filter_map(|row| Some((row, self.station(row)?)))
    }

    fn station(&self, row: usize) -> Option<StationQuotients> {
        let share = Quotient { part: self.votes.get(row)?, whole: self.base.get(row)? };
        let turnout = match self.turnout {
            Some((numerator, register)) => Some(Quotient { part: numerator.get(row)?, whole: register.get(row)? }),
            None => None,
        };
        (share.whole > 0).then_some(StationQuotients { share, turnout })
    }
}

impl Quotient {
    fn at_most(self, percent: u64) -> bool {
        100 * u64::from(self.part) <= percent * u64::from(self.whole)
    }

    fn is_interior(self) -> bool {
        self.at_most(INTERIOR_HIGH) && 100 * u64::from(self.part) >= INTERIOR_LOW * u64::from(self.whole)
    }
}

impl StationQuotients {
    /// The published selection: a register of 100 or more, turnout and share at most 99 %.
    fn is_kept(&self) -> bool {
        let turnout = self.turnout.is_none_or(|t| t.whole >= SMALLEST_REGISTER && t.at_most(HIGHEST_PERCENT));
        turnout && self.share.at_most(HIGHEST_PERCENT)
    }
}

/// The three counts: either, share alone, turnout alone.
#[derive(Debug, Clone, Default)]
pub(super) struct Kinds {
    /// Stations at which turnout or share is whole.
    pub(super) either: Sum,
    /// Stations whose share is whole.
    pub(super) result: Sum,
    /// Stations whose turnout is whole; empty without turnout.
    pub(super) turnout: Sum,
}

/// Stations at each whole percentage of the interior.
#[derive(Debug, Clone)]
pub(super) struct Peaks {
    observed: [usize; PERCENTAGES],
    expected: [f64; PERCENTAGES],
    variance: [f64; PERCENTAGES],
}

/// One whole percentage.
#[derive(Debug, Clone, Copy)]
pub(super) struct Peak {
    /// The percentage.
    pub(super) percent: usize,
    /// Stations at it.
    pub(super) observed: usize,
    /// Stations at it by chance.
    pub(super) expected: f64,
    /// The difference in standard deviations.
    pub(super) z: f64,
}

/// Everything that the test counts.
#[derive(Debug, Clone)]
pub(super) struct Outcome {
    /// Stations kept.
    pub(super) kept: usize,
    /// Whether turnout could be looked at.
    pub(super) has_turnout: bool,
    /// By the published recipe.
    pub(super) published: Kinds,
    /// Within the interior.
    pub(super) interior: Kinds,
    /// The local contrast; its `either` is empty.
    pub(super) lattice: Kinds,
    /// Shares at each whole percentage.
    pub(super) share_peaks: Peaks,
    /// Turnouts at each whole percentage.
    pub(super) turnout_peaks: Peaks,
    /// The interior count of turnout or share by region; empty without regions.
    pub(super) regions: Vec<Sum>,
}

/// One quotient's part in the counts.
#[derive(Default)]
struct Part {
    whole: bool,
    chance: f64,
    interior: bool,
}

impl Outcome {
    /// Counts over all stations.
    pub(super) fn of(columns: &Columns<'_>) -> Self {
        let regions = columns.regions.map_or(0, adil_record::Names::distinct);
        let mut outcome = Self {
            kept: 0,
            has_turnout: columns.has_turnout(),
            published: Kinds::default(),
            interior: Kinds::default(),
            lattice: Kinds::default(),
            share_peaks: Peaks::default(),
            turnout_peaks: Peaks::default(),
            regions: vec![Sum::default(); regions],
        };
        for (row, station) in columns.stations().filter(|(_, station)| station.is_kept()) {
            outcome.push(station, columns.regions.map(|names| names.code(row)));
        }
        outcome
    }

    fn push(&mut self, station: StationQuotients, region: Option<usize>) {
        let Some(share) = part(station.share, &mut self.share_peaks, &mut self.lattice.result) else { return };
        let turnout = station.turnout.map(|turnout| part(turnout, &mut self.turnout_peaks, &mut self.lattice.turnout));
        let turnout = match turnout {
            Some(None) => return,
            Some(part) => part,
            None => None,
        };
        self.kept += 1;
        self.published.push(&share, turnout.as_ref());
        let share = Some(share).filter(|share| share.interior);
        let turnout = turnout.filter(|turnout| turnout.interior);
        if let Some(share) = &share {
            self.interior.result.push(share.whole, share.chance);
        }
        if let Some(turnout) = &turnout {
            self.interior.turnout.push(turnout.whole, turnout.chance);
        }
        if share.is_some() || turnout.is_some() {
            let (share, turnout) = (share.unwrap_or_default(), turnout.unwrap_or_default());
            let (whole, chance) = either(&share, &turnout);
            self.interior.either.push(whole, chance);
            if let Some(sum) = region.and_then(|region| self.regions.get_mut(region)) {
                sum.push(whole, chance);
            }
        }
    }
}

/// Whether either is whole, and with what probability: 1 - (1 - a)(1 - b).
fn either(share: &Part, turnout: &Part) -> (bool, f64) {
    (share.whole || turnout.whole, 1.0 - (1.0 - share.chance) * (1.0 - turnout.chance))
}

/// The part of one quotient; `None` where its numerator is above its denominator.
fn part(quotient: Quotient, peaks: &mut Peaks, lattice: &mut Sum) -> Option<Part> {
    let station = PluginBinomial::new(quotient.part, quotient.whole)?;
    let interior = quotient.is_interior();
    let whole = whole_percentage(quotient.part, quotient.whole);
    let chance = whole_chance(&station, |percent, chance| {
        if interior {
            peaks.expected[percent] += chance;
            peaks.variance[percent] += chance * (1.0 - chance);
        }
    });
    if interior {
        if let Some(percent) = whole {
            peaks.observed[percent] += 1;
        }
        if let Some(contrast) = contrast(quotient.part, quotient.whole) {
            lattice.push(contrast.whole, contrast.chance);
        }
    }
    Some(Part { whole: whole.is_some(), chance, interior })
}

impl Kinds {
    fn push(&mut self, share: &Part, turnout: Option<&Part>) {
        self.result.push(share.whole, share.chance);
        if let Some(turnout) = turnout {
            self.turnout.push(turnout.whole, turnout.chance);
        }
        let (whole, chance) = either(share, turnout.unwrap_or(&Part::default()));
        self.either.push(whole, chance);
    }
}

impl Default for Peaks {
    fn default() -> Self {
        Self { observed: [0; PERCENTAGES], expected: [0.0; PERCENTAGES], variance: [0.0; PERCENTAGES] }
    }
}

impl Peaks {
    /// The percentages of the interior, those furthest above chance first.
    pub(super) fn highest(&self) -> Vec<Peak> {
        let peak = |percent: usize| {
            let (observed, expected) = (self.observed[percent], self.expected[percent]);
            let sd = self.variance[percent].sqrt();
            let z = if sd > 0.0 { (observed as f64 - expected) / sd } else { 0.0 };
            Peak { percent, observed, expected, z }
        };
        let mut peaks: Vec<Peak> = (INTERIOR_LOW as usize..=INTERIOR_HIGH as usize).map(peak).collect();
        peaks.sort_by(|a, b| b.z.total_cmp(&a.z).then(a.percent.cmp(&b.percent)));
        peaks
    }
}
