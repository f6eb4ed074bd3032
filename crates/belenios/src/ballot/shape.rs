//! The shape of an election's ballots: which commitments are computed, from which scalars, and which hashes they must
//! give. It is worked out once and is the same for every ballot.
//!
//! A branch of a disjunction that a ciphertext `(alpha, beta)` holds `M` has commitments
//!
//! ```text
//! A = g^r alpha^c        B = y^r (beta / g^M)^c = y^r beta^c g^(-M c)
//! ```
//!
//! and a proof of several branches holds if the hash of all its commitments is the sum of their challenges.

use adil_crypto::{Base, Output, Plan};

use super::layout::{SlotKind, Slots};
use crate::Rule;
use crate::setup::{Election, Question};

/// A scalar of the plan, from those of the ballot, which are numbered as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// The scalar of that number.
    Plain(usize),
    /// The scalar of that number, times `-M`.
    MinusTimes(u32, usize),
}

/// A piece of the text that is hashed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece {
    /// These characters.
    Literal(&'static str),
    /// The fingerprint of the election, a bar, and the credential.
    Origin,
    /// The origin, a bar, and all choices of the question.
    Statement(usize),
    /// The election's public key.
    Key,
    /// The text of an element of the ballot.
    Element(usize),
    /// A commitment.
    Output(usize),
    /// A product of elements.
    Product(usize),
    /// The hash of the ballot without its signature.
    SignedHash,
}

/// What somebody who makes the proof knows. Ciphertexts are named by their first element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Witness {
    /// Of one of these products of ciphertexts that it holds that number.
    Branches(Vec<(Vec<usize>, u32)>),
    /// The randomness of a ciphertext.
    Randomness(usize),
    /// That the product of these ciphertexts holds no zero; the element after them is the commitment.
    Nonzero(Vec<usize>, usize),
    /// The private credential.
    Credential,
}

/// One proof: the text that is hashed, and the challenges that must add up to its hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Proven {
    pub(super) rule: Rule,
    pub(super) question: Option<usize>,
    pub(super) choice: Option<usize>,
    pub(super) pieces: Vec<Piece>,
    pub(super) challenges: Vec<usize>,
    pub(super) witness: Witness,
}

/// What is said of the fields of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AnswerForm {
    Homomorphic { choices: usize, overall: usize, blank: bool },
    NonHomomorphic,
    Lists { lists: Vec<usize> },
}

/// The shape of all ballots of an election.
#[derive(Debug, Clone)]
pub(crate) struct Shape {
    /// The elements are the credential, then those of the ballot in the order in which they are written.
    pub(super) plan: Plan,
    pub(super) sources: Vec<Source>,
    /// Products of elements whose texts are hashed: the elements of each.
    pub(super) products: Vec<Vec<usize>>,
    pub(super) proofs: Vec<Proven>,
    pub(super) answers: Vec<AnswerForm>,
    /// For each question, its choices among the elements.
    pub(super) choices: Vec<std::ops::Range<usize>>,
    /// For each element but the credential, its question and choice.
    pub(super) places: Vec<(usize, usize)>,
    /// Elements with the credential.
    pub(super) elements: usize,
    /// Scalars as written.
    pub(super) scalars: usize,
    /// Where the ciphertexts go in the tally.
    pub(crate) slots: Slots,
}

impl Shape {
    /// The shape of an election's ballots.
    pub(crate) fn of(election: &Election) -> Option<Self> {
        let mut build = Builder::default();
        let credential = build.element(None);
        let (mut answers, mut choices) = (Vec::new(), Vec::new());
        for (index, question) in election.questions.iter().enumerate() {
            let first = build.elements;
            let form = match question {
                Question::Homomorphic { blank, min, max, .. } => {
                    let count = question.ciphertexts();
                    build.homomorphic(index, count, *blank, *min, *max);
                    let overall = (max - min) as usize + 1 + usize::from(*blank);
                    AnswerForm::Homomorphic { choices: count, overall, blank: *blank }
                }
                Question::NonHomomorphic { .. } => {
                    build.non_homomorphic(index);
                    AnswerForm::NonHomomorphic
                }
                Question::Lists { lists, .. } => {
                    let lists: Vec<usize> = lists.iter().map(Vec::len).collect();
                    build.lists(index, &lists);
                    AnswerForm::Lists { lists }
                }
            };
            answers.push(form);
            choices.push(first..first + 2 * question.ciphertexts());
        }
        build.signature(credential);
        let Builder { bases, outputs, sources, products, proofs, places, elements, scalars } = build;
        let plan = Plan::new(elements, bases, outputs)?;
        let slots = Slots::of(election);
        Some(Self { plan, sources, products, proofs, answers, choices, places, elements, scalars, slots })
    }

