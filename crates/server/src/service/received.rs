//! What the roles have handed in before there is a log, and what was put together from it.

use adil_election::messages::{ListsMessage, MemberMessage, Message};
use adil_election::setup::Assembled;
use serde::{Deserialize, Serialize};

use super::ElectionRow;
use super::logging::blocking;
use crate::store::{Transaction, to_i64, to_u64};
use crate::{App, ServerError, system};

/// The kinds of what is kept.
pub(super) mod kind {
    pub(crate) const LISTS: &str = "credential-lists";
    /// The fingerprint of the lists.
    pub(crate) const FINGERPRINT: &str = "fingerprint";
    pub(crate) const TRUSTEE: &str = "trustee";
    pub(crate) const CERTIFICATE: &str = "certificate";
    pub(crate) const CONTRIBUTION: &str = "contribution";
    pub(crate) const FINISHED: &str = "finished";
    pub(crate) const REHEARSED: &str = "rehearsed";
    /// The second in which voting opens: from then on nothing before it is taken back.
    pub(crate) const OPENING: &str = "opening";
    /// Voters were written to.
    pub(crate) const INVITED: &str = "invited";
    /// The authority's revocations that wait for the organiser, and the orders that belong to them.
    pub(crate) const REVOCATIONS: &str = "revocations";
    pub(crate) const ORDERS_WAITING: &str = "orders-waiting";
    /// The waiting revocations are being logged, by whoever drew the number: they are neither withdrawn nor replaced.
    pub(crate) const LOGGING: &str = "logging-revocations";
    /// Orders of revocations in force, under the entry of the first of them.
    pub(crate) const ORDERS: &str = "orders";
}

/// What was put together, without the lists, which are kept as they were handed in.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Kept {
    /// The election's record.
    pub(super) election: String,
    /// The trustees' record.
    pub(super) trustees: String,
    /// The authority's key.
    authority: String,
    /// The fingerprint of the list of credentials.
    pub(super) fingerprint: String,
    /// The fingerprint of the election.
    pub(super) election_fingerprint: String,
    /// A list of the first credential alone: what concerns trustees is worked out without reading all of them.
    sample: String,
}

impl Kept {
    /// What was put together for an election; `None` where something is missing.
    pub(super) fn of(row: &ElectionRow) -> Result<Option<Self>, ServerError> {
        let broken = |error| ServerError::Fault(format!("election {} in the database: {error}", row.uuid));
        row.assembled.as_deref().map(serde_json::from_str).transpose().map_err(broken)
    }

    /// The election with one of its credentials: enough for everything that concerns trustees.
    pub(super) fn polls(&self) -> Result<Box<dyn adil_belenios::hold::Polls>, ServerError> {
        let (election, trustees) = (self.election.as_bytes(), self.trustees.as_bytes());
        let read = adil_belenios::hold::polls(election, trustees, self.sample.as_bytes(), None);
        read.map_err(|error| ServerError::Fault(format!("an election that was put together: {error}")))
    }

    /// As it was put together.
    pub(super) fn with(self, lists: ListsMessage) -> Assembled {
        let Self { election, trustees, authority, .. } = self;
        Assembled { election, trustees, lists, authority }
    }
}

/// The fingerprint of a list of credentials.
pub(super) fn fingerprint(credentials: &str) -> String {
    adil_belenios::base64(&adil_belenios::digest(credentials.as_bytes()))
}

/// Keeps a message in place of one of the same kind and number.
pub(super) async fn put(
    change: &mut Transaction,
    uuid: &str,
    kind: &str,
    number: u64,
    message: &str,
) -> Result<(), ServerError> {
    sqlx::query(
        "INSERT INTO role_message (election, kind, number, message, received) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (election, kind, number) DO UPDATE SET message = excluded.message, received = excluded.received",
    )
    .bind(uuid)
    .bind(kind)
    .bind(to_i64(number))
    .bind(message)
    .bind(to_i64(system::seconds()))
    .execute(&mut **change)
    .await?;
    Ok(())
}

