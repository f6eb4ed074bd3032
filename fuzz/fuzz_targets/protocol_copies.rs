//! Whatever bytes a file of copies holds, every line of it is a statement, is said again or is set aside.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_open::fuzz::protocol_copies(bytes);
});
