//! Whatever bytes a signed note has, reading it ends in a note that is written the same or in an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_log::fuzz::note(bytes);
});
