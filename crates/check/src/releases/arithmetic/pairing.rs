//! Votes of one release shown with the percentage of another.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Unit};
use adil_record::{OptionId, Percentage, Quantity};

use super::own;
use super::sheet::{Count, Sheet, fits, percent, quotient, ratio, same_percentage};

/// The pairs of votes and share, in releases without a base of their own, that no release could give.
pub(super) fn findings(sheets: &[Sheet<'_>]) -> Vec<Finding> {
    let pairs = sheets.iter().enumerate().filter(|(_, sheet)| sheet.is_of_the_count());
    pairs.flat_map(|(index, sheet)| sheet.options().filter_map(move |option| mixed(sheets, index, option))).collect()
}

/// The votes and the share that a release prints of one option.
struct Pair {
    votes: Count,
    share: Percentage,
}

impl Pair {
    /// Whether a release could be the source of both: it gives no other votes, no other share and no base that fails.
    fn could_be_of(&self, other: &Sheet<'_>, option: OptionId) -> bool {
        let (votes, share) = (other.count(&Quantity::Votes(option)), share_of(other, option));
        let (valid, voted) = (other.valid(), other.count(&Quantity::Voted));
        let base = match (valid, voted) {
            (Some(valid), voted) => [Some(valid), voted, other.papers()]
                .into_iter()
                .flatten()
                .any(|base| fits(self.share, self.votes, base)),
            // Some papers may be invalid: the base may be any number up to the voters.
            (None, Some(voted)) => self.share.fraction() + self.share.half_digit() >= ratio(self.votes, voted),
            (None, None) => votes.is_some() || share.is_some(),
        };
        votes.is_none_or(|votes| votes.agrees(self.votes)) && share.is_none_or(|share| share.agrees(self.share)) && base
    }
}

/// A share that a release prints, or that its counts give.
#[derive(Clone, Copy)]
enum Share {
    Printed(Percentage),
    Of { votes: Count, bases: [Option<Count>; 3] },
}

impl Share {
    fn agrees(self, share: Percentage) -> bool {
        match self {
            Self::Printed(printed) => same_percentage(printed, share),
            Self::Of { votes, bases } => bases.into_iter().flatten().any(|base| fits(share, votes, base)),
        }
    }
}

fn share_of(sheet: &Sheet<'_>, option: OptionId) -> Option<Share> {
    let printed = sheet.percent(&Quantity::Share(option)).map(Share::Printed);
    printed.or_else(|| {
        let bases = [sheet.valid(), sheet.count(&Quantity::Voted), sheet.papers()];
        let votes = sheet.count(&Quantity::Votes(option))?;
        bases.iter().any(Option::is_some).then_some(Share::Of { votes, bases })
    })
}

fn mixed(sheets: &[Sheet<'_>], index: usize, option: OptionId) -> Option<Finding> {
    let sheet = &sheets[index];
    let pair = Pair { votes: sheet.count(&Quantity::Votes(option))?, share: sheet.percent(&Quantity::Share(option))? };
    // What the release's own base can tell is told already.
    if own::is_share_tested(sheet, option) || pair.share.fraction() <= 0.0 {
        return None;
    }
    let others = || {
        let others = sheets.iter().enumerate().filter(|&(other, sheet)| other != index && sheet.is_of_the_count());
        others.map(|(_, sheet)| sheet)
    };
    if others().any(|other| pair.could_be_of(other, option)) {
        return None;
    }
    // Votes that no other release gives may be those of an unfinished count with the same share. What the organisers
    // print is set against their own releases only.
    let same_votes = || {
        others().filter(|other| {
            let same = other.count(&Quantity::Votes(option)).is_some_and(|votes| votes.agrees(pair.votes));
            same && (other.release.is_official() || !sheet.release.is_official())
        })
    };
    same_votes().next()?;
    // The release whose share this is, with its own votes; the one whose base is known, if there are several.
    let of_share = others().filter(|other| share_of(other, option).is_some_and(|share| share.agrees(pair.share)));
    let source = of_share
        .filter(|other| other.count(&Quantity::Votes(option)).is_some_and(|votes| !votes.agrees(pair.votes)))
        .max_by_key(|other| (other.release.is_official(), other.valid().is_some()))?;
    let votes = source.count(&Quantity::Votes(option))?;
    let statement = Message::new("arithmetic-mixed")
        .with("release", sheet.label())
        .with("option", sheet.option_name(option))
        .with("votes", pair.votes.value)
        .with("share", percent(pair.share))
        .with("other", source.label())
        .with("othervotes", votes.value);
    let what = [&Quantity::Votes(option), &Quantity::Share(option)];
    let statements = vec![sheet.said(&what), source.said(&what)];
    let needed = pair.votes.value as f64 / pair.share.fraction();
    let measure = |name, value, unit, id| Measure::real(name, value, unit, Message::new(id));
    let mut finding = sheet
        .finding(sheet.contradicted(), statement, statements)
        .measure(measure("printed", pair.share.fraction(), Unit::Fraction, "arithmetic-source-printed"))
        .measure(measure("base_needed", needed, Unit::Votes, "arithmetic-source-base-needed"))
        .caveat(Message::new("arithmetic-caveat-excludes"));
    if let Some(base) = source.valid().or_else(|| source.count(&Quantity::Voted)) {
        let computed = Message::new("arithmetic-mixed-base")
            .with("votes", pair.votes.value)
            .with("whole", base.value)
            .with("computed", quotient(pair.votes, base, pair.share));
        finding.evidence.push(Evidence::new(computed));
        let computed = measure("computed", ratio(pair.votes, base), Unit::Fraction, "arithmetic-source-computed");
        finding.measures.push(computed);
    }
    finding.evidence.extend(same_votes().map(|other| {
        let statement = Message::new("arithmetic-mixed-votes").with("release", other.label());
        Evidence::new(statement.with("votes", pair.votes.value))
    }));
    let statement = Message::new("arithmetic-mixed-needed").with("votes", pair.votes.value);
    let statement = statement.with("share", percent(pair.share)).with("needed", Arg::Number(needed, 0));
    finding.evidence.push(Evidence::new(statement));
    Some(finding)
}
