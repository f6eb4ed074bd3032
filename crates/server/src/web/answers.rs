//! Answers of a server that many ask for at once, kept for a moment.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;

use super::api::answer::Tagged;
use super::pages::public::{KnownBoard, Listed};
use crate::kept::Kept;

/// How old a board's numbers may be that somebody is shown.
const A_SECOND: Duration = Duration::from_secs(1);

/// The answers, by elections.
pub(crate) struct Answers {
    /// Archives with their checkpoints, by the election and the entries of its log.
    pub(super) archives: Kept<(Bytes, Tagged)>,
    /// The numbers of boards.
    pub(super) boards: Kept<Tagged>,
    /// What booths work with.
    pub(super) booths: Kept<Tagged>,
    /// The elections that the front page lists, each with its stage where that is shown.
    pub(super) front: Kept<Arc<Vec<Listed>>>,
    /// What pages of boards are made of.
    pub(super) board_pages: Kept<Arc<KnownBoard>>,
}

impl Answers {
    /// Lets go of what is kept of an election that was deleted.
    pub(super) fn forget(&self, uuid: &str) {
        self.boards.forget(uuid);
        self.booths.forget(uuid);
        self.board_pages.forget(uuid);
        self.front.forget("");
    }
}

impl Default for Answers {
    fn default() -> Self {
        Self {
            archives: Kept::new(Duration::from_secs(5)),
            boards: Kept::new(A_SECOND),
            booths: Kept::new(A_SECOND),
            front: Kept::new(A_SECOND),
            board_pages: Kept::new(A_SECOND),
        }
    }
}
