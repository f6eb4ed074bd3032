//! Whatever bytes an archive holds, verifying it ends in a board or in an error, and two shards give what one run gives.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_belenios::fuzz::board_archive(bytes);
});
