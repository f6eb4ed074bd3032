//! Elections held with `adil election` and with `belenios-tool`: each program verifies the boards of the other, and what
//! a voter or a trustee makes with one is taken by the other.
//!
//! Every pair of a group, a kind of trusteeship and a kind of questions that the protocol allows is held, to the end.
//! On the curve every stage of every election is verified; in the finite fields, whose arithmetic is slow, the end and
//! one stage before it, so that each stage is seen with each group, trusteeship and kind of questions.

mod board;
mod parties;
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use board::hold::verify;
use board::random::Random;
use parties::cases::{ASKED, Asked, CURVE, Case, GROUPS, cases, plan, trusteeships};
use parties::plan::{Plan, Question, Stage, Trustees};
use parties::{Held, vote};
use program::{check, text};
use serde_json::{Value, json};

#[test]
fn every_pair_is_among_the_elections() {
    let cases = cases();
    let has = |wanted: &dyn Fn(&Case) -> bool| cases.iter().any(wanted);
    for group in GROUPS {
        for trusteeship in 0..trusteeships().len() {
            assert!(has(&|case| case.plan.group == group && case.trusteeship == trusteeship), "{group}, {trusteeship}");
        }
        for asked in ASKED.into_iter().filter(|asked| asked.fits(group)) {
            assert!(has(&|case| case.plan.group == group && case.asked == asked), "{group}, {asked:?}");
        }
        assert!(cases.iter().all(|case| case.asked.fits(case.plan.group)));
        let stages: BTreeSet<Stage> =
            cases.iter().filter(|case| case.plan.group == group).flat_map(|case| case.plan.stages()).collect();
        for stage in stages {
            assert!(has(&|case| case.plan.group == group && case.seen.contains(&stage)), "{group}, {stage:?}");
        }
    }
    for trusteeship in 0..trusteeships().len() {
        let own = || cases.iter().filter(|case| case.trusteeship == trusteeship);
        for stage in own().flat_map(|case| case.plan.stages()).collect::<BTreeSet<_>>() {
            assert!(own().any(|case| case.seen.contains(&stage)), "{trusteeship}, {stage:?}");
        }
    }
    for asked in ASKED {
        let own = || cases.iter().filter(|case| case.asked == asked);
        for stage in own().flat_map(|case| case.plan.stages()).collect::<BTreeSet<_>>() {
            assert!(own().any(|case| case.seen.contains(&stage)), "{asked:?}, {stage:?}");
        }
    }
}

/// The checks of a board that must have been proven at a stage; the others wait for what is still to come.
fn settled(plan: &Plan, stage: Stage) -> Vec<&'static str> {
    let mut checks = vec!["board/archive", "board/order", "board/setup", "board/credentials", "board/trustees"];
    let later = [
        (Stage::Voting, "board/ballots"),
        (Stage::Tallied, "board/tally"),
        (Stage::Shuffled, "board/shuffles"),
        (Stage::Decrypted, "board/decryption"),
        (Stage::Finished, "board/result"),
    ];
    let is_asked = |check: &str| check != "board/shuffles" || plan.is_shuffled();
    checks.extend(later.into_iter().filter(|(from, check)| stage >= *from && is_asked(check)).map(|(_, check)| check));
    checks
}

