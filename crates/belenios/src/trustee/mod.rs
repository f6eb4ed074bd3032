//! The trustees' side: keys made and kept, and the key ceremony of a group of which a threshold is enough.
//!
//! A single trustee draws a [`DecryptionKey`] and gives its public record away. A group of `n` members of whom `t` are
//! to be enough makes its key together, without anybody who ever knows it, in steps that are files (Pedersen's
//! distributed key generation, as release 3.3 of the protocol's programs writes it):
//!
//! ```text
//! 1  certificate    every member draws a seed and certifies the keys that follow from it
//! 2  Certificates   everybody reads the certificates of all
//! 3  contribute     every member i draws f_i of t coefficients, publishes A_ik = g^(a_ik) and encrypts f_i(j) to j
//! 4  Contributions  everybody reads the contributions of all; an Inbox is one member's part of them
//! 5  finish         member j checks g^(f_i(j)) = prod_k A_ik^(j^k), adds the shares up to S_j, publishes X_j = g^(S_j)
//! 6  assemble       anybody makes the group's entry of the trustees' record
//! ```
//!
//! The group's public key is `prod_i A_i0`. A member keeps the seed and the own finished file; [`Member::decryption_key`]
//! takes `S_j` from them. Signatures cover the certificates of all, so that nobody can show members different ones; that
//! nobody sent them different contributions is seen at the end, or before by comparing fingerprints. No order of transport and no server is needed, and members with other programs take part:
//! every text is the one that they write and read.
//!
//! Secrets are wiped when they go, cannot be printed, and are worked with in a time that does not depend on them; the
//! keys of single messages on the channel pass through the group's encodings, which promise less.

mod certificate;
mod channel;
mod contribution;
mod fault;
mod finish;
mod member;
mod number;
mod record;
mod single;

pub use certificate::{Certificates, Terms};
pub use contribution::{Contributions, Inbox};
pub use fault::{Breach, CeremonyFault, KeyFault, RecordFault};
pub use finish::Finished;
pub use member::Member;
pub use record::{Entry, TrusteesRecord, assemble, trustees_record};
pub use single::{DecryptionKey, PublicKey};
