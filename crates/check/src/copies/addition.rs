//! # copies/addition
//!
//! Adds the stations up again, and sets the sums against the figures that were published of districts, regions and the whole.
//!
//! **What it looks at.** The tables of stations of the organisers' releases, and the counts that an organisers' release of the same stage gives
//! (`[[contest.release.figure]]`): voters, voters who took part, valid and invalid papers, votes of options; with an `area` that the table
//! has at some level, or of the whole. Every release with a table is added up by itself: its own figures, and those of releases of the same stage that
//! have no table, beside the table of the same time, or the last of that stage.
//!
//! **Formula.** For each figure f of an area, s the sum of the same numbers over the stations of that area:
//!
//! ```text
//! f = s,   or |f - s| at most the rounding of f where it ends in three or more zeros
//! ```
//!
//! A table that lacks stations (rows left out for another reason than `totals`) or cells can only add up to less: there f below s is `contradicted`, f above s is `changed`. Else every difference
//! is. The first that fails, from the narrowest areas up, is named: below it everything adds up.
//!
//! **Null model.** None: arithmetic.
//!
//! **When it is wrong.** A table that lacks stations without saying so (votes abroad, at sea, in hospitals). Areas of other borders under the same name. A
//! figure that means something else by "voters" than the column.
//!
//! **What may not be concluded.** That sums hold says nothing on the stations. A sum that fails says that one of both statements is false, not which, nor
//! why: the commission above may have corrected a protocol that the table still shows.
//!
//! **References.** Kazakhstan 2015: the regions added to 9,036,724 where 9,090,920 was said, the gap being invalid papers (thecessblog.com, politics).

use std::cmp::Reverse;

use adil_finding::{
    Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Subject, Technique, Unit, Value, Verdict, Whose,
};
use adil_record::{Amount, Contest, Counts, PublishedFigure, Quantity, Release, StationTable, Term};

use crate::releases::arithmetic::sheet::{Count, Sheet, label, quantity};
use crate::{Check, Claim, ContestView, Need, Page, Settings};

/// The check.
pub(crate) struct Addition;

const ID: CheckId = CheckId("copies/addition");

impl Check for Addition {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("addition.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::Count, needs: &[Need::Stations] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let releases = &view.contest.releases;
        let official = |release: &&Release| release.is_official() && release.is_of_the_count() && !release.partial;
        let tables = releases.iter().filter(official).filter_map(|release| Some((release, release.stations.as_ref()?)));
        let of = |(release, table): (&Release, &StationTable)| {
            let is_of_it = |said: &&Release| {
                official(said) && table_of(said, releases).is_some_and(|of| std::ptr::eq(of, release))
            };
            let sums: Vec<Sum<'_>> = releases.iter().filter(is_of_it).flat_map(|said| sums(said, table)).collect();
            (!sums.is_empty()).then(|| finding(view, release, table, sums, settings))
        };
        tables.filter_map(of).collect()
    }
}

/// The release whose stations a release's figures are sums of: itself where it has a table; else, of the organisers' tables of the same stage, the one of the
/// same time, or the last. A table of another hour need not add up to them.
fn table_of<'a>(said: &'a Release, releases: &'a [Release]) -> Option<&'a Release> {
    if said.stations.is_some() {
        return Some(said);
    }
    let has_table = |of: &&Release| of.is_official() && of.is_of_the_count() && !of.partial && of.stations.is_some();
    let mut of_stage = releases.iter().filter(has_table).filter(|of| of.status == said.status);
    let same_time = of_stage.clone().find(|of| said.time.is_some() && of.time == said.time);
    same_time.or_else(|| of_stage.next_back())
}

/// The reason by which rows of totals are left out of a table: no station is lost with them.
const TOTALS: &str = "totals";

/// A figure and what the stations of its area add up to.
struct Sum<'a> {
    said: &'a Release,
    figure: &'a PublishedFigure,
    published: Count,
    stations: usize,
    sum: u64,
    /// Whether some station of the area has no such number.
    lacks: bool,
    /// The level of the area, from the narrowest: 0 for the whole.
    level: usize,
}

/// The counts of a release that a table has the stations of.
fn sums<'a>(said: &'a Release, table: &StationTable) -> Vec<Sum<'a>> {
    let of = |figure: &'a PublishedFigure| {
        let Amount::Count(published) = figure.amount else { return None };
        let column = column(&figure.what, table)?;
        let (level, rows) = rows_of(figure.area.as_deref(), table)?;
        let cells = || rows.iter().map(|&row| column.get(row));
        Some(Sum {
            said,
            figure,
            published: Count::printed(published),
            stations: rows.len(),
            sum: cells().flatten().map(u64::from).sum(),
            lacks: cells().any(|cell| cell.is_none()),
            level,
        })
    };
    said.figures.iter().filter_map(of).collect()
}

