//! The object of `--json`: its names are an interface, described by `docs/schema/report.schema.json`.
//!
//! Texts in it are English whatever `--lang` says, and figures are left out: what they draw is in the measures, or in
//! the page. Numbers are written in the shortest form that reads back as the same number.

use adil_finding::{
    Coverage, Evidence, Finding, InputFile, Interval, Measure, Place, Recheck, Report, Subject, Value, Verdict,
};
use serde_json::{Map, Number, Value as Json, json as object};

use crate::questions::{Answered, answered};
use crate::{Language, Texts};

/// The report as one JSON object, indented, with a line break at the end.
pub fn json(report: &Report) -> String {
    let texts = Texts::new(Language::En);
    let mut whole = object!({
        "adil": env!("CARGO_PKG_VERSION"),
        "record": record(report),
        "seed": report.seed,
        "coverage": report.coverage.iter().map(|coverage| technique(coverage, &texts)).collect::<Vec<_>>(),
        "findings": report.findings.iter().map(|one| finding(one, &texts)).collect::<Vec<_>>(),
    });
    if !report.questions.is_empty() {
        whole["questions"] = questions(report, &texts);
    }
    // Its maps have text keys and its numbers are finite, so writing cannot fail.
    format!("{whole:#}\n")
}

/// The questions of the record: what was found stands under `findings`, and is named here by its place there.
fn questions(report: &Report, texts: &Texts) -> Json {
    let language = Language::En.to_string();
    let place = |found: &Finding| report.findings.iter().position(|other| std::ptr::eq(other, found));
    let of_one = |answered: Answered<'_>| {
        let mut one = Map::new();
        put(&mut one, "question", answered.question.text.in_language(&language));
        one.insert("findings".to_owned(), answered.findings.iter().filter_map(|found| place(found)).collect());
        let statements = answered.findings.iter().map(|found| texts.format(&found.statement));
        one.insert("statements".to_owned(), statements.collect());
        one.insert("nothing_to_look_at".to_owned(), answered.silent.iter().map(|check| (*check).to_owned()).collect());
        one.insert("techniques".to_owned(), answered.techniques.iter().map(|of| technique(of, texts)).collect());
        put_some(&mut one, "note", answered.question.note.as_ref().map(|note| note.in_language(&language)));
        put_some(&mut one, "source", answered.question.source.as_ref());
        Json::Object(one)
    };
    answered(report).into_iter().map(of_one).collect()
}

fn record(report: &Report) -> Json {
    let mut record = Map::new();
    put(&mut record, "title", &report.title);
    put_some(&mut record, "date", report.date.as_ref());
    record.insert("inputs".to_owned(), report.inputs.iter().map(input).collect());
    if !report.passed_over.is_empty() {
        let passed = report.passed_over.iter().map(|passed| object!({ "path": passed.path, "why": passed.why }));
        record.insert("passed_over".to_owned(), passed.collect());
    }
    Json::Object(record)
}

pub(crate) fn input(input: &InputFile) -> Json {
    let mut file = Map::new();
    put(&mut file, "path", &input.path);
    put(&mut file, "sha256", &input.sha256);
    file.insert("bytes".to_owned(), input.bytes.into());
    if let Some(rows) = input.rows {
        file.insert("rows".to_owned(), rows.into());
    }
    Json::Object(file)
}

