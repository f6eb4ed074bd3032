//! What everybody can see of an election.

use std::sync::Arc;

use adil_belenios::{digest, hexadecimal};
use adil_election::{derive, tallying};
use adil_log::Note;
use serde::Serialize;

use super::Stage;
use super::logging::{blocking, shuffles_needed};
use crate::board::{Board, WitnessView};
use crate::{App, ServerError};

/// The numbers of a board: the JSON of `GET /api/e/{uuid}`.
#[derive(Debug, Clone, Serialize)]
pub struct Counts {
    /// The identifier.
    pub uuid: String,
    /// The title.
    pub title: String,
    /// How far the election is.
    pub phase: Stage,
    /// When voting opens, in seconds since 1970.
    pub opens: Option<u64>,
    /// When voting closes.
    pub closes: Option<u64>,
    /// Entries in the log.
    pub entries: u64,
    /// The minute of the last one.
    pub minute: u64,
    /// Ballots in the log.
    pub ballots: u64,
    /// Voters on the list.
    pub voters: u64,
    /// Voters with a ballot that counts.
    pub voters_with_ballot: u64,
    /// Ballots set aside.
    pub set_aside: u64,
    /// Whether voters prove a second time who they are.
    pub second_factor: bool,
    /// The fingerprint of the election.
    pub fingerprint: String,
    /// The fingerprint of the list of credentials.
    pub credentials: String,
    /// The log's key.
    pub log_key: String,
    /// The checkpoint, a signed note, with the witnesses' cosignatures.
    pub checkpoint: String,
    /// The witnesses that were asked, and what each has said.
    pub witnesses: Vec<WitnessView>,
    /// The trustees' names, in the order of their numbers, and how many of them are needed.
    pub trustees: Vec<String>,
    /// See `trustees`.
    pub trustees_needed: usize,
    /// The numbers of those who have shuffled.
    pub shuffled: Vec<u64>,
    /// The numbers of those who have decrypted.
    pub decrypted: Vec<u64>,
}

/// What a booth works with: the JSON of `GET /api/e/{uuid}/booth`.
#[derive(Debug, Clone, Serialize)]
pub struct BoothView {
    /// The election's record, byte for byte.
    pub election: String,
    /// Its fingerprint.
    pub fingerprint: String,
    /// The fingerprint of the list of credentials.
    pub credentials: String,
    /// How each question is counted, where that is declared.
    pub counting: Vec<Option<adil_election::CountingMethod>>,
    /// How far the election is.
    pub phase: Stage,
    /// Whether voters prove a second time who they are.
    pub second_factor: bool,
    /// The log's key.
    pub log_key: String,
    /// The languages of the plan.
    pub languages: Vec<&'static str>,
    /// When voting closes, in seconds since 1970.
    pub closes: Option<u64>,
    /// Whether an address can be left that is told of ballots.
    pub can_notify: bool,
}

/// What a public credential is.
#[derive(Debug, Clone, Serialize)]
pub struct CredentialState {
    /// `voter`, `revoked`, `spare-of-nobody`, or `unknown`.
    pub state: &'static str,
    /// Its weight.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight: Option<String>,
    /// The entry of the revocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revocation: Option<u64>,
}

/// Ballots that came in some minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatePoint {
    /// The first minute since 1970.
    pub minute: u64,
    /// How many minutes it covers.
    pub minutes: u64,
    /// Ballots.
    pub ballots: u64,
}

impl Board {
    /// How far the election is.
    pub(crate) fn stage(&self) -> Stage {
        let state = self.read();
        Stage::of(state.ledger.phase(), shuffles_needed(self.polls().as_ref()), state.ledger.shuffles.len())
    }
}

impl App {
    /// How far an election is.
    ///
    /// # Errors
    /// There is none.
    pub async fn stage(&self, uuid: &str) -> Result<Stage, ServerError> {
        match self.boards.open(uuid).await {
            Ok(board) => Ok(board.stage()),
            Err(ServerError::NotFound) => Ok(Stage::before_the_log(self.election(uuid).await?.is_fixed())),
            Err(error) => Err(error),
        }
    }

