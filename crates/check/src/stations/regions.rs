//! # stations/regions
//!
//! Compares regions: turnout and share of each, how much of the differences lies between regions, and whether regions with
//! high turnout give the side tested a high share.
//!
//! **What it looks at.** The widest level of areas in the table. For each region the sums of its stations: turnout is
//! voters who took part by voters registered, share is votes of the side tested by the denominator of shares. Where the record has a
//! map, both are drawn on it, for the widest level that is mapped.
//!
//! **Formula.** The correlation of the regions' turnout x and share y, each region weighted by its register w,
//!
//! ```text
//! r = sum w (x - mx)(y - my) / sqrt(sum w (x - mx)^2  sum w (y - my)^2),
//! ```
//!
//! with the p-value of dealing the shares out anew among the regions, (1 + number of redraws with |r*| >= |r|) / (1 + draws),
//! and the lowest and highest r with one region left out. The intraclass correlation of station turnouts and shares says
//! which part of the variance between stations lies between regions (analysis of variance, groups of unequal size).
//! Above 5,000 regions the shares are not dealt out anew and no p-value is given: such a table has no regions, only
//! areas nearly as small as stations.
//!
//! **Null model.** For the p-value: regions are exchangeable, as if turnout and share had been dealt to them independently.
//! That is not how honest elections come about, so a small p is not an anomaly and there is no verdict.
//!
//! **When it is wrong.** Regions are few and differ in ethnicity, age and town and country, which move turnout and share
//! together. Neighbouring regions resemble each other, which makes p too small. One large region can carry r: see its range.
//!
//! **What may not be concluded.** Nothing about single voters or stations from sums over regions (the ecological fallacy), and
//! nothing about the zeal of an administration: that would need other elections or a change of governor.
//!
//! **References.** Goodnow, Moser, Smith, "Ethnicity and electoral manipulation in Russia", Electoral Studies 36, 2014.
//! Donner, "A review of inference procedures for the intraclass correlation coefficient", International Statistical Review 54, 1986.

use adil_finding::{
    Arg, Axis, CheckId, Evidence, Finding, Map, Measure, Message, Point, Reason, Scatter, Technique, Unit, Value,
    Verdict,
};
use adil_record::{Names, Term};
use adil_stat::{intraclass, leave_one_out, permutation_p, stream, weighted_correlation};

use super::{
    rates::{self, Rated},
    row,
};
use crate::{Check, Claim, ContestView, Need, Page, Settings, Tested, mapped};

/// The check.
pub(crate) struct Regions;

const ID: CheckId = CheckId("stations/regions");
/// Fewer regions say nothing about a correlation.
const FEWEST: usize = 4;
/// More regions are not dealt anew: that takes a time that grows with their number times the redraws.
const MOST_DEALT: usize = 5_000;

impl Check for Regions {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("regions.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        const CLAIMS: &[Claim] = &[Claim {
            technique: Technique::AdministrativePressure,
            needs: &[Need::Stations, Need::Line(Term::Registered), Need::Regions],
        }];
        CLAIMS
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        view.tested.as_ref().map(|tested| finding(view, tested, settings)).into_iter().collect()
    }
}

/// The sums of a region.
#[derive(Debug, Clone, Default, PartialEq)]
struct Region {
    name: String,
    stations: usize,
    voted: u64,
    registered: u64,
    leader: u64,
    base: u64,
}

impl Region {
    fn turnout(&self) -> f64 {
        row::share(self.voted, self.registered)
    }

    fn share(&self) -> f64 {
        row::share(self.leader, self.base)
    }
}

/// The sums of each region that has stations, in the table's order.
fn sums(stations: &[Rated], names: &Names) -> Vec<Region> {
    let mut regions = totals(stations, names.distinct(), |row| names.code(row));
    for (code, region) in regions.iter_mut().enumerate() {
        region.name = names.spelling(code).to_owned();
    }
    regions.retain(|region| region.stations > 0);
    regions
}

/// The sums of areas without their names, by the number of each station's area.
fn totals(stations: &[Rated], areas: usize, area_of: impl Fn(usize) -> usize) -> Vec<Region> {
    let mut regions = vec![Region::default(); areas];
    for station in stations {
        let region = &mut regions[area_of(station.row)];
        region.stations += 1;
        region.voted += u64::from(station.voted);
        region.registered += u64::from(station.registered);
        region.leader += u64::from(station.leader);
        region.base += u64::from(station.base);
    }
    regions
}

