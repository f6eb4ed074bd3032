//! The answer to a leak of voting codes: declare, revoke, hand out spares, see what was set aside.

use std::collections::{BTreeMap, HashSet};

use adil_belenios::digest;
use adil_election::ledger::{Ledger, Phase};
use adil_election::messages::Message;
use adil_election::statement::Statement;
use serde::{Deserialize, Serialize};

use super::VoterRow;
use super::logging::{Entry, Log, blocking, bytes};
use super::received::{self, kind};
use crate::mail::About;
use crate::store::{Transaction, to_i64, to_u64};
use crate::{App, ServerError, system};

/// Whose codes have leaked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Affected {
    /// All codes.
    All,
    /// Those of these voters.
    Voters(Vec<String>),
}

/// A leak as the organiser declared it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leak {
    /// The minute since 1970 since when somebody else may have had codes.
    pub since: u64,
    /// The reason, for everybody to read.
    pub reason: String,
    /// Whose codes.
    pub affected: Affected,
}

/// What the leak page of the organiser shows.
#[derive(Debug, Clone, Default)]
pub struct LeakReport {
    /// A leak that was declared and is not answered yet.
    pub declared: Option<Leak>,
    /// Whether the authority's signed revocations are there, and how many.
    pub signed: Option<u64>,
    /// Revocations in force.
    pub revocations: u64,
    /// Ballots set aside.
    pub set_aside: u64,
    /// Voters of whom a ballot was set aside.
    pub voters_set_aside: u64,
    /// Of these, who have not voted again.
    pub not_voted_again: u64,
    /// Spare codes that are left.
    pub spares_left: u64,
    /// Whether the server is the credential authority itself.
    pub by_server: bool,
}

impl App {
    /// What the leak page shows.
    ///
    /// # Errors
    /// Voting has not been opened.
    pub async fn leak_report(&self, uuid: &str) -> Result<LeakReport, ServerError> {
        let row = self.election(uuid).await?;
        let totals = self.log(uuid).await?.look(|seen| seen.ledger.totals(&seen.ledger.not_counted())).await?;
        let signed = match self.received_one(uuid, kind::REVOCATIONS, 0).await? {
            Some(text) => Some(notes_of(&text)?.len() as u64),
            None => None,
        };
        Ok(LeakReport {
            declared: self.declared_leak(uuid).await?,
            signed,
            revocations: totals.revocations,
            set_aside: totals.set_aside,
            voters_set_aside: totals.voters_set_aside,
            not_voted_again: totals.voters_not_voted_again,
            spares_left: totals.spares_left,
            by_server: row.settings.authority.is_none(),
        })
    }

    /// Declares a leak. The authority is told by mail; where the server is the authority it signs at once, and the
    /// revocations are logged.
    ///
    /// # Errors
    /// Voting is not open, the minute is after now, a voter is not on the list, or there are too few spares.
    pub async fn declare_leak(&self, uuid: &str, leak: &Leak) -> Result<(), ServerError> {
        let row = self.election(uuid).await?;
        if leak.since > system::minute() {
            return Err(ServerError::refused("leak-time", "the time of the leak is after now"));
        }
        let letters = leak.reason.trim().chars().count();
        if letters == 0 || letters > REASON_LETTERS || leak.reason.chars().any(char::is_control) {
            let text = format!("the reason has 1 to {REASON_LETTERS} characters, on one line: everybody will read it");
            return Err(ServerError::refused("leak-reason", text));
        }
        let voters = self.voters(uuid).await?;
        let log = self.log(uuid).await?;
        let of = leak.clone();
        log.look(move |seen| may_be_answered(seen.ledger, &of, &voters)).await??;
        let by_server = row.settings.authority.is_none();
        let signed = if by_server { Some(self.own_revocations(uuid, leak).await?) } else { None };
        let mut change = self.store.begin().await?;
        Self::locked(&mut change, uuid).await?;
        if declared(&mut change, uuid).await?.is_some() {
            return Err(ServerError::refused("leak-declared", "a leak was declared before and is not answered yet"));
        }
        let now = system::seconds();
        sqlx::query("INSERT INTO leak (election, since, reason, voters, declared) VALUES ($1, $2, $3, $4, $5)")
            .bind(uuid)
            .bind(to_i64(leak.since))
            .bind(&leak.reason)
            .bind(serde_json::to_string(&leak.affected).unwrap_or_default())
            .bind(to_i64(now))
            .execute(&mut *change)
            .await?;
        if let Some((message, orders)) = &signed {
            let text = message.to_bytes();
            received::put(&mut change, uuid, kind::REVOCATIONS, 0, String::from_utf8_lossy(&text).trim_end()).await?;
            let orders = serde_json::to_string(orders).unwrap_or_default();
            received::put(&mut change, uuid, kind::ORDERS_WAITING, 0, &orders).await?;
        }
        if let Some(person) = &row.settings.authority {
            self.write_to_role(&mut change, &row, ("authority", 0, person), About::Leak, now).await?;
        }
        change.commit().await?;
        if by_server {
            self.confirm_revocations(uuid).await?;
        }
        Ok(())
    }

