//! Outlines as paths of few letters: positions that cannot be seen are left out (Douglas and Peucker, Cartographica 10, 1973).

use std::fmt::Write as _;

use adil_finding::Map;

use super::projection::Projection;

/// Bytes of all paths of a map. Outlines are drawn coarser until they fit.
pub(super) const MOST_BYTES: usize = 150_000;
/// How far a line may lie from where it was, in units of the drawing, at first and at most.
const TOLERANCES: (f64, f64) = (0.4, 60.0);
/// Positions that are simplified together: the time grows with their number times this.
const TOGETHER: usize = 256;

/// A ring in whole tenths of a unit of the drawing.
type Drawn = Vec<(i32, i32)>;

/// The rings of each area.
pub(super) struct Outlines {
    pub(super) areas: Vec<Vec<Drawn>>,
}

impl Outlines {
    pub(super) fn of(map: &Map, projection: &Projection) -> Self {
        let projected: Vec<Vec<Vec<(f64, f64)>>> = map
            .areas
            .iter()
            .map(|area| area.polygons.iter().flatten().map(|ring| project(ring, projection)).collect())
            .collect();
        let mut tolerance = TOLERANCES.0;
        loop {
            let areas: Vec<Vec<Drawn>> = projected.iter().map(|rings| simplified(rings, tolerance)).collect();
            let bytes: usize = areas.iter().map(|rings| path(rings).len()).sum();
            if bytes <= MOST_BYTES || tolerance > TOLERANCES.1 {
                return Self { areas };
            }
            tolerance *= 1.6;
        }
    }
}

fn project(ring: &[[f64; 2]], projection: &Projection) -> Vec<(f64, f64)> {
    ring.iter().filter_map(|[longitude, latitude]| projection.at(*longitude, *latitude)).collect()
}

/// The rings of an area that can be seen; of an area that is too small, its largest one as a dot.
fn simplified(rings: &[Vec<(f64, f64)>], tolerance: f64) -> Vec<Drawn> {
    let mut drawn: Vec<Drawn> =
        rings.iter().map(|ring| simple(ring, tolerance)).filter(|ring| ring.len() >= 3).collect();
    if drawn.is_empty() {
        let largest = rings.iter().max_by(|a, b| size(a).total_cmp(&size(b)));
        if let Some((x, y)) = largest.and_then(|ring| ring.first()) {
            let (x, y) = tenths((*x, *y));
            drawn.push(vec![(x - 5, y - 5), (x + 5, y - 5), (x + 5, y + 5), (x - 5, y + 5)]);
        }
    }
    drawn
}

/// The largest side of the rectangle around a ring.
fn size(ring: &[(f64, f64)]) -> f64 {
    let side = |of: fn(&(f64, f64)) -> f64| {
        let ends = ring.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(x), b.max(x)));
        ends.1 - ends.0
    };
    side(|place| place.0).max(side(|place| place.1))
}

fn tenths((x, y): (f64, f64)) -> (i32, i32) {
    ((x * 10.0).round() as i32, (y * 10.0).round() as i32)
}

/// A ring without what lies nearer than the tolerance to the line that is left, and without its repeated last place.
fn simple(ring: &[(f64, f64)], tolerance: f64) -> Drawn {
    // A ring smaller than the tolerance is a dot.
    if size(ring) < 2.0 * tolerance {
        return Vec::new();
    }
    let mut kept: Drawn = Vec::new();
    for part in ring.chunks(TOGETHER) {
        for place in line(part, tolerance) {
            let place = tenths(place);
            if kept.last() != Some(&place) {
                kept.push(place);
            }
        }
    }
    if kept.len() > 1 && kept.first() == kept.last() {
        kept.pop();
    }
    kept
}

fn line(places: &[(f64, f64)], tolerance: f64) -> Vec<(f64, f64)> {
    let mut keep = vec![false; places.len()];
    let mut open = vec![(0, places.len().saturating_sub(1))];
    while let Some((from, to)) = open.pop() {
        let (Some(&start), Some(&end)) = (places.get(from), places.get(to)) else { continue };
        for at in [from, to] {
            keep[at] = true;
        }
        let between = from + 1..to;
        let far = between.map(|at| (distance(places[at], start, end), at)).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, at)) = far.filter(|(far, _)| *far > tolerance) {
            open.extend([(from, at), (at, to)]);
        }
    }
    places.iter().zip(keep).filter(|(_, keep)| *keep).map(|(place, _)| *place).collect()
}

/// From a place to the line between two others.
fn distance(place: (f64, f64), start: (f64, f64), end: (f64, f64)) -> f64 {
    let (x, y) = (end.0 - start.0, end.1 - start.1);
    let length = x.hypot(y);
    let (from_x, from_y) = (place.0 - start.0, place.1 - start.1);
    if length == 0.0 { from_x.hypot(from_y) } else { (from_x * y - from_y * x).abs() / length }
}

/// Rings as the data of a path, with steps from place to place.
pub(super) fn path(rings: &[Drawn]) -> String {
    let mut path = String::new();
    for ring in rings {
        let mut last = (0, 0);
        for (index, &(x, y)) in ring.iter().enumerate() {
            let _ = match index {
                0 => write!(path, "M{x} {y}l"),
                _ => write!(path, "{}{} {}", if index == 1 { "" } else { " " }, x - last.0, y - last.1),
            };
            last = (x, y);
        }
        path.push('z');
    }
    path
}
