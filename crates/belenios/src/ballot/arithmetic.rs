//! Two ways to the same verdict about ballots: that of every run, and the plainest one, which the first is held against.

use adil_crypto::proof::text_of;
use adil_crypto::{ElementFault, Group, Plan, plain_commitments};

/// How elements are read and commitments computed.
pub(crate) enum Arithmetic<'a, G: Group> {
    /// Those of a whole chunk together; `g` and `y` with their tables.
    Fast([&'a G::Fixed; 2]),
    /// One element and one power at a time; `g` and `y` themselves.
    Plain([&'a G::Element; 2]),
}

impl<G: Group> Arithmetic<'_, G> {
    /// The elements of texts.
    pub(super) fn decode(&self, group: &G, texts: &[&str]) -> Vec<Result<G::Element, ElementFault>> {
        match self {
            Self::Fast(_) => group.decode(texts),
            Self::Plain(_) => texts.iter().flat_map(|text| group.decode(&[text])).collect(),
        }
    }

    /// The commitments of many ballots, as the texts that are hashed.
    pub(super) fn commitments(
        &self,
        group: &G,
        plan: &Plan,
        points: &[G::Element],
        scalars: &[G::Scalar],
    ) -> Vec<String> {
        match *self {
            Self::Fast(fixed) => group.commitments(plan, fixed, points, scalars),
            Self::Plain(fixed) => plain_commitments(group, plan, fixed, points, scalars),
        }
    }

    /// The products of elements of many ballots, as the texts that are hashed.
    pub(super) fn products(
        &self,
        group: &G,
        inputs: usize,
        products: &[Vec<usize>],
        points: &[G::Element],
    ) -> Vec<String> {
        if let Self::Fast(_) = self {
            return group.products(inputs, products, points);
        }
        let product = |own: &[G::Element], members: &[usize]| {
            members.iter().fold(group.neutral(), |product, &input| group.multiply(&product, &own[input]))
        };
        let of_ballot = |own: &[G::Element]| -> Vec<String> {
            products.iter().map(|members| text_of(group, &product(own, members))).collect()
        };
        points.chunks(inputs).flat_map(of_ballot).collect()
    }

    /// Whether ballots are added up one by one.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self, Self::Plain(_))
    }
}
