//! Certificates: each member's two keys for one place in one ceremony, signed with the first of them.

use adil_crypto::SecretGroup;
use adil_crypto::proof::text_of;
use rand_core::CryptoRng;

use super::channel;
use super::fault::{Breach, CeremonyFault};
use super::member::Member;
use crate::Rule;
use crate::archive::{base64, digest, hexadecimal};
use crate::object::Object;
use crate::setup::{MOST_MEMBERS, WireCertificate, WireContext, WireSigned, certificates_text, element, is_signed};

/// What the members of a group agree on beforehand: how many they are, and how many of them are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    members: usize,
    threshold: usize,
}

impl Terms {
    /// `threshold` of `members`: `1 <= threshold <= members <= 1000`.
    ///
    /// # Errors
    /// The numbers are others.
    pub fn new(threshold: usize, members: usize) -> Result<Self, CeremonyFault> {
        let possible = 0 < threshold && threshold <= members && members <= MOST_MEMBERS;
        possible
            .then_some(Self { members, threshold })
            .ok_or(CeremonyFault::of_none(Breach::Rule(Rule::ThresholdShape)))
    }

    /// How many members there are.
    pub fn members(self) -> usize {
        self.members
    }

    /// How many of them are enough.
    pub fn threshold(self) -> usize {
        self.threshold
    }
}

impl<G: SecretGroup> Member<G> {
    /// Step 1: the certificate, for the member of a number from 1.
    ///
    /// # Errors
    /// There is no such number.
    pub fn certificate<R: CryptoRng + ?Sized>(
        &self,
        group: &G,
        terms: Terms,
        number: usize,
        random: &mut R,
    ) -> Result<String, CeremonyFault> {
        if !(1..=terms.members).contains(&number) {
            let count = Breach::Count { members: terms.members, found: number };
            return Err(CeremonyFault::of_none(count));
        }
        let context = context(group, terms, number - 1);
        let certificate = WireCertificate {
            context: Some(context),
            verification: text_of(group, &self.verification),
            encryption: text_of(group, &self.encryption),
        };
        Ok(json(&channel::signed(group, &self.signing, json(&certificate), random)))
    }
}

/// Step 2: the certificates of all members, checked.
#[derive(Clone)]
pub struct Certificates<G: SecretGroup> {
    pub(super) terms: Terms,
    pub(super) signed: Vec<WireSigned>,
    pub(super) verification: Vec<G::Element>,
    pub(super) encryption: Vec<G::Element>,
}

impl<G: SecretGroup> Certificates<G> {
    /// Reads the certificates of all members, in the order of their numbers: every one is for its place in this
    /// ceremony and signed by its own key, and no two have a key in common.
    ///
    /// # Errors
    /// The first that is wrong, and why.
    pub fn read<T: AsRef<str>>(group: &G, terms: Terms, texts: &[T]) -> Result<Self, CeremonyFault> {
        if texts.len() != terms.members {
            let count = Breach::Count { members: terms.members, found: texts.len() };
            return Err(CeremonyFault::of_none(count));
        }
        let mut all = Self { terms, signed: Vec::new(), verification: Vec::new(), encryption: Vec::new() };
        for (index, text) in texts.iter().enumerate() {
            all.add(group, text.as_ref()).map_err(|breach| CeremonyFault::at(index, breach))?;
        }
        Ok(all)
    }

    /// Adds the next one.
    fn add(&mut self, group: &G, text: &str) -> Result<(), Breach> {
        let form = Breach::Form("a certificate with its context");
        let signed: WireSigned = parsed(text).ok_or(form.clone())?;
        let certificate: WireCertificate = parsed(&signed.message).ok_or(form.clone())?;
        let stated = certificate.context.as_ref().ok_or(form.clone())?;
        // Members sign the certificates as texts: each has one text only.
        if json(&certificate) != signed.message {
            return Err(form);
        }
        let index = self.signed.len();
        let own = context(group, self.terms, index);
        let differs = stated.group != own.group || stated.index != own.index;
        if differs || (stated.size, stated.threshold) != (own.size, own.threshold) {
            let WireContext { group, size, threshold, index } = stated;
            return Err(Breach::Context(format!("member {index} of {size}, threshold {threshold}, group {group}")));
        }
        let keys = (element(group, &certificate.verification), element(group, &certificate.encryption));
        let (Some(verification), Some(encryption)) = keys else { return Err(Breach::Rule(Rule::TrusteeKey)) };
        if [&verification, &encryption].contains(&&group.neutral()) {
            return Err(Breach::Neutral);
        }
        if !is_signed(group, &verification, &signed.signature, &signed.message) {
            return Err(Breach::Rule(Rule::CertificateSignature));
        }
        let before = |known: &[G::Element]| known.iter().position(|key| *key == verification || *key == encryption);
        if let Some(other) = before(&self.verification).or_else(|| before(&self.encryption)) {
            return Err(Breach::SameKey(other as u64 + 1));
        }
        self.signed.push(signed);
        self.verification.push(verification);
        self.encryption.push(encryption);
        Ok(())
    }

    /// How many members there are, and how many of them are enough.
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// The certificates, one on each line.
    pub fn lines(&self) -> String {
        self.signed.iter().map(|signed| json(signed) + "\n").collect()
    }

    /// A digest of the certificates in their order. Members who compare it by word of mouth know that nobody showed
    /// them different ones.
    pub fn fingerprint(&self) -> String {
        base64(&digest(self.lines().as_bytes()))
    }

    /// The names that other programs give to the files of the members, in order: the digest of what is certified, in
    /// hexadecimal digits.
    pub fn identifiers(&self) -> Vec<String> {
        self.signed.iter().map(|signed| hexadecimal(&digest(signed.message.as_bytes()))).collect()
    }

    /// The number from 1 of the member with this seed.
    pub fn number(&self, member: &Member<G>) -> Option<usize> {
        self.index(member).ok().map(|index| index + 1)
    }

    pub(super) fn index(&self, member: &Member<G>) -> Result<usize, CeremonyFault> {
        let own = self.verification.iter().position(|key| *key == member.verification);
        own.ok_or(CeremonyFault::of_none(Breach::NotAMember))
    }

    /// All certificates as they are signed at the end.
    pub(super) fn text(&self) -> String {
        certificates_text(&self.signed)
    }
}

fn context<G: SecretGroup>(group: &G, terms: Terms, index: usize) -> WireContext {
    WireContext {
        group: group.label().to_owned(),
        size: terms.members as u64,
        threshold: terms.threshold as u64,
        index: index as u64 + 1,
    }
}

/// A record of texts and numbers as compact JSON, which cannot fail.
pub(super) fn json<T: serde::Serialize>(record: &T) -> String {
    serde_json::to_string(record).unwrap_or_else(|error| unreachable!("{error}"))
}

/// A record from JSON.
pub(super) fn parsed<'a, T: serde::Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::from_str(text).ok().map(|Object(record)| record)
}
