//! Whatever lines a file of forecasts holds, each counts or is set aside with its rule.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    adil_open::fuzz::forecast_lines(text);
});
