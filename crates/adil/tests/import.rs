//! The real tables are read as what they are, and proved by their own sums.

mod program;

use std::fs;

use program::{adil, check, findings, text};
use serde_json::Value;

/// What the totals of a table say.
fn totals(arguments: &[&str]) -> Vec<Value> {
    let report = check(&[arguments, &["--only", "stations/totals"]].concat());
    findings(&report, "stations/totals").into_iter().cloned().collect()
}

/// Every family: path, and for each of its contests the stations, registered, valid votes and the winner's votes.
/// The figures were counted in the files by another program (Python, csv and pandas).
#[test]
fn every_known_table_is_recognised() {
    let Some(stations) = adil_outside::stations("every_known_table_is_recognised") else { return };
    /// Stations, registered, valid votes, the winner's votes.
    type Totals = (u64, u64, u64, u64);
    let known: [(&str, &[Totals]); 12] = [
        ("sweden/2018_R_per_valdistrikt.xlsx", &[(6_325, 7_495_936, 6_476_725, 1_830_386)]),
        ("israel/knesset21_expb.csv.gz", &[(10_765, 6_339_729, 4_309_270, 1_140_370)]),
        ("israel/knesset24_expb.csv.gz", &[(12_926, 6_578_084, 4_410_052, 1_066_892)]),
        ("poland/ws2014_komitety_by_komisja.csv.gz", &[(27_416, 30_582_263, 11_917_250, 3_208_557)]),
        ("peru/presidencial-actas_ronderos.pe.csv.gz", &[(76_211, 22_224_351, 12_997_239, 2_618_100)]),
        ("bolivia2019", &[(34_555, 7_315_364, 6_137_671, 2_889_359)]),
        ("georgia/2012_official_party_list.csv.gz", &[(3_696, 3_658_613, 2_150_197, 1_181_862)]),
        ("bulgaria/20210711", &[(13_005, 6_935_759, 2_766_426, 657_829)]),
        ("argentina2015", &[(7_326, 2_539_182, 1_960_082, 990_826)]),
        // two precincts have a cell "NA", so their sums are not known
        ("albania2013", &[(5_508, 3_185_255, 1_716_468, 714_118)]),
        ("afghanistan", &[(18_824, 0, 6_645_384, 2_972_141)]),
        ("stpetersburg2021", &[(2_043, 3_931_555, 1_430_296, 513_120)]),
    ];
    for (path, contests) in known {
        let found = totals(&[text(&stations.join(path))]);
        let figure = |finding: &Value, name: &str| finding["measures"][name].as_u64().unwrap_or(0);
        let found: Vec<Totals> = found
            .iter()
            .map(|one| {
                (figure(one, "stations"), figure(one, "registered"), figure(one, "valid"), figure(one, "leader_votes"))
            })
            .collect();
        assert_eq!(found, contests, "{path}");
    }
}

#[test]
fn belarus_has_the_photographed_protocols_only() {
    let Some(stations) = adil_outside::stations("belarus_has_the_photographed_protocols_only") else { return };
    let found = &totals(&[text(&stations.join("belarus2020/total-votes.csv.gz"))])[0];
    // 1,374 protocols with a total above zero (corrections to the published count), of 5,767 stations.
    assert_eq!(found["measures"]["stations"], 1_374);
    let told = found["evidence"].to_string();
    assert!(told.contains("4,393") && told.contains("no photographed protocol"), "{told}");
    assert!(told.contains("3 cells") && told.contains("negative count"), "{told}");
}

#[test]
fn rows_left_out_are_counted_by_reason() {
    let Some(stations) = adil_outside::stations("rows_left_out_are_counted_by_reason") else { return };
    let peru = totals(&[text(&stations.join("peru/presidencial-actas_ronderos.pe.csv.gz"))])[0]["evidence"].to_string();
    for (rows, reason) in [("753", "annulled"), ("9,335", "no data"), ("189", "table not set up")] {
        assert!(peru.contains(&format!("{rows} rows are not in the table: {reason}")), "{rows} {reason}: {peru}");
    }
    let poland = totals(&[text(&stations.join("poland/ws2014_komitety_by_komisja.csv.gz"))])[0]["evidence"].to_string();
    assert!(poland.contains("repeated header (the first is row 27,418)"), "{poland}");
}

