//! Whatever text a manifest, a list of redactions, a statement or an entry of a bundle has, reading it ends in one that is written the same or
//! in an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    adil_open::fuzz::bundle(text);
});
