//! How far a protocol has been typed in.
//!
//! ```text
//!           entry            entry by another        same in every field
//! Empty ───────────► First ──────────────────► Second ───────────────────► Agreed
//!                                                │
//!                                                │ some field differs
//!                                                ▼
//!                                            Different ───────────────► Resolved
//!                                                      a third person, every field that differs
//! ```
//!
//! `Second` is passed through: as soon as two entries are there they are compared. No step leads back; who corrects a statement writes a
//! new one that replaces it.

/// How far a protocol has been typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntryState {
    /// The paper is there, and nobody has typed it in.
    Empty,
    /// One person has.
    First,
    /// Two have, and their entries have not been compared.
    Second,
    /// Two have, and some field differs.
    Different,
    /// A third person has decided on every field that differed.
    Resolved,
    /// Two have, with the same numbers.
    Agreed,
}

/// What happens to a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryStep {
    /// Somebody who has not done so before types it in.
    Entry,
    /// Both entries were compared and are the same.
    Same,
    /// Both entries were compared and differ.
    Differ,
    /// A third person has decided on every field that differed.
    Resolution,
}

impl EntryState {
    /// All states.
    pub const ALL: [Self; 6] = [Self::Empty, Self::First, Self::Second, Self::Different, Self::Resolved, Self::Agreed];

    /// The state after a step; `None` where the step cannot be taken.
    pub const fn after(self, step: EntryStep) -> Option<Self> {
        match (self, step) {
            (Self::Empty, EntryStep::Entry) => Some(Self::First),
            (Self::First, EntryStep::Entry) => Some(Self::Second),
            (Self::Second, EntryStep::Same) => Some(Self::Agreed),
            (Self::Second, EntryStep::Differ) => Some(Self::Different),
            (Self::Different, EntryStep::Resolution) => Some(Self::Resolved),
            _ => None,
        }
    }

    /// Whether no entry error of one person alone can be left in it.
    pub const fn is_double(self) -> bool {
        matches!(self, Self::Agreed | Self::Resolved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_five_steps_and_no_way_back() {
        let steps = [EntryStep::Entry, EntryStep::Same, EntryStep::Differ, EntryStep::Resolution];
        let taken: Vec<(EntryState, EntryState)> = EntryState::ALL
            .into_iter()
            .flat_map(|from| steps.into_iter().filter_map(move |step| Some((from, from.after(step)?))))
            .collect();
        assert_eq!(taken.len(), 5);
        // The order of the states is the order in which they are reached; the two ends lead nowhere.
        assert!(taken.iter().all(|(from, to)| from < to));
        assert!(taken.iter().all(|(from, _)| !from.is_double()));
    }
}
