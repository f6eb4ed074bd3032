//! What became of the ballot that a voter was given a tracker of.

use serde::{Deserialize, Serialize};

use super::ballots::Counted;
use crate::archive::{Index, base64};

/// A tracker and what became of its ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrackerStatus {
    /// The tracker, as it was asked about.
    pub tracker: String,
    /// What became of it.
    pub state: TrackerState,
}

/// What became of a ballot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrackerState {
    /// No ballot on the board has this tracker.
    Absent,
    /// The ballot is on the board and is the one counted for its credential.
    Counted {
        /// The height of its event.
        event: u64,
    },
    /// The ballot is on the board, and a later one of the same credential is counted instead.
    Replaced {
        /// The height of its event.
        event: u64,
        /// The tracker of the ballot that is counted.
        by: String,
        /// The height of that ballot's event.
        by_event: u64,
    },
    /// The ballot is on the board where no ballot is counted, or its credential is not on the list.
    NotCounted {
        /// The height of its event.
        event: u64,
    },
}

/// What became of each tracker's ballot. Where a ballot stands on the board twice, its last place is told.
/// Without an election nothing is counted.
pub(super) fn statuses(trackers: &[String], index: &Index, counted: Option<&Counted>) -> Vec<TrackerStatus> {
    let state = |tracker: &str| {
        let position = index.ballots.iter().rposition(|ballot| base64(&ballot.hash) == tracker);
        let Some(position) = position else { return TrackerState::Absent };
        let event = index.ballots[position].height;
        match counted.and_then(|counted| counted.replaced_by[position]).map(|by| by as usize) {
            None => TrackerState::NotCounted { event },
            Some(by) if by == position => TrackerState::Counted { event },
            Some(by) => {
                let by = &index.ballots[by];
                TrackerState::Replaced { event, by: base64(&by.hash), by_event: by.height }
            }
        }
    };
    let status = |tracker: &String| {
        // People copy trackers with the padding that other programs write, and with spaces around.
        let bare = tracker.trim().trim_end_matches('=');
        TrackerStatus { tracker: bare.to_owned(), state: state(bare) }
    };
    trackers.iter().map(status).collect()
}
