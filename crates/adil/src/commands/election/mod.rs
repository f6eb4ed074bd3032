//! `adil election`: an election, role by role, each step a file.

pub(crate) mod arguments;
pub(crate) mod ballots;
pub(crate) mod closing;
pub(crate) mod credentials;
pub(crate) mod new;
pub(crate) mod opening;
pub(crate) mod publish;
mod receipt;
mod revoke;
mod status;
pub(crate) mod trustee;
mod vote;
mod words;

use std::process::ExitCode;

use arguments::{Election, Step};

use crate::failure::Failure;

/// Takes the step.
pub(crate) fn run(election: &Election) -> Result<ExitCode, Failure> {
    let told = match &election.step {
        Step::New(new) => new::run(new)?,
        Step::Credentials(credentials) => credentials::run(credentials)?,
        Step::Trustee(trustee) => trustee::run(&trustee.step)?,
        Step::Assemble(assemble) => opening::assemble(assemble)?,
        Step::Open(open) => opening::open(open)?,
        Step::Vote(vote) => vote::run(vote)?,
        Step::Cast(cast) => ballots::cast(cast)?,
        Step::Receipt(receipt) => receipt::run(receipt)?,
        Step::Accept(accept) => ballots::accept(accept)?,
        Step::Revoke(revoke) => revoke::revoke(revoke)?,
        Step::Cosign(cosign) => revoke::cosign(cosign)?,
        Step::Spares(spares) => revoke::spares(spares)?,
        Step::Close(folder) => closing::close(&folder.folder)?,
        Step::Shuffle(shuffle) => closing::shuffle(shuffle)?,
        Step::Add(add) => closing::add(add)?,
        Step::Result(folder) => closing::result(&folder.folder)?,
        Step::Publish(publish) => publish::run(publish)?,
        Step::Status(folder) => status::run(&folder.folder)?,
    };
    told.tell()?;
    Ok(ExitCode::SUCCESS)
}
