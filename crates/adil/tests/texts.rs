//! Every message that a check can make has a text in every language.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use adil_election::ledger::LedgerRule;
use adil_finding::Message;
use adil_report::{Language, TextFault, Texts};

/// Identifiers of messages in the sources of the checks: string literals that look like one of an existing text file.
fn identifiers(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let path: PathBuf = entry.expect("a source").path();
        if path.is_dir() {
            identifiers(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).expect("a source is text");
            let calls = source.split("Message::new(\"").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(calls.map(str::to_owned));
            // Those that are chosen between before they become a message.
            let chosen = source.split("\"board-").skip(1).filter_map(|rest| rest.split('"').next());
            found.extend(chosen.map(|rest| format!("board-{rest}")));
        }
    }
}

#[test]
fn every_message_of_the_checks_has_a_text_in_every_language() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("../check/src");
    let mut found = BTreeSet::new();
    identifiers(&sources, &mut found);
    assert!(found.len() > 60, "{} identifiers were found", found.len());
    for language in Language::ALL {
        let texts = Texts::new(language);
        for id in &found {
            // The identifiers live as long as the test; a message wants static ones.
            let id: &'static str = Box::leak(id.clone().into_boxed_str());
            let faults = texts.missing(&Message::new(id));
            let absent: Vec<&TextFault> =
                faults.iter().filter(|fault| matches!(fault, TextFault::Unknown { .. })).collect();
            assert!(absent.is_empty(), "{id} has no text in {language:?}");
        }
    }
}

#[test]
fn every_rule_of_the_log_has_a_text_in_every_language() {
    for language in Language::ALL {
        let texts = Texts::new(language);
        for rule in LedgerRule::ALL {
            assert!(texts.missing(&Message::new(rule.message_id())).is_empty(), "{rule:?} in {language:?}");
        }
    }
    let english = Texts::new(Language::En);
    for rule in LedgerRule::ALL {
        // The report puts its own mark at the end, and writes apostrophes as printers do.
        let said = english.format(&Message::new(rule.message_id())).replace('\u{2019}', "'");
        assert_eq!(format!("{said}."), rule.text());
    }
}
