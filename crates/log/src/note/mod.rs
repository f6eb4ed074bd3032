//! Signed notes (C2SP signed-note): a text, an empty line, and lines with signatures of it.
//!
//! ```text
//! — <name of the key> base64(4 bytes of key identifier || signature)
//! ```

mod error;
mod key;

pub use error::{KeyError, NoteError};
pub(crate) use key::Secret;
pub use key::{Algorithm, BadSignature, KeyId, KeyName, SigningKey, Verified, VerifierKey};

use std::fmt;

use crate::lines;

/// The most bytes of a note.
pub const LONGEST_NOTE: usize = 1_000_000;

/// The most signatures of a note.
pub const MOST_SIGNATURES: usize = 100;

/// What a signature line begins with: an em dash and a space.
const DASH: &str = "— ";

/// A line with a signature, of whatever algorithm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignatureLine {
    /// The name of the key.
    pub name: KeyName,
    /// The identifier of the key.
    pub id: KeyId,
    /// What comes after the identifier, as the algorithm of the key has it.
    pub signature: Vec<u8>,
}

impl SignatureLine {
    /// Reads a line without its newline.
    ///
    /// # Errors
    /// The line has another form.
    pub fn parse(line: &str) -> Result<Self, NoteError> {
        let bad = || NoteError::SignatureLine { line: lines::shown(line) };
        let (name, signature) = line.strip_prefix(DASH).and_then(|rest| rest.split_once(' ')).ok_or_else(bad)?;
        let name = KeyName::parse(name).map_err(|_| bad())?;
        let bytes = lines::bytes(signature).ok_or_else(bad)?;
        let (id, signature) = bytes.split_first_chunk::<4>().filter(|(_, rest)| !rest.is_empty()).ok_or_else(bad)?;
        Ok(Self { name, id: KeyId(u32::from_be_bytes(*id)), signature: signature.to_vec() })
    }
}

impl fmt::Display for SignatureLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = self.id.0.to_be_bytes().to_vec();
        bytes.extend_from_slice(&self.signature);
        write!(f, "{DASH}{} {}", self.name, lines::base64(&bytes))
    }
}

/// A text with signatures, none of which has been verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

/// A signature of a note that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signed<'k> {
    /// The key that it was made with.
    pub key: &'k VerifierKey,
    /// What it says besides.
    pub verified: Verified,
}

impl Note {
    /// A text that nobody has signed yet.
    ///
    /// # Errors
    /// The text is empty, does not end in a newline, or has other control characters.
    pub fn unsigned(text: String) -> Result<Self, NoteError> {
        check_letters(&text)?;
        match text.ends_with('\n') {
            true => Ok(Self { text, signatures: Vec::new() }),
            false => Err(NoteError::NoNewline),
        }
    }

    /// Reads a note.
    ///
    /// # Errors
    /// It is over a limit or has another form; the sentence says what was found.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > LONGEST_NOTE {
            return Err(NoteError::TooLong { bytes: bytes.len() });
        }
        let note = str::from_utf8(bytes).map_err(|error| NoteError::NotUtf8 { byte: error.valid_up_to() })?;
        check_letters(note)?;
        let place = note.rfind("\n\n").ok_or(NoteError::NoSignatures)?;
        let (text, signatures) = (&note[..=place], &note[place + 2..]);
        let signatures = signatures.strip_suffix('\n').ok_or(NoteError::NoSignatures)?;
        let mut read = Self::unsigned(text.to_owned())?;
        for line in signatures.split('\n') {
            read.add(SignatureLine::parse(line)?)?;
        }
        Ok(read)
    }

    /// The text that is signed, which ends in a newline.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signatures in their order.
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// Adds a signature after those that are there; one that is there already is not repeated.
    ///
    /// # Errors
    /// The note has [`MOST_SIGNATURES`].
    pub fn add(&mut self, signature: SignatureLine) -> Result<(), NoteError> {
        if self.signatures.contains(&signature) {
            return Ok(());
        }
        if self.signatures.len() >= MOST_SIGNATURES {
            return Err(NoteError::TooManySignatures);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// Replaces all signatures of a key by this one: the last cosignature of a witness says all that earlier ones said.
    ///
    /// # Errors
    /// The note has [`MOST_SIGNATURES`].
    pub fn replace(&mut self, signature: SignatureLine) -> Result<(), NoteError> {
        self.signatures.retain(|other| (&other.name, other.id) != (&signature.name, signature.id));
        self.add(signature)
    }

    /// Signs the text.
    ///
    /// # Errors
    /// The note has [`MOST_SIGNATURES`].
    pub fn sign(&mut self, key: &SigningKey) -> Result<(), NoteError> {
        let signature = key.sign(&self.text);
        self.add(signature)
    }

    /// The signatures that hold, of these keys; others are ignored, as the specification wants. May be empty.
    ///
    /// # Errors
    /// A signature bears the name and identifier of a key, and is not its signature of this text: the whole note is
    /// refused.
    pub fn verify<'k>(&self, keys: impl IntoIterator<Item = &'k VerifierKey>) -> Result<Vec<Signed<'k>>, NoteError> {
        let mut held = Vec::new();
        for key in keys {
            for line in self.signatures.iter().filter(|line| key.made(line)) {
                let bad = |BadSignature| NoteError::BadSignature { name: key.name().clone() };
                held.push(Signed { key, verified: key.verify(&self.text, &line.signature).map_err(bad)? });
            }
        }
        Ok(held)
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// Newlines are the only control characters of ASCII that a note may have.
fn check_letters(note: &str) -> Result<(), NoteError> {
    match note.bytes().position(|byte| byte < b' ' && byte != b'\n') {
        Some(byte) => Err(NoteError::Control { byte }),
        None => Ok(()),
    }
}
