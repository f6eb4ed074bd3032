//! Small elections in tests, held step by step: every entry of the log can be changed before it is written.

#![allow(dead_code, reason = "every test file uses a part of this")]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use adil_belenios::hold::{Polls, VotingCode, keys, polls};
use adil_belenios::trustee::DecryptionKey;
use adil_belenios::{Answer, GroupVisitor, SealedBallot, with_group};
use adil_crypto::SecretGroup;
use adil_crypto::proof::text_of;
use adil_election::authority::{Issued, PublishedLists};
use adil_election::entry::ballot_entry;
use adil_election::ledger::{Contents, Ledger};
use adil_election::statement::{Content, Keys, NamedTrustee, Revocation, Setup, Statement};
use adil_election::tallying::{self, Step};
use adil_election::{CountingMethod, derive};
use adil_log::{KeyName, SigningKey};
use adil_open::log::LogWriter;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use zeroize::Zeroizing;

pub(crate) const UUID: &str = "HsqB3C3y62Ekq4D";
pub(crate) const TIME: u64 = 1_795_000_020;
/// The minute in which voting opens.
pub(crate) const OPEN: u64 = TIME / 60 + 10;

/// What an election has asked, and of whom.
pub(crate) struct Terms<'a> {
    /// Questions as in the record.
    pub(crate) questions: &'a str,
    pub(crate) counting: Vec<Option<CountingMethod>>,
    pub(crate) voters: usize,
    pub(crate) spares: usize,
    /// Whether ballots need the voting server's acceptance.
    pub(crate) accepts: bool,
}

pub(crate) const CHOICES: &str = r#"{"answers":["a","b","c"],"min":0,"max":1,"question":"Who?"}"#;

impl Default for Terms<'_> {
    fn default() -> Self {
        Self { questions: CHOICES, counting: vec![None], voters: 5, spares: 2, accepts: false }
    }
}

/// Records in memory.
#[derive(Clone, Default)]
pub(crate) struct Records(pub(crate) Vec<Vec<u8>>);

impl Contents for Records {
    fn content(&self, content: &Content) -> io::Result<Option<Vec<u8>>> {
        Ok(self.0.iter().find(|record| Content::of(record) == *content).cloned())
    }
}

/// An election that is being held.
pub(crate) struct Held {
    pub(crate) organiser: SigningKey,
    pub(crate) authority: SigningKey,
    pub(crate) server: SigningKey,
    pub(crate) log: SigningKey,
    pub(crate) setup: Setup,
    /// Codes of voters, then spare ones, with their public credentials.
    codes: Vec<VotingCode>,
    pub(crate) public: Vec<String>,
    private: String,
    pub(crate) polls: Box<dyn Polls>,
    pub(crate) random: ChaCha20Rng,
    pub(crate) entries: Vec<Vec<u8>>,
    pub(crate) records: Records,
    /// The minute that it is.
    pub(crate) now: u64,
}

pub(crate) fn key(name: &str, seed: u8) -> SigningKey {
    SigningKey::from_seed(KeyName::parse(name).expect("a name"), &Zeroizing::new([seed; 32]))
}

/// A choice of one of three answers.
pub(crate) fn choice(answer: usize) -> Vec<Answer> {
    vec![Answer::Bits((0..3).map(|place| u8::from(place == answer)).collect())]
}

struct Trustee(ChaCha20Rng);

impl GroupVisitor for Trustee {
    type Output = (String, String, String);
    fn visit<G: SecretGroup>(mut self, group: &G) -> Self::Output {
        let key = DecryptionKey::draw(group, &mut self.0);
        let record = key.public_record(group, Some("Trustee 1"), &mut self.0);
        let private = key.private_text(group).trim_matches('"').to_owned();
        (text_of(group, key.public()), format!("[[\"Single\",{record}]]"), private)
    }
}

impl Held {
    /// An election that is set up and open.
    pub(crate) fn open(terms: &Terms<'_>, seed: u64) -> Self {
        let mut held = Self::set_up(terms, seed);
        held.say(Statement::Open { uuid: UUID.to_owned(), minute: OPEN });
        held
    }

