//! The finding.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Reason, Subject, Unit, Value, Verdict};
use adil_record::Forecasts;
use adil_stat::skill;

use super::chance::{self, Against};
use super::lines::{self, OverTime};
use super::said::{Forecaster, Said};
use super::scores::{Crowd, Outcome, Scores};
use super::{ID, calibration, questions};
use crate::releases::Official;
use crate::{ContestView, Settings};

/// What a finding is about.
pub(super) struct About<'a> {
    pub(super) view: &'a ContestView<'a>,
    pub(super) forecasts: &'a Forecasts,
    pub(super) forecasters: &'a [Forecaster<'a>],
    pub(super) settings: &'a Settings,
}

impl About<'_> {
    fn revealed(&self) -> usize {
        self.forecasters.iter().filter(|one| one.live.is_some()).count()
    }

    fn said(&self, id: &'static str) -> Message {
        Message::new(id)
            .with("revealed", self.revealed())
            .with("forecasters", self.forecasters.len())
            .with("commitments", self.forecasts.book.commitments.len())
            .with("aside", self.forecasts.book.quarantined.len())
    }

    fn finding(&self, reason: Reason, statement: Message) -> Finding {
        let (book, subject) = (&self.forecasts.book, Subject::contest(&self.view.contest.title));
        let count = |name, number: usize, id| Measure::count(name, number as u64, Unit::Pure, Message::new(id));
        let digest = Measure {
            name: "forecast_commitments_digest",
            value: Value::Text(book.digest().to_string()),
            unit: Unit::Pure,
            interval: None,
            source: Message::new("forecast-source-digest"),
        };
        Finding::new(ID, Verdict::Undecided(reason), subject, statement).measures([
            count("forecast_forecasters", self.forecasters.len(), "forecast-source-forecasters"),
            count("forecast_revealed", self.revealed(), "forecast-source-revealed"),
            count("forecast_commitments", book.commitments.len(), "forecast-source-commitments"),
            count("forecast_set_aside", book.quarantined.len(), "forecast-source-set-aside"),
            digest,
        ])
    }

    fn with_set_aside(&self, mut finding: Finding) -> Finding {
        let aside = self.forecasts.book.quarantined.iter().take(self.settings.listed);
        finding.evidence.extend(aside.map(|line| lines::set_aside(self.forecasts, line)));
        finding
    }

    /// Nothing can be scored yet.
    pub(super) fn unscored(&self, revealed: bool) -> Finding {
        let id = if revealed { "forecast-no-result" } else { "forecast-none-revealed" };
        let finding = self.finding(Reason::NoData, self.said(id)).caveat(Message::new("forecast-caveat-kept"));
        self.with_set_aside(finding)
    }

    /// The scores.
    pub(super) fn scored(&self, official: &Official) -> Finding {
        let outcome = Outcome::of(official);
        let crowd = Crowd::of(self.forecasters);
        let pooled = crowd.scores(&outcome);
        let nothing = Scores::of(&Said::of_nothing(self.view.contest.options.len()), &outcome);
        let before = self.forecasts.previous.as_ref().map(|previous| Scores::of(&Said::of_before(previous), &outcome));
        let own = self.forecasters.iter().map(|one| Some(Scores::of(one.live.as_ref()?, &outcome)));
        let own: Vec<Option<Scores>> = own.collect();
        let against = chance::against(self.forecasters, &outcome);
        let parts = self.parts(&crowd, &outcome, &pooled, &nothing);
        let id = if parts.is_empty() { "forecast-statement-nothing" } else { "forecast-statement" };
        let statement = self.said(id).with("release", official.label.clone()).with("parts", Arg::List(parts.clone()));
        let brief = self.said(if parts.is_empty() { "forecast-brief-nothing" } else { "forecast-brief" });
        let mut finding = self.finding(Reason::Descriptive, statement).brief(brief.with("parts", Arg::List(parts)));
        finding.measures.extend(measures(&pooled, &nothing, before.as_ref()));
        questions::of_options(&mut finding, &crowd, &outcome, &self.view.contest.id, self.settings);
        self.surprise(&mut finding, &crowd, &outcome, official);
        self.luck(&mut finding, &outcome, &own, &pooled, &against);
        for id in ["forecast-caveat-proof", "forecast-caveat-one", "forecast-caveat-names", "forecast-caveat-kept"] {
            finding = finding.caveat(Message::new(id));
        }
        let contests = &self.view.record.contests;
        let is_first =
            contests.iter().find(|one| one.forecasts.is_some()).is_some_and(|one| one.id == self.view.contest.id);
        finding.figures.extend(is_first.then(|| calibration::figure(self.view.record, self.settings)).flatten());
        if is_first {
            questions::of_record(&mut finding, self.view.record, self.settings);
        }
        finding.evidence.extend(self.rows(&outcome, &own, &against));
        self.with_set_aside(finding)
    }

    /// What the crowd said, in a few words each.
    fn parts(&self, crowd: &Crowd<'_>, outcome: &Outcome, pooled: &Scores, nothing: &Scores) -> Vec<Arg> {
        let skill = |one: Option<f64>, base: Option<f64>| skill(one?, base?);
        let winner = crowd.winner_tail(outcome).map(|(p, _)| {
            let name = outcome.winner.map_or("", |won| self.view.contest.options[won].name.as_str());
            Message::new("forecast-part-winner").with("option", name).with("p", Arg::Percent(p, 1))
        });
        let points = |id, loss: Option<f64>, base: Option<f64>| {
            let message = Message::new(id).with("points", Arg::Number(100.0 * loss?, 2));
            Some(message.with("skill", Arg::Percent(skill(loss, base)?, 0)))
        };
        let shares = points("forecast-part-shares", pooled.crps, nothing.crps);
        let turnout = points("forecast-part-turnout", pooled.turnout, nothing.turnout);
        [winner, shares, turnout].into_iter().flatten().map(Arg::from).collect()
    }

    /// How surprising the result was under the forecasts.
    fn surprise(&self, finding: &mut Finding, crowd: &Crowd<'_>, outcome: &Outcome, official: &Official) {
        let probability = |name, value, id| Measure::real(name, value, Unit::Probability, Message::new(id));
        let name = |option: usize| self.view.contest.options[option].name.as_str();
        if let Some(((p, tail), won)) = crowd.winner_tail(outcome).zip(outcome.winner) {
            finding.measures.push(probability("forecast_winner_probability", p, "forecast-source-winner"));
            let message =
                Message::new("forecast-surprise-winner").with("option", name(won)).with("p", Arg::Probability(p));
            let message = message.with("tail", Arg::Probability(tail)).with("bits", Arg::Number(lines::bits(p), 1));
            finding.evidence.push(Evidence::new(message));
        }
        if let Some((option, tail)) = crowd.share_tail(outcome) {
            finding.measures.push(probability("forecast_share_tail", tail, "forecast-source-share-tail"));
            let share = official.shares[option].unwrap_or(0.0);
            let message = Message::new("forecast-surprise-share")
                .with("option", name(option))
                .with("share", Arg::Percent(share, 2));
            finding.evidence.push(Evidence::new(message.with("p", Arg::Probability(tail))));
        }
        if let Some((turnout, tail)) = outcome.turnout.zip(crowd.turnout_tail(outcome)) {
            finding.measures.push(probability("forecast_turnout_tail", tail, "forecast-source-turnout-tail"));
            let message = Message::new("forecast-surprise-turnout").with("turnout", Arg::Percent(turnout, 2));
            finding.evidence.push(Evidence::new(message.with("p", Arg::Probability(tail))));
        }
        if let Some((holds, all)) = crowd.covered(outcome) {
            let count = |name, number: usize, id| Measure::count(name, number as u64, Unit::Pure, Message::new(id));
            finding.measures.push(count("forecast_covered", holds, "forecast-source-covered"));
            finding.measures.push(count("forecast_with_shares", all, "forecast-source-with-shares"));
        }
    }

    /// Whether anybody was better than luck explains, and whether one who knew the result could have been told from luck.
    fn luck(
        &self,
        finding: &mut Finding,
        outcome: &Outcome,
        own: &[Option<Scores>],
        pooled: &Scores,
        against: &[Against],
    ) {
        let better: Vec<Arg> = self
            .forecasters
            .iter()
            .zip(against)
            .filter(|(_, one)| one.better)
            .map(|(one, _)| one.name.into())
            .collect();
        let floored = own.iter().flatten().filter(|scores| scores.floored).count();
        let count = |name, number: usize, id| Measure::count(name, number as u64, Unit::Pure, Message::new(id));
        finding.measures.push(count("forecast_better", better.len(), "forecast-source-better"));
        finding.measures.push(count("forecast_floored", floored, "forecast-source-floored"));
        let message = Message::new(if better.is_empty() { "forecast-nobody-better" } else { "forecast-better" });
        let named = better.iter().take(self.settings.listed).cloned().collect();
        let message = message.with("count", better.len()).with("forecasters", self.forecasters.len());
        finding.evidence.push(Evidence::new(message.with("names", Arg::List(named))));
        if let Some((e, needed)) = chance::known_winner(self.forecasters, outcome) {
            let id = if e >= needed { "forecast-known-winner-seen" } else { "forecast-known-winner" };
            let message = Message::new(id).with("e", Arg::Number(e, 1)).with("needed", Arg::Number(needed, 0));
            finding.evidence.push(Evidence::new(message));
        }
        if let Some((crowd, best)) = pooled.crps.zip(lines::best(own, |scores| scores.crps)) {
            let points = |loss: f64| Arg::Number(100.0 * loss, 2);
            let message = Message::new("forecast-known-shares").with("knower", points(lines::knower()));
            finding.evidence.push(Evidence::new(message.with("crowd", points(crowd)).with("best", points(best))));
        }
    }

    /// A row for each forecaster, the best at shares first, then at the winner; who did not reveal last.
    fn rows(&self, outcome: &Outcome, own: &[Option<Scores>], against: &[Against]) -> Vec<Evidence> {
        let mut order: Vec<usize> = (0..self.forecasters.len()).collect();
        let key = |scores: &Option<Scores>| {
            let of = |part: fn(&Scores) -> Option<f64>| scores.as_ref().and_then(part).unwrap_or(f64::INFINITY);
            (scores.is_none(), of(|scores| scores.crps), of(|scores| scores.log), of(|scores| scores.turnout))
        };
        order.sort_by(|&one, &other| {
            let (a, b) = (key(&own[one]), key(&own[other]));
            let by_scores = a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)).then(a.3.total_cmp(&b.3));
            by_scores.then(one.cmp(&other))
        });
        let row = |place: usize| {
            let one = &self.forecasters[place];
            let over_time = OverTime::of(one, outcome, self.view.contest, self.forecasts.close);
            lines::forecaster(one, own[place].as_ref(), &against[place], over_time)
        };
        order.into_iter().take(self.settings.listed).map(row).collect()
    }
}

