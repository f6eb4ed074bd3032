//! From degrees to places in a drawing.

use adil_finding::{Map, MapPoint};

/// Kilometres of the Earth's mean radius.
const EARTH_KILOMETRES: f64 = 6371.0088;
/// Room around the map.
const MARGIN: f64 = 6.0;
/// The largest height of a map, and the smallest.
const HEIGHTS: (f64, f64) = (620.0, 120.0);
/// A map of a single point shows so many degrees around it.
const LEAST_DEGREES: f64 = 0.01;

/// A projection about the middle of a map, scaled to the drawing.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Projection {
    /// The middle, in degrees.
    pub(super) longitude: f64,
    pub(super) latitude: f64,
    /// Where the globe is cut: longitudes are brought to the 360 degrees from here.
    cut: f64,
    /// Units of the drawing in a radius of the Earth.
    scale: f64,
    left: f64,
    top: f64,
    /// The height of the drawing.
    pub(super) height: f64,
    pub(super) units_per_kilometre: f64,
}

impl Projection {
    /// The projection of what a map has; `None` where it has nothing.
    pub(super) fn of(map: &Map, points: &[&MapPoint], width: f64) -> Option<Self> {
        let rings = map.areas.iter().flat_map(|area| area.polygons.iter().flatten().flatten());
        let points = points.iter().map(|point| [point.longitude, point.latitude]);
        let positions: Vec<[f64; 2]> =
            rings.copied().chain(points).filter(|[a, b]| a.is_finite() && b.is_finite()).collect();
        let latitudes = Range::of(positions.iter().map(|[_, latitude]| *latitude))?;
        let cut = widest_gap(positions.iter().map(|[longitude, _]| *longitude));
        let longitudes = Range::of(positions.iter().map(|[longitude, _]| (longitude - cut).rem_euclid(360.0)))?;
        let mut projection = Self {
            longitude: wrapped(cut + longitudes.middle()),
            latitude: latitudes.middle(),
            cut,
            scale: 1.0,
            left: 0.0,
            top: 0.0,
            height: 0.0,
            units_per_kilometre: 0.0,
        };
        let drawn = || positions.iter().filter_map(|[longitude, latitude]| projection.at(*longitude, *latitude));
        let (across, down) = (Range::of(drawn().map(|(x, _)| x))?, Range::of(drawn().map(|(_, y)| y))?);
        let least = LEAST_DEGREES.to_radians();
        let (wide, high) = (across.size().max(least), down.size().max(least));
        let scale = ((width - 2.0 * MARGIN) / wide).min((HEIGHTS.0 - 2.0 * MARGIN) / high);
        projection.scale = scale;
        projection.height = (high * scale + 2.0 * MARGIN).max(HEIGHTS.1);
        projection.left = width / 2.0 - across.middle() * scale;
        projection.top = projection.height / 2.0 - down.middle() * scale;
        projection.units_per_kilometre = scale / EARTH_KILOMETRES;
        Some(projection)
    }

    /// Where a position lies in the drawing; `None` at the point opposite to the middle, which lies everywhere around.
    ///
    /// With c the angle from the middle, k = sqrt(2 / (1 + cos c)), x = k cos φ sin(λ - λ0),
    /// y = k (cos φ0 sin φ - sin φ0 cos φ cos(λ - λ0)).
    pub(super) fn at(&self, longitude: f64, latitude: f64) -> Option<(f64, f64)> {
        let (sine, cosine) = latitude.to_radians().sin_cos();
        let (middle_sine, middle_cosine) = self.latitude.to_radians().sin_cos();
        let (sine_across, cosine_across) = (longitude - self.longitude).to_radians().sin_cos();
        let opposite = 1.0 + middle_sine * sine + middle_cosine * cosine * cosine_across;
        if opposite < 1e-9 || !opposite.is_finite() {
            return None;
        }
        let k = (2.0 / opposite).sqrt();
        let x = k * cosine * sine_across;
        let y = k * (middle_cosine * sine - middle_sine * cosine * cosine_across);
        Some((self.left + self.scale * x, self.top - self.scale * y))
    }
}

/// The points of a map that lie among the others: of votes abroad a handful would leave a country as a dot.
///
/// With outlines, those within the rectangle around them and a quarter of its sides more; without, those within three times the
/// distance of the quartiles from these, where nine in ten are.
pub(super) fn together(map: &Map) -> Vec<&MapPoint> {
    let of = |at: usize| {
        let rings = map.areas.iter().flat_map(|area| area.polygons.iter().flatten().flatten());
        if let Some(range) = Range::of(rings.map(|position| position[at])) {
            return Some(range.wider(0.25));
        }
        let coordinate = |point: &MapPoint| [point.longitude, point.latitude][at];
        let mut sorted: Vec<f64> = map.points.iter().map(coordinate).collect();
        sorted.sort_by(f64::total_cmp);
        let quartile = |quarters: usize| sorted.get(sorted.len().saturating_sub(1) * quarters / 4).copied();
        Some(Range { low: quartile(1)?, high: quartile(3)? }.wider(3.0))
    };
    let (Some(across), Some(up)) = (of(0), of(1)) else { return Vec::new() };
    let is_near = |point: &&MapPoint| across.holds(point.longitude) && up.holds(point.latitude);
    let near: Vec<&MapPoint> = map.points.iter().filter(is_near).collect();
    let has_outlines = map.areas.iter().any(|area| !area.polygons.is_empty());
    if has_outlines || 10 * near.len() >= 9 * map.points.len() { near } else { map.points.iter().collect() }
}

/// From -180 to 180.
fn wrapped(longitude: f64) -> f64 {
    (longitude + 180.0).rem_euclid(360.0) - 180.0
}

/// The middle of the widest range of longitudes in which nothing lies, in whole degrees: there the globe can be cut.
fn widest_gap(longitudes: impl Iterator<Item = f64>) -> f64 {
    let mut taken = [false; 360];
    for longitude in longitudes {
        if let Some(slot) = taken.get_mut((longitude + 180.0).rem_euclid(360.0) as usize) {
            *slot = true;
        }
    }
    let (mut best, mut run) = ((0, 0), 0);
    // Twice around, so that a gap over the antimeridian is one.
    for index in 0..720 {
        run = if taken[index % 360] { 0 } else { (run + 1).min(360) };
        if run > best.0 {
            best = (run, index);
        }
    }
    wrapped(best.1 as f64 + 1.0 - best.0 as f64 / 2.0 - 180.0)
}

/// The ends of some numbers.
struct Range {
    low: f64,
    high: f64,
}

impl Range {
    fn of(numbers: impl Iterator<Item = f64>) -> Option<Self> {
        let mut range: Option<Self> = None;
        for number in numbers {
            let known = range.get_or_insert(Self { low: number, high: number });
            known.low = known.low.min(number);
            known.high = known.high.max(number);
        }
        range
    }

    fn middle(&self) -> f64 {
        (self.low + self.high) / 2.0
    }

    /// With so many times its size more at each end.
    fn wider(&self, times: f64) -> Self {
        Self { low: self.low - times * self.size(), high: self.high + times * self.size() }
    }

    fn holds(&self, number: f64) -> bool {
        (self.low..=self.high).contains(&number)
    }

    fn size(&self) -> f64 {
        self.high - self.low
    }
}
