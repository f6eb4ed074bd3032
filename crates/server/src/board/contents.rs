//! What is read from the database where blocking is allowed: contents by their digests, entries one after another.

use std::collections::HashMap;
use std::io;

use adil_election::ledger::Contents;
use adil_election::statement::Content;
use tokio::runtime::Handle;

use crate::Store;
use crate::store::to_i64;

/// Contents in the database. Used on threads that may block only.
pub(crate) struct Stored {
    store: Store,
    election: String,
    runtime: Handle,
}

impl Stored {
    pub(crate) fn new(store: Store, election: &str) -> Self {
        Self { store, election: election.to_owned(), runtime: Handle::current() }
    }
}

impl Contents for Stored {
    fn content(&self, content: &Content) -> io::Result<Option<Vec<u8>>> {
        let query = sqlx::query_as("SELECT bytes FROM log_object WHERE election = $1 AND digest = $2")
            .bind(self.election.as_str())
            .bind(content.sha256.to_vec())
            .fetch_optional(&self.store.read);
        let found: Option<(Vec<u8>,)> = self.runtime.block_on(query).map_err(io::Error::other)?;
        Ok(found.map(|(bytes,)| bytes))
    }
}

/// Contents that are about to be stored, and those that are.
pub(crate) struct WithNew<'a> {
    new: HashMap<[u8; 32], &'a [u8]>,
    stored: Option<&'a Stored>,
}

impl<'a> WithNew<'a> {
    /// Nothing.
    pub(crate) fn none() -> Self {
        Self { new: HashMap::new(), stored: None }
    }

    pub(crate) fn of(new: impl Iterator<Item = &'a [u8]>, stored: Option<&'a Stored>) -> Self {
        Self { new: new.map(|bytes| (Content::of(bytes).sha256, bytes)).collect(), stored }
    }
}

impl Contents for WithNew<'_> {
    fn content(&self, content: &Content) -> io::Result<Option<Vec<u8>>> {
        match (self.new.get(&content.sha256), self.stored) {
            (Some(bytes), _) => Ok(Some(bytes.to_vec())),
            (None, Some(stored)) => stored.content(content),
            (None, None) => Ok(None),
        }
    }
}

/// How many entries are read together.
const TOGETHER: u64 = 512;

/// Entries in their order. Used on threads that may block only.
pub(crate) struct Entries {
    store: Store,
    election: String,
    runtime: Handle,
    next: u64,
    end: u64,
    read: std::vec::IntoIter<Vec<u8>>,
}

impl Entries {
    pub(crate) fn new(store: Store, election: &str, from: u64, end: u64) -> Self {
        let read = Vec::new().into_iter();
        Self { store, election: election.to_owned(), runtime: Handle::current(), next: from, end, read }
    }

    fn more(&mut self) -> io::Result<()> {
        let end = self.end.min(self.next + TOGETHER);
        let read = self.runtime.block_on(entries(&self.store, &self.election, self.next, end));
        let rows = read.map_err(io::Error::other)?;
        if rows.len() as u64 != end - self.next {
            return Err(io::Error::other(format!(
                "entries of the log of {} are missing in the database",
                self.election
            )));
        }
        self.next = end;
        self.read = rows.into_iter();
        Ok(())
    }
}

impl Iterator for Entries {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(entry) = self.read.next() {
            return Some(Ok(entry));
        }
        if self.next >= self.end {
            return None;
        }
        match self.more() {
            Ok(()) => self.read.next().map(Ok),
            Err(error) => {
                self.end = 0;
                Some(Err(error))
            }
        }
    }
}

/// The entries of number `from` up to, and without, `end`.
pub(super) async fn entries(store: &Store, election: &str, from: u64, end: u64) -> Result<Vec<Vec<u8>>, sqlx::Error> {
    let rows: Vec<(Vec<u8>,)> = sqlx::query_as(
        "SELECT bytes FROM log_entry WHERE election = $1 AND number >= $2 AND number < $3 ORDER BY number",
    )
    .bind(election)
    .bind(to_i64(from))
    .bind(to_i64(end))
    .fetch_all(&store.read)
    .await?;
    Ok(rows.into_iter().map(|(bytes,)| bytes).collect())
}
