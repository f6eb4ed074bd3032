//! What holds in every group, and that every quick way leads where the plain one does.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::{ballot_plan, given_1024, plain_commitments, scalar};
use crate::{Base, FiniteField, Group, Output, Plan};

/// The groups of every kind: short exponents, long ones, another width.
fn groups() -> [FiniteField; 3] {
    [FiniteField::belenios_2048(), FiniteField::rfc_3526_2048(), given_1024()]
}

fn element(group: &FiniteField, number: u64) -> <FiniteField as Group>::Element {
    group.power(&group.generator(), &scalar(group, number))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn powers_of_sums_are_products(left in any::<u64>(), right in any::<u64>()) {
        for group in groups() {
            let (a, b) = (scalar(&group, left), scalar(&group, right));
            let g = group.generator();
            let product = group.multiply(&group.power(&g, &a), &group.power(&g, &b));
            prop_assert_eq!(&product, &group.power(&g, &group.add(&a, &b)));
            prop_assert_eq!(group.power(&group.power(&g, &a), &b), group.power(&g, &group.times(&a, &b)));
            prop_assert_eq!(group.invert(&group.power(&g, &a)), group.power(&g, &group.negate(&a)));
            prop_assert_eq!(group.multiply(&product, &group.invert(&product)), group.neutral());
        }
    }

    #[test]
    fn scalars_are_a_field(left in any::<u64>(), right in any::<u64>()) {
        for group in groups() {
            let (a, b) = (scalar(&group, left), scalar(&group, right));
            prop_assert_eq!(group.add(&a, &group.negate(&a)), group.small(0));
            prop_assert_eq!(group.times(&a, &group.reciprocal(&a)), group.small(1));
            prop_assert_eq!(group.times(&a, &b), group.times(&b, &a));
            prop_assert_eq!(
                group.times(&a, &group.add(&b, &group.small(1))),
                group.add(&group.times(&a, &b), &a)
            );
            prop_assert_eq!(group.reciprocal(&group.small(0)), group.small(0));
        }
    }

    #[test]
    fn texts_come_back(number in any::<u64>()) {
        for group in groups() {
            let value = element(&group, number);
            let mut text = String::new();
            group.encode(&value, &mut text);
            prop_assert_eq!(group.decode(&[&text]), vec![Ok(value)]);
        }
    }

    #[test]
    fn products_of_powers_are_products_of_powers(seed in any::<u64>(), count in 0_usize..5, small in any::<bool>()) {
        for group in groups() {
            let bases: Vec<_> = (0..count as u64).map(|index| element(&group, seed ^ index)).collect();
            let exponent = |index: u64| if small { group.small(index) } else { scalar(&group, !seed ^ index) };
            let exponents: Vec<_> = (0..count as u64).map(exponent).collect();
            let each: Vec<_> = bases.iter().zip(&exponents).map(|(base, e)| group.power(base, e)).collect();
            let expected = each.iter().fold(group.neutral(), |product, factor| group.multiply(&product, factor));
            prop_assert_eq!(group.product_of_powers(&bases, &exponents), expected.clone());
            prop_assert_eq!(group.product(&each), expected);
        }
    }

    /// Any plan: several bases in an output, sums with and without chains of their members, repeated inputs, outputs
    /// of nothing, and exponents of all lengths.
    #[test]
    fn commitments_are_what_the_plan_says(
        bases in prop::collection::vec(
            prop_oneof![
                (0_usize..3).prop_map(Base::Input),
                prop::collection::vec(0_usize..3, 0..4).prop_map(Base::Sum),
            ],
            1..6,
        ),
        outputs in prop::collection::vec((prop::collection::vec(any::<prop::sample::Index>(), 0..4), any::<[bool; 2]>()), 0..5),
        items in 0_usize..3,
        seed in any::<u64>(),
    ) {
        let outputs = outputs
            .into_iter()
            .map(|(picked, fixed)| Output { bases: picked.iter().map(|index| index.index(bases.len())).collect(), fixed })
            .collect();
        let plan = Plan::new(3, bases, outputs).expect("indices within range");
        for group in groups() {
            check(&group, &plan, items, seed);
        }
    }
}

/// Compares the commitments of a plan with those that `power` gives.
fn check(group: &FiniteField, plan: &Plan, items: usize, seed: u64) {
    let fixed = [group.generator(), element(group, 77)];
    let tables = [group.fixed(&fixed[0]), group.fixed(&fixed[1])];
    let points: Vec<_> = (0..(items * plan.inputs()) as u64).map(|index| element(group, seed ^ index)).collect();
    let exponent = |index: u64| match (seed ^ index) % 5 {
        0 => group.small(index % 3),
        1 => group.small(seed.rotate_left(index as u32)),
        _ => scalar(group, !seed ^ index),
    };
    let scalars: Vec<_> = (0..(items * plan.scalars()) as u64).map(exponent).collect();
    let texts = group.commitments(plan, [&tables[0], &tables[1]], &points, &scalars);
    assert_eq!(texts, plain_commitments(group, plan, &fixed, &points, &scalars));
}

#[test]
fn commitments_of_a_ballot_with_every_table_width() {
    let group = FiniteField::belenios_2048();
    let plan = ballot_plan();
    let fixed = [group.generator(), element(&group, 77)];
    let tables = [group.fixed(&fixed[0]), group.fixed(&fixed[1])];
    let points: Vec<_> = (0..7).map(|index| element(&group, index)).collect();
    let scalars: Vec<_> = (0..plan.scalars() as u64).map(|index| scalar(&group, index)).collect();
    let expected = plain_commitments(&group, &plan, &fixed, &points, &scalars);
    for count in [0, 10, 100, 1_000, 10_000] {
        for table in &tables {
            table.expect(count);
        }
        assert_eq!(group.commitments(&plan, [&tables[0], &tables[1]], &points, &scalars), expected);
    }
}

#[test]
fn many_factors_and_few_give_one_product() {
    let group = given_1024();
    let bases: Vec<_> = (0..600).map(|index| element(&group, index)).collect();
    let exponents: Vec<_> = (0..600).map(|index| scalar(&group, !index)).collect();
    let halves: Vec<_> = bases
        .chunks(7)
        .zip(exponents.chunks(7))
        .map(|(bases, exponents)| group.product_of_powers(bases, exponents))
        .collect();
    assert_eq!(group.product_of_powers(&bases, &exponents), group.product(&halves));
}

#[test]
fn elements_are_ordered_by_their_numbers() {
    let group = FiniteField::rfc_3526_2048();
    let [one, two, four] = [0, 1, 2].map(|exponent| group.power(&group.generator(), &group.small(exponent)));
    assert_eq!(group.order(&one, &two), Ordering::Less);
    assert_eq!(group.order(&four, &two), Ordering::Greater);
    assert_eq!(group.order(&two, &two.clone()), Ordering::Equal);
}
