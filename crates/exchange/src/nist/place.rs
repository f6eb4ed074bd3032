//! From the pieces of a report to tables and figures.

use std::collections::HashMap;

use adil_record::{
    Amount, ContestOption, OptionId, PublishedFigure, Publisher, Quantity, Release, ShareOf, Status, Term,
};

use super::pieces::{Candidate, Contest, Election, Others, Selection};
use super::take::Report;
use super::tally::{Tally, tally};
use super::units::Units;
use crate::grid::{Grid, told_apart};
use crate::{ContestResults, ExchangeError, Fault, Format, NotPlaced, Results};

/// Puts a report together.
pub(super) fn placed(report: Report<'_>, format: Format) -> Result<Results, ExchangeError> {
    let Report { issuer, status, generated, units, unit_ids, parties, candidates, elections, notes, .. } = report;
    let units = Units::new(units, &unit_ids)?;
    let title = elections.first().map_or(String::new(), |election| election.name.clone());
    let date = elections.first().and_then(|election| election.date.clone());
    let release = Release {
        id: "report".to_owned(),
        publisher: Publisher { name: issuer, ..Publisher::default() },
        time: generated,
        status: status_of(&status),
        ..Release::default()
    };
    let mut placing = Placing { units: &units, parties: &parties, candidates: &candidates, notes, release };
    let mut contests: Vec<ContestResults> = Vec::new();
    for election in &elections {
        let is_only = election.contests.len() == 1;
        for contest in &election.contests {
            if contests.iter().any(|known| known.id == contest.id) {
                return Err(Fault::SameId(contest.id.clone(), "contest").at("ElectionReport/Election/Contest"));
            }
            contests.extend(placing.contest(election, contest, is_only)?);
        }
    }
    Ok(Results { format, title, date, contests, not_placed: placing.notes })
}

fn status_of(status: &str) -> Status {
    match status {
        "pre-election" => Status::Before,
        "unofficial-partial" => Status::Night,
        "unofficial-complete" => Status::Preliminary,
        _ => Status::Final,
    }
}

/// The title of the options that hand-written names have together, where they are given as a sum only.
const WRITE_INS: &str = "write-ins";

struct Placing<'a> {
    units: &'a Units,
    parties: &'a HashMap<String, String>,
    candidates: &'a HashMap<String, Candidate>,
    notes: Vec<NotPlaced>,
    release: Release,
}

/// All numbers of a contest, by unit.
struct Numbers {
    votes: Vec<Tally>,
    ballots: [HashMap<usize, u32>; 3],
    others: HashMap<usize, Others>,
}

