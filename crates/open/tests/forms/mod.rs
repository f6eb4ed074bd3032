//! Forms held to pyxform, which every server for telephones converts them with.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use adil_open::{Limits, open_form, written_workbook};
use adil_record::xlsform::{self, WhyPassed, XlsForm};
use adil_record::{Form, ItemKind};
use serde_json::Value;

const SHIPPED: [&str; 4] = ["opening", "voting", "count", "tabulation"];

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/forms").join(format!("{name}.toml"))
}

fn opened(path: &Path) -> XlsForm {
    open_form(path, &Limits::default()).unwrap_or_else(|error| panic!("{error}")).0
}

/// Converts XLSForms with pyxform and says what is in its XForms: warnings, and for each question its type, condition, whether it must
/// be answered, its choices, and its text in each language.
const CONVERT: &str = r#"
import json, sys
import xml.etree.ElementTree as E
from pyxform.xls2xform import convert
X, H = "{http://www.w3.org/2002/xforms}", "{http://www.w3.org/1999/xhtml}"
def one(path):
    made = convert(xlsform=path, validate=False)
    root = E.fromstring(made.xform.encode())
    model = root.find(H + "head").find(X + "model")
    texts = {}
    for t in model.iter(X + "translation"):
        texts[t.get("lang")] = {e.get("id"): e.find(X + "value").text for e in t.iter(X + "text")}
    label = lambda ref: {lang: of.get(ref) for lang, of in texts.items()}
    lists = {}
    for i in model.iter(X + "instance"):
        if i.get("id"):
            lists[i.get("id")] = [e.find(X + "name").text for e in i.iter(X + "item")]
    binds = {b.get("nodeset"): b for b in model.iter(X + "bind")}
    found = {}
    for e in root.iter():
        kind = e.tag.split("}")[1]
        if kind in ("input", "select1", "select"):
            b = binds[e.get("ref")]
            own = e.find(X + "label")
            ref = (own.get("ref") or "")[len("jr:itext('"):-2] if own.get("ref") else None
            sets = e.find(X + "itemset")
            choices = lists[sets.get("nodeset").split("'")[1]] if sets is not None else [x.find(X + "value").text for x in e.iter(X + "item")]
            found[e.get("ref").split("/")[-1]] = {"kind": kind, "type": b.get("type"), "relevant": b.get("relevant"),
                "required": b.get("required"), "choices": choices, "labels": label(ref) if ref else {"": own.text}}
    return {"warnings": made.warnings, "questions": found, "title": root.find(H + "head").find(H + "title").text}
json.dump([one(path) for path in sys.argv[1:]], sys.stdout)
"#;

fn converted(python: &Path, files: &[PathBuf]) -> Vec<Value> {
    let output = Command::new(python).args(["-c", CONVERT]).args(files).output().expect("python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("a list of forms")
}

/// Holds what pyxform found to a form.
fn agree(found: &Value, form: &Form) {
    assert_eq!(found["warnings"], Value::Array(Vec::new()), "{}", form.id);
    assert_eq!(found["title"], form.title.as_str());
    let questions = found["questions"].as_object().expect("questions");
    let blanks = ["not_observed", "not_applicable", "refused"];
    for item in &form.items {
        let question = &questions[&item.id];
        let (kind, of) = match &item.kind {
            ItemKind::OneOf(_) => ("select1", "string"),
            ItemKind::SeveralOf(_) => ("select", "string"),
            ItemKind::Count => ("input", "int"),
            ItemKind::Clock => ("input", "time"),
            ItemKind::Text => ("input", "string"),
        };
        assert_eq!((&question["kind"], &question["type"]), (&Value::from(kind), &Value::from(of)), "{}", item.id);
        let choices = item.kind.choices();
        let offered: Vec<&str> = choices.iter().map(String::as_str).chain(blanks).collect();
        let offered = if choices.is_empty() { Vec::new() } else { offered };
        assert_eq!(question["choices"], Value::from(offered), "{}", item.id);
        // pyxform writes the path of a question, with blanks around it, for `${name}`.
        let condition = question["relevant"].as_str().map(|text| {
            text.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ").replace("/data/", "/")
        });
        let expected = item.relevant.as_ref().map(|text| text.replace("${", "/").replace('}', ""));
        let last = |text: String| text.replace(&format!("/{}/", form.id), "/");
        assert_eq!(condition.map(last), expected, "{}", item.id);
        let may_be_empty = matches!(item.kind, ItemKind::Count | ItemKind::Clock);
        let must = question["required"] == "true()";
        assert_eq!(must, item.required && !may_be_empty, "{}", item.id);
        for language in form.language.iter().chain(item.translations.keys()) {
            assert_eq!(question["labels"][language], item.text_in(language), "{} in {language}", item.id);
        }
        assert_eq!(questions.contains_key(&format!("{}_blank", item.id)), may_be_empty, "{}", item.id);
    }
    for field in ["station", "observer", "arrived", "left", "access", "overall"] {
        assert!(questions.contains_key(field), "{field}");
    }
}

#[test]
fn shipped_forms_are_whole_and_the_same_from_every_format() {
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "forms-shipped");
    for name in SHIPPED {
        let form = opened(&shipped(name)).form;
        assert_eq!(form.id, name);
        assert_eq!(form.stage.map(adil_record::Stage::word), Some(name));
        for item in &form.items {
            let languages: Vec<&str> = item.translations.keys().map(String::as_str).collect();
            assert_eq!(languages, ["Kazakh (kk)", "Russian (ru)"], "{name}: {}", item.id);
            // What can be out of order says what obligation it is of.
            assert!(item.in_order.is_empty() || item.obligation.is_some(), "{name}: {}", item.id);
        }
        let sheets = xlsform::write(&form).expect("sheets");
        let bytes = written_workbook(&sheets).expect("a workbook");
        assert_eq!(written_workbook(&sheets).expect("a workbook"), bytes, "the same form gives the same bytes");
        let formats =
            [("xlsx", bytes), ("csv", xlsform::flat(&sheets).into_bytes()), ("toml", form.print().into_bytes())];
        for (ending, bytes) in formats {
            let file = folder.join(format!("{name}.{ending}"));
            fs::write(&file, bytes).expect("a file");
            assert_eq!(opened(&file).form, form, "{name}.{ending}");
        }
    }
}

