//! What is said of the ballots added.

use adil_finding::{
    Arg, Axis, AxisScale, Evidence, Finding, Interval, Measure, Message, Point, Reason, Scatter, Subject, Unit, Value,
    Verdict,
};

use super::posterior::LEVEL;
use super::regions::{Region, Said, of_side};
use super::{ID, STATISTIC};
use crate::stations::evidence::{Side, Weighed};
use crate::stations::{comet, rates};
use crate::{ContestView, Settings, Tested};

/// Standard deviations from the middle to the end of an interval of [`LEVEL`].
const DEVIATIONS: f64 = 1.644_853_627;

/// Regions with what can be said of each, and the sums over those with an estimate.
struct Country<'a> {
    view: &'a ContestView<'a>,
    weighed: &'a Weighed,
    name: &'a str,
    regions: Vec<(Region, Said)>,
    ballots: f64,
}

pub(super) fn finding(
    view: &ContestView<'_>,
    tested: &Tested<'_>,
    weighed: &Weighed,
    side: &Side,
    settings: &Settings,
) -> Finding {
    let name = view.contest.options[side.option.0].name.as_str();
    let subject = Subject::contest(&view.contest.title).side(name);
    let own = view.of_side(side.option);
    let rated = own.tested.as_ref().and_then(rates::rated).unwrap_or_default();
    let Some(core) = comet::core_turnout(&rated) else {
        let statement = Message::new("estimate-no-core").with("side", name);
        return Finding::new(ID, Verdict::Undecided(Reason::NotIdentified), subject, statement)
            .brief(Message::new("estimate-brief-none").with("side", name))
            .measure(side_measure(name))
            .caveat(Message::new("estimate-caveat-none"));
    };
    let core = f64::from(core) / 100.0;
    let clean = settings.bank.usual(STATISTIC, view);
    let of = |region: Region| {
        let said = region.said(core, region.piece(tested, weighed, side).as_ref(), &clean);
        (region, said)
    };
    let regions: Vec<(Region, Said)> = of_side(weighed, side).into_iter().map(of).collect();
    let ballots = weighed.stations.ballots.iter().map(|&ballots| f64::from(ballots)).sum();
    let country = Country { view, weighed, name, regions, ballots };
    country.finding(subject, tested, settings)
}

fn side_measure(name: &str) -> Measure {
    let (value, source) = (Value::Text(name.to_owned()), Message::new("estimate-source-side"));
    Measure { name: "side", value, unit: Unit::Pure, interval: None, source }
}

/// The sum of independent numbers with intervals; not below 0.
fn sum(parts: impl Iterator<Item = (f64, f64, f64)>) -> (f64, f64, f64) {
    let (votes, variance) = parts.fold((0.0, 0.0), |(votes, variance), (own, low, high)| {
        (votes + own, variance + ((high - low) / (2.0 * DEVIATIONS)).powi(2))
    });
    let half = DEVIATIONS * f64::sqrt(variance);
    (votes, (votes - half).max(0.0), votes + half)
}