fn finding(view: &ContestView<'_>, tested: &Tested<'_>, settings: &Settings) -> Finding {
    let Some(names) = tested.table.regions() else { return row::absent(ID, view, "regions-no-data", "need-regions") };
    let Some(stations) = rates::rated(tested) else {
        return row::absent(ID, view, "regions-no-data", rates::missing_column(tested));
    };
    if stations.is_empty() {
        return row::no_stations(ID, view, "regions-no-stations");
    }
    let regions = sums(&stations, names);
    let leader = view.leader_name().unwrap_or_default();
    let spread = Spread::of(&stations, names);
    let relation = Relation::of(&regions, settings, &view.contest.id);
    let statement = |id| Message::new(id).with("leader", leader).with("regions", regions.len());
    let (reason, statement, brief) = match &relation {
        Some(relation) => (
            Reason::NoNull,
            relation.said_in(statement(if relation.p.is_some() {
                "regions-statement"
            } else {
                "regions-statement-many"
            })),
            Message::new("regions-brief").with("correlation", Arg::Number(relation.r, 2)),
        ),
        None => (Reason::Descriptive, statement("regions-statement-few"), Message::new("regions-brief-few")),
    };
    let mut finding = Finding::new(ID, Verdict::Undecided(reason), row::subject(view), statement)
        .brief(brief.with("regions", regions.len()))
        .measure(Measure::count("regions", regions.len(), Unit::Regions, Message::new("regions-source-sums")))
        .measures(relation.iter().flat_map(|relation| relation.measures(&regions)))
        .measures(spread.measures())
        .caveat(Message::new("regions-caveat-ecological"))
        .caveat(Message::new("regions-caveat-confounded"))
        .figure(scatter(&regions, leader));
    finding.figures.extend(maps(view, &stations, leader).into_iter().flatten().map(Into::into));
    if regions.len() > MOST_DEALT {
        finding.caveats.push(Message::new("regions-caveat-many").with("most", MOST_DEALT));
    }
    finding.evidence = extremes(&regions, settings);
    finding
}

/// How turnout and share go together over regions.
struct Relation {
    r: f64,
    /// `None` where there are too many regions to deal shares out among.
    p: Option<f64>,
    low: (usize, f64),
    high: (usize, f64),
}

impl Relation {
    fn of(regions: &[Region], settings: &Settings, contest: &str) -> Option<Self> {
        if regions.len() < FEWEST {
            return None;
        }
        let turnout: Vec<f64> = regions.iter().map(Region::turnout).collect();
        let share: Vec<f64> = regions.iter().map(Region::share).collect();
        let weights: Vec<f64> = regions.iter().map(|region| region.registered as f64).collect();
        let mut draws = stream(settings.seed, &format!("{ID} {contest}"), 0);
        let dealt = regions.len() <= MOST_DEALT;
        let (low, high) = leave_one_out(&turnout, &share, &weights)?;
        Some(Self {
            r: weighted_correlation(&turnout, &share, &weights)?,
            p: dealt.then(|| permutation_p(&turnout, &share, &weights, settings.permutations, &mut draws)).flatten(),
            low,
            high,
        })
    }

    fn said_in(&self, statement: Message) -> Message {
        let statement = statement
            .with("correlation", Arg::Number(self.r, 2))
            .with("low", Arg::Number(self.low.1, 2))
            .with("high", Arg::Number(self.high.1, 2));
        match self.p {
            Some(p) => statement.with("p", Arg::Probability(p)),
            None => statement,
        }
    }

    fn measures(&self, regions: &[Region]) -> Vec<Measure> {
        let source = |id| Message::new(id);
        let without = |index: usize| source("regions-source-left-out").with("region", regions[index].name.as_str());
        let p = self.p.map(|p| {
            Measure::real("p_correlation_regions", p, Unit::Probability, source("regions-source-permutation"))
        });
        let correlation =
            Measure::real("correlation_regions", self.r, Unit::Pure, source("regions-source-correlation"));
        let left_out = [
            Measure::real("correlation_regions_lowest", self.low.1, Unit::Pure, without(self.low.0)),
            Measure::real("correlation_regions_highest", self.high.1, Unit::Pure, without(self.high.0)),
        ];
        std::iter::once(correlation).chain(p).chain(left_out).collect()
    }
}

/// Which part of the variance between stations lies between regions.
struct Spread {
    turnout: Option<f64>,
    share: Option<f64>,
}

impl Spread {
    fn of(stations: &[Rated], names: &Names) -> Self {
        let groups: Vec<usize> = stations.iter().map(|station| names.code(station.row)).collect();
        let of = |value: fn(&Rated) -> f64| {
            let values: Vec<f64> = stations.iter().map(value).collect();
            intraclass(&values, &groups, names.distinct())
        };
        Self { turnout: of(Rated::turnout), share: of(Rated::share) }
    }

    fn measures(&self) -> impl Iterator<Item = Measure> {
        let measure = |name, value: Option<f64>| {
            value.map(|value| Measure::real(name, value, Unit::Fraction, Message::new("regions-source-intraclass")))
        };
        [measure("intraclass_turnout", self.turnout), measure("intraclass_share", self.share)].into_iter().flatten()
    }
}

