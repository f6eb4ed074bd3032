//! The units of a contest: what each of them has, and what becomes of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use adil_record::{Amount, ContestOption, ImportedTable, OptionId, PublishedFigure, Quantity, ShareOf, Term};

use super::names::{is_station, person, prefixes, short};
use super::{ADMITTED, LOST};
use crate::count::{count, sum};
use crate::grid::{Grid, told_apart};
use crate::tree::{Element, Path};
use crate::{Fault, NotPlaced};

/// What a unit has.
#[derive(Debug, Default)]
struct Row {
    id: String,
    name: String,
    votes: Vec<(usize, u32)>,
    lines: Vec<(Term, u32)>,
    aside: BTreeMap<String, u32>,
}

/// Units with their places in the file.
type Numbered<'r> = Vec<(usize, &'r Row)>;

/// A contest as it is read.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) id: String,
    pub(super) name: String,
    /// Key and name of each option.
    options: Vec<(String, String)>,
    places: HashMap<String, usize>,
    rows: Vec<Row>,
    ids: HashSet<String>,
    totals: Option<Row>,
    /// Of a result: elected candidates of each option, and their names.
    seats: BTreeMap<usize, u64>,
    elected: Vec<String>,
    /// The list whose candidates come next.
    list: Option<usize>,
}

/// What comes of a contest.
pub(super) struct Placed {
    pub(super) options: Vec<ContestOption>,
    pub(super) figures: Vec<PublishedFigure>,
    pub(super) note: Option<String>,
    pub(super) table: Option<ImportedTable>,
}

impl Rows {
    fn option(&mut self, key: String, name: &str) -> usize {
        if let Some(&known) = self.places.get(&key) {
            if let Some(option) = self.options.get_mut(known).filter(|option| option.1.is_empty()) {
                name.clone_into(&mut option.1);
            }
            return known;
        }
        self.options.push((key.clone(), name.to_owned()));
        self.places.insert(key, self.options.len() - 1);
        self.options.len() - 1
    }

    /// Takes the counts of the whole.
    pub(super) fn total(
        &mut self,
        element: &Element,
        is_dutch: bool,
        notes: &mut Vec<NotPlaced>,
        path: &Path,
    ) -> Result<(), Fault> {
        let row = self.row(element, is_dutch, notes, path)?;
        match self.totals.replace(row) {
            Some(_) => Err(Fault::Twice("TotalVotes".to_owned())),
            None => Ok(()),
        }
    }

    /// Takes the counts of a unit.
    pub(super) fn unit(
        &mut self,
        element: &Element,
        is_dutch: bool,
        notes: &mut Vec<NotPlaced>,
        path: &Path,
    ) -> Result<(), Fault> {
        let identifier = element.only("ReportingUnitIdentifier")?.ok_or(Fault::Missing("ReportingUnitIdentifier"))?;
        let mut row = self.row(element, is_dutch, notes, path)?;
        row.id = identifier.field("Id")?.unwrap_or_default().to_owned();
        identifier.text.trim().clone_into(&mut row.name);
        if row.name.is_empty() {
            row.name.clone_from(&row.id);
        }
        if row.name.is_empty() {
            return Err(Fault::Missing("Id of the ReportingUnitIdentifier"));
        }
        let key = if row.id.is_empty() { row.name.clone() } else { row.id.clone() };
        if !self.ids.insert(key.clone()) {
            return Err(Fault::SameId(key, "unit of reporting"));
        }
        self.rows.push(row);
        Ok(())
    }

