//! What the tasks are called is what contributors are told.

use std::process::Command;

#[test]
fn every_task_that_contributors_are_told_of_is_there() {
    let contributing = concat!(env!("CARGO_MANIFEST_DIR"), "/../CONTRIBUTING.md");
    let contributing = std::fs::read_to_string(contributing).expect("CONTRIBUTING.md");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask")).output().expect("the program");
    assert_eq!(output.status.code(), Some(2));
    let usage = String::from_utf8(output.stderr).expect("text");
    let told: Vec<&str> =
        contributing.split("`cargo xtask ").skip(1).filter_map(|after| after.split(['`', ' ']).next()).collect();
    assert!(told.len() >= 5, "{told:?}");
    for task in told {
        assert!(usage.contains(&format!("cargo xtask {task}")), "{task} is no task:\n{usage}");
    }
}
