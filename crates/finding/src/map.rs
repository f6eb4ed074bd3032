//! Maps as data: areas with a value each, and points; the report projects and draws them.

use std::sync::Arc;

use crate::{Axis, Figure, Message};

/// A closed line of positions: degrees of longitude (east of Greenwich, from -180 to 180) and latitude (from -90 to 90); the last
/// position is the first.
pub type Ring = Vec<[f64; 2]>;

/// An outer ring and the rings of its holes.
pub type Polygon = Vec<Ring>;

/// Areas and points on the Earth.
#[derive(Debug, Clone, PartialEq)]
pub struct Map {
    /// A stable name, unique within the finding.
    pub id: &'static str,
    /// The title.
    pub title: Message,
    /// What is shown, for those who cannot see it.
    pub description: Message,
    /// What the areas' values are, and the range that is shaded; without it areas are outlines only.
    pub value: Option<Axis>,
    /// What it means that an area has no value.
    pub unvalued: Message,
    /// The areas, in the order of the table behind the map.
    pub areas: Vec<MapArea>,
    /// The points, in the order of the table behind the map.
    pub points: Vec<MapPoint>,
    /// What a point is, and what its weight stands for.
    pub size: Message,
    /// What is not on the map, and how much of it.
    pub notes: Vec<Message>,
}

/// An area of a [`Map`].
#[derive(Debug, Clone, PartialEq)]
pub struct MapArea {
    /// Its name, as the record spells it.
    pub name: String,
    /// Where it is; empty where no map says so, and then it is in the table only.
    pub polygons: Arc<[Polygon]>,
    /// Its value, in the unit of [`Map::value`].
    pub value: Option<f64>,
}

/// A point of a [`Map`].
#[derive(Debug, Clone, PartialEq)]
pub struct MapPoint {
    /// Its name, as the record spells it.
    pub name: String,
    /// Degrees east of Greenwich, from -180 to 180.
    pub longitude: f64,
    /// Degrees north of the equator, from -90 to 90.
    pub latitude: f64,
    /// Its weight; the drawn area is proportional to it.
    pub weight: f64,
}

impl Map {
    /// The most points that a map has; who makes one says in a note how many more there are.
    pub const MOST_POINTS: usize = 2_000;
    /// The most areas that a map has; of more, each would be as small as a station, and none could be told from its neighbours.
    pub const MOST_AREAS: usize = 2_000;
}

impl From<Map> for Figure {
    fn from(figure: Map) -> Self {
        Self::Map(figure)
    }
}
