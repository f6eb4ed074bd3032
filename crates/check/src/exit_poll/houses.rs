//! # exit-poll/houses
//!
//! Asks whether the count is further from several exit polls than these are from each other.
//!
//! **What it looks at.** All exit polls of a contest that give a share of one option, two at least.
//!
//! **Formula.** The polls are taken for as many draws from houses, each with an offset of its own that is larger than its sampling
//! error; of k shares with mean m and standard deviation s, and the share q of the count,
//!
//! ```text
//! t = (q - m) / (s sqrt(1 + 1/k)),   k - 1 degrees of freedom, two-sided
//! ```
//!
//! **Null model.** The offsets of houses are symmetric around 0 and normal, and the count is what a further house without sampling error
//! would have found.
//!
//! **When it is wrong.** Houses that paid, instructed or copied each other are fewer than they seem. With two or three polls only enormous
//! differences are seen; the smallest that would have been is given.
//!
//! **What may not be concluded.** That all polls lie on one side of the count shows nothing once houses differ: voters who do not answer may do so
//! in the same way to all of them. A small p says that the count is unlike the polls, not which of them is wrong.
//!
//! **References.** Kazakhstan 2005: 87.4, 86.9, 83.2 and 77.6 % beside 91.15 %: t = 1.46 with 3 degrees of freedom, p = .24.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Subject, Unit, Value, Verdict};
use adil_record::OptionId;
use adil_stat::{OneMore, t_quantile};

use super::beside::{Beside, Poll};
use crate::{Check, Claim, ContestView, Page, Settings};

/// The check.
pub(crate) struct Houses;

const ID: CheckId = CheckId("exit-poll/houses");
/// A p-value from here on says that the houses differ as much among themselves.
const INSIDE: f64 = 0.05;

impl Check for Houses {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("houses.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Finding> {
        let polls = Poll::all(view);
        // The option that most polls are about.
        let main: Vec<OptionId> = polls.iter().filter_map(|poll| Some(poll.main()?.option)).collect();
        let times = |option: &OptionId| main.iter().filter(|other| *other == option).count();
        let Some(&option) = main.iter().max_by_key(|option| (times(option), std::cmp::Reverse(option.0))) else {
            return Vec::new();
        };
        let shares: Vec<(&Poll<'_>, Beside)> =
            polls.iter().filter_map(|poll| Some((poll, poll.share(option)?))).collect();
        finding(view, option, &shares).into_iter().collect()
    }
}

fn finding(view: &ContestView<'_>, option: OptionId, shares: &[(&Poll<'_>, Beside)]) -> Option<Finding> {
    let count = shares.first()?.1.count;
    let points: Vec<f64> = shares.iter().map(|(_, share)| 100.0 * share.poll.fraction()).collect();
    let more = OneMore::of(100.0 * count, &points)?;
    // The difference whose p-value would have been INSIDE.
    let needed = t_quantile(1.0 - INSIDE, more.freedom as f64) * more.sd * (1.0 + 1.0 / points.len() as f64).sqrt();
    let name = view.contest.options[option.0].name.as_str();
    let said = |id| {
        Message::new(id)
            .with("option", name)
            .with("polls", points.len())
            .with("mean", Arg::Percent(more.mean / 100.0, 1))
            .with("official", Arg::Percent(count, 2))
            .with("p", Arg::Probability(more.p))
    };
    let (id, brief, reason) = if more.p >= INSIDE {
        ("houses-inside", "houses-brief-inside", Reason::NoPower)
    } else {
        ("houses-outside", "houses-brief-outside", Reason::NotIdentified)
    };
    let statement = said(id).with("sd", Arg::Number(more.sd, 1)).with("needed", Arg::Number(needed, 0));
    let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let mut finding =
        Finding::new(ID, Verdict::Undecided(reason), Subject::contest(&view.contest.title).side(name), statement)
            .brief(said(brief))
            .caveat(Message::new("houses-caveat"))
            .measures([
                Measure::count("polls", points.len(), Unit::Pure, Message::new("houses-source-polls")),
                real("polls_mean", more.mean / 100.0, Unit::Fraction, "houses-source-mean"),
                real("polls_sd", more.sd, Unit::PercentagePoints, "houses-source-sd"),
                real("t", more.t, Unit::StandardDeviations, "houses-source-t"),
                real("p", more.p, Unit::Probability, "houses-source-p"),
                real("difference_needed", needed, Unit::PercentagePoints, "houses-source-needed"),
            ]);
    finding.evidence.extend(shares.iter().map(|(poll, share)| {
        let statement = Message::new("houses-line").with("release", poll.sheet.label()).with("said", share.poll.arg());
        Evidence::new(statement).value("poll_share", Value::Real(share.poll.fraction()))
    }));
    Some(finding)
}
