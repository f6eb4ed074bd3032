//! Observers' incidents, from bytes to a book: nothing is lost, nothing that was written is kept in words.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    adil_open::fuzz::observer_incidents(bytes);
});
