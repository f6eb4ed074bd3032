//! `adil election revoke`, `cosign` and `spares`: the answer to a leak of voting codes.

use std::path::Path;

use adil_belenios::hold::VotingCode;
use adil_election::authority::revocations;
use adil_election::messages::Message;
use adil_election::statement::Statement;

use super::arguments::{Cosign, Revoke, Spares};
use crate::hold::authority::{self, Authority, HandingOut, SpareOrder};
use crate::hold::board::Board;
use crate::hold::files::{self, Readers};
use crate::hold::organiser::{Organiser, note_bytes, read_message};
use crate::hold::told::Told;
use crate::hold::{HoldFailure, clock};

pub(super) fn revoke(arguments: &Revoke) -> Result<Told, HoldFailure> {
    let authority = Authority::open(&arguments.folder)?;
    let board = Board::open(&arguments.board)?;
    let register = authority.register()?;
    let mut ids = arguments.voter.clone();
    if let Some(path) = &arguments.voters_file {
        let bytes = files::read(path)?;
        let text = std::str::from_utf8(&bytes).map_err(|error| HoldFailure::file(path, error))?;
        for (line, id) in (1..).zip(text.lines().map(str::trim)).filter(|(_, id): &(usize, &str)| !id.is_empty()) {
            if !register.contains_key(id) {
                return Err(HoldFailure::file(path, format!("line {line}: {id:?} is no voter of the list")));
            }
            ids.push(id.to_owned());
        }
    }
    if let Some(path) = &arguments.codes_file {
        let by_credential: std::collections::HashMap<&str, &str> =
            register.values().map(|voter| (voter.credential.as_str(), voter.id.as_str())).collect();
        let text = files::read_private_text(path)?;
        for (line, code) in (1..).zip(text.lines()).filter(|(_, line): &(usize, &str)| !line.trim().is_empty()) {
            let at = |what: String| HoldFailure::Input(format!("{}, line {line}: {what}", path.display()));
            let code = VotingCode::parse(code).map_err(|fault| at(fault.to_string()))?;
            let credential = board.polls.public_credential(&code);
            let id = by_credential.get(credential.as_str());
            ids.push((*id.ok_or_else(|| at("the code is none of a voter of this election".to_owned()))?).to_owned());
        }
    }
    let mut named = std::collections::HashSet::new();
    ids.retain(|id| named.insert(id.clone()));
    let mut voters = Vec::new();
    for id in &ids {
        let voter = register.get(id);
        voters.push(voter.ok_or_else(|| HoldFailure::Input(format!("{id:?} is no voter of the list")))?);
    }
    let credentials: Vec<String> = voters.iter().map(|voter| voter.credential.clone()).collect();
    let (since, now) = (clock::minute(&arguments.since)?, clock::seconds() / 60);
    let _lock = authority.lock()?;
    let mut given = authority.given()?;
    let revocations = revocations(&board.ledger, &credentials, &given, since, now, &arguments.reason)?;
    given.extend(revocations.iter().map(|revocation| (revocation.credential.clone(), revocation.spare.clone())));
    authority.keep_given(&given)?;
    let key = authority.key()?;
    let (mut notes, mut orders) = (Vec::new(), Vec::new());
    for (revocation, voter) in revocations.into_iter().zip(&voters) {
        orders.push(SpareOrder {
            id: voter.id.clone(),
            name: voter.name.clone(),
            language: voter.language.clone(),
            weight: voter.weight,
            spare: revocation.spare.clone(),
        });
        notes.push(Statement::Revocation(revocation).signed(&[&key])?.to_string());
    }
    let count = notes.len();
    let message = Message::Revocations { uuid: authority.draft.uuid.clone(), notes };
    let orders = serde_json::to_vec(&orders).unwrap_or_default();
    are_these_or_none(&arguments.orders, &orders)?;
    files::write_together(&[
        (&arguments.orders, &orders, Readers::Owner),
        (&arguments.output, &message.to_bytes(), Readers::All),
    ])?;
    Ok(Told::done(format!("{count} revocations, signed by the credential authority; none is in force yet."))
        .secret(format!(
            "{}: which voter gets which spare; to the holder of the spare codes alone",
            arguments.orders.display()
        ))
        .publish(format!("{}: to the organiser", arguments.output.display()))
        .next(format!("Organiser: adil election cosign ORG {}", arguments.output.display()))
        .next(format!("Holder of the spare codes: adil election spares SPARES {}", arguments.orders.display())))
}