    /// The first element of each place of the tally: `alpha`, with `beta` after it.
    pub(super) fn slot_elements(&self) -> impl Iterator<Item = usize> + '_ {
        let of_question = |(choices, slots): (&std::ops::Range<usize>, &super::layout::QuestionSlots)| {
            let first = choices.start;
            (0..slots.len()).map(move |slot| first + 2 * slot).collect::<Vec<_>>()
        };
        self.choices.iter().zip(&self.slots.questions).flat_map(of_question)
    }

    /// How many commitments a ballot has.
    pub(crate) fn commitments(&self) -> usize {
        self.plan.outputs().len()
    }

    /// Whether some question is a vote of lists or numbers, for errors.
    pub(super) fn slot_kind(&self, question: usize) -> &SlotKind {
        &self.slots.questions[question].kind
    }
}

#[derive(Default)]
struct Builder {
    bases: Vec<Base>,
    outputs: Vec<Output>,
    sources: Vec<Source>,
    products: Vec<Vec<usize>>,
    proofs: Vec<Proven>,
    places: Vec<(usize, usize)>,
    elements: usize,
    scalars: usize,
}

/// A base for `alpha` and one for `beta`.
type Pair = (usize, usize);

impl Builder {
    /// A new element of the ballot; each is a base too.
    fn element(&mut self, place: Option<(usize, usize)>) -> usize {
        let element = self.elements;
        self.elements += 1;
        self.places.extend(place);
        self.bases.push(Base::Input(element));
        self.bases.len() - 1
    }

    /// The ciphertexts of a question: the elements of each. Bases of elements have their own number only as long as no
    /// sum stands between, so both are kept.
    fn ciphertexts(&mut self, question: usize, count: usize) -> Vec<(Pair, usize)> {
        let one = |choice| {
            let element = self.elements;
            let alpha = self.element(Some((question, choice)));
            let beta = self.element(Some((question, choice)));
            ((alpha, beta), element)
        };
        (0..count).map(one).collect()
    }

    /// The product of ciphertexts.
    fn product(&mut self, ciphertexts: &[(Pair, usize)]) -> Pair {
        let sum = |offset| Base::Sum(ciphertexts.iter().map(|(_, element)| element + offset).collect());
        self.bases.extend([sum(0), sum(1)]);
        (self.bases.len() - 2, self.bases.len() - 1)
    }

    /// The elements that a base is the product of.
    fn elements_of(&self, base: usize) -> Vec<usize> {
        match &self.bases[base] {
            Base::Input(element) => vec![*element],
            Base::Sum(elements) => elements.clone(),
        }
    }

    /// The next proof's challenge and response.
    fn proof(&mut self) -> (usize, usize) {
        self.scalars += 2;
        (self.scalars - 2, self.scalars - 1)
    }

    fn output(&mut self, bases: &[(usize, Source)], g: Option<Source>, y: Option<Source>) -> usize {
        let fixed = [g.is_some(), y.is_some()];
        self.outputs.push(Output { bases: bases.iter().map(|(base, _)| *base).collect(), fixed });
        self.sources.extend(bases.iter().map(|(_, source)| *source).chain(g).chain(y));
        self.outputs.len() - 1
    }

    /// The commitments of a branch that a ciphertext holds `m`.
    fn branch(&mut self, (alpha, beta): Pair, m: u32, (c, r): (usize, usize)) -> [usize; 2] {
        let (challenge, response) = (Source::Plain(c), Source::Plain(r));
        let shift = (m > 0).then_some(Source::MinusTimes(m, c));
        [
            self.output(&[(alpha, challenge)], Some(response), None),
            self.output(&[(beta, challenge)], shift, Some(response)),
        ]
    }

    /// A proof of several branches.
    fn disjunction(
        &mut self,
        rule: Rule,
        place: (usize, Option<usize>),
        mut pieces: Vec<Piece>,
        branches: &[(Pair, u32)],
    ) {
        let mut challenges = Vec::new();
        for (index, &(pair, m)) in branches.iter().enumerate() {
            let proof = self.proof();
            challenges.push(proof.0);
            let [a, b] = self.branch(pair, m, proof);
            let before = if index == 0 { "|" } else { "," };
            pieces.extend([Piece::Literal(before), Piece::Output(a), Piece::Literal(","), Piece::Output(b)]);
        }
        let (question, choice) = place;
        let witness = Witness::Branches(branches.iter().map(|&((alpha, _), m)| (self.elements_of(alpha), m)).collect());
        self.proofs.push(Proven { rule, question: Some(question), choice, pieces, challenges, witness });
    }

    /// Every choice is 0 or 1.
    fn individual(&mut self, question: usize, ciphertexts: &[(Pair, usize)]) {
        for (choice, &(pair, element)) in ciphertexts.iter().enumerate() {
            let pieces = vec![
                Piece::Literal("prove|"),
                Piece::Origin,
                Piece::Literal("|"),
                Piece::Element(element),
                Piece::Literal(","),
                Piece::Element(element + 1),
            ];
            let place = (question, Some(choice));
            self.disjunction(Rule::IndividualProof, place, pieces, &[(pair, 0), (pair, 1)]);
        }
    }