fn technique(coverage: &Coverage, texts: &Texts) -> Json {
    object!({
        "technique": coverage.technique.id(),
        "status": coverage.status.id(),
        "checks": coverage.checks.iter().map(|check| check.0).collect::<Vec<_>>(),
        "needs": coverage.needs.iter().map(|need| texts.format(need)).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding, texts: &Texts) -> Json {
    let mut object = Map::new();
    put(&mut object, "check", finding.check.0);
    put(&mut object, "verdict", finding.verdict.id());
    put_some(&mut object, "reason", finding.verdict.reason().map(|reason| reason.id()));
    if let Verdict::Contradicted(whose) = finding.verdict {
        put(&mut object, "whose", whose.id());
    }
    object.insert("subject".to_owned(), subject(&finding.subject));
    put(&mut object, "statement", texts.format(&finding.statement));
    object.insert("caveats".to_owned(), finding.caveats.iter().map(|caveat| texts.format(caveat)).collect());
    let finite = || finding.measures.iter().filter_map(|measure| Some((measure, value(&measure.value)?)));
    let measures = finite().map(|(measure, value)| (measure.name.to_owned(), value));
    object.insert("measures".to_owned(), Json::Object(measures.collect()));
    let about = finite().map(|(measure, _)| (measure.name.to_owned(), about(measure, texts)));
    object.insert("about".to_owned(), Json::Object(about.collect()));
    object.insert("evidence".to_owned(), finding.evidence.iter().map(|one| evidence(one, texts)).collect());
    if !finding.recheck.is_empty() {
        object.insert("recheck".to_owned(), finding.recheck.iter().map(|step| recheck(step, texts)).collect());
    }
    Json::Object(object)
}

fn recheck(step: &Recheck, texts: &Texts) -> Json {
    let mut object = Map::new();
    put(&mut object, "statement", texts.format(&step.text));
    put_some(&mut object, "command", step.command.as_ref());
    Json::Object(object)
}

/// Only the parts that apply.
fn subject(subject: &Subject) -> Json {
    let mut object = Map::new();
    put_some(&mut object, "contest", subject.contest.as_ref());
    put_some(&mut object, "region", subject.region.as_ref());
    put_some(&mut object, "station", subject.station.as_ref());
    put_some(&mut object, "side", subject.side.as_ref());
    if !subject.statements.is_empty() {
        let statements = subject.statements.iter().map(|statement| {
            let mut object = Map::new();
            put(&mut object, "publisher", &statement.publisher);
            put(&mut object, "text", &statement.text);
            put_some(&mut object, "time", statement.time.as_ref());
            put_some(&mut object, "source", statement.source.as_ref());
            Json::Object(object)
        });
        object.insert("statements".to_owned(), statements.collect());
    }
    put_some(&mut object, "event", subject.event.as_ref());
    put_some(&mut object, "tracker", subject.tracker.as_ref());
    Json::Object(object)
}

fn about(measure: &Measure, texts: &Texts) -> Json {
    let mut object = Map::new();
    put(&mut object, "unit", measure.unit.id());
    if let Some(interval) = measure.interval.as_ref().and_then(|interval| self::interval(interval, texts)) {
        object.insert("interval".to_owned(), interval);
    }
    put(&mut object, "source", texts.format(&measure.source));
    Json::Object(object)
}

fn interval(interval: &Interval, texts: &Texts) -> Option<Json> {
    let finite = |number: f64| Number::from_f64(number).map(Json::Number);
    Some(object!({
        "low": finite(interval.low)?,
        "high": finite(interval.high)?,
        "level": finite(interval.level)?,
        "method": texts.format(&interval.method),
    }))
}

fn evidence(evidence: &Evidence, texts: &Texts) -> Json {
    let mut object = Map::new();
    put(&mut object, "statement", texts.format(&evidence.statement));
    if let Some(place) = &evidence.place {
        object.insert("place".to_owned(), self::place(place));
    }
    let values = evidence.values.iter().filter_map(|(name, value)| Some(((*name).to_owned(), self::value(value)?)));
    object.insert("values".to_owned(), Json::Object(values.collect()));
    Json::Object(object)
}

pub(crate) fn place(place: &Place) -> Json {
    let mut object = Map::new();
    put(&mut object, "input", &place.input);
    if let Some(row) = place.row {
        object.insert("row".to_owned(), row.into());
    }
    put_some(&mut object, "column", place.column.as_ref());
    Json::Object(object)
}

/// A bare value; `None` for a number that is not finite, which says nothing and is left out with its name.
fn value(value: &Value) -> Option<Json> {
    match value {
        Value::Count(count) => Some((*count).into()),
        Value::Real(number) => Number::from_f64(*number).map(Json::Number),
        Value::Text(text) => Some(text.as_str().into()),
        Value::List(list) => list.iter().map(self::value).collect::<Option<Vec<_>>>().map(Json::Array),
    }
}

fn put(object: &mut Map<String, Json>, name: &str, text: impl AsRef<str>) {
    object.insert(name.to_owned(), Json::String(text.as_ref().to_owned()));
}

fn put_some(object: &mut Map<String, Json>, name: &str, text: Option<impl AsRef<str>>) {
    if let Some(text) = text {
        put(object, name, text);
    }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
