//! `adil publish`: a record rewritten for everybody, signed, and logged.

pub(crate) mod arguments;
mod boards;
mod bundle;
mod logged;
mod observers;
mod tables;

use std::path::Path;
use std::process::ExitCode;

use adil_log::checkpoint::is_origin;
use adil_log::{KeyName, Note, SigningKey};
use adil_open::log::ObjectDigest;
use adil_open::{ForPublication, Limits, open_for_publication, open_record};
use adil_record::{BundleNames, BundleStatement, Manifest, Redaction, bundle_names, rewritten_description};
use zeroize::Zeroizing;

use self::arguments::Publish;
use self::bundle::NewBundle;
use crate::failure::Failure;
use crate::hold::files::{self, Readers};
use crate::hold::{HoldFailure, random};
use crate::progress::Line;
use crate::screen;

/// Makes a key, or publishes.
pub(crate) fn run(arguments: &Publish) -> Result<ExitCode, Failure> {
    match (&arguments.new_key, &arguments.record, &arguments.output, &arguments.key) {
        (Some(file), ..) => new_key(file, arguments.origin.as_deref().unwrap_or_default())?,
        (None, Some(record), Some(output), Some(key)) => published(arguments, record, output, key)?,
        // clap asks for them.
        _ => return Ok(ExitCode::from(2)),
    }
    Ok(ExitCode::SUCCESS)
}

fn new_key(file: &Path, origin: &str) -> Result<(), Failure> {
    if file.symlink_metadata().is_ok() {
        return Err(HoldFailure::Exists { path: file.display().to_string() }.into());
    }
    let unusable = |why: &dyn ToString| HoldFailure::Input(format!("--origin: {}", why.to_string()));
    let name = KeyName::parse(origin).map_err(|error| unusable(&error))?;
    if !is_origin(origin) {
        return Err(unusable(&"is no name of a log").into());
    }
    let key = SigningKey::from_seed(name, &random::seed()?);
    let secret = Zeroizing::new(key.to_text().to_string() + "\n");
    files::write(file, secret.as_bytes(), Readers::Owner)?;
    let public = key.verifier();
    screen::print_cleaned(&format!(
        "Public key: {public}\nMake it known where people know you. Keep {}: whoever has it can publish in your name.\n",
        file.display()
    ))
}

/// The private key, whose name is the origin.
fn key_of(file: &Path, origin: Option<&str>) -> Result<SigningKey, Failure> {
    let text = files::read_private_text(file)?;
    // What stands in the file is not repeated.
    let key = SigningKey::parse(&text).map_err(|_| HoldFailure::file(file, "is no private key of `adil publish`"))?;
    let name = key.verifier().name().as_str();
    match origin {
        Some(origin) if origin != name => {
            Err(HoldFailure::Input(format!("--origin: the key is called {name:?}, and its log has the same name"))
                .into())
        }
        _ => Ok(key),
    }
}

/// The seed of the order of pseudonyms.
fn seed_of(file: Option<&Path>) -> Result<Zeroizing<[u8; 32]>, Failure> {
    let Some(file) = file else { return Ok(random::seed()?) };
    let text = files::read_private_text(file)?;
    match ObjectDigest::parse(&text) {
        Some(digits) => Ok(Zeroizing::new(*digits.as_bytes())),
        None => Err(HoldFailure::file(file, "64 digits of 0-9 and a-f were expected").into()),
    }
}

