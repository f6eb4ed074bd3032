//! What operators do besides serving: look whether everything is in order, back up, restore, tidy up.

mod backup;
mod cleanup;
mod doctor;
mod system_state;

pub use backup::{BackupDone, back_up, restore};
pub use doctor::{Examination, Finding, Health};

pub(crate) use cleanup::keep_clean;

/// A configuration for unit tests.
#[cfg(test)]
pub(crate) fn test_config(base_url: &str) -> crate::Config {
    crate::Config { base_url: base_url.to_owned(), ..crate::Config::default() }
}
