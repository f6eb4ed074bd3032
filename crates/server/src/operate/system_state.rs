//! What the operating system knows: free space, and whether its clock is kept by a time server.

use std::path::Path;

/// How the clock is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Clock {
    /// By a time server.
    Kept,
    /// By nobody.
    Alone,
    /// The system does not say.
    Unknown,
}

/// Bytes that are free where a folder is.
#[cfg(unix)]
pub(super) fn free_bytes(folder: &Path) -> Option<u64> {
    let there = folder.ancestors().find(|one| one.exists()).unwrap_or(Path::new("."));
    let state = rustix::fs::statvfs(there).ok()?;
    Some(state.f_bavail.saturating_mul(state.f_frsize))
}

/// Bytes that are free where a folder is.
#[cfg(not(unix))]
pub(super) fn free_bytes(_: &Path) -> Option<u64> {
    None
}

/// How the clock is kept, as systemd says.
pub(super) fn clock() -> Clock {
    let asked =
        std::process::Command::new("timedatectl").args(["show", "--property=NTPSynchronized", "--value"]).output();
    match asked {
        Ok(output) if output.status.success() => match output.stdout.trim_ascii() {
            b"yes" => Clock::Kept,
            b"no" => Clock::Alone,
            _ => Clock::Unknown,
        },
        _ => Clock::Unknown,
    }
}
