//! What was reported from stations.

use std::collections::BTreeMap;

use super::columns::Header;
use super::{Design, Frame, QuickCountError, SampledStratum, draw};
use crate::{Cells, OneOrMany, OptionId, Rows};

/// Columns of reports that are no options.
const TIME: &str = "time";
const VOTED: &str = "voted";
const INVALID: &str = "invalid";

/// Reports, in the order of their file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reports {
    /// The file.
    pub input: String,
    /// The names of the options, by column.
    pub names: Vec<String>,
    /// The same options in the contest; whoever puts the reports into a contest fills it in.
    pub options: Vec<OptionId>,
    /// The reports.
    pub stations: Vec<StationReport>,
}

/// The report from one station.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StationReport {
    /// The station's name.
    pub station: String,
    /// Votes by option, in the order of [`Reports::names`].
    pub votes: Vec<u32>,
    /// Voters who took part.
    pub voted: Option<u32>,
    /// Invalid papers.
    pub invalid: Option<u32>,
    /// When it arrived, as written.
    pub time: Option<String>,
    /// Its row in the file, the header being row 1.
    pub row: u64,
}

/// Reports from a sample that was drawn by a design.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleCount {
    /// The frame.
    pub frame: Frame,
    /// The sample, drawn again from the design: what follows from it, not what somebody says was drawn.
    pub sample: Vec<SampledStratum>,
    /// The reports from stations of the sample.
    pub reports: Reports,
    /// For each station of the frame its place among the reports.
    pub report_of: BTreeMap<usize, usize>,
    /// Reports from stations that were not drawn: left out of everything.
    pub not_drawn: u64,
}

/// Reports from stations that somebody chose: visits, volunteers' reports. They are no sample of the country.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Visits {
    /// The reports.
    pub reports: Reports,
}

impl StationReport {
    /// Votes for all options.
    pub fn base(&self) -> u64 {
        self.votes.iter().map(|&votes| u64::from(votes)).sum()
    }

    /// Voters who took part: as reported, else the votes and the invalid papers.
    pub fn turnout(&self) -> u64 {
        self.voted.map_or_else(|| self.base() + u64::from(self.invalid.unwrap_or(0)), u64::from)
    }
}

impl Reports {
    /// Reads reports. Options are the columns named, or all but those that name the station or stand in `others`, `time`, `voted`
    /// and `invalid`. A row without any vote is a station that has not reported.
    ///
    /// # Errors
    /// A column is not there, a cell is no count, a station stands twice.
    pub fn read(
        rows: &mut dyn Rows,
        station: &OneOrMany<String>,
        options: &[String],
        others: &[String],
        input: &str,
    ) -> Result<Self, QuickCountError> {
        let header = Header::read(rows)?;
        let named: Vec<usize> =
            station.as_slice().iter().map(|column| header.find(column)).collect::<Result<_, _>>()?;
        let is_other = |place: &usize| {
            let name = header.name(*place);
            [TIME, VOTED, INVALID, ""].contains(&name) || others.iter().any(|other| other == name)
        };
        let places: Vec<usize> = match options {
            [] => (0..header.len()).filter(|place| !named.contains(place) && !is_other(place)).collect(),
            options => options.iter().map(|column| header.find(column)).collect::<Result<_, _>>()?,
        };
        if places.is_empty() {
            return Err(QuickCountError::NoOptions { columns: header.len() });
        }
        let names = places.iter().map(|&place| header.name(place).to_owned()).collect();
        let [time, voted, invalid] = [TIME, VOTED, INVALID].map(|name| header.place(name));
        let mut stations: Vec<StationReport> = Vec::new();
        let mut first: BTreeMap<String, u64> = BTreeMap::new();
        let mut cells = Cells::default();
        while let Some(row) = rows.next_row(&mut cells)? {
            if places.iter().all(|&place| cells.get(place).trim().is_empty()) {
                continue;
            }
            let station = header.station(&cells, &named, row)?;
            if let Some(&first) = first.get(&station) {
                return Err(QuickCountError::Twice { row, first });
            }
            first.insert(station.clone(), row);
            let vote = |&place: &usize| {
                let blank = || QuickCountError::Blank { row, column: place + 1 };
                header.count(&cells, place, row)?.ok_or_else(blank)
            };
            let count = |place: Option<usize>| place.map_or(Ok(None), |place| header.count(&cells, place, row));
            stations.push(StationReport {
                votes: places.iter().map(vote).collect::<Result<_, _>>()?,
                voted: count(voted)?,
                invalid: count(invalid)?,
                time: time.map(|place| cells.get(place).trim().to_owned()).filter(|time| !time.is_empty()),
                station,
                row,
            });
        }
        Ok(Self { input: input.to_owned(), names, options: Vec::new(), stations })
    }
}

impl SampleCount {
    /// Draws the sample anew and puts the reports to it.
    ///
    /// # Errors
    /// The design is not of this frame; a report is from a station that the frame does not have.
    pub fn new(design: &Design, frame: Frame, mut reports: Reports) -> Result<Self, QuickCountError> {
        let sample = draw(design, &frame)?;
        let mut is_drawn = vec![false; frame.stations.len()];
        sample.iter().flat_map(|stratum| &stratum.drawn).flatten().for_each(|&station| is_drawn[station] = true);
        let (mut report_of, mut not_drawn, mut kept) = (BTreeMap::new(), 0, Vec::new());
        let places = frame.places();
        for report in std::mem::take(&mut reports.stations) {
            let Some(&place) = places.get(report.station.as_str()) else {
                return Err(QuickCountError::NotInFrame { row: report.row });
            };
            if is_drawn[place] {
                report_of.insert(place, kept.len());
                kept.push(report);
            } else {
                not_drawn += 1;
            }
        }
        reports.stations = kept;
        Ok(Self { frame, sample, reports, report_of, not_drawn })
    }

    /// Stations drawn.
    pub fn drawn(&self) -> usize {
        self.sample.iter().flat_map(|stratum| &stratum.drawn).map(Vec::len).sum()
    }

    /// The same with only some of the reports: those of which `arrived` is true, by their place.
    #[must_use]
    pub fn as_of(&self, arrived: impl Fn(usize) -> bool) -> Self {
        let mut part = self.clone();
        part.report_of.retain(|_, report| arrived(*report));
        part
    }
}
