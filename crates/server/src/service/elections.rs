//! Elections that are being prepared: the plan, the voters, the roles.

use adil_election::messages::Draft;
use adil_election::{Plan, Voters};
use serde::{Deserialize, Serialize};

use crate::store::{Transaction, to_i64, to_u64};
use crate::{App, ServerError, system};

/// A person with a role.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The name, for everybody to read.
    pub name: String,
    /// Where the personal link goes; without it the organiser hands the link on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// What the organiser decided besides the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The credential authority; the server itself where nobody is named, which then knows the voting codes.
    pub authority: Option<Person>,
    /// Who holds the spare codes; the authority where nobody is named.
    pub spares_holder: Option<Person>,
    /// Spare codes, in percent of the voters.
    pub spares_percent: u32,
    /// The trustees, numbered from 1.
    pub trustees: Vec<Person>,
    /// How many trustees are enough; all are needed where none is named.
    pub threshold: Option<usize>,
    /// Whether voting opens by itself at the announced time, once everything is ready.
    pub opens_itself: bool,
    /// Whether voting closes by itself at the announced time.
    pub closes_itself: bool,
    /// The time zone in which the organiser writes and reads times, e.g. `Asia/Almaty` (minutes east of Greenwich beside
    /// it).
    pub time_zone: String,
    /// Minutes east of Greenwich.
    pub offset_minutes: i32,
    /// Whether the front page lists the election.
    pub is_listed: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            authority: None,
            spares_holder: None,
            spares_percent: 100,
            trustees: Vec::new(),
            threshold: None,
            opens_itself: false,
            closes_itself: true,
            time_zone: "UTC".to_owned(),
            offset_minutes: 0,
            is_listed: true,
        }
    }
}

/// An election as the database has it.
#[derive(Debug, Clone)]
pub struct ElectionRow {
    /// The identifier.
    pub uuid: String,
    /// Whose it is.
    pub organiser: i64,
    /// The title.
    pub title: String,
    /// `questions.toml`; it may break rules as long as it is not fixed.
    pub plan: String,
    /// What was decided besides.
    pub settings: Settings,
    /// The fixed plan with the keys, once it is fixed.
    pub draft: Option<Draft>,
    /// What was put together from the roles' messages, as JSON, once everything is there.
    pub assembled: Option<String>,
    /// When voting opens, in seconds since 1970, as announced.
    pub opens: Option<u64>,
    /// When voting closes, in seconds since 1970; it can be extended.
    pub closes: Option<u64>,
    /// When the personal data were deleted, in seconds since 1970.
    pub erased: Option<u64>,
}

/// A voter as the list has her.
#[derive(Clone, Serialize)]
pub struct VoterRow {
    /// What the list calls the voter.
    pub id: String,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The language of letters, by its code.
    pub language: String,
    /// The weight.
    pub weight: String,
    /// The public credential: known to the server only where it is the authority itself.
    #[serde(skip)]
    pub credential: Option<String>,
}

/// What became of a list of voters that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VotersSaved {
    /// How many voters.
    pub voters: usize,
    /// How many of them have no address.
    pub without_email: usize,
    /// What may be a mistake, a sentence each.
    pub warnings: Vec<String>,
}

type Row = (String, i64, String, String, String, Option<String>, Option<String>, Option<i64>, Option<i64>, Option<i64>);

/// Voters that are stored by one statement.
const VOTERS_TOGETHER: usize = 128;
/// Columns of each, besides the election.
const VOTER_COLUMNS: usize = 6;

const COLUMNS: &str = "uuid, organiser, title, plan, settings, draft, assembled, opens, closes, erased";

fn of_row(row: Row) -> Result<ElectionRow, ServerError> {
    let (uuid, organiser, title, plan, settings, draft, assembled, opens, closes, erased) = row;
    let broken = |error: serde_json::Error| ServerError::Fault(format!("election {uuid} in the database: {error}"));
    Ok(ElectionRow {
        settings: serde_json::from_str(&settings).map_err(broken)?,
        draft: draft.as_deref().map(serde_json::from_str).transpose().map_err(broken)?,
        organiser,
        title,
        plan,
        assembled,
        opens: opens.map(to_u64),
        closes: closes.map(to_u64),
        erased: erased.map(to_u64),
        uuid,
    })
}

impl ElectionRow {
    /// The plan, where it keeps the rules.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read_plan(&self) -> Result<Plan, adil_election::PlanError> {
        Plan::parse(&self.plan)
    }

    /// Whether questions, voters and roles are fixed: they can no longer be changed.
    pub fn is_fixed(&self) -> bool {
        self.draft.is_some()
    }
}

