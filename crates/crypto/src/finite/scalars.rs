//! Exponents: numbers modulo the prime order `q`.

use super::FieldScalar;
use super::montgomery::Modulus;
use super::natural;

/// A number modulo `order`.
pub(super) fn reduced(number: &[u64], order: &[u64]) -> FieldScalar {
    if natural::compare(number, order).is_lt() {
        return FieldScalar::new(number);
    }
    FieldScalar::new(&natural::divide(number, order).1)
}

/// `1 / s = s^(q - 2)`; zero for zero.
pub(super) fn reciprocal(scalar: &FieldScalar, order: &[u64]) -> FieldScalar {
    match order.len() {
        0..=4 => power::<4>(scalar, order),
        5..=8 => power::<8>(scalar, order),
        9..=16 => power::<16>(scalar, order),
        17..=32 => power::<32>(scalar, order),
        _ => power::<64>(scalar, order),
    }
}

fn power<const L: usize>(scalar: &FieldScalar, order: &[u64]) -> FieldScalar {
    let Some(modulus) = Modulus::<L>::new(order) else { return FieldScalar::new(&[]) };
    let power = modulus.power(&modulus.enter(scalar.words()), &natural::minus(order, &[2]));
    FieldScalar::new(&modulus.leave(&power))
}
