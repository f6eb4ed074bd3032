//! Ballots as voters cast them, and what became of one.

use adil_election::polling::Refusal;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Serialize;
use subtle::ConstantTimeEq as _;

use crate::board::{BallotAnswer, Became, Board, Logged, credential_text};
use crate::{App, ServerError};

/// A ballot that is in the log: the JSON of the answer to `POST /api/e/{uuid}/ballots`.
#[derive(Debug, Clone, Serialize)]
pub struct Cast {
    /// The tracker.
    pub tracker: String,
    /// The entry of the log.
    pub entry: u64,
    /// The minute.
    pub minute: u64,
    /// The text of the receipt, a `.tlog-proof`.
    pub proof: String,
    /// The bytes of the entry.
    pub entry_base64: String,
    /// `needed` where the voter must prove a second time who she is; `none` elsewhere.
    pub acceptance: &'static str,
    /// With this whoever cast the ballot shows that she did: to leave an address that is told of every ballot under the same
    /// code, and to prove a second time who she is without strangers in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
}

/// What became of a ballot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BallotState {
    /// It is the one that counts.
    Counted,
    /// A later one of the same code counts.
    Replaced,
    /// A revocation set it aside.
    SetAside,
    /// The voter has not proven the second time who she is.
    Waiting,
}

impl From<Became> for BallotState {
    fn from(became: Became) -> Self {
        match became {
            Became::Counted => Self::Counted,
            Became::Replaced => Self::Replaced,
            Became::SetAside(_) => Self::SetAside,
            Became::Waiting => Self::Waiting,
        }
    }
}

/// Where a ballot is: the JSON of `GET /api/e/{uuid}/ballot`.
#[derive(Debug, Clone, Serialize)]
pub struct Whereabouts {
    /// What became of it.
    pub state: BallotState,
    /// Its entry.
    pub entry: u64,
    /// Its minute.
    pub minute: u64,
    /// The entry that replaced it or set it aside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<u64>,
    /// The reason of the revocation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The text of the receipt.
    pub proof: String,
    /// The bytes of the entry.
    pub entry_base64: String,
}

/// The refusal of a ballot, for programs and people.
fn refused(refusal: &Refusal) -> ServerError {
    let code = match refusal {
        Refusal::NotOpen => "not-open",
        Refusal::Unsound(_) => "unsound",
        Refusal::Again => "again",
        Refusal::Revoked { .. } => "revoked",
        Refusal::SpareOfNobody => "spare-of-nobody",
    };
    ServerError::refused(code, refusal)
}

impl App {
    /// Takes a ballot: checks it, logs it, and returns when it is durable.
    ///
    /// # Errors
    /// `Refused` with the codes `not-open`, `again`, `revoked`, `spare-of-nobody`, `unsound`.
    pub async fn cast(&self, uuid: &str, ballot: Bytes) -> Result<Cast, ServerError> {
        let board = self.boards.open(uuid).await?;
        // What names no credential is no ballot; why, the checks say.
        let credential = credential_text(&ballot).unwrap_or_default();
        match board.cast(ballot, credential.clone()).await? {
            BallotAnswer::Refused(refusal) => Err(refused(&refusal)),
            BallotAnswer::Failed(error) => Err(ServerError::Unavailable(error)),
            BallotAnswer::Logged(logged) => self.cast_view(&board, logged, &credential),
        }
    }

    fn cast_view(&self, board: &Board, logged: Logged, credential: &str) -> Result<Cast, ServerError> {
        let Logged { entry, bytes, tracker } = logged;
        let proof = board.receipt(entry, &tracker)?;
        let state = board.read();
        let minute = adil_belenios::of_base64(&tracker)
            .and_then(|hash| state.ledger.ballot(&hash))
            .map_or(state.ledger.minute(), |ballot| ballot.minute);
        let acceptance = if state.ledger.needs_acceptance() { "needed" } else { "none" };
        let notice = Some(self.caster_token(board.uuid(), credential));
        Ok(Cast { proof, entry, minute, entry_base64: STANDARD.encode(&bytes), acceptance, notice, tracker })
    }

