//! From nested lists of numbers to polygons and points.

use adil_finding::{Polygon, Ring};

use super::{GeoFault, GeoFeature};

/// Coordinates as they stand, before their type is known.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Nested {
    Number(f64),
    List(Vec<Nested>),
    /// A list that begins with two numbers; what follows them is not kept.
    Position([f64; 2]),
}

/// Lists in lists: polygons, rings, positions.
pub(super) const DEEPEST: usize = 4;

/// Puts coordinates of a type into a feature.
pub(super) fn place(kind: &str, coordinates: &Nested, feature: &mut GeoFeature) -> Result<(), GeoFault> {
    // RFC 7946, 3.1: a geometry with an empty list may be taken for none.
    if matches!(coordinates, Nested::List(list) if list.is_empty()) {
        return Ok(());
    }
    match kind {
        "Point" => feature.points.push(position(coordinates, 1, kind)?),
        "MultiPoint" => feature.points.extend(positions(coordinates, kind)?),
        "LineString" => {
            positions(coordinates, kind)?;
            feature.lines += 1;
        }
        "MultiLineString" => {
            for line in list(coordinates, kind)? {
                positions(line, kind)?;
                feature.lines += 1;
            }
        }
        "Polygon" => feature.polygons.push(polygon(coordinates, 1, kind)?),
        "MultiPolygon" => {
            for (index, one) in list(coordinates, kind)?.iter().enumerate() {
                feature.polygons.push(polygon(one, index + 1, kind)?);
            }
        }
        other => return Err(GeoFault::Type(other.to_owned())),
    }
    Ok(())
}

fn list<'a>(nested: &'a Nested, kind: &str) -> Result<&'a [Nested], GeoFault> {
    match nested {
        Nested::List(list) => Ok(list),
        Nested::Number(_) | Nested::Position(_) => Err(GeoFault::Nesting(kind.to_owned())),
    }
}

fn polygon(nested: &Nested, number: usize, kind: &str) -> Result<Polygon, GeoFault> {
    let ring = |(index, nested): (usize, &Nested)| {
        let ring: Ring = positions(nested, kind)?;
        if ring.len() < 4 {
            return Err(GeoFault::Short { polygon: number, ring: index + 1, positions: ring.len() });
        }
        if ring.first() != ring.last() {
            return Err(GeoFault::Open { polygon: number, ring: index + 1 });
        }
        Ok(ring)
    };
    let rings: Polygon = list(nested, kind)?.iter().enumerate().map(ring).collect::<Result<_, _>>()?;
    if rings.is_empty() {
        return Err(GeoFault::Nesting(kind.to_owned()));
    }
    Ok(rings)
}

fn positions(nested: &Nested, kind: &str) -> Result<Ring, GeoFault> {
    list(nested, kind)?.iter().enumerate().map(|(index, one)| position(one, index + 1, kind)).collect()
}

fn position(nested: &Nested, number: usize, kind: &str) -> Result<[f64; 2], GeoFault> {
    let [longitude, latitude] = match nested {
        Nested::Position(position) => *position,
        Nested::List(list) if list.iter().all(|one| matches!(one, Nested::Number(_))) => {
            return Err(GeoFault::Position(number));
        }
        Nested::List(_) | Nested::Number(_) => return Err(GeoFault::Nesting(kind.to_owned())),
    };
    for (what, found, most) in [("longitude", longitude, 180), ("latitude", latitude, 90)] {
        let end = f64::from(most);
        if !(-end..=end).contains(&found) {
            return Err(GeoFault::Degrees { position: number, what, found, most });
        }
    }
    Ok([longitude, latitude])
}