impl Country<'_> {
    fn estimated(&self) -> impl Iterator<Item = (&Region, (f64, f64, f64))> {
        self.regions.iter().filter_map(|(region, said)| match *said {
            Said::Surplus { votes, low, high, .. } => Some((region, (votes, low, high))),
            Said::Together(_) | Said::Unlike => None,
        })
    }

    fn count(&self, is: impl Fn(&Said) -> bool) -> usize {
        self.regions.iter().filter(|(_, said)| is(said)).count()
    }

    fn finding(&self, subject: Subject, tested: &Tested<'_>, settings: &Settings) -> Finding {
        let (votes, low, high) = sum(self.estimated().map(|(_, votes)| votes));
        let estimated = self.estimated().count();
        let (reason, id, brief) = if estimated > 0 {
            (Reason::Descriptive, "estimate-statement", "estimate-brief")
        } else {
            (Reason::NotIdentified, "estimate-none", "estimate-brief-none")
        };
        let round = |votes: f64| Arg::Count(votes.round() as i64);
        let said = |id| {
            Message::new(id)
                .with("side", self.name)
                .with("votes", round(votes))
                .with("low", round(low))
                .with("high", round(high))
                .with("part", Arg::Percent(votes / self.ballots.max(1.0), 2))
                .with("estimated", estimated)
                .with("beyond", self.estimated().filter(|(_, (votes, ..))| *votes > 0.0).count())
                .with("regions", self.weighed.regions.count)
                .with("together", self.count(|said| matches!(said, Said::Together(_))))
        };
        let mut finding = Finding::new(ID, Verdict::Undecided(reason), subject, said(id))
            .brief(said(brief))
            .measures(self.measures((votes, low, high)))
            .caveat(Message::new("estimate-caveat-normal"))
            .caveat(Message::new("estimate-caveat-model"));
        finding.evidence = self.regions_said(tested, settings);
        if estimated > 1 {
            finding.figures.push(self.figure(tested).into());
        }
        finding
    }

    fn measures(&self, (votes, low, high): (f64, f64, f64)) -> Vec<Measure> {
        let source = Message::new;
        let interval = |(low, high)| Interval { low, high, level: LEVEL, method: source("estimate-interval") };
        let regions = |name, count: usize, id| Measure::count(name, count, Unit::Regions, source(id));
        let all = sum(self.estimated().map(|(region, _)| {
            let own = region.posterior;
            (own.votes, own.low, own.high)
        }));
        vec![
            side_measure(self.name),
            Measure::real("surplus_ballots", votes, Unit::Ballots, source("estimate-source-surplus"))
                .within(interval((low, high))),
            Measure::real(
                "surplus_part",
                votes / self.ballots.max(1.0),
                Unit::Fraction,
                source("estimate-source-part"),
            ),
            Measure::real("added_ballots", all.0, Unit::Ballots, source("estimate-source-added"))
                .within(interval((all.1, all.2))),
            regions("regions_estimated", self.estimated().count(), "estimate-source-estimated"),
            regions(
                "regions_surplus",
                self.estimated().filter(|(_, (votes, ..))| *votes > 0.0).count(),
                "estimate-source-beyond",
            ),
            regions(
                "regions_not_identified",
                self.count(|said| matches!(said, Said::Together(_))),
                "estimate-source-together",
            ),
            regions("regions_unlike", self.count(|said| matches!(said, Said::Unlike)), "estimate-source-unlike"),
            regions("regions_small", self.weighed.regions.count - self.regions.len(), "estimate-source-small"),
        ]
    }

    fn name_of<'t>(&self, tested: &'t Tested<'_>, region: &Region) -> &'t str {
        let names = tested.table.regions();
        names.map_or("", |names| names.spelling(self.weighed.codes[region.number]))
    }

    /// The regions with a surplus, the largest first; then those without an estimate.
    fn regions_said(&self, tested: &Tested<'_>, settings: &Settings) -> Vec<Evidence> {
        if tested.table.regions().is_none() {
            return Vec::new();
        }
        let mut beyond: Vec<(&Region, f64, [f64; 3])> = Vec::new();
        let mut together: Vec<(&Region, f64)> = Vec::new();
        for (region, said) in &self.regions {
            match *said {
                Said::Surplus { usual, votes, low, high } if votes > 0.0 => {
                    beyond.push((region, usual, [votes, low, high]));
                }
                Said::Together(part) => together.push((region, part)),
                Said::Surplus { .. } | Said::Unlike => {}
            }
        }
        beyond.sort_by(|a, b| b.2[0].total_cmp(&a.2[0]).then(a.0.number.cmp(&b.0.number)));
        together.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.number.cmp(&b.0.number)));
        let percent = |votes: f64, region: &Region| Arg::Percent(votes / region.ballots.max(1.0), 1);
        let surplus = beyond.iter().take(settings.listed).map(|&(region, usual, [votes, low, high])| {
            let statement = Message::new("estimate-region")
                .with("region", self.name_of(tested, region))
                .with("part", percent(region.posterior.votes, region))
                .with("low", percent(region.posterior.low, region))
                .with("high", percent(region.posterior.high, region))
                .with("usual", Arg::Percent(usual, 1))
                .with("votes", Arg::Count(votes.round() as i64));
            Evidence::new(statement)
                .value("surplus_ballots", Value::Real(votes))
                .value("low", Value::Real(low))
                .value("high", Value::Real(high))
        });
        let refused = together.iter().take(settings.listed).map(|&(region, part)| {
            let statement = Message::new("estimate-region-together")
                .with("region", self.name_of(tested, region))
                .with("turnout", Arg::Percent(region.turnout, 1))
                .with("part", Arg::Percent(part, 0));
            Evidence::new(statement).value("departing", Value::Real(part))
        });
        surplus.chain(refused).collect()
    }

    /// Every region with an estimate: its turnout, and the surplus as a part of its ballots.
    fn figure(&self, tested: &Tested<'_>) -> Scatter {
        let points: Vec<Point> = self
            .estimated()
            .map(|(region, (votes, ..))| Point {
                name: self.name_of(tested, region).to_owned(),
                x: region.turnout,
                y: votes / region.ballots.max(1.0),
                weight: region.ballots,
            })
            .collect();
        let highest = points.iter().map(|point| point.y).fold(0.01, f64::max);
        let side = || self.name.to_owned();
        Scatter {
            id: "surplus",
            title: Message::new("estimate-figure").with("side", side()),
            description: Message::new("estimate-figure-description").with("contest", self.view.contest.title.as_str()),
            x: Axis::fraction(Message::new("estimate-axis-turnout")),
            y: Axis {
                label: Message::new("estimate-axis-surplus"),
                low: 0.0,
                high: 1.1 * highest,
                scale: AxisScale::Fraction,
            },
            points,
            size: Message::new("estimate-size"),
        }
    }
}
