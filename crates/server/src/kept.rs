//! Answers that are kept for a moment, since many ask for the same at once: whoever comes while one is being made anew is
//! given the one before.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many answers are kept at the most; all are let go where there would be more.
const MOST: usize = 2_000;

struct Slot<T> {
    value: T,
    made: Instant,
    is_being_made: bool,
}

/// Answers by their names.
pub(crate) struct Kept<T> {
    fresh: Duration,
    slots: Mutex<HashMap<String, Slot<T>>>,
    /// First answers are made one at a time: whoever comes meanwhile finds it made.
    first: tokio::sync::Mutex<()>,
}

impl<T: Clone> Kept<T> {
    /// Nothing yet; answers are good for that long.
    pub(crate) fn new(fresh: Duration) -> Self {
        Self { fresh, slots: Mutex::default(), first: tokio::sync::Mutex::default() }
    }

    fn slots(&self) -> MutexGuard<'_, HashMap<String, Slot<T>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// An answer that is good, or is being made anew by somebody else.
    fn kept(&self, name: &str) -> Option<T> {
        let mut slots = self.slots();
        let slot = slots.get_mut(name)?;
        let age = slot.made.elapsed();
        // One that has been made for very long is not coming: its maker was cancelled.
        if age < self.fresh || (slot.is_being_made && age < self.fresh * 10) {
            return Some(slot.value.clone());
        }
        slot.is_being_made = true;
        None
    }

    /// Lets an answer go that is no longer true.
    pub(crate) fn forget(&self, name: &str) {
        self.slots().remove(name);
    }

    /// The answer of a name; `make` makes it where there is none that is good. A failure is not kept.
    pub(crate) async fn get<E>(&self, name: &str, make: impl Future<Output = Result<T, E>>) -> Result<T, E> {
        if let Some(value) = self.kept(name) {
            return Ok(value);
        }
        let is_first = !self.slots().contains_key(name);
        let _turn = if is_first { Some(self.first.lock().await) } else { None };
        if is_first && let Some(value) = self.kept(name) {
            return Ok(value);
        }
        let made = make.await;
        let mut slots = self.slots();
        match made {
            Ok(value) => {
                // What nobody has asked for in a while is let go.
                slots.retain(|_, slot| slot.made.elapsed() < self.fresh * 20);
                if slots.len() >= MOST {
                    slots.clear();
                }
                let slot = Slot { value: value.clone(), made: Instant::now(), is_being_made: false };
                slots.insert(name.to_owned(), slot);
                Ok(value)
            }
            Err(error) => {
                slots.remove(name);
                Err(error)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use super::*;

    #[tokio::test]
    async fn an_answer_is_made_again_once_it_is_old() {
        let kept = Kept::new(Duration::from_millis(40));
        let get = async |number: u32| kept.get::<Infallible>("a", async { Ok(number) }).await;
        assert_eq!(get(1).await, Ok(1));
        assert_eq!(get(2).await, Ok(1));
        tokio::time::sleep(Duration::from_millis(60)).await;
        assert_eq!(get(3).await, Ok(3));
    }

    #[tokio::test]
    async fn who_comes_meanwhile_gets_the_one_before_and_a_failure_is_not_kept() {
        let kept = Kept::new(Duration::from_millis(20));
        assert_eq!(kept.get("a", async { Ok::<_, &str>(1) }).await, Ok(1));
        tokio::time::sleep(Duration::from_millis(30)).await;
        let slow = kept.get("a", async {
            tokio::time::sleep(Duration::from_millis(60)).await;
            Err::<i32, _>("no")
        });
        let meanwhile = async {
            tokio::time::sleep(Duration::from_millis(10)).await;
            kept.get("a", async { Ok::<_, &str>(2) }).await
        };
        assert_eq!(tokio::join!(slow, meanwhile), (Err("no"), Ok(1)));
        assert_eq!(kept.get("a", async { Ok::<_, &str>(3) }).await, Ok(3));
    }
}