/// Both programs accept the board of an election as it stands.
fn accepted(programs: &[&Path], held: &Held, stage: Stage) {
    let plan = &held.plan;
    let board = held.publish(&format!("alone-{stage:?}"));
    let place = format!("{} at {stage:?} in {}", plan.group, board.display());
    for program in programs {
        let alone = board.parent().expect("the board is in a folder");
        verify(program, alone).unwrap_or_else(|told| panic!("{place}: {}: {told}", program.display()));
    }
    let report = check(&[text(&board)]);
    let settled = settled(plan, stage);
    let findings = report["findings"].as_array().expect("findings are a list");
    let own: Vec<&Value> = findings
        .iter()
        .filter(|finding| finding["check"].as_str().is_some_and(|name| name.starts_with("board/")))
        .collect();
    for name in &settled {
        assert!(
            own.iter().any(|finding| finding["check"] == **name),
            "{place}: there is nothing about {name}: {report}"
        );
    }
    for finding in &own {
        let is_settled = settled.iter().any(|name| finding["check"] == **name);
        // Decryptions are proven one by one, before they are enough.
        let is_proven = finding["verdict"] == "proven";
        let waits = finding["verdict"] == "undecided" && finding["reason"] == "no-data";
        assert!(is_proven || (waits && !is_settled), "{place}: {finding}");
    }
    let measure = |check: &str, name: &str| {
        let finding = own.iter().find(|finding| finding["check"] == check).expect("asked for above");
        finding["measures"][name].clone()
    };
    let (ballots, voted) = if stage > Stage::Open { (plan.votes.len(), plan.voted()) } else { (0, 0) };
    assert_eq!(measure("board/ballots", "ballots"), json!(ballots), "{place}");
    assert_eq!(measure("board/ballots", "voters"), json!(voted), "{place}");
    if stage == Stage::Finished {
        assert_eq!(plan.ordered(&measure("board/result", "result")), plan.result(), "{place}: the votes cast");
    }
}

/// Holds the elections of a group.
fn boards(test: &str, group: &str) {
    let Some(peer) = adil_outside::peer(test) else { return };
    for (number, Case { plan, seen, .. }) in cases().into_iter().enumerate() {
        if plan.group != group {
            continue;
        }
        // The first release knows neither lists nor the keys of groups of trustees as they are made today.
        let is_known = |question: &Question| !matches!(question, Question::Lists { .. });
        let single = plan.trustees.iter().all(|trustees| *trustees == Trustees::Single);
        let mut programs = vec![peer.current.as_path()];
        if group != CURVE && single && plan.questions.iter().all(is_known) {
            programs.push(&peer.first);
        }
        let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), &format!("{test}-{number}"));
        let mut held = Held::begin(plan, &folder);
        held.open();
        for stage in held.plan.stages() {
            held.go_on_to(stage);
            if seen.contains(&stage) {
                accepted(&programs, &held, stage);
            }
        }
        let _ = fs::remove_dir_all(&folder);
    }
}

#[test]
fn boards_on_the_curve_are_verified_at_every_stage() {
    boards("boards_on_the_curve_are_verified_at_every_stage", CURVE);
}

#[test]
fn boards_in_belenios_2048_are_verified() {
    boards("boards_in_belenios_2048_are_verified", "BELENIOS-2048");
}

#[test]
fn boards_in_rfc_3526_2048_are_verified() {
    boards("boards_in_rfc_3526_2048_are_verified", "RFC-3526-2048");
}

/// Nobody votes: there is a result of zeros, or of no votes, which both programs verify.
#[test]
fn boards_without_ballots_are_verified() {
    let test = "boards_without_ballots_are_verified";
    let Some(peer) = adil_outside::peer(test) else { return };
    for asked in [Asked::Added, Asked::Both] {
        let mut plan = plan(CURVE, vec![Trustees::Single], asked, 1);
        plan.votes.clear();
        let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), &format!("{test}-{asked:?}"));
        let held = parties::hold(plan, &folder, Stage::Finished);
        accepted(&[&peer.current], &held, Stage::Finished);
        let _ = fs::remove_dir_all(&folder);
    }
}

