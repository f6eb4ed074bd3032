//! One entry after another, each held to the rules.

use std::io;

use adil_belenios::{base64, credential, digest, hash_of, hexadecimal};
use adil_log::{Note, VerifierKey};

use super::{
    Contents, CredentialList, Ledger, LedgerBallot, LedgerRevocation, LedgerRule, Owned, Phase, ReadKeys, agreement,
};
use crate::entry::{Entry, LoggedBallot};
use crate::statement::{Content, Keys, Revocation, Setup, Signer, Statement};

impl Ledger {
    /// Reads the next entry.
    ///
    /// # Errors
    /// What the entry names cannot be read. That it is not there is a fault.
    pub fn absorb(&mut self, bytes: &[u8], contents: &dyn Contents) -> io::Result<()> {
        let entry = self.size;
        self.size += 1;
        match Entry::parse(bytes) {
            Ok(Entry::Ballot { minute, ballot }) => self.ballot_entry(entry, minute, ballot, contents),
            Ok(Entry::Statement(statement, note)) => {
                self.signatures(entry, &statement, &note);
                self.statement(entry, *statement, contents)
            }
            Err(error) => {
                self.fault(LedgerRule::EntryForm, Some(entry), error);
                Ok(())
            }
        }
    }

    /// The ledger of a whole log.
    ///
    /// # Errors
    /// An entry, or what it names, cannot be read.
    pub fn read(entries: impl IntoIterator<Item = io::Result<Vec<u8>>>, contents: &dyn Contents) -> io::Result<Self> {
        let mut ledger = Self::new();
        for entry in entries {
            ledger.absorb(&entry?, contents)?;
        }
        Ok(ledger)
    }

    fn signatures(&mut self, entry: u64, statement: &Statement, note: &Note) {
        // The setup is signed by the key that it names itself.
        let own;
        let keys = match statement {
            Statement::Setup(setup) => {
                own = read_keys(&setup.keys);
                own.as_ref()
            }
            _ => self.keys.as_ref(),
        };
        let missing: Vec<&str> = statement
            .signers()
            .iter()
            .filter_map(|signer| {
                let (key, name) = match signer {
                    Signer::Organiser => (keys.map(|keys| &keys.organiser), "the organiser"),
                    Signer::Authority => (keys.map(|keys| &keys.authority), "the credential authority"),
                    Signer::Acceptance => (keys.and_then(|keys| keys.acceptance.as_ref()), "the voting server"),
                };
                let is_signed = key.is_some_and(|key| Statement::is_signed_by(note, key));
                (!is_signed).then_some(name)
            })
            .collect();
        if !missing.is_empty() {
            let found = format!("{}: not signed by {}", statement.name(), missing.join(" and "));
            self.fault(LedgerRule::Signatures, Some(entry), found);
        }
    }

    /// Whether the election may be where an entry says it is; moves on.
    fn phase_is(&mut self, entry: u64, name: &str, allowed: &[Phase], next: Phase) -> bool {
        let is_allowed = allowed.contains(&self.phase());
        if is_allowed {
            self.phase = Some(next);
        } else {
            let found = format!("{name}, when the election is {:?}", self.phase());
            self.fault(LedgerRule::Phases, Some(entry), found);
        }
        is_allowed
    }

    fn same_election(&mut self, entry: u64, uuid: &str) {
        if self.setup.as_ref().is_some_and(|setup| setup.uuid != uuid) {
            self.fault(LedgerRule::Election, Some(entry), uuid);
        }
    }

    fn at_minute(&mut self, entry: u64, minute: u64) {
        if minute < self.minute {
            self.fault(LedgerRule::Minutes, Some(entry), format!("{minute} after {}", self.minute));
        }
        self.minute = self.minute.max(minute);
    }

    /// What a statement names by its digest.
    fn named(&mut self, entry: u64, content: &Content, contents: &dyn Contents) -> io::Result<Option<Vec<u8>>> {
        let found = contents.content(content)?;
        match &found {
            None => self.fault(LedgerRule::Contents, Some(entry), hexadecimal(&content.sha256)),
            Some(bytes) if Content::of(bytes) != *content => {
                self.fault(LedgerRule::Contents, Some(entry), hexadecimal(&content.sha256));
                return Ok(None);
            }
            Some(_) => {}
        }
        Ok(found)
    }

