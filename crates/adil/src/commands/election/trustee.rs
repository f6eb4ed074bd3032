//! `adil election trustee`: keys, the ceremony, the rehearsal, shuffles and decryptions.

use std::path::{Path, PathBuf};

use adil_belenios::hold::polls;
use adil_election::messages::{MemberMessage, Message, TrusteeRecord};
use adil_election::setup::{in_order, terms};
use adil_election::tallying;
use adil_election::trusteeship::Ceremony;

use super::arguments::{TrusteeCert, TrusteeFiles, TrusteeNew, TrusteeOn, TrusteeStep};
use crate::hold::board::{Board, Objects};
use crate::hold::organiser::{read_draft, read_message};
use crate::hold::told::Told;
use crate::hold::trustee::{Place, TrusteeFolder, tools};
use crate::hold::{HoldFailure, random, secret};

pub(crate) fn run(step: &TrusteeStep) -> Result<Told, HoldFailure> {
    match step {
        TrusteeStep::New(new) => single(new),
        TrusteeStep::Cert(cert) => certificate(cert),
        TrusteeStep::Contribute(files) => contribute(files),
        TrusteeStep::Finish(files) => finish(files),
        TrusteeStep::Test(on) => rehearse(on),
        TrusteeStep::Shuffle(on) => shuffle(on),
        TrusteeStep::Decrypt(on) => decrypt(on),
    }
}

/// What every trustee keeps.
fn keep(folder: &Path) -> String {
    format!(
        "{}/private and your passphrase: make a copy in another place; a lost key cannot be made again",
        folder.display()
    )
}

fn single(new: &TrusteeNew) -> Result<Told, HoldFailure> {
    let draft = read_draft(&new.draft)?;
    let passphrase = secret::new_passphrase(new.passphrase.passphrase_file.as_deref())?;
    let file = TrusteeFolder::create_single(&new.folder, &draft, new.name.as_deref(), &passphrase)?;
    Ok(Told::done(format!("{}: a key of your own. Without it nobody can read the result.", new.folder.display()))
        .secret(keep(&new.folder))
        .publish(format!("{}: to the organiser", file.display()))
        .next("Organiser: adil election assemble"))
}

fn certificate(cert: &TrusteeCert) -> Result<Told, HoldFailure> {
    let draft = read_draft(&cert.draft)?;
    let TrusteeCert { threshold, members, number, .. } = *cert;
    let place = Place { threshold, members, number, name: cert.name.clone() };
    place.terms()?;
    if !(1..=members).contains(&number) {
        return Err(HoldFailure::Input(format!("--number {number}: the members are numbered from 1 to {members}")));
    }
    let passphrase = secret::new_passphrase(cert.passphrase.passphrase_file.as_deref())?;
    let file = TrusteeFolder::create_member(&cert.folder, &draft, &place, &passphrase)?;
    let folder = cert.folder.display();
    Ok(Told::done(format!(
        "{folder}: your certificate as member {number} of {members}, {threshold} of whom will be enough."
    ))
    .secret(keep(&cert.folder))
    .publish(format!("{}: to every other member and to the organiser", file.display()))
    .next(format!(
        "You, when you have the certificates of all: adil election trustee contribute {folder} certificate-*.json"
    )))
}

/// The messages of one kind, with the place of the trustee checked against them.
fn messages(
    folder: &TrusteeFolder,
    files: &[PathBuf],
    what: &'static str,
    pick: fn(Message) -> Option<MemberMessage>,
) -> Result<Vec<String>, HoldFailure> {
    let place = folder.place()?;
    let mut own = Vec::new();
    for file in files {
        let message = read_message(file)?;
        let name = message.name();
        let found = pick(message).ok_or_else(|| HoldFailure::Content {
            path: file.display().to_string(),
            what,
            found: format!("it is {name}"),
        })?;
        if found.uuid != folder.draft.uuid {
            return Err(HoldFailure::Content {
                path: file.display().to_string(),
                what: "a file of this election",
                found: format!("it is of the election {}", found.uuid),
            });
        }
        own.push(found);
    }
    let own: Vec<&MemberMessage> = own.iter().collect();
    let agreed = terms(&own)?;
    if agreed != place.terms()? {
        let text = format!(
            "these files are of a ceremony of {} of {} members; you have joined one of {} of {}",
            agreed.threshold(),
            agreed.members(),
            place.threshold,
            place.members
        );
        return Err(HoldFailure::Order(text));
    }
    Ok(in_order(what, agreed, &own)?)
}