    fn row(
        &mut self,
        element: &Element,
        is_dutch: bool,
        notes: &mut Vec<NotPlaced>,
        path: &Path,
    ) -> Result<Row, Fault> {
        let mut row = Row::default();
        let mut invalid: Option<u64> = None;
        let mut list: Option<(usize, u64, u64, u64)> = None;
        for child in &element.children {
            match child.name.as_str() {
                "Selection" => {
                    let votes = count("ValidVotes", child.required("ValidVotes")?)?;
                    if let Some(affiliation) = child.only("AffiliationIdentifier")? {
                        Self::sum_of_list(list.take(), notes, path);
                        let option = self.affiliation(affiliation)?;
                        row.give(option, votes, &self.options)?;
                        list = Some((option, u64::from(votes), 0, 0));
                    } else if let Some((_, _, added, candidates)) = &mut list {
                        (*added, *candidates) = (*added + u64::from(votes), *candidates + 1);
                        NotPlaced::add(notes, "votes of candidates within a list; the lists are the options", || {
                            path.to_string()
                        });
                    } else {
                        let option = self.single(child)?;
                        row.give(option, votes, &self.options)?;
                    }
                }
                "Cast" => row
                    .lines
                    .push((if is_dutch { Term::Registered } else { Term::InBoxes }, count("Cast", &child.text)?)),
                "TotalCounted" => row.lines.push((Term::Valid, count("TotalCounted", &child.text)?)),
                "RejectedVotes" => {
                    invalid = Some(invalid.unwrap_or(0) + u64::from(count("RejectedVotes", &child.text)?));
                }
                "UncountedVotes" => {
                    let votes = count("UncountedVotes", &child.text)?;
                    let reason = child.field("ReasonCode")?.or(child.field("Reason")?).unwrap_or("UncountedVotes");
                    match reason {
                        ADMITTED => row.lines.push((Term::Issued, votes)),
                        LOST => row.lines.push((Term::Lost, votes)),
                        other if row.aside.insert(other.to_owned(), votes).is_some() => {
                            return Err(Fault::Twice(other.to_owned()));
                        }
                        _ => {}
                    }
                }
                "ReportingUnitIdentifier" => {}
                "ReportingUnitInvestigations" => {
                    NotPlaced::add(notes, "reasons why a station was counted again", || path.to_string());
                }
                other => {
                    let what = format!("elements {other} of a unit, which are not known here");
                    NotPlaced::add(notes, &what, || path.to_string());
                }
            }
        }
        Self::sum_of_list(list, notes, path);
        if let Some(invalid) = invalid {
            let parts = [invalid].into_iter().map(|sum| u32::try_from(sum).unwrap_or(u32::MAX));
            row.lines.push((Term::Invalid, sum("RejectedVotes", parts)?));
        }
        let mut terms: Vec<Term> = row.lines.iter().map(|(term, _)| *term).collect();
        terms.sort_unstable();
        match terms.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Fault::Twice(pair[0].id().to_owned())),
            None => Ok(row),
        }
    }

    /// Notes a list whose candidates do not add up to it.
    fn sum_of_list(list: Option<(usize, u64, u64, u64)>, notes: &mut Vec<NotPlaced>, path: &Path) {
        if let Some((_, votes, added, candidates)) = list
            && candidates > 0
            && votes != added
        {
            NotPlaced::add(notes, "lists that are not the sum of their candidates; the lists are kept", || {
                path.to_string()
            });
        }
    }

    fn affiliation(&mut self, element: &Element) -> Result<usize, Fault> {
        let id = element.field("Id")?.unwrap_or_default();
        let name = element.field("RegisteredName")?.unwrap_or_default();
        let key = if id.is_empty() { name } else { id };
        if key.is_empty() {
            return Err(Fault::Missing("Id of the AffiliationIdentifier"));
        }
        Ok(self.option(key.to_owned(), name))
    }

    /// An option that is no list: a candidate, or an answer of a referendum.
    fn single(&mut self, element: &Element) -> Result<usize, Fault> {
        if let Some(candidate) = element.only("Candidate")? {
            let identifier = candidate.only("CandidateIdentifier")?.ok_or(Fault::Missing("CandidateIdentifier"))?;
            let id = identifier.field("Id")?.or(identifier.field("ShortCode")?).unwrap_or_default().to_owned();
            let name = person(candidate)?;
            let name =
                if name.is_empty() { identifier.field("CandidateName")?.unwrap_or_default().to_owned() } else { name };
            let key = if id.is_empty() { name.clone() } else { id };
            return match key.is_empty() {
                true => Err(Fault::Missing("Id of the CandidateIdentifier")),
                false => Ok(self.option(key, &name)),
            };
        }
        if let Some(answer) = element.only("ReferendumOptionIdentifier")? {
            let name = answer.text.trim().to_owned();
            let id = answer.field("Id")?.unwrap_or_default();
            let key = if id.is_empty() { name.as_str() } else { id };
            return Ok(self.option(key.to_owned(), &name));
        }
        Err(Fault::Missing("AffiliationIdentifier, Candidate or ReferendumOptionIdentifier"))
    }

    /// Takes a selection of a result.
    pub(super) fn result(&mut self, element: &Element, notes: &mut Vec<NotPlaced>, path: &Path) -> Result<(), Fault> {
        let elected = element.field("Elected")?.is_some_and(|elected| elected == "yes" || elected == "true");
        let votes = element.field("Votes")?.map(|votes| count("Votes", votes)).transpose()?;
        let option = match element.only("AffiliationIdentifier")? {
            Some(affiliation) => {
                let option = self.affiliation(affiliation)?;
                self.list = Some(option);
                option
            }
            None => {
                let candidate = element.only("Candidate")?;
                if let (Some(candidate), true) = (candidate, elected) {
                    self.elected.push(person(candidate)?);
                }
                match self.list {
                    Some(list) => {
                        *self.seats.entry(list).or_insert(0) += u64::from(elected);
                        if votes.is_some() {
                            NotPlaced::add(
                                notes,
                                "votes of candidates within a list; the lists are the options",
                                || path.to_string(),
                            );
                        }
                        return Ok(());
                    }
                    None => {
                        let option = self.single(element)?;
                        *self.seats.entry(option).or_insert(0) += u64::from(elected);
                        option
                    }
                }
            }
        };
        if let Some(votes) = votes {
            let totals = self.totals.get_or_insert_default();
            totals.give(option, votes, &self.options)?;
        }
        Ok(())
    }

    /// The table and figures of the contest.
    pub(super) fn finish(self, kind: &str, authority: (&str, &str), notes: &mut Vec<NotPlaced>) -> Placed {
        let names = told_apart(&self.options);
        // In national elections of the Netherlands a voter may vote anywhere: stations have no register, and say 0.
        let is_set = |row: &Row, term: Term, wanted: fn(u32) -> bool| {
            row.lines.iter().any(|&(known, count)| known == term && wanted(count))
        };
        let has_voters = |row: &Row| row.votes.iter().any(|&(_, votes)| votes > 0);
        let no_register = self.rows.iter().any(has_voters)
            && !self.rows.iter().any(|row| is_set(row, Term::Registered, |count| count > 0));
        if no_register && self.rows.iter().any(|row| is_set(row, Term::Registered, |_| true)) {
            let what =
                "units that all have 0 voters on the register, and votes: how many voters they have is not known";
            self.rows.iter().for_each(|row| NotPlaced::add(notes, what, || row.name.clone()));
        }
        let is_area_by_id = matches!(kind, "510c" | "510d");
        let is_municipal = matches!(kind, "510a" | "510b") && !authority.1.is_empty();
        let (stations, areas): (Numbered<'_>, Numbered<'_>) =
            self.rows.iter().enumerate().partition(|(_, row)| !is_area_by_id || is_station(&row.id));
        let called: HashMap<&str, &str> = areas.iter().map(|(_, row)| (row.id.as_str(), row.name.as_str())).collect();
        let above: Vec<(Option<String>, Option<String>)> = stations.iter().map(|(_, row)| prefixes(&row.id)).collect();
        // A name is the station's own within its areas.
        let mut times: HashMap<_, usize> = HashMap::new();
        stations.iter().zip(&above).for_each(|((_, row), above)| *times.entry((above, &row.name)).or_insert(0) += 1);
        let has_district = above.iter().any(|(district, _)| district.is_some());
        let has_municipality = is_municipal || above.iter().any(|(_, municipality)| municipality.is_some());
        let mut levels = Vec::new();
        levels.extend(has_district.then(|| "district".to_owned()));
        levels.extend(has_municipality.then(|| "municipality".to_owned()));
        let mut grid = Grid::default();
        grid.levels(&levels);
        for ((at, row), above) in stations.iter().zip(&above) {
            let (district, municipality) = above;
            let shared = times.get(&(above, &row.name)).is_some_and(|&times| times > 1) && !row.id.is_empty();
            let name = if shared { format!("{} {}", short(&row.id), row.name) } else { row.name.clone() };
            grid.begin(&name, at + 1);
            let named = |prefix: &Option<String>| {
                let prefix = prefix.as_deref().unwrap_or_default();
                called.get(prefix).copied().unwrap_or(prefix).to_owned()
            };
            if has_district {
                grid.area(0, &named(district));
            }
            if has_municipality {
                let is_own = municipality
                    .as_deref()
                    .is_none_or(|id| id == authority.0 || id.ends_with(&format!("::{}", authority.0)));
                let name = if is_municipal && is_own { authority.1.to_owned() } else { named(municipality) };
                grid.area(levels.len() - 1, &name);
            }
            row.votes.iter().for_each(|&(option, votes)| grid.votes(option, Some(votes)));
            for &(term, count) in row.lines.iter().filter(|(term, _)| !no_register || *term != Term::Registered) {
                grid.line(term, Some(count));
            }
            grid.text("unit", &row.id);
            row.aside.iter().for_each(|(reason, count)| grid.text(reason, &count.to_string()));
        }
        let mut figures = Vec::new();
        for (_, row) in &areas {
            row.figures(Some(&row.name), &mut figures, notes);
        }
        if let Some(totals) = &self.totals {
            let area = is_municipal.then_some(authority.1).filter(|_| !stations.is_empty());
            totals.figures(area, &mut figures, notes);
        }
        for (&option, &seats) in &self.seats {
            let what = Quantity::Other(format!("seats: {}", names[option]));
            figures.push(PublishedFigure { what, area: None, amount: Amount::Count(seats) });
        }
        let note = (!self.elected.is_empty()).then(|| format!("elected: {}", self.elected.join(", ")));
        let options =
            names.iter().map(|name| ContestOption { id: name.clone(), name: name.clone(), incumbent: false }).collect();
        Placed { options, figures, note, table: grid.finish(names, ShareOf::Ballots) }
    }
}

