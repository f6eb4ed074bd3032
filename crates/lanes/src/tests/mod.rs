//! All engines against curve25519-dalek, lane by lane.

mod commitments;
mod fields;
mod points;
mod secret;

use curve25519_dalek::edwards::{CompressedEdwardsY, EdwardsPoint};
use curve25519_dalek::scalar::Scalar as Reference;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::field::Field;
use crate::{Engine, Point, Scalar, decompress};

/// What only an engine's own module can write down: limbs at their bound.
pub(crate) trait Bounds: Field {
    /// Every limb as large as that of any operand of a product.
    fn largest(self) -> Self::Element;
}

/// Those of this processor and the models of those that it may lack.
fn engines() -> Vec<Engine> {
    Engine::available().into_iter().chain([Engine::model()]).collect()
}

fn random(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

fn random_reference(random: &mut ChaCha20Rng) -> Reference {
    let mut wide = [0; 64];
    random.fill_bytes(&mut wide);
    Reference::from_bytes_mod_order_wide(&wide)
}

fn scalar(of: Reference) -> Scalar {
    Scalar::from_canonical(of.to_bytes()).expect("canonical")
}

/// Our point for theirs.
fn point(of: &EdwardsPoint) -> Point {
    decompress(Engine::portable(), &[of.compress().0])[0].expect("a point of the curve")
}

fn reference(of: &[u8; 32]) -> Option<EdwardsPoint> {
    CompressedEdwardsY(*of).decompress()
}

/// Points of prime order.
fn random_points(random: &mut ChaCha20Rng, count: usize) -> Vec<EdwardsPoint> {
    (0..count).map(|_| EdwardsPoint::mul_base(&random_reference(random))).collect()
}

/// 0, 1, 2, 8, l - 1, l - 2 and the largest powers of two.
fn extreme_scalars() -> Vec<Reference> {
    let small = [0_u64, 1, 2, 3, 8, 16, 255, 256, u64::MAX].map(Reference::from);
    let negative = [1_u64, 2, 3, 128].map(|value| -Reference::from(value));
    let high = (0..4).map(|below| {
        let mut bytes = [0; 32];
        bytes[31] = 8 >> below;
        Reference::from_bytes_mod_order(bytes)
    });
    small.into_iter().chain(negative).chain(high).collect()
}
