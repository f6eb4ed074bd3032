//! `adil election status`: how far an election has come and what is missing.

use std::path::Path;

use adil_election::ledger::Phase;
use adil_election::setup::next_step;
use adil_election::tallying;

use crate::hold::HoldFailure;
use crate::hold::board::Board;
use crate::hold::clock;
use crate::hold::organiser::{ASSEMBLED, DRAFT, Organiser, QUESTIONS, read_draft};
use crate::hold::told::Told;

pub(super) fn run(folder: &Path) -> Result<Told, HoldFailure> {
    let shown = folder.display();
    let has_log = folder.join("checkpoint").is_file() || folder.join("log/checkpoint").is_file();
    if !has_log {
        if !folder.join("draft.json").is_file() && folder.join(QUESTIONS).is_file() {
            return Ok(Told::done(format!("{shown}: a plan to be filled in."))
                .next(format!("Organiser: adil election new {shown}")));
        }
        // Every role has the draft.
        let draft = folder.join(DRAFT);
        let (plan, uuid) = match draft.is_file() {
            true => read_draft(&draft)?.read()?,
            false => Organiser::open(folder)?.draft.read()?,
        };
        let told = Told::done(format!("{shown}: {:?} ({uuid}) is being prepared.", plan.title));
        return Ok(match folder.join(ASSEMBLED).is_file() {
            true => told
                .and("Credentials and trustees are put together; voting is not open.")
                .next("Each trustee: adil election trustee test; then the organiser: adil election open"),
            false => told
                .next("Credential authority: adil election credentials; trustees: adil election trustee")
                .next("Organiser, with their files: adil election assemble"),
        });
    }
    let board = Board::open(folder)?;
    Ok(of(&board, &shown.to_string()))
}

fn of(board: &Board, shown: &str) -> Told {
    let (ledger, election) = (&board.ledger, board.polls.election());
    let not_counted = ledger.not_counted();
    let (totals, counted) = (ledger.totals(&not_counted), ledger.last_of_each(&not_counted).len());
    let voters = ledger.lists.as_ref().map_or(0, |lists| lists.voters);
    let phase = match ledger.phase() {
        Phase::Empty | Phase::SetUp | Phase::Listed => "set up",
        Phase::Open => "open",
        Phase::Closed => "closed; the encrypted tally is missing",
        Phase::Tallied => "closed, with its encrypted tally",
        Phase::Shuffled => "shuffled",
        Phase::Decrypting => "being decrypted",
        Phase::Finished => "finished",
    };
    let mut told = Told::done(format!("{shown}: {:?} ({}) is {phase}.", election.name, election.uuid))
        .and(format!("Log:      {} entries, last minute {}", ledger.size(), clock::shown(ledger.minute())))
        .and(format!("Voters:   {voters}; {counted} of them have a ballot that counts"))
        .and(format!("Ballots:  {} in the log, {} set aside", totals.logged, totals.set_aside));
    if ledger.needs_acceptance() {
        told = told.and(format!("          {} wait for the voting server's acceptance", totals.not_accepted));
    }
    told = told.and(format!(
        "Spares:   {} codes are left; {} revocations so far, {} voters set aside have not voted again",
        totals.spares_left, totals.revocations, totals.voters_not_voted_again
    ));
    let by_weight = spares_by_weight(board);
    let covered: Vec<String> = by_weight.iter().map(|(weight, left)| format!("{left} of weight {weight}")).collect();
    told = told.and(format!(
        "          a leak of the codes of that many more voters can be answered: {}",
        if covered.is_empty() { "none".to_owned() } else { covered.join(", ") }
    ));
    if ledger.tally.is_some() {
        let by = tallying::decrypted_by(ledger);
        told = told.and(format!(
            "Trustees: {} shuffles; decrypted by {by:?}, {} needed of {}",
            ledger.shuffles.len(),
            board.polls.decryptions_needed(),
            board.polls.trustees().len()
        ));
    }
    told.next(next_step(ledger.phase()))
}

/// Free spares by weight.
fn spares_by_weight(board: &Board) -> std::collections::BTreeMap<u128, u64> {
    let mut left = std::collections::BTreeMap::new();
    for (spare, weight) in board.ledger.credentials().spares() {
        let is_free = board.ledger.revocation_giving(&adil_belenios::digest(spare.as_bytes())).is_none();
        *left.entry(*weight).or_default() += u64::from(is_free);
    }
    left
}
