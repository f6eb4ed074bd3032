//! From a fixed plan to the opening: what is still missing, and the steps in between.

use adil_belenios::trustee::Terms;
use adil_election::messages::{Draft, Message};
use adil_election::{GroupName, Plan};

use super::from_secret::origin;
use super::logging::blocking;
use super::received::{self, Arrived, Kept, kind};
use super::{ElectionRow, Person, Settings, VoterRow};
use crate::accounts::kept;
use crate::bundle;
use crate::mail::About;
use crate::store::{Transaction, to_i64, to_u64};
use crate::{App, ServerError, system};

/// Something that must be there before voting can open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The key of its sentence in the texts, e.g. `item-questions`.
    pub key: &'static str,
    /// How far it is.
    pub state: ItemState,
    /// What the sentence is about: name and value.
    pub arguments: Vec<(&'static str, String)>,
    /// The page where it is done, below `/organiser/{uuid}/`.
    pub page: &'static str,
}

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    /// It is there.
    Done,
    /// The organiser has to do it.
    Missing,
    /// Somebody else has to do it.
    Waiting,
    /// It may be left out.
    Optional,
}

impl App {
    /// Everything that must be there before voting can open, in the order in which it is done.
    ///
    /// # Errors
    /// The database fails.
    pub async fn checklist(&self, uuid: &str) -> Result<Vec<Item>, ServerError> {
        let row = self.election(uuid).await?;
        let mut items = self.to_decide(&row).await?;
        let is_missing = items.iter().any(|item| item.state == ItemState::Missing);
        let fixed = match (row.is_fixed(), is_missing) {
            (true, _) => ItemState::Done,
            (false, true) => ItemState::Waiting,
            (false, false) => ItemState::Missing,
        };
        items.push(Item { key: "item-fix", state: fixed, arguments: Vec::new(), page: "setup" });
        if row.is_fixed() {
            items.extend(self.to_arrive(&row).await?);
        }
        Ok(items)
    }

    /// What the organiser decides.
    async fn to_decide(&self, row: &ElectionRow) -> Result<Vec<Item>, ServerError> {
        let (plan, settings) = (row.read_plan(), &row.settings);
        let (voters, without_email) = self.voter_numbers(&row.uuid).await?;
        let fits = match &plan {
            Ok(plan) => voters > 0 && (row.is_fixed() || self.voters_fit(&row.uuid, plan).await?),
            Err(_) => false,
        };
        let done = |is_done: bool| if is_done { ItemState::Done } else { ItemState::Missing };
        let questions = plan.as_ref().map_or(0, |plan| plan.contests.len());
        let is_sound = plan.as_ref().is_ok_and(|plan| plan.group == GroupName::Ed25519);
        let named = |person: &Person| !person.name.trim().is_empty();
        let holder = settings.authority.as_ref().and(settings.spares_holder.as_ref());
        let people = settings.authority.iter().chain(holder).chain(&settings.trustees);
        let are_trustees = !settings.trustees.is_empty() && settings.trustees.iter().all(named);
        let lacks_dates =
            (settings.opens_itself && row.opens.is_none()) || (settings.closes_itself && row.closes.is_none());
        let dates = match (lacks_dates, row.opens.or(row.closes)) {
            (true, _) => ItemState::Missing,
            (false, Some(_)) => ItemState::Done,
            (false, None) => ItemState::Optional,
        };
        let item = |key, state, page, arguments| Item { key, state, arguments, page };
        let mut items = vec![
            item("item-questions", done(is_sound), "questions", vec![("questions", questions.to_string())]),
            item("item-voters", done(fits), "voters", vec![("voters", voters.to_string())]),
        ];
        if without_email > 0 && settings.authority.is_none() {
            let count = vec![("voters", without_email.to_string())];
            items.push(item("item-addresses", ItemState::Optional, "voters", count));
        }
        let authority = match &settings.authority {
            Some(person) => item("item-authority", done(named(person)), "roles", vec![("name", person.name.clone())]),
            None => item("item-authority-server", ItemState::Done, "roles", Vec::new()),
        };
        items.push(authority);
        let needed = settings.threshold.unwrap_or(settings.trustees.len());
        items.push(item(
            "item-trustees",
            done(are_trustees && terms_of(settings).is_ok()),
            "roles",
            vec![("trustees", settings.trustees.len().to_string()), ("needed", needed.to_string())],
        ));
        let by_hand = people.filter(|person| person.email.as_deref().is_none_or(str::is_empty)).count();
        if by_hand > 0 {
            items.push(item("item-links", ItemState::Optional, "roles", vec![("people", by_hand.to_string())]));
        }
        items.push(item("item-dates", dates, "dates", Vec::new()));
        Ok(items)
    }

