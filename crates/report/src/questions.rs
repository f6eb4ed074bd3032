//! The questions of a record with what was found: shared by the screen, the page and the JSON.

use adil_finding::{Coverage, Finding, Question, Report};

/// A question and what speaks to it.
pub(crate) struct Answered<'a> {
    pub(crate) question: &'a Question,
    /// What the checks that it names say of the whole, in the order in which it names them.
    pub(crate) findings: Vec<&'a Finding>,
    /// The checks that it names and that had nothing to look at.
    pub(crate) silent: Vec<&'a str>,
    /// The techniques that it asks about.
    pub(crate) techniques: Vec<&'a Coverage>,
}

/// All questions, in their order.
pub(crate) fn answered(report: &Report) -> Vec<Answered<'_>> {
    report.questions.iter().map(|question| of_question(report, question)).collect()
}

fn of_question<'a>(report: &'a Report, question: &'a Question) -> Answered<'a> {
    let (mut findings, mut silent) = (Vec::new(), Vec::new());
    for check in &question.checks {
        let whole = report.findings.iter().filter(|finding| finding.check.0 == check && finding.subject.is_national());
        let before = findings.len();
        findings.extend(whole);
        if findings.len() == before {
            silent.push(check.as_str());
        }
    }
    let of = |technique| report.coverage.iter().find(move |coverage| coverage.technique == technique);
    let techniques = question.techniques.iter().filter_map(|&technique| of(technique)).collect();
    Answered { question, findings, silent, techniques }
}

#[cfg(test)]
mod tests {
    use adil_finding::{LocalText, Question, Technique};

    use super::*;
    use crate::{Language, TerminalOptions, Texts, sample};

    #[test]
    fn a_question_is_answered_by_what_its_checks_say() {
        let text = |text: &str| LocalText { texts: vec![(String::new(), text.to_owned())] };
        let plain = sample::report();
        let check = plain.findings[0].check.0.to_owned();
        let whole = plain.findings.iter().filter(|found| found.check.0 == check && found.subject.is_national()).count();
        let question = Question {
            text: text("Does it add up?"),
            checks: vec![check, "stations/none".to_owned()],
            techniques: vec![Technique::Stuffing],
            note: Some(text("Nobody said so.")),
            source: None,
        };
        let report = Report { questions: vec![question], ..plain };
        let all = answered(&report);
        assert_eq!(
            (all[0].findings.len(), &all[0].silent[..], all[0].techniques.len()),
            (whole, &["stations/none"][..], 1)
        );
        let texts = Texts::new(Language::En);
        let screen = crate::terminal(&report, &texts, &TerminalOptions::default());
        let page = crate::html(&report, &texts, &[]);
        for shown in [&screen, &page] {
            assert!(shown.contains("Does it add up?") && shown.contains("Nobody said so."), "{shown}");
            assert!(shown.contains("Nothing in the record for stations/none"), "{shown}");
        }
        let json: serde_json::Value = serde_json::from_str(&crate::json(&report)).expect("JSON");
        assert_eq!(json["questions"][0]["findings"][0], 0);
    }
}
