//! One-time passwords from a shared secret and the clock (RFC 6238, with HMAC-SHA-1 as all apps have it):
//!
//! ```text
//! TOTP(K, t) = HOTP(K, ⌊t / 30⌋),   HOTP(K, C) = truncate(HMAC-SHA-1(K, C)) mod 10^6     (RFC 4226, section 5.3)
//! ```

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use subtle::ConstantTimeEq as _;

/// Seconds that a password lives.
const STEP_SECONDS: u64 = 30;

/// The number of a moment's step.
pub fn step(seconds: u64) -> u64 {
    seconds / STEP_SECONDS
}

/// The password of a step, `digits` long.
pub fn totp(key: &[u8], step: u64, digits: u32) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) else { return String::new() };
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 0x0f);
    let word = u32::from_be_bytes([hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]]);
    format!("{:0width$}", u64::from(word) % 10_u64.pow(digits), width = digits as usize)
}

/// The step whose password it is: now, the one before, or the one after, for clocks that are a little off; none that was
/// used before.
pub(super) fn step_of(key: &[u8], code: &str, seconds: u64, used: u64) -> Option<u64> {
    let code: String = code.chars().filter(|letter| !letter.is_whitespace()).collect();
    let now = step(seconds);
    let steps = [now, now.saturating_sub(1), now + 1];
    steps.into_iter().find(|step| *step > used && bool::from(totp(key, *step, 6).as_bytes().ct_eq(code.as_bytes())))
}

/// Bytes as apps take them (RFC 4648, section 6), without padding.
pub fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits & 31) as usize]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits) & 31) as usize]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_those_of_rfc_6238() {
        // RFC 6238, appendix B, the rows of SHA-1.
        for (seconds, password) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            assert_eq!(totp(b"12345678901234567890", step(seconds), 8), password, "{seconds}");
        }
    }

    #[test]
    fn base32_is_that_of_rfc_4648() {
        // RFC 4648, section 10, without the padding.
        for (bytes, text) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB")]
        {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_step_serves_once_and_clocks_may_be_a_step_off() {
        let (key, now) = (b"12345678901234567890", 1_234_567_890);
        let code = |shift: u64| totp(key, step(now) + shift - 2, 6);
        let found: Vec<bool> = (0..5).map(|shift| step_of(key, &code(shift), now, 0).is_some()).collect();
        assert_eq!(found, [false, true, true, true, false]);
        assert_eq!(step_of(key, &code(2), now, step(now)), None, "used before");
        assert_eq!(step_of(key, &code(2), now, step(now) - 1), Some(step(now)));
    }
}
