//! What is wrong with a feature.

/// What is wrong with a feature or geometry; the error that carries it names the feature's number.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum GeoFault {
    /// No type.
    #[error("has no \"type\"; {EXPECTED}")]
    NoType,
    /// A type that is none of RFC 7946, or not here.
    #[error("has the type {0:?}; {EXPECTED}")]
    Type(String),
    /// TopoJSON.
    #[error("is TopoJSON, which shares borders between areas and is not read; export it as GeoJSON")]
    Topology,
    /// A member that is missing.
    #[error("a {kind} without {member:?}")]
    Without {
        /// The type.
        kind: String,
        /// The member.
        member: &'static str,
    },
    /// Coordinates that are not lists of positions as deep as the type has them.
    #[error("the coordinates of a {0} are not nested as those of one are")]
    Nesting(String),
    /// A position with fewer than two numbers.
    #[error("position {0} has fewer than two numbers; longitude and latitude were expected")]
    Position(usize),
    /// A number of a position that is no degree.
    #[error(
        "position {position} has the {what} {found}, which is outside of -{most} to {most}; degrees of WGS 84, longitude first, were expected: export the map in EPSG:4326"
    )]
    Degrees {
        /// Which position, counted from 1 in its ring or list.
        position: usize,
        /// `longitude` or `latitude`.
        what: &'static str,
        /// What stands there.
        found: f64,
        /// The largest there is.
        most: u16,
    },
    /// A ring that is not closed.
    #[error("ring {ring} of polygon {polygon} is not closed: its last position is not its first")]
    Open {
        /// The polygon, counted from 1 in its geometry.
        polygon: usize,
        /// The ring, counted from 1; the first is the outer one.
        ring: usize,
    },
    /// A ring that encloses nothing.
    #[error(
        "ring {ring} of polygon {polygon} has {positions} positions; at least four were expected, the last as the first"
    )]
    Short {
        /// The polygon, counted from 1 in its geometry.
        polygon: usize,
        /// The ring, counted from 1; the first is the outer one.
        ring: usize,
        /// How many it has.
        positions: usize,
    },
    /// Collections in collections.
    #[error("collections are nested more than {0} deep, the most that is read")]
    Depth(usize),
    /// A name that is too long.
    #[error("the property {name:?} is longer than {limit} bytes, the most that is read")]
    LongName {
        /// The property.
        name: String,
        /// The limit.
        limit: usize,
    },
    /// The same member twice.
    #[error("has {0:?} twice")]
    Twice(&'static str),
}

const EXPECTED: &str =
    "a FeatureCollection, Feature, Polygon, MultiPolygon, Point, MultiPoint or GeometryCollection was expected";

// Degrees that are found are never NaN: JSON has none.
impl Eq for GeoFault {}