    /// What the roles hand in, and the opening.
    async fn to_arrive(&self, row: &ElectionRow) -> Result<Vec<Item>, ServerError> {
        let uuid = &row.uuid;
        let arrived = self.arrived(uuid).await?;
        let trustees = row.settings.trustees.len();
        let waiting = |is_done: bool| if is_done { ItemState::Done } else { ItemState::Waiting };
        let kind = if row.settings.threshold.is_some() { kind::FINISHED } else { kind::TRUSTEE };
        let keys = arrived.numbers(kind).len();
        let rehearsed = arrived.numbers(kind::REHEARSED).len();
        let fingerprint = self.received_one(uuid, kind::FINGERPRINT, 0).await?;
        let is_ready = self.are_rehearsed(row, &arrived).await?;
        let open = match (self.has_log(uuid).await?, is_ready) {
            (true, _) => ItemState::Done,
            (false, true) => ItemState::Missing,
            (false, false) => ItemState::Waiting,
        };
        let needed = row.settings.threshold.unwrap_or(trustees).to_string();
        Ok(vec![
            Item {
                key: "item-lists",
                state: waiting(fingerprint.is_some()),
                arguments: vec![("fingerprint", fingerprint.unwrap_or_default())],
                page: "setup",
            },
            Item {
                key: "item-keys",
                state: waiting(keys == trustees && row.assembled.is_some()),
                arguments: vec![("keys", keys.to_string()), ("trustees", trustees.to_string())],
                page: "setup",
            },
            Item {
                key: "item-rehearsal",
                state: waiting(is_ready),
                arguments: vec![
                    ("rehearsed", rehearsed.to_string()),
                    ("trustees", trustees.to_string()),
                    ("needed", needed),
                ],
                page: "setup",
            },
            Item { key: "item-open", state: open, arguments: Vec::new(), page: "setup" },
        ])
    }

    async fn voter_numbers(&self, uuid: &str) -> Result<(u64, u64), ServerError> {
        let (all, with): (i64, i64) = sqlx::query_as("SELECT COUNT(*), COUNT(email) FROM voter WHERE election = $1")
            .bind(uuid)
            .fetch_one(&self.store.read)
            .await?;
        Ok((to_u64(all), to_u64(all - with)))
    }

    /// Whether the list of voters still fits to a plan that may have been changed since.
    async fn voters_fit(&self, uuid: &str, plan: &Plan) -> Result<bool, ServerError> {
        let languages: Vec<String> = sqlx::query_scalar("SELECT DISTINCT language FROM voter WHERE election = $1")
            .bind(uuid)
            .fetch_all(&self.store.read)
            .await?;
        let weighed: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM voter WHERE election = $1 AND weight <> '1'")
            .bind(uuid)
            .fetch_one(&self.store.read)
            .await?;
        let is_offered = |code: &String| plan.languages.iter().any(|language| language.code() == code);
        Ok(languages.iter().all(is_offered) && (plan.has_weights || weighed == 0))
    }

    /// Whether enough trustees have shown that they can decrypt.
    async fn are_rehearsed(&self, row: &ElectionRow, arrived: &Arrived) -> Result<bool, ServerError> {
        let Some(kept) = Kept::of(row)? else { return Ok(false) };
        let numbers = arrived.numbers(kind::REHEARSED);
        if numbers.is_empty() {
            return Ok(false);
        }
        blocking(move || Ok(kept.polls()?.are_enough(&numbers))).await?
    }

