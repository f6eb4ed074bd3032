//! Commands that are killed: a folder is as before or as after, and the same command can be given again.
//!
//! Every command that writes is killed at random calls of the system (before it makes, writes, flushes, renames or removes
//! a file) and at random moments. `ADIL_KILL_ROUNDS` says how often each (2 where it is not set); `ADIL_KILL_ALL=1` kills
//! before every single call.
#![cfg(target_os = "linux")]
#![allow(clippy::print_stderr, reason = "a test says what it leaves out")]

mod roles;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use roles::{Call, GROUP, Numbers, RANKED, after, begin, call, copy, done, files, hand_out, program, rounds, scratch};

/// Kills its process before the call of the number in `KILL_AT` that changes files; without one, writes the number of
/// those calls to the file that `KILL_COUNT` names.
const SHIM: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
static long calls;
static void step(void) {
    const char *at = getenv("KILL_AT");
    if (__sync_add_and_fetch(&calls, 1) == (at ? atol(at) : 0)) kill(getpid(), SIGKILL);
}
__attribute__((destructor)) static void tell(void) {
    const char *file = getenv("KILL_COUNT");
    if (file) { FILE *out = fopen(file, "w"); if (out) { fprintf(out, "%ld", calls); fclose(out); } }
}
#define REAL(name) __typeof__(name) *real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
static mode_t mode_of(int flags, va_list rest) { return flags & O_CREAT ? va_arg(rest, mode_t) : 0; }
int open(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest);
    REAL(open); if (flags & (O_CREAT | O_TRUNC)) step(); return real(path, flags, mode);
}
int open64(const char *path, int flags, ...) {
    va_list rest; va_start(rest, flags); mode_t mode = mode_of(flags, rest); va_end(rest);
    REAL(open64); if (flags & (O_CREAT | O_TRUNC)) step(); return real(path, flags, mode);
}
ssize_t write(int file, const void *bytes, size_t count) { REAL(write); if (file > 2) step(); return real(file, bytes, count); }
int fsync(int file) { REAL(fsync); step(); return real(file); }
int rename(const char *from, const char *to) { REAL(rename); step(); return real(from, to); }
int mkdir(const char *path, mode_t mode) { REAL(mkdir); step(); return real(path, mode); }
int unlink(const char *path) { REAL(unlink); step(); return real(path); }
int rmdir(const char *path) { REAL(rmdir); step(); return real(path); }
int unlinkat(int folder, const char *path, int flags) { REAL(unlinkat); step(); return real(folder, path, flags); }
"#;

/// When a command is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// Before a call of the system, from 1.
    Call(u64),
    /// After a time.
    Time(Duration),
}

/// An election whose commands are killed.
struct Killed {
    folder: PathBuf,
    before: PathBuf,
    sample: PathBuf,
    shim: Option<PathBuf>,
    numbers: Numbers,
    kills: u64,
}

impl Killed {
    fn new() -> Self {
        let place = scratch("killed");
        let shim = place.join("shim.so");
        fs::write(place.join("shim.c"), SHIM).expect("writable");
        let compiled = Command::new("cc")
            .args(["-shared", "-fPIC", "-o", "shim.so", "shim.c", "-ldl"])
            .current_dir(&place)
            .status()
            .is_ok_and(|status| status.success());
        if !compiled {
            eprintln!("cc compiles nothing here: commands are killed at random moments only");
        }
        let folder = place.join("election");
        fs::create_dir(&folder).expect("writable");
        let (before, sample) = (place.join("before"), place.join("sample"));
        Self { folder, before, sample, shim: compiled.then_some(shim), numbers: Numbers(2026), kills: 0 }
    }

    /// Gives a command, killed as often as it is asked for and then to its end. What it said in the end.
    fn step(&mut self, line: &str) -> Call {
        copy(&self.folder, &self.before);
        copy(&self.folder, &self.sample);
        let (calls, usual) = self.usual(line);
        let complete = names(&self.sample);
        let mut last = None;
        for moment in self.moments(calls, usual) {
            copy(&self.before, &self.folder);
            self.kill(line, moment);
            self.kills += 1;
            let said = format!("adil {line}, killed at {moment:?}");
            readable(&self.folder, &said);
            self.neither_more(&complete, &said);
            let again = call(&self.folder, line);
            let is_done_before = again.status == Some(2)
                && ["already", "was revoked before", "was accepted before", "the rules allow"]
                    .iter()
                    .any(|words| again.err.contains(words));
            assert!(again.status == Some(0) || is_done_before, "{said}: {}{}", again.out, again.err);
            let found = names(&self.folder);
            assert!(
                found == complete,
                "{said}, and once more: {:?}",
                found.symmetric_difference(&complete).collect::<Vec<_>>()
            );
            if again.status == Some(0) {
                let left: Vec<String> = files(&self.folder).into_keys().filter(|name| is_left_over(name)).collect();
                assert!(left.is_empty(), "{said}, and once more: {left:?} are left");
            }
            readable(&self.folder, &said);
            last = Some(again);
        }
        last.expect("a round")
    }