fn contribute(arguments: &TrusteeFiles) -> Result<Told, HoldFailure> {
    let folder = TrusteeFolder::open(&arguments.folder)?;
    let _lock = folder.lock()?;
    let place = folder.place()?;
    let name = format!("contribution-{}.json", place.number);
    if folder.folder.join(&name).exists() {
        let text = format!(
            "{}: is there already; a second contribution to the same ceremony would give your key away",
            folder.folder.join(&name).display()
        );
        return Err(HoldFailure::Order(text));
    }
    let certificates = messages(&folder, &arguments.files, "the certificate", |message| match message {
        Message::Certificate(own) => Some(own),
        _ => None,
    })?;
    let seed = folder.unseal(arguments.passphrase.passphrase_file.as_deref())?;
    let mut random = random::stream()?;
    let made = tools(&folder.draft)?.contribute(&seed, place.terms()?, &certificates, &mut random)?;
    let message = Message::Contribution(place.message(&folder.draft.uuid, made));
    let file = folder.contribute(&certificates, &name, &message)?;
    Ok(Told::done(format!("{}: your contribution. Every certificate holds.", file.display()))
        .and(format!("Fingerprint of the certificates: {}", fingerprint(&certificates)))
        .and(
            "Read it to the other members by telephone: whoever carried the files must have shown all of you the same.",
        )
        .secret(keep(&folder.folder))
        .publish(format!("{}: to every other member and to the organiser", file.display()))
        .next(format!(
            "You, when you have the contributions of all: adil election trustee finish {} contribution-*.json",
            folder.folder.display()
        )))
}

fn finish(arguments: &TrusteeFiles) -> Result<Told, HoldFailure> {
    let folder = TrusteeFolder::open(&arguments.folder)?;
    let _lock = folder.lock()?;
    let place = folder.place()?;
    let name = format!("finished-{}.json", place.number);
    if folder.folder.join(&name).exists() {
        let text =
            "is there already; with other contributions the key would be another one, and that of the election lost";
        return Err(HoldFailure::file(&folder.folder.join(&name), text));
    }
    let contributions = messages(&folder, &arguments.files, "the contribution", |message| match message {
        Message::Contribution(own) => Some(own),
        _ => None,
    })?;
    let ceremony =
        Ceremony { terms: place.terms()?, certificates: folder.certificates()?, contributions, finished: Vec::new() };
    let shown = fingerprint(&ceremony.contributions);
    let seed = folder.unseal(arguments.passphrase.passphrase_file.as_deref())?;
    let mut random = random::stream()?;
    let finished = tools(&folder.draft)?.finish(&seed, &ceremony, place.name.as_deref(), &mut random)?;
    let message = Message::Finished(place.message(&folder.draft.uuid, finished.public_key));
    let file = folder.finish(&finished.file, &name, &message)?;
    Ok(Told::done(format!("{}: your public key. Every share that was sent to you holds.", file.display()))
        .and(format!("Fingerprint of the contributions: {shown}"))
        .and("Compare it with the other members, as before.")
        .secret(keep(&folder.folder))
        .publish(format!("{}: to the organiser, with your certificate and contribution", file.display()))
        .next("Organiser: adil election assemble ORG AUTH/credentials.json certificate-*.json contribution-*.json finished-*.json"))
}

/// What members compare: the digest of the messages of all, in the order of their numbers.
fn fingerprint(messages: &[String]) -> String {
    adil_belenios::base64(&adil_belenios::digest(messages.join("\n").as_bytes()))
}

fn rehearse(on: &TrusteeOn) -> Result<Told, HoldFailure> {
    let folder = TrusteeFolder::open(&on.folder)?;
    let Message::Rehearsal(rehearsal) = read_message(&on.on)? else {
        return Err(HoldFailure::Content {
            path: on.on.display().to_string(),
            what: "the organiser's rehearsal (rehearsal.json)",
            found: "it is something else".to_owned(),
        });
    };
    let records = [&rehearsal.election, &rehearsal.trustees, &rehearsal.credentials];
    let [election, trustees, credentials] = records.map(|record| record.as_bytes());
    let polls = polls(election, trustees, credentials, None).map_err(|error| HoldFailure::file(&on.on, error))?;
    same_election(&folder, &polls.election().uuid)?;
    if folder.member.is_some() {
        folder.took_part_in(&rehearsal.trustees)?;
    }
    let key = folder.decryption_key(on.passphrase.passphrase_file.as_deref())?;
    let mut random = random::stream()?;
    let (owner, record) = polls.rehearse(&key, &mut random)?;
    let message = Message::Rehearsed(TrusteeRecord { uuid: folder.draft.uuid.clone(), owner, record });
    let file = folder.hand_on("rehearsed.json", &message)?;
    Ok(Told::done(format!("{}: your key is that of trustee {owner}, and it decrypts.", file.display()))
        .publish(format!("{}: to the organiser", file.display()))
        .next("Organiser: adil election open ORG REHEARSED-FILES…"))
}

