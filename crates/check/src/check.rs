//! The list of checks, and how they are run over a record.

use adil_finding::{CheckId, Coverage, CoverageStatus, Finding, Message, Technique};
use adil_record::{Bundle, Record, Term};
use rayon::prelude::*;

use crate::{
    Archived, BoardView, ContestView, LeaderUnknown, Page, Piece, Settings, board, bundle, copies, every_side,
    exit_poll, forecasts, judge, observers, quick_count, releases, stations,
};

/// A check. It is one file, a unit struct, and has no state.
pub trait Check: Sync {
    /// Its name.
    fn id(&self) -> CheckId;

    /// Its page: `Page::of(include_str!("<this file>"))`.
    fn page(&self) -> Page;

    /// Which techniques it speaks to, and what it needs to do so.
    fn claims(&self) -> &'static [Claim];

    /// What it says of a contest; national findings first. Empty where it has nothing to look at. It never says `anomalous` or
    /// `unremarkable`: that is judged from its pieces, beside clean elections.
    fn run(&self, _view: &ContestView<'_>, _settings: &Settings) -> Vec<Finding> {
        Vec::new()
    }

    /// Whether [`Check::pieces`] and [`Check::of_country`] give everything at once, whichever side the view is of: they weigh all sides
    /// together, or concern none.
    fn weighs_all_sides(&self) -> bool {
        false
    }

    /// Its statistics of the pieces of a contest, for the side tested. Empty where it has none, or nothing to look at.
    fn pieces(&self, _view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        Vec::new()
    }

    /// Its statistics of the whole contest, for the side tested, that are shown beside those of other elections and decide nothing.
    fn of_country(&self, _view: &ContestView<'_>, _settings: &Settings) -> Vec<Piece> {
        Vec::new()
    }

    /// What it says of a bundle that the record was read from. Empty where it has nothing to look at.
    fn run_bundle(&self, _record: &Record, _bundle: &Bundle, _settings: &Settings) -> Vec<Finding> {
        Vec::new()
    }

    /// What it says of an electronic ballot board. Empty where it has nothing to look at.
    fn run_board(&self, _view: &BoardView, _settings: &Settings) -> Vec<Finding> {
        Vec::new()
    }
}

/// That a check speaks to a technique when it has what it needs.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// The technique.
    pub technique: Technique,
    /// What it needs; all of it.
    pub needs: &'static [Need],
}

/// Something that a check needs of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A table of stations with votes by option.
    Stations,
    /// A column of the table of stations.
    Line(Term),
    /// Ballots issued, in all or by their parts.
    Issued,
    /// At least two regions.
    Regions,
    /// At least two reports of turnout during the vote.
    TurnoutReports,
    /// The coordinates of stations.
    Coordinates,
    /// Which stations counted by machine.
    CountedByMachine,
    /// Two releases of one contest.
    TwoReleases,
    /// Observers' reports.
    Observers,
    /// Copies of single protocols.
    Copies,
    /// An electronic ballot board.
    Board,
    /// A board with its result.
    BoardResult,
    /// A board with the log that it was made of.
    Log,
}

/// All checks, in the order in which their findings are reported.
pub fn all() -> &'static [&'static dyn Check] {
    const ALL: &[&dyn Check] = &[
        &stations::Totals,
        &stations::Balance,
        &stations::Impossible,
        &stations::Duplicates,
        &stations::Integers,
        &stations::Fingerprint,
        &stations::Evidence,
        &stations::Estimate,
        &stations::Comet,
        &stations::Klimek,
        &stations::Mobile,
        &stations::Unused,
        &stations::LastDigit,
        &stations::Regions,
        &stations::Books,
        &stations::Timeline,
        &stations::Machines,
        &stations::Neighbours,
        &stations::Coincidences,
        &stations::Dispersion,
        &stations::Targets,
        &stations::Added,
        &stations::Twins,
        &stations::Borders,
        &stations::Power,
        &releases::Arithmetic,
        &copies::Compare,
        &copies::Addition,
        &copies::Entries,
        &copies::ThreeWay,
        &copies::OverTime,
        &exit_poll::National,
        &exit_poll::Houses,
        &exit_poll::Paired,
        &forecasts::Score,
        &quick_count::Estimate,
        &observers::Coverage,
        &observers::Answers,
        &observers::Incidents,
        &observers::Contrast,
        &bundle::Manifest,
        &bundle::Log,
        &board::Archive,
        &board::Order,
        &board::Setup,
        &board::Credentials,
        &board::Trustees,
        &board::Ballots,
        &board::Tally,
        &board::Shuffles,
        &board::Decryption,
        &board::Outcome,
        &board::Counting,
        &board::Derivation,
        &board::AuditedBallots,
    ];
    ALL
}

/// The check of that name.
pub fn find(id: &str) -> Option<&'static dyn Check> {
    all().iter().copied().find(|check| check.id().0 == id)
}

