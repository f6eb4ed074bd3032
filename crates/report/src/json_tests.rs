//! The object of the sample report, and the schema that describes it.

use adil_finding::{CheckId, Finding, Measure, Message, Reason, Subject, Unit, Whose};

use super::*;
use crate::sample;

fn schema() -> jsonschema::Validator {
    let schema = include_str!("../../../docs/schema/report.schema.json");
    let schema: Json = serde_json::from_str(schema).expect("the schema is JSON");
    jsonschema::draft202012::meta::validate(&schema).expect("the schema is one of draft 2020-12");
    jsonschema::draft202012::new(&schema).expect("the schema can be used")
}

fn object_of(report: &Report) -> Json {
    serde_json::from_str(&json(report)).expect("what is written is JSON")
}

#[test]
fn the_sample_is_written_like_this() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../tests/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let written = json(&sample::report()).replace(env!("CARGO_PKG_VERSION"), "VERSION");
    settings.bind(|| insta::assert_snapshot!("json", written));
}

#[test]
fn the_schema_holds_for_every_verdict() {
    let schema = schema();
    let whole = object_of(&sample::report());
    let faults: Vec<String> = schema.iter_errors(&whole).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());

    let board = object_of(&sample::board(true));
    let faults: Vec<String> = schema.iter_errors(&board).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());

    let reasons =
        [Reason::Descriptive, Reason::NoNull, Reason::NotIdentified, Reason::NoData, Reason::NoPower, Reason::Changed];
    let others = [
        Verdict::Proven,
        Verdict::Unremarkable,
        Verdict::Anomalous,
        Verdict::Contradicted(Whose::Organisers),
        Verdict::Contradicted(Whose::ThirdParties),
    ];
    for verdict in reasons.map(Verdict::Undecided).into_iter().chain(others) {
        let finding = Finding::new(CheckId("a/b"), verdict, Subject::default(), Message::new("page-summary"));
        let report = Report { date: None, findings: vec![finding], ..sample::report() };
        assert!(schema.is_valid(&object_of(&report)), "{verdict:?}");
    }
}

#[test]
fn the_schema_refuses_what_is_broken() {
    let schema = schema();
    let whole = object_of(&sample::report());
    let broken = |change: &dyn Fn(&mut Json)| {
        let mut object = whole.clone();
        change(&mut object);
        assert_ne!(object, whole);
        !schema.is_valid(&object)
    };
    let put = |path: &'static str, value: Json| {
        broken(&move |object| *object.pointer_mut(path).expect("the sample has it") = value.clone())
    };
    let add = |path: &'static str, name: &'static str| {
        broken(&move |object| object.pointer_mut(path).expect("the sample has it")[name] = "x".into())
    };
    let remove = |path: &'static str, name: &'static str| {
        broken(&move |object| {
            let inside = object.pointer_mut(path).and_then(Json::as_object_mut).expect("the sample has it");
            inside.remove(name);
        })
    };
    assert!(put("/findings/0/verdict", "guilty".into()));
    assert!(put("/findings/0/check", "Stations Totals".into()));
    assert!(put("/findings/0/measures/turnout", Json::Null));
    assert!(put("/findings/0/about/turnout/unit", "litres".into()));
    assert!(put("/coverage/0/status", "partly".into()));
    assert!(put("/coverage/0/technique", "magic".into()));
    assert!(put("/record/inputs/0/sha256", "abc".into()));
    assert!(put("/seed", (-1).into()));
    assert!(add("", "extra"));
    assert!(add("/findings/0", "figures"));
    assert!(add("/findings/0/subject", "country"));
    assert!(add("/findings/1", "reason"), "a verdict that is not undecided has no reason");
    assert!(remove("/findings/0", "reason"), "an undecided verdict has a reason");
    assert!(remove("/findings/2", "whose"), "a contradiction says whose statement it is");
    assert!(remove("/findings/0", "caveats"));
    assert!(remove("/coverage/0", "needs"));
    assert!(remove("", "seed"));
}

#[test]
fn steps_to_check_are_told_where_there_are_any() {
    let board = object_of(&sample::board(true));
    assert_eq!(board["findings"][0].get("recheck"), None);
    let steps = &board["findings"][2]["recheck"];
    assert_eq!(steps[0]["command"], "sha256sum 'chess  club.bel'");
    assert!(steps[0]["statement"].as_str().is_some_and(|said| said.contains("0123 4567")));
    assert_eq!((steps.as_array().map(Vec::len), steps[1].get("command")), (Some(2), None));
    let units = &board["findings"][1]["about"];
    assert_eq!([&units["ballots"]["unit"], &units["credentials"]["unit"]], ["electronic-ballots", "credentials"]);

    let schema = schema();
    for broken in [serde_json::json!([]), serde_json::json!([{ "command": "x" }])] {
        let mut object = board.clone();
        object["findings"][2]["recheck"] = broken;
        assert!(!schema.is_valid(&object));
    }
}

#[test]
fn every_unit_is_in_the_schema() {
    let schema = schema();
    for unit in Unit::ALL {
        let mut report = sample::report();
        report.findings[0].measures = vec![Measure::count("number", 1, unit, Message::new("page-summary"))];
        assert!(schema.is_valid(&object_of(&report)), "{unit:?}");
    }
}

#[test]
fn numbers_read_back_as_they_were_and_what_is_not_finite_is_left_out() {
    let source = || Message::new("page-summary");
    let mut report = sample::report();
    report.findings.truncate(1);
    report.findings[0].measures = vec![
        Measure::real("third", 1.0 / 3.0, Unit::Pure, source()),
        Measure::real("tiny", 2.5e-20, Unit::Probability, source()),
        Measure::real("nothing", f64::NAN, Unit::Pure, source()),
        Measure::count("large", i64::MAX, Unit::Votes, source()),
    ];
    let object = object_of(&report);
    let measures = &object["findings"][0]["measures"];
    assert_eq!(measures["third"].as_f64(), Some(1.0 / 3.0));
    assert_eq!(measures["tiny"].as_f64(), Some(2.5e-20));
    assert_eq!(measures["large"].as_i64(), Some(i64::MAX));
    assert_eq!(measures.get("nothing"), None);
    assert_eq!(object["findings"][0]["about"].get("nothing"), None);
    assert!(json(&report).contains("0.3333333333333333,"));
}
