//! Decompression, sums, the subgroup test.

use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::traits::Identity;
use proptest::prelude::*;
use rand_chacha::rand_core::Rng;

use super::{engines, extreme_scalars, point, random, random_points, random_reference, reference, scalar};
use crate::{Engine, Point, all_prime_order, decompress, is_prime_order, multi_scalar, sum};

/// What strict decoding says, by dalek: it must give the same bytes back.
fn strict(encoding: &[u8; 32]) -> Option<[u8; 32]> {
    reference(encoding).map(|point| point.compress().0).filter(|bytes| bytes == encoding)
}

fn check_encodings(encodings: &[[u8; 32]]) {
    for engine in engines() {
        let points = decompress(engine, encodings);
        assert_eq!(points.len(), encodings.len());
        for (encoding, point) in encodings.iter().zip(points) {
            assert_eq!(point.map(|point| point.compress()), strict(encoding), "{} {encoding:x?}", engine.name());
        }
    }
}

#[test]
fn small_orders_and_what_is_added_to_them_decompress() {
    let mut random = random(2);
    let good = random_points(&mut random, 3);
    let mut encodings: Vec<[u8; 32]> = EIGHT_TORSION.iter().map(|point| point.compress().0).collect();
    encodings.extend(EIGHT_TORSION.iter().flat_map(|small| good.iter().map(move |good| (good + small).compress().0)));
    check_encodings(&encodings);
}

#[test]
fn encodings_that_are_not_canonical_are_refused() {
    let mut encodings = Vec::new();
    // y from p - 3 to 2^255 - 1 and from 0 to 30, with and without the sign: p, p + 1 among them, and y = 1 and
    // y = -1 with "negative zero".
    for low in 0..=30_u8 {
        for sign in [0, 0x80] {
            let mut high = [0xff; 32];
            high[0] = 0xff - low;
            high[31] = 0x7f | sign;
            let mut small = [0; 32];
            small[0] = low;
            small[31] = sign;
            encodings.extend([high, small]);
        }
    }
    check_encodings(&encodings);
    let refused = decompress(Engine::portable(), &encodings).iter().filter(|point| point.is_none()).count();
    assert!(refused > encodings.len() / 2);
}

#[test]
fn random_encodings_are_points_when_dalek_says_so() {
    let mut random = random(3);
    let encodings: Vec<[u8; 32]> = (0..203)
        .map(|_| {
            let mut bytes = [0; 32];
            random.fill_bytes(&mut bytes);
            bytes
        })
        .collect();
    check_encodings(&encodings);
}

#[test]
fn the_base_point_is_that_of_the_standard() {
    assert_eq!(Point::base(), point(&curve25519_dalek::constants::ED25519_BASEPOINT_POINT));
    assert_eq!(Point::neutral(), point(&EdwardsPoint::identity()));
    assert_eq!(Point::base().add(&Point::base().negate()), Point::neutral());
}

#[test]
fn sums_of_two_agree_with_dalek_for_all_small_orders() {
    let mut random = random(4);
    let mut points = random_points(&mut random, 2);
    points.extend(EIGHT_TORSION);
    for a in &points {
        for b in &points {
            assert_eq!(point(a).add(&point(b)), point(&(a + b)));
        }
        assert_eq!(point(a).negate(), point(&-a));
    }
}

#[test]
fn each_small_order_is_noticed_alone() {
    let mut random = random(5);
    let good = random_points(&mut random, 1)[0];
    assert!(is_prime_order(&point(&good)) && is_prime_order(&Point::neutral()));
    for small in &EIGHT_TORSION[1..] {
        assert!(!is_prime_order(&point(small)));
        assert!(!is_prime_order(&point(&(good + small))));
    }
}

