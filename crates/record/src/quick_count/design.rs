//! The design of a quick count: what is published before the vote, so that anyone redraws the sample.

use std::fmt::Write as _;

use serde::Deserialize;

use super::{Frame, FrameColumns, QuickCountError, RULE};
use crate::{OneOrMany, toml_string};

/// A design.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Design {
    /// The rule of drawing.
    pub rule: String,
    /// The seed: a text of one line, best of digits that fell in public after the frame's digest was known.
    pub seed: String,
    /// The frame, beside the design.
    pub frame: String,
    /// The SHA-256 of the frame's file.
    pub frame_sha256: String,
    /// The columns of the frame that name a station.
    pub station: OneOrMany<String>,
    /// The column of strata.
    #[serde(default)]
    pub strata: Option<String>,
    /// The column of clusters.
    #[serde(default)]
    pub clusters: Option<String>,
    /// The column of registers.
    #[serde(default)]
    pub register: Option<String>,
    /// How many units are drawn in each stratum.
    pub stratum: Vec<StratumSize>,
}

/// How many units are drawn in a stratum.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StratumSize {
    /// Its name; empty where the frame is one stratum.
    #[serde(default)]
    pub name: String,
    /// Units in the frame.
    pub units: u64,
    /// Units drawn.
    pub drawn: u64,
}

impl Design {
    /// A design for a frame; `sizes` in the order of its strata.
    ///
    /// # Errors
    /// The seed is empty or has a line break; a size is 0 or above the units that there are.
    pub fn new(
        seed: &str,
        file: &str,
        frame: &Frame,
        columns: &FrameColumns,
        sizes: &[u64],
    ) -> Result<Self, QuickCountError> {
        let of = |(at, name): (usize, &String)| {
            let (units, drawn) = (frame.units(at).len() as u64, sizes.get(at).copied().unwrap_or(0));
            StratumSize { name: name.clone(), units, drawn }
        };
        let design = Self {
            rule: RULE.to_owned(),
            seed: seed.to_owned(),
            frame: file.to_owned(),
            frame_sha256: frame.sha256.clone(),
            station: columns.station.clone(),
            strata: columns.stratum.clone(),
            clusters: columns.cluster.clone(),
            register: columns.register.clone(),
            stratum: frame.strata.iter().enumerate().map(of).collect(),
        };
        design.checked()
    }

    /// Reads a design.
    ///
    /// # Errors
    /// It is no TOML, has other keys, another rule, or a seed that cannot stand in a line.
    pub fn parse(text: &str) -> Result<Self, QuickCountError> {
        let design: Self = toml::from_str(text).map_err(|error| QuickCountError::Design(error.message().to_owned()))?;
        design.checked()
    }

    fn checked(self) -> Result<Self, QuickCountError> {
        if self.rule != RULE {
            return Err(QuickCountError::Rule { found: self.rule, known: RULE });
        }
        if self.seed.is_empty() || self.seed.contains(['\n', '\r']) {
            return Err(QuickCountError::Seed);
        }
        Ok(self)
    }

    /// The columns of the frame.
    pub fn columns(&self) -> FrameColumns {
        FrameColumns {
            station: self.station.clone(),
            stratum: self.strata.clone(),
            cluster: self.clusters.clone(),
            register: self.register.clone(),
        }
    }

    /// The design as a file.
    pub fn print(&self) -> String {
        let mut text = format!(
            "# The design of a quick count (docs/spec/quick-count.md). Publish it before the vote.\nrule = {}\nseed = {}\n\
             frame = {}\nframe-sha256 = {}\n",
            toml_string(&self.rule),
            toml_string(&self.seed),
            toml_string(&self.frame),
            toml_string(&self.frame_sha256)
        );
        let station: Vec<String> = self.station.as_slice().iter().map(|column| toml_string(column)).collect();
        match station.as_slice() {
            [only] => drop(writeln!(text, "station = {only}")),
            several => drop(writeln!(text, "station = [{}]", several.join(", "))),
        }
        for (key, column) in [("strata", &self.strata), ("clusters", &self.clusters), ("register", &self.register)] {
            if let Some(column) = column {
                let _ = writeln!(text, "{key} = {}", toml_string(column));
            }
        }
        for size in &self.stratum {
            text.push_str("\n[[stratum]]\n");
            if !size.name.is_empty() {
                let _ = writeln!(text, "name = {}", toml_string(&size.name));
            }
            let _ = writeln!(text, "units = {}\ndrawn = {}", size.units, size.drawn);
        }
        text
    }
}
