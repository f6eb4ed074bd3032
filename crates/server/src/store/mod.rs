//! What the server remembers, in SQLite or PostgreSQL: one set of tables and one text of every query for both.
//!
//! The embedded database is written by one connection and read by several; each commit is on the disk before it returns.

mod migrate;

use std::path::Path;
use std::time::Duration;

use sqlx::any::AnyPoolOptions;
use sqlx::{AnyConnection, AnyPool, Connection as _};

use crate::ServerError;

/// Which database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// Embedded, in a file.
    Sqlite,
    /// A server that several of us can share.
    Postgres,
}

/// The database.
#[derive(Debug, Clone)]
pub struct Store {
    /// For everything that changes something; of the embedded database one connection.
    pub(crate) write: AnyPool,
    /// For everything that only reads.
    pub(crate) read: AnyPool,
    dialect: Dialect,
}

/// A change that is done whole or not at all.
pub(crate) type Transaction = sqlx::Transaction<'static, sqlx::Any>;

impl Store {
    /// Opens the database, and brings its tables up to date.
    ///
    /// # Errors
    /// It cannot be reached, or was written by a newer version.
    pub async fn open(url: Option<&str>, folder: &Path) -> Result<Self, ServerError> {
        sqlx::any::install_default_drivers();
        let store = match url {
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Self::postgres(url).await?
            }
            // The rest of it may hold a password.
            Some(url) => {
                let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
                return Err(ServerError::Config(format!(
                    "a database of the kind {scheme:?}: only postgres:// is taken"
                )));
            }
            None => Self::sqlite(&folder.join("adil.sqlite")).await?,
        };
        migrate::up(&store).await?;
        Ok(store)
    }

    async fn postgres(url: &str) -> Result<Self, ServerError> {
        let options = || AnyPoolOptions::new().acquire_timeout(Duration::from_secs(10));
        let pool = options().max_connections(12).connect(url).await?;
        Ok(Self { write: pool.clone(), read: pool, dialect: Dialect::Postgres })
    }

    async fn sqlite(file: &Path) -> Result<Self, ServerError> {
        let url = format!("sqlite://{}?mode=rwc", file.display());
        let options = |most: u32| {
            AnyPoolOptions::new()
                .max_connections(most)
                .acquire_timeout(Duration::from_secs(10))
                .after_release(|connection, _| Box::pin(is_at_rest(connection)))
                .after_connect(|connection, _| {
                    Box::pin(async move {
                        for pragma in [
                            "PRAGMA busy_timeout = 10000",
                            "PRAGMA journal_mode = WAL",
                            "PRAGMA synchronous = FULL",
                            "PRAGMA foreign_keys = ON",
                        ] {
                            sqlx::query(pragma).execute(&mut *connection).await?;
                        }
                        Ok(())
                    })
                })
        };
        let write = options(1).connect(&url).await?;
        let read = options(4).connect(&url).await?;
        Ok(Self { write, read, dialect: Dialect::Sqlite })
    }

    /// Which database it is.
    pub fn dialect(&self) -> Dialect {
        self.dialect
    }

    /// Begins a change.
    pub(crate) async fn begin(&self) -> Result<Transaction, ServerError> {
        Ok(self.write.begin().await?)
    }

    /// The mark of the secret that the database was made with; none while it is new.
    pub(crate) async fn secret_mark(&self) -> Result<Option<Vec<u8>>, ServerError> {
        Ok(sqlx::query_scalar("SELECT mark FROM secret_mark WHERE one = 1").fetch_optional(&self.write).await?)
    }

    /// Keeps the mark of the secret where there is none yet: the one that is kept then. Of several processes that begin at
    /// the same time one is first.
    pub(crate) async fn keep_secret_mark(&self, mark: &[u8]) -> Result<Vec<u8>, ServerError> {
        sqlx::query("INSERT INTO secret_mark (one, mark) VALUES (1, $1) ON CONFLICT (one) DO NOTHING")
            .bind(mark.to_vec())
            .execute(&self.write)
            .await?;
        Ok(sqlx::query_scalar("SELECT mark FROM secret_mark WHERE one = 1").fetch_one(&self.write).await?)
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), ServerError> {
        sqlx::query("SELECT 1").execute(&self.read).await?;
        Ok(())
    }

    /// Runs a statement: for tests.
    ///
    /// # Errors
    /// The database fails.
    #[doc(hidden)]
    pub async fn run(&self, sql: &'static str) -> Result<u64, ServerError> {
        Ok(sqlx::query(sql).execute(&self.write).await?.rows_affected())
    }

    /// The number that a query finds: for tests.
    ///
    /// # Errors
    /// The database fails.
    #[doc(hidden)]
    pub async fn count(&self, sql: &'static str) -> Result<i64, ServerError> {
        Ok(sqlx::query_scalar(sql).fetch_one(&self.write).await?)
    }

    /// The text that a query finds: for tests.
    ///
    /// # Errors
    /// The database fails.
    #[doc(hidden)]
    pub async fn text(&self, sql: &'static str) -> Result<String, ServerError> {
        Ok(sqlx::query_scalar(sql).fetch_one(&self.write).await?)
    }
}

/// Whether a connection is in no transaction any more, so that another change may be begun on it.
///
/// SQLite takes a transaction back by itself where the disk is full or fails. The driver's own rollback then fails, and it
/// goes on counting a transaction as open: the next change would be a savepoint within one that nobody ever commits, and
/// what is told to be kept would be lost with the process.
async fn is_at_rest(connection: &mut AnyConnection) -> Result<bool, sqlx::Error> {
    // A rollback that is still waiting runs first.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

/// A number as the database keeps it.
pub(crate) fn to_i64(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// A number as it was kept.
pub(crate) fn to_u64(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}
