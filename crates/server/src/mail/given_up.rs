//! Letters that were given up, as the organiser of their election may see them, and trying them again.
//!
//! Letters of a second factor and notices of ballots are counted and not named: to whom and when they went says who voted, and
//! with the public list of ballots perhaps under which pseudonym.

use super::Letter;
use crate::store::{to_i64, to_u64};
use crate::{App, ServerError, system};

/// Letters that are shown.
const SHOWN: i64 = 100;

/// The kinds that say who voted.
const OF_BALLOTS: &str = "kind IN ('second-factor', 'ballot-notice')";
/// The kinds that go to voters of the list.
const TO_VOTERS: &str = "kind IN ('voter-code', 'spare-code', 'invitation')";

/// Whom a letter was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Addressee {
    /// A voter of the list.
    Voter {
        /// What the list calls her.
        id: String,
        /// Her name.
        name: Option<String>,
    },
    /// A person with a role.
    Role {
        /// `authority`, `spares` or `trustee`.
        role: String,
        /// Which of several, from 1; 0 where there is one.
        number: u64,
        /// The name.
        name: String,
    },
    /// Somebody else.
    Other,
}

/// What the last answer of the mail server means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The address is none, or nobody there takes its mail.
    Address,
    /// The mailbox is full.
    Full,
    /// The letter was not wanted.
    Unwanted,
    /// The own mail server does not let this server send.
    Sender,
    /// A server on the way was busy, or asked to come again.
    Busy,
    /// The mail server was not reached.
    Unreachable,
    /// The letter is of no use any more, or this server has not written it.
    Void,
    /// Something else.
    Other,
}

impl Why {
    /// What a note of a failed attempt means: the numbers are those of RFC 5321, section 4.2.3, and of RFC 4954, section 6.
    pub fn of(failure: &str) -> Self {
        let code = failure.split_once("error (").and_then(|(_, rest)| rest.get(..3)?.parse::<u16>().ok());
        let is_about = |words: &[&str]| words.iter().any(|word| failure.contains(word));
        match code {
            Some(530 | 534 | 535 | 538 | 454) => Self::Sender,
            Some(552 | 452) => Self::Full,
            // A second number says more, where there is one (RFC 3463).
            Some(_) if is_about(&[" 5.2.2", " 4.2.2"]) => Self::Full,
            Some(550 | 554) if is_about(&[" 5.7."]) => Self::Unwanted,
            Some(501 | 550 | 551 | 553 | 556) => Self::Address,
            Some(554) if is_about(&[" 5.1."]) => Self::Address,
            Some(500..=599) => Self::Unwanted,
            Some(400..=499) => Self::Busy,
            _ if failure.starts_with("no mail address") => Self::Address,
            _ if is_about(&["onnection error", "network error", "timed out", "tls error"]) => Self::Unreachable,
            _ if is_about(&["this server has not written it", "there is no such page"]) => Self::Void,
            _ => Self::Other,
        }
    }

    /// The end of its key in the texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Full => "full",
            Self::Unwanted => "unwanted",
            Self::Sender => "sender",
            Self::Busy => "busy",
            Self::Unreachable => "unreachable",
            Self::Void => "void",
            Self::Other => "other",
        }
    }
}

/// A letter that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenUp {
    /// What the queue calls it.
    pub id: String,
    /// The kind of letter.
    pub kind: String,
    /// Whom it was for.
    pub to: Addressee,
    /// The address.
    pub recipient: String,
    /// When it was given up, in seconds since 1970.
    pub at: u64,
    /// How often it was tried.
    pub attempts: u64,
    /// What the mail server said.
    pub failure: String,
    /// Whether trying it again can be of use.
    pub can_retry: bool,
}

/// The letters of an election that were given up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenUpLetters {
    /// The latest hundred of those that can be named.
    pub letters: Vec<GivenUp>,
    /// How many can be named.
    pub total: u64,
    /// How many say who voted.
    pub of_ballots: u64,
}