    /// How many calls the command makes, and how long it takes.
    fn usual(&self, line: &str) -> (u64, Duration) {
        let count = self.before.with_extension("count");
        let mut command = program(&self.sample, line);
        if let Some(shim) = &self.shim {
            command.env("LD_PRELOAD", shim).env("KILL_COUNT", &count);
        }
        let begun = Instant::now();
        let call = Call::from(command.output().expect("the program starts"));
        assert_eq!(call.status, Some(0), "adil {line}: {}{}", call.out, call.err);
        let calls = fs::read_to_string(&count).ok().and_then(|text| text.parse().ok()).unwrap_or(0);
        (calls, begun.elapsed())
    }

    fn moments(&mut self, calls: u64, usual: Duration) -> Vec<Moment> {
        if calls > 0 && std::env::var_os("ADIL_KILL_ALL").is_some() {
            return (1..=calls).map(Moment::Call).collect();
        }
        let rounds = rounds("ADIL_KILL_ROUNDS", 2).max(1);
        let mut moment = |round: u64| match calls > 0 && round % 4 != 3 {
            true => Moment::Call(1 + self.numbers.below(calls)),
            false => Moment::Time(usual.mul_f64(self.numbers.below(1_000) as f64 / 1_000.0)),
        };
        (0..rounds).map(&mut moment).collect()
    }

    fn kill(&self, line: &str, moment: Moment) {
        let mut command = program(&self.folder, line);
        if let (Moment::Call(at), Some(shim)) = (moment, &self.shim) {
            command.env("LD_PRELOAD", shim).env("KILL_AT", at.to_string());
        }
        let mut child = command.spawn().expect("the program starts");
        if let Moment::Time(time) = moment {
            std::thread::sleep(time);
            let _ = child.kill();
        }
        let _ = child.wait_with_output().expect("the program ends");
    }

    /// No file stands in its place that the command does not make.
    fn neither_more(&self, complete: &BTreeSet<String>, said: &str) {
        let before = names(&self.before);
        let more: Vec<String> =
            names(&self.folder).into_iter().filter(|name| !before.contains(name) && !complete.contains(name)).collect();
        assert!(more.is_empty(), "{said}: {more:?}");
        // What stands in a place is whole.
        for (name, bytes) in
            files(&self.folder).into_iter().filter(|(name, _)| name.ends_with(".json") && !is_hidden(name))
        {
            let whole = serde_json::from_slice::<serde_json::Value>(&bytes);
            assert!(whole.is_ok(), "{said}: {name}: {whole:?}");
        }
    }
}

/// Status and fsck, for as much of an election as there is.
fn readable(folder: &Path, said: &str) {
    if folder.join("ORG").exists() {
        let status = call(folder, "election status ORG");
        assert_eq!(status.status, Some(0), "{said}: {}{}", status.out, status.err);
    }
    if folder.join("ORG/log").exists() {
        let fsck = call(folder, "log fsck ORG/log");
        assert_eq!(fsck.status, Some(0), "{said}: {}{}", fsck.out, fsck.err);
    }
}

fn is_hidden(name: &str) -> bool {
    name.split('/').any(|part| part.starts_with('.'))
}

/// What is not taken away when the command is given again. The ballot is another one then, and so is the name of its
/// receipt: what was begun of the first one stays, and holds nothing secret.
fn is_left_over(name: &str) -> bool {
    is_hidden(name) && !name.ends_with(".lock") && !name.starts_with("receipts/.receipt-")
}

/// The names of files in their places. Names that are drawn or count something are left out.
fn names(folder: &Path) -> BTreeSet<String> {
    let plain = |name: String| match name.rsplit_once('/') {
        Some((parent, _)) if parent.starts_with("ORG/log/tile") || parent.ends_with("log/object") => parent.to_owned(),
        _ => match name.find("receipt-") {
            Some(at) => format!("{}receipt{}", &name[..at], name.rfind('.').map_or("", |dot| &name[dot..])),
            None => name,
        },
    };
    files(folder).into_keys().filter(|name| !is_hidden(name) && !name.starts_with("code-")).map(plain).collect()
}

/// A witness that is asked to cosign.
struct Witness {
    child: Child,
    url: String,
    key: String,
}

