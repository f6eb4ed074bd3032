//! EML 510 and 520, typed by hand.

use adil_record::{Amount, OptionId, PublishedFigure, Quantity, Term};

use super::{figures, line, notes, read_text, table, votes};
use crate::{Format, Results};

fn count(kind: &str, contest: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<EML xmlns="urn:oasis:names:tc:evs:schema:eml" xmlns:kr="http://www.kiesraad.nl/extensions" Id="{kind}" SchemaVersion="5">
 <TransactionId>1</TransactionId>
 <ManagingAuthority><AuthorityIdentifier Id="0099">Waterland</AuthorityIdentifier><AuthorityAddress/></ManagingAuthority>
 <kr:CreationDateTime>2026-03-19T10:00:00Z</kr:CreationDateTime>
 <Count><EventIdentifier/><Election>
  <ElectionIdentifier Id="GR2026_Waterland"><ElectionName>Council of Waterland</ElectionName><ElectionCategory>GR</ElectionCategory>
   <kr:ElectionDate>2026-03-18</kr:ElectionDate></ElectionIdentifier>
  <Contests><Contest><ContestIdentifier Id="geen"/>{contest}</Contest></Contests>
 </Election></Count>
</EML>"#
    )
}

fn list(id: u32, name: &str, votes: u32, candidates: &[u32]) -> String {
    let mut text = format!(
        "<Selection><AffiliationIdentifier Id=\"{id}\"><RegisteredName>{name}</RegisteredName></AffiliationIdentifier><ValidVotes>{votes}</ValidVotes></Selection>"
    );
    for (at, votes) in candidates.iter().enumerate() {
        text.push_str(&format!(
            "<Selection><Candidate><CandidateIdentifier Id=\"{}\"/></Candidate><ValidVotes>{votes}</ValidVotes></Selection>",
            at + 1
        ));
    }
    text
}

fn unit(id: &str, name: &str, rest: &str) -> String {
    format!(
        "<ReportingUnitVotes><ReportingUnitIdentifier Id=\"{id}\">{name}</ReportingUnitIdentifier>{rest}</ReportingUnitVotes>"
    )
}

const PAPERS: &str = "<Cast>500</Cast><TotalCounted>100</TotalCounted><RejectedVotes ReasonCode=\"blanco\">2</RejectedVotes>\
    <RejectedVotes ReasonCode=\"ongeldig\">3</RejectedVotes><UncountedVotes ReasonCode=\"geldige stempassen\">104</UncountedVotes>\
    <UncountedVotes ReasonCode=\"toegelaten kiezers\">106</UncountedVotes><UncountedVotes ReasonCode=\"kwijtgeraakte stembiljetten\">1</UncountedVotes>";

fn municipality() -> Results {
    let total = format!(
        "<TotalVotes>{}{}<Cast>900</Cast><TotalCounted>180</TotalCounted></TotalVotes>",
        list(1, "Dike", 110, &[110]),
        list(2, "Polder", 70, &[])
    );
    let first = unit(
        "0099::SB1",
        "Town hall",
        &format!("{}{}{PAPERS}", list(1, "Dike", 60, &[40, 20]), list(2, "Polder", 40, &[39])),
    );
    let second = unit(
        "0099::SB2",
        "School",
        &format!("{}{}<Cast>400</Cast>", list(1, "Dike", 50, &[]), list(2, "Polder", 30, &[])),
    );
    let third = unit("0099::SB3", "School", &list(1, "Dike", 0, &[]));
    read_text(&count("510b", &format!("{total}{first}{second}{third}"))).unwrap_or_else(|error| panic!("{error}"))
}

fn counted(what: Quantity, area: Option<&str>, count: u64) -> PublishedFigure {
    PublishedFigure { what, area: area.map(str::to_owned), amount: Amount::Count(count) }
}

#[test]
fn a_municipality_has_its_stations() {
    let results = municipality();
    assert_eq!(
        (results.format, results.title.as_str(), results.date.as_deref()),
        (Format::EmlCount, "Council of Waterland", Some("2026-03-18"))
    );
    let [contest] = results.contests.as_slice() else { panic!("one contest") };
    assert_eq!(contest.id, "GR2026_Waterland", "an election that is not divided");
    assert_eq!(
        votes(contest, "Dike"),
        [("Town hall".into(), Some(60)), ("SB2 School".into(), Some(50)), ("SB3 School".into(), Some(0))]
    );
    assert_eq!(
        votes(contest, "Polder").into_iter().map(|(_, votes)| votes).collect::<Vec<_>>(),
        [Some(40), Some(30), None]
    );
    assert_eq!(line(contest, Term::Registered), [Some(500), Some(400), None]);
    assert_eq!(line(contest, Term::Valid), [Some(100), None, None]);
    assert_eq!(line(contest, Term::Invalid), [Some(5), None, None], "2 blank and 3 invalid");
    assert_eq!(line(contest, Term::Issued), [Some(106), None, None]);
    assert_eq!(line(contest, Term::Lost), [Some(1), None, None]);
    let stations = &table(contest).stations;
    assert_eq!(stations.extra("geldige stempassen").map(|names| names.get(0)), Some("104"));
    assert_eq!((stations.areas[0].level.as_str(), stations.areas[0].names.get(2)), ("municipality", "Waterland"));
    assert!(figures(contest).contains(&counted(Quantity::Votes(OptionId(0)), Some("Waterland"), 110)));
    assert!(figures(contest).contains(&counted(Quantity::Registered, Some("Waterland"), 900)));
    let notes = notes(&results);
    assert!(notes.contains(&("votes of candidates within a list; the lists are the options", 4)), "{notes:?}");
    // 40 against 39
    assert!(notes.contains(&("lists that are not the sum of their candidates; the lists are kept", 1)), "{notes:?}");
}

