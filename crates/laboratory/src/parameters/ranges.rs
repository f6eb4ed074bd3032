//! The ranges of all parameters.

use super::{Parameters, Place};

/// Why parameters cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ParametersError {
    /// The text is not TOML, or has a key or a value that it should not have.
    #[error("{0}")]
    Syntax(String),
    /// A value is out of its range.
    #[error("{name} is {value}; {expected} was expected")]
    Range {
        /// Which value.
        name: String,
        /// What it is.
        value: f64,
        /// What it should be.
        expected: String,
    },
    /// A list is not what it should be.
    #[error("{name}: {fault}")]
    List {
        /// Which list.
        name: &'static str,
        /// What is wrong with it.
        fault: String,
    },
}

/// A value, its name, and the range in which it must be.
type Ranged = (String, f64, f64, f64);

/// The least that is above 0, and the most that is below 1, for what must be neither.
const OPEN: (f64, f64) = (1e-6, 1.0 - 1e-6);

impl Parameters {
    /// Holds every value to its range.
    ///
    /// # Errors
    /// The first value that is out of it.
    pub fn check(&self) -> Result<(), ParametersError> {
        let mut ranged = self.numbers();
        ranged.extend(self.places());
        ranged.extend(self.lists());
        let outside = |(_, value, least, most): &&Ranged| !(*least..=*most).contains(value);
        if let Some((name, value, least, most)) = ranged.iter().find(outside) {
            let expected = match (*least, *most) {
                OPEN => "a number above 0 and below 1".to_owned(),
                (least, most) if least == OPEN.0 => format!("a number above 0 and up to {most}"),
                (least, most) => format!("a number from {least} to {most}"),
            };
            return Err(ParametersError::Range { name: name.clone(), value: *value, expected });
        }
        self.names()?;
        self.reports()
    }

    fn numbers(&self) -> Vec<Ranged> {
        let (spread, papers, register, clerks) = (&self.spread, &self.papers, &self.register, &self.clerks);
        let part = |name: &str, value| (name.to_owned(), value, 0.0, 1.0);
        let wide = |name: &str, value| (name.to_owned(), value, 0.0, 3.0);
        let concentration = |name: &str, value| (name.to_owned(), value, 1.0, 1_000_000.0);
        vec![
            ("stations".to_owned(), f64::from(self.stations), 1.0, 5_000_000.0),
            ("regions".to_owned(), f64::from(self.regions), 1.0, f64::from(self.stations).min(10_000.0)),
            wide("region-spread", self.region_spread),
            ("district-stations".to_owned(), f64::from(self.district_stations), 1.0, 10_000.0),
            part("towns", self.towns),
            wide("spread.region-turnout", spread.region_turnout),
            wide("spread.region-share", spread.region_share),
            wide("spread.district-turnout", spread.district_turnout),
            wide("spread.district-share", spread.district_share),
            wide("spread.station-turnout", spread.station_turnout),
            wide("spread.station-share", spread.station_share),
            ("spread.correlation".to_owned(), spread.correlation, -1.0, 1.0),
            concentration("spread.concentration", spread.concentration),
            wide("spread.concentration-spread", spread.concentration_spread),
            ("papers.received".to_owned(), papers.received, 0.0, 2.0),
            ("papers.lot".to_owned(), f64::from(papers.lot), 1.0, 10_000.0),
            part("papers.taken", papers.taken),
            part("papers.lost", papers.lost),
            part("papers.early", papers.early),
            part("papers.in-vain", papers.in_vain),
            concentration("papers.concentration", papers.concentration),
            part("register.added", register.added),
            part("register.certificates-issued", register.certificates_issued),
            part("register.certificates-voted", register.certificates_voted),
            part("clerks.digit", clerks.digit),
            part("clerks.transposed", clerks.transposed),
            part("clerks.swapped", clerks.swapped),
            part("clerks.addition", clerks.addition),
            part("clerks.rounded", clerks.rounded),
            concentration("hours.concentration", self.hours.concentration),
        ]
    }

    fn places(&self) -> Vec<Ranged> {
        let place = |kind: &str, place: &Place| {
            let named = |name: &str| format!("{kind}.{name}");
            vec![
                (named("register"), place.register, 1.0, 100_000.0),
                (named("register-spread"), place.register_spread, 0.0, 3.0),
                (named("turnout"), place.turnout, OPEN.0, OPEN.1),
                (named("outside"), place.outside, 0.0, 1.0),
                (named("invalid"), place.invalid, 0.0, 1.0),
            ]
        };
        [place("town", &self.town), place("village", &self.village)].concat()
    }

    fn lists(&self) -> Vec<Ranged> {
        let options = self.option.iter().flat_map(|option| {
            [("option.share", option.share, OPEN.0, 1e6), ("option.village", option.village, -5.0, 5.0)]
        });
        let special = self.special.iter().flat_map(|special| {
            [
                ("special.part", special.part, 0.0, 1.0),
                ("special.register", special.register, 1.0, 100_000.0),
                ("special.register-spread", special.register_spread, 0.0, 3.0),
                ("special.turnout", special.turnout, OPEN.0, OPEN.1),
                ("special.first", special.first, -5.0, 5.0),
            ]
        });
        let all = self.special.iter().map(|special| special.part).sum();
        let whole = [("the sum of special.part", all, 0.0, 1.0)];
        let reached = self.hours.reached.iter().map(|&reached| ("hours.reached", reached, 0.0, 1.0));
        let hours = self.hours.reports.iter().map(|&hour| ("hours.reports", f64::from(hour), 0.0, 24.0));
        let ranged = options.chain(special).chain(whole).chain(reached).chain(hours);
        ranged.map(|(name, value, least, most)| (name.to_owned(), value, least, most)).collect()
    }

    fn names(&self) -> Result<(), ParametersError> {
        let fault = |fault: String| ParametersError::List { name: "option", fault };
        if self.option.is_empty() || self.option.len() > 200 {
            return Err(fault(format!("{} options; 1 to 200 were expected", self.option.len())));
        }
        for (at, option) in self.option.iter().enumerate() {
            if option.name.trim().is_empty() {
                return Err(fault(format!("option {} has no name", at + 1)));
            }
            if self.option[..at].iter().any(|other| other.name == option.name) {
                return Err(fault(format!("two options are called {:?}", option.name)));
            }
        }
        Ok(())
    }

    fn reports(&self) -> Result<(), ParametersError> {
        let hours = &self.hours;
        if hours.reports.len() != hours.reached.len() {
            let (reports, reached) = (hours.reports.len(), hours.reached.len());
            return Err(ParametersError::List {
                name: "hours.reached",
                fault: format!("{reached} numbers for {reports} reports; one for each was expected"),
            });
        }
        if !hours.reports.is_sorted_by(|a, b| a < b) {
            return Err(ParametersError::List { name: "hours.reports", fault: "hours must ascend".to_owned() });
        }
        if !hours.reached.is_sorted() {
            return Err(ParametersError::List { name: "hours.reached", fault: "parts must not descend".to_owned() });
        }
        Ok(())
    }
}
