//! Checks of exit polls: each poll beside the count, all houses together, and poll and count station by station.

mod beside;
mod houses;
mod national;
mod paired;
#[cfg(test)]
mod tests;

pub(crate) use houses::Houses;
pub(crate) use national::National;
pub(crate) use paired::Paired;
