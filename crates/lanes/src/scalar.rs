//! Scalars modulo `l = 2^252 + 27742317777372353535851937790883648493`, and their digits of plus and minus one.
//!
//! An odd `s < 2^256` is `sum e_i 2^i` over 256 digits `e_i = 2 b_i - 1`, where the `b_i` are the bits of
//! `(s - 1) / 2 + 2^255`. No digit is zero, so that every table of signed sums has half its entries and no neutral
//! one. An even `c` is taken as `c + l`, which is the same multiple of a point whose order is `l` and of no other.

use crate::field::Packed;
use crate::packed;

/// `l`
pub(crate) const ORDER: Packed = [0x5812_631a_5cf5_d3ed, 0x14de_f9de_a2f7_9cd6, 0, 0x1000_0000_0000_0000];

/// A canonical scalar: below `l`, 32 bytes, least significant first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Scalar([u8; 32]);

impl Scalar {
    /// `None` if the value is not below `l`.
    pub fn from_canonical(bytes: [u8; 32]) -> Option<Self> {
        packed::is_below(&packed::from_bytes(&bytes), &ORDER).then_some(Self(bytes))
    }

    /// Least significant first.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The bits `b_i` of its 256 digits.
    pub(crate) fn signs(&self) -> Signs {
        let mut words = packed::from_bytes(&self.0);
        if words[0] & 1 == 0 {
            let mut carry = 0;
            for (word, order) in words.iter_mut().zip(ORDER) {
                let (once, first) = word.overflowing_add(order);
                let (twice, second) = once.overflowing_add(carry);
                (*word, carry) = (twice, u64::from(first || second));
            }
        }
        let [a, b, c, d] = words;
        Signs([a >> 1 | b << 63, b >> 1 | c << 63, c >> 1 | d << 63, d >> 1 | 1 << 63])
    }

    /// The value as words.
    pub(crate) fn words(&self) -> Packed {
        packed::from_bytes(&self.0)
    }
}

/// The signs of 256 digits, bit set for plus.
#[derive(Clone, Copy)]
pub(crate) struct Signs([u64; 4]);

impl Signs {
    /// Where the multiple of a table of signed sums stands for the digits at `from`, `from + step`, ... (four of
    /// them): `(index, 1 if it is to be subtracted)`. The last digit gives the sign, the others, read against it,
    /// the index.
    #[inline(always)]
    pub(crate) fn comb(&self, from: usize, step: usize) -> (usize, usize) {
        let bit = |position: usize| (self.0[position / 64 % 4] >> (position % 64)) as usize & 1;
        let low = bit(from) | bit(from + step) << 1 | bit(from + 2 * step) << 2;
        let minus = 1 - bit(from + 3 * step);
        (low ^ (7 * minus), minus)
    }

    /// The same for eight digits in a row, those of byte `byte`: the odd multiple `2 index + 1` of `2^(8 byte)`.
    #[inline(always)]
    pub(crate) fn window(&self, byte: usize) -> (usize, usize) {
        let bits = (self.0[byte / 8 % 4] >> (byte % 8 * 8)) as usize & 0xff;
        let minus = 1 - (bits >> 7);
        ((bits ^ (0xff * minus)) & 0x7f, minus)
    }
}

#[cfg(test)]
mod tests {
    use super::Scalar;

    #[test]
    fn signs_add_up_to_the_scalar_or_to_it_plus_the_order() {
        // l is odd, so that 0 is read as l and 2 as l + 2: the digits of both differ by one unit.
        let signs = |value: u8| {
            let mut bytes = [0; 32];
            bytes[0] = value;
            Scalar::from_canonical(bytes).expect("small").signs().0
        };
        assert_eq!(signs(1), [0, 0, 0, 1 << 63]);
        assert_eq!(signs(5), [2, 0, 0, 1 << 63]);
        assert_eq!(signs(0)[0] + 1, signs(2)[0]);
        assert_eq!(signs(0)[3], 1 << 63 | 1 << 59);
    }

    #[test]
    fn the_order_is_no_canonical_scalar() {
        let order = crate::packed::to_bytes(&super::ORDER);
        assert!(Scalar::from_canonical(order).is_none());
        let mut below = order;
        below[0] -= 1;
        assert!(Scalar::from_canonical(below).is_some());
        assert!(Scalar::from_canonical([0xff; 32]).is_none());
    }
}
