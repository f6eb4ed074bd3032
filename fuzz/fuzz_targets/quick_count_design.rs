//! Whatever text a design holds, reading it ends in a design that is written as it was read, or in an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    adil_open::fuzz::quick_count_design(text);
});
