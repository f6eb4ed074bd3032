//! The second proof of who a voter is: a code of eight digits, mailed to the address that the list has, by which the server
//! accepts a ballot.
//!
//! Codes are guessed by trying, and letters are a burden: both are counted, for each voter of an election. Whoever shows the
//! token of the caster has counts that no stranger uses up; everybody without it shares others.

use std::sync::Arc;

use adil_belenios::digest;
use adil_election::ledger::Phase;
use adil_election::statement::Statement;
use subtle::ConstantTimeEq as _;

use super::elections::ElectionRow;
use crate::accounts::{count_in, subject};
use crate::board::{Append, Board, credential_text};
use crate::mail::{self, Letter, Recipient};
use crate::store::{Transaction, to_i64};
use crate::{App, ServerError, system};

/// How long a mailed code holds, in seconds.
const CODE_SECONDS: u64 = 15 * 60;

/// How often a code is mailed at the most, in seconds.
const LETTER_SECONDS: u64 = 60;

/// How often something may be done to one voter in a window of time.
struct Budget {
    /// Its name in the table of counts.
    name: &'static str,
    /// The window, in seconds.
    seconds: u64,
    /// By the caster of a ballot under one credential, and as often by all who show no caster's token together.
    each: u64,
    /// By all of them together: only whoever has many voting codes comes so far.
    all: u64,
}

/// Codes that are asked for: ten letters an hour, and a voter who waits for one that does not come asks perhaps three times.
/// With many voting codes somebody could have thirty sent.
const LETTERS: Budget = Budget { name: "second-factor-letters", seconds: 60 * 60, each: 10, all: 30 };

/// Codes that are tried: a person mistypes a few. A hundred guesses are right once in a million days, a thousand once in a
/// hundred thousand.
const TRIES: Budget = Budget { name: "second-factor-tries", seconds: 24 * 60 * 60, each: 100, all: 1_000 };

/// A ballot that waits for its voter, and who asks about it.
struct Asked<'a> {
    uuid: &'a str,
    tracker: &'a str,
    board: Arc<Board>,
    /// The ballot's credential.
    credential: String,
    /// Whether whoever asks has cast a ballot under it.
    is_caster: bool,
}

/// A voter as far as this needs her.
struct Voter {
    id: String,
    email: Option<String>,
    language: String,
}

impl App {
    /// Mails a code of eight digits to the voter of that identifier or address, if there is one whose ballot it can be; says
    /// nothing of it. `caster` is the token of the answer to a ballot under the same code, where there is one.
    ///
    /// # Errors
    /// Too many were asked for, or the election does not want it.
    pub async fn ask_second_factor(
        &self,
        uuid: &str,
        tracker: &str,
        voter: &str,
        caster: Option<&str>,
    ) -> Result<(), ServerError> {
        let asked = self.asked(uuid, tracker, caster).await?;
        let found = self.voter_of_ballot(&asked, voter).await?;
        let mut change = self.store.begin().await?;
        self.count(&mut change, &LETTERS, &asked, found.as_ref().ok_or(voter)).await?;
        if let Some(voter) = &found
            && let Some(email) = &voter.email
        {
            self.mail_code(&mut change, &asked, voter, email).await?;
        }
        // Whether there is such a voter, the time does not tell: all that is counted is written to the disk.
        change.commit().await?;
        self.mail.wake();
        Ok(())
    }

    /// Posts the code that holds, or one that is drawn now.
    async fn mail_code(
        &self,
        change: &mut Transaction,
        asked: &Asked<'_>,
        voter: &Voter,
        email: &str,
    ) -> Result<(), ServerError> {
        let (uuid, tracker) = (asked.uuid, asked.tracker);
        let now = system::seconds();
        // A code that still holds is mailed once more: whoever asks for another voter's code does not take hers away.
        sqlx::query(
            "INSERT INTO second_factor (election, tracker, voter, code, expires) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (election, tracker, voter) DO UPDATE SET code = $4, expires = $5 \
             WHERE second_factor.expires <= $6",
        )
        .bind(uuid)
        .bind(tracker)
        .bind(&voter.id)
        .bind(system::random_bytes::<16>()?.to_vec())
        .bind(to_i64(now + CODE_SECONDS))
        .bind(to_i64(now))
        .execute(&mut **change)
        .await?;
        let kept: Vec<u8> =
            sqlx::query_scalar("SELECT code FROM second_factor WHERE election = $1 AND tracker = $2 AND voter = $3")
                .bind(uuid)
                .bind(tracker)
                .bind(&voter.id)
                .fetch_one(&mut **change)
                .await?;
        // A code that was drawn anew is mailed at once, and one that holds again after a minute.
        let drawn: String = kept.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        // The code itself is worked out when the mail goes out.
        let letter = Letter::SecondFactor { tracker: tracker.to_owned(), voter: voter.id.clone() };
        let name = format!("second-factor/{uuid}/{tracker}/{}/{drawn}/{}", voter.id, now / LETTER_SECONDS);
        let to = Recipient { email, language: &voter.language };
        mail::post(change, &self.secret, &name, Some(uuid), &to, &letter).await?;
        Ok(())
    }

