//! Against crypto-bigint, an independent implementation of numbers and of products modulo another, and against the
//! schoolbook's product and division.

use crypto_bigint::modular::{FixedMontyForm, FixedMontyParams};
use crypto_bigint::{Limb, NonZero, Odd, Uint};
use proptest::prelude::*;

use crate::FiniteField;
use crate::finite::jacobi::is_square;
use crate::finite::montgomery::Modulus;
use crate::finite::natural;

type Number = Uint<32>;

fn words(number: &Number) -> [u64; 32] {
    number.to_words()
}

/// Words that are often all zeros or all ones, where carries go wrong.
fn word() -> impl Strategy<Value = u64> {
    prop_oneof![any::<u64>(), any::<u64>(), Just(0), Just(u64::MAX), Just(1), Just(1 << 63)]
}

fn number(length: usize) -> impl Strategy<Value = Vec<u64>> {
    prop::collection::vec(word(), length)
}

fn array(number: &[u64]) -> [u64; 32] {
    std::array::from_fn(|index| number.get(index).copied().unwrap_or(0))
}

proptest! {
    #[test]
    fn division_is_that_of_crypto_bigint(dividend in number(32), divisor in number(32), length in 1_usize..=32) {
        let divisor = array(&divisor[..length]);
        prop_assume!(!natural::is_zero(&divisor));
        let (quotient, remainder) = natural::divide(&dividend, &divisor);
        let by = NonZero::new(Number::from_words(divisor)).expect("not zero");
        let (expected, rest) = Number::from_words(array(&dividend)).div_rem_vartime(&by);
        prop_assert_eq!(array(&quotient), words(&expected));
        prop_assert_eq!(array(&remainder), words(&rest));
        let back = natural::plus(&natural::times(&quotient, &divisor), &remainder);
        prop_assert!(natural::compare(&back, &dividend).is_eq());
    }

    #[test]
    fn decimals_are_those_of_crypto_bigint(value in number(32), length in 0_usize..=32) {
        let mut text = String::new();
        natural::write(&value[..length], &mut text);
        let read = Number::from_str_radix_vartime(&text, 10).expect("a decimal number");
        prop_assert_eq!(words(&read), array(&value[..length]));
        prop_assert!(text == "0" || !text.starts_with('0'));
        let mut limit = vec![0; 32];
        limit.push(1);
        let back = natural::parse(&text, &limit).expect("a number");
        prop_assert!(natural::compare(&back, &value[..length]).is_eq());
    }

    #[test]
    fn products_and_squares_modulo_an_odd_number(
        modulus in number(32), left in number(32), right in number(32), length in 1_usize..=32,
    ) {
        let mut modulus = array(&modulus[..length]);
        modulus[0] |= 1;
        let Some(ours) = Modulus::<32>::new(&modulus) else { return Err(TestCaseError::reject("no modulus")) };
        let left = natural::divide(&left, &modulus).1;
        let right = natural::divide(&right, &modulus).1;
        let product = natural::divide(&natural::times(&left, &right), &modulus).1;
        let entered = ours.enter(&left);
        let leave = |residue: &[u64; 32]| ours.leave(residue);
        prop_assert_eq!(leave(&ours.mul(&entered, &ours.enter(&right))), array(&product));
        let square = natural::divide(&natural::times(&left, &left), &modulus).1;
        prop_assert_eq!(leave(&ours.square(&entered)), array(&square));
        let params = FixedMontyParams::new_vartime(Odd::new(Number::from_words(modulus)).expect("odd"));
        let theirs = |number: &[u64]| FixedMontyForm::new(&Number::from_words(array(number)), &params);
        prop_assert_eq!(words(&theirs(&left).mul(&theirs(&right)).retrieve()), array(&product));
    }

    /// Between operations a residue may be any number of 2048 bits, below `p` or not.
    #[test]
    fn products_of_numbers_beyond_the_modulus(modulus in number(32), left in number(32), right in number(32)) {
        let mut modulus = array(&modulus);
        modulus[0] |= 1;
        let ours = Modulus::<32>::new(&modulus).expect("odd");
        // A product lacks a factor 2^2048, and what is left by it another.
        let shifted = |number: &[u64]| [&[0; 32], number].concat();
        let lacking = ours.leave(&ours.mul(&array(&left), &array(&right)));
        let once = natural::divide(&shifted(&lacking), &modulus).1;
        let twice = natural::divide(&shifted(&once), &modulus).1;
        prop_assert_eq!(twice, natural::divide(&natural::times(&left, &right), &modulus).1);
        prop_assert_eq!(ours.leave(&ours.square(&array(&left))), ours.leave(&ours.mul(&array(&left), &array(&left))));
        let mut settled = array(&left);
        ours.settle(&mut settled);
        prop_assert_eq!(array(&settled), array(&natural::divide(&left, &modulus).1));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn powers_are_those_of_crypto_bigint(base in number(32), exponent in number(32), length in 0_usize..=32) {
        let group = FiniteField::rfc_3526_2048();
        let modulus = Modulus::<32>::new(group.modulus()).expect("odd");
        let base = natural::divide(&base, group.modulus()).1;
        let exponent = array(&exponent[..length]);
        let power = modulus.leave(&modulus.power(&modulus.enter(&base), &exponent));
        let params = FixedMontyParams::new_vartime(Odd::new(Number::from_words(*modulus.value())).expect("odd"));
        let form = FixedMontyForm::new(&Number::from_words(array(&base)), &params);
        prop_assert_eq!(power, words(&form.pow(&Number::from_words(exponent)).retrieve()));
    }

    /// The symbol of Jacobi says what the power `(p - 1) / 2` says.
    #[test]
    fn squares_are_those_whose_power_is_one(value in number(32)) {
        let group = FiniteField::rfc_3526_2048();
        let modulus = Modulus::<32>::new(group.modulus()).expect("odd");
        let value = natural::divide(&value, group.modulus()).1;
        let power = modulus.power(&modulus.enter(&value), group.group_order());
        prop_assert_eq!(is_square(&value, group.modulus()), modulus.is_one(&power));
    }
}

#[test]
fn a_limb_of_the_oracle_has_64_bits() {
    assert_eq!(Limb::BITS, 64);
}
