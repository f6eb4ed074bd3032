//! Receipts: the proof that an entry is in the log, under the latest checkpoint.

use adil_log::LogProof;
use adil_log::tree::inclusion_proof;

use super::Board;
use crate::ServerError;

impl Board {
    /// The text of the `.tlog-proof` of an entry, with the election and the tracker beside it.
    ///
    /// # Errors
    /// There is no such entry.
    pub(crate) fn receipt(&self, index: u64, tracker: &str) -> Result<String, ServerError> {
        let state = self.read();
        let hashes = inclusion_proof(&mut &state.tree, index, state.checkpoint.size)
            .map_err(|error| ServerError::Fault(error.to_string()))?;
        let extra = serde_json::json!({ "adil": "receipt/1", "uuid": self.uuid, "tracker": tracker });
        let note = state.note.clone();
        Ok(LogProof { extra: Some(extra.to_string().into_bytes()), index, hashes, note }.to_string())
    }

    /// The bytes of an entry.
    ///
    /// # Errors
    /// The database fails, or there is no such entry.
    pub(crate) async fn entry(&self, index: u64) -> Result<Vec<u8>, ServerError> {
        let read = super::contents::entries(&self.store, &self.uuid, index, index + 1).await?;
        read.into_iter().next().ok_or(ServerError::NotFound)
    }
}
