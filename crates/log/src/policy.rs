//! Whom to trust (C2SP tlog-policy): which logs, which witnesses, and how many of them.
//!
//! ```text
//! log <verifier key> [<url>]
//! witness <name> <verifier key> [<url>]
//! group <name> all|any|<k> <name>...
//! quorum <name>|none
//! ```

use std::collections::{BTreeMap, BTreeSet};

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::cosignature::Timestamp;
use crate::lines;
use crate::note::{Algorithm, KeyError, Note, NoteError, Verified, VerifierKey};

/// The most bytes of a policy.
pub const LONGEST_POLICY: usize = 1 << 20;

/// The most logs, witnesses and groups, of each.
pub const MOST_NAMED: usize = 256;

/// Which checkpoints are believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policy {
    logs: Vec<Known>,
    witnesses: Vec<(Vec<u8>, Known)>,
    groups: Vec<Group>,
    quorum: Option<Member>,
}

/// A key and where its owner is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The key.
    pub key: VerifierKey,
    /// The address, as it stands in the policy.
    pub url: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Group {
    least: usize,
    members: Vec<Member>,
}

/// A witness or a group, by its number among those of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Member {
    Witness(usize),
    Group(usize),
}

/// A text that is no policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    /// Too many bytes.
    #[error("the policy has {bytes} bytes; {LONGEST_POLICY} are read at the most")]
    TooLong {
        /// Its bytes.
        bytes: usize,
    },
    /// No quorum.
    #[error("the policy has no line \"quorum\"; \"quorum none\" asks for no witness")]
    NoQuorum,
    /// A line that is none of a policy.
    #[error("line {line} of the policy: {fault}")]
    Line {
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        fault: LineFault,
    },
}

/// What is wrong with a line of a policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineFault {
    /// A control character.
    #[error("has a control character other than tab")]
    Control,
    /// Another first word.
    #[error("begins with \"{0}\"; known are log, witness, group and quorum")]
    Word(String),
    /// Too few or too many words.
    #[error("is not of the form \"{0}\"")]
    Form(&'static str),
    /// No key.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// A key a second time.
    #[error("has the key of an earlier line")]
    DuplicateKey,
    /// A name a second time.
    #[error("defines the name \"{0}\", which is taken")]
    Taken(String),
    /// A name that no earlier line defines.
    #[error("uses the name \"{0}\", which no earlier line defines")]
    Undefined(String),
    /// A member of two groups.
    #[error("has the member \"{0}\", which is a member of a group already")]
    MemberTwice(String),
    /// A threshold that cannot be.
    #[error("asks for \"{threshold}\" of {members} members")]
    Threshold {
        /// The threshold as it stands there.
        threshold: String,
        /// How many members there are.
        members: usize,
    },
    /// A second quorum.
    #[error("is a second line \"quorum\"")]
    SecondQuorum,
    /// Too many lines of a kind.
    #[error("is one of more than {MOST_NAMED} logs, witnesses or groups")]
    TooMany,
}

/// Why a checkpoint is not believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PolicyFault {
    /// The checkpoint is none.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// A known key's signature does not hold.
    #[error(transparent)]
    Signature(#[from] NoteError),
    /// Too few witnesses.
    #[error("the checkpoint of {origin} is cosigned by {found} of {known} known witnesses, which is no quorum")]
    NoQuorum {
        /// The log's name.
        origin: String,
        /// Witnesses that cosigned.
        found: usize,
        /// Witnesses of the policy.
        known: usize,
    },
}

/// A checkpoint that is believed, and because of whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Met<'p> {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// The keys of the log that signed it.
    pub logs: Vec<&'p VerifierKey>,
    /// The witnesses that cosigned it, and when they last did.
    pub witnesses: Vec<(&'p VerifierKey, Timestamp)>,
}

impl Policy {
    /// The policy that believes whatever one of these keys signed, without witnesses.
    ///
    /// # Errors
    /// A key is one of a witness.
    pub fn of_logs(keys: Vec<VerifierKey>) -> Result<Self, KeyError> {
        let known = |key: VerifierKey| Ok(Known { key: key.require(Algorithm::Ed25519)?, url: None });
        let logs = keys.into_iter().map(known).collect::<Result<_, KeyError>>()?;
        Ok(Self { logs, witnesses: Vec::new(), groups: Vec::new(), quorum: None })
    }

