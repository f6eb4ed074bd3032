//! The rules of `docs/spec/forecasts.md`, one after the other, and its example.

use proptest::prelude::*;

use super::*;

const PAGE: &str = include_str!("../../../../docs/spec/forecasts.md");

fn block(fence: &str) -> &'static str {
    let begin = PAGE.find(&format!("```{fence}\n")).expect("the block is there") + fence.len() + 4;
    let length = PAGE[begin..].find("```").expect("the block ends");
    &PAGE[begin..begin + length]
}

fn moment(text: &str) -> Moment {
    Moment::parse(text).expect("a time")
}

fn terms() -> ForecastTerms {
    ForecastTerms {
        contest: "council".into(),
        contests: vec!["council".into(), "mayor".into()],
        options: vec!["lime-tree".into(), "old-bridge".into()],
        close: moment("2024-03-10T20:00Z"),
        reveal_by: Some(moment("2024-03-11T20:00Z")),
    }
}

const BEFORE: &str = "2024-03-09T18:00:00Z";
const AFTER: &str = "2024-03-10T20:30:00Z";

fn kept(forecaster: &str, forecast: &str, nonce: u8) -> KeptForecast {
    let draft = ForecastDraft::parse(&format!("contest = \"council\"\nforecaster = {forecaster:?}\n{forecast}"));
    KeptForecast { draft: draft.expect("a sound forecast"), nonce: Nonce::new([nonce; 32]) }
}

fn committed(kept: &KeptForecast, time: &str) -> String {
    commitment_line(&kept.draft.contest, &kept.draft.forecaster, moment(time), kept.digest())
}

fn read(lines: &[&str]) -> ForecastBook {
    ForecastBook::read(&lines.iter().map(|line| format!("{}\n", line.trim_end())).collect::<String>(), &terms())
}

/// The rules that lines break.
fn broken(lines: &[&str]) -> Vec<(usize, &'static str)> {
    read(lines).quarantined.iter().map(|line| (line.line, line.fault.rule())).collect()
}

#[test]
fn the_example_of_the_page_holds() {
    // `sha256sum` of the block of the page, and of its digest with a line end.
    let book = ForecastBook::read(block("jsonl lines"), &terms());
    assert_eq!(book.quarantined, []);
    let [commitment] = book.commitments.as_slice() else { panic!("{book:?}") };
    assert_eq!(commitment.digest.to_string(), "efec71fbb7a23a069f626cf046ffdda808ba78ab248fb634c431cadf95c5d8da");
    assert_eq!(book.digest().to_string(), "779c55c0949c58d605a283259a3be09df0b0e0d4535e17bf8115fb830a543118");
    assert_eq!(commitment.revealed.as_ref().map(|revealed| revealed.line), Some(2));
}

#[test]
fn every_rule_of_the_page_is_one_of_the_program() {
    let rules: Vec<&str> = PAGE.lines().filter_map(|line| line.strip_prefix("| F")?.split(' ').next()).collect();
    let numbers: Vec<String> = (1..=19).map(|number| number.to_string()).collect();
    assert_eq!(rules, numbers);
}

#[test]
fn lines_that_cannot_be_placed_are_set_aside() {
    let one = kept("swift", "winner = { lime-tree = 1 }", 1);
    let (commitment, reveal) = (committed(&one, BEFORE), one.reveal_line(moment(AFTER)));
    assert_eq!(broken(&[&commitment, &reveal]), []);
    assert_eq!(broken(&["{", "", "[]"]), [(1, "F2"), (3, "F2")]);
    assert_eq!(broken(&[&commitment.replace("\"contest\"", "\"contset\"")]), [(1, "F2")]);
    assert_eq!(broken(&[&commitment.replace("\"time\"", "\"time\":\"x\",\"time\"")]), [(1, "F2")]);
    assert_eq!(broken(&[&commitment.replace("council", "nobody")]), [(1, "F3")]);
    assert_eq!(read(&[&commitment.replace("council", "mayor")]).of_others, 1);
    assert_eq!(broken(&[&commitment.replace("swift", "two words")]), [(1, "F4")]);
    assert_eq!(broken(&[&commitment.replace("2024-03-09T", "2024-03-09 ")]), [(1, "F5")]);
    assert_eq!(broken(&[&commitment.replace("\"commitment\":\"", "\"commitment\":\"0")]), [(1, "F6")]);
    assert_eq!(broken(&[&committed(&one, "2024-03-10T20:00Z")]), [(1, "F7")]);
    assert_eq!(broken(&[&commitment, &commitment.replace("swift", "copier")]), [(2, "F8")]);
    let late = kept("swift", "winner = { old-bridge = 1 }", 2);
    assert_eq!(broken(&[&commitment, &reveal, &committed(&late, BEFORE)]), [(3, "F9")]);
    assert_eq!(broken(&[&commitment, &committed(&late, "2024-03-09T17:00Z")]), [(2, "F10")]);
    assert_eq!(broken(&[&commitment, &one.reveal_line(moment("2024-03-10T19:59:59Z"))]), [(2, "F11")]);
    assert_eq!(broken(&[&commitment, &one.reveal_line(moment("2024-03-11T20:00:01Z"))]), [(2, "F11")]);
    assert_eq!(broken(&[&reveal]), [(1, "F12")]);
    assert_eq!(broken(&[&commitment, &late.reveal_line(moment(AFTER))]), [(2, "F13")]);
    assert_eq!(broken(&[&commitment, &reveal, &reveal]), [(3, "F14")]);
}

