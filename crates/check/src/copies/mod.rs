//! Checks of several statements of one station's result.

mod addition;
pub(crate) mod compare;

pub(crate) use addition::Addition;
pub(crate) use compare::Compare;
