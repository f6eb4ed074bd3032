//! From the result of a board to who is elected, and ballots that were opened instead of cast.

mod held;
mod program;

use std::fs;
use std::path::{Path, PathBuf};

use adil_belenios::Answer;
use adil_election::CountingMethod;
use held::{CHOICES, Held, Terms, choice};
use program::{adil, check, findings, text};
use serde_json::{Value, json};

fn scratch(test: &str) -> PathBuf {
    adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), test)
}

fn sentence(finding: &Value) -> &str {
    finding["statement"].as_str().expect("a sentence")
}

fn lines(finding: &Value) -> Vec<&str> {
    let evidence = finding["evidence"].as_array().expect("a list");
    evidence.iter().filter_map(|one| one["statement"].as_str()).collect()
}

/// A ranked or graded question between a, b and c.
fn numbers(title: &str, extra: &str) -> String {
    format!(r#"{{"type":"NonHomomorphic","value":{{"answers":["a","b","c"],"question":"{title}"}},"extra":{extra}}}"#)
}

const STV: &str = r#"{"method":"STV","blank":false,"seats":2}"#;
const SCHULZE: &str = r#"{"method":"Schulze","blank":false}"#;
const GRADES: &str = r#"{"method":"MajorityJudgment","blank":false,"grades":["Good","Fair","Poor"]}"#;

#[test]
fn a_plurality_that_the_log_declares_is_counted_and_a_tie_stays_open() {
    let folder = scratch("a_plurality_that_the_log_declares");
    let counting = || vec![Some(CountingMethod::Plurality { seats: 1 })];
    let mut held = Held::open(&Terms { counting: counting(), ..Terms::default() }, 200);
    for (voter, answer) in [(0, 1), (1, 1), (2, 0)] {
        held.vote(voter, answer);
    }
    held.finish();
    let board = held.write(&folder);
    let report = check(&[text(&folder)]);
    let found = findings(&report, "board/count");
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["verdict"], &found[0]["subject"]["contest"]), (&json!("proven"), &json!("Club: Who?")));
    let expected = json!({ "totals": [1, 2, 0], "seats": 1, "open_seats": 0, "elected": ["b"],
        "ranking": [["b"], ["a"], ["c"]] });
    assert_eq!(found[0]["measures"], expected);
    assert!(sentence(found[0]).contains("rules K10–K12") && sentence(found[0]).contains("in this order: b"));
    assert_eq!(lines(found[0]), ["Votes: a: 1, b: 2, c: 0."]);
    // Without the log nothing declares a method for choices.
    assert!(findings(&check(&[text(&board)]), "board/count").is_empty());
    let mut held = Held::open(&Terms { counting: counting(), ..Terms::default() }, 200);
    held.vote(0, 0);
    held.vote(1, 1);
    held.finish();
    held.write(&folder);
    let report = check(&[text(&folder)]);
    let found = findings(&report, "board/count")[0];
    assert_eq!((&found["measures"]["open_seats"], &found["measures"]["elected"]), (&json!(1), &json!([])));
    assert!(sentence(found).contains("nobody is elected: these are tied: a, b"), "{}", sentence(found));
    for lang in ["ru", "kk"] {
        let call = adil(&["check", text(&folder), "--lang", lang]);
        assert!(call.status == 0 && !call.out.contains("[board-"), "{}", call.out);
    }
}

