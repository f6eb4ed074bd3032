//! Ballots as voters cast them, and what became of one.

use adil_election::polling::Refusal;
use adil_election::statement::Statement;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::Serialize;
use subtle::ConstantTimeEq as _;

use super::elections::ElectionRow;
use crate::board::{Append, BallotAnswer, Became, Board, Logged, credential_text};
use crate::mail::{self, Letter, Recipient};
use crate::store::to_i64;
use crate::{App, ServerError, system};

/// How long a mailed code holds, in seconds.
const CODE_SECONDS: u64 = 15 * 60;

/// Wrong codes that are taken before a code no longer holds and a new one is drawn: guesses of one code succeed twice in a
/// million times. Fewer would let a stranger use the voter's attempts up. How many codes can be tried is limited by the
/// requests of a network (`limits`).
const CODE_ATTEMPTS: i64 = 200;

/// How often a code is mailed at the most, in seconds.
const LETTER_SECONDS: u64 = 60;

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
    /// With this an address can be left that is told of every ballot under the same code.
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
        self.refuse_late(uuid).await?;
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
        let notice = Some(self.notice_token(board.uuid(), credential));
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

    /// Mails a code of eight digits to the voter of that identifier or address, if there is one; says nothing of it.
    ///
    /// # Errors
    /// Too many were asked for, or the election does not want it.
    pub async fn ask_second_factor(&self, uuid: &str, tracker: &str, voter: &str) -> Result<(), ServerError> {
        let (board, _) = self.waiting_ballot(uuid, tracker).await?;
        drop(board);
        let Some((id, email, language)) = self.voter_by_name(uuid, voter).await? else { return Ok(()) };
        let Some(email) = email else { return Ok(()) };
        let now = system::seconds();
        let drawn = system::random_bytes::<16>()?.to_vec();
        let mut change = self.store.begin().await?;
        // A code that still holds is mailed once more: whoever asks for another voter's code does not take hers away.
        sqlx::query(
            "INSERT INTO second_factor (election, tracker, voter, code, attempts, expires) VALUES ($1, $2, $3, $4, 0, $5) \
             ON CONFLICT (election, tracker, voter) DO UPDATE SET code = $4, attempts = 0, expires = $5 \
             WHERE second_factor.expires <= $6 OR second_factor.attempts >= $7",
        )
        .bind(uuid)
        .bind(tracker)
        .bind(&id)
        .bind(drawn)
        .bind(to_i64(now + CODE_SECONDS))
        .bind(to_i64(now))
        .bind(CODE_ATTEMPTS)
        .execute(&mut *change)
        .await?;
        // A code that was drawn anew is mailed at once, and one that holds again after a minute.
        let kept: (Vec<u8>,) =
            sqlx::query_as("SELECT code FROM second_factor WHERE election = $1 AND tracker = $2 AND voter = $3")
                .bind(uuid)
                .bind(tracker)
                .bind(&id)
                .fetch_one(&mut *change)
                .await?;
        let drawn: String = kept.0.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        // The code itself is worked out when the mail goes out.
        let letter = Letter::SecondFactor { tracker: tracker.to_owned(), voter: id.clone() };
        let name = format!("second-factor/{uuid}/{tracker}/{id}/{drawn}/{}", now / LETTER_SECONDS);
        let to = Recipient { email: &email, language: &language };
        mail::post(&mut change, &self.secret, &name, Some(uuid), &to, &letter).await?;
        change.commit().await?;
        self.mail.wake();
        Ok(())
    }

    /// Takes the code, and logs the acceptance of the ballot; the entry.
    ///
    /// # Errors
    /// The code is wrong or too old, or the voter has proven another code to be hers before.
    pub async fn accept_ballot(&self, uuid: &str, tracker: &str, voter: &str, code: &str) -> Result<u64, ServerError> {
        let wrong = || ServerError::refused("wrong-code", "the code is wrong or no longer holds; ask for a new one");
        let (board, credential) = self.waiting_ballot(uuid, tracker).await?;
        let (id, ..) = self.voter_by_name(uuid, voter).await?.ok_or_else(wrong)?;
        let mut change = self.store.begin().await?;
        let counted = sqlx::query(
            "UPDATE second_factor SET attempts = attempts + 1 WHERE election = $1 AND tracker = $2 AND voter = $3",
        )
        .bind(uuid)
        .bind(tracker)
        .bind(&id)
        .execute(&mut *change)
        .await?;
        let kept: Option<(Vec<u8>, i64, i64)> = sqlx::query_as(
            "SELECT code, attempts, expires FROM second_factor WHERE election = $1 AND tracker = $2 AND voter = $3",
        )
        .bind(uuid)
        .bind(tracker)
        .bind(&id)
        .fetch_optional(&mut *change)
        .await?;
        change.commit().await?;
        let (kept, attempts, expires) = kept.filter(|_| counted.rows_affected() == 1).ok_or_else(wrong)?;
        let expected = self.second_factor_digits(uuid, tracker, &id, &kept);
        let given: String = code.chars().filter(char::is_ascii_digit).collect();
        let holds = attempts <= CODE_ATTEMPTS && expires >= to_i64(system::seconds());
        if !holds || !bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
            return Err(wrong());
        }
        self.prove_voter(uuid, &id, &credential).await?;
        let statement = Statement::Acceptance { uuid: uuid.to_owned(), tracker: tracker.to_owned() };
        let row = self.election(uuid).await?;
        let note = self.sign_acceptance(&row, &statement)?;
        let entries = board.append(vec![Append { entry: note, objects: Vec::new() }]).await?;
        entries.first().copied().ok_or_else(|| ServerError::Fault("an acceptance was not logged".to_owned()))
    }

    fn sign_acceptance(&self, row: &ElectionRow, statement: &Statement) -> Result<Vec<u8>, ServerError> {
        let draft = row.draft.as_ref().ok_or(ServerError::NotFound)?;
        let key = self.keys_of(draft)?.acceptance;
        let note = statement.signed(&[&key]).map_err(|error| ServerError::Fault(error.to_string()))?;
        Ok(note.to_string().into_bytes())
    }

    /// The board and the credential of a ballot that waits for its voter's second proof.
    async fn waiting_ballot(&self, uuid: &str, tracker: &str) -> Result<(std::sync::Arc<Board>, String), ServerError> {
        let board = self.boards.open(uuid).await?;
        let hash = adil_belenios::of_base64(tracker).ok_or(ServerError::NotFound)?;
        let ballot = board.read().ledger.ballot(&hash).copied().ok_or(ServerError::NotFound)?;
        let wants = board.read().ledger.needs_acceptance() && !ballot.accepted;
        if !wants {
            return Err(ServerError::refused("not-needed", "this ballot needs no further proof"));
        }
        let text = self.credential_of_entry(&board, ballot.entry).await?;
        Ok((board, text))
    }

    async fn credential_of_entry(&self, board: &Board, index: u64) -> Result<String, ServerError> {
        use adil_election::entry::{Entry, LoggedBallot};
        let bytes = board.entry(index).await?;
        let found = match Entry::parse(&bytes) {
            Ok(Entry::Ballot { ballot: LoggedBallot::Inline(ballot), .. }) => credential_text(ballot),
            Ok(Entry::Ballot { ballot: LoggedBallot::Object(object), .. }) => {
                let path = format!("object/{}", adil_belenios::hexadecimal(&object.sha256));
                credential_text(&board.file(&path).await?.bytes)
            }
            _ => None,
        };
        found.ok_or_else(|| ServerError::Fault(format!("entry {index} is no ballot")))
    }

    /// Binds a voter to the credential she has proven to be hers; a voter has one, and a credential one voter.
    async fn prove_voter(&self, uuid: &str, voter: &str, credential: &str) -> Result<(), ServerError> {
        // After a revocation the voter proves her spare: what is bound to a revoked credential no longer counts.
        let board = self.boards.open(uuid).await?;
        let mut change = self.store.begin().await?;
        let bound: Option<(String,)> =
            sqlx::query_as("SELECT credential FROM proven_voter WHERE election = $1 AND voter = $2")
                .bind(uuid)
                .bind(voter)
                .fetch_optional(&mut *change)
                .await?;
        if let Some((bound,)) = bound {
            if bound == credential {
                return Ok(());
            }
            let hash = adil_belenios::digest(bound.as_bytes());
            let is_replaced = board
                .read()
                .ledger
                .revocation_of(&hash)
                .is_some_and(|revocation| revocation.spare == adil_belenios::digest(credential.as_bytes()));
            if !is_replaced {
                let text = "you have voted with another voting code before; one person has one code";
                return Err(ServerError::refused("other-code", text));
            }
            sqlx::query("DELETE FROM proven_voter WHERE election = $1 AND voter = $2")
                .bind(uuid)
                .bind(voter)
                .execute(&mut *change)
                .await?;
        }
        let bound = sqlx::query(
            "INSERT INTO proven_voter (election, voter, credential) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
        )
        .bind(uuid)
        .bind(voter)
        .bind(credential)
        .execute(&mut *change)
        .await?;
        if bound.rows_affected() != 1 {
            let text = "another person has proven this voting code to be theirs; tell the organiser";
            return Err(ServerError::refused("code-of-another", text));
        }
        change.commit().await?;
        Ok(())
    }

    async fn voter_by_name(
        &self,
        uuid: &str,
        name: &str,
    ) -> Result<Option<(String, Option<String>, String)>, ServerError> {
        let found: Vec<(String, Option<String>, String)> = sqlx::query_as(
            "SELECT id, email, language FROM voter WHERE election = $1 AND (id = $2 OR LOWER(email) = LOWER($2)) LIMIT 2",
        )
        .bind(uuid)
        .bind(name.trim())
        .fetch_all(&self.store.read)
        .await?;
        // An address that two voters share says of neither that it is she.
        Ok(if found.len() == 1 { found.into_iter().next() } else { None })
    }

    /// The code that goes out by mail, of what was drawn for it; empty where it no longer holds.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn second_factor_code(
        &self,
        uuid: &str,
        tracker: &str,
        voter: &str,
    ) -> Result<Option<String>, ServerError> {
        let kept: Option<(Vec<u8>,)> = sqlx::query_as(
            "SELECT code FROM second_factor WHERE election = $1 AND tracker = $2 AND voter = $3 AND expires > $4",
        )
        .bind(uuid)
        .bind(tracker)
        .bind(voter)
        .bind(to_i64(system::seconds()))
        .fetch_optional(&self.store.read)
        .await?;
        Ok(kept.map(|(drawn,)| self.second_factor_digits(uuid, tracker, voter, &drawn)))
    }

    /// `digits = HMAC(secret, "second-factor/election/tracker/voter/drawn") mod 10^8`, of its first eight bytes: the database alone
    /// does not tell it.
    fn second_factor_digits(&self, uuid: &str, tracker: &str, voter: &str, drawn: &[u8]) -> String {
        let drawn: String = drawn.iter().map(|byte| format!("{byte:02x}")).collect();
        let mac = self.secret.key(&format!("second-factor/{uuid}/{tracker}/{voter}/{drawn}"));
        let number = mac.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
        // 2^64 is so much larger than 10^8 that no code is likelier than another by more than 10^-11.
        format!("{:08}", number % 100_000_000)
    }

    /// With this whoever cast a ballot shows that she did: `<credential>.<mac>`.
    fn notice_token(&self, uuid: &str, credential: &str) -> String {
        let mac = self.secret.key(&format!("notice/{uuid}/{credential}"));
        let hex: String = mac.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        format!("{credential}.{hex}")
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
        let (credential, _) = notice.split_once('.').ok_or(ServerError::Forbidden)?;
        let expected = self.notice_token(uuid, credential);
        if !bool::from(expected.as_bytes().ct_eq(notice.as_bytes())) {
            return Err(ServerError::Forbidden);
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
