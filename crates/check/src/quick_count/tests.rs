//! Samples small enough to follow, and official tables beside them.

use adil_finding::{Finding, Reason, Value, Verdict};
use adil_record::{
    Cells, Contest, Design, Frame, FrameColumns, OneOrMany, OptionId, PublishedFigure, PublisherKind, Quantity,
    QuickCount, Release, Reports, Rows, RowsError, SampleCount, StationReport, Status, Term, Visits,
};

use super::Estimate;
use crate::sample::{contest, count, measured, percent, real, release, run, share, stations, table};

/// Lines of a text, cut at commas.
struct Lines<'a>(std::iter::Enumerate<std::str::Lines<'a>>);

impl Rows for Lines<'_> {
    fn next_row(&mut self, cells: &mut Cells) -> Result<Option<u64>, RowsError> {
        let Some((row, line)) = self.0.next() else { return Ok(None) };
        cells.clear();
        line.split(',').for_each(|cell| cells.push(cell));
        Ok(Some(row as u64 + 1))
    }
}

/// Stations of the country, votes for A and B in each.
fn votes(station: u32) -> [u32; 2] {
    [100 + station * 37 % 61, 150 + station * 53 % 47]
}

const STATIONS: u32 = 400;
const REGISTER: u32 = 600;

/// A sample of these stations in two strata, in which only the first `reported` of the sample have reported.
fn sample(drawn: [u64; 2], reported: usize) -> SampleCount {
    let columns = FrameColumns {
        station: OneOrMany::One("station".into()),
        stratum: Some("stratum".into()),
        cluster: None,
        register: Some("voters".into()),
    };
    let row = |station| format!("{station},{},{REGISTER}\n", if station <= 250 { "a" } else { "b" });
    let text: String = std::iter::once("station,stratum,voters\n".to_owned()).chain((1..=STATIONS).map(row)).collect();
    let frame = Frame::read(&mut Lines(text.lines().enumerate()), &columns, "00".repeat(32)).expect("a frame");
    let design = Design::new("7", "frame.csv", &frame, &columns, &drawn).expect("a design");
    let mut chosen: Vec<usize> = adil_record::draw(&design, &frame)
        .expect("a sample")
        .into_iter()
        .flat_map(|stratum| stratum.drawn)
        .flatten()
        .collect();
    chosen.truncate(reported);
    let report = |place: usize| StationReport {
        station: frame.stations[place].name.clone(),
        votes: votes(place as u32 + 1).to_vec(),
        voted: None,
        invalid: Some(3),
        time: None,
        row: place as u64 + 2,
    };
    let reports = Reports {
        input: "reports.csv".into(),
        names: vec!["A".into(), "B".into()],
        options: vec![OptionId(0), OptionId(1)],
        stations: chosen.into_iter().map(report).collect(),
    };
    SampleCount::new(&design, frame, reports).expect("reports of the sample")
}

/// The findings beside a table in which A has as many votes more at every station as `added` says.
fn beside(count: SampleCount, added: impl Fn(u32) -> u32) -> Vec<Finding> {
    let all: Vec<[u32; 2]> =
        (1..=STATIONS).map(|station| [votes(station)[0] + added(station), votes(station)[1]]).collect();
    let [a, b] = [0, 1].map(|option| all.iter().map(|votes| votes[option]).collect::<Vec<_>>());
    let releases = vec![stations("final", Status::Final, table(&[], &[&a, &b]))];
    let quick_counts = vec![("Observers".to_owned(), QuickCount::Sample(Box::new(count)))];
    run(&Estimate, Contest { releases, quick_counts, ..contest(&["A", "B"]) })
}

#[test]
fn an_honest_result_is_unremarkable_and_its_stations_agree() {
    let findings = beside(sample([50, 30], 80), |_| 0);
    let verdicts: Vec<Verdict> = findings.iter().map(|finding| finding.verdict).collect();
    let descriptive = Verdict::Undecided(Reason::Descriptive);
    assert_eq!(verdicts, [descriptive, Verdict::Unremarkable, Verdict::Unremarkable, Verdict::Proven]);
    assert_eq!((measured(&findings[0], "drawn"), measured(&findings[0], "reported")), (80, 80));
    let [estimate, low, high] = ["estimate", "low", "high"].map(|name| real(&findings[1], name));
    assert!(low < estimate && estimate < high && high - low < 0.02);
    assert!((estimate + real(&findings[2], "estimate") - 1.0).abs() < 1e-12);
    // Every station has 600 on its register: turnout is votes and three invalid papers over that.
    let turnout = real(&findings[0], "estimate");
    assert!((0.4..0.6).contains(&turnout), "{turnout}");
}

