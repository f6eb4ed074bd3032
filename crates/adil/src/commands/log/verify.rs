//! `adil log verify`: whether an entry is in a log, from a proof alone.

use std::process::ExitCode;

use adil_log::proof::LONGEST_FILE;
use adil_log::{LONGEST_ENTRY, LogProof};

use super::arguments::Verify;
use super::failure::LogFailure;
use super::{CONTRADICTED, trust};
use crate::failure::Failure;
use crate::screen;

/// Says whether the proof shows the entry to be in the log.
pub(crate) fn run(arguments: &Verify) -> Result<ExitCode, Failure> {
    let policy = trust::policy(&arguments.trust)?;
    let file = arguments.proof.display().to_string();
    let bytes = trust::read(&arguments.proof, LONGEST_FILE, "a proof")?;
    let proof = LogProof::parse(&bytes).map_err(|error| LogFailure::Proof { file: file.clone(), error })?;
    let entry = trust::read(&arguments.entry, LONGEST_ENTRY, "an entry of a log")?;
    let named = arguments.entry.display();
    match proof.verify(&entry, &policy) {
        Ok(met) => {
            let (origin, size) = (&met.checkpoint.origin, met.checkpoint.size);
            let index = proof.index;
            screen::print_cleaned(&format!(
                "Verified: {named} is entry {index} of the log {origin}, of {size} entries.\n{}",
                trust::signers(&met)
            ))?;
            Ok(ExitCode::SUCCESS)
        }
        Err(fault) => {
            screen::print_cleaned(&format!(
                "Not verified: {file} does not show that {named} is in the log: {fault}.\n"
            ))?;
            Ok(ExitCode::from(CONTRADICTED))
        }
    }
}
