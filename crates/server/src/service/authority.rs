//! The credential authority and the holder of the spare codes, each in the own browser.

use std::collections::{HashMap, HashSet};

use adil_belenios::{digest, hexadecimal};
use adil_election::ledger::{Ledger, Phase};
use adil_election::messages::{Draft, ListsMessage, Message};
use adil_election::setup::check_lists;
use adil_election::statement::Statement;
use adil_log::VerifierKey;
use serde::Serialize;

use super::logging::blocking;
use super::received::{self, fingerprint, kind};
use super::{Affected, ElectionRow, Leak, Stage, VoterRow};
use crate::{App, ServerError};

/// A voter who gets a spare code.
#[derive(Clone, Serialize)]
pub struct SpareOrder {
    /// The voter.
    #[serde(flatten)]
    pub voter: VoterRow,
    /// The spare public credential.
    pub spare: String,
}

/// What the page of the credential authority works with: the JSON of `GET /api/authority/{uuid}`.
#[derive(Clone, Serialize)]
pub struct AuthorityView {
    /// The draft: identifier, plan, keys.
    pub draft: adil_election::messages::Draft,
    /// The title.
    pub title: String,
    /// Whether voters have weights.
    pub has_weights: bool,
    /// The languages of letters.
    pub languages: Vec<&'static str>,
    /// Spare codes, in percent.
    pub spares_percent: u32,
    /// Where voters vote.
    pub vote_at: String,
    /// Where the board is.
    pub check_at: String,
    /// As announced, in RFC 3339.
    pub opens: Option<String>,
    /// As announced, in RFC 3339.
    pub closes: Option<String>,
    /// Who organises.
    pub organiser_name: Option<String>,
    /// Who the authority is.
    pub authority_name: Option<String>,
    /// The voters.
    pub voters: Vec<VoterRow>,
    /// The fingerprint of the lists that were handed in.
    pub fingerprint: Option<String>,
    /// How far the election is.
    pub phase: super::Stage,
    /// A leak that the organiser has declared and whose revocations are to be signed.
    pub leak: Option<Leak>,
    /// Spare credentials that nobody has, with their weights.
    pub free_spares: Vec<(String, String)>,
    /// Revoked credentials, with the spares that took their places.
    pub revoked: Vec<(String, String)>,
}

/// What the page of the holder of the spare codes works with: the JSON of `GET /api/spares/{uuid}`.
#[derive(Clone, Serialize)]
pub struct SparesView {
    /// The draft.
    pub draft: adil_election::messages::Draft,
    /// The title.
    pub title: String,
    /// Where voters vote.
    pub vote_at: String,
    /// Where the board is.
    pub check_at: String,
    /// Whether voters have weights.
    pub has_weights: bool,
    /// Which voter gets which spare.
    pub orders: Vec<SpareOrder>,
}

