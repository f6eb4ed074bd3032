//! The folders of the roles of an election, and what they are kept with: private files, whole writes, locks, randomness.

pub(crate) mod authority;
pub(crate) mod board;
pub(crate) mod clock;
pub(crate) mod failure;
pub(crate) mod files;
pub(crate) mod organiser;
pub(crate) mod random;
pub(crate) mod secret;
pub(crate) mod told;
pub(crate) mod trustee;

pub(crate) use failure::HoldFailure;
