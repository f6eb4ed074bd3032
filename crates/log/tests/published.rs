//! Published vectors: roots, proofs, tiles and a signed checkpoint of golang.org/x/mod/sumdb, and its documented note.

use std::collections::BTreeMap;

use adil_log::tile::{LAST_LEVEL, TileHashes, TileSource};
use adil_log::tree::{consistency_proof, inclusion_proof, root_of, verify_consistency, verify_inclusion};
use adil_log::{Checkpoint, Frontier, Hash, HashSource, Note, SigningKey, Tile, TileKind, VerifierKey};
use adil_log::{leaf_hash, node_hash};
use serde_json::Value;

/// The tree of the vectors: entry i is the text `ballot i`.
struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    fn new(size: u64) -> Self {
        let mut levels = vec![(0..size).map(|i| leaf_hash(format!("ballot {i}").as_bytes())).collect::<Vec<_>>()];
        while levels[levels.len() - 1].len() > 1 {
            let below = &levels[levels.len() - 1];
            levels.push(below.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect());
        }
        Self { levels }
    }
}

impl HashSource for &Tree {
    type Error = ();

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, ()> {
        let at = |number: u64| usize::try_from(number).expect("a small tree");
        self.levels.get(at(level.into())).and_then(|row| row.get(at(index))).copied().ok_or(())
    }
}

impl TileSource for &Tree {
    type Error = ();

    fn tile(&mut self, tile: Tile) -> Result<Vec<u8>, ()> {
        let TileKind::Hashes(level) = tile.kind else { return Err(()) };
        let mut bytes = Vec::new();
        for place in 0..u64::from(tile.width) {
            bytes.extend_from_slice(self.subtree(8 * u32::from(level), tile.index * 256 + place)?.as_bytes());
        }
        Ok(bytes)
    }
}

fn vectors(test: &str) -> Option<Value> {
    let file = adil_outside::data(test)?.join("e2e/tlog/go-xmod-tlog-vectors.json");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    Some(serde_json::from_str(&text).expect("the vectors are JSON"))
}

fn hash(value: &Value) -> Hash {
    Hash::parse(value.as_str().expect("a text")).expect("a hash")
}