    /// Takes the code, and logs the acceptance of the ballot; the entry. `caster` as in
    /// [`ask_second_factor`](Self::ask_second_factor).
    ///
    /// # Errors
    /// The code is wrong or too old, too many were tried, or the voter has proven another code to be hers before.
    pub async fn accept_ballot(
        &self,
        uuid: &str,
        tracker: &str,
        voter: &str,
        code: &str,
        caster: Option<&str>,
    ) -> Result<u64, ServerError> {
        let wrong = || ServerError::refused("wrong-code", "the code is wrong or no longer holds; ask for a new one");
        let asked = self.asked(uuid, tracker, caster).await?;
        let found = self.voter_of_ballot(&asked, voter).await?;
        // Counted before it is looked at: trying in parallel gains nothing.
        let mut change = self.store.begin().await?;
        self.count(&mut change, &TRIES, &asked, found.as_ref().ok_or(voter)).await?;
        change.commit().await?;
        let Voter { id, .. } = found.ok_or_else(wrong)?;
        let expected = self.second_factor_code(uuid, tracker, &id).await?.ok_or_else(wrong)?;
        let given: String = code.chars().filter(char::is_ascii_digit).collect();
        if !bool::from(expected.as_bytes().ct_eq(given.as_bytes())) {
            return Err(wrong());
        }
        self.prove_voter(&asked, &id).await?;
        let statement = Statement::Acceptance { uuid: uuid.to_owned(), tracker: tracker.to_owned() };
        let row = self.election(uuid).await?;
        let note = self.sign_acceptance(&row, &statement)?;
        let entries = asked.board.append(vec![Append { entry: note, objects: Vec::new() }]).await?;
        entries.first().copied().ok_or_else(|| ServerError::Fault("an acceptance was not logged".to_owned()))
    }

    /// Counts what somebody does to a voter, or to a name that is none of this ballot.
    async fn count(
        &self,
        change: &mut Transaction,
        budget: &Budget,
        asked: &Asked<'_>,
        voter: Result<&Voter, &str>,
    ) -> Result<(), ServerError> {
        // Names that are none are counted in the same way, so that counting tells nothing of the list. Where the server knows
        // whose ballots they are, what is done to somebody else's ballot takes nothing from the voter.
        let voter = match voter {
            Ok(voter) => format!("voter\u{1f}{}", voter.id),
            Err(name) => format!("none\u{1f}{}\u{1f}{}", asked.credential, name.trim().to_lowercase()),
        };
        let who = if asked.is_caster { asked.credential.as_str() } else { "" };
        let own = subject(&self.secret, budget.name, &[asked.uuid, &voter, "by", who]);
        let all = subject(&self.secret, budget.name, &[asked.uuid, &voter, "all"]);
        for (subject, most) in [(own, budget.each), (all, budget.all)] {
            let (count, left) = count_in(change, &subject, budget.seconds).await?;
            if count <= most {
                continue;
            }
            // What is refused is not counted: the change is dropped.
            return Err(match budget.name == LETTERS.name {
                true => ServerError::later("too-many-letters", left, "too many codes were asked for"),
                false => ServerError::later("too-many-codes", left, "too many wrong codes were tried"),
            });
        }
        Ok(())
    }

    fn sign_acceptance(&self, row: &ElectionRow, statement: &Statement) -> Result<Vec<u8>, ServerError> {
        let draft = row.draft.as_ref().ok_or(ServerError::NotFound)?;
        let key = self.keys_of(draft)?.acceptance;
        let note = statement.signed(&[&key]).map_err(|error| ServerError::Fault(error.to_string()))?;
        Ok(note.to_string().into_bytes())
    }

