//! Whatever text an `election.toml` holds, reading it ends in a description or in an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    adil_open::fuzz::election_toml(text);
});