/// The stations' numbers of a quantity.
fn column(what: &Quantity, table: &StationTable) -> Option<Counts> {
    match what {
        Quantity::Registered => table.line(Term::Registered).cloned(),
        Quantity::Voted => table.turnout_numerator(),
        Quantity::Valid => table.valid(),
        Quantity::Invalid => table.line(Term::Invalid).cloned(),
        Quantity::Stations => Some((0..table.len()).map(|_| Some(1)).collect()),
        Quantity::Votes(option) => table.votes.get(option.0).filter(|votes| !votes.all_missing()).cloned(),
        Quantity::Turnout | Quantity::Share(_) | Quantity::Other(_) => None,
    }
}

/// The stations of an area, with its level counted from the whole: 1 for the widest areas. `None` where the table has no such area.
fn rows_of(area: Option<&str>, table: &StationTable) -> Option<(usize, Vec<usize>)> {
    let Some(area) = area else { return Some((0, (0..table.len()).collect())) };
    table.areas.iter().enumerate().find_map(|(level, of_level)| {
        let names = &of_level.names;
        let code = (0..names.distinct()).find(|&code| names.spelling(code) == area)?;
        Some((level + 1, (0..table.len()).filter(|&row| names.code(row) == code).collect()))
    })
}

/// What a sum says of its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Agrees,
    /// Both cannot be true.
    Excludes,
    /// The table lacks stations or cells, which may be the difference.
    Lacks,
}

impl Sum<'_> {
    fn outcome(&self, is_complete: bool) -> Outcome {
        let sum = Count { value: self.sum, half: 0 };
        match self.published.agrees(sum) {
            true => Outcome::Agrees,
            false if (is_complete && !self.lacks) || self.published.value < self.sum => Outcome::Excludes,
            false => Outcome::Lacks,
        }
    }
}

fn finding(
    view: &ContestView<'_>,
    release: &Release,
    table: &StationTable,
    mut sums: Vec<Sum<'_>>,
    settings: &Settings,
) -> Finding {
    let contest = view.contest;
    let is_complete = table.left_out.iter().all(|rows| rows.reason == TOTALS);
    let count = |wanted: Outcome| sums.iter().filter(|sum| sum.outcome(is_complete) == wanted).count();
    let (agreeing, excluding, lacking) = (count(Outcome::Agrees), count(Outcome::Excludes), count(Outcome::Lacks));
    let compared = sums.len();
    // From the narrowest areas up; of one level the largest difference first.
    let difference = |sum: &Sum<'_>| sum.published.value.abs_diff(sum.sum);
    sums.sort_by_key(|sum| (Reverse(sum.level), Reverse(difference(sum))));
    let (id, brief, verdict) = match (excluding, lacking) {
        (0, 0) => ("addition-holds", "addition-brief-holds", Verdict::Proven),
        (0, _) => ("addition-lacks", "addition-brief-lacks", Verdict::Undecided(Reason::Changed)),
        _ => ("addition-fails", "addition-brief-fails", Verdict::Contradicted(Whose::Organisers)),
    };
    let said = |id| {
        Message::new(id)
            .with("release", label(contest, release))
            .with("compared", compared)
            .with("agreeing", agreeing)
            .with("failing", excluding)
            .with("lacking", lacking)
    };
    let mut failing = sums.iter().filter(|sum| sum.outcome(is_complete) != Outcome::Agrees).peekable();
    let mut subject = Subject::contest(&contest.title);
    if let Some(first) = failing.peek() {
        subject.statements = vec![Sheet::new(contest, first.said).said(&[&first.figure.what])];
    }
    let measure = |name, value: usize, id| Measure::count(name, value, Unit::Pure, Message::new(id));
    // The narrowest that fails stands in the sentence: below it everything adds up.
    let statement = match failing.peek() {
        Some(first) => said(id).with("first", line(contest, first, is_complete)),
        None => said(id),
    };
    let mut finding = Finding::new(ID, verdict, subject, statement)
        .brief(said(brief))
        .caveat(Message::new("addition-caveat"))
        .measures([
            measure("sums_compared", compared, "addition-source-compared"),
            measure("sums_agreeing", agreeing, "addition-source-agreeing"),
            measure("sums_failing", excluding, "addition-source-failing"),
            measure("sums_lacking", lacking, "addition-source-lacking"),
        ]);
    finding.evidence.extend(failing.take(settings.listed).map(|sum| {
        let difference = Value::Count(signed(sum.published.value, sum.sum));
        Evidence::new(line(contest, sum, is_complete)).value("difference", difference)
    }));
    finding
}

/// A figure with what the stations add up to.
fn line(contest: &Contest, sum: &Sum<'_>, is_complete: bool) -> Message {
    let area = match &sum.figure.area {
        Some(area) => Arg::from(area.as_str()),
        None => Message::new("addition-whole").into(),
    };
    let lacks = sum.outcome(is_complete) == Outcome::Lacks;
    Message::new(if lacks { "addition-line-lacks" } else { "addition-line" })
        .with("area", area)
        .with("what", quantity(contest, &sum.figure.what))
        .with("published", sum.published.value)
        .with("sum", sum.sum)
        .with("stations", sum.stations)
}

