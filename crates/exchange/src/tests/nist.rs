//! NIST SP 1500-100: a small county, typed by hand.

use adil_record::{Amount, OptionId, Quantity, Status, Term};

use super::{figures, line, notes, read_text, table, votes};
use crate::Format;

/// Two precincts in a town, one beside it; counts by type and by device; a district of another contest; names in two languages.
const COUNTY: &str = r#"{
 "@type": "ElectionResults.ElectionReport",
 "Format": "precinct-level", "GeneratedDate": "2024-11-06T01:02:03Z", "Issuer": "Lake County", "IssuerAbbreviation": "LC",
 "SequenceStart": 1, "SequenceEnd": 1, "Status": "unofficial-complete", "VendorApplicationId": "by hand",
 "Election": [{
  "@type": "ElectionResults.Election", "ElectionScopeId": "county", "StartDate": "2024-11-05", "EndDate": "2024-11-05", "Type": "general",
  "Name": {"@type": "ElectionResults.InternationalizedText", "Text": [
    {"@type": "ElectionResults.LanguageString", "Language": "en", "Content": "Autumn election"},
    {"@type": "ElectionResults.LanguageString", "Language": "es", "Content": "Elecciones de otoño"}]},
  "Candidate": [
   {"@type": "ElectionResults.Candidate", "@id": "ann", "IsIncumbent": true, "BallotName": {"@type": "ElectionResults.InternationalizedText",
     "Text": [{"@type": "ElectionResults.LanguageString", "Language": "en", "Content": "Ann"}]}},
   {"@type": "ElectionResults.Candidate", "@id": "bob", "BallotName": {"@type": "ElectionResults.InternationalizedText",
     "Text": [{"@type": "ElectionResults.LanguageString", "Language": "en", "Content": "Bob"}]}}],
  "BallotCounts": [
   {"@type": "ElectionResults.BallotCounts", "GpUnitId": "p1", "Type": "total", "BallotsCast": 103},
   {"@type": "ElectionResults.BallotCounts", "GpUnitId": "p2", "Type": "election-day", "BallotsCast": 40},
   {"@type": "ElectionResults.BallotCounts", "GpUnitId": "p2", "Type": "absentee-mail", "BallotsCast": 10}],
  "Contest": [{
   "@type": "ElectionResults.CandidateContest", "@id": "mayor", "Name": "Mayor", "ElectionDistrictId": "county", "VotesAllowed": 1,
   "ContestSelection": [
    {"@type": "ElectionResults.CandidateSelection", "@id": "sel-ann", "VoteCounts": [
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p1", "Type": "total", "Count": 60},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p1", "Type": "election-day", "Count": 41},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p1", "Type": "absentee", "Count": 18},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p2", "Type": "election-day", "Count": 20, "DeviceClass": {"@type": "ElectionResults.DeviceClass", "Type": "dre"}},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p2", "Type": "election-day", "Count": 3, "DeviceClass": {"@type": "ElectionResults.DeviceClass", "Type": "bmd"}},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p2", "Type": "absentee-mail", "Count": 4.0},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p3", "Type": "total", "Count": 9},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "town", "Type": "total", "Count": 87},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "county", "Type": "total", "Count": 96}],
     "CandidateIds": ["ann"]},
    {"@type": "ElectionResults.CandidateSelection", "@id": "sel-bob", "VoteCounts": [
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p1", "Type": "total", "Count": 40},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p2", "Type": "total", "Count": 22},
      {"@type": "ElectionResults.VoteCounts", "GpUnitId": "p3", "Type": "total", "Count": 0, "IsSuppressedForPrivacy": true}],
     "CandidateIds": ["bob"]}],
   "OtherCounts": [
    {"@type": "ElectionResults.OtherCounts", "GpUnitId": "p1", "Overvotes": 1, "Undervotes": 2},
    {"@type": "ElectionResults.OtherCounts", "GpUnitId": "p2", "WriteIns": 1}]
  }]
 }],
 "GpUnit": [
  {"@type": "ElectionResults.ReportingUnit", "@id": "county", "Type": "county", "ComposingGpUnitIds": ["town", "p3"],
   "Name": {"@type": "ElectionResults.InternationalizedText", "Text": [{"@type": "ElectionResults.LanguageString", "Language": "en", "Content": "Lake"}]}},
  {"@type": "ElectionResults.ReportingUnit", "@id": "house", "Type": "state-house", "ComposingGpUnitIds": ["p1", "p2", "p3"]},
  {"@type": "ElectionResults.ReportingUnit", "@id": "town", "Type": "town", "ComposingGpUnitIds": ["p1", "p2"],
   "Name": {"@type": "ElectionResults.InternationalizedText", "Text": [{"@type": "ElectionResults.LanguageString", "Language": "en", "Content": "Mill Town"}]}},
  {"@type": "ElectionResults.ReportingUnit", "@id": "p1", "Type": "precinct", "Number": "1", "VotersRegistered": 200, "VotersParticipated": 105},
  {"@type": "ElectionResults.ReportingUnit", "@id": "p2", "Type": "precinct", "Number": "2", "VotersRegistered": 90},
  {"@type": "ElectionResults.ReportingUnit", "@id": "p3", "Type": "precinct", "Number": "3"}]
}"#;

