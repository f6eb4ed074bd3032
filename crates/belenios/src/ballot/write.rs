//! A ballot's text, put together: the other side of `parse`.

use super::shape::{AnswerForm, Shape};

/// The elements and scalars of a ballot without its signature, in the order of the shape.
pub(super) struct Written<'a> {
    pub(super) shape: &'a Shape,
    pub(super) elements: &'a [String],
    pub(super) scalars: &'a [String],
}

/// The ballot without its signature.
pub(super) fn unsigned(uuid: &str, fingerprint: &str, credential: &str, written: &Written<'_>) -> String {
    let mut writer = Writer { text: String::with_capacity(4096), elements: written.elements, scalars: written.scalars };
    writer.put("{\"election_uuid\":\"");
    writer.put(uuid);
    writer.put("\",\"election_hash\":\"");
    writer.put(fingerprint);
    writer.put("\",\"credential\":\"");
    writer.put(credential);
    writer.put("\",\"answers\":");
    writer.list(&written.shape.answers, Writer::answer);
    writer.put("}");
    writer.text
}

/// What takes the place of the closing brace of a ballot without its signature.
pub(super) fn signature(hash: &str, scalars: &[String]) -> String {
    let mut writer = Writer { text: String::with_capacity(300), elements: &[], scalars };
    writer.put(",\"signature\":{\"hash\":\"");
    writer.put(hash);
    writer.put("\",\"proof\":");
    writer.proof();
    writer.put("}}");
    writer.text
}

struct Writer<'a> {
    text: String,
    elements: &'a [String],
    scalars: &'a [String],
}

impl<'a> Writer<'a> {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn list<T>(&mut self, items: &[T], mut item: impl FnMut(&mut Self, &T)) {
        self.put("[");
        for (index, of) in items.iter().enumerate() {
            if index > 0 {
                self.put(",");
            }
            item(self, of);
        }
        self.put("]");
    }

    fn times(&mut self, count: usize, item: impl Fn(&mut Self)) {
        self.list(&vec![(); count], |writer, ()| item(writer));
    }

    fn next(from: &mut &'a [String]) -> &'a str {
        from.split_off_first().map_or("", String::as_str)
    }

    fn element(&mut self) {
        let element = Self::next(&mut self.elements);
        self.put("\"");
        self.put(element);
        self.put("\"");
    }

    fn scalar(&mut self) {
        let scalar = Self::next(&mut self.scalars);
        self.put("\"");
        self.put(scalar);
        self.put("\"");
    }

    fn ciphertext(&mut self) {
        self.put("{\"alpha\":");
        self.element();
        self.put(",\"beta\":");
        self.element();
        self.put("}");
    }

    fn proof(&mut self) {
        self.put("{\"challenge\":");
        self.scalar();
        self.put(",\"response\":");
        self.scalar();
        self.put("}");
    }

    fn branches(&mut self, count: usize) {
        self.times(count, Self::proof);
    }

    fn answer(&mut self, form: &AnswerForm) {
        self.put("{\"choices\":");
        match form {
            AnswerForm::Homomorphic { choices, overall, blank } => {
                self.times(*choices, Self::ciphertext);
                self.put(",\"individual_proofs\":");
                self.times(*choices, |writer| writer.branches(2));
                self.put(",\"overall_proof\":");
                self.branches(*overall);
                if *blank {
                    self.put(",\"blank_proof\":");
                    self.branches(2);
                }
            }
            AnswerForm::NonHomomorphic => {
                self.ciphertext();
                self.put(",\"proof\":");
                self.proof();
            }
            AnswerForm::Lists { lists } => {
                self.list(lists, |writer, &length| writer.times(length, Self::ciphertext));
                self.put(",\"individual_proofs\":");
                self.list(lists, |writer, &length| writer.times(length, |writer| writer.branches(2)));
                self.put(",\"overall_proof\":");
                self.proof();
                self.put(",\"list_proofs\":");
                self.times(lists.len(), |writer| writer.branches(2));
                self.put(",\"nonzero_proof\":{\"commitment\":");
                self.element();
                self.put(",\"challenge\":");
                self.scalar();
                self.put(",\"response\":[");
                self.scalar();
                self.put(",");
                self.scalar();
                self.put("]}");
            }
        }
        self.put("}");
    }
}
