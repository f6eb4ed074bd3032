//! `adil election new`: the plan, the organiser's keys, the draft for the other roles.

use std::path::Path;

use adil_election::messages::Draft;
use adil_election::{Language, Plan, Uuid};
use rand_chacha::rand_core::Rng as _;

use super::arguments::New;
use crate::arguments::Lang;
use crate::hold::files::{self, NewFolder, Readers};
use crate::hold::organiser::{DRAFT, Organiser, OrganiserKeys, QUESTIONS};
use crate::hold::told::Told;
use crate::hold::{HoldFailure, random};

pub(crate) fn run(new: &New) -> Result<Told, HoldFailure> {
    let own = new.folder.join(QUESTIONS);
    match &new.questions {
        None if !new.folder.exists() => template(&new.folder, new.lang),
        None if own.is_file() && !new.folder.join(DRAFT).exists() => begin(new, &own, true),
        None => Err(HoldFailure::Exists { path: new.folder.display().to_string() }),
        Some(questions) => begin(new, questions, false),
    }
}

/// A folder with a plan to be filled in.
fn template(folder: &Path, lang: Lang) -> Result<Told, HoldFailure> {
    let language = match lang {
        Lang::En => Language::English,
        Lang::Ru => Language::Russian,
        Lang::Kk => Language::Kazakh,
    };
    let new = NewFolder::begin(folder)?;
    new.write(QUESTIONS, Plan::template(language).as_bytes(), Readers::All)?;
    new.finish()?;
    let plan = folder.join(QUESTIONS);
    Ok(Told::done(format!("{}: a plan with every field explained.", plan.display()))
        .next(format!("Organiser: fill it in, then once more: adil election new {}", folder.display())))
}

fn begin(new: &New, questions: &Path, in_place: bool) -> Result<Told, HoldFailure> {
    let bytes = files::read(questions)?;
    let text = String::from_utf8(bytes).map_err(|error| HoldFailure::file(questions, error.utf8_error()))?;
    let languages = [Language::English, Language::Russian, Language::Kazakh];
    if in_place && languages.into_iter().any(|language| Plan::template(language) == text) {
        // The command may have been stopped after it had written the plan, and be given again.
        return Err(HoldFailure::file(
            questions,
            "is there already, with nothing filled in; fill it in, then once more",
        ));
    }
    let plan = Plan::parse(&text)
        .map_err(|error| HoldFailure::Faults { path: questions.display().to_string(), faults: error.to_string() })?;
    let uuid = draw_uuid()?;
    let origin = new.origin.clone().unwrap_or_else(|| format!("adil/{uuid}"));
    let keys = OrganiserKeys::draw(uuid.as_str(), &origin, plan.needs_second_factor)?;
    let draft = Draft {
        uuid: uuid.to_string(),
        plan: text.clone(),
        organiser: keys.organiser.verifier().to_string(),
        log: keys.log.verifier().to_string(),
        acceptance: keys.acceptance.as_ref().map(|key| key.verifier().to_string()),
    };
    if in_place {
        Organiser::create_in_place(&new.folder, &draft, &keys)?;
    } else {
        Organiser::create(&new.folder, &text, &draft, &keys)?;
    }
    let folder = new.folder.display();
    Ok(Told::done(format!("{folder}: the election {:?} ({} questions) begins, as {uuid}.", plan.title, plan.contests.len()))
        .and(format!("The organiser's key:  {}", draft.organiser))
        .and(format!("The log's key:        {}", draft.log))
        .secret(format!("{folder}/private/keys: signs for the organiser and the log"))
        .publish(format!("{folder}/{DRAFT}: to the credential authority and to every trustee"))
        .publish("the two keys above: wherever voters will look for them")
        .next(format!("Credential authority: adil election credentials AUTH --draft {folder}/{DRAFT} --voters voters.csv"))
        .next(format!("Each trustee: adil election trustee new T --draft {folder}/{DRAFT}"))
        .next("  or, for a group of which some are enough: adil election trustee cert T … --threshold 2 --members 3 --number 1"))
}

/// An identifier of 22 digits.
fn draw_uuid() -> Result<Uuid, HoldFailure> {
    let mut stream = random::stream()?;
    let mut text = String::new();
    while text.len() < 22 {
        let mut byte = [0];
        stream.fill_bytes(&mut byte);
        // Of 256 values the first 232 = 4 * 58 are taken.
        if byte[0] < 232 {
            text.push(char::from(Uuid::DIGITS[usize::from(byte[0]) % 58]));
        }
    }
    Uuid::parse(&text).map_err(|fault| HoldFailure::Input(fault.to_string()))
}