fn same_election(folder: &TrusteeFolder, found: &str) -> Result<(), HoldFailure> {
    match folder.draft.uuid == found {
        true => Ok(()),
        false => Err(HoldFailure::Order(format!(
            "{}: belongs to the election {}, not to {found}",
            folder.folder.display(),
            folder.draft.uuid
        ))),
    }
}

fn shuffle(on: &TrusteeOn) -> Result<Told, HoldFailure> {
    let folder = TrusteeFolder::open(&on.folder)?;
    let board = Board::open(&on.on)?;
    same_election(&folder, &board.polls.election().uuid)?;
    let key = folder.decryption_key(on.passphrase.passphrase_file.as_deref())?;
    let owner = board.polls.trustee(&key).ok_or(adil_belenios::hold::TallyError::NoTrustee)?;
    let (tally, shuffles) = tallying::so_far(&board.ledger, &Objects(&board.log))?;
    let record = board.polls.shuffle(&tally, &shuffles, &mut random::stream()?)?;
    let message = Message::Shuffle(TrusteeRecord { uuid: folder.draft.uuid.clone(), owner, record });
    let file = folder.hand_on("shuffle.json", &message)?;
    Ok(Told::done(format!("{}: the ballots in another order and encryption, with the proof.", file.display()))
        .publish(format!("{}: to the organiser, before the next trustee shuffles", file.display()))
        .next(
            "Organiser: adil election add ORG shuffle.json; then the next trustee shuffles, on the log as it is then",
        ))
}

fn decrypt(on: &TrusteeOn) -> Result<Told, HoldFailure> {
    let folder = TrusteeFolder::open(&on.folder)?;
    let board = Board::open(&on.on)?;
    same_election(&folder, &board.polls.election().uuid)?;
    tallying::may_decrypt(&board.ledger, &*board.polls)?;
    let key = folder.decryption_key(on.passphrase.passphrase_file.as_deref())?;
    let objects = Objects(&board.log);
    board.fsck()?;
    // A trustee decrypts what the log says and nothing else: that every counted ballot holds, and that the tally is
    // theirs, is worked out anew.
    board.check_counted()?;
    let said = board.ledger.tally.map(|(tally, _)| tally);
    let recomputed = board.recompute_tally()?;
    if said != Some(adil_election::statement::Content::of(recomputed.tally.as_bytes())) {
        let text = "the published tally is not that of the ballots in the log: nothing is decrypted".to_owned();
        return Err(HoldFailure::Order(text));
    }
    let (tally, shuffles) = tallying::so_far(&board.ledger, &objects)?;
    // Two tallies of one election, decrypted by the same trustees, would show the votes that make their difference.
    folder.may_decrypt(&recomputed.tally)?;
    let (owner, record) = board.polls.decrypt(&tally, &shuffles, &key, &mut random::stream()?)?;
    let message = Message::Decryption(TrusteeRecord { uuid: folder.draft.uuid.clone(), owner, record });
    let file = folder.hand_on_decryption(&recomputed.tally, &message)?;
    let has_shuffled = board.ledger.shuffles.iter().any(|shuffle| shuffle.owner == owner);
    let told = Told::done(format!(
        "{}: your partial decryption of the tally of {} ballots, which you have worked out anew.",
        file.display(),
        board.ledger.last_of_each(&board.ledger.not_counted()).len()
    ))
    .and("Before you hand it on, compare with what voters and observers see of the log:")
    .and(format!("  size {}, root {}", board.log.checkpoint().size, board.log.checkpoint().root))
    .and("An organiser who shows you another log than everybody else could have a part of the votes decrypted.");
    let told = match board.polls.election().needs_shuffles() && !has_shuffled {
        true => told.and(
            "Your own shuffle is not in the log: whoever made all of the others knows whose each ranked or graded vote is.",
        ),
        false => told,
    };
    Ok(told
        .publish(format!("{}: to the organiser", file.display()))
        .next("Organiser: adil election add ORG decryption.json"))
}
