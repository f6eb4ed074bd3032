//! The log as the files that it is published as (C2SP tlog-tiles): checkpoint, tiles, entries, objects. They are the files
//! of a folder that the command line keeps, made when they are asked for.

use adil_log::tile::{FULL, push_entry};
use adil_log::{Hash, Tile, TileKind};
use bytes::Bytes;

use super::Board;
use crate::ServerError;

/// A file of the log.
pub(crate) struct LogFile {
    /// Its bytes.
    pub(crate) bytes: Bytes,
    /// Whether it never changes.
    pub(crate) is_final: bool,
}

impl Board {
    /// The file of a path below the log's folder.
    ///
    /// # Errors
    /// There is none, or the database fails.
    pub(crate) async fn file(&self, path: &str) -> Result<LogFile, ServerError> {
        if path == "checkpoint" {
            let note = self.read().note.clone();
            let note = self.cosigned(note).await?;
            return Ok(LogFile { bytes: note.to_string().into_bytes().into(), is_final: false });
        }
        if path == "cosigned" {
            let note = self.last_cosigned().await?;
            return Ok(LogFile { bytes: note.to_string().into_bytes().into(), is_final: false });
        }
        if let Some(digest) = path.strip_prefix("object/") {
            return self.object(digest).await;
        }
        let tile = Tile::parse(path).map_err(|_| ServerError::NotFound)?;
        match self.tile(tile).await {
            // Another process may have appended what is asked for.
            Err(ServerError::NotFound) => {
                self.follow_for_a_miss().await?;
                self.tile(tile).await
            }
            found => found,
        }
    }

    async fn tile(&self, tile: Tile) -> Result<LogFile, ServerError> {
        let from = tile.index.checked_mul(u64::from(FULL)).ok_or(ServerError::NotFound)?;
        let width = u64::from(tile.width);
        let bytes = match tile.kind {
            TileKind::Hashes(level) => {
                let state = self.read();
                let row = state.tree.row(8 * usize::from(level), from, width).ok_or(ServerError::NotFound)?;
                row.iter().flat_map(Hash::as_bytes).copied().collect::<Vec<u8>>()
            }
            TileKind::Entries => {
                let end = from.checked_add(width).filter(|end| *end <= self.read().checkpoint.size);
                let end = end.ok_or(ServerError::NotFound)?;
                let mut bundle = Vec::new();
                for entry in super::contents::entries(&self.store, &self.uuid, from, end).await? {
                    push_entry(&mut bundle, &entry).map_err(|error| ServerError::Fault(error.to_string()))?;
                }
                bundle
            }
        };
        Ok(LogFile { bytes: bytes.into(), is_final: true })
    }

    async fn object(&self, digest: &str) -> Result<LogFile, ServerError> {
        let is_digest = digest.len() == 64 && digest.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_digest {
            return Err(ServerError::NotFound);
        }
        let digit = |at: usize| digest.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let digest: Vec<u8> = (0..64).step_by(2).filter_map(digit).collect();
        let found: Option<(Vec<u8>,)> =
            sqlx::query_as("SELECT bytes FROM log_object WHERE election = $1 AND digest = $2")
                .bind(&self.uuid)
                .bind(digest)
                .fetch_optional(&self.store.read)
                .await?;
        let (bytes,) = found.ok_or(ServerError::NotFound)?;
        Ok(LogFile { bytes: bytes.into(), is_final: true })
    }

    /// The digests of all contents that the log names, in hex, in their order.
    ///
    /// # Errors
    /// The database fails.
    pub(crate) async fn objects(&self) -> Result<Vec<String>, ServerError> {
        let found: Vec<(Vec<u8>,)> =
            sqlx::query_as("SELECT digest FROM log_object WHERE election = $1 ORDER BY digest")
                .bind(&self.uuid)
                .fetch_all(&self.store.read)
                .await?;
        Ok(found.into_iter().map(|(digest,)| digest.iter().map(|byte| format!("{byte:02x}")).collect()).collect())
    }
}