    /// Reads a policy.
    ///
    /// # Errors
    /// A line has another form, or the names do not fit together; the line is named.
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        if bytes.len() > LONGEST_POLICY {
            return Err(PolicyError::TooLong { bytes: bytes.len() });
        }
        let mut reader = Reader::default();
        for (line, text) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
            reader.line(text).map_err(|fault| PolicyError::Line { line, fault })?;
        }
        let quorum = reader.quorum.ok_or(PolicyError::NoQuorum)?;
        Ok(Self { logs: reader.logs, witnesses: reader.witnesses, groups: reader.groups, quorum })
    }

    /// The logs, in the order of their lines.
    pub fn logs(&self) -> impl Iterator<Item = &Known> {
        self.logs.iter()
    }

    /// The witnesses, in the order of their lines.
    pub fn witnesses(&self) -> impl Iterator<Item = &Known> {
        self.witnesses.iter().map(|(_, known)| known)
    }

    /// Whether a checkpoint is believed: signed by a log of the policy whose name is the origin, and cosigned by a
    /// quorum of witnesses.
    ///
    /// # Errors
    /// It is not; or a signature under a known key does not hold.
    pub fn is_met(&self, note: &Note) -> Result<Met<'_>, PolicyFault> {
        let checkpoint = Checkpoint::of(note)?;
        let of_origin = self.logs().map(|log| &log.key).filter(|key| key.name().as_str() == checkpoint.origin);
        let mut logs: Vec<&VerifierKey> = note.verify(of_origin)?.into_iter().map(|signed| signed.key).collect();
        logs.dedup();
        if logs.is_empty() {
            return Err(CheckpointError::Unsigned { origin: checkpoint.origin }.into());
        }
        let mut witnesses = Vec::new();
        let mut cosigned = Vec::new();
        for witness in self.witnesses() {
            let times = note.verify([&witness.key])?.into_iter().filter_map(|signed| match signed.verified {
                Verified::SeenAt(time) => Some(time),
                Verified::Text => None,
            });
            let last = times.max();
            cosigned.push(last.is_some());
            witnesses.extend(last.map(|time| (&witness.key, time)));
        }
        if !self.is_quorum(&cosigned) {
            let (found, known) = (witnesses.len(), self.witnesses.len());
            return Err(PolicyFault::NoQuorum { origin: checkpoint.origin, found, known });
        }
        Ok(Met { checkpoint, logs, witnesses })
    }

    /// Whether these witnesses are enough.
    fn is_quorum(&self, cosigned: &[bool]) -> bool {
        // A group's members stand before it, so that one pass suffices.
        let mut met: Vec<bool> = Vec::with_capacity(self.groups.len());
        let witnessed = |met: &[bool], member: Member| match member {
            Member::Witness(number) => cosigned.get(number).copied().unwrap_or(false),
            Member::Group(number) => met.get(number).copied().unwrap_or(false),
        };
        for group in &self.groups {
            let found = group.members.iter().filter(|&&member| witnessed(&met, member)).count();
            met.push(found >= group.least);
        }
        self.quorum.is_none_or(|member| witnessed(&met, member))
    }
}

/// What has been read of a policy.
#[derive(Default)]
struct Reader {
    logs: Vec<Known>,
    witnesses: Vec<(Vec<u8>, Known)>,
    groups: Vec<Group>,
    names: BTreeMap<Vec<u8>, Member>,
    members: BTreeSet<Vec<u8>>,
    quorum: Option<Option<Member>>,
}

impl Reader {
    fn line(&mut self, line: &[u8]) -> Result<(), LineFault> {
        if line.iter().any(|&byte| (byte < b' ' && byte != b'\t') || byte == 0x7f) {
            return Err(LineFault::Control);
        }
        let mut words = line.split(|&byte| byte == b' ' || byte == b'\t').filter(|word| !word.is_empty());
        let Some(first) = words.next() else { return Ok(()) };
        let rest: Vec<&[u8]> = words.collect();
        match first {
            comment if comment.starts_with(b"#") => Ok(()),
            b"log" => self.log(&rest),
            b"witness" => self.witness(&rest),
            b"group" => self.group(&rest),
            b"quorum" => self.quorum(&rest),
            other => Err(LineFault::Word(told(other))),
        }
    }

