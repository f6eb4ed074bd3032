//! Maps of a description: outlines of areas, and places of stations.

use std::io::BufReader;
use std::path::Path;

use adil_exchange::{GeoFeature, GeoLimits, ReadError, read_geojson};
use adil_finding::PassedOver;
use adil_record::{
    Contest, Coordinates, DescribedMap, MappedAreas, NameMatch, Outline, PlaceMap, STATION_LEVEL, StationTable,
};

use super::reading::Reading;
use super::{OpenedRecord, RecordError, beside};
use crate::stored::Stored;
use crate::unpack::{Packed, Packing};
use crate::{Fault, OpenError};

/// The most names that are listed of those that fit nothing; the others are counted.
const LISTED: usize = 10;

/// Reads a map: outlines go into the record, places of stations into the tables.
///
/// # Errors
/// The file cannot be read, or is no map. Names that fit nothing are no error: they are listed among what was set aside.
pub(super) fn described(
    described: &DescribedMap,
    folder: &Path,
    contests: &mut [Contest],
    reading: &mut Reading<'_>,
    opened: &mut OpenedRecord,
) -> Result<(), RecordError> {
    let (stored, file) = Stored::take(&beside(folder, &described.file), reading.limits)?;
    let packing = if file.path.to_lowercase().ends_with(".gz") { Packing::Gzip } else { Packing::None };
    let packed = Packed { name: file.path.clone(), stored, packing };
    let mut lines = BufReader::with_capacity(1 << 16, packed.reader(reading.limits)?);
    let limits = GeoLimits { bytes: reading.limits.held_bytes, ..GeoLimits::default() };
    let single = described.name.as_ref().map_or(&["name".to_owned()][..], |name| name.as_slice()).to_vec();
    let joined = !described.names.is_empty();
    let wanted: Vec<&str> = if joined { &described.names } else { &single }.iter().map(String::as_str).collect();
    let features = read_geojson(&mut lines, &wanted, &limits).map_err(|error| match error {
        ReadError::Source(error) => OpenError::fault(&file.path, Fault::of(&error)).into(),
        ReadError::Content(error) => RecordError::Map { file: file.path.clone(), fault: error.to_string() },
    })?;
    reading.note_rows(file.clone(), features.len() as u64);
    let name_of = |feature: &GeoFeature| if joined { feature.joined() } else { feature.first().map(str::to_owned) };
    let mut told = Told { file: file.path, all: features.len(), opened };
    let nameless = features.iter().filter(|feature| name_of(feature).is_none());
    let nameless = nameless.map(|feature| format!("feature {}", feature.number)).collect();
    told.tell(&format!("have no name ({})", wanted.join(", ")), nameless);
    let named: Vec<(String, GeoFeature)> =
        features.into_iter().filter_map(|feature| Some((name_of(&feature)?, feature))).collect();
    if described.level == STATION_LEVEL {
        stations(&named, contests, &mut told);
    } else {
        areas(named, &described.level, contests, &mut told);
    }
    Ok(())
}

/// Says what of a map is not in the record.
struct Told<'o> {
    file: String,
    all: usize,
    opened: &'o mut OpenedRecord,
}

impl Told<'_> {
    fn tell(&mut self, what: &str, names: Vec<String>) {
        if names.is_empty() {
            return;
        }
        let (count, all) = (names.len(), self.all);
        let mut listed: Vec<String> = names.into_iter().take(LISTED).collect();
        listed.extend((count > LISTED).then(|| format!("and {} more", count - LISTED)));
        let why = format!("{count} of its {all} features {what}: {}", listed.join("; "));
        self.opened.set_aside.push(PassedOver { path: self.file.clone(), why });
    }
}

fn tables(contests: &[Contest]) -> impl Iterator<Item = &StationTable> {
    contests.iter().flat_map(|contest| &contest.releases).filter_map(|release| release.stations.as_ref())
}

fn areas(named: Vec<(String, GeoFeature)>, level: &str, contests: &[Contest], told: &mut Told<'_>) {
    let (drawn, empty): (Vec<_>, Vec<_>) = named.into_iter().partition(|(_, feature)| !feature.polygons.is_empty());
    told.tell("have no polygon", empty.into_iter().map(|(name, _)| name).collect());
    let outline = |(name, feature): (String, GeoFeature)| Outline { name, polygons: feature.polygons.into() };
    let map = PlaceMap {
        input: told.file.clone(),
        level: level.to_owned(),
        outlines: drawn.into_iter().map(outline).collect(),
    };
    // Of several tables the one that a map fits best says what is missing: others may be of a part of the country.
    let maps = std::slice::from_ref(&map);
    let fits = tables(contests).filter_map(|table| {
        let position = table.areas.iter().position(|area| area.level == level)?;
        MappedAreas::of(maps, table, position)
    });
    match fits.min_by_key(|areas| areas.unknown.len() + areas.ambiguous.len()) {
        Some(areas) => {
            told.tell(&format!("have names that no {level} of the tables has"), areas.unknown);
            told.tell(&format!("have names that fit more than one {level}"), areas.ambiguous);
        }
        None => {
            let why = format!("no table has areas of the level {level:?}, so that nothing is drawn");
            told.opened.set_aside.push(PassedOver { path: told.file.clone(), why });
        }
    }
    told.opened.record.maps.push(map);
}

fn stations(named: &[(String, GeoFeature)], contests: &mut [Contest], told: &mut Told<'_>) {
    let point = |feature: &GeoFeature| match feature.points.as_slice() {
        [[longitude, latitude]] => Coordinates::new(*latitude, *longitude),
        _ => None,
    };
    let without = named.iter().filter(|(_, feature)| point(feature).is_none());
    told.tell("are not one point", without.map(|(name, _)| name.clone()).collect());
    // The best that a name is in any table: one station, several, none.
    let mut best = vec![0u8; named.len()];
    let all = contests.iter_mut().flat_map(|contest| &mut contest.releases);
    for table in all.filter_map(|release| release.stations.as_mut()) {
        let index = table.station_names();
        let mut first: Vec<Option<usize>> = vec![None; table.len()];
        for (number, ((name, feature), best)) in named.iter().zip(&mut best).enumerate() {
            match index.find(name) {
                // Two places of one station: which is right, the map does not say.
                NameMatch::One(row) if first[row].is_none_or(|first| point(&named[first].1) == point(feature)) => {
                    *best = 2;
                    first[row] = Some(number);
                }
                NameMatch::One(_) | NameMatch::Several => *best = (*best).max(1),
                NameMatch::None => {}
            }
        }
        for (row, number) in first.into_iter().enumerate() {
            if let Some(at) = number.and_then(|number| point(&named[number].1)) {
                table.place(row, at);
            }
        }
    }
    let of = |wanted: u8| named.iter().zip(&best).filter(move |(_, best)| **best == wanted);
    told.tell("have names that no station has", of(0).map(|((name, _), _)| name.clone()).collect());
    told.tell("have names that fit more than one station", of(1).map(|((name, _), _)| name.clone()).collect());
}
