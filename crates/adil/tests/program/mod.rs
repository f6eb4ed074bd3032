//! Running the program in tests.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// What a call of the program gave.
pub(crate) struct Call {
    /// The exit status.
    pub(crate) status: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// Calls the program with arguments, without a terminal and without the caller's colours.
pub(crate) fn adil(arguments: &[&str]) -> Call {
    let mut command = Command::new(env!("CARGO_BIN_EXE_adil"));
    let Output { status, stdout, stderr } =
        command.args(arguments).env_remove("CLICOLOR_FORCE").output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program writes UTF-8");
    Call { status: status.code().expect("the program was not killed"), out: text(stdout), err: text(stderr) }
}

/// What `adil check --json` says of paths; its status is 0 or 1.
#[allow(dead_code, reason = "not every test file asks for JSON")]
pub(crate) fn check(arguments: &[&str]) -> Value {
    let call = adil(&[&["check", "--json"], arguments].concat());
    assert!(call.status < 2, "{}", call.err);
    serde_json::from_str(&call.out).expect("the program prints one JSON object")
}

/// The findings of a check.
#[allow(dead_code, reason = "not every test file looks at findings")]
pub(crate) fn findings<'a>(report: &'a Value, check: &str) -> Vec<&'a Value> {
    let all = report["findings"].as_array().expect("findings are a list");
    all.iter().filter(|finding| finding["check"] == check).collect()
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}
