//! Whatever bytes a policy has, reading it ends in a policy or in an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_log::fuzz::policy(bytes);
});
