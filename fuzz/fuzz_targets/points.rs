//! Whatever texts and bytes elements and scalars are written in, all engines read the same, and one form only.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_crypto::fuzz::points(bytes);
});
