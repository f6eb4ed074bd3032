//! Subgroups of prime order `q` of the numbers modulo a prime `p`: BELENIOS-2048, RFC-3526-2048, and groups that an
//! election gives.
//!
//! ```text
//! p = q k + 1,   g^q = 1 mod p,   elements are the x with 0 < x < p and x^q = 1 mod p
//! ```
//!
//! Elements and scalars are written as decimal numbers without leading zeros. Elements are kept in Montgomery's form
//! (`montgomery`), proofs are recomputed with shared squarings (`recipe`), membership of the subgroup is tested for
//! many elements at once (`membership`) or by a symbol of Jacobi where `k = 2` (`jacobi`).
//!
//! All of this takes time that depends on the values: it is for public values only. Secret exponents have a type and
//! arithmetic of their own (`secret`).

mod commitments;
mod engine;
mod field;
mod fixed;
mod jacobi;
mod membership;
mod montgomery;
mod multi;
mod natural;
mod parameters;
mod primes;
mod recipe;
mod scalars;
mod secret;
mod secret_group;
#[cfg(test)]
mod tests;

pub use field::{FieldElement, FieldScalar, FiniteField};
pub use fixed::FixedBase;
pub(crate) use natural::write as write_decimal;
pub use parameters::{GroupFault, Parameter};
pub use secret::{FieldSecret, FieldSecretBase};
