//! `adil log cosign`: ask a witness.

use std::process::ExitCode;
use std::time::Duration;

use adil_log::note::Algorithm;
use adil_log::tree::verify_consistency;
use adil_log::witness::{ADD_CHECKPOINT, Said, ask, read_reply};
use adil_log::{AddCheckpoint, Checkpoint, Note, Policy, VerifierKey};
use adil_open::log::{LogFolder, LogWriter};

use super::arguments::Cosign;
use super::failure::LogFailure;
use super::http::Url;
use super::{CONTRADICTED, trust};
use crate::failure::Failure;
use crate::screen;

/// The most bytes of an answer.
const LONGEST_ANSWER: usize = 256 << 10;

/// How long to wait for others that write to the log, such as voters.
const PATIENCE: Duration = Duration::from_secs(10);

/// Sends the checkpoint to the witness, and keeps its cosignature with the log.
pub(crate) fn run(arguments: &Cosign) -> Result<ExitCode, Failure> {
    let policy = arguments.trust.policy.as_deref().map(trust::policy_file).transpose()?;
    let keys = match &policy {
        Some(policy) => policy.witnesses().map(|witness| witness.key.clone()).collect(),
        None => witness_keys(&arguments.trust.keys)?,
    };
    let url = Url::parse(&arguments.witness).ok_or_else(|| LogFailure::Url { url: arguments.witness.clone() })?;
    let mut log = LogFolder::open(&arguments.folder).map_err(LogFailure::from)?;
    // A witness may be slow, or not be there: nobody is kept from writing to the log before it has answered once.
    let mut said = ask_witness(&log, &arguments.witness, &url, &keys)?;
    let mut writer = LogWriter::open_within(&arguments.folder, PATIENCE).map_err(LogFailure::from)?;
    if writer.checkpoint() != log.checkpoint() {
        log = LogFolder::open(writer.path()).map_err(LogFailure::from)?;
        said = ask_witness(&log, &arguments.witness, &url, &keys)?;
    }
    let Checkpoint { origin, size, .. } = log.checkpoint().clone();
    let named = || arguments.witness.clone();
    match said {
        Said::Cosigned(lines) => {
            writer.add_cosignatures(&lines).map_err(LogFailure::from)?;
            screen::print_cleaned(&told(&origin, size, &keys, writer.note(), policy.as_ref()))?;
            Ok(ExitCode::SUCCESS)
        }
        Said::Fork { seen } => {
            screen::print_cleaned(&format!(
                "A fork: the witness at {} has cosigned {seen} entries of the log {origin}, and they are not the first \
                 {seen} of the {size} in {}. One of the two was shown to somebody else.\n",
                arguments.witness,
                arguments.folder.display()
            ))?;
            Ok(ExitCode::from(CONTRADICTED))
        }
        Said::Behind { seen } => {
            let folder = log.path().display().to_string();
            Err(LogFailure::Behind { folder, found: size, seen }.into())
        }
        Said::Refused { status, why } => Err(LogFailure::Refused { url: named(), status, why }.into()),
        Said::Unsteady => {
            let cause = "it says another size every time it is asked".to_owned();
            Err(LogFailure::Witness { url: named(), cause }.into())
        }
    }
}

fn witness_keys(given: &[String]) -> Result<Vec<VerifierKey>, LogFailure> {
    let for_witness = |key: VerifierKey| {
        key.require(Algorithm::Cosignature).map_err(|error| LogFailure::Key { given: "--key".to_owned(), error })
    };
    trust::keys(given)?.into_iter().map(for_witness).collect()
}

/// Asks with nothing known of what the witness has seen.
fn ask_witness(log: &LogFolder, named: &str, url: &Url, keys: &[VerifierKey]) -> Result<Said, LogFailure> {
    let Checkpoint { size, root, .. } = log.checkpoint();
    ask(0, *size, |old_size| {
        let proof = log.consistency(old_size, *size)?;
        let old_root = log.root(old_size)?;
        verify_consistency((old_size, &old_root), (*size, root), &proof)
            .map_err(|_| LogFailure::DamagedCopy { folder: log.path().display().to_string() })?;
        let request = AddCheckpoint { old_size, proof, note: log.note().clone() };
        let (status, answer) = url
            .post(ADD_CHECKPOINT, &request.to_string(), LONGEST_ANSWER)
            .map_err(|error| LogFailure::Witness { url: named.to_owned(), cause: error.to_string() })?;
        read_reply(status, answer.header("content-type"), &answer.body, log.note(), keys)
            .map_err(|error| LogFailure::Reply { url: named.to_owned(), error })
    })
}

fn told(origin: &str, size: u64, keys: &[VerifierKey], note: &Note, policy: Option<&Policy>) -> String {
    let mut text = format!("Cosigned: the checkpoint of {origin}, of {size} entries.\n");
    let held = note.verify(keys).unwrap_or_default();
    text.extend(held.iter().map(|signed| trust::signer(signed.key, signed.verified)));
    match policy.map(|policy| policy.is_met(note)) {
        None => {}
        Some(Ok(_)) => text.push_str("The policy is met.\n"),
        Some(Err(fault)) => text += &format!("The policy is not met yet: {fault}.\n"),
    }
    text
}
