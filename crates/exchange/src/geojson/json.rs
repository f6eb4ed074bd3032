//! The JSON of a map, one feature in memory as JSON at a time.
//!
//! Members of an object may come in any order, so that an object is gathered whole before it is known what it is; only the features of
//! a collection are finished one by one.

mod values;

use std::fmt;
use std::io::{self, BufRead, Read};

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use self::values::{Coordinates, Features, Geometries, Geometry, Properties};
use super::geometry::{DEEPEST, Nested, place};
use super::{GeoFault, GeoFeature, GeoLimits};
use crate::{ExchangeError, Fault, ReadError};

/// Reads the features of a map with those of their properties that are `wanted`.
///
/// # Errors
/// The reader fails; the text is not JSON; a feature cannot be, which is named by its number; a limit is exceeded.
pub fn read_geojson(
    reader: &mut dyn BufRead,
    wanted: &[&str],
    limits: &GeoLimits,
) -> Result<Vec<GeoFeature>, ReadError> {
    if reader.fill_buf().map_err(ReadError::Source)?.starts_with(b"\xef\xbb\xbf") {
        reader.consume(3);
    }
    let mut bounded = Bounded { inner: reader, left: limits.bytes, failed: None, is_over: false };
    let mut state = State { wanted, limits, features: Vec::new(), number: 0, positions: 0, stopped: None };
    let result = {
        let mut json = serde_json::Deserializer::from_reader(&mut bounded);
        let root = Object { state: &mut state, part: Part::Root, depth: 0 };
        root.deserialize(&mut json).and_then(|raw| json.end().map(|()| raw))
    };
    if let Some(failed) = bounded.failed {
        return Err(ReadError::Source(failed));
    }
    if bounded.is_over {
        return Err(ExchangeError::TooMany { what: "bytes", limit: limits.bytes }.into());
    }
    if let Some(stopped) = state.stopped {
        return Err(stopped.into());
    }
    let raw = result.map_err(|error| {
        let said = error.to_string();
        let detail = said.split(" at line ").next().unwrap_or_default().to_owned();
        ExchangeError::Json { line: error.line(), column: error.column(), detail }
    })?;
    match raw.kind.as_deref() {
        Some("FeatureCollection") if raw.has_features => {}
        Some("FeatureCollection") => {
            let fault = GeoFault::Without { kind: "FeatureCollection".to_owned(), member: "features" };
            return Err(Fault::Map(fault).at("the map").into());
        }
        Some("Topology") => return Err(Fault::Map(GeoFault::Topology).at("the map").into()),
        _ => {
            // A feature or a geometry by itself.
            state.number = 1;
            let feature = raw.feature(&state).map_err(|fault| Fault::Map(fault).at("feature 1"))?;
            state.features.push(feature);
        }
    }
    Ok(state.features)
}

/// A reader that keeps the failure of the one below it, and gives no more than a limit.
struct Bounded<'a> {
    inner: &'a mut dyn BufRead,
    left: u64,
    failed: Option<io::Error>,
    is_over: bool,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.inner.read(buffer) {
            Ok(read) if read as u64 > self.left => {
                self.is_over = true;
                Err(io::Error::other("too long"))
            }
            Ok(read) => {
                self.left -= read as u64;
                Ok(read)
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Err(error),
            Err(error) => {
                self.failed = Some(error);
                Err(io::Error::other("the reader below failed"))
            }
        }
    }
}

struct State<'s> {
    wanted: &'s [&'s str],
    limits: &'s GeoLimits,
    features: Vec<GeoFeature>,
    /// The feature being read.
    number: u64,
    positions: u64,
    /// What is refused; serde's errors carry words only.
    stopped: Option<ExchangeError>,
}

impl State<'_> {
    fn stop<E: serde::de::Error>(&mut self, error: ExchangeError) -> E {
        self.stopped.get_or_insert(error);
        E::custom("stopped")
    }

    fn refuse<E: serde::de::Error>(&mut self, fault: GeoFault) -> E {
        let path = if self.number == 0 { "the map".to_owned() } else { format!("feature {}", self.number) };
        self.stop(Fault::Map(fault).at(&path))
    }
}

