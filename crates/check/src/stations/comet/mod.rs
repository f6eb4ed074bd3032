//! # stations/comet
//!
//! Looks for a core of stations and works out how many votes of the side tested the core's own proportion does not
//! explain; where no core is separated it refuses.
//!
//! **What it looks at.** In many disputed elections the cloud of stations over turnout has a round core and a tail towards
//! high turnout, in which the votes of the side tested grow and those of all others do not. If the core is what honest
//! stations look like, the tail can be measured with it.
//!
//! **Formula.** Stations with turnout below 100 % are put into bins of one percentage point centred at whole percentages;
//! L and O are the votes of the side tested and of all others (invalid papers among them, where shares are of all papers).
//! The core t0 is the highest bin of O after adding each bin's two neighbours. Then
//!
//! ```text
//! k = sum L / sum O over the bins t0 - 10 ... t0          core_share = k / (1 + k)
//! extra_votes      = sum over bins above t0 of (L - k O)
//! extra_votes_core = sum over all stations of (L - k O)
//! ```
//!
//! The interval is the central 90 % of the same number when whole districts are drawn anew with replacement, t0 and k found
//! anew in each draw. It covers chance between districts only, not the error of taking the core for the truth.
//!
//! **When a core counts as separated.** All of these must hold:
//! 1. t0 lies between 10 and 90 %, so that there is a flank on either side;
//! 2. the bins t0 - 10 ... t0 hold at least 15 % of all ballots;
//! 3. O has no second hill: a valley that goes down by at least a tenth of the highest bin from the lower of its two hills,
//!    with at least a fifth of all O beyond it, means that there are several cores, and nothing says which is honest;
//! 4. less than two thirds of O lie below t0: a core is the lower end of the cloud, not its upper end;
//! 5. the stations lie in at least ten districts: with fewer, drawing them anew shows nothing (one district alone is
//!    always drawn whole, so that its interval has no width), and nothing is drawn;
//! 6. in at least nine of ten redraws of the districts t0 is found within two points of where it was.
//!
//! The Russian elections of 2004 to 2016 and 2021 meet all six: the core's bins hold 20 to 32 % of the ballots, a second hill at
//! most 8 % of O, 26 to 36 % of O lie below t0, and at least 95 % of redraws agree. That of 2020 fails the third and the fourth: O
//! is highest at 81 %, with 72 % of it below and 38 % in a second hill at 43 %. Of accepted elections Israel 21 and 24 fail the
//! fourth rule and Georgia 2012, 2013 and 2016 the sixth; Sweden 2018, Poland 2014, Peru 2021, Bolivia 2019 and Buenos Aires
//! 2015 meet all, so meeting them is no sign of anything.
//!
//! **Null model.** None. The same arithmetic applied to accepted elections gives from -28 % (Poland 2014, PO) to +39 %
//! (Poland 2014, PSL) of the side's votes, because turnout and preference go together honestly: towns and villages,
//! minorities, young and old. Until a number is held against such a range for comparable elections, it decides nothing.
//!
//! **When it is wrong.** Where the proportion of sides changes with turnout for any honest reason; where stations of the core
//! are themselves affected (the number is then too low); where electronic voting makes single stations of a hundred thousand votes.
//!
//! **What may not be concluded.** `extra_votes` is not a count of false votes, and `core_share` not the true result.
//!
//! **References.** Sobyanin and Sukhovolsky 1995; Shpilkin's analyses of Russian elections, which put the extra votes of 2011
//! at about 15, of 2012 at about 11 and of 2016 at 12.6 million; adil finds 14.4, 10.6 and 12.6 million. Myagkov, Ordeshook,
//! Shakin, "The forensics of election fraud", 2009.

mod core;

use adil_finding::{Arg, CheckId, Evidence, Finding, Interval, Measure, Message, Reason, Unit, Value, Verdict};
use adil_stat::quantile;