    /// An election whose lists are published.
    pub(crate) fn set_up(terms: &Terms<'_>, seed: u64) -> Self {
        let mut random = ChaCha20Rng::seed_from_u64(seed);
        let made = with_group("Ed25519", None, Trustee(ChaCha20Rng::seed_from_u64(seed + 1)));
        let (key_text, trustees, private) = made.ok().expect("a known group");
        let keys_of = keys("Ed25519").expect("a known group");
        let [voters, spares] =
            [terms.voters, terms.spares].map(|count| Issued::draw(&*keys_of, UUID, vec![1; count], &mut random));
        let lists = PublishedLists::of(&*keys_of, &voters, &spares, false);
        let questions = terms.questions;
        let election = format!(
            r#"{{"version":1,"description":"","name":"Club","group":"Ed25519","public_key":"{key_text}","questions":[{questions}],"uuid":"{UUID}"}}"#
        );
        let (organiser, authority) = (key("club.example/organiser", 1), key("club.example/authority", 2));
        let (server, log) = (key("club.example/server", 3), key("club.example/log", 4));
        let setup = Setup {
            uuid: UUID.to_owned(),
            title: "Club".to_owned(),
            time: TIME,
            election: Content::of(election.as_bytes()),
            trustees: Content::of(trustees.as_bytes()),
            credentials: Content::of(lists.credentials.as_bytes()),
            spares: Content::of(lists.spares.as_bytes()),
            keys: Keys {
                organiser: organiser.verifier().to_string(),
                authority: authority.verifier().to_string(),
                log: log.verifier().to_string(),
                acceptance: terms.accepts.then(|| server.verifier().to_string()),
            },
            named: named(&trustees),
            counting: terms.counting.clone(),
            opens: None,
            closes: None,
            booth: None,
        };
        let polls = polls(election.as_bytes(), trustees.as_bytes(), lists.credentials.as_bytes(), None);
        let lists_said = lists.statement(UUID, terms.voters as u64, authority.verifier().to_string());
        let records = [election, trustees, lists.credentials, lists.spares].map(String::into_bytes).to_vec();
        let mut held = Self {
            organiser,
            authority,
            server,
            log,
            setup: setup.clone(),
            codes: voters.codes.into_iter().chain(spares.codes).collect(),
            public: voters.public.into_iter().chain(spares.public).collect(),
            private,
            polls: polls.expect("a sound setup"),
            random,
            entries: Vec::new(),
            records: Records(records),
            now: OPEN,
        };
        held.say(Statement::Setup(Box::new(setup)));
        held.say(lists_said);
        held
    }

    /// Logs a statement with the signatures that it needs.
    pub(crate) fn say(&mut self, statement: Statement) {
        use adil_election::statement::Signer;
        let keys: Vec<&SigningKey> = statement
            .signers()
            .iter()
            .map(|signer| match signer {
                Signer::Organiser => &self.organiser,
                Signer::Authority => &self.authority,
                Signer::Acceptance => &self.server,
            })
            .collect();
        let note = statement.signed(&keys).expect("a statement");
        self.entries.push(note.to_string().into_bytes());
    }

    /// A ballot of a voter, or of a spare: their numbers follow those of the voters.
    pub(crate) fn seal(&mut self, voter: usize, answers: &[Answer]) -> SealedBallot {
        let mut sealed = self.polls.seal(&[(&self.codes[voter], answers)], &mut self.random).expect("an allowed vote");
        sealed.pop().expect("one ballot")
    }

    /// Logs a ballot in this minute; its tracker.
    pub(crate) fn vote(&mut self, voter: usize, answer: usize) -> String {
        self.cast(voter, &choice(answer))
    }

    pub(crate) fn cast(&mut self, voter: usize, answers: &[Answer]) -> String {
        let ballot = self.seal(voter, answers).cast();
        let (entry, is_object) = ballot_entry(ballot.as_bytes(), self.now);
        if is_object {
            self.records.0.push(ballot.clone().into_bytes());
        }
        self.entries.push(entry);
        adil_belenios::base64(&adil_belenios::digest(ballot.as_bytes()))
    }