impl App {
    /// Begins an election with a plan of one question to fill in.
    ///
    /// # Errors
    /// The database fails.
    pub async fn create_election(&self, organiser: i64, title: &str, plan: &str) -> Result<String, ServerError> {
        let uuid = self.new_uuid()?;
        let settings = serde_json::to_string(&Settings::default()).unwrap_or_default();
        sqlx::query(
            "INSERT INTO election (uuid, organiser, title, plan, settings, created) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(&uuid)
        .bind(organiser)
        .bind(title)
        .bind(plan)
        .bind(settings)
        .bind(to_i64(system::seconds()))
        .execute(&self.store.write)
        .await?;
        Ok(uuid)
    }

    /// An identifier of 22 letters that nobody has drawn before.
    fn new_uuid(&self) -> Result<String, ServerError> {
        const LETTERS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
        let mut text = String::new();
        while text.len() < 22 {
            for byte in *system::random_bytes::<32>()? {
                // 232 is the largest multiple of 58 below 256: each letter is as likely as any other.
                if byte < 232 && text.len() < 22 {
                    text.push(char::from(LETTERS[usize::from(byte % 58)]));
                }
            }
        }
        Ok(text)
    }

    /// An election.
    ///
    /// # Errors
    /// There is none of that identifier.
    pub async fn election(&self, uuid: &str) -> Result<ElectionRow, ServerError> {
        let sql = format!("SELECT {COLUMNS} FROM election WHERE uuid = $1");
        let row: Option<Row> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(uuid).fetch_optional(&self.store.read).await?;
        of_row(row.ok_or(ServerError::NotFound)?)
    }

    /// An election, as it stays until a change is done.
    pub(super) async fn locked(change: &mut Transaction, uuid: &str) -> Result<ElectionRow, ServerError> {
        // Both databases keep others from the row from here on.
        let own = sqlx::query("UPDATE election SET title = title WHERE uuid = $1").bind(uuid);
        if own.execute(&mut **change).await?.rows_affected() == 0 {
            return Err(ServerError::NotFound);
        }
        let sql = format!("SELECT {COLUMNS} FROM election WHERE uuid = $1");
        let row: Row = sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(uuid).fetch_one(&mut **change).await?;
        of_row(row)
    }

    /// Identifiers and titles of the elections that the front page lists, the newest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn listed_elections(&self) -> Result<Vec<(String, String)>, ServerError> {
        let sql = "SELECT uuid, title FROM election WHERE listed = 1 AND draft IS NOT NULL \
                   ORDER BY created DESC, uuid LIMIT 500";
        Ok(sqlx::query_as(sql).fetch_all(&self.store.read).await?)
    }

    /// The elections of an organiser, the newest first.
    ///
    /// # Errors
    /// The database fails.
    pub async fn elections(&self, organiser: i64) -> Result<Vec<ElectionRow>, ServerError> {
        let sql = format!("SELECT {COLUMNS} FROM election WHERE organiser = $1 ORDER BY created DESC, uuid LIMIT 500");
        let rows: Vec<Row> =
            sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(organiser).fetch_all(&self.store.read).await?;
        rows.into_iter().map(of_row).collect()
    }

    /// Keeps a plan, which may still break rules: the title is the row's own.
    ///
    /// # Errors
    /// The questions are fixed already.
    pub async fn set_plan(&self, uuid: &str, title: &str, plan: &str) -> Result<(), ServerError> {
        self.not_fixed(uuid).await?;
        sqlx::query("UPDATE election SET title = $1, plan = $2 WHERE uuid = $3 AND draft IS NULL")
            .bind(title)
            .bind(plan)
            .bind(uuid)
            .execute(&self.store.write)
            .await?;
        Ok(())
    }

    /// Keeps settings.
    ///
    /// # Errors
    /// The questions are fixed already.
    pub async fn set_settings(&self, uuid: &str, settings: &Settings) -> Result<(), ServerError> {
        self.not_fixed(uuid).await?;
        sqlx::query("UPDATE election SET settings = $1, listed = $3 WHERE uuid = $2 AND draft IS NULL")
            .bind(serde_json::to_string(settings).unwrap_or_default())
            .bind(uuid)
            .bind(i64::from(settings.is_listed))
            .execute(&self.store.write)
            .await?;
        Ok(())
    }

    /// Keeps when voting opens and closes, in seconds since 1970. The closing can be moved as long as voting is open, but
    /// not into the past.
    ///
    /// # Errors
    /// It is too late, or closing is not after opening.
    pub async fn set_dates(&self, uuid: &str, opens: Option<u64>, closes: Option<u64>) -> Result<(), ServerError> {
        if let (Some(opens), Some(closes)) = (opens, closes)
            && closes <= opens
        {
            return Err(ServerError::refused("dates", "voting closes before it opens"));
        }
        if self.boards.has_begun(uuid).await? {
            let row = self.election(uuid).await?;
            if self.stage(uuid).await? != super::Stage::Open {
                return Err(ServerError::refused("not-open", "voting is over"));
            }
            if opens != row.opens || closes.is_some_and(|closes| closes <= system::seconds()) {
                let text = "voting is open: only its end can be moved, and not into the past";
                return Err(ServerError::refused("dates-open", text));
            }
        }
        sqlx::query("UPDATE election SET opens = $1, closes = $2 WHERE uuid = $3")
            .bind(opens.map(to_i64))
            .bind(closes.map(to_i64))
            .bind(uuid)
            .execute(&self.store.write)
            .await?;
        Ok(())
    }

