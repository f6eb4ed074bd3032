//! Keys, policies and files of a known size, from what the command line names.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use adil_log::note::{Algorithm, Verified};
use adil_log::policy::LONGEST_POLICY;
use adil_log::{Met, Policy, VerifierKey};

use super::arguments::Trust;
use super::failure::LogFailure;

/// The public keys that `--key` names.
pub(super) fn keys(given: &[String]) -> Result<Vec<VerifierKey>, LogFailure> {
    let key = |text: &String| {
        VerifierKey::parse(text.trim()).map_err(|error| LogFailure::Key { given: "--key".to_owned(), error })
    };
    given.iter().map(key).collect()
}

/// The policy that `--key` or `--policy` names.
pub(super) fn policy(trust: &Trust) -> Result<Policy, LogFailure> {
    match &trust.policy {
        Some(file) => policy_file(file),
        None => {
            Policy::of_logs(keys(&trust.keys)?).map_err(|error| LogFailure::Key { given: "--key".to_owned(), error })
        }
    }
}

/// The policy in a file.
pub(in crate::commands) fn policy_file(file: &Path) -> Result<Policy, LogFailure> {
    let bytes = read(file, LONGEST_POLICY, "a policy")?;
    Policy::parse(&bytes).map_err(|error| LogFailure::Policy { file: file.display().to_string(), error })
}

/// All bytes of a file that is not larger than one of its kind can be.
pub(super) fn read(file: &Path, most: usize, what: &'static str) -> Result<Vec<u8>, LogFailure> {
    let name = || file.display().to_string();
    let failed = |error: std::io::Error| LogFailure::CannotRead { file: name(), cause: error.to_string() };
    let mut bytes = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    File::open(file).map_err(failed)?.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() > most { Err(LogFailure::TooLarge { file: name(), most, what }) } else { Ok(bytes) }
}

/// Who signed a checkpoint that is believed, a line each.
pub(super) fn signers(met: &Met<'_>) -> String {
    let logs = met.logs.iter().map(|key| signer(key, Verified::Text));
    let witnesses = met.witnesses.iter().map(|(key, time)| signer(key, Verified::SeenAt(*time)));
    logs.chain(witnesses).collect()
}

/// A line that says who signed.
pub(super) fn signer(key: &VerifierKey, verified: Verified) -> String {
    let (name, id) = (key.name(), key.id());
    match (key.algorithm(), verified) {
        (Algorithm::Ed25519, _) => format!("  signed by {name} (key {id})\n"),
        (_, Verified::SeenAt(time)) => format!("  cosigned by {name} (key {id}) at {}\n", utc(time.seconds())),
        (_, Verified::Text) => format!("  cosigned by {name} (key {id})\n"),
    }
}

/// Seconds since 1970 as a date and a time of day in UTC (H. Hinnant, civil_from_days).
fn utc(seconds: u64) -> String {
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    // Days since 0000-03-01, in eras of 400 years, so that the leap day is the last of a year.
    let shifted = days + 719_468;
    let (era, day) = (shifted / 146_097, shifted % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let date = day - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = 400 * era + year + next;
    format!("{year:04}-{month:02}-{date:02} {:02}:{:02}:{:02} UTC", rest / 3_600, rest / 60 % 60, rest % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_the_calendar() {
        // date -u -d @N '+%F %T'
        for (seconds, expected) in [
            (0, "1970-01-01 00:00:00 UTC"),
            (951_782_399, "2000-02-28 23:59:59 UTC"),
            (951_782_400, "2000-02-29 00:00:00 UTC"),
            (1_679_315_147, "2023-03-20 12:25:47 UTC"),
            (4_107_542_400, "2100-03-01 00:00:00 UTC"),
        ] {
            assert_eq!(utc(seconds), expected);
        }
    }
}
