//! The arithmetic of each engine on random and extreme values, against integers modulo `p` on bytes.

use rand_chacha::rand_core::Rng;

use super::{Bounds, random};
use crate::engine::with_engine;
use crate::field::{self, Field, Packed};
use crate::packed::{self, ONE, P, ZERO};

/// Values around every boundary: of `p`, of `2^255`, of limbs of 26 and of 51 bits.
fn values() -> Vec<Packed> {
    let top = [u64::MAX, u64::MAX, u64::MAX, u64::MAX >> 1];
    let mut values = vec![ZERO, ONE, [2, 0, 0, 0], [18, 0, 0, 0], [19, 0, 0, 0], P, top];
    values.extend((1..=19).map(|below| [top[0] - below, top[1], top[2], top[3]]));
    for bit in [25, 26, 50, 51, 52, 76, 77, 101, 102, 127, 128, 152, 153, 178, 179, 203, 204, 229, 230, 254] {
        let mut one = ZERO;
        one[bit / 64] = 1 << (bit % 64);
        let mut ones = ZERO;
        (0..bit).for_each(|bit| ones[bit / 64] |= 1 << (bit % 64));
        values.extend([one, ones]);
    }
    let mut random = random(1);
    values.extend((0..40).map(|_| {
        let mut value = ZERO.map(|_: u64| random.next_u64());
        value[3] >>= 1;
        value
    }));
    values
}

/// `a b` modulo `p`, bit by bit: slow and independent of every engine.
fn product(a: &Packed, b: &Packed) -> Packed {
    (0..255).rev().fold(ZERO, |sum, bit| {
        let twice = sum_of(&sum, &sum);
        if b[bit / 64] >> (bit % 64) & 1 == 1 { sum_of(&twice, a) } else { twice }
    })
}

/// `a + b` modulo `p`, canonical.
fn sum_of(a: &Packed, b: &Packed) -> Packed {
    let (a, b) = (packed::canonical(*a), packed::canonical(*b));
    let mut sum = ZERO;
    let mut carry = 0;
    for word in 0..4 {
        let wide = u128::from(a[word]) + u128::from(b[word]) + carry;
        (sum[word], carry) = (wide as u64, wide >> 64);
    }
    // Below 2 p < 2^256 - 1: at most one p too much.
    if packed::is_below(&sum, &P) {
        return sum;
    }
    let mut borrow = 0;
    for word in 0..4 {
        let wide = i128::from(sum[word]) - i128::from(P[word]) + borrow;
        (sum[word], borrow) = (wide as u64, wide >> 64);
    }
    sum
}

/// The values of all lanes, canonical.
fn lanes<F: Field>(field: F, element: &F::Element) -> Vec<Packed> {
    let mut values = vec![ZERO; F::LANES];
    field.scatter(element, |lane, value| {
        assert_eq!(value[3] >> 63, 0, "255 bits");
        values[lane] = packed::canonical(value);
    });
    values
}

fn arithmetic<F: Field>(field: F) {
    let values = values();
    let count = values.len();
    for shift in 0..count {
        for first in (0..count).step_by(F::LANES) {
            let a_of = |lane: usize| &values[(first + lane) % count];
            let b_of = |lane: usize| &values[(first + lane + shift) % count];
            let (a, b) = (field.gather(a_of), field.gather(b_of));
            let same = |got: &F::Element, want: &dyn Fn(&Packed, &Packed) -> Packed, what: &str| {
                for (lane, got) in lanes(field, got).iter().enumerate() {
                    assert_eq!(*got, want(a_of(lane), b_of(lane)), "{what} of {:x?} {:x?}", a_of(lane), b_of(lane));
                }
            };
            same(&a, &|a, _| packed::canonical(*a), "value");
            same(&field.product(&a, &b), &product, "product");
            same(&field.squared(&a), &|a, _| product(a, a), "square");
            same(&field.add(&a, &b), &sum_of, "sum");
            same(&field.sub(&a, &b), &|a, b| sum_of(a, &packed::negate(*b)), "difference");
            let sum = |a: &Packed, b: &Packed| sum_of(a, b);
            let difference = |a: &Packed, b: &Packed| sum_of(a, &packed::negate(*b));
            same(
                &field.product(&field.add(&a, &b), &field.sub(&a, &b)),
                &|a, b| product(&sum(a, b), &difference(a, b)),
                "product of sum and difference",
            );
            same(&field.squared(&field.sub(&a, &b)), &|a, b| product(&difference(a, b), &difference(a, b)), "square");
            // What a doubling forms: 2 c + (a - b), a + b - s^2 with s a sum.
            let (aa, bb) = (field.square(&a), field.square(&b));
            let squares = field.square(&field.add(&a, &b));
            let twice = field.plus(&field.plus(&aa, &aa), &field.minus(&aa, &bb));
            let last = field.minus(&field.plus(&aa, &bb), &squares);
            let (twice, last) = (field.carry(&twice), field.carry(&last));
            let minus_twice = |a: &Packed, b: &Packed| packed::negate(sum_of(&product(a, b), &product(a, b)));
            same(&last, &minus_twice, "a^2 + b^2 - (a + b)^2");
            let three = |a: &Packed, b: &Packed| {
                let square = product(a, a);
                let two = sum_of(&square, &square);
                sum_of(&sum_of(&two, &square), &packed::negate(product(b, b)))
            };
            same(&twice, &three, "3 a^2 - b^2");
            same(&field.product(&twice, &last), &|a, b| product(&three(a, b), &minus_twice(a, b)), "product of both");
        }
        if shift % 16 != 0 {
            continue;
        }
        let a = field.gather(|lane| &values[(shift + lane) % count]);
        for (got, value) in lanes(field, &field.product(&field::invert(field, &a), &a)).iter().zip(&lanes(field, &a)) {
            assert_eq!(*got, if *value == ZERO { ZERO } else { ONE }, "inverse of {value:x?}");
        }
    }
}

#[test]
fn the_arithmetic_of_every_engine_is_that_of_the_integers() {
    super::engines().into_iter().for_each(|engine| with_engine!(engine, field => arithmetic(field)));
}

fn largest<F: Bounds>(field: F) {
    let largest = field.largest();
    let value = lanes(field, &largest);
    for (factor, name) in [(ONE, "1"), (values()[6], "2^255 - 1")] {
        let other = field.splat(&factor);
        let want: Vec<Packed> = value.iter().map(|value| product(value, &factor)).collect();
        assert_eq!(lanes(field, &field.product(&largest, &other)), want, "times {name}");
        assert_eq!(lanes(field, &field.product(&other, &largest)), want, "{name} times");
    }
    let square: Vec<Packed> = value.iter().map(|value| product(value, value)).collect();
    assert_eq!(lanes(field, &field.product(&largest, &largest)), square);
    assert_eq!(lanes(field, &field.squared(&largest)), square);
}

#[test]
fn limbs_at_their_bounds_do_not_overflow() {
    super::engines().into_iter().for_each(|engine| with_engine!(engine, field => largest(field)));
}

#[test]
fn a_value_and_its_canonical_form_agree() {
    assert_eq!(packed::canonical(P), ZERO);
    assert_eq!(packed::canonical([u64::MAX, u64::MAX, u64::MAX, u64::MAX >> 1]), [18, 0, 0, 0]);
    assert_eq!(packed::negate(ZERO), ZERO);
    assert_eq!(packed::negate(P), ZERO);
    assert_eq!(packed::negate(ONE), [P[0] - 1, P[1], P[2], P[3]]);
}
