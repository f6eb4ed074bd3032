//! Checks of what observers saw.

mod answers;
mod coverage;
mod incidents;
mod located;
#[cfg(test)]
mod tests;

pub(crate) use answers::Answers;
pub(crate) use coverage::Coverage;
pub(crate) use incidents::Incidents;
