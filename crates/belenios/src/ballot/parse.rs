//! A ballot's text, taken apart: its elements and scalars in the order of the [`Shape`].

use super::shape::{AnswerForm, Shape};
use crate::cursor::{Cursor, Unexpected};
use crate::{Fault, Place, Rule};

/// A ballot as written.
#[derive(Debug)]
pub(super) struct Parsed<'a> {
    pub(super) uuid: &'a str,
    pub(super) fingerprint: &'a str,
    pub(super) credential: &'a str,
    /// All elements but the credential.
    pub(super) elements: Vec<&'a str>,
    pub(super) scalars: Vec<&'a str>,
    /// The hash that the signature names.
    pub(super) signed_hash: &'a str,
    /// The bytes before the signature's field: with a closing brace they are what is signed.
    pub(super) before_signature: usize,
}

/// What keeps a ballot from being taken apart.
enum Stop {
    Unexpected(Unexpected),
    Fault(Box<Fault>),
}

impl From<Unexpected> for Stop {
    fn from(unexpected: Unexpected) -> Self {
        Self::Unexpected(unexpected)
    }
}

type Step<T> = Result<T, Stop>;

/// Takes a ballot apart.
pub(super) fn parse<'a>(bytes: &'a [u8], shape: &Shape, place: &Place) -> Result<Parsed<'a>, Box<Fault>> {
    let reader = Reader {
        cursor: Cursor::new(bytes),
        elements: Vec::with_capacity(shape.elements),
        scalars: Vec::with_capacity(shape.scalars),
        place,
    };
    reader.ballot(shape).map_err(|stop| match stop {
        Stop::Fault(fault) => fault,
        Stop::Unexpected(unexpected) => {
            let fault = Fault::new(Rule::BallotForm, place.clone());
            Box::new(fault.expected(unexpected.expected).found(&unexpected))
        }
    })
}

struct Reader<'a, 'p> {
    cursor: Cursor<'a>,
    elements: Vec<&'a str>,
    scalars: Vec<&'a str>,
    place: &'p Place,
}

