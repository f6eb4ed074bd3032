//! Checks of what was published, release by release.

pub(crate) mod arithmetic;

pub(crate) use arithmetic::{Arithmetic, official::Official};
