//! Whether everything is in order before an election is opened: the secret, the disk, the database, the clock, the address, mail,
//! the logs, and what the election itself still lacks.

use std::path::Path;

use super::system_state::{Clock, clock, free_bytes};
use crate::board::{Board, WitnessState};
use crate::mail::Letter;
use crate::service::ItemState;
use crate::store::to_u64;
use crate::texts::Tongue;
use crate::{App, Config, Dialect, ServerError, system};

/// Bytes below which the disk is too full to begin, and below which it is said.
const LEAST_BYTES: u64 = 200 << 20;
/// See `LEAST_BYTES`.
const FEW_BYTES: u64 = 2 << 30;
/// Seconds that a letter may wait before it is said.
const LONG_WAIT_SECONDS: u64 = 15 * 60;
/// Seconds by which two clocks may differ.
const CLOCK_SECONDS: u64 = 5;

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Health {
    /// In order.
    Ok,
    /// It works, but.
    Warn,
    /// It does not work, or must not be used like this.
    Fail,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// How it is.
    pub health: Health,
    /// What was looked at.
    pub subject: &'static str,
    /// What was found, and what to do.
    pub text: String,
}

/// What to look at besides.
#[derive(Debug, Clone, Default)]
pub struct Examination {
    /// An election.
    pub election: Option<String>,
    /// Where a test letter goes.
    pub mail_to: Option<String>,
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, health: Health, subject: &'static str, text: impl Into<String>) {
        self.0.push(Finding { health, subject, text: text.into() });
    }

    fn ok(&mut self, subject: &'static str, text: impl Into<String>) {
        self.add(Health::Ok, subject, text);
    }

    fn warn(&mut self, subject: &'static str, text: impl Into<String>) {
        self.add(Health::Warn, subject, text);
    }

    fn fail(&mut self, subject: &'static str, text: impl Into<String>) {
        self.add(Health::Fail, subject, text);
    }

    /// A step that may itself fail.
    fn took(&mut self, subject: &'static str, result: Result<(), ServerError>) {
        if let Err(error) = result {
            self.fail(subject, error.to_string());
        }
    }
}

impl Examination {
    /// Looks at everything. Nothing is made that is not there yet.
    pub async fn run(&self, config: Config) -> Vec<Finding> {
        let mut findings = Findings::default();
        address(&config, &mut findings);
        let has_secret = secret(&config.data, &mut findings);
        disk(&config.data, &mut findings);
        machine_clock(&mut findings);
        if !has_secret {
            findings.fail("database", "not looked at: without the secret it is of no use");
            return findings.0;
        }
        match App::open(config).await {
            Ok(app) => self.with(&app, &mut findings).await,
            Err(error) => findings.fail("database", error.to_string()),
        }
        findings.0
    }

    async fn with(&self, app: &App, findings: &mut Findings) {
        let result = database(app, findings).await;
        findings.took("database", result);
        let result = durable(app, findings).await;
        findings.took("durability", result);
        let result = clocks(app, findings).await;
        findings.took("clock", result);
        let result = accounts(app, findings).await;
        findings.took("accounts", result);
        let result = self.mail(app, findings).await;
        findings.took("mail", result);
        if let Some(provider) = &app.provider {
            match provider.try_it().await {
                Ok(()) => findings.ok("openid", "the OpenID provider answers, and has keys"),
                Err(error) => findings.fail("openid", error.to_string()),
            }
        }
        let result = logs(app, self.election.as_deref(), findings).await;
        findings.took("log", result);
        if let Some(uuid) = &self.election {
            let result = election(app, uuid, findings).await;
            findings.took("election", result);
        }
    }

    async fn mail(&self, app: &App, findings: &mut Findings) -> Result<(), ServerError> {
        match (app.mail.folder(), app.mail.try_connection().await) {
            (Some(folder), Ok(())) => {
                findings.warn("mail", format!("letters do not go out; they are written to {}", folder.display()));
            }
            (None, Ok(())) => findings.ok("mail", "the mail server answers and lets us in"),
            (_, Err(error)) => findings.fail("mail", error),
        }
        let queue = app.queue_length().await?;
        if queue.given_up > 0 {
            findings.warn("mail", format!("{} letters were given up", queue.given_up));
        }
        if queue.oldest_seconds > LONG_WAIT_SECONDS {
            let minutes = queue.oldest_seconds / 60;
            findings.warn("mail", format!("{} letters wait, the oldest for {minutes} minutes", queue.waiting));
        }
        if let Some(to) = &self.mail_to {
            match app.send_test(to).await {
                Ok(()) => {
                    findings.ok("mail", format!("the mail server took a test letter to {to}: see whether it arrives"))
                }
                Err(failure) => findings.fail("mail", format!("a test letter to {to}: {failure}")),
            }
        }
        Ok(())
    }
}

