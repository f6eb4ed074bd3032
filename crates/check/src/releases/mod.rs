//! Checks of what was published, release by release.

mod arithmetic;

pub(crate) use arithmetic::{Arithmetic, Official};
