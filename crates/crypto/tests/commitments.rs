//! The commitments of Ed25519 by every engine of this processor are those of the plainest arithmetic.

use adil_crypto::{Base, Ed25519, Ed25519Element, Engine, Group, Output, Plan, plain_commitments};
use proptest::prelude::*;

/// A plan over three points of an item: each by itself, sums of some and of none, with and without the shared points.
fn plan() -> Plan {
    let bases = vec![Base::Input(0), Base::Input(1), Base::Sum(vec![0, 1, 2]), Base::Sum(vec![2]), Base::Sum(vec![])];
    let output = |bases: &[usize], fixed| Output { bases: bases.to_vec(), fixed };
    let outputs = vec![
        output(&[0], [true, false]),
        output(&[0, 2], [true, true]),
        output(&[1, 3, 2], [false, true]),
        output(&[4], [false, false]),
        output(&[], [true, false]),
        output(&[0, 0], [false, false]),
    ];
    Plan::new(3, bases, outputs).expect("every index is in range")
}

/// Powers of the generator: small ones, the neutral element, and any.
fn element(group: &Ed25519, bytes: &[u8; 32]) -> Ed25519Element {
    let exponent = scalar(group, bytes);
    group.power(&group.generator(), &exponent)
}

/// The first byte chooses an edge of the range where it is small.
fn scalar(group: &Ed25519, bytes: &[u8; 32]) -> <Ed25519 as Group>::Scalar {
    match bytes[0] {
        0..16 => group.small(0),
        16..32 => group.small(u64::from(bytes[1])),
        32..48 => group.negate(&group.small(u64::from(bytes[1]))),
        _ => group.reduce(bytes),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_engine_gives_the_plain_commitments(
        points in prop::collection::vec(any::<[u8; 32]>(), 3 * 9),
        scalars in prop::collection::vec(any::<[u8; 32]>(), 14 * 9),
        key in any::<[u8; 32]>(),
        items in 1usize..=9,
    ) {
        let plan = plan();
        prop_assert_eq!(plan.scalars(), 14);
        let group = Ed25519::with_engine(Engine::portable());
        let points: Vec<_> = points[..3 * items].iter().map(|bytes| element(&group, bytes)).collect();
        let scalars: Vec<_> = scalars[..14 * items].iter().map(|bytes| scalar(&group, bytes)).collect();
        let fixed = [group.generator(), element(&group, &key)];
        let plain = plain_commitments(&group, &plan, [&fixed[0], &fixed[1]], &points, &scalars);
        prop_assert_eq!(plain.len(), 6 * items);
        for engine in Engine::available() {
            let group = Ed25519::with_engine(engine);
            let tables = [group.fixed(&fixed[0]), group.fixed(&fixed[1])];
            let fast = group.commitments(&plan, [&tables[0], &tables[1]], &points, &scalars);
            prop_assert_eq!(&fast, &plain, "{}", engine.name());
        }
    }
}