use self::core::{Core, Fault, Redraws, VotesByTurnout};
use super::{
    cut,
    fingerprint::votes_by_turnout,
    rates::{self, Rated},
    row,
};
use crate::{Check, Claim, ContestView, Page, Piece, Settings, Tested};

/// The check.
pub(crate) struct Comet;

const ID: CheckId = CheckId("stations/comet");
/// The nominal coverage of the interval.
const LEVEL: f64 = 0.9;

impl Check for Comet {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        rates::CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        view.tested.as_ref().map(|tested| finding(view, tested, settings)).into_iter().collect()
    }

    fn of_country(&self, view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        let Some(tested) = &view.tested else { return Vec::new() };
        let stations = rates::rated(tested).unwrap_or_default();
        let own: u64 = stations.iter().map(|station| u64::from(station.leader)).sum();
        let core = VotesByTurnout::of(&stations).core();
        let rows: Vec<usize> = stations.iter().map(|station| station.row).collect();
        let piece = |core: Core| {
            let effect = core.extra / own as f64;
            cut::piece(
                tested,
                None,
                &rows,
                cut::Said { statistic: STATISTIC, side: Some(tested.leader), effect, ln_p: None },
            )
        };
        core.and_then(piece).into_iter().collect()
    }
}

/// The turnout of the core in whole percent, where the cloud's shape separates one (rules 1 to 4).
pub(super) fn core_turnout(stations: &[Rated]) -> Option<u32> {
    let votes = VotesByTurnout::of(stations);
    votes.core().filter(|core| core.faults_of_shape(&votes).is_empty()).map(|core| core.turnout)
}

/// The lowest and highest part in clean elections, this one apart.
fn accepted(view: &ContestView<'_>, settings: &Settings) -> (f64, f64) {
    let effects = settings.bank.usual(STATISTIC, view).into_iter().map(|piece| piece.effect);
    effects.fold((0.0, 0.0), |(low, high), effect| (low.min(effect), high.max(effect)))
}

/// Its statistic of a country: the extra votes as a part of the side's.
const STATISTIC: &str = "stations/comet:extra";

fn finding(view: &ContestView<'_>, tested: &Tested<'_>, settings: &Settings) -> Finding {
    let Some(stations) = rates::rated(tested) else {
        return row::absent(ID, view, "comet-no-data", rates::missing_column(tested));
    };
    if stations.is_empty() {
        return row::no_stations(ID, view, "comet-no-stations");
    }
    let votes = VotesByTurnout::of(&stations);
    let leader = view.leader_name().unwrap_or_default();
    let Some(found) = votes.core() else {
        let statement = Message::new("comet-no-votes").with("leader", leader);
        return Finding::new(ID, Verdict::Undecided(Reason::NoData), row::subject(view), statement);
    };
    let districts = Redraws::new(&stations, tested);
    let redraws = districts.run(settings, &view.contest.id);
    let faults = found.faults(&votes, &districts, &redraws);
    let shaded = (found.flank_fraction(), found.turnout_fraction());
    let figure = votes_by_turnout(&stations, leader, Some(shaded));
    let accepted = accepted(view, settings);
    let said = Said { view, leader, stations: &stations, found, votes: &votes, redraws: &redraws, accepted };
    let finding = if faults.is_empty() { said.separated() } else { said.refused(&faults) };
    finding.measures(said.of_core()).caveat(Message::new("comet-caveat-core")).figure(figure)
}

/// The number of votes in a line, negative where there are fewer: in millions where there are so many.
fn brief(extra: f64, (low, high): (f64, f64), part: f64, accepted: (f64, f64)) -> Message {
    const MILLION: f64 = 1e6;
    let (id, unit, decimals) =
        if extra.abs() < MILLION { ("comet-brief", 1.0, 0) } else { ("comet-brief-millions", MILLION, 1) };
    let votes = |number: f64| Arg::Number(number / unit, decimals);
    Message::new(id)
        .with("extra", votes(extra))
        .with("low", votes(low))
        .with("high", votes(high))
        .with("part", Arg::Percent(part, 1))
        .with("accepted-low", Arg::Percent(accepted.0, 0))
        .with("accepted-high", Arg::Percent(accepted.1, 0))
}