impl Placing<'_> {
    fn contest(
        &mut self,
        election: &Election,
        contest: &Contest,
        is_only: bool,
    ) -> Result<Option<ContestResults>, ExchangeError> {
        let path = || format!("ElectionReport/Election/Contest {:?}", contest.id);
        let in_contest = |fault: Fault| fault.at(&path());
        let mut named = Vec::new();
        let mut options = Vec::new();
        for selection in &contest.selections {
            let (name, incumbent, won) = self.name_of(selection)?;
            if won {
                NotPlaced::add(&mut self.notes, "candidates who are called winners", || name.clone());
            }
            named.push((selection.id.clone(), name));
            options.push(incumbent);
        }
        let mut numbers = self.numbers(election, contest).map_err(in_contest)?;
        let has_write_in = contest.selections.iter().any(|selection| selection.write_in);
        let of_others = |others: &Others| others.write_ins;
        if !has_write_in && numbers.others.values().any(|others| of_others(others).is_some()) {
            let mut counts: Vec<(usize, Option<u32>)> = numbers
                .others
                .iter()
                .filter_map(|(&place, others)| of_others(others).map(|count| (place, Some(count))))
                .collect();
            counts.sort_unstable();
            numbers.votes.push(Tally { counts, seats: Vec::new() });
            named.push((WRITE_INS.to_owned(), WRITE_INS.to_owned()));
            options.push(false);
        }
        let names = told_apart(&named);
        let options = names
            .iter()
            .zip(options)
            .map(|(name, incumbent)| ContestOption { id: name.clone(), name: name.clone(), incumbent })
            .collect();
        let stations = self.stations(&numbers, is_only);
        if is_only {
            let is_idle = |place: &usize| self.units.may_be_station(*place) && !self.units.has_parts(*place);
            for place in (0..self.units.len()).filter(is_idle).filter(|place| stations.binary_search(place).is_err()) {
                if !self.units.above(place).any(|above| stations.binary_search(&above).is_ok()) {
                    NotPlaced::add(&mut self.notes, "stations without any count", || {
                        self.units.unit(place).name.clone()
                    });
                }
            }
        }
        let mut figures = self.figures(election, contest, &numbers, &stations, is_only);
        for (option, tally) in numbers.votes.iter().enumerate() {
            for &(place, seats) in &tally.seats {
                let what = Quantity::Other(format!("seats: {}", names[option]));
                let area = Some(self.units.unit(place).name.clone());
                figures.push(PublishedFigure { what, area, amount: Amount::Count(u64::from(seats)) });
            }
        }
        let table = self.table(election, contest, &numbers, &stations, names, has_write_in).map_err(in_contest)?;
        if table.is_none() && figures.is_empty() {
            NotPlaced::add(&mut self.notes, "contests without counts", || contest.name.clone());
            return Ok(None);
        }
        let title = if contest.name.is_empty() { election.name.clone() } else { contest.name.clone() };
        let release = Release { figures, ..self.release.clone() };
        Ok(Some(ContestResults { id: contest.id.clone(), title, options, release, table }))
    }

    /// The name of a selection, whether it is of the side in power, and whether it is called a winner.
    fn name_of(&self, selection: &Selection) -> Result<(String, bool, bool), ExchangeError> {
        let dangling = |what, id: &String| Fault::Dangling { what, id: id.clone() }.at(&selection.path);
        let mut parts = Vec::new();
        let (mut incumbent, mut won) = (false, false);
        for id in &selection.candidates {
            let candidate = self.candidates.get(id).ok_or_else(|| dangling("candidate", id))?;
            parts.push(candidate.name.as_str());
            (incumbent, won) = (incumbent | candidate.incumbent, won | candidate.won);
        }
        for id in &selection.parties {
            parts.push(self.parties.get(id).ok_or_else(|| dangling("party", id))?);
        }
        parts.extend(selection.text.as_deref());
        if parts.is_empty() && selection.write_in {
            parts.push(WRITE_INS);
        }
        parts.retain(|part| !part.is_empty());
        Ok((parts.join(" / "), incumbent, won))
    }

    fn numbers(&mut self, election: &Election, contest: &Contest) -> Result<Numbers, Fault> {
        let mut votes = Vec::with_capacity(contest.selections.len());
        for selection in &contest.selections {
            votes.push(tally(&selection.counts, self.units, &mut self.notes)?);
        }
        let mut ballots: [HashMap<usize, u32>; 3] = Default::default();
        for (at, known) in ballots.iter_mut().enumerate() {
            // A contest's own ballots, where a draft has them, come before those of the election.
            for list in [&election.ballots[at], &contest.ballots[at]] {
                let counted = tally(list, self.units, &mut self.notes)?;
                known.extend(counted.counts.into_iter().filter_map(|(place, count)| Some((place, count?))));
            }
        }
        let mut others = HashMap::new();
        for of_unit in &contest.others {
            let Some(place) = self.units.place(of_unit.unit) else { continue };
            let name = || self.units.unit(place).name.clone();
            if of_unit.of_device || self.units.unit(place).is_device {
                NotPlaced::add(&mut self.notes, "overvotes, undervotes and write-ins by device", name);
            } else if others.insert(place, *of_unit).is_some() {
                return Err(Fault::TwoCounts { unit: name(), kind: "total" });
            }
        }
        Ok(Numbers { votes, ballots, others })
    }

    /// The units that are stations of a contest, in their order: those that may be one, have a count, and have none below them that has.
    fn stations(&self, numbers: &Numbers, is_only: bool) -> Vec<usize> {
        let mut counted = vec![false; self.units.len()];
        let votes = numbers.votes.iter().flat_map(|tally| tally.counts.iter().map(|(place, _)| *place));
        votes.chain(numbers.others.keys().copied()).for_each(|place| counted[place] = true);
        if is_only {
            numbers.ballots.iter().flat_map(HashMap::keys).for_each(|&place| counted[place] = true);
            for (place, counted) in counted.iter_mut().enumerate() {
                let unit = self.units.unit(place);
                *counted |= unit.registered.is_some() || unit.participated.is_some();
            }
        }
        let is_station = |place: &usize| counted[*place] && self.units.may_be_station(*place);
        let mut has_below = vec![false; self.units.len()];
        for place in (0..self.units.len()).filter(is_station) {
            for above in self.units.above(place) {
                has_below[above] = true;
            }
        }
        (0..self.units.len()).filter(|place| is_station(place) && !has_below[*place]).collect()
    }

    /// Papers that count for nobody: overvotes and undervotes where a voter has one vote, else the ballots that were rejected.
    fn invalid(contest: &Contest, numbers: &Numbers, place: usize) -> Option<u32> {
        let others = numbers.others.get(&place).filter(|_| contest.votes_allowed == 1);
        let both = others.map(|others| (others.overvotes, others.undervotes));
        match both {
            Some((Some(over), under)) => Some(over.saturating_add(under.unwrap_or(0))),
            Some((None, Some(under))) => Some(under),
            _ => numbers.ballots[1].get(&place).copied(),
        }
    }

    fn table(
        &mut self,
        election: &Election,
        contest: &Contest,
        numbers: &Numbers,
        stations: &[usize],
        names: Vec<String>,
        has_write_in: bool,
    ) -> Result<Option<adil_record::ImportedTable>, Fault> {
        let chains = self.chains(election, contest, stations);
        let mut levels: Vec<String> = Vec::new();
        // Narrow areas come last: a new level goes before the one that follows it on the way where it first comes up.
        for chain in &chains {
            let mut at = 0;
            for (level, _) in chain {
                match levels.iter().position(|known| known == level) {
                    Some(known) => at = known + 1,
                    None => {
                        levels.insert(at.min(levels.len()), level.clone());
                        at += 1;
                    }
                }
            }
        }
        let mut grid = Grid::default();
        grid.levels(&levels);
        let rows: HashMap<usize, usize> = stations.iter().enumerate().map(|(row, &place)| (place, row)).collect();
        let mut votes: Vec<Vec<Option<Option<u32>>>> = vec![vec![None; stations.len()]; numbers.votes.len()];
        for (option, tally) in numbers.votes.iter().enumerate() {
            for (place, count) in &tally.counts {
                if let Some(&row) = rows.get(place) {
                    votes[option][row] = Some(*count);
                }
            }
        }
        for (row, (&place, chain)) in stations.iter().zip(&chains).enumerate() {
            let unit = self.units.unit(place);
            grid.begin(&unit.name, place + 1);
            for (level, name) in chain {
                if let Some(at) = levels.iter().position(|known| known == level) {
                    grid.area(at, name);
                }
            }
            for (option, counts) in votes.iter().enumerate() {
                grid.votes(option, counts[row].flatten());
                if counts[row] == Some(None) {
                    grid.unknown("kept back for privacy");
                }
            }
            let [cast, rejected, outstanding] = [0, 1, 2].map(|at| numbers.ballots[at].get(&place).copied());
            let invalid = Self::invalid(contest, numbers, place);
            grid.line(Term::Registered, unit.registered);
            grid.line(Term::Issued, unit.participated);
            grid.line(Term::InBoxes, cast);
            grid.line(Term::Invalid, invalid);
            let others = numbers.others.get(&place);
            let aside = [
                ("ballots rejected", rejected.filter(|_| invalid != rejected)),
                ("ballots outstanding", outstanding),
                ("overvotes", others.and_then(|others| others.overvotes)),
                ("undervotes", others.and_then(|others| others.undervotes)),
                ("write-ins", others.and_then(|others| others.write_ins).filter(|_| has_write_in)),
            ];
            for (column, count) in aside {
                if let Some(count) = count {
                    grid.text(column, &count.to_string());
                }
            }
        }
        let share_of = if contest.votes_allowed == 1 { ShareOf::Ballots } else { ShareOf::Valid };
        Ok(grid.finish(names, share_of))
    }

    /// For each station its areas, level and name, from the widest; without that which is the whole.
    fn chains(&self, election: &Election, contest: &Contest, stations: &[usize]) -> Vec<Vec<(String, String)>> {
        let wholes: Vec<usize> = [election.scope, contest.district]
            .into_iter()
            .flatten()
            .filter_map(|unit| self.units.place(unit))
            .collect();
        let chain = |&place: &usize| {
            let mut chain: Vec<(String, String)> = Vec::new();
            for above in self.units.above(place).filter(|above| !wholes.contains(above)) {
                let unit = self.units.unit(above);
                let mut level = unit.kind.clone();
                let mut number = 2;
                while chain.iter().any(|(known, _)| *known == level) {
                    level = format!("{} {number}", unit.kind);
                    number += 1;
                }
                chain.push((level, unit.name.clone()));
            }
            chain.reverse();
            chain
        };
        stations.iter().map(chain).collect()
    }

    /// The numbers of units that are no stations, as published figures of areas; of the district and of the scope, as those of the whole.
    fn figures(
        &mut self,
        election: &Election,
        contest: &Contest,
        numbers: &Numbers,
        stations: &[usize],
        is_only: bool,
    ) -> Vec<PublishedFigure> {
        let mut names: HashMap<&str, usize> = HashMap::new();
        (0..self.units.len()).for_each(|place| *names.entry(self.units.unit(place).name.as_str()).or_insert(0) += 1);
        let mut is_station = vec![false; self.units.len()];
        stations.iter().for_each(|&place| is_station[place] = true);
        let district = contest.district.or(election.scope).and_then(|unit| self.units.place(unit));
        let mut figures = Vec::new();
        let votes: Vec<HashMap<usize, u32>> = numbers
            .votes
            .iter()
            .map(|tally| tally.counts.iter().filter_map(|&(place, count)| Some((place, count?))).collect())
            .collect();
        for place in (0..self.units.len()).filter(|&place| !is_station[place]) {
            let unit = self.units.unit(place);
            let (registered, participated) = match is_only || district == Some(place) {
                true => (unit.registered, unit.participated),
                false => (None, None),
            };
            let options = votes
                .iter()
                .enumerate()
                .map(|(option, counts)| (Quantity::Votes(OptionId(option)), counts.get(&place).copied()));
            let lines = [
                (Quantity::Registered, registered),
                (Quantity::Voted, participated.or_else(|| numbers.ballots[0].get(&place).copied())),
                (Quantity::Invalid, Self::invalid(contest, numbers, place)),
            ];
            let of_unit: Vec<(Quantity, u32)> =
                lines.into_iter().chain(options).filter_map(|(what, count)| Some((what, count?))).collect();
            if of_unit.is_empty() {
                continue;
            }
            let is_whole = district == Some(place);
            if !is_whole && names.get(unit.name.as_str()).is_some_and(|&times| times > 1) {
                NotPlaced::add(&mut self.notes, "counts of areas whose name another unit has too", || {
                    unit.name.clone()
                });
                continue;
            }
            let area = (!is_whole).then(|| unit.name.clone());
            let figure =
                |(what, count)| PublishedFigure { what, area: area.clone(), amount: Amount::Count(u64::from(count)) };
            figures.extend(of_unit.into_iter().map(figure));
        }
        figures
    }
}