impl Row {
    fn give(&mut self, option: usize, votes: u32, options: &[(String, String)]) -> Result<(), Fault> {
        if self.votes.iter().any(|(known, _)| *known == option) {
            return Err(Fault::Twice(options.get(option).map_or(String::new(), |(key, _)| key.clone())));
        }
        self.votes.push((option, votes));
        Ok(())
    }

    /// The counts as published figures of an area, or of the whole.
    fn figures(&self, area: Option<&str>, figures: &mut Vec<PublishedFigure>, notes: &mut Vec<NotPlaced>) {
        let area = area.map(str::to_owned);
        let mut add = |what, count: u32| {
            let amount = Amount::Count(u64::from(count));
            figures.push(PublishedFigure { what, area: area.clone(), amount });
        };
        for &(term, count) in &self.lines {
            let what = match term {
                Term::Registered => Quantity::Registered,
                Term::Issued => Quantity::Voted,
                Term::Valid => Quantity::Valid,
                Term::Invalid => Quantity::Invalid,
                other => Quantity::Other(other.id().to_owned()),
            };
            add(what, count);
        }
        self.votes.iter().for_each(|&(option, votes)| add(Quantity::Votes(OptionId(option)), votes));
        for reason in self.aside.keys() {
            NotPlaced::add(notes, "uncounted votes of areas and of the whole, by reason", || reason.clone());
        }
    }
}
