//! A group of `n` trustees of whom `t` are enough: Pedersen's distributed key generation, with every step signed.
//!
//! Member `i` publishes a certificate with a verification key `vk_i`, and coefficients `A_i0 … A_i,t-1`. The group's
//! public key is the product of all `A_i0`, and member `j`'s verification key `X_j = prod_i prod_k A_ik^(j^k)`.
//!
//! Three forms are deployed: certificates without context; with context and signatures of the ceremony; and those with
//! a signature under each verification key besides.

use adil_crypto::Group;
use adil_crypto::proof::knows_logarithm;
use serde::{Deserialize, Serialize};

use super::trustees::{WireKey, WireProof, checked_key, element, proof};
use crate::object::{Object, object, object_if_any, objects, objects_if_any};
use crate::{Fault, Faults, Place, Rule};

/// A group as the record has it; here as everywhere below, fields stand in the order in which they are written.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WirePedersen {
    pub(crate) threshold: u64,
    #[serde(deserialize_with = "objects")]
    pub(crate) certs: Vec<WireSigned>,
    #[serde(deserialize_with = "objects")]
    pub(crate) coefexps: Vec<WireSigned>,
    #[serde(default, deserialize_with = "objects_if_any", skip_serializing_if = "Option::is_none")]
    pub(crate) signatures: Option<Vec<WireProof>>,
    #[serde(deserialize_with = "objects")]
    pub(crate) verification_keys: Vec<WireKey>,
}

