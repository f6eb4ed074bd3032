//! Exit polls beside counts: published figures, and stations made up by arithmetic.

use adil_finding::{Finding, Reason, Verdict};
use adil_record::{Contest, PollDesign, PublisherKind, Record, Release, Status, Term};

use super::{Houses, National, Paired};
use crate::sample::{contest, percent, real, release, share, stations, table};
use crate::{Check, ContestView, Settings};

/// A count of the side in power, and polls of it with their interviews.
fn with(count: &str, polls: &[(&str, Option<u64>)]) -> Contest {
    let poll = |(number, &(said, interviews)): (usize, &(&str, Option<u64>))| {
        let figures = vec![percent(share(0), said)];
        let design = PollDesign { interviews, ..PollDesign::default() };
        let poll = release(&format!("poll {number}"), PublisherKind::Pollster, Status::ExitPoll, figures);
        Release { poll: interviews.map(|_| design), ..poll }
    };
    let mut contest = contest(&["A", "B"]);
    contest.options[0].incumbent = true;
    contest.releases = polls.iter().enumerate().map(poll).collect();
    contest.releases.push(release("final", PublisherKind::Organiser, Status::Final, vec![percent(share(0), count)]));
    contest
}

pub(super) fn run(check: &dyn Check, contest: Contest) -> Vec<Finding> {
    let record = Record { contests: vec![contest], ..Record::default() };
    let settings = Settings { permutations: 999, ..Settings::default() };
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
    check.run(&view, &settings)
}

#[test]
fn the_polls_of_2005_and_2007_have_their_tipping_points() {
    // observed figures of Kazakhstan; the odds by hand: .9115 / .0885 = 10.2994; .874 / .126 = 6.9365, …
    let of = |count: &str, said: &str| {
        let finding = run(&National, with(count, &[(said, None)])).remove(0);
        assert!(finding.value("z_deff1").is_none(), "without a sample size there is no z");
        (real(&finding, "tipping_odds"), finding.statement.id, finding.verdict)
    };
    let not_identified = Verdict::Undecided(Reason::NotIdentified);
    for (count, said, odds, id) in [
        ("88.41", "80", 1.91, "exit-poll-possible"),
        ("91.15", "87.4", 1.48, "exit-poll-possible"),
        ("91.15", "86.9", 1.55, "exit-poll-possible"),
        ("91.15", "83.2", 2.08, "exit-poll-beyond"),
        ("91.15", "77.6", 2.97, "exit-poll-beyond"),
        ("50", "51", 0.96, "exit-poll-explained"),
    ] {
        let found = of(count, said);
        assert!((found.0 - odds).abs() < 0.005, "{said}: {}", found.0);
        assert_eq!((found.1, found.2), (id, not_identified), "{said}");
    }
}

#[test]
fn margins_grow_with_the_design_effect() {
    // 1.96 sqrt(.832 * .168 / 23,780) = 0.475 points, sqrt(10) and 5 times as much.
    let finding = run(&National, with("91.15", &[("83.2", Some(23_780))])).remove(0);
    for (name, points) in [("margin_deff1", 0.475), ("margin_deff10", 1.503), ("margin_deff25", 2.376)] {
        assert!((real(&finding, name) - points).abs() < 0.001, "{name}");
    }
    // (.832 - .9115) / .0024244 = -32.79
    assert!((real(&finding, "z_deff1") + 32.79).abs() < 0.01, "{}", real(&finding, "z_deff1"));
    assert_eq!(finding.statement.id, "exit-poll-beyond");
}

#[test]
fn inside_sampling_error_needs_power_to_say_something() {
    // At D = 25 and p = .5: the standard error of 1,000 interviews is 7.9 points, of 100,000 0.79.
    let of = |interviews| run(&National, with("51", &[("50", Some(interviews))])).remove(0);
    assert_eq!((of(1_000).statement.id, of(1_000).verdict), ("exit-poll-inside", Verdict::Undecided(Reason::NoPower)));
    assert_eq!((of(100_000).statement.id, of(100_000).verdict), ("exit-poll-inside", Verdict::Unremarkable));
    let given = |effect| {
        let mut contest = with("51", &[("50", Some(40_000))]);
        contest.releases[0].poll.as_mut().expect("a design").design_effect = Some(effect);
        run(&National, contest).remove(0).statement.id
    };
    // 1.96 * .25 points = .49 at D = 1, 1.55 at 10: one point is outside, then inside.
    assert_eq!((given(1.0), given(10.0)), ("exit-poll-explained", "exit-poll-inside"));
}