/// Codes of 100 and more in the Bulgarian votes are totals of the protocol. A map that takes them for parties is refused:
/// by the sum with the protocols, and by themselves where there is nothing else.
#[test]
fn totals_read_as_parties_are_refused() {
    let Some(stations) = adil_outside::stations("totals_read_as_parties_are_refused") else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "trap");
    let data = stations.join("bulgaria/20210711");
    let votes = format!(
        "[[table]]\nfile = {:?}\n[table.map]\nstation = \"section_id\"\n[table.map.long]\ncode = \"party\"\nvalue = \"votes\"\n",
        text(&data.join("50_votes_machine.csv.gz"))
    );
    let protocols = format!(
        "[[table]]\nfile = {:?}\n[table.map]\nstation = \"section_id\"\n[table.map.lines]\nregistered = \"registered_voters\"\n\
         valid = {{ sum = [\"valid_machine_votes_for_parties\", \"support_noone_machine_ballots\"] }}\n",
        text(&data.join("41_protocols.csv.gz"))
    );
    let refusal = |tables: &str| {
        let path = folder.join("election.toml");
        fs::write(&path, format!("title = \"trap\"\n{tables}")).expect("the folder is writable");
        let call = adil(&["check", text(&path)]);
        assert_eq!(call.status, 2, "{}", call.out);
        call.err
    };
    let with_protocols = refusal(&format!("{protocols}{votes}"));
    assert!(with_protocols.contains("misread: votes of all options = valid fails in"), "{with_protocols}");
    let alone = refusal(&votes);
    assert!(alone.contains("misread: the option") && alone.contains("is the sum of"), "{alone}");
    // With the totals named, the same tables are read.
    let path = folder.join("sound.toml");
    let ignore = "ignore = [\"100\", \"101\", \"102\", \"103\"]\n";
    fs::write(&path, format!("title = \"sound\"\n{protocols}{votes}{ignore}")).expect("the folder is writable");
    assert!(adil(&["check", text(&path)]).status < 2);
}

/// In 337 tables of Buenos Aires the number of voters was not transcribed: counted, not refused.
#[test]
fn a_missing_field_is_counted_and_not_refused() {
    let Some(stations) = adil_outside::stations("a_missing_field_is_counted_and_not_refused") else { return };
    let found = &totals(&[text(&stations.join("argentina2015"))])[0];
    let told = found["evidence"].to_string();
    assert!(told.contains("fails in 990 of 7,326 rows"), "{told}");
}

/// The header of the Swedish file of 2022, in words and as CSV, with two made-up districts and a collection district.
#[test]
fn later_years_in_other_words_and_formats_are_recognised() {
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "sweden-2022");
    let table = folder.join("riksdag_2022.csv");
    let header = "VALKRETSKOD,VALKRETSNAMN,VALDISTRIKTSKOD,VALDISTRIKTSNAMN,ANTAL RÖSTBERÄTTIGADE,ANTAL RÖSTANDE,VALDELTAGANDE,\
                  ANTAL OGILTIGA VALSEDLAR,VARAV BLANKA VALSEDLAR,ANTAL GILTIGA VALSEDLAR,UNNAMED: 10,M,C,L,KD,MP,S,V,SD,ÖVR";
    let rows = [
        "2,Kretsen,1140101,Ett,1300,1010,77.69,10,9,1000,,170,70,60,50,70,300,80,190,10",
        "2,Kretsen,1140102,Två,1000,805,80.5,5,5,800,,150,50,50,40,60,250,40,150,10",
        "2,Kretsen,1149800,Uppsamling,0,101,,1,1,100,,20,5,5,5,5,40,10,10,0",
    ];
    fs::write(&table, format!("{header}\n{}\n", rows.join("\n"))).expect("the folder is writable");
    let found = &totals(&[text(&table)])[0]["measures"];
    assert_eq!((&found["stations"], &found["registered"], &found["valid"]), (&3.into(), &2_300.into(), &1_900.into()));
    // S: 300 + 250 + 40
    assert_eq!(found["leader_votes"], 590);
}

