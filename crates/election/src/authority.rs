//! The credential authority: voting codes for voters, spare ones for a leak, and revocations.

use std::collections::{BTreeMap, BTreeSet};

use adil_belenios::hold::{Keys, VotingCode};
use adil_belenios::{base64, digest};
use rand_core::CryptoRng;

use crate::ledger::{Ledger, Phase};
use crate::statement::{Content, CredentialLists, Revocation, Statement};

/// Voting codes with their public credentials, at the same places.
pub struct Issued {
    /// The codes. Secret: each is for one voter.
    pub codes: Vec<VotingCode>,
    /// The public credentials.
    pub public: Vec<String>,
    /// The weights.
    pub weights: Vec<u128>,
}

impl Issued {
    /// One code for each weight.
    pub fn draw<R: CryptoRng + ?Sized>(keys: &dyn Keys, uuid: &str, weights: Vec<u128>, random: &mut R) -> Self {
        let codes: Vec<VotingCode> = weights.iter().map(|_| VotingCode::draw(random)).collect();
        let public = keys.public_credentials(uuid, &codes);
        Self { codes, public, weights }
    }
}

/// How many spare codes are made for each weight: `percent` of the voters who have it, rounded up.
pub fn spare_weights(voters: impl IntoIterator<Item = u128>, percent: u32) -> Vec<u128> {
    let mut by_weight: BTreeMap<u128, u64> = BTreeMap::new();
    voters.into_iter().for_each(|weight| *by_weight.entry(weight).or_default() += 1);
    let spares = |(weight, count): (u128, u64)| {
        let wanted = (count * u64::from(percent)).div_ceil(100);
        std::iter::repeat_n(weight, usize::try_from(wanted).unwrap_or(usize::MAX))
    };
    by_weight.into_iter().flat_map(spares).collect()
}

/// The lists that the authority publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedLists {
    /// The list of public credentials in the protocol's order, spare ones among them.
    pub credentials: String,
    /// The spare ones.
    pub spares: String,
}

impl PublishedLists {
    /// The lists of voters' and spare credentials. Weights are written where the election has them.
    pub fn of(keys: &dyn Keys, voters: &Issued, spares: &Issued, has_weights: bool) -> Self {
        let record = |issued: &[&Issued]| {
            let mut entries: Vec<(String, u128)> = issued
                .iter()
                .flat_map(|issued| issued.public.iter().cloned().zip(issued.weights.iter().copied()))
                .collect();
            let mut order: Vec<String> = entries.iter().map(|(credential, _)| credential.clone()).collect();
            keys.sort(&mut order);
            entries.sort();
            let entry = |credential: &String| {
                let at = entries.binary_search_by(|(other, _)| other.cmp(credential));
                match at.ok().and_then(|at| entries.get(at)) {
                    Some((_, weight)) if has_weights => format!("\"{credential},{weight}\""),
                    _ => format!("\"{credential}\""),
                }
            };
            format!("[{}]", order.iter().map(entry).collect::<Vec<_>>().join(","))
        };
        Self { credentials: record(&[voters, spares]), spares: record(&[spares]) }
    }

    /// What is printed and compared by people: the digest of the list of credentials.
    pub fn fingerprint(&self) -> String {
        base64(&digest(self.credentials.as_bytes()))
    }

    /// The authority's statement about the lists, to be signed with the key of that text.
    pub fn statement(&self, uuid: &str, voters: u64, key: String) -> Statement {
        Statement::Credentials(CredentialLists {
            uuid: uuid.to_owned(),
            credentials: Content::of(self.credentials.as_bytes()),
            spares: Content::of(self.spares.as_bytes()),
            voters,
            key,
        })
    }
}

/// Why a credential cannot be revoked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RevocationError {
    /// Voting has not begun, or is over.
    #[error("codes can be revoked only while voting is open")]
    NotOpen,
    /// The credential is not on the list, or a spare one.
    #[error("the credential {0} is none of a voter")]
    NoVoter(String),
    /// It was revoked before.
    #[error("the credential {credential} was revoked before (entry {entry} of the log)")]
    Again {
        /// The credential.
        credential: String,
        /// The entry of the revocation.
        entry: u64,
    },
    /// No spare of the weight is left.
    #[error("no spare code of weight {0} is left: a leak as large as this is answered by a new election")]
    NoSpare(u128),
    /// The declared time is in the future.
    #[error("the declared time of the leak is after now")]
    Future,
}

/// The revocations of several credentials, each with a spare of its own that is still free. `given` are the spares of
/// credentials for which one was given before, in revocations that may not have been logged yet: they keep it.
///
/// # Errors
/// One of them cannot be revoked.
pub fn revocations(
    ledger: &Ledger,
    credentials: &[String],
    given: &BTreeMap<String, String>,
    since: u64,
    now: u64,
    reason: &str,
) -> Result<Vec<Revocation>, RevocationError> {
    if ledger.phase() != Phase::Open {
        return Err(RevocationError::NotOpen);
    }
    if since > now {
        return Err(RevocationError::Future);
    }
    let uuid = ledger.setup.as_ref().map(|setup| setup.uuid.clone()).unwrap_or_default();
    let list = ledger.credentials();
    let taken: BTreeSet<&String> = given.values().collect();
    let mut free = list
        .spares()
        .iter()
        .filter(|(spare, _)| ledger.revocation_giving(&digest(spare.as_bytes())).is_none() && !taken.contains(spare));
    let mut by_weight: BTreeMap<u128, Vec<&String>> = BTreeMap::new();
    free.by_ref().for_each(|(spare, weight)| by_weight.entry(*weight).or_default().push(spare));
    by_weight.values_mut().for_each(|spares| spares.reverse());
    let mut named: std::collections::HashSet<&str> = std::collections::HashSet::new();
    let mut revocations = Vec::with_capacity(credentials.len());
    for credential in credentials {
        let hash = digest(credential.as_bytes());
        let weight = list.weight(&hash).filter(|_| !list.is_spare(&hash));
        let weight = weight.ok_or_else(|| RevocationError::NoVoter(credential.clone()))?;
        let before = ledger.revocation_of(&hash).map(|revocation| revocation.entry);
        if let Some(entry) = before.or_else(|| (!named.insert(credential)).then(|| ledger.size())) {
            return Err(RevocationError::Again { credential: credential.clone(), entry });
        }
        let own = given.get(credential).or_else(|| by_weight.get_mut(&weight).and_then(Vec::pop));
        let spare = own.ok_or(RevocationError::NoSpare(weight))?;
        revocations.push(Revocation {
            uuid: uuid.clone(),
            credential: credential.clone(),
            since,
            minute: now,
            reason: reason.to_owned(),
            spare: spare.clone(),
        });
    }
    Ok(revocations)
}
