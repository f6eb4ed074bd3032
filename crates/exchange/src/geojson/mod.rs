//! Maps as GeoJSON (RFC 7946): features with names and where they are.
//!
//! A file is a FeatureCollection, a Feature or a geometry. Features are read one after the other; of a feature its wanted properties
//! and its geometry are kept, as polygons and points in degrees of WGS 84. A third number of a position, lines, bounding boxes and
//! foreign members are passed over. Rings may run either way round (RFC 7946, 3.1.6: older files do); what is written runs as it asks.

mod fault;
mod geometry;
mod json;

use adil_finding::Polygon;

pub use fault::GeoFault;
pub use json::read_geojson;

/// What reading a map may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GeoLimits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Features.
    pub features: u64,
    /// Positions and lists of positions of all features together.
    pub positions: u64,
    /// Collections in collections.
    pub depth: usize,
    /// Bytes of a name.
    pub name_bytes: usize,
}

impl Default for GeoLimits {
    fn default() -> Self {
        Self { bytes: 256 << 20, features: 200_000, positions: 4_000_000, depth: 8, name_bytes: 1_000 }
    }
}

/// A feature.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GeoFeature {
    /// Its number in the file, from 1.
    pub number: u64,
    /// The wanted properties, in the order in which they were asked for; `None` where the feature has none of that name, or an empty one.
    pub properties: Vec<Option<String>>,
    /// Its polygons.
    pub polygons: Vec<Polygon>,
    /// Its points: longitude and latitude.
    pub points: Vec<[f64; 2]>,
    /// Its lines, which are not kept.
    pub lines: u64,
}

impl GeoFeature {
    /// The first wanted property that the feature has.
    pub fn first(&self) -> Option<&str> {
        self.properties.iter().find_map(Option::as_deref)
    }

    /// All wanted properties as one name, from the widest; `None` where one is missing.
    pub fn joined(&self) -> Option<String> {
        let parts: Option<Vec<&str>> = self.properties.iter().map(Option::as_deref).collect();
        parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join(" / "))
    }
}
