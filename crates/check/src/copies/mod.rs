//! Checks of several statements of one station's result.

pub(crate) mod compare;

pub(crate) use compare::Compare;