impl App {
    /// What the authority's page shows.
    ///
    /// # Errors
    /// The election is not that far, or the server is its own authority.
    pub async fn authority_view(&self, uuid: &str) -> Result<AuthorityView, ServerError> {
        let row = self.election(uuid).await?;
        let draft = with_person(&row)?;
        let (plan, _) = draft.read().map_err(refused)?;
        let (mut free_spares, mut revoked, mut phase) = (Vec::new(), Vec::new(), Stage::SettingUp);
        if self.has_log(uuid).await? {
            let log = self.log(uuid).await?;
            (free_spares, revoked) = log
                .look(|seen| {
                    let is_free = |spare: &str| seen.ledger.revocation_giving(&digest(spare.as_bytes())).is_none();
                    let spares = seen.ledger.credentials().spares().iter();
                    let free = spares.filter(|(spare, _)| is_free(spare));
                    let pair = |own: &adil_election::ledger::LedgerRevocation| {
                        (own.revocation.credential.clone(), own.revocation.spare.clone())
                    };
                    let free: Vec<_> = free.map(|(spare, weight)| (spare.clone(), weight.to_string())).collect();
                    (free, seen.ledger.revocations().iter().map(pair).collect())
                })
                .await?;
            phase = log.progress().await?.stage();
        }
        let moment = |seconds| crate::moment::rfc3339(seconds, row.settings.offset_minutes);
        Ok(AuthorityView {
            title: row.title.clone(),
            has_weights: plan.has_weights,
            languages: plan.languages.iter().map(|language| language.code()).collect(),
            spares_percent: row.settings.spares_percent,
            vote_at: format!("{}/e/{uuid}/vote", self.config.base_url),
            check_at: format!("{}/e/{uuid}", self.config.base_url),
            opens: row.opens.map(moment),
            closes: row.closes.map(moment),
            organiser_name: plan.organiser.clone(),
            authority_name: row.settings.authority.as_ref().map(|person| person.name.clone()),
            voters: self.voters(uuid).await?,
            fingerprint: self.received_one(uuid, kind::FINGERPRINT, 0).await?,
            phase,
            leak: self.declared_leak(uuid).await?,
            free_spares,
            revoked,
            draft,
        })
    }

    /// Takes the lists of credentials. Until voting opens other ones may take their place; the trustees rehearse anew then.
    ///
    /// # Errors
    /// They do not hold, or are not of this election and its voters; a sentence for the authority.
    pub async fn receive_lists(&self, uuid: &str, message: &[u8]) -> Result<(), ServerError> {
        let row = self.election(uuid).await?;
        let draft = with_person(&row)?;
        let voters = self.voters(uuid).await?;
        let (message, of) = (message.to_vec(), draft.clone());
        let spares_percent = row.settings.spares_percent;
        let lists = blocking(move || -> Result<ListsMessage, ServerError> {
            let message = Message::parse(&message).map_err(|error| refused(format!("it cannot be read: {error}")))?;
            let Message::CredentialLists(lists) = message else {
                return Err(refused(format!("{} is not what is waited for", message.name())));
            };
            check_lists(&of.uuid, &lists).map_err(refused)?;
            let has_weights = of.read().map_err(refused)?.0.has_weights;
            of_these_voters(&lists, &voters, spares_percent, has_weights)?;
            Ok(lists)
        })
        .await??;
        let print = fingerprint(&lists.credentials);
        let text = Message::CredentialLists(lists).to_bytes();
        let text = String::from_utf8_lossy(&text).trim_end().to_owned();
        let mut change = self.store.begin().await?;
        let now = Self::locked(&mut change, uuid).await?;
        let opening = received::one(&mut change, uuid, kind::OPENING, 0).await?;
        if opening.is_some() || self.has_log(uuid).await? {
            let text = "voting has been opened: the lists can no longer be changed";
            return Err(ServerError::refused("open-already", text));
        }
        if now.draft.as_ref() != Some(&draft) {
            return Err(ServerError::refused("changed", "the election was changed in the meantime"));
        }
        received::put(&mut change, uuid, kind::LISTS, 0, &text).await?;
        received::put(&mut change, uuid, kind::FINGERPRINT, 0, &print).await?;
        received::take_away(&mut change, uuid, kind::REHEARSED).await?;
        sqlx::query("UPDATE election SET assembled = NULL WHERE uuid = $1").bind(uuid).execute(&mut *change).await?;
        change.commit().await?;
        self.assemble(uuid).await
    }

