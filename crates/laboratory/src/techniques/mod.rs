//! Eight ways of cheating, put into a table at a chosen strength and spread: one file each.
//!
//! Every technique moves votes to one side and keeps the protocol's sums, the limits of the register and zero, as a careful forger
//! would. Where a strength gives no whole number of votes, chance decides between the two next to it, so that the mean over stations
//! is right. Chances are drawn three a station whatever the scenario: with the same seed a larger spread keeps the stations of
//! a smaller one, and a larger strength moves at least as many votes in each (but for rounded shares).

mod count;
mod group_voting;
mod mobile_voting;
mod multiple_voting;
mod officials_present;
mod pressure;
mod stuffing;
mod unused_ballots;

use adil_finding::Technique;
use adil_record::StationTable;
use adil_stat::stream;
use serde::{Deserialize, Serialize};

use crate::injection::Injection;
use crate::ledger::Ledger;
use crate::truth::{Moved, Totals, Truth};

/// A way of cheating. What its strength is a part of is said with each; it is from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "technique", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Injected {
    /// People vote again at other stations, on certificates: registers, additions and votes grow by a part of the register.
    MultipleVoting,
    /// Ballots from mobile boxes in the names of voters who stayed away: a part of the register.
    MobileVoting,
    /// Where officials are present, others' votes become the side's: a part of the ballots. All stations are marked.
    OfficialsPresent,
    /// Groups are brought in at one hour, in the names of voters who stayed away: a part of the register.
    GroupVoting,
    /// Ballots in the boxes in the names of voters who stayed away: a part of the register.
    Stuffing,
    /// The protocol is written anew: others' votes become the side's, a part of the ballots.
    #[serde(rename_all = "kebab-case")]
    Count {
        /// The turnout that is reached at least, from 0 to 1, by voters who stayed away; left as it is where none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        turnout: Option<f64>,
        /// Turnout and share come out at multiples of so many percent; as they fall where none is named.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        round_to: Option<u32>,
    },
    /// Unused ballots become votes: a part of the unused ones.
    UnusedBallots {
        /// Ballots in a book; the last book begun is filled up. 0: there are no books.
        #[serde(default)]
        book: u32,
    },
    /// Each region has a target of turnout: a part of the way to it, in the names of voters who stayed away.
    AdministrativePressure,
}

impl Injected {
    /// All eight, the rewriting of protocols without and with whole percentages.
    pub const ALL: [Self; 9] = [
        Self::MultipleVoting,
        Self::MobileVoting,
        Self::OfficialsPresent,
        Self::GroupVoting,
        Self::Stuffing,
        Self::Count { turnout: None, round_to: None },
        Self::Count { turnout: None, round_to: Some(5) },
        Self::UnusedBallots { book: 100 },
        Self::AdministrativePressure,
    ];

    /// The technique, as reports call it.
    pub fn technique(self) -> Technique {
        match self {
            Self::MultipleVoting => Technique::MultipleVoting,
            Self::MobileVoting => Technique::MobileVoting,
            Self::OfficialsPresent => Technique::OfficialsPresent,
            Self::GroupVoting => Technique::GroupVoting,
            Self::Stuffing => Technique::Stuffing,
            Self::Count { .. } => Technique::Count,
            Self::UnusedBallots { .. } => Technique::UnusedBallots,
            Self::AdministrativePressure => Technique::AdministrativePressure,
        }
    }

    /// The name on the command line: that of the technique in reports, with `-rounded` for whole percentages.
    pub fn id(self) -> &'static str {
        match self {
            Self::Count { round_to: Some(_), .. } => "count-rounded",
            other => other.technique().id(),
        }
    }

    /// The technique of that name.
    pub fn named(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|technique| technique.id() == id)
    }
}

/// In which regions something is done.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regions {
    /// In all of them.
    #[default]
    All,
    /// In each with this probability, from 0 to 1.
    Part(f64),
    /// In those of these names.
    Named(Vec<String>),
}

/// A technique with everything that decides what it does to a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Scenario {
    /// The technique.
    #[serde(flatten)]
    pub technique: Injected,
    /// The option that votes are moved to, by its place in the contest.
    pub side: usize,
    /// How much is moved in a station, as a part from 0 to 1 of what the technique says.
    pub strength: f64,
    /// The part of the stations in which something is done, from 0 to 1; each is chosen by chance.
    pub spread: f64,
    /// In which regions.
    #[serde(default)]
    pub regions: Regions,
    /// The seed of all chances.
    pub seed: u64,
}

/// Why a scenario cannot be put into a table.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ScenarioError {
    /// No such option.
    #[error("side {side}: the table has {options} options, counted from 0")]
    Side {
        /// What was asked for.
        side: usize,
        /// How many there are.
        options: usize,
    },
    /// Not a part of anything.
    #[error("{name} is {value}; a number from 0 to 1 was expected")]
    Part {
        /// Which number.
        name: &'static str,
        /// What it is.
        value: f64,
    },
    /// A percentage that nothing can be rounded to.
    #[error("round-to is {0}; a whole number from 1 to 50 was expected")]
    RoundTo(u32),
    /// A region that the table does not have.
    #[error("no region of the table is called {0:?}")]
    Region(String),
}

