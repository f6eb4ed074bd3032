//! The trustees: single keys, and groups of which a threshold is enough.
//!
//! Trustees are numbered from 1 in the order of the record, the members of a group one by one. The election's public
//! key is the product of the single keys and, for each group, of its members' first coefficients.

use adil_crypto::Group;
use adil_crypto::proof::{Proof, knows_logarithm};
use serde::{Deserialize, Serialize};

use super::pedersen::{self, WirePedersen};
use crate::object::{Object, object, object_if_any};
use crate::{Fault, Faults, Place, Rule};

/// A trustee's public side.
#[derive(Debug, Clone)]
pub struct Trustee<E> {
    /// The key that the trustee's partial decryptions are proven with; `None` where it is no element.
    pub key: Option<E>,
    /// The name; nothing covers it.
    pub name: Option<String>,
}

/// All trustees.
#[derive(Debug, Clone)]
pub struct Trustees<G: Group> {
    /// The trustees in the order of their numbers.
    pub trustees: Vec<Trustee<G::Element>>,
    /// Who must decrypt together.
    pub(crate) groups: Vec<TrusteeGroup>,
}

/// A single trustee, or a group with its threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TrusteeGroup {
    Single { index: usize },
    Pedersen { first: usize, members: usize, threshold: usize },
}

/// Written as a list of the kind and its value, which is read at once: through a tree a field that is given twice would
/// not be seen.
enum WireTrustee {
    Single(WireKey),
    Pedersen(Box<WirePedersen>),
}

/// A public key with its proof of knowledge.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireKey {
    #[serde(deserialize_with = "object")]
    pub(crate) pok: WireProof,
    pub(crate) public_key: String,
    #[serde(default, deserialize_with = "object_if_any", skip_serializing_if = "Option::is_none")]
    pub(crate) signature: Option<WireProof>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
}

/// Challenge and response as written.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WireProof {
    pub(crate) challenge: String,
    pub(crate) response: String,
}

impl WireProof {
    pub(super) fn texts(&self) -> (&str, &str) {
        (&self.challenge, &self.response)
    }
}

impl<G: Group> Trustees<G> {
    /// Reads the record and checks every proof in it; the election's key must follow.
    pub(crate) fn read(group: &G, bytes: &[u8], key: Option<&G::Element>, place: &Place, faults: &mut Faults) -> Self {
        let (all, product) = Self::read_with_product(group, bytes, place, faults);
        if key.is_some() && product.is_some_and(|product| key != Some(&product)) {
            faults.push(Fault::new(Rule::ElectionKeyProduct, place.clone()));
        }
        all
    }

    /// Reads the record and checks every proof in it. The election's key follows, unless something in the record is no
    /// key.
    pub(crate) fn read_with_product(
        group: &G,
        bytes: &[u8],
        place: &Place,
        faults: &mut Faults,
    ) -> (Self, Option<G::Element>) {
        let mut all = Self { trustees: Vec::new(), groups: Vec::new() };
        let wire: Vec<WireTrustee> = match serde_json::from_slice(bytes) {
            Ok(wire) => wire,
            Err(error) => {
                faults.push(Fault::new(Rule::TrusteesForm, place.clone()).found(error));
                return (all, None);
            }
        };
        if wire.is_empty() {
            faults.push(Fault::new(Rule::TrusteesForm, place.clone()).found("no trustees"));
        }
        let mut product = group.neutral();
        let mut complete = true;
        for wire in wire {
            let number = all.trustees.len() as u64 + 1;
            match wire {
                WireTrustee::Single(wire) => {
                    let here = place.clone().trustee(number);
                    // Only members of a group sign their keys.
                    if wire.signature.is_some() {
                        faults.push(Fault::new(Rule::TrusteesForm, here.clone()).found("signature"));
                    }
                    let key = checked_key(group, &wire, &here, faults);
                    match &key {
                        Some(key) => product = group.multiply(&product, key),
                        None => complete = false,
                    }
                    all.groups.push(TrusteeGroup::Single { index: all.trustees.len() });
                    all.trustees.push(Trustee { key, name: wire.name });
                }
                WireTrustee::Pedersen(wire) => {
                    let (first, members) = (all.trustees.len(), wire.members());
                    let threshold = wire.threshold();
                    match pedersen::check(group, &wire, number, place, faults) {
                        Some(key) => product = group.multiply(&product, &key),
                        None => complete = false,
                    }
                    let trustees = wire
                        .verification_keys
                        .iter()
                        .map(|wire| Trustee { key: element(group, &wire.public_key), name: wire.name.clone() });
                    all.trustees.extend(trustees);
                    all.groups.push(TrusteeGroup::Pedersen { first, members, threshold });
                }
            }
        }
        (all, complete.then_some(product))
    }

    /// The trustee of a number, counted from 1.
    pub fn number(&self, number: u64) -> Option<&Trustee<G::Element>> {
        let index = usize::try_from(number.checked_sub(1)?).ok()?;
        self.trustees.get(index)
    }
}

impl<'de> Deserialize<'de> for WireTrustee {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = WireTrustee;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a kind of trustee and its value")
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<WireTrustee, A::Error> {
                let kind: Option<String> = list.next_element()?;
                let trustee = match kind.as_deref() {
                    Some("Single") => list.next_element()?.map(|Object(key)| WireTrustee::Single(key)),
                    Some("Pedersen") => {
                        list.next_element()?.map(|Object(group)| WireTrustee::Pedersen(Box::new(group)))
                    }
                    _ => None,
                };
                let more = list.next_element::<serde::de::IgnoredAny>()?;
                trustee.filter(|_| more.is_none()).ok_or_else(|| serde::de::Error::custom("no known trustee"))
            }
        }
        deserializer.deserialize_seq(Visitor)
    }
}

/// An element that may be wrong.
pub(crate) fn element<G: Group>(group: &G, text: &str) -> Option<G::Element> {
    group.decode(&[text]).pop()?.ok()
}

/// A proof of scalars that may be wrong.
pub(crate) fn proof<G: Group>(group: &G, wire: &WireProof) -> Option<Proof<G::Scalar>> {
    Some(Proof { challenge: group.scalar(&wire.challenge).ok()?, response: group.scalar(&wire.response).ok()? })
}

/// A trustee's key, if it is one and the trustee proves to know its private side: `c = H("pok|group|X|A")`.
pub(crate) fn checked_key<G: Group>(
    group: &G,
    wire: &WireKey,
    place: &Place,
    faults: &mut Faults,
) -> Option<G::Element> {
    let key = element(group, &wire.public_key);
    let proof = proof(group, &wire.pok);
    let (Some(key), Some(proof)) = (key, proof) else {
        faults.push(Fault::new(Rule::TrusteeKey, place.clone()).found(&wire.public_key));
        return None;
    };
    let prefix = format!("pok|{}|{}|", group.label(), wire.public_key);
    if !knows_logarithm(group, &key, &proof, &prefix) {
        faults.push(Fault::new(Rule::TrusteeProof, place.clone()));
    }
    Some(key)
}
