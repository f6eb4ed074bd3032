//! Random streams that are fixed by a seed, a label and a number.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Stream {
    source: ChaCha8Rng,
}

/// The stream number `index` of those called `label` under `seed`. Streams of different names are independent, so
/// draws may be made in any order and on any number of threads.
///
/// The key of ChaCha8 is the seed, the label's length and a 128-bit FNV-1a digest of the label; `index` is its nonce.
pub fn stream(seed: u64, label: &str, index: u64) -> Stream {
    let mut digest: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    for &byte in label.as_bytes() {
        digest = (digest ^ u128::from(byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
    }
    let mut key = [0; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&(label.len() as u64).to_le_bytes());
    key[16..].copy_from_slice(&digest.to_le_bytes());
    let mut source = ChaCha8Rng::from_seed(key);
    source.set_stream(index);
    Stream { source }
}

impl Stream {
    /// The next 64 bits.
    pub(crate) fn bits(&mut self) -> u64 {
        self.source.next_u64()
    }

    /// A whole number below `bound`, each equally likely (Lemire 2019); 0 where `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        if bound == 0 {
            return 0;
        }
        let rejected = bound.wrapping_neg() % bound;
        loop {
            let product = u128::from(self.source.next_u64()) * u128::from(bound);
            if product as u64 >= rejected {
                return (product >> 64) as usize;
            }
        }
    }

    /// Puts `items` into random order, each order equally likely (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_fixes_the_stream() {
        let draws = |seed, label, index| {
            let mut stream = stream(seed, label, index);
            (0..4).map(|_| stream.below(1_000_000)).collect::<Vec<_>>()
        };
        assert_eq!(draws(1, "a", 0), draws(1, "a", 0));
        for other in [draws(2, "a", 0), draws(1, "b", 0), draws(1, "a", 1)] {
            assert_ne!(draws(1, "a", 0), other);
        }
    }

    #[test]
    fn numbers_below_three_are_equally_frequent() {
        let mut stream = stream(1, "thirds", 0);
        let mut counts = [0u32; 3];
        (0..30_000).for_each(|_| counts[stream.below(3)] += 1);
        // Each is Bin(30000, 1/3): mean 10,000, sd 81.6; five sds are 408.
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 408), "{counts:?}");
    }
}