/// The chances of one station.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Chance {
    /// Decides fractions of votes.
    pub(crate) fraction: f64,
    /// Decides everything else.
    pub(crate) other: f64,
}

impl Chance {
    /// `part` of `whole`, a fraction going up or down by chance.
    pub(crate) fn part(self, whole: u32, part: f64) -> u32 {
        ((f64::from(whole) * part + self.fraction) as u32).min(whole)
    }
}

/// Puts a technique into a table. Nothing is changed in `table` itself: see [`Injection::swap`].
///
/// # Errors
/// The side or a region is not in the table, or a number is out of its range.
pub fn inject(table: &StationTable, scenario: &Scenario) -> Result<Injection, ScenarioError> {
    scenario.check(table)?;
    let is_open = scenario.open_regions(table)?;
    let mut ledger = Ledger::new(table, scenario.side);
    let strength = scenario.strength;
    let pressure = match scenario.technique {
        Injected::AdministrativePressure => Some(pressure::Targets::new(&ledger, scenario.seed)),
        _ => None,
    };
    let hours = match scenario.technique {
        Injected::GroupVoting => (0..table.turnout.len()).filter(|&report| !table.turnout[report].protocol).collect(),
        _ => Vec::new(),
    };
    let mut chances = stream(scenario.seed, "laboratory/technique", 0);
    let mut moved = Vec::new();
    for row in 0..table.len() {
        let (chosen, chance) = (chances.unit(), Chance { fraction: chances.unit(), other: chances.unit() });
        // A station whose votes are not all known is left alone.
        if chosen >= scenario.spread || !is_open(row) || ledger.own(row).is_none() {
            continue;
        }
        let books = &mut ledger;
        let done = match scenario.technique {
            Injected::MultipleVoting => multiple_voting::station(books, row, strength, chance),
            Injected::MobileVoting => mobile_voting::station(books, row, strength, chance),
            Injected::OfficialsPresent => officials_present::station(books, row, strength, chance),
            Injected::GroupVoting => group_voting::station(books, row, strength, chance, &hours),
            Injected::Stuffing => stuffing::station(books, row, strength, chance),
            Injected::Count { turnout, round_to } => {
                count::station(books, row, strength, chance, count::Target { turnout, round_to })
            }
            Injected::UnusedBallots { book } => unused_ballots::station(books, row, strength, chance, book),
            Injected::AdministrativePressure => match &pressure {
                Some(targets) => targets.station(books, row, strength, chance),
                None => Moved::default(),
            },
        };
        if done.is_change() || done.present {
            moved.push(Moved { row, ..done });
        }
    }
    let texts = match scenario.technique {
        Injected::OfficialsPresent => vec![officials_present::marks(table, &moved)],
        _ => Vec::new(),
    };
    let truth = Truth { scenario: scenario.clone(), stations: table.len(), totals: Totals::of(&moved), moved };
    Ok(Injection { columns: ledger.changed(), texts, truth })
}

impl Scenario {
    fn check(&self, table: &StationTable) -> Result<(), ScenarioError> {
        let options = table.votes.len();
        if self.side >= options {
            return Err(ScenarioError::Side { side: self.side, options });
        }
        let mut parts = vec![("strength", self.strength), ("spread", self.spread)];
        if let Regions::Part(part) = self.regions {
            parts.push(("the part of the regions", part));
        }
        if let Injected::Count { turnout: Some(turnout), .. } = self.technique {
            parts.push(("turnout", turnout));
        }
        if let Some(&(name, value)) = parts.iter().find(|(_, value)| !(0.0..=1.0).contains(value)) {
            return Err(ScenarioError::Part { name, value });
        }
        match self.technique {
            Injected::Count { round_to: Some(round_to), .. } if !(1..=50).contains(&round_to) => {
                Err(ScenarioError::RoundTo(round_to))
            }
            _ => Ok(()),
        }
    }

    /// Tells of each row whether its region is one in which something is done. A table without regions is one region.
    fn open_regions<'t>(&self, table: &'t StationTable) -> Result<impl Fn(usize) -> bool + 't, ScenarioError> {
        let names = table.regions();
        let distinct = names.map_or(1, |names| names.distinct());
        let mut chances = stream(self.seed, "laboratory/regions", 0);
        let name = |code: usize| names.map_or("", |names| names.spelling(code));
        let open: Vec<bool> = match &self.regions {
            Regions::All => vec![true; distinct],
            Regions::Part(part) => (0..distinct).map(|_| chances.unit() < *part).collect(),
            Regions::Named(wanted) => {
                if let Some(absent) = wanted.iter().find(|wanted| !(0..distinct).any(|code| name(code) == **wanted)) {
                    return Err(ScenarioError::Region(absent.clone()));
                }
                (0..distinct).map(|code| wanted.iter().any(|wanted| wanted == name(code))).collect()
            }
        };
        Ok(move |row: usize| names.map_or(open.first().copied().unwrap_or(true), |names| open[names.code(row)]))
    }
}
