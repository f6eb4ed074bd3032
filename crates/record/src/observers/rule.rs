//! The rules of `docs/spec/observers.md`, by number.

/// A rule that a row breaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObserverRule {
    /// O2: a line is an object with the fields of its kind, each once, in UTF-8.
    Syntax,
    /// O3: an identifier is 1 to 64 letters, digits, and `. _ : -`.
    Identifier,
    /// O4: an identifier stands once; again with the same body it is a repetition, with another one it is set aside.
    OtherBody,
    /// O5: what a row replaces is before it, of its kind, and not replaced yet.
    Replaces,
    /// O6: the code is one of the crosswalk.
    Code,
    /// O7: the station or area is one of the record.
    Station,
    /// O8: a time has the form of RFC 3339.
    Time,
    /// O9: a time is within the window, and what ends does not end before it began.
    Window,
    /// O10: stage, severity, actor, channel, access, mark and first-hand have one of their values.
    Value,
    /// O11: the state follows from the one before.
    State,
    /// O12: verified is what another source corroborates, or evidence.
    Verified,
    /// O13: what a row is a duplicate of, or is corroborated by, is before it and is another.
    Reference,
    /// O14: evidence is a list of at most 64 digests.
    Evidence,
    /// O15: a line has at most 64 KiB, a note at most 16 KiB.
    Long,
    /// O16: no field can be taken for a spreadsheet's formula.
    Formula,
    /// O17: no field has characters that hide or turn the order of others.
    Hidden,
    /// O18: a pseudonym is 1 to 64 letters, digits, dashes, underscores and dots.
    Pseudonym,
}

impl ObserverRule {
    /// All, by their number.
    pub const ALL: [Self; 17] = [
        Self::Syntax,
        Self::Identifier,
        Self::OtherBody,
        Self::Replaces,
        Self::Code,
        Self::Station,
        Self::Time,
        Self::Window,
        Self::Value,
        Self::State,
        Self::Verified,
        Self::Reference,
        Self::Evidence,
        Self::Long,
        Self::Formula,
        Self::Hidden,
        Self::Pseudonym,
    ];

    /// Its number.
    pub fn number(self) -> &'static str {
        match self {
            Self::Syntax => "O2",
            Self::Identifier => "O3",
            Self::OtherBody => "O4",
            Self::Replaces => "O5",
            Self::Code => "O6",
            Self::Station => "O7",
            Self::Time => "O8",
            Self::Window => "O9",
            Self::Value => "O10",
            Self::State => "O11",
            Self::Verified => "O12",
            Self::Reference => "O13",
            Self::Evidence => "O14",
            Self::Long => "O15",
            Self::Formula => "O16",
            Self::Hidden => "O17",
            Self::Pseudonym => "O18",
        }
    }

    /// The identifier of what it says, in words.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Syntax => "observer-rule-syntax",
            Self::Identifier => "observer-rule-identifier",
            Self::OtherBody => "observer-rule-other-body",
            Self::Replaces => "observer-rule-replaces",
            Self::Code => "observer-rule-code",
            Self::Station => "observer-rule-station",
            Self::Time => "observer-rule-time",
            Self::Window => "observer-rule-window",
            Self::Value => "observer-rule-value",
            Self::State => "observer-rule-state",
            Self::Verified => "observer-rule-verified",
            Self::Reference => "observer-rule-reference",
            Self::Evidence => "observer-rule-evidence",
            Self::Long => "observer-rule-long",
            Self::Formula => "observer-rule-formula",
            Self::Hidden => "observer-rule-hidden",
            Self::Pseudonym => "observer-rule-pseudonym",
        }
    }
}
