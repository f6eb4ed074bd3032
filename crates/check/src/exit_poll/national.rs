//! # exit-poll/national
//!
//! Sets the shares of an exit poll against those of the count, and says what would have to be so for both to be right.
//!
//! **What it looks at.** Each release whose status is `exit-poll`: its shares, and of its design (`[contest.release.poll]`) the interviews,
//! refusals and the design effect; and the organisers' last share of the same options.
//!
//! Where the poll has its answers by station, its share is not the printed one but is worked out from them, with its design effect:
//!
//! ```text
//! share at station i        p_i = sum_c f_c x_ic / sum_c f_c n_ic      f_c: asked by answered in cell c (sex, age) of the stratum, 1 without cells
//! stands for                w_i = 1 / pi_i,  T_i its voters, else those asked, else those who answered
//! poll                      p = sum_h g_h sum_i w_i T_i p_i / sum_h g_h sum_i w_i T_i,   g_h = turnout of the stratum / sum_i w_i T_i
//! D = v / (p (1 - p) / n),  v linearised over stations within strata (`stat::weighted_ratio`)
//! ```
//!
//! Nothing of this comes from the official vote for an option. The probabilities pi_i are those of the table (`poll-columns`), else equal within a
//! stratum (`strata` in the poll's design); turnout is that of the design, else of the count.
//!
//! **Formula.** For a share p in the poll and q in the count, of n interviews with the design effect D:
//!
//! ```text
//! z = (p - q) / sqrt(p (1 - p) / n)                       at D = 1,   margin = 1.96 sqrt(D p (1 - p) / n)
//! alpha = [q / (1 - q)] / [p / (1 - p)]                    the tipping point
//! power = Phi(0.05 / sqrt(D p (1 - p) / n) - 1.96)         of a shift by 5 points
//! ```
//!
//! alpha says how many times more readily those who chose something else must have answered than those who chose the option, if that
//! alone made the difference; below 1 its inverse is told, the other way round. Its interval has the poll's sampling error at D (95 %), or
//! only the rounding of p where n is not told. One of five sentences is said:
//!
//! 1. the difference is inside sampling error: |p - q| is at most the margin;
//! 2. else it is explained by one side answering up to 1.2 times as readily;
//! 3. it would need 1.2 to 2 times: possible, not shown;
//! 4. it would need more than 2 times;
//! 5. paired evidence speaks against the count (see `exit-poll/paired`).
//!
//! The first is `unremarkable` where the power is at least 75 %, else `no-power`; the second to fourth are `not-identified`, the fifth is
//! `anomalous`. Without interviews there is no z, no margin and no first sentence.
//!
//! **Null model.** Voters are drawn by lot in clusters and all answer alike; where the poll gives no design effect, D = 25 is
//! taken, at the upper end of what stations have as clusters, so that "outside" is not said lightly; where it has answers by station, it is computed.
//!
//! **When it is wrong.** A design effect above the one taken; one that is computed from few stations is rough. Stations drawn by their size
//! whose table gives no probabilities. A turnout that was raised with the votes raises the weights of its stations. Voters at home, abroad or before the day, who
//! are in the count and not in the poll: where their part is known, the finding says what they can have changed. Answers weighted with the result: such polls are left aside.
//!
//! **What may not be concluded.** An exit poll alone never shows that a count is wrong: whoever fears an answer, or despises the
//! interviewer, shifts it. Nor does an alpha near 1 show that a count is right.
//!
//! **References.** 2007, Kazakhstan: about 80 % and 88.41 %, alpha 1.91. 2005, Kazakhstan: four houses, 1.48, 1.55, 2.08, 2.97; 23,780 interviews at
//! 283 stations have a margin of 0.48 points at D = 1, 1.5 at 10 and 2.4 at 25, where 1 was claimed. Guidelines of ESOMAR and WAPOR on what a poll
//! must disclose. Mokrzycki, Keeter and Kennedy, Public Opinion Quarterly 73, 2009.

use adil_finding::{Arg, CheckId, Evidence, Finding, Interval, Measure, Message, Reason, Unit, Value, Verdict};
use adil_record::{Contest, PollDesign, Status};
use adil_stat::normal_upper;

use super::beside::{Beside, Poll, odds_ratio};
use super::figures::{self, Drawn};
use super::paired;
use super::words;
use crate::releases::arithmetic::sheet::Sheet;
use crate::{Check, Claim, ContestView, Page, Settings};

/// The check.
pub(crate) struct National;

const ID: CheckId = CheckId("exit-poll/national");
/// The normal deviate of a two-sided interval of 95 %.
pub(super) const Z: f64 = 1.96;
/// The design effect where the poll gives none.
const CAUTIOUS_EFFECT: f64 = 25.0;
/// The shift that a poll should be able to show, as a fraction.
const SHIFT: f64 = 0.05;
/// The power from which silence says something.
const ENOUGH_POWER: f64 = 0.75;
/// Up to here a difference of readiness is small, …
const SMALL_ODDS: f64 = 1.2;
/// … and beyond here it is large.
const LARGE_ODDS: f64 = 2.0;

