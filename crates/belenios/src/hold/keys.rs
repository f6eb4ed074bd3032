//! What is done with a group before there is an election: credentials.

use adil_crypto::SecretGroup;
use adil_crypto::proof::text_of;
use rayon::prelude::*;

use super::VotingCode;
use crate::verify::{GroupVisitor, with_group};

/// Codes whose credentials one core works out together.
const TOGETHER: usize = 1024;

/// The keys of an election's voters.
pub trait Keys: Send + Sync {
    /// The name of the group.
    fn group(&self) -> &str;

    /// The public credentials of codes, in their order.
    fn public_credentials(&self, uuid: &str, codes: &[VotingCode]) -> Vec<String>;

    /// Sorts public credentials as the protocol's list has them; what is no element goes last.
    fn sort(&self, credentials: &mut [String]);
}

/// The keys over the group of a name; `None` where there is no such group.
pub fn keys(group: &str) -> Option<Box<dyn Keys>> {
    struct Visitor;
    impl GroupVisitor for Visitor {
        type Output = Box<dyn Keys>;
        fn visit<G: SecretGroup>(self, group: &G) -> Box<dyn Keys> {
            Box::new(KeysOf { base: group.secret_base(&group.generator()), group: group.clone() })
        }
    }
    with_group(group, None, Visitor).ok()
}

struct KeysOf<G: SecretGroup> {
    group: G,
    base: G::SecretBase,
}

impl<G: SecretGroup> Keys for KeysOf<G> {
    fn group(&self) -> &str {
        self.group.label()
    }

    fn public_credentials(&self, uuid: &str, codes: &[VotingCode]) -> Vec<String> {
        let of_chunk = |codes: &[VotingCode]| -> Vec<String> {
            let exponents: Vec<G::Secret> = codes.iter().map(|code| code.exponent(&self.group, uuid)).collect();
            let elements = self.group.secret_powers(&[&self.base], &exponents);
            elements.iter().map(|element| text_of(&self.group, element)).collect()
        };
        codes.par_chunks(TOGETHER).flat_map_iter(of_chunk).collect()
    }

    fn sort(&self, credentials: &mut [String]) {
        // Hexadecimal digits most significant first are sorted from the least significant byte on, decimal numbers by
        // their size: as the elements are, without working them out.
        let is_hexadecimal = self.group.label() == "Ed25519";
        if is_hexadecimal {
            let key = |text: &String| -> Vec<u8> {
                text.as_bytes().as_chunks::<2>().0.iter().rev().flatten().copied().collect()
            };
            credentials.sort_by_cached_key(key);
        } else {
            credentials.sort_by(|left, right| left.len().cmp(&right.len()).then_with(|| left.cmp(right)));
        }
    }
}
