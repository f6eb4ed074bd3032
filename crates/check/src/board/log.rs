//! A board's transparency log, as the checks see it.

use adil_belenios::base64;
use adil_election::ledger::{Ledger, LedgerFault};

/// The log that a board was made of, read and compared with it.
#[derive(Debug, Clone)]
pub struct LogView {
    /// The folder, as given.
    pub path: String,
    /// What the log says, and every rule that it breaks: J18 to J21 among them.
    pub ledger: Ledger,
    /// What came of deriving the archive anew.
    pub archived: Archived,
}

/// What came of deriving the archive from the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Archived {
    /// The board is, byte for byte, what follows from the log's first entries.
    Equal {
        /// How many entries.
        entries: u64,
    },
    /// The board is another one.
    Differs {
        /// The first byte that differs, from 0.
        byte: u64,
        /// The event that it belongs to, from 0: of the archive that follows from the log.
        event: u64,
    },
    /// The board was made of more entries than there are here.
    Newer {
        /// How many entries.
        entries: u64,
    },
    /// Nothing could be derived; the ledger's faults say why.
    NotDerived,
}

impl LogView {
    /// The tracker of the ballot of an entry.
    pub(super) fn tracker(&self, fault: &LedgerFault) -> Option<String> {
        let ballots = self.ledger.ballots();
        let number = ballots.binary_search_by_key(&fault.entry?, |ballot| ballot.entry).ok()?;
        ballots.get(number).map(|ballot| base64(&ballot.hash))
    }
}