#[test]
fn a_county_becomes_a_table() {
    let results = read_text(COUNTY).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((results.format, results.title.as_str()), (Format::NistJson, "Autumn election"));
    assert_eq!(results.date.as_deref(), Some("2024-11-05"));
    let [mayor] = results.contests.as_slice() else { panic!("one contest") };
    assert_eq!((mayor.id.as_str(), mayor.title.as_str()), ("mayor", "Mayor"));
    assert_eq!(mayor.release.status, Status::Preliminary);
    assert_eq!(
        (mayor.release.publisher.name.as_str(), mayor.release.time.as_deref()),
        ("Lake County", Some("2024-11-06T01:02:03Z"))
    );
    assert_eq!(mayor.options.iter().map(|option| option.incumbent).collect::<Vec<_>>(), [true, false, false]);
    // p1 by its total; p2: two classes of devices on the day and mail, 20 + 3 + 4; p3 by its total.
    assert_eq!(votes(mayor, "Ann"), [("1".into(), Some(60)), ("2".into(), Some(27)), ("3".into(), Some(9))]);
    assert_eq!(votes(mayor, "Bob"), [("1".into(), Some(40)), ("2".into(), Some(22)), ("3".into(), None)]);
    assert_eq!(votes(mayor, "write-ins"), [("1".into(), None), ("2".into(), Some(1)), ("3".into(), None)]);
    assert_eq!(line(mayor, Term::Registered), [Some(200), Some(90), None]);
    assert_eq!(line(mayor, Term::Issued), [Some(105), None, None]);
    assert_eq!(line(mayor, Term::InBoxes), [Some(103), Some(50), None]);
    assert_eq!(line(mayor, Term::Invalid), [Some(3), None, None], "1 overvote and 2 undervotes");
    let stations = &table(mayor).stations;
    // The county is the whole, the house district is no administration: the town is left.
    assert_eq!(
        stations.areas.iter().map(|area| area.level.as_str()).collect::<Vec<_>>(),
        ["state-house", "town"][1..].to_vec()
    );
    assert_eq!((0..3).map(|row| stations.areas[0].names.get(row)).collect::<Vec<_>>(), ["Mill Town", "Mill Town", ""]);
    assert_eq!(
        stations.unknown_cells.iter().map(|cell| (cell.reason.as_str(), cell.rows)).collect::<Vec<_>>(),
        [("kept back for privacy", 1)]
    );
    let ann = |area: Option<&str>| {
        let of = |figure: &&adil_record::PublishedFigure| {
            figure.area.as_deref() == area && figure.what == Quantity::Votes(OptionId(0))
        };
        figures(mayor).iter().find(of).map(|figure| figure.amount)
    };
    assert_eq!(ann(Some("Mill Town")), Some(Amount::Count(87)));
    assert_eq!(ann(None), Some(Amount::Count(96)));
    let notes = notes(&results);
    for expected in [
        ("names in a second language; the first one given is kept", 1),
        ("totals that are also given by type; the total is kept", 1),
        // 60 against 41 + 18
        ("totals that are not the sum of their types", 1),
    ] {
        assert!(notes.contains(&expected), "{notes:?}");
    }
    assert_eq!(notes.len(), 3, "{notes:?}");
}

