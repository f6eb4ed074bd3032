//! The server as its own credential authority: the codes follow from its secret, the lists are made at once. It then knows
//! every voting code; the pages say so.

use adil_belenios::hold::keys;
use adil_election::authority::{PublishedLists, revocations, spare_weights};
use adil_election::messages::{Draft, ListsMessage, Message};
use adil_election::statement::Statement;

use super::from_secret::{Codes, codes, issued};
use super::logging::{blocking, bytes};
use super::received::{self, fingerprint, kind};
use super::{Affected, Leak, VoterRow};
use crate::store::{Transaction, to_i64, to_u64};
use crate::{App, ServerError, system};

/// Rows that one statement changes.
const ROWS: usize = 400;

/// What was issued: nothing in it is secret.
pub(super) struct OwnLists {
    lists: ListsMessage,
    voters: Vec<String>,
    spares: Vec<String>,
}

impl OwnLists {
    /// Keeps it.
    pub(super) async fn keep(self, change: &mut Transaction, uuid: &str) -> Result<(), ServerError> {
        let credentials = fingerprint(&self.lists.credentials);
        received::put(change, uuid, kind::FINGERPRINT, 0, &credentials).await?;
        let message = Message::CredentialLists(self.lists).to_bytes();
        received::put(change, uuid, kind::LISTS, 0, String::from_utf8_lossy(&message).trim_end()).await?;
        let placed = |chunk: &[String]| {
            (0..chunk.len()).map(|row| format!("(${}, ${})", 2 * row + 2, 2 * row + 3)).collect::<Vec<_>>().join(", ")
        };
        for (block, chunk) in self.voters.chunks(ROWS).enumerate() {
            let first = (block * ROWS) as u64;
            let (from, end) = (2 * chunk.len() + 2, 2 * chunk.len() + 3);
            let sql = format!(
                "WITH given (place, credential) AS (VALUES {}) UPDATE voter SET credential = \
                 (SELECT given.credential FROM given WHERE given.place = voter.position) \
                 WHERE election = $1 AND position >= ${from} AND position < ${end}",
                placed(chunk)
            );
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(uuid.to_owned());
            for (place, credential) in (first..).zip(chunk) {
                query = query.bind(to_i64(place)).bind(credential.clone());
            }
            let query = query.bind(to_i64(first)).bind(to_i64(first + chunk.len() as u64));
            query.execute(&mut **change).await?;
        }
        for (block, chunk) in self.spares.chunks(ROWS).enumerate() {
            let rows: Vec<String> =
                (0..chunk.len()).map(|row| format!("($1, ${}, ${})", 2 * row + 2, 2 * row + 3)).collect();
            let sql = format!("INSERT INTO spare (election, position, credential) VALUES {}", rows.join(", "));
            let mut query = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(uuid.to_owned());
            for (place, credential) in ((block * ROWS) as u64..).zip(chunk) {
                query = query.bind(to_i64(place)).bind(credential.clone());
            }
            query.execute(&mut **change).await?;
        }
        Ok(())
    }
}

impl App {
    /// Issues codes for voters, and spare ones, and makes the signed lists.
    pub(super) async fn issue(
        &self,
        draft: &Draft,
        voters: &[VoterRow],
        spares_percent: u32,
    ) -> Result<OwnLists, ServerError> {
        let (plan, _) = draft.read().map_err(|error| ServerError::refused("plan", error))?;
        let weight = |voter: &VoterRow| {
            let broken = |_| ServerError::Fault(format!("the weight {} in the database is none", voter.weight));
            voter.weight.parse::<u128>().map_err(broken)
        };
        let weights = voters.iter().map(weight).collect::<Result<Vec<_>, _>>()?;
        let key = self.secret.authority(&draft.uuid)?;
        let (secret, uuid) = (self.secret.clone(), draft.uuid.clone());
        blocking(move || {
            let name = plan.group.name();
            let group = keys(name).ok_or_else(|| ServerError::Fault(format!("the group {name} is not known")))?;
            let spare_weights = spare_weights(weights.iter().copied(), spares_percent);
            let count = weights.len() as u64;
            let voters = issued(&secret, &*group, &uuid, Codes::Voters, weights);
            let spares = issued(&secret, &*group, &uuid, Codes::Spares, spare_weights);
            let lists = PublishedLists::of(&*group, &voters, &spares, plan.has_weights);
            let statement = lists.statement(&uuid, count, key.verifier().to_string());
            let note = statement.signed(&[&key]).map_err(|error| ServerError::Fault(error.to_string()))?;
            let statement = String::from_utf8_lossy(&bytes(&note)).into_owned();
            let PublishedLists { credentials, spares: spare_list } = lists;
            let lists = ListsMessage { uuid, credentials, spares: spare_list, statement };
            Ok(OwnLists { lists, voters: voters.public, spares: spares.public })
        })
        .await?
    }