#[test]
fn pyxform_finds_in_our_forms_what_we_wrote() {
    let Some(python) = adil_outside::pyxform("pyxform_finds_in_our_forms_what_we_wrote") else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "forms-pyxform");
    let mut files = Vec::new();
    let forms: Vec<Form> = SHIPPED.iter().map(|name| opened(&shipped(name)).form).collect();
    for form in &forms {
        let sheets = xlsform::write(form).expect("sheets");
        let [book, table] = ["xlsx", "csv"].map(|ending| folder.join(format!("{}.{ending}", form.id)));
        fs::write(&book, written_workbook(&sheets).expect("a workbook")).expect("a file");
        fs::write(&table, xlsform::flat(&sheets)).expect("a file");
        files.extend([book, table]);
    }
    let found = converted(&python, &files);
    assert_eq!(found.len(), 2 * forms.len());
    for (pair, form) in found.chunks(2).zip(&forms) {
        pair.iter().for_each(|found| agree(found, form));
    }
}

/// Sheets of another's hand, written by openpyxl and converted by pyxform before we read them.
const OTHERS: &str = r#"
import sys, openpyxl
from pyxform.xls2xform import convert
book = openpyxl.Workbook()
survey = book.active
survey.title = "survey"
for row in [
    ["type", "name", "label::Қазақша (kk)", "label::Русский (ru)", "required", "relevant", "appearance", "adil_code"],
    ["start", "start"], ["deviceid", "deviceid"],
    ["text", "station", "Учаске", "Участок", "yes"],
    ["begin_group", "box", "Жәшік", "Ящик", None, "${station} != ''", "field-list"],
    ["select_one seal", "seal", "Мөр", "Пломба", "true", None, None, "V5"],
    ["select_multiple who or_other", "who", "Кім", "Кто"],
    ["end_group"],
    ["begin_repeat", "boxes", "Жәшіктер", "Ящики"], ["integer", "slot", "Саңылау", "Щель"], ["end_repeat"],
    ["integer", "waiting", "Кезек", "Очередь", None, "${seal} = 'whole'"],
    ["geopoint", "where", "Қайда", "Где"], ["note", "thanks", "Рахмет", "Спасибо"],
]:
    survey.append(row)
choices = book.create_sheet("choices")
for row in [["list_name", "name", "label::Қазақша (kk)", "label::Русский (ru)"],
            ["seal", "whole", "Бүтін", "Цела"], ["seal", "broken", "Бұзылған", "Сломана"], ["seal", "refused", "Бас тарту", "Отказ"],
            ["who", 1, "Полиция", "Полиция"], ["who", 2, "Өкіл", "Агент"]]:
    choices.append(row)
settings = book.create_sheet("settings")
settings.append(["form_id", "form_title", "version", "default_language"])
settings.append(["theirs", "Ашылу", 20240310, "Русский (ru)"])
book.save(sys.argv[1])
convert(xlsform=sys.argv[1], validate=False)
"#;

#[test]
fn a_form_of_others_that_pyxform_takes_is_read() {
    let Some(python) = adil_outside::pyxform("a_form_of_others_that_pyxform_takes_is_read") else { return };
    let folder = adil_outside::scratch(env!("CARGO_TARGET_TMPDIR"), "forms-others");
    let file = folder.join("theirs.xlsx");
    let output = Command::new(&python).args(["-c", OTHERS]).arg(&file).output().expect("python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = opened(&file);
    let form = &found.form;
    assert_eq!(
        (form.id.as_str(), form.version.as_str(), form.language.as_deref()),
        ("theirs", "20240310", Some("Русский (ru)"))
    );
    let kinds: BTreeMap<&str, &ItemKind> = form.items.iter().map(|item| (item.id.as_str(), &item.kind)).collect();
    let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
    assert_eq!(kinds["seal"], &ItemKind::OneOf(words(&["whole", "broken"])));
    assert_eq!(kinds["who"], &ItemKind::SeveralOf(words(&["1", "2", "other"])));
    assert_eq!((kinds["waiting"], kinds.len()), (&ItemKind::Count, 3));
    assert_eq!(form.items[0].relevant.as_deref(), Some("${station} != ''"));
    assert_eq!(form.items[0].text_in("Қазақша (kk)"), "Мөр");
    let passed: Vec<(u64, WhyPassed)> = found.passed_over.iter().map(|row| (row.row, row.why)).collect();
    let expected = [
        (2, WhyPassed::Times),
        (3, WhyPassed::Personal),
        (4, WhyPassed::Field),
        (10, WhyPassed::Repeated),
        (13, WhyPassed::Place),
        (14, WhyPassed::Note),
    ];
    assert_eq!(passed, expected);
    assert_eq!(found.unread, ["survey: appearance"]);
    // Written by us, it is still what pyxform takes.
    let again = folder.join("ours.xlsx");
    let sheets = xlsform::write(form).expect("sheets");
    fs::write(&again, written_workbook(&sheets).expect("a workbook")).expect("a file");
    agree(&converted(&python, &[again])[0], form);
}
