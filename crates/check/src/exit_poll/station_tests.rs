//! Exit polls with answers by station: weights, covariates, and voters outside the frame.

use adil_finding::{Finding, Reason, Verdict};
use adil_record::{
    Area, Contest, InterviewColumn, Names, PollColumn, PollDesign, PublisherKind, Record, Release, StationTable,
    Status, Term,
};

use super::tests::{paired, run};
use super::{National, Paired};
use crate::sample::{contest, percent, real, release, share, stations, table};
use crate::{Check, ContestView, Settings};

const STATION: fn(PollColumn) -> InterviewColumn = InterviewColumn::Station;

fn names(names: &[&str]) -> Names {
    let mut column = Names::default();
    names.iter().for_each(|name| column.push(name));
    column
}

fn numbers(cells: &[f64]) -> Vec<Option<f64>> {
    cells.iter().map(|&cell| Some(cell)).collect()
}

/// Six stations in two regions, with A at 60 % in the count; a poll at four of them.
fn weighted() -> Contest {
    let issued: &[u32] = &[800, 600, 500, 900, 400, 300];
    let for_a: &[u32] = &[480, 360, 300, 540, 240, 180];
    let others: Vec<u32> = issued.iter().zip(for_a).map(|(all, own)| all - own).collect();
    let mut count = table(&[(Term::Registered, &[1_000; 6]), (Term::Issued, issued)], &[for_a, &others]);
    count.areas = vec![Area { level: "region".into(), names: names(&["N", "N", "N", "S", "S", "S"]) }];
    let mut asked = StationTable {
        stations: names(&["1", "2", "4", "5"]),
        source_rows: vec![2, 3, 4, 5],
        ..table(&[], &[&[30, 12, 45, 20], &[20, 28, 15, 20]])
    };
    asked.areas = vec![Area { level: "region".into(), names: names(&["N", "N", "S", "S"]) }];
    asked.interviews = vec![(STATION(PollColumn::Probability), numbers(&[0.5, 0.25, 0.25, 0.5]))];
    let poll = release("poll", PublisherKind::Pollster, Status::ExitPoll, vec![percent(share(0), "58")]);
    let mut contest = contest(&["A", "B"]);
    contest.options[0].incumbent = true;
    let design = PollDesign { interviews: Some(190), strata: Some("region".into()), ..PollDesign::default() };
    contest.releases =
        vec![Release { poll: Some(design), stations: Some(asked), ..poll }, stations("table", Status::Final, count)];
    contest
}

fn close(finding: &Finding, name: &str, expected: f64) {
    let got = real(finding, name);
    assert!((got - expected).abs() <= 1e-9 * expected.abs(), "{name}: {got}, expected {expected}");
}

#[test]
fn answers_by_station_are_weighted_and_their_design_effect_is_computed() {
    // python3 -c '
    // K={"N":1900,"S":1600}; S={"N":[(2,800,.6),(4,600,.3)],"S":[(4,900,.75),(2,400,.5)]}; R=v=0
    // for h,u in S.items():
    //     M=sum(w*T for w,T,p in u); r=sum(w*T*p for w,T,p in u)/M; R+=K[h]*r/3500
    //     z=[K[h]/M*w*T*(p-r) for w,T,p in u]; b=sum(z)/2; v+=2*sum((x-b)**2 for x in z)/3500**2
    // print(repr(R), repr(v/(R*(1-R)/190)), repr((R-.6)/(R*(1-R)/190)**.5), repr((R-.6)/v**.5))'
    let finding = run(&National, weighted()).remove(0);
    for (name, expected) in ["poll_share", "poll_design_effect", "z_deff1", "z_design"].into_iter().zip(EXPECTED) {
        close(&finding, name, expected);
    }
    // Six units in two strata less two: t.ppf(.975, 2) = 4.302652729911275.
    close(&finding, "margin_design", 100.0 * 4.302652729911275 * (EXPECTED[0] - 0.6) / EXPECTED[3]);
    let ids: Vec<&str> = finding.evidence.iter().map(|line| line.statement.id).collect();
    assert!(ids.contains(&"exit-poll-weighted-of") && ids.contains(&"exit-poll-weighted-printed"), "{ids:?}");
    assert!(!finding.caveats.iter().any(|caveat| caveat.id == "exit-poll-caveat-effect"), "no effect is assumed");
}

const EXPECTED: [f64; 4] = [0.550077922077922, 5.578831274951449, -1.383211830259818, -0.585621592491169];

#[test]
fn a_poll_without_figures_has_its_stations() {
    let mut contest = weighted();
    contest.releases[0].figures.clear();
    close(&run(&National, contest.clone()).remove(0), "poll_share", EXPECTED[0]);
    // Weighted with the result it tests nothing, by stations or as a whole.
    contest.releases[0].poll.as_mut().expect("a design").weighted_to_result = true;
    assert_eq!(run(&National, contest.clone())[0].statement.id, "exit-poll-weighted");
    assert!(run(&Paired, contest).is_empty());
}

