//! A sample election: the server makes the voting codes, and the program plays the one trustee. For trying the pages
//! (`adil serve --demo`), and for what measures and tests the server. Its result is as good as any; its secrecy is not,
//! since one program knows the codes and the trustee's key.

use std::sync::Arc;

use adil_belenios::Answer as Numbers;
use adil_belenios::hold::{Polls, VotingCode};
use adil_election::messages::{Message, TrusteeRecord};
use adil_election::trusteeship::trusteeship;
use adil_election::{Answers, GroupName};
use zeroize::Zeroizing;

use crate::service::{Person, Settings, TrusteeStep};
use crate::store::to_i64;
use crate::{App, ServerError, system};

/// A sample election.
pub struct Sample {
    /// The identifier.
    pub uuid: String,
    /// The trustee's private key, as a single trustee keeps it.
    pub trustee: Zeroizing<String>,
}

fn fault(error: impl std::fmt::Display) -> ServerError {
    ServerError::Fault(format!("the sample election: {error}"))
}

/// The address of the account that holds sample elections. It has no password, and mail does not reach it.
pub(crate) const ORGANISER: &str = "sample@localhost";

/// How long a sample election is open, in seconds.
const OPEN_SECONDS: u64 = 30 * 24 * 3600;

/// The account that holds sample elections.
///
/// # Errors
/// The database fails.
pub async fn organiser(app: &App) -> Result<i64, ServerError> {
    let id = i64::from_be_bytes(*system::random_bytes::<8>()?) & i64::MAX;
    sqlx::query(
        "INSERT INTO organiser (id, email, language, created) VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO NOTHING",
    )
    .bind(id)
    .bind(ORGANISER)
    .bind("en")
    .bind(to_i64(system::seconds()))
    .execute(&app.store.write)
    .await?;
    let sql = "SELECT id FROM organiser WHERE email = $1";
    Ok(sqlx::query_scalar(sql).bind(ORGANISER).fetch_one(&app.store.read).await?)
}

impl Sample {
    /// Prepares an election of that many voters by that plan, whose group is Ed25519, and opens it.
    ///
    /// # Errors
    /// The plan breaks a rule, or the database fails.
    pub async fn open(app: &App, organiser: i64, title: &str, plan: &str, voters: u64) -> Result<Self, ServerError> {
        let rows: String = (1..=voters).map(|number| format!("voter-{number},Voter {number}\n")).collect();
        Self::open_for(app, organiser, title, plan, &format!("id,name\n{rows}")).await
    }

    /// The same for a list of voters.
    ///
    /// # Errors
    /// The plan or the list breaks a rule, or the database fails.
    pub async fn open_for(
        app: &App,
        organiser: i64,
        title: &str,
        plan: &str,
        voters: &str,
    ) -> Result<Self, ServerError> {
        let uuid = app.create_election(organiser, title, plan).await?;
        let trustees = vec![Person { name: "Trustee 1".to_owned(), email: None }];
        app.set_settings(&uuid, &Settings { trustees, ..Settings::default() }).await?;
        let now = system::seconds();
        app.set_dates(&uuid, Some(now), Some(now + OPEN_SECONDS)).await?;
        app.set_voters(&uuid, voters.as_bytes()).await?.map_err(fault)?;
        app.fix(&uuid).await?;
        let (trustee, record) = {
            let mut random = system::random_stream()?;
            trusteeship(GroupName::Ed25519).single(Some("Trustee 1"), &mut random)
        };
        let message = Message::Trustee { uuid: uuid.clone(), record };
        app.receive_trustee(&uuid, 1, &message.to_bytes()).await?;
        let sample = Self { uuid, trustee };
        sample.rehearse(app).await?;
        app.open_voting(&sample.uuid).await?;
        Ok(sample)
    }

    fn key(&self) -> Result<Zeroizing<String>, ServerError> {
        trusteeship(GroupName::Ed25519).single_key(&self.trustee).map_err(fault)
    }

