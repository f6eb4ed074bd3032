//! Field elements as four words: the form in memory, its canonical range, and constants.

use crate::field::Packed;

/// `p = 2^255 - 19`
pub(crate) const P: Packed = [0xffff_ffff_ffff_ffed, u64::MAX, u64::MAX, 0x7fff_ffff_ffff_ffff];
pub(crate) const ZERO: Packed = [0; 4];
pub(crate) const ONE: Packed = [1, 0, 0, 0];
pub(crate) const TWO: Packed = [2, 0, 0, 0];
/// `d = -121665 / 121666`
pub(crate) const D: Packed =
    [0x75eb_4dca_1359_78a3, 0x0070_0a4d_4141_d8ab, 0x8cc7_4079_7779_e898, 0x5203_6cee_2b6f_fe73];
/// `2 d`
pub(crate) const D2: Packed =
    [0xebd6_9b94_26b2_f159, 0x00e0_149a_8283_b156, 0x198e_80f2_eef3_d130, 0x2406_d9dc_56df_fce7];
/// `sqrt(-1) = 2^((p - 1) / 4)`
pub(crate) const ROOT_OF_MINUS_ONE: Packed =
    [0xc4ee_1b27_4a0e_a0b0, 0x2f43_1806_ad2f_e478, 0x2b4d_0099_3dfb_d7a7, 0x2b83_2480_4fc1_df0b];

/// The top bit of the fourth word, which no value has.
const TOP: u64 = 1 << 63;

/// The value modulo `p`, of one below `2^255`.
pub(crate) fn canonical(value: Packed) -> Packed {
    // value >= p exactly when value + 19 reaches 2^255, and then value - p = value + 19 - 2^255.
    let mut raised = value;
    let mut carry = 19;
    for word in &mut raised {
        let (sum, over) = word.overflowing_add(carry);
        (*word, carry) = (sum, u64::from(over));
    }
    // Without a branch: coordinates of secret points come through here.
    let reached = (raised[3] >> 63).wrapping_neg();
    raised[3] &= !TOP;
    std::array::from_fn(|word| value[word] ^ ((value[word] ^ raised[word]) & reached))
}

/// `-value`, below `p`; of a value below `2^255`.
pub(crate) fn negate(value: Packed) -> Packed {
    let value = canonical(value);
    if value == ZERO {
        return ZERO;
    }
    let mut difference = P;
    let mut borrow = 0;
    for (word, taken) in difference.iter_mut().zip(value) {
        let (once, first) = word.overflowing_sub(taken);
        let (twice, second) = once.overflowing_sub(borrow);
        (*word, borrow) = (twice, u64::from(first || second));
    }
    difference
}

/// Least significant byte first.
pub(crate) fn to_bytes(value: &Packed) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (chunk, word) in bytes.chunks_exact_mut(8).zip(value) {
        chunk.copy_from_slice(&word.to_le_bytes());
    }
    bytes
}

/// Least significant byte first; all 256 bits.
pub(crate) fn from_bytes(bytes: &[u8; 32]) -> Packed {
    let mut words = [0; 4];
    for (word, chunk) in words.iter_mut().zip(bytes.as_chunks::<8>().0) {
        *word = u64::from_le_bytes(*chunk);
    }
    words
}

/// Whether the 256-bit value is below the bound.
pub(crate) fn is_below(value: &Packed, bound: &Packed) -> bool {
    value.iter().rev().lt(bound.iter().rev())
}