    /// What became of the ballot with a tracker.
    ///
    /// # Errors
    /// `NotFound` where there is none.
    pub async fn whereabouts(&self, uuid: &str, tracker: &str) -> Result<Whereabouts, ServerError> {
        let board = self.boards.open(uuid).await?;
        let hash = adil_belenios::of_base64(tracker).ok_or(ServerError::NotFound)?;
        let mut found = board.read().ledger.ballot(&hash).copied();
        if found.is_none() {
            board.follow_for_a_miss().await?;
            found = board.read().ledger.ballot(&hash).copied();
        }
        let ballot = found.ok_or(ServerError::NotFound)?;
        let counted = board.counted(ballot.entry);
        let entry_bytes = board.entry(ballot.entry).await?;
        let proof = board.receipt(ballot.entry, tracker)?;
        let state = board.read();
        let ballots = state.ledger.ballots();
        let number = ballots.partition_point(|other| other.entry < ballot.entry);
        let became = counted.became(number);
        let (by, reason) = match became {
            Became::SetAside(Some(revocation)) => {
                let entry = state.ledger.revocations().iter().find(|other| other.entry == revocation);
                (Some(revocation), entry.map(|entry| entry.revocation.reason.clone()))
            }
            Became::Replaced => {
                let mut later = counted.last.iter().filter_map(|&last| ballots.get(last));
                (later.find(|other| other.credential == ballot.credential).map(|other| other.entry), None)
            }
            Became::Counted | Became::SetAside(None) | Became::Waiting => (None, None),
        };
        Ok(Whereabouts {
            state: became.into(),
            entry: ballot.entry,
            minute: ballot.minute,
            by,
            reason,
            proof,
            entry_base64: STANDARD.encode(entry_bytes),
        })
    }

    /// With this whoever cast a ballot shows that she did: `<credential>.<mac>`.
    fn caster_token(&self, uuid: &str, credential: &str) -> String {
        let mac = self.secret.key(&format!("notice/{uuid}/{credential}"));
        let hex: String = mac.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("{credential}.{hex}")
    }

    /// The credential of a token that this server gave to whoever cast a ballot under it.
    ///
    /// # Errors
    /// `Forbidden` where it is none.
    pub(super) fn credential_of_caster<'a>(&self, uuid: &str, token: &'a str) -> Result<&'a str, ServerError> {
        let (credential, _) = token.split_once('.').ok_or(ServerError::Forbidden)?;
        let expected = self.caster_token(uuid, credential);
        match bool::from(expected.as_bytes().ct_eq(token.as_bytes())) {
            true => Ok(credential),
            false => Err(ServerError::Forbidden),
        }
    }

    /// Keeps an address that is told of every ballot under the same code.
    ///
    /// # Errors
    /// The token is none, or the text no address.
    pub async fn leave_address(
        &self,
        uuid: &str,
        notice: &str,
        email: &str,
        language: &str,
    ) -> Result<(), ServerError> {
        let credential = self.credential_of_caster(uuid, notice)?;
        // What comes later would be of no use, and is not to be there once everything of people was deleted.
        if self.stage(uuid).await? != super::Stage::Open {
            return Err(ServerError::refused("not-open", "voting is over"));
        }
        let email = email.trim();
        if email.parse::<lettre::Address>().is_err() {
            return Err(ServerError::refused("email", "this is no e-mail address"));
        }
        let language = crate::texts::Tongue::of_code(language).map_or("en", |tongue| tongue.code());
        let kept: (i64,) = sqlx::query_as("SELECT COUNT(*) FROM notice WHERE election = $1 AND credential = $2")
            .bind(uuid)
            .bind(credential)
            .fetch_one(&self.store.read)
            .await?;
        if kept.0 >= 3 {
            return Err(ServerError::refused("addresses", "three addresses have been left for this code already"));
        }
        sqlx::query(
            "INSERT INTO notice (election, credential, email, language) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        )
        .bind(uuid)
        .bind(credential)
        .bind(email)
        .bind(language)
        .execute(&self.store.write)
        .await?;
        Ok(())
    }
}
