//! The pieces of a report, as they come: identifiers become numbers, and a count is sixteen bytes.

use std::collections::HashMap;

use super::pieces::{
    BALLOTS, CONTEST_ASIDE, Candidate, Contest, Counted, Election, Ids, KINDS, Others, Selection, Unit,
};
use crate::count::count;
use crate::tree::{Element, Path, Sink, Syntax, Want};
use crate::{ExchangeError, Fault, NotPlaced, ReadLimits};

/// A report.
pub(super) struct Report<'a> {
    limits: &'a ReadLimits,
    /// Whether a list of identifiers is one text.
    is_xml: bool,
    pub(super) issuer: String,
    pub(super) status: String,
    pub(super) generated: Option<String>,
    pub(super) units: Vec<Unit>,
    pub(super) unit_ids: Ids,
    pub(super) parties: HashMap<String, String>,
    pub(super) candidates: HashMap<String, Candidate>,
    pub(super) elections: Vec<Election>,
    pub(super) notes: Vec<NotPlaced>,
    counts: u64,
    pub(super) exceeded: Option<ExchangeError>,
}

impl<'a> Report<'a> {
    pub(super) fn new(syntax: Syntax, limits: &'a ReadLimits) -> Self {
        Self {
            limits,
            is_xml: syntax == Syntax::Xml,
            issuer: String::new(),
            status: String::new(),
            generated: None,
            units: Vec::new(),
            unit_ids: Ids::default(),
            parties: HashMap::new(),
            candidates: HashMap::new(),
            elections: Vec::new(),
            notes: Vec::new(),
            counts: 0,
            exceeded: None,
        }
    }

    fn election(&mut self) -> Option<&mut Election> {
        self.elections.last_mut()
    }

    fn contest(&mut self) -> Option<&mut Contest> {
        self.election()?.contests.last_mut()
    }

    fn selection(&mut self) -> Option<&mut Selection> {
        self.contest()?.selections.last_mut()
    }

    fn in_election(&mut self, set: impl FnOnce(&mut Election)) {
        if let Some(election) = self.election() {
            set(election);
        }
    }

    fn in_contest(&mut self, set: impl FnOnce(&mut Contest)) {
        if let Some(contest) = self.contest() {
            set(contest);
        }
    }

    fn in_selection(&mut self, set: impl FnOnce(&mut Selection)) {
        if let Some(selection) = self.selection() {
            set(selection);
        }
    }

    /// The identifiers of a list.
    fn ids(&self, element: &Element) -> Vec<String> {
        match self.is_xml {
            true => element.text.split_whitespace().map(str::to_owned).collect(),
            false => vec![element.text.trim().to_owned()],
        }
    }

    /// A text in one of its languages: the first. Others are counted.
    fn words(&mut self, path: &Path, element: &Element) -> Result<String, Fault> {
        let mut texts = element.all("Text");
        let Some(first) = texts.next() else { return Ok(element.text.trim().to_owned()) };
        if texts.next().is_some() {
            NotPlaced::add(&mut self.notes, "names in a second language; the first one given is kept", || {
                path.to_string()
            });
        }
        Ok(first.field("Content")?.unwrap_or_else(|| first.text.trim()).to_owned())
    }

    fn unit(&mut self, path: &Path, element: &Element) -> Result<(), Fault> {
        if self.units.len() as u64 >= self.limits.units {
            self.exceeded = Some(ExchangeError::TooMany { what: "reporting units", limit: self.limits.units });
            return Ok(());
        }
        let id = element.required("@id")?.to_owned();
        let number = self.unit_ids.number(&id, || path.to_string());
        let kind = element.field("Type")?.unwrap_or_default().to_owned();
        let other = element.field("OtherType")?.filter(|other| !other.is_empty());
        let name = element.only("Name")?.map(|name| self.words(path, name)).transpose()?.unwrap_or_default();
        let mut parts = Vec::new();
        for list in element.all("ComposingGpUnitIds") {
            for part in self.ids(list) {
                parts.push(self.unit_ids.number(&part, || path.to_string()));
            }
        }
        let voters = |what: &str| element.field(what)?.map(|text| count(what, text)).transpose();
        let unit = Unit {
            number,
            is_device: element.field("@type")? == Some("ReportingDevice"),
            is_other: kind == "other",
            kind: other.filter(|_| kind == "other").map_or(kind.clone(), str::to_owned),
            name: if name.is_empty() { element.field("Number")?.unwrap_or(&id).to_owned() } else { name },
            parts,
            registered: voters("VotersRegistered")?,
            participated: voters("VotersParticipated")?,
        };
        self.units.push(unit);
        Ok(())
    }

