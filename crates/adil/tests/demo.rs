//! The demonstration: half of all voting codes and one trustee's key fewer than decrypt are published in the middle of
//! an election, and the result is still that of the honest votes, with the report telling what happened.

mod program;

use std::path::Path;

use program::{adil, check, findings, text};
use serde_json::{Value, json};

fn measure<'a>(report: &'a Value, check: &str, name: &str) -> &'a Value {
    &findings(report, check)[0]["measures"][name]
}

#[test]
fn a_leak_of_half_the_codes_changes_no_counted_vote_and_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = folder.path().join("election");
    let call = adil(&["demo", text(&kept)]);
    assert_eq!(call.status, 0, "{}{}", call.out, call.err);
    assert!(call.out.contains("the result is that of the honest votes"), "{}", call.out);
    let report = check(&[text(&kept)]);
    let board: Vec<&Value> = report["findings"].as_array().expect("findings").iter().collect();
    assert!(board.iter().all(|finding| finding["verdict"] == "proven"), "{report:#}");
    // 12 voters' codes leak. 8 of them had voted before, one of these twice; the attacker casts 12 ballots. All 12 of
    // the attack are set aside, and so are the 7 + 1 earlier ballots of the 7 who vote again by their spare: 20.
    assert_eq!(measure(&report, "board/derivation", "set_aside"), &json!(20));
    assert_eq!(measure(&report, "board/derivation", "voters_set_aside"), &json!(12));
    // 10 vote again. Of the other two one had voted before the leak, and that ballot still counts.
    assert_eq!(measure(&report, "board/derivation", "voters_not_voted_again"), &json!(2));
    assert_eq!(measure(&report, "board/derivation", "voters_without_counted_ballot"), &json!(1));
    assert_eq!(measure(&report, "board/derivation", "revocations"), &json!(12));
    // 17 + 3 ballots before the leak, 12 of the attack, 10 by spare.
    assert_eq!(measure(&report, "board/derivation", "ballots_logged"), &json!(42));
    // The honest votes: of 9 voters whose codes did not leak A 4, B 4, blank 1 (voter 14 from C to B); of those with a
    // leaked code A 7 (one of them before the leak), B 3, blank 1. The attacker voted C.
    assert_eq!(measure(&report, "board/result", "result")[0], json!([2, 11, 7, 0]));
    private_files_are_left_alone(&kept, &report);
}

fn private_files_are_left_alone(kept: &Path, report: &Value) {
    let inputs = report["record"]["inputs"].as_array().expect("inputs");
    let named: Vec<&str> = inputs.iter().filter_map(|input| input["path"].as_str()).collect();
    assert!(named.iter().all(|path| !path.contains("roles") && !path.contains("private")), "{named:?}");
    assert!(named.iter().any(|path| path.ends_with("election.bel")) && kept.join("log/checkpoint").is_file());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        for file in ["private/keys", "roles/authority/private/codes.csv", "roles/spares/codes.json", "roles/passphrase"]
        {
            let mode = std::fs::metadata(kept.join(file)).expect("the file is there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{file} can be read by others");
        }
    }
}

#[test]
fn without_a_folder_nothing_is_kept_and_a_folder_that_is_there_is_not_touched() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let before = std::fs::read_dir(folder.path()).expect("the folder").count();
    let call = adil(&["demo", text(folder.path())]);
    assert_eq!(call.status, 2, "{}", call.out);
    assert!(call.err.contains("is there already"), "{}", call.err);
    assert_eq!(std::fs::read_dir(folder.path()).expect("the folder").count(), before);
}
