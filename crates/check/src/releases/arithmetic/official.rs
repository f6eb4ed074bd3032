//! The official result, as the organisers' last release gives it.

use adil_finding::Message;
use adil_record::{Contest, OptionId, Quantity};

use super::sheet::{self, Sheet, ratio};

/// The organisers' last result of a contest.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Official {
    /// What a reader calls the release that the shares are of.
    pub(crate) label: Message,
    /// The share of each option, by its place in the contest.
    pub(crate) shares: Vec<Option<f64>>,
    /// The turnout, as printed or as a quotient of the counts.
    pub(crate) turnout: Option<f64>,
}

impl Official {
    /// The last official release that gives a share: by its figures, else by its table of stations.
    pub(crate) fn of(contest: &Contest) -> Option<Self> {
        let sheets = sheet::national(contest);
        let last = official(&sheets).find(|sheet| sheet.options().any(|option| share_in(sheet, option).is_some()));
        let turnout = official(&sheets).find_map(turnout_in);
        if let Some(sheet) = last {
            let shares = sheet.options().map(|option| share_in(sheet, option)).collect();
            return Some(Self {
                label: sheet.label(),
                shares,
                turnout: turnout.or_else(|| of_table(contest)?.turnout),
            });
        }
        of_table(contest).map(|official| Self { turnout: turnout.or(official.turnout), ..official })
    }

    /// The option with the most votes, where one has more than any other can have.
    pub(crate) fn winner(&self) -> Option<OptionId> {
        let known = || self.shares.iter().enumerate().filter_map(|(place, share)| Some((place, (*share)?)));
        let (winner, most) = known().max_by(|one, other| one.1.total_cmp(&other.1))?;
        let tied = known().filter(|(_, share)| most - share < 1e-12).count() > 1;
        let unknown = self.shares.iter().any(Option::is_none);
        let left = 1.0 - known().map(|(_, share)| share).sum::<f64>();
        (!tied && (!unknown || left < most)).then_some(OptionId(winner))
    }
}

/// The organisers' counts, from the last.
fn official<'s, 'a>(sheets: &'s [Sheet<'a>]) -> impl Iterator<Item = &'s Sheet<'a>> {
    sheets.iter().rev().filter(|sheet| sheet.release.is_official() && sheet.is_of_the_count())
}

/// The organisers' last share of an option: of valid votes or of voters, as their counts give it, or as printed.
pub(crate) fn share(sheets: &[Sheet<'_>], option: OptionId) -> Option<f64> {
    official(sheets).find_map(|sheet| share_in(sheet, option))
}

fn share_in(sheet: &Sheet<'_>, option: OptionId) -> Option<f64> {
    let base = sheet.valid().or_else(|| sheet.count(&Quantity::Voted));
    let counted = sheet.count(&Quantity::Votes(option)).zip(base).map(|(votes, base)| ratio(votes, base));
    counted.or_else(|| sheet.percent(&Quantity::Share(option)).map(|share| share.fraction()))
}

fn turnout_in(sheet: &Sheet<'_>) -> Option<f64> {
    let counted = sheet.count(&Quantity::Voted).zip(sheet.count(&Quantity::Registered));
    let counted = counted.filter(|(_, registered)| registered.value > 0).map(|(voted, of)| ratio(voted, of));
    counted.or_else(|| sheet.percent(&Quantity::Turnout).map(|turnout| turnout.fraction()))
}

/// The result that a table of stations adds up to, where its cells are known.
fn of_table(contest: &Contest) -> Option<Official> {
    let release = contest.tested().filter(|release| release.is_official())?;
    let table = release.stations.as_ref()?;
    let base = table.share_base()?.sum();
    let quotient = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
    let shares = table.votes.iter().map(|votes| if votes.all_missing() { None } else { quotient(votes.sum(), base) });
    let turnout = table.turnout_numerator().zip(table.line(adil_record::Term::Registered));
    Some(Official {
        label: sheet::label(contest, release),
        shares: shares.collect(),
        turnout: turnout.and_then(|(voted, registered)| quotient(voted.sum(), registered.sum())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{contest, count, percent, release, share, stations, table, votes};
    use adil_record::{PublisherKind, Status, Term};

    #[test]
    fn the_last_release_of_the_organisers_counts() {
        let night = release("night", PublisherKind::Organiser, Status::Night, vec![percent(share(0), "61")]);
        let figures = vec![
            count(votes(0), 600),
            count(votes(1), 400),
            count(Quantity::Voted, 1010),
            count(Quantity::Registered, 2020),
        ];
        let last = release("final", PublisherKind::Organiser, Status::Final, figures);
        let press = release("press", PublisherKind::Press, Status::Quoted, vec![percent(share(0), "70")]);
        let mut both = contest(&["A", "B"]);
        both.releases = vec![night.clone(), last, press];
        let official = Official::of(&both).expect("a result");
        assert_eq!((official.shares.clone(), official.turnout), (vec![Some(0.6), Some(0.4)], Some(0.5)));
        assert_eq!(official.winner(), Some(OptionId(0)));
        // With 61 % for one option, no other can have more.
        both.releases = vec![night];
        assert_eq!(Official::of(&both).and_then(|official| official.winner()), Some(OptionId(0)));
    }

    #[test]
    fn a_table_is_added_up() {
        let mut both = contest(&["A", "B"]);
        let table = table(&[(Term::Registered, &[100, 100]), (Term::Issued, &[60, 40])], &[&[30, 20], &[30, 20]]);
        both.releases = vec![stations("final", Status::Final, table)];
        let official = Official::of(&both).expect("a result");
        assert_eq!(official.shares, [Some(0.5), Some(0.5)]);
        assert_eq!((official.winner(), official.turnout), (None, Some(0.5)));
    }
}