    /// What is common to all counts, without the count; none above the limit.
    fn counted(&mut self, path: &Path, element: &Element) -> Result<Option<Counted>, Fault> {
        self.counts += 1;
        if self.counts > self.limits.counts {
            self.exceeded = Some(ExchangeError::TooMany { what: "counts", limit: self.limits.counts });
            return Ok(None);
        }
        let unit = element.field("GpUnitId")?.filter(|id| !id.is_empty());
        let Some(unit) = unit.or(element.field("GpUnitIdentifier")?) else {
            NotPlaced::add(&mut self.notes, "counts of no reporting unit", || path.to_string());
            return Ok(None);
        };
        let unit = self.unit_ids.number(unit, || path.to_string());
        let kind = element.field("Type")?.unwrap_or("total");
        let kind = KINDS.iter().position(|known| *known == kind).and_then(|at| u8::try_from(at).ok());
        let kind = kind.unwrap_or(11);
        let of_device = element.children.iter().any(|child| matches!(child.name.as_str(), "DeviceClass" | "Device"));
        let round = element.field("Round")?.map(|round| count("Round", round)).transpose()?.unwrap_or(0);
        let round = u16::try_from(round).unwrap_or(u16::MAX);
        Ok(Some(Counted { unit, count: None, kind, of_device, round }))
    }

    fn votes(&mut self, path: &Path, element: &Element) -> Result<(), Fault> {
        let Some(mut counted) = self.counted(path, element)? else { return Ok(()) };
        if element.field("IsSuppressedForPrivacy")? != Some("true") {
            counted.count = Some(count("Count", element.required("Count")?)?);
        }
        if let Some(selection) = self.selection() {
            selection.counts.push(counted);
        }
        Ok(())
    }

    /// Ballots of a unit; in drafts of the format they stand in a contest.
    fn ballots(&mut self, path: &Path, element: &Element, in_contest: bool) -> Result<(), Fault> {
        for (at, what) in BALLOTS.into_iter().enumerate() {
            let Some(text) = element.field(what)? else { continue };
            let ballots = count(what, text)?;
            let Some(mut counted) = self.counted(path, element)? else { continue };
            counted.count = Some(ballots);
            let ballots = match in_contest {
                true => self.contest().map(|contest| &mut contest.ballots),
                false => self.election().map(|election| &mut election.ballots),
            };
            if let Some(list) = ballots.and_then(|ballots| ballots.get_mut(at)) {
                list.push(counted);
            }
        }
        Ok(())
    }

    fn others(&mut self, path: &Path, element: &Element) -> Result<(), Fault> {
        self.ballots(path, element, true)?;
        let Some(counted) = self.counted(path, element)? else { return Ok(()) };
        if KINDS.get(usize::from(counted.kind)) != Some(&"total") {
            NotPlaced::add(&mut self.notes, "overvotes, undervotes and write-ins by type of ballot", || {
                path.to_string()
            });
            return Ok(());
        }
        let read = |what: &str| element.field(what)?.map(|text| count(what, text)).transpose();
        let others = Others {
            unit: counted.unit,
            of_device: counted.of_device,
            overvotes: read("Overvotes")?,
            undervotes: read("Undervotes")?,
            write_ins: read("WriteIns")?,
        };
        if let Some(contest) = self.contest() {
            contest.others.push(others);
        }
        Ok(())
    }

    fn candidate(&mut self, path: &Path, element: &Element) -> Result<(), Fault> {
        let id = element.required("@id")?.to_owned();
        let name = element.only("BallotName")?.map(|name| self.words(path, name)).transpose()?.unwrap_or_default();
        let candidate = Candidate {
            name,
            incumbent: element.field("IsIncumbent")? == Some("true"),
            won: element.field("PostElectionStatus")? == Some("winner"),
        };
        match self.candidates.insert(id.clone(), candidate) {
            Some(_) => Err(Fault::SameId(id, "candidate")),
            None => Ok(()),
        }
    }

    fn party(&mut self, path: &Path, element: &Element) -> Result<(), Fault> {
        let id = element.required("@id")?.to_owned();
        let name = element.only("Name")?.map(|name| self.words(path, name)).transpose()?.unwrap_or_default();
        match self.parties.insert(id.clone(), name) {
            Some(_) => Err(Fault::SameId(id, "party")),
            None => Ok(()),
        }
    }
}

/// The names from the root, without the lists that version 1.0 puts around elements.
fn names(path: &Path) -> Vec<&str> {
    path.names().filter(|name| !name.ends_with("Collection")).collect()
}

