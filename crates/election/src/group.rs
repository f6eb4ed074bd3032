//! The groups that an election can be held in.

use adil_crypto::Embedding;

/// A group by its name. `Ed25519` is the fastest, and what an election takes unless it says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GroupName {
    /// The curve edwards25519.
    #[default]
    Ed25519,
    /// A subgroup of 256 bits modulo a prime of 2048; it takes no questions of numbers.
    Belenios2048,
    /// Group 14 of RFC 3526.
    Rfc3526,
}

impl GroupName {
    /// Every group.
    pub const ALL: [Self; 3] = [Self::Ed25519, Self::Belenios2048, Self::Rfc3526];

    /// The name in an election's record.
    pub fn name(self) -> &'static str {
        match self {
            Self::Ed25519 => "Ed25519",
            Self::Belenios2048 => "BELENIOS-2048",
            Self::Rfc3526 => "RFC-3526-2048",
        }
    }

    /// The group of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    /// How long a vote of numbers can be, and how large the numbers; `None` where the group takes none.
    pub fn embeds(self) -> Option<Embedding> {
        match self {
            Self::Ed25519 => Some(Embedding { longest: 30, bits_each: 8 }),
            Self::Belenios2048 => None,
            Self::Rfc3526 => Some(Embedding { longest: 255, bits_each: 8 }),
        }
    }
}

#[cfg(test)]
mod tests {
    use adil_crypto::{Ed25519, FiniteField, Group as _};

    use super::*;

    #[test]
    fn a_group_takes_what_its_arithmetic_takes() {
        assert_eq!(GroupName::Ed25519.embeds(), Ed25519::new().embeds());
        assert_eq!(GroupName::Belenios2048.embeds(), FiniteField::belenios_2048().embeds());
        assert_eq!(GroupName::Rfc3526.embeds(), FiniteField::rfc_3526_2048().embeds());
    }
}
