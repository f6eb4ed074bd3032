//! What a check sees of a contest: the table under test, with the columns that most checks need worked out once.

use std::any::Any;
use std::sync::Arc;

use adil_finding::CheckId;
use adil_record::{Contest, ContestOption, Counts, OptionId, Record, Release, StationTable, Term};

use crate::kept::Kept;
use crate::{LeaderUnknown, Settings, Signature};

/// One contest of a record, ready for the checks.
#[derive(Debug)]
pub struct ContestView<'a> {
    /// The record.
    pub record: &'a Record,
    /// The contest.
    pub contest: &'a Contest,
    /// The table under test, if the contest has station results.
    pub tested: Option<Tested<'a>>,
    /// What was worked out of it, of this and of the other sides.
    kept: Arc<Kept>,
    /// What the election is known by in the bank, where the table was changed on purpose.
    known_by: Option<Signature>,
}

/// The station table under test.
#[derive(Debug, Clone)]
pub struct Tested<'a> {
    /// The release it is from.
    pub release: &'a Release,
    /// The table.
    pub table: &'a StationTable,
    /// The side tested.
    pub leader: OptionId,
    /// The votes of the side tested.
    pub leader_votes: &'a Counts,
    /// Voters on the register.
    pub registered: Option<&'a Counts>,
    /// Ballots issued, or those who signed for one.
    pub issued: Option<Counts>,
    /// Ballots found in the boxes.
    pub ballots: Option<Counts>,
    /// The numerator of turnout.
    pub turnout_numerator: Option<Counts>,
    /// The denominator of shares.
    pub share_base: Option<Counts>,
    /// The district of each station, by number.
    pub districts: Vec<usize>,
    /// How many districts there are.
    pub district_count: usize,
}

impl<'a> ContestView<'a> {
    /// The view of a contest.
    ///
    /// # Errors
    /// The side that the settings name is not an option of the contest.
    pub fn new(record: &'a Record, contest: &'a Contest, settings: &Settings) -> Result<Self, LeaderUnknown> {
        let leader = match &settings.leader {
            Some(wanted) => Some(named(contest, wanted)?),
            None => None,
        };
        let tested = contest.tested().and_then(|release| Tested::new(release, leader));
        Ok(Self { record, contest, tested, kept: Arc::default(), known_by: None })
    }

    /// A changed copy of a contest, known in the bank by what it was before.
    pub(crate) fn of_contest(
        record: &'a Record,
        contest: &'a Contest,
        side: OptionId,
        known_by: Option<Signature>,
    ) -> Self {
        let tested = contest.tested().and_then(|release| Tested::new(release, Some(side)));
        Self { record, contest, tested, kept: Arc::default(), known_by }
    }

    /// What the election is known by in the bank.
    pub(crate) fn bank_signature(&self) -> Option<Signature> {
        self.known_by.or_else(|| self.tested.as_ref().map(Signature::of))
    }

    /// The same contest with another side tested.
    pub(crate) fn of_side(&self, side: OptionId) -> Self {
        let of =
            |tested: &Tested<'a>| Tested { leader: side, leader_votes: tested.table.option(side), ..tested.clone() };
        let tested = self.tested.as_ref().map(of);
        Self { record: self.record, contest: self.contest, tested, kept: self.kept.clone(), known_by: self.known_by }
    }

    /// What a check works out for the side tested: done when it is first asked for.
    pub(crate) fn once<T: Any + Send + Sync>(&self, check: CheckId, work: impl FnOnce() -> T) -> Arc<T> {
        self.kept.once((check, self.tested.as_ref().map(|tested| tested.leader)), work)
    }

    /// What a check works out that is the same whichever side is tested.
    pub(crate) fn once_for_all<T: Any + Send + Sync>(&self, check: CheckId, work: impl FnOnce() -> T) -> Arc<T> {
        self.kept.once((check, None), work)
    }

    /// The name of the side tested.
    pub fn leader_name(&self) -> Option<&'a str> {
        let tested = self.tested.as_ref()?;
        Some(&self.contest.options[tested.leader.0].name)
    }
}

impl<'a> Tested<'a> {
    fn new(release: &'a Release, leader: Option<OptionId>) -> Option<Self> {
        let table = release.stations.as_ref()?;
        let leader = leader.or_else(|| table.winner())?;
        let (districts, district_count) = table.districts();
        Some(Self {
            release,
            table,
            leader,
            leader_votes: table.option(leader),
            registered: table.line(Term::Registered),
            issued: table.issued(),
            ballots: table.ballots(),
            turnout_numerator: table.turnout_numerator(),
            share_base: table.share_base(),
            districts,
            district_count,
        })
    }
}

/// The only option that a name means.
fn named(contest: &Contest, wanted: &str) -> Result<OptionId, LeaderUnknown> {
    let names =
        |options: &[ContestOption]| options.iter().map(|option| option.name.as_str()).collect::<Vec<_>>().join("; ");
    let (title, fitting) = (contest.title.clone(), ContestOption::meant(&contest.options, wanted));
    let wanted = wanted.to_owned();
    match fitting.as_slice() {
        [only] => Ok(*only),
        [] => Err(LeaderUnknown::Absent { wanted, contest: title, options: names(&contest.options) }),
        several => {
            let several: Vec<ContestOption> = several.iter().map(|option| contest.options[option.0].clone()).collect();
            Err(LeaderUnknown::Several { wanted, contest: title, fitting: names(&several) })
        }
    }
}
