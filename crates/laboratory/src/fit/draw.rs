//! Tables drawn from the model of a real one.

use adil_record::{Counts, StationTable};
use adil_stat::{Stream, stream};
use rayon::prelude::*;

use super::{District, Fitted};
use crate::protocol::{Parts, Protocol, Sheets, columns};

impl Fitted {
    /// An honest table: the same model and seed give the same one, on any number of threads.
    pub fn draw(&self, seed: u64) -> StationTable {
        let drawn = |(number, district): (usize, &District)| {
            let mut own = stream(seed, "laboratory/fitted", number as u64);
            let mut sheets = Sheets::default();
            for &row in &district.rows {
                self.station(district, row, &mut own, &mut sheets);
            }
            sheets
        };
        let districts: Vec<Sheets> = self.districts.par_iter().enumerate().map(drawn).collect();
        let sheets = self.in_order(&districts);
        let (mut lines, votes) = columns(&[&sheets], &self.terms, self.options);
        for (term, counts) in &mut lines {
            if let Some((_, kept)) = self.kept.iter().find(|(own, _)| own == term) {
                counts.clone_from(kept);
            }
        }
        StationTable { lines, votes, ..self.skeleton.clone() }
    }

    /// One station after the other, as the table has them.
    fn in_order(&self, districts: &[Sheets]) -> Sheets {
        let mut sheets =
            Sheets { protocols: vec![Protocol::default(); self.len()], votes: vec![0; self.len() * self.options] };
        for (district, drawn) in self.districts.iter().zip(districts) {
            let votes = drawn.votes.chunks_exact(self.options);
            for ((&row, protocol), votes) in district.rows.iter().zip(&drawn.protocols).zip(votes) {
                sheets.protocols[row] = *protocol;
                sheets.votes[row * self.options..(row + 1) * self.options].copy_from_slice(votes);
            }
        }
        sheets
    }

    fn station(&self, district: &District, row: usize, own: &mut Stream, sheets: &mut Sheets) {
        let registered = self.registered[row];
        let [away, ballots] = halved(own, registered, district.voters);
        let [others, side] = halved(own, ballots, district.ballots);

        let begin = sheets.votes.len();
        sheets.votes.resize(begin + self.options, 0);
        let votes = &mut sheets.votes[begin..];
        votes[self.side] = side;
        let mut invalid = 0;
        let shift = usize::from(self.has_invalid);
        divide(own, others, &district.others, |kind, count| match kind.checked_sub(shift) {
            None => invalid = count,
            Some(option) => votes[option + usize::from(option >= self.side)] = count,
        });

        let issued = ballots + own.binomial(ballots, district.taken).min(away);
        let mut ways = [0; 3];
        divide(own, issued, &district.ways, |kind, count| ways[kind] = count);
        let [_, outside, early] = ways;
        let mobile = if district.early_is_mobile { outside + early } else { outside };
        let mobile = mobile.min(ballots);
        let received = self.received[row].min(Counts::LARGEST);
        let parts = Parts { registered, received, issued, early, outside, ballots, mobile, invalid };
        sheets.protocols.push(Protocol::balanced(parts));
    }
}

/// Divides a whole in two by a share that is drawn first.
fn halved(own: &mut Stream, whole: u32, [a, b]: [f64; 2]) -> [u32; 2] {
    let share = own.beta(a, b);
    let first = own.binomial(whole, share);
    [first, whole - first]
}

/// Divides a whole among kinds by shares that are drawn first.
fn divide(own: &mut Stream, whole: u32, alpha: &[f64], into: impl FnMut(usize, u32)) {
    let mut shares = [0.0; 64];
    match shares.get_mut(..alpha.len()) {
        Some(shares) => {
            shares.copy_from_slice(alpha);
            own.dirichlet(shares);
            own.multinomial(whole, shares, into);
        }
        // More options than there is room for without asking for memory.
        None => {
            let mut shares = alpha.to_vec();
            own.dirichlet(&mut shares);
            own.multinomial(whole, &shares, into);
        }
    }
}
