//! Keys of trustees: a private number `x` and the public `X = g^x` with a proof that `x` is known.
//!
//! A single trustee's election key is the product of all public keys, so a key without that proof could be chosen to
//! cancel the others.

use adil_crypto::SecretGroup;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::certificate::{json, parsed};
use super::fault::KeyFault;
use super::number::{digits, joined, secret_number};
use crate::setup::{WireKey, checked_key};
use crate::{Faults, Place, Rule};

/// What a trustee decrypts with: a single trustee's private key, or the one that a member has from a ceremony. Wiped
/// when it goes.
pub struct DecryptionKey<G: SecretGroup> {
    secret: G::Secret,
    public: G::Element,
}

impl<G: SecretGroup> DecryptionKey<G> {
    /// A new key for a single trustee.
    pub fn draw<R: CryptoRng + ?Sized>(group: &G, random: &mut R) -> Self {
        // Zero comes up with probability 1/q.
        loop {
            if let Ok(key) = Self::of(group, group.draw(random)) {
                return key;
            }
        }
    }

    /// The key of a secret number.
    pub(super) fn of(group: &G, secret: G::Secret) -> Result<Self, KeyFault> {
        let public = group.secret_power(&group.generator(), &secret);
        if public == group.neutral() { Err(KeyFault::Neutral) } else { Ok(Self { secret, public }) }
    }

    /// Reads a single trustee's private key: a JSON string with the number in decimal, line ends after it.
    ///
    /// # Errors
    /// The text is no such key.
    pub fn read(group: &G, text: &str) -> Result<Self, KeyFault> {
        let text = text.trim_end_matches(['\n', '\r']);
        let number = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let secret = number.and_then(|number| secret_number(group, number));
        Self::of(group, secret.ok_or(KeyFault::Form("a JSON string with a decimal number below the group's order"))?)
    }

    /// The private key as a file to keep, secret: a JSON string with the number in decimal.
    pub fn private_text(&self, group: &G) -> Zeroizing<String> {
        joined(&["\"", &digits(group, &self.secret), "\""])
    }

    /// The record of a single trustee's public key: `{"pok":…,"public_key":…}`, with the name where one is given.
    pub fn public_record<R: CryptoRng + ?Sized>(&self, group: &G, name: Option<&str>, random: &mut R) -> String {
        json(&self.wire(group, name, random))
    }

    /// The private number.
    pub fn secret(&self) -> &G::Secret {
        &self.secret
    }

    /// The public key `X = g^x`.
    pub fn public(&self) -> &G::Element {
        &self.public
    }
}

/// A trustee's public key, proven to have a private one that somebody knows.
#[derive(Debug, Clone)]
pub struct PublicKey<G: SecretGroup> {
    /// The key.
    pub element: G::Element,
    /// The trustee's name, where the record has one; nothing covers it.
    pub name: Option<String>,
}

impl<G: SecretGroup> PublicKey<G> {
    /// Reads and checks the public record of a single trustee.
    ///
    /// # Errors
    /// The first rule that is broken.
    pub fn read(group: &G, record: &str) -> Result<Self, KeyFault> {
        let wire: WireKey = parsed(record).ok_or(KeyFault::Rule(Rule::TrusteesForm))?;
        Self::check(group, &wire).map(|element| Self { element, name: wire.name })
    }

    /// The element of a record, if it is sound.
    pub(super) fn check(group: &G, wire: &WireKey) -> Result<G::Element, KeyFault> {
        // Only members of a group sign their keys.
        if wire.signature.is_some() {
            return Err(KeyFault::Rule(Rule::TrusteesForm));
        }
        let mut faults = Faults::new(1);
        let element = checked_key(group, wire, &Place::default(), &mut faults);
        if let Some((rule, _)) = faults.by_rule().next() {
            return Err(KeyFault::Rule(rule));
        }
        let element = element.ok_or(KeyFault::Rule(Rule::TrusteeKey))?;
        if element == group.neutral() { Err(KeyFault::Neutral) } else { Ok(element) }
    }
}