    /// The number of choices, a product of ciphertexts, is one of several.
    fn overall(&mut self, question: usize, ciphertexts: &[(Pair, usize)], allowed: impl Iterator<Item = u32>) {
        let pair = self.product(ciphertexts);
        let product = |offset| ciphertexts.iter().map(|(_, element)| element + offset).collect();
        self.products.extend([product(0), product(1)]);
        let (alpha, beta) = (self.products.len() - 2, self.products.len() - 1);
        let pieces = vec![
            Piece::Literal("prove|"),
            Piece::Statement(question),
            Piece::Literal("|"),
            Piece::Product(alpha),
            Piece::Literal(","),
            Piece::Product(beta),
        ];
        let branches: Vec<(Pair, u32)> = allowed.map(|m| (pair, m)).collect();
        self.disjunction(Rule::OverallProof, (question, None), pieces, &branches);
    }

    fn homomorphic(&mut self, question: usize, count: usize, blank: bool, min: u32, max: u32) {
        let ciphertexts = self.ciphertexts(question, count);
        self.individual(question, &ciphertexts);
        if !blank {
            self.overall(question, &ciphertexts, min..=max);
            return;
        }
        let (flag, rest) = (ciphertexts[0].0, self.product(&ciphertexts[1..]));
        let start = |tag| vec![Piece::Literal(tag), Piece::Statement(question)];
        let mut branches = vec![(flag, 1)];
        branches.extend((min..=max).map(|m| (rest, m)));
        self.disjunction(Rule::OverallProof, (question, None), start("bproof1|"), &branches);
        self.disjunction(Rule::BlankProof, (question, None), start("bproof0|"), &[(flag, 0), (rest, 0)]);
    }

    /// Knowledge of the randomness: `A = g^r alpha^c`.
    fn non_homomorphic(&mut self, question: usize) {
        let ((alpha, _), element) = self.ciphertexts(question, 1)[0];
        let (c, r) = self.proof();
        let commitment = self.output(&[(alpha, Source::Plain(c))], Some(Source::Plain(r)), None);
        let pieces = vec![
            Piece::Literal("raweg|"),
            Piece::Origin,
            Piece::Literal("|"),
            Piece::Key,
            Piece::Literal(","),
            Piece::Element(element),
            Piece::Literal(","),
            Piece::Element(element + 1),
            Piece::Literal("|"),
            Piece::Output(commitment),
        ];
        let (question, witness) = (Some(question), Witness::Randomness(element));
        let (rule, choice) = (Rule::ChoiceProof, None);
        self.proofs.push(Proven { rule, question, choice, pieces, challenges: vec![c], witness });
    }

    fn lists(&mut self, question: usize, lists: &[usize]) {
        let ciphertexts = self.ciphertexts(question, lists.iter().sum());
        self.individual(question, &ciphertexts);
        let (mut heads, mut tails, mut first) = (Vec::new(), Vec::new(), 0);
        for length in lists {
            heads.push(ciphertexts[first]);
            tails.push(&ciphertexts[first + 1..first + length]);
            first += length;
        }
        self.overall(question, &heads, 1..=1);
        for (list, (&(head, _), tail)) in heads.iter().zip(&tails).enumerate() {
            let tail = self.product(tail);
            let pieces = vec![Piece::Literal("lproof|"), Piece::Statement(question)];
            self.disjunction(Rule::ListProof, (question, Some(list)), pieces, &[(head, 1), (tail, 0)]);
        }
        // With the product (a, b) of all candidates: A0 = (b / y^.)^t..., so that a0 = a^t1 g^t2 and
        // a1 = b^t1 y^t2 A0^c for a commitment A0 that is not neutral.
        let all = self.product(&tails.concat());
        let element = self.elements;
        let commitment = self.element(Some((question, 0)));
        let (c, t1) = self.proof();
        let t2 = self.scalars;
        self.scalars += 1;
        let [challenge, t1, t2] = [c, t1, t2].map(Source::Plain);
        let first = self.output(&[(all.0, t1)], Some(t2), None);
        let second = self.output(&[(all.1, t1), (commitment, challenge)], None, Some(t2));
        let pieces = vec![
            Piece::Literal("nonzero|"),
            Piece::Statement(question),
            Piece::Literal("|"),
            Piece::Element(element),
            Piece::Literal(","),
            Piece::Output(first),
            Piece::Literal(","),
            Piece::Output(second),
        ];
        let (question, witness) = (Some(question), Witness::Nonzero(self.elements_of(all.0), element));
        let (rule, choice) = (Rule::NonzeroProof, None);
        self.proofs.push(Proven { rule, question, choice, pieces, challenges: vec![c], witness });
    }

    fn signature(&mut self, credential: usize) {
        let (c, r) = self.proof();
        let commitment = self.output(&[(credential, Source::Plain(c))], Some(Source::Plain(r)), None);
        let pieces = vec![Piece::Literal("sig|"), Piece::SignedHash, Piece::Literal("|"), Piece::Output(commitment)];
        let rule = Rule::BallotSignature;
        let witness = Witness::Credential;
        self.proofs.push(Proven { rule, question: None, choice: None, pieces, challenges: vec![c], witness });
    }
}
