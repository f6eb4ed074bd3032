//! One count of what is given by type of ballot, by class of device and by round.
//!
//! ```text
//! count(unit) = the total, where there is one, else the sum of the types
//! count(unit, type) = the one without a device, where there is one, else the sum of the devices
//! ```
//!
//! `absentee` stands for all its kinds, so these are not added where it is there; `seats` are no votes; `write-in` cuts across the other types.

use super::pieces::{Counted, KINDS};
use super::units::Units;
use crate::count::sum;
use crate::{Fault, NotPlaced};

/// Counts of one thing, by unit.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Unit, and the count; none where it is kept back.
    pub(super) counts: Vec<(usize, Option<u32>)>,
    /// Unit, and the seats.
    pub(super) seats: Vec<(usize, u32)>,
}

const TOTAL: u8 = 0;
const ABSENTEE: u8 = 3;
const ABSENTEE_KINDS: [u8; 4] = [4, 5, 6, 7];
const WRITE_IN: u8 = 9;
const SEATS: u8 = 10;

/// Brings counts together. What is counted by devices that are units of their own goes to the unit above them.
pub(super) fn tally(counts: &[Counted], units: &Units, notes: &mut Vec<NotPlaced>) -> Result<Tally, Fault> {
    let mut placed: Vec<(usize, Counted)> = Vec::with_capacity(counts.len());
    for counted in counts {
        let Some(place) = units.place(counted.unit) else { continue };
        match units.unit(place).is_device {
            false => placed.push((place, *counted)),
            true => match units.above(place).find(|&above| !units.unit(above).is_device) {
                Some(above) => placed.push((above, Counted { of_device: true, ..*counted })),
                None => NotPlaced::add(notes, "counts of devices that are part of no unit", || {
                    units.unit(place).name.clone()
                }),
            },
        }
    }
    placed.sort_by_key(|(place, counted)| (*place, counted.round, counted.kind, counted.of_device));
    let mut tally = Tally::default();
    for of_unit in placed.chunk_by(|a, b| a.0 == b.0) {
        let Some(&(place, first)) = of_unit.first() else { continue };
        let name = || units.unit(place).name.clone();
        let of_round: Vec<Counted> =
            of_unit.iter().map(|(_, counted)| *counted).filter(|counted| counted.round == first.round).collect();
        for _ in of_round.len()..of_unit.len() {
            NotPlaced::add(notes, "counts of later rounds; those of the first are kept", name);
        }
        let mut by_kind: Vec<(u8, Option<u32>)> = Vec::new();
        for of_kind in of_round.chunk_by(|a, b| a.kind == b.kind) {
            let Some(first) = of_kind.first() else { continue };
            let whole = of_kind.iter().filter(|counted| !counted.of_device).count();
            // "other" may stand for several types.
            if whole > 1 && KINDS.get(usize::from(first.kind)) != Some(&"other") {
                let kind = KINDS.get(usize::from(first.kind)).copied().unwrap_or("other");
                return Err(Fault::TwoCounts { unit: name(), kind });
            }
            let used = of_kind.iter().filter(|counted| whole == 0 || !counted.of_device);
            let used: Option<Vec<u32>> = used.map(|counted| counted.count).collect();
            by_kind.push((first.kind, used.map(|used| sum(&name(), used.into_iter())).transpose()?));
        }
        if let Some(&(_, Some(seats))) = by_kind.iter().find(|(kind, _)| *kind == SEATS) {
            tally.seats.push((place, seats));
        }
        by_kind.retain(|(kind, _)| *kind != SEATS);
        if let Some(count) = one_of(&by_kind, &name, notes)? {
            tally.counts.push((place, count));
        }
    }
    Ok(tally)
}

/// The total, or the sum of the types; `None` without any.
fn one_of(
    by_kind: &[(u8, Option<u32>)],
    name: &dyn Fn() -> String,
    notes: &mut Vec<NotPlaced>,
) -> Result<Option<Option<u32>>, Fault> {
    let has = |wanted: u8| by_kind.iter().any(|(kind, _)| *kind == wanted);
    let is_part = |kind: u8| match kind {
        TOTAL => false,
        WRITE_IN => by_kind.len() == 1,
        kind if ABSENTEE_KINDS.contains(&kind) => !has(ABSENTEE),
        _ => true,
    };
    if has(WRITE_IN) && by_kind.len() > 1 {
        NotPlaced::add(notes, "counts of the type write-in, beside others of the same ballots", name);
    }
    let parts: Vec<Option<u32>> = by_kind.iter().filter(|(kind, _)| is_part(*kind)).map(|(_, count)| *count).collect();
    let known: Option<Vec<u32>> = parts.iter().copied().collect();
    let added = known.map(|known| sum(&name(), known.into_iter())).transpose()?;
    let Some(&(_, total)) = by_kind.iter().find(|(kind, _)| *kind == TOTAL) else {
        return Ok((!parts.is_empty()).then_some(added));
    };
    if !parts.is_empty() {
        NotPlaced::add(notes, "totals that are also given by type; the total is kept", name);
        if total.zip(added).is_some_and(|(total, added)| total != added) {
            NotPlaced::add(notes, "totals that are not the sum of their types", name);
        }
    }
    Ok(Some(total))
}
