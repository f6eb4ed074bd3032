use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::*;
use crate::observers::form::Translation;
use crate::observers::{FormItem, IncidentCode, ItemKind, Stage};

fn sheet(name: &str, rows: &[&[&str]]) -> Sheet {
    let rows = rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect());
    Sheet { name: name.to_owned(), rows: (1..).zip(rows).collect() }
}

const CHOICES: &[&[&str]] = &[
    &["list name", "name", "label::English (en)", "label::Russian (ru)"],
    &["seal", "whole", "Whole", "Цела"],
    &["seal", "broken", "Broken", "Сломана"],
    &["seal", "not_observed", "Not seen", "Не видно"],
    &["who", "police", "Police", "Полиция"],
    &["who", "agent", "Agent", ""],
];

#[test]
fn an_xlsform_is_read_and_what_is_passed_over_is_told() {
    let survey = sheet(
        "survey",
        &[
            &[
                "type",
                "name",
                "label::English (en)",
                "label::Russian (ru)",
                "relevant",
                "required",
                "adil_in_order",
                "adil_code",
                "hint",
            ],
            &["start", "start"],
            &["text", "station", "Station"],
            &["deviceid", "device"],
            &["begin group", "box", "The box", "", "${access} != 'refused'"],
            &["select_one seal", "seal", "The seal?", "Пломба?", "", "yes", "whole", "V5"],
            &["time", "sealed_at", "When?", "", "${seal} = 'whole'"],
            &["geopoint", "place", "Where?"],
            &["end group"],
            &["select multiple who or_other", "present", "Who else?"],
            &["begin repeat", "queue", "Queue"],
            &["integer", "waiting", "How many?"],
            &["end repeat", ""],
            &["integer", "voters", "How many voted?"],
            &["decimal", "share", "What share?"],
            &["note", "thanks", "Thank you"],
        ],
    );
    let settings = sheet(
        "settings",
        &[&["form_id", "form_title", "version", "adil_stage"], &["opening", "Opening", "7", "opening"]],
    );
    let found = read(&[survey, sheet("choices", CHOICES), settings], "file").expect("a form");
    let form = &found.form;
    assert_eq!((form.id.as_str(), form.title.as_str(), form.version.as_str()), ("opening", "Opening", "7"));
    assert_eq!((form.stage, form.language.as_deref()), (Some(Stage::Opening), Some("English (en)")));
    let ids: Vec<&str> = form.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["seal", "sealed_at", "present", "voters"]);
    let [seal, at, present, _] = &form.items[..] else { panic!("four items") };
    assert_eq!(seal.kind, ItemKind::OneOf(vec!["whole".to_owned(), "broken".to_owned()]));
    assert_eq!((seal.in_order.as_slice(), seal.code, seal.required), (&[0][..], Some(IncidentCode::Stuffing), true));
    assert_eq!(seal.label_in("whole", "Russian (ru)", "English (en)"), "Цела");
    assert_eq!(seal.text_in("Russian (ru)"), "Пломба?");
    assert_eq!(at.relevant.as_deref(), Some("(${access} != 'refused') and (${seal} = 'whole')"));
    assert_eq!(present.kind, ItemKind::SeveralOf(["police", "agent", "other"].map(str::to_owned).to_vec()));
    let passed: Vec<(u64, WhyPassed)> = found.passed_over.iter().map(|row| (row.row, row.why)).collect();
    let expected = [
        (2, WhyPassed::Times),
        (3, WhyPassed::Field),
        (4, WhyPassed::Personal),
        (8, WhyPassed::Place),
        (12, WhyPassed::Repeated),
        (15, WhyPassed::Decimal),
        (16, WhyPassed::Note),
    ];
    assert_eq!(passed, expected);
    assert_eq!(found.unread, ["survey: hint"]);
}