    fn log(&mut self, words: &[&[u8]]) -> Result<(), LineFault> {
        let (&[key] | &[key, _]) = words else { return Err(LineFault::Form("log <verifier key> [<url>]")) };
        let known = known(key, words.get(1), Algorithm::Ed25519)?;
        check_new(&known, self.logs.iter())?;
        self.logs.push(known);
        Ok(())
    }

    fn witness(&mut self, words: &[&[u8]]) -> Result<(), LineFault> {
        let (&[name, key] | &[name, key, _]) = words else {
            return Err(LineFault::Form("witness <name> <verifier key> [<url>]"));
        };
        let known = known(key, words.get(2), Algorithm::Cosignature)?;
        check_new(&known, self.witnesses.iter().map(|(_, known)| known))?;
        self.define(name, Member::Witness(self.witnesses.len()))?;
        self.witnesses.push((name.to_vec(), known));
        Ok(())
    }

    fn group(&mut self, words: &[&[u8]]) -> Result<(), LineFault> {
        let &[name, threshold, ref names @ ..] = words else {
            return Err(LineFault::Form("group <name> all|any|<k> <name>..."));
        };
        if self.groups.len() == MOST_NAMED {
            return Err(LineFault::TooMany);
        }
        let mut members = Vec::new();
        for &member in names {
            members.push(self.named(member)?);
            if !self.members.insert(member.to_vec()) {
                return Err(LineFault::MemberTwice(told(member)));
            }
        }
        let number =
            |text: &[u8]| str::from_utf8(text).ok().and_then(lines::decimal).and_then(|k| usize::try_from(k).ok());
        let least = match threshold {
            b"all" => Some(members.len()),
            b"any" => Some(1),
            text => number(text),
        };
        let Some(least) = least.filter(|&least| 1 <= least && least <= members.len()) else {
            return Err(LineFault::Threshold { threshold: told(threshold), members: members.len() });
        };
        self.define(name, Member::Group(self.groups.len()))?;
        self.groups.push(Group { least, members });
        Ok(())
    }

    fn quorum(&mut self, words: &[&[u8]]) -> Result<(), LineFault> {
        let &[name] = words else { return Err(LineFault::Form("quorum <name>|none")) };
        if self.quorum.is_some() {
            return Err(LineFault::SecondQuorum);
        }
        self.quorum = Some(if name == b"none" { None } else { Some(self.named(name)?) });
        Ok(())
    }

    fn define(&mut self, name: &[u8], member: Member) -> Result<(), LineFault> {
        if name == b"none" || self.names.contains_key(name) {
            return Err(LineFault::Taken(told(name)));
        }
        self.names.insert(name.to_vec(), member);
        Ok(())
    }

    fn named(&self, name: &[u8]) -> Result<Member, LineFault> {
        self.names.get(name).copied().ok_or_else(|| LineFault::Undefined(told(name)))
    }
}

fn known(key: &[u8], url: Option<&&[u8]>, algorithm: Algorithm) -> Result<Known, LineFault> {
    let key = VerifierKey::parse(&String::from_utf8_lossy(key))?.require(algorithm)?;
    Ok(Known { key, url: url.map(|url| String::from_utf8_lossy(url).into_owned()) })
}

/// Two lines of a kind may not have the same public key, whatever their names.
fn check_new<'a>(known: &Known, others: impl ExactSizeIterator<Item = &'a Known>) -> Result<(), LineFault> {
    if others.len() >= MOST_NAMED {
        return Err(LineFault::TooMany);
    }
    let mut others = others;
    match others.any(|other| other.key.public_bytes() == known.key.public_bytes()) {
        true => Err(LineFault::DuplicateKey),
        false => Ok(()),
    }
}

fn told(word: &[u8]) -> String {
    lines::shown(&String::from_utf8_lossy(word))
}
