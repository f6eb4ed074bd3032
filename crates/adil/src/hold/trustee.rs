//! A trustee's folder: a private key under a passphrase, what the ceremony needs, and the files that are handed on.

use std::path::{Path, PathBuf};

use adil_belenios::trustee::Terms;
use adil_election::messages::{Draft, MemberMessage, Message};
use adil_election::sealed;
use adil_election::trusteeship::{Trusteeship, trusteeship};
use zeroize::Zeroizing;

use super::files::{self, Lock, NewFolder, Readers};
use super::organiser::{DRAFT, read_draft};
use super::{HoldFailure, random, secret};

const KEY: &str = "private/key.sealed";
const FINISHED: &str = "private/finished.json";
const CERTIFICATES: &str = "certificates.json";
const MEMBER: &str = "member.json";
const DECRYPTED: &str = "decrypted";

/// A trustee's folder.
pub(crate) struct TrusteeFolder {
    /// Where it is.
    pub(crate) folder: PathBuf,
    /// The election.
    pub(crate) draft: Draft,
    /// The place in a group, for a member of one.
    pub(crate) member: Option<Place>,
}

/// A member's place in a group.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub(crate) struct Place {
    /// How many are enough.
    pub(crate) threshold: usize,
    /// How many there are.
    pub(crate) members: usize,
    /// The number, from 1.
    pub(crate) number: usize,
    /// The name, where one is given.
    pub(crate) name: Option<String>,
}

impl Place {
    /// The terms of the ceremony.
    pub(crate) fn terms(&self) -> Result<Terms, HoldFailure> {
        Terms::new(self.threshold, self.members).map_err(|fault| HoldFailure::Input(fault.to_string()))
    }

    /// A message of this member.
    pub(crate) fn message(&self, uuid: &str, message: String) -> MemberMessage {
        let Self { threshold, members, number, .. } = *self;
        MemberMessage { uuid: uuid.to_owned(), threshold, members, number, message }
    }
}

impl TrusteeFolder {
    /// Makes the folder of a single trustee.
    pub(crate) fn create_single(
        folder: &Path,
        draft: &Draft,
        name: Option<&str>,
        passphrase: &str,
    ) -> Result<PathBuf, HoldFailure> {
        let mut random = random::stream()?;
        let (private, record) = tools(draft)?.single(name, &mut random);
        let new = Self::begin(folder, draft)?;
        new.write(KEY, seal(&private, passphrase)?.as_bytes(), Readers::Owner)?;
        let message = Message::Trustee { uuid: draft.uuid.clone(), record };
        new.write("trustee.json", &message.to_bytes(), Readers::All)?;
        new.finish()?;
        Ok(folder.join("trustee.json"))
    }

    /// Makes the folder of a member of a group, with the certificate.
    pub(crate) fn create_member(
        folder: &Path,
        draft: &Draft,
        place: &Place,
        passphrase: &str,
    ) -> Result<PathBuf, HoldFailure> {
        let mut random = random::stream()?;
        let (seed, certificate) = tools(draft)?.certify(place.terms()?, place.number, &mut random)?;
        let new = Self::begin(folder, draft)?;
        new.write(KEY, seal(&seed, passphrase)?.as_bytes(), Readers::Owner)?;
        let place_text = serde_json::to_vec(place).unwrap_or_default();
        new.write(MEMBER, &place_text, Readers::All)?;
        let name = format!("certificate-{}.json", place.number);
        let message = Message::Certificate(place.message(&draft.uuid, certificate));
        new.write(&name, &message.to_bytes(), Readers::All)?;
        new.finish()?;
        Ok(folder.join(name))
    }

    fn begin(folder: &Path, draft: &Draft) -> Result<NewFolder, HoldFailure> {
        let new = NewFolder::begin(folder)?;
        new.write(DRAFT, &Message::Draft(draft.clone()).to_bytes(), Readers::All)?;
        Ok(new)
    }

    /// Opens the folder.
    pub(crate) fn open(folder: &Path) -> Result<Self, HoldFailure> {
        if !folder.join(KEY).is_file() {
            return Err(HoldFailure::Order(format!(
                "{}: is no trustee's folder; `adil election trustee new` or `trustee cert` makes one",
                folder.display()
            )));
        }
        let member = match folder.join(MEMBER) {
            path if path.is_file() => {
                let place = serde_json::from_slice(&files::read(&path)?);
                Some(place.map_err(|error| HoldFailure::file(&path, error))?)
            }
            _ => None,
        };
        Ok(Self { folder: folder.to_owned(), draft: read_draft(&folder.join(DRAFT))?, member })
    }

    /// A lock against another command on the folder.
    pub(crate) fn lock(&self) -> Result<Lock, HoldFailure> {
        Lock::on(&self.folder)
    }

    /// The place in a group; an error for a single trustee.
    pub(crate) fn place(&self) -> Result<&Place, HoldFailure> {
        self.member.as_ref().ok_or_else(|| {
            let folder = self.folder.display();
            HoldFailure::Order(format!("{folder}: belongs to a single trustee, who has no part in a ceremony"))
        })
    }

    /// What is in the sealed file: a single key, or a member's seed.
    pub(crate) fn unseal(&self, passphrase_file: Option<&Path>) -> Result<Zeroizing<String>, HoldFailure> {
        let path = self.folder.join(KEY);
        let sealed = files::read_private(&path)?;
        let passphrase = secret::ask("The passphrase of your private key", passphrase_file)?;
        let opened = sealed::open(&sealed, &passphrase);
        let bytes = opened.map_err(|error| HoldFailure::Sealed { path: path.display().to_string(), error })?;
        let text = std::str::from_utf8(&bytes).unwrap_or_default();
        Ok(Zeroizing::new(text.to_owned()))
    }

