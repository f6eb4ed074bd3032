//! One ballot: encrypted choices, the proofs that they are a vote, and the signature of the voter.
//!
//! Every exponent is known here, so each commitment is a sum of multiples of the base point and of the key, for which
//! there are tables, also in the branches that a voter simulates.

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;

use super::Election;
use super::group::{Secrets, base, challenge, elements, fingerprint, proof};

/// A ballot, and what the one who made it knows.
pub(crate) struct Ballot {
    pub(crate) json: String,
    /// By question and answer: the randomness of the ciphertext, and whether the answer was chosen.
    pub(crate) answers: Vec<Vec<(Scalar, bool)>>,
}

/// The secrets of one ciphertext of 0 or 1, and of the proof that it is one.
struct Cell {
    chosen: bool,
    randomness: Scalar,
    /// The commitment of the branch that holds.
    witness: Scalar,
    /// Challenge and response of the branch that does not.
    simulated: (Scalar, Scalar),
}

impl Cell {
    fn new(chosen: bool, secrets: &mut Secrets) -> Self {
        let (randomness, witness) = (secrets.scalar(), secrets.scalar());
        Self { chosen, randomness, witness, simulated: (secrets.scalar(), secrets.scalar()) }
    }

    /// Ciphertext and commitments: alpha, beta, then A and B for 0 and for 1.
    fn points(&self, election: &Election) -> [EdwardsPoint; 6] {
        let key = &election.key;
        let mut beta = key.times(&self.randomness);
        if self.chosen {
            beta += base(&Scalar::ONE);
        }
        let (challenge, response) = self.simulated;
        let exponent = response + self.randomness * challenge;
        // The message less that of the simulated branch, 1 where 1 was chosen and -1 where 0 was.
        let off = if self.chosen { challenge } else { -challenge };
        let simulated = (base(&exponent), key.times(&exponent) + base(&off));
        let honest = (base(&self.witness), key.times(&self.witness));
        let (zero, one) = if self.chosen { (simulated, honest) } else { (honest, simulated) };
        [base(&self.randomness), beta, zero.0, zero.1, one.0, one.1]
    }

    fn proofs(&self, total: Scalar) -> String {
        let own = total - self.simulated.0;
        let honest = proof(&own, &(self.witness - self.randomness * own));
        let simulated = proof(&self.simulated.0, &self.simulated.1);
        if self.chosen { format!("[{simulated},{honest}]") } else { format!("[{honest},{simulated}]") }
    }
}

/// The ballot with a number, of the voter with a credential (its secret and its text).
pub(crate) fn make(election: &Election, number: u32, credential: (&Scalar, &str)) -> Ballot {
    let (secret, credential) = credential;
    let mut secrets = Secrets::new(election.seed, "ballot", u64::from(number));
    let prefix = format!("{}|{credential}", election.fingerprint);
    let mut answers = Vec::new();
    let mut texts = Vec::new();
    for _ in 0..election.questions {
        let (answer, text) = question(election, &prefix, &mut secrets);
        answers.push(answer);
        texts.push(text);
    }
    let unsigned = format!(
        r#"{{"election_uuid":"{}","election_hash":"{}","credential":"{credential}","answers":[{}]"#,
        election.uuid,
        election.fingerprint,
        texts.join(",")
    );
    let hash = fingerprint(format!("{unsigned}}}").as_bytes());
    let witness = secrets.scalar();
    let commitment = super::group::element(&base(&witness).compress());
    let signed = challenge(&format!("sig|{hash}|{commitment}"));
    let signature = proof(&signed, &(witness - secret * signed));
    Ballot { json: format!(r#"{unsigned},"signature":{{"hash":"{hash}","proof":{signature}}}}}"#), answers }
}

/// One answered question: exactly one of its answers is chosen.
fn question(election: &Election, prefix: &str, secrets: &mut Secrets) -> (Vec<(Scalar, bool)>, String) {
    let chosen = secrets.below(u64::from(election.answers)) as u32;
    let cells: Vec<Cell> = (0..election.answers).map(|answer| Cell::new(answer == chosen, secrets)).collect();
    let overall = secrets.scalar();
    let mut points: Vec<EdwardsPoint> = cells.iter().flat_map(|cell| cell.points(election)).collect();
    let sum = |offset: usize| points.iter().skip(offset).step_by(6).sum::<EdwardsPoint>();
    let product = [sum(0), sum(1)];
    points.extend(product);
    points.extend([base(&overall), election.key.times(&overall)]);
    let texts = elements(&points);
    let (cell_texts, whole) = texts.split_at(texts.len() - 4);

    let ciphertexts: Vec<String> = cell_texts.chunks(6).map(|text| format!("{},{}", text[0], text[1])).collect();
    let individual = cells.iter().zip(cell_texts.chunks(6)).zip(&ciphertexts).map(|((cell, text), ciphertext)| {
        let commitments = format!("{},{},{},{}", text[2], text[3], text[4], text[5]);
        cell.proofs(challenge(&format!("prove|{prefix}|{ciphertext}|{commitments}")))
    });
    let individual: Vec<String> = individual.collect();

    let statement = format!("{prefix}|{}", ciphertexts.join(","));
    let total = challenge(&format!("prove|{statement}|{},{}|{},{}", whole[0], whole[1], whole[2], whole[3]));
    let randomness: Scalar = cells.iter().map(|cell| cell.randomness).sum();
    let overall = proof(&total, &(overall - randomness * total));

    let choices: Vec<String> = cell_texts.chunks(6).map(|text| ciphertext(&text[0], &text[1])).collect();
    let json = format!(
        r#"{{"choices":[{}],"individual_proofs":[{}],"overall_proof":[{overall}]}}"#,
        choices.join(","),
        individual.join(",")
    );
    (cells.iter().map(|cell| (cell.randomness, cell.chosen)).collect(), json)
}

/// A ciphertext as JSON.
pub(crate) fn ciphertext(alpha: &str, beta: &str) -> String {
    format!(r#"{{"alpha":"{alpha}","beta":"{beta}"}}"#)
}