/// The first less the second.
fn signed(published: u64, sum: u64) -> i64 {
    let bounded = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    bounded(published).saturating_sub(bounded(sum))
}

#[cfg(test)]
mod tests {
    use adil_record::{Area, LeftOut, Names, PublisherKind, Status};

    use super::*;
    use crate::sample::{contest, count, measured, release, run, stations, table, votes};

    /// Two districts of one region with two stations each: A has 30 and 70, B 20 and 60 votes in the districts.
    fn of(figures: Vec<PublishedFigure>, change: impl Fn(&mut StationTable)) -> Vec<Finding> {
        let mut table = table(&[(Term::Registered, &[50, 50, 100, 100])], &[&[10, 20, 30, 40], &[5, 15, 20, 40]]);
        let names = |names: [&str; 4]| {
            let mut column = Names::default();
            names.into_iter().for_each(|name| column.push(name));
            column
        };
        table.areas = vec![
            Area { level: "region".into(), names: names(["North"; 4]) },
            Area { level: "district".into(), names: names(["Hill", "Hill", "Lake", "Lake"]) },
        ];
        change(&mut table);
        let said = release("protocol", PublisherKind::Organiser, Status::Final, figures);
        let releases = vec![stations("final", Status::Final, table), said];
        run(&Addition, Contest { releases, ..contest(&["A", "B"]) })
    }

    fn in_area(area: &str, figure: PublishedFigure) -> PublishedFigure {
        PublishedFigure { area: Some(area.into()), ..figure }
    }

    #[test]
    fn sums_that_hold_are_proven() {
        let figures = vec![
            count(votes(0), 100),
            count(Quantity::Registered, 300),
            in_area("North", count(votes(1), 80)),
            in_area("Lake", count(votes(0), 70)),
            in_area("Nowhere", count(votes(0), 7)),
        ];
        let finding = of(figures, |_| {}).remove(0);
        assert_eq!((finding.statement.id, finding.verdict), ("addition-holds", Verdict::Proven));
        assert_eq!(measured(&finding, "sums_compared"), 4, "an area that the table does not have is no sum");
        assert!(of(Vec::new(), |_| {}).is_empty());
    }

    #[test]
    fn the_narrowest_sum_that_fails_is_named_first() {
        let figures = vec![
            count(votes(0), 103),
            in_area("North", count(votes(0), 103)),
            in_area("Lake", count(votes(0), 73)),
            in_area("Hill", count(votes(0), 30)),
        ];
        let finding = of(figures, |_| {}).remove(0);
        assert_eq!(finding.verdict, Verdict::Contradicted(Whose::Organisers));
        assert!(format!("{:?}", finding.evidence[0].statement.args).contains("Lake"));
        assert_eq!((measured(&finding, "sums_failing"), measured(&finding, "sums_agreeing")), (3, 1));
        assert_eq!(finding.evidence[0].values[0].1, Value::Count(3));
    }

    #[test]
    fn every_release_is_added_up_by_itself() {
        let at = |id: &str, time: &str, cells: &[&[u32]], figure: u64| Release {
            time: Some(time.into()),
            figures: vec![count(votes(0), figure)],
            ..stations(id, Status::Night, table(&[], cells))
        };
        // 30 at ten and 60 at midnight, each as published then; a bulletin of ten o'clock that says 31.
        let bulletin = Release {
            time: Some("22:00".into()),
            ..release("bulletin", PublisherKind::Organiser, Status::Night, vec![count(votes(0), 31)])
        };
        let releases = vec![
            at("ten", "22:00", &[&[10, 20], &[1, 2]], 30),
            at("midnight", "24:00", &[&[30, 30], &[1, 2]], 60),
            bulletin,
        ];
        let findings = run(&Addition, Contest { releases, ..contest(&["A", "B"]) });
        let verdicts: Vec<(&str, i64)> =
            findings.iter().map(|of| (of.verdict.id(), measured(of, "sums_compared"))).collect();
        assert_eq!(verdicts, [("contradicted", 2), ("proven", 1)]);
    }

    #[test]
    fn a_table_that_lacks_stations_can_only_add_up_to_less() {
        let lacks = |table: &mut StationTable| {
            table.left_out.push(LeftOut { reason: "annulled".into(), rows: 1, first_row: 6 });
        };
        let more = of(vec![count(votes(0), 110)], lacks).remove(0);
        assert_eq!((more.statement.id, more.verdict), ("addition-lacks", Verdict::Undecided(Reason::Changed)));
        let fewer = of(vec![count(votes(0), 90)], lacks).remove(0);
        assert_eq!(fewer.verdict, Verdict::Contradicted(Whose::Organisers));
        let unknown = of(vec![count(votes(0), 100)], |table| table.votes[0].set(0, None)).remove(0);
        assert_eq!(unknown.statement.id, "addition-lacks", "a cell that is not known may be the difference");
    }
}
