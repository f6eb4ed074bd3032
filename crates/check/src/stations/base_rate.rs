//! How often a sum or an order fails in elections whose results were accepted: the yardstick for clerical error.
//!
//! Honest commissions miscount, misread and mistype. A failure says something about a count only where there are more
//! of them than such errors explain. The counts below were made from the published station results of each election.

use adil_finding::{Evidence, Message, Reason, Value, Verdict, Whose};
use adil_record::Proof;
use adil_stat::{lower_bound, upper_bound};

/// How often something failed in one accepted election.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BaseRate {
    /// The message that names the election.
    election: &'static str,
    /// Stations in which it failed.
    failing: u64,
    /// Stations in which it could be tested.
    tested: u64,
}

/// How the failures found stand against the failures of accepted elections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Nothing failed.
    NoFailure,
    /// There are failures, but no more than clerical error is known to leave.
    Clerical,
    /// There are more, but they contradict nothing; the message says why.
    Open(&'static str),
    /// There are more failures than clerical error is known to leave.
    BeyondClerical,
}

/// The level of both one-sided bounds that are compared.
pub(super) const LEVEL: f64 = 0.99;

const fn rate(election: &'static str, failing: u64, tested: u64) -> BaseRate {
    BaseRate { election, failing, tested }
}

/// Papers received = issued + unused: Poland's is filled in by hand, Bulgaria's record was entered twice.
pub(super) const PAPERS: &[BaseRate] =
    &[rate("base-rate-poland-2014", 523, 27_416), rate("base-rate-bulgaria-2021", 1, 13_005)];

/// Votes and invalid papers = papers in the boxes or voters recorded. In Buenos Aires the number of voters was not
/// copied at all for 337 tables.
pub(super) const IN_BOXES: &[BaseRate] = &[
    rate("base-rate-buenos-aires-2015", 990, 7_326),
    rate("base-rate-poland-2015", 1, 27_859),
    rate("base-rate-bulgaria-2021", 0, 13_005),
    rate("base-rate-peru-2021", 0, 77_153),
];

/// Votes and invalid papers = voters who signed. Voters may sign and keep the paper, so it can fail without error.
pub(super) const SIGNED: &[BaseRate] = &[
    rate("base-rate-georgia-2016", 1_033, 3_668),
    rate("base-rate-buenos-aires-2015", 990, 7_326),
    rate("base-rate-bulgaria-2021", 23, 13_005),
    rate("base-rate-sweden-2018", 0, 6_325),
    rate("base-rate-israel-2021", 0, 12_926),
];

/// Votes of all options = valid papers. Where this is known it never fails, because those systems refuse a record that
/// does not add up; such rates say nothing on clerical error, so the bound is that of a sum written by hand.
pub(super) const VALID: &[BaseRate] = &[
    rate("base-rate-poland-2014", 523, 27_416),
    rate("base-rate-israel-2021", 0, 12_926),
    rate("base-rate-peru-2021", 0, 77_153),
];

/// For sums and orders whose own rate is not known: what a sum written by hand shows.
pub(super) const BY_HAND: &[BaseRate] = &[rate("base-rate-poland-2014", 523, 27_416)];

/// More papers in the boxes than were issued.
pub(super) const BOX_ABOVE_ISSUED: &[BaseRate] =
    &[rate("base-rate-poland-2014", 452, 27_416), rate("base-rate-bulgaria-2021", 15, 13_005)];

/// More votes than voters recorded.
pub(super) const VOTES_ABOVE_VOTERS: &[BaseRate] = &[
    rate("base-rate-buenos-aires-2015", 635, 7_326),
    rate("base-rate-georgia-2016", 125, 3_668),
    rate("base-rate-sweden-2018", 0, 6_325),
    rate("base-rate-israel-2021", 0, 12_926),
];

/// More votes than papers in the boxes.
pub(super) const VOTES_ABOVE_BOX: &[BaseRate] =
    &[rate("base-rate-poland-2014", 523, 27_416), rate("base-rate-bulgaria-2021", 1, 13_005)];

/// More voters than the register and its additions of the day hold.
pub(super) const ABOVE_REGISTER_WITH_ADDITIONS: &[BaseRate] =
    &[rate("base-rate-bulgaria-2021", 14, 12_973), rate("base-rate-israel-2019", 2, 10_539)];

/// More voters than the register printed before the vote, where the additions of the day are not published.
pub(super) const ABOVE_REGISTER: &[BaseRate] = &[
    rate("base-rate-bulgaria-2021", 1_090, 12_973),
    rate("base-rate-georgia-2016", 61, 3_668),
    rate("base-rate-israel-2019", 2, 10_539),
    rate("base-rate-poland-2015", 1, 27_859),
    rate("base-rate-sweden-2018", 0, 6_004),
];

/// A copy of a station's result that differs from the published one: the paper protocols and the machines' memory of one station.
pub(crate) const COPIES: &[BaseRate] = &[rate("base-rate-bulgaria-2021", 6, 9_580)];

/// A report of turnout below the one before it.
pub(super) const REPORTS_FALL: &[BaseRate] = &[
    rate("base-rate-georgia-2016", 6, 3_668),
    rate("base-rate-georgia-2013", 1, 3_707),
    rate("base-rate-georgia-2012", 8, 3_696),
];

/// The last report of turnout above the number of those who signed for a ballot.
pub(super) const REPORTS_ABOVE_PROTOCOL: &[BaseRate] = &[
    rate("base-rate-georgia-2016", 4, 3_668),
    rate("base-rate-georgia-2013", 3, 3_707),
    rate("base-rate-georgia-2012", 2, 3_696),
];

