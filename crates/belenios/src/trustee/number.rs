//! Secret numbers and texts: decimal digits read and written, JSON's quotation marks put on and taken off.
//!
//! Texts that hold a secret are made in memory of their final size, so that none is left behind by growing, and wiped.

use adil_crypto::SecretGroup;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// More digits than the order of any group has.
const MOST_DIGITS: usize = 5_000;

/// The decimal digits of a secret.
pub(super) fn digits<G: SecretGroup>(group: &G, secret: &G::Secret) -> Zeroizing<String> {
    // A byte has fewer than 2.5 digits.
    let mut text = Zeroizing::new(String::with_capacity(group.order_bytes() * 5 / 2 + 20));
    group.write_scalar(&group.publish(secret), &mut text);
    text
}

/// Reads canonical decimal digits below the order of the group; `None` for any other text. The time depends on the
/// number of digits alone.
pub(super) fn secret_number<G: SecretGroup>(group: &G, text: &str) -> Option<G::Secret> {
    let length = text.len();
    let digits_alone = text.bytes().fold(true, |alone, byte| alone & byte.is_ascii_digit());
    if length == 0 || length > MOST_DIGITS || !digits_alone {
        return None;
    }
    // 10^12 < 2^40: five bytes for twelve digits.
    let mut number = Zeroizing::new(vec![0_u8; length * 5 / 12 + 2]);
    for digit in text.bytes() {
        let mut carry = u16::from(digit - b'0');
        for byte in number.iter_mut().rev() {
            let [high, low] = (u16::from(*byte) * 10 + carry).to_be_bytes();
            *byte = low;
            carry = u16::from(high);
        }
    }
    let secret = group.secret(&number);
    // What is not below the order, or has leading zeros, is not what comes out again.
    let canonical = digits(group, &secret);
    bool::from(canonical.as_bytes().ct_eq(text.as_bytes())).then_some(secret)
}

/// Appends a text as a JSON string. Only `"` and `\` need a backslash in what is sent here.
pub(super) fn quote(text: &str, into: &mut Zeroizing<String>) {
    into.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            into.push('\\');
        }
        into.push(character);
    }
    into.push('"');
}

/// The text of a JSON string that a text begins with, and what follows it; `None` where it begins with none or with one
/// that has other escapes than `\"` and `\\`.
pub(super) fn unquote(text: &str) -> Option<(Zeroizing<String>, &str)> {
    let quoted = text.strip_prefix('"')?;
    let mut unquoted = Zeroizing::new(String::with_capacity(quoted.len()));
    let mut characters = quoted.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((unquoted, &quoted[at + 1..])),
            '\\' => match characters.next()? {
                (_, escaped @ ('"' | '\\')) => unquoted.push(escaped),
                _ => return None,
            },
            control if control.is_ascii_control() => return None,
            plain => unquoted.push(plain),
        }
    }
    None
}

/// A text from its pieces.
pub(super) fn joined(pieces: &[&str]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(pieces.iter().map(|piece| piece.len()).sum()));
    pieces.iter().for_each(|piece| text.push_str(piece));
    text
}

#[cfg(test)]
mod tests {
    use adil_crypto::{Ed25519, FiniteField, Group};
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    use super::*;

    fn numbers<G: SecretGroup>(group: &G) {
        let mut random = ChaCha20Rng::seed_from_u64(5);
        let last = group.publish(&group.secret_difference(&group.hide(&group.small(0)), &group.hide(&group.small(1))));
        for scalar in
            [group.small(0), group.small(7), group.small(1_000_000), last, group.publish(&group.draw(&mut random))]
        {
            let text = digits(group, &group.hide(&scalar));
            assert!(secret_number(group, &text).is_some_and(|read| group.publish(&read) == scalar), "{}", *text);
        }
        let last = digits(group, &group.secret_difference(&group.hide(&group.small(0)), &group.hide(&group.small(1))));
        // One more than q - 1: its last digit is even for an odd prime q, so nothing is carried.
        let mut order = last.as_bytes().to_vec();
        if let Some(digit) = order.last_mut() {
            *digit += 1;
        }
        let order = String::from_utf8(order).unwrap_or_default();
        for bad in ["", "07", "-1", "+1", "1 ", "x", "1e3", &order, &"9".repeat(6_000)] {
            assert!(secret_number(group, bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn only_canonical_numbers_below_the_order_are_read() {
        numbers(&Ed25519::new());
        numbers(&FiniteField::belenios_2048());
        numbers(&FiniteField::rfc_3526_2048());
    }

    proptest::proptest! {
        #[test]
        fn a_secret_is_read_where_a_public_number_is(text in "[0-9]{1,90}|0|-?[0-9x]{0,9}") {
            let group = Ed25519::new();
            let read = secret_number(&group, &text).map(|secret| group.publish(&secret));
            proptest::prop_assert_eq!(read, group.scalar(&text).ok());
        }
    }

    #[test]
    fn quotation_marks_come_off_as_they_were_put_on() {
        for text in ["", "a", "\"", "\\", r#"{"a":"b\"c"}"#, "é"] {
            let mut quoted = Zeroizing::new(String::new());
            quote(text, &mut quoted);
            assert_eq!(serde_json::from_str::<String>(&quoted).ok().as_deref(), Some(text));
            quoted.push_str(",rest");
            assert!(unquote(&quoted).is_some_and(|(read, rest)| *read == text && rest == ",rest"), "{text}");
        }
        for bad in ["", "a", "\"", r#""\n""#, r#""\"#, "\"\n\""] {
            assert!(unquote(bad).is_none(), "{bad:?}");
        }
    }
}