    /// Whether voting can be opened.
    pub(super) async fn is_ready(&self, uuid: &str) -> Result<bool, ServerError> {
        let row = self.election(uuid).await?;
        let arrived = self.arrived(uuid).await?;
        Ok(arrived.has(kind::LISTS, 0) && self.are_rehearsed(&row, &arrived).await?)
    }

    /// Fixes plan, voters and roles: from now on keys are made for them. Personal links go out by mail.
    ///
    /// # Errors
    /// Something of the checklist that the organiser has to do is missing.
    pub async fn fix(&self, uuid: &str) -> Result<(), ServerError> {
        let row = self.election(uuid).await?;
        if row.is_fixed() {
            return Err(ServerError::refused("fixed", "the questions are fixed already"));
        }
        let items = self.to_decide(&row).await?;
        if let Some(item) = items.iter().find(|item| item.state == ItemState::Missing) {
            return Err(ServerError::refused("missing", format!("something is still missing ({})", item.key)));
        }
        let draft = self.draft(&row)?;
        let voters = self.voters(uuid).await?;
        let own = match row.settings.authority {
            None => Some(self.issue(&draft, &voters, row.settings.spares_percent).await?),
            Some(_) => None,
        };
        let mut change = self.store.begin().await?;
        let now = Self::locked(&mut change, uuid).await?;
        let is_same = now.draft.is_none() && now.plan == row.plan && now.settings == row.settings;
        if !is_same || !same_voters(&mut change, uuid, &voters).await? {
            return Err(ServerError::refused("changed", "the election was changed in the meantime; look at it again"));
        }
        sqlx::query("UPDATE election SET draft = $1, assembled = NULL WHERE uuid = $2")
            .bind(serde_json::to_string(&draft).unwrap_or_default())
            .bind(uuid)
            .execute(&mut *change)
            .await?;
        if let Some(own) = own {
            own.keep(&mut change, uuid).await?;
        }
        for (role, number, person) in roles(&row.settings) {
            self.put_role_link(&mut change, &row, (role, number, person), true).await?;
        }
        change.commit().await?;
        Ok(())
    }

    /// The election as the roles get it.
    fn draft(&self, row: &ElectionRow) -> Result<Draft, ServerError> {
        let refused = |error: &dyn std::fmt::Display| ServerError::refused("plan", error);
        let plan = row.read_plan().map_err(|error| refused(&error))?;
        // What was decided beside the plan stands in it before the first table.
        let mut before = String::new();
        let moment = |seconds| crate::moment::rfc3339(seconds, row.settings.offset_minutes);
        let authority = row.settings.authority.as_ref().map(|person| person.name.clone());
        let fields = [
            ("opens", plan.opens.is_none(), row.opens.map(moment)),
            ("closes", plan.closes.is_none(), row.closes.map(moment)),
            ("authority", plan.authority.is_none(), authority),
        ];
        for (name, is_free, value) in fields {
            if let (true, Some(value)) = (is_free, value) {
                // JSON's texts are texts of TOML too.
                let value = serde_json::to_string(&value).unwrap_or_default();
                before.push_str(&format!("{name} = {value}\n"));
            }
        }
        let keys = self.secret.election(&row.uuid, &origin(&row.uuid))?;
        let draft = Draft {
            uuid: row.uuid.clone(),
            plan: before + &row.plan,
            organiser: keys.organiser.verifier().to_string(),
            log: keys.log.verifier().to_string(),
            acceptance: plan.needs_second_factor.then(|| keys.acceptance.verifier().to_string()),
        };
        draft.read().map_err(|error| refused(&error))?;
        Ok(draft)
    }

