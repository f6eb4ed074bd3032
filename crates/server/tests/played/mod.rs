//! The roles, as the command line plays them.

use std::collections::{BTreeMap, HashMap};

use adil_belenios::hold::{Polls, VotingCode, keys, polls};
use adil_belenios::{Answer, SealedBallot};
use adil_election::answers::Answers;
use adil_election::authority::{Issued, PublishedLists, spare_weights};
use adil_election::messages::{Draft, ListsMessage, MemberMessage, Message, Rehearsal, TrusteeRecord};
use adil_election::statement::{Revocation, Statement};
use adil_election::trusteeship::{Ceremony, trusteeship};
use adil_log::{KeyName, SigningKey};
use adil_server::service::{Leak, TrusteeView, VoterRow};
use rand_chacha::ChaCha20Rng;
use rand_core::{Rng as _, SeedableRng as _};
use zeroize::Zeroizing;

fn random() -> ChaCha20Rng {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).expect("randomness");
    ChaCha20Rng::from_seed(seed)
}

/// A trustee with everything that she keeps.
pub(crate) struct Trustee {
    draft: Draft,
    number: u64,
    /// How many are enough, and how many there are; of a single trustee neither.
    terms: Option<(usize, usize)>,
    secret: Zeroizing<String>,
    first: String,
    file: String,
}

impl Trustee {
    pub(crate) fn single(draft: &Draft, name: &str) -> Self {
        let tools = trusteeship(draft.read().expect("a plan").0.group);
        let (secret, first) = tools.single(Some(name), &mut random());
        Self { draft: draft.clone(), number: 0, terms: None, secret, first, file: String::new() }
    }

    pub(crate) fn member(draft: &Draft, threshold: usize, members: usize, number: usize) -> Self {
        let tools = trusteeship(draft.read().expect("a plan").0.group);
        let terms = adil_belenios::trustee::Terms::new(threshold, members).expect("terms");
        let (secret, first) = tools.certify(terms, number, &mut random()).expect("a certificate");
        let terms = Some((threshold, members));
        Self { draft: draft.clone(), number: number as u64, terms, secret, first, file: String::new() }
    }

    fn terms(&self) -> adil_belenios::trustee::Terms {
        let (threshold, members) = self.terms.expect("a member");
        adil_belenios::trustee::Terms::new(threshold, members).expect("terms")
    }

    fn message(&self, message: String) -> MemberMessage {
        let (threshold, members) = self.terms.expect("a member");
        MemberMessage { uuid: self.draft.uuid.clone(), threshold, members, number: self.number as usize, message }
    }

    pub(crate) fn public_key(&self) -> Vec<u8> {
        Message::Trustee { uuid: self.draft.uuid.clone(), record: self.first.clone() }.to_bytes()
    }

    pub(crate) fn certificate(&self) -> Vec<u8> {
        Message::Certificate(self.message(self.first.clone())).to_bytes()
    }

    pub(crate) fn contribute(&mut self, certificates: &[String]) -> Vec<u8> {
        let tools = trusteeship(self.draft.read().expect("a plan").0.group);
        let made = tools.contribute(&self.secret, self.terms(), certificates, &mut random());
        Message::Contribution(self.message(made.expect("a contribution"))).to_bytes()
    }

    pub(crate) fn finish(&mut self, certificates: &[String], contributions: &[String]) -> Vec<u8> {
        let tools = trusteeship(self.draft.read().expect("a plan").0.group);
        let ceremony = Ceremony {
            terms: self.terms(),
            certificates: certificates.to_vec(),
            contributions: contributions.to_vec(),
            finished: Vec::new(),
        };
        let name = format!("Trustee {}", self.number);
        let finished = tools.finish(&self.secret, &ceremony, Some(&name), &mut random()).expect("a key");
        self.file = finished.file;
        Message::Finished(self.message(finished.public_key)).to_bytes()
    }

    fn private(&self) -> Zeroizing<String> {
        let tools = trusteeship(self.draft.read().expect("a plan").0.group);
        match self.terms {
            None => tools.single_key(&self.secret).expect("a key"),
            Some(_) => tools.member_key(&self.secret, &self.file).expect("a key"),
        }
    }

    fn record(&self, (owner, record): (u64, String)) -> TrusteeRecord {
        TrusteeRecord { uuid: self.draft.uuid.clone(), owner, record }
    }

    pub(crate) fn rehearse(&mut self, rehearsal: &Rehearsal) -> Vec<u8> {
        let records = [&rehearsal.election, &rehearsal.trustees, &rehearsal.credentials].map(|text| text.as_bytes());
        let polls = polls(records[0], records[1], records[2], None).expect("a sound setup");
        let answer = polls.rehearse(&self.private(), &mut random()).expect("an answer");
        Message::Rehearsed(self.record(answer)).to_bytes()
    }

    pub(crate) fn shuffle(&mut self, polls: &dyn Polls, view: &TrusteeView) -> Vec<u8> {
        let shuffles: Vec<Vec<u8>> = view.shuffles.iter().map(|text| text.clone().into_bytes()).collect();
        let tally = view.tally.as_deref().expect("a tally");
        let made = polls.shuffle(tally.as_bytes(), &shuffles, &mut random()).expect("a shuffle");
        Message::Shuffle(self.record((view.number, made))).to_bytes()
    }

