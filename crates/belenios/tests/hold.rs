//! Elections held by this crate and verified by it: every kind of question, weights, every group; and what is refused.

use adil_belenios::hold::{Polls, VoteError, VotingCode, keys, polls};
use adil_belenios::{
    Answer, ArchiveWriter, AuditFault, Board, EventKind, GroupVisitor, Limits, Options, Outcome, Rule, verify,
    with_group,
};
use adil_crypto::SecretGroup;
use adil_crypto::proof::{prove_logarithm, text_of};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

const UUID: &str = "HsqB3C3y62Ekq4D";

/// The three records of a setup, the trustees' private keys and the voters' codes.
struct Setup {
    election: String,
    trustees: String,
    credentials: String,
    private: Vec<String>,
    codes: Vec<VotingCode>,
}

/// An election of single trustees; `weights` are those of the voters, in the order of their codes.
fn set_up(group: &str, questions: &str, weights: &[Option<u32>], trustees: usize, seed: u64) -> Setup {
    struct Trustees(usize, ChaCha20Rng);
    impl GroupVisitor for Trustees {
        type Output = (String, String, Vec<String>);
        fn visit<G: SecretGroup>(mut self, group: &G) -> Self::Output {
            let (mut product, mut list, mut private) = (group.neutral(), Vec::new(), Vec::new());
            let decimal = |scalar: &G::Scalar| {
                let mut text = String::new();
                group.write_scalar(scalar, &mut text);
                text
            };
            for _ in 0..self.0 {
                let secret = group.draw(&mut self.1);
                let public = group.secret_power(&group.generator(), &secret);
                let text = text_of(group, &public);
                let proof = prove_logarithm(group, &secret, &format!("pok|{}|{text}|", group.label()), &mut self.1);
                let (c, r) = (decimal(&proof.challenge), decimal(&proof.response));
                let pok = format!(r#"{{"challenge":"{c}","response":"{r}"}}"#);
                list.push(format!(r#"["Single",{{"pok":{pok},"public_key":"{text}"}}]"#));
                product = group.multiply(&product, &public);
                private.push(decimal(&group.publish(&secret)));
            }
            (text_of(group, &product), format!("[{}]", list.join(",")), private)
        }
    }
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let codes: Vec<VotingCode> = weights.iter().map(|_| VotingCode::draw(&mut random)).collect();
    let (key, trustees, private) =
        with_group(group, None, Trustees(trustees, random)).map_err(|_| "no group").expect("a known group");
    let keys = keys(group).expect("a known group");
    let public = keys.public_credentials(UUID, &codes);
    let mut list: Vec<(String, Option<u32>)> = public.into_iter().zip(weights.iter().copied()).collect();
    list.sort();
    let entry = |(credential, weight): &(String, Option<u32>)| match weight {
        Some(weight) => format!("\"{credential},{weight}\""),
        None => format!("\"{credential}\""),
    };
    let credentials = format!("[{}]", list.iter().map(entry).collect::<Vec<_>>().join(","));
    let election = format!(
        r#"{{"version":1,"description":"","name":"Test","group":"{group}","public_key":"{key}","questions":[{questions}],"uuid":"{UUID}"}}"#
    );
    Setup { election, trustees, credentials, private, codes }
}

/// A whole election: ballots, the last of each voter counted, tally, shuffles by every trustee, decryptions, result.
fn hold(setup: &Setup, votes: &[(usize, Vec<Answer>)], seed: u64) -> Vec<u8> {
    let mut random = ChaCha20Rng::seed_from_u64(seed);
    let polls = open(setup);
    let taken: Vec<(&VotingCode, &[Answer])> =
        votes.iter().map(|(voter, answers)| (&setup.codes[*voter], answers.as_slice())).collect();
    let ballots: Vec<String> =
        polls.seal(&taken, &mut random).expect("allowed votes").into_iter().map(|ballot| ballot.cast()).collect();
    let bytes: Vec<&[u8]> = ballots.iter().map(String::as_bytes).collect();
    for checked in polls.check(&bytes) {
        checked.expect("the ballot holds");
    }
    let mut archive = ArchiveWriter::new(Vec::new(), 1_700_000_000).expect("memory");
    let (election, trustees, credentials) = (&setup.election, &setup.trustees, &setup.credentials);
    archive.setup(election.as_bytes(), trustees.as_bytes(), credentials.as_bytes()).expect("memory");
    for ballot in &bytes {
        archive.event(EventKind::Ballot, &[ballot]).expect("memory");
    }
    archive.event(EventKind::EndBallots, &[]).expect("memory");
    let is_last = |(index, (voter, _)): &(usize, &(usize, Vec<Answer>))| {
        votes[index + 1..].iter().all(|(later, _)| later != voter)
    };
    let mut counted = votes.iter().enumerate().filter(is_last).map(|(index, _)| bytes[index].to_vec());
    let tally = polls.tally(&mut counted).expect("sound ballots");
    archive.event(EventKind::EncryptedTally, &[tally.tally.as_bytes(), tally.sized.as_bytes()]).expect("memory");
    let mut shuffles = Vec::new();
    let owned = |owner: u64, record: &str| {
        use sha2::{Digest, Sha256};
        let digest: String = Sha256::digest(record).iter().map(|byte| format!("{byte:02x}")).collect();
        format!(r#"{{"owner":{owner},"payload":"{digest}"}}"#)
    };
    if polls.election().needs_shuffles() {
        for owner in 1..=setup.private.len() as u64 {
            let shuffle = polls.shuffle(tally.tally.as_bytes(), &shuffles, &mut random).expect("a sound tally");
            archive
                .event(EventKind::Shuffle, &[shuffle.as_bytes(), owned(owner, &shuffle).as_bytes()])
                .expect("memory");
            shuffles.push(shuffle.into_bytes());
        }
        archive.event(EventKind::EndShuffles, &[]).expect("memory");
    }
    let mut decryptions = Vec::new();
    for private in &setup.private {
        let (owner, record) =
            polls.decrypt(tally.tally.as_bytes(), &shuffles, private, &mut random).expect("a trustee");
        archive
            .event(EventKind::PartialDecryption, &[record.as_bytes(), owned(owner, &record).as_bytes()])
            .expect("memory");
        decryptions.push((owner, record.into_bytes()));
    }
    let result =
        polls.result(tally.tally.as_bytes(), &shuffles, &decryptions, tally.total_weight).expect("enough decryptions");
    archive.event(EventKind::Result, &[result.as_bytes()]).expect("memory");
    archive.finish()
}

fn open(setup: &Setup) -> Box<dyn Polls> {
    polls(setup.election.as_bytes(), setup.trustees.as_bytes(), setup.credentials.as_bytes(), None)
        .expect("a sound setup")
}

fn verified(archive: Vec<u8>) -> Board {
    let options = Options { limits: Limits::default(), engine: None, trackers: &[], progress: &|_, _| {} };
    verify(&archive, &options).expect("an archive")
}

const CHOICES: &str = r#"{"answers":["a","b","c"],"min":1,"max":2,"question":"Q"}"#;
const BLANK: &str = r#"{"answers":["a","b"],"blank":true,"min":0,"max":1,"question":"Q"}"#;
const RANKED: &str = r#"{"type":"NonHomomorphic","value":{"answers":["a","b","c"],"question":"Q"}}"#;
const LISTS: &str = r#"{"type":"Lists","value":{"answers":[["L1","x","y"],["L2","z"]],"question":"Q"}}"#;

fn bits(bits: &[u8]) -> Answer {
    Answer::Bits(bits.to_vec())
}

#[test]
fn elections_of_every_kind_of_question_are_proven() {
    for group in ["Ed25519", "RFC-3526-2048"] {
        let questions = [CHOICES, BLANK, RANKED, LISTS].join(",");
        let setup = set_up(group, &questions, &[None; 4], 2, 7);
        let vote = |choices: &[u8], blank: &[u8], ranks: &[u32], lists: &[u8]| {
            vec![bits(choices), bits(blank), Answer::Vector(ranks.to_vec()), bits(lists)]
        };
        let votes = [
            (0, vote(&[1, 0, 0], &[1, 0, 0], &[1, 2, 3], &[1, 1, 0, 0, 0])),
            (1, vote(&[1, 1, 0], &[0, 0, 0], &[3, 2, 1], &[1, 1, 1, 0, 0])),
            (0, vote(&[0, 0, 1], &[0, 1, 0], &[2, 1, 3], &[0, 0, 0, 1, 1])),
            (2, vote(&[0, 1, 1], &[0, 0, 1], &[0, 255, 0], &[1, 0, 1, 0, 0])),
        ];
        let board = verified(hold(&setup, &votes, 8));
        assert!(board.is_wholly_sound(), "{group}: {:?}", board.faults);
        // Of the first voter the second ballot counts: choices 001 + 110 + 011, blank 010 + 000 + 001.
        let outcomes = board.outcomes.expect("a result");
        assert_eq!(outcomes[0], Outcome::Numbers(vec![1, 2, 2]));
        assert_eq!(outcomes[1], Outcome::Numbers(vec![0, 1, 1]));
        let Outcome::Votes(mut ranks) = outcomes[2].clone() else { panic!("votes") };
        ranks.sort();
        assert_eq!(ranks, [vec![0, 255, 0], vec![2, 1, 3], vec![3, 2, 1]]);
        assert_eq!(outcomes[3], Outcome::Lists(vec![vec![2, 1, 2], vec![1, 1]]));
    }
}

#[test]
fn weights_multiply_votes_on_both_kinds_of_group() {
    for group in ["Ed25519", "BELENIOS-2048"] {
        let setup = set_up(group, CHOICES, &[Some(3), Some(50_000), Some(0)], 1, 9);
        let votes = [(0, vec![bits(&[1, 1, 0])]), (1, vec![bits(&[0, 1, 0])]), (2, vec![bits(&[0, 0, 1])])];
        let board = verified(hold(&setup, &votes, 10));
        assert!(board.is_wholly_sound(), "{group}: {:?}", board.faults);
        assert_eq!(board.outcomes, Some(vec![Outcome::Numbers(vec![3, 50_003, 0])]));
    }
}

#[test]
fn an_election_without_ballots_has_a_result_of_zeros() {
    let setup = set_up("Ed25519", &[BLANK, LISTS].join(","), &[None], 1, 11);
    let board = verified(hold(&setup, &[], 12));
    assert!(board.is_wholly_sound(), "{:?}", board.faults);
    let zeros = vec![Outcome::Numbers(vec![0; 3]), Outcome::Lists(vec![vec![0; 3], vec![0; 2]])];
    assert_eq!(board.outcomes, Some(zeros));
}

#[test]
fn the_same_randomness_makes_the_same_board_on_any_number_of_threads() {
    let setup = set_up("Ed25519", CHOICES, &[None; 150], 1, 13);
    let votes: Vec<(usize, Vec<Answer>)> = (0..150).map(|voter| (voter, vec![bits(&[1, 0, 0])])).collect();
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let several = rayon::ThreadPoolBuilder::new().num_threads(5).build().expect("a pool");
    assert!(alone.install(|| hold(&setup, &votes, 14)) == several.install(|| hold(&setup, &votes, 14)));
}

#[test]
fn votes_that_a_question_does_not_allow_are_refused_before_anything_is_made() {
    let setup = set_up("Ed25519", &[CHOICES, BLANK, RANKED, LISTS].join(","), &[None], 1, 15);
    let polls = open(&setup);
    let mut random = ChaCha20Rng::seed_from_u64(16);
    let good = [bits(&[1, 0, 0]), bits(&[1, 0, 0]), Answer::Vector(vec![1, 2, 3]), bits(&[1, 1, 0, 0, 0])];
    let mut refused = |question: usize, answer: Answer| {
        let mut answers = good.to_vec();
        answers[question - 1] = answer;
        let made = polls.seal(&[(&setup.codes[0], &answers)], &mut random);
        made.err()
    };
    for (question, answer) in [
        (1, bits(&[0, 0, 0])),
        (1, bits(&[1, 1, 1])),
        (1, bits(&[2, 0, 0])),
        (1, bits(&[1, 0])),
        (1, Answer::Vector(vec![1, 0, 0])),
        (2, bits(&[1, 1, 0])),
        (2, bits(&[0, 1, 1])),
        (3, Answer::Vector(vec![1, 2])),
        (4, bits(&[1, 0, 0, 0, 0])),
        (4, bits(&[1, 1, 0, 1, 1])),
        (4, bits(&[0, 1, 0, 1, 0])),
        (4, bits(&[1, 1, 0, 0])),
    ] {
        assert_eq!(refused(question, answer), Some(VoteError::Answer { index: 1, question }));
    }
    assert_eq!(refused(3, Answer::Vector(vec![256, 0, 0])), Some(VoteError::Embedding));
    let short = polls.seal(&[(&setup.codes[0], &good[..3])], &mut random).err();
    assert_eq!(short, Some(VoteError::Answers { index: 1, expected: 4, found: 3 }));
    let stranger = VotingCode::draw(&mut random);
    assert_eq!(polls.seal(&[(&stranger, &good)], &mut random).err(), Some(VoteError::UnknownCode { index: 1 }));
}

#[test]
fn an_opened_ballot_shows_what_it_holds_and_cannot_be_cast() {
    let questions = [CHOICES, BLANK, RANKED, LISTS].join(",");
    for group in ["Ed25519", "RFC-3526-2048"] {
        let setup = set_up(group, &questions, &[None], 1, 17);
        let polls = open(&setup);
        let mut random = ChaCha20Rng::seed_from_u64(18);
        let answers = [bits(&[0, 1, 0]), bits(&[0, 0, 1]), Answer::Vector(vec![3, 1, 2]), bits(&[0, 0, 0, 1, 1])];
        let mut sealed = polls.seal(&[(&setup.codes[0], &answers)], &mut random).expect("an allowed vote");
        let ballot = sealed.pop().expect("one ballot");
        let shown = ballot.commitment().to_owned();
        let (unsigned, opening) = ballot.open();
        assert_eq!(polls.check_opening(&unsigned, Some(&shown), &opening, &mut random), Ok(()));
        assert!(polls.check(&[unsigned.as_bytes()])[0].is_err(), "without a signature it is no ballot");
        let wrong = adil_belenios::Opening {
            answers: vec![bits(&[1, 0, 0]), answers[1].clone(), answers[2].clone(), answers[3].clone()],
            randomness: opening.randomness.clone(),
        };
        let fault = AuditFault::Holds { question: 1, choice: 1 };
        assert_eq!(polls.check_opening(&unsigned, Some(&shown), &wrong, &mut random), Err(fault));
        let other = polls.check_opening(&unsigned, Some("another commitment"), &opening, &mut random);
        assert!(matches!(other, Err(AuditFault::Commitment { .. })));
    }
}

#[test]
fn changed_ballots_are_refused_by_the_rule_that_they_break() {
    let setup = set_up("Ed25519", CHOICES, &[None, None], 1, 19);
    let polls = open(&setup);
    let mut random = ChaCha20Rng::seed_from_u64(20);
    let answers = [bits(&[0, 1, 0])];
    let votes = [(&setup.codes[0], answers.as_slice()), (&setup.codes[1], answers.as_slice())];
    let ballots: Vec<String> =
        polls.seal(&votes, &mut random).expect("allowed").into_iter().map(|ballot| ballot.cast()).collect();
    let foreign =
        ballots[0].replace(&polls.public_credential(&setup.codes[0]), &polls.public_credential(&setup.codes[1]));
    let other = ballots[0].replace(UUID, "HsqB3C3y62Ekq4E");
    let checked =
        polls.check(&[ballots[0].as_bytes(), foreign.as_bytes(), b"{}", ballots[1].as_bytes(), other.as_bytes()]);
    let rules = |index: usize| -> Vec<Rule> {
        let faults = checked[index].as_ref().err();
        faults.into_iter().flatten().map(|fault| fault.rule).collect()
    };
    assert!(checked[0].is_ok() && checked[3].is_ok());
    assert!(rules(1).contains(&Rule::IndividualProof) && rules(1).contains(&Rule::SignedHash), "{:?}", rules(1));
    assert_eq!(rules(2), [Rule::BallotForm]);
    assert!(rules(4).contains(&Rule::BallotElection));
}

#[test]
fn rehearsals_prove_that_enough_trustees_can_decrypt() {
    let setup = set_up("Ed25519", CHOICES, &[None], 2, 21);
    let polls = open(&setup);
    let mut random = ChaCha20Rng::seed_from_u64(22);
    let mut answers: Vec<(u64, Vec<u8>)> = Vec::new();
    for (number, private) in (1..).zip(&setup.private) {
        let (owner, answer) = polls.rehearse(private, &mut random).expect("a trustee");
        assert_eq!((owner, polls.trustee(private)), (number, Some(number)));
        answers.push((owner, answer.into_bytes()));
    }
    assert_eq!(polls.rehearsed(&answers), Ok(()));
    assert!(polls.are_enough(&[1, 2]) && !polls.are_enough(&[1]));
    assert!(polls.rehearsed(&answers[..1]).is_err(), "both single trustees are needed");
    answers.swap(0, 1);
    (answers[0].0, answers[1].0) = (1, 2);
    assert!(polls.rehearsed(&answers).is_err(), "answers of the wrong trustees");
    assert!(polls.rehearse("12345", &mut random).is_err());
    assert_eq!(polls.trustee("not a number"), None);
}
