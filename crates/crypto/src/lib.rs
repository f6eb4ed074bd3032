//! Prime-order groups, their encodings, and proofs about them.
//!
//! Nothing here knows an election. Everything works on public values; see [`Group`].

mod ed25519;
pub mod finite;
#[doc(hidden)]
pub mod fuzz;
mod group;
mod plain;
pub mod proof;

pub use adil_lanes::{Base, Engine, Output, Plan};
pub use ed25519::{Ed25519, Ed25519Element};
pub use finite::{FieldElement, FieldScalar, FiniteField, FixedBase};
pub use group::{ElementFault, Embedding, Group, ScalarFault};
pub use plain::plain_commitments;