#[test]
fn votes_added_everywhere_are_seen_as_a_whole_and_station_by_station() {
    let findings = beside(sample([50, 30], 80), |station| 10 + station % 5);
    assert_eq!(findings[1].verdict, Verdict::Anomalous);
    assert_eq!(findings[3].verdict, Verdict::Anomalous);
    assert_eq!((measured(&findings[3], "compared"), measured(&findings[3], "differing")), (80, 80));
    // Two options, then stations up to the number that is listed.
    assert_eq!(findings[3].evidence.len(), 2 + 20);
}

#[test]
fn votes_added_where_nobody_counted_are_seen_as_a_whole_alone() {
    let count = sample([50, 30], 80);
    let counted: Vec<u32> = count.report_of.keys().map(|&place| place as u32 + 1).collect();
    let findings = beside(count, |station| if counted.contains(&station) { 0 } else { 30 });
    assert_eq!((findings[1].verdict, findings[3].verdict), (Verdict::Anomalous, Verdict::Proven));
}

#[test]
fn one_corrected_station_is_a_change() {
    let count = sample([50, 30], 80);
    let first = count.report_of.keys().next().map_or(0, |&place| place as u32 + 1);
    let findings = beside(count, |station| if station == first { 5 } else { 0 });
    assert_eq!(
        (findings[1].verdict, findings[3].verdict),
        (Verdict::Unremarkable, Verdict::Undecided(Reason::Changed))
    );
}

#[test]
fn a_missing_tenth_is_the_worst_case_and_no_alarm() {
    let findings = beside(sample([50, 30], 72), |station| 10 + station % 5);
    assert_eq!(findings[1].verdict, Verdict::Undecided(Reason::NoPower));
    let [low, high] = ["low", "high"].map(|name| real(&findings[1], name));
    let [low_by_chance, high_by_chance] = ["low_by_chance", "high_by_chance"].map(|name| real(&findings[1], name));
    assert!(low < low_by_chance && high_by_chance < high);
    // 8 of 80 stations with up to 600 voters each beside 72 with about 300 votes: 4,800 of 26,400 votes are unknown.
    assert!(high - low > 0.15, "{low} {high}");
    // With half of it missing no margin is worked out.
    let findings = beside(sample([50, 30], 40), |_| 0);
    assert!(findings[1].value("low").is_some() && findings[1].value("low_by_chance").is_none());
    assert!(findings[1].value("deff").is_none());
}

#[test]
fn visits_have_shares_and_no_margin() {
    let reports = sample([50, 30], 80).reports;
    let quick_counts = vec![("Volunteers".to_owned(), QuickCount::Visits(Visits { reports }))];
    let findings = run(&Estimate, Contest { quick_counts, ..contest(&["A", "B"]) });
    assert_eq!(findings.len(), 1);
    assert!(findings[0].measures.iter().all(|measure| measure.interval.is_none()));
    assert!(["low", "high", "estimate"].iter().all(|name| findings[0].value(name).is_none()));
    assert!(
        findings[0].evidence.iter().all(|evidence| matches!(evidence.values[0], ("share_of_visits", Value::Real(_))))
    );
}

fn number(option: usize) -> Quantity {
    crate::sample::votes(option)
}

/// Official lines of every station: votes, three invalid papers, and so many more who took part.
fn official(more: impl Fn(u32) -> u32) -> adil_record::StationTable {
    let all: Vec<[u32; 2]> = (1..=STATIONS).map(votes).collect();
    let [a, b] = [0, 1].map(|option| all.iter().map(|votes| votes[option]).collect::<Vec<_>>());
    let issued: Vec<u32> = (1..).zip(&all).map(|(station, [a, b])| a + b + 3 + more(station)).collect();
    table(&[(Term::Registered, &[REGISTER; STATIONS as usize]), (Term::Issued, &issued)], &[&a, &b])
}

fn of_contest(releases: Vec<Release>) -> Vec<Finding> {
    let quick_counts = vec![("Observers".to_owned(), QuickCount::Sample(Box::new(sample([50, 30], 80))))];
    run(&Estimate, Contest { releases, quick_counts, ..contest(&["A", "B"]) })
}

