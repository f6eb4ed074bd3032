//! The trustees, each in the own browser.

use adil_belenios::hold::TallyError;
use adil_belenios::trustee::Terms;
use adil_election::ledger::Phase;
use adil_election::messages::{Draft, MemberMessage, Message, Rehearsal};
use adil_election::trusteeship::trusteeship;
use serde::Serialize;

use super::logging::{Progress, blocking};
use super::received::{self, Arrived, Kept, kind};
use super::{ElectionRow, Person};
use crate::{App, ServerError};

/// What a trustee has to do next, or waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TrusteeStep {
    /// Make a key (a single trustee), or a certificate (a member of a group).
    Key,
    /// The other members' certificates.
    WaitCertificates,
    /// Contribute.
    Contribute,
    /// The other members' contributions.
    WaitContributions,
    /// Finish.
    Finish,
    /// The authority, or other trustees.
    WaitSetup,
    /// Show that the key works.
    Rehearse,
    /// The opening.
    WaitOpen,
    /// The voting.
    Voting,
    /// The tally.
    WaitTally,
    /// The trustees who shuffle before.
    WaitShuffle,
    /// Shuffle.
    Shuffle,
    /// The trustees who still shuffle.
    WaitDecrypt,
    /// Decrypt.
    Decrypt,
    /// Nothing: the part is done.
    Done,
}

/// What the page of a trustee works with: the JSON of `GET /api/trustee/{uuid}/{number}`.
#[derive(Clone, Serialize)]
pub struct TrusteeView {
    /// The draft.
    pub draft: adil_election::messages::Draft,
    /// The title.
    pub title: String,
    /// The trustee's name.
    pub name: String,
    /// The trustee's number, from 1.
    pub number: u64,
    /// How many are enough; absent for single trustees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub threshold: Option<usize>,
    /// How many there are; absent for single trustees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<usize>,
    /// The names of all.
    pub names: Vec<String>,
    /// What comes next.
    pub step: TrusteeStep,
    /// The numbers of those who are waited for.
    pub waiting_for: Vec<u64>,
    /// The members' certificates, in the order of their numbers, once all are there.
    pub certificates: Vec<String>,
    /// The members' contributions, once all are there.
    pub contributions: Vec<String>,
    /// The setup to try the key on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rehearsal: Option<adil_election::messages::Rehearsal>,
    /// The encrypted tally.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tally: Option<String>,
    /// The shuffles so far.
    pub shuffles: Vec<String>,
    /// How far the election is.
    pub phase: super::Stage,
}

impl App {
    /// What a trustee's file remembers of the rehearsal: the digests of the setup's records, and the log's key.
    pub(crate) async fn rehearsed_setup(&self, uuid: &str) -> Result<serde_json::Value, ServerError> {
        let row = self.election(uuid).await?;
        let kept = Kept::of(&row)?.ok_or_else(not_fixed)?;
        let log = row.draft.ok_or_else(not_fixed)?.log;
        let (election, trustees) = (received::fingerprint(&kept.election), received::fingerprint(&kept.trustees));
        Ok(serde_json::json!({ "election": election, "trustees": trustees, "log": log }))
    }

