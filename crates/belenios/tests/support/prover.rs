//! A small prover: ballots of every kind of question over any group, made in the plainest way. For tests.

use adil_crypto::{Ed25519, FiniteField, Group};
use base64::Engine as _;
use sha2::{Digest as _, Sha256};

use super::number::{Number, Order};

/// A question, with what is voted on it. Not every test asks questions of every kind.
#[allow(dead_code)]
#[derive(Debug, Clone)]
pub(crate) enum Asked {
    /// The answers that are chosen, and how many may be.
    Choices { chosen: Vec<bool>, min: usize, max: usize },
    /// The same where a blank vote is allowed, which is cast where nothing is chosen.
    OrBlank { chosen: Vec<bool>, min: usize, max: usize },
    /// A number of answers; the vote stands for none in particular.
    NonHomomorphic { answers: usize },
    /// The candidates of each list; the first one of the first list is chosen.
    Lists { candidates: Vec<usize> },
}

/// The exponent of an element's randomness, and of what it holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opened {
    pub(crate) randomness: Number,
    pub(crate) value: Number,
}

/// Makes elections and ballots; everything follows from the seed.
pub(crate) struct Prover<G> {
    pub(crate) group: G,
    pub(crate) order: Order,
    /// The private key of the election, and the public one as text.
    pub(crate) key: Number,
    pub(crate) public_key: String,
    seed: u64,
    drawn: u64,
}

impl Prover<Ed25519> {
    pub(crate) fn ed25519(key: u64) -> Self {
        const ORDER: &str = "7237005577332262213973186563042994240857116359379907606001950938285454250989";
        Self::new(Ed25519::new(), ORDER, key)
    }
}

impl Prover<FiniteField> {
    pub(crate) fn belenios_2048(key: u64) -> Self {
        const ORDER: &str = "78571733251071885079927659812671450121821421258408794611510081919805623223441";
        Self::new(FiniteField::belenios_2048(), ORDER, key)
    }
}

impl<G: Group> Prover<G> {
    fn new(group: G, order: &str, key: u64) -> Self {
        let key = Number::small(key);
        let mut prover = Self { group, order: Order::new(order), key, public_key: String::new(), seed: 0, drawn: 0 };
        prover.public_key = prover.text(key);
        prover
    }

    /// `g^exponent`, as text.
    pub(crate) fn text(&self, exponent: Number) -> String {
        let exponent = self.group.scalar(&exponent.decimal()).expect("below the order");
        let mut text = String::new();
        self.group.encode(&self.group.power(&self.group.generator(), &exponent), &mut text);
        text
    }

    /// `y^exponent g^more`: with the private key, another power of `g`.
    pub(crate) fn masked(&self, exponent: Number, more: Number) -> String {
        self.text(self.order.add(self.order.times(self.key, exponent), more))
    }

    pub(crate) fn draw(&mut self) -> Number {
        self.drawn += 1;
        self.order.reduce(Sha256::digest(format!("{}|{}", self.seed, self.drawn)).into())
    }

    pub(crate) fn challenge(&self, text: &str) -> Number {
        self.order.reduce(Sha256::digest(text).into())
    }

    /// `witness - challenge secret`
    pub(crate) fn response(&self, witness: Number, challenge: Number, secret: Number) -> Number {
        self.order.add(witness, self.order.negate(self.order.times(challenge, secret)))
    }

    /// The election's record.
    pub(crate) fn election(&self, asked: &[Asked]) -> String {
        let questions: Vec<String> = asked.iter().map(Asked::json).collect();
        let (group, key) = (self.group.label(), &self.public_key);
        let questions = questions.join(",");
        format!(
            r#"{{"version":1,"description":"","name":"","group":"{group}","public_key":"{key}","questions":[{questions}],"uuid":"11111111111111"}}"#
        )
    }

    /// A ballot with the credential of a private number, and what is known of its ciphertexts.
    pub(crate) fn ballot(
        &mut self,
        election: &str,
        asked: &[Asked],
        credential: u64,
        seed: u64,
    ) -> (String, Vec<Opened>) {
        (self.seed, self.drawn) = (seed, 0);
        let fingerprint = base64(election);
        let credential = Number::small(credential);
        let origin = format!("{fingerprint}|{}", self.text(credential));
        let (mut answers, mut opened) = (Vec::new(), Vec::new());
        for asked in asked {
            let (answer, own) = self.answer(&origin, asked);
            answers.push(answer);
            opened.extend(own);
        }
        let (text, answers) = (self.text(credential), answers.join(","));
        let unsigned = format!(
            r#"{{"election_uuid":"11111111111111","election_hash":"{fingerprint}","credential":"{text}","answers":[{answers}]"#
        );
        (self.signed(&unsigned, credential), opened)
    }

