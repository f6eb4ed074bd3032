//! The credential authority's folder: the register of who has which credential, the codes to hand out, and, to be given
//! to somebody else, the spare ones.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use adil_belenios::hold::keys;
use adil_election::authority::{Issued, PublishedLists, spare_weights};
use adil_election::messages::{Draft, ListsMessage, Message};
use adil_election::{Language, Plan, Voter, Voters};
use adil_log::{KeyName, SigningKey};
use adil_report::letters::{
    Cover, Letter, LetterKind, LetterSheet, Letters, VoteAt, mail_merge_header, mail_merge_row,
};

use super::files::{self, NewFolder, Readers};
use super::organiser::{DRAFT, note_bytes, read_draft};
use super::{HoldFailure, random};

const KEY: &str = "private/key";
const REGISTER: &str = "private/register.json";
const GIVEN: &str = "private/given.json";
const LISTS: &str = "credentials.json";
/// Letters in one file: a browser prints some thousand pages at a time.
const LETTERS_EACH: usize = 2_000;

/// A voter with the credential that she was given, without the code.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Registered {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) language: String,
    pub(crate) weight: u128,
    pub(crate) credential: String,
}

/// A spare code with its credential.
#[derive(serde::Serialize, serde::Deserialize)]
pub(crate) struct SpareCode {
    pub(crate) credential: String,
    pub(crate) code: String,
    pub(crate) weight: u128,
}

/// How codes are handed out.
pub(crate) struct HandingOut<'a> {
    /// The percentage of spare codes.
    pub(crate) spares_percent: u32,
    /// Whether letters are written.
    pub(crate) letters: bool,
    /// The page where voters vote, or the command.
    pub(crate) vote_at: Option<&'a str>,
    /// Where the board is shown.
    pub(crate) check_at: Option<&'a str>,
}

/// What was made.
pub(crate) struct Made {
    pub(crate) fingerprint: String,
    pub(crate) voters: usize,
    pub(crate) spares: usize,
}

