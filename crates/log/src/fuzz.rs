//! What the fuzz targets call, so that ordinary tests replay their corpus through the same code. Each returns whether
//! the bytes are one of what they are taken for, and fails where what is read is not written the same.

use crate::{AddCheckpoint, Checkpoint, LogProof, Note, Policy, Tile, Timestamp, VerifierKey, Witness};
use crate::{CosigningKey, KeyName};

/// Reads bytes as a signed note.
pub fn note(bytes: &[u8]) -> bool {
    let Ok(note) = Note::parse(bytes) else { return false };
    let written = note.to_string();
    // Of lines that stand twice one is kept; all else is as it was.
    assert!(written.len() <= bytes.len());
    assert_eq!(Note::parse(written.as_bytes()), Ok(note));
    true
}

/// Reads bytes as the text of a checkpoint.
pub fn checkpoint(bytes: &[u8]) -> bool {
    let Ok(text) = str::from_utf8(bytes) else { return false };
    let Ok(checkpoint) = Checkpoint::parse(text) else { return false };
    assert_eq!(checkpoint.to_string(), text);
    assert!(checkpoint.note().is_ok());
    true
}

/// Reads bytes as a proof, and follows it from some entry: no entry that is made up is found in it.
pub fn proof(bytes: &[u8]) -> bool {
    let Ok(proof) = LogProof::parse(bytes) else { return false };
    let written = proof.to_string();
    assert_eq!(LogProof::parse(written.as_bytes()), Ok(proof.clone()));
    assert!(proof.includes(bytes).is_err());
    true
}

/// Reads bytes as the path of a tile.
pub fn tile_path(bytes: &[u8]) -> bool {
    let Ok(path) = str::from_utf8(bytes) else { return false };
    let Ok(tile) = Tile::parse(path) else { return false };
    assert_eq!(tile.path(), path);
    true
}

/// Gives bytes to a witness that knows the log `example.com/log` only, whose key is that of the seed of zeros; returns
/// whether it would cosign.
pub fn witness_request(bytes: &[u8]) -> bool {
    let seed = zeroize::Zeroizing::new([0; 32]);
    let (Ok(log), Ok(name)) = (KeyName::parse("example.com/log"), KeyName::parse("example.com/witness")) else {
        return false;
    };
    let log = crate::SigningKey::from_seed(log, &seed).verifier().clone();
    let Ok(witness) = Witness::new(CosigningKey::from_seed(name, &seed), vec![log]) else { return false };
    let Some(now) = Timestamp::new(1) else { return false };
    if let Ok(request) = AddCheckpoint::parse(bytes) {
        assert_eq!(AddCheckpoint::parse(request.to_string().as_bytes()), Ok(request));
    }
    match witness.decide(bytes, |_| None, now) {
        crate::witness::Decision::Refuse(answer) => {
            assert!((400..500).contains(&answer.status));
            false
        }
        crate::witness::Decision::Cosign(pending) => {
            let seen = pending.to_store().clone();
            let answer = pending.stored();
            assert_eq!((answer.status, seen.origin.as_str()), (200, "example.com/log"));
            true
        }
    }
}

/// Reads bytes as a policy, or as a verifier key.
pub fn policy(bytes: &[u8]) -> bool {
    if let Ok(key) = str::from_utf8(bytes).map(VerifierKey::parse) {
        assert!(key.is_err() || key.is_ok_and(|key| VerifierKey::parse(&key.to_string()) == Ok(key)));
    }
    Policy::parse(bytes).is_ok()
}