#[test]
fn ranked_and_graded_votes_are_counted_round_by_round() {
    let folder = scratch("ranked_and_graded_votes");
    let questions = [numbers("Two seats?", STV), numbers("Order?", SCHULZE), numbers("Grades?", GRADES)].join(",");
    let mut held =
        Held::open(&Terms { questions: &questions, counting: vec![None; 3], voters: 3, ..Terms::default() }, 201);
    let votes: [[[u32; 3]; 3]; 3] =
        [[[1, 2, 3], [1, 2, 3], [1, 2, 3]], [[1, 3, 2], [2, 1, 3], [2, 1, 3]], [[1, 2, 3], [1, 2, 3], [2, 2, 1]]];
    for (voter, answers) in votes.iter().enumerate() {
        let answers: Vec<Answer> = answers.iter().map(|answer| Answer::Vector(answer.to_vec())).collect();
        held.cast(voter, &answers);
    }
    held.finish();
    let board = held.write(&folder);
    // The methods stand in the record itself, so the board alone is enough.
    let report = check(&[text(&board)]);
    let found = findings(&report, "board/count");
    assert!(found.iter().all(|one| one["verdict"] == "proven"), "{found:#?}");
    // Quota 3 / 3 + 1 = 2: a has 3, a surplus of 1, which goes 2/3 to b and 1/3 to c; neither has 2, and c is excluded.
    assert_eq!(found[0]["measures"]["elected"], json!(["a", "b"]));
    let rounds = lines(found[0]);
    assert!(
        rounds[0].starts_with("Round 1 (quota 2): a: 3, b: 0, c: 0. a is elected, 1 above the quota."),
        "{rounds:?}"
    );
    assert!(rounds[0].contains("b: 0.666666…, c: 0.333333…"), "{rounds:?}");
    // Preferences a>b 2, b>a 1; a>c 3; b>c 3.
    assert_eq!(found[1]["measures"]["ranking"], json!([["a"], ["b"], ["c"]]));
    assert!(lines(found[1]).contains(&"Ballots that prefer a to others: b: 2, c: 3."), "{:?}", lines(found[1]));
    // Middle grades: a 1 2 2, b 1 2 2, c 1 3 3. Of a and b, equal in all, none is better.
    assert_eq!(found[2]["measures"]["ranking"], json!([["a", "b"], ["c"]]));
    assert!(lines(found[2]).contains(&"a: Good: 1, Fair: 2, Poor: 0; majority grade: Fair."), "{:?}", lines(found[2]));
    assert!(sentence(found[2]).contains("a = b > c"), "{}", sentence(found[2]));
}

#[test]
fn nothing_is_counted_of_a_result_that_is_not_proven_or_by_two_methods() {
    let folder = scratch("nothing_is_counted_of_a_result_that_is_not_proven");
    let question = numbers("Order?", SCHULZE);
    let hold = |counting: Option<CountingMethod>| {
        let mut held =
            Held::open(&Terms { questions: &question, counting: vec![counting], voters: 2, ..Terms::default() }, 202);
        held.cast(0, &[Answer::Vector(vec![1, 2, 3])]);
        held.finish();
        held
    };
    let board = hold(None).write(&folder);
    let mut bytes = fs::read(&board).expect("a board");
    let result = b"[[1,2,3]]";
    let at = bytes.windows(result.len()).rposition(|window| window == result).expect("the result");
    bytes[at + 2] = b'3';
    fs::write(&board, bytes).expect("the folder can be written");
    let report = check(&[text(&board)]);
    let found = findings(&report, "board/count")[0];
    assert_eq!((&found["verdict"], &found["reason"]), (&json!("undecided"), &json!("no-data")), "{found:#}");
    hold(Some(CountingMethod::Stv { blank: false, seats: 1 })).write(&folder);
    let report = check(&[text(&folder)]);
    assert_eq!(findings(&report, "board/count")[0]["verdict"], "contradicted");
    hold(Some(CountingMethod::Schulze { blank: false })).write(&folder);
    let report = check(&[text(&folder)]);
    assert_eq!(findings(&report, "board/count")[0]["verdict"], "proven");
}

/// An opened ballot as a file.
fn opened(folder: &Path, held: &mut Held, answers: &[Answer]) -> Value {
    let sealed = held.seal(0, answers);
    let commitment = sealed.commitment().to_owned();
    let (ballot, opening) = sealed.open();
    let numbers = |answer: &Answer| match answer {
        Answer::Bits(bits) => json!(bits),
        Answer::Vector(vector) => json!(vector),
    };
    let answers: Vec<Value> = opening.answers.iter().map(numbers).collect();
    let ballot: Value = serde_json::from_str(&ballot).expect("JSON");
    let file = json!({ "adil": "audited-ballot/1", "commitment": commitment, "ballot": ballot, "answers": answers,
        "randomness": opening.randomness });
    write(folder, &file);
    file
}

fn write(folder: &Path, file: &Value) {
    fs::write(folder.join("ballot.json"), file.to_string()).expect("the folder can be written");
}

