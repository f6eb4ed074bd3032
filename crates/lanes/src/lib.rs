//! Edwards25519 for elections: many points at once. What verifies works on public values and in variable time;
//! [`secret_powers`] alone takes secret exponents, in a type of their own, and works in constant time.
//!
//! The curve is `-x^2 + y^2 = 1 + d x^2 y^2` over the integers modulo `p = 2^255 - 19`; `l` is the order of its
//! large subgroup, `8 l` that of the whole group. [`commitments`] computes `c_1 B_1 + ... + u G + v Y` for many
//! ballots, one ballot in each lane of a vector; [`decompress`] and [`all_prime_order`] make its points fit for it.
//! The same code runs on three engines: 64-bit words, AVX2 (4 lanes), AVX-512 IFMA (8 lanes).

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod buckets;
mod combs;
mod commit;
#[doc(hidden)]
pub mod cost;
mod curve;
mod decompress;
mod engine;
mod field;
mod fixed;
#[cfg(any(target_arch = "x86_64", test))]
mod ifma;
mod kernels;
#[cfg(test)]
mod model;
mod packed;
mod plan;
mod point;
mod pointwise;
mod portable;
mod scalar;
mod secret;
mod subgroup;

#[cfg(test)]
mod tests;

pub use buckets::{multi_scalar, sum};
pub use commit::{commitments, sums};
pub use decompress::decompress;
pub use engine::Engine;
pub use fixed::FixedBase;
pub use plan::{Base, Output, Plan};
pub use point::Point;
pub use pointwise::add_each;
pub use scalar::Scalar;
pub use secret::{SecretBase, SecretScalar, secret_powers};
pub use subgroup::{all_prime_order, is_prime_order};