/// Makes the authority's folder: a code for every voter, spare ones, and the lists to be published.
pub(crate) fn create(folder: &Path, draft: &Draft, voters: &Voters, how: &HandingOut<'_>) -> Result<Made, HoldFailure> {
    let (plan, _) = draft.read()?;
    let new = NewFolder::begin(folder)?;
    let mut random = random::stream()?;
    let over = keys(plan.group.name()).ok_or_else(|| HoldFailure::Order("the group is not known".to_owned()))?;
    let weights: Vec<u128> = voters.as_slice().iter().map(|voter| voter.weight).collect();
    let spare_weights = spare_weights(weights.iter().copied(), how.spares_percent);
    let issued = Issued::draw(&*over, &draft.uuid, weights, &mut random);
    let spares = Issued::draw(&*over, &draft.uuid, spare_weights, &mut random);
    let lists = PublishedLists::of(&*over, &issued, &spares, plan.has_weights);
    let name = format!("authority/{}", draft.uuid);
    let name = KeyName::parse(&name).map_err(|error| HoldFailure::Input(format!("{name:?}: {error}")))?;
    let key = SigningKey::from_seed(name, &random::seed()?);
    let statement = lists.statement(&draft.uuid, voters.as_slice().len() as u64, key.verifier().to_string());
    let statement = String::from_utf8_lossy(&note_bytes(&statement.signed(&[&key])?)).into_owned();
    let fingerprint = lists.fingerprint();
    new.write(DRAFT, &Message::Draft(draft.clone()).to_bytes(), Readers::All)?;
    new.write(KEY, (key.to_text().to_string() + "\n").as_bytes(), Readers::Owner)?;
    let register: Vec<Registered> = voters
        .as_slice()
        .iter()
        .zip(&issued.public)
        .map(|(voter, credential)| Registered {
            id: voter.id.clone(),
            name: voter.name.clone(),
            language: voter.language.code().to_owned(),
            weight: voter.weight,
            credential: credential.clone(),
        })
        .collect();
    new.write(REGISTER, &serde_json::to_vec(&register).unwrap_or_default(), Readers::Owner)?;
    let sheet = sheet(&plan, draft, &fingerprint, how, LetterKind::First);
    let letters = Letters::new(&sheet);
    let weight_texts: Vec<String> = voters.as_slice().iter().map(|voter| voter.weight.to_string()).collect();
    let letter = |index: usize, voter: &Voter, qr_text: &str, put: &mut dyn FnMut(&Letter<'_>)| {
        put(&Letter {
            number: index + 1,
            voter_id: &voter.id,
            name: voter.name.as_deref(),
            language: language(voter.language),
            weight: plan.has_weights.then(|| weight_texts[index].as_str()),
            code: issued.codes[index].reveal(),
            qr_text,
        });
    };
    let mut table = zeroize::Zeroizing::new(String::new());
    mail_merge_header(&mut table);
    for (index, voter) in voters.as_slice().iter().enumerate() {
        let qr = qr_text(how, issued.codes[index].reveal());
        letter(index, voter, &qr, &mut |letter| mail_merge_row(letter, &mut table));
    }
    new.write("private/codes.csv", table.as_bytes(), Readers::Owner)?;
    if how.letters {
        for &of in &plan.languages {
            let own: Vec<(usize, &Voter)> =
                voters.as_slice().iter().enumerate().filter(|(_, voter)| voter.language == of).collect();
            for (part, chunk) in own.chunks(LETTERS_EACH).enumerate() {
                let mut page = zeroize::Zeroizing::new(String::new());
                letters.head(language(of), &mut page);
                let bounds = (chunk.first().map_or(0, |(at, _)| at + 1), chunk.last().map_or(0, |(at, _)| at + 1));
                let cover = Cover { letters: chunk.len(), first: bounds.0, last: bounds.1, next: None };
                letters.cover(&cover, language(of), &mut page);
                let mut fault = None;
                for &(index, voter) in chunk {
                    let qr = qr_text(how, issued.codes[index].reveal());
                    letter(index, voter, &qr, &mut |letter| {
                        fault = letters.letter(letter, &mut page).err().or(fault.take())
                    });
                }
                if let Some(fault) = fault {
                    return Err(HoldFailure::Input(format!("a letter cannot be written: {fault}")));
                }
                letters.foot(&mut page);
                let name = format!("private/letters-{}-{:03}.html", of.code(), part + 1);
                new.write(&name, page.as_bytes(), Readers::Owner)?;
            }
        }
    }
    let spare_codes: Vec<SpareCode> = spares
        .codes
        .iter()
        .zip(&spares.public)
        .zip(&spares.weights)
        .map(|((code, credential), &weight)| SpareCode {
            credential: credential.clone(),
            code: code.reveal().to_owned(),
            weight,
        })
        .collect();
    let spare_text = zeroize::Zeroizing::new(serde_json::to_vec(&spare_codes).unwrap_or_default());
    new.write("spares/codes.json", &spare_text, Readers::Owner)?;
    new.write("spares/fingerprint", fingerprint.as_bytes(), Readers::All)?;
    new.write(&format!("spares/{DRAFT}"), &Message::Draft(draft.clone()).to_bytes(), Readers::All)?;
    let message = Message::CredentialLists(ListsMessage {
        uuid: draft.uuid.clone(),
        credentials: lists.credentials,
        spares: lists.spares,
        statement,
    });
    new.write(LISTS, &message.to_bytes(), Readers::All)?;
    new.finish()?;
    Ok(Made { fingerprint, voters: voters.as_slice().len(), spares: spare_codes.len() })
}

fn qr_text(how: &HandingOut<'_>, code: &str) -> zeroize::Zeroizing<String> {
    // In the fragment of an address a code is never sent to a server.
    zeroize::Zeroizing::new(match how.vote_at.filter(|at| is_page(at)) {
        Some(page) => format!("{page}#{code}"),
        None => code.to_owned(),
    })
}

fn is_page(at: &str) -> bool {
    at.starts_with("https://") || at.starts_with("http://")
}

fn sheet<'a>(
    plan: &'a Plan,
    draft: &'a Draft,
    fingerprint: &'a str,
    how: &HandingOut<'a>,
    kind: LetterKind,
) -> LetterSheet<'a> {
    LetterSheet {
        election_title: &plan.title,
        organiser: plan.organiser.as_deref(),
        authority: plan.authority.as_deref(),
        opens: plan.opens.as_deref(),
        closes: plan.closes.as_deref(),
        vote_at: how.vote_at.map(|at| if is_page(at) { VoteAt::Page(at) } else { VoteAt::Command(at) }),
        check_address: how.check_at,
        credentials_fingerprint: fingerprint,
        election_id: &draft.uuid,
        kind,
    }
}

fn language(of: Language) -> adil_report::Language {
    match of {
        Language::English => adil_report::Language::En,
        Language::Russian => adil_report::Language::Ru,
        Language::Kazakh => adil_report::Language::Kk,
    }
}