/// What an object may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Root,
    Feature,
    Geometry,
}

/// An object as it stands.
#[derive(Default)]
struct Raw {
    kind: Option<String>,
    coordinates: Option<Nested>,
    /// `None`: no such member; `Some(None)`: null.
    geometry: Option<Option<Box<Raw>>>,
    geometries: Option<Vec<Raw>>,
    properties: Option<Vec<Option<String>>>,
    has_features: bool,
}

impl Raw {
    fn feature(&self, state: &State<'_>) -> Result<GeoFeature, GeoFault> {
        let none = || vec![None; state.wanted.len()];
        let properties = self.properties.clone().unwrap_or_else(none);
        let mut feature = GeoFeature { number: state.number, properties, ..GeoFeature::default() };
        match (self.kind.as_deref(), &self.geometry) {
            (Some("Feature"), Some(Some(geometry))) => geometry.put(&mut feature)?,
            (Some("Feature"), Some(None)) => {}
            (Some("Feature"), None) => {
                return Err(GeoFault::Without { kind: "Feature".to_owned(), member: "geometry" });
            }
            _ => self.put(&mut feature)?,
        }
        Ok(feature)
    }

    fn put(&self, feature: &mut GeoFeature) -> Result<(), GeoFault> {
        let kind = self.kind.as_deref().ok_or(GeoFault::NoType)?;
        let without = |member| GeoFault::Without { kind: kind.to_owned(), member };
        if kind == "GeometryCollection" {
            let geometries = self.geometries.as_ref().ok_or_else(|| without("geometries"))?;
            return geometries.iter().try_for_each(|geometry| geometry.put(feature));
        }
        match &self.coordinates {
            Some(coordinates) => place(kind, coordinates, feature),
            None if matches!(
                kind,
                "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon"
            ) =>
            {
                Err(without("coordinates"))
            }
            None => Err(GeoFault::Type(kind.to_owned())),
        }
    }
}

struct Object<'p, 's> {
    state: &'p mut State<'s>,
    part: Part,
    depth: usize,
}

impl<'de> DeserializeSeed<'de> for Object<'_, '_> {
    type Value = Raw;

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<Raw, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Object<'_, '_> {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of GeoJSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let Self { state, part, depth } = self;
        if depth > state.limits.depth {
            return Err(state.refuse(GeoFault::Depth(state.limits.depth)));
        }
        let mut raw = Raw::default();
        while let Some(key) = map.next_key::<String>()? {
            let key = key.as_str();
            let once = |state: &mut State<'_>, is_new: bool, name| {
                if is_new { Ok(()) } else { Err(state.refuse::<A::Error>(GeoFault::Twice(name))) }
            };
            match key {
                "type" => {
                    once(state, raw.kind.is_none(), "type")?;
                    raw.kind = Some(map.next_value::<String>()?.chars().take(40).collect());
                }
                "features" if part == Part::Root => {
                    once(state, !raw.has_features, "features")?;
                    raw.has_features = true;
                    map.next_value_seed(Features { state })?;
                }
                "coordinates" if part != Part::Feature => {
                    once(state, raw.coordinates.is_none(), "coordinates")?;
                    raw.coordinates = Some(map.next_value_seed(Coordinates { state, depth: 0 })?);
                }
                "geometry" if part != Part::Geometry => {
                    once(state, raw.geometry.is_none(), "geometry")?;
                    raw.geometry = Some(map.next_value_seed(Geometry { state })?.map(Box::new));
                }
                "geometries" if part != Part::Feature => {
                    once(state, raw.geometries.is_none(), "geometries")?;
                    raw.geometries = Some(map.next_value_seed(Geometries { state, depth: depth + 1 })?);
                }
                "properties" if part != Part::Geometry => {
                    once(state, raw.properties.is_none(), "properties")?;
                    raw.properties = Some(map.next_value_seed(Properties { state })?);
                }
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(raw)
    }
}
