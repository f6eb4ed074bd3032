//! Lists of voters, fault by fault.

use adil_election::{Language, RareWeight, Voter, VoterSettings, Voters};
use proptest::prelude::*;

const LANGUAGES: [Language; 2] = [Language::Kazakh, Language::English];

fn read(text: &str, has_weights: bool) -> Result<Voters, Vec<String>> {
    let settings = VoterSettings { languages: &LANGUAGES, has_weights };
    Voters::parse(text.as_bytes(), settings).map_err(|error| error.to_string().lines().map(str::to_owned).collect())
}

#[track_caller]
fn faults(text: &str, expected: &[&str]) {
    assert_eq!(read(text, false).expect_err("faults"), expected, "{text:?}");
}

fn voter(id: &str, name: Option<&str>, email: Option<&str>, language: Language, weight: u128) -> Voter {
    Voter { id: id.to_owned(), name: name.map(str::to_owned), email: email.map(str::to_owned), language, weight }
}

#[test]
fn columns_in_any_order_and_case() {
    let text = "\u{FEFF} Weight ;ID;Name;EMAIL;Language\r\n3;v1;\"Voter; 1\";v1@example.org;EN\r\n;;;;\r\n1;v2; Voter 2 ;;\r\n";
    let voters = read(text, true).expect("a sound list");
    let expected = [
        voter("v1", Some("Voter; 1"), Some("v1@example.org"), Language::English, 3),
        voter("v2", Some("Voter 2"), None, Language::Kazakh, 1),
    ];
    assert_eq!(voters.as_slice(), expected);
    assert_eq!(voters.total_weight(), 4);
    assert_eq!(read("id\nv1", false).expect("a sound list").as_slice(), [voter("v1", None, None, Language::Kazakh, 1)]);
}

#[test]
fn who_votes_is_not_shown_by_debug() {
    let voters = read("id,name\nv1,Voter 1", false).expect("a sound list");
    assert_eq!(format!("{voters:?} {:?}", voters.as_slice()[0]), "Voters(1) Voter { id: \"v1\", .. }");
}

#[test]
fn faults_of_the_header() {
    faults("", &["line 1: the list is empty; its first line names the columns, such as id,name,email"]);
    faults("\n\n", &["line 1: the list is empty; its first line names the columns, such as id,name,email"]);
    faults("id,name\n", &["line 1: the list has a header and no voters"]);
    faults("name\nv1", &["line 1: there is no column id"]);
    faults("id,ID\nv1,v1", &["line 1: the column id is there twice"]);
    faults(
        "id,phone\nv1,1",
        &["line 1: there is no column \"phone\"; the columns are id, name, email, language, weight"],
    );
    faults("id,weight\nv1,1", &["line 1: there is a column weight, and the plan does not say `weights = true`"]);
    let no_weights = "line 1: the plan says `weights = true`, and there is no column weight";
    assert_eq!(read("id\nv1", true).expect_err("no weights"), [no_weights]);
}

#[test]
fn faults_of_rows() {
    faults(
        "id,name\nv1,A\nv2\nv3,A,B",
        &["line 3: the row has 1 cells, and the header has 2", "line 4: the row has 3 cells, and the header has 2"],
    );
    faults("id,name\n,A\nv1,A\nv1,B", &["line 2: the voter has no id", "line 4: the id \"v1\" stands on line 3 too"]);
    faults("id,email\nv1,nobody", &["line 2: \"nobody\" is no e-mail address"]);
    faults("id,language\nv1,ru", &["line 2: the language \"ru\" is not offered; those of the plan are kk, en"]);
    faults(
        "id,name\nv1,A\0B\nv2,\"A\nB\"\nv3,A\u{202E}B",
        &[
            "line 2: the name has the character U+0000",
            "line 3: the name has the character U+000A",
            "line 5: the name has the character U+202E",
        ],
    );
    let long = "a".repeat(501);
    faults(&format!("id\n{long}"), &["line 2: the id has 501 characters; 500 are allowed"]);
    faults("id,name\nv1,\"A\nv2,B\n", &["line 2: a quotation mark that opens on this line is not closed"]);
}