/// Ballots that were set aside, and those that the voting server did not accept, are not on the board.
#[test]
fn boards_with_ballots_set_aside_are_verified() {
    let test = "boards_with_ballots_set_aside_are_verified";
    let Some(peer) = adil_outside::peer(test) else { return };
    let mut plan = plan(CURVE, vec![Trustees::Single], Asked::Both, 3);
    plan.second_factor = true;
    let random = &mut Random::new(4);
    let [first, leaked, again, third, fourth] = [0; 5].map(|_| vote::vote(random, &plan.questions));
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test);
    let mut held = parties::hold(plan, &folder, Stage::Open);
    let trackers: Vec<String> =
        (0..4).zip([&first, &leaked, &third, &fourth]).map(|(voter, vote)| held.cast(voter, vote)).collect();
    held.run(&format!("accept ORG {}", trackers[..3].join(" ")));
    held.plan.votes = vec![(0, first), (1, leaked), (2, third)];
    accepted(&[&peer.current], &held, Stage::Voting);
    held.run("revoke AUTH --board ORG --voter v2 --since 2026-01-01T00:00Z --reason Leak");
    held.run("cosign ORG revocations.json");
    held.plan.votes.remove(1);
    accepted(&[&peer.current], &held, Stage::Voting);
    held.run("spares AUTH/spares spare-orders.json");
    let [spare] = &held.codes_of("spare-codes.csv")[..] else { panic!("there is one spare code") };
    let tracker = held.cast_with(spare, &again);
    held.run(&format!("accept ORG {tracker}"));
    held.plan.votes.push((1, again));
    accepted(&[&peer.current], &held, Stage::Voting);
    held.go_on_to_from(Stage::Voting, Stage::Finished);
    accepted(&[&peer.current], &held, Stage::Finished);
    let _ = fs::remove_dir_all(&folder);
}

/// Runs `belenios-tool` and gives what it prints.
fn tool(program: &Path, folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().expect("belenios-tool starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: belenios-tool {arguments:?}: {told}", folder.display());
    String::from_utf8(output.stdout).expect("belenios-tool writes UTF-8")
}

/// The files of a folder that end in something, by name.
fn ending(folder: &Path, end: &str) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).expect("the folder can be listed");
    let paths = files.map(|file| file.expect("the folder can be listed").path());
    let mut paths: Vec<PathBuf> = paths.filter(|path| text(path).ends_with(end)).collect();
    paths.sort();
    paths
}

/// An election held with both: trustee 1 and voter 1 use `belenios-tool`, trustee 2 and voter 2 `adil`.
fn together(program: &Path, group: &'static str, asked: Asked, folder: &Path) {
    let mut plan = plan(group, vec![Trustees::Single, Trustees::Single], asked, 7);
    plan.votes.truncate(2);
    let held = Held::begin(plan, folder);
    let keys = folder.join("PEER");
    fs::create_dir(&keys).expect("the folder can be made");
    tool(program, &keys, &["setup", "generate-trustee-key", "--group", group]);
    let [public] = &ending(&keys, ".pubkey")[..] else { panic!("there is one public key") };
    let [private] = &ending(&keys, ".privkey")[..] else { panic!("there is one private key") };
    let own = held.trustees(Trustees::Single, 2).join(" ");
    held.run(&format!("assemble ORG AUTH/credentials.json {} {own}", text(public)));
    held.run("open ORG --without-rehearsal");
    let codes = held.codes();
    derived(program, &held, &codes);
    // The first voter's ballot is made with the other program, from the provisional board and the code as it is printed.
    let (voter, answers) = held.plan.votes[0].clone();
    let alone = |held: &Held, name: &str| held.publish(name).parent().expect("it is in a folder").to_owned();
    held.write("credential", &codes[voter]);
    held.write("choice", &answers.to_string());
    let before = alone(&held, "before");
    let ballot = tool(
        program,
        &before,
        &["election", "generate-ballot", "--privcred", "../credential", "--choice", "../choice"],
    );
    held.write("ballot.json", &ballot);
    held.run("cast ORG ballot.json --receipts receipts");
    let (voter, answers) = held.plan.votes[1].clone();
    held.cast(voter, &answers);
    accepted(&[program], &held, Stage::Voting);
    // Cast again, the same ballot is refused.
    let (status, _, told) = held.call("cast ORG ballot.json");
    assert!(status != Some(0) && told.contains("ballot.json"), "{told}");
    held.run("close ORG");
    if held.plan.is_shuffled() {
        let shuffle = tool(program, &alone(&held, "tallied"), &["election", "shuffle", "--trustee-id", "1"]);
        held.write("shuffle.json", &shuffle);
        held.run("add ORG --owner 1 shuffle.json");
        held.shuffle(2);
        accepted(&[program], &held, Stage::Shuffled);
    }
    let to_decrypt = alone(&held, "to-decrypt");
    let arguments = ["election", "decrypt", "--privkey", text(private), "--trustee-id", "1"];
    let decryption = tool(program, &to_decrypt, &arguments);
    held.write("decryption.json", &decryption);
    // The record says whose it is in its second line; the first alone does not.
    held.write("first-line.json", decryption.lines().next().expect("the tool prints a record"));
    assert_ne!(held.call("add ORG first-line.json").0, Some(0), "a record of nobody was taken");
    assert_ne!(held.call("add ORG --owner 2 first-line.json").0, Some(0), "a record of another trustee was taken");
    assert_ne!(held.call("add ORG --owner 2 decryption.json").0, Some(0), "a record of another trustee was taken");
    held.run("add ORG decryption.json");
    held.decrypt(2);
    held.run("result ORG");
    accepted(&[program], &held, Stage::Finished);
    // What was published before goes on in what is published at the end.
    let whole = folder.join(format!("alone-{:?}", Stage::Finished));
    let [before, whole] = [&before, &whole].map(|folder| text(folder).to_owned());
    tool(program, folder, &["election", "verify-diff", "--dir1", &before, "--dir2", &whole]);
}

