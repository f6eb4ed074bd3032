//! Whatever bytes a witness is sent, it refuses them or cosigns the one log that it knows.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_log::fuzz::witness_request(bytes);
});
