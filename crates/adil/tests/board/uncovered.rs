//! What no proof and no signature on a board covers.
//!
//! A re-chained board that differs in these only is as sound as before. Everything that no line of the table names is
//! covered by something, and changing it must be noticed.

use std::collections::BTreeSet;

use super::archive::{Archive, Kind};

/// What a check may say about a changed board, from the mildest to the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Expected {
    /// It is as sound as the one before the change.
    Sound,
    /// It may be sound, or cannot be, as the changed value happens to be.
    Either,
    /// Something cannot be judged any more: anything but everything proven.
    NotProven,
    /// It cannot be read as a board, or it is one that contradicts itself.
    ContradictedOrUnreadable,
    /// It contradicts itself.
    Contradicted,
}

/// What the rest of a board says about a field.
pub(crate) struct Facts {
    /// A ballot, a shuffle or a decryption states the fingerprint of the election.
    bound: bool,
    /// The encrypted tally is there, and with it the weights that went into it.
    tallied: bool,
    /// Credentials with a ballot.
    voted: BTreeSet<String>,
}

impl Facts {
    pub(crate) fn of(board: &Archive) -> Self {
        let voted = board.of(Kind::Ballot).map(|ballot| {
            let ballot = ballot.json();
            ballot["credential"].as_str().expect("a ballot has a credential").to_owned()
        });
        let has = |kind| board.of(kind).next().is_some();
        Self {
            bound: has(Kind::Ballot) || has(Kind::Shuffle) || has(Kind::Decryption),
            tallied: has(Kind::Tally),
            voted: voted.collect(),
        }
    }

    /// Whether the credential of a line of the list (`key` or `key,weight`) has a ballot.
    fn voted(&self, line: &str) -> bool {
        self.voted.contains(line.split(',').next().unwrap_or_default())
    }
}

/// One changed field.
pub(crate) struct Field<'a> {
    pub(crate) kind: Kind,
    /// Where it stands in its record, as a JSON pointer.
    pub(crate) path: &'a str,
    pub(crate) before: &'a str,
    pub(crate) after: &'a str,
    /// Whether the value came from another place of the same record, which got this one.
    pub(crate) exchanged: bool,
}

struct Line {
    kind: Kind,
    applies: fn(&Field, &Facts) -> bool,
    expected: Expected,
    reason: &'static str,
}

/// The table. The first line that applies decides.
const TABLE: [Line; 11] = [
    Line {
        kind: Kind::Header,
        applies: |field, _| field.path == "/timestamp",
        expected: Expected::Sound,
        reason: "the time of the archive stands outside the chain, and the headers of all records only repeat it",
    },
    Line {
        kind: Kind::Header,
        applies: |_, _| true,
        expected: Expected::ContradictedOrUnreadable,
        reason: "an archive of another version is none that is known",
    },
    Line {
        kind: Kind::Trustees,
        applies: |field, _| field.path.ends_with("/name"),
        expected: Expected::Sound,
        reason: "the name of a trustee is for people; neither the proof of her key nor any decryption contains it",
    },
    Line {
        kind: Kind::Election,
        applies: |field, facts| !facts.bound && is_text(field.path),
        expected: Expected::Sound,
        reason: "texts are bound by the fingerprint, which ballots, shuffles and decryptions state, and there are none yet",
    },
    Line {
        kind: Kind::Election,
        applies: |field, facts| !facts.bound && is_rule(field.path),
        expected: Expected::Either,
        reason: "an identifier or a rule that nothing refers to yet; the new value may be none, as a minimum above the maximum",
    },
    Line {
        kind: Kind::Election,
        applies: |field, facts| !facts.bound && ["/version", "/group"].contains(&field.path),
        expected: Expected::NotProven,
        reason: "what is stated in a protocol or a group that is not known cannot be judged",
    },
    Line {
        kind: Kind::Credentials,
        applies: |field, _| field.exchanged,
        expected: Expected::Either,
        reason: "two lines of the list exchanged: its order says nothing, although tools sort it",
    },
    Line {
        kind: Kind::Credentials,
        applies: |field, facts| !facts.voted(field.before),
        expected: Expected::Either,
        reason: "a credential without a ballot, or its weight, enters nothing; a changed key may not be an element of the group",
    },
    Line {
        kind: Kind::Credentials,
        applies: |field, facts| !facts.tallied && key(field.before) == key(field.after),
        expected: Expected::Either,
        reason: "weights enter the tally, which is not there yet",
    },
    Line {
        kind: Kind::ShuffleOwner,
        applies: |field, _| field.path == "/owner",
        expected: Expected::Either,
        reason: "the proof of a shuffle shows that it is one, not whose it is",
    },
    Line {
        kind: Kind::Election,
        applies: |field, facts| !facts.bound && field.path.ends_with("/type"),
        expected: Expected::NotProven,
        reason: "a kind of question that is not known cannot be judged",
    },
];

/// What a check may say after these fields were changed, and why.
pub(crate) fn expected(fields: &[Field], facts: &Facts) -> (Expected, &'static str) {
    let each = fields.iter().map(|field| {
        let line = TABLE.iter().find(|line| line.kind == field.kind && (line.applies)(field, facts));
        line.map_or((Expected::Contradicted, "covered"), |line| (line.expected, line.reason))
    });
    // The field that is covered best decides.
    each.max_by_key(|(expected, _)| *expected).expect("something was changed")
}

fn key(line: &str) -> &str {
    line.split(',').next().unwrap_or_default()
}

/// Texts for people: everything in questions but their rules, and what is said about the election.
fn is_text(path: &str) -> bool {
    let said = ["/description", "/name", "/administrator", "/credential_authority"].contains(&path);
    said || path.contains("/answers/") || path.ends_with("/question")
}

fn is_rule(path: &str) -> bool {
    path == "/uuid" || ["/min", "/max", "/blank"].iter().any(|rule| path.ends_with(rule))
}
