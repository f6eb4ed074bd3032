//! However a sound ballot is changed, the fast ways to its verdict and the plain one agree.
#![no_main]

#[path = "../../crates/belenios/tests/support/changes.rs"]
mod changes;
#[path = "../../crates/belenios/tests/support/number.rs"]
mod number;
#[path = "../../crates/belenios/tests/support/prover.rs"]
mod prover;

use std::sync::{LazyLock, Mutex};

use changes::Elections;
use libfuzzer_sys::fuzz_target;

static ELECTIONS: LazyLock<Mutex<Elections>> = LazyLock::new(|| Mutex::new(Elections::new()));

fuzz_target!(|bytes: &[u8]| {
    let case = ELECTIONS.lock().expect("nothing failed before").case(bytes);
    adil_belenios::fuzz::ballot_paths(case.election.as_bytes(), case.credentials.as_bytes(), &case.ballots);
});