/// The credentials that the authority publishes are those that the other program derives from the codes.
fn derived(program: &Path, held: &Held, codes: &[String]) {
    let lists: Value = serde_json::from_str(&held.read("AUTH/credentials.json")).expect("the lists are JSON");
    let list = |name: &str| -> BTreeSet<String> {
        serde_json::from_str(lists[name].as_str().expect("a list in a text")).expect("the list is JSON")
    };
    let spares: Value = serde_json::from_str(&held.read("AUTH/spares/codes.json")).expect("the spare codes are JSON");
    let spare_codes = spares.as_array().expect("a list").iter().map(|spare| {
        let code = spare["code"].as_str().expect("a spare has a code");
        (code.to_owned(), spare["weight"].as_u64().expect("and a weight"))
    });
    let weight = |voter: usize| held.plan.weights.as_ref().map_or(1, |weights| weights[voter]);
    let codes = codes.iter().enumerate().map(|(voter, code)| (code.clone(), weight(voter)));
    let public = |(code, weight): (String, u64)| {
        let group = held.plan.group;
        let arguments = ["setup", "generate-credentials", "--group", group, "--uuid", &held.uuid, "--derive", &code];
        let public = tool(program, &held.folder, &arguments).trim().to_owned();
        // A weight of 1 is left out where no vote has a weight.
        if held.plan.weights.is_some() { format!("{public},{weight}") } else { public }
    };
    let spares: BTreeSet<String> = spare_codes.map(public).collect();
    let voters: BTreeSet<String> = codes.map(public).collect();
    assert_eq!((voters.len(), spares.len()), (held.plan.voters, held.plan.voters), "a spare for each voter");
    assert_eq!(list("spares"), spares, "the spare credentials are those of their codes");
    assert_eq!(list("credentials"), voters.union(&spares).cloned().collect(), "the credentials are those of the codes");
}

#[test]
fn an_election_is_held_with_both_programs() {
    let test = "an_election_is_held_with_both_programs";
    let Some(peer) = adil_outside::peer(test) else { return };
    let all = [
        (CURVE, Asked::Both),
        (CURVE, Asked::Weighted),
        ("BELENIOS-2048", Asked::Added),
        ("RFC-3526-2048", Asked::Shuffled),
    ];
    for (group, asked) in all {
        let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), &format!("{test}-{group}-{asked:?}"));
        together(&peer.current, group, asked, &folder);
        let _ = fs::remove_dir_all(&folder);
    }
}
