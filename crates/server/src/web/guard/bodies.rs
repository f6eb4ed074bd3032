//! Bodies as they arrive. All that are in memory together have a bound, so that nobody fills it with many long ones: what does
//! not find room any more is refused at once. Those who have a part have a room of their own, which strangers cannot fill.

use std::pin::Pin;
use std::sync::Arc;

use axum::body::{Body, Bytes, HttpBody as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::ServerError;

/// Kibibytes of strangers' bodies.
const KIB_OF_STRANGERS: usize = 256 << 10;
/// Kibibytes of bodies of those who have a part: the longest messages of two trustees, and more.
const KIB_OF_PARTS: usize = 640 << 10;
/// Seconds after which there may be room again.
const LATER_SECONDS: u64 = 5;

/// The room that is left, in kibibytes.
pub(crate) struct Bodies {
    strangers: Arc<Semaphore>,
    parts: Arc<Semaphore>,
}

impl Default for Bodies {
    fn default() -> Self {
        Self { strangers: Arc::new(Semaphore::new(KIB_OF_STRANGERS)), parts: Arc::new(Semaphore::new(KIB_OF_PARTS)) }
    }
}

impl Bodies {
    /// Reads a body of at most that many bytes, and the room that it takes, to be kept as long as it is.
    pub(super) async fn read(
        &self,
        mut body: Body,
        most: usize,
        has_part: bool,
    ) -> Result<(Bytes, Option<OwnedSemaphorePermit>), ServerError> {
        let room = if has_part { &self.parts } else { &self.strangers };
        let (mut bytes, mut taken, mut place) = (Vec::new(), 0, None::<OwnedSemaphorePermit>);
        while let Some(frame) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
            // The connection broke: nobody reads the answer.
            let Ok(frame) = frame else { return Err(too_long(most)) };
            let Ok(data) = frame.into_data() else { continue };
            if bytes.len() + data.len() > most {
                return Err(too_long(most));
            }
            let needed = (bytes.len() + data.len()).div_ceil(1024);
            let more = u32::try_from(needed - taken).unwrap_or(u32::MAX);
            if more > 0 {
                let permit = room.clone().try_acquire_many_owned(more);
                let permit = permit.map_err(|_| ServerError::TooMany { seconds: LATER_SECONDS })?;
                match &mut place {
                    Some(place) => place.merge(permit),
                    None => place = Some(permit),
                }
                taken = needed;
            }
            bytes.extend_from_slice(&data);
        }
        Ok((bytes.into(), place))
    }
}

/// The refusal of a body of more bytes.
pub(super) fn too_long(most: usize) -> ServerError {
    ServerError::refused("too-long", most / 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn bodies_share_a_room_and_strangers_have_their_own() {
        let room = |kib| Arc::new(Semaphore::new(kib));
        let bodies = Bodies { strangers: room(3), parts: room(2) };
        let read = |bytes: usize, has_part| bodies.read(Body::from(vec![b'a'; bytes]), 4096, has_part);
        // 1,025 bytes take two kibibytes.
        let (first, place) = read(1_025, false).await.expect("room");
        assert_eq!((first.len(), bodies.strangers.available_permits()), (1_025, 1));
        assert!(matches!(read(1_025, false).await, Err(ServerError::TooMany { .. })));
        assert_eq!(bodies.strangers.available_permits(), 1, "what was refused takes none");
        let (_, _part) = read(2_048, true).await.expect("a room of its own");
        drop(place);
        assert!(read(3_072, false).await.is_ok());
        assert!(matches!(read(4_097, false).await, Err(ServerError::Refused { code: "too-long", .. })));
    }
}