#[test]
fn turnout_is_set_beside_the_official_one() {
    let honest = of_contest(vec![stations("final", Status::Final, official(|_| 0))]);
    let ids: Vec<&str> = honest.iter().map(|finding| finding.statement.id).collect();
    assert_eq!(ids[3..], ["quick-turnout-inside", "quick-pairs-equal"]);
    // Votes and three papers over 600, as in every report: the sum over all stations.
    let voted: u32 = (1..=STATIONS).map(|station| votes(station).iter().sum::<u32>() + 3).sum();
    assert!((real(&honest[3], "official") - f64::from(voted) / f64::from(STATIONS * REGISTER)).abs() < 1e-12);
    assert!((real(&honest[3], "estimate") - real(&honest[0], "estimate")).abs() < 1e-15);
    // 30 of 600 more at every station are five points.
    let raised = of_contest(vec![stations("final", Status::Final, official(|_| 30))]);
    assert_eq!((raised[3].statement.id, raised[3].verdict), ("quick-turnout-outside", Verdict::Anomalous));
    // Three questions: the level of each is 1 - rate / 3; the shares are still those of the table.
    assert_eq!((raised[1].verdict, raised[2].verdict), (Verdict::Unremarkable, Verdict::Unremarkable));
}

#[test]
fn published_figures_take_the_place_of_a_table() {
    let [a, b] = [0, 1].map(|option| (1..=STATIONS).map(|station| u64::from(votes(station)[option])).sum::<u64>());
    let with = |figures: Vec<PublishedFigure>| {
        of_contest(vec![release("final", PublisherKind::Organiser, Status::Final, figures)])
    };
    let of_stations = |number| count(Quantity::Stations, number);
    let counted = |more: u64| vec![count(number(0), a + more), count(number(1), b), of_stations(400)];
    let honest = with(counted(0));
    assert_eq!((honest[1].statement.id, honest[1].verdict), ("quick-option-inside", Verdict::Unremarkable));
    assert!((real(&honest[1], "official") - a as f64 / (a + b) as f64).abs() < 1e-15);
    assert!(honest[1].caveats.iter().any(|caveat| caveat.id == "quick-caveat-published"));
    let raised = with(counted(a / 5));
    assert_eq!((raised[1].statement.id, raised[1].verdict), ("quick-option-outside", Verdict::Anomalous));
    // Without a number of stations a difference decides nothing; nor does it with another number than the frame's.
    let not_identified = Verdict::Undecided(Reason::NotIdentified);
    assert_eq!(with(counted(a / 5)[..2].to_vec())[1].verdict, not_identified);
    let other = [counted(a / 5)[..2].to_vec(), vec![of_stations(500)]].concat();
    assert_eq!(with(other)[1].verdict, not_identified);
    // Shares of all ballots, 2 % of them invalid: divided by their sum they are those of the votes.
    let printed = |share: f64| format!("{:.1}", 98.0 * share);
    let shares = [a, b].map(|votes| printed(votes as f64 / (a + b) as f64));
    let figures = vec![percent(share(0), &shares[0]), percent(share(1), &shares[1]), of_stations(400)];
    let of_ballots = with(figures);
    assert_eq!(of_ballots[1].verdict, Verdict::Unremarkable);
    assert!((real(&of_ballots[1], "official") - a as f64 / (a + b) as f64).abs() < 0.001);
    // One option of two is no whole.
    assert_eq!(with(vec![percent(share(0), &shares[0])])[1].statement.id, "quick-option-statement");
}

#[test]
fn published_turnout_is_within_its_rounding() {
    let [a, b] = [0, 1].map(|option| (1..=STATIONS).map(|station| u64::from(votes(station)[option])).sum::<u64>());
    let voted = a + b + 3 * u64::from(STATIONS);
    let of = |turnout: PublishedFigure| {
        let figures = vec![count(number(0), a), count(number(1), b), count(Quantity::Stations, 400), turnout];
        let release = release("final", PublisherKind::Organiser, Status::Final, figures);
        of_contest(vec![release]).into_iter().find(|finding| finding.statement.id.starts_with("quick-turnout-"))
    };
    let turnout = 100.0 * voted as f64 / f64::from(STATIONS * REGISTER);
    let honest = of(percent(Quantity::Turnout, &format!("{turnout:.0}"))).expect("turnout is compared");
    // Half a percentage point of rounding is added to the shift that would be noticed.
    assert_eq!(honest.verdict, Verdict::Unremarkable);
    let raised = of(percent(Quantity::Turnout, &format!("{:.0}", turnout + 5.0))).expect("turnout is compared");
    assert_eq!(raised.verdict, Verdict::Anomalous);
}
