//! Whatever is sent as a ballot, the server answers, and its log grows by what it accepts alone.
#![no_main]

#[path = "../../crates/server/tests/common/mod.rs"]
mod common;
#[path = "../../crates/server/tests/posted/mod.rs"]
mod posted;

use std::sync::{LazyLock, Mutex};

use libfuzzer_sys::fuzz_target;
use posted::Posted;

static POSTED: LazyLock<Mutex<Posted>> = LazyLock::new(|| Mutex::new(Posted::new()));

fuzz_target!(|bytes: &[u8]| {
    POSTED.lock().expect("nothing failed before").send(bytes);
});
