//! Whole boards by the small prover: an election of one trustee, from its setup to its result. For tests.

use adil_crypto::Group;

use super::archive::Writer;
use super::number::Number;
use super::prover::{Asked, Opened, Prover, base64, proof};

/// The records of an election, in their order, by the names that the fuzz targets give them.
pub(crate) struct Records {
    pub(crate) election: String,
    pub(crate) trustees: String,
    pub(crate) credentials: String,
    pub(crate) ballots: Vec<String>,
    pub(crate) tally: String,
    pub(crate) voters: usize,
    pub(crate) decryption: String,
    pub(crate) result: String,
}

impl Records {
    /// An election of questions that are added up, in which voters with these private numbers vote the same.
    pub(crate) fn new<G: Group>(prover: &mut Prover<G>, asked: &[Asked], voters: &[u64]) -> Self {
        let election = prover.election(asked);
        let trustees = prover.trustees();
        let list: Vec<String> =
            voters.iter().map(|voter| format!("\"{}\"", prover.text(Number::small(*voter)))).collect();
        let cast: Vec<_> = voters.iter().map(|voter| prover.ballot(&election, asked, *voter, *voter)).collect();
        let places = cast.first().map_or(0, |(_, opened)| opened.len());
        let at = |place: usize| cast.iter().map(|(_, opened)| opened[place]).collect::<Vec<_>>();
        let sums: Vec<Opened> = (0..places).map(|place| prover.sum(&at(place))).collect();
        let (mut rest, mut tally, mut factors, mut proofs, mut result) =
            (sums.as_slice(), vec![], vec![], vec![], vec![]);
        for asked in asked {
            let (own, others) = rest.split_at(asked.places());
            rest = others;
            tally.push(format!("[{}]", prover.choices(own)));
            let opened: Vec<[String; 2]> = own.iter().map(|own| prover.decryption(&election, own.randomness)).collect();
            factors
                .push(format!("[{}]", opened.iter().map(|[factor, _]| factor.as_str()).collect::<Vec<_>>().join(",")));
            proofs.push(format!("[{}]", opened.iter().map(|[_, proof]| proof.as_str()).collect::<Vec<_>>().join(",")));
            result.push(format!("[{}]", own.iter().map(|own| own.value.decimal()).collect::<Vec<_>>().join(",")));
        }
        let (factors, proofs) = (factors.join(","), proofs.join(","));
        Self {
            election,
            trustees,
            credentials: format!("[{}]", list.join(",")),
            ballots: cast.into_iter().map(|(text, _)| text).collect(),
            tally: format!("[{}]", tally.join(",")),
            voters: voters.len(),
            decryption: format!(r#"{{"decryption_factors":[{factors}],"decryption_proofs":[{proofs}]}}"#),
            result: format!(r#"{{"result":[{}]}}"#, result.join(",")),
        }
    }

    /// The archive.
    pub(crate) fn archive(&self) -> Writer {
        let mut archive = Writer::new();
        archive.setup(&self.election, &self.trustees, &self.credentials);
        for ballot in &self.ballots {
            let payload = archive.data(ballot);
            archive.event("Ballot", Some(&payload));
        }
        archive.event("EndBallots", None);
        let (voters, tally) = (self.voters, archive.data(&self.tally));
        let sized = format!(r#"{{"num_tallied":{voters},"total_weight":{voters},"encrypted_tally":"{tally}"}}"#);
        let payload = archive.data(&sized);
        archive.event("EncryptedTally", Some(&payload));
        let decryption = archive.data(&self.decryption);
        let payload = archive.data(format!(r#"{{"owner":1,"payload":"{decryption}"}}"#));
        archive.event("PartialDecryption", Some(&payload));
        let payload = archive.data(&self.result);
        archive.event("Result", Some(&payload));
        archive
    }
}

impl Asked {
    /// Ciphertexts of an answer.
    fn places(&self) -> usize {
        match self {
            Self::Choices { chosen, .. } => chosen.len(),
            Self::OrBlank { chosen, .. } => chosen.len() + 1,
            Self::NonHomomorphic { .. } => 1,
            Self::Lists { candidates } => candidates.iter().map(|count| count + 1).sum(),
        }
    }
}

impl<G: Group> Prover<G> {
    /// The record of the one trustee, who has the private key.
    pub(crate) fn trustees(&mut self) -> String {
        let witness = self.draw();
        let (group, key) = (self.group.label(), self.public_key.clone());
        let challenge = self.challenge(&format!("pok|{group}|{key}|{}", self.text(witness)));
        let pok = proof(challenge, self.response(witness, challenge, self.key));
        format!(r#"[["Single",{{"pok":{pok},"public_key":"{key}"}}]]"#)
    }

    /// The factor that opens a ciphertext of some randomness, with its proof.
    pub(crate) fn decryption(&mut self, election: &str, randomness: Number) -> [String; 2] {
        let witness = self.draw();
        let [a, b] = [self.text(witness), self.text(self.order.times(randomness, witness))];
        let prefix = format!("decrypt|{}|{}|", base64(election), self.public_key);
        let challenge = self.challenge(&format!("{prefix}{a},{b}"));
        let factor = self.text(self.order.times(randomness, self.key));
        [format!("\"{factor}\""), proof(challenge, self.response(witness, challenge, self.key))]
    }
}
