//! `adil log compare`: whether one log is behind two checkpoints that people saw.

use std::path::Path;
use std::process::ExitCode;

use adil_log::proof::LONGEST_FILE;
use adil_log::tree::verify_consistency;
use adil_log::{Checkpoint, LogProof, Note, VerifierKey};
use adil_open::log::LogFolder;

use super::arguments::Compare;
use super::failure::LogFailure;
use super::{CONTRADICTED, trust};
use crate::failure::Failure;
use crate::screen;

/// A checkpoint that somebody saw.
struct Sighting {
    /// Where it stands.
    file: String,
    checkpoint: Checkpoint,
    /// Who signed it, a line each.
    signers: String,
}

/// Says whether one log is behind both checkpoints.
pub(crate) fn run(arguments: &Compare) -> Result<ExitCode, Failure> {
    let keys = trust::keys(&arguments.keys)?;
    let one = sighting(&arguments.one, &keys)?;
    let other = sighting(&arguments.other, &keys)?;
    if one.checkpoint.origin != other.checkpoint.origin {
        let (one, other) = (one.checkpoint.origin, other.checkpoint.origin);
        return Err(LogFailure::OtherLogs { one, other }.into());
    }
    let (small, large) = if one.checkpoint.size <= other.checkpoint.size { (one, other) } else { (other, one) };
    if small.checkpoint.size == large.checkpoint.size {
        return told(&same_size(&small, &large), &[&small, &large], &keys);
    }
    let (least, most) = (small.checkpoint.size, large.checkpoint.size);
    let Some(folder) = &arguments.log else {
        return Err(LogFailure::NeedsLog { small: least, large: most }.into());
    };
    let log = LogFolder::open(folder).map_err(LogFailure::from)?;
    let copy = of_note(folder.display().to_string(), log.note(), &keys)?;
    if copy.checkpoint.origin != small.checkpoint.origin {
        let (one, other) = (small.checkpoint.origin, copy.checkpoint.origin);
        return Err(LogFailure::OtherLogs { one, other }.into());
    }
    if copy.checkpoint.size < most {
        let (folder, found) = (copy.file, copy.checkpoint.size);
        return Err(LogFailure::OldCopy { folder, found, wanted: most }.into());
    }
    for seen in [&small, &large] {
        if !continues(&log, &seen.checkpoint)? {
            return told(&Verdict::Fork, &[seen, &copy], &keys);
        }
    }
    let proof = log.consistency(least, most).map_err(LogFailure::from)?;
    let ends = |seen: &Sighting| (seen.checkpoint.size, seen.checkpoint.root);
    let ((least, small_root), (most, large_root)) = (ends(&small), ends(&large));
    verify_consistency((least, &small_root), (most, &large_root), &proof)
        .map_err(|_| LogFailure::DamagedCopy { folder: copy.file.clone() })?;
    told(&Verdict::Grown { by: most - least }, &[&small, &large], &keys)
}

/// What follows from two checkpoints.
enum Verdict {
    /// They say the same.
    Same,
    /// The larger continues the smaller.
    Grown {
        /// How many entries were added.
        by: u64,
    },
    /// No log can be behind both.
    Fork,
}

fn same_size(one: &Sighting, other: &Sighting) -> Verdict {
    if one.checkpoint.root == other.checkpoint.root { Verdict::Same } else { Verdict::Fork }
}

/// Whether the log in a folder begins with what the checkpoint states. Its hashes must lead to its own checkpoint, or
/// nothing follows from them.
fn continues(log: &LogFolder, seen: &Checkpoint) -> Result<bool, LogFailure> {
    let damaged = || LogFailure::DamagedCopy { folder: log.path().display().to_string() };
    let own = log.checkpoint();
    let root = log.root(seen.size)?;
    let proof = log.consistency(seen.size, own.size)?;
    // The hashes of the folder are one log that ends in its checkpoint, and `root` is where that log was at this size.
    verify_consistency((seen.size, &root), (own.size, &own.root), &proof).map_err(|_| damaged())?;
    Ok(root == seen.root)
}

fn told(verdict: &Verdict, seen: &[&Sighting; 2], keys: &[VerifierKey]) -> Result<ExitCode, Failure> {
    let [one, other] = seen;
    let origin = &one.checkpoint.origin;
    let mut text = match verdict {
        Verdict::Same => format!("The same: both state the same {} entries of {origin}.\n", one.checkpoint.size),
        Verdict::Grown { by } => {
            format!(
                "One log: {} continues {} of {origin} by {by} entries; nothing was changed or taken away.\n",
                other.file, one.file
            )
        }
        Verdict::Fork => format!(
            "A fork: no list that only grows can have been {} and {} alike. {}\n",
            one.file,
            other.file,
            match keys {
                [] =>
                    "If both signatures hold (none was checked), whoever holds the key showed different people different logs.",
                _ => "Whoever holds the key of the log showed different people different logs.",
            }
        ),
    };
    for Sighting { file, checkpoint, signers } in seen {
        text += &format!("\n{file}\n  {} entries, root {}\n{signers}", checkpoint.size, checkpoint.root);
    }
    screen::print_cleaned(&text)?;
    Ok(if matches!(verdict, Verdict::Fork) { ExitCode::from(CONTRADICTED) } else { ExitCode::SUCCESS })
}

/// Reads a checkpoint, or a proof with one in it.
fn sighting(path: &Path, keys: &[VerifierKey]) -> Result<Sighting, LogFailure> {
    let file = path.display().to_string();
    let bytes = trust::read(path, LONGEST_FILE, "a checkpoint or a proof")?;
    let note = if bytes.starts_with(b"c2sp.org/tlog-proof") {
        LogProof::parse(&bytes).map_err(|error| LogFailure::Proof { file: file.clone(), error })?.note
    } else {
        Note::parse(&bytes).map_err(|error| LogFailure::Note { file: file.clone(), error })?
    };
    of_note(file, &note, keys)
}

/// The checkpoint of a note; where keys are given, it must be signed by the log.
fn of_note(file: String, note: &Note, keys: &[VerifierKey]) -> Result<Sighting, LogFailure> {
    let bad = |error| LogFailure::Checkpoint { file: file.clone(), error };
    if keys.is_empty() {
        let checkpoint = Checkpoint::of(note).map_err(bad)?;
        let line =
            |line: &adil_log::SignatureLine| format!("  bears the name {} (key {}), not checked\n", line.name, line.id);
        return Ok(Sighting { signers: note.signatures().iter().map(line).collect(), checkpoint, file });
    }
    let (checkpoint, held) = Checkpoint::signed(note, keys).map_err(bad)?;
    let signers = held.iter().map(|signed| trust::signer(signed.key, signed.verified)).collect();
    Ok(Sighting { file, checkpoint, signers })
}