    /// What a trustee's page shows.
    ///
    /// # Errors
    /// There is no such trustee, or the election is not that far.
    pub async fn trustee_view(&self, uuid: &str, number: u64) -> Result<TrusteeView, ServerError> {
        let row = self.election(uuid).await?;
        let person = trustee(&row, number)?;
        let draft = row.draft.clone().ok_or_else(not_fixed)?;
        let arrived = self.arrived(uuid).await?;
        let progress = self.progress(uuid).await?;
        let members = row.settings.trustees.len();
        let next = match &progress {
            Some(progress) => after_opening(progress, number, members, row.settings.threshold.is_some()),
            None => before_opening(&row, &arrived, number),
        };
        let is_group = row.settings.threshold.is_some();
        let mut view = TrusteeView {
            title: row.title.clone(),
            name: person.name.clone(),
            number,
            threshold: row.settings.threshold,
            members: is_group.then_some(members),
            names: row.settings.trustees.iter().map(|person| person.name.clone()).collect(),
            step: next.0,
            waiting_for: next.1,
            certificates: Vec::new(),
            contributions: Vec::new(),
            rehearsal: None,
            tally: None,
            shuffles: Vec::new(),
            phase: progress.as_ref().map_or(super::Stage::SettingUp, Progress::stage),
            draft,
        };
        match view.step {
            TrusteeStep::Contribute => view.certificates = self.member_texts(uuid, kind::CERTIFICATE).await?,
            TrusteeStep::Finish => {
                view.certificates = self.member_texts(uuid, kind::CERTIFICATE).await?;
                view.contributions = self.member_texts(uuid, kind::CONTRIBUTION).await?;
            }
            TrusteeStep::Rehearse => {
                if let (Some(kept), Some(lists)) = (Kept::of(&row)?, self.lists(uuid).await?) {
                    let Kept { election, trustees, .. } = kept;
                    view.rehearsal = Some(Rehearsal { election, trustees, credentials: lists.credentials });
                }
            }
            TrusteeStep::Shuffle | TrusteeStep::Decrypt => {
                let log = self.log(uuid).await?;
                let (tally, shuffles) = log
                    .look(|seen| adil_election::tallying::so_far(seen.ledger, seen.contents))
                    .await?
                    .map_err(|error| ServerError::Fault(error.to_string()))?;
                let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
                view.tally = Some(text(tally));
                view.shuffles = shuffles.into_iter().map(text).collect();
            }
            _ => {}
        }
        Ok(view)
    }

    /// Takes a message of a trustee.
    ///
    /// # Errors
    /// It is out of turn, or does not hold; a sentence for the trustee.
    pub async fn receive_trustee(&self, uuid: &str, number: u64, message: &[u8]) -> Result<(), ServerError> {
        let row = self.election(uuid).await?;
        trustee(&row, number)?;
        let draft = row.draft.clone().ok_or_else(not_fixed)?;
        let message =
            Message::parse(message).map_err(|error| refused(format!("the message cannot be read: {error}")))?;
        let (of, owner) = match &message {
            Message::Trustee { uuid, .. } => (uuid, number),
            Message::Certificate(own) | Message::Contribution(own) | Message::Finished(own) => {
                (&own.uuid, own.number as u64)
            }
            Message::Rehearsed(own) | Message::Shuffle(own) | Message::Decryption(own) => (&own.uuid, own.owner),
            other => return Err(refused(format!("{} is not for a trustee to hand in", other.name()))),
        };
        if of != uuid {
            return Err(refused(format!("{} is of another election ({of})", message.name())));
        }
        if owner != number {
            return Err(refused(format!(
                "{} is of trustee {owner}, and this is the page of trustee {number}",
                message.name()
            )));
        }
        match message {
            Message::Shuffle(own) => return self.add_shuffle(uuid, number, own.record.into_bytes()).await,
            Message::Decryption(own) => return self.add_decryption(uuid, number, own.record.into_bytes()).await,
            _ => {}
        }
        if self.has_log(uuid).await? {
            let text = "voting has been opened: the keys can no longer be changed";
            return Err(ServerError::refused("open-already", text));
        }
        let kind = kind_of(&message);
        let text = String::from_utf8_lossy(&message.to_bytes()).trim_end().to_owned();
        if let Some(before) = self.received_one(uuid, kind, number).await? {
            return match before == text {
                // A request whose answer was lost.
                true => self.assemble(uuid).await,
                false => {
                    let text = format!("you have handed in {} already", message.name());
                    Err(ServerError::refused("handed-in", text))
                }
            };
        }
        let arrived = self.arrived(uuid).await?;
        let (step, _) = before_opening(&row, &arrived, number);
        if step != step_of(&message) {
            let text = format!("it is not the time for {}", message.name());
            return Err(ServerError::refused("not-this-step", text));
        }
        self.check(&row, &draft, number, &message).await?;
        let mut change = self.store.begin().await?;
        let now = Self::locked(&mut change, uuid).await?;
        if now.draft.as_ref() != Some(&draft) || (kind == kind::REHEARSED && now.assembled != row.assembled) {
            return Err(ServerError::refused("changed", "the election was changed in the meantime"));
        }
        // The same page may have been open twice: what came first may have been used by others already.
        if received::one(&mut change, uuid, kind, number).await?.is_some_and(|before| before != text) {
            let text = format!("you have handed in {} already", message.name());
            return Err(ServerError::refused("handed-in", text));
        }
        received::put(&mut change, uuid, kind, number, &text).await?;
        change.commit().await?;
        if let Err(error) = self.assemble(uuid).await {
            // The last message makes the whole impossible: it is not kept.
            if matches!(&error, ServerError::Refused { .. }) && kind != kind::REHEARSED {
                self.take_one_away(uuid, kind, number).await?;
            }
            return Err(error);
        }
        Ok(())
    }