#[test]
fn a_central_office_has_areas() {
    let units = [
        unit("HSB1", "North", &list(1, "Dike", 90, &[])),
        unit("HSB1::0099", "Waterland", &list(1, "Dike", 90, &[])),
        unit("HSB1::0099::SB1", "Town hall", &list(1, "Dike", 60, &[])),
        unit("HSB1::0099::SB2", "School", &list(1, "Dike", 30, &[])),
    ];
    let total = format!("<TotalVotes>{}</TotalVotes>", list(1, "Dike", 91, &[]));
    let results = read_text(&count("510d", &format!("{total}{}", units.concat()))).expect("it is sound");
    let contest = &results.contests[0];
    let stations = &table(contest).stations;
    assert_eq!(stations.name(0), "North / Waterland / Town hall");
    assert_eq!(stations.len(), 2);
    assert!(figures(contest).contains(&counted(Quantity::Votes(OptionId(0)), Some("North"), 90)));
    assert!(figures(contest).contains(&counted(Quantity::Votes(OptionId(0)), None, 91)));
    // Without the units of stations there is no table, and the areas remain.
    let results = read_text(&count("510c", &units[..2].concat())).expect("it is sound");
    assert!(results.contests[0].table.is_none());
    assert_eq!(figures(&results.contests[0]).len(), 2);
}

#[test]
fn elsewhere_cast_is_what_was_in_the_boxes() {
    let candidate = "<Selection><Candidate><CandidateIdentifier Id=\"a\"/><CandidateFullName><PersonName><FirstName>Ann</FirstName>\
        <NamePrefix>van</NamePrefix><LastName>Dam</LastName></PersonName></CandidateFullName></Candidate><ValidVotes>8</ValidVotes></Selection>";
    let results =
        read_text(&count("510", &unit("7", "Harbour", &format!("{candidate}<Cast>9</Cast>")))).expect("it is sound");
    assert_eq!(line(&results.contests[0], Term::InBoxes), [Some(9)]);
    assert_eq!(votes(&results.contests[0], "Ann van Dam"), [("Harbour".into(), Some(8))]);
}

#[test]
fn a_result_says_who_was_elected() {
    let person = |id: u32, elected: &str| {
        format!(
            "<Selection><Candidate><CandidateIdentifier Id=\"{id}\"/><CandidateFullName><PersonName><LastName>P{id}</LastName></PersonName>\
             </CandidateFullName></Candidate><Votes>{id}00</Votes>{elected}</Selection>"
        )
    };
    let text = format!(
        "<EML xmlns=\"urn:oasis:names:tc:evs:schema:eml\" Id=\"520\" SchemaVersion=\"5\"><TransactionId>1</TransactionId><Result><Election>\
         <ElectionIdentifier Id=\"GR2026\"><ElectionName>Council</ElectionName></ElectionIdentifier><Contest><ContestIdentifier Id=\"geen\"/>\
         <Selection><AffiliationIdentifier Id=\"1\"><RegisteredName>Dike</RegisteredName></AffiliationIdentifier><Votes>300</Votes><Elected>yes</Elected></Selection>\
         {}{}{}</Contest></Election></Result></EML>",
        person(1, "<Elected>yes</Elected>"),
        person(2, "<Elected>yes</Elected>"),
        person(3, "")
    );
    let results = read_text(&text).unwrap_or_else(|error| panic!("{error}"));
    let contest = &results.contests[0];
    assert!(contest.table.is_none());
    assert_eq!(contest.release.note.as_deref(), Some("elected: P1, P2"));
    let expected =
        [counted(Quantity::Votes(OptionId(0)), None, 300), counted(Quantity::Other("seats: Dike".into()), None, 2)];
    assert_eq!(figures(contest), expected);
}

/// Stations without a register of their own say 0: that is no register without voters.
#[test]
fn a_register_of_zero_everywhere_is_not_known() {
    let station = |id: u32| {
        unit(&format!("0099::SB{id}"), &format!("S{id}"), &format!("{}<Cast>0</Cast>", list(1, "Dike", 60, &[])))
    };
    let results = read_text(&count("510b", &format!("{}{}", station(1), station(2)))).expect("it is sound");
    assert!(line(&results.contests[0], Term::Registered).is_empty());
    assert!(notes(&results).iter().any(|(what, count)| what.contains("0 voters on the register") && *count == 2));
    let known = station(2).replace("<Cast>0", "<Cast>70");
    let results = read_text(&count("510b", &format!("{}{known}", station(1)))).expect("it is sound");
    assert_eq!(line(&results.contests[0], Term::Registered), [Some(0), Some(70)]);
}
