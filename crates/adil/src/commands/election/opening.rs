//! `adil election assemble` and `open`: from what the roles handed in to the first entries of the log.

use std::path::{Path, PathBuf};

use adil_election::messages::{Message, Rehearsal};
use adil_election::setup::Assembled;
use adil_open::log::LogWriter;

use super::arguments::{Assemble, Open};
use crate::hold::files::{self, Readers};
use crate::hold::organiser::{ASSEMBLED, Organiser, REHEARSAL, note_bytes, read_message};
use crate::hold::told::Told;
use crate::hold::{HoldFailure, clock};

pub(crate) fn assemble(arguments: &Assemble) -> Result<Told, HoldFailure> {
    let organiser = Organiser::open(&arguments.folder)?;
    let _lock = organiser.lock()?;
    not_open_yet(&organiser)?;
    let (mut lists, mut trustees) = (None, Vec::new());
    for file in &arguments.files {
        let message = message_or_record(file, &organiser.draft.uuid)?;
        has_a_place(file, &message, &organiser.draft.uuid)?;
        match message {
            Message::CredentialLists(_) if lists.is_some() => {
                return Err(HoldFailure::file(file, "is a second list of credentials; an election has one"));
            }
            Message::CredentialLists(own) => lists = Some(own),
            other => trustees.push(other),
        }
    }
    let lists = lists.ok_or_else(|| {
        HoldFailure::Order("the credential authority's credentials.json is not among the files".to_owned())
    })?;
    let assembled = Assembled::of(&organiser.draft, &lists, &trustees)?;
    let polls = assembled.polls()?;
    let rehearsal = Rehearsal {
        election: assembled.election.clone(),
        trustees: assembled.trustees.clone(),
        credentials: assembled.lists.credentials.clone(),
    };
    let path = organiser.folder.join(REHEARSAL);
    let kept = serde_json::to_vec(&Kept::of(&assembled)).unwrap_or_default();
    files::write_together(&[
        (&path, &Message::Rehearsal(rehearsal).to_bytes(), Readers::All),
        (&organiser.folder.join(ASSEMBLED), &kept, Readers::All),
    ])?;
    let needed = polls.decryptions_needed();
    let mut told = Told::done(format!(
        "{}: {} credentials and {} trustees, {needed} of whom will be needed.",
        organiser.folder.display(),
        polls.credentials(),
        polls.trustees().len()
    ));
    for (number, name) in (1..).zip(polls.trustees()) {
        told = told.and(format!("  trustee {number}: {}", name.unwrap_or_else(|| "without a name".to_owned())));
    }
    Ok(told
        .publish(format!("{}: to every trustee", path.display()))
        .next(format!("Each trustee: adil election trustee test T {}", path.display()))
        .next(format!("Organiser: adil election open {} REHEARSED-FILES…", organiser.folder.display())))
}

/// Whether a message is one of this election that is needed before the voting.
fn has_a_place(file: &Path, message: &Message, uuid: &str) -> Result<(), HoldFailure> {
    let of = match message {
        Message::CredentialLists(own) => Some(&own.uuid),
        Message::Trustee { uuid, .. } => Some(uuid),
        Message::Certificate(own) | Message::Contribution(own) | Message::Finished(own) => Some(&own.uuid),
        _ => None,
    };
    let found = match of {
        Some(of) if of == uuid => return Ok(()),
        Some(of) => format!("it is {} of the election {of}", message.name()),
        None => format!("it is {}", message.name()),
    };
    Err(HoldFailure::Content {
        path: file.display().to_string(),
        what: "a file of the credential authority or of a trustee of this election",
        found,
    })
}

fn not_open_yet(organiser: &Organiser) -> Result<(), HoldFailure> {
    match organiser.log().exists() {
        true => Err(HoldFailure::Order(format!("{}: voting has been opened already", organiser.folder.display()))),
        false => Ok(()),
    }
}

/// A message; or a public key as belenios-tool writes it.
fn message_or_record(file: &Path, uuid: &str) -> Result<Message, HoldFailure> {
    let bytes = files::read(file)?;
    let is_record = |value: &serde_json::Value| value.get("pok").is_some() && value.get("adil").is_none();
    match serde_json::from_slice::<serde_json::Value>(&bytes) {
        Ok(value) if is_record(&value) => {
            Ok(Message::Trustee { uuid: uuid.to_owned(), record: String::from_utf8_lossy(&bytes).trim().to_owned() })
        }
        _ => read_message(file),
    }
}

/// What was assembled, between two commands.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct Kept {
    election: String,
    trustees: String,
    lists: adil_election::messages::ListsMessage,
    authority: String,
}

impl Kept {
    fn of(assembled: &Assembled) -> Self {
        let Assembled { election, trustees, lists, authority } = assembled.clone();
        Self { election, trustees, lists, authority }
    }

