//! What each engine costs here: single operations, and a ballot of three choices.

#![allow(clippy::print_stdout, missing_docs)]

use std::hint::black_box;
use std::time::Instant;

use adil_lanes::cost::{self, Operation};
use adil_lanes::{Base, Engine, FixedBase, Output, Plan, Point, Scalar, all_prime_order, commitments, decompress};

/// Items of a call, as a caller would cut them.
const ITEMS: usize = 32;

fn main() {
    for (name, parts) in [("15", 1), ("17", 2)] {
        let counts = cost::counts(&plan(parts));
        println!("a ballot of {name} commitments, by formula");
        for (what, count) in ["tables", "bases", "shared points"].iter().zip(counts) {
            println!("  {what:<24}{:>8} M{:>8} S", count.products, count.squares);
        }
        let sum = |of: fn(&cost::Count) -> usize| counts.iter().map(of).sum::<usize>();
        println!("  {:<24}{:>8} M{:>8} S", "together", sum(|count| count.products), sum(|count| count.squares));
    }
    println!("  {:<24}{:>8} M{:>8} S", "7 decompressions", 7 * 21, 7 * 254);
    reference();
    for engine in Engine::available() {
        println!("{} ({} lanes), ns per lane", engine.name(), cost::lanes(engine));
        single(engine);
        ballot(engine);
    }
}

/// What the same processor does in the same minute with a well-known library, for comparison.
fn reference() {
    use curve25519_dalek::{EdwardsPoint, Scalar};
    let point = EdwardsPoint::mul_base(&Scalar::from(1_234_567_u64).invert());
    let scalar = Scalar::from(7_654_321_u64).invert();
    let both = least(500, || {
        black_box(EdwardsPoint::vartime_double_scalar_mul_basepoint(&scalar, &point, &scalar));
    });
    let encoding = point.compress();
    let read = least(500, || {
        black_box(encoding.decompress());
    });
    println!("curve25519-dalek: a A + b G {:.2} us, decompression {:.2} us", both / 1e3, read / 1e3);
}

/// The least of several runs, in nanoseconds.
fn least(runs: usize, mut of: impl FnMut()) -> f64 {
    let begin = Instant::now();
    let time = |_| {
        let start = now(begin);
        of();
        now(begin) - start
    };
    (0..runs).map(time).fold(f64::INFINITY, f64::min)
}

/// What this thread has run, where the system says so, else the time since `begin`; nanoseconds.
fn now(_begin: Instant) -> f64 {
    #[cfg(unix)]
    let (seconds, nanoseconds) = {
        let ran = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
        (ran.tv_sec as f64, ran.tv_nsec as f64)
    };
    #[cfg(not(unix))]
    let (seconds, nanoseconds) = (_begin.elapsed().as_secs_f64(), 0.0);
    seconds * 1e9 + nanoseconds
}

fn single(engine: Engine) {
    let lanes = cost::lanes(engine) as f64;
    for operation in [
        Operation::Mul,
        Operation::Square,
        Operation::Double,
        Operation::AddRow,
        Operation::AddCached,
        Operation::Bucket,
    ] {
        let times = 400;
        let nanoseconds = least(1500, || {
            black_box(cost::repeat(engine, operation, times));
        });
        println!("  {:<24}{:>10.2}", format!("{operation:?}"), nanoseconds / times as f64 / lanes);
    }
}

/// Three choices: two commitments each to `a` and `b`; the overall proof in one or two parts; the signature.
fn plan(parts: usize) -> Plan {
    let mut bases: Vec<Base> = (0..7).map(Base::Input).collect();
    bases.push(Base::Sum(vec![0, 2, 4]));
    bases.push(Base::Sum(vec![1, 3, 5]));
    let output = |base, fixed| Output { bases: vec![base], fixed };
    let mut outputs = Vec::new();
    for choice in 0..3 {
        let (a, b) = (2 * choice, 2 * choice + 1);
        outputs.push(output(a, [true, false]));
        outputs.push(output(b, [false, true]));
        outputs.push(output(a, [true, false]));
        outputs.push(output(b, [true, true]));
    }
    for part in 0..parts {
        outputs.push(output(7, [true, false]));
        outputs.push(output(8, [part == 0, true]));
    }
    outputs.push(output(6, [true, false]));
    Plan::new(7, bases, outputs).expect("a plan")
}

/// Scalars that look random.
fn scalars(count: usize) -> Vec<Scalar> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    };
    let mut one = || {
        let mut bytes = [0; 32];
        bytes.chunks_exact_mut(8).for_each(|chunk| chunk.copy_from_slice(&next()));
        bytes[31] &= 0x0f;
        Scalar::from_canonical(bytes).expect("below 2^252")
    };
    (0..count).map(|_| one()).collect()
}

fn ballot(engine: Engine) {
    let mut point = Point::base();
    let points: Vec<Point> = (0..ITEMS * 7)
        .map(|_| {
            point = point.add(&Point::base());
            point
        })
        .collect();
    let encodings: Vec<[u8; 32]> = points.iter().map(Point::compress).collect();
    let tables = [FixedBase::new(&points[3]), FixedBase::new(&points[5])];
    let per_ballot = |name: &str, nanoseconds: f64| {
        println!("  {name:<24}{:>10.2} us per ballot", nanoseconds / 1e3);
        nanoseconds
    };
    let read = least(60, || {
        black_box(decompress(engine, &encodings));
    });
    println!("  {:<24}{:>10.2}", "Decompress", read / encodings.len() as f64);
    let many: Vec<Point> = points.iter().copied().cycle().take(6000).collect();
    let subgroup = least(3, || {
        black_box(all_prime_order(engine, &many, &[1; 32]));
    });
    println!("  {:<24}{:>10.2}", "Subgroup of 6000", subgroup / many.len() as f64);
    for (name, parts) in [("15 commitments", 1), ("17 commitments", 2)] {
        let plan = plan(parts);
        let scalars = scalars(ITEMS * plan.scalars());
        let time = least(25, || {
            black_box(commitments(engine, &plan, [&tables[0], &tables[1]], &points, &scalars));
        });
        let time = per_ballot(name, time / ITEMS as f64);
        per_ballot("  with points", time + 7.0 * read / encodings.len() as f64 + 6.0 * subgroup / many.len() as f64);
    }
}
