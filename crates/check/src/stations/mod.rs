//! Checks of the results of stations.

mod balance;
mod base_rate;
mod comet;
mod cut;
mod duplicates;
mod fingerprint;
mod impossible;
mod integers;
mod klimek;
mod last_digit;
mod machines;
mod mobile;
mod neighbours;
mod places;
mod rates;
mod regions;
mod row;
mod timeline;
mod totals;
mod unused;

pub(crate) use balance::Balance;
pub(crate) use comet::Comet;
pub(crate) use duplicates::Duplicates;
pub(crate) use fingerprint::Fingerprint;
pub(crate) use impossible::Impossible;
pub(crate) use integers::Integers;
pub(crate) use klimek::Klimek;
pub(crate) use last_digit::LastDigit;
pub(crate) use machines::Machines;
pub(crate) use mobile::Mobile;
pub(crate) use neighbours::Neighbours;
pub(crate) use regions::Regions;
pub(crate) use timeline::Timeline;
pub(crate) use totals::Totals;
pub(crate) use unused::Unused;