#[test]
fn each_small_order_is_noticed_among_many() {
    let mut random = random(6);
    // 40 are tested one by one, 300 by subsets.
    for count in [40, 300] {
        let good = random_points(&mut random, count);
        let points: Vec<Point> = good.iter().map(point).collect();
        for engine in engines() {
            let mut seed = [0; 32];
            random.fill_bytes(&mut seed);
            assert!(all_prime_order(engine, &points, &seed), "{}", engine.name());
            for (small, place) in EIGHT_TORSION[1..].iter().zip([0, 1, 2, count / 2, count - 3, count - 2, count - 1]) {
                let mut points = points.clone();
                points[place] = point(&(good[place] + small));
                assert!(!all_prime_order(engine, &points, &seed), "{} {place}", engine.name());
            }
        }
    }
}

#[test]
fn two_errors_that_cancel_are_noticed() {
    let mut random = random(7);
    let good = random_points(&mut random, 200);
    let mut points: Vec<Point> = good.iter().map(point).collect();
    for place in [17, 133] {
        points[place] = point(&(good[place] + EIGHT_TORSION[4]));
    }
    for engine in engines() {
        assert!(!all_prime_order(engine, &points, &[7; 32]), "{}", engine.name());
    }
}

#[test]
fn no_points_are_all_good_and_sum_to_nothing() {
    for engine in engines() {
        assert!(all_prime_order(engine, &[], &[0; 32]));
        assert!(decompress(engine, &[]).is_empty());
        assert_eq!(sum(engine, &[]), Point::neutral());
        assert_eq!(multi_scalar(engine, &[], &[]), Point::neutral());
    }
}

#[test]
fn extreme_multiples_add_up_for_small_orders_too() {
    let mut random = random(8);
    let extremes = extreme_scalars();
    let mut points = random_points(&mut random, extremes.len());
    for (point, small) in points.iter_mut().zip(EIGHT_TORSION.iter().cycle()) {
        *point += small;
    }
    let want: EdwardsPoint = points.iter().zip(&extremes).map(|(point, scalar)| point * scalar).sum();
    let ours: Vec<Point> = points.iter().map(point).collect();
    let scalars: Vec<_> = extremes.iter().map(|extreme| scalar(*extreme)).collect();
    for engine in engines() {
        assert_eq!(multi_scalar(engine, &ours, &scalars), point(&want), "{}", engine.name());
        for index in 0..ours.len() {
            let want = point(&(points[index] * extremes[index]));
            assert_eq!(multi_scalar(engine, &ours[index..=index], &scalars[index..=index]), want);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn many_multiples_and_sums_agree_with_dalek(count in 0_usize..90, seed: u64) {
        let mut random = random(seed);
        let points = random_points(&mut random, count);
        let factors: Vec<_> = (0..count).map(|_| random_reference(&mut random)).collect();
        let ours: Vec<Point> = points.iter().map(point).collect();
        let scalars: Vec<_> = factors.iter().map(|factor| scalar(*factor)).collect();
        let multiple: EdwardsPoint = points.iter().zip(&factors).map(|(point, factor)| point * factor).sum();
        let plain: EdwardsPoint = points.iter().sum();
        for engine in engines() {
            prop_assert_eq!(multi_scalar(engine, &ours, &scalars), point(&multiple));
            prop_assert_eq!(sum(engine, &ours), point(&plain));
        }
    }
}

#[test]
fn wide_windows_of_many_points_agree_with_dalek() {
    let mut random = random(9);
    let points = random_points(&mut random, 1500);
    let factors: Vec<_> = (0..1500).map(|_| random_reference(&mut random)).collect();
    let want: EdwardsPoint = points.iter().zip(&factors).map(|(point, factor)| point * factor).sum();
    let ours: Vec<Point> = points.iter().map(point).collect();
    let scalars: Vec<_> = factors.iter().map(|factor| scalar(*factor)).collect();
    for engine in engines() {
        assert_eq!(multi_scalar(engine, &ours, &scalars), point(&want), "{}", engine.name());
    }
}
