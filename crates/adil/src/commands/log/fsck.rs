//! `adil log fsck`: every file of a log.

use std::process::ExitCode;

use adil_open::log::{LogFault, LogFolder};

use super::arguments::Fsck;
use super::failure::LogFailure;
use super::{CONTRADICTED, trust};
use crate::failure::Failure;
use crate::progress::Line;
use crate::screen;

/// Says whether all files are what the checkpoint states.
pub(crate) fn run(arguments: &Fsck) -> Result<ExitCode, Failure> {
    let keys = trust::keys(&arguments.keys)?;
    let log = LogFolder::open(&arguments.folder).map_err(LogFailure::from)?;
    let line = Line::new();
    let outcome = log.fsck(&keys, &mut |done, all| line.say(&format!("reading entries: {done} of {all}")));
    line.done();
    let facts = match outcome {
        Ok(facts) => facts,
        Err(LogFault::Unreadable(error)) => return Err(LogFailure::Log(error).into()),
        Err(fault) => {
            screen::print_cleaned(&format!("Contradicted: {fault}.\n"))?;
            return Ok(ExitCode::from(CONTRADICTED));
        }
    };
    let mut text = format!(
        "Sound: {} entries ({} bytes) of the log {}, {} tiles and {} stored objects ({} bytes) are what the checkpoint \
         states.\n  root {}\n",
        facts.entries,
        facts.entry_bytes,
        facts.checkpoint.origin,
        facts.tiles,
        facts.objects,
        facts.object_bytes,
        facts.checkpoint.root
    );
    match facts.signed_by.as_slice() {
        [] => text.push_str("  No signature was checked: give the public key of the log with --key.\n"),
        signed => text.extend(signed.iter().map(|(key, verified)| trust::signer(key, *verified))),
    }
    screen::print_cleaned(&text)?;
    Ok(ExitCode::SUCCESS)
}