impl<'a> Reader<'a, '_> {
    fn ballot(mut self, shape: &Shape) -> Step<Parsed<'a>> {
        self.cursor.expect("{\"election_uuid\":")?;
        let uuid = self.cursor.text()?;
        self.cursor.expect(",\"election_hash\":")?;
        let fingerprint = self.cursor.text()?;
        self.cursor.expect(",\"credential\":")?;
        let credential = self.cursor.text()?;
        self.cursor.expect(",\"answers\":[")?;
        for (question, form) in shape.answers.iter().enumerate() {
            if question > 0 && !self.cursor.skip(",") {
                return self.count(None, shape.answers.len(), question);
            }
            self.answer(question, form)?;
        }
        if self.cursor.skip(",") {
            return self.count(None, shape.answers.len(), shape.answers.len() + 1);
        }
        self.cursor.expect("]")?;
        let before_signature = self.cursor.at();
        self.cursor.expect(",\"signature\":{\"hash\":")?;
        let signed_hash = self.cursor.text()?;
        self.cursor.expect(",\"proof\":")?;
        self.proof()?;
        self.cursor.expect("}}")?;
        self.cursor.end()?;
        let (elements, scalars) = (self.elements, self.scalars);
        Ok(Parsed { uuid, fingerprint, credential, elements, scalars, signed_hash, before_signature })
    }

    fn answer(&mut self, question: usize, form: &AnswerForm) -> Step<()> {
        self.cursor.expect("{\"choices\":")?;
        match form {
            AnswerForm::Homomorphic { choices, overall, blank } => {
                let found = self.counted(Self::ciphertext)?;
                if *blank && found + 1 == *choices {
                    return self.no_blank(question, *choices, found);
                }
                self.same(question, *choices, found)?;
                self.cursor.expect(",\"individual_proofs\":")?;
                let found = self.counted(|reader| reader.branches(question, 2))?;
                self.same(question, *choices, found)?;
                self.cursor.expect(",\"overall_proof\":")?;
                self.branches(question, *overall)?;
                match (self.cursor.skip(",\"blank_proof\":"), *blank) {
                    (true, true) => self.branches(question, 2)?,
                    (false, false) => {}
                    (found, expected) => {
                        return self.no_blank(question, usize::from(expected), usize::from(found));
                    }
                }
            }
            AnswerForm::NonHomomorphic => {
                self.ciphertext()?;
                self.cursor.expect(",\"proof\":")?;
                self.proof()?;
            }
            AnswerForm::Lists { lists } => {
                let each = |reader: &mut Self, of: fn(&mut Self, usize) -> Step<()>| {
                    let mut list = 0;
                    let found = reader.counted(|reader| {
                        let found = reader.counted(|reader| of(reader, question))?;
                        list += 1;
                        reader.same(question, lists.get(list - 1).copied().unwrap_or(0), found)
                    })?;
                    reader.same(question, lists.len(), found)
                };
                each(self, |reader, _| reader.ciphertext())?;
                self.cursor.expect(",\"individual_proofs\":")?;
                each(self, |reader, question| reader.branches(question, 2))?;
                self.cursor.expect(",\"overall_proof\":")?;
                self.proof()?;
                self.cursor.expect(",\"list_proofs\":")?;
                let found = self.counted(|reader| reader.branches(question, 2))?;
                self.same(question, lists.len(), found)?;
                self.cursor.expect(",\"nonzero_proof\":{\"commitment\":")?;
                let commitment = self.cursor.text()?;
                self.elements.push(commitment);
                self.cursor.expect(",\"challenge\":")?;
                self.scalar()?;
                self.cursor.expect(",\"response\":[")?;
                self.scalar()?;
                self.cursor.expect(",")?;
                self.scalar()?;
                self.cursor.expect("]}")?;
            }
        }
        self.cursor.expect("}")?;
        Ok(())
    }

    /// Goes over a list of any length and counts.
    fn counted(&mut self, mut element: impl FnMut(&mut Self) -> Step<()>) -> Step<usize> {
        self.cursor.expect("[")?;
        if self.cursor.skip("]") {
            return Ok(0);
        }
        let mut count = 0;
        loop {
            element(self)?;
            count += 1;
            if !self.cursor.skip(",") {
                self.cursor.expect("]")?;
                return Ok(count);
            }
        }
    }

    fn branches(&mut self, question: usize, expected: usize) -> Step<()> {
        let found = self.counted(Self::proof)?;
        self.same(question, expected, found)
    }

    fn ciphertext(&mut self) -> Step<()> {
        self.cursor.expect("{\"alpha\":")?;
        let alpha = self.cursor.text()?;
        self.cursor.expect(",\"beta\":")?;
        let beta = self.cursor.text()?;
        self.cursor.expect("}")?;
        self.elements.extend([alpha, beta]);
        Ok(())
    }

    fn proof(&mut self) -> Step<()> {
        self.cursor.expect("{\"challenge\":")?;
        self.scalar()?;
        self.cursor.expect(",\"response\":")?;
        self.scalar()?;
        self.cursor.expect("}")?;
        Ok(())
    }

    fn scalar(&mut self) -> Step<()> {
        let scalar = self.cursor.text()?;
        self.scalars.push(scalar);
        Ok(())
    }

    fn same(&self, question: usize, expected: usize, found: usize) -> Step<()> {
        if expected == found { Ok(()) } else { self.count(Some(question), expected, found) }
    }

    fn count<T>(&self, question: Option<usize>, expected: usize, found: usize) -> Step<T> {
        let place = question.map_or_else(|| self.place.clone(), |question| self.place.clone().question(question));
        Err(Stop::Fault(Box::new(Fault::new(Rule::BallotShape, place).expected(expected).found(found))))
    }

    fn no_blank<T>(&self, question: usize, expected: usize, found: usize) -> Step<T> {
        let place = self.place.clone().question(question);
        let fault = Fault::new(Rule::BlankProofPresence, place).expected(expected).found(found);
        Err(Stop::Fault(Box::new(fault)))
    }
}
