//! What can be wrong with keys and messages of trustees, and with whose.

use crate::Rule;

/// Why a text is no private key, no seed, or no public record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Not the form.
    #[error("it is not {0}")]
    Form(&'static str),
    /// A decrypting trustee of the key zero decrypts nothing.
    #[error("the key is zero, or the neutral element")]
    Neutral,
    /// A rule that a verifier refuses the record by.
    #[error("rule {0} is broken: {text}", text = .0.text())]
    Rule(Rule),
    /// The file cannot be decrypted with the seed: it is another member's, or was changed.
    #[error("the seed does not open it: it is another member's, or it was changed")]
    Sealed,
    /// The private and the public part of a file do not belong together.
    #[error("its private key does not belong to its public key")]
    Pair,
}

/// What is wrong in a key ceremony, and with which member's message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{who}{breach}", who = member_text(*.member))]
pub struct CeremonyFault {
    /// The member at fault, counted from 1; `None` where it is none of them.
    pub member: Option<u64>,
    /// What is wrong.
    pub breach: Breach,
}

/// What is wrong with a message of a key ceremony.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Breach {
    /// A rule that a verifier refuses the group by.
    #[error("rule {0} is broken: {text}", text = .0.text())]
    Rule(Rule),
    /// The message is not the JSON that its step writes.
    #[error("the message is not {0}")]
    Form(&'static str),
    /// Not one message of each member.
    #[error("there are {found} messages of {members} members")]
    Count {
        /// Members.
        members: usize,
        /// Messages.
        found: usize,
    },
    /// The certificate was made for another ceremony or another place.
    #[error("the certificate is for {0}")]
    Context(String),
    /// A key is the neutral element.
    #[error("a key is the neutral element")]
    Neutral,
    /// The same key as another member.
    #[error("a key is the same as that of member {0}")]
    SameKey(u64),
    /// The seed belongs to no certificate.
    #[error("none of the certificates belongs to this seed")]
    NotAMember,
    /// The contribution is signed by another member.
    #[error("the contribution is signed by member {0}")]
    SignedBy(u64),
    /// The ceremony's signature covers other certificates or other coefficients.
    #[error("rule T10 is broken: the member signed other certificates or other coefficients than these")]
    OtherCertificates,
    /// The share, or the own polynomial, cannot be decrypted.
    #[error("what the member sent cannot be decrypted")]
    Sealed,
    /// What was decrypted is not signed by the member.
    #[error("what the member sent encrypted is not signed by the member")]
    Unsigned,
    /// What was decrypted is addressed to another key.
    #[error("what the member sent encrypted is addressed to somebody else")]
    Recipient,
    /// What was decrypted is no number below the order of the group.
    #[error("what the member sent encrypted is no canonical number below the order of the group")]
    Number,
    /// `g^(f_i(j))` is not what the member's coefficients give.
    #[error("the share does not follow from the member's coefficients")]
    Share,
    /// The own coefficients are not those of the own polynomial.
    #[error("the coefficients are not those of the member's polynomial")]
    Polynomial,
}

/// Why a record of trustees cannot be made of entries.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordFault {
    /// An entry is not the record of a key, or of a group.
    #[error("entry {entry} is not {what}")]
    Form {
        /// The entry, counted from 1.
        entry: usize,
        /// What it must be.
        what: &'static str,
    },
    /// A verifier would refuse the record.
    #[error("trustee {trustee}: rule {rule} is broken: {text}", text = .rule.text())]
    Rule {
        /// The trustee, counted from 1 over all entries; 0 where it is none of them.
        trustee: u64,
        /// The rule.
        rule: Rule,
    },
    /// Two trustees of different entries have one key: one of them need not know its private side.
    #[error("trustees {0} and {1} have the same key")]
    SameKey(u64, u64),
    /// The product of all keys is the neutral element.
    #[error("the election's public key would be the neutral element")]
    Neutral,
}

impl CeremonyFault {
    /// A fault of the member at an index from 0.
    pub(super) fn at(index: usize, breach: Breach) -> Self {
        Self { member: Some(index as u64 + 1), breach }
    }

    /// A fault of no member.
    pub(super) fn of_none(breach: Breach) -> Self {
        Self { member: None, breach }
    }
}

fn member_text(member: Option<u64>) -> String {
    member.map_or_else(String::new, |member| format!("member {member}: "))
}
