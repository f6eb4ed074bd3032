//! How long 100,000 ballots of 30 candidates take: `cargo run --release -p adil-count --example speed`.
#![allow(clippy::print_stdout)]

use std::time::Instant;

use adil_count::{CountError, Input, Method, Middle, count};

const BALLOTS: usize = 100_000;
const CANDIDATES: usize = 30;
const GRADES: u32 = 7;

fn main() -> Result<(), CountError> {
    let ranked = rankings();
    let grade = |&rank: &u32| (rank - 1) % GRADES + 1;
    let graded: Vec<Vec<u32>> = ranked.iter().map(|ballot| ballot.iter().map(grade).collect()).collect();
    let grades: Vec<String> = (1..=GRADES).map(|grade| format!("Grade {grade}")).collect();

    time("schulze", &Method::Schulze { blank: true }, &ranked)?;
    time("majority judgment", &Method::MajorityJudgment { grades, blank: true, middle: Middle::Lower }, &graded)?;
    for seats in [1, 5, 10, 20, 29] {
        time(&format!("stv, {seats} seats"), &Method::Stv { seats, blank: true }, &ranked)?;
    }
    Ok(())
}

fn time(name: &str, method: &Method, ballots: &[Vec<u32>]) -> Result<(), CountError> {
    let start = Instant::now();
    let count = count(method, Input::Ballots { candidates: CANDIDATES, ballots })?;
    println!("{name}: {:.2} s, {} rounds", start.elapsed().as_secs_f64(), count.rounds.len());
    Ok(())
}

/// Random orders of all candidates, nearly all different: the most that counting can be asked to do.
fn rankings() -> Vec<Vec<u32>> {
    let mut state = 88_172_645_463_325_252_u64;
    let mut below = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 16).unwrap_or(0) % bound
    };
    let mut ballot: Vec<u32> = (1..).take(CANDIDATES).collect();
    let shuffled = std::iter::repeat_with(|| {
        for last in (1..CANDIDATES).rev() {
            ballot.swap(last, below(last + 1));
        }
        ballot.clone()
    });
    shuffled.take(BALLOTS).collect()
}