/// The authority's folder.
pub(crate) struct Authority {
    /// Where it is.
    pub(crate) folder: PathBuf,
    /// The election.
    pub(crate) draft: Draft,
}

impl Authority {
    /// Opens the folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, HoldFailure> {
        if !folder.join(KEY).is_file() {
            return Err(HoldFailure::Order(format!(
                "{}: is no credential authority's folder; `adil election credentials` makes one",
                folder.display()
            )));
        }
        Ok(Self { folder: folder.to_owned(), draft: read_draft(&folder.join(DRAFT))? })
    }

    /// The key that signs.
    pub(crate) fn key(&self) -> Result<SigningKey, HoldFailure> {
        let path = self.folder.join(KEY);
        let text = files::read_private_text(&path)?;
        SigningKey::parse(&text).map_err(|error| HoldFailure::file(&path, error))
    }

    /// A lock against another command on the folder.
    pub(crate) fn lock(&self) -> Result<files::Lock, HoldFailure> {
        files::Lock::on(&self.folder)
    }

    /// The spare that was given for each credential, whether its revocation has been logged or not: none is given twice.
    pub(crate) fn given(&self) -> Result<BTreeMap<String, String>, HoldFailure> {
        let path = self.folder.join(GIVEN);
        match path.is_file() {
            false => Ok(BTreeMap::new()),
            true => {
                serde_json::from_slice(&files::read_private(&path)?).map_err(|error| HoldFailure::file(&path, error))
            }
        }
    }

    /// Keeps the spares that were given.
    pub(crate) fn keep_given(&self, given: &BTreeMap<String, String>) -> Result<(), HoldFailure> {
        files::write(&self.folder.join(GIVEN), &serde_json::to_vec(given).unwrap_or_default(), Readers::Owner)
    }

    /// Who has which credential.
    pub(crate) fn register(&self) -> Result<HashMap<String, Registered>, HoldFailure> {
        let path = self.folder.join(REGISTER);
        let register: Vec<Registered> = files::read_private_json(&path)?;
        Ok(register.into_iter().map(|voter| (voter.id.clone(), voter)).collect())
    }
}

/// A spare that is to be handed to a voter.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct SpareOrder {
    pub(crate) id: String,
    pub(crate) name: Option<String>,
    pub(crate) language: String,
    pub(crate) weight: u128,
    pub(crate) spare: String,
}

/// Letters with spare codes for the voters of an order: the page and the table of codes.
pub(crate) fn spare_letters(
    folder: &Path,
    orders: &[SpareOrder],
    how: &HandingOut<'_>,
) -> Result<(zeroize::Zeroizing<String>, zeroize::Zeroizing<String>), HoldFailure> {
    let draft = read_draft(&folder.join(DRAFT))?;
    let (plan, _) = draft.read()?;
    let path = folder.join("codes.json");
    let codes: Vec<SpareCode> = files::read_private_json(&path)?;
    let by_credential: HashMap<&str, &SpareCode> =
        codes.iter().map(|spare| (spare.credential.as_str(), spare)).collect();
    let fingerprint = files::read(&folder.join("fingerprint"))?;
    let fingerprint = String::from_utf8_lossy(&fingerprint).into_owned();
    let sheet = sheet(&plan, &draft, &fingerprint, how, LetterKind::Spare);
    let letters = Letters::new(&sheet);
    let first = orders.first().and_then(|order| Language::of_code(&order.language)).unwrap_or(Language::English);
    let (mut page, mut table) = (zeroize::Zeroizing::new(String::new()), zeroize::Zeroizing::new(String::new()));
    letters.head(language(first), &mut page);
    mail_merge_header(&mut table);
    for (index, order) in orders.iter().enumerate() {
        let spare = by_credential.get(order.spare.as_str()).ok_or_else(|| HoldFailure::Content {
            path: path.display().to_string(),
            what: "the spare codes of this election",
            found: format!("the spare {} is not among them", order.spare),
        })?;
        let weight = order.weight.to_string();
        let qr = qr_text(how, &spare.code);
        let letter = Letter {
            number: index + 1,
            voter_id: &order.id,
            name: order.name.as_deref(),
            language: language(Language::of_code(&order.language).unwrap_or(first)),
            weight: plan.has_weights.then_some(weight.as_str()),
            code: &spare.code,
            qr_text: &qr,
        };
        letters
            .letter(&letter, &mut page)
            .map_err(|fault| HoldFailure::Input(format!("a letter cannot be written: {fault}")))?;
        mail_merge_row(&letter, &mut table);
    }
    letters.foot(&mut page);
    Ok((page, table))
}
