//! Finding a station by what somebody else calls it.

use std::collections::HashMap;

use crate::{NameMatch, StationTable};

/// The rows of a table by name: by the full name with its areas, or by the station's own name where no other has it.
#[derive(Debug, Clone, Default)]
pub struct StationIndex {
    full: HashMap<String, Option<usize>>,
    own: HashMap<String, Option<usize>>,
}

impl StationIndex {
    /// The index of a table.
    pub fn of(table: &StationTable) -> Self {
        let mut index = Self::default();
        for row in 0..table.len() {
            let note = |rows: &mut HashMap<String, Option<usize>>, name: String| {
                rows.entry(name).and_modify(|known| *known = None).or_insert(Some(row));
            };
            note(&mut index.full, table.name(row));
            note(&mut index.own, table.stations.get(row).to_owned());
        }
        index
    }

    /// The row of a station: by its full name, its parts joined by ` / `, or by its own name. `None` where no row has it, or several.
    pub fn find(&self, name: &str) -> Option<usize> {
        match self.look(name, Some(name)) {
            NameMatch::One(row) => Some(row),
            NameMatch::Several | NameMatch::None => None,
        }
    }

    /// What a full name means, and where no station has it, what the station's own name `own` means.
    pub fn look(&self, full: &str, own: Option<&str>) -> NameMatch {
        let found = self.full.get(full).or_else(|| self.own.get(own?));
        match found {
            Some(Some(row)) => NameMatch::One(*row),
            Some(None) => NameMatch::Several,
            None => NameMatch::None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Area;

    #[test]
    fn an_own_name_is_enough_where_no_other_station_has_it() {
        let mut table = StationTable::default();
        let mut areas = Area { level: "region".to_owned(), ..Area::default() };
        for (region, station) in [("North", "1"), ("South", "1"), ("South", "2")] {
            areas.names.push(region);
            table.stations.push(station);
        }
        table.areas.push(areas);
        let index = StationIndex::of(&table);
        assert_eq!(index.find("South / 1"), Some(1));
        assert_eq!(index.find("2"), Some(2));
        assert_eq!(index.find("1"), None, "two stations have it");
        assert_eq!(index.find("3"), None);
    }
}
