//! The computations of a group, for whichever width its modulus has.
//!
//! A group that an election gives has a modulus of any length from 1024 to 4096 bits; the arithmetic is compiled for a
//! few fixed widths. This trait is where the two meet: everything behind it knows its width, nothing before it does.

use std::fmt::Debug;

use adil_lanes::Plan;

use super::commitments::commitments;
use super::fixed::FixedBase;
use super::jacobi;
use super::membership;
use super::montgomery::{Modulus, Residue};
use super::multi::{collect, product_of_powers};
use super::natural;
use super::secret::{self, FieldSecret, FieldSecretBase};
use super::{FieldElement, FieldScalar};

/// Arithmetic modulo `p`, and with exponents below `q`.
pub(super) trait Engine: Debug + Send + Sync {
    /// The elements that numbers from 0 to `p - 1` are; `None` for those that are not of the subgroup. `seed` is a hash
    /// of all of them.
    fn admit(&self, numbers: &[Vec<u64>], seed: &[u8; 32]) -> Vec<Option<FieldElement>>;

    /// The number of an element.
    fn number(&self, element: &FieldElement) -> Vec<u64>;

    /// The element of a number that is known to be of the subgroup.
    fn element(&self, number: &[u64]) -> FieldElement;

    /// The neutral element.
    fn neutral(&self) -> FieldElement;

    /// The product of two elements.
    fn multiply(&self, left: &FieldElement, right: &FieldElement) -> FieldElement;

    /// The product of all elements.
    fn product(&self, elements: &[FieldElement]) -> FieldElement;

    /// A power by squaring and multiplying, bit by bit.
    fn plain_power(&self, base: &FieldElement, exponent: &[u64]) -> FieldElement;

    /// A power by windows.
    fn power(&self, base: &FieldElement, exponent: &[u64]) -> FieldElement;

    /// The product of powers.
    fn product_of_powers(&self, elements: &[FieldElement], scalars: &[FieldScalar]) -> FieldElement;

    /// The outputs of a plan for many items, as decimal numbers.
    fn commitments(
        &self,
        plan: &Plan,
        fixed: [&FixedBase; 2],
        points: &[FieldElement],
        scalars: &[FieldScalar],
    ) -> Vec<String>;

    /// The tables of a public base for secret exponents.
    fn secret_table(&self, base: &FieldElement) -> FieldSecretBase;

    /// The product of powers of bases that have tables, in constant time.
    fn secret_powers(&self, bases: &[&FieldSecretBase], exponents: &[FieldSecret]) -> FieldElement;

    /// A power in constant time.
    fn secret_power(&self, base: &FieldElement, exponent: &FieldSecret) -> FieldElement;

    /// The product of powers, in constant time.
    fn secret_product_of_powers(&self, bases: &[FieldElement], exponents: &[FieldSecret]) -> FieldElement;
}

/// The engine for a modulus `p` and an order `q` that divides `p - 1`; `None` for a modulus that is even or longer than
/// 4096 bits.
pub(super) fn engine(modulus: &[u64], order: &[u64]) -> Option<Box<dyn Engine>> {
    match natural::trimmed(modulus).len() {
        0..=16 => sized::<16>(modulus, order),
        17..=24 => sized::<24>(modulus, order),
        25..=32 => sized::<32>(modulus, order),
        33..=48 => sized::<48>(modulus, order),
        _ => sized::<64>(modulus, order),
    }
}

fn sized<const L: usize>(modulus: &[u64], order: &[u64]) -> Option<Box<dyn Engine>> {
    let squares = natural::compare(&natural::plus(&natural::plus(order, order), &[1]), modulus).is_eq();
    let modulus = Modulus::<L>::new(modulus)?;
    Some(Box::new(Sized { modulus, order: natural::trimmed(order).to_vec(), squares }))
}

#[derive(Debug)]
struct Sized<const L: usize> {
    modulus: Modulus<L>,
    order: Vec<u64>,
    /// Whether `p = 2 q + 1`: the subgroup is that of the squares.
    squares: bool,
}

