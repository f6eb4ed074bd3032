//! The order in which a report is told: by contest, by check, the whole before its parts.

use adil_finding::{CheckId, Finding, Report};

/// The findings of one contest.
#[derive(Debug)]
pub(crate) struct ContestOutline<'a> {
    /// The contest's title, where its findings name one.
    pub(crate) title: Option<&'a str>,
    /// Its checks, in the order of the findings.
    pub(crate) checks: Vec<CheckOutline<'a>>,
}

/// What one check says of one contest.
#[derive(Debug)]
pub(crate) struct CheckOutline<'a> {
    /// The check.
    pub(crate) check: CheckId,
    /// Of the contest as a whole.
    pub(crate) whole: Vec<&'a Finding>,
    /// Of its regions and stations.
    pub(crate) parts: Vec<&'a Finding>,
}

/// The findings of a report by contest and check, each in the order in which it first comes.
pub(crate) fn outline(report: &Report) -> Vec<ContestOutline<'_>> {
    let mut contests: Vec<ContestOutline<'_>> = Vec::new();
    for finding in &report.findings {
        let title = finding.subject.contest.as_deref();
        let contest = position(&mut contests, |contest| contest.title == title, || ContestOutline::new(title));
        let check = position(&mut contest.checks, |known| known.check == finding.check, || CheckOutline::new(finding));
        let list = if finding.subject.is_national() { &mut check.whole } else { &mut check.parts };
        list.push(finding);
    }
    contests
}

/// The element that `is` picks, made and put last where there is none. Looked for from the end: findings come in runs.
fn position<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool, make: impl FnOnce() -> T) -> &mut T {
    let index = list.iter().rposition(is).unwrap_or_else(|| {
        list.push(make());
        list.len() - 1
    });
    &mut list[index]
}

impl<'a> ContestOutline<'a> {
    fn new(title: Option<&'a str>) -> Self {
        Self { title, checks: Vec::new() }
    }

    /// All findings of the contest as a whole.
    pub(crate) fn whole(&self) -> impl Iterator<Item = &'a Finding> {
        self.checks.iter().flat_map(|check| check.whole.iter().copied())
    }
}

impl CheckOutline<'_> {
    fn new(finding: &Finding) -> Self {
        Self { check: finding.check, whole: Vec::new(), parts: Vec::new() }
    }
}

/// The name of the part that a finding is about: its region and station.
pub(crate) fn part(finding: &Finding) -> String {
    let subject = &finding.subject;
    let mut names: Vec<&str> = [&subject.region, &subject.station].into_iter().flatten().map(String::as_str).collect();
    // A station's full name may begin with its region.
    if let [region, station] = names[..]
        && station.starts_with(region)
    {
        names.remove(0);
    }
    crate::clean::clean(&names.join(" / ")).into_owned()
}

#[cfg(test)]
mod tests {
    use adil_finding::{Message, Reason, Subject, Verdict};

    use super::*;

    fn finding(check: &'static str, subject: Subject) -> Finding {
        Finding::new(CheckId(check), Verdict::Undecided(Reason::Descriptive), subject, Message::new("none"))
    }

    #[test]
    fn contests_are_told_one_after_another() {
        let findings = vec![
            finding("a", Subject::contest("x")),
            finding("a", Subject::contest("x").region("north")),
            finding("a", Subject::contest("y")),
            finding("b", Subject::contest("x")),
        ];
        let report = Report {
            title: String::new(),
            date: None,
            inputs: vec![],
            passed_over: vec![],
            coverage: vec![],
            findings,
            questions: vec![],
            seed: 1,
        };
        let outline = outline(&report);
        assert_eq!(outline.iter().map(|contest| contest.title).collect::<Vec<_>>(), [Some("x"), Some("y")]);
        let checks = &outline[0].checks;
        assert_eq!(checks.iter().map(|check| check.check.0).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((checks[0].whole.len(), checks[0].parts.len()), (1, 1));
        assert_eq!(part(checks[0].parts[0]), "north");
    }
}
