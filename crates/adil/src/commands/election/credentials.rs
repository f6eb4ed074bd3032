//! `adil election credentials`: the codes.

use adil_election::Voters;

use super::arguments::Credentials;
use crate::hold::authority::{self, HandingOut};
use crate::hold::organiser::read_draft;
use crate::hold::told::Told;
use crate::hold::{HoldFailure, files};

pub(crate) fn run(arguments: &Credentials) -> Result<Told, HoldFailure> {
    let draft = read_draft(&arguments.draft)?;
    let (plan, _) = draft.read()?;
    let list = files::read(&arguments.voters)?;
    let voters = Voters::parse(&list, plan.voter_settings()).map_err(|error| HoldFailure::Faults {
        path: arguments.voters.display().to_string(),
        faults: error.to_string(),
    })?;
    let how = HandingOut {
        spares_percent: arguments.spares,
        letters: !arguments.no_letters,
        vote_at: arguments.vote_at.as_deref(),
        check_at: arguments.check_at.as_deref(),
    };
    let made = authority::create(&arguments.folder, &draft, &voters, &how)?;
    let folder = arguments.folder.display();
    let mut told =
        Told::done(format!("{folder}: voting codes for {} voters, and {} spare ones.", made.voters, made.spares))
            .and(format!("Fingerprint of the public list: {}", made.fingerprint));
    let (warnings, more) = voters.warnings();
    for warning in warnings {
        told = told.and(format!("Note: {warning}"));
    }
    if more > 0 {
        told = told.and(format!("Note: {more} more of the same kind"));
    }
    let rare = voters.secrecy_warnings();
    if rare.voters > 0 {
        let listed: Vec<String> =
            rare.weights.iter().take(10).map(|rare| format!("{} ({} voters)", rare.weight, rare.voters)).collect();
        told = told.and(format!(
            "Note: {} voters have a weight that few others have, so that the result may show how they voted: {}",
            rare.voters,
            listed.join(", ")
        ));
    }
    let letters = if arguments.no_letters { String::new() } else { format!(" and {folder}/private/letters-*.html") };
    Ok(told
        .secret(format!(
            "{folder}/private/codes.csv{letters}: the codes; hand each to its voter, then destroy the files"
        ))
        .secret(format!("{folder}/private/key: signs revocations"))
        .secret(format!("{folder}/private/register.json: who has which credential; needed to revoke a leaked code"))
        .secret(format!("{folder}/spares: give it to somebody else, and keep no copy: it answers a leak of the codes"))
        .publish(format!("{folder}/credentials.json: to the organiser"))
        .publish("the fingerprint above: in the announcement of the election")
        .next(format!("Organiser: adil election assemble ORG {folder}/credentials.json TRUSTEE-FILES…")))
}