/// The regions with the highest and the lowest shares.
fn extremes(regions: &[Region], settings: &Settings) -> Vec<Evidence> {
    let mut sorted: Vec<&Region> = regions.iter().collect();
    sorted.sort_by(|a, b| b.share().total_cmp(&a.share()).then_with(|| a.name.cmp(&b.name)));
    let half = settings.listed.div_ceil(2);
    let lowest = sorted.len().saturating_sub(half).max(half);
    let line = |region: &&Region| {
        let statement = Message::new("regions-evidence")
            .with("region", region.name.as_str())
            .with("turnout", Arg::Percent(region.turnout(), 1))
            .with("share", Arg::Percent(region.share(), 1))
            .with("stations", region.stations);
        Evidence::new(statement)
            .value("turnout", Value::Real(region.turnout()))
            .value("share", Value::Real(region.share()))
            .value("stations", Value::Count(i64::try_from(region.stations).unwrap_or(i64::MAX)))
    };
    sorted.iter().take(half).chain(sorted.iter().skip(lowest)).map(line).collect()
}

fn scatter(regions: &[Region], leader: &str) -> Scatter {
    let point = |region: &Region| Point {
        name: region.name.clone(),
        x: region.turnout(),
        y: region.share(),
        weight: region.registered as f64,
    };
    Scatter {
        id: "regions",
        title: Message::new("regions-figure").with("leader", leader),
        description: Message::new("regions-figure-description").with("leader", leader),
        x: Axis::fraction(Message::new("regions-axis-turnout")),
        y: Axis::fraction(Message::new("regions-axis-share").with("leader", leader)),
        points: regions.iter().map(point).collect(),
        size: Message::new("regions-size"),
    }
}

/// Turnout and share on the record's map of areas, where it has one: of the widest level that is mapped.
fn maps(view: &ContestView<'_>, stations: &[Rated], leader: &str) -> Option<[Map; 2]> {
    let areas = mapped::areas(view)?;
    let sums = totals(stations, areas.areas.len(), |row| areas.of_station[row]);
    let values = |of: fn(&Region) -> f64| -> Vec<Option<f64>> {
        sums.iter().map(|region| (region.stations > 0).then(|| of(region))).collect()
    };
    let said = |id, title, label: Message| mapped::Said {
        id,
        title: Message::new(title).with("leader", leader).with("level", areas.level.as_str()),
        description: Message::new("regions-map-description").with("what", label.clone()),
        label,
        unvalued: Message::new("regions-map-none"),
    };
    let share = Message::new("regions-axis-share").with("leader", leader);
    let turnout = said("map-turnout", "regions-map-turnout", Message::new("regions-axis-turnout"));
    Some([
        mapped::of_fractions(&areas, &values(Region::turnout), turnout),
        mapped::of_fractions(&areas, &values(Region::share), said("map-share", "regions-map-share", share)),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{run_on, table};

    #[test]
    fn empty_rows_are_not_called_a_missing_column() {
        let lines: &[(Term, &[u32])] = &[(Term::Registered, &[100; 30]), (Term::Issued, &[0; 30])];
        let finding = run_on(&Regions, table(lines, &[&[0; 30], &[0; 30]])).remove(0);
        assert_eq!(
            (finding.statement.id, finding.verdict),
            ("regions-no-stations", Verdict::Undecided(Reason::NoData))
        );
    }

    #[test]
    fn beyond_five_thousand_regions_nothing_is_dealt() {
        // One region each ten rows; turnout 50 to 59 % and votes that rise with it.
        let of = |regions: usize| {
            let voted: Vec<u32> = (0..10 * regions).map(|row| 50 + (row / 10 % 10) as u32).collect();
            let own: Vec<u32> = voted.iter().map(|voted| 2 * (voted - 40)).collect();
            let others: Vec<u32> = voted.iter().zip(&own).map(|(voted, own)| voted - own).collect();
            let registered = vec![100; 10 * regions];
            let lines: &[(Term, &[u32])] = &[(Term::Registered, &registered), (Term::Issued, &voted)];
            run_on(&Regions, table(lines, &[&own, &others])).remove(0)
        };
        let many = of(MOST_DEALT + 1);
        assert_eq!(many.statement.id, "regions-statement-many");
        assert!(many.value("correlation_regions").is_some() && many.value("p_correlation_regions").is_none());
        assert!(many.caveats.iter().any(|caveat| caveat.id == "regions-caveat-many"));
        let few = of(10);
        assert!(few.value("p_correlation_regions").is_some());
        assert!(few.caveats.iter().all(|caveat| caveat.id != "regions-caveat-many"));
    }

    #[test]
    fn a_region_is_the_sum_of_its_stations() {
        let mut names = Names::default();
        ["b", "a", "b"].iter().for_each(|name| names.push(name));
        let station = |row, voted, leader| Rated { row, voted, registered: 100, leader, base: 50 };
        let regions = sums(&[station(0, 50, 10), station(1, 60, 20), station(2, 70, 30)], &names);
        assert_eq!(regions.len(), 2);
        assert_eq!((regions[0].name.as_str(), regions[0].turnout(), regions[0].share()), ("b", 0.6, 0.4));
    }

    #[test]
    fn the_extremes_do_not_list_a_region_twice() {
        let region =
            |name: &str, leader| Region { name: name.into(), stations: 1, leader, base: 10, ..Region::default() };
        let regions = [region("a", 1), region("b", 5), region("c", 9)];
        let settings = Settings { listed: 4, ..Settings::default() };
        assert_eq!(extremes(&regions, &settings).len(), 3);
    }
}
