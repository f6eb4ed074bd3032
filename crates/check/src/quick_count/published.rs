//! The official result of the whole election beside a sample: from the official table, or where there is none from published figures.

use adil_finding::Message;
use adil_record::{OptionId, Quantity, SampleCount};

use super::official::Official;
use crate::ContestView;
use crate::releases::arithmetic::sheet::{Sheet, national};

/// An official ratio.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ratio {
    pub(super) value: f64,
    /// How far it may be from what it was rounded from.
    pub(super) slack: f64,
}

/// What the official result is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Whole {
    /// By option, in the order of the reports' columns; of the votes for these options, as the sample's shares are.
    pub(super) shares: Vec<Option<Ratio>>,
    pub(super) turnout: Option<Ratio>,
    /// The part of the election's stations that the frame has, or of the frame's that the table has; `None` where no number says.
    pub(super) covered: Option<f64>,
    /// Where it is from.
    pub(super) from: From,
}

/// Where an official result is from.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum From {
    /// The stations of the frame in the official table.
    Table,
    /// The figures of this release, which are of the whole election.
    Figures(Message),
}

impl Whole {
    /// The official result; `None` where there is neither a table nor a figure that can be compared.
    pub(super) fn of(view: &ContestView<'_>, count: &SampleCount, table: Option<&Official<'_>>) -> Option<Self> {
        match table {
            Some(table) => Self::of_table(count, table),
            None => Self::of_figures(view, count),
        }
    }

    fn of_table(count: &SampleCount, table: &Official<'_>) -> Option<Self> {
        let exact = |value| Ratio { value, slack: 0.0 };
        let shares = table.shares(&count.reports.options)?;
        Some(Self {
            shares: shares.into_iter().map(|share| Some(exact(share))).collect(),
            turnout: table.turnout(count).map(exact),
            covered: Some(table.found() as f64 / count.frame.stations.len().max(1) as f64),
            from: From::Table,
        })
    }

    /// From the organisers' last release with a figure for every option of the reports. Shares are taken of the votes for these options: a
    /// printed one may be of all ballots.
    fn of_figures(view: &ContestView<'_>, count: &SampleCount) -> Option<Self> {
        let sheets = national(view.contest);
        let official = || sheets.iter().rev().filter(|sheet| sheet.release.is_official() && sheet.is_of_the_count());
        let options = &count.reports.options;
        let (sheet, shares) =
            official().find_map(|sheet| Some((sheet, counted(sheet, options).or_else(|| printed(sheet, options))?)))?;
        let stations = official().find_map(|sheet| sheet.count(&Quantity::Stations));
        let frame = count.frame.stations.len() as f64;
        Some(Self {
            shares: shares.into_iter().map(Some).collect(),
            turnout: official().find_map(turnout),
            covered: stations
                .filter(|stations| stations.value > 0)
                .map(|stations| (frame / stations.value as f64).min(stations.value as f64 / frame.max(1.0))),
            from: From::Figures(sheet.label()),
        })
    }
}

fn counted(sheet: &Sheet<'_>, options: &[OptionId]) -> Option<Vec<Ratio>> {
    let votes = options.iter().map(|option| Some(sheet.count(&Quantity::Votes(*option))?.value as f64));
    let votes: Vec<f64> = votes.collect::<Option<_>>()?;
    let all: f64 = votes.iter().sum();
    (all > 0.0).then(|| votes.iter().map(|votes| Ratio { value: votes / all, slack: 0.0 }).collect())
}

fn printed(sheet: &Sheet<'_>, options: &[OptionId]) -> Option<Vec<Ratio>> {
    let printed = options.iter().map(|option| sheet.percent(&Quantity::Share(*option)));
    let printed: Vec<_> = printed.collect::<Option<_>>()?;
    let all: f64 = printed.iter().map(|share| share.fraction()).sum();
    // p / sum p moves by at most its own half digit and its part of all of them.
    let halves: f64 = printed.iter().map(|share| share.half_digit()).sum();
    let ratio = |share: &adil_record::Percentage| {
        let value = share.fraction() / all;
        Ratio { value, slack: (share.half_digit() + value * halves) / all }
    };
    (all > 0.0).then(|| printed.iter().map(ratio).collect())
}

fn turnout(sheet: &Sheet<'_>) -> Option<Ratio> {
    let counts = sheet.count(&Quantity::Voted).zip(sheet.count(&Quantity::Registered));
    let counted = counts
        .filter(|(_, registered)| registered.value > 0)
        .map(|(voted, registered)| Ratio { value: voted.value as f64 / registered.value as f64, slack: 0.0 });
    let printed = || sheet.percent(&Quantity::Turnout);
    counted.or_else(|| printed().map(|turnout| Ratio { value: turnout.fraction(), slack: turnout.half_digit() }))
}