#[test]
fn faults_of_weights() {
    let zero =
        "line 2: the weight is 0: a vote that counts nothing would be accepted and not counted; leave the voter out";
    let none = |cell: &str| {
        format!("line 3: the weight \"{cell}\" is no whole number from 1 to 1000000000000000000000000, in digits alone")
    };
    for cell in ["", "1.5", "-1", "1000000000000000000000001"] {
        assert_eq!(
            read(&format!("id,weight\nv1,0\nv2,{cell}"), true).expect_err("faults"),
            [zero.to_owned(), none(cell)]
        );
    }
}

#[test]
fn bytes_that_are_no_utf8_are_told_by_place() {
    let settings = VoterSettings { languages: &LANGUAGES, has_weights: false };
    let error = Voters::parse(b"id,name\nv1,A\nv2,\xC0\xE0\n", settings).expect_err("no UTF-8");
    // "id,name\n" has 8 bytes, "v1,A\n" 5, "v2," 3.
    let line = |byte: &str, place: usize| {
        format!("line 3: the byte {byte} at place {place} is no UTF-8; save the table as CSV UTF-8")
    };
    assert_eq!(error.to_string(), [line("0xC0", 16), line("0xE0", 17)].join("\n"));
    let error = Voters::parse(b"\xEF\xBB\xBFid\n\xFF", settings).expect_err("no UTF-8");
    assert_eq!(
        error.faults[0].to_string(),
        "line 2: the byte 0xFF at place 6 is no UTF-8; save the table as CSV UTF-8"
    );
}

#[test]
fn a_hundred_faults_are_told_and_the_others_counted() {
    let text = format!("id\n{}", "v1\n".repeat(250));
    let error = read(&text, false).expect_err("faults");
    assert_eq!((error.len(), error.last().map(String::as_str)), (101, Some("and 149 more")));
}

#[test]
fn a_shared_address_is_a_warning() {
    let voters = read("id,email\nv1,a@example.org\nv2,A@example.ORG\nv3,b@example.org", false).expect("a sound list");
    let (warnings, more) = voters.warnings();
    let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["line 3: the e-mail address stands on line 2 too; both letters go to one mailbox"]);
    assert_eq!(more, 0);
}

#[test]
fn weights_that_few_voters_have() {
    let of = |weights: &[u128]| {
        let rows: String = weights.iter().enumerate().map(|(number, weight)| format!("v{number},{weight}\n")).collect();
        read(&format!("id,weight\n{rows}"), true).expect("a sound list").secrecy_warnings()
    };
    let rare = of(&[1, 1, 1, 1, 1, 7, 2, 2, 2, 2, 9]);
    let expected = [(7, 1), (9, 1), (2, 4)].map(|(weight, voters)| RareWeight { weight, voters });
    assert_eq!((rare.weights.as_slice(), rare.more, rare.voters), (&expected[..], 0, 6));
    // Equal weights tell nothing.
    assert!(of(&[3, 3]).is_empty());
    let many: Vec<u128> = (1..=150).collect();
    let rare = of(&many);
    assert_eq!((rare.weights.len(), rare.more, rare.voters), (100, 50, 150));
}

/// 100,000 voters with every column.
#[test]
fn a_long_list_is_read_whole() {
    let rows: String = (0..100_000)
        .map(|number| format!("v{number},Voter {number},v{number}@example.org,en,{}\n", number % 5 + 1))
        .collect();
    let voters = read(&format!("id,name,email,language,weight\n{rows}"), true).expect("a sound list");
    assert_eq!(voters.as_slice().len(), 100_000);
    // 20,000 times 1 + 2 + 3 + 4 + 5.
    assert_eq!(voters.total_weight(), 300_000);
    assert!(voters.secrecy_warnings().is_empty());
}

