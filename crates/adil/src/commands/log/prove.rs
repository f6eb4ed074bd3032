//! `adil log prove`: a proof that an entry is in a log.

use std::process::ExitCode;

use adil_log::LogProof;
use adil_log::proof::LONGEST_EXTRA;
use adil_open::log::LogFolder;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::CONTRADICTED;
use super::arguments::Prove;
use super::failure::LogFailure;
use crate::failure::Failure;
use crate::{output, screen};

/// Writes the proof, after having checked it.
pub(crate) fn run(arguments: &Prove) -> Result<ExitCode, Failure> {
    if let Some(file) = &arguments.output {
        output::may_be_written(file)?;
    }
    let log = LogFolder::open(&arguments.folder).map_err(LogFailure::from)?;
    let extra = arguments.extra.as_deref().map(decoded).transpose()?;
    let (index, size) = (arguments.index, log.checkpoint().size);
    let entry = log.entry(index).map_err(LogFailure::from)?;
    let hashes = log.inclusion(index, size).map_err(LogFailure::from)?;
    let proof = LogProof { extra, index, hashes, note: log.note().clone() };
    if let Err(fault) = proof.includes(&entry) {
        screen::print_cleaned(&format!("{}: cannot prove this: {fault}\n", arguments.folder.display()))?;
        return Ok(ExitCode::from(CONTRADICTED));
    }
    match &arguments.output {
        None => screen::print(&proof.to_string())?,
        Some(file) => {
            output::write(file, &proof.to_string())?;
            let origin = &log.checkpoint().origin;
            screen::print_cleaned(&format!(
                "{}: proves that entry {index} ({} bytes) is in the log {origin}, of {size} entries.\n",
                file.display(),
                entry.len()
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn decoded(text: &str) -> Result<Vec<u8>, LogFailure> {
    let bytes = STANDARD.decode(text).ok().filter(|bytes| bytes.len() <= LONGEST_EXTRA);
    bytes.ok_or(LogFailure::Extra { most: LONGEST_EXTRA })
}
