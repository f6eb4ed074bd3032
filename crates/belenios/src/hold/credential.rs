//! Voting codes: 22 random digits in base 58, from which a voter's private exponent follows.
//!
//! ```text
//! s = int(hex(H("derive_credential|uuid|0|code")) hex(H("derive_credential|uuid|1|code"))) mod q,   public: g^s
//! ```
//!
//! 22 digits carry 128.9 bits. The code is hashed with the dashes that it is written with.

use adil_crypto::SecretGroup;
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

/// The digits, without those that people confuse.
pub(crate) const BASE_58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// Digits of each group of a code.
const GROUPS: [usize; 4] = [5, 6, 5, 6];
/// Digits of a code.
const DIGITS: usize = 22;

/// A voter's private code, in the form `XXXXX-XXXXXX-XXXXX-XXXXXX`. Wiped when it goes; never printed by accident.
pub struct VotingCode(Zeroizing<String>);

/// Why a text is no voting code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// Another number of digits.
    #[error("a voting code has 22 characters besides the dashes; this one has {found}")]
    Length {
        /// How many it has.
        found: usize,
    },
    /// A character that no code has.
    #[error("character {place} is none that a voting code has (there is no 0, O, I or l in any)")]
    Digit {
        /// Which one, dashes left out, from 1.
        place: usize,
    },
}

impl VotingCode {
    /// A new code.
    pub fn draw<R: CryptoRng + ?Sized>(random: &mut R) -> Self {
        let mut digits = Zeroizing::new(Vec::with_capacity(DIGITS));
        let mut bytes = Zeroizing::new([0; 32]);
        while digits.len() < DIGITS {
            random.fill_bytes(&mut *bytes);
            // Of 256 values the first 232 = 4 * 58 are taken, so that all digits are equally likely.
            let wanted = DIGITS - digits.len();
            let accepted = bytes.iter().filter(|&&byte| byte < 232).take(wanted);
            digits.extend(accepted.map(|&byte| BASE_58[usize::from(byte) % 58]));
        }
        Self::grouped(&digits)
    }

    /// A code as somebody typed it: blanks and dashes are passed over, wherever they stand.
    ///
    /// # Errors
    /// It has another number of digits, or one that no code has.
    pub fn parse(text: &str) -> Result<Self, CodeFault> {
        let is_between = |character: &char| character.is_whitespace() || matches!(character, '-' | '–' | '—');
        let mut digits = Zeroizing::new(Vec::with_capacity(DIGITS));
        for (index, character) in text.chars().filter(|character| !is_between(character)).enumerate() {
            let digit = u8::try_from(character).ok().filter(|byte| BASE_58.contains(byte));
            digits.push(digit.ok_or(CodeFault::Digit { place: index + 1 })?);
        }
        if digits.len() != DIGITS {
            return Err(CodeFault::Length { found: digits.len() });
        }
        Ok(Self::grouped(&digits))
    }

    fn grouped(digits: &[u8]) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(DIGITS + GROUPS.len()));
        let mut rest = digits;
        for length in GROUPS {
            let (group, others) = rest.split_at(length.min(rest.len()));
            if !text.is_empty() {
                text.push('-');
            }
            group.iter().for_each(|&digit| text.push(char::from(digit)));
            rest = others;
        }
        Self(text)
    }

    /// The code, to be handed to its voter.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The private exponent in an election.
    pub(crate) fn exponent<G: SecretGroup>(&self, group: &G, uuid: &str) -> G::Secret {
        let mut bytes = Zeroizing::new([0; 64]);
        for (half, number) in bytes.chunks_exact_mut(32).zip(["|0|", "|1|"]) {
            let mut hash = Sha256::new();
            [b"derive_credential|", uuid.as_bytes(), number.as_bytes(), self.0.as_bytes()]
                .iter()
                .for_each(|piece| hash.update(piece));
            let mut digest = hash.finalize();
            half.copy_from_slice(&digest);
            digest.as_mut_slice().zeroize();
        }
        group.secret(&*bytes)
    }
}

impl std::fmt::Debug for VotingCode {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("VotingCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn codes_are_read_however_they_are_typed() {
        let code = VotingCode::draw(&mut ChaCha20Rng::seed_from_u64(1));
        let text = code.reveal().to_owned();
        let lengths: Vec<usize> = text.split('-').map(str::len).collect();
        assert_eq!(lengths, GROUPS);
        for typed in [text.clone(), text.replace('-', ""), text.replace('-', " – "), format!("  {text}\n")] {
            assert_eq!(VotingCode::parse(&typed).map(|code| code.reveal().to_owned()), Ok(text.clone()), "{typed}");
        }
        assert_eq!(VotingCode::parse(&text[1..]).err(), Some(CodeFault::Length { found: 21 }));
        assert_eq!(VotingCode::parse(&format!("0{}", &text[1..])).err(), Some(CodeFault::Digit { place: 1 }));
        assert_eq!(format!("{code:?}"), "VotingCode(..)");
    }

    #[test]
    fn all_digits_are_equally_likely() {
        let mut random = ChaCha20Rng::seed_from_u64(2);
        let mut seen = [0_u32; 256];
        for _ in 0..10_000 {
            VotingCode::draw(&mut random).reveal().bytes().for_each(|digit| seen[usize::from(digit)] += 1);
        }
        // 220,000 digits, 3,793 of each expected, standard deviation 61: six of them are 366.
        assert!(BASE_58.iter().all(|&digit| seen[usize::from(digit)].abs_diff(3_793) < 366), "{seen:?}");
    }
}