fn cell(text: &str, separator: char, is_quoted: bool) -> String {
    if is_quoted || text.contains([separator, '"']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn text() -> impl Strategy<Value = String> {
    "[a-zа-яәң0-9,;\"' ]{1,12}".prop_map(|text| text.trim().to_owned())
}

proptest! {
    /// What is written is read as it was.
    #[test]
    fn a_written_list_is_read_the_same(
        rows in prop::collection::vec((text(), prop::option::of(0..9_u8), any::<bool>(), 1..=10_u128.pow(24), any::<bool>()), 1..12),
        separator in prop::sample::select(vec![',', ';']),
        order in Just(["id", "name", "email", "language", "weight"]).prop_shuffle(),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let mut expected = Vec::new();
        let mut lines = vec![order.join(&separator.to_string())];
        for (number, (name, email, is_english, weight, is_quoted)) in rows.into_iter().enumerate() {
            let email = email.map(|email| format!("v{email}@example.org"));
            let language = if is_english { Language::English } else { Language::Kazakh };
            let id = format!("v{number}");
            let cells = order.map(|column| cell(match column {
                "id" => &id,
                "name" => &name,
                "email" => email.as_deref().unwrap_or(""),
                "language" => language.code(),
                _ => return weight.to_string(),
            }, separator, is_quoted));
            lines.push(cells.join(&separator.to_string()));
            let name = (!name.is_empty()).then_some(name.as_str());
            expected.push(voter(&id, name, email.as_deref(), language, weight));
        }
        let voters = read(&lines.join(end), true).expect("a sound list");
        prop_assert_eq!(voters.as_slice(), expected);
    }

    /// Where this reader finds no fault, csv-core reads the same cells.
    #[test]
    fn cells_are_those_of_another_reader(table in "[ab\",\n\r ]{0,30}") {
        let text = format!("id,name\n{table}");
        let Ok(voters) = read(&text, false) else { return Ok(()) };
        let found: Vec<(String, String)> = voters.as_slice().iter()
            .map(|voter| (voter.id.clone(), voter.name.clone().unwrap_or_default())).collect();
        prop_assert_eq!(found, by_csv_core(&text));
    }

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), has_weights in any::<bool>()) {
        let settings = VoterSettings { languages: &LANGUAGES, has_weights };
        let _ = Voters::parse(&bytes, settings);
        let _ = Voters::parse(&[b"id,weight\n", &bytes[..]].concat(), settings);
    }
}

/// Both cells of every row but the first, without the spaces around them, and without rows that are empty.
fn by_csv_core(text: &str) -> Vec<(String, String)> {
    let mut reader = csv_core::Reader::new();
    let (mut input, mut rows, mut row) = (text.as_bytes(), Vec::new(), vec![Vec::new()]);
    loop {
        let mut output = [0; 64];
        let (result, read, written) = reader.read_field(input, &mut output);
        input = &input[read..];
        if let Some(cell) = row.last_mut() {
            cell.extend_from_slice(&output[..written]);
        }
        match result {
            csv_core::ReadFieldResult::Field { record_end: false } => row.push(Vec::new()),
            csv_core::ReadFieldResult::Field { record_end: true } => {
                rows.push(std::mem::replace(&mut row, vec![Vec::new()]))
            }
            csv_core::ReadFieldResult::End => break,
            _ => {}
        }
    }
    let trimmed =
        |cell: Option<&Vec<u8>>| String::from_utf8(cell.cloned().unwrap_or_default()).expect("UTF-8").trim().to_owned();
    let pairs = rows.iter().skip(1).map(|row| (trimmed(row.first()), trimmed(row.get(1))));
    pairs.filter(|(id, name)| !id.is_empty() || !name.is_empty()).collect()
}
