//! The outputs of plans against sums of multiples by dalek.

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar as Reference;
use curve25519_dalek::traits::Identity;
use proptest::prelude::*;

use super::{engines, extreme_scalars, point, random, random_points, random_reference, scalar};
use crate::{Base, FixedBase, Output, Plan, Point, commitments, sums};

/// The two shared points and their tables.
struct Shared {
    points: [EdwardsPoint; 2],
    tables: [FixedBase; 2],
}

fn shared() -> Shared {
    let points = [EdwardsPoint::mul_base(&Reference::ONE), EdwardsPoint::mul_base(&Reference::from(0x5eed_u64))];
    Shared { points, tables: [FixedBase::new(&point(&points[0])), FixedBase::new(&point(&points[1]))] }
}

/// A ballot of so many choices: two commitments to each of `a` and `b` for each choice, an overall proof of two
/// disjuncts on the sums, a signature.
fn ballot(choices: usize) -> Plan {
    let (a, b) = (|choice| 2 * choice, |choice| 2 * choice + 1);
    let credential = 2 * choices;
    let mut bases: Vec<Base> = (0..=credential).map(Base::Input).collect();
    bases.push(Base::Sum((0..choices).map(a).collect()));
    bases.push(Base::Sum((0..choices).map(b).collect()));
    let output = |base, fixed| Output { bases: vec![base], fixed };
    let pair = |a, b, v| [output(a, [true, false]), output(b, [v, true])];
    let of_choices =
        (0..choices).flat_map(|choice| [pair(a(choice), b(choice), false), pair(a(choice), b(choice), true)]);
    let overall = [pair(credential + 1, credential + 2, false), pair(credential + 1, credential + 2, true)];
    let outputs = of_choices.chain(overall).flatten().chain([output(credential, [true, false])]).collect();
    Plan::new(2 * choices + 1, bases, outputs).expect("a plan")
}

fn naive(plan: &Plan, shared: &Shared, points: &[EdwardsPoint], scalars: &[Reference]) -> Vec<[u8; 32]> {
    let mut encodings = Vec::new();
    let mut scalars = scalars.iter();
    let mut next = || scalars.next().expect("enough scalars");
    for inputs in points.chunks(plan.inputs()) {
        for output in plan.outputs() {
            let mut sum = EdwardsPoint::identity();
            for base in &output.bases {
                let base: EdwardsPoint = match &plan.bases()[*base] {
                    Base::Input(input) => inputs[*input],
                    Base::Sum(members) => members.iter().map(|input| inputs[*input]).sum(),
                };
                sum += base * next();
            }
            for (point, _) in shared.points.iter().zip(output.fixed).filter(|(_, used)| *used) {
                sum += point * next();
            }
            encodings.push(sum.compress().0);
        }
    }
    encodings
}

fn check(plan: &Plan, shared: &Shared, points: &[EdwardsPoint], scalars: &[Reference]) {
    let want = naive(plan, shared, points, scalars);
    let ours: Vec<Point> = points.iter().map(point).collect();
    let own: Vec<_> = scalars.iter().map(|factor| scalar(*factor)).collect();
    for engine in engines() {
        let got = commitments(engine, plan, [&shared.tables[0], &shared.tables[1]], &ours, &own);
        assert_eq!(got, want, "{}", engine.name());
    }
}

#[test]
fn ballots_agree_with_dalek() {
    let shared = shared();
    let mut random = random(10);
    for (choices, items) in [(1, 1), (3, 3), (3, 9), (2, 17)] {
        let plan = ballot(choices);
        let points = random_points(&mut random, items * plan.inputs());
        let scalars: Vec<_> = (0..items * plan.scalars()).map(|_| random_reference(&mut random)).collect();
        check(&plan, &shared, &points, &scalars);
    }
}