    /// A ballot that waits for its voter's second proof.
    async fn asked<'a>(&self, uuid: &'a str, tracker: &'a str, caster: Option<&str>) -> Result<Asked<'a>, ServerError> {
        let board = self.boards.open(uuid).await?;
        let hash = adil_belenios::of_base64(tracker).ok_or(ServerError::NotFound)?;
        let ballot = board.read().ledger.ballot(&hash).copied().ok_or(ServerError::NotFound)?;
        let (phase, wants) = {
            let state = board.read();
            (state.ledger.phase(), state.ledger.needs_acceptance() && !ballot.accepted)
        };
        if phase != Phase::Open {
            return Err(ServerError::refused("not-open", "voting is over"));
        }
        if !wants {
            return Err(ServerError::refused("not-needed", "this ballot needs no further proof"));
        }
        let credential = credential_of_entry(&board, ballot.entry).await?;
        let is_caster = match caster {
            None => false,
            Some(token) if self.credential_of_caster(uuid, token)? == credential => true,
            Some(_) => return Err(ServerError::Forbidden),
        };
        Ok(Asked { uuid, tracker, board, credential, is_caster })
    }

    /// Binds a voter to the credential she has proven to be hers; a voter has one, and a credential one voter.
    async fn prove_voter(&self, asked: &Asked<'_>, voter: &str) -> Result<(), ServerError> {
        let (uuid, credential) = (asked.uuid, asked.credential.as_str());
        let mut change = self.store.begin().await?;
        let bound: Option<String> =
            sqlx::query_scalar("SELECT credential FROM proven_voter WHERE election = $1 AND voter = $2")
                .bind(uuid)
                .bind(voter)
                .fetch_optional(&mut *change)
                .await?;
        if let Some(bound) = bound {
            if bound == credential {
                return Ok(());
            }
            // After a revocation the voter proves her spare: what is bound to a revoked credential no longer counts.
            if !replaces(&asked.board, &bound, credential) {
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

    /// The voter of an identifier or an address; none where the server knows that the ballot is not hers.
    async fn voter_of_ballot(&self, asked: &Asked<'_>, name: &str) -> Result<Option<Voter>, ServerError> {
        let found: Vec<(String, Option<String>, String, Option<String>)> = sqlx::query_as(
            "SELECT id, email, language, credential FROM voter \
             WHERE election = $1 AND (id = $2 OR LOWER(email) = LOWER($2)) LIMIT 2",
        )
        .bind(asked.uuid)
        .bind(name.trim())
        .fetch_all(&self.store.read)
        .await?;
        // An address that two voters share says of neither that it is she.
        if found.len() != 1 {
            return Ok(None);
        }
        // Where the server hands out the codes, it knows whose ballot it is.
        let is_hers = |own: &Option<String>| match own {
            Some(own) => *own == asked.credential || replaces(&asked.board, own, &asked.credential),
            None => true,
        };
        let mut hers = found.into_iter().filter(|(.., own)| is_hers(own));
        Ok(hers.next().map(|(id, email, language, _)| Voter { id, email, language }))
    }

    /// The code that goes out by mail; none where it no longer holds.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn second_factor_code(
        &self,
        uuid: &str,
        tracker: &str,
        voter: &str,
    ) -> Result<Option<String>, ServerError> {
        let kept: Option<Vec<u8>> = sqlx::query_scalar(
            "SELECT code FROM second_factor WHERE election = $1 AND tracker = $2 AND voter = $3 AND expires > $4",
        )
        .bind(uuid)
        .bind(tracker)
        .bind(voter)
        .bind(to_i64(system::seconds()))
        .fetch_optional(&self.store.read)
        .await?;
        Ok(kept.map(|drawn| self.second_factor_digits(uuid, tracker, voter, &drawn)))
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
}

/// Whether one credential is the spare that a revocation gave for the other.
fn replaces(board: &Board, revoked: &str, credential: &str) -> bool {
    let given = digest(credential.as_bytes());
    let state = board.read();
    state.ledger.revocation_of(&digest(revoked.as_bytes())).is_some_and(|revocation| revocation.spare == given)
}

async fn credential_of_entry(board: &Board, index: u64) -> Result<String, ServerError> {
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
