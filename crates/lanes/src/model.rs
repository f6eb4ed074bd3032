//! The instructions of `ifma` in plain integers, so that the engine is tested on every machine.
//!
//! Stricter than a processor: a factor of more than 52 bits, which an instruction would cut off, is an error here, and so
//! is a sum that overflows (in tests, where overflow is checked).

use crate::curve::{Bucket, Cached, Completed, Picks, Projective, Root, Row};
use crate::field::{Field, Packed};
use crate::ifma::{self, Ifma, Limbs, Words};
use crate::kernels::{each_kernel, portable_kernels};
use crate::point::Point;

/// Eight words in an array.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Model;

type Vector = [u64; 8];

fn each(a: Vector, b: Vector, of: impl Fn(u64, u64) -> u64) -> Vector {
    std::array::from_fn(|lane| of(a[lane], b[lane]))
}

/// The 104 bits of a product.
fn product(a: u64, b: u64) -> u128 {
    assert!(a >> 52 == 0 && b >> 52 == 0, "factors of 52 bits: {a:x} {b:x}");
    u128::from(a) * u128::from(b)
}

impl Words for Model {
    type Vector = Vector;

    fn set(self, value: u64) -> Vector {
        [value; 8]
    }

    fn plus(self, a: Vector, b: Vector) -> Vector {
        each(a, b, |a, b| a + b)
    }

    fn minus(self, a: Vector, b: Vector) -> Vector {
        each(a, b, |a, b| a - b)
    }

    fn and(self, a: Vector, b: Vector) -> Vector {
        each(a, b, |a, b| a & b)
    }

    fn or(self, a: Vector, b: Vector) -> Vector {
        each(a, b, |a, b| a | b)
    }

    fn right<const BITS: u32>(self, a: Vector) -> Vector {
        a.map(|word| word >> BITS)
    }

    fn left<const BITS: u32>(self, a: Vector) -> Vector {
        a.map(|word| word << BITS)
    }

    fn low(self, sum: Vector, a: Vector, b: Vector) -> Vector {
        self.plus(sum, each(a, b, |a, b| (product(a, b) & ((1 << 52) - 1)) as u64))
    }

    fn high(self, sum: Vector, a: Vector, b: Vector) -> Vector {
        self.plus(sum, each(a, b, |a, b| (product(a, b) >> 52) as u64))
    }

    fn pairs(self, pairs: [&[u64; 2]; 4]) -> Vector {
        std::array::from_fn(|word| pairs[word / 2][word % 2])
    }

    fn firsts(self, a: Vector, b: Vector) -> Vector {
        std::array::from_fn(|word| if word % 2 == 0 { a[word] } else { b[word - 1] })
    }

    fn seconds(self, a: Vector, b: Vector) -> Vector {
        std::array::from_fn(|word| if word % 2 == 0 { a[word + 1] } else { b[word] })
    }

    fn store(self, a: Vector) -> [u64; 8] {
        a
    }

    #[inline(never)]
    fn mul(self, a: &Limbs<Self>, b: &Limbs<Self>) -> Limbs<Self> {
        ifma::mul(self, a, b)
    }

    #[inline(never)]
    fn square(self, a: &Limbs<Self>) -> Limbs<Self> {
        ifma::square(self, a)
    }
}

each_kernel!(portable_kernels, Ifma<Model>);
