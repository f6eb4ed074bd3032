//! The product of counted ballots, as a summary: empty, absorbing ballots, merged with others, written and read again.

use adil_crypto::Group;
use adil_crypto::proof::text_of;

use super::{Ciphertext, EncryptedTally, decode_ciphertexts};
use crate::ballot::Slots;

/// For each question, what its counted ballots come to.
#[derive(Debug, Clone)]
pub(crate) struct TallySum<G: Group> {
    slots: Slots,
    /// Added up: the product at each place; shuffled: all ciphertexts. `None` at a place stands for the neutral one.
    questions: Vec<Vec<Option<Ciphertext<G::Element>>>>,
}

/// Texts of `alpha` and `beta` by question; the neutral ciphertext is nothing.
pub(crate) type SumTexts = Vec<Vec<Option<[String; 2]>>>;

impl<G: Group> TallySum<G> {
    /// The product of no ballots.
    pub(crate) fn empty(slots: &Slots) -> Self {
        let places = |question: &crate::ballot::QuestionSlots| match question.is_shuffled() {
            true => Vec::new(),
            false => vec![None; question.len()],
        };
        Self { slots: slots.clone(), questions: slots.questions.iter().map(places).collect() }
    }

    /// Takes in the ciphertexts that several ballots have at one place; `weights` are those of their voters.
    pub(crate) fn absorb(
        &mut self,
        group: &G,
        slot: usize,
        ciphertexts: Vec<Ciphertext<G::Element>>,
        weights: &[u128],
        weighted: bool,
    ) {
        let of_slot =
            |question: &crate::ballot::QuestionSlots| (question.first..question.first + question.len()).contains(&slot);
        let Some(question) = self.slots.questions.iter().position(of_slot) else { return };
        let first = self.slots.questions[question].first;
        if self.slots.questions[question].is_shuffled() {
            self.questions[question].extend(ciphertexts.into_iter().map(Some));
            return;
        }
        if ciphertexts.is_empty() {
            return;
        }
        let (alphas, betas): (Vec<_>, Vec<_>) =
            ciphertexts.into_iter().map(|ciphertext| (ciphertext.alpha, ciphertext.beta)).unzip();
        let product = |elements: &[G::Element]| match weighted {
            false => group.product(elements),
            true => {
                let exponents: Vec<_> = weights.iter().map(|weight| group.reduce(&weight.to_be_bytes())).collect();
                group.product_of_powers(elements, &exponents)
            }
        };
        let own = Ciphertext { alpha: product(&alphas), beta: product(&betas) };
        merge_place(group, &mut self.questions[question][slot - first], Some(own));
    }

    /// Takes in the product of other ballots.
    pub(crate) fn merge(&mut self, group: &G, other: Self) {
        for ((own, other), slots) in self.questions.iter_mut().zip(other.questions).zip(&self.slots.questions) {
            if slots.is_shuffled() {
                own.extend(other);
            } else {
                own.iter_mut().zip(other).for_each(|(own, other)| merge_place(group, own, other));
            }
        }
    }

    /// The encrypted tally that must be published for these ballots.
    pub(crate) fn tally(self, group: &G) -> EncryptedTally<G> {
        let neutral = || Ciphertext { alpha: group.neutral(), beta: group.neutral() };
        let whole = |places: Vec<Option<_>>| places.into_iter().map(|place| place.unwrap_or_else(neutral)).collect();
        let mut questions: Vec<Vec<Ciphertext<G::Element>>> = self.questions.into_iter().map(whole).collect();
        for (question, slots) in questions.iter_mut().zip(&self.slots.questions) {
            if slots.is_shuffled() {
                question.sort_by(|left, right| {
                    group.order(&left.alpha, &right.alpha).then_with(|| group.order(&left.beta, &right.beta))
                });
            }
        }
        EncryptedTally { questions }
    }

    /// The product in texts.
    pub(crate) fn texts(&self, group: &G) -> SumTexts {
        let texts =
            |ciphertext: &Ciphertext<G::Element>| [text_of(group, &ciphertext.alpha), text_of(group, &ciphertext.beta)];
        self.questions.iter().map(|places| places.iter().map(|place| place.as_ref().map(texts)).collect()).collect()
    }

    /// The product that was written in texts; `None` where they are not those of a sum of this shape.
    pub(crate) fn of_texts(group: &G, slots: &Slots, texts: &SumTexts) -> Option<Self> {
        let empty = Self::empty(slots);
        if texts.len() != empty.questions.len() {
            return None;
        }
        let mut questions = Vec::with_capacity(texts.len());
        for (places, own) in texts.iter().zip(&empty.questions) {
            if !own.is_empty() && own.len() != places.len() {
                return None;
            }
            let present: Vec<[&str; 2]> =
                places.iter().flatten().map(|[alpha, beta]| [alpha.as_str(), beta.as_str()]).collect();
            let mut decoded = decode_ciphertexts(group, &present).ok()?.into_iter();
            questions.push(places.iter().map(|place| place.as_ref().and_then(|_| decoded.next())).collect());
        }
        Some(Self { slots: slots.clone(), questions })
    }
}

fn merge_place<G: Group>(group: &G, own: &mut Option<Ciphertext<G::Element>>, other: Option<Ciphertext<G::Element>>) {
    *own = match (own.take(), other) {
        (Some(own), Some(other)) => Some(Ciphertext {
            alpha: group.multiply(&own.alpha, &other.alpha),
            beta: group.multiply(&own.beta, &other.beta),
        }),
        (own, other) => own.or(other),
    };
}
