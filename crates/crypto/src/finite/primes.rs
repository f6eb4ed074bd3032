//! Whether a number is prime, by the test of Miller and Rabin with bases that nobody can choose.
//!
//! For odd `n = 2^s d + 1` and a base `b`, a prime `n` has `b^d = 1` or `b^(2^i d) = -1` for some `i < s`. A composite
//! number satisfies this for at most a quarter of all bases (Rabin 1980), so [`ROUNDS`] of them leave `2^-128`. The bases
//! are hashes of the number: the answer is the same every time, and who makes a number to pass the test has to search
//! for `2^128` of them.

use sha2::{Digest as _, Sha256};

use super::montgomery::Modulus;
use super::natural;

/// Bases that are tried.
const ROUNDS: u32 = 64;

/// Divisors that are tried first: they refuse nearly all composite numbers at once.
const SMALL: [u64; 15] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47];

/// Whether a number of at most 4096 bits is prime; larger ones are said not to be.
pub(super) fn is_prime(number: &[u64]) -> bool {
    let number = natural::trimmed(number);
    for small in SMALL {
        if natural::is_zero(&natural::divide(number, &[small]).1) {
            return number == [small];
        }
    }
    match number.len() {
        1..=4 => passes::<4>(number),
        5..=8 => passes::<8>(number),
        9..=16 => passes::<16>(number),
        17..=24 => passes::<24>(number),
        25..=32 => passes::<32>(number),
        33..=48 => passes::<48>(number),
        49..=64 => passes::<64>(number),
        _ => false,
    }
}

fn passes<const L: usize>(number: &[u64]) -> bool {
    let Some(modulus) = Modulus::<L>::new(number) else { return false };
    if natural::bits(number) < 2 {
        return false;
    }
    let less_one = natural::minus(number, &[1]);
    let twos = (0..).take_while(|index| !natural::bit(&less_one, *index)).count();
    let odd = natural::shifted_down(&less_one, twos);
    let minus_one = modulus.enter(&less_one);
    let is = |left: &[u64; L], right: &[u64; L]| modulus.leave(left) == modulus.leave(right);
    (0..ROUNDS).all(|round| {
        let base = natural::divide(&hashed(number, round), number).1;
        let mut power = modulus.power(&modulus.enter(&base), &odd);
        if natural::is_zero(&base) || modulus.is_one(&power) || is(&power, &minus_one) {
            return true;
        }
        (1..twos).any(|_| {
            power = modulus.square(&power);
            is(&power, &minus_one)
        })
    })
}

/// As many bits as the number has, and 128 more, from the number and a counter.
fn hashed(number: &[u64], round: u32) -> Vec<u64> {
    let mut seed = Sha256::new();
    for word in number {
        seed.update(word.to_be_bytes());
    }
    let seed = seed.finalize();
    let blocks = number.len().div_ceil(4) + 1;
    let mut bytes = Vec::with_capacity(32 * blocks);
    for block in 0..blocks {
        let mut hash = Sha256::new();
        hash.update(seed);
        hash.update(round.to_be_bytes());
        hash.update((block as u64).to_be_bytes());
        bytes.extend_from_slice(&hash.finalize());
    }
    natural::from_big_endian(&bytes)
}

#[cfg(test)]
mod tests {
    use super::is_prime;
    use crate::finite::natural;

    fn prime(text: &str) -> bool {
        is_prime(&natural::parse(text, &[0, 0, 0, 0, 0, 0, 0, 0, 1]).expect("a number"))
    }

    #[test]
    fn small_numbers_are_told_as_trial_division_does() {
        for number in 0_u64..5_000 {
            let divides = |divisor: &u64| number % divisor == 0;
            assert_eq!(is_prime(&[number]), number > 1 && !(2..number).any(|divisor| divides(&divisor)), "{number}");
        }
    }

    #[test]
    fn known_primes_and_pseudoprimes() {
        // 2^127 - 1 and 2^255 - 19 are prime.
        assert!(prime("170141183460469231731687303715884105727"));
        assert!(prime("57896044618658097711785492504343953926634992332820282019728792003956564819949"));
        // Carmichael numbers, and the least strong pseudoprime to the first twelve prime bases.
        for composite in ["561", "6601", "3215031751", "318665857834031151167461"] {
            assert!(!prime(composite), "{composite}");
        }
        // The product of the two primes above.
        assert!(!prime(
            "9850493968060855106129661203634055396904405424803374447286086811803656447284538043281475126126605\
             9163098593048523"
        ));
    }
}
