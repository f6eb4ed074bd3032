//! Whatever bytes a proof has, reading it ends in a proof that is written the same or in an error, and it proves nothing made up.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_log::fuzz::proof(bytes);
});
