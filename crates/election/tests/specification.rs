//! The page of the log's rules is held to the code.

use std::collections::BTreeSet;

use adil_election::entry::Entry;
use adil_election::ledger::LedgerRule;
use adil_election::statement::{Setup, Signer, Statement};
use adil_log::{Note, VerifierKey};

const PAGE: &str = include_str!("../../../docs/spec/adil-v1.md");

/// The fenced texts of a kind.
fn fenced(kind: &str) -> Vec<&'static str> {
    let begin = format!("```{kind}\n");
    PAGE.split(begin.as_str()).skip(1).filter_map(|rest| rest.split("\n```").next()).collect()
}

fn statement(text: &str) -> Statement {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn the_page_has_every_rule_with_its_words_and_no_other() {
    let expected: Vec<String> =
        LedgerRule::ALL.iter().map(|rule| format!("| {} | {} |", rule.code(), rule.text())).collect();
    let found: Vec<&str> = PAGE.lines().filter(|line| line.starts_with("| J")).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_statement_has_an_example_in_its_one_form() {
    let mut names = BTreeSet::new();
    for text in fenced("statement") {
        let example = statement(text);
        assert_eq!(serde_json::to_string(&example).expect("JSON"), text);
        assert!(names.insert(example.name()), "{} twice", example.name());
        // The table of statements names who signs.
        let row = format!("| `{}/1` |", example.name());
        let line = PAGE.lines().find(|line| line.starts_with(&row)).unwrap_or_else(|| panic!("{row}"));
        let signers = example.signers().iter().map(|signer| match signer {
            Signer::Organiser => "the organiser",
            Signer::Authority => "the credential authority",
            Signer::Acceptance => "the voting server",
        });
        let signers: Vec<&str> = signers.collect();
        assert!(line.ends_with(&format!("| {} |", signers.join(" and "))), "{line}");
    }
    let missing = ["setup", "credentials", "open", "acceptance", "close", "tally", "shuffle", "decryption", "result"];
    assert_eq!(names, BTreeSet::from(missing), "the revocation's example is a whole entry");
}

#[test]
fn the_example_of_an_entry_is_signed_by_the_keys_of_the_setup() {
    let setup: Setup = match statement(fenced("statement")[0]) {
        Statement::Setup(setup) => *setup,
        other => panic!("{other:?}"),
    };
    let entry = format!("{}\n", fenced("entry")[0]);
    let Ok(Entry::Statement(said, note)) = Entry::parse(entry.as_bytes()) else { panic!("a statement") };
    assert_eq!(said.signers(), [Signer::Authority, Signer::Organiser]);
    let signed = |key: &str, note: &Note| Statement::is_signed_by(note, &VerifierKey::parse(key).expect("a key"));
    assert!(signed(&setup.keys.organiser, &note) && signed(&setup.keys.authority, &note));
    assert!(!signed(&setup.keys.log, &note));
}

#[test]
fn the_forms_of_ballots_are_those_that_are_read() {
    let forms: Vec<&str> =
        PAGE.lines().map(str::trim).filter(|line| line.starts_with("{\"adil\":\"ballot/1\"")).collect();
    assert_eq!(forms.len(), 2);
    for form in forms {
        let bytes = form.replace("{…}", "{}");
        assert!(matches!(Entry::parse(bytes.as_bytes()), Ok(Entry::Ballot { minute: 29_916_677, .. })), "{form}");
    }
}
