//! `adil serve` as it runs: what must hold whatever happens to it, and its witnesses.
#![cfg(unix)]

mod faults;
mod load;
#[path = "../witness/mod.rs"]
mod witness;
mod witnesses;
