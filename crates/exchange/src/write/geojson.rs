//! A contest as GeoJSON (RFC 7946): a point for each station whose place is known, and the areas of one level with their outlines.
//!
//! Properties are numbers and names as the record has them; turnout and shares are fractions from 0 to 1, null where they cannot be
//! taken. Degrees are rounded to seven decimals, a centimetre (RFC 7946, 11.2). Outer rings run counterclockwise and holes clockwise, as the specification asks. A feature stands on a line of its own.

use std::io::{self, Write};

use adil_finding::{Polygon, Ring};
use adil_record::{Counts, MappedAreas, PlaceMap, STATION_LEVEL, StationTable};
use serde_json::{Map, Value, json};

use super::ExportedContest;

pub(super) fn write(exported: &ExportedContest<'_>, maps: &[PlaceMap], out: &mut dyn Write) -> io::Result<()> {
    let table = exported.table;
    let sums = Sums::of(exported);
    let mut features = Features { out, any: false };
    features.out.write_all(b"{\"type\":\"FeatureCollection\",\"features\":[")?;
    if let Some(areas) = MappedAreas::widest(maps, table) {
        let mut rows: Vec<Vec<usize>> = vec![Vec::new(); areas.areas.len()];
        for (row, &area) in areas.of_station.iter().enumerate() {
            rows[area].push(row);
        }
        for (area, rows) in areas.areas.iter().zip(&rows).filter(|(area, _)| !area.polygons.is_empty()) {
            let mut properties = Map::new();
            properties.insert("level".to_owned(), areas.level.as_str().into());
            properties.insert("name".to_owned(), area.name.as_str().into());
            properties.insert("stations".to_owned(), rows.len().into());
            sums.put(rows, &mut properties);
            features.write(&outline(&area.polygons), properties)?;
        }
    }
    for row in 0..table.len() {
        let Some(at) = table.coordinates_of(row) else { continue };
        let mut properties = Map::new();
        properties.insert("level".to_owned(), STATION_LEVEL.into());
        properties.insert("name".to_owned(), table.name(row).into());
        properties.insert("station".to_owned(), table.stations.get(row).into());
        let areas = table.areas.iter().map(|area| (area.level.clone(), Value::from(area.names.get(row))));
        properties.insert("areas".to_owned(), Value::Object(areas.collect()));
        sums.put(&[row], &mut properties);
        features.write(&json!({"type": "Point", "coordinates": rounded(&[at.longitude, at.latitude])}), properties)?;
    }
    features.out.write_all(b"\n]}\n")
}

struct Features<'o> {
    out: &'o mut dyn Write,
    any: bool,
}

impl Features<'_> {
    fn write(&mut self, geometry: &Value, properties: Map<String, Value>) -> io::Result<()> {
        self.out.write_all(if self.any { b",\n" } else { b"\n" })?;
        self.any = true;
        let feature = json!({"type": "Feature", "geometry": geometry, "properties": properties});
        Ok(serde_json::to_writer(&mut *self.out, &feature)?)
    }
}

/// The columns that areas are summed over.
struct Sums<'a> {
    table: &'a StationTable,
    options: Vec<&'a str>,
    base: Option<Counts>,
    voted: Option<Counts>,
}

impl<'a> Sums<'a> {
    fn of(exported: &ExportedContest<'a>) -> Self {
        let options = exported.contest.options.iter().map(|option| option.name.as_str()).collect();
        let table = exported.table;
        Self { table, options, base: table.share_base(), voted: table.turnout_numerator() }
    }

    /// Lines, turnout, votes and shares of some rows together.
    fn put(&self, rows: &[usize], properties: &mut Map<String, Value>) {
        // A sum over the rows in which both are known, so that a fraction is of what it is taken of.
        let share = |part: &Counts, whole: Option<&Counts>| {
            let known = rows.iter().filter_map(|&row| Some((part.get(row)?, whole?.get(row)?)));
            let (part, whole) = known.fold((0u64, 0u64), |(a, b), (c, d)| (a + u64::from(c), b + u64::from(d)));
            if whole > 0 { Value::from(part as f64 / whole as f64) } else { Value::Null }
        };
        let sum = |counts: &Counts| {
            let known: Vec<u64> = rows.iter().filter_map(|&row| counts.get(row)).map(u64::from).collect();
            if known.is_empty() { Value::Null } else { known.iter().sum::<u64>().into() }
        };
        for (term, counts) in &self.table.lines {
            properties.insert(term.id().to_owned(), sum(counts));
        }
        let registered = self.table.line(adil_record::Term::Registered);
        let turnout = self.voted.as_ref().map_or(Value::Null, |voted| share(voted, registered));
        properties.insert("turnout".to_owned(), turnout);
        let named = |of: &dyn Fn(&Counts) -> Value| {
            let all = self.options.iter().zip(&self.table.votes).map(|(name, votes)| ((*name).to_owned(), of(votes)));
            Value::Object(all.collect())
        };
        properties.insert("votes".to_owned(), named(&sum));
        properties.insert("shares".to_owned(), named(&|votes| share(votes, self.base.as_ref())));
    }
}

/// A Polygon, or a MultiPolygon where there are several.
fn outline(polygons: &[Polygon]) -> Value {
    let turned: Vec<Polygon> = polygons.iter().map(turned).collect();
    match turned.as_slice() {
        [only] => json!({"type": "Polygon", "coordinates": only}),
        several => json!({"type": "MultiPolygon", "coordinates": several}),
    }
}

fn turned(polygon: &Polygon) -> Polygon {
    let turn = |(index, ring): (usize, &Ring)| {
        let mut ring: Ring = ring.iter().map(rounded).collect();
        // A ring without area runs neither way.
        let area = doubled_area(&ring);
        if if index == 0 { area < 0.0 } else { area > 0.0 } {
            ring.reverse();
        }
        ring
    };
    polygon.iter().enumerate().map(turn).collect()
}

