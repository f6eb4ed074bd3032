//! Whatever bytes a record holds, reading it ends in what it says or in a fault, and what is read is written the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_belenios::fuzz::board_records(bytes);
});
