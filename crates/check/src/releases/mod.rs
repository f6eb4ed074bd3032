//! Checks of what was published, release by release.
