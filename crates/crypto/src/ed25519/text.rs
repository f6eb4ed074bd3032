//! Texts of points and scalars, in their one canonical form.

use crate::{ElementFault, ScalarFault};

/// p = 2^255 - 19, least significant byte first.
const P: [u8; 32] = {
    let mut bytes = [0xff; 32];
    bytes[0] = 0xed;
    bytes[31] = 0x7f;
    bytes
};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// The 32 bytes, least significant first, that 64 lower-case hexadecimal digits give.
pub(super) fn bytes(text: &str) -> Result<[u8; 32], ElementFault> {
    let digits = text.as_bytes();
    if digits.len() != 64 {
        return Err(ElementFault::Form);
    }
    let mut bytes = [0; 32];
    let mut upper = false;
    for (pair, byte) in digits.chunks_exact(2).zip(bytes.iter_mut().rev()) {
        let mut value = 0;
        for &digit in pair {
            let nibble = match digit {
                b'0'..=b'9' => digit - b'0',
                b'a'..=b'f' => digit - b'a' + 10,
                b'A'..=b'F' => {
                    upper = true;
                    digit - b'A' + 10
                }
                _ => return Err(ElementFault::Form),
            };
            value = value << 4 | nibble;
        }
        *byte = value;
    }
    if upper { Err(ElementFault::NotCanonical) } else { Ok(bytes) }
}

/// Why bytes that give no point do not: they encode one in another way than the canonical, or none at all.
pub(super) fn why_no_point(bytes: &[u8; 32]) -> ElementFault {
    let mut y = *bytes;
    y[31] &= 0x7f;
    let negative = bytes[31] >> 7 == 1;
    let below_p = y.iter().rev().lt(P.iter().rev());
    // x is zero where y is 1 or -1, and has no sign then.
    let mut one = [0; 32];
    one[0] = 1;
    let mut minus_one = P;
    minus_one[0] -= 1;
    let zero_x = y == one || y == minus_one;
    if !below_p || (negative && zero_x) { ElementFault::NotCanonical } else { ElementFault::NotOnCurve }
}

/// The 64 digits of a point's bytes.
pub(super) fn of(bytes: &[u8; 32]) -> String {
    let mut text = String::with_capacity(64);
    write(bytes, &mut text);
    text
}

/// Appends the 64 digits of a point's bytes.
pub(super) fn write(bytes: &[u8; 32], text: &mut String) {
    for byte in bytes.iter().rev() {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}

/// The number that canonical decimal digits give, least significant byte first; it may still be above the order.
pub(super) fn decimal(text: &str) -> Result<[u8; 32], ScalarFault> {
    let digits = text.as_bytes();
    let canonical = digits == b"0" || digits.first().is_some_and(|first| *first != b'0');
    if !canonical || !digits.iter().all(u8::is_ascii_digit) {
        return Err(ScalarFault::Form);
    }
    // 2^256 has 78 digits; the order of the group has 77.
    if digits.len() > 77 {
        return Err(ScalarFault::OutOfRange);
    }
    let mut limbs = [0u64; 4];
    let (first, rest) = digits.split_at(digits.len() % 19);
    for piece in std::iter::once(first).chain(rest.chunks(19)) {
        let mut carry = u128::from(piece.iter().fold(0u64, |number, digit| number * 10 + u64::from(digit - b'0')));
        let scale = u128::from(10u64.pow(u32::try_from(piece.len()).unwrap_or(0)));
        for limb in &mut limbs {
            let wide = u128::from(*limb) * scale + carry;
            *limb = wide as u64;
            carry = wide >> 64;
        }
    }
    let mut bytes = [0; 32];
    bytes.chunks_exact_mut(8).zip(limbs).for_each(|(to, limb)| to.copy_from_slice(&limb.to_le_bytes()));
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_read_in_one_form_only() {
        let mut expected = [0; 32];
        expected[0] = 0x15;
        expected[1] = 0xcd;
        expected[2] = 0x5b;
        expected[3] = 0x07;
        assert_eq!(decimal("123456789"), Ok(expected), "0x075bcd15");
        assert_eq!(decimal("0"), Ok([0; 32]));
        for text in ["", "00", "01", "-1", "+1", " 1", "1 ", "0x1", "1e3"] {
            assert_eq!(decimal(text), Err(ScalarFault::Form), "{text:?}");
        }
        assert_eq!(decimal(&"9".repeat(78)), Err(ScalarFault::OutOfRange));
        // 2^255 = 57896044618658097711785492504343953926634992332820282019728792003956564819968.
        let top = decimal("57896044618658097711785492504343953926634992332820282019728792003956564819968");
        let mut expected = [0; 32];
        expected[31] = 0x80;
        assert_eq!(top, Ok(expected));
    }

    #[test]
    fn hexadecimal_digits_are_lower_case_and_most_significant_first() {
        let text = "0000000000000000000000000000000000000000000000000000000000000201";
        let bytes = bytes(text).expect("64 digits");
        assert_eq!((bytes[0], bytes[1], bytes[31]), (1, 2, 0));
        let mut back = String::new();
        write(&bytes, &mut back);
        assert_eq!(back, text);
        assert_eq!(super::bytes(&text.replace("201", "20A")), Err(ElementFault::NotCanonical));
        assert_eq!(super::bytes(&text[1..]), Err(ElementFault::Form));
    }

    #[test]
    fn encodings_that_are_not_canonical_are_told_from_those_of_no_point() {
        let mut negative_zero = [0; 32];
        negative_zero[0] = 1;
        negative_zero[31] = 0x80;
        assert_eq!(why_no_point(&negative_zero), ElementFault::NotCanonical);
        let mut y_plus_p = P;
        y_plus_p[0] += 1;
        assert_eq!(why_no_point(&y_plus_p), ElementFault::NotCanonical);
        let mut two = [0; 32];
        two[0] = 2;
        assert_eq!(why_no_point(&two), ElementFault::NotOnCurve);
    }
}
