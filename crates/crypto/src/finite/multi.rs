//! Products of many powers, `x_1^(e_1) ... x_n^(e_n)`, with the squarings shared by all.
//!
//! Few factors go by Straus' method: a table of odd powers for each base, and for each digit one product. Many go by
//! Pippenger's: for each digit the bases with the same digit are multiplied into one bucket, and the product of the
//! buckets `b_d^d` is formed by running products, so that a base costs one product for each digit and no table.

use super::montgomery::{Modulus, Residue};
use super::natural;

/// `product of bases[i] ^ exponents[i]`
pub(super) fn product_of_powers<const L: usize>(
    modulus: &Modulus<L>,
    bases: &[Residue<L>],
    exponents: &[&[u64]],
) -> Residue<L> {
    let bits = exponents.iter().map(|exponent| natural::bits(exponent)).max().unwrap_or(0);
    let (straus, window) = (1..=6).map(|width| (straus_cost(bits, bases.len(), width), width)).min().unwrap_or((0, 4));
    let (pippenger, digit) =
        (2..=14).map(|width| (pippenger_cost(bits, bases.len(), width), width)).min().unwrap_or((0, 8));
    if straus <= pippenger {
        by_tables(modulus, bases, exponents, bits, window)
    } else {
        by_buckets(modulus, bases, exponents, bits, digit)
    }
}

fn straus_cost(bits: usize, count: usize, width: usize) -> usize {
    count * ((1 << (width - 1)) + bits / (width + 1)) + bits
}

fn pippenger_cost(bits: usize, count: usize, width: usize) -> usize {
    bits.div_ceil(width) * (count + (2 << width)) + bits
}

fn by_tables<const L: usize>(
    modulus: &Modulus<L>,
    bases: &[Residue<L>],
    exponents: &[&[u64]],
    bits: usize,
    width: usize,
) -> Residue<L> {
    // At `places[b]`, the bases whose window ends at bit b, with the place of the odd power in `odd`.
    let mut places: Vec<Vec<u32>> = vec![Vec::new(); bits];
    let mut odd = Vec::with_capacity(bases.len() << (width - 1));
    for (base, exponent) in bases.iter().zip(exponents) {
        let first = odd.len();
        let mut bit = 0;
        let mut largest = 0;
        while bit < bits {
            if natural::bit(exponent, bit) {
                let power = natural::digit(exponent, bit, width) / 2;
                largest = largest.max(power);
                places[bit].push((first + power) as u32);
                bit += width;
            } else {
                bit += 1;
            }
        }
        odd.push(*base);
        if largest > 0 {
            let twice = modulus.square(base);
            for power in 0..largest {
                odd.push(modulus.mul(&odd[first + power], &twice));
            }
        }
    }
    let mut result = None;
    for place in places.iter().rev() {
        result = result.map(|value| modulus.square(&value));
        for factor in place {
            collect(modulus, &mut result, &odd[*factor as usize]);
        }
    }
    result.unwrap_or(*modulus.one())
}

fn by_buckets<const L: usize>(
    modulus: &Modulus<L>,
    bases: &[Residue<L>],
    exponents: &[&[u64]],
    bits: usize,
    width: usize,
) -> Residue<L> {
    let mut result = None;
    let mut buckets: Vec<Option<Residue<L>>> = vec![None; (1 << width) - 1];
    for place in (0..bits.div_ceil(width)).rev() {
        for _ in 0..width {
            result = result.map(|value| modulus.square(&value));
        }
        buckets.fill(None);
        for (base, exponent) in bases.iter().zip(exponents) {
            let digit = natural::digit(exponent, place * width, width);
            if digit != 0 {
                collect(modulus, &mut buckets[digit - 1], base);
            }
        }
        if let Some(product) = running_products(modulus, &buckets).1 {
            collect(modulus, &mut result, &product);
        }
    }
    result.unwrap_or(*modulus.one())
}

/// `b_1 b_2 b_3 ...` and `b_1 b_2^2 b_3^3 ...`: the second is the product of all products of a bucket with those above
/// it.
pub(super) fn running_products<const L: usize>(
    modulus: &Modulus<L>,
    buckets: &[Option<Residue<L>>],
) -> (Option<Residue<L>>, Option<Residue<L>>) {
    let (mut running, mut total) = (None, None);
    for bucket in buckets.iter().rev() {
        if let Some(bucket) = bucket {
            collect(modulus, &mut running, bucket);
        }
        if let Some(running) = &running {
            collect(modulus, &mut total, running);
        }
    }
    (running, total)
}

/// Multiplies a factor into a product that may be empty.
#[inline]
pub(super) fn collect<const L: usize>(modulus: &Modulus<L>, product: &mut Option<Residue<L>>, factor: &Residue<L>) {
    *product = Some(match product {
        Some(product) => modulus.mul(product, factor),
        None => *factor,
    });
}
