//! A release against its own sums and percentages.

use adil_finding::{Arg, Evidence, Finding, Measure, Message, Reason, Unit, Verdict};
use adil_record::{OptionId, Percentage, Quantity};

use super::sheet::{Count, Sheet, fits, percent, quotient, ratio};

/// What two numbers of a release say of each other.
enum Outcome {
    /// They agree, in these words.
    Agree(Message),
    /// They differ, but no more than the rounding of a count allows.
    Possible,
    /// They differ by so many papers, which may be honest.
    Fewer { statement: Message, brief: Message, papers: u64 },
    /// They exclude each other.
    Exclude { statement: Message, quantities: [Vec<Quantity>; 2], measures: Vec<Measure> },
}

/// What a release's own numbers prove or exclude: contradictions first, then one finding on all that agrees.
pub(super) fn findings(sheet: &Sheet<'_>) -> Vec<Finding> {
    let mut outcomes: Vec<Outcome> = sums(sheet);
    outcomes.extend(turnout(sheet));
    outcomes.extend(sheet.options().filter_map(|option| share(sheet, option)));
    outcomes.extend(shares(sheet));
    let mut findings = Vec::new();
    let mut agree = Vec::new();
    for outcome in outcomes {
        match outcome {
            Outcome::Agree(message) => agree.push(message),
            Outcome::Possible => {}
            Outcome::Fewer { statement, brief, papers } => {
                let source = Message::new("arithmetic-source-papers-fewer");
                let mut parts = vec![Quantity::Valid, Quantity::Invalid, Quantity::Voted];
                if sheet.count(&Quantity::Valid).is_none() {
                    parts.extend(sheet.options().map(Quantity::Votes));
                }
                let said = sheet.said(&parts.iter().collect::<Vec<_>>());
                let finding = sheet
                    .finding(Verdict::Undecided(Reason::Descriptive), statement, vec![said])
                    .brief(brief)
                    .measure(Measure::count("papers_fewer", papers, Unit::Ballots, source));
                findings.push(finding.caveat(Message::new("arithmetic-caveat-papers-fewer")));
            }
            Outcome::Exclude { statement, quantities, measures } => {
                let said = quantities.map(|what| sheet.said(&what.iter().collect::<Vec<_>>()));
                let finding = sheet.finding(sheet.contradicted(), statement, said.to_vec()).measures(measures);
                findings.push(finding.caveat(Message::new("arithmetic-caveat-excludes")));
            }
        }
    }
    if !agree.is_empty() {
        let statement = Message::new("arithmetic-agrees").with("release", sheet.label()).with("tests", agree.len());
        let source = Message::new("arithmetic-source-agree");
        let mut finding = sheet
            .finding(Verdict::Proven, statement, Vec::new())
            .measure(Measure::count("sums_agreeing", agree.len(), Unit::Pure, source))
            .caveat(Message::new("arithmetic-caveat-agrees"));
        finding.evidence.extend(agree.into_iter().map(Evidence::new));
        findings.push(finding);
    }
    findings
}

/// votes of all options = valid; valid + invalid = voters who took part, or fewer.
fn sums(sheet: &Sheet<'_>) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let votes = || sheet.options().map(Quantity::Votes).collect::<Vec<_>>();
    if let (Some(sum), Some(valid)) = (sheet.options_sum(), sheet.count(&Quantity::Valid)) {
        let args = |id| {
            let message = Message::new(id).with("release", sheet.label());
            message.with("sum", sum.value).with("valid", valid.value)
        };
        outcomes.push(if sum.value == valid.value {
            Outcome::Agree(args("arithmetic-agrees-options"))
        } else if sum.agrees(valid) {
            Outcome::Possible
        } else {
            exclude(args("arithmetic-excludes-options"), [votes(), vec![Quantity::Valid]], sum, valid)
        });
    }
    let (valid, invalid) = (sheet.valid(), sheet.count(&Quantity::Invalid));
    if let (Some(valid), Some(invalid), Some(voted)) = (valid, invalid, sheet.count(&Quantity::Voted)) {
        let sum = valid.plus(invalid);
        let args = |id| {
            let message = Message::new(id).with("release", sheet.label()).with("valid", valid.value);
            message.with("invalid", invalid.value).with("sum", sum.value).with("voted", voted.value)
        };
        outcomes.push(if sum.value == voted.value {
            Outcome::Agree(args("arithmetic-agrees-voted"))
        } else if sum.agrees(voted) {
            Outcome::Possible
        } else if sum.value < voted.value {
            // Voters may keep their paper, and the voters of many commissions are the ballots issued.
            let papers = voted.value - sum.value;
            let brief = Message::new("arithmetic-brief-papers-fewer").with("difference", papers);
            let brief = brief.with("sum", sum.value).with("voted", voted.value);
            Outcome::Fewer { statement: args("arithmetic-papers-fewer").with("difference", papers), brief, papers }
        } else {
            let parts = [vec![Quantity::Valid, Quantity::Invalid], vec![Quantity::Voted]];
            exclude(args("arithmetic-excludes-voted"), parts, sum, voted)
        });
    } else if let (Some(valid), Some(voted)) = (valid, sheet.count(&Quantity::Voted))
        && valid.exceeds(voted)
    {
        let statement = Message::new("arithmetic-excludes-valid").with("release", sheet.label());
        let statement = statement.with("valid", valid.value).with("voted", voted.value);
        outcomes.push(exclude(statement, [vec![Quantity::Valid], vec![Quantity::Voted]], valid, voted));
    }
    outcomes
}

