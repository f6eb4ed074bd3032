//! Whatever bytes a map holds, reading it ends in closed rings on the globe within the limits, or in an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_exchange::fuzz::map(bytes);
});
