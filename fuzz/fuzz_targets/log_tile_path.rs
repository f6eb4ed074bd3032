//! Whatever path is asked for, it names a tile in one form or nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_log::fuzz::tile_path(bytes);
});
