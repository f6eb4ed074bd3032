//! A base that is raised to many powers: tables of `B^(d 2^(w i))` for every digit `d` of `w` bits and every place `i`.
//!
//! ```text
//! B^e = product over i of table[i][e_i],   e = sum of e_i 2^(w i)
//! ```
//!
//! No squaring is left, one product for each digit. Wider digits make fewer products and larger tables; which width
//! pays depends on how many powers there will be, which nobody says in advance. A base counts its powers and takes the
//! width that pays for as many as it has seen, so that a board of five ballots does not wait for a table for thousands.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::FieldElement;
use super::montgomery::{Modulus, Residue};
use super::natural;

/// Widths of digits for which there is a table, in bits.
const WIDTHS: [usize; 4] = [4, 6, 8, 10];
/// The largest table, in bytes.
const LARGEST: usize = 8 << 20;

/// A base with its tables, which are made when they pay.
#[derive(Debug)]
pub struct FixedBase {
    base: FieldElement,
    powers: AtomicUsize,
    tables: [OnceLock<Vec<u64>>; WIDTHS.len()],
}

/// What powers of a base are computed with.
pub(super) enum Powers<'base> {
    /// So few powers that no table pays.
    Plain(&'base FieldElement),
    /// Digits of this many bits.
    Table(usize, &'base [u64]),
}

impl FixedBase {
    pub(super) fn new(base: FieldElement) -> Self {
        Self { base, powers: AtomicUsize::new(0), tables: [const { OnceLock::new() }; WIDTHS.len()] }
    }

    /// Counts powers that are not computed.
    #[cfg(test)]
    pub(super) fn expect(&self, count: usize) {
        self.powers.fetch_add(count, Ordering::Relaxed);
    }

    /// What to use for `count` more powers with exponents of at most `bits` bits.
    pub(super) fn prepare<const L: usize>(&self, modulus: &Modulus<L>, bits: usize, count: usize) -> Powers<'_> {
        let powers = self.powers.fetch_add(count, Ordering::Relaxed).saturating_add(count);
        let mut best = (powers.saturating_mul(bits + bits / 5 + 8), None);
        for (index, width) in WIDTHS.into_iter().enumerate() {
            let places = bits.div_ceil(width);
            let made = places << width;
            if made * L * 8 > LARGEST {
                continue;
            }
            let build = if self.tables[index].get().is_some() { 0 } else { made };
            let cost = build.saturating_add(powers.saturating_mul(places));
            if cost < best.0 {
                best = (cost, Some((index, width)));
            }
        }
        let Some((index, width)) = best.1 else { return Powers::Plain(&self.base) };
        let base = self.base.residue();
        Powers::Table(width, self.tables[index].get_or_init(|| table(modulus, &base, width, bits.div_ceil(width))))
    }
}

impl Powers<'_> {
    /// `accumulator * base ^ exponent`
    pub(super) fn multiply<const L: usize>(
        &self,
        modulus: &Modulus<L>,
        accumulator: Option<Residue<L>>,
        exponent: &[u64],
    ) -> Option<Residue<L>> {
        let times = |accumulator: Option<Residue<L>>, factor: &Residue<L>| match accumulator {
            Some(accumulator) => Some(modulus.mul(&accumulator, factor)),
            None => Some(*factor),
        };
        match self {
            Self::Plain(base) => times(accumulator, &modulus.power(&base.residue(), exponent)),
            Self::Table(width, table) => {
                let (rows, _) = table.as_chunks::<L>();
                let place = (1 << width) - 1;
                rows.chunks(place).enumerate().fold(accumulator, |accumulator, (index, row)| {
                    match natural::digit(exponent, index * width, *width) {
                        0 => accumulator,
                        digit => times(accumulator, &row[digit - 1]),
                    }
                })
            }
        }
    }
}

/// For every place `B^d` for `d` from 1 to `2^width - 1`, one after another.
fn table<const L: usize>(modulus: &Modulus<L>, base: &Residue<L>, width: usize, places: usize) -> Vec<u64> {
    let mut words = Vec::with_capacity((places << width) * L);
    let mut unit = *base;
    for _ in 0..places {
        let mut power = unit;
        for _ in 1..1 << width {
            words.extend_from_slice(&power);
            power = modulus.mul(&power, &unit);
        }
        unit = power;
    }
    words
}