/// Whether any of the checks looks at boards: verifying them is work.
pub fn look_at_boards(checks: &[&'static dyn Check]) -> bool {
    checks.iter().any(|check| check.id().0.starts_with("board/"))
}

/// Runs checks over a record and its verified boards: the findings in the order of `checks`, and the coverage of the
/// eight techniques.
///
/// # Errors
/// The side that the settings name is not an option of some contest.
pub fn run(
    record: &Record,
    boards: &[BoardView],
    checks: &[&'static dyn Check],
    settings: &Settings,
) -> Result<(Vec<Finding>, Vec<Coverage>), LeaderUnknown> {
    let views = record.contests.iter().map(|contest| ContestView::new(record, contest, settings));
    let views = views.collect::<Result<Vec<_>, _>>()?;
    // What each part of a contest shows, of all sides: no check alone can tell what is unusual among them.
    let judged: Vec<_> = views
        .par_iter()
        .map(|view| judge::judged(every_side::pieces_of(view, checks, settings), view, settings))
        .collect();
    // One job for each check and contest; collected in order, so the number of threads does not show.
    let findings = checks.par_iter().map(|check| {
        let of_contests = views.par_iter().zip(&judged).map(|(view, judged)| {
            let mut findings = check.run(view, settings);
            judge::apply(&mut findings, judged, view, settings);
            findings
        });
        let mut findings = of_contests.collect::<Vec<_>>().concat();
        findings.extend(record.bundles.iter().flat_map(|bundle| check.run_bundle(record, bundle, settings)));
        findings.extend(boards.iter().flat_map(|board| check.run_board(board, settings)));
        findings
    });
    let mut findings = findings.collect::<Vec<_>>().concat();
    views.iter().for_each(|view| judge::apply_power(&mut findings, view, settings));
    Ok((findings, coverage(&Seen { views: &views, boards }, checks)))
}

/// What the checks had to look at.
struct Seen<'a> {
    views: &'a [ContestView<'a>],
    boards: &'a [BoardView],
}

fn coverage(seen: &Seen<'_>, checks: &[&'static dyn Check]) -> Vec<Coverage> {
    Technique::ALL.iter().map(|&technique| coverage_of(technique, seen, checks)).collect()
}

/// A technique is covered as far as the checks that speak to it have what they need in some contest or board.
fn coverage_of(technique: Technique, seen: &Seen<'_>, checks: &[&'static dyn Check]) -> Coverage {
    let mut ran = Vec::new();
    let mut needs: Vec<Message> = Vec::new();
    // A vote on paper lacks no board, and one on a board no table; a record of neither lacks tables.
    let has_tables = !seen.views.is_empty() || seen.boards.is_empty();
    let has_boards = !seen.boards.is_empty();
    // Other systems keep no log, and a board alone lacks none.
    let has_log = seen.boards.iter().any(|board| board.log.is_some());
    for check in checks {
        for claim in check.claims().iter().filter(|claim| claim.technique == technique) {
            // All needs must be met in one contest; of several contests the one that lacks the fewest is told of.
            let (least, is_own) = match claim.is_of_boards() {
                true => {
                    let least = fewest(seen.boards.iter().map(|board| claim.lacking(|need| need.is_met_by(board))));
                    (least, if claim.needs.contains(&Need::Log) { has_log } else { has_boards })
                }
                false => (fewest(seen.views.iter().map(|view| claim.lacking(|need| need.is_met(view)))), has_tables),
            };
            if least.as_ref().is_some_and(Vec::is_empty) && !ran.contains(&check.id()) {
                ran.push(check.id());
            }
            if is_own {
                let lacking = least.unwrap_or_else(|| claim.needs.iter().collect());
                lacking.into_iter().for_each(|need| add_new(&mut needs, need.message()));
            }
        }
    }
    // A table may have reports of turnout, and a record copies, whether or not a check that reads them was asked for.
    let has_reports = seen.views.iter().any(|view| Need::TurnoutReports.is_met(view));
    let has_copies = seen.views.iter().any(|view| Need::Copies.is_met(view));
    let lacks = |id: &&&str| match **id {
        "need-turnout-by-hour" => has_tables && !has_reports,
        "need-protocol-copies" => has_tables && !has_copies,
        _ => has_tables,
    };
    let beyond = Need::beyond(technique).iter().filter(lacks);
    let beyond_boards = Need::beyond_boards(technique).iter().filter(|_| has_boards);
    beyond.chain(beyond_boards).for_each(|id| add_new(&mut needs, Message::new(id)));
    let status = match (ran.is_empty(), needs.is_empty()) {
        (true, _) => CoverageStatus::NotCheckable,
        (false, false) => CoverageStatus::Partly,
        (false, true) => CoverageStatus::Checked,
    };
    Coverage { technique, status, checks: ran, needs }
}

fn fewest(lacking: impl Iterator<Item = Vec<&'static Need>>) -> Option<Vec<&'static Need>> {
    lacking.min_by_key(Vec::len)
}

impl Claim {
    fn is_of_boards(&self) -> bool {
        self.needs.iter().any(|need| matches!(need, Need::Board | Need::BoardResult | Need::Log))
    }

    fn lacking(&self, is_met: impl Fn(Need) -> bool) -> Vec<&'static Need> {
        self.needs.iter().filter(|need| !is_met(**need)).collect()
    }
}

