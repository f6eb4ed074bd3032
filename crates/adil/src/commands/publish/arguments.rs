//! The call of `adil publish`, with its help text.

use std::path::PathBuf;

use adil_record::PublisherKind;
use clap::Args;

/// Arguments of `adil publish`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil publish --new-key publisher.key --origin observers.example/bundles
  adil publish RECORD -o bundle --key publisher.key --log bundles-log
  adil check bundle --key PUBLICKEY

The bundle is a folder that is a record itself: `adil check` needs nothing else. Observers' files are written anew from what was \
read: identifiers and pseudonyms are numbers, notes and words are not there, times are rounded. Tables of the organisers are \
copied byte for byte. redaction.json counts what was taken out; docs/spec/bundle.md has the rules.

A station with a single observer tells who was there: see --min-observers.")]
pub(crate) struct Publish {
    /// The record: a folder with an election.toml
    #[arg(required_unless_present = "new_key", value_name = "RECORD")]
    pub(crate) record: Option<PathBuf>,
    /// The folder of the bundle, which must not be there
    #[arg(long, short, value_name = "BUNDLE", required_unless_present = "new_key")]
    pub(crate) output: Option<PathBuf>,
    /// The private key that signs, made by --new-key: nobody else may be able to read it
    #[arg(long, value_name = "KEYFILE", required_unless_present = "new_key")]
    pub(crate) key: Option<PathBuf>,
    /// The folder of the log of your bundles, which is made where it is not there. The bundle gets a copy of it
    #[arg(long, value_name = "LOGFOLDER")]
    pub(crate) log: Option<PathBuf>,
    /// The name of the key and the origin of the log, such as observers.example/bundles; with --key it must be the key's
    #[arg(long, value_name = "NAME")]
    pub(crate) origin: Option<String>,
    /// Who publishes, in words; the name of the key where nothing is named
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Option<String>,
    /// In what part: organiser, press, reference, party, observer, pollster, other. A bundle of the organisers that is not as
    /// signed makes `adil check` end with status 1
    #[arg(long, value_name = "KIND", default_value = "observer", value_parser = kind)]
    pub(crate) kind: PublisherKind,
    /// Round times of observers down to so many minutes
    #[arg(long, value_name = "N", default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=1440))]
    pub(crate) round_minutes: u32,
    /// Show no station from which fewer observers than these reported: its incidents are shown at an area, its visits are left out
    #[arg(long, value_name = "K", default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1000))]
    pub(crate) min_observers: u32,
    /// The table of this release is public already, though it is of observers, a party, the press or others: copy it as it is
    #[arg(long, value_name = "RELEASE")]
    pub(crate) public_table: Vec<String>,
    /// Write here, for yourself alone, which pseudonyms and identifiers became which numbers, and the seed
    #[arg(long, value_name = "FILE")]
    pub(crate) keep_mapping: Option<PathBuf>,
    /// A private file with the seed, 64 hexadecimal digits, from which the order of pseudonyms follows; the system's randomness
    /// where none is named
    #[arg(long, value_name = "FILE")]
    pub(crate) seed: Option<PathBuf>,
    /// Make a key in this file instead, and print its public part
    #[arg(long, value_name = "FILE", requires = "origin", conflicts_with_all = ["record", "output", "key", "log"])]
    pub(crate) new_key: Option<PathBuf>,
}

fn kind(text: &str) -> Result<PublisherKind, String> {
    serde_json::from_value(text.into()).map_err(|_| "is none of them".to_owned())
}
