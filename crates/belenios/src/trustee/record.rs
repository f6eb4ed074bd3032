//! The record of all trustees, made of single keys and groups, and read by the verifier before it is given out.

use adil_crypto::SecretGroup;
use serde::Serialize;

use super::certificate::{Certificates, json, parsed};
use super::contribution::Contributions;
use super::fault::{Breach, CeremonyFault, RecordFault};
use super::finish::WireFinished;
use crate::setup::{TrusteeGroup, Trustees, WireKey, WirePedersen};
use crate::{Fault, Faults, Part, Place, Rule};

/// Step 6: the group's part of the record of trustees, from the finished files of all members, or their public parts,
/// in the order of the members' numbers. Everything is checked as a verifier does.
///
/// # Errors
/// The first member whose part is wrong, and why. A verification key that does not follow from the coefficients is
/// its member's fault only if all members had the same contributions: see [`Contributions::fingerprint`].
pub fn assemble<G: SecretGroup, T: AsRef<str>>(
    group: &G,
    certificates: &Certificates<G>,
    contributions: &Contributions<G>,
    finished: &[T],
) -> Result<String, CeremonyFault> {
    let members = certificates.terms.members();
    if finished.len() != members {
        return Err(CeremonyFault::of_none(Breach::Count { members, found: finished.len() }));
    }
    let mut verification_keys = Vec::with_capacity(members);
    for (index, text) in finished.iter().enumerate() {
        let key: Option<WireKey> =
            parsed::<WireFinished>(text.as_ref()).map(|finished| finished.public_key).or_else(|| parsed(text.as_ref()));
        let key = key.ok_or(CeremonyFault::at(index, Breach::Form("a member's verification key")))?;
        if key.signature.is_none() {
            return Err(CeremonyFault::at(index, Breach::Rule(Rule::VerificationKeySignature)));
        }
        verification_keys.push(key);
    }
    let pedersen = WirePedersen {
        threshold: certificates.terms.threshold() as u64,
        certs: certificates.signed.clone(),
        coefexps: contributions.coefficients.signed.clone(),
        signatures: Some(contributions.coefficients.signatures.clone()),
        verification_keys,
    };
    let read = read(group, &json(&[("Pedersen", &pedersen)]));
    match read.fault {
        None => Ok(json(&pedersen)),
        Some(fault) => Err(CeremonyFault { member: fault.place.trustee, breach: Breach::Rule(fault.rule) }),
    }
}

/// An entry of the record of trustees, as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry<'a> {
    /// A single trustee's public record.
    Single(&'a str),
    /// A group as [`assemble`] gives it.
    Group(&'a str),
}

/// A record of trustees that a verifier accepts.
#[derive(Debug, Clone)]
pub struct TrusteesRecord<G: SecretGroup> {
    /// The record.
    pub text: String,
    /// The public key of the election.
    pub public_key: G::Element,
    /// The number of trustees; the members of a group count one by one.
    pub trustees: usize,
}

/// An entry as it is written: a list of the kind and its value.
#[derive(Serialize)]
#[serde(untagged)]
enum WireEntry {
    Single(&'static str, WireKey),
    Group(&'static str, WirePedersen),
}

/// Makes the record of trustees of an election, and its public key.
///
/// # Errors
/// An entry cannot be read, a verifier would refuse the record, or two trustees have one key.
pub fn trustees_record<G: SecretGroup>(group: &G, entries: &[Entry<'_>]) -> Result<TrusteesRecord<G>, RecordFault> {
    let mut wire = Vec::with_capacity(entries.len());
    for (index, entry) in entries.iter().enumerate() {
        let form = |what| RecordFault::Form { entry: index + 1, what };
        wire.push(match entry {
            Entry::Single(text) => WireEntry::Single("Single", parsed(text).ok_or(form("the record of a public key"))?),
            Entry::Group(text) => WireEntry::Group("Pedersen", parsed(text).ok_or(form("the record of a group"))?),
        });
    }
    let text = json(&wire);
    let read = read(group, &text);
    if let Some(fault) = read.fault {
        return Err(RecordFault::Rule { trustee: fault.place.trustee.unwrap_or(0), rule: fault.rule });
    }
    // Members of one group may have one key: they do where one of them is enough.
    let entry_of = |group: (usize, &TrusteeGroup)| match group {
        (entry, TrusteeGroup::Single { .. }) => vec![entry],
        (entry, TrusteeGroup::Pedersen { members, .. }) => vec![entry; *members],
    };
    let entries = read.trustees.groups.iter().enumerate().flat_map(entry_of);
    let keys: Vec<_> = read.trustees.trustees.iter().map(|trustee| trustee.key.as_ref()).zip(entries).collect();
    for (index, (key, entry)) in keys.iter().enumerate() {
        let same = |(before, of): &(Option<&G::Element>, usize)| before == key && of != entry;
        if let Some(other) = keys.iter().take(index).position(same) {
            return Err(RecordFault::SameKey(other as u64 + 1, index as u64 + 1));
        }
    }
    let trustees = keys.len();
    match read.product {
        Some(public_key) if public_key != group.neutral() => Ok(TrusteesRecord { text, public_key, trustees }),
        _ => Err(RecordFault::Neutral),
    }
}

/// What the verifier makes of a record.
struct Read<G: SecretGroup> {
    trustees: Trustees<G>,
    /// The product of all keys.
    product: Option<G::Element>,
    /// The first fault.
    fault: Option<Fault>,
}

fn read<G: SecretGroup>(group: &G, text: &str) -> Read<G> {
    let mut faults = Faults::new(1);
    let (trustees, product) = Trustees::read_with_product(group, text.as_bytes(), &Place::default(), &mut faults);
    let fault = faults.of(Part::Trustees).next().cloned();
    Read { trustees, product, fault }
}
