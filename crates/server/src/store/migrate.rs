//! Bringing the tables up to date, one step after another, each whole or not at all.

use super::{Dialect, Store};
use crate::ServerError;

/// The steps. One that was released is never changed; `{bytes}` is the type of bytes.
const STEPS: [&str; 1] = [include_str!("migrations/0001_first.sql")];

/// Takes the steps that have not been taken yet.
pub(super) async fn up(store: &Store) -> Result<(), ServerError> {
    let mut change = store.begin().await?;
    if store.dialect() == Dialect::Postgres {
        // Several servers may begin at the same time.
        sqlx::query("SELECT pg_advisory_xact_lock(4712010)").execute(&mut *change).await?;
    }
    sqlx::query("CREATE TABLE IF NOT EXISTS migration (step BIGINT PRIMARY KEY)").execute(&mut *change).await?;
    let taken: i64 = sqlx::query_scalar("SELECT COALESCE(MAX(step), 0) FROM migration").fetch_one(&mut *change).await?;
    let taken = usize::try_from(taken).unwrap_or(usize::MAX);
    if taken > STEPS.len() {
        let text = "the database was written by a newer version of adil";
        return Err(ServerError::Config(text.to_owned()));
    }
    for (step, text) in (1_i64..).zip(STEPS).skip(taken) {
        let bytes = if store.dialect() == Dialect::Postgres { "BYTEA" } else { "BLOB" };
        for statement in statements(&text.replace("{bytes}", bytes)) {
            sqlx::query(sqlx::AssertSqlSafe(statement)).execute(&mut *change).await?;
        }
        sqlx::query("INSERT INTO migration (step) VALUES ($1)").bind(step).execute(&mut *change).await?;
    }
    change.commit().await?;
    Ok(())
}

/// The statements of a text, without its comments.
fn statements(text: &str) -> Vec<String> {
    let bare: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    bare.join("\n").split(';').map(str::trim).filter(|one| !one.is_empty()).map(str::to_owned).collect()
}