impl Witness {
    fn of(folder: &Path, log: &str) -> Self {
        let place = folder.with_file_name("witness");
        fs::create_dir(&place).expect("writable");
        done(&place, "log witness --new key --name example.org/witness");
        let line = format!("log witness state --key key --log {log} --listen 127.0.0.1:0");
        let mut child = program(&place, &line).stderr(Stdio::inherit()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut next = |words: &str| {
            let line = lines.next().expect("a line").expect("text");
            line.strip_prefix(words).unwrap_or_else(|| panic!("{line}")).to_owned()
        };
        let (url, key) = (next("Listening on "), next("The public key of this witness: "));
        Self { child, url, key }
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_killed_command_leaves_a_folder_as_before_or_as_after() {
    let mut of = Killed::new();
    let folder = of.folder.clone();
    let plan = RANKED.replace("languages", "second_factor = true\nlanguages");
    begin(&folder, &plan, "id,language\nv1,en\nv2,ru\nv3,en\nv4,\n");
    // A plan to be filled in, and the election in its folder; what else lies there stays.
    of.step("election new ORG");
    fs::copy(folder.join("plan.toml"), folder.join("ORG/questions.toml")).expect("writable");
    fs::write(folder.join("ORG/notes.txt"), "notes of the organiser").expect("writable");
    of.step("election new ORG");
    assert_eq!(fs::read(folder.join("ORG/notes.txt")).ok().as_deref(), Some(&b"notes of the organiser"[..]));
    fs::remove_dir_all(folder.join("ORG")).expect("ours");
    for line in GROUP {
        of.step(line);
        hand_out(&folder);
    }
    let trackers = votes(&mut of);
    of.step(&format!("election receipt ORG {} --receipts receipts", trackers[0]));
    leak(&mut of, &trackers);
    let draft = fs::read_to_string(folder.join("ORG/draft.json")).expect("a draft");
    let draft: serde_json::Value = serde_json::from_str(&draft).expect("JSON");
    let witness = Witness::of(&folder, draft["log"].as_str().expect("a key"));
    of.step(&format!("log cosign ORG --witness {} --key {}", witness.url, witness.key));
    drop(witness);
    of.step("election publish ORG");
    for line in [
        "election close ORG",
        "election shuffle ORG --owner 1",
        "election trustee shuffle T2 ORG --passphrase-file phrase",
        "election add ORG T2/shuffle.json",
        "election trustee decrypt S ORG --passphrase-file phrase",
        "election trustee decrypt T1 ORG --passphrase-file phrase",
        "election trustee decrypt T3 ORG --passphrase-file phrase",
        "election add ORG S/decryption.json T1/decryption.json T3/decryption.json",
        "election result ORG",
        "election publish ORG",
    ] {
        of.step(line);
    }
    // Answer 1: v4, and v1 by the spare code; Answer 2: v2 in the end; Answer 3: v3.
    let result = done(&folder, "election result ORG");
    assert!(result.out.contains("Answer 1 2, Answer 2 1, Answer 3 1"), "{}", result.out);
    assert!(result.out.contains("4 ballots counted, 0 blank, 0 invalid"), "{}", result.out);
    let check = done(&folder, "check ORG/election.bel");
    assert!(check.out.contains("result: proven"), "{}", check.out);
    eprintln!("{} kills", of.kills);
}

/// Votes in every way there is; the trackers of those that count.
fn votes(of: &mut Killed) -> Vec<String> {
    let folder = of.folder.clone();
    of.step("election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v1 --receipts receipts");
    of.step("election vote ORG --answers [[1,0,0],[1,2,3]] --code-file code-v2 --audit opened.json");
    // The voter of the leaked code, another one twice, one by a file, and one by a batch.
    let first = of.step("election vote ORG --answers [[0,0,1],[1,2,3]] --code-file code-v1 --receipts receipts");
    of.step("election vote ORG --answers [[0,0,1],[3,2,1]] --code-file code-v2 --receipts receipts");
    let second = of.step("election vote ORG --answers [[0,1,0],[3,2,1]] --code-file code-v2 --receipts receipts");
    let written = of.step("election vote ORG --answers [[0,0,1],[1,1,2]] --code-file code-v3 --ballot ballot-v3");
    of.step("election cast ORG ballot-v3 --receipts receipts");
    let code = fs::read_to_string(folder.join("code-v4")).expect("a code");
    roles::private(&folder.join("votes"), &format!("{{\"code\":\"{code}\",\"answers\":[[1,0,0],[2,1,3]]}}\n"));
    let batch = of.step("election vote ORG --batch votes");
    let tracker = |call: &Call| after(&call.out, "Tracker:").to_owned();
    let of_batch = batch.out.split_whitespace().nth(1).expect("a tracker").to_owned();
    let trackers = vec![tracker(&first), tracker(&second), tracker(&written), of_batch];
    for chunk in [&trackers[..1], &trackers[1..]] {
        of.step(&format!("election accept ORG {}", chunk.join(" ")));
    }
    trackers
}

/// The code of v1 leaks: it is revoked, and she votes with another one.
fn leak(of: &mut Killed, trackers: &[String]) {
    let folder = of.folder.clone();
    of.step(
        "election revoke AUTH --board ORG --voter v1 --since 2026-01-01T00:00Z --reason leak --output revocations.json \
         --orders orders.json",
    );
    of.step("election cosign ORG revocations.json");
    of.step("election spares AUTH/spares orders.json --output letters.html --table table.csv");
    let codes = roles::codes(&folder.join("table.csv"));
    roles::private(&folder.join("spare"), &codes[0].1);
    let last = of.step("election vote ORG --answers [[1,0,0],[3,2,1]] --code-file spare --receipts receipts");
    let tracker = after(&last.out, "Tracker:").to_owned();
    assert!(!trackers.contains(&tracker));
    of.step(&format!("election accept ORG {tracker}"));
}
