//! The parameters of an honest country, as a TOML file; [`Parameters::COMMENTED`] is one with everything in it.
//!
//! A *part* is a number from 0 to 1. A *spread* is the standard deviation of a logarithm, or of the logarithm of odds where it is
//! said of turnout and shares. A *concentration* is that of a beta or Dirichlet distribution: of n ballots the number for an option
//! varies as if only about n (1 + c) / (n + c) of them were independent.

use serde::{Deserialize, Serialize};

mod ranges;

pub use ranges::ParametersError;

/// An honest country.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Parameters {
    /// The title of the election.
    pub title: String,
    /// Stations, from 1 to 5,000,000.
    pub stations: u32,
    /// Regions, from 1 to 10,000 and to the number of stations.
    pub regions: u32,
    /// The spread of the number of stations between regions, from 0 to 3.
    pub region_spread: f64,
    /// Stations of a district, at most: from 1 to 10,000.
    pub district_stations: u32,
    /// The part of the districts that are towns; each region has its own, around this one.
    pub towns: f64,
    /// Stations in towns.
    pub town: Place,
    /// Stations in villages.
    pub village: Place,
    /// The options, from 1 to 200. The first is the side of which more is said below.
    pub option: Vec<Choice>,
    /// Hospitals, ships, barracks: small stations in which nearly everybody votes.
    pub special: Vec<Special>,
    /// How much places differ.
    pub spread: Spreads,
    /// Ballot papers.
    pub papers: Papers,
    /// Changes of the register, and absentee certificates.
    pub register: Register,
    /// Slips of honest clerks.
    pub clerks: Clerks,
    /// Reports of turnout by the hour.
    pub hours: Hours,
}

/// Stations of one kind of place.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Place {
    /// The median register, in voters: from 1 to 100,000.
    pub register: f64,
    /// The spread of the register, from 0 to 3.
    pub register_spread: f64,
    /// Turnout, a part of the register above 0 and below 1.
    pub turnout: f64,
    /// Ballots issued at home, a part of those issued.
    pub outside: f64,
    /// Invalid papers, a part of the ballots.
    pub invalid: f64,
}

/// Something to vote for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Choice {
    /// The name; all are different.
    pub name: String,
    /// The share of the valid votes in towns, before places differ: above 0. All are divided by their sum.
    pub share: f64,
    /// What is added to the logarithm of the share in villages, from -5 to 5.
    #[serde(default)]
    pub village: f64,
}

/// Small stations in which nearly everybody votes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Special {
    /// What they are called.
    pub name: String,
    /// The part of the stations that are such; all kinds together at most 1.
    pub part: f64,
    /// The median register, in voters: from 1 to 100,000.
    pub register: f64,
    /// The spread of the register, from 0 to 3.
    pub register_spread: f64,
    /// Turnout, a part of the register above 0 and below 1.
    pub turnout: f64,
    /// What is added to the logarithm of the first option's share, from -5 to 5.
    #[serde(default)]
    pub first: f64,
}

/// How much regions, districts and stations differ.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Spreads {
    /// The spread of turnout between regions, from 0 to 3.
    pub region_turnout: f64,
    /// The spread of every option's share between regions, from 0 to 3.
    pub region_share: f64,
    /// The spread of turnout between districts of a region, from 0 to 3.
    pub district_turnout: f64,
    /// The spread of every option's share between districts of a region, from 0 to 3.
    pub district_share: f64,
    /// The spread of turnout between stations of a district, from 0 to 3.
    pub station_turnout: f64,
    /// The spread of every option's share between stations of a district, from 0 to 3.
    pub station_share: f64,
    /// The correlation of turnout with the first option's share, at each of the three levels: from -1 to 1.
    pub correlation: f64,
    /// The concentration of turnout and shares in a station, from 1 to 1,000,000.
    pub concentration: f64,
    /// The spread of the concentration between districts, from 0 to 3.
    pub concentration_spread: f64,
}

/// Ballot papers.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Papers {
    /// Papers that a station receives, as a part of the register from 0 to 2; more where they would not do.
    pub received: f64,
    /// Papers in a lot, of which whole ones are delivered: from 1 to 10,000.
    pub lot: u32,
    /// Papers issued and not put into a box, a part of the ballots.
    pub taken: f64,
    /// Unused papers that are lost, a part of them.
    pub lost: f64,
    /// Ballots issued before the day, a part of those issued.
    pub early: f64,
    /// Applications to vote at home that come to nothing, a part of those that do.
    pub in_vain: f64,
    /// The concentration of the parts of this table and of invalid papers, from 1 to 1,000,000.
    pub concentration: f64,
}

/// Changes of the register, and absentee certificates.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Register {
    /// Voters added on the day, a part of the register.
    pub added: f64,
    /// Certificates issued, a part of the register.
    pub certificates_issued: f64,
    /// Voters who came with a certificate, a part of the register.
    pub certificates_voted: f64,
}

/// Slips of honest clerks: probabilities for each protocol.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Clerks {
    /// One digit of one number is another.
    pub digit: f64,
    /// Two digits beside each other change places.
    pub transposed: f64,
    /// The votes of two options change places.
    pub swapped: f64,
    /// A sum is out by 1, 10 or 100.
    pub addition: f64,
    /// Unused papers are rounded to tens, and the difference is written down as lost or not accounted for.
    pub rounded: f64,
}