    /// The private key that decrypts, as a decimal number.
    pub(crate) fn decryption_key(&self, passphrase_file: Option<&Path>) -> Result<Zeroizing<String>, HoldFailure> {
        let unsealed = self.unseal(passphrase_file)?;
        let tools = tools(&self.draft)?;
        match self.member {
            None => Ok(tools.single_key(&unsealed)?),
            Some(_) => {
                let path = self.folder.join(FINISHED);
                if !path.is_file() {
                    let folder = self.folder.display();
                    let text =
                        format!("{folder}: the ceremony is not finished; `adil election trustee finish` does that");
                    return Err(HoldFailure::Order(text));
                }
                let finished = files::read_private_text(&path)?;
                tools.member_key(&unsealed, &finished).map_err(|error| HoldFailure::file(&path, error))
            }
        }
    }

    /// Hands on a contribution, and keeps the certificates that it was made for.
    pub(crate) fn contribute(
        &self,
        certificates: &[String],
        name: &str,
        message: &Message,
    ) -> Result<PathBuf, HoldFailure> {
        let (kept, path) = (serde_json::to_vec(certificates).unwrap_or_default(), self.folder.join(name));
        files::write_together(&[
            (&self.folder.join(CERTIFICATES), &kept, Readers::All),
            (&path, &message.to_bytes(), Readers::All),
        ])?;
        Ok(path)
    }

    /// The certificates that were kept.
    pub(crate) fn certificates(&self) -> Result<Vec<String>, HoldFailure> {
        let path = self.folder.join(CERTIFICATES);
        if !path.is_file() {
            let folder = self.folder.display();
            let text = format!("{folder}: has contributed nothing yet; `adil election trustee contribute` comes first");
            return Err(HoldFailure::Order(text));
        }
        serde_json::from_slice(&files::read(&path)?).map_err(|error| HoldFailure::file(&path, error))
    }

    /// Hands on the public key, and keeps the own end of the ceremony.
    pub(crate) fn finish(&self, file: &str, name: &str, message: &Message) -> Result<PathBuf, HoldFailure> {
        let path = self.folder.join(name);
        files::write_together(&[
            (&self.folder.join(FINISHED), file.as_bytes(), Readers::Owner),
            (&path, &message.to_bytes(), Readers::All),
        ])?;
        Ok(path)
    }

    /// Whether this is the tally that was decrypted before, if any was. Of one tally further shuffles show nothing new.
    pub(crate) fn may_decrypt(&self, tally: &str) -> Result<(), HoldFailure> {
        let path = self.folder.join(DECRYPTED);
        match !path.is_file() || files::read(&path)? == mark(tally).as_bytes() {
            true => Ok(()),
            false => Err(HoldFailure::Order(format!(
                "{}: you have decrypted another tally of this election before; a second one would show single votes",
                self.folder.display()
            ))),
        }
    }

    /// Writes a partial decryption to be handed on; from now on its tally is the only one.
    pub(crate) fn hand_on_decryption(&self, tally: &str, message: &Message) -> Result<PathBuf, HoldFailure> {
        let (mark_at, path) = (self.folder.join(DECRYPTED), self.folder.join("decryption.json"));
        files::write_together(&[
            (&mark_at, mark(tally).as_bytes(), Readers::All),
            (&path, &message.to_bytes(), Readers::All),
        ])?;
        Ok(path)
    }

    /// Whether a trustees' record has the certificates of the ceremony that this member took part in, and no others: an
    /// organiser who carried the files could have shown each member a ceremony of his own.
    pub(crate) fn took_part_in(&self, record: &str) -> Result<(), HoldFailure> {
        let own: Vec<serde_json::Value> =
            self.certificates()?.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
        let record: serde_json::Value = serde_json::from_str(record).unwrap_or_default();
        let groups = record.as_array().map_or(&[][..], Vec::as_slice);
        let is_there = groups.iter().any(|group| group[1]["certs"].as_array() == Some(&own));
        match is_there {
            true => Ok(()),
            false => Err(HoldFailure::Order(format!(
                "{}: the trustees of this election are not those of the ceremony that you took part in",
                self.folder.display()
            ))),
        }
    }

    /// Writes a file to be handed on.
    pub(crate) fn hand_on(&self, name: &str, message: &Message) -> Result<PathBuf, HoldFailure> {
        let path = self.folder.join(name);
        files::write(&path, &message.to_bytes(), Readers::All)?;
        Ok(path)
    }
}

/// What trustees do, over the group of an election.
pub(crate) fn tools(draft: &Draft) -> Result<Box<dyn Trusteeship>, HoldFailure> {
    Ok(trusteeship(draft.read()?.0.group))
}

fn seal(secret: &str, passphrase: &str) -> Result<String, HoldFailure> {
    let sealed = sealed::seal(secret.as_bytes(), passphrase, &mut random::stream()?);
    sealed.map_err(|error| HoldFailure::Sealed { path: KEY.to_owned(), error })
}

/// What is kept of a tally that was decrypted.
fn mark(tally: &str) -> String {
    adil_belenios::hexadecimal(&adil_belenios::digest(tally.as_bytes())) + "\n"
}