    /// Takes a declaration back that was not answered yet.
    ///
    /// # Errors
    /// The revocations are being logged.
    pub async fn withdraw_leak(&self, uuid: &str) -> Result<(), ServerError> {
        // What is logged cannot be withdrawn: it is brought to its end instead.
        self.finish_revocations(uuid).await?;
        let mut change = self.store.begin().await?;
        Self::locked(&mut change, uuid).await?;
        not_being_logged(&mut change, uuid).await?;
        end_of_leak(&mut change, uuid).await?;
        change.commit().await?;
        Ok(())
    }

    /// Signs the authority's revocations as the organiser and logs them; how many. The spare codes go out by mail where
    /// the server is the authority.
    ///
    /// # Errors
    /// They are not there, or the log would break a rule.
    pub async fn confirm_revocations(&self, uuid: &str) -> Result<u64, ServerError> {
        let row = self.election(uuid).await?;
        let log = self.log(uuid).await?;
        let text = self.received_one(uuid, kind::REVOCATIONS, 0).await?;
        let unsigned = || ServerError::refused("not-signed", "the authority has not signed the revocations yet");
        let text = text.ok_or_else(unsigned)?;
        let notes = notes_of(&text)?;
        let count = notes.len() as u64;
        if !self.are_logged(&log, &notes).await? {
            let draft = row.draft.ok_or_else(|| ServerError::Fault(format!("{uuid} has a log and no draft")))?;
            let key = self.keys_of(&draft)?.organiser;
            let entries = blocking(move || -> Result<Vec<Entry>, ServerError> {
                let sign = |text: &String| {
                    let (statement, mut note) = Statement::parse(text.as_bytes()).map_err(refused)?;
                    // The organiser's signature is put under revocations alone.
                    if !matches!(statement, Statement::Revocation(_)) {
                        return Err(refused(format!("a statement {} is among the revocations", statement.name())));
                    }
                    note.sign(&key).map_err(refused)?;
                    Ok((bytes(&note), Vec::new()))
                };
                notes.iter().map(sign).collect()
            })
            .await??;
            let mark = self.begin_logging(uuid, &text).await?;
            if let Err(error) = log.append(entries).await {
                self.take_one_away(uuid, kind::LOGGING, mark).await?;
                return Err(error);
            }
        }
        self.finish_revocations(uuid).await?;
        Ok(count)
    }

    /// Marks the revocations as being logged, where they are still those that were signed: the number of the mark.
    async fn begin_logging(&self, uuid: &str, text: &str) -> Result<u64, ServerError> {
        let mark = u64::from_be_bytes(*system::random_bytes::<8>()?) >> 1;
        let mut change = self.store.begin().await?;
        Self::locked(&mut change, uuid).await?;
        let now = received::one(&mut change, uuid, kind::REVOCATIONS, 0).await?;
        if now.as_deref() != Some(text) {
            let text = "the revocations were withdrawn or replaced in the meantime";
            return Err(ServerError::refused("leak-changed", text));
        }
        received::put(&mut change, uuid, kind::LOGGING, mark, "").await?;
        change.commit().await?;
        Ok(mark)
    }

