//! Random elections with ties, blank and invalid ballots, counted by `belenios-tool` as well.
//!
//! Schulze and majority judgment (upper middle) must agree in everything that both state. The other program works out the
//! single transferable vote in floating-point numbers and this crate in fractions; they must agree in every event up to
//! the first one that hangs on two fractions being exactly equal.

mod common;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use adil_count::{Action, Count, Fraction, InvalidReason, Method, Middle, Place, Round, StvRound};
use common::{Numbers, counted, judgment, pairwise, stv_rounds};
use serde_json::{Value, json};

/// Elections of each method.
const ELECTIONS: u64 = 120;

fn ask(tool: &Path, arguments: &[String], ballots: &[Vec<u32>]) -> Value {
    let mut child = Command::new(tool)
        .arg("method")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("belenios-tool starts");
    let input = json!(ballots).to_string();
    child.stdin.take().expect("a pipe").write_all(input.as_bytes()).expect("ballots are read");
    let output = child.wait_with_output().expect("belenios-tool ends");
    assert!(output.status.success(), "{arguments:?} on {input}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Groups with each in the order of the question.
fn groups(value: &Value) -> Vec<Vec<usize>> {
    let mut groups: Vec<Vec<usize>> = serde_json::from_value(value.clone()).expect("lists of candidates");
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups
}

/// The ballots of a count's invalid indices, sorted as the other program sorts them.
fn invalid(count: &Count, ballots: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut invalid: Vec<Vec<u32>> = count.invalid.iter().map(|invalid| ballots[invalid.ballot].clone()).collect();
    invalid.sort_unstable();
    invalid
}

fn theirs(value: &Value) -> Vec<Vec<u32>> {
    let mut ballots: Vec<Vec<u32>> = serde_json::from_value(value.clone()).expect("ballots");
    ballots.sort_unstable();
    ballots
}

#[test]
fn schulze_agrees() {
    let Some(peer) = adil_outside::peer("schulze_agrees") else { return };
    let mut ties = 0;
    for seed in 1..=ELECTIONS {
        let mut numbers = Numbers(seed * 0x9e37_79b9);
        let candidates = 1 + numbers.below(6) as usize;
        let voters = numbers.below(25);
        let blank = numbers.below(2) == 0;
        // Few ranks: equal ranks, gaps and zeros are common, and so are ballots of zeros.
        let highest = 2 + numbers.below(5);
        let ballots: Vec<Vec<u32>> = (0..voters)
            .map(|_| {
                let empty = numbers.below(8) == 0;
                (0..candidates).map(|_| if empty { 0 } else { numbers.below(highest) }).collect()
            })
            .collect();
        let count = counted(&Method::Schulze { blank }, candidates, &ballots);
        let arguments = ["schulze".to_owned(), format!("--nchoices={candidates}"), format!("--blank-allowed={blank}")];
        let answer = ask(&peer.current, &arguments, &ballots);
        assert_eq!(answer["valid"], json!(count.counted), "election {seed}");
        assert_eq!(answer.get("blank"), blank.then(|| json!(count.blank.len())).as_ref(), "election {seed}");
        let round = pairwise(&count);
        assert_eq!(answer["raw"], json!(round.preferences), "election {seed}");
        let paths: Vec<Vec<(u64, u64)>> = (round.strengths.iter())
            .map(|row| row.iter().map(|strength| (strength.winning, strength.losing)).collect())
            .collect();
        assert_eq!(answer["beatpaths"], json!(paths), "election {seed}");
        assert_eq!(groups(&answer["winners"]), count.outcome.ranking, "election {seed}");
        ties += count.outcome.ties.len();
    }
    assert!(ties > 10, "the elections have ties: {ties}");
}

#[test]
fn majority_judgment_with_the_upper_middle_agrees() {
    let Some(peer) = adil_outside::peer("majority_judgment_with_the_upper_middle_agrees") else { return };
    let (mut ties, mut odd) = (0, 0);
    for seed in 1..=ELECTIONS {
        let mut numbers = Numbers(seed * 0x9e37_79b9);
        let candidates = 1 + numbers.below(6) as usize;
        let grades = 1 + numbers.below(6);
        let voters = numbers.below(25);
        let blank = numbers.below(2) == 0;
        let ballots: Vec<Vec<u32>> = (0..voters)
            .map(|_| match numbers.below(10) {
                0 => vec![0; candidates],
                1 => (0..candidates).map(|_| numbers.below(grades + 2)).collect(),
                _ => (0..candidates).map(|_| 1 + numbers.below(grades)).collect(),
            })
            .collect();
        let count = counted(&judgment(grades as usize, blank, Middle::Upper), candidates, &ballots);
        let arguments = [
            "majority-judgment".to_owned(),
            format!("--nchoices={candidates}"),
            format!("--ngrades={grades}"),
            format!("--blank-allowed={blank}"),
        ];
        let answer = ask(&peer.current, &arguments, &ballots);
        assert_eq!(answer["valid"], json!(count.counted), "election {seed}");
        assert_eq!(answer.get("blank"), blank.then(|| json!(count.blank.len())).as_ref(), "election {seed}");
        assert_eq!(theirs(&answer["invalid"]), invalid(&count, &ballots), "election {seed}");
        let Round::Grades(table) = &count.rounds[0] else { panic!("{:?}", count.rounds[0]) };
        assert_eq!(answer["raw"], json!(table.counts), "election {seed}");
        assert_eq!(groups(&answer["winners"]), count.outcome.ranking, "election {seed}");
        ties += count.outcome.ties.len();

        // The lower middle is the upper one of reversed grades, seen from the other end.
        let upside_down = |ballot: &Vec<u32>| -> Vec<u32> {
            let is_valid = ballot.iter().all(|&grade| (1..=grades).contains(&grade));
            ballot.iter().map(|&grade| if is_valid { grades + 1 - grade } else { grade }).collect()
        };
        let reversed: Vec<Vec<u32>> = ballots.iter().map(upside_down).collect();
        let lower = counted(&judgment(grades as usize, blank, Middle::Lower), candidates, &reversed);
        let from_the_end: Vec<Vec<usize>> = lower.outcome.ranking.into_iter().rev().collect();
        assert_eq!(groups(&answer["winners"]), from_the_end, "election {seed}");

        // With an odd number of ballots both rules give the same majority grades.
        if count.counted.is_some_and(|counted| counted % 2 == 1) {
            let lower = counted(&judgment(grades as usize, blank, Middle::Lower), candidates, &ballots);
            let Round::Grades(lower) = &lower.rounds[0] else { panic!("{:?}", lower.rounds[0]) };
            assert_eq!(lower.majority, table.majority, "election {seed}");
            odd += 1;
        }
    }
    assert!(ties > 10 && odd > 30, "the elections have ties and odd numbers: {ties}, {odd}");
}

/// What the other program calls events, one list for each of our rounds.
fn events(count: &Count) -> Vec<Vec<Value>> {
    let event = |(index, round): (usize, &&StvRound)| {
        let tie = count.outcome.ties.iter().find(|tie| {
            tie.place == Place::Election { round: index } || tie.place == Place::Exclusion { round: index }
        });
        let mut events = Vec::new();
        match &round.action {
            Action::Unnamed { .. } => {}
            Action::Elected { candidate, .. } => {
                events.extend(tie.map(|tie| json!(["TieWin", [tie.candidates[0], tie.candidates[1]]])));
                events.push(json!(["Win", [candidate]]));
            }
            Action::Excluded { candidate } => {
                let last = tie.map(|tie| tie.candidates.iter().rev().take(2).collect::<Vec<_>>());
                events.extend(last.map(|last| json!(["TieLose", last])));
                events.push(json!(["Lose", candidate]));
            }
            Action::Remaining { candidates } => events.push(json!(["Win", candidates])),
        }
        events
    };
    stv_rounds(count).iter().enumerate().map(event).collect()
}

/// Whether what a round does hangs on fractions that are exactly equal: two at the top or bottom, or one and the quota.
fn hangs_on_equality(round: &StvRound) -> bool {
    let mut votes: Vec<&Fraction> = round.votes.iter().flatten().collect();
    votes.sort_unstable();
    let is_whole = |votes: &Fraction| votes.parts().is_some_and(|(_, denominator)| denominator == 1);
    // Whole numbers are exact in the other program unless they are sums of fractions; those count as fractions here.
    let fractions = round.votes.iter().flatten().any(|votes| !is_whole(votes)) || !is_whole(&round.exhausted);
    let equal_ends = votes.windows(2).next().is_some_and(|pair| pair[0] == pair[1])
        || votes.windows(2).next_back().is_some_and(|pair| pair[0] == pair[1]);
    let at_quota = votes.last().is_some_and(|&most| *most == Fraction::from(round.quota));
    let has_transferred = round.kept > 0;
    (fractions || has_transferred) && (equal_ends || at_quota)
}

#[test]
fn transferable_votes_agree() {
    let Some(peer) = adil_outside::peer("transferable_votes_agree") else { return };
    let (mut whole, mut ties, mut invalid_ballots, mut fractions) = (0, 0, 0, 0);
    for seed in 1..=ELECTIONS {
        let mut numbers = Numbers(seed * 0x9e37_79b9);
        let candidates = 1 + numbers.below(8) as usize;
        let seats = 1 + numbers.below(u32::try_from(candidates).expect("a small number"));
        let voters = numbers.below(60);
        let blank = numbers.below(2) == 0;
        let ballots: Vec<Vec<u32>> = (0..voters)
            .map(|_| match numbers.below(12) {
                0 => vec![0; candidates],
                1 => (0..candidates).map(|_| numbers.below(4)).collect(),
                _ => {
                    let mut ballot = vec![0; candidates];
                    let ranked = numbers.below(u32::try_from(candidates).expect("a small number") + 1) as usize;
                    for (rank, candidate) in (1..).zip(numbers.order(candidates).into_iter().take(ranked)) {
                        ballot[candidate] = rank;
                    }
                    ballot
                }
            })
            .collect();
        let count = counted(&Method::Stv { seats, blank }, candidates, &ballots);
        // The other program has no blank ballots here: those that are set aside are not shown to it.
        let shown: Vec<Vec<u32>> = (0..ballots.len())
            .filter(|index| !count.blank.contains(index))
            .map(|index| ballots[index].clone())
            .collect();
        let answer = ask(&peer.current, &["stv".to_owned(), format!("--nseats={seats}")], &shown);
        assert_eq!(theirs(&answer["invalid"]), invalid(&count, &ballots), "election {seed}");
        invalid_ballots += count.invalid.len();
        let counted_there = answer["ballots"].as_array().map(Vec::len);
        assert_eq!(counted_there, count.counted, "election {seed}");

        let rounds = stv_rounds(&count);
        let sure = rounds.iter().take_while(|round| !hangs_on_equality(round)).count();
        let ours: Vec<Value> = events(&count).into_iter().take(sure).flatten().collect();
        let all = answer["events"].as_array().expect("events");
        let theirs: Vec<Value> = all.iter().filter(|event| event[1] != json!([])).cloned().collect();
        assert_eq!(theirs.get(..ours.len()), Some(ours.as_slice()), "election {seed}");
        fractions += usize::from(rounds.iter().any(|round| round.exhausted.parts().is_some_and(|parts| parts.1 > 1)));
        if sure == rounds.len() {
            assert_eq!(theirs.len(), ours.len(), "election {seed}");
            assert_eq!(answer["winners"], json!(count.outcome.elected), "election {seed}");
            ties += count.outcome.ties.len();
            whole += 1;
        }
    }
    assert!(
        whole > 60 && ties > 20 && invalid_ballots > 50 && fractions > 10,
        "{whole} {ties} {invalid_ballots} {fractions}"
    );
}

#[test]
fn invalid_rankings_are_those_of_the_other_program() {
    let Some(peer) = adil_outside::peer("invalid_rankings_are_those_of_the_other_program") else { return };
    // All ballots of three numbers from 0 to 4.
    let ballots: Vec<Vec<u32>> = (0..125).map(|code| vec![code / 25, code / 5 % 5, code % 5]).collect();
    let count = counted(&Method::Stv { seats: 1, blank: false }, 3, &ballots);
    let answer = ask(&peer.current, &["stv".to_owned(), "--nseats=1".to_owned()], &ballots);
    assert_eq!(theirs(&answer["invalid"]), invalid(&count, &ballots));
    // Orders of 0, 1, 2 and 3 of three candidates: 1 + 3 + 6 + 6.
    assert_eq!(count.counted, Some(16));
    assert!(count.invalid.iter().any(|invalid| invalid.reason == InvalidReason::RankMissing(3)));
}
