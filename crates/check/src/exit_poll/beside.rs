//! The shares of an exit poll beside those of the count.

use adil_finding::Arg;
use adil_record::{OptionId, Percentage, Quantity, Status};

use super::weighted::Weighted;
use crate::ContestView;
use crate::releases::arithmetic::official::{self, Official};
use crate::releases::arithmetic::sheet::{Sheet, national, percent};

/// A share in an exit poll and in the count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Beside {
    pub(super) option: OptionId,
    /// The share in the poll.
    pub(super) poll: Said,
    /// That of its stations, weighted, where it has answers by station.
    pub(super) weighted: Option<Weighted>,
    /// That which its publisher printed.
    pub(super) printed: Option<Percentage>,
    /// The share in the count.
    pub(super) count: f64,
}

/// A share in a poll: its stations', weighted, or the one that was printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Said {
    Weighted(f64),
    Printed(Percentage),
}

impl Said {
    pub(super) fn fraction(self) -> f64 {
        match self {
            Self::Weighted(share) => share,
            Self::Printed(share) => share.fraction(),
        }
    }

    pub(super) fn decimals(self) -> u8 {
        match self {
            Self::Weighted(_) => 2,
            Self::Printed(share) => share.decimals(),
        }
    }

    /// How far it may be from what it was rounded from.
    pub(super) fn half_digit(self) -> f64 {
        match self {
            Self::Weighted(_) => 0.0,
            Self::Printed(share) => share.half_digit(),
        }
    }

    pub(super) fn arg(self) -> Arg {
        match self {
            Self::Weighted(share) => Arg::Percent(share, 2),
            Self::Printed(share) => percent(share),
        }
    }
}

/// An exit poll with the shares that the count gives as well.
pub(super) struct Poll<'a> {
    pub(super) sheet: Sheet<'a>,
    pub(super) shares: Vec<Beside>,
}

impl Beside {
    /// The odds in the count by the odds in the poll: how many times more readily those who chose something else would have had to
    /// answer than those who chose the option, if nothing but that made the difference. Below 1 it is the other way round.
    ///
    /// ```text
    /// alpha = [q / (1 - q)] / [p / (1 - p)],   p the share in the poll, q in the count
    /// ```
    pub(super) fn odds(&self) -> f64 {
        odds_ratio(self.poll.fraction(), self.count)
    }
}

/// The odds of `count` by those of `poll`, both fractions.
pub(super) fn odds_ratio(poll: f64, count: f64) -> f64 {
    count * (1.0 - poll) / ((1.0 - count) * poll)
}

impl<'a> Poll<'a> {
    /// The exit polls of a contest, in the order of its releases; those without a share that the count has too are left out, and
    /// those whose answers were weighted with the result.
    pub(super) fn all(view: &ContestView<'a>) -> Vec<Self> {
        let contest = view.contest;
        let sheets = national(contest);
        // A poll may have answers by station and no figure of the whole.
        let releases = contest.releases.iter().filter(|release| release.status == Status::ExitPoll);
        let exit_polls: Vec<Sheet<'a>> = releases.map(|release| Sheet::new(contest, release)).collect();
        let usable =
            exit_polls.iter().filter(|sheet| !sheet.release.poll.as_ref().is_some_and(|poll| poll.weighted_to_result));
        let of_table = Official::of(contest);
        let of = |sheet: &Sheet<'a>| {
            let beside = |option| {
                let printed = sheet.percent(&Quantity::Share(option));
                let weighted = Weighted::of(view, sheet.release, option);
                let poll = weighted.map(|weighted| Said::Weighted(weighted.share)).or(printed.map(Said::Printed))?;
                let published = official::share(&sheets, option);
                let count = published.or_else(|| *of_table.as_ref()?.shares.get(option.0)?)?;
                let open = |share: f64| share > 0.0 && share < 1.0;
                (open(poll.fraction()) && open(count)).then_some(Beside { option, poll, weighted, printed, count })
            };
            Self { sheet: *sheet, shares: sheet.options().filter_map(beside).collect() }
        };
        usable.map(of).filter(|poll| !poll.shares.is_empty()).collect()
    }

    /// The share that a finding is about: that of the side in power or of the one that leads the count, else that with
    /// the largest difference of odds.
    pub(super) fn main(&self) -> Option<Beside> {
        let of_incumbent = |share: &&Beside| self.sheet.contest.options[share.option.0].incumbent;
        let leads = |share: &&Beside| share.count > 0.5;
        let furthest = || self.shares.iter().max_by(|a, b| a.odds().ln().abs().total_cmp(&b.odds().ln().abs()));
        let found = self.shares.iter().find(of_incumbent).or_else(|| self.shares.iter().find(leads));
        found.or_else(furthest).copied()
    }

    /// The share of an option.
    pub(super) fn share(&self, option: OptionId) -> Option<Beside> {
        self.shares.iter().find(|share| share.option == option).copied()
    }
}

/// How many voted, by the organisers' last figure, else by their table.
pub(super) fn voted(view: &ContestView<'_>) -> Option<u64> {
    let sheets = national(view.contest);
    let of_the_count = sheets.iter().rev().filter(|sheet| sheet.release.is_official() && sheet.is_of_the_count());
    let published = of_the_count.filter_map(|sheet| sheet.count(&Quantity::Voted)).map(|count| count.value).next();
    let added = || Some(view.tested.as_ref()?.turnout_numerator.as_ref()?.sum());
    published.or_else(added).filter(|&voted| voted > 0)
}
