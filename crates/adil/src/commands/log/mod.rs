//! `adil log`: what anyone can do with a transparency log.

pub(crate) mod arguments;
mod compare;
mod cosign;
pub(crate) mod failure;
mod fsck;
mod http;
mod prove;
pub(super) mod trust;
mod verify;
mod witness;

use std::process::ExitCode;

use arguments::{Log, LogCommand};

use crate::failure::Failure;

/// Status 1: a statement of those who run the log is contradicted.
const CONTRADICTED: u8 = 1;

/// Does what was asked for.
pub(crate) fn run(log: &Log) -> Result<ExitCode, Failure> {
    match &log.command {
        LogCommand::Prove(prove) => prove::run(prove),
        LogCommand::Verify(verify) => verify::run(verify),
        LogCommand::Fsck(fsck) => fsck::run(fsck),
        LogCommand::Compare(compare) => compare::run(compare),
        LogCommand::Witness(witness) => witness::run(witness),
        LogCommand::Cosign(cosign) => cosign::run(cosign),
    }
}
