//! The areas of stations, nested, and the halves that evidence is cross-fitted by.

use adil_record::StationTable;

/// Nested areas: for each level from the widest, the area of each station by a number from 0.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Areas {
    levels: Vec<Level>,
    stations: usize,
}

/// One level: the area of each station and how many areas there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Level {
    pub(crate) of: Vec<usize>,
    pub(crate) count: usize,
}

impl Areas {
    /// The areas of some stations of a table, by their rows. An area is its whole path: villages of one name in two districts are two.
    pub(crate) fn of(table: &StationTable, rows: &[usize]) -> Self {
        let names: Vec<_> =
            table.areas.iter().map(|area| rows.iter().map(|&row| area.names.code(row)).collect()).collect();
        Self::nested(&names, rows.len())
    }

    /// Areas from each level's own numbers.
    pub(crate) fn nested(names: &[Vec<usize>], stations: usize) -> Self {
        let mut parents = vec![0; stations];
        let levels = names.iter().map(|own| {
            let mut numbers = std::collections::HashMap::new();
            let number = |(&parent, &own): (&usize, &usize)| {
                let next = numbers.len();
                *numbers.entry((parent, own)).or_insert(next)
            };
            parents = parents.iter().zip(own).map(number).collect();
            Level { of: parents.clone(), count: numbers.len() }
        });
        Self { levels: levels.collect(), stations }
    }

    /// The levels, from the widest.
    pub(crate) fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// The widest level; all stations as one area where there is none.
    pub(crate) fn regions(&self) -> Level {
        self.levels.first().cloned().unwrap_or_else(|| Level { of: vec![0; self.stations], count: 1 })
    }

    /// Two halves of every narrowest area, alike in the sizes of stations: in the order of their registers every second one. Which half
    /// the smallest is in depends on whether the area's registers together are odd: on nothing that is only a name or an order.
    pub(crate) fn halves(&self, registers: &[u32]) -> Vec<bool> {
        let area = |row: usize| self.levels.last().map_or(0, |level| level.of[row]);
        let mut next = vec![0u32; self.levels.last().map_or(1, |level| level.count)];
        registers.iter().enumerate().for_each(|(row, &register)| next[area(row)] ^= register & 1);
        let mut order: Vec<usize> = (0..self.stations).collect();
        order.sort_unstable_by_key(|&row| (registers[row], row));
        let mut halves = vec![false; self.stations];
        for row in order {
            let next = &mut next[area(row)];
            halves[row] = *next == 1;
            *next ^= 1;
        }
        halves
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_area_is_its_path() {
        let areas = Areas::nested(&[vec![0, 0, 1, 1], vec![5, 6, 5, 5]], 4);
        assert_eq!(areas.levels()[1], Level { of: vec![0, 1, 2, 2], count: 3 });
        assert_eq!(areas.regions().count, 2);
    }

    #[test]
    fn halves_split_every_area() {
        let areas = Areas::nested(&[vec![0, 1, 0, 1, 0, 1, 0]], 7);
        // Area 0 has rows 0, 2, 4, 6 with 10 in all, area 1 rows 1, 3, 5 with 9: the second begins with the other half.
        // By register: rows 4, 2, 0, 6 of area 0, and 1, 3, 5 of area 1.
        let registers = [3, 2, 2, 3, 1, 4, 4];
        assert_eq!(areas.halves(&registers), [false, true, true, false, false, true, true]);
        assert_eq!(Areas::nested(&[], 3).halves(&[2, 2, 2]), [false, true, false]);
    }
}