    pub(crate) fn accept(&mut self, tracker: &str) {
        self.say(Statement::Acceptance { uuid: UUID.to_owned(), tracker: tracker.to_owned() });
    }

    /// What a revocation says; `since` is a minute, and the numbers are those of the credentials.
    pub(crate) fn revocation(&self, credential: usize, since: u64, spare: usize) -> Revocation {
        Revocation {
            uuid: UUID.to_owned(),
            credential: self.public[credential].clone(),
            since,
            minute: self.now,
            reason: "a letter was lost".to_owned(),
            spare: self.public[spare].clone(),
        }
    }

    pub(crate) fn revoke(&mut self, credential: usize, since: u64, spare: usize) {
        let revocation = self.revocation(credential, since, spare);
        self.say(Statement::Revocation(revocation));
    }

    pub(crate) fn close(&mut self) {
        self.say(Statement::Close { uuid: UUID.to_owned(), minute: self.now });
    }

    pub(crate) fn ledger(&self) -> Ledger {
        Ledger::read(self.entries.iter().cloned().map(Ok), &self.records).expect("memory")
    }

    /// Takes all steps from the closing to the result.
    pub(crate) fn finish(&mut self) {
        self.close();
        let ledger = self.ledger();
        let mut entries = self.entries.clone().into_iter().map(Ok);
        let step = tallying::tally(&ledger, &*self.polls, &mut entries, &self.records).expect("a tally");
        self.step(step);
        if self.polls.election().needs_shuffles() {
            let (tally, before) = tallying::so_far(&self.ledger(), &self.records).expect("a tally");
            let shuffle = self.polls.shuffle(&tally, &before, &mut self.random).expect("a sound tally");
            let step = tallying::add_shuffle(&self.ledger(), &*self.polls, &self.records, 1, shuffle.into_bytes());
            self.step(step.expect("a sound shuffle"));
        }
        let (tally, shuffles) = tallying::so_far(&self.ledger(), &self.records).expect("a tally");
        let (owner, record) =
            self.polls.decrypt(&tally, &shuffles, &self.private, &mut self.random).expect("the trustee");
        let step = tallying::add_decryption(&self.ledger(), &*self.polls, &self.records, owner, record.into_bytes());
        self.step(step.expect("a sound decryption"));
        let step = tallying::result(&self.ledger(), &*self.polls, &self.records).expect("a result");
        self.step(step);
    }

    fn step(&mut self, step: Step) {
        self.records.0.extend(step.records);
        self.say(step.statement);
    }

    /// The archive that follows from the entries.
    pub(crate) fn archive(&self) -> Vec<u8> {
        let entries = self.entries.iter().cloned().map(Ok);
        derive(&self.ledger(), entries, &self.records, Vec::new()).expect("a log with a setup")
    }

    /// Writes board and log into a folder.
    pub(crate) fn write(&self, folder: &Path) -> PathBuf {
        self.write_log(&folder.join("log"));
        let board = folder.join("election.bel");
        fs::write(&board, self.archive()).expect("the folder can be written");
        board
    }

    /// Writes the log alone; it replaces one that is there.
    pub(crate) fn write_log(&self, folder: &Path) {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("the folder can be made");
        let mut log = LogWriter::create(folder, self.log.verifier().name().as_str(), &self.log).expect("a log");
        for entry in &self.entries {
            log.append(entry.clone()).expect("a short entry");
        }
        for record in &self.records.0 {
            log.store_object(record).expect("the folder can be written");
        }
        log.commit(&self.log).expect("the folder can be written");
    }
}

/// The trustees as a setup names them: by the fingerprints of their keys.
fn named(trustees: &str) -> Vec<NamedTrustee> {
    let record: serde_json::Value = serde_json::from_str(trustees).expect("JSON");
    let fingerprint = |trustee: &serde_json::Value| {
        let key = trustee[1]["public_key"].as_str().expect("a single trustee");
        adil_belenios::base64(&adil_belenios::digest(key.as_bytes()))
    };
    (1..)
        .zip(record.as_array().expect("a list"))
        .map(|(number, trustee)| NamedTrustee { number, name: None, fingerprint: fingerprint(trustee) })
        .collect()
}
