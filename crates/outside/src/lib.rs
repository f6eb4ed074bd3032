//! What tests need from outside the repository: real data and other programs, named by environment variables.
//!
//! A test that needs something which is not there prints one line that begins with `skipped:` and returns. The line
//! goes past the test runner's capture, so that `cargo test` shows it, and it can be counted. `docs/data.md` says where
//! everything is published.

use std::ffi::OsString;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of real tables, `ADIL_DATA`, laid out as `docs/data.md` says; `None` where it is not set.
pub fn data(test: &str) -> Option<PathBuf> {
    variable(test, "ADIL_DATA").map(PathBuf::from)
}

/// The stations' tables in the folder of real tables.
pub fn stations(test: &str) -> Option<PathBuf> {
    data(test).map(|data| data.join("stations"))
}

/// The browser that pages are opened in, `ADIL_CHROMIUM`; `None` where it is not set.
pub fn chromium(test: &str) -> Option<PathBuf> {
    variable(test, "ADIL_CHROMIUM").map(PathBuf::from)
}

/// adil's own program, `ADIL_PROGRAM`, for tests of crates that it is built of; `None` where it is not set.
///
/// # Panics
/// The variable does not name a program by its absolute path: nothing could be tried.
pub fn program(test: &str) -> Option<PathBuf> {
    let program = variable(test, "ADIL_PROGRAM").map(PathBuf::from)?;
    assert!(program.is_absolute() && program.is_file(), "ADIL_PROGRAM is {}: no program", program.display());
    Some(program)
}

/// The connection URL of a PostgreSQL server in which databases may be made, `ADIL_POSTGRES`; `None` where it is not set.
///
/// # Panics
/// The variable is no such URL: nothing could be tried.
pub fn postgres(test: &str) -> Option<String> {
    let url = variable(test, "ADIL_POSTGRES")?.to_string_lossy().into_owned();
    let is_url = url.starts_with("postgres://") || url.starts_with("postgresql://");
    assert!(is_url, "ADIL_POSTGRES is {url}: a URL as postgres://user@host:port/database is needed");
    Some(url)
}

/// The library that shows a program another time than the clock's, `ADIL_FAKETIME` (libfaketime's `libfaketimeMT.so.1`);
/// `None` where it is not set.
pub fn faketime(test: &str) -> Option<PathBuf> {
    variable(test, "ADIL_FAKETIME").map(PathBuf::from)
}

/// A Python that has pyxform, the converter of XLSForm, among its packages: `python3` on the path; `None` where it has not.
pub fn pyxform(test: &str) -> Option<PathBuf> {
    let python = PathBuf::from("python3");
    let found = std::process::Command::new(&python).args(["-c", "import pyxform, openpyxl"]).output();
    if found.is_ok_and(|output| output.status.success()) {
        return Some(python);
    }
    skipped(test, "python3 has no pyxform");
    None
}

/// Two releases of `belenios-tool`, which boards are made and compared with.
#[derive(Debug, Clone)]
pub struct Peer {
    /// Release 3.3.0: Ed25519, all kinds of questions.
    pub current: PathBuf,
    /// Release 2.0: finite fields.
    pub first: PathBuf,
}

/// The folder of `belenios-tool`, `ADIL_PEER`, as `.ci/get-peer` lays it out; `None` where it is not set.
///
/// # Panics
/// The variable does not name a folder by its absolute path, or one that does not hold both releases: nothing could be
/// compared.
pub fn peer(test: &str) -> Option<Peer> {
    let folder = variable(test, "ADIL_PEER").map(PathBuf::from)?;
    assert!(folder.is_absolute(), "ADIL_PEER is {}: tests run elsewhere and need an absolute path", folder.display());
    let peer = Peer { current: folder.join("belenios-tool"), first: folder.join("belenios-tool-2.0") };
    for tool in [&peer.current, &peer.first] {
        assert!(tool.is_file(), "ADIL_PEER has no {}: run .ci/get-peer", tool.display());
    }
    Some(peer)
}

/// The checker of logs, `ADIL_TLOG_CHECKER`, as `.ci/get-tlog-checker` builds it; `None` where it is not set. It takes the
/// folder of a log, the public key and any number of proofs, and prints `ok` or what is wrong.
///
/// # Panics
/// The variable does not name a program by its absolute path: nothing could be compared.
pub fn tlog_checker(test: &str) -> Option<PathBuf> {
    let checker = variable(test, "ADIL_TLOG_CHECKER").map(PathBuf::from)?;
    assert!(checker.is_absolute(), "ADIL_TLOG_CHECKER is {}: an absolute path is needed", checker.display());
    assert!(checker.is_file(), "ADIL_TLOG_CHECKER is {}: run .ci/get-tlog-checker", checker.display());
    Some(checker)
}

fn variable(test: &str, name: &str) -> Option<OsString> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty());
    if value.is_none() {
        skipped(test, &format!("{name} is not set"));
    }
    value
}

fn skipped(test: &str, why: &str) {
    // One write, so that lines of tests that run at once do not mix.
    let line = format!("skipped: {test} ({why})\n");
    let _ = std::io::stderr().write_all(line.as_bytes());
}

/// A folder for the files of one test, emptied first, under the target folder's temporary one.
///
/// # Panics
/// The folder cannot be made: the test cannot run.
pub fn scratch(root: &str, test: &str) -> PathBuf {
    let folder = Path::new(root).join(test);
    let _ = std::fs::remove_dir_all(&folder);
    assert!(std::fs::create_dir_all(&folder).is_ok(), "{} cannot be made", folder.display());
    folder
}