#[test]
fn a_copied_commitment_cannot_be_revealed_by_the_copier() {
    // The copier is first in the file: the copy stands, the original is the repetition, and nobody can open the copy as his own.
    let own = kept("swift", "winner = { lime-tree = 1 }", 1);
    let copied = committed(&own, BEFORE).replace("swift", "copier");
    let reveal = own.reveal_line(moment(AFTER)).replace("swift", "copier");
    assert_eq!(broken(&[&copied, &reveal]), [(2, "F13")]);
}

#[test]
fn impossible_forecasts_are_set_aside() {
    let own = kept("swift", "winner = { lime-tree = 1 }", 1);
    let commitment = committed(&own, BEFORE);
    let with = |forecast: &str| {
        let reveal = own.reveal_line(moment(AFTER)).replace("{\"winner\":{\"lime-tree\":1.0}}", forecast);
        let broken = broken(&[&commitment, &reveal]);
        broken.first().map(|(_, rule)| *rule)
    };
    assert_eq!(with("{\"winner\":{\"lime-tree\":1.0}}"), None);
    assert_eq!(with("{\"winner\":{\"lime-tree\":0.5,\"lime-tree\":0.5}}"), Some("F2"));
    assert_eq!(with("{}"), Some("F15"));
    assert_eq!(with("{\"shares\":{}}"), Some("F15"));
    assert_eq!(with("{\"winner\":{\"elm\":1}}"), Some("F15"));
    for wrong in ["-0.1", "1.1", "0.0000000001", "1e300"] {
        assert_eq!(with(&format!("{{\"winner\":{{\"lime-tree\":{wrong}}}}}")), Some("F16"), "{wrong}");
    }
    assert_eq!(with("{\"winner\":{\"lime-tree\":0.5,\"old-bridge\":0.4}}"), Some("F17"));
    for wrong in [
        "{\"mean\":0.5}",
        "{\"mean\":0.5,\"sd\":0.1,\"samples\":[0.1,0.2]}",
        "{\"quantiles\":[]}",
        "{\"quantiles\":[[0,0.1]]}",
        "{\"quantiles\":[[0.5,0.1],[0.5,0.2]]}",
        "{\"quantiles\":[[0.1,0.2],[0.5,0.1]]}",
        "{\"samples\":[0.5]}",
    ] {
        assert_eq!(with(&format!("{{\"turnout\":{wrong}}}")), Some("F18"), "{wrong}");
    }
    let shares = |a: &str, b: &str| with(&format!("{{\"shares\":{{\"lime-tree\":{a},\"old-bridge\":{b}}}}}"));
    assert_eq!(shares("{\"samples\":[0.5,0.4]}", "{\"samples\":[0.5,0.6,0.1]}"), Some("F19"));
    assert_eq!(shares("{\"samples\":[0.5,0.4]}", "{\"mean\":0.5,\"sd\":0.1}"), Some("F19"));
    assert_eq!(shares("{\"samples\":[0.5,0.4]}", "{\"samples\":[0.5,0.7]}"), Some("F19"));
    assert_eq!(shares("{\"mean\":0.6,\"sd\":0.1}", "{\"mean\":0.5,\"sd\":0.1}"), Some("F19"));
    // Sound, but not what was committed to.
    assert_eq!(shares("{\"mean\":0.6,\"sd\":0.1}", "{\"mean\":0.4,\"sd\":0.1}"), Some("F13"));
}

#[test]
fn revisions_are_kept_in_their_order() {
    let (one, two) =
        (kept("swift", "turnout = { mean = 0.5, sd = 0 }", 1), kept("swift", "turnout = { mean = 0.6, sd = 0 }", 2));
    let lines = [committed(&one, BEFORE), committed(&two, "2024-03-10T08:00Z"), two.reveal_line(moment(AFTER))];
    let book = read(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let revisions = &book.by_forecaster()["swift"];
    assert_eq!(revisions.iter().map(|one| one.revealed.is_some()).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn what_is_kept_is_read_back_and_says_nothing_in_passing() {
    let one = kept("swift", "winner = { lime-tree = 0.25, old-bridge = 0.75 }", 7);
    assert_eq!(KeptForecast::parse(&one.write()), Ok(one.clone()));
    assert!(KeptForecast::parse(&one.write().replace("0.25", "0.250001").replace("0.75", "0.749999")).is_err());
    let shown = format!("{one:?} {:?}", one.nonce);
    assert!(!shown.contains("0707") && !shown.contains("25"), "{shown}");
    let error = |text| ForecastDraft::parse(text).expect_err("it is broken").to_string();
    assert!(error("contest = \"a\"\nforecaster = 3").starts_with("line 2: "));
    assert_eq!(
        error("contest = \"a\"\nforecaster = \"b\""),
        "rule F15: the forecast has no winner, no shares and no turnout"
    );
}

proptest! {
    #[test]
    fn numbers_are_the_same_after_writing_and_reading(billionths in proptest::collection::vec(0u32..500_000_000, 2..20), nonce: u8) {
        let list: Vec<String> = billionths.iter().map(|number| format!("0.{number:09}")).collect();
        let one = kept("swift", &format!("turnout = {{ samples = [{}] }}", list.join(", ")), nonce);
        prop_assert_eq!(broken(&[&committed(&one, BEFORE), &one.reveal_line(moment(AFTER))]), []);
        let samples = one.draft.forecast.turnout.as_ref().and_then(Distribution::samples).expect("samples");
        prop_assert_eq!(samples.iter().map(|sample| sample.billionths()).collect::<Vec<_>>(), billionths);
    }

    #[test]
    fn no_text_is_read_with_a_panic(text in "\\PC*") {
        let book = ForecastBook::read(&text, &terms());
        prop_assert_eq!(book.commitments.len(), 0);
    }
}