#[test]
fn extreme_scalars_and_neutral_points_agree_with_dalek() {
    let shared = shared();
    let mut random = random(11);
    let plan = ballot(2);
    let extremes = extreme_scalars();
    let items = 9;
    let mut points = random_points(&mut random, items * plan.inputs());
    points.iter_mut().step_by(4).for_each(|point| *point = EdwardsPoint::identity());
    // Equal and opposite inputs, whose sums are neutral.
    (points[1], points[3]) = (points[0], -points[0]);
    (points[6], points[8]) = (shared.points[0], -shared.points[1]);
    let scalars: Vec<_> = (0..items * plan.scalars()).map(|index| extremes[index * 7 % extremes.len()]).collect();
    check(&plan, &shared, &points, &scalars);
    let all = vec![Reference::ZERO; items * plan.scalars()];
    check(&plan, &shared, &points, &all);
}

#[test]
fn bases_with_combs_of_every_step_share_an_output() {
    // Input 0 has one scalar, 1 two, 2 fifty; outputs mix them with sums and repeat a base.
    let mut outputs = vec![
        Output { bases: vec![0, 1, 2, 3], fixed: [true, true] },
        Output { bases: vec![2, 1, 2, 4], fixed: [false, true] },
        Output { bases: vec![], fixed: [true, false] },
        Output { bases: vec![], fixed: [false, false] },
        Output { bases: vec![5, 6], fixed: [false, false] },
    ];
    outputs.extend((0..50).map(|_| Output { bases: vec![2], fixed: [false, false] }));
    let sums = [vec![0, 1, 2], vec![2, 2], vec![3, 0], vec![]].map(Base::Sum);
    let bases = (0..3).map(Base::Input).chain(sums).collect();
    let plan = Plan::new(4, bases, outputs).expect("a plan");
    let mut random = random(12);
    let points = random_points(&mut random, 5 * plan.inputs());
    let scalars: Vec<_> = (0..5 * plan.scalars()).map(|_| random_reference(&mut random)).collect();
    check(&plan, &shared(), &points, &scalars);
}

#[test]
fn no_items_have_no_outputs() {
    let shared = shared();
    for engine in engines() {
        assert!(commitments(engine, &ballot(3), [&shared.tables[0], &shared.tables[1]], &[], &[]).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_order_of_items_does_not_matter(items in 2_usize..12, turn in 1_usize..12, seed: u64) {
        let shared = shared();
        let plan = ballot(1);
        let mut random = random(seed);
        let points: Vec<Point> = random_points(&mut random, items * plan.inputs()).iter().map(point).collect();
        let scalars: Vec<_> =
            (0..items * plan.scalars()).map(|_| scalar(random_reference(&mut random))).collect();
        let (inputs, each) = (plan.inputs(), plan.scalars());
        let turn = turn % items;
        let mut turned = (points.clone(), scalars.clone());
        turned.0.rotate_left(turn * inputs);
        turned.1.rotate_left(turn * each);
        for engine in engines() {
            let tables = [&shared.tables[0], &shared.tables[1]];
            let mut straight = commitments(engine, &plan, tables, &points, &scalars);
            straight.rotate_left(turn * plan.outputs().len());
            prop_assert_eq!(straight, commitments(engine, &plan, tables, &turned.0, &turned.1));
        }
    }
}

#[test]
fn sums_are_those_of_dalek_in_every_lane() {
    let groups = [vec![0, 2, 4], vec![1], vec![], vec![3, 3, 0, 1, 2, 4]];
    for engine in engines() {
        // Items that fill no vector, and several.
        for items in [1, 7, 19] {
            let points = random_points(&mut random(items as u64), 5 * items);
            let own: Vec<Point> = points.iter().map(point).collect();
            let expected: Vec<[u8; 32]> = points
                .chunks(5)
                .flat_map(|own| groups.iter().map(|group| group.iter().map(|&input| own[input]).sum::<EdwardsPoint>()))
                .map(|sum| sum.compress().to_bytes())
                .collect();
            assert_eq!(sums(engine, 5, &groups, &own), expected, "{items} items, {}", engine.name());
        }
    }
}