/// What the words are made of.
struct Said<'a> {
    /// The lowest and highest that clean elections have of the same number, as a part of the side's votes.
    accepted: (f64, f64),
    view: &'a ContestView<'a>,
    leader: &'a str,
    stations: &'a [Rated],
    found: Core,
    votes: &'a VotesByTurnout,
    redraws: &'a [Core],
}

impl Said<'_> {
    fn separated(&self) -> Finding {
        let extras: Vec<f64> = self.redraws.iter().map(|core| core.extra).collect();
        let end = |level| quantile(&extras, level).unwrap_or(self.found.extra);
        let (low, high) = (end((1.0 - LEVEL) / 2.0), end((1.0 + LEVEL) / 2.0));
        let own: f64 = self.stations.iter().map(|station| f64::from(station.leader)).sum();
        let others: f64 = self.stations.iter().map(|station| f64::from(station.others())).sum();
        let all = own - self.found.odds * others;
        // A negative number is said the other way round, as so many votes fewer.
        let sign = if self.found.extra < 0.0 { -1.0 } else { 1.0 };
        let id = if self.found.extra < 0.0 { "comet-statement-fewer" } else { "comet-statement" };
        let (from, to) = if sign < 0.0 { (high, low) } else { (low, high) };
        let votes = |number: f64| Arg::Count((sign * number).round() as i64);
        let statement = Message::new(id)
            .with("leader", self.leader)
            .with("from", Arg::Percent(self.found.flank_fraction(), 0))
            .with("turnout", Arg::Percent(self.found.turnout_fraction(), 0))
            .with("share", Arg::Percent(self.found.share(), 1))
            .with("extra", votes(self.found.extra))
            .with("low", votes(from))
            .with("high", votes(to))
            .with("part", Arg::Percent(sign * self.found.extra / own.max(1.0), 1))
            .with("accepted-low", Arg::Percent(self.accepted.0, 0))
            .with("accepted-high", Arg::Percent(self.accepted.1, 0));
        let source = |id| Message::new(id);
        let interval = Interval { low, high, level: LEVEL, method: source("comet-interval") };
        let brief = brief(self.found.extra, (low, high), self.found.extra / own.max(1.0), self.accepted);
        let of_draws = || Message::new("comet-source-draws").with("draws", self.redraws.len());
        Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(self.view), statement)
            .brief(brief)
            .measure(
                Measure::real("extra_votes", self.found.extra, Unit::Votes, source("comet-source-extra"))
                    .within(interval),
            )
            .measure(Measure::real("extra_votes_low", low, Unit::Votes, of_draws()))
            .measure(Measure::real("extra_votes_high", high, Unit::Votes, of_draws()))
            .measure(Measure::real("extra_votes_core", all, Unit::Votes, source("comet-source-extra-core")))
            .measure(Measure::real(
                "extra_votes_of_leader",
                self.found.extra / own.max(1.0),
                Unit::Fraction,
                source("comet-source-part"),
            ))
            .caveat(
                Message::new("comet-caveat-accepted")
                    .with("low", Arg::Percent(self.accepted.0, 0))
                    .with("high", Arg::Percent(self.accepted.1, 0)),
            )
            .caveat(Message::new("comet-caveat-interval"))
    }

    fn refused(&self, faults: &[Fault]) -> Finding {
        let statement = Message::new("comet-refused").with("leader", self.leader);
        let mut finding =
            Finding::new(ID, Verdict::Undecided(Reason::NotIdentified), row::subject(self.view), statement)
                .brief(Message::new("comet-brief-refused"));
        finding.evidence = faults.iter().map(|fault| Evidence::new(fault.message())).collect();
        finding.evidence.extend(self.votes.hills().into_iter().map(|hill| {
            let statement = Message::new("comet-hill")
                .with("turnout", Arg::Percent(hill.turnout as f64 / 100.0, 0))
                .with("part", Arg::Percent(hill.part, 0));
            Evidence::new(statement)
                .value("turnout", Value::Real(hill.turnout as f64 / 100.0))
                .value("part_of_others", Value::Real(hill.part))
        }));
        finding.caveat(Message::new("comet-caveat-refused"))
    }

    /// The core's own numbers, said of a core that is separated or not.
    fn of_core(&self) -> Vec<Measure> {
        let source = |id| Message::new(id);
        let stability = core::stability(&self.found, self.redraws)
            .map(|stable| Measure::real("core_stability", stable, Unit::Fraction, source("comet-source-stability")));
        let percents: Vec<f64> = self.redraws.iter().map(Core::turnout_fraction).collect();
        let end = |level| quantile(&percents, level).unwrap_or(self.found.turnout_fraction());
        let interval = Interval {
            low: end((1.0 - LEVEL) / 2.0),
            high: end((1.0 + LEVEL) / 2.0),
            level: LEVEL,
            method: source("comet-interval"),
        };
        let turnout = self.found.turnout_fraction();
        let turnout = Measure::real("core_turnout", turnout, Unit::Fraction, source("comet-source-turnout"));
        let measures = [
            if self.redraws.is_empty() { turnout } else { turnout.within(interval) },
            Measure::real("core_share", self.found.share(), Unit::Fraction, source("comet-source-share")),
            Measure::real(
                "core_ballots",
                self.votes.ballots_of(&self.found),
                Unit::Fraction,
                source("comet-source-ballots"),
            ),
            Measure::real(
                "others_below_core",
                self.votes.others_below(&self.found),
                Unit::Fraction,
                source("comet-source-below"),
            ),
            Measure::real("second_hill", self.votes.second_hill(), Unit::Fraction, source("comet-source-hill")),
        ];
        measures.into_iter().chain(stability).collect()
    }
}