/// Wordings of the Russian protocol between 2004 and 2024; each gives the same lines.
#[test]
fn russian_wordings_are_told_by_their_parts() {
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "russia");
    let of_2004 = [
        "Число избирателей, внесенных в список",
        "Число полученных избирательных бюллетеней",
        "Число избирательных бюллетеней, выданных  досрочно",
        "Число избирательных бюллетеней, выданных в день голосования",
        "Число избирательных бюллетеней, выданных вне помещения",
        "Число погашенных избирательных бюллетеней",
        "Число избирательных бюллетеней в переносных ящиках",
        "Число бюллетеней в стационарных ящиках для голосования",
        "Число недействительных избирательных бюллетеней",
        "Число действительных избирательных бюллетеней",
    ];
    let of_2018 = [
        "Число избирателей, включенных в список избирателей",
        "Число избирательных бюллетеней, полученных участковой избирательной комиссией",
        "Число избирательных бюллетеней, выданных избирателям, проголосовавшим досрочно",
        "Число избирательных бюллетеней, выданных в помещении для голосования в день голосования",
        "Число избирательных бюллетеней, выданных вне помещения для голосования в день голосования",
        "Число погашенных избирательных бюллетеней",
        "Число избирательных бюллетеней в переносных ящиках для голосования",
        "Число бюллетеней в стационарных ящиках для голосования",
        "Число недействительных избирательных бюллетеней",
        "Число действительных избирательных бюллетеней",
    ];
    for wording in [of_2004, of_2018] {
        let table = folder.join("wording.csv");
        let header: Vec<String> = wording.iter().map(|name| format!("\"{name}\"")).collect();
        let rows: Vec<String> =
            (1..=12).map(|uik| format!("R,T,{uik},1000,900,10,500,90,300,100,500,20,580,400,180,u")).collect();
        fs::write(&table, format!("region,tik,uik,{},А,Б,url\n{}\n", header.join(","), rows.join("\n")))
            .expect("writable");
        let report = check(&[text(&table), "--only", "stations/totals,stations/balance"]);
        let found = &findings(&report, "stations/totals")[0]["measures"];
        // issued 10 + 500 + 90 = 600; valid 580 + invalid 20 = 600 in 100 + 500 boxes; received 900 = 600 + 300 unused
        assert_eq!(
            (&found["issued"], &found["ballots"], &found["valid"]),
            (&7_200.into(), &7_200.into(), &6_960.into())
        );
        let balance = findings(&report, "stations/balance");
        assert_eq!((&balance[0]["verdict"], &balance[0]["measures"]["rows_failing"]), (&"proven".into(), &0.into()));
    }
}

#[test]
fn tables_that_are_not_known_are_named_with_what_to_do() {
    let Some(stations) = adil_outside::stations("tables_that_are_not_known_are_named_with_what_to_do") else { return };
    for folder in ["usa", "uk2010"] {
        let call = adil(&["check", text(&stations.join(folder))]);
        assert_eq!(call.status, 2);
        assert!(call.err.contains("adil init"), "{}", call.err);
    }
}

#[test]
fn init_reads_a_workbook_that_no_map_knows() {
    let Some(stations) = adil_outside::stations("init_reads_a_workbook_that_no_map_knows") else { return };
    let output = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "uk2010").join("election.toml");
    let table = stations.join("uk2010/UK2010.xls.gz");
    let call = adil(&["init", text(&table), "--output", text(&output)]);
    assert_eq!(call.status, 0, "{}", call.err);
    assert!(call.out.contains("registered               Electorate"), "{}", call.out);
    let found = &totals(&[text(&output)])[0]["measures"];
    // 650 constituencies with 45.6 million registered and 29.7 million votes (Electoral Commission, 2010).
    assert_eq!(found["stations"], 650, "the row of totals names no constituency");
    let valid = found["valid"].as_u64().unwrap_or(0);
    assert!((29_600_000..29_800_000).contains(&valid), "{valid}");
}

