//! Writes the seeds of the fuzz targets for logs into a folder: `log_seeds fuzz/corpus`.

use std::fs;
use std::path::Path;

use adil_log::tree::inclusion_proof;
use adil_log::{
    AddCheckpoint, Checkpoint, CosigningKey, Frontier, Hash, HashSource, KeyName, LogProof, SigningKey, Timestamp,
    leaf_hash, node_hash,
};

struct Entries;

impl HashSource for Entries {
    type Error = ();

    fn subtree(&mut self, level: u32, index: u64) -> Result<Hash, ()> {
        match level {
            0 => Ok(leaf_hash(&index.to_be_bytes())),
            _ => Ok(node_hash(&self.subtree(level - 1, 2 * index)?, &self.subtree(level - 1, 2 * index + 1)?)),
        }
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let corpus = std::env::args().nth(1).ok_or("log_seeds FOLDER")?;
    let write = |target: &str, name: &str, bytes: &str| {
        let folder = Path::new(&corpus).join(target);
        fs::create_dir_all(&folder).and_then(|()| fs::write(folder.join(name), bytes))
    };
    // The seed of zeros is the one that `adil_log::fuzz` gives its witness.
    let seed = [0; 32].into();
    let log = SigningKey::from_seed(KeyName::parse("example.com/log")?, &seed);
    let witness = CosigningKey::from_seed(KeyName::parse("example.com/witness")?, &seed);
    let mut tree = Frontier::default();
    for index in 0..11u64 {
        tree.push(leaf_hash(&index.to_be_bytes()))?;
    }
    let checkpoint =
        Checkpoint { origin: "example.com/log".to_owned(), size: 11, root: tree.root(), extensions: Vec::new() };
    let mut note = checkpoint.note()?;
    note.sign(&log)?;
    let first = AddCheckpoint { old_size: 0, proof: Vec::new(), note: note.clone() }.to_string();
    note.add(witness.cosign(&checkpoint, Timestamp::new(1_700_000_000).ok_or("a time")?))?;
    let text = note.to_string();
    write("log_note", "cosigned", &text)?;
    write("log_note", "text-with-empty-lines", &text.replacen('\n', "\n\n", 1))?;
    write("log_note", "broken-no-signature", checkpoint.to_string().as_str())?;
    write("log_note", "broken-dash", &text.replace("— ", "- "))?;
    write("log_note", "broken-cut-off", text.trim_end())?;
    let text = checkpoint.to_string();
    write("log_checkpoint", "eleven", &text)?;
    write("log_checkpoint", "extended", &format!("{text}more\n"))?;
    write("log_checkpoint", "broken-size", &text.replace("\n11\n", "\n011\n"))?;
    write("log_checkpoint", "broken-root", &text.replace("=\n", "\n"))?;
    let hashes = inclusion_proof(&mut Entries, 5, 11).map_err(|_| "no proof")?;
    let proof = LogProof { extra: Some(b"extra".to_vec()), index: 5, hashes, note };
    let text = proof.to_string();
    write("log_proof", "sixth", &text)?;
    write("log_proof", "broken-version", &text.replace("@v1", "@v2"))?;
    write("log_proof", "broken-index", &text.replace("index 5", "index -5"))?;
    for (name, path) in [
        ("full", "tile/0/x001/x234/067"),
        ("partial", "tile/2/000.p/17"),
        ("entries", "tile/entries/x001/000.p/255"),
        ("broken-wide", "tile/0/000.p/256"),
        ("broken-zeros", "tile/0/x000/001"),
        ("broken-up", "tile/0/../checkpoint"),
    ] {
        write("log_tile_path", name, path)?;
    }
    write("log_witness_request", "first", &first)?;
    write("log_witness_request", "broken-conflict", &first.replace("old 0", "old 7"))?;
    write("log_witness_request", "broken-proof", &first.replace("old 0\n", &format!("old 0\n{}\n", tree.root())))?;
    write("log_witness_request", "broken-log", &first.replace("example.com/log", "example.com/lok"))?;
    let policy = format!(
        "# all\nlog {} https://example.com/log\nwitness w {}\ngroup g any w\nquorum g\n",
        log.verifier(),
        witness.verifier()
    );
    write("log_policy", "group", &policy)?;
    write("log_policy", "broken-quorum", &policy.replace("quorum g", "quorum h"))?;
    write("log_policy", "broken-key", &policy.replace("log+", "log-"))?;
    Ok(())
}