/// One message, as it stays until a change is done.
pub(super) async fn one(
    change: &mut Transaction,
    uuid: &str,
    kind: &str,
    number: u64,
) -> Result<Option<String>, ServerError> {
    Ok(sqlx::query_scalar(ONE).bind(uuid).bind(kind).bind(to_i64(number)).fetch_optional(&mut **change).await?)
}

const ONE: &str = "SELECT message FROM role_message WHERE election = $1 AND kind = $2 AND number = $3";

/// How many messages of a kind are there that came after a moment.
pub(super) async fn count_since(
    change: &mut Transaction,
    uuid: &str,
    kind: &str,
    seconds: u64,
) -> Result<u64, ServerError> {
    let sql = "SELECT COUNT(*) FROM role_message WHERE election = $1 AND kind = $2 AND received > $3";
    let count: i64 =
        sqlx::query_scalar(sql).bind(uuid).bind(kind).bind(to_i64(seconds)).fetch_one(&mut **change).await?;
    Ok(to_u64(count))
}

/// For how long an opening that has begun keeps what is before it from being taken back, in seconds.
const OPENING_SECONDS: u64 = 600;

/// Whether somebody opens the voting just now.
pub(super) async fn is_being_opened(change: &mut Transaction, uuid: &str) -> Result<bool, ServerError> {
    let since = system::seconds().saturating_sub(OPENING_SECONDS);
    Ok(count_since(change, uuid, kind::OPENING, since).await? > 0)
}

/// Takes all messages of a kind away.
pub(super) async fn take_away(change: &mut Transaction, uuid: &str, kind: &str) -> Result<(), ServerError> {
    let sql = "DELETE FROM role_message WHERE election = $1 AND kind = $2";
    sqlx::query(sql).bind(uuid).bind(kind).execute(&mut **change).await?;
    Ok(())
}

/// Which messages are there, without their texts.
#[derive(Debug, Clone, Default)]
pub(super) struct Arrived(Vec<(String, u64)>);

impl Arrived {
    /// Whether there is one of a kind and number.
    pub(super) fn has(&self, kind: &str, number: u64) -> bool {
        self.0.iter().any(|(own, of)| own == kind && *of == number)
    }

    /// The numbers of a kind, in their order.
    pub(super) fn numbers(&self, kind: &str) -> Vec<u64> {
        self.0.iter().filter(|(own, _)| own == kind).map(|(_, number)| *number).collect()
    }

    /// Those of the numbers 1 to `of` that are missing.
    pub(super) fn missing(&self, kind: &str, of: usize) -> Vec<u64> {
        (1..=of as u64).filter(|number| !self.has(kind, *number)).collect()
    }
}