fn published(arguments: &Publish, record: &Path, output: &Path, key: &Path) -> Result<(), Failure> {
    if let Some(mapping) = arguments.keep_mapping.as_ref().filter(|mapping| mapping.symlink_metadata().is_ok()) {
        return Err(HoldFailure::Exists { path: mapping.display().to_string() }.into());
    }
    let key = key_of(key, arguments.origin.as_deref())?;
    let seed = seed_of(arguments.seed.as_deref())?;
    let line = Line::new();
    let parts = open_for_publication(record, &Limits::default(), &line)?;
    line.say("publishing");
    let mut bundle = NewBundle::begin(output)?;
    let mut names = BundleNames::default();
    tables::put(&parts, arguments, &seed, &mut bundle, &mut names)?;
    boards::put(&parts, &mut bundle, &mut names)?;
    let mapping = observers::put(&parts, arguments, &seed, &mut bundle, &mut names)?;
    let description = rewritten_description(&parts.text, &names)
        .map_err(|error| HoldFailure::Input(format!("{}: {error}", record.display())))?;
    bundle.text(bundle_names::DESCRIPTION, &description)?;
    let redaction = Redaction::new(arguments.round_minutes, arguments.min_observers, bundle.redacted());
    reads_alike(&bundle, &parts, &redaction)?;
    bundle.text(bundle_names::REDACTION, &redaction.print())?;
    let public = key.verifier().to_string();
    let publisher = arguments.publisher.as_deref().unwrap_or(key.verifier().name().as_str());
    let manifest = Manifest::new(publisher, arguments.kind, &public, bundle.files())
        .map_err(|error| HoldFailure::Input(format!("{}: {error}", output.display())))?;
    let text = manifest.print();
    bundle.unlisted(bundle_names::MANIFEST, text.as_bytes())?;
    let digest = ObjectDigest::of(text.as_bytes()).to_string();
    let log = arguments.log.as_deref().map(|folder| logged::Logged::begin(folder, &key, &digest)).transpose()?;
    let entry = log.as_ref().map(logged::Logged::entry);
    let origin = key.verifier().name().to_string();
    let statement = BundleStatement { origin, manifest: digest.clone(), entry };
    bundle.unlisted(bundle_names::NOTE, signed(&statement, &key)?.as_bytes())?;
    if let Some(file) = &arguments.keep_mapping {
        files::write(file, &mapping, Readers::Owner)?;
    }
    if let Some(log) = log {
        log.commit(&key, &bundle)?;
    }
    let files = manifest.files.len();
    bundle.finish()?;
    line.done();
    let said = entry.map_or_else(|| "in no log".to_owned(), |entry| format!("entry {entry} of the log"));
    let taken: u64 = redaction.totals().values().sum();
    screen::print_cleaned(&format!(
        "{}: {files} files, {said}; manifest {digest}.\nTaken out or made coarser: {taken} values, rows and columns; redaction.json has \
         them by rule.\nAnybody checks it by: adil check {} --key {public}\n",
        output.display(),
        output.display()
    ))
}

fn signed(statement: &BundleStatement, key: &SigningKey) -> Result<String, Failure> {
    let unsigned = |error: adil_log::NoteError| HoldFailure::Input(format!("the note cannot be signed: {error}"));
    let mut note = Note::unsigned(statement.print()).map_err(unsigned)?;
    note.sign(key).map_err(unsigned)?;
    Ok(note.to_string())
}

/// Reads the record that was written: every row that it should have must be read as one, or nothing is published.
fn reads_alike(bundle: &NewBundle, parts: &ForPublication, redaction: &Redaction) -> Result<(), Failure> {
    let opened = open_record(&[bundle.path().to_owned()], &Limits::default(), &())?;
    let wrong = |what: &str| -> Failure {
        HoldFailure::Order(format!("the bundle would not read as the record does ({what}); nothing was published"))
            .into()
    };
    let aside = |of: &adil_record::Observers| {
        let incidents = of.book.incidents.iter().map(|file| file.quarantine.rows());
        incidents.chain(of.book.forms.iter().map(|form| form.quarantine.rows())).sum::<u64>()
    };
    if opened.record.observers.iter().map(aside).sum::<u64>() > 0 {
        return Err(wrong("rows of observers are set aside"));
    }
    let rows = |of: &adil_record::Observers| {
        let incidents: usize = of.book.incidents.iter().map(|file| file.rows.len()).sum();
        let drawn = of.assignment.as_ref().map_or(0, |drawn| drawn.stations.len());
        (incidents + of.book.forms.iter().map(|form| form.visits.len()).sum::<usize>() + drawn) as u64
    };
    let is_of_observers = |file: &&adil_record::RedactedFile| file.path.starts_with(observers::FOLDER);
    let expected: u64 = redaction.files.iter().filter(is_of_observers).map(|file| file.rows).sum();
    if opened.record.observers.iter().map(rows).sum::<u64>() != expected {
        return Err(wrong("rows of observers are missing"));
    }
    let stations = |record: &adil_record::Record| {
        let releases = record.contests.iter().flat_map(|contest| &contest.releases);
        releases.map(|release| release.stations.as_ref().map(adil_record::StationTable::len)).collect::<Vec<_>>()
    };
    match stations(&opened.record) == stations(&parts.opened.record) && opened.boards.len() == parts.opened.boards.len()
    {
        true => Ok(()),
        false => Err(wrong("tables or boards differ")),
    }
}