    /// A ballot without its signature, signed.
    pub(crate) fn signed(&mut self, unsigned: &str, credential: Number) -> String {
        let hash = base64(&format!("{unsigned}}}"));
        let witness = self.draw();
        let challenge = self.challenge(&format!("sig|{hash}|{}", self.text(witness)));
        let proof = proof(challenge, self.response(witness, challenge, credential));
        format!(r#"{unsigned},"signature":{{"hash":"{hash}","proof":{proof}}}}}"#)
    }

    /// The two texts of a ciphertext.
    pub(crate) fn ciphertext(&self, opened: &Opened) -> [String; 2] {
        [self.text(opened.randomness), self.masked(opened.randomness, opened.value)]
    }

    fn encrypt(&mut self, values: impl IntoIterator<Item = u64>) -> Vec<Opened> {
        values.into_iter().map(|value| Opened { randomness: self.draw(), value: Number::small(value) }).collect()
    }

    pub(crate) fn sum(&self, opened: &[Opened]) -> Opened {
        let neutral = Opened { randomness: Number::ZERO, value: Number::ZERO };
        opened.iter().fold(neutral, |sum, own| Opened {
            randomness: self.order.add(sum.randomness, own.randomness),
            value: self.order.add(sum.value, own.value),
        })
    }

    /// The proofs that one of several statements, each that a ciphertext holds a number, is true: the first that is.
    fn disjunction(&mut self, prefix: &str, branches: &[(Opened, usize)]) -> Vec<String> {
        let number = |m: usize| Number::small(m as u64);
        let honest = branches.iter().position(|(opened, m)| opened.value == number(*m)).expect("one statement is true");
        let (mut commitments, mut proofs) = (Vec::new(), Vec::new());
        let (mut others, witness) = (Number::ZERO, self.draw());
        for (index, (opened, m)) in branches.iter().enumerate() {
            let (mut challenge, mut response, mut off) = (Number::ZERO, witness, Number::ZERO);
            if index != honest {
                (challenge, response) = (self.draw(), self.draw());
                others = self.order.add(others, challenge);
                let difference = self.order.add(opened.value, self.order.negate(number(*m)));
                off = self.order.times(difference, challenge);
            }
            let exponent = self.order.add(response, self.order.times(opened.randomness, challenge));
            commitments.extend([self.text(exponent), self.masked(exponent, off)]);
            proofs.push((challenge, response));
        }
        let total = self.challenge(&format!("{prefix}|{}", commitments.join(",")));
        let own = self.order.add(total, self.order.negate(others));
        proofs[honest] = (own, self.response(witness, own, branches[honest].0.randomness));
        proofs.into_iter().map(|(challenge, response)| proof(challenge, response)).collect()
    }

    /// That every choice is 0 or 1.
    fn individual(&mut self, origin: &str, opened: &[Opened]) -> Vec<String> {
        let one = |own: &Opened| {
            let prefix = format!("prove|{origin}|{}", self.ciphertext(own).join(","));
            format!("[{}]", self.disjunction(&prefix, &[(*own, 0), (*own, 1)]).join(","))
        };
        opened.iter().map(one).collect()
    }

    fn answer(&mut self, origin: &str, asked: &Asked) -> (String, Vec<Opened>) {
        let bits = |chosen: &[bool]| chosen.iter().map(|chosen| u64::from(*chosen)).collect::<Vec<_>>();
        match asked {
            Asked::Choices { chosen, min, max } => {
                let opened = self.encrypt(bits(chosen));
                let (all, individual) = (self.sum(&opened), self.individual(origin, &opened).join(","));
                let statement =
                    format!("prove|{}|{}", self.statement(origin, &opened), self.ciphertext(&all).join(","));
                let branches: Vec<(Opened, usize)> = (*min..=*max).map(|m| (all, m)).collect();
                let overall = self.disjunction(&statement, &branches).join(",");
                let choices = self.choices(&opened);
                let text = format!(
                    r#"{{"choices":[{choices}],"individual_proofs":[{individual}],"overall_proof":[{overall}]}}"#
                );
                (text, opened)
            }
            Asked::OrBlank { chosen, min, max } => {
                let blank = u64::from(!chosen.contains(&true));
                let opened = self.encrypt(std::iter::once(blank).chain(bits(chosen)));
                let (flag, rest) = (opened[0], self.sum(&opened[1..]));
                let individual = self.individual(origin, &opened).join(",");
                let statement = self.statement(origin, &opened);
                let mut branches = vec![(flag, 1)];
                branches.extend((*min..=*max).map(|m| (rest, m)));
                let overall = self.disjunction(&format!("bproof1|{statement}"), &branches).join(",");
                let blank = self.disjunction(&format!("bproof0|{statement}"), &[(flag, 0), (rest, 0)]).join(",");
                let choices = self.choices(&opened);
                let text = format!(
                    r#"{{"choices":[{choices}],"individual_proofs":[{individual}],"overall_proof":[{overall}],"blank_proof":[{blank}]}}"#
                );
                (text, opened)
            }
            Asked::NonHomomorphic { .. } => {
                let opened = self.encrypt([7]);
                let witness = self.draw();
                let (key, ciphertext) = (&self.public_key, self.ciphertext(&opened[0]).join(","));
                let statement = format!("raweg|{origin}|{key},{ciphertext}|{}", self.text(witness));
                let challenge = self.challenge(&statement);
                let proof = proof(challenge, self.response(witness, challenge, opened[0].randomness));
                (format!(r#"{{"choices":{},"proof":{proof}}}"#, self.choices(&opened)), opened)
            }
            Asked::Lists { candidates } => self.lists(origin, candidates),
        }
    }

    fn lists(&mut self, origin: &str, candidates: &[usize]) -> (String, Vec<Opened>) {
        let values = candidates
            .iter()
            .enumerate()
            .flat_map(|(list, &candidates)| (0..=candidates).map(move |place| u64::from(list == 0 && place < 2)));
        let opened = self.encrypt(values);
        let (mut lists, mut rest) = (Vec::new(), opened.as_slice());
        for candidates in candidates {
            let (own, others) = rest.split_at(candidates + 1);
            lists.push(own);
            rest = others;
        }
        let bracketed = |texts: Vec<String>| texts.iter().map(|text| format!("[{text}]")).collect::<Vec<_>>().join(",");
        let choices = bracketed(lists.iter().map(|list| self.choices(list)).collect());
        let individual = bracketed(lists.iter().map(|list| self.individual(origin, list).join(",")).collect());
        let heads = self.sum(&lists.iter().map(|list| list[0]).collect::<Vec<_>>());
        let statement = self.statement(origin, &opened);
        let overall = format!("prove|{statement}|{}", self.ciphertext(&heads).join(","));
        let overall = self.disjunction(&overall, &[(heads, 1)]).join(",");
        let of_list = |list: &&[Opened]| {
            let tail = self.sum(&list[1..]);
            self.disjunction(&format!("lproof|{statement}"), &[(list[0], 1), (tail, 0)]).join(",")
        };
        let of_lists = bracketed(lists.iter().map(of_list).collect());
        let tails: Vec<Opened> = lists.iter().flat_map(|list| list[1..].iter().copied()).collect();
        let nonzero = self.nonzero(&statement, self.sum(&tails));
        let text = format!(
            r#"{{"choices":[{choices}],"individual_proofs":[{individual}],"overall_proof":{overall},"list_proofs":[{of_lists}],"nonzero_proof":{nonzero}}}"#
        );
        (text, opened)
    }

    /// With `a = g^R`, `b = y^R g^V`: `A0 = g^(V t)`, and `t`, `-R t` are known.
    fn nonzero(&mut self, statement: &str, all: Opened) -> String {
        let [t, first, second] = [self.draw(), self.draw(), self.draw()];
        let order = self.order;
        let commitment = self.text(order.times(all.value, t));
        let exponent = order.add(order.times(all.randomness, first), second);
        let commitments = [self.text(exponent), self.masked(exponent, order.times(all.value, first))].join(",");
        let challenge = self.challenge(&format!("nonzero|{statement}|{commitment},{commitments}"));
        let other = order.negate(order.times(all.randomness, t));
        let [first, second] = [self.response(first, challenge, t), self.response(second, challenge, other)];
        let (challenge, first, second) = (challenge.decimal(), first.decimal(), second.decimal());
        format!(r#"{{"commitment":"{commitment}","challenge":"{challenge}","response":["{first}","{second}"]}}"#)
    }

    fn statement(&self, origin: &str, opened: &[Opened]) -> String {
        let texts: Vec<String> = opened.iter().flat_map(|own| self.ciphertext(own)).collect();
        format!("{origin}|{}", texts.join(","))
    }

    /// Ciphertexts as JSON.
    pub(crate) fn choices(&self, opened: &[Opened]) -> String {
        let one = |own: &Opened| {
            let [alpha, beta] = self.ciphertext(own);
            format!(r#"{{"alpha":"{alpha}","beta":"{beta}"}}"#)
        };
        opened.iter().map(one).collect::<Vec<_>>().join(",")
    }
}

impl Asked {
    fn json(&self) -> String {
        let names = |count: usize| vec!["\"a\""; count].join(",");
        match self {
            Self::Choices { chosen, min, max } => {
                format!(r#"{{"answers":[{}],"min":{min},"max":{max},"question":""}}"#, names(chosen.len()))
            }
            Self::OrBlank { chosen, min, max } => {
                format!(r#"{{"answers":[{}],"blank":true,"min":{min},"max":{max},"question":""}}"#, names(chosen.len()))
            }
            Self::NonHomomorphic { answers } => {
                format!(r#"{{"type":"NonHomomorphic","value":{{"answers":[{}],"question":""}}}}"#, names(*answers))
            }
            Self::Lists { candidates } => {
                let lists: Vec<String> = candidates.iter().map(|count| format!("[{}]", names(count + 1))).collect();
                format!(r#"{{"type":"Lists","value":{{"answers":[{}],"question":""}}}}"#, lists.join(","))
            }
        }
    }
}

/// A proof as JSON.
pub(crate) fn proof(challenge: Number, response: Number) -> String {
    format!(r#"{{"challenge":"{}","response":"{}"}}"#, challenge.decimal(), response.decimal())
}

/// The digest of a text in base64.
pub(crate) fn base64(text: &str) -> String {
    base64::engine::general_purpose::STANDARD_NO_PAD.encode(Sha256::digest(text))
}