    /// What follows the logging of revocations: orders for the spare codes, mail, the end of the leak. Nothing where they
    /// are not logged.
    pub(super) async fn finish_revocations(&self, uuid: &str) -> Result<(), ServerError> {
        let Some(text) = self.received_one(uuid, kind::REVOCATIONS, 0).await? else { return Ok(()) };
        let (log, notes) = (self.log(uuid).await?, notes_of(&text)?);
        if !self.are_logged(&log, &notes).await? {
            return Ok(());
        }
        let first = match first_spare(&notes)? {
            Some(spare) => {
                let entry = move |seen: &super::logging::Seen<'_>| {
                    seen.ledger.revocation_giving(&digest(spare.as_bytes())).map(|own| own.entry)
                };
                log.look(entry).await?.unwrap_or_default()
            }
            None => 0,
        };
        let mut change = self.store.begin().await?;
        let row = Self::locked(&mut change, uuid).await?;
        let waiting = received::one(&mut change, uuid, kind::ORDERS_WAITING, 0).await?;
        // Another process was first.
        let Some(waiting) = waiting else { return Ok(()) };
        let broken = |error| ServerError::Fault(format!("orders in the database: {error}"));
        let orders: Vec<(String, String)> = serde_json::from_str(&waiting).map_err(broken)?;
        received::put(&mut change, uuid, kind::ORDERS, first, &waiting).await?;
        match &row.settings.authority {
            None => {
                let places: Vec<(i64, String)> = sqlx::query_as("SELECT position, id FROM voter WHERE election = $1")
                    .bind(uuid)
                    .fetch_all(&mut *change)
                    .await?;
                let ordered: HashSet<&String> = orders.iter().map(|(voter, _)| voter).collect();
                for (place, _) in places.iter().filter(|(_, id)| ordered.contains(id)) {
                    self.write_of_spare(&mut change, uuid, to_u64(*place)).await?;
                }
            }
            Some(authority) => {
                let (role, person) = match &row.settings.spares_holder {
                    Some(holder) => ("spares", holder),
                    None => ("authority", authority),
                };
                self.write_to_role(&mut change, &row, (role, 0, person), About::Orders, first).await?;
            }
        }
        end_of_leak(&mut change, uuid).await?;
        change.commit().await?;
        Ok(())
    }

    /// The leak that was declared and is not answered yet.
    pub(super) async fn declared_leak(&self, uuid: &str) -> Result<Option<Leak>, ServerError> {
        let row: Option<LeakRow> = sqlx::query_as(DECLARED).bind(uuid).fetch_optional(&self.store.read).await?;
        row.map(of_row).transpose()
    }

    /// Whether revocations are in the log.
    async fn are_logged(&self, log: &Log, notes: &[String]) -> Result<bool, ServerError> {
        let Some(spare) = first_spare(notes)? else { return Ok(true) };
        // They are logged together or not at all.
        log.look(move |seen| seen.ledger.revocation_giving(&digest(spare.as_bytes())).is_some()).await
    }
}

/// Characters of a reason.
const REASON_LETTERS: usize = 500;

type LeakRow = (i64, String, String);

const DECLARED: &str = "SELECT since, reason, voters FROM leak WHERE election = $1";

fn of_row((since, reason, voters): LeakRow) -> Result<Leak, ServerError> {
    let broken = |error| ServerError::Fault(format!("a leak in the database: {error}"));
    Ok(Leak { since: to_u64(since), reason, affected: serde_json::from_str(&voters).map_err(broken)? })
}

/// The leak that is declared, as it stays until a change is done.
pub(super) async fn declared(change: &mut Transaction, uuid: &str) -> Result<Option<Leak>, ServerError> {
    let row: Option<LeakRow> = sqlx::query_as(DECLARED).bind(uuid).fetch_optional(&mut **change).await?;
    row.map(of_row).transpose()
}

/// Seconds after which a mark is one of a process that ended in the middle of logging.
const LOGGING_SECONDS: u64 = 10 * 60;