impl Sink for Report<'_> {
    fn want(&mut self, path: &Path) -> Want {
        if path.last().ends_with("Collection") {
            return Want::Enter;
        }
        let names = names(path);
        match names.get(1..).unwrap_or_default() {
            [] => Want::Enter,
            ["Election"] => {
                self.elections.push(Election::default());
                Want::Enter
            }
            ["GpUnit" | "Party" | "Issuer" | "Status" | "GeneratedDate"] => Want::Take,
            [
                "Format"
                | "ExternalIdentifier"
                | "IssuerAbbreviation"
                | "IsTest"
                | "Notes"
                | "Office"
                | "OfficeGroup"
                | "Person"
                | "Header"
                | "SequenceStart"
                | "SequenceEnd"
                | "TestType"
                | "VendorApplicationId"
                | "Signature",
            ] => Want::Skip,
            ["Election", "Contest"] => {
                if let Some(election) = self.election() {
                    election.contests.push(Contest { votes_allowed: 1, ..Contest::default() });
                }
                Want::Enter
            }
            ["Election", "Candidate" | "BallotCounts" | "Name" | "StartDate" | "ElectionScopeId"] => Want::Take,
            [
                "Election",
                "BallotStyle" | "ContactInformation" | "CountStatus" | "ExternalIdentifier" | "EndDate" | "Type"
                | "OtherType",
            ] => Want::Skip,
            ["Election", "Contest", "ContestSelection" | "BallotSelection"] => {
                let path = path.to_string();
                if let Some(contest) = self.contest() {
                    contest.selections.push(Selection { path, ..Selection::default() });
                }
                Want::Enter
            }
            [
                "Election",
                "Contest",
                "OtherCounts"
                | "SummaryCounts"
                | "Name"
                | "ElectionDistrictId"
                | "ElectoralDistrictId"
                | "VotesAllowed",
            ] => Want::Take,
            ["Election", "Contest", name] if CONTEST_ASIDE.contains(name) => Want::Skip,
            ["Election", "Contest", "ContestSelection" | "BallotSelection", name] => match *name {
                "VoteCounts" | "CandidateIds" | "PartyIds" | "Selection" | "IsWriteIn" => Want::Take,
                "SequenceOrder" | "EndorsementPartyIds" | "ExternalIdentifier" => Want::Skip,
                _ => Want::Pass,
            },
            _ => Want::Pass,
        }
    }

    fn attribute(&mut self, path: &Path, name: &str, value: &str) -> Result<(), Fault> {
        if name != "@id" {
            return Ok(());
        }
        let id = value.trim().to_owned();
        match path.last() {
            "Contest" => self.contest().map(|contest| contest.id = id),
            "ContestSelection" | "BallotSelection" => self.selection().map(|selection| selection.id = id),
            _ => None,
        };
        Ok(())
    }

    fn take(&mut self, path: &Path, element: Element) -> Result<(), Fault> {
        if self.exceeded.is_some() {
            return Ok(());
        }
        let trimmed = || element.text.trim().to_owned();
        let names = names(path);
        match names.get(1..).unwrap_or_default() {
            ["Issuer"] => self.issuer = trimmed(),
            ["Status"] => self.status = trimmed(),
            ["GeneratedDate"] => self.generated = Some(trimmed()),
            ["GpUnit"] => self.unit(path, &element)?,
            ["Party"] => self.party(path, &element)?,
            ["Election", "Candidate"] => self.candidate(path, &element)?,
            ["Election", "BallotCounts"] => self.ballots(path, &element, false)?,
            ["Election", "Name"] => {
                let name = self.words(path, &element)?;
                self.in_election(|election| election.name = name);
            }
            ["Election", "StartDate"] => {
                self.in_election(|election| election.date = Some(trimmed()));
            }
            ["Election", "ElectionScopeId"] => {
                let scope = self.unit_ids.number(&trimmed(), || path.to_string());
                self.in_election(|election| election.scope = Some(scope));
            }
            ["Election", "Contest", "Name"] => {
                self.in_contest(|contest| contest.name = trimmed());
            }
            ["Election", "Contest", "ElectionDistrictId" | "ElectoralDistrictId"] => {
                let district = self.unit_ids.number(&trimmed(), || path.to_string());
                self.in_contest(|contest| contest.district = Some(district));
            }
            ["Election", "Contest", "VotesAllowed"] => {
                let allowed = count("VotesAllowed", &element.text)?;
                self.in_contest(|contest| contest.votes_allowed = allowed);
            }
            ["Election", "Contest", "OtherCounts" | "SummaryCounts"] => self.others(path, &element)?,
            ["Election", "Contest", _, "VoteCounts"] => self.votes(path, &element)?,
            ["Election", "Contest", _, "CandidateIds"] => {
                let ids = self.ids(&element);
                self.in_selection(|selection| selection.candidates.extend(ids));
            }
            ["Election", "Contest", _, "PartyIds"] => {
                let ids = self.ids(&element);
                self.in_selection(|selection| selection.parties.extend(ids));
            }
            ["Election", "Contest", _, "Selection"] => {
                let words = self.words(path, &element)?;
                self.in_selection(|selection| selection.text = Some(words));
            }
            ["Election", "Contest", _, "IsWriteIn"] => {
                let write_in = element.text.trim() == "true";
                self.in_selection(|selection| selection.write_in = write_in);
            }
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self, path: &Path) -> Result<(), Fault> {
        let missing = match path.last() {
            "Contest" => self.contest().is_some_and(|contest| contest.id.is_empty()),
            "ContestSelection" | "BallotSelection" => self.selection().is_some_and(|selection| selection.id.is_empty()),
            _ => false,
        };
        if missing { Err(Fault::Missing("identifier (@id, ObjectId)")) } else { Ok(()) }
    }
}
