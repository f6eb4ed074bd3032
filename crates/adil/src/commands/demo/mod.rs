//! `adil demo`: a small election from its plan to its check, with a leak of half of the voting codes in the middle.
//!
//! Every role acts in a folder of its own by the same functions as the commands. Time is told, not waited for: the
//! election begins four hours ago.

mod leak;
mod plan;
mod roles;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser as _};

use crate::arguments::{Arguments, Command};
use crate::commands::election::{closing, publish};
use crate::failure::Failure;
use crate::hold::organiser::Organiser;
use crate::hold::{HoldFailure, clock};
use crate::screen;
use plan::{HONEST, LEAKED, Vote};
use roles::Roles;

/// Arguments of `adil demo`.
#[derive(Debug, Args)]
pub(crate) struct Demo {
    /// Where to keep the election; in a temporary folder that goes with the program where nothing is named
    pub(crate) folder: Option<PathBuf>,
}

/// Minutes after the opening.
const FIRST_VOTES: u64 = 10;
const REVOTES: u64 = 40;
const THE_LEAK: u64 = 60;
const THE_ATTACK: u64 = 65;
const REVOKED: u64 = 90;
const VOTED_AGAIN: u64 = 100;
const CLOSED: u64 = 230;
/// How long ago the demonstration's election was opened, in minutes.
const OPENED_BEFORE: u64 = 240;

/// Holds the election, and checks it.
pub(crate) fn run(demo: &Demo) -> Result<ExitCode, Failure> {
    let temporary = match &demo.folder {
        Some(_) => None,
        None => Some(tempfile::tempdir().map_err(|error| HoldFailure::Order(format!("no temporary folder: {error}")))?),
    };
    let folder = match (&demo.folder, &temporary) {
        (Some(folder), _) => folder.clone(),
        (None, Some(temporary)) => temporary.path().join("election"),
        (None, None) => PathBuf::from("election"),
    };
    hold(&folder)?;
    screen::print("\nNow the check, from the public files alone: adil check ")?;
    screen::print_cleaned(&format!("{}\n\n", folder.display()))?;
    let arguments = Arguments::try_parse_from(["adil".as_ref(), "check".as_ref(), folder.as_os_str()]);
    let Ok(Arguments { command: Command::Check(check) }) = arguments else {
        return Err(HoldFailure::Order("the check cannot be called".to_owned()).into());
    };
    let status = crate::commands::check::run(&check)?;
    if demo.folder.is_some() {
        let folder = folder.display();
        screen::print_cleaned(&format!(
            "\nKept: {folder}/election.bel and {folder}/log are public; {folder}/private and {folder}/roles hold every \
             secret of this election.\n"
        ))?;
    }
    Ok(status)
}

fn say(line: &str) -> Result<(), HoldFailure> {
    screen::print_cleaned(&format!("{line}\n")).map_err(|error| HoldFailure::Order(error.to_string()))
}

/// Holds the election in a folder that must not be there.
fn hold(folder: &Path) -> Result<(), HoldFailure> {
    let opened = (clock::seconds() / 60).saturating_sub(OPENED_BEFORE);
    say("Setting up")?;
    let roles = Roles::set_up(folder, opened * 60)?;
    let organiser = Organiser::open(folder)?;
    let mut held = organiser.board()?;
    say(&format!(
        "  {} voters with a code each and as many spare codes; 5 trustees, of whom 3 decrypt, none of whom ever had the key",
        plan::VOTERS
    ))?;
    let mut expected = plan::Expected::default();

    say("Voting")?;
    let first: Vec<Vote> = HONEST.to_vec();
    roles.vote(&mut held, &first, opened + FIRST_VOTES)?;
    let again: Vec<Vote> = plan::REVOTES.to_vec();
    roles.vote(&mut held, &again, opened + REVOTES)?;
    first.iter().chain(&again).for_each(|vote| expected.count(vote));
    say(&format!(
        "  {} voters have voted; {} of them have changed their mind and voted again",
        first.len(),
        again.len()
    ))?;

    say("The leak")?;
    let leak = leak::Leak::of(&roles)?;
    say(&format!("  the codes of {} voters and the private keys of 2 trustees are published", LEAKED.len()))?;
    leak.attack(&roles, &mut held, opened + THE_ATTACK)?;
    say("  somebody votes with all of these codes")?;
    leak.learns_nothing(&held)?;
    say("  with the 2 keys nothing can be decrypted")?;

    say("The answer")?;
    roles.revoke(&mut held, opened + THE_LEAK, opened + REVOKED)?;
    say(
        "  the credential authority and the organiser revoke the codes; ballots cast with them since the leak are set aside",
    )?;
    leak.is_refused(&roles, &mut held, opened + REVOKED + 5)?;
    say("  ballots with these codes are refused from now on")?;
    let by_spare: Vec<Vote> = plan::BY_SPARE.to_vec();
    roles.vote_by_spare(&mut held, &by_spare, opened + VOTED_AGAIN)?;
    by_spare.iter().for_each(|vote| expected.count(vote));
    say(&format!("  {} of the voters vote again with a spare code from another holder", by_spare.len()))?;

    say("The tally")?;
    closing::close_at(&mut held, opened + CLOSED)?;
    drop(held);
    roles.tally()?;
    let mut held = organiser.board()?;
    let outcomes = closing::result_now(&mut held)?;
    expected.compare(&outcomes)?;
    say("  2 trustees shuffle, 3 decrypt; the result is that of the honest votes")?;
    let archive = folder.join("election.bel");
    publish::write(&held.board, &archive)?;
    publish::describe(folder, &archive, &held.board)?;
    Ok(())
}