#[test]
fn polls_weighted_with_the_result_are_left_aside() {
    let mut contest = with("51", &[("50", Some(40_000))]);
    contest.releases[0].poll.as_mut().expect("a design").weighted_to_result = true;
    let findings = run(&National, contest);
    assert_eq!((findings.len(), findings[0].statement.id), (1, "exit-poll-weighted"));
}

#[test]
fn four_houses_differ_as_much_among_themselves() {
    let polls = [("87.4", None), ("86.9", Some(300_000)), ("83.2", Some(23_780)), ("77.6", Some(16_000))];
    let finding = run(&Houses, with("91.15", &polls)).remove(0);
    // scipy.stats.t: see `adil_stat::OneMore`; the 97.5 % point with 3 degrees of freedom is 3.1824, so that 16.1 points are needed.
    assert!((real(&finding, "t") - 1.45847).abs() < 1e-4 && (real(&finding, "p") - 0.24079).abs() < 1e-4);
    assert!((real(&finding, "difference_needed") - 3.18245 * 4.522813 * 1.25f64.sqrt()).abs() < 1e-3);
    assert_eq!((finding.verdict, finding.statement.id), (Verdict::Undecided(Reason::NoPower), "houses-inside"));
    assert!(run(&Houses, with("91.15", &polls[..1])).is_empty(), "one poll says nothing of houses");
}

/// 60 stations of 1,000 voters with turnouts of 40 to 87.2 %, and a poll of 100 answers at each. Honest voters choose A as
/// often everywhere and answer half as readily if they do; `added` ballots for A at the n-th station are `added` times n.
pub(super) fn paired(added: u32) -> Contest {
    let honest = |row: u32| 400 + row % 7;
    let ballots: Vec<u32> = (0..60).map(|row| honest(row) + added * row).collect();
    let for_a: Vec<u32> = (0..60).map(|row| honest(row) / 2 + 2 + added * row).collect();
    let others: Vec<u32> = ballots.iter().zip(&for_a).map(|(all, own)| all - own).collect();
    let count = table(&[(Term::Registered, &[1_000; 60]), (Term::Issued, &ballots)], &[&for_a, &others]);
    // 33 of 100, give or take: odds of 1/2.
    let said: Vec<u32> = (0..60).map(|row| 30 + row * 13 % 7).collect();
    let not_said: Vec<u32> = said.iter().map(|said| 100 - said).collect();
    let mut contest = with("50", &[("33", Some(6_000))]);
    contest.releases[0].stations = Some(table(&[], &[&said, &not_said]));
    contest.releases.push(stations("table", Status::Final, count));
    contest
}

#[test]
fn unequal_readiness_is_level_and_added_ballots_are_not() {
    let level = run(&Paired, paired(0)).remove(0);
    assert_eq!((level.statement.id, level.verdict), ("paired-level", Verdict::Undecided(Reason::NotIdentified)));
    // ln odds of A in the poll: about ln(33/67); in the count about .02. The tipping point is about 2.05.
    assert!((real(&level, "paired_odds") - 2.05).abs() < 0.05, "{}", real(&level, "paired_odds"));
    let added = run(&Paired, paired(8)).remove(0);
    assert_eq!((added.statement.id, added.verdict), ("paired-speaks", Verdict::Anomalous));
    assert!(real(&added, "turnout_slope") < 0.0 && real(&added, "turnout_slope_p") <= 0.001);
    // The same is said of the poll as a whole.
    assert_eq!(run(&National, paired(8)).remove(0).statement.id, "exit-poll-against");
    assert_eq!(run(&National, paired(0)).remove(0).statement.id, "exit-poll-beyond");
}

#[test]
fn answers_at_stations_are_no_count() {
    // The only table of a contest is that of a poll: nothing is tested as if it were a result.
    let mut contest = paired(0);
    contest.releases.pop();
    assert!(contest.tested().is_none());
    assert!(run(&Paired, contest).is_empty());
}