    /// Reads and keeps the list of voters, in place of the one before.
    ///
    /// # Errors
    /// `Ok(Err(..))` is everything that is wrong with the list, by line; the plan must keep its rules first.
    pub async fn set_voters(
        &self,
        uuid: &str,
        csv: &[u8],
    ) -> Result<Result<VotersSaved, adil_election::VotersError>, ServerError> {
        let row = self.not_fixed(uuid).await?;
        let plan = row.read_plan().map_err(|_| {
            ServerError::refused("plan", "the questions come first: languages and weights are decided there")
        })?;
        let csv = csv.to_vec();
        let voters = match super::logging::blocking(move || Voters::parse(&csv, plan.voter_settings())).await? {
            Ok(voters) => voters,
            Err(errors) => return Ok(Err(errors)),
        };
        let mut change = self.store.begin().await?;
        if Self::locked(&mut change, uuid).await?.is_fixed() {
            return Err(ServerError::refused("fixed", "the list of voters was fixed in the meantime"));
        }
        sqlx::query("DELETE FROM voter WHERE election = $1").bind(uuid).execute(&mut *change).await?;
        // Others wait for this: few statements of many rows each.
        for (block, chunk) in voters.as_slice().chunks(VOTERS_TOGETHER).enumerate() {
            let row = |number: usize| {
                let first = number * VOTER_COLUMNS + 2;
                let own: Vec<String> = (first..first + VOTER_COLUMNS).map(|place| format!("${place}")).collect();
                format!("($1, {})", own.join(", "))
            };
            let rows: Vec<String> = (0..chunk.len()).map(row).collect();
            let text = format!(
                "INSERT INTO voter (election, position, id, name, email, language, weight) VALUES {}",
                rows.join(", ")
            );
            let mut query = sqlx::query(sqlx::AssertSqlSafe(text)).bind(uuid.to_owned());
            for (position, voter) in (to_i64((block * VOTERS_TOGETHER) as u64)..).zip(chunk) {
                query = query
                    .bind(position)
                    .bind(voter.id.clone())
                    .bind(voter.name.clone())
                    .bind(voter.email.clone())
                    .bind(voter.language.code())
                    .bind(voter.weight.to_string());
            }
            query.execute(&mut *change).await?;
        }
        change.commit().await?;
        let (warnings, _) = voters.warnings();
        Ok(Ok(VotersSaved {
            voters: voters.as_slice().len(),
            without_email: voters.as_slice().iter().filter(|voter| voter.email.is_none()).count(),
            warnings: warnings.iter().map(ToString::to_string).collect(),
        }))
    }

    /// Throws the list of voters away.
    ///
    /// # Errors
    /// The questions are fixed already.
    pub async fn clear_voters(&self, uuid: &str) -> Result<(), ServerError> {
        self.not_fixed(uuid).await?;
        sqlx::query("DELETE FROM voter WHERE election = $1").bind(uuid).execute(&self.store.write).await?;
        Ok(())
    }

    /// The voters, in the order of the list.
    ///
    /// # Errors
    /// The database fails.
    pub async fn voters(&self, uuid: &str) -> Result<Vec<VoterRow>, ServerError> {
        type Row = (String, Option<String>, Option<String>, String, String, Option<String>);
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT id, name, email, language, weight, credential FROM voter WHERE election = $1 ORDER BY position",
        )
        .bind(uuid)
        .fetch_all(&self.store.read)
        .await?;
        let of = |(id, name, email, language, weight, credential)| VoterRow {
            id,
            name,
            email,
            language,
            weight,
            credential,
        };
        Ok(rows.into_iter().map(of).collect())
    }

    /// How many voters the list has.
    ///
    /// # Errors
    /// The database fails.
    pub async fn voter_count(&self, uuid: &str) -> Result<u64, ServerError> {
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM voter WHERE election = $1")
            .bind(uuid)
            .fetch_one(&self.store.read)
            .await?;
        Ok(to_u64(count))
    }

    async fn not_fixed(&self, uuid: &str) -> Result<ElectionRow, ServerError> {
        let row = self.election(uuid).await?;
        match row.is_fixed() {
            false => Ok(row),
            true => {
                Err(ServerError::refused("fixed", "the questions are fixed: people have begun to make keys for them"))
            }
        }
    }
}