    pub(crate) fn decrypt(&mut self, polls: &dyn Polls, view: &TrusteeView) -> Vec<u8> {
        let shuffles: Vec<Vec<u8>> = view.shuffles.iter().map(|text| text.clone().into_bytes()).collect();
        let tally = view.tally.as_deref().expect("a tally");
        let made = polls.decrypt(tally.as_bytes(), &shuffles, &self.private(), &mut random()).expect("a decryption");
        Message::Decryption(self.record(made)).to_bytes()
    }
}

/// The credential authority, who holds the spare codes too.
pub(crate) struct Authority {
    draft: Draft,
    key: SigningKey,
    message: Message,
    /// The code and the credential of each voter, and the code of each spare credential.
    voters: BTreeMap<String, (String, String)>,
    spares: HashMap<String, String>,
}

impl Authority {
    pub(crate) fn issue(draft: &Draft, voters: &[VoterRow], percent: u32) -> Self {
        let plan = draft.read().expect("a plan").0;
        let group = keys(plan.group.name()).expect("a group");
        let mut random = random();
        let weights: Vec<u128> = voters.iter().map(|voter| voter.weight.parse().expect("a weight")).collect();
        let spares = spare_weights(weights.iter().copied(), percent);
        let issued = Issued::draw(&*group, &draft.uuid, weights, &mut random);
        let spares = Issued::draw(&*group, &draft.uuid, spares, &mut random);
        let lists = PublishedLists::of(&*group, &issued, &spares, plan.has_weights);
        let mut seed = Zeroizing::new([0; 32]);
        random.fill_bytes(&mut *seed);
        let key = SigningKey::from_seed(KeyName::parse("authority/test").expect("a name"), &seed);
        let statement = lists.statement(&draft.uuid, voters.len() as u64, key.verifier().to_string());
        let statement = statement.signed(&[&key]).expect("signed").to_string();
        let code = |issued: &Issued, at: usize| issued.codes[at].reveal().to_owned();
        let of = |(at, voter): (usize, &VoterRow)| (voter.id.clone(), (code(&issued, at), issued.public[at].clone()));
        Self {
            message: Message::CredentialLists(ListsMessage {
                uuid: draft.uuid.clone(),
                credentials: lists.credentials,
                spares: lists.spares,
                statement,
            }),
            voters: voters.iter().enumerate().map(of).collect(),
            spares: (0..spares.codes.len()).map(|at| (spares.public[at].clone(), code(&spares, at))).collect(),
            draft: draft.clone(),
            key,
        }
    }

    pub(crate) fn lists(&self) -> Vec<u8> {
        self.message.to_bytes()
    }

    pub(crate) fn code(&self, voter: &str) -> &str {
        &self.voters[voter].0
    }

    pub(crate) fn spare(&self, credential: &str) -> &str {
        &self.spares[credential]
    }

    /// Signed revocations, and who gets which spare.
    pub(crate) fn revoke(
        &self,
        leak: &Leak,
        voters: &[&str],
        free: &[(String, String)],
    ) -> (Vec<u8>, Vec<(String, String)>) {
        let mut notes = Vec::new();
        let mut orders = Vec::new();
        for (voter, (spare, _)) in voters.iter().zip(free) {
            let revocation = Statement::Revocation(Revocation {
                uuid: self.draft.uuid.clone(),
                credential: self.voters[*voter].1.clone(),
                since: leak.since,
                minute: leak.since + 5,
                reason: leak.reason.clone(),
                spare: spare.clone(),
            });
            notes.push(revocation.signed(&[&self.key]).expect("signed").to_string());
            orders.push(((*voter).to_owned(), spare.clone()));
        }
        (Message::Revocations { uuid: self.draft.uuid.clone(), notes }.to_bytes(), orders)
    }
}

/// A ballot of a code.
pub(crate) fn ballot(polls: &dyn Polls, code: &str, answers: &str) -> bytes::Bytes {
    let election = polls.election();
    let contests: Vec<adil_election::Contest> = election
        .questions
        .iter()
        .map(|question| adil_election::Contest { question: question.clone(), counting: None })
        .collect();
    let answers = Answers::parse(&contests, answers).expect("answers");
    let numbers: Vec<Answer> = contests
        .iter()
        .zip(answers.as_slice())
        .map(|(contest, answer)| {
            let numbers = answer.numbers(&contest.question);
            match contest.question {
                adil_belenios::Question::NonHomomorphic { .. } => Answer::Vector(numbers.to_vec()),
                _ => Answer::Bits(numbers.iter().map(|&number| u8::from(number == 1)).collect()),
            }
        })
        .collect();
    let code = VotingCode::parse(code).expect("a code");
    let sealed = polls.seal(&[(&code, &numbers)], &mut random()).expect("a ballot");
    sealed.into_iter().next().map(SealedBallot::cast).expect("one ballot").into_bytes().into()
}