    /// Takes the fixing back: what the roles have made is thrown away, and their links no longer work.
    ///
    /// # Errors
    /// Voting has been opened.
    pub async fn undo_fix(&self, uuid: &str) -> Result<(), ServerError> {
        let mut change = self.store.begin().await?;
        let row = Self::locked(&mut change, uuid).await?;
        let began: Option<i64> = sqlx::query_scalar("SELECT size FROM log_head WHERE election = $1")
            .bind(uuid)
            .fetch_optional(&mut *change)
            .await?;
        if began.is_some() || received::is_being_opened(&mut change, uuid).await? {
            return Err(ServerError::refused("open-already", "voting has been opened already"));
        }
        if row.draft.is_none() {
            return Ok(());
        }
        for sql in [
            "DELETE FROM role_message WHERE election = $1",
            "DELETE FROM role_link WHERE election = $1",
            "DELETE FROM session_grant WHERE election = $1",
            "DELETE FROM spare WHERE election = $1",
            "DELETE FROM mail WHERE election = $1 AND sent IS NULL",
            "UPDATE voter SET credential = NULL WHERE election = $1",
            "UPDATE election SET draft = NULL, assembled = NULL WHERE uuid = $1",
        ] {
            sqlx::query(sql).bind(uuid).execute(&mut *change).await?;
        }
        change.commit().await?;
        Ok(())
    }

    /// Opens the voting: the first three entries of the log.
    ///
    /// # Errors
    /// Something of the checklist is missing.
    pub async fn open_voting(&self, uuid: &str) -> Result<(), ServerError> {
        if self.has_log(uuid).await? {
            return Err(ServerError::refused("open-already", "voting has been opened already"));
        }
        let row = self.election(uuid).await?;
        let missing = || ServerError::refused("missing", "not everything for the opening is there yet");
        let draft = row.draft.clone().ok_or_else(missing)?;
        if !self.is_ready(uuid).await? {
            return Err(missing());
        }
        let kept = Kept::of(&row)?.ok_or_else(missing)?;
        let lists = self.lists(uuid).await?.ok_or_else(missing)?;
        let mut answers = Vec::new();
        for message in self.messages(uuid, kind::REHEARSED).await? {
            if let Message::Rehearsed(own) = message {
                answers.push((own.owner, own.record.into_bytes()));
            }
        }
        // From here on the fixing is not taken back; whoever opens, opens in the second that was kept first.
        let mut change = self.store.begin().await?;
        let now = Self::locked(&mut change, uuid).await?;
        if now.draft.as_ref() != Some(&draft) || now.assembled != row.assembled {
            return Err(ServerError::refused("changed", "the election was changed in the meantime; look at it again"));
        }
        let first = received::one(&mut change, uuid, kind::OPENING, 0).await?;
        let second = first.unwrap_or_else(|| system::seconds().to_string());
        received::put(&mut change, uuid, kind::OPENING, 0, &second).await?;
        change.commit().await?;
        let second = second.parse().unwrap_or_else(|_| system::seconds());
        let keys = self.keys_of(&draft)?;
        let of = draft.clone();
        let made = blocking(move || {
            let refused = |error: &dyn std::fmt::Display| ServerError::refused("setup", error);
            kept.polls()?.rehearsed(&answers).map_err(|error| refused(&error))?;
            kept.with(lists)
                .opening(&of, &keys.organiser, second, Some(&bundle::manifest()))
                .map_err(|error| refused(&error))
        });
        let begun = match made.await? {
            Ok((notes, records)) => self.begin_log(&draft, notes, records).await,
            Err(error) => Err(error),
        };
        match begun {
            Ok(()) | Err(ServerError::Refused { code: "open-already", .. }) => Ok(()),
            Err(error) => {
                if matches!(error, ServerError::Refused { .. }) {
                    // Trying again would not help: the organiser may take the fixing back.
                    self.take_one_away(uuid, kind::OPENING, 0).await?;
                }
                Err(error)
            }
        }
    }

