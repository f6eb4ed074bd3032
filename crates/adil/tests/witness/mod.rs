//! A witness as a process; it ends with the test.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A witness that listens.
pub(crate) struct Witness {
    child: Child,
    pub(crate) url: String,
    pub(crate) key: String,
}

impl Drop for Witness {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a witness of the log with that key; its own key and what it has seen are in a folder.
pub(crate) fn witness(folder: &Path, log: &str) -> Witness {
    let secret = folder.join("witness.key");
    let adil = || Command::new(env!("CARGO_BIN_EXE_adil"));
    if !secret.exists() {
        let made = adil().args(["log", "witness", "--name", "example.org/witness", "--new"]).arg(&secret).output();
        let made = made.expect("the program starts");
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        assert!(!String::from_utf8_lossy(&made.stdout).contains("PRIVATE"), "the secret key was shown");
    }
    let mut command = adil();
    command.args(["log", "witness"]).arg(folder.join("state")).arg("--key").arg(&secret);
    command.args(["--log", log, "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
    let mut child = command.spawn().expect("the program starts");
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    let mut after = |words: &str| {
        let line = lines.next().expect("a line").expect("text");
        line.strip_prefix(words).unwrap_or_else(|| panic!("{line}")).to_owned()
    };
    let (url, key) = (after("Listening on "), after("The public key of this witness: "));
    Witness { child, url, key }
}