    /// The voting code of the voter at a place of the list, from 0: the one that she votes with now, which is a spare one
    /// where the first was revoked. For the mail that hands it to her; it is kept nowhere.
    ///
    /// # Errors
    /// The server is not the authority, or there is no such voter.
    pub async fn voting_code(&self, uuid: &str, position: u64) -> Result<String, ServerError> {
        let row: Option<Option<String>> =
            sqlx::query_scalar("SELECT credential FROM voter WHERE election = $1 AND position = $2")
                .bind(uuid)
                .bind(to_i64(position))
                .fetch_optional(&self.store.read)
                .await?;
        let credential = row.ok_or(ServerError::NotFound)?;
        let credential = credential
            .ok_or_else(|| ServerError::refused("by-person", "the voting codes of this election are not made here"))?;
        let spare = match self.has_log(uuid).await? {
            true => {
                let hash = adil_belenios::digest(credential.as_bytes());
                let given = move |seen: &super::logging::Seen<'_>| {
                    seen.ledger.revocation_of(&hash).map(|own| own.revocation.spare.clone())
                };
                self.log(uuid).await?.look(given).await?
            }
            false => None,
        };
        let (of, place) = match spare {
            None => (Codes::Voters, position),
            Some(spare) => {
                let place: Option<i64> =
                    sqlx::query_scalar("SELECT position FROM spare WHERE election = $1 AND credential = $2")
                        .bind(uuid)
                        .bind(&spare)
                        .fetch_optional(&self.store.read)
                        .await?;
                let missing = || ServerError::Fault(format!("the spare {spare} of {uuid} is not in the database"));
                (Codes::Spares, to_u64(place.ok_or_else(missing)?))
            }
        };
        let codes = codes(&self.secret, uuid, of, place..place + 1);
        codes.first().map(|code| code.reveal().to_owned()).ok_or(ServerError::NotFound)
    }

    /// Signs the revocations of a leak as the authority: the message, and which voter gets which spare.
    pub(super) async fn own_revocations(
        &self,
        uuid: &str,
        leak: &Leak,
    ) -> Result<(Message, Vec<(String, String)>), ServerError> {
        let voters = self.voters(uuid).await?;
        let key = self.secret.authority(uuid)?;
        let (leak, election) = (leak.clone(), uuid.to_owned());
        let log = self.log(uuid).await?;
        let signed = log.look(move |seen| {
            let named: Option<std::collections::HashSet<&String>> = match &leak.affected {
                Affected::All => None,
                Affected::Voters(ids) => Some(ids.iter().collect()),
            };
            let mut affected: Vec<(&VoterRow, &String)> = Vec::new();
            for voter in &voters {
                let Some(credential) = &voter.credential else { continue };
                let is_affected = match &named {
                    Some(named) => named.contains(&voter.id),
                    // Those who have a spare code already keep it.
                    None => seen.ledger.revocation_of(&adil_belenios::digest(credential.as_bytes())).is_none(),
                };
                if is_affected {
                    affected.push((voter, credential));
                }
            }
            let refused = |error: &dyn std::fmt::Display| ServerError::refused("leak", error);
            let credentials: Vec<String> = affected.iter().map(|(_, credential)| (*credential).clone()).collect();
            let now = system::minute().max(leak.since);
            let revocations = revocations(
                seen.ledger,
                &credentials,
                &std::collections::BTreeMap::new(),
                leak.since,
                now,
                &leak.reason,
            )
            .map_err(|error| refused(&error))?;
            let mut orders = Vec::with_capacity(revocations.len());
            let mut notes = Vec::with_capacity(revocations.len());
            for (revocation, (voter, _)) in revocations.into_iter().zip(&affected) {
                orders.push((voter.id.clone(), revocation.spare.clone()));
                let note = Statement::Revocation(revocation).signed(&[&key]).map_err(|error| refused(&error))?;
                notes.push(note.to_string());
            }
            Ok((Message::Revocations { uuid: election, notes }, orders))
        });
        signed.await?
    }
}