    /// How far an election is, and how many entries its log has.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub(crate) async fn stage_and_entries(&self, uuid: &str) -> Result<(Stage, u64), ServerError> {
        let board = self.boards.open(uuid).await?;
        let stage = board.stage();
        let entries = board.read().checkpoint.size;
        Ok((stage, entries))
    }

    /// The numbers of a board.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub async fn counts(&self, uuid: &str) -> Result<Counts, ServerError> {
        let board = self.boards.open(uuid).await?;
        let row = self.election(uuid).await?;
        let phase = board.stage();
        let counted = board.counted(0);
        let note = board.read().note.clone();
        let (note, witnesses) = (board.cosigned(note).await?, board.witnesses().await?);
        let polls = board.polls();
        let state = board.read();
        let ledger = &state.ledger;
        let spares = ledger.credentials().spares().len();
        let lists = ledger.lists.as_ref();
        let setup = ledger.setup.as_ref();
        Ok(Counts {
            uuid: row.uuid,
            title: row.title,
            phase,
            opens: row.opens,
            closes: row.closes,
            entries: state.checkpoint.size,
            minute: ledger.minute(),
            ballots: ledger.ballots().len() as u64,
            voters: lists.map_or((ledger.credentials().len() - spares) as u64, |lists| lists.voters),
            voters_with_ballot: counted.last.len() as u64,
            set_aside: counted.set_aside,
            second_factor: ledger.needs_acceptance(),
            fingerprint: polls.election().fingerprint.clone(),
            credentials: setup.map_or(String::new(), |setup| adil_belenios::base64(&setup.credentials.sha256)),
            log_key: ledger.log_key().map_or(String::new(), ToString::to_string),
            checkpoint: note.to_string(),
            witnesses: witnesses.to_vec(),
            trustees: (1..)
                .zip(polls.trustees())
                .map(|(number, name): (usize, _)| name.unwrap_or_else(|| number.to_string()))
                .collect(),
            trustees_needed: usize::try_from(polls.decryptions_needed()).unwrap_or(usize::MAX),
            shuffled: ledger.shuffles.iter().map(|shuffle| shuffle.owner).collect(),
            decrypted: tallying::decrypted_by(ledger),
        })
    }

    /// What a booth works with.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub async fn booth(&self, uuid: &str) -> Result<BoothView, ServerError> {
        let board = self.boards.open(uuid).await?;
        let row = self.election(uuid).await?;
        let (plan, _) = match &row.draft {
            Some(draft) => draft.read().map_err(|error| ServerError::Fault(error.to_string()))?,
            None => return Err(ServerError::NotFound),
        };
        let record = match board.read().ledger.setup.as_ref() {
            Some(setup) => hexadecimal(&setup.election.sha256),
            None => return Err(ServerError::NotFound),
        };
        let election = board.file(&format!("object/{record}")).await?;
        let phase = board.stage();
        let state = board.read();
        Ok(BoothView {
            election: String::from_utf8_lossy(&election.bytes).into_owned(),
            fingerprint: board.polls().election().fingerprint.clone(),
            credentials: state
                .ledger
                .setup
                .as_ref()
                .map_or(String::new(), |setup| adil_belenios::base64(&setup.credentials.sha256)),
            counting: plan.counting(),
            phase,
            second_factor: state.ledger.needs_acceptance(),
            log_key: state.ledger.log_key().map_or(String::new(), ToString::to_string),
            languages: plan.languages.iter().map(|language| language.code()).collect(),
            closes: row.closes,
            can_notify: true,
        })
    }

    /// What a public credential is.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub async fn credential(&self, uuid: &str, credential: &str) -> Result<CredentialState, ServerError> {
        let board = self.boards.open(uuid).await?;
        let state = board.read();
        let hash = digest(credential.as_bytes());
        let weight = state.ledger.credentials().weight(&hash).map(|weight| weight.to_string());
        let revocation = state.ledger.revocation_of(&hash).map(|revocation| revocation.entry);
        let is_of_nobody =
            state.ledger.credentials().is_spare(&hash) && state.ledger.revocation_giving(&hash).is_none();
        let name = match (&weight, revocation) {
            (None, _) => "unknown",
            (Some(_), Some(_)) => "revoked",
            (Some(_), None) if is_of_nobody => "spare-of-nobody",
            (Some(_), None) => "voter",
        };
        Ok(CredentialState { state: name, weight, revocation })
    }

    /// Ballots over time, in at most `points` steps of equal length: for the organiser, who sees bursts by it.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub async fn rate(&self, uuid: &str, points: usize) -> Result<Vec<RatePoint>, ServerError> {
        let board = self.boards.open(uuid).await?;
        let state = board.read();
        let ballots = state.ledger.ballots();
        let (Some(first), Some(last)) = (ballots.first(), ballots.last()) else { return Ok(Vec::new()) };
        let span = last.minute.saturating_sub(first.minute) + 1;
        let minutes = span.div_ceil(points.max(1) as u64).max(1);
        let steps = span.div_ceil(minutes);
        let mut rate: Vec<RatePoint> =
            (0..steps).map(|step| RatePoint { minute: first.minute + step * minutes, minutes, ballots: 0 }).collect();
        for ballot in ballots {
            let step = ballot.minute.saturating_sub(first.minute) / minutes;
            if let Some(point) = usize::try_from(step).ok().and_then(|step| rate.get_mut(step)) {
                point.ballots += 1;
            }
        }
        Ok(rate)
    }

    /// The archive that follows from the log, with the checkpoint that it was made of.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub async fn archive(&self, uuid: &str) -> Result<(Vec<u8>, String), ServerError> {
        let board = self.boards.open(uuid).await?;
        let of = board.clone();
        let (archive, note) = blocking(move || archive_of(&of)).await??;
        Ok((archive, board.cosigned(note).await?.to_string()))
    }
}

/// The archive of a log; the same log gives the same bytes.
fn archive_of(board: &Arc<Board>) -> Result<(Vec<u8>, Note), ServerError> {
    let (ledger, note, entries) = {
        let state = board.read();
        (state.ledger.clone(), state.note.clone(), board.entries_of(state.checkpoint.size))
    };
    let failed = |error: adil_election::DeriveError| ServerError::Fault(error.to_string());
    let archive = derive(&ledger, entries, &board.contents(), Vec::new()).map_err(failed)?;
    Ok((archive, note))
}
