//! Columns that stand beside the protocol: reports of turnout during the vote, and where a station is.

use crate::Counts;

/// How many had voted by a time, station by station.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TurnoutReport {
    /// The time, as it is shown.
    pub time: String,
    /// Whether this is no report but the protocol's number, filled in afterwards.
    pub protocol: bool,
    /// Voters until then.
    pub voters: Counts,
}

/// A point on the Earth, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coordinates {
    /// North of the equator, from -90 to 90.
    pub latitude: f64,
    /// East of Greenwich, from -180 to 180.
    pub longitude: f64,
}

impl Coordinates {
    /// The Earth's mean radius in kilometres (that of the International Union of Geodesy and Geophysics).
    pub const MEAN_RADIUS: f64 = 6371.0088;

    /// A point; `None` where there is none of these degrees.
    pub fn new(latitude: f64, longitude: f64) -> Option<Self> {
        let is_point = (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude);
        is_point.then_some(Self { latitude, longitude })
    }

    /// The distance to another point in kilometres, along a great circle of a sphere of the Earth's mean radius:
    /// `2 r asin sqrt(sin²(Δφ/2) + cos φ₁ cos φ₂ sin²(Δλ/2))`.
    pub fn kilometres_to(self, other: Self) -> f64 {
        let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let across = self.latitude.to_radians().cos() * other.latitude.to_radians().cos();
        let chord = half(self.latitude, other.latitude) + across * half(self.longitude, other.longitude);
        2.0 * Self::MEAN_RADIUS * chord.clamp(0.0, 1.0).sqrt().asin()
    }

    /// The chord of an arc of so many kilometres on a sphere of radius 1, as distances between points of one are measured.
    pub fn chord(kilometres: f64) -> f64 {
        2.0 * (0.5 * kilometres / Self::MEAN_RADIUS).sin()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_along_great_circles() {
        let at = |latitude, longitude| Coordinates::new(latitude, longitude).expect("a point");
        // A quarter of the equator is a quarter of 2 pi r; so is the way to a pole.
        let quarter = std::f64::consts::FRAC_PI_2 * 6371.0088;
        assert!((at(0.0, 10.0).kilometres_to(at(0.0, 100.0)) - quarter).abs() < 1e-6);
        assert!((at(0.0, 10.0).kilometres_to(at(90.0, -70.0)) - quarter).abs() < 1e-6);
        // Across the date line two degrees of the equator are 4 pi r / 360.
        let two = 4.0 * std::f64::consts::PI * 6371.0088 / 360.0;
        assert!((at(0.0, 179.0).kilometres_to(at(0.0, -179.0)) - two).abs() < 1e-6);
        assert_eq!(at(50.0, 3.0).kilometres_to(at(50.0, 3.0)), 0.0);
    }

    #[test]
    fn degrees_beyond_the_globe_are_no_point() {
        assert_eq!(Coordinates::new(90.1, 0.0), None);
        assert_eq!(Coordinates::new(0.0, -180.5), None);
        assert_eq!(Coordinates::new(f64::NAN, 0.0), None);
    }
}
