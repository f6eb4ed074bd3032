//! Whatever design, frame and reports there are, they make the sample of the design or end in an error.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    adil_open::fuzz::quick_count_reports(text);
});