/// A report of turnout above the register printed before the vote.
pub(super) const REPORTS_ABOVE_REGISTER: &[BaseRate] = &[
    rate("base-rate-georgia-2016", 2, 3_668),
    rate("base-rate-georgia-2013", 3, 3_707),
    rate("base-rate-georgia-2012", 20, 3_696),
];

impl Standing {
    /// Compares `failing` of `tested` with the largest of `rates`: beyond clerical error where the exact lower bound of
    /// the rate found is above the exact upper bound of that rate, both one-sided at [`LEVEL`]. `honest` is the message of
    /// what makes it fail without any error, where there is such a thing. A table of fewer than
    /// [`Proof::ENOUGH_ROWS`] rows may be misread, which no proof of its sums would have noticed.
    pub(super) fn of(failing: u64, tested: u64, rates: &[BaseRate], honest: Option<&'static str>) -> Self {
        if failing == 0 {
            Self::NoFailure
        } else if !is_beyond(failing, tested, rates) {
            Self::Clerical
        } else if let Some(honest) = honest {
            Self::Open(honest)
        } else if tested < Proof::ENOUGH_ROWS {
            Self::Open("base-rate-few-rows")
        } else {
            Self::BeyondClerical
        }
    }

    /// The verdict for a table published by `whose` side.
    pub(super) fn verdict(self, whose: Whose) -> Verdict {
        match self {
            Self::NoFailure => Verdict::Proven,
            Self::Clerical | Self::Open(_) => Verdict::Undecided(Reason::Descriptive),
            Self::BeyondClerical => Verdict::Contradicted(whose),
        }
    }

    /// A sentence with why failures that are more than clerical contradict nothing, where it takes that.
    pub(super) fn because(self, sentence: Message) -> Message {
        match self {
            Self::Open(why) => sentence.with("why", Message::new(why)),
            Self::NoFailure | Self::Clerical | Self::BeyondClerical => sentence,
        }
    }
}

/// Whether `failing` of `tested` are more than the largest of `rates`: the exact lower bound of the rate found is above the exact upper bound of
/// that rate, both one-sided at [`LEVEL`].
pub(crate) fn is_beyond(failing: u64, tested: u64, rates: &[BaseRate]) -> bool {
    failing > 0 && lower_bound(failing, tested, LEVEL) > bound(rates)
}

/// The exact upper bound of the largest of `rates`.
pub(super) fn bound(rates: &[BaseRate]) -> f64 {
    rates.iter().map(|rate| upper_bound(rate.failing, rate.tested, LEVEL)).fold(0.0, f64::max)
}

impl BaseRate {
    /// This rate as a line of evidence beside `what`, the sum or order it is of.
    pub(crate) fn evidence(self, what: Message) -> Evidence {
        let share = self.failing as f64 / self.tested as f64;
        let statement = Message::new("base-rate-line")
            .with("election", Message::new(self.election))
            .with("what", what)
            .with("failing", self.failing)
            .with("tested", self.tested)
            .with("rate", adil_finding::Arg::Percent(share, 2));
        Evidence::new(statement).value("base_rate", Value::Real(share))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_failures_are_clerical_and_many_are_not() {
        assert_eq!(Standing::of(0, 95_000, BOX_ABOVE_ISSUED, None), Standing::NoFailure);
        // Russia, 1 to 18 stations a year.
        assert_eq!(Standing::of(18, 95_000, BOX_ABOVE_ISSUED, None), Standing::Clerical);
        // scipy.stats.beta.ppf(.99, 991, 6336) = 0.14469
        assert!((bound(IN_BOXES) - 0.144_692_501_6).abs() < 1e-8);
        // The elections of the table stay inside their own bound.
        for rates in [PAPERS, IN_BOXES, SIGNED, VALID, BOX_ABOVE_ISSUED, VOTES_ABOVE_VOTERS, ABOVE_REGISTER] {
            for rate in rates {
                assert_ne!(Standing::of(rate.failing, rate.tested, rates, None), Standing::BeyondClerical);
            }
        }
        // A fifth of the stations is beyond 13.5 %.
        assert_eq!(Standing::of(200, 1_000, IN_BOXES, None), Standing::BeyondClerical);
        // One failure in a table of one row proves nothing at 1.9 %: its lower bound is 1 %.
        assert_eq!(Standing::of(1, 1, PAPERS, None), Standing::Clerical);
    }

    #[test]
    fn few_rows_and_honest_causes_contradict_nothing() {
        // Nine of nine: the lower bound is 0.01^(1/9) = 59.9 %, far beyond 1.9 %, but too few rows to trust the reading.
        assert_eq!(Standing::of(9, 9, PAPERS, None), Standing::Open("base-rate-few-rows"));
        assert_eq!(Standing::of(10, 10, PAPERS, None), Standing::BeyondClerical);
        assert_eq!(Standing::of(900, 1_000, PAPERS, Some("honest")), Standing::Open("honest"));
        assert_eq!(Standing::of(1, 1_000, PAPERS, Some("honest")), Standing::Clerical);
        // One contradicted sum is not hidden by another that contradicts nothing.
        assert!(Standing::BeyondClerical > Standing::Open("honest") && Standing::Open("") > Standing::Clerical);
        let open = Standing::Open("honest").verdict(Whose::Organisers);
        assert_eq!(open, Verdict::Undecided(Reason::Descriptive));
    }
}