/// What may be said of a poll and the count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sentence {
    Inside,
    Explained,
    Possible,
    Beyond,
    Paired,
}

impl Check for National {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("national.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let mut findings = weighted(view.contest);
        let polls = Poll::all(view);
        let mut said: Vec<Finding> =
            polls.iter().filter_map(|poll| Some(finding(view, poll, poll.main()?, settings))).collect();
        let main = polls.iter().find_map(Poll::main);
        if let (Some(first), Some(main)) = (said.first_mut(), main) {
            let drawn = |poll: &Poll<'_>| {
                let share = poll.share(main.option)?;
                let margins = Error::of(&share, poll.sheet.release.poll.as_ref())
                    .map(|error| (error.margin(1.0), error.margin(error.effect)));
                Some(Drawn { label: poll.sheet.label(), share: share.poll.fraction(), margins })
            };
            let option = &view.contest.options[main.option.0].name;
            first.figures.extend(figures::polls(option, main.count, polls.iter().filter_map(drawn).collect()));
        }
        findings.append(&mut said);
        findings
    }
}

/// The polls that are left aside, since they were weighted with the result.
fn weighted(contest: &Contest) -> Vec<Finding> {
    let is_weighted = |sheet: &Sheet<'_>| {
        let by_result = sheet.release.poll.as_ref().is_some_and(|poll| poll.weighted_to_result);
        sheet.release.status == Status::ExitPoll && by_result
    };
    let say = |sheet: Sheet<'_>| {
        let message = |id| Message::new(id).with("release", sheet.label());
        let finding =
            sheet.finding_of(ID, Verdict::Undecided(Reason::NotIdentified), message("exit-poll-weighted"), vec![]);
        finding.brief(Message::new("exit-poll-brief-weighted"))
    };
    contest.releases.iter().map(|release| Sheet::new(contest, release)).filter(is_weighted).map(say).collect()
}

/// The error of a poll's share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Error {
    /// The standard error at a design effect of 1.
    plain: f64,
    /// The design effect taken.
    pub(super) effect: f64,
    /// Half the interval of 95 % in standard errors.
    factor: f64,
}

impl Error {
    fn of(share: &Beside, design: Option<&PollDesign>) -> Option<Self> {
        if let Some(weighted) = share.weighted {
            let (effect, factor) = (weighted.design_effect, weighted.factor);
            return Some(Self { plain: weighted.error / effect.sqrt(), effect, factor });
        }
        let share = share.poll.fraction();
        let interviews = design?.interviews? as f64;
        let effect = design?.design_effect.unwrap_or(CAUTIOUS_EFFECT);
        Some(Self { plain: (share * (1.0 - share) / interviews).sqrt(), effect, factor: Z })
    }

    /// The half width of the interval of 95 %, at a design effect.
    fn margin(self, effect: f64) -> f64 {
        // The margins at other design effects are those of as many voters.
        let factor = if effect == self.effect { self.factor } else { Z };
        factor * self.plain * effect.sqrt()
    }

    /// The probability that a shift would have been outside the margin.
    fn power(self) -> f64 {
        normal_upper(self.factor - SHIFT / (self.plain * self.effect.sqrt()))
    }
}

impl Sentence {
    fn of(beside: &Beside, error: Option<Error>, is_paired: bool) -> Self {
        let odds = beside.odds().max(beside.odds().recip());
        let inside = |error: Error| (beside.poll.fraction() - beside.count).abs() <= error.margin(error.effect);
        match error {
            _ if is_paired => Self::Paired,
            Some(error) if inside(error) => Self::Inside,
            _ if odds <= SMALL_ODDS => Self::Explained,
            _ if odds <= LARGE_ODDS => Self::Possible,
            _ => Self::Beyond,
        }
    }

    fn id(self) -> [&'static str; 2] {
        match self {
            Self::Inside => ["exit-poll-inside", "exit-poll-brief-inside"],
            Self::Explained => ["exit-poll-explained", "exit-poll-brief-explained"],
            Self::Possible => ["exit-poll-possible", "exit-poll-brief-possible"],
            Self::Beyond => ["exit-poll-beyond", "exit-poll-brief-beyond"],
            Self::Paired => ["exit-poll-against", "exit-poll-brief-against"],
        }
    }

    fn verdict(self, error: Option<Error>) -> Verdict {
        match self {
            Self::Inside if error.is_some_and(|error| error.power() >= ENOUGH_POWER) => Verdict::Unremarkable,
            Self::Inside => Verdict::Undecided(Reason::NoPower),
            Self::Paired => Verdict::Anomalous,
            _ => Verdict::Undecided(Reason::NotIdentified),
        }
    }
}

