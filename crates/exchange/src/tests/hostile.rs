//! Files that are made to break a reader, or that cannot be: each ends in one sentence that names the place.

use std::io::{self, BufReader, Read};

use super::read_text;
use crate::{Format, ReadError, ReadLimits, read};

fn refused(text: &str) -> String {
    read_text(text).expect_err("it is refused").to_string()
}

fn report(inside: &str) -> String {
    format!("<ElectionReport xmlns:xsi=\"x\">{inside}</ElectionReport>")
}

fn unit(id: &str, inside: &str) -> String {
    format!("<GpUnit ObjectId=\"{id}\" xsi:type=\"ReportingUnit\">{inside}<Type>precinct</Type></GpUnit>")
}

fn contest(counts: &str) -> String {
    format!(
        "<Election><Contest ObjectId=\"c\"><ContestSelection ObjectId=\"s\">{counts}</ContestSelection><Name>C</Name></Contest></Election>"
    )
}

fn votes(unit: &str, count: &str) -> String {
    format!("<VoteCounts><GpUnitId>{unit}</GpUnitId><Type>total</Type><Count>{count}</Count></VoteCounts>")
}

#[test]
fn entities_are_not_expanded() {
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><ElectionReport>&b;</ElectionReport>";
    let error = refused(laughs);
    assert!(error.starts_with("byte 21: ") && error.contains("DOCTYPE"), "{error}");
    assert!(refused(&report("<Issuer>&b;</Issuer>")).contains("entity &b; is not one of the five"));
    assert!(refused(&report("<Issuer a=\"&b;\"/>")).contains("entity &b; is not one of the five"));
    assert!(refused("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><ElectionReport/>").contains("DOCTYPE"));
}

#[test]
fn depth_and_length_are_bounded() {
    for name in ["Issuer", "Person", "GpUnit", "unknown"] {
        let deep = format!("{}{}", format!("<{name}>").repeat(100_000), format!("</{name}>").repeat(100_000));
        assert!(refused(&report(&deep)).contains("more than 64 deep"), "{name}");
        let (open, close) = ("{\"a\":".repeat(50_000), "}".repeat(50_000));
        let deep = format!("{{\"@type\":\"ElectionResults.ElectionReport\",\"{name}\":{open}1{close}}}");
        let error = refused(&deep);
        assert!(error.contains("more than 64 deep") || error.contains("recursion limit"), "{error}");
    }
    let lists = format!("{{\"@type\":\"ElectionResults.ElectionReport\",\"Notes\":{}", "[".repeat(100_000));
    assert!(refused(&lists).contains("recursion limit"));
    let limits = ReadLimits { text_bytes: 1_000, elements_at_once: 100, units: 3, counts: 5, ..ReadLimits::default() };
    let limited = |text: &str| {
        let format = Format::of(text.as_bytes()).expect("a report");
        match read(format, &mut BufReader::with_capacity(64, text.as_bytes()), &limits) {
            Err(ReadError::Content(error)) => error.to_string(),
            other => panic!("{other:?}"),
        }
    };
    let long = "x".repeat(3_000);
    for text in [
        report(&format!("<Issuer>{long}</Issuer>")),
        report(&format!("<Issuer a=\"{long}\"/>")),
        report(&format!("<!-- {long} -->")),
        report(&format!("<{long}/>")),
        report(&format!("<Issuer>{}</Issuer>", "xxxxxxxx&amp;".repeat(500))),
        format!("{{\"@type\":\"ElectionResults.ElectionReport\",\"Issuer\":\"{long}\"}}"),
        format!("{{\"@type\":\"ElectionResults.ElectionReport\",\"{long}\":1}}"),
        format!("{{\"@type\":\"ElectionResults.ElectionReport\",\"Issuer\":1{}}}", "0".repeat(3_000)),
    ] {
        assert!(limited(&text).contains("longer than"), "{}", limited(&text));
    }
    assert!(limited(&report(&format!("<GpUnit>{}</GpUnit>", "<a/>".repeat(101)))).contains("more than 100 others"));
    let units: String = (0..4).map(|at| unit(&format!("u{at}"), "")).collect();
    assert!(limited(&report(&units)).contains("more than 3 reporting units"));
    assert!(limited(&report(&contest(&votes("u", "1").repeat(6)))).contains("more than 5 counts"));
    let names: String = (0..1_002).map(|at| format!("<n{at}/>")).collect();
    assert!(limited(&report(&names)).contains("more than 1000 others"));
}

#[test]
fn references_and_identifiers_are_held_to() {
    let error = refused(&report(&format!("{}{}", contest(&votes("nowhere", "1")), unit("a", ""))));
    assert!(error.starts_with("ElectionReport/Election[1]/Contest[1]/ContestSelection[1]/VoteCounts[1]: "), "{error}");
    assert!(error.contains("\"nowhere\", which is not in the file"), "{error}");
    let error = refused(&report(&format!("{}{}{}", contest(&votes("a", "1")), unit("a", ""), unit("a", ""))));
    assert!(error.contains("\"a\" was given to another reporting unit"), "{error}");
    let parts = |part: &str| format!("<ComposingGpUnitIds>{part}</ComposingGpUnitIds>");
    let circle = format!("{}{}{}", contest(&votes("a", "1")), unit("a", &parts("b")), unit("b", &parts("a")));
    assert!(refused(&report(&circle)).contains("contains itself"));
    assert!(
        refused(&report(&format!("{}{}", contest(&votes("a", "1")), unit("a", &parts("a")))))
            .contains("contains itself")
    );
    let twice = format!("{}{}", contest(&votes("a", "1").repeat(2)), unit("a", ""));
    assert!(refused(&report(&twice)).contains("two counts of the type \"total\""));
    let candidate = contest(&format!("{}<CandidateIds>x</CandidateIds>", votes("a", "1")));
    assert!(
        refused(&report(&format!("{candidate}{}", unit("a", ""))))
            .contains("the candidate \"x\", which is not in the file")
    );
    assert!(refused(&report("<GpUnit><Type>precinct</Type></GpUnit>")).contains("has no @id"));
    assert!(refused(&report(&contest("").replace(" ObjectId=\"c\"", ""))).contains("has no identifier"));
}