    /// Takes the authority's signed revocations, and with them who of the voters gets which spare. They wait for the
    /// organiser. `orders` are pairs of voter and spare.
    ///
    /// # Errors
    /// They do not hold, or no leak has been declared.
    pub async fn receive_revocations(
        &self,
        uuid: &str,
        message: &[u8],
        orders: &[(String, String)],
    ) -> Result<(), ServerError> {
        let row = self.election(uuid).await?;
        with_person(&row)?;
        let leak = self.declared_leak(uuid).await?;
        let leak = leak.ok_or_else(|| ServerError::refused("no-leak", "no leak has been declared"))?;
        let known: HashSet<String> = self.voters(uuid).await?.into_iter().map(|voter| voter.id).collect();
        let message = Message::parse(message).map_err(|error| refused(format!("it cannot be read: {error}")))?;
        let Message::Revocations { uuid: of, notes } = &message else {
            return Err(refused(format!("{} is not what is waited for", message.name())));
        };
        if of != uuid {
            return Err(refused(format!("the revocations are of another election ({of})")));
        }
        let affected: HashSet<&String> = match &leak.affected {
            Affected::All => known.iter().collect(),
            Affected::Voters(ids) => ids.iter().collect(),
        };
        let mut voters = HashSet::new();
        for (voter, _) in orders {
            if !affected.contains(voter) {
                return Err(refused(format!("{voter:?} is none of the voters whose codes have leaked")));
            }
            if !voters.insert(voter) {
                return Err(refused(format!("{voter:?} would get two codes")));
            }
        }
        let spares: HashSet<String> = orders.iter().map(|(_, spare)| spare.clone()).collect();
        if notes.len() != orders.len() || spares.len() != orders.len() {
            let (revocations, orders) = (notes.len(), orders.len());
            return Err(refused(format!("there are {revocations} revocations, and {orders} voters who get a code")));
        }
        let (notes, declared) = (notes.clone(), leak.clone());
        let log = self.log(uuid).await?;
        log.look(move |seen| would_revoke(seen.ledger, &notes, &declared, &spares)).await??;
        let mut change = self.store.begin().await?;
        Self::locked(&mut change, uuid).await?;
        if super::leaks::declared(&mut change, uuid).await?.as_ref() != Some(&leak) {
            return Err(ServerError::refused("leak-changed", "the leak was declared otherwise in the meantime"));
        }
        super::leaks::not_being_logged(&mut change, uuid).await?;
        let text = message.to_bytes();
        received::put(&mut change, uuid, kind::REVOCATIONS, 0, String::from_utf8_lossy(&text).trim_end()).await?;
        let orders = serde_json::to_string(orders).unwrap_or_default();
        received::put(&mut change, uuid, kind::ORDERS_WAITING, 0, &orders).await?;
        change.commit().await?;
        Ok(())
    }

    /// What the page of the holder of the spares shows.
    ///
    /// # Errors
    /// The election is not that far.
    pub async fn spares_view(&self, uuid: &str) -> Result<SparesView, ServerError> {
        let row = self.election(uuid).await?;
        let draft = with_person(&row)?;
        let (plan, _) = draft.read().map_err(refused)?;
        let voters = self.voters(uuid).await?;
        let by_id: HashMap<&str, &VoterRow> = voters.iter().map(|voter| (voter.id.as_str(), voter)).collect();
        let mut orders = Vec::new();
        for (_, text) in self.received(uuid, kind::ORDERS).await? {
            let broken = |error| ServerError::Fault(format!("orders in the database: {error}"));
            for (id, spare) in serde_json::from_str::<Vec<(String, String)>>(&text).map_err(broken)? {
                if let Some(&voter) = by_id.get(id.as_str()) {
                    orders.push(SpareOrder { voter: voter.clone(), spare });
                }
            }
        }
        Ok(SparesView {
            title: row.title.clone(),
            vote_at: format!("{}/e/{uuid}/vote", self.config.base_url),
            check_at: format!("{}/e/{uuid}", self.config.base_url),
            has_weights: plan.has_weights,
            orders,
            draft,
        })
    }
}

fn refused(text: impl std::fmt::Display) -> ServerError {
    ServerError::refused("authority", text)
}

/// The draft of an election whose authority is a person.
fn with_person(row: &ElectionRow) -> Result<Draft, ServerError> {
    if row.settings.authority.is_none() {
        let text = "the server itself hands out the voting codes of this election";
        return Err(ServerError::refused("by-server", text));
    }
    let draft = row.draft.clone();
    draft.ok_or_else(|| ServerError::refused("not-fixed", "the organiser is still preparing the election"))
}