/// The crowd's scores, and what it saves of the baselines' losses.
fn measures(pooled: &Scores, nothing: &Scores, before: Option<&Scores>) -> Vec<Measure> {
    let score = |name, value: Option<f64>, unit, id| Some(Measure::real(name, value?, unit, Message::new(id)));
    let skilled = |name, one: Option<f64>, base: Option<f64>, id| score(name, skill(one?, base?), Unit::Pure, id);
    let (nothing_id, before_id) = ("forecast-source-skill-nothing", "forecast-source-skill-before");
    let before = before.copied().unwrap_or_default();
    [
        score("forecast_crowd_log", pooled.log, Unit::Pure, "forecast-source-log"),
        score("forecast_crowd_brier", pooled.brier, Unit::Pure, "forecast-source-brier"),
        score("forecast_crowd_crps", pooled.crps, Unit::Fraction, "forecast-source-crps"),
        score("forecast_crowd_energy", pooled.energy, Unit::Fraction, "forecast-source-energy"),
        score("forecast_crowd_turnout", pooled.turnout, Unit::Fraction, "forecast-source-turnout"),
        skilled("forecast_skill_log", pooled.log, nothing.log, nothing_id),
        skilled("forecast_skill_brier", pooled.brier, nothing.brier, nothing_id),
        skilled("forecast_skill_crps", pooled.crps, nothing.crps, nothing_id),
        skilled("forecast_skill_energy", pooled.energy, nothing.energy, nothing_id),
        skilled("forecast_skill_turnout", pooled.turnout, nothing.turnout, nothing_id),
        skilled("forecast_skill_log_before", pooled.log, before.log, before_id),
        skilled("forecast_skill_brier_before", pooled.brier, before.brier, before_id),
        skilled("forecast_skill_crps_before", pooled.crps, before.crps, before_id),
        skilled("forecast_skill_energy_before", pooled.energy, before.energy, before_id),
        skilled("forecast_skill_turnout_before", pooled.turnout, before.turnout, before_id),
    ]
    .into_iter()
    .flatten()
    .collect()
}