    async fn rehearse(&self, app: &App) -> Result<(), ServerError> {
        let view = app.trustee_view(&self.uuid, 1).await?;
        let rehearsal = view.rehearsal.ok_or_else(|| fault("there is nothing to rehearse on"))?;
        let (election, trustees) = (rehearsal.election.as_bytes(), rehearsal.trustees.as_bytes());
        let polls =
            adil_belenios::hold::polls(election, trustees, rehearsal.credentials.as_bytes(), None).map_err(fault)?;
        let (owner, record) = polls.rehearse(&self.key()?, &mut system::random_stream()?).map_err(fault)?;
        let message = Message::Rehearsed(TrusteeRecord { uuid: self.uuid.clone(), owner, record });
        app.receive_trustee(&self.uuid, 1, &message.to_bytes()).await
    }

    /// The voting codes of the first voters.
    ///
    /// # Errors
    /// There are fewer voters.
    pub async fn codes(&self, app: &App, voters: u64) -> Result<Vec<String>, ServerError> {
        let mut codes = Vec::new();
        for position in 0..voters {
            codes.push(app.voting_code(&self.uuid, position).await?);
        }
        Ok(codes)
    }

    /// Closes the voting and plays the trustee's part: the result is published.
    ///
    /// # Errors
    /// Voting is not open, or the database fails.
    pub async fn count(&self, app: &App) -> Result<(), ServerError> {
        app.close_voting(&self.uuid).await?;
        self.count_on(app).await
    }

    /// Plays the trustee's part once voting is closed.
    ///
    /// # Errors
    /// The database fails.
    pub async fn count_on(&self, app: &App) -> Result<(), ServerError> {
        let polls = app.polls(&self.uuid).await?;
        loop {
            let view = app.trustee_view(&self.uuid, 1).await?;
            let tally = view.tally.unwrap_or_default().into_bytes();
            let shuffles: Vec<Vec<u8>> = view.shuffles.into_iter().map(String::into_bytes).collect();
            let (uuid, owner) = (self.uuid.clone(), 1);
            let message = match view.step {
                TrusteeStep::Shuffle => {
                    let record = polls.shuffle(&tally, &shuffles, &mut system::random_stream()?).map_err(fault)?;
                    Message::Shuffle(TrusteeRecord { uuid, owner, record })
                }
                TrusteeStep::Decrypt => {
                    let mut random = system::random_stream()?;
                    let (owner, record) = polls.decrypt(&tally, &shuffles, &self.key()?, &mut random).map_err(fault)?;
                    Message::Decryption(TrusteeRecord { uuid, owner, record })
                }
                TrusteeStep::Done => return Ok(()),
                other => return Err(fault(format_args!("the trustee's step is {other:?}"))),
            };
            app.receive_trustee(&self.uuid, 1, &message.to_bytes()).await?;
        }
    }
}

impl App {
    /// The cryptography of an election whose voting has been opened.
    ///
    /// # Errors
    /// It has not.
    pub async fn polls(&self, uuid: &str) -> Result<Arc<dyn Polls>, ServerError> {
        Ok(self.boards.open(uuid).await?.polls().clone())
    }
}

/// One ballot for each code, with answers as the command line takes them in text: one for each question.
///
/// # Errors
/// A code is of no voter, or an answer is none that its question allows.
pub fn ballots(polls: &dyn Polls, plan: &str, votes: &[(&str, Vec<&str>)]) -> Result<Vec<String>, ServerError> {
    let plan = adil_election::Plan::parse(plan).map_err(fault)?;
    let codes = votes.iter().map(|(code, _)| VotingCode::parse(code)).collect::<Result<Vec<_>, _>>().map_err(fault)?;
    let answers = votes.iter().map(|(_, answers)| Answers::choose(&plan.contests, answers));
    let answers = answers.collect::<Result<Vec<_>, _>>().map_err(fault)?;
    let numbers: Vec<_> = answers.iter().map(|answers| answers.numbers(&plan.contests)).collect();
    let pairs: Vec<(&VotingCode, &[Numbers])> =
        codes.iter().zip(&numbers).map(|(code, numbers)| (code, numbers.as_slice())).collect();
    let sealed = polls.seal(&pairs, &mut system::random_stream()?).map_err(fault)?;
    Ok(sealed.into_iter().map(|ballot| ballot.cast()).collect())
}