#[test]
fn a_turnout_that_is_told_goes_before_that_of_the_count() {
    let mut contest = weighted();
    let design = contest.releases[0].poll.as_mut().expect("a design");
    design.turnout = [("N".to_owned(), 1_000), ("S".to_owned(), 3_000)].into();
    // N: (1600 * .6 + 2400 * .3) / 4000 = .42; S: (3600 * .75 + 800 * .5) / 4400 = .704545…
    close(&run(&National, contest).remove(0), "poll_share", 0.25 * 0.42 + 0.75 * 3_100.0 / 4_400.0);
    // Without strata, weights and turnouts alone: (960 + 720 + 2700 + 400) / (1600 + 2400 + 3600 + 800).
    let mut contest = weighted();
    contest.releases[0].poll.as_mut().expect("a design").strata = None;
    close(&run(&National, contest).remove(0), "poll_share", 4_780.0 / 8_400.0);
}

#[test]
fn silent_cells_weigh_more() {
    let mut contest = weighted();
    contest.releases[0].poll.as_mut().expect("a design").strata = None;
    let table = contest.releases[0].stations.as_mut().expect("a table");
    let cell = |of: &str| InterviewColumn::CellAnswers("women".into(), of.into());
    table.interviews.extend([
        (InterviewColumn::CellRefused("women".into()), numbers(&[30.0, 20.0, 20.0, 10.0])),
        (cell("A"), numbers(&[20.0, 4.0, 15.0, 10.0])),
        (cell("B"), numbers(&[0.0, 16.0, 5.0, 10.0])),
        (InterviewColumn::CellRefused("men".into()), numbers(&[0.0; 4])),
        (InterviewColumn::CellAnswers("men".into(), "A".into()), numbers(&[10.0, 8.0, 30.0, 10.0])),
        (InterviewColumn::CellAnswers("men".into(), "B".into()), numbers(&[20.0, 12.0, 10.0, 10.0])),
    ]);
    // 80 women answered and 80 did not: each stands for two; 110 men answered and all did: each for himself.
    // Stations: (40 + 10) / 70, (8 + 8) / 60, (30 + 30) / 80, (20 + 10) / 60.
    let [p1, p2, p3, p4] = [50.0 / 70.0, 16.0 / 60.0, 60.0 / 80.0, 0.5];
    let expected = (1_600.0 * p1 + 2_400.0 * p2 + 3_600.0 * p3 + 800.0 * p4) / 8_400.0;
    close(&run(&National, contest).remove(0), "poll_share", expected);
}

#[test]
fn voters_outside_the_frame_can_do_so_much() {
    let mut contest = weighted();
    let design = contest.releases[0].poll.as_mut().expect("a design");
    (design.strata, design.outside) = (None, Some(700));
    // 700 of 3,500 are 20 %; p = 4780/8400, so that (.6 - .8 p) / .2 of them must have chosen A.
    let finding = run(&National, contest.clone()).remove(0);
    close(&finding, "outside_part", 0.2);
    close(&finding, "outside_needed", (0.6 - 0.8 * 4_780.0 / 8_400.0) / 0.2);
    assert!(finding.caveats.iter().any(|caveat| caveat.id == "exit-poll-caveat-outside"));
    // 35 of them are 1 %: (.6 - .99 p) / .01 is above 1.
    contest.releases[0].poll.as_mut().expect("a design").outside = Some(35);
    let finding = run(&National, contest).remove(0);
    assert!(finding.caveats.iter().any(|caveat| caveat.id == "exit-poll-caveat-outside-beyond"));
    // Without design and without lines nothing is known of them.
    let finding = run(&National, weighted()).remove(0);
    assert!(finding.caveats.iter().any(|caveat| caveat.id == "exit-poll-caveat-frame"));
}

#[test]
fn a_difference_that_goes_with_the_way_of_asking_is_said_to() {
    let mut contest = paired(0);
    let poll = contest.releases[0].stations.as_mut().expect("a table");
    // The further away, the fewer who chose A answer; observers are dealt out evenly.
    let metres: Vec<f64> = (0..60).map(|row| f64::from(row * 17 % 60)).collect();
    let said: Vec<u32> = metres.iter().map(|metres| 40 - (metres / 3.0) as u32).collect();
    let others: Vec<u32> = said.iter().map(|said| 100 - said).collect();
    poll.votes = table(&[], &[&said, &others]).votes;
    poll.interviews = vec![
        (STATION(PollColumn::Distance), numbers(&metres)),
        (STATION(PollColumn::Observer), (0..60).map(|row| Some(f64::from(row % 2))).collect()),
    ];
    let finding = run(&Paired, contest).remove(0);
    assert_eq!((finding.statement.id, finding.verdict), ("paired-asking", Verdict::Undecided(Reason::NotIdentified)));
    let slopes: Vec<&str> =
        finding.evidence.iter().map(|line| line.statement.id).filter(|id| id.starts_with("paired-slope")).collect();
    assert_eq!(slopes, ["paired-slope-held", "paired-slope-stands-held", "paired-slope-held"]);
    assert_eq!(finding.figures.len(), 1);
    // Turnout alone decides, whatever else stands out.
    assert_eq!(run(&Paired, paired(8)).remove(0).statement.id, "paired-speaks");
}

#[test]
fn ballots_added_for_the_others_are_the_opposite() {
    // The ballots are added for A, and B is tested: its odds in the count fall with turnout, those in the poll do not.
    let record = Record { contests: vec![paired(8)], ..Record::default() };
    let settings = Settings { permutations: 999, leader: Some("b".into()), ..Settings::default() };
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("B is an option");
    let finding = Paired.run(&view, &settings).remove(0);
    assert_eq!((finding.statement.id, finding.verdict), ("paired-rises", Verdict::Undecided(Reason::NotIdentified)));
    assert!(real(&finding, "turnout_slope") > 0.0);
}
