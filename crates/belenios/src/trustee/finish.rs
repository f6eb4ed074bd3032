//! The end of a ceremony for one member: the shares of all others are checked and added up to the decryption key.

use adil_crypto::SecretGroup;
use adil_crypto::proof::{prove_logarithm, text_of};
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::certificate::{Certificates, json, parsed};
use super::channel;
use super::contribution::Inbox;
use super::fault::{Breach, CeremonyFault, KeyFault};
use super::member::Member;
use super::number::{digits, joined, secret_number};
use super::single::DecryptionKey;
use crate::object::object;
use crate::setup::{WireKey, element, verification_key};

/// What a member makes at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Both parts, as the member's file: [`Member::decryption_key`] reads it.
    pub file: String,
    /// The decryption key, encrypted to the member.
    pub private_key: String,
    /// The verification key with its proof and signature, for [`super::assemble`].
    pub public_key: String,
}

/// Both parts as they are written.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WireFinished {
    private_key: String,
    #[serde(deserialize_with = "object")]
    pub(super) public_key: WireKey,
}

impl<G: SecretGroup> Member<G> {
    /// Step 5: checks the share that each member sent, and makes the decryption key of their sum.
    ///
    /// # Errors
    /// The inbox is another member's, or the first share that is wrong, whose, and why.
    pub fn finish<R: CryptoRng + ?Sized>(
        &self,
        group: &G,
        certificates: &Certificates<G>,
        inbox: &Inbox<G>,
        name: Option<&str>,
        random: &mut R,
    ) -> Result<Finished, CeremonyFault> {
        let own = certificates.index(self)?;
        self.check_polynomial(group, inbox, own).map_err(|breach| CeremonyFault::at(own, breach))?;
        let mut sum = group.hide(&group.small(0));
        for (index, (sender, sealed)) in certificates.verification.iter().zip(&inbox.secrets).enumerate() {
            let share = self.share(group, sender, sealed);
            let share = share.map_err(|breach| CeremonyFault::at(index, breach))?;
            let follows = inbox.coefficients.elements.get(index).is_some_and(|coefficients| {
                group.secret_power(&group.generator(), &share) == verification_key(group, coefficients, own + 1)
            });
            if !follows {
                return Err(CeremonyFault::at(index, Breach::Share));
            }
            sum = group.secret_sum(&sum, &share);
        }
        let key = DecryptionKey::of(group, sum).map_err(|_| CeremonyFault::of_none(Breach::Neutral))?;
        let mut public_key = key.wire(group, name, random);
        public_key.signature = Some(channel::sign(group, &self.signing, &public_key.public_key, random));
        let message = joined(&[r#"{"decryption_key":""#, &digits(group, key.secret()), r#""}"#]);
        let private_key = channel::send(group, &self.signing, &self.encryption, &message, random);
        let public_text = json(&public_key);
        let file = json(&WireFinished { private_key: private_key.clone(), public_key });
        Ok(Finished { file, private_key, public_key: public_text })
    }

    /// The share that a member sent.
    fn share(&self, group: &G, sender: &G::Element, sealed: &str) -> Result<G::Secret, Breach> {
        let message = channel::receive(group, &self.opening, &self.encryption, sender, sealed)?;
        let digits = message.strip_prefix(r#"{"secret":""#).and_then(|rest| rest.strip_suffix(r#""}"#));
        digits.and_then(|digits| secret_number(group, digits)).ok_or(Breach::Number)
    }

    /// The own coefficients are those of the own polynomial: nobody put an old contribution in the place of this one.
    fn check_polynomial(&self, group: &G, inbox: &Inbox<G>, own: usize) -> Result<(), Breach> {
        let message = channel::receive(group, &self.opening, &self.encryption, &self.verification, &inbox.polynomial)?;
        let list = message.strip_prefix(r#"{"polynomial":["#).and_then(|rest| rest.strip_suffix("]}"));
        let number = |quoted: &str| {
            let digits = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'))?;
            secret_number(group, digits)
        };
        let polynomial: Option<Vec<G::Secret>> = list.ok_or(Breach::Number)?.split(',').map(number).collect();
        let polynomial = polynomial.ok_or(Breach::Number)?;
        let coefficients = inbox.coefficients.elements.get(own).ok_or(Breach::Polynomial)?;
        let g = group.generator();
        let same = polynomial.len() == coefficients.len()
            && polynomial.iter().zip(coefficients).all(|(secret, element)| group.secret_power(&g, secret) == *element);
        if same { Ok(()) } else { Err(Breach::Polynomial) }
    }

    /// The decryption key from the own finished file, or from its encrypted part alone.
    ///
    /// # Errors
    /// The seed does not open it, or its two parts do not belong together.
    pub fn decryption_key(&self, group: &G, file: &str) -> Result<DecryptionKey<G>, KeyFault> {
        let finished: Option<WireFinished> = parsed(file);
        let sealed = finished.as_ref().map_or(file, |finished| finished.private_key.as_str());
        let message = channel::receive(group, &self.opening, &self.encryption, &self.verification, sealed);
        let message: Zeroizing<String> = message.map_err(|_| KeyFault::Sealed)?;
        let digits = message.strip_prefix(r#"{"decryption_key":""#).and_then(|rest| rest.strip_suffix(r#""}"#));
        let secret = digits.and_then(|digits| secret_number(group, digits));
        let key = DecryptionKey::of(group, secret.ok_or(KeyFault::Form("a decryption key below the group's order"))?)?;
        let stated = finished.map(|finished| element(group, &finished.public_key.public_key));
        if stated.is_some_and(|stated| stated.as_ref() != Some(key.public())) {
            return Err(KeyFault::Pair);
        }
        Ok(key)
    }
}

impl<G: SecretGroup> DecryptionKey<G> {
    /// The record of the public key with a proof that the private one is known: the challenge is
    /// `H("pok|group|X|A")`.
    pub(super) fn wire<R: CryptoRng + ?Sized>(&self, group: &G, name: Option<&str>, random: &mut R) -> WireKey {
        let public_key = text_of(group, self.public());
        let prefix = format!("pok|{}|{public_key}|", group.label());
        let pok = channel::wire(group, &prove_logarithm(group, self.secret(), &prefix, random));
        WireKey { pok, public_key, signature: None, name: name.map(str::to_owned) }
    }
}

#[cfg(test)]
mod tests {
    use adil_crypto::Ed25519;
    use rand_chacha::ChaCha20Rng;
    use rand_chacha::rand_core::SeedableRng;
    use serde_json::Value;

    use super::*;
    use crate::trustee::{Contributions, Terms};

    /// What member 1 says when member 2 puts this in the place of the share, or of the own polynomial for member 2.
    #[test]
    fn members_that_lie_under_their_own_signature_are_found() {
        let group = Ed25519::new();
        let random = &mut ChaCha20Rng::seed_from_u64(7);
        let terms = Terms::new(2, 3).expect("2 of 3");
        let members: Vec<Member<Ed25519>> = (0..3).map(|_| Member::draw(&group, random)).collect();
        let certificates: Vec<String> = members
            .iter()
            .zip(1..)
            .map(|(member, number)| member.certificate(&group, terms, number, random).expect("a number of the three"))
            .collect();
        let certificates = Certificates::read(&group, terms, &certificates).expect("all are sound");
        let contributions: Vec<String> =
            members.iter().map(|member| member.contribute(&group, &certificates, random).expect("a member")).collect();
        let mut told = |field: &str, recipient: usize, reader: usize, message: &str| {
            let liar = &members[1];
            let sealed = channel::send(&group, &liar.signing, &members[recipient].encryption, message, random);
            let mut lie: Value = serde_json::from_str(&contributions[1]).expect("JSON");
            *lie.pointer_mut(field).expect("a field") = sealed.into();
            let mut all = contributions.clone();
            all[1] = lie.to_string();
            let read = Contributions::read(&group, &certificates, &all).expect("the signatures hold");
            let inbox = read.inbox(reader + 1).expect("a member");
            members[reader].finish(&group, &certificates, &inbox, None, random).map(|_| ())
        };
        let by_two = |breach| Err(CeremonyFault { member: Some(2), breach });
        assert_eq!(told("/secrets/0", 0, 0, r#"{"secret":"5"}"#), by_two(Breach::Share));
        assert_eq!(told("/secrets/0", 0, 2, r#"{"secret":"5"}"#), Ok(()));
        assert_eq!(told("/secrets/0", 0, 0, r#"{"secret":"05"}"#), by_two(Breach::Number));
        assert_eq!(told("/secrets/0", 0, 0, r#"{"share":"5"}"#), by_two(Breach::Number));
        assert_eq!(told("/secrets/0", 2, 0, r#"{"secret":"5"}"#), by_two(Breach::Sealed));
        assert_eq!(told("/polynomial", 1, 1, r#"{"polynomial":["5","6"]}"#), by_two(Breach::Polynomial));
        assert_eq!(told("/polynomial", 1, 1, r#"{"polynomial":["5"]}"#), by_two(Breach::Polynomial));
        assert_eq!(told("/polynomial", 1, 1, r#"{"polynomial":[]}"#), by_two(Breach::Number));
        assert_eq!(told("/polynomial", 1, 0, r#"{"polynomial":["5","6"]}"#), Ok(()));
    }
}
