//! Whatever bytes a file holds, reading it ends in rows within the limits or in an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_open::fuzz::table_rows(bytes);
});
