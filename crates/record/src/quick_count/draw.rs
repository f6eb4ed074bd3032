//! The drawing of a sample: a function of the frame, the seed and the sizes, which anyone can repeat.

use sha2::{Digest, Sha256};

use super::{Design, Frame, QuickCountError};

/// The rule by which samples are drawn, as a design names it.
pub const RULE: &str = "adil-quickcount-1";

/// A stratum of a drawn sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SampledStratum {
    /// Its name.
    pub name: String,
    /// Units in the frame: stations, or clusters of them.
    pub units: u64,
    /// The units drawn, in the order of their numbers, each with the places of its stations in the frame.
    pub drawn: Vec<Vec<usize>>,
}

/// Draws the sample of a design.
///
/// ```text
/// Q3  number(unit) = SHA-256("adil-quickcount-1" LF seed LF frame's digest LF stratum LF unit LF)
/// Q4  the sample of a stratum of size n are the n units with the smallest numbers
/// ```
///
/// # Errors
/// The frame is another than the design's (Q1), its strata are (Q2), or more units are to be drawn than there are.
pub fn draw(design: &Design, frame: &Frame) -> Result<Vec<SampledStratum>, QuickCountError> {
    if frame.sha256 != design.frame_sha256 {
        return Err(QuickCountError::OtherFrame { found: frame.sha256.clone(), expected: design.frame_sha256.clone() });
    }
    let undrawn = design.stratum.iter().find(|size| !frame.strata.contains(&size.name));
    if let Some(size) = undrawn {
        return Err(QuickCountError::OtherStratum { stratum: size.name.clone(), found: 0, expected: size.units });
    }
    let mut strata = Vec::with_capacity(frame.strata.len());
    for (at, name) in frame.strata.iter().enumerate() {
        let units = frame.units(at);
        let size = design.stratum.iter().find(|size| size.name == *name);
        let (expected, wanted) = size.map_or((0, 0), |size| (size.units, size.drawn));
        let found = units.len() as u64;
        if found != expected {
            return Err(QuickCountError::OtherStratum { stratum: name.clone(), found, expected });
        }
        if wanted == 0 || wanted > found {
            return Err(QuickCountError::Size { stratum: name.clone(), units: found, wanted });
        }
        let mut numbered: Vec<([u8; 32], Vec<usize>)> =
            units.into_iter().map(|(unit, stations)| (number(design, name, unit), stations)).collect();
        numbered.sort();
        let drawn = numbered.into_iter().take(usize::try_from(wanted).unwrap_or(usize::MAX));
        strata.push(SampledStratum {
            name: name.clone(),
            units: found,
            drawn: drawn.map(|(_, stations)| stations).collect(),
        });
    }
    Ok(strata)
}

/// The number of a unit.
fn number(design: &Design, stratum: &str, unit: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for line in [RULE, &design.seed, &design.frame_sha256, stratum, unit] {
        hash.update(line.as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().into()
}
