//! A statement of a station's result, and its numbers.

use super::{EntryState, EntryStep};
use crate::forecasts::Digest;
use crate::{Moment, OptionId, Term};

/// Where a copy of a protocol comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holder {
    /// The copy that the commission posted at the station.
    Posted,
    /// A copy given to an observer.
    Observer,
    /// A copy given to a party's or a candidate's representative.
    Party,
    /// A photograph by anybody else.
    Photograph,
    /// What the memory of the station's machine holds.
    MachineMemory,
    /// What the organisers' own site shows of the station.
    OfficialSite,
}

impl Holder {
    /// All holders.
    pub const ALL: [Self; 6] =
        [Self::Posted, Self::Observer, Self::Party, Self::Photograph, Self::MachineMemory, Self::OfficialSite];

    /// The name in a file.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Posted => "posted",
            Self::Observer => "observer",
            Self::Party => "party",
            Self::Photograph => "photograph",
            Self::MachineMemory => "machine-memory",
            Self::OfficialSite => "official-site",
        }
    }

    /// The identifier of its name in words.
    pub const fn message_id(self) -> &'static str {
        match self {
            Self::Posted => "copy-holder-posted",
            Self::Observer => "copy-holder-observer",
            Self::Party => "copy-holder-party",
            Self::Photograph => "copy-holder-photograph",
            Self::MachineMemory => "copy-holder-machine-memory",
            Self::OfficialSite => "copy-holder-official-site",
        }
    }

    pub(super) fn named(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|holder| holder.id() == text)
    }

    /// Whether what the copy says is said by those who ran the election, if the copy is what it claims to be.
    pub const fn speaks_for_organisers(self) -> bool {
        matches!(self, Self::Posted | Self::MachineMemory | Self::OfficialSite)
    }
}

/// A number of a protocol: one of its lines, or the votes of an option by its place in the contest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CopyField {
    /// A line.
    Line(Term),
    /// The votes of an option.
    Votes(u16),
}

impl CopyField {
    /// The field of an option; `None` beyond the 65,536th.
    pub fn votes(option: OptionId) -> Option<Self> {
        u16::try_from(option.0).ok().map(Self::Votes)
    }

    /// The option, where it is the votes of one.
    pub fn option(self) -> Option<OptionId> {
        match self {
            Self::Votes(place) => Some(OptionId(usize::from(place))),
            Self::Line(_) => None,
        }
    }
}

/// The numbers that somebody typed in, by field; each is at most [`Counts::LARGEST`](crate::Counts::LARGEST).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CopyNumbers(Box<[(CopyField, u32)]>);

impl CopyNumbers {
    /// Numbers by field; of two for one field the later is kept.
    pub fn new(mut numbers: Vec<(CopyField, u32)>) -> Self {
        numbers.sort_by_key(|(field, _)| *field);
        numbers.reverse();
        numbers.dedup_by_key(|(field, _)| *field);
        numbers.reverse();
        Self(numbers.into_boxed_slice())
    }

    /// The number of a field, if it was typed in.
    pub fn get(&self, field: CopyField) -> Option<u32> {
        let place = self.0.binary_search_by_key(&field, |(field, _)| *field).ok()?;
        self.0.get(place).map(|(_, number)| *number)
    }

    /// All of them, in the order of the fields.
    pub fn iter(&self) -> impl Iterator<Item = (CopyField, u32)> + '_ {
        self.0.iter().copied()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Who typed something in, as a number that says nothing but who is the same: pseudonyms are not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Typist(pub(super) u32);

/// What one person typed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyEntry {
    /// Who.
    pub typist: Typist,
    /// When.
    pub time: Moment,
    /// What.
    pub numbers: CopyNumbers,
}

/// What a third person decided on fields that two typed in differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyResolution {
    /// Who.
    pub by: Typist,
    /// When.
    pub time: Moment,
    /// Why.
    pub reason: Box<str>,
    /// The numbers of fields that differed.
    pub numbers: CopyNumbers,
}

/// The picture that a statement was typed from. It is never opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyPicture {
    /// The SHA-256 of the picture's file.
    pub sha256: Digest,
    /// The name of the file.
    pub file: Option<Box<str>>,
}

/// How sure it is that a number stands on the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// One person typed it in.
    Once,
    /// A third person decided between two.
    Resolved,
    /// Two typed in the same.
    Agreed,
}