    /// The personal link of a role (`authority`, `spares`, `trustee`), made anew: an earlier one no longer works. It is
    /// shown once; with `by_mail` it goes to the person's address.
    ///
    /// # Errors
    /// There is no such role.
    pub async fn new_role_link(
        &self,
        uuid: &str,
        role: &str,
        number: u64,
        by_mail: bool,
    ) -> Result<String, ServerError> {
        let mut change = self.store.begin().await?;
        let row = Self::locked(&mut change, uuid).await?;
        if !row.is_fixed() {
            return Err(ServerError::refused("not-fixed", "links are made when the questions are fixed"));
        }
        if row.erased.is_some() {
            return Err(ServerError::refused("stage", "the personal data of the election were deleted"));
        }
        let found = roles(&row.settings).into_iter().find(|(own, of, _)| *own == role && *of == number);
        let link = self.put_role_link(&mut change, &row, found.ok_or(ServerError::NotFound)?, by_mail).await?;
        sqlx::query("DELETE FROM session_grant WHERE election = $1 AND role = $2 AND number = $3")
            .bind(uuid)
            .bind(role)
            .bind(to_i64(number))
            .execute(&mut *change)
            .await?;
        change.commit().await?;
        Ok(link)
    }

    /// The personal link of a role as it is now: for the mail that names it.
    ///
    /// # Errors
    /// There is no such role, or no link of it.
    pub async fn role_link(&self, uuid: &str, role: &str, number: u64) -> Result<String, ServerError> {
        let generation: Option<i64> =
            sqlx::query_scalar("SELECT generation FROM role_link WHERE election = $1 AND role = $2 AND number = $3")
                .bind(uuid)
                .bind(role)
                .bind(to_i64(number))
                .fetch_optional(&self.store.read)
                .await?;
        let generation = to_u64(generation.ok_or(ServerError::NotFound)?);
        let token = self.link_token(uuid, role, number, generation);
        Ok(format!("{}/r/{}", self.config.base_url, token.as_str()))
    }

    /// Makes the link of a role anew.
    async fn put_role_link(
        &self,
        change: &mut Transaction,
        row: &ElectionRow,
        (role, number, person): (&'static str, u64, &Person),
        by_mail: bool,
    ) -> Result<String, ServerError> {
        // Drawn rather than counted: a fixing that was taken back leaves no number behind to go on from.
        let generation = u64::from_be_bytes(*system::random_bytes::<8>()?) >> 1;
        let token = self.link_token(&row.uuid, role, number, generation);
        sqlx::query(
            "INSERT INTO role_link (election, role, number, generation, token, name, email) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (election, role, number) DO UPDATE SET \
             generation = excluded.generation, token = excluded.token, name = excluded.name, email = excluded.email",
        )
        .bind(&row.uuid)
        .bind(role)
        .bind(to_i64(number))
        .bind(to_i64(generation))
        .bind(kept(&token).to_vec())
        .bind(&person.name)
        .bind(person.email.as_deref())
        .execute(&mut **change)
        .await?;
        if by_mail {
            self.write_to_role(change, row, (role, number, person), About::New, generation).await?;
        }
        Ok(format!("{}/r/{}", self.config.base_url, token.as_str()))
    }
}

/// The terms of the trustees' group; of single trustees there are none.
fn terms_of(settings: &Settings) -> Result<Option<Terms>, ServerError> {
    let terms = settings.threshold.map(|threshold| Terms::new(threshold, settings.trustees.len()));
    terms.transpose().map_err(|fault| ServerError::refused("trustees", fault))
}

/// The roles that people have, by their names in addresses and their numbers.
pub(super) fn roles(settings: &Settings) -> Vec<(&'static str, u64, &Person)> {
    let mut roles = Vec::new();
    if let Some(authority) = &settings.authority {
        roles.push(("authority", 0, authority));
        roles.extend(settings.spares_holder.iter().map(|holder| ("spares", 0, holder)));
    }
    roles.extend((1..).zip(&settings.trustees).map(|(number, person)| ("trustee", number, person)));
    roles
}

/// Whether the list of voters is still the one that was read.
async fn same_voters(change: &mut Transaction, uuid: &str, voters: &[VoterRow]) -> Result<bool, ServerError> {
    let now: Vec<(String, String)> =
        sqlx::query_as("SELECT id, weight FROM voter WHERE election = $1 ORDER BY position")
            .bind(uuid)
            .fetch_all(&mut **change)
            .await?;
    let before = voters.iter().map(|voter| (&voter.id, &voter.weight));
    Ok(now.iter().map(|(id, weight)| (id, weight)).eq(before))
}
