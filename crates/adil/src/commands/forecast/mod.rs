//! `adil forecast`: commit, reveal, score.

pub(crate) mod arguments;
mod score;

use std::path::Path;
use std::process::ExitCode;

use adil_record::{ForecastDraft, ForecastDraftError, KeptForecast, Moment, Nonce, commitment_line};
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::hold::{HoldFailure, clock, files, random};
use crate::screen;
use arguments::{Commit, Forecast, Reveal, Step};

/// Takes a step.
pub(crate) fn run(arguments: &Forecast) -> Result<ExitCode, Failure> {
    match &arguments.step {
        Step::Commit(commit) => committed(commit)?,
        Step::Reveal(reveal) => revealed(reveal)?,
        Step::Score(score) => score::run(score)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn committed(arguments: &Commit) -> Result<(), Failure> {
    let text = text_of(&arguments.forecast)?;
    let draft = ForecastDraft::parse(&text).map_err(|error| unusable(&arguments.forecast, &error))?;
    if arguments.keep.exists() {
        return Err(HoldFailure::Exists { path: arguments.keep.display().to_string() }.into());
    }
    let time = moment(arguments.time.as_deref())?;
    let mut bytes = Zeroizing::new([0; 32]);
    random::fill(&mut *bytes)?;
    let kept = KeptForecast { draft, nonce: Nonce::new(*bytes) };
    let secret = Zeroizing::new(kept.write());
    let line = commitment_line(&kept.draft.contest, &kept.draft.forecaster, time, kept.digest());
    let published = added(&arguments.out, &line)?;
    // What is kept comes first: a commitment that nobody can reveal is worth nothing.
    files::write_together(&[
        (arguments.keep.as_path(), secret.as_bytes(), files::Readers::Owner),
        (arguments.out.as_path(), published.as_bytes(), files::Readers::All),
    ])?;
    let (out, keep) = (arguments.out.display(), arguments.keep.display());
    screen::print_cleaned(&format!(
        "Committed at {time}: {}\nPublish the last line of {out} before the close. Keep {keep}, and show it to nobody before then.\n",
        kept.digest()
    ))
}

fn revealed(arguments: &Reveal) -> Result<(), Failure> {
    let text = files::read_private_text(&arguments.keep)?;
    let kept = KeptForecast::parse(&text).map_err(|error| unusable(&arguments.keep, &error))?;
    let time = moment(arguments.time.as_deref())?;
    let published = added(&arguments.out, &kept.reveal_line(time))?;
    files::write(&arguments.out, published.as_bytes(), files::Readers::All)?;
    let (digest, out) = (kept.digest(), arguments.out.display());
    screen::print_cleaned(&format!("Revealed at {time}: {digest}\nPublish the last line of {out}.\n"))
}

/// What a file holds, with a line behind it: lines are only ever added.
fn added(file: &Path, line: &str) -> Result<String, Failure> {
    let mut text = if file.exists() { text_of(file)? } else { String::new() };
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(line);
    Ok(text)
}

fn text_of(file: &Path) -> Result<String, Failure> {
    let bytes = files::read(file)?;
    Ok(String::from_utf8(bytes).map_err(|_| HoldFailure::file(file, "is no text in UTF-8"))?)
}

fn unusable(file: &Path, error: &ForecastDraftError) -> Failure {
    HoldFailure::file(file, error).into()
}

fn moment(text: Option<&str>) -> Result<Moment, Failure> {
    let wrong = |text: &str| {
        let form = "a time is written like 2026-11-25T20:00Z or 2026-11-25T20:00+05:00";
        Failure::from(HoldFailure::Input(format!("--time: {text:?} is no time: {form}")))
    };
    match text {
        Some(text) => Moment::parse(text).ok_or_else(|| wrong(text)),
        None => Ok(Moment::of_seconds(i64::try_from(clock::seconds()).unwrap_or(i64::MAX))),
    }
}