    pub(crate) fn read(path: &Path) -> Result<Assembled, HoldFailure> {
        if !path.is_file() {
            let text = format!("{}: is missing; `adil election assemble` makes it", path.display());
            return Err(HoldFailure::Order(text));
        }
        let kept: Self = serde_json::from_slice(&files::read(path)?).map_err(|error| HoldFailure::file(path, error))?;
        let Self { election, trustees, lists, authority } = kept;
        Ok(Assembled { election, trustees, lists, authority })
    }
}

pub(super) fn open(arguments: &Open) -> Result<Told, HoldFailure> {
    let organiser = Organiser::open(&arguments.folder)?;
    let _lock = organiser.lock()?;
    not_open_yet(&organiser)?;
    let assembled = Kept::read(&organiser.folder.join(ASSEMBLED))?;
    if !arguments.without_rehearsal {
        rehearsed(&organiser, &assembled, arguments.answers.clone())?;
    }
    begin(&organiser, &assembled, clock::seconds())?;
    let folder = organiser.folder.display();
    Ok(Told::done(format!("{folder}: voting is open."))
        .and(format!("Fingerprint of the election: {}", assembled.polls()?.election().fingerprint))
        .publish(format!("{folder}/log: the log, as files that any web server can serve; voters and observers read it"))
        .publish("the fingerprint above")
        .next(format!("Voters: adil election vote {folder}"))
        .next(format!(
            "Observers: adil log witness; organiser: adil log cosign {folder} --witness URL --key WITNESS-KEY"
        ))
        .next(format!("Organiser, at the end: adil election close {folder}")))
}

/// Writes the log with its first entries: under another name, and renamed when it is whole.
pub(crate) fn begin(organiser: &Organiser, assembled: &Assembled, time: u64) -> Result<(), HoldFailure> {
    let begun = write_log(organiser, assembled, time);
    if begun.is_err() {
        // Taken away by the next attempt where it stays.
        let _ = std::fs::remove_dir_all(organiser.folder.join(NEW_LOG));
    }
    begun
}

/// The log that is being written.
const NEW_LOG: &str = ".log.new";

fn write_log(organiser: &Organiser, assembled: &Assembled, time: u64) -> Result<(), HoldFailure> {
    let keys = organiser.keys()?;
    let (notes, records) = assembled.opening(&organiser.draft, &keys.organiser, time, None)?;
    let (log, new) = (organiser.log(), organiser.folder.join(NEW_LOG));
    let failed = |error| HoldFailure::log(&log, error);
    if new.exists() {
        std::fs::remove_dir_all(&new).map_err(|error| HoldFailure::file(&new, error))?;
    }
    let mut writer = LogWriter::create(&new, keys.log.verifier().name().as_str(), &keys.log).map_err(failed)?;
    for record in &records {
        writer.store_object(record).map_err(failed)?;
    }
    for note in &notes {
        writer.append(note_bytes(note)).map_err(failed)?;
    }
    writer.commit(&keys.log).map_err(failed)?;
    drop(writer);
    let put = std::fs::rename(&new, &log).and_then(|()| files::flush_folder(&organiser.folder));
    put.map_err(|error| HoldFailure::file(&log, error))
}

/// Whether the trustees' answers prove that they can decrypt.
pub(crate) fn rehearsed(organiser: &Organiser, assembled: &Assembled, files: Vec<PathBuf>) -> Result<(), HoldFailure> {
    let path = organiser.folder.join(REHEARSAL);
    let Message::Rehearsal(rehearsal) = read_message(&path)? else {
        return Err(HoldFailure::Order(format!("{}: holds no rehearsal", path.display())));
    };
    let Assembled { election, trustees, lists, .. } = assembled;
    let kept = (election, trustees, &lists.credentials);
    if (&rehearsal.election, &rehearsal.trustees, &rehearsal.credentials) != kept {
        let text = "is of another setup than was put together last; `adil election assemble` once more, and the trustees \
                    rehearse once more";
        return Err(HoldFailure::file(&path, text));
    }
    let mut answers = Vec::new();
    for file in &files {
        match read_message(file)? {
            Message::Rehearsed(answer) if answer.uuid == organiser.draft.uuid => {
                answers.push((answer.owner, answer.record.into_bytes()));
            }
            other => {
                let of_another = matches!(other, Message::Rehearsed(_));
                let found = if of_another {
                    "it is one of another election".to_owned()
                } else {
                    format!("it is {}", other.name())
                };
                return Err(HoldFailure::Content {
                    path: file.display().to_string(),
                    what: "a trustee's answer to the rehearsal of this election",
                    found,
                });
            }
        }
    }
    let polls = assembled.polls()?;
    let numbers: Vec<u64> = answers.iter().map(|(number, _)| *number).collect();
    if !polls.are_enough(&numbers) {
        let text = format!(
            "only trustees {numbers:?} have shown that they can decrypt, and that is not enough: without the others the \
             result could never be read. Ask for `adil election trustee test`, or open with --without-rehearsal at your \
             own risk"
        );
        return Err(HoldFailure::Order(text));
    }
    Ok(polls.rehearsed(&answers)?)
}