impl App {
    /// Which messages are there.
    pub(super) async fn arrived(&self, uuid: &str) -> Result<Arrived, ServerError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT kind, number FROM role_message WHERE election = $1 ORDER BY kind, number")
                .bind(uuid)
                .fetch_all(&self.store.read)
                .await?;
        Ok(Arrived(rows.into_iter().map(|(kind, number)| (kind, to_u64(number))).collect()))
    }

    /// The messages of a kind, in the order of their numbers.
    pub(super) async fn received(&self, uuid: &str, kind: &str) -> Result<Vec<(u64, String)>, ServerError> {
        let rows: Vec<(i64, String)> = sqlx::query_as(
            "SELECT number, message FROM role_message WHERE election = $1 AND kind = $2 ORDER BY number",
        )
        .bind(uuid)
        .bind(kind)
        .fetch_all(&self.store.read)
        .await?;
        Ok(rows.into_iter().map(|(number, message)| (to_u64(number), message)).collect())
    }

    /// One message.
    pub(super) async fn received_one(
        &self,
        uuid: &str,
        kind: &str,
        number: u64,
    ) -> Result<Option<String>, ServerError> {
        let found = sqlx::query_scalar(ONE).bind(uuid).bind(kind).bind(to_i64(number));
        Ok(found.fetch_optional(&self.store.read).await?)
    }

    /// Takes one message away.
    pub(super) async fn take_one_away(&self, uuid: &str, kind: &str, number: u64) -> Result<(), ServerError> {
        let sql = "DELETE FROM role_message WHERE election = $1 AND kind = $2 AND number = $3";
        sqlx::query(sql).bind(uuid).bind(kind).bind(to_i64(number)).execute(&self.store.write).await?;
        Ok(())
    }

    /// The messages of a kind, read.
    pub(super) async fn messages(&self, uuid: &str, kind: &str) -> Result<Vec<Message>, ServerError> {
        let read = |(_, text): (u64, String)| {
            let broken = |error| ServerError::Fault(format!("a message of kind {kind} in the database: {error}"));
            Message::parse(text.as_bytes()).map_err(broken)
        };
        self.received(uuid, kind).await?.into_iter().map(read).collect()
    }

    /// The members' messages of a kind.
    pub(super) async fn member_texts(&self, uuid: &str, kind: &str) -> Result<Vec<String>, ServerError> {
        let text = |message| match message {
            Message::Certificate(MemberMessage { message, .. })
            | Message::Contribution(MemberMessage { message, .. })
            | Message::Finished(MemberMessage { message, .. }) => Some(message),
            _ => None,
        };
        Ok(self.messages(uuid, kind).await?.into_iter().filter_map(text).collect())
    }

    /// The authority's lists.
    pub(super) async fn lists(&self, uuid: &str) -> Result<Option<ListsMessage>, ServerError> {
        let text = self.received_one(uuid, kind::LISTS, 0).await?;
        match text.map(|text| Message::parse(text.as_bytes())).transpose() {
            Ok(Some(Message::CredentialLists(lists))) => Ok(Some(lists)),
            Ok(None) => Ok(None),
            _ => Err(ServerError::Fault(format!("the lists of the election {uuid} in the database cannot be read"))),
        }
    }

    /// Puts the setup together, where everything for it is there and it has not been done yet. What the last message
    /// makes impossible is told to whoever handed it in.
    pub(super) async fn assemble(&self, uuid: &str) -> Result<(), ServerError> {
        let row = self.election(uuid).await?;
        let (Some(draft), None) = (row.draft.clone(), &row.assembled) else { return Ok(()) };
        let arrived = self.arrived(uuid).await?;
        let trustees = row.settings.trustees.len();
        let kinds = match row.settings.threshold {
            None => &[kind::TRUSTEE][..],
            Some(_) => &[kind::CERTIFICATE, kind::CONTRIBUTION, kind::FINISHED][..],
        };
        let is_whole =
            arrived.has(kind::LISTS, 0) && kinds.iter().all(|kind| arrived.missing(kind, trustees).is_empty());
        if !is_whole {
            return Ok(());
        }
        let mut messages = Vec::new();
        for kind in kinds {
            messages.extend(self.messages(uuid, kind).await?);
        }
        let Some(lists) = self.lists(uuid).await? else { return Ok(()) };
        let of = draft.clone();
        let kept = blocking(move || -> Result<Kept, ServerError> {
            let refused = |error: &dyn std::fmt::Display| ServerError::refused("setup", error);
            let assembled = Assembled::of(&of, &lists, &messages).map_err(|error| refused(&error))?;
            let sample = match assembled.lists.credentials.split_once("\",\"") {
                Some((first, _)) => format!("{first}\"]"),
                None => assembled.lists.credentials.clone(),
            };
            let Assembled { election, trustees, lists, authority } = assembled;
            let fingerprint = fingerprint(&lists.credentials);
            let election_fingerprint = self::fingerprint(&election);
            Ok(Kept { election, trustees, authority, fingerprint, election_fingerprint, sample })
        })
        .await??;
        let mut change = self.store.begin().await?;
        let now = Self::locked(&mut change, uuid).await?;
        // Other lists may have come in the meantime, or the election may be prepared anew.
        let lists = one(&mut change, uuid, kind::FINGERPRINT, 0).await?;
        if now.draft.as_ref() != Some(&draft) || lists.as_ref() != Some(&kept.fingerprint) {
            return Ok(());
        }
        sqlx::query("UPDATE election SET assembled = $1 WHERE uuid = $2")
            .bind(serde_json::to_string(&kept).unwrap_or_default())
            .bind(uuid)
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(())
    }
}
