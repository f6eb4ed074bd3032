//! Squares modulo a prime, by the Jacobi symbol.
//!
//! Where `p = 2 q + 1`, the subgroup of order `q` is that of the squares, and `x^q = 1` if and only if the symbol
//! `(x / p)` of Legendre is 1. By the law of quadratic reciprocity it is computed like a greatest common divisor, a
//! hundred times faster than the power:
//!
//! ```text
//! (2 / n) = -1 if n = 3, 5 mod 8;   (a / n) = (n / a), or its negative if a = n = 3 mod 4;   (a / n) = (a - n / n)
//! ```
//!
//! (Shallit and Sorenson, "A binary algorithm for the Jacobi symbol", 1993.)

use super::natural;

/// Whether `(number / modulus)` is 1, for an odd modulus.
pub(super) fn is_square(number: &[u64], modulus: &[u64]) -> bool {
    let mut upper = natural::trimmed(number).to_vec();
    let mut lower = natural::trimmed(modulus).to_vec();
    let mut negative = false;
    while let Some(zeros) = trailing_zeros(&upper) {
        shift_down(&mut upper, zeros);
        if zeros % 2 == 1 && matches!(lower[0] % 8, 3 | 5) {
            negative = !negative;
        }
        if natural::compare(&upper, &lower).is_lt() {
            if upper[0] % 4 == 3 && lower[0] % 4 == 3 {
                negative = !negative;
            }
            std::mem::swap(&mut upper, &mut lower);
        }
        natural::subtract(&mut upper, &lower);
        while upper.last() == Some(&0) {
            upper.pop();
        }
    }
    // What is left below is the greatest common divisor.
    !negative && natural::trimmed(&lower) == [1]
}

/// Twos that divide a number; `None` for zero.
fn trailing_zeros(number: &[u64]) -> Option<usize> {
    let first = number.iter().position(|word| *word != 0)?;
    Some(first * 64 + number[first].trailing_zeros() as usize)
}

fn shift_down(number: &mut Vec<u64>, count: usize) {
    let (words, bits) = (count / 64, count % 64);
    number.drain(..words);
    if bits > 0 {
        let mut above = 0;
        for word in number.iter_mut().rev() {
            let next = *word << (64 - bits);
            *word = *word >> bits | above;
            above = next;
        }
    }
    while number.last() == Some(&0) {
        number.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::is_square;

    #[test]
    fn squares_modulo_small_primes_are_those_that_some_number_has() {
        for prime in [3_u64, 5, 7, 11, 13, 17, 101, 103, 1_009] {
            for number in 0..prime {
                let has_root = number != 0 && (1..prime).any(|root| root * root % prime == number);
                assert_eq!(is_square(&[number], &[prime]), has_root, "{number} modulo {prime}");
            }
        }
    }
}
