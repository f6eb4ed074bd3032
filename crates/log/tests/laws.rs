//! Laws of trees and proofs, on random sizes: what is computed is verified, and nothing else is.

use adil_log::tree::{consistency_proof, inclusion_proof, root_of, verify_consistency, verify_inclusion};
use adil_log::{Frontier, Hash, HashSource, leaf_hash, node_hash};
use proptest::prelude::*;

/// Leaves; a root of a subtree is computed by the definition, every time.
struct Leaves(Vec<Hash>);

impl Leaves {
    fn new(size: usize) -> Self {
        Self((0..size).map(|i| leaf_hash(&i.to_be_bytes())).collect())
    }
}

/// MTH of RFC 6962, section 2.1, word for word.
fn mth(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of_nothing(),
        [leaf] => *leaf,
        _ => {
            let mut k = 1;
            while 2 * k < leaves.len() {
                k *= 2;
            }
            node_hash(&mth(&leaves[..k]), &mth(&leaves[k..]))
        }
    }
}

/// PATH of RFC 6962, section 2.1.1, word for word.
fn path(m: usize, leaves: &[Hash]) -> Vec<Hash> {
    if leaves.len() < 2 {
        return Vec::new();
    }
    let mut k = 1;
    while 2 * k < leaves.len() {
        k *= 2;
    }
    let (mut proof, last) = match m < k {
        true => (path(m, &leaves[..k]), mth(&leaves[k..])),
        false => (path(m - k, &leaves[k..]), mth(&leaves[..k])),
    };
    proof.push(last);
    proof
}

/// SUBPROOF of RFC 6962, section 2.1.2, word for word.
fn subproof(m: usize, leaves: &[Hash], complete: bool) -> Vec<Hash> {
    if m == leaves.len() {
        return if complete { Vec::new() } else { vec![mth(leaves)] };
    }
    let mut k = 1;
    while 2 * k < leaves.len() {
        k *= 2;
    }
    let (mut proof, last) = match m <= k {
        true => (subproof(m, &leaves[..k], complete), mth(&leaves[k..])),
        false => (subproof(m - k, &leaves[k..], false), mth(&leaves[..k])),
    };
    proof.push(last);
    proof
}

impl HashSource for Leaves {
    type Error = ();

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, ()> {
        let (width, index) = (1usize << level, usize::try_from(index).map_err(|_| ())?);
        self.0.get(index * width..(index + 1) * width).map(mth).ok_or(())
    }
}

#[test]
fn every_small_proof_is_that_of_the_definition() {
    for size in 1..=40usize {
        let mut leaves = Leaves::new(size);
        let all = leaves.0.clone();
        let (root, n) = (mth(&all), size as u64);
        assert_eq!(root_of(&mut leaves, n), Ok(root));
        for index in 0..size {
            let proof = inclusion_proof(&mut leaves, index as u64, n).expect("in the tree");
            assert_eq!(proof, path(index, &all));
            for claimed in 0..size {
                let verdict = verify_inclusion(&all[index], claimed as u64, n, &root, &proof);
                assert_eq!(verdict.is_ok(), claimed == index, "{index} as {claimed} of {size}");
            }
        }
        for old in 1..=size {
            let old_root = mth(&all[..old]);
            let proof = consistency_proof(&mut leaves, old as u64, n).expect("older");
            assert_eq!(proof, subproof(old, &all, true));
            for claimed in 1..=size {
                let verdict = verify_consistency((claimed as u64, &old_root), (n, &root), &proof);
                assert_eq!(verdict.is_ok(), claimed == old, "{old} as {claimed} to {size}");
            }
        }
        assert_eq!(verify_consistency((0, &Hash::of_nothing()), (n, &root), &[]), Ok(()));
        assert!(verify_consistency((0, &root), (n, &root), &[]).is_err());
        assert!(verify_consistency((n, &mth(&all[1..])), (n, &root), &[]).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn changed_proofs_are_refused(size in 2usize..600, a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let mut leaves = Leaves::new(size);
        let all = leaves.0.clone();
        let mut edge = Frontier::default();
        for leaf in &all {
            edge.push(*leaf).expect("small");
        }
        let (root, n, index) = (edge.root(), size as u64, a.index(size));
        prop_assert_eq!(root, mth(&all));
        let proof = inclusion_proof(&mut leaves, index as u64, n).expect("in the tree");
        prop_assert_eq!(&proof, &path(index, &all));
        let mut changed = proof.clone();
        let place = b.index(changed.len());
        changed[place] = leaf_hash(b"another");
        prop_assert!(verify_inclusion(&all[index], index as u64, n, &root, &changed).is_err());
        for (proof, name) in [(&proof[1..], "short"), (&[&proof[..], &proof[..1]].concat()[..], "long")] {
            prop_assert!(verify_inclusion(&all[index], index as u64, n, &root, proof).is_err(), "{}", name);
        }
        // Two histories that differ in one early leaf have no proof that joins them.
        let old = 1 + b.index(size - 1);
        let proof = consistency_proof(&mut leaves, old as u64, n).expect("older");
        prop_assert!(verify_consistency((old as u64, &mth(&all[..old])), (n, &root), &proof).is_ok());
        let mut fork = all.clone();
        fork[a.index(old)] = leaf_hash(b"another");
        prop_assert!(verify_consistency((old as u64, &mth(&fork[..old])), (n, &root), &proof).is_err());
    }

    #[test]
    fn nothing_panics_on_any_numbers(index: u64, old: u64, size: u64, count in 0usize..70) {
        let hashes = vec![Hash::of_nothing(); count];
        let hash = Hash::of_nothing();
        prop_assert!(verify_inclusion(&leaf_hash(b"x"), index, size, &hash, &hashes).is_err());
        let _ = verify_consistency((old, &leaf_hash(b"x")), (size, &hash), &hashes);
    }
}