/// Reports of turnout while stations are open: ballots issued so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Hours {
    /// The hours of the reports, ascending from 0 to 24; none: no reports.
    pub reports: Vec<u32>,
    /// The part of the final turnout that is reached by then, ascending; one for each report.
    pub reached: Vec<f64>,
    /// The concentration of what is reached, from 1 to 1,000,000.
    pub concentration: f64,
}

impl Default for Parameters {
    fn default() -> Self {
        let choice = |name: &str, share, village| Choice { name: name.to_owned(), share, village };
        let special = |name: &str, part, register, register_spread, turnout, first| Special {
            name: name.to_owned(),
            part,
            register,
            register_spread,
            turnout,
            first,
        };
        Self {
            title: "An honest country".to_owned(),
            stations: 10_000,
            regions: 20,
            region_spread: 0.7,
            district_stations: 40,
            towns: 0.6,
            town: Place { register: 1_500.0, register_spread: 0.45, turnout: 0.54, outside: 0.04, invalid: 0.015 },
            village: Place { register: 450.0, register_spread: 0.8, turnout: 0.63, outside: 0.12, invalid: 0.012 },
            option: vec![
                choice("Unity", 0.36, 0.25),
                choice("Labour", 0.27, 0.0),
                choice("Centre", 0.18, -0.2),
                choice("Greens", 0.12, -0.5),
                choice("Farmers", 0.07, 0.9),
            ],
            special: vec![
                special("hospital", 0.012, 90.0, 0.7, 0.93, 0.1),
                special("ship", 0.002, 25.0, 0.5, 0.97, 0.0),
                special("barracks", 0.003, 350.0, 0.4, 0.98, 0.4),
            ],
            spread: Spreads::default(),
            papers: Papers::default(),
            register: Register::default(),
            clerks: Clerks::default(),
            hours: Hours::default(),
        }
    }
}

impl Default for Spreads {
    fn default() -> Self {
        Self {
            region_turnout: 0.18,
            region_share: 0.22,
            district_turnout: 0.15,
            district_share: 0.2,
            station_turnout: 0.15,
            station_share: 0.15,
            correlation: 0.2,
            concentration: 120.0,
            concentration_spread: 0.4,
        }
    }
}

impl Default for Papers {
    fn default() -> Self {
        Self { received: 0.85, lot: 50, taken: 0.001, lost: 0.00002, early: 0.002, in_vain: 0.03, concentration: 20.0 }
    }
}

impl Default for Register {
    fn default() -> Self {
        Self { added: 0.008, certificates_issued: 0.01, certificates_voted: 0.009 }
    }
}

impl Default for Clerks {
    fn default() -> Self {
        Self { digit: 0.001, transposed: 0.0005, swapped: 0.0003, addition: 0.003, rounded: 0.01 }
    }
}

impl Default for Hours {
    fn default() -> Self {
        Self { reports: vec![10, 12, 15, 18], reached: vec![0.13, 0.34, 0.65, 0.9], concentration: 60.0 }
    }
}

impl Parameters {
    /// The default parameters with a comment on each.
    pub const COMMENTED: &str = include_str!("default.toml");

    /// Reads parameters; what is not named has its default.
    ///
    /// # Errors
    /// The text is not TOML, has an unknown key, or a value is out of its range.
    pub fn parse(text: &str) -> Result<Self, ParametersError> {
        let parameters: Self = toml::from_str(text).map_err(|error| ParametersError::Syntax(error.to_string()))?;
        parameters.check()?;
        Ok(parameters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commented_file_is_the_default() {
        assert_eq!(Parameters::parse(Parameters::COMMENTED), Ok(Parameters::default()));
        assert_eq!(Parameters::parse(""), Ok(Parameters::default()));
        let written = toml::to_string(&Parameters::default()).expect("parameters can be written");
        assert_eq!(Parameters::parse(&written), Ok(Parameters::default()));
    }

    #[test]
    fn every_value_has_a_comment() {
        let lines = Parameters::COMMENTED.lines().collect::<Vec<_>>();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.contains(" = ") && !line.starts_with('#')) {
            let is_told = line.contains('#') || at > 0 && lines[at - 1].starts_with('#');
            assert!(is_told, "{line}");
        }
    }

    #[test]
    fn a_value_out_of_range_is_named() {
        let told = |text: &str| Parameters::parse(text).expect_err("out of range").to_string();
        for (text, name) in [
            ("stations = 0", "stations is 0"),
            ("towns = 1.5", "towns is 1.5"),
            ("regions = 20000", "regions is 20000"),
            ("stations = 5\nregions = 6", "regions is 6"),
            ("spread = { correlation = -2 }", "spread.correlation is -2"),
            ("papers = { lot = 0 }", "papers.lot is 0"),
            ("clerks = { digit = nan }", "clerks.digit is NaN"),
            ("hours = { reports = [10], reached = [0.1, 0.2] }", "hours.reached"),
            ("hours = { reports = [10, 9], reached = [0.1, 0.2] }", "hours.reports"),
            ("option = []", "option"),
            ("[[option]]\nname = \"A\"\nshare = 0", "option.share is 0"),
            ("[[option]]\nname = \"A\"\nshare = 1\n[[option]]\nname = \"A\"\nshare = 1", "A"),
            (
                "town = { register = 9, register-spread = 0.1, turnout = 1, outside = 0, invalid = 0 }",
                "town.turnout is 1",
            ),
            ("statoins = 3", "statoins"),
        ] {
            assert!(told(text).contains(name), "{text}: {}", told(text));
        }
    }
}
