//! Whatever bytes a report holds, reading it in each format ends in tables of whole columns within the limits or in an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_exchange::fuzz::report(bytes);
});
