//! Powers with secret exponents against sums of multiples by dalek.

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar as Reference;
use curve25519_dalek::traits::Identity;

use super::{engines, extreme_scalars, point, random, random_points, random_reference};
use crate::{Point, SecretBase, SecretScalar, secret_powers};

fn secret(of: &Reference) -> SecretScalar {
    SecretScalar::from_reduced(&of.to_bytes())
}

#[test]
fn powers_are_those_of_dalek_for_one_two_and_three_bases() {
    let mut random = random(41);
    let bases = random_points(&mut random, 3);
    let tables: Vec<SecretBase> = bases.iter().map(|base| SecretBase::new(&point(base))).collect();
    for engine in engines() {
        for count in 1..=3 {
            let used: Vec<&SecretBase> = tables.iter().take(count).collect();
            // Not a multiple of any number of lanes, and more than share an inversion on the narrowest engine.
            let mut exponents: Vec<Reference> = extreme_scalars();
            exponents.resize_with(131 * count, || random_reference(&mut random));
            let own = secret_powers(engine, &used, &exponents.iter().map(secret).collect::<Vec<_>>());
            assert_eq!(own.len(), 131);
            for (own, exponents) in own.iter().zip(exponents.chunks(count)) {
                let product: EdwardsPoint = bases.iter().zip(exponents).map(|(base, exponent)| base * exponent).sum();
                assert_eq!(*own, point(&product), "{} with {count} bases", engine.name());
            }
        }
    }
}

#[test]
fn the_neutral_element_and_its_powers_are_no_exception() {
    let mut random = random(42);
    let neutral = SecretBase::new(&Point::neutral());
    let base = SecretBase::new(&Point::base());
    for engine in engines() {
        let exponent = random_reference(&mut random);
        let of_neutral = secret_powers(engine, &[&neutral], &[secret(&exponent)]);
        assert_eq!(of_neutral, [Point::neutral()], "{}", engine.name());
        let opposite = [secret(&exponent), secret(&-exponent)];
        assert_eq!(secret_powers(engine, &[&base, &base], &opposite), [point(&EdwardsPoint::identity())]);
        assert!(secret_powers(engine, &[&base], &[]).is_empty());
    }
}

#[test]
fn sums_of_pairs_are_those_of_dalek() {
    let mut random = random(43);
    let (left, right) = (random_points(&mut random, 131), random_points(&mut random, 131));
    let own = |points: &[EdwardsPoint]| points.iter().map(point).collect::<Vec<Point>>();
    let sums: Vec<EdwardsPoint> = left.iter().zip(&right).map(|(left, right)| left + right).collect();
    for engine in engines() {
        assert_eq!(crate::add_each(engine, &own(&left), &own(&right)), own(&sums), "{}", engine.name());
    }
}