fn finding(view: &ContestView<'_>, poll: &Poll<'_>, main: Beside, settings: &Settings) -> Finding {
    let sheet = &poll.sheet;
    let error = Error::of(&main, sheet.release.poll.as_ref());
    let is_paired = paired::speaks_against(view, sheet.release, main.option, settings);
    let sentence = Sentence::of(&main, error, is_paired);
    let odds = main.odds();
    let who = Message::new(if odds >= 1.0 { "exit-poll-others" } else { "exit-poll-own" });
    let said = |id| {
        let message = Message::new(id)
            .with("option", sheet.option_name(main.option))
            .with("said", main.poll.arg())
            .with("official", Arg::Percent(main.count, main.poll.decimals().max(2)));
        message.with("odds", Arg::Number(odds.max(odds.recip()), 2)).with("who", who.clone())
    };
    let [id, brief] = sentence.id();
    let statement =
        said(id).with("release", sheet.label()).with("effect", Arg::Number(error.map_or(1.0, |error| error.effect), 1));
    let quantities: Vec<_> = poll.shares.iter().map(|share| adil_record::Quantity::Share(share.option)).collect();
    let statements = vec![sheet.said(&quantities.iter().collect::<Vec<_>>())];
    let mut finding = sheet.finding_of(ID, sentence.verdict(error), statement, statements).brief(said(brief));
    finding.subject = finding.subject.side(sheet.option_name(main.option));
    finding.measures = measures(&main, error, sheet.release.poll.as_ref());
    finding.caveats.push(Message::new("exit-poll-caveat-answers"));
    words::frame(view, &main, sheet.release.poll.as_ref(), &mut finding);
    match (error, sheet.release.poll.as_ref().and_then(|poll| poll.design_effect)) {
        _ if main.weighted.is_some() => words::weighted(&main, &mut finding),
        (None, _) => finding.caveats.push(Message::new("exit-poll-caveat-no-size")),
        (Some(_), None) => {
            let assumed = Message::new("exit-poll-caveat-effect").with("effect", Arg::Number(CAUTIOUS_EFFECT, 0));
            finding.caveats.push(assumed);
        }
        _ => {}
    }
    if sentence == Sentence::Inside {
        let power = error.map_or(0.0, Error::power);
        finding.caveats.push(Message::new("exit-poll-caveat-power").with("power", Arg::Percent(power, 0)));
    }
    finding.evidence.extend(poll.shares.iter().map(|share| line(sheet, share)));
    finding
}

fn measures(main: &Beside, error: Option<Error>, design: Option<&PollDesign>) -> Vec<Measure> {
    let real = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let (poll, odds) = (main.poll.fraction(), main.odds());
    // What the share may be: by its sampling error, or else by its rounding.
    let (reach, method) = match error {
        Some(error) => (error.margin(error.effect), "exit-poll-method-sampling"),
        None => (main.poll.half_digit(), "exit-poll-method-rounding"),
    };
    let ends = [poll + reach, poll - reach].map(|share| odds_ratio(share.clamp(1e-6, 1.0 - 1e-6), main.count));
    let level = if error.is_some() { 0.95 } else { 1.0 };
    let interval = Interval { low: ends[0], high: ends[1], level, method: Message::new(method) };
    let source = if main.weighted.is_some() { "exit-poll-source-weighted" } else { "exit-poll-source-poll" };
    let mut measures = vec![
        real("poll_share", poll, Unit::Fraction, source),
        real("count_share", main.count, Unit::Fraction, "exit-poll-source-count"),
        real("poll_difference", 100.0 * (poll - main.count), Unit::PercentagePoints, "exit-poll-source-difference"),
        real("tipping_odds", odds, Unit::Pure, "exit-poll-source-odds").within(interval),
    ];
    if let Some(error) = error {
        let z = (poll - main.count) / error.plain;
        if main.weighted.is_some() {
            let z = z / error.effect.sqrt();
            measures.extend([
                real("poll_design_effect", error.effect, Unit::Pure, "exit-poll-source-effect"),
                real("z_design", z, Unit::StandardDeviations, "exit-poll-source-z-design"),
                real(
                    "margin_design",
                    100.0 * error.margin(error.effect),
                    Unit::PercentagePoints,
                    "exit-poll-source-margin-design",
                ),
            ]);
        }
        measures.extend([
            real("z_deff1", z, Unit::StandardDeviations, "exit-poll-source-z"),
            real("margin_deff1", 100.0 * error.margin(1.0), Unit::PercentagePoints, "exit-poll-source-margin"),
            real("margin_deff10", 100.0 * error.margin(10.0), Unit::PercentagePoints, "exit-poll-source-margin"),
            real("margin_deff25", 100.0 * error.margin(25.0), Unit::PercentagePoints, "exit-poll-source-margin"),
            real("deff_outside", (z / Z).powi(2), Unit::Pure, "exit-poll-source-outside"),
            real("poll_power", error.power(), Unit::Probability, "exit-poll-source-power"),
        ]);
    }
    if let Some(response) = design.and_then(PollDesign::response) {
        measures.push(real("poll_response", response, Unit::Fraction, "exit-poll-source-response"));
    }
    measures
}

/// One option of a poll.
fn line(sheet: &Sheet<'_>, share: &Beside) -> Evidence {
    let statement = Message::new("exit-poll-line")
        .with("option", sheet.option_name(share.option))
        .with("said", share.poll.arg())
        .with("official", Arg::Percent(share.count, share.poll.decimals().max(2)))
        .with("odds", Arg::Number(share.odds(), 2));
    Evidence::new(statement).value("tipping_odds", Value::Real(share.odds()))
}