    /// Whether a message holds, by itself and with those of the others that are there.
    async fn check(&self, row: &ElectionRow, draft: &Draft, number: u64, message: &Message) -> Result<(), ServerError> {
        let uuid = &row.uuid;
        let (settings, plan) = (row.settings.clone(), draft.read().map_err(refused)?.0);
        let terms = || {
            let threshold = settings.threshold.ok_or_else(|| refused("the trustees of this election are no group"))?;
            Terms::new(threshold, settings.trustees.len()).map_err(refused)
        };
        let of_ceremony = |own: &MemberMessage| -> Result<Terms, ServerError> {
            let terms = terms()?;
            match (own.threshold, own.members) == (terms.threshold(), terms.members()) {
                true => Ok(terms),
                false => Err(refused(format!(
                    "it is of a ceremony of {} of {} members; this one is of {} of {}",
                    own.threshold,
                    own.members,
                    terms.threshold(),
                    terms.members()
                ))),
            }
        };
        // The texts of all members, where this one is the last.
        let all = |mut others: Vec<(u64, String)>, own: &MemberMessage| -> Option<Vec<String>> {
            others.push((number, own.message.clone()));
            others.sort();
            (others.len() == settings.trustees.len()).then(|| others.into_iter().map(|(_, text)| text).collect())
        };
        match message {
            Message::Trustee { record, .. } => {
                let others = self.messages(uuid, kind::TRUSTEE).await?;
                let (tools, record) = (trusteeship(plan.group), record.clone());
                let name = settings.trustees.get(index(number)).map(|person| person.name.clone());
                blocking(move || {
                    let key = tools.check_single(&record).map_err(refused)?;
                    for other in &others {
                        if let Message::Trustee { record, .. } = other
                            && tools.check_single(record).is_ok_and(|other| other == key)
                        {
                            return Err(ServerError::refused("same-key", "another trustee has the same key"));
                        }
                    }
                    let said: serde_json::Value = serde_json::from_str(&record).unwrap_or_default();
                    match said.get("name").and_then(serde_json::Value::as_str) {
                        Some(said) if Some(said) != name.as_deref() => {
                            Err(refused("the record has another name than the organiser has given"))
                        }
                        _ => Ok(()),
                    }
                })
                .await?
            }
            Message::Certificate(own) => {
                let terms = of_ceremony(own)?;
                let others = self.numbered(uuid, kind::CERTIFICATE).await?;
                let Some(texts) = all(others, own) else { return Ok(()) };
                let tools = trusteeship(plan.group);
                blocking(move || tools.check_certificates(terms, &texts)).await?.map_err(refused)
            }
            Message::Contribution(own) => {
                let terms = of_ceremony(own)?;
                let certificates = self.member_texts(uuid, kind::CERTIFICATE).await?;
                let others = self.numbered(uuid, kind::CONTRIBUTION).await?;
                let Some(texts) = all(others, own) else { return Ok(()) };
                let tools = trusteeship(plan.group);
                blocking(move || tools.check_contributions(terms, &certificates, &texts)).await?.map_err(refused)
            }
            Message::Finished(own) => of_ceremony(own).map(|_| ()),
            Message::Rehearsed(own) => {
                let kept = Kept::of(row)?.ok_or_else(|| refused("there is nothing to rehearse yet"))?;
                let record = own.record.clone().into_bytes();
                blocking(move || match kept.polls()?.rehearsed(&[(number, record)]) {
                    // That one answer is not enough is no fault of it.
                    Ok(()) | Err(TallyError::TooFew { .. }) => Ok(()),
                    Err(error) => Err(refused(error)),
                })
                .await?
            }
            _ => Ok(()),
        }
    }

    /// The members' messages of a kind, with their numbers.
    async fn numbered(&self, uuid: &str, kind: &str) -> Result<Vec<(u64, String)>, ServerError> {
        let numbers = self.arrived(uuid).await?.numbers(kind);
        Ok(numbers.into_iter().zip(self.member_texts(uuid, kind).await?).collect())
    }
}

fn refused(text: impl std::fmt::Display) -> ServerError {
    ServerError::refused("trustee", text)
}