fn exclude(statement: Message, quantities: [Vec<Quantity>; 2], left: Count, right: Count) -> Outcome {
    let difference = i128::from(left.value) - i128::from(right.value);
    let difference = i64::try_from(difference).unwrap_or(i64::MAX);
    let measure = Measure::count("difference", difference, Unit::Pure, Message::new("arithmetic-source-difference"));
    Outcome::Exclude { statement, quantities, measures: vec![measure] }
}

/// Two measures: a percentage as printed, and what the counts beside it give.
fn percentages(printed: Percentage, part: Count, whole: Count) -> Vec<Measure> {
    let measure = |name, value, id| Measure::real(name, value, Unit::Fraction, Message::new(id));
    vec![
        measure("printed", printed.fraction(), "arithmetic-source-printed"),
        measure("computed", ratio(part, whole), "arithmetic-source-computed"),
    ]
}

/// turnout = voted / registered.
fn turnout(sheet: &Sheet<'_>) -> Option<Outcome> {
    let (voted, registered) = (sheet.count(&Quantity::Voted)?, sheet.count(&Quantity::Registered)?);
    let Some(printed) = sheet.percent(&Quantity::Turnout) else {
        let statement = Message::new("arithmetic-excludes-register").with("release", sheet.label());
        let statement = statement.with("voted", voted.value).with("registered", registered.value);
        let above = voted.exceeds(registered);
        let quantities = [vec![Quantity::Voted], vec![Quantity::Registered]];
        return above.then(|| exclude(statement, quantities, voted, registered));
    };
    if registered.value == 0 {
        return None;
    }
    let args = |id| {
        let message = Message::new(id).with("release", sheet.label()).with("printed", percent(printed));
        let message = message.with("voted", voted.value).with("registered", registered.value);
        message.with("computed", quotient(voted, registered, printed))
    };
    Some(if printed.is_quotient(voted.value, registered.value) {
        Outcome::Agree(args("arithmetic-agrees-turnout"))
    } else if fits(printed, voted, registered) {
        Outcome::Possible
    } else {
        Outcome::Exclude {
            statement: args("arithmetic-excludes-turnout"),
            quantities: [vec![Quantity::Voted, Quantity::Registered], vec![Quantity::Turnout]],
            measures: percentages(printed, voted, registered),
        }
    })
}

/// share = votes / valid, votes / voted or votes / papers in the boxes; excluded only where no base can be right.
fn share(sheet: &Sheet<'_>, option: OptionId) -> Option<Outcome> {
    let (votes, printed) = (sheet.count(&Quantity::Votes(option))?, sheet.percent(&Quantity::Share(option))?);
    let valid = sheet.valid().map(|base| ("arithmetic-base-valid", base));
    let voted = sheet.count(&Quantity::Voted).map(|base| ("arithmetic-base-voted", base));
    let args = |id, (name, base): (&'static str, Count)| {
        let message = Message::new(id).with("release", sheet.label()).with("option", sheet.option_name(option));
        let message = message.with("votes", votes.value).with("base", Message::new(name)).with("whole", base.value);
        message.with("printed", percent(printed)).with("computed", quotient(votes, base, printed))
    };
    let some = |base: &(&str, Count)| base.1.value > 0;
    let (valid, voted) = (valid.filter(some), voted.filter(some));
    let bases = [valid, voted].into_iter().flatten();
    if let Some(base) = bases.clone().find(|base| printed.is_quotient(votes.value, base.1.value)) {
        return Some(Outcome::Agree(args("arithmetic-agrees-share", base)));
    }
    if bases.map(|base| base.1).chain(sheet.papers()).any(|base| fits(printed, votes, base)) {
        return Some(Outcome::Possible);
    }
    let base = valid.or(voted)?;
    // Without the valid votes the base may be any number up to the voters, so only a share that is too small is excluded.
    let too_small = printed.fraction() + printed.half_digit() < ratio(votes, base.1);
    (valid.is_some() || too_small).then(|| Outcome::Exclude {
        statement: args("arithmetic-excludes-share", base),
        quantities: [vec![Quantity::Votes(option), Quantity::Valid, Quantity::Voted], vec![Quantity::Share(option)]],
        measures: percentages(printed, votes, base.1),
    })
}

/// Whether a share agrees with, or is excluded by, the base that its own release gives.
pub(super) fn is_share_tested(sheet: &Sheet<'_>, option: OptionId) -> bool {
    share(sheet, option).is_some()
}

/// The shares of all options add up to at most 1, but for rounding.
fn shares(sheet: &Sheet<'_>) -> Option<Outcome> {
    let all: Option<Vec<_>> = sheet.options().map(|option| sheet.percent(&Quantity::Share(option))).collect();
    let all = all.filter(|all| all.len() > 1)?;
    let sum: f64 = all.iter().map(|share| share.fraction()).sum();
    let rounding: f64 = all.iter().map(|share| share.half_digit()).sum();
    let decimals = all.iter().map(|share| share.decimals()).max().unwrap_or(2);
    let message = |id| {
        let message = Message::new(id).with("release", sheet.label()).with("options", all.len());
        message.with("sum", Arg::Percent(sum, decimals))
    };
    if sum - rounding > 1.0 + 1e-9 {
        let quantities = [sheet.options().map(Quantity::Share).collect(), Vec::new()];
        let measure = Measure::real("shares_sum", sum, Unit::Fraction, Message::new("arithmetic-source-printed"));
        let statement = message("arithmetic-excludes-shares");
        return Some(Outcome::Exclude { statement, quantities, measures: vec![measure] });
    }
    // Shares of all voters leave room for invalid papers: only a full sum can be said to agree.
    (sum + rounding >= 1.0).then(|| Outcome::Agree(message("arithmetic-agrees-shares")))
}
