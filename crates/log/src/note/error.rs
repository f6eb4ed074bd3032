//! What is wrong with notes and keys.

use super::{KeyId, KeyName, LONGEST_NOTE, MOST_SIGNATURES};

/// A note that cannot be read or must not be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Too many bytes.
    #[error("the note has {bytes} bytes; {LONGEST_NOTE} are read at the most")]
    TooLong {
        /// Its bytes.
        bytes: usize,
    },
    /// Not a text.
    #[error("byte {byte} of the note is not UTF-8 text")]
    NotUtf8 {
        /// Where, from 0.
        byte: usize,
    },
    /// A control character.
    #[error("byte {byte} of the note is a control character, which may not stand in one")]
    Control {
        /// Where, from 0.
        byte: usize,
    },
    /// The text does not end in a newline.
    #[error("the text of the note does not end in a newline")]
    NoNewline,
    /// No signatures.
    #[error("the note has no lines with signatures after an empty line")]
    NoSignatures,
    /// A line that is none of a signature.
    #[error("\"{line}\" is not a line with a signature (—, name of the key, base64)")]
    SignatureLine {
        /// The beginning of the line.
        line: String,
    },
    /// Too many signatures.
    #[error("the note has more than {MOST_SIGNATURES} signatures, the most that are read")]
    TooManySignatures,
    /// A signature of a known key that does not hold.
    #[error("the signature of {name} is not a signature of this text")]
    BadSignature {
        /// The name of the key.
        name: KeyName,
    },
}

/// A text that is no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// A name that a key cannot have.
    #[error("\"{name}\" cannot be the name of a key: it is empty, longer than {most} bytes, or has a space, a plus or a control character", most = KeyName::LONGEST)]
    Name {
        /// The beginning of the name.
        name: String,
    },
    /// Another form.
    #[error("is not a key of the form {expected}")]
    Form {
        /// The form.
        expected: &'static str,
    },
    /// The identifier is not that of the name and the key.
    #[error("the key of {name} has the identifier {stated}, and {found} belongs to it; was it copied completely?")]
    Id {
        /// The name of the key.
        name: KeyName,
        /// The identifier in the text.
        stated: KeyId,
        /// The identifier that belongs to name and key.
        found: KeyId,
    },
    /// Another algorithm.
    #[error("the key of {name} is of kind {kind}; known here are 1 (Ed25519) and 4 (cosignatures of witnesses)")]
    Algorithm {
        /// The name of the key.
        name: KeyName,
        /// The byte that stands for the algorithm.
        kind: u8,
    },
    /// A key of the other purpose.
    #[error("the key of {name} is for {found}, and one for {wanted} is needed here")]
    Purpose {
        /// The name of the key.
        name: KeyName,
        /// What it is for.
        found: &'static str,
        /// What is needed.
        wanted: &'static str,
    },
    /// No public key.
    #[error("the key of {name} is not a public key of Ed25519 that signatures can be verified with")]
    Point {
        /// The name of the key.
        name: KeyName,
    },
}
