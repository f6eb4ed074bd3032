//! `adil init`: look at a results table and write an election.toml for it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use adil_open::{Limits, Looked, Proposal, look_at_table};
use adil_record::{Guess, ImportError, Proof, toml_string};

use crate::arguments::Init;
use crate::failure::Failure;
use crate::{output, screen};

/// Looks at the table, writes the description and says what was recognised.
pub(crate) fn run(arguments: &Init) -> Result<ExitCode, Failure> {
    let output = arguments.output.clone().unwrap_or_else(|| arguments.table.with_file_name("election.toml"));
    // A table that is not there is told of by the reading, first of all.
    if output.exists() && arguments.table.exists() && !arguments.force {
        return Err(Failure::Exists { file: output.display().to_string() });
    }
    output::may_be_written(&output)?;
    output::replaces_none(&output, [arguments.table.as_path()])?;
    let (sheet, encoding) = (arguments.sheet.as_deref(), arguments.encoding.as_deref());
    let looked = look_at_table(&arguments.table, sheet, encoding, &Limits::default())?;
    let file = relative(&arguments.table, &output)?;
    let title = arguments.table.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let text = match &looked.proposal {
        Proposal::Known(family) => {
            let title = format!("{} – {title}", family.title);
            let (publisher, family) = (toml_string(&family.publisher), toml_string(&family.family));
            format!(
                "title = {}\n\n[[contest]]\nid = \"contest\"\n\n[[contest.release]]\nid = \"final\"\n\
                 publisher = {publisher}\n\n[[table]]\nfile = {}\nfamily = {family}\n",
                toml_string(&title),
                toml_string(&file)
            )
        }
        Proposal::Guessed { guess, .. } => guess.election_toml(&title, &file),
    };
    output::write(&output, &text)?;
    screen::print_cleaned(&told(&looked, &output))?;
    Ok(ExitCode::SUCCESS)
}

/// The table's path as seen from the description's folder: its name where they are neighbours.
fn relative(table: &Path, output: &Path) -> Result<String, Failure> {
    let folder = |path: &Path| path.parent().map(Path::to_path_buf).unwrap_or_default();
    let same = folder(table) == folder(output);
    let path: PathBuf = match (same, table.file_name()) {
        (true, Some(name)) => name.into(),
        _ => std::path::absolute(table).unwrap_or_else(|_| table.to_path_buf()),
    };
    let unnameable = || Failure::Unnameable { file: table.display().to_string() };
    path.to_str().map(str::to_owned).ok_or_else(unnameable)
}

fn told(looked: &Looked, output: &Path) -> String {
    let mut text = format!("{}: {}, header in row {}\n", looked.table, looked.encoding, looked.header_row);
    if !looked.others.is_empty() {
        let _ = writeln!(text, "also in this file (choose with --sheet): {}", looked.others.join(", "));
    }
    match &looked.proposal {
        Proposal::Known(family) => {
            let _ = writeln!(text, "\nThis table is known: {} (built-in map {:?}).", family.title, family.family);
            text.push_str("`adil check` reads it as it is; the description only gives it a place for a title.\n");
        }
        Proposal::Guessed { guess, proved, stations } => {
            guessed(&mut text, guess);
            sums(&mut text, proved, *stations);
        }
    }
    let _ = writeln!(text, "\nWritten: {0}\nLook at every line of it, then: adil check {0}", output.display());
    text
}

fn guessed(text: &mut String, guess: &Guess) {
    text.push_str("\nRecognised:\n");
    let options = guess.recognised.iter().filter(|(_, role)| role == "option").count();
    for (column, role) in guess.recognised.iter().filter(|(_, role)| role != "option") {
        let _ = writeln!(text, "  {role:<24} {column}");
    }
    if options > 0 {
        let mut names = guess.recognised.iter().filter(|(_, role)| role == "option").map(|(column, _)| column.as_str());
        let shown: Vec<&str> = names.by_ref().take(6).collect();
        let more = names.count();
        let rest = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = writeln!(text, "  {:<24} {}{rest}", format!("{options} options"), shown.join(", "));
    }
    text.push_str("\nNot recognised: ");
    text.push_str(&if guess.unrecognised.is_empty() { "nothing".to_owned() } else { guess.unrecognised.join(", ") });
    text.push('\n');
}

fn sums(text: &mut String, proved: &Result<Vec<Proof>, ImportError>, stations: usize) {
    match proved {
        Ok(proofs) if proofs.is_empty() => {
            let _ = writeln!(text, "\n{stations} stations read. No sum of the table's columns proves the guess.");
        }
        Ok(proofs) => {
            let _ = writeln!(text, "\n{stations} stations read. Sums that prove the guess:");
            for proof in proofs {
                let holds = proof.tested - proof.failing;
                let _ = writeln!(text, "  {} holds in {holds} of {} rows", proof.identity.formula(), proof.tested);
            }
        }
        Err(error) => {
            let _ = writeln!(text, "\nThe guess does not hold yet: {error}");
        }
    }
}