#[test]
fn an_error_names_sheet_row_and_column() {
    let of = |rows: &[&[&str]]| {
        read(&[sheet("survey", rows), sheet("choices", CHOICES)], "f").expect_err("no form").to_string()
    };
    let header: &[&str] = &["type", "name", "label", "adil_code", "adil_in_order"];
    assert_eq!(of(&[&["type", "label"]]), "sheet survey: has no column \"name\"; it has type, label");
    assert_eq!(
        of(&[header, &["intger", "a"]]),
        "sheet survey, row 2, column type: \"intger\" is no type of XLSForm, or names no list"
    );
    assert!(
        of(&[header, &["select_one nothing", "a"]])
            .starts_with("sheet survey, row 2, column type: the sheet choices has no list")
    );
    assert!(
        of(&[header, &["text", "a", "", "V9"]])
            .starts_with("sheet survey, row 2, column adil_code: \"V9\" is none of V1")
    );
    assert!(of(&[header, &["select_one seal", "a", "", "", "torn"]]).contains("column adil_in_order: \"torn\""));
    assert!(of(&[header, &["text", "a"], &["text", "a"]]).starts_with("sheet survey, row 2, column name: two items"));
    assert!(of(&[header, &["begin group", "g"]]).ends_with("begins a group that is not ended"));
    assert!(of(&[header, &["begin group", "g"], &["end repeat"]]).starts_with("sheet survey, row 3"));
    assert!(of(&[header, &["text", ""]]).ends_with("the question has no name"));
    assert!(of(&[header, &["", "a"]]).ends_with("\"a\" has no type"));
    assert!(of(&[&["type", "name", "name"]]).starts_with("sheet survey, row 1, column name: another column"));
    let none = read(&[sheet("Sheet1", &[])], "f").expect_err("no form").to_string();
    assert_eq!(none, "has no sheet \"survey\", which an XLSForm has; it has Sheet1");
}

#[test]
fn what_a_short_file_makes_long_is_refused() {
    // A list of 200 choices whose labels have 1,000 letters, asked 200 times: 40 MB of a file of 200 KB.
    let label = "l".repeat(1000);
    let names: Vec<String> = (0..200).map(|number| format!("c{number}")).collect();
    let questions: Vec<String> = (0..200).map(|number| format!("q{number}")).collect();
    let mut choices: Vec<Vec<&str>> = vec![vec!["list_name", "name", "label"]];
    choices.extend(names.iter().map(|name| vec!["c", name.as_str(), label.as_str()]));
    let mut survey: Vec<Vec<&str>> = vec![vec!["type", "name"]];
    survey.extend(questions.iter().map(|name| vec!["select_one c", name.as_str()]));
    let of = |name: &str, rows: &[Vec<&str>]| sheet(name, &rows.iter().map(Vec::as_slice).collect::<Vec<_>>());
    let error = read(&[of("survey", &survey), of("choices", &choices)], "f").expect_err("too long").to_string();
    assert!(error.ends_with("with it the form has more than 16777216 bytes of texts"), "{error}");
    let deep: Vec<Vec<&str>> =
        std::iter::once(vec!["type", "name"]).chain(vec![vec!["begin group", "g"]; 65]).collect();
    let error = read(&[of("survey", &deep)], "f").expect_err("too deep").to_string();
    assert_eq!(error, "sheet survey, row 66, column type: more than 64 groups in one another");
}

#[test]
fn no_cell_is_a_formula_and_what_is_guarded_is_read_as_it_was() {
    for text in ["=1+1", "+x", "-x", "@x", "'=1", "''-1", "＝1", "'plain", "a=b", ""] {
        let written = cell(text);
        assert!(!written.starts_with(['=', '+', '-', '@', '＝']), "{written}");
        assert_eq!(sheet::text_of(&written), text);
    }
    assert_eq!((cell("=1"), cell("a\u{1}")), ("'=1".to_owned(), "a\u{fffd}".to_owned()));
}

#[test]
fn a_form_that_no_xlsform_can_say_is_refused() {
    let of = |text: &str| write(&Form::parse(text).expect("a form")).expect_err("unsayable").to_string();
    assert!(of("id = 'a'\n[[item]]\nid = 'two words'").contains("a name is a letter"));
    assert!(of("id = 'a'\n[[item]]\nid = 'station'").contains("every visit has a field"));
    assert!(of("id = 'a'\n[[item]]\nid = 'x'\nchoices = ['not so', 'b']").contains("has a space"));
    assert!(of("id = 'a'\n[[item]]\nid = 'x'\nrelevant = \"${y} = 'yes'\"").contains("${y}"));
    assert!(of("id = 'a'\n[[item]]\nid = 'x'\nkind = 'count'\n[[item]]\nid = 'x_blank'").contains("why it is blank"));
}

