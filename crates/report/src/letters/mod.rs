//! Letters to voters: a printed page for each, with the secret voting code and what a voter has to know.
//!
//! The credential authority of an election makes the codes, prints the letters and forgets both. What it prints from is
//! one HTML file that loads nothing and runs no script: [`Letters::head`], [`Letters::cover`], [`Letters::letter`] for
//! each voter, [`Letters::foot`]. Each appends to a string that the caller writes away, so that a hundred thousand
//! letters need no more memory than one. A browser prints the file, one A4 page for each letter; it wants no more than a
//! few thousand letters in one file, so a caller with more begins another one.
//!
//! The page keeps the address in the upper left, above the first fold of a sheet folded in three, and the code below it,
//! so that a window envelope shows the one without the other.

mod cover;
mod mail_merge;
mod page;
mod qr;
#[cfg(test)]
mod tests;

use adil_finding::Message;

use crate::markup::{Markup, escaped};
use crate::{Language, Texts};

pub use mail_merge::{mail_merge_header, mail_merge_row};

const STYLE: &str = include_str!("style/letters.css");

/// What all letters of an election have in common.
#[derive(Debug, Clone, Copy)]
pub struct LetterSheet<'a> {
    /// The election's title; three lines of it are shown.
    pub election_title: &'a str,
    /// Who holds the election.
    pub organiser: Option<&'a str>,
    /// Who gave out the codes and is told when one is lost: a name with a telephone number or an address.
    pub authority: Option<&'a str>,
    /// When voting begins, as it is to be read, with its time zone.
    pub opens: Option<&'a str>,
    /// When voting ends, likewise.
    pub closes: Option<&'a str>,
    /// Where one votes; `None` where the organiser announces it later.
    pub vote_at: Option<VoteAt<'a>>,
    /// The address of the public board of ballots.
    pub check_address: Option<&'a str>,
    /// The fingerprint of the list of public keys, as the board shows it.
    pub credentials_fingerprint: &'a str,
    /// The election's identifier.
    pub election_id: &'a str,
    /// Whether these are the first letters or spare ones.
    pub kind: LetterKind,
}

/// Where one votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VoteAt<'a> {
    /// A page on the web: its address.
    Page(&'a str),
    /// A program on the voter's computer: its command line.
    Command(&'a str),
}

/// Which codes the letters carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LetterKind {
    /// The voter's first code.
    First,
    /// A code that takes the place of one that was lost or leaked.
    Spare,
}

/// One voter's letter.
#[derive(Clone, Copy)]
pub struct Letter<'a> {
    /// The number of the letter, for those who count and give them out.
    pub number: usize,
    /// The voter's entry in the register. Empty on a spare letter that belongs to nobody yet: it gets a line to write on.
    pub voter_id: &'a str,
    /// The voter's name.
    pub name: Option<&'a str>,
    /// The language of the letter.
    pub language: Language,
    /// The weight of the voter's vote, where votes have weights.
    pub weight: Option<&'a str>,
    /// The secret code: base58, in groups joined by dashes. The letter says that it holds none of `0`, `O`, `I`, `l`.
    pub code: &'a str,
    /// What the QR code holds: the code, or the address of the voting page with the code in it; at most 213 bytes.
    pub qr_text: &'a str,
}

/// What the sheet for whoever prints the letters says about them.
#[derive(Debug, Clone, Copy)]
pub struct Cover<'a> {
    /// How many letters follow in this file.
    pub letters: usize,
    /// The first one's number.
    pub first: usize,
    /// The last one's number.
    pub last: usize,
    /// Who does what next, e.g. to whom the public keys go.
    pub next: Option<&'a str>,
}

/// Why a letter cannot be made. It is the caller's fault, or that of the file that the caller read; no fault tells the code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LetterFault {
    /// The code is not base58 in groups joined by dashes, so that what the letter says about it would be wrong.
    #[error("the code of letter {number} is not base58 in groups joined by dashes (a character of it is out of place)")]
    Code {
        /// The letter.
        number: usize,
    },
    /// The QR code would have modules too small for a telephone's camera.
    #[error("the QR code of letter {number} would hold {bytes} bytes; at most {most} can be read from paper", most = qr::MOST_BYTES)]
    QrTooLong {
        /// The letter.
        number: usize,
        /// The length of its text in bytes.
        bytes: usize,
    },
}

/// The letters of an election in all languages, ready to be written. Everything but what differs from voter to voter is
/// put into words once.
#[derive(Debug)]
pub struct Letters {
    forms: [page::Form; Language::ALL.len()],
    title: String,
    kind: LetterKind,
}

impl Letters {
    /// The letters of an election.
    pub fn new(sheet: &LetterSheet<'_>) -> Self {
        Self {
            forms: Language::ALL.map(|language| page::Form::new(sheet, Texts::new(language))),
            title: sheet.election_title.to_owned(),
            kind: sheet.kind,
        }
    }

    /// The beginning of the file. The language is that of whoever prints it; each letter names its own.
    pub fn head(&self, language: Language, out: &mut String) {
        let title = Message::new("letters-title").with("title", self.title.as_str());
        let title = escaped(&self.form(language).texts.format(&title));
        out.push_str(&format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
             base-uri 'none'; form-action 'none'\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta name=\"referrer\" content=\"no-referrer\"/>\n<meta name=\"robots\" content=\"noindex\"/>\n\
             <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        ));
    }

    /// The sheet for whoever prints the letters, a page of its own: how many there are, what to do with them, and when to
    /// destroy them.
    pub fn cover(&self, cover: &Cover<'_>, language: Language, out: &mut String) {
        let mut markup = Markup::default();
        cover::write(&mut markup, self, cover, language);
        out.push_str(&markup.finish());
    }

    /// One letter, a page of its own.
    ///
    /// # Errors
    /// The code or the QR code's text is none that can be printed. Nothing was appended then.
    pub fn letter(&self, letter: &Letter<'_>, out: &mut String) -> Result<(), LetterFault> {
        let mut markup = Markup::default();
        self.form(letter.language).write(&mut markup, letter)?;
        out.push_str(&markup.finish());
        Ok(())
    }

    /// The end of the file.
    pub fn foot(&self, out: &mut String) {
        out.push_str("</body>\n</html>\n");
    }

    fn form(&self, language: Language) -> &page::Form {
        let [en, ru, kk] = &self.forms;
        match language {
            Language::En => en,
            Language::Ru => ru,
            Language::Kk => kk,
        }
    }
}

impl std::fmt::Debug for Letter<'_> {
    /// Without the code: what is printed for debugging is kept in places that are no envelopes.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("number", &self.number).finish_non_exhaustive()
    }
}
