//! Every check: a record in, findings out. No check does I/O.
//!
//! A check is one file. Its doc comment is its page under `adil explain` and in `docs/methods`.

mod bank;
mod board;
mod bundle;
mod check;
mod copies;
mod dossier;
mod every_side;
mod exit_poll;
mod forecasts;
mod judge;
mod kept;
mod mapped;
mod observers;
mod page;
mod piece;
mod pointed;
mod quick_count;
mod releases;
#[cfg(test)]
mod sample;
mod settings;
mod stations;
mod view;

pub use bank::{Bank, BankElection, BankError, BankPiece, Grade, Signature};
pub use board::{Archived, AuditedBallot, BoardView, LogView, Opened, Packing};
pub use check::{Check, Claim, Need, all, find, look_at_boards, run};
pub use dossier::{DossierError, dossier, find_station};
pub use every_side::pieces;
pub use page::Page;
pub use piece::Piece;
pub use pointed::pointed_stations;
pub use quick_count::{
    Allocation, Estimated, IntervalBy, Margin, PlanFrom, QuickCountEstimate, QuickCountPlan, StratumReported,
    Uncertainty, expected_margin,
};
pub use settings::{LeaderUnknown, Settings};
pub use view::{ContestView, Tested};