/// Turnout alone: nothing but its sums can be tested, and that is said.
#[test]
fn a_table_without_votes_is_told() {
    let Some(stations) = adil_outside::stations("a_table_without_votes_is_told") else { return };
    let found = totals(&[text(&stations.join("poland/sejm2015_komisje-frekwencja.csv.gz"))]);
    let measures = &found[0]["measures"];
    assert_eq!((&found[0]["reason"], &measures["stations"]), (&"no-data".into(), &27_859.into()));
    assert_eq!(measures["registered"], 30_608_954);
    assert!(found[0]["evidence"].to_string().contains("27,858"), "one protocol is not known: {}", found[0]["evidence"]);
}

#[test]
fn a_folder_of_several_elections_gives_each_its_findings() {
    let Some(stations) = adil_outside::stations("a_folder_of_several_elections_gives_each_its_findings") else {
        return;
    };
    let found = totals(&[text(&stations.join("israel"))]);
    let contests: Vec<&str> = found.iter().filter_map(|finding| finding["subject"]["contest"].as_str()).collect();
    assert_eq!(contests.len(), 3);
    assert!(contests.iter().zip(["knesset21", "knesset22", "knesset24"]).all(|(title, name)| title.contains(name)));
}

/// A real table, written in every format and read again: all cells of the lines that the format keeps are the same.
#[test]
fn a_table_comes_back_from_every_format() {
    let Some(stations) = adil_outside::stations("a_table_comes_back_from_every_format") else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "exchange");
    let source = stations.join("georgia/2012_official_party_list.csv.gz");
    let mut description = format!(
        "title = \"x\"\n[[contest]]\nid = \"parliament\"\n[[contest.release]]\nid = \"table\"\npublisher = \"p\"\n\
         [[table]]\nfile = {source:?}\nfamily = \"georgia\"\nrelease = \"table\"\n"
    );
    let formats = [("nist-json", ""), ("nist-xml", ""), ("eml-510", ""), ("csv", CSV)];
    for (format, map) in formats {
        let file = folder.join(format);
        let call = adil(&["export", text(&source), "--format", format, "--date", "2012-10-01", "-o", text(&file)]);
        assert_eq!(call.status, 0, "{}", call.err);
        assert!(call.out.contains("3696 stations"), "{}", call.out);
        let again = adil(&["export", text(&source), "--format", format, "--date", "2012-10-01"]);
        assert!(again.out == fs::read_to_string(&file).expect("a text"), "{format}: the same bytes");
        description.push_str(&format!(
            "[[contest.release]]\nid = \"{format}\"\npublisher = \"p\"\n[[table]]\nfile = {file:?}\nrelease = \"{format}\"\n{map}"
        ));
    }
    let path = folder.join("election.toml");
    fs::write(&path, description).expect("the folder is writable");
    let report = check(&[text(&path), "--only", "copies/compare"]);
    let compared = findings(&report, "copies/compare");
    // Five tables, each with each.
    assert_eq!(compared.len(), 10);
    for finding in compared {
        let measures = &finding["measures"];
        // Two of the 3,696 stations have one name, and are compared with none.
        assert_eq!(measures["stations_compared"], 3_694, "{finding}");
        assert_eq!(measures["cells_differing"].as_u64().unwrap_or(0), 0, "{finding}");
    }
}

const CSV: &str = "[table.map]\nstation = \"station\"\nareas = [{ level = \"district\", column = \"district\" }]\n\
    ignore = [\"voted by 12:00\", \"voted by 17:00\", \"special-precinct\", \"special-voters\"]\n\
    lines = { registered = \"registered\", issued = \"issued\", invalid = \"invalid\" }\noptions = { rest = true }\n";