fn text() -> impl Strategy<Value = String> {
    "[=+@'а-яa-z,\"\\-][ -~а-я\n]{0,12}[a-zа-я?\"']".prop_map(|text| text.trim().to_owned())
}

fn kind() -> impl Strategy<Value = ItemKind> {
    let choices = prop_oneof![
        Just(vec!["yes".to_owned(), "no".to_owned()]),
        Just(["1", "2", "3", "4"].map(str::to_owned).to_vec()),
        proptest::collection::btree_set("[a-z][a-z0-9_-]{0,6}", 2..6)
            .prop_map(|set| set.into_iter().collect::<Vec<_>>()),
    ];
    prop_oneof![
        choices.clone().prop_map(ItemKind::OneOf),
        choices.prop_map(ItemKind::SeveralOf),
        Just(ItemKind::Count),
        Just(ItemKind::Clock),
        Just(ItemKind::Text),
    ]
}

fn languages() -> impl Strategy<Value = String> {
    prop_oneof![Just("Russian (ru)"), Just("Kazakh (kk)"), Just("French (fr)")].prop_map(str::to_owned)
}

fn item() -> impl Strategy<Value = FormItem> {
    let code = proptest::option::of(proptest::sample::select(IncidentCode::ALL));
    let words = (text(), proptest::option::of(text()), proptest::option::of(text()), any::<bool>());
    let labels = || vec(proptest::option::of(text()), 6);
    let translations = btree_map(languages(), (proptest::option::of(text()), labels()), 0..3);
    (kind(), code, words, labels(), translations, any::<u8>()).prop_map(
        |(kind, code, words, labels, translations, order)| {
            let of = |labels: Vec<Option<String>>| {
                let pairs = kind.choices().iter().cloned().zip(labels);
                pairs.filter_map(|(choice, label)| Some((choice, label?))).collect()
            };
            let (text, obligation, condition, required) = words;
            let in_order = match &kind {
                ItemKind::OneOf(choices) => (0..choices.len()).filter(|place| order >> (place % 8) & 1 == 1).collect(),
                _ => Vec::new(),
            };
            let translations = translations
                .into_iter()
                .map(|(language, (text, labels))| (language, Translation { text, labels: of(labels) }));
            FormItem {
                id: String::new(),
                text,
                in_order,
                code,
                obligation,
                relevant: condition.map(|text| format!("${{station}} != '{}'", text.replace("${", ""))),
                required,
                labels: of(labels),
                translations: translations.collect(),
                kind,
            }
        },
    )
}

fn form() -> impl Strategy<Value = Form> {
    let names = proptest::collection::btree_set("[a-z][a-zA-Z0-9.]{2,8}[0-9]", 5);
    let stage = proptest::option::of(proptest::sample::select(Stage::ALL));
    let language = proptest::option::of(prop_oneof![Just("English (en)".to_owned()), languages()]);
    (names, vec(item(), 0..5), text(), stage, language).prop_map(|(names, items, title, stage, language)| {
        let items = names.into_iter().zip(items).map(|(id, item)| FormItem { id, ..item }).collect();
        let form = Form { id: "form-1".to_owned(), title, version: "2026.1".to_owned(), stage, language, items };
        form.proved().expect("names differ and choices are few")
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_form_is_the_same_from_sheets_from_one_table_and_from_text(form in form()) {
        let sheets = write(&form).expect("a form that can be said");
        for (_, cells) in sheets.iter().flat_map(|sheet| &sheet.rows) {
            for cell in cells {
                prop_assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
            }
        }
        let found = read(&sheets, "file").expect("what is written is read");
        prop_assert_eq!(&found.form, &form);
        let rows = sheets.iter().flat_map(|sheet| {
            let title = std::iter::once((0, vec![sheet.name.clone()]));
            title.chain(sheet.rows.iter().map(|(row, cells)| (*row, [vec![String::new()], cells.clone()].concat())))
        });
        prop_assert_eq!(&read(&sheets_of_flat(rows), "file").expect("one table").form, &form);
        prop_assert_eq!(&Form::parse(&form.print()).expect("text"), &form);
    }
}
