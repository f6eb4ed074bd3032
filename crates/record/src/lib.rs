//! What an election left behind: its description, its tables as columns, its releases.
//!
//! No files are touched here: tables come in as [`Rows`], descriptions as text. What leaves is a [`Record`] whose
//! tables have proved their reading by their own sums.

mod amount;
mod counts;
mod record;
mod rows;
mod table;
mod term;

pub use amount::{Amount, Percentage};
pub use counts::{Counts, Names};
pub use record::{
    Contest, ContestOption, PublishedFigure, Publisher, PublisherKind, Quantity, Record, Release, Status,
};
pub use rows::{Cells, Rows, RowsError};
pub use table::{Area, Identity, LeftOut, OptionId, Proof, ShareOf, StationTable, TurnoutOf};
pub use term::Term;
