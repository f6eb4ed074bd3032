//! The tree of reporting units: which unit is in which, and what areas a station is in.
//!
//! A unit may be a part of several: a precinct is in a county and in a congressional district. The areas of a station follow one of them, that of the
//! first rank below; of one rank the first that the file names.

use super::pieces::{Ids, Unit};
use crate::{ExchangeError, Fault};

/// Types of units that are stations where nothing below them is counted.
const STATIONS: [&str; 6] =
    ["precinct", "split-precinct", "combined-precinct", "polling-place", "vote-center", "ballot-batch"];

/// Types of areas that the administration of elections follows; all others are districts of some contest.
const ADMINISTRATION: [&str; 12] = [
    "country",
    "state",
    "county",
    "borough",
    "city",
    "municipality",
    "town",
    "township",
    "village",
    "ward",
    "combined-precinct",
    "precinct",
];

/// The tree.
pub(super) struct Units {
    units: Vec<Unit>,
    /// By the number of an identifier the place of its unit.
    places: Vec<Option<usize>>,
    /// The unit that the areas of each follow.
    parents: Vec<Option<usize>>,
}

impl Units {
    /// Makes the tree; every identifier that was mentioned must be that of one unit.
    pub(super) fn new(units: Vec<Unit>, ids: &Ids) -> Result<Self, ExchangeError> {
        let mut places = vec![None; ids.names.len()];
        for (place, unit) in units.iter().enumerate() {
            let (id, path) = &ids.names[unit.number as usize];
            if places[unit.number as usize].replace(place).is_some() {
                return Err(Fault::SameId(id.clone(), "reporting unit").at(path));
            }
        }
        if let Some((id, path)) = ids.names.iter().zip(&places).find(|(_, place)| place.is_none()).map(|(name, _)| name)
        {
            return Err(Fault::Dangling { what: "reporting unit", id: id.clone() }.at(path));
        }
        let mut parents: Vec<Option<usize>> = vec![None; units.len()];
        for (parent, unit) in units.iter().enumerate() {
            for part in unit.parts.iter().filter_map(|&part| places[part as usize]) {
                let better = match parents[part] {
                    None => true,
                    Some(known) => rank(&units[parent]) < rank(&units[known]),
                };
                if better {
                    parents[part] = Some(parent);
                }
            }
        }
        let tree = Self { units, places, parents };
        match tree.cycle() {
            Some(place) => {
                let (id, path) = &ids.names[tree.units[place].number as usize];
                Err(Fault::Cycle(id.clone()).at(path))
            }
            None => Ok(tree),
        }
    }

    /// A unit that is above itself. Every unit is passed once.
    fn cycle(&self) -> Option<usize> {
        // 0: not seen, 1: on the way at hand, 2: leads to a root.
        let mut state = vec![0u8; self.units.len()];
        for start in 0..self.units.len() {
            let (mut at, mut way) = (Some(start), Vec::new());
            while let Some(place) = at.filter(|&place| state[place] != 2) {
                if state[place] == 1 {
                    return Some(place);
                }
                state[place] = 1;
                way.push(place);
                at = self.parents[place];
            }
            way.into_iter().for_each(|place| state[place] = 2);
        }
        None
    }

    /// How many units there are.
    pub(super) fn len(&self) -> usize {
        self.units.len()
    }

    /// The unit of an identifier's number.
    pub(super) fn place(&self, number: u32) -> Option<usize> {
        self.places.get(number as usize).copied().flatten()
    }

    /// A unit.
    pub(super) fn unit(&self, place: usize) -> &Unit {
        &self.units[place]
    }

    /// Whether a unit can be a station.
    pub(super) fn may_be_station(&self, place: usize) -> bool {
        let unit = &self.units[place];
        !unit.is_device && !unit.is_other && STATIONS.contains(&unit.kind.as_str())
    }

    /// Whether a unit is made of others.
    pub(super) fn has_parts(&self, place: usize) -> bool {
        !self.units[place].parts.is_empty()
    }

    /// The units above one, from the nearest.
    pub(super) fn above(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.parents[place], |&above| self.parents[above])
    }
}

fn rank(unit: &Unit) -> usize {
    ADMINISTRATION.iter().position(|kind| *kind == unit.kind).unwrap_or(ADMINISTRATION.len())
}