/// The same in XML, with a prefix, entities, a comment, CDATA, and a combined precinct whose parts are not counted.
const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!-- by hand -->
<r:ElectionReport xmlns:r="http://itl.nist.gov/ns/voting/1500-100/v2" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <r:Election>
  <r:Contest ObjectId="c" xsi:type="r:PartyContest">
   <r:ContestSelection ObjectId="s1" xsi:type="r:PartySelection">
    <r:VoteCounts><r:GpUnitId>both</r:GpUnitId><r:Type>total</r:Type><r:Count>5</r:Count></r:VoteCounts>
    <r:VoteCounts><r:GpUnitId>other</r:GpUnitId><r:Type>total</r:Type><r:Count>7</r:Count></r:VoteCounts>
    <r:PartyIds>a b</r:PartyIds>
   </r:ContestSelection>
   <r:ElectionDistrictId>all</r:ElectionDistrictId>
   <r:Name>Lists &amp; more</r:Name>
   <r:Curiosity>17</r:Curiosity>
  </r:Contest>
  <r:ElectionScopeId>all</r:ElectionScopeId>
  <r:Name><r:Text Language="en">&#69;lection</r:Text></r:Name>
  <r:StartDate>2024-05-01</r:StartDate><r:EndDate>2024-05-01</r:EndDate><r:Type>general</r:Type>
 </r:Election>
 <r:Format>precinct-level</r:Format><r:GeneratedDate>2024-05-02T00:00:00Z</r:GeneratedDate>
 <r:GpUnit ObjectId="all" xsi:type="r:ReportingUnit"><r:ComposingGpUnitIds>both other</r:ComposingGpUnitIds><r:Type>state</r:Type></r:GpUnit>
 <r:GpUnit ObjectId="both" xsi:type="r:ReportingUnit"><r:ComposingGpUnitIds>x y</r:ComposingGpUnitIds><r:Name><r:Text Language="en"><![CDATA[X & Y]]></r:Text></r:Name><r:Type>combined-precinct</r:Type></r:GpUnit>
 <r:GpUnit ObjectId="x" xsi:type="r:ReportingUnit"><r:Type>precinct</r:Type></r:GpUnit>
 <r:GpUnit ObjectId="y" xsi:type="r:ReportingUnit"><r:Type>precinct</r:Type></r:GpUnit>
 <r:GpUnit ObjectId="other" xsi:type="r:ReportingUnit"><r:Type>precinct</r:Type></r:GpUnit>
 <r:Issuer>State</r:Issuer><r:IssuerAbbreviation>S</r:IssuerAbbreviation>
 <r:Party ObjectId="a"><r:Name><r:Text Language="en">Lime</r:Text></r:Name></r:Party>
 <r:Party ObjectId="b" xsi:type="r:Coalition"><r:Name><r:Text Language="en">Oak</r:Text></r:Name></r:Party>
 <r:SequenceStart>1</r:SequenceStart><r:SequenceEnd>1</r:SequenceEnd><r:Status>certified</r:Status>
 <r:VendorApplicationId>by hand</r:VendorApplicationId>
</r:ElectionReport>"#;

#[test]
fn xml_says_the_same() {
    let results = read_text(XML).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((results.format, results.title.as_str()), (Format::NistXml, "Election"));
    let [contest] = results.contests.as_slice() else { panic!("one contest") };
    assert_eq!(contest.title, "Lists & more");
    assert_eq!(votes(contest, "Lime / Oak"), [("X & Y".into(), Some(5)), ("other".into(), Some(7))]);
    let [note] = results.not_placed.as_slice() else { panic!("{:?}", results.not_placed) };
    assert_eq!((note.count, note.first.as_str()), (1, "ElectionReport/Election[1]/Contest[1]/Curiosity[1]"));
}

/// In a contest in which a voter has three votes, overvotes are no papers.
#[test]
fn several_votes_of_a_voter_are_no_papers() {
    let text = COUNTY.replace("\"VotesAllowed\": 1", "\"VotesAllowed\": 3");
    let results = read_text(&text).expect("it is sound");
    assert!(line(&results.contests[0], Term::Invalid).is_empty());
    let extra = table(&results.contests[0]).stations.extra("overvotes").expect("kept as text");
    assert_eq!(extra.get(0), "1");
}

#[test]
fn every_contest_has_a_table_of_its_own() {
    let second = r#", {"@type": "ElectionResults.BallotMeasureContest", "@id": "bridge", "Name": "Bridge", "ElectionDistrictId": "town",
      "ContestSelection": [{"@type": "ElectionResults.BallotMeasureSelection", "@id": "yes", "Selection": {"Text": [{"Content": "Yes"}]},
      "VoteCounts": [{"GpUnitId": "p2", "Type": "total", "Count": 12}]}]}]"#;
    let at = COUNTY.rfind("}]\n }],").expect("the end of the contests");
    let text = format!("{}}}{second}{}", &COUNTY[..at], &COUNTY[at + 2..]);
    let results = read_text(&text).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(results.contests.iter().map(|contest| contest.id.as_str()).collect::<Vec<_>>(), ["mayor", "bridge"]);
    assert_eq!(votes(&results.contests[1], "Yes"), [("2".into(), Some(12))], "only stations that voted on it");
}
