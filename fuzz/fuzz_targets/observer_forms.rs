//! Whatever bytes a file holds, it is an XLSForm, an export of answers, or an error; a form is written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    adil_open::fuzz::observer_forms(bytes);
});
