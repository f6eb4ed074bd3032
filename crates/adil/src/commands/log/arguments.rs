//! The calls of `adil log`, with their help texts.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Arguments of `adil log`.
#[derive(Debug, Args)]
#[command(after_help = "\
A log is a list that can only grow. Whoever keeps it signs how long it is and a number (the root) that stands for all of \
it: a checkpoint. If two people are shown checkpoints that do not fit together, the signatures on them prove it.

FOLDER is the folder of a log (it has a file named checkpoint), or a folder with a folder named log in it.
VKEY is a public key as the keeper of a log or a witness publishes it: name+8 digits+letters.

Exit status: 0 done; 1 a statement of those who run the log is contradicted (a result, not a failure); \
2 the input or the call could not be used.")]
pub(crate) struct Log {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: LogCommand,
}

/// What can be done with a log.
#[derive(Debug, Subcommand)]
pub(crate) enum LogCommand {
    /// Write a proof that an entry is in a log: a small file that can be checked without a connection
    Prove(Prove),
    /// Check such a proof, without a connection
    Verify(Verify),
    /// Check every file of a log: entries, hashes, root, signatures, stored contents
    Fsck(Fsck),
    /// Compare two checkpoints that people saw: is one log behind both, or are they a fork?
    Compare(Compare),
    /// Be a witness: cosign logs as long as they only grow; or make a key for one
    Witness(Witness),
    /// Ask a witness to cosign a log's checkpoint, and keep what it signs with the log
    Cosign(Cosign),
}

/// Arguments of `adil log prove`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  adil log prove FOLDER --index 41 -o mine.tlog-proof")]
pub(crate) struct Prove {
    /// The log
    pub(crate) folder: PathBuf,
    /// The number of the entry; the first entry is number 0
    #[arg(long, value_name = "N")]
    pub(crate) index: u64,
    /// More to write into the proof, in base64. Nobody signs it
    #[arg(long, value_name = "BASE64")]
    pub(crate) extra: Option<String>,
    /// Where to write the proof; standard output where nothing is named
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
}

/// Whom to believe.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Trust {
    /// The public key of the log; may be given several times, and one signature is enough
    #[arg(long = "key", value_name = "VKEY")]
    pub(crate) keys: Vec<String>,
    /// A policy: which logs and witnesses to believe, and how many witnesses it takes (c2sp.org/tlog-policy)
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
}

/// Arguments of `adil log verify`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil log verify mine.tlog-proof --entry mine.json --key VKEY
  adil log verify mine.tlog-proof --entry mine.json --policy policy.txt

Exit status: 0 the entry is in the log; 1 the proof does not show it; 2 a file or a key could not be read.")]
pub(crate) struct Verify {
    /// The proof
    pub(crate) proof: PathBuf,
    /// The entry: a file with exactly the bytes that were logged
    #[arg(long, value_name = "FILE")]
    pub(crate) entry: PathBuf,
    #[command(flatten)]
    pub(crate) trust: Trust,
}

/// Arguments of `adil log fsck`.
#[derive(Debug, Args)]
pub(crate) struct Fsck {
    /// The log
    pub(crate) folder: PathBuf,
    /// The public key of the log, and those of witnesses; signatures are not checked where none is given
    #[arg(long = "key", value_name = "VKEY")]
    pub(crate) keys: Vec<String>,
}

/// Arguments of `adil log compare`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  adil log compare mine.tlog-proof yours.tlog-proof --log FOLDER --key VKEY

Of two checkpoints of different length, one can only be shown to continue the other with the hashes of the log itself: \
give a copy of its folder with --log. Without --key nobody's signature is checked, and anybody could have written them.")]
pub(crate) struct Compare {
    /// A checkpoint, or a proof with a checkpoint in it
    pub(crate) one: PathBuf,
    /// Another
    pub(crate) other: PathBuf,
    /// A copy of the log
    #[arg(long, value_name = "FOLDER")]
    pub(crate) log: Option<PathBuf>,
    /// The public key of the log; may be given several times, for its witnesses too
    #[arg(long = "key", value_name = "VKEY")]
    pub(crate) keys: Vec<String>,
}

/// Arguments of `adil log witness`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil log witness --new witness.key --name example.org/witness
  adil log witness FOLDER --key witness.key --log VKEY --listen 127.0.0.1:8090

The first makes a secret key, and prints the public one for others to check with. The second waits for checkpoints \
(POST /add-checkpoint, c2sp.org/tlog-witness) until it is stopped. It speaks HTTP without encryption: to be reached from \
elsewhere, put it behind a web server that adds it. FOLDER keeps what the witness has seen: never use an old copy of it, \
for a witness that forgets may help to hide a fork.")]
pub(crate) struct Witness {
    /// Where the witness keeps what it has seen
    #[arg(required_unless_present = "new", conflicts_with = "new")]
    pub(crate) folder: Option<PathBuf>,
    /// The file with the secret key of the witness
    #[arg(long, value_name = "FILE", required_unless_present = "new", conflicts_with = "new")]
    pub(crate) key: Option<PathBuf>,
    /// The public key of a log to cosign; may be given several times
    #[arg(long = "log", value_name = "VKEY", required_unless_present = "new", conflicts_with = "new")]
    pub(crate) logs: Vec<String>,
    /// The address and port to listen on; port 0 takes a free one, and prints it
    #[arg(long, value_name = "ADDRESS:PORT", required_unless_present = "new", conflicts_with = "new")]
    pub(crate) listen: Option<SocketAddr>,
    /// Make a secret key for a new witness in this file, which must not be there yet
    #[arg(long, value_name = "FILE", requires = "name")]
    pub(crate) new: Option<PathBuf>,
    /// The name of the new witness: an address without https://, such as example.org/witness
    #[arg(long, value_name = "NAME", requires = "new")]
    pub(crate) name: Option<String>,
}

/// Arguments of `adil log cosign`.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  adil log cosign FOLDER --witness http://127.0.0.1:8090 --key VKEY

Only cosignatures of the witnesses whose keys are given, by --key or in the policy, are kept.")]
pub(crate) struct Cosign {
    /// The log
    pub(crate) folder: PathBuf,
    /// The address of the witness, without add-checkpoint; http:// only
    #[arg(long, value_name = "URL")]
    pub(crate) witness: String,
    #[command(flatten)]
    pub(crate) trust: WitnessTrust,
}

/// Which witnesses to believe.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct WitnessTrust {
    /// The public key of the witness
    #[arg(long = "key", value_name = "VKEY")]
    pub(crate) keys: Vec<String>,
    /// A policy that names the witness; it is said whether the checkpoint meets it then
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: Option<PathBuf>,
}