fn add_new(needs: &mut Vec<Message>, need: Message) {
    if !needs.contains(&need) {
        needs.push(need);
    }
}

impl Need {
    fn is_met(self, view: &ContestView<'_>) -> bool {
        let table = view.tested.as_ref().map(|tested| tested.table);
        match self {
            Self::Stations => table.is_some(),
            Self::Line(term) => table.is_some_and(|table| table.line(term).is_some()),
            Self::Issued => view.tested.as_ref().is_some_and(|tested| tested.issued.is_some()),
            Self::Regions => table.and_then(|table| table.regions()).is_some_and(|regions| regions.distinct() > 1),
            Self::TurnoutReports => {
                table.is_some_and(|table| table.turnout.iter().filter(|report| !report.protocol).count() > 1)
            }
            Self::Coordinates => table.is_some_and(|table| table.coordinates.iter().any(Option::is_some)),
            Self::CountedByMachine => table.is_some_and(|table| table.counted_by_machine.iter().any(Option::is_some)),
            Self::TwoReleases => view.contest.releases.len() > 1,
            Self::Observers => {
                let column = table.is_some_and(|table| table.extra(observers::REPORTS).is_some());
                column || !view.record.observers.is_empty()
            }
            Self::Copies => view.contest.copies.iter().any(|copies| !copies.book.statements.is_empty()),
            Self::Board | Self::BoardResult | Self::Log => false,
        }
    }

    fn is_met_by(self, view: &BoardView) -> bool {
        match self {
            Self::Board => view.board.ballots_verified,
            Self::BoardResult => view.board.result_compared,
            Self::Log => view.log.as_ref().is_some_and(|log| matches!(log.archived, Archived::Equal { .. })),
            _ => false,
        }
    }

    fn message(self) -> Message {
        match self {
            Self::Stations => Message::new("need-stations"),
            Self::Line(term) => Message::new("need-column").with("column", Message::new(term.message_id())),
            Self::Issued => Message::new("need-column").with("column", Message::new("term-issued")),
            Self::Regions => Message::new("need-regions"),
            Self::TurnoutReports => Message::new("need-turnout-by-hour"),
            Self::Coordinates => Message::new("need-coordinates"),
            Self::CountedByMachine => Message::new("need-counted-by-machine"),
            Self::TwoReleases => Message::new("need-releases"),
            Self::Observers => Message::new("need-observers-reports"),
            Self::Copies => Message::new("need-protocol-copies"),
            Self::Board => Message::new("need-board"),
            Self::BoardResult => Message::new("need-board-result"),
            Self::Log => Message::new("need-log"),
        }
    }

    /// What no board holds, though a technique could be checked better with it.
    fn beyond_boards(technique: Technique) -> &'static [&'static str] {
        match technique {
            Technique::MultipleVoting | Technique::Stuffing => &["need-credentials-handed-out"],
            Technique::GroupVoting | Technique::AdministrativePressure => &["need-voters-statements"],
            Technique::MobileVoting | Technique::OfficialsPresent | Technique::UnusedBallots => &["need-paper"],
            Technique::Count => &[],
        }
    }

    /// What no table of results holds, though a technique could be checked better with it.
    fn beyond(technique: Technique) -> &'static [&'static str] {
        match technique {
            Technique::MultipleVoting => &["need-register-with-birth-dates", "need-certificates-by-origin"],
            Technique::MobileVoting => &["need-applications-for-home-voting", "need-results-by-box"],
            Technique::OfficialsPresent => &[],
            Technique::GroupVoting => &["need-turnout-by-hour"],
            Technique::Stuffing => &["need-turnout-by-hour"],
            Technique::Count => &["need-protocol-copies"],
            Technique::UnusedBallots => &["need-printing-lots"],
            Technique::AdministrativePressure => &["need-other-elections"],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{contest, stations, table};

    #[test]
    fn the_needs_of_a_claim_must_meet_in_one_contest() {
        // Papers received and unused of one vote, and papers issued of another, do not add up.
        let of = |lines: &[(Term, &[u32])]| {
            let table = table(lines, &[&[60], &[40]]);
            let release = stations("final", adil_record::Status::Final, table);
            adil_record::Contest { releases: vec![release], ..contest(&["A", "B"]) }
        };
        let (received, unused, issued) =
            ((Term::Received, &[150][..]), (Term::Unused, &[50][..]), (Term::Issued, &[100][..]));
        let balance = |contests| {
            let record = Record { contests, ..Record::default() };
            let (_, coverage) = run(&record, &[], all(), &Settings::default()).expect("no side is named");
            let unused = coverage.into_iter().find(|line| line.technique == Technique::UnusedBallots);
            unused.is_some_and(|line| line.checks.contains(&CheckId("stations/balance")))
        };
        assert!(!balance(vec![of(&[received, unused]), of(&[issued])]));
        assert!(balance(vec![of(&[received, unused, issued]), of(&[issued])]));
    }
}