fn not_fixed() -> ServerError {
    ServerError::refused("not-fixed", "the organiser is still preparing the election")
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX).wrapping_sub(1)
}

fn trustee(row: &ElectionRow, number: u64) -> Result<&Person, ServerError> {
    row.settings.trustees.get(index(number)).ok_or(ServerError::NotFound)
}

/// Under which kind a message before the opening is kept.
fn kind_of(message: &Message) -> &'static str {
    match message {
        Message::Certificate(_) => kind::CERTIFICATE,
        Message::Contribution(_) => kind::CONTRIBUTION,
        Message::Finished(_) => kind::FINISHED,
        Message::Rehearsed(_) => kind::REHEARSED,
        _ => kind::TRUSTEE,
    }
}

/// The step at which a message before the opening is handed in.
fn step_of(message: &Message) -> TrusteeStep {
    match message {
        Message::Contribution(_) => TrusteeStep::Contribute,
        Message::Finished(_) => TrusteeStep::Finish,
        Message::Rehearsed(_) => TrusteeStep::Rehearse,
        _ => TrusteeStep::Key,
    }
}

/// What a trustee has to do before the opening, and who is waited for.
fn before_opening(row: &ElectionRow, arrived: &Arrived, number: u64) -> (TrusteeStep, Vec<u64>) {
    let trustees = row.settings.trustees.len();
    let missing = |kind| arrived.missing(kind, trustees);
    let last = match row.settings.threshold {
        None if !arrived.has(kind::TRUSTEE, number) => return (TrusteeStep::Key, Vec::new()),
        None => kind::TRUSTEE,
        Some(_) => {
            let steps = [
                (kind::CERTIFICATE, TrusteeStep::Key, TrusteeStep::WaitCertificates),
                (kind::CONTRIBUTION, TrusteeStep::Contribute, TrusteeStep::WaitContributions),
                (kind::FINISHED, TrusteeStep::Finish, TrusteeStep::WaitSetup),
            ];
            for (kind, own, wait) in steps {
                let missing = missing(kind);
                match missing.contains(&number) {
                    true => return (own, Vec::new()),
                    false if !missing.is_empty() => return (wait, missing),
                    false => {}
                }
            }
            kind::FINISHED
        }
    };
    match (&row.assembled, arrived.has(kind::REHEARSED, number)) {
        (None, _) => (TrusteeStep::WaitSetup, missing(last)),
        (Some(_), false) => (TrusteeStep::Rehearse, Vec::new()),
        (Some(_), true) => (TrusteeStep::WaitOpen, missing(kind::REHEARSED)),
    }
}

/// What a trustee has to do after the opening, and who is waited for.
///
/// Single trustees, all of whom shuffle, do so in the order of their numbers. Members of a group do it in any order until
/// enough have done it, since nobody knows which of them will not come.
fn after_opening(progress: &Progress, number: u64, trustees: usize, is_group: bool) -> (TrusteeStep, Vec<u64>) {
    let missing = |done: &[u64]| -> Vec<u64> { (1..=trustees as u64).filter(|one| !done.contains(one)).collect() };
    match progress.phase {
        Phase::Empty | Phase::SetUp | Phase::Listed => (TrusteeStep::WaitOpen, Vec::new()),
        Phase::Open => (TrusteeStep::Voting, Vec::new()),
        Phase::Closed => (TrusteeStep::WaitTally, Vec::new()),
        Phase::Finished => (TrusteeStep::Done, Vec::new()),
        Phase::Tallied | Phase::Shuffled if progress.lacks_shuffles() => {
            let missing = missing(&progress.shuffled);
            let before: Vec<u64> = missing.iter().copied().filter(|&one| !is_group && one < number).collect();
            match (missing.contains(&number), before.is_empty()) {
                (false, _) => (TrusteeStep::WaitDecrypt, missing),
                (true, true) => (TrusteeStep::Shuffle, Vec::new()),
                (true, false) => (TrusteeStep::WaitShuffle, before),
            }
        }
        Phase::Tallied | Phase::Shuffled | Phase::Decrypting if progress.decrypted.contains(&number) => {
            (TrusteeStep::Done, missing(&progress.decrypted))
        }
        Phase::Tallied | Phase::Shuffled | Phase::Decrypting => (TrusteeStep::Decrypt, Vec::new()),
    }
}
