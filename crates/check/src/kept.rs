//! What is worked out of a contest once, though a check's finding and its comparison with clean elections both need it.

use std::any::Any;
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use adil_finding::CheckId;
use adil_record::OptionId;

/// Results by the check that they are of, and the side, if they are of one.
#[derive(Default)]
pub(crate) struct Kept(Mutex<HashMap<Key, Arc<dyn Any + Send + Sync>>>);

type Key = (CheckId, Option<OptionId>);

impl Kept {
    /// The result kept, or that of `work`, which is kept from now on. Nobody waits for another's work: two who ask at the same time
    /// both do it, since a thread of a pool that waits could be the one that the work needs.
    pub(crate) fn once<T: Any + Send + Sync>(&self, key: Key, work: impl FnOnce() -> T) -> Arc<T> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        if let Some(Ok(known)) = known.map(Arc::downcast) {
            return known;
        }
        let result = Arc::new(work());
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let first = kept.entry(key).or_insert_with(|| result.clone()).clone();
        first.downcast().unwrap_or(result)
    }
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Kept")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_done_once_for_each_check_and_side() {
        let (kept, mut done) = (Kept::default(), 0);
        let mut ask = |check, side: Option<usize>| {
            *kept.once((CheckId(check), side.map(OptionId)), || {
                done += 1;
                done
            })
        };
        assert_eq!((ask("a", Some(0)), ask("a", Some(1)), ask("a", None), ask("b", None)), (1, 2, 3, 4));
        assert_eq!((ask("a", Some(0)), ask("a", Some(1)), ask("a", None), ask("b", None)), (1, 2, 3, 4));
    }
}