impl App {
    /// Sends a test letter past the queue.
    async fn send_test(&self, to: &str) -> Result<(), String> {
        let id = format!("test/{}", *system::token().map_err(|error| error.to_string())?);
        let written =
            self.mail_body(Tongue::default(), None, &Letter::Test).await.map_err(|error| error.to_string())?;
        self.mail.send_now(&id, to, &written).await
    }
}

fn address(config: &Config, findings: &mut Findings) {
    let base = &config.base_url;
    if config.is_secure() {
        findings.ok("address", format!("{base} is encrypted"));
        if config.lacks_proxies() {
            let text = "a proxy stands in front, since adil speaks no TLS: name it with --proxies, or all who ask seem to \
                        come from it, and nobody is limited by network";
            findings.warn("address", text);
        }
    } else if config.listen.ip().is_loopback() && (base.contains("127.0.0.1") || base.contains("localhost")) {
        findings.warn("address", format!("{base} is for trying things on this machine; others need https"));
    } else {
        findings.fail("address", format!("{base} is not encrypted: give the address with https in --base-url"));
    }
}

fn secret(data: &Path, findings: &mut Findings) -> bool {
    let path = data.join("secret");
    if !path.exists() {
        let text = format!("{} is not there: `adil serve` makes it, `adil restore` brings it back", path.display());
        findings.fail("secret", text);
        return false;
    }
    match crate::ServerSecret::open(&path) {
        Ok(_) => {
            findings.ok("secret", format!("{} is readable by its owner alone", path.display()));
            true
        }
        Err(error) => {
            findings.fail("secret", error.to_string());
            false
        }
    }
}

fn disk(data: &Path, findings: &mut Findings) {
    match free_bytes(data) {
        Some(free) if free < LEAST_BYTES => findings.fail("disk", format!("{} MiB are free", free >> 20)),
        Some(free) if free < FEW_BYTES => findings.warn("disk", format!("{} MiB are free", free >> 20)),
        Some(free) => findings.ok("disk", format!("{} GiB are free", free >> 30)),
        None => findings.warn("disk", "how much is free cannot be told"),
    }
}

fn machine_clock(findings: &mut Findings) {
    match clock() {
        Clock::Kept => findings.ok("clock", "the system keeps it by a time server"),
        Clock::Alone => findings.warn("clock", "the system does not keep it by a time server: switch NTP on"),
        Clock::Unknown => findings.warn("clock", "whether it is kept by a time server cannot be told on this system"),
    }
}

async fn database(app: &App, findings: &mut Findings) -> Result<(), ServerError> {
    let subject = format!("doctor:{}", *system::token()?);
    let mut change = app.store.begin().await?;
    sqlx::query("INSERT INTO attempt (subject, failures, free_at) VALUES ($1, 0, 0)")
        .bind(&subject)
        .execute(&mut *change)
        .await?;
    change.commit().await?;
    sqlx::query("DELETE FROM attempt WHERE subject = $1").bind(&subject).execute(&app.store.write).await?;
    let step: i64 = sqlx::query_scalar("SELECT MAX(step) FROM migration").fetch_one(&app.store.read).await?;
    let name = match app.store.dialect() {
        Dialect::Sqlite => "SQLite",
        Dialect::Postgres => "PostgreSQL",
    };
    findings.ok("database", format!("{name} can be written to; its tables are at step {step}"));
    Ok(())
}

async fn durable(app: &App, findings: &mut Findings) -> Result<(), ServerError> {
    match app.store.dialect() {
        Dialect::Sqlite => {
            let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&app.store.write).await?;
            let sync: i64 = sqlx::query_scalar("PRAGMA synchronous").fetch_one(&app.store.write).await?;
            // 2 is FULL, 3 is EXTRA (sqlite.org/pragma.html).
            let text = format!("journal {mode}, synchronous {sync}");
            if sync >= 2 { findings.ok("durability", text) } else { findings.fail("durability", text) }
        }
        Dialect::Postgres => {
            for (name, is_needed) in [("fsync", true), ("full_page_writes", true), ("synchronous_commit", true)] {
                let value: String =
                    sqlx::query_scalar("SELECT current_setting($1)").bind(name).fetch_one(&app.store.read).await?;
                let text = format!("{name} is {value}");
                if value == "off" && is_needed {
                    findings.fail("durability", format!("{text}: a ballot that was confirmed may be lost"));
                } else {
                    findings.ok("durability", text);
                }
            }
        }
    }
    Ok(())
}

