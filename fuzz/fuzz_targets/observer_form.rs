//! The text of an observers' form.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    adil_open::fuzz::observer_form(text);
});
