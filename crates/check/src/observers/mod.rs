//! Checks of what observers saw.

mod answers;
mod contrast;
mod coverage;
mod incidents;
mod located;
#[cfg(test)]
pub(crate) mod tests;

pub(crate) use answers::Answers;
pub(crate) use contrast::{Contrast, REPORTS};
pub(crate) use coverage::Coverage;
pub(crate) use incidents::Incidents;
