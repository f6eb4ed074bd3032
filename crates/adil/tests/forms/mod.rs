//! Forms from the command line; `crates/open/tests/forms` holds them to pyxform.

use std::fs;
use std::path::Path;

use crate::program::{adil, text};

#[test]
fn a_form_is_written_read_and_written_back() {
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "forms-written");
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/forms/opening.toml");
    let [book, table, plain] = ["a.xlsx", "a.csv", "a.toml"].map(|name| folder.join(name));
    for (from, to) in [(&shipped, &book), (&book, &table), (&table, &plain)] {
        let call = adil(&["form", "write", text(from), "-o", text(to)]);
        assert_eq!((call.status, call.err.as_str()), (0, ""));
    }
    let again = folder.join("again.csv");
    assert_eq!(adil(&["form", "write", text(&plain), "-o", text(&again)]).status, 0);
    assert_eq!(fs::read(&again).expect("a form"), fs::read(&table).expect("a form"));
    let call = adil(&["form", "read", text(&book)]);
    let lines = [
        "13 questions:",
        "one of 2: yes, no; in order: yes; otherwise V2; asked if ${mobile_boxes} > 0",
        "fields of a visit that it asks for: station, observer, arrived, access, left, overall",
        "row 2 (start start): times of the device",
        "Columns that are not read: survey: constraint",
    ];
    for line in lines {
        assert!(call.out.contains(line), "{line}\n{}", call.out);
    }
}

#[test]
fn answers_of_telephones_are_checked_and_written_without_anybody() {
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "forms-answers");
    let at = |name: &str| folder.join(name);
    fs::write(at("stations.csv"), "district,station,registered,A,B\nHill,1,600,100,90\nHill,2,500,80,70\n")
        .expect("a file");
    fs::write(
        at("export.csv"),
        "SubmissionDate,station,observer,arrived,seal,KEY,SubmitterName,ReviewState\n\
         2024-03-10T03:00:00.000Z,1,swift,2024-03-10T08:00:00.000+06:00,yes,uuid:a,Somebody,\n\
         2024-03-10T03:00:00.000Z,2,swift,,not_observed,uuid:b,Somebody,rejected\n\
         2024-03-10T03:00:00.000Z,9,swift,,no,uuid:c,Somebody,\n",
    )
    .expect("a file");
    fs::write(at("form.toml"), "id = \"voting\"\n[[item]]\nid = \"seal\"\n").expect("a file");
    fs::write(
        at("election.toml"),
        "title = \"T\"\n[[contest]]\nid = \"c\"\n[[contest.release]]\nid = \"final\"\npublisher = \"P\"\n\
         [[table]]\nfile = \"stations.csv\"\n[table.map]\nstation = \"station\"\nshare-of = \"valid\"\n\
         areas = [{ level = \"district\", column = \"district\" }]\n[table.map.options]\n\
         list = [{ name = \"A\", votes = \"A\" }, { name = \"B\", votes = \"B\" }]\n\
         [[observers]]\npublisher = \"O\"\n[[observers.form]]\ndefinition = \"form.xlsx\"\nfile = \"export.csv\"\nlayout = \"odk\"\n",
    )
    .expect("a file");
    assert_eq!(adil(&["form", "write", text(&at("form.toml")), "-o", text(&at("form.xlsx"))]).status, 0);
    let call = adil(&["form", "answers", text(&at("election.toml")), "-o", text(&at("out"))]);
    assert_eq!(call.status, 0, "{}", call.err);
    assert!(call.out.contains("1 visits"), "{}", call.out);
    assert!(
        call.out.contains("1 rows were set aside") && call.out.contains("1 rows had been rejected"),
        "{}",
        call.out
    );
    let written = fs::read_to_string(at("out/voting.csv")).expect("answers");
    let expected = "meta-instanceID,meta-deprecatedID,station,arrived,left,access,overall,seal\n\
                    1,,Hill / 1,2024-03-10T02:00:00Z,,,,yes\n";
    assert_eq!(written, expected);
}

#[test]
fn bad_forms_end_with_status_2_and_a_place() {
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "forms-bad");
    let cases = [
        ("type.csv", "survey,,\n,type,name\n,intger,a\n", "type.csv: sheet survey, row 3, column type: \"intger\""),
        ("none.csv", "a,b\n1,2\n", "none.csv: has no sheet \"survey\""),
        ("words.toml", "id = 'a'\n[[item]]\nid = 'x'\nkind = 'perhaps'\n", "words.toml: line 4"),
    ];
    for (name, content, expected) in cases {
        let file = folder.join(name);
        fs::write(&file, content).expect("a file");
        let call = adil(&["form", "read", text(&file)]);
        assert_eq!(call.status, 2, "{name}");
        assert!(call.err.contains(expected), "{}", call.err);
    }
    let [form, out] = ["form.toml", "form.doc"].map(|name| folder.join(name));
    fs::write(&form, "id = 'a'\n[[item]]\nid = 'x'\n").expect("a file");
    let call = adil(&["form", "write", text(&form), "-o", text(&out)]);
    assert!(call.status == 2 && call.err.contains(".xlsx, .csv or .toml"), "{}", call.err);
    let call = adil(&["form", "write", text(&form), "-o", text(&form)]);
    assert!(call.status == 2 && call.err.contains("is already there"), "{}", call.err);
}