#[test]
fn counts_that_cannot_be_are_refused() {
    for (count, why) in [
        ("-1", "is negative"),
        ("18446744073709551616", "is above"),
        ("99999999999999999999999999", "is above"),
        ("1.5", "is not whole"),
        ("NaN", "is not a number"),
        ("", "has no Count"),
    ] {
        let error = refused(&report(&format!("{}{}", contest(&votes("a", count)), unit("a", ""))));
        assert!(error.contains("VoteCounts[1]") && error.contains(why), "{count}: {error}");
    }
    let json = |count: &str| {
        refused(&format!(
            "{{\"@type\":\"ElectionResults.ElectionReport\",\"Election\":[{{\"Contest\":[{{\"@id\":\"c\",\"ContestSelection\":[{{\"@id\":\"s\",\
             \"VoteCounts\":[{{\"GpUnitId\":\"a\",\"Count\":{count}}}]}}]}}]}}]}}"
        ))
    };
    assert!(json("-1").contains("is negative") && json("18446744073709551616").contains("is above"));
    assert!(json("[1,2]").contains("has \"Count\" twice"));
    assert!(json("1,\"Count\":2").contains("has \"Count\" twice"));
    let many = format!(
        "{}{}",
        contest(&format!(
            "{}{}",
            votes("a", "900000000").replace("total", "early"),
            votes("a", "900000000").replace("total", "absentee")
        )),
        unit("a", "")
    );
    assert!(refused(&report(&many)).contains("add up to more than 1,000,000,000"));
}

#[test]
fn broken_syntax_names_its_place() {
    assert!(refused("<ElectionReport><Issuer>x</ElectionReport>").starts_with("byte 25: the XML is broken"));
    assert!(refused("<ElectionReport><Election>").contains("ends inside the element \"Election\""));
    assert!(refused("<ElectionReport/><ElectionReport/>").contains("outside of the root"));
    assert!(refused("<ElectionReport/> text").contains("outside of the root"));
    assert!(refused("<ElectionReport a='1' a='2'/>").contains("the XML is broken"));
    assert!(refused("<ElectionReport>text</ElectionReport>").contains("text between elements"));
    assert!(
        refused("<?xml version='1.0' encoding='windows-1251'?><ElectionReport/>")
            .contains("\"windows-1251\" is declared")
    );
    let json = "{\"@type\":\"ElectionResults.ElectionReport\",\n\"Issuer\": x}";
    assert!(refused(json).starts_with("line 2, column 11: the JSON is broken"), "{}", refused(json));
    assert!(refused("{\"@type\":\"ElectionResults.ElectionReport\"} {}").contains("trailing characters"));
    assert!(refused("{\"@type\":\"ElectionResults.ElectionReport\"").contains("EOF"));
    assert!(refused(&report("")).contains("holds no contest"));
    let bytes = b"<ElectionReport><Issuer>\xff</Issuer></ElectionReport>";
    let error = read(Format::NistXml, &mut &bytes[..], &ReadLimits::default()).map(drop);
    assert!(matches!(error, Err(ReadError::Content(_))), "{error:?}");
}

#[test]
fn a_unit_of_eml_is_counted_once() {
    let eml = |units: &str| {
        format!(
            "<EML Id=\"510b\"><Count><Election><Contests><Contest><ContestIdentifier Id=\"geen\"/>{units}</Contest></Contests></Election></Count></EML>"
        )
    };
    let unit = |id: &str, votes: &str| {
        format!(
            "<ReportingUnitVotes><ReportingUnitIdentifier Id=\"{id}\">x</ReportingUnitIdentifier><Selection><AffiliationIdentifier Id=\"1\"/>\
             <ValidVotes>{votes}</ValidVotes></Selection></ReportingUnitVotes>"
        )
    };
    assert!(read_text(&eml(&unit("SB1", "1"))).is_ok());
    assert!(
        refused(&eml(&format!("{}{}", unit("SB1", "1"), unit("SB1", "1"))))
            .contains("\"SB1\" was given to another unit")
    );
    let error = refused(&eml(&unit("SB1", "-4")));
    assert!(
        error.starts_with("EML/Count[1]/Election[1]/Contests[1]/Contest[1]/ReportingUnitVotes[1]: ValidVotes"),
        "{error}"
    );
    let twice = unit("SB1", "1").replace(
        "</Selection>",
        "</Selection><Selection><AffiliationIdentifier Id=\"1\"/><ValidVotes>1</ValidVotes></Selection>",
    );
    assert!(refused(&eml(&twice)).contains("has \"1\" twice"));
    assert!(refused("<EML Id=\"510b\"><Count/></EML>").contains("holds no contest"));
}

/// A reader that fails says so, and is not taken for a broken file.
#[test]
fn a_failing_reader_is_told_apart() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the disk"))
        }
    }
    for (format, beginning) in [(Format::NistXml, "<ElectionReport>"), (Format::NistJson, "{\"Issuer\": ")] {
        let mut reader = BufReader::new(beginning.as_bytes().chain(Failing));
        let error = read(format, &mut reader, &ReadLimits::default());
        assert!(matches!(&error, Err(ReadError::Source(error)) if error.to_string() == "the disk"), "{error:?}");
    }
}