/// A copy of a station's protocol.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyStatement {
    /// The line of the file, counted from 1; of a table the row, the header being row 1.
    pub line: u64,
    /// Its identifier, unique among the statements of the file.
    pub id: Box<str>,
    /// The station, by its place in [`CopyBook::stations`](super::CopyBook::stations).
    pub station: u32,
    /// Where it comes from.
    pub holder: Holder,
    /// When it was seen or made.
    pub seen: Moment,
    /// The picture.
    pub picture: Option<CopyPicture>,
    /// At most two, by different typists.
    pub entries: Vec<CopyEntry>,
    /// What was decided on the fields that differ.
    pub resolution: Option<CopyResolution>,
    /// The identifier of the statement that it replaces.
    pub replaces: Option<Box<str>>,
    /// The line of the statement that replaces it.
    pub replaced_by: Option<u64>,
}

impl CopyStatement {
    /// How far it was typed in.
    pub fn state(&self) -> EntryState {
        let mut steps = vec![EntryStep::Entry; self.entries.len()];
        if self.entries.len() == 2 {
            let mut differing = self.differing().peekable();
            steps.push(if differing.peek().is_some() { EntryStep::Differ } else { EntryStep::Same });
            let decided =
                |field: CopyField| self.resolution.as_ref().is_some_and(|all| all.numbers.get(field).is_some());
            if differing.peek().is_some() && differing.all(|(field, _)| decided(field)) {
                steps.push(EntryStep::Resolution);
            }
        }
        // No third entry is ever read, so that every step can be taken.
        steps.into_iter().fold(EntryState::Empty, |state, step| state.after(step).unwrap_or(state))
    }

    /// The fields that both entries have, or one of them, with both numbers; empty with fewer than two entries.
    pub fn compared(&self) -> impl Iterator<Item = (CopyField, [Option<u32>; 2])> + '_ {
        let (one, other) = match self.entries.as_slice() {
            [one, other] => (Some(&one.numbers), Some(&other.numbers)),
            _ => (None, None),
        };
        let of_one = one.into_iter().flat_map(CopyNumbers::iter);
        let beside = move |(field, number)| (field, [Some(number), other.and_then(|other| other.get(field))]);
        let only_other = other.into_iter().flat_map(CopyNumbers::iter);
        let absent = move |(field, _): &(CopyField, u32)| one.is_some_and(|one| one.get(*field).is_none());
        of_one.map(beside).chain(only_other.filter(absent).map(|(field, number)| (field, [None, Some(number)])))
    }

    /// The fields that two typed in differently, with both numbers.
    pub fn differing(&self) -> impl Iterator<Item = (CopyField, [Option<u32>; 2])> + '_ {
        self.compared().filter(|(_, [one, other])| one != other)
    }

    /// The number of a field, and how sure it is; `None` where nobody typed it in or where two differ and nobody decided.
    pub fn number(&self, field: CopyField) -> Option<(u32, Certainty)> {
        let decided = || self.resolution.as_ref().and_then(|all| all.numbers.get(field));
        match self.entries.as_slice() {
            [only] => only.numbers.get(field).map(|number| (number, Certainty::Once)),
            [one, other] => match (one.numbers.get(field), other.numbers.get(field)) {
                (Some(one), Some(other)) if one == other => Some((one, Certainty::Agreed)),
                (None, None) => None,
                _ => decided().map(|number| (number, Certainty::Resolved)),
            },
            _ => None,
        }
    }

    /// The votes that are known, by option in no order, and how sure each is: as many as were typed in, however many options there are.
    pub fn votes(&self) -> impl Iterator<Item = (OptionId, u32, Certainty)> + '_ {
        let only = match self.entries.as_slice() {
            [only] => Some(&only.numbers),
            _ => None,
        };
        let typed = only.into_iter().flat_map(CopyNumbers::iter).map(|(field, _)| field);
        typed.chain(self.compared().map(|(field, _)| field)).filter_map(|field| {
            let (number, certainty) = self.number(field)?;
            Some((field.option()?, number, certainty))
        })
    }

    /// Whether it is what its file says now: no other statement replaces it.
    pub fn is_current(&self) -> bool {
        self.replaced_by.is_none()
    }
}
