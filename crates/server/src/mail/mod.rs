//! Mail: a queue in the database that survives restarts and mail servers that are down, and does not send twice what was
//! asked for twice.
//!
//! ```text
//! post ──► mail (due) ──claim──► sending ──► sent
//!             ▲                     │
//!             └── 1 min, 2, 4 … 4 h ┴──► given up after days: the organiser sees it
//! ```
//!
//! A letter is known by its identifier: posting it again does nothing. Between the mail server's "accepted" and the note of
//! it in the database a process can die; then the letter goes out again with the same `Message-ID`, by which mailboxes know
//! it. The queue holds no voting code and no token: these are worked out from the server's secret when a letter is written.

mod given_up;
mod letter;
mod queue;
mod route;
mod send;

pub use given_up::{Addressee, GivenUp, GivenUpLetters, Why};
pub use letter::{About, Letter};
pub use queue::MailState;
pub(crate) use queue::{Recipient, post};
pub use route::Post;
pub(crate) use send::keep_sending;
