//! Contributions: a member's polynomial `f_i`, its coefficients in the exponent, and a share of it for each member.

use adil_crypto::SecretGroup;
use adil_crypto::proof::text_of;
use rand_core::CryptoRng;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::certificate::{Certificates, json, parsed};
use super::channel;
use super::fault::{Breach, CeremonyFault};
use super::member::Member;
use super::number::{digits, joined};
use crate::Rule;
use crate::archive::{base64, digest};
use crate::object::{object, objects};
use crate::setup::{WireCoefficients, WireProof, WireSigned, ceremony_text, is_signed};

/// Step 3 as a file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WireContribution {
    polynomial: String,
    secrets: Vec<String>,
    #[serde(deserialize_with = "object")]
    coefexps: WireSigned,
    #[serde(deserialize_with = "object")]
    signature: WireProof,
}

/// One member's part of all contributions, as a file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct WireInbox {
    polynomial: String,
    secrets: Vec<String>,
    #[serde(deserialize_with = "objects")]
    coefexps: Vec<WireSigned>,
    #[serde(deserialize_with = "objects")]
    signatures: Vec<WireProof>,
}

impl<G: SecretGroup> Member<G> {
    /// Step 3: the contribution. Every call draws another polynomial: all members must get the same one.
    ///
    /// # Errors
    /// None of the certificates is the member's.
    pub fn contribute<R: CryptoRng + ?Sized>(
        &self,
        group: &G,
        certificates: &Certificates<G>,
        random: &mut R,
    ) -> Result<String, CeremonyFault> {
        certificates.index(self)?;
        let terms = certificates.terms;
        let polynomial: Vec<G::Secret> = (0..terms.threshold()).map(|_| group.draw(random)).collect();
        let g = group.generator();
        let texts: Vec<String> =
            polynomial.iter().map(|coefficient| text_of(group, &group.secret_power(&g, coefficient))).collect();
        let signature = channel::sign(group, &self.signing, &ceremony_text(&certificates.text(), &texts), random);
        let coefexps = json(&WireCoefficients { coefexps: texts });
        let coefexps = channel::signed(group, &self.signing, coefexps, random);
        let mut own = Zeroizing::new(String::with_capacity((group.order_bytes() * 3 + 3) * polynomial.len() + 20));
        own.push_str(r#"{"polynomial":["#);
        for (k, coefficient) in polynomial.iter().enumerate() {
            own.push_str(if k == 0 { "\"" } else { ",\"" });
            own.push_str(&digits(group, coefficient));
            own.push('"');
        }
        own.push_str("]}");
        let own = channel::send(group, &self.signing, &self.encryption, &own, random);
        let secrets = certificates.encryption.iter().enumerate().map(|(index, recipient)| {
            let share = digits(group, &value(group, &polynomial, index as u64 + 1));
            let message = joined(&[r#"{"secret":""#, &share, r#""}"#]);
            channel::send(group, &self.signing, recipient, &message, random)
        });
        let secrets = secrets.collect();
        Ok(json(&WireContribution { polynomial: own, secrets, coefexps, signature }))
    }
}

/// `f(j)`.
fn value<G: SecretGroup>(group: &G, polynomial: &[G::Secret], j: u64) -> G::Secret {
    let j = group.hide(&group.small(j));
    let zero = group.hide(&group.small(0));
    polynomial
        .iter()
        .rev()
        .fold(zero, |sum, coefficient| group.secret_sum(&group.secret_product(&sum, &j), coefficient))
}

/// The public part of the contributions of all members, checked.
#[derive(Clone)]
pub(super) struct Coefficients<G: SecretGroup> {
    pub(super) signed: Vec<WireSigned>,
    pub(super) signatures: Vec<WireProof>,
    pub(super) elements: Vec<Vec<G::Element>>,
}

impl<G: SecretGroup> Coefficients<G> {
    fn none() -> Self {
        Self { signed: Vec::new(), signatures: Vec::new(), elements: Vec::new() }
    }

    /// A digest of the coefficients with their signatures.
    fn fingerprint(&self) -> String {
        base64(&digest(json(&(&self.signed, &self.signatures)).as_bytes()))
    }

    /// Adds the next member's: as many elements as the threshold, signed alone and with the certificates of all.
    fn add(
        &mut self,
        group: &G,
        certificates: &Certificates<G>,
        certificates_text: &str,
        signed: WireSigned,
        signature: WireProof,
    ) -> Result<(), Breach> {
        let form = Breach::Form("a signed list of coefficients");
        let coefficients: WireCoefficients = parsed(&signed.message).ok_or(form.clone())?;
        if json(&coefficients) != signed.message {
            return Err(form);
        }
        let index = self.signed.len();
        let by = |key: &G::Element| is_signed(group, key, &signed.signature, &signed.message);
        let key = certificates.verification.get(index).ok_or(form)?;
        if !by(key) {
            let other = certificates.verification.iter().position(by);
            return Err(
                other.map_or(Breach::Rule(Rule::CoefficientsSignature), |other| Breach::SignedBy(other as u64 + 1))
            );
        }
        if coefficients.coefexps.len() != certificates.terms.threshold() {
            return Err(Breach::Rule(Rule::CoefficientsSignature));
        }
        let texts: Vec<&str> = coefficients.coefexps.iter().map(String::as_str).collect();
        let elements: Result<Vec<G::Element>, _> = group.decode(&texts).into_iter().collect();
        let elements = elements.map_err(|_| Breach::Rule(Rule::TrusteeKey))?;
        if !is_signed(group, key, &signature, &ceremony_text(certificates_text, &coefficients.coefexps)) {
            return Err(Breach::OtherCertificates);
        }
        self.signed.push(signed);
        self.signatures.push(signature);
        self.elements.push(elements);
        Ok(())
    }
}

/// Step 4: the contributions of all members, checked as far as everybody can.
#[derive(Clone)]
pub struct Contributions<G: SecretGroup> {
    pub(super) coefficients: Coefficients<G>,
    polynomials: Vec<String>,
    /// What member `i` sent to member `j`, at `[i][j]`.
    secrets: Vec<Vec<String>>,
}

impl<G: SecretGroup> Contributions<G> {
    /// Reads the contributions of all members, in the order of their numbers: every one has as many coefficients as the
    /// threshold and as many shares as there are members, and its signatures hold. What is encrypted is checked by
    /// [`Member::finish`].
    ///
    /// # Errors
    /// The first that is wrong, and why.
    pub fn read<T: AsRef<str>>(group: &G, certificates: &Certificates<G>, texts: &[T]) -> Result<Self, CeremonyFault> {
        let members = certificates.terms.members();
        if texts.len() != members {
            return Err(CeremonyFault::of_none(Breach::Count { members, found: texts.len() }));
        }
        let certified = certificates.text();
        let mut all = Self { coefficients: Coefficients::none(), polynomials: Vec::new(), secrets: Vec::new() };
        for (index, text) in texts.iter().enumerate() {
            let wrong = |breach| CeremonyFault::at(index, breach);
            let wire: WireContribution =
                parsed(text.as_ref()).ok_or(wrong(Breach::Form("a contribution with its signature")))?;
            let WireContribution { polynomial, secrets, coefexps, signature } = wire;
            all.coefficients.add(group, certificates, &certified, coefexps, signature).map_err(wrong)?;
            if secrets.len() != members {
                return Err(wrong(Breach::Form("a contribution with a share for each member")));
            }
            all.polynomials.push(polynomial);
            all.secrets.push(secrets);
        }
        Ok(all)
    }

    /// A digest of all coefficients, the same as that of every [`Inbox`] made of them. Members who compare it before they
    /// finish know that nobody sent them different ones.
    pub fn fingerprint(&self) -> String {
        self.coefficients.fingerprint()
    }

    /// What the member of a number from 1 needs to finish; `None` where there is no such number.
    pub fn inbox(&self, number: usize) -> Option<Inbox<G>> {
        let index = number.checked_sub(1)?;
        let secrets: Option<Vec<String>> = self.secrets.iter().map(|sent| sent.get(index).cloned()).collect();
        let polynomial = self.polynomials.get(index)?.clone();
        Some(Inbox { coefficients: self.coefficients.clone(), polynomial, secrets: secrets? })
    }
}

/// One member's part of all contributions.
#[derive(Clone)]
pub struct Inbox<G: SecretGroup> {
    pub(super) coefficients: Coefficients<G>,
    /// The own polynomial, encrypted.
    pub(super) polynomial: String,
    /// A share from each member, encrypted.
    pub(super) secrets: Vec<String>,
}

impl<G: SecretGroup> Inbox<G> {
    /// Reads an inbox that somebody made of the contributions, with the same checks as [`Contributions::read`].
    ///
    /// # Errors
    /// The first member's part that is wrong, and why.
    pub fn read(group: &G, certificates: &Certificates<G>, text: &str) -> Result<Self, CeremonyFault> {
        let form = CeremonyFault::of_none(Breach::Form("a member's part of all contributions"));
        let WireInbox { polynomial, secrets, coefexps, signatures } = parsed(text).ok_or(form)?;
        let members = certificates.terms.members();
        let lengths = [secrets.len(), coefexps.len(), signatures.len()];
        if let Some(&found) = lengths.iter().find(|&&length| length != members) {
            return Err(CeremonyFault::of_none(Breach::Count { members, found }));
        }
        let certified = certificates.text();
        let mut coefficients = Coefficients::none();
        for (index, (signed, signature)) in coefexps.into_iter().zip(signatures).enumerate() {
            let added = coefficients.add(group, certificates, &certified, signed, signature);
            added.map_err(|breach| CeremonyFault::at(index, breach))?;
        }
        Ok(Self { coefficients, polynomial, secrets })
    }

    /// A digest of all coefficients, see [`Contributions::fingerprint`].
    pub fn fingerprint(&self) -> String {
        self.coefficients.fingerprint()
    }

    /// The inbox as a file, which other programs read too.
    pub fn text(&self) -> String {
        json(&WireInbox {
            polynomial: self.polynomial.clone(),
            secrets: self.secrets.clone(),
            coefexps: self.coefficients.signed.clone(),
            signatures: self.coefficients.signatures.clone(),
        })
    }
}