/// Whether lists are of as many voters, and of the weights, that the organiser's list has, and have the spares that were
/// agreed on.
fn of_these_voters(
    lists: &ListsMessage,
    voters: &[VoterRow],
    spares_percent: u32,
    has_weights: bool,
) -> Result<(), ServerError> {
    let read = |text: &str| -> Result<Vec<u128>, ServerError> {
        let entries: Vec<String> = serde_json::from_str(text).map_err(refused)?;
        let weight = |entry: &String| match entry.split_once(',') {
            Some((_, weight)) if has_weights => weight.parse().map_err(refused),
            None if !has_weights => Ok(1),
            _ => Err(refused(format!("the entry {entry:?} has another form than this election's"))),
        };
        entries.iter().map(weight).collect()
    };
    let parsed = |voter: &VoterRow| voter.weight.parse::<u128>().map_err(refused);
    let mut wanted = voters.iter().map(parsed).collect::<Result<Vec<_>, _>>()?;
    let mut spares_wanted = adil_election::authority::spare_weights(wanted.iter().copied(), spares_percent);
    let mut spares = read(&lists.spares)?;
    wanted.extend(&spares_wanted);
    let mut all = read(&lists.credentials)?;
    for weights in [&mut wanted, &mut spares_wanted, &mut spares, &mut all] {
        weights.sort_unstable();
    }
    match (all == wanted, spares == spares_wanted) {
        (true, true) => Ok(()),
        _ => Err(refused(format!(
            "the lists have {} credentials, {} of them spare; of {} voters, and with {spares_percent} spare ones for 100 \
             voters, there must be {} and {}, of the same weights",
            all.len(),
            spares.len(),
            voters.len(),
            wanted.len(),
            spares_wanted.len()
        ))),
    }
}

/// Whether revocations answer a leak, are signed by the authority, and could be logged.
fn would_revoke(ledger: &Ledger, notes: &[String], leak: &Leak, spares: &HashSet<String>) -> Result<(), ServerError> {
    if ledger.phase() != Phase::Open {
        return Err(ServerError::refused("not-open", "codes can be revoked only while voting is open"));
    }
    let setup = ledger.setup.as_ref().ok_or_else(|| refused("the log has no setup"))?;
    let key = VerifierKey::parse(&setup.keys.authority).map_err(refused)?;
    let (mut credentials, mut given) = (HashSet::new(), HashSet::new());
    for text in notes {
        let (statement, note) = Statement::parse(text.as_bytes()).map_err(refused)?;
        let Statement::Revocation(own) = statement else {
            return Err(refused(format!("a statement {} is among the revocations", statement.name())));
        };
        if !Statement::is_signed_by(&note, &key) {
            return Err(refused("a revocation is not signed by the credential authority"));
        }
        if own.uuid != setup.uuid || own.since != leak.since || own.reason != leak.reason || own.since > own.minute {
            return Err(refused("a revocation says something else than the leak that was declared"));
        }
        let (credential, spare) = (digest(own.credential.as_bytes()), digest(own.spare.as_bytes()));
        let list = ledger.credentials();
        let weight = list.weight(&credential).filter(|_| !list.is_spare(&credential));
        if weight.is_none() || ledger.revocation_of(&credential).is_some() || !credentials.insert(credential) {
            let shown = hexadecimal(&credential);
            return Err(refused(format!("a credential (digest {shown}) is of no voter, or was revoked before")));
        }
        let is_free = list.is_spare(&spare) && ledger.revocation_giving(&spare).is_none() && given.insert(spare);
        if !is_free || list.weight(&spare) != weight || !spares.contains(&own.spare) {
            return Err(refused(format!("the spare {} is not free, has another weight, or is of no voter", own.spare)));
        }
    }
    Ok(())
}