#[test]
fn an_opened_ballot_is_held_to_what_its_device_said() {
    let folder = scratch("an_opened_ballot");
    let lists = r#"{"type":"Lists","value":{"answers":[["L1","x","y"],["L2","z"]],"question":"Which list?"}}"#;
    let blank = r#"{"answers":["a","b"],"blank":true,"min":0,"max":1,"question":"Or nobody?"}"#;
    let questions = [CHOICES.to_owned(), numbers("Order?", SCHULZE), lists.to_owned(), blank.to_owned()].join(",");
    let mut held = Held::open(&Terms { questions: &questions, counting: vec![None; 4], ..Terms::default() }, 203);
    let board = held.write(&folder);
    let mut answers = choice(1);
    answers.extend([Answer::Vector(vec![2, 1, 3]), Answer::Bits(vec![1, 0, 1, 0, 0]), Answer::Bits(vec![1, 0, 0])]);
    let file = opened(&folder, &mut held, &answers);
    let path = folder.join("ballot.json");
    let call = |status: i32| {
        let call = adil(&["check", text(&board), "--json", "--audited-ballot", text(&path)]);
        assert_eq!(call.status, status, "{} {}", call.out, call.err);
        serde_json::from_str::<Value>(&call.out).unwrap_or_default()
    };
    let report = call(0);
    let found = findings(&report, "board/audited-ballot")[0];
    assert_eq!(found["verdict"], "proven", "{found:#}");
    let expected = ["Who?: b", "Order?: a: 2, b: 1, c: 3", "Which list?: L1, y", "Or nobody?: blank vote"];
    assert_eq!(lines(found), expected);
    assert!(report["record"]["inputs"].to_string().contains("ballot.json"));
    // What the device says that it encrypted is not what it encrypted.
    let mut lie = file.clone();
    lie["answers"][0] = json!([1, 0, 0]);
    write(&folder, &lie);
    let found = call(1);
    let found = findings(&found, "board/audited-ballot")[0];
    assert_eq!((&found["verdict"], &found["whose"]), (&json!("contradicted"), &json!("organisers")));
    assert!(sentence(found).contains("question 1, ciphertext 1"), "{}", sentence(found));
    let mut lie = file.clone();
    lie["answers"][1] = json!([1, 2, 3]);
    write(&folder, &lie);
    assert!(sentence(findings(&call(1), "board/audited-ballot")[0]).contains("question 2, ciphertext 1"));
    // Another ballot than the one that it committed to.
    let mut lie = file.clone();
    lie["commitment"] = json!("CYDFGDnKhcvJEWmnFYnk3uVFVyTj0q+sZU1bmPPzGQk");
    write(&folder, &lie);
    assert!(sentence(findings(&call(1), "board/audited-ballot")[0]).contains("had shown CYDFGD"));
    // Openings of other questions, and more or fewer of them.
    for (name, value) in
        [("randomness", json!([])), ("answers", json!([[0, 300, 0]])), ("answers", json!([[0], [1], [1], [1], [1]]))]
    {
        let mut lie = file.clone();
        lie[name] = value;
        write(&folder, &lie);
        assert!(sentence(findings(&call(1), "board/audited-ballot")[0]).contains("not one of the questions"));
    }
    // A ballot of another election says nothing about this one.
    let other = scratch("an_opened_ballot_other");
    let mut foreign = Held::open(&Terms { questions: &questions, counting: vec![None; 4], ..Terms::default() }, 204);
    write(&folder, &opened(&other, &mut foreign, &answers));
    let report = call(0);
    assert_eq!(findings(&report, "board/audited-ballot")[0]["verdict"], "undecided");
    // What is no such file is status 2, as is a call without the one board.
    for bad in
        ["", "{}", "[]", r#"{"adil":"audited-ballot/2","commitment":"","ballot":{},"answers":[],"randomness":[]}"#]
    {
        fs::write(&path, bad).expect("the folder can be written");
        call(2);
    }
    fs::remove_file(&path).expect("it is there");
    call(2);
    write(&folder, &file);
    for lang in ["ru", "kk"] {
        let call = adil(&["check", text(&board), "--audited-ballot", text(&path), "--lang", lang]);
        assert!(call.status == 0 && !call.out.contains("[board-"), "{}", call.out);
    }
    let table = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/kazakhstan-2007");
    assert_eq!(adil(&["check", text(&table), "--audited-ballot", text(&path)]).status, 2);
}
