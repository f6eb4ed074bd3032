//! Checks of the results of stations.

mod balance;
mod base_rate;
mod books;
mod coincidences;
mod comet;
mod cut;
mod duplicates;
mod excess;
mod fingerprint;
mod impossible;
mod integers;
mod klimek;
mod last_digit;
mod mobile;
mod rates;
mod regions;
mod row;
mod slope;
mod totals;
mod unused;

pub(crate) use balance::Balance;
pub(crate) use books::Books;
pub(crate) use coincidences::Coincidences;
pub(crate) use comet::Comet;
pub(crate) use duplicates::Duplicates;
pub(crate) use fingerprint::Fingerprint;
pub(crate) use impossible::Impossible;
pub(crate) use integers::Integers;
pub(crate) use klimek::Klimek;
pub(crate) use last_digit::LastDigit;
pub(crate) use mobile::Mobile;
pub(crate) use regions::Regions;
pub(crate) use totals::Totals;
pub(crate) use unused::Unused;