/// Whether orders may be written to a file. Those of an earlier leak may not have been carried out yet and are in no other place; the same ones
/// are there where the command was stopped.
fn are_these_or_none(path: &Path, orders: &[u8]) -> Result<(), HoldFailure> {
    if path.exists() && *files::read_private(path)? != orders {
        let text = "holds the orders of other revocations; name another file with --orders, and one with --output";
        return Err(HoldFailure::file(path, text));
    }
    Ok(())
}

pub(super) fn cosign(arguments: &Cosign) -> Result<Told, HoldFailure> {
    let organiser = Organiser::open(&arguments.folder)?;
    let mut held = organiser.board()?;
    let Message::Revocations { notes, .. } = read_message(&arguments.revocations)? else {
        return Err(HoldFailure::Content {
            path: arguments.revocations.display().to_string(),
            what: "the authority's signed revocations",
            found: "it is something else".to_owned(),
        });
    };
    let entries = notes
        .iter()
        .map(|text| {
            // The organiser's signature is put under revocations alone, whatever else the file holds.
            let parsed = Statement::parse(text.as_bytes());
            let (statement, mut note) = parsed.map_err(|error| HoldFailure::file(&arguments.revocations, error))?;
            if !matches!(statement, Statement::Revocation(_)) {
                let text = format!("holds another statement than revocations ({})", statement.name());
                return Err(HoldFailure::file(&arguments.revocations, text));
            }
            note.sign(&held.keys.organiser)?;
            Ok(note_bytes(&note))
        })
        .collect::<Result<Vec<_>, HoldFailure>>()?;
    let checked = held.board.would_hold(&entries, &[]);
    checked.map_err(|broken| HoldFailure::file(&arguments.revocations, broken))?;
    let first = held.log_statements(&entries, &[])?;
    let ledger = &held.board.ledger;
    let totals = ledger.totals(&ledger.not_counted());
    Ok(Told::done(format!("{} revocations are in force, from entry {first} of the log on.", entries.len()))
        .and(format!(
            "{} ballots are set aside so far, of {} voters; {} of them have not voted again.",
            totals.set_aside, totals.voters_set_aside, totals.voters_not_voted_again
        ))
        .and(format!("{} spare codes are left.", totals.spares_left))
        .publish(format!(
            "{}/log, as before: everybody sees the revocations and their reason",
            organiser.folder.display()
        ))
        .next("Holder of the spare codes: letters to these voters, who vote again with their new code"))
}

pub(super) fn spares(arguments: &Spares) -> Result<Told, HoldFailure> {
    let orders: Vec<SpareOrder> = files::read_private_json(&arguments.orders)?;
    let how = HandingOut {
        spares_percent: 0,
        letters: true,
        vote_at: arguments.vote_at.as_deref(),
        check_at: arguments.check_at.as_deref(),
    };
    let (page, table) = authority::spare_letters(&arguments.folder, &orders, &how)?;
    files::write_together(&[
        (&arguments.table, table.as_bytes(), Readers::Owner),
        (&arguments.output, page.as_bytes(), Readers::Owner),
    ])?;
    Ok(Told::done(format!("Letters with spare codes for {} voters.", orders.len()))
        .secret(format!(
            "{} and {}: hand each code to its voter, then destroy the files",
            arguments.output.display(),
            arguments.table.display()
        ))
        .next("The voters vote again with their new code"))
}