/// A text and a signature of it.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireSigned {
    pub(crate) message: String,
    #[serde(deserialize_with = "object")]
    pub(crate) signature: WireProof,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireCertificate {
    #[serde(default, deserialize_with = "object_if_any", skip_serializing_if = "Option::is_none")]
    pub(crate) context: Option<WireContext>,
    pub(crate) verification: String,
    pub(crate) encryption: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireContext {
    pub(crate) group: String,
    pub(crate) size: u64,
    pub(crate) threshold: u64,
    pub(crate) index: u64,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireCoefficients {
    pub(crate) coefexps: Vec<String>,
}

/// More members than any ceremony has; keeps the work on a hostile record bounded.
pub(crate) const MOST_MEMBERS: usize = 1_000;

impl WirePedersen {
    pub(super) fn members(&self) -> usize {
        self.verification_keys.len()
    }

    pub(super) fn threshold(&self) -> usize {
        usize::try_from(self.threshold).unwrap_or(usize::MAX)
    }
}

/// A member's certificate and coefficients.
struct Member<G: Group> {
    verification: G::Element,
    coefficients: Vec<G::Element>,
    /// The coefficients as written.
    texts: Vec<String>,
    has_context: bool,
}

/// Checks every signature of the ceremony and every key; the group's part of the election's key.
pub(super) fn check<G: Group>(
    group: &G,
    wire: &WirePedersen,
    first_number: u64,
    place: &Place,
    faults: &mut Faults,
) -> Option<G::Element> {
    let n = wire.members();
    let lists = [wire.certs.len(), wire.coefexps.len(), wire.signatures.as_ref().map_or(n, Vec::len)];
    let threshold = wire.threshold();
    let here = place.clone().trustee(first_number);
    if n == 0 || n > MOST_MEMBERS || threshold == 0 || threshold > n || lists.iter().any(|&length| length != n) {
        let found = format!("threshold {threshold} of {n}");
        faults.push(Fault::new(Rule::ThresholdShape, here).found(found));
        return None;
    }
    let numbered = |index: usize| place.clone().trustee(first_number + index as u64);
    let members: Vec<Option<Member<G>>> =
        (0..n).map(|index| member(group, wire, index, &numbered(index), faults)).collect();
    let members: Vec<Member<G>> = members.into_iter().collect::<Option<_>>()?;
    let in_variant = |member: &Member<G>, key: &WireKey| {
        let with_signature = key.signature.is_some();
        let ceremony = wire.signatures.is_some();
        member.has_context == ceremony && (!with_signature || ceremony)
    };
    let all_signed = wire.verification_keys.iter().filter(|key| key.signature.is_some()).count();
    let is_known = members.iter().zip(&wire.verification_keys).all(|(member, key)| in_variant(member, key));
    if !is_known || !(all_signed == 0 || all_signed == n) {
        faults.push(Fault::new(Rule::CeremonyVariant, here));
    }
    let certificates = wire.signatures.as_ref().map(|_| certificates_text(&wire.certs));
    let columns = columns(group, &members);
    for (index, (member, key)) in members.iter().zip(&wire.verification_keys).enumerate() {
        let here = numbered(index);
        if let (Some(signatures), Some(certificates)) = (&wire.signatures, &certificates)
            && !is_signed(group, &member.verification, &signatures[index], &ceremony_text(certificates, &member.texts))
        {
            faults.push(Fault::new(Rule::CeremonySignature, here.clone()));
        }
        if let Some(signature) = &key.signature
            && !is_signed(group, &member.verification, signature, &key.public_key)
        {
            faults.push(Fault::new(Rule::VerificationKeySignature, here.clone()));
        }
        let own = checked_key(group, key, &here, faults);
        if own.is_some_and(|own| own != verification_key(group, &columns, index + 1)) {
            faults.push(Fault::new(Rule::VerificationKey, here));
        }
    }
    let constants: Vec<G::Element> = members.iter().map(|member| member.coefficients[0].clone()).collect();
    Some(group.product(&constants))
}

fn member<G: Group>(
    group: &G,
    wire: &WirePedersen,
    index: usize,
    place: &Place,
    faults: &mut Faults,
) -> Option<Member<G>> {
    let (certificate, coefficients) = (&wire.certs[index], &wire.coefexps[index]);
    let mut unread = |error: serde_json::Error| {
        faults.push(Fault::new(Rule::TrusteesForm, place.clone()).found(error));
    };
    let Object(certified): Object<WireCertificate> =
        serde_json::from_str(&certificate.message).map_err(&mut unread).ok()?;
    let Object(coefexps): Object<WireCoefficients> =
        serde_json::from_str(&coefficients.message).map_err(&mut unread).ok()?;
    let texts: Vec<&str> = coefexps.coefexps.iter().map(String::as_str).collect();
    let decoded: Option<Vec<G::Element>> = group.decode(&texts).into_iter().map(Result::ok).collect();
    let verification = element(group, &certified.verification);
    let encryption = element(group, &certified.encryption);
    let (Some(verification), Some(_), Some(elements)) = (verification, encryption, decoded) else {
        faults.push(Fault::new(Rule::TrusteeKey, place.clone()).found("a key or coefficient"));
        return None;
    };
    if !is_signed(group, &verification, &certificate.signature, &certificate.message) {
        faults.push(Fault::new(Rule::CertificateSignature, place.clone()));
    }
    if let Some(context) = &certified.context {
        let own = (group.label(), wire.members() as u64, wire.threshold, index as u64 + 1);
        if (context.group.as_str(), context.size, context.threshold, context.index) != own {
            let found = format!("{} of {}, threshold {}", context.index, context.size, context.threshold);
            faults.push(Fault::new(Rule::CertificateContext, place.clone()).found(found));
        }
    }
    let is_signed = is_signed(group, &verification, &coefficients.signature, &coefficients.message);
    if !is_signed || elements.len() != wire.threshold() {
        faults.push(Fault::new(Rule::CoefficientsSignature, place.clone()));
    }
    if elements.len() != wire.threshold() {
        return None;
    }
    let has_context = certified.context.is_some();
    Some(Member { verification, coefficients: elements, texts: coefexps.coefexps, has_context })
}

/// Whether a text is signed: `c = H("sigmsg|text|A")`.
pub(crate) fn is_signed<G: Group>(group: &G, key: &G::Element, signature: &WireProof, text: &str) -> bool {
    let proof = proof(group, signature);
    proof.is_some_and(|proof| knows_logarithm(group, key, &proof, &format!("sigmsg|{text}|")))
}

/// The certificates of all members as they are signed.
pub(crate) fn certificates_text(certificates: &[WireSigned]) -> String {
    use serde_json::Value;
    let certificate = |signed: &WireSigned| {
        let message = Value::from(signed.message.as_str());
        let (challenge, response) = signed.signature.texts();
        format!(r#"{{"message":{message},"signature":{{"challenge":"{challenge}","response":"{response}"}}}}"#)
    };
    certificates.iter().map(certificate).collect::<Vec<_>>().join(",")
}

/// What a member signs at the end: all certificates, and the own coefficients.
pub(crate) fn ceremony_text(certificates: &str, coefficients: &[String]) -> String {
    let coefficients: Vec<String> = coefficients.iter().map(|text| format!("\"{text}\"")).collect();
    format!(r#"certs_sig|{{"certs":[{certificates}],"coefexps":[{}]}}"#, coefficients.join(","))
}

/// `prod_i A_ik` for each `k`.
fn columns<G: Group>(group: &G, members: &[Member<G>]) -> Vec<G::Element> {
    let column =
        |k: usize| -> Vec<G::Element> { members.iter().map(|member| member.coefficients[k].clone()).collect() };
    (0..members[0].coefficients.len()).map(|k| group.product(&column(k))).collect()
}

/// `X_j = prod_i prod_k A_ik^(j^k)`, from the products over all members `i`; or one member's part of it from that
/// member's coefficients.
pub(crate) fn verification_key<G: Group>(group: &G, columns: &[G::Element], j: usize) -> G::Element {
    let base = group.small(j as u64);
    let powers = std::iter::successors(Some(group.small(1)), |power| Some(group.times(power, &base)));
    group.product_of_powers(columns, &powers.take(columns.len()).collect::<Vec<_>>())
}