/// Refuses to change revocations while they are being logged: what they give out would be lost.
pub(super) async fn not_being_logged(change: &mut Transaction, uuid: &str) -> Result<(), ServerError> {
    let since = system::seconds().saturating_sub(LOGGING_SECONDS);
    match received::count_since(change, uuid, kind::LOGGING, since).await? {
        0 => Ok(()),
        _ => Err(ServerError::refused("leak-logging", "the revocations are being logged just now")),
    }
}

async fn end_of_leak(change: &mut Transaction, uuid: &str) -> Result<(), ServerError> {
    received::take_away(change, uuid, kind::REVOCATIONS).await?;
    received::take_away(change, uuid, kind::ORDERS_WAITING).await?;
    received::take_away(change, uuid, kind::LOGGING).await?;
    sqlx::query("DELETE FROM leak WHERE election = $1").bind(uuid).execute(&mut **change).await?;
    Ok(())
}

fn refused(text: impl std::fmt::Display) -> ServerError {
    ServerError::refused("revocations", text)
}

fn voters_refused(text: impl std::fmt::Display) -> ServerError {
    ServerError::refused("leak-voters", text)
}

fn notes_of(text: &str) -> Result<Vec<String>, ServerError> {
    match Message::parse(text.as_bytes()) {
        Ok(Message::Revocations { notes, .. }) => Ok(notes),
        _ => Err(ServerError::Fault("revocations in the database cannot be read".to_owned())),
    }
}

/// The spare of the first of some revocations.
fn first_spare(notes: &[String]) -> Result<Option<String>, ServerError> {
    let Some(note) = notes.first() else { return Ok(None) };
    match Statement::parse(note.as_bytes()) {
        Ok((Statement::Revocation(own), _)) => Ok(Some(own.spare)),
        _ => Err(ServerError::Fault("a revocation in the database cannot be read".to_owned())),
    }
}

/// Whether voting is open, the voters are on the list, and there are spares enough for them.
fn may_be_answered(ledger: &Ledger, leak: &Leak, voters: &[VoterRow]) -> Result<(), ServerError> {
    if ledger.phase() != Phase::Open {
        return Err(ServerError::refused("not-open", "codes can be revoked only while voting is open"));
    }
    let mut needed: BTreeMap<u128, usize> = BTreeMap::new();
    let mut need = |voter: &VoterRow| *needed.entry(voter.weight.parse().unwrap_or_default()).or_default() += 1;
    match &leak.affected {
        Affected::Voters(ids) => {
            let mut named: HashSet<&str> = HashSet::new();
            for id in ids {
                if !named.insert(id) {
                    return Err(voters_refused(format!("{id:?} is named twice")));
                }
            }
            let known = voters.iter().filter(|voter| named.contains(voter.id.as_str()));
            known.clone().for_each(&mut need);
            let known: HashSet<&str> = known.map(|voter| voter.id.as_str()).collect();
            if let Some(unknown) = ids.iter().find(|id| !known.contains(id.as_str())) {
                return Err(voters_refused(format!("{unknown:?} is no voter of the list")));
            }
            if ids.is_empty() {
                return Err(voters_refused("no voter is named"));
            }
        }
        Affected::All => {
            voters.iter().for_each(&mut need);
            for own in ledger.revocations() {
                let weight = ledger.credentials().weight(&own.credential).unwrap_or_default();
                needed.entry(weight).and_modify(|count| *count = count.saturating_sub(1));
            }
            if needed.values().all(|count| *count == 0) {
                return Err(ServerError::refused("leak-all-revoked", "every code was revoked before"));
            }
        }
    }
    let mut free: BTreeMap<u128, usize> = BTreeMap::new();
    for (spare, weight) in ledger.credentials().spares() {
        if ledger.revocation_giving(&digest(spare.as_bytes())).is_none() {
            *free.entry(*weight).or_default() += 1;
        }
    }
    let lacking = needed.iter().find(|(weight, count)| free.get(weight).copied().unwrap_or_default() < **count);
    match lacking {
        None => Ok(()),
        Some((weight, count)) => {
            let left = free.get(weight).copied().unwrap_or_default();
            let text = format!("{count} spare codes of weight {weight} would be needed, and {left} are left");
            Err(ServerError::refused("leak-spares", text))
        }
    }
}
