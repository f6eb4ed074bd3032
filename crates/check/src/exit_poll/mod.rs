//! Checks of exit polls: each poll beside the count, all houses together, and poll and count station by station.

mod beside;
mod covariates;
mod figures;
mod houses;
mod national;
mod paired;
#[cfg(test)]
mod station_tests;
#[cfg(test)]
mod tests;
mod weighted;
mod words;

pub(crate) use houses::Houses;
pub(crate) use national::National;
pub(crate) use paired::Paired;
