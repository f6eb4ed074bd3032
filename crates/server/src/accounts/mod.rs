//! Who somebody is: organisers and how they sign in, sessions, and what they allow.

mod attempt;
mod link;
mod organiser;
mod password;
mod session;
mod sign_in;
mod totp;

pub use attempt::Network;
pub use link::LinkView;
pub use organiser::{Organiser, Owner};
pub use password::{Hasher, SHORTEST_PASSWORD};
pub use session::{Grant, Role, Session};
pub use totp::{base32, step, totp};

pub(crate) use attempt::{count_in, subject};
pub(crate) use session::kept;

/// An address as accounts are known by it: without spaces around it, in small letters; `None` where it is no address.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    (text.len() <= 254 && text.parse::<lettre::Address>().is_ok()).then_some(text)
}
