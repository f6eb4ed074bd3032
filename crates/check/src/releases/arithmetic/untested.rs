//! What others said and nothing here can test: shown with its publisher, so that the record keeps it in sight.

use adil_finding::{Evidence, Finding, Measure, Message, Reason, Subject, Unit, Verdict};
use adil_record::{Contest, PublishedFigure, PublisherKind, Quantity, Release, Status};

use super::ID;
use super::sheet::{label, restated};

/// One finding that lists the statements of others which no other finding names.
pub(super) fn findings(contest: &Contest, told: &[Finding]) -> Vec<Finding> {
    let untested: Vec<&Release> = contest.releases.iter().filter(|release| is_untested(release, told)).collect();
    if untested.is_empty() {
        return Vec::new();
    }
    let count = untested.len();
    let verdict = Verdict::Undecided(Reason::Descriptive);
    let statement = Message::new("arithmetic-untested").with("count", count);
    let source = Message::new("arithmetic-source-untested");
    let mut finding = Finding::new(ID, verdict, Subject::contest(&contest.title), statement)
        .brief(Message::new("arithmetic-brief-untested").with("count", count))
        .measure(Measure::count("statements_untested", count, Unit::Pure, source))
        .caveat(Message::new("arithmetic-caveat-untested"));
    if untested.iter().any(|release| release.publisher.kind == PublisherKind::Observer) {
        finding = finding.caveat(Message::new("arithmetic-caveat-visits"));
    }
    finding.evidence.extend(untested.into_iter().map(|release| evidence(contest, release)));
    vec![finding]
}

/// A statement of others that has words or figures, and whose words or source no finding so far quotes. A poll whose one
/// share was set against the count may have said more; then it is quoted there.
fn is_untested(release: &Release, told: &[Finding]) -> bool {
    let says = release.text.is_some() || !release.figures.is_empty();
    let is_named = |finding: &Finding| {
        let statements = &finding.subject.statements;
        statements.iter().any(|said| said.publisher == release.publisher.name && said.source == release.source)
    };
    // Shares of exit polls have checks of their own.
    let has_share = |figure: &PublishedFigure| figure.area.is_none() && matches!(figure.what, Quantity::Share(_));
    let is_exit_poll = release.status == Status::ExitPoll && release.figures.iter().any(has_share);
    says && !is_exit_poll && !release.is_official() && !told.iter().any(is_named)
}

fn evidence(contest: &Contest, release: &Release) -> Evidence {
    let figures: Vec<String> = release.figures.iter().map(|figure| restated(contest, figure)).collect();
    let text = release.text.clone().unwrap_or_else(|| figures.join("; "));
    let message =
        Message::new(if release.note.is_some() { "arithmetic-untested-noted" } else { "arithmetic-untested-line" });
    let statement = message.with("release", label(contest, release)).with("text", text);
    Evidence::new(match &release.note {
        Some(note) => statement.with("note", note.as_str()),
        None => statement,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use adil_record::{Amount, PublishedFigure, Publisher, Quantity, Status};

    #[test]
    fn what_nothing_tests_is_listed_with_its_publisher() {
        let what = Quantity::Other("stations visited where the count was assessed negatively (over)".to_owned());
        let observers = Release {
            id: "observers".to_owned(),
            publisher: Publisher { name: "The mission".to_owned(), kind: PublisherKind::Observer },
            status: Status::Quoted,
            note: Some("A share of visits.".to_owned()),
            figures: vec![PublishedFigure { what, area: None, amount: Amount::Count(40) }],
            ..Release::default()
        };
        let contest = Contest { title: "A vote".to_owned(), releases: vec![observers], ..Contest::default() };
        let found = findings(&contest, &[]);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].verdict, Verdict::Undecided(Reason::Descriptive));
        assert_eq!(found[0].evidence.len(), 1);
        assert_eq!(found[0].caveats.len(), 2, "a share of visits is no estimate");
        let named = Finding {
            subject: Subject {
                statements: vec![adil_finding::StatementRef {
                    publisher: "The mission".to_owned(),
                    text: String::new(),
                    time: None,
                    source: None,
                }],
                ..Subject::default()
            },
            ..found[0].clone()
        };
        assert_eq!(findings(&contest, &[named]), []);
    }
}
