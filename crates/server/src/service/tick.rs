//! What happens by itself: opening and closing at the announced time, and whatever a process that ended in the middle of
//! something has left to be done. All of it may be done twice, and by several processes at once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use adil_election::ledger::Phase;
use tokio::sync::Semaphore;
use tokio::task::{self, JoinSet};

use super::received::kind;
use crate::store::to_i64;
use crate::{App, ServerError, system};

/// How long it takes at the most until something that is due is done.
const SECONDS_BETWEEN: std::time::Duration = std::time::Duration::from_secs(3);
/// In how many elections something is done at the same time, closing apart.
const AT_ONCE: usize = 8;

impl App {
    /// The elections that may have something to be done by itself.
    ///
    /// # Errors
    /// The database fails.
    pub async fn elections_to_tick(&self) -> Result<Vec<String>, ServerError> {
        let sql = "SELECT uuid FROM election WHERE draft IS NOT NULL AND finished IS NULL ORDER BY uuid";
        Ok(sqlx::query_scalar(sql).fetch_all(&self.store.read).await?)
    }

    /// Those of them whose closing time has passed.
    async fn elections_past_closing(&self) -> Result<Vec<String>, ServerError> {
        let sql =
            "SELECT uuid FROM election WHERE draft IS NOT NULL AND finished IS NULL AND closes <= $1 ORDER BY uuid";
        Ok(sqlx::query_scalar(sql).bind(to_i64(system::seconds())).fetch_all(&self.store.read).await?)
    }

    /// Closes the voting, where its time has come.
    async fn close_in_time(&self, uuid: &str) -> Result<(), ServerError> {
        let row = self.election(uuid).await?;
        let is_due = row.settings.closes_itself && row.closes.is_some_and(|closes| closes <= system::seconds());
        if !is_due || self.progress(uuid).await?.is_none_or(|progress| progress.phase != Phase::Open) {
            return Ok(());
        }
        or_gone_on(self.close_voting(uuid).await)
    }

