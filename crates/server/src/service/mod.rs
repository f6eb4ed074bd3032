//! What people can do: prepare an election, set it up, hold it, count it. Every function looks at how far the election has
//! come and refuses what is out of turn with a sentence for the person; who may call it is for `web` to know.

mod authority;
mod ballots;
mod elections;
mod erasure;
mod from_secret;
mod leaks;
mod logging;
mod own_authority;
mod public;
mod queue;
mod received;
mod record;
mod second_factor;
mod setting_up;
mod stage;
mod tally;
mod tick;
mod trustees;
mod witnesses;

pub use crate::board::{WitnessState, WitnessView};
pub use authority::{AuthorityView, SpareOrder, SparesView};
pub use ballots::{BallotState, Cast, Whereabouts};
pub use elections::{ElectionRow, Person, Settings, VoterRow, VotersSaved};
pub use erasure::{Erasable, Erasure};
pub use leaks::{Affected, Leak, LeakReport};
pub use public::{BoothView, Counts, CredentialState, RatePoint};
pub use record::{CountedResult, TrackerRow, Trackers};
pub use setting_up::{Item, ItemState};
pub use stage::Stage;
pub(crate) use tick::keep_ticking;
pub use trustees::{TrusteeStep, TrusteeView};
pub(crate) use witnesses::keep_asking;