async fn clocks(app: &App, findings: &mut Findings) -> Result<(), ServerError> {
    let now = system::seconds();
    if app.store.dialect() == Dialect::Postgres {
        let theirs: i64 = sqlx::query_scalar("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) AS BIGINT)")
            .fetch_one(&app.store.read)
            .await?;
        let apart = to_u64(theirs).abs_diff(now);
        let text = format!("the database's clock is {apart} seconds from this one");
        if apart > CLOCK_SECONDS { findings.warn("clock", text) } else { findings.ok("clock", text) }
    }
    Ok(())
}

async fn accounts(app: &App, findings: &mut Findings) -> Result<(), ServerError> {
    let count = app.organiser_count().await?;
    let with_factor: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM organiser WHERE totp IS NOT NULL").fetch_one(&app.store.read).await?;
    match (count, to_u64(with_factor)) {
        (0, _) => {
            findings.warn("accounts", "there is no organiser yet: `adil serve` prints the link that makes the first")
        }
        (count, with) if with < count => {
            findings.warn("accounts", format!("{} of {count} organisers have no second factor", count - with));
        }
        (count, _) => findings.ok("accounts", format!("all {count} organisers have a second factor")),
    }
    Ok(())
}

async fn logs(app: &App, only: Option<&str>, findings: &mut Findings) -> Result<(), ServerError> {
    let all: Vec<(String,)> =
        sqlx::query_as("SELECT election FROM log_head ORDER BY election").fetch_all(&app.store.read).await?;
    for (uuid,) in all.into_iter().filter(|(uuid,)| only.is_none_or(|only| only == uuid)) {
        match app.boards.open(&uuid).await {
            Ok(board) => {
                let (size, minute) = {
                    let state = board.read();
                    (state.checkpoint.size, state.ledger.minute())
                };
                findings.ok("log", format!("{uuid}: its {size} entries are those that its checkpoint states"));
                if minute > system::minute() + 1 {
                    let text = "its last entry is of a minute in the future: this clock is slow, or that one was fast";
                    findings.fail("clock", format!("{uuid}: {text}"));
                }
                witnesses(&board, findings).await?;
            }
            Err(ServerError::Fault(text)) => findings.fail("log", text),
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// What is wrong between a log and its witnesses.
async fn witnesses(board: &Board, findings: &mut Findings) -> Result<(), ServerError> {
    for witness in board.witnesses().await?.iter() {
        let (uuid, name, size) = (board.uuid(), &witness.name, witness.size);
        match witness.state {
            WitnessState::Cosigned => findings.ok("witness", format!("{uuid}: {name} has cosigned {size} entries")),
            WitnessState::Unanswered => findings.warn("witness", format!("{uuid}: {name} does not answer")),
            WitnessState::Refused => {
                findings.warn("witness", format!("{uuid}: {name} does not cosign: does it know the log's key?"))
            }
            WitnessState::Behind => findings.fail(
                "witness",
                format!("{uuid}: {name} has cosigned more entries than the log has: was an older backup restored?"),
            ),
            WitnessState::Fork => findings.fail(
                "witness",
                format!("{uuid}: {name} has cosigned entries that are not those of this log: it has forked"),
            ),
        }
    }
    Ok(())
}

async fn election(app: &App, uuid: &str, findings: &mut Findings) -> Result<(), ServerError> {
    for item in app.checklist(uuid).await? {
        let borrowed: Vec<(&str, &str)> = item.arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let text = app.texts.get(Tongue::default(), item.key, &borrowed);
        match item.state {
            ItemState::Done => findings.ok("election", text),
            ItemState::Optional => findings.ok("election", format!("{text} (may be left out)")),
            ItemState::Waiting => findings.fail("election", format!("{text} (somebody else has to do it)")),
            ItemState::Missing => findings.fail("election", format!("{text} (missing)")),
        }
    }
    let mail = app.mail_state(uuid).await?;
    if mail.given_up > 0 {
        findings.fail("election", format!("{} of its letters were given up", mail.given_up));
    }
    Ok(())
}