    /// Does what is due in an election. To be called every few seconds.
    ///
    /// # Errors
    /// Something that was due could not be done; the next call tries it again.
    pub async fn tick(&self, uuid: &str) -> Result<(), ServerError> {
        let row = self.election(uuid).await?;
        if row.draft.is_none() {
            return Ok(());
        }
        let now = system::seconds();
        let Some(progress) = self.progress(uuid).await? else {
            self.assemble(uuid).await?;
            let is_due = row.settings.opens_itself && row.opens.is_some_and(|opens| opens <= now);
            // Closing time has passed where the process did not run for long: the organiser decides then.
            let is_late = row.closes.is_some_and(|closes| closes <= now);
            let has_begun = self.received_one(uuid, kind::OPENING, 0).await?.is_some();
            if has_begun || (is_due && !is_late && self.is_ready(uuid).await?) {
                or_gone_on(self.open_voting(uuid).await)?;
            }
            return Ok(());
        };
        match progress.phase {
            Phase::Open => {
                // First of all: what fails below must not keep the voting open.
                self.close_in_time(uuid).await?;
                let invited =
                    match row.settings.opens_itself && self.received_one(uuid, kind::INVITED, 0).await?.is_none() {
                        true => or_gone_on(self.invite_voters(uuid).await.map(|_| ())),
                        false => Ok(()),
                    };
                self.finish_revocations(uuid).await?;
                invited?;
            }
            Phase::Closed => self.publish_tally(uuid).await?,
            Phase::Decrypting if progress.is_enough => self.publish_result(uuid).await?,
            Phase::Finished => {
                let sql = "UPDATE election SET finished = $1 WHERE uuid = $2 AND finished IS NULL";
                sqlx::query(sql).bind(to_i64(now)).bind(uuid).execute(&self.store.write).await?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// Tasks of elections, at most one of each: what takes long in one, fails or ends by a panic holds up no other.
#[derive(Default)]
struct Running {
    tasks: JoinSet<()>,
    elections: HashMap<task::Id, String>,
}

impl Running {
    /// Begins what is not running yet.
    fn begin<F>(&mut self, uuids: Vec<String>, work: impl Fn(String) -> F)
    where
        F: Future<Output = Result<(), ServerError>> + Send + 'static,
    {
        while let Some(ended) = self.tasks.try_join_next_with_id() {
            let id = match ended {
                Ok((id, ())) => id,
                Err(error) => {
                    let election = self.elections.get(&error.id()).map_or("", String::as_str);
                    tracing::error!(%error, election, "what was due ended without an answer");
                    error.id()
                }
            };
            self.elections.remove(&id);
        }
        let running: HashSet<&String> = self.elections.values().collect();
        let new: Vec<String> = uuids.into_iter().filter(|uuid| !running.contains(uuid)).collect();
        for uuid in new {
            let (doing, election) = (work(uuid.clone()), uuid.clone());
            let handle = self.tasks.spawn(async move {
                if let Err(error) = doing.await {
                    tracing::error!(%error, election, "what was due could not be done");
                }
            });
            self.elections.insert(handle.id(), uuid);
        }
    }

    /// Waits for those that have begun.
    async fn end(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Does what is due in all elections every few seconds, until the server ends. Closing waits for nothing else.
pub(crate) async fn keep_ticking(app: App, mut stop: tokio::sync::watch::Receiver<bool>) {
    let (mut closings, mut others) = (Running::default(), Running::default());
    let room = Arc::new(Semaphore::new(AT_ONCE));
    loop {
        let is_stopped = tokio::time::timeout(SECONDS_BETWEEN, stop.wait_for(|stop| *stop)).await.is_ok();
        if is_stopped {
            closings.end().await;
            others.end().await;
            return;
        }
        let close = |uuid: String| {
            let app = app.clone();
            async move { app.close_in_time(&uuid).await }
        };
        let tick = |uuid: String| {
            let (app, room) = (app.clone(), room.clone());
            async move {
                let _place = room.acquire().await;
                app.tick(&uuid).await
            }
        };
        let failed = |error: ServerError| tracing::error!(%error, "the elections could not be looked through");
        match app.elections_past_closing().await {
            Ok(uuids) => closings.begin(uuids, close),
            Err(error) => failed(error),
        }
        match app.elections_to_tick().await {
            // What is being closed is counted by whoever closes it.
            Ok(mut uuids) => {
                uuids.retain(|uuid| !closings.elections.values().any(|own| own == uuid));
                others.begin(uuids, tick);
            }
            Err(error) => failed(error),
        }
    }
}

/// That somebody else has done it in the meantime is no failure.
fn or_gone_on(done: Result<(), ServerError>) -> Result<(), ServerError> {
    match done {
        Err(ServerError::Refused { code: "open-already" | "not-open", .. }) => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Duration;

    use super::*;

    #[tokio::test]
    async fn an_election_that_panics_or_takes_long_holds_up_no_other() {
        let begun = Arc::new(Mutex::new(Vec::new()));
        let work = |uuid: String| {
            let begun = begun.clone();
            async move {
                begun.lock().expect("not poisoned").push(uuid.clone());
                match uuid.as_str() {
                    "slow" => tokio::time::sleep(Duration::from_secs(3_600)).await,
                    "panics" => panic!("as this test wants it"),
                    _ => {}
                }
                Ok(())
            }
        };
        let names = || ["panics", "quick", "slow"].map(str::to_owned).to_vec();
        let mut running = Running::default();
        for _ in 0..2 {
            running.begin(names(), work);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let mut begun = begun.lock().expect("not poisoned").clone();
        begun.sort();
        // The slow one is begun once, the others again.
        assert_eq!(begun, ["panics", "panics", "quick", "quick", "slow"]);
    }
}