    fn statement(&mut self, entry: u64, statement: Statement, contents: &dyn Contents) -> io::Result<()> {
        use Phase::{Closed, Decrypting, Finished, Listed, Open, SetUp, Shuffled, Tallied};
        if entry == 0 && !matches!(statement, Statement::Setup(_)) {
            self.fault(LedgerRule::SetupFirst, Some(entry), statement.name());
        }
        match statement {
            Statement::Setup(setup) => return self.setup(entry, *setup, contents),
            Statement::Credentials(lists) => {
                if !self.phase_is(entry, "credentials", &[SetUp], Listed) {
                    return Ok(());
                }
                self.same_election(entry, &lists.uuid);
                let agrees = self.setup.as_ref().is_some_and(|setup| {
                    (setup.credentials, setup.spares) == (lists.credentials, lists.spares)
                        && setup.keys.authority == lists.key
                });
                let listed = self.credentials.len() - self.credentials.spares().len().min(self.credentials.len());
                let agrees = agrees && listed as u64 == lists.voters;
                if !agrees {
                    self.fault(
                        LedgerRule::CredentialLists,
                        Some(entry),
                        "another list, another key, or another number of voters",
                    );
                }
                self.lists = Some(lists);
            }
            Statement::Open { uuid, minute } => {
                self.same_election(entry, &uuid);
                self.at_minute(entry, minute);
                self.phase_is(entry, "open", &[Listed], Open);
            }
            Statement::Close { uuid, minute } => {
                self.same_election(entry, &uuid);
                self.at_minute(entry, minute);
                self.phase_is(entry, "close", &[Open], Closed);
            }
            Statement::Acceptance { uuid, tracker } => {
                self.same_election(entry, &uuid);
                if self.phase_is(entry, "acceptance", &[Open], Open) {
                    self.acceptance(entry, &tracker);
                }
            }
            Statement::Revocation(revocation) => {
                self.same_election(entry, &revocation.uuid);
                if self.phase() == Open {
                    self.revocation(entry, revocation);
                } else {
                    let found = format!("when the election is {:?}", self.phase());
                    self.fault(LedgerRule::RevocationTime, Some(entry), found);
                }
            }
            Statement::Tally { tally, sized } => {
                if self.phase_is(entry, "tally", &[Closed], Tallied) {
                    self.named(entry, &tally, contents)?;
                    self.named(entry, &sized, contents)?;
                    self.tally = Some((tally, sized));
                }
            }
            Statement::Shuffle { owner, shuffle } => {
                if self.phase_is(entry, "shuffle", &[Tallied, Shuffled], Shuffled) {
                    self.named(entry, &shuffle, contents)?;
                    self.shuffles.push(Owned { entry, owner, content: shuffle });
                }
            }
            Statement::Decryption { owner, decryption } => {
                if self.phase_is(entry, "decryption", &[Tallied, Shuffled, Decrypting], Decrypting) {
                    self.named(entry, &decryption, contents)?;
                    self.decryptions.push(Owned { entry, owner, content: decryption });
                }
            }
            Statement::Result { result } => {
                if self.phase_is(entry, "result", &[Decrypting], Finished) {
                    self.named(entry, &result, contents)?;
                    self.result = Some(result);
                }
            }
        }
        Ok(())
    }

    fn setup(&mut self, entry: u64, setup: Setup, contents: &dyn Contents) -> io::Result<()> {
        if entry != 0 || self.setup.is_some() {
            self.fault(LedgerRule::SetupFirst, Some(entry), "another setup");
            return Ok(());
        }
        self.phase = Some(Phase::SetUp);
        self.minute = setup.time / 60;
        self.keys = read_keys(&setup.keys);
        let election = self.named(entry, &setup.election, contents)?;
        let trustees = self.named(entry, &setup.trustees, contents)?;
        if let (Some(election), Some(trustees)) = (election, trustees)
            && let Some(what) = agreement::disagrees(&setup, &election, &trustees)
        {
            self.fault(LedgerRule::SetupAgrees, Some(entry), what);
        }
        let credentials = self.named(entry, &setup.credentials, contents)?;
        let spares = self.named(entry, &setup.spares, contents)?;
        if let Some(booth) = &setup.booth {
            self.named(entry, booth, contents)?;
        }
        if let (Some(credentials), Some(spares)) = (credentials, spares) {
            match CredentialList::read(&credentials, &spares) {
                Some(list) => {
                    let wrong: Vec<String> = list.wrong().take(10).cloned().collect();
                    wrong.iter().for_each(|credential| {
                        self.fault(LedgerRule::SparesListed, Some(entry), credential);
                    });
                    self.credentials = list;
                }
                None => self.fault(LedgerRule::Contents, Some(entry), "the lists of credentials cannot be read"),
            }
        }
        self.setup = Some(setup);
        Ok(())
    }