fn hashes(value: &Value) -> Vec<Hash> {
    value.as_array().map_or(&[][..], Vec::as_slice).iter().map(hash).collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

#[test]
fn roots_and_proofs_are_those_of_go() {
    let Some(vectors) = vectors("roots_and_proofs_are_those_of_go") else { return };
    let tree = Tree::new(70_000);
    let roots: BTreeMap<u64, Hash> = vectors["roots"]
        .as_object()
        .expect("an object")
        .iter()
        .map(|(size, root)| (size.parse().expect("a size"), hash(root)))
        .collect();
    assert_eq!(roots.len(), 14);
    let mut edge = Frontier::default();
    for leaf in &tree.levels[0] {
        edge.push(*leaf).expect("a small tree");
        if let Some(root) = roots.get(&edge.size()) {
            assert_eq!(edge.root(), *root, "size {}", edge.size());
            assert_eq!(root_of(&mut &tree, edge.size()), Ok(*root));
            assert_eq!(root_of(&mut TileHashes::new(&tree, edge.size()), edge.size()), Ok(*root));
        }
    }
    let inclusion = vectors["inclusion"].as_array().expect("a list");
    assert_eq!(inclusion.len(), 8);
    for vector in inclusion {
        let (index, size) = (number(&vector["index"]), number(&vector["size"]));
        let (leaf, proof) = (hash(&vector["leaf"]), hashes(&vector["proof"]));
        assert_eq!(tree.levels[0][usize::try_from(index).expect("small")], leaf);
        assert_eq!(inclusion_proof(&mut &tree, index, size), Ok(proof.clone()), "{index} of {size}");
        assert_eq!(inclusion_proof(&mut TileHashes::new(&tree, size), index, size), Ok(proof.clone()));
        let root = root_of(&mut &tree, size).expect("a root");
        assert_eq!(verify_inclusion(&leaf, index, size, &root, &proof), Ok(()));
    }
    let consistency = vectors["consistency"].as_array().expect("a list");
    assert_eq!(consistency.len(), 5);
    for vector in consistency {
        let (old, new) = (number(&vector["old"]), number(&vector["new"]));
        let proof = hashes(&vector["proof"]);
        assert_eq!(consistency_proof(&mut &tree, old, new), Ok(proof.clone()), "{old} to {new}");
        let root = |size| root_of(&mut &tree, size).expect("a root");
        assert_eq!(verify_consistency((old, &root(old)), (new, &root(new)), &proof), Ok(()));
    }
}

#[test]
fn tiles_are_those_of_go() {
    use sha2::Digest as _;
    let Some(vectors) = vectors("tiles_are_those_of_go") else { return };
    let tree = Tree::new(1_000);
    let expected = vectors["tiles_h8_size1000"].as_array().expect("a list");
    let mut found = 0;
    for vector in expected {
        // Go writes the height first: tile/8/0/000.
        let path = vector["go_path"].as_str().expect("a text").replacen("tile/8/", "tile/", 1);
        let tile = Tile::parse(&path).unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(tile.path(), path);
        let bytes = (&tree).tile(tile).expect("a tile of the tree");
        assert_eq!(bytes.len() as u64, number(&vector["bytes"]), "{path}");
        let digest: [u8; 32] = sha2::Sha256::digest(&bytes).into();
        assert_eq!(Hash::from_bytes(digest), hash(&vector["sha256"]), "{path}");
        found += 1;
    }
    assert_eq!(found, 238);
    // All that our list names are among them, but for the entries.
    let named: Vec<String> =
        expected.iter().map(|vector| vector["go_path"].as_str().expect("a text").to_owned()).collect();
    for tile in adil_log::tile::tiles_between(0, 1_000).filter(|tile| tile.kind != TileKind::Entries) {
        assert!(named.contains(&tile.path().replacen("tile/", "tile/8/", 1)), "{tile}");
    }
    assert_eq!(LAST_LEVEL, 7);
}

#[test]
fn a_checkpoint_of_go_is_read_and_verified() {
    let Some(vectors) = vectors("a_checkpoint_of_go_is_read_and_verified") else { return };
    let text = vectors["checkpoint"].as_str().expect("a text");
    let key = VerifierKey::parse(vectors["verifier_key"].as_str().expect("a text")).expect("a key");
    let note = Note::parse(text.as_bytes()).expect("a note");
    assert_eq!(note.to_string(), text);
    let (checkpoint, held) = Checkpoint::signed(&note, std::slice::from_ref(&key)).expect("signed");
    assert_eq!(held.len(), 1);
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("board.example/e1", 70_000));
    assert_eq!(checkpoint.root, hash(&vectors["roots"]["70000"]));
    let changed = text.replace("70000", "70001");
    let note = Note::parse(changed.as_bytes()).expect("a note");
    assert!(Checkpoint::signed(&note, &[key]).is_err());
}

/// The example in the documentation of golang.org/x/mod/sumdb/note.
#[test]
fn the_documented_note_of_go_is_signed_alike() {
    let secret = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    let public = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    let text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    let line =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
    let key = SigningKey::parse(secret).expect("a key");
    assert_eq!(*key.to_text(), secret);
    assert_eq!(key.verifier().to_string(), public);
    let mut note = Note::unsigned(text.to_owned()).expect("a text");
    note.sign(&key).expect("one signature");
    assert_eq!(note.to_string(), format!("{text}\n{line}\n"));
    let public = VerifierKey::parse(public).expect("a key");
    assert_eq!(note.verify([&public]).expect("it holds").len(), 1);
    assert!(!format!("{key:?}").contains("AYEKF"));
}

/// The numbers of the example in `docs/spec/log.md`, which Python's hashlib gave.
#[test]
fn the_example_of_the_specification_holds() {
    let specification = include_str!("../../../docs/spec/log.md");
    let leaves = [&b"one"[..], b"two", b"three"].map(leaf_hash);
    let mut tree = Frontier::default();
    let mut roots = Vec::new();
    for leaf in leaves {
        tree.push(leaf).expect("small");
        roots.push(tree.root());
    }
    for hash in leaves.iter().chain(&roots) {
        assert!(specification.contains(&hash.to_string()), "{hash}");
    }
    assert_eq!(verify_inclusion(&leaves[1], 1, 3, &roots[2], &[leaves[0], leaves[2]]), Ok(()));
    assert_eq!(verify_consistency((2, &roots[1]), (3, &roots[2]), &[leaves[2]]), Ok(()));
    let mut bundle = Vec::new();
    for entry in [&b"one"[..], b"two", b"three"] {
        adil_log::tile::push_entry(&mut bundle, entry).expect("short");
    }
    let hex: String = bundle.iter().map(|byte| format!("{byte:02x}")).collect();
    let stated = specification.lines().find(|line| line.starts_with("    00 03")).expect("the bundle");
    assert_eq!((bundle.len(), stated.replace(' ', "")), (17, hex));
}