/// Degrees to seven decimals.
fn rounded(position: &[f64; 2]) -> [f64; 2] {
    const PER_DEGREE: f64 = 1e7;
    position.map(|degrees| (degrees * PER_DEGREE).round() / PER_DEGREE)
}

/// Twice the area that a ring encloses in the plane of its degrees: above zero where it runs counterclockwise.
fn doubled_area(ring: &[[f64; 2]]) -> f64 {
    ring.windows(2).map(|pair| if let [a, b] = pair { a[0] * b[1] - b[0] * a[1] } else { 0.0 }).sum()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use adil_record::{Area, Contest, ContestOption, Coordinates, Names, Outline, Release, Term};
    use proptest::prelude::*;

    use super::*;
    use crate::{GeoLimits, read_geojson};

    fn names(list: &[String]) -> Names {
        let mut names = Names::default();
        list.iter().for_each(|name| names.push(name));
        names
    }

    fn written(table: &StationTable, maps: &[PlaceMap]) -> Vec<u8> {
        let option = ContestOption { id: "o".into(), name: "=A".into(), incumbent: false };
        let contest = Contest { options: vec![option], ..Contest::default() };
        let release = Release::default();
        let mut out = Vec::new();
        let exported = ExportedContest { contest: &contest, release: &release, table };
        write(&exported, maps, &mut out).expect("a vector takes everything");
        out
    }

    #[test]
    fn fractions_are_of_the_sums() {
        let ring = vec![[0.0, 0.0], [0.0, 1.0], [1.0, 1.0], [0.0, 0.0]];
        let map = PlaceMap {
            input: String::new(),
            level: "region".into(),
            outlines: vec![Outline { name: "n".into(), polygons: Arc::from(vec![vec![ring]]) }],
        };
        let table = StationTable {
            areas: vec![Area { level: "region".into(), names: names(&["N".into(), "N".into()]) }],
            stations: names(&["1".into(), "2".into()]),
            lines: vec![
                (Term::Registered, [Some(100), Some(300)].into_iter().collect()),
                (Term::InBoxes, [Some(50), Some(250)].into_iter().collect()),
                (Term::Valid, [Some(40), Some(200)].into_iter().collect()),
            ],
            votes: vec![[Some(10), Some(50)].into_iter().collect()],
            coordinates: vec![None, Coordinates::new(51.5, -0.25)],
            ..StationTable::default()
        };
        let value: Value = serde_json::from_slice(&written(&table, &[map])).expect("it is JSON");
        let area = &value["features"][0];
        // 300 of 400 voted, 60 of 240 valid votes were for the option: shares are taken of what the table says, here ballots.
        assert_eq!(area["properties"]["turnout"], 300.0 / 400.0);
        assert_eq!(area["properties"]["registered"], 400);
        // Clockwise in the map, counterclockwise in the file.
        let turned = json!([[[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]]);
        assert_eq!(area["geometry"], json!({"type": "Polygon", "coordinates": turned}));
        let station = &value["features"][1];
        assert_eq!(station["geometry"], json!({"type": "Point", "coordinates": [-0.25, 51.5]}));
        assert_eq!(station["properties"]["votes"]["=A"], 50);
        assert_eq!(value["features"].as_array().map(Vec::len), Some(2), "a station without a place is not in it");
    }

    fn position() -> impl Strategy<Value = [f64; 2]> {
        let seven = |degrees: i64| degrees as f64 / 1e7;
        (-1_800_000_000..=1_800_000_000i64, -900_000_000..=900_000_000i64)
            .prop_map(move |(longitude, latitude)| [seven(longitude), seven(latitude)])
    }

    fn polygons() -> impl Strategy<Value = Vec<Polygon>> {
        let ring = prop::collection::vec(position(), 3..8).prop_map(|mut ring| {
            ring.push(ring[0]);
            ring
        });
        prop::collection::vec(prop::collection::vec(ring, 1..3), 1..4)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn there_and_back(areas in prop::collection::vec((".{1,12}[a-z]", polygons()), 1..5), places in prop::collection::vec(position(), 5)) {
            let list: Vec<String> = areas.iter().enumerate().map(|(number, (name, _))| format!("{number}{}", name.trim())).collect();
            let outlines = list.iter().zip(&areas).map(|(name, (_, polygons))| Outline {
                name: name.clone(),
                polygons: polygons.iter().map(turned).collect(),
            });
            let outlines: Vec<Outline> = outlines.collect();
            let map = PlaceMap { input: String::new(), level: "region".into(), outlines: outlines.clone() };
            let at = places.iter().take(list.len()).map(|[longitude, latitude]| Coordinates::new(*latitude, *longitude));
            let table = StationTable {
                areas: vec![Area { level: "region".into(), names: names(&list) }],
                stations: names(&list),
                votes: vec![list.iter().map(|_| Some(1)).collect()],
                coordinates: at.collect(),
                ..StationTable::default()
            };
            let bytes = written(&table, &[map]);
            let read = read_geojson(&mut bytes.as_slice(), &["name", "level"], &GeoLimits::default()).expect("what is written is read");
            prop_assert_eq!(read.len(), 2 * list.len());
            for (feature, outline) in read.iter().zip(&outlines) {
                prop_assert_eq!(feature.first(), Some(outline.name.as_str()));
                prop_assert_eq!(&feature.polygons[..], &outline.polygons[..]);
            }
            for (feature, place) in read[list.len()..].iter().zip(&places) {
                prop_assert_eq!(&feature.points, &vec![*place]);
                prop_assert_eq!(feature.properties[1].as_deref(), Some("station"));
            }
        }
    }
}
