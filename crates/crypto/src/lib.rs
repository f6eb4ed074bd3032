//! Prime-order groups, their encodings, and proofs about them.
//!
//! Nothing here knows an election. What verifies works on public values, see [`Group`]; what makes ballots and keys has
//! its own type for secret exponents, see [`SecretGroup`].

mod ed25519;
pub mod finite;
#[doc(hidden)]
pub mod fuzz;
mod group;
mod plain;
pub mod proof;
mod secret;

pub use adil_lanes::{Base, Engine, Output, Plan};
pub use ed25519::{Ed25519, Ed25519Element, Ed25519Secret};
pub use finite::{FieldElement, FieldScalar, FieldSecret, FiniteField, FixedBase};
pub use group::{ElementFault, Embedding, Group, ScalarFault};
pub use plain::plain_commitments;
pub use secret::SecretGroup;
