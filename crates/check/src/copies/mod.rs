//! Checks of several statements of one station's result.

mod addition;
pub(crate) mod compare;
mod entries;
mod over_time;
#[cfg(test)]
pub(crate) mod sample;
mod three_way;

pub(crate) use addition::Addition;
pub(crate) use compare::Compare;
pub(crate) use entries::Entries;
pub(crate) use over_time::OverTime;
pub(crate) use three_way::ThreeWay;