    fn acceptance(&mut self, entry: u64, tracker: &str) {
        let number = decode(tracker).and_then(|hash| self.by_hash.get(&hash).copied());
        let ballot = number.and_then(|number| self.ballots.get_mut(number as usize));
        match ballot {
            Some(ballot) if !ballot.accepted && self.keys.as_ref().is_some_and(|keys| keys.acceptance.is_some()) => {
                ballot.accepted = true;
            }
            _ => self.fault(LedgerRule::Acceptance, Some(entry), tracker),
        }
    }

    fn revocation(&mut self, entry: u64, revocation: Revocation) {
        let (credential, spare) = (digest(revocation.credential.as_bytes()), digest(revocation.spare.as_bytes()));
        let weight = self.credentials.weight(&credential);
        let is_revocable =
            weight.is_some() && !self.credentials.is_spare(&credential) && !self.revoked.contains_key(&credential);
        if !is_revocable {
            self.fault(LedgerRule::RevokedListed, Some(entry), &revocation.credential);
        }
        let is_free = self.credentials.is_spare(&spare)
            && !self.given.contains_key(&spare)
            && self.credentials.weight(&spare) == weight;
        if !is_free {
            self.fault(LedgerRule::SpareFree, Some(entry), &revocation.spare);
        }
        if revocation.since > revocation.minute {
            let found = format!("since minute {}, signed in minute {}", revocation.since, revocation.minute);
            self.fault(LedgerRule::RevocationTime, Some(entry), found);
        }
        let number = u32::try_from(self.revocations.len()).unwrap_or(u32::MAX);
        // One that breaks a rule is shown and has no effect.
        if is_revocable && is_free {
            self.revoked.insert(credential, number);
            self.given.insert(spare, number);
        }
        self.revocations.push(LedgerRevocation { entry, revocation, credential, spare });
    }

    fn ballot_entry(
        &mut self,
        entry: u64,
        minute: u64,
        logged: LoggedBallot<'_>,
        contents: &dyn Contents,
    ) -> io::Result<()> {
        if entry == 0 {
            self.fault(LedgerRule::SetupFirst, Some(entry), "a ballot");
        }
        let object;
        let bytes = match logged {
            LoggedBallot::Inline(bytes) => bytes,
            LoggedBallot::Object(content) => {
                let Some(found) = self.named(entry, &content, contents)? else { return Ok(()) };
                object = found;
                &object
            }
        };
        if !self.phase_is(entry, "ballot", &[Phase::Open], Phase::Open) {
            return Ok(());
        }
        self.at_minute(entry, minute);
        let (hash, credential) = (digest(bytes), credential(bytes));
        let tracker = || base64(&hash);
        let number = u32::try_from(self.ballots.len()).unwrap_or(u32::MAX);
        if self.by_hash.insert(hash, number).is_some() {
            self.fault(LedgerRule::BallotOnce, Some(entry), tracker());
        }
        if self.setup.as_ref().is_some_and(|setup| !names_election(bytes, &setup.uuid)) {
            self.fault(LedgerRule::Election, Some(entry), tracker());
        }
        if self.credentials.weight(&credential).is_none() {
            self.fault(LedgerRule::BallotCredential, Some(entry), tracker());
        }
        if self.revoked.contains_key(&credential) {
            self.fault(LedgerRule::RevokedBallot, Some(entry), tracker());
        }
        if self.credentials.is_spare(&credential) && !self.given.contains_key(&credential) {
            self.fault(LedgerRule::SpareUsed, Some(entry), tracker());
        }
        self.ballots.push(LedgerBallot { entry, minute, hash, credential, accepted: false });
        Ok(())
    }
}

/// Whether a ballot names the election of that identifier, which has no letter that JSON escapes.
fn names_election(ballot: &[u8], uuid: &str) -> bool {
    let rest = ballot.strip_prefix(b"{\"election_uuid\":\"").and_then(|rest| rest.strip_prefix(uuid.as_bytes()));
    rest.is_some_and(|rest| rest.starts_with(b"\""))
}

fn read_keys(keys: &Keys) -> Option<ReadKeys> {
    let key = |text: &String| VerifierKey::parse(text).ok();
    Some(ReadKeys {
        organiser: key(&keys.organiser)?,
        authority: key(&keys.authority)?,
        log: key(&keys.log)?,
        acceptance: match &keys.acceptance {
            Some(text) => Some(key(text)?),
            None => None,
        },
    })
}

/// The digest that a tracker is.
pub(crate) fn decode(tracker: &str) -> Option<adil_belenios::Hash> {
    adil_belenios::of_base64(tracker).or_else(|| hash_of(tracker))
}
