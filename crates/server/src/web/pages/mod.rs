//! Pages, by who uses them.

pub(super) mod account;
pub(super) mod demo;
pub(super) mod organiser;
pub(super) mod public;
pub(super) mod roles;
pub(super) mod verify;
pub(super) mod voter;