#[cfg(test)]
mod tests {
    use adil_record::Term;

    use super::*;
    use crate::sample::{real, run_on, table};

    /// So many districts of ten stations with 1,000 voters each: turnout 46 to 55 %, the core at 50 %, and one of ten
    /// stations at 80 %, where only the side tested has more votes.
    fn stations(districts: usize) -> Finding {
        let of = |station: usize| match station {
            9 => (800, 500),
            i => (460 + 10 * i as u32, 150),
        };
        let voted: Vec<u32> = (0..10 * districts).map(|row| of(row % 10).0).collect();
        let own: Vec<u32> = (0..10 * districts).map(|row| of(row % 10).1).collect();
        let others: Vec<u32> = voted.iter().zip(&own).map(|(voted, own)| voted - own).collect();
        let registered = vec![1000; 10 * districts];
        let lines: &[(Term, &[u32])] = &[(Term::Registered, &registered), (Term::Issued, &voted)];
        let mut findings = run_on(&Comet, table(lines, &[&own, &others]));
        assert_eq!(findings.len(), 1);
        findings.remove(0)
    }

    #[test]
    fn few_districts_give_no_number_of_votes() {
        let few = stations(9);
        assert_eq!(few.verdict, Verdict::Undecided(Reason::NotIdentified));
        let fault =
            few.evidence.iter().find(|line| line.statement.id == "comet-fault-districts").expect("it is refused");
        assert_eq!(fault.statement.args, [("districts", Arg::Count(9))]);
        assert!(few.measures.iter().all(|measure| !measure.name.starts_with("extra_votes")));
        // Nothing was drawn, so nothing says how stable the core is.
        assert!(few.value("core_stability").is_none());
        assert!(few.measures.iter().all(|measure| measure.interval.is_none()));
        let enough = stations(10);
        assert!(enough.evidence.iter().all(|line| line.statement.id != "comet-fault-districts"));
        assert!((0.0..=1.0).contains(&real(&enough, "core_stability")));
    }
}
