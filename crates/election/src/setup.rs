//! Setting an election up: from the draft, the authority's lists and the trustees' messages to the first entries of the
//! log.

use adil_belenios::hold::{Polls, SetupFaults, polls};
use adil_belenios::trustee::{CeremonyFault, Terms};
use adil_belenios::{base64, digest};
use adil_log::{Note, NoteError, SigningKey, VerifierKey};

use crate::ledger::Phase;
use crate::messages::{Draft, DraftError, ListsMessage, MemberMessage, Message};
use crate::statement::{Content, Keys, NamedTrustee, Setup, Statement, StatementError};
use crate::trusteeship::{Ceremony, TrusteeEntry, TrusteeError, trusteeship};

/// Why an election cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The draft.
    #[error(transparent)]
    Draft(#[from] DraftError),
    /// A message of another election.
    #[error("{what} is of another election ({found})")]
    OtherElection {
        /// What it is.
        what: &'static str,
        /// The election it names.
        found: String,
    },
    /// A message that has no place here.
    #[error("{0} has no place here")]
    Unexpected(&'static str),
    /// There are no trustees.
    #[error("there is no trustee; without one nobody could read the result")]
    NoTrustees,
    /// The members of a group did not all hand in everything.
    #[error("{what} of member {number} of {members} is missing, or there are two of them")]
    Member {
        /// What is missing.
        what: &'static str,
        /// Whose.
        number: usize,
        /// How many members there are.
        members: usize,
    },
    /// Messages of ceremonies with different terms.
    #[error("the trustees' messages are of different ceremonies: {0} of {1}, and {2} of {3}")]
    Terms(usize, usize, usize, usize),
    /// The terms of a ceremony.
    #[error(transparent)]
    Ceremony(#[from] CeremonyFault),
    /// A trustee's key or message.
    #[error(transparent)]
    Trustee(#[from] TrusteeError),
    /// The authority's statement.
    #[error("the authority's statement about its lists cannot be used: {0}")]
    Statement(#[from] StatementError),
    /// The authority's statement is about other lists, or not signed by the key that it names.
    #[error("the authority's statement is not about these lists, or is not signed by its key")]
    Lists,
    /// What was put together breaks a rule of the protocol.
    #[error(transparent)]
    Rules(#[from] SetupFaults),
    /// A note.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// The three records of a setup, with what the log says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assembled {
    /// The election's record.
    pub election: String,
    /// The trustees' record.
    pub trustees: String,
    /// The lists, with the authority's signed statement.
    pub lists: ListsMessage,
    /// The authority's key.
    pub authority: String,
}

impl Assembled {
    /// Puts a setup together from what the roles handed in, and checks all of it.
    ///
    /// # Errors
    /// Something is missing, or does not hold.
    pub fn of(draft: &Draft, lists: &ListsMessage, trustees: &[Message]) -> Result<Self, SetupError> {
        let (plan, uuid) = draft.read()?;
        let authority = check_lists(&draft.uuid, lists)?;
        let entries = entries(&draft.uuid, trustees)?;
        let (record, public_key) = trusteeship(plan.group).record(&entries)?;
        let election = plan.election_record(&uuid, &public_key);
        let assembled = Self { election, trustees: record, lists: lists.clone(), authority };
        assembled.polls()?;
        Ok(assembled)
    }

    /// The election as it can be held.
    ///
    /// # Errors
    /// It breaks a rule of the protocol.
    pub fn polls(&self) -> Result<Box<dyn Polls>, SetupFaults> {
        let (election, trustees) = (self.election.as_bytes(), self.trustees.as_bytes());
        polls(election, trustees, self.lists.credentials.as_bytes(), None)
    }

    /// The first entries of the log, signed, and the records that they name: the setup, the authority's lists, and the
    /// opening. `booth` is the list of the booth's files with their digests, where voters vote on pages.
    ///
    /// # Errors
    /// The setup is not sound, or a text cannot stand in a note.
    pub fn opening(
        &self,
        draft: &Draft,
        organiser: &SigningKey,
        time: u64,
        booth: Option<&[u8]>,
    ) -> Result<(Vec<Note>, Vec<Vec<u8>>), SetupError> {
        let (plan, _) = draft.read()?;
        let polls = self.polls()?;
        let keys = Keys {
            organiser: draft.organiser.clone(),
            authority: self.authority.clone(),
            log: draft.log.clone(),
            acceptance: draft.acceptance.clone(),
        };
        let fingerprints = polls.trustee_keys();
        let named = (1..).zip(polls.trustees()).zip(fingerprints).map(|((number, name), key)| NamedTrustee {
            number,
            name,
            fingerprint: base64(&digest(key.as_bytes())),
        });
        let records = [&self.election, &self.trustees, &self.lists.credentials, &self.lists.spares];
        let [election, trustees, credentials, spares] = records.map(|record| Content::of(record.as_bytes()));
        let setup = Statement::Setup(Box::new(Setup {
            uuid: draft.uuid.clone(),
            title: plan.title.clone(),
            time,
            election,
            trustees,
            credentials,
            spares,
            keys,
            named: named.collect(),
            counting: plan.counting(),
            opens: plan.opens.clone(),
            closes: plan.closes.clone(),
            booth: booth.map(Content::of),
        }));
        let open = Statement::Open { uuid: draft.uuid.clone(), minute: time / 60 };
        let notes = vec![
            setup.signed(&[organiser])?,
            Note::parse(self.lists.statement.as_bytes())?,
            open.signed(&[organiser])?,
        ];
        let records = records.map(|record| record.clone().into_bytes()).into_iter();
        Ok((notes, records.chain(booth.map(<[u8]>::to_vec)).collect()))
    }
}

/// The authority's key, if its statement is about these lists and signed by it.
///
/// # Errors
/// It is not.
pub fn check_lists(uuid: &str, lists: &ListsMessage) -> Result<String, SetupError> {
    let (statement, note) = Statement::parse(lists.statement.as_bytes())?;
    let Statement::Credentials(said) = statement else { return Err(SetupError::Lists) };
    for found in [&said.uuid, &lists.uuid] {
        if found != uuid {
            return Err(SetupError::OtherElection { what: "the list of credentials", found: found.clone() });
        }
    }
    let are_these = said.credentials == Content::of(lists.credentials.as_bytes())
        && said.spares == Content::of(lists.spares.as_bytes());
    let key = VerifierKey::parse(&said.key).map_err(|_| SetupError::Lists)?;
    if !are_these || !Statement::is_signed_by(&note, &key) {
        return Err(SetupError::Lists);
    }
    Ok(said.key)
}

/// The trustees that the messages are of: single ones first, then the group.
fn entries(uuid: &str, messages: &[Message]) -> Result<Vec<TrusteeEntry>, SetupError> {
    let mut entries = Vec::new();
    let mut of_members: [Vec<&MemberMessage>; 3] = Default::default();
    for message in messages {
        let own = match message {
            Message::Trustee { uuid, record } => {
                entries.push(TrusteeEntry::Single(record.clone()));
                uuid
            }
            Message::Certificate(own) => {
                of_members[0].push(own);
                &own.uuid
            }
            Message::Contribution(own) => {
                of_members[1].push(own);
                &own.uuid
            }
            Message::Finished(own) => {
                of_members[2].push(own);
                &own.uuid
            }
            other => return Err(SetupError::Unexpected(other.name())),
        };
        if own != uuid {
            return Err(SetupError::OtherElection { what: message.name(), found: own.clone() });
        }
    }
    if of_members.iter().any(|messages| !messages.is_empty()) {
        let [certificates, contributions, finished] = &of_members;
        let terms = terms(&of_members.concat())?;
        entries.push(TrusteeEntry::Group(Ceremony {
            terms,
            certificates: in_order("the certificate", terms, certificates)?,
            contributions: in_order("the contribution", terms, contributions)?,
            finished: in_order("the public key", terms, finished)?,
        }));
    }
    match entries.is_empty() {
        true => Err(SetupError::NoTrustees),
        false => Ok(entries),
    }
}

/// The terms that all messages of a ceremony agree on.
///
/// # Errors
/// They do not, or are none.
pub fn terms(messages: &[&MemberMessage]) -> Result<Terms, SetupError> {
    let Some(first) = messages.first() else { return Err(SetupError::NoTrustees) };
    for other in messages {
        if (other.threshold, other.members) != (first.threshold, first.members) {
            return Err(SetupError::Terms(first.threshold, first.members, other.threshold, other.members));
        }
    }
    Ok(Terms::new(first.threshold, first.members)?)
}

/// The messages of all members, in the order of their numbers.
///
/// # Errors
/// One is missing, or there are two of one member.
pub fn in_order(what: &'static str, terms: Terms, messages: &[&MemberMessage]) -> Result<Vec<String>, SetupError> {
    let members = terms.members();
    let of = |number: usize| {
        let mut own = messages.iter().filter(|message| message.number == number);
        match (own.next(), own.next()) {
            (Some(message), None) => Ok(message.message.clone()),
            _ => Err(SetupError::Member { what, number, members }),
        }
    };
    (1..=members).map(of).collect()
}

/// What the organiser does at each phase, for people.
pub fn next_step(phase: Phase) -> &'static str {
    match phase {
        Phase::Empty | Phase::SetUp | Phase::Listed => "the organiser opens the voting",
        Phase::Open => "the voters vote; the organiser closes the voting",
        Phase::Closed => "the organiser publishes the encrypted tally",
        Phase::Tallied | Phase::Shuffled => {
            "the trustees shuffle where there are ranked or graded questions, and decrypt"
        }
        Phase::Decrypting => "further trustees decrypt; with enough of them the organiser publishes the result",
        Phase::Finished => "anybody checks the election",
    }
}
