//! Who agrees with whom on a station, and who stands alone.

use std::collections::{BTreeMap, BTreeSet};

use adil_record::{Certainty, Contest, CopyStatement, Counts, Holder, OptionId, StationTable};

/// Who says something of a station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Voice {
    /// The official table.
    Official,
    /// A copy, by where it comes from.
    Copy(Holder),
}

/// The votes that somebody gives of a station, by option and in its order; those that are not known are left out.
type Said = Vec<(OptionId, u32)>;

/// The most different sets of votes at one station that are looked at one by one; a station with more is one with no agreement.
const MOST: usize = 16;

/// Stations of which several speak.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Agreement {
    /// Stations with two voices or more that give a vote of one option.
    pub(super) stations: u64,
    /// Of these, those on which all agree.
    pub(super) all: u64,
    /// Of these, those on which two voices differ, and there is no third.
    pub(super) two: u64,
    /// Of these, those on which one voice differs from all others, which agree.
    pub(super) alone: BTreeMap<Voice, u64>,
    /// Of these, the rest.
    pub(super) otherwise: u64,
}

impl Agreement {
    /// Of all copies in all files, typed in twice, and of the official table where there is one.
    pub(super) fn of(contest: &Contest, table: Option<&StationTable>) -> Self {
        let mut stations: BTreeMap<String, BTreeSet<(Voice, Said)>> = BTreeMap::new();
        for copies in &contest.copies {
            for statement in copies.book.current() {
                let said = votes(statement);
                if said.is_empty() {
                    continue;
                }
                let row = copies.book.row(statement);
                let (name, official) = match (row, table) {
                    (Some(row), Some(table)) => (format!("{row}"), Some(row_of(table, row))),
                    _ => (copies.book.station(statement).to_owned(), None),
                };
                let voices = stations.entry(name).or_default();
                voices.insert((Voice::Copy(statement.holder), said));
                voices.extend(official.map(|official| (Voice::Official, official)));
            }
        }
        let mut agreement = Self::default();
        stations.values().for_each(|voices| agreement.absorb(voices));
        agreement
    }

    fn absorb(&mut self, voices: &BTreeSet<(Voice, Said)>) {
        let kinds: BTreeSet<Voice> = voices.iter().map(|(voice, _)| *voice).collect();
        if kinds.len() < 2 {
            return;
        }
        self.stations += 1;
        if voices.len() > MOST {
            self.otherwise += 1;
            return;
        }
        let agree = |without: Option<Voice>| {
            let left: Vec<&Said> =
                voices.iter().filter(|(voice, _)| Some(*voice) != without).map(|(_, said)| said).collect();
            left.iter().enumerate().all(|(place, one)| left[..place].iter().all(|other| are_compatible(one, other)))
        };
        if agree(None) {
            self.all += 1;
        } else if kinds.len() == 2 {
            self.two += 1;
        } else {
            let mut alone = kinds.iter().filter(|voice| agree(Some(**voice)));
            match (alone.next(), alone.next()) {
                (Some(voice), None) => *self.alone.entry(*voice).or_default() += 1,
                _ => self.otherwise += 1,
            }
        }
    }
}

/// Votes on which two typists agreed, or a third decided.
fn votes(statement: &CopyStatement) -> Said {
    let is_sure = |(option, number, certainty)| (certainty > Certainty::Once).then_some((option, number));
    let mut said: Said = statement.votes().filter_map(is_sure).collect();
    said.sort_unstable();
    said
}

fn row_of(table: &StationTable, row: usize) -> Said {
    let of = |(place, votes): (usize, &Counts)| Some((OptionId(place), votes.get(row)?));
    table.votes.iter().enumerate().filter_map(of).collect()
}

/// Whether no vote that both give is another.
fn are_compatible(one: &Said, other: &Said) -> bool {
    one.iter().all(|(option, votes)| {
        let place = other.binary_search_by_key(option, |(option, _)| *option);
        place.ok().and_then(|place| other.get(place)).is_none_or(|(_, others)| votes == others)
    })
}