impl<const L: usize> Sized<L> {
    fn settled(&self, mut residue: Residue<L>) -> FieldElement {
        self.modulus.settle(&mut residue);
        FieldElement::new(&residue)
    }
}

impl<const L: usize> Engine for Sized<L> {
    fn admit(&self, numbers: &[Vec<u64>], seed: &[u8; 32]) -> Vec<Option<FieldElement>> {
        let residues: Vec<Residue<L>> = numbers.iter().map(|number| self.modulus.enter(number)).collect();
        let members = if self.squares {
            numbers.iter().map(|number| jacobi::is_square(number, self.modulus.value())).collect()
        } else {
            membership::members(&self.modulus, &self.order, &residues, seed)
        };
        residues.into_iter().zip(members).map(|(residue, member)| member.then(|| self.settled(residue))).collect()
    }

    fn number(&self, element: &FieldElement) -> Vec<u64> {
        self.modulus.leave(&element.residue()).to_vec()
    }

    fn element(&self, number: &[u64]) -> FieldElement {
        self.settled(self.modulus.enter(number))
    }

    fn neutral(&self) -> FieldElement {
        self.settled(*self.modulus.one())
    }

    fn multiply(&self, left: &FieldElement, right: &FieldElement) -> FieldElement {
        self.settled(self.modulus.mul(&left.residue(), &right.residue()))
    }

    fn product(&self, elements: &[FieldElement]) -> FieldElement {
        let mut product = None;
        for element in elements {
            collect(&self.modulus, &mut product, &element.residue());
        }
        self.settled(product.unwrap_or(*self.modulus.one()))
    }

    fn plain_power(&self, base: &FieldElement, exponent: &[u64]) -> FieldElement {
        let base = base.residue();
        let mut power = *self.modulus.one();
        for place in (0..natural::bits(exponent)).rev() {
            power = self.modulus.mul(&power, &power);
            if natural::bit(exponent, place) {
                power = self.modulus.mul(&power, &base);
            }
        }
        self.settled(power)
    }

    fn power(&self, base: &FieldElement, exponent: &[u64]) -> FieldElement {
        self.settled(self.modulus.power(&base.residue(), exponent))
    }

    fn product_of_powers(&self, elements: &[FieldElement], scalars: &[FieldScalar]) -> FieldElement {
        let bases: Vec<Residue<L>> = elements.iter().map(FieldElement::residue).collect();
        let exponents: Vec<&[u64]> = scalars.iter().map(FieldScalar::words).collect();
        self.settled(product_of_powers(&self.modulus, &bases, &exponents))
    }

    fn commitments(
        &self,
        plan: &Plan,
        fixed: [&FixedBase; 2],
        points: &[FieldElement],
        scalars: &[FieldScalar],
    ) -> Vec<String> {
        let text = |number: [u64; L]| {
            let mut text = String::with_capacity(20 * L);
            natural::write(&number, &mut text);
            text
        };
        let numbers = commitments(&self.modulus, natural::bits(&self.order), plan, fixed, points, scalars);
        numbers.into_iter().map(text).collect()
    }

    fn secret_table(&self, base: &FieldElement) -> FieldSecretBase {
        secret::table(&self.modulus, base, natural::bits(&self.order))
    }

    fn secret_powers(&self, bases: &[&FieldSecretBase], exponents: &[FieldSecret]) -> FieldElement {
        self.settled(secret::powers(&self.modulus, bases, exponents))
    }

    fn secret_power(&self, base: &FieldElement, exponent: &FieldSecret) -> FieldElement {
        self.settled(secret::power(&self.modulus, base, exponent))
    }

    fn secret_product_of_powers(&self, bases: &[FieldElement], exponents: &[FieldSecret]) -> FieldElement {
        self.settled(secret::product_of_powers(&self.modulus, bases, exponents))
    }
}