/// Four squares in two rows as regions, of which the map lacks one and has one too many; a place of a station that the table lacks.
#[test]
fn a_map_is_read_drawn_and_written_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    let write = |name: &str, text: &str| fs::write(at(name), text).expect("the folder is writable");
    let mut table = "region,station,voters,box,A,B,lat,lon\n".to_owned();
    for station in 0..40u32 {
        let (region, votes) = (station % 4, 40 + station);
        // The first station's place is not in the table.
        let place = if station == 0 { ",".to_owned() } else { format!("{}.5,{}.5", region / 2, region % 2) };
        table += &format!("Ёлки {region},{station},200,{votes},{},{},{place}\n", votes - 10, 10);
    }
    write("table.csv", &table);
    let square = |name: &str, west: u32, south: u32| {
        let (east, north) = (west + 1, south + 1);
        format!(
            "{{\"type\":\"Feature\",\"properties\":{{\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]]]}}}}"
        )
    };
    let squares = [square("елки 0", 0, 0), square("ЁЛКИ  1", 1, 0), square("Ёлки 2", 0, 1), square("Elsewhere", 9, 9)];
    write("regions.geojson", &format!("{{\"type\":\"FeatureCollection\",\"features\":[{}]}}", squares.join(",")));
    write(
        "places.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"region\":\"Ёлки 0\",\"number\":0},\
         \"geometry\":{\"type\":\"Point\",\"coordinates\":[0.5,0.25]}},{\"type\":\"Feature\",\"properties\":{\"region\":\"Ёлки 1\",\"number\":1},\
         \"geometry\":{\"type\":\"Point\",\"coordinates\":[0.5,0.25]}}]}",
    );
    let description = "title = \"A vote\"\n[[table]]\nfile = \"table.csv\"\n[table.map]\nstation = \"station\"\n\
         areas = [{ level = \"region\", column = \"region\" }]\ncoordinates = { latitude = \"lat\", longitude = \"lon\" }\n\
         lines = { registered = \"voters\", in-boxes = \"box\" }\noptions = { rest = true }\n\
         [[map]]\nfile = \"regions.geojson\"\nlevel = \"region\"\n[[map]]\nfile = \"places.geojson\"\nlevel = \"station\"\n\
         names = [\"region\", \"number\"]\n";
    write("election.toml", description);
    let page = at("page.html");
    let call = adil(&["check", text(folder.path()), "--only", "stations/regions", "--html", text(&page)]);
    assert_eq!(call.status, 0, "{}", call.err);
    let page = fs::read_to_string(page).expect("a page");
    // Ten stations of 200 voters; 40 + 44 + ... + 76 = 580 took part in the first region.
    assert!(page.contains("<title>Ёлки 0: 29.0%</title>"), "{}", page.len());
    assert!(page.contains("<title>Ёлки 2: 30.0%</title>") && !page.contains("<title>Ёлки 3: 30.5%</title>"));
    assert!(page.contains("or more than one, and are not drawn: 1 (Elsewhere)"));

    let written = at("written.geojson");
    let call = adil(&["export", text(folder.path()), "--format", "geojson", "-o", text(&written)]);
    assert_eq!((call.status, call.out.contains("without coordinates")), (0, false), "{}{}", call.out, call.err);
    let map: Value = serde_json::from_str(&fs::read_to_string(&written).expect("a map")).expect("it is JSON");
    let features = map["features"].as_array().expect("a list");
    assert_eq!(features.len(), 3 + 40);
    assert_eq!(features[0]["properties"]["turnout"], 580.0 / 2_000.0);
    // The place from the map where the table has none, and the table's where it has one.
    let place = |number: usize| &features[3 + number]["geometry"]["coordinates"];
    assert_eq!((place(0), place(1)), (&serde_json::json!([0.5, 0.25]), &serde_json::json!([1.5, 0.5])));

    for (broken, said) in [
        ("{\"type\":\"Topology\"}", "the map: is TopoJSON"),
        (&squares[0].replace("[0,0]]]", "[0,0.5]]]"), "feature 1: ring 1 of polygon 1 is not closed"),
        (&squares[0].replace("[1,0]", "[500000,0]"), "feature 1: position 2 has the longitude 500000"),
        ("{\"type\":\"FeatureCollection\",\"features\":[", "the JSON is broken"),
    ] {
        write("regions.geojson", broken);
        let call = adil(&["check", text(folder.path())]);
        assert!(call.status == 2 && call.err.contains("regions.geojson: ") && call.err.contains(said), "{}", call.err);
    }
}