impl App {
    /// The letters of an election that were given up. `is_open`: whether voters can still vote, so that their letters are of
    /// use.
    ///
    /// # Errors
    /// The database fails.
    pub async fn given_up_letters(&self, election: &str, is_open: bool) -> Result<GivenUpLetters, ServerError> {
        type Row = (String, String, String, String, i64, i64, Option<String>);
        let sql = format!(
            "SELECT COUNT(CASE WHEN {OF_BALLOTS} THEN NULL ELSE 1 END), COUNT(CASE WHEN {OF_BALLOTS} THEN 1 END) \
             FROM mail WHERE election = $1 AND given_up IS NOT NULL"
        );
        let (total, of_ballots): (i64, i64) =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(election).fetch_one(&self.store.read).await?;
        let sql = format!(
            "SELECT id, kind, recipient, content, given_up, attempts, failure FROM mail \
             WHERE election = $1 AND given_up IS NOT NULL AND NOT ({OF_BALLOTS}) ORDER BY given_up DESC, id LIMIT $2"
        );
        let rows: Vec<Row> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(election).bind(SHOWN).fetch_all(&self.store.read).await?;
        let mut letters = Vec::with_capacity(rows.len());
        for (id, kind, recipient, content, at, attempts, failure) in rows {
            let to = self.addressee(election, &id, &content).await?;
            letters.push(GivenUp {
                can_retry: is_open || !matches!(to, Addressee::Voter { .. }),
                at: to_u64(at),
                attempts: to_u64(attempts),
                failure: failure.unwrap_or_default(),
                id,
                kind,
                to,
                recipient,
            });
        }
        Ok(GivenUpLetters { letters, total: to_u64(total), of_ballots: to_u64(of_ballots) })
    }

    async fn addressee(&self, election: &str, id: &str, content: &str) -> Result<Addressee, ServerError> {
        let place = match serde_json::from_str(content) {
            Ok(Letter::Role { role, number, name, about: _ }) => return Ok(Addressee::Role { role, number, name }),
            Ok(Letter::VoterCode { voter, spare: _ }) => Some(voter),
            // Its identifier ends with the place of the voter (`service::queue`).
            Ok(Letter::Invitation) => id.rsplit('/').next().and_then(|place| place.parse().ok()),
            _ => None,
        };
        let Some(place) = place else { return Ok(Addressee::Other) };
        let found: Option<(String, Option<String>)> =
            sqlx::query_as("SELECT id, name FROM voter WHERE election = $1 AND position = $2")
                .bind(election)
                .bind(to_i64(place))
                .fetch_optional(&self.store.read)
                .await?;
        Ok(found.map_or(Addressee::Other, |(id, name)| Addressee::Voter { id, name }))
    }

    /// Puts letters that were given up into the queue once more, one or all: how many. Those that say who voted are left
    /// alone, and those to voters once voting is over.
    ///
    /// # Errors
    /// The database fails.
    pub async fn retry_letters(&self, election: &str, id: Option<&str>, is_open: bool) -> Result<u64, ServerError> {
        let left_alone = if is_open { OF_BALLOTS.to_owned() } else { format!("{OF_BALLOTS} OR {TO_VOTERS}") };
        // Its place among the others is the one of a new letter, and so is the number of attempts that it has.
        let sql = format!(
            "UPDATE mail SET given_up = NULL, attempts = 0, locked_until = 0, due = $1 \
             WHERE election = $2 AND given_up IS NOT NULL AND NOT ({left_alone}) AND (id = $3 OR $3 = '')"
        );
        let again = sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(to_i64(system::seconds()))
            .bind(election)
            .bind(id.unwrap_or_default())
            .execute(&self.store.write)
            .await?;
        self.mail.wake();
        Ok(again.rows_affected())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_mail_servers_are_told_in_plain_words() {
        for (failure, why) in [
            ("permanent error (550): 5.1.1 <v1@example.org>: User unknown", Why::Address),
            ("permanent error (553): mailbox name not allowed", Why::Address),
            ("no mail address: Missing domain or user", Why::Address),
            ("permanent error (552): 5.2.2 mailbox full", Why::Full),
            ("transient error (452): 4.2.2 over quota", Why::Full),
            ("permanent error (550): 5.7.1 message refused as spam", Why::Unwanted),
            ("permanent error (554): transaction failed", Why::Unwanted),
            ("permanent error (535): 5.7.8 authentication failed", Why::Sender),
            ("transient error (451): 4.7.1 greylisted", Why::Busy),
            ("transient error (421): closing the channel", Why::Busy),
            ("Connection error: Connection refused (os error 111)", Why::Unreachable),
            ("network error: timed out", Why::Unreachable),
            ("this server has not written it", Why::Void),
            ("the disk is full", Why::Other),
        ] {
            assert_eq!(Why::of(failure), why, "{failure}");
        }
    }
}
