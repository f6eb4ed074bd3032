//! Observers' files of a bundle, written from what was parsed, and the private mapping of names to numbers.

use adil_open::ForPublication;
use adil_record::{BundleNames, DescribedObservers, ObserverNames, Observers, RedactedFile, Redactor, rewritten_form};
use serde_json::{Map, Value, json};
use zeroize::Zeroizing;

use super::arguments::Publish;
use super::bundle::NewBundle;
use super::tables;
use crate::failure::Failure;

/// The folder of observers' files in a bundle.
pub(super) const FOLDER: &str = "observers/";

/// Writes them, and returns the mapping, which is for the private file of whoever publishes.
pub(super) fn put(
    parts: &ForPublication,
    arguments: &Publish,
    seed: &[u8; 32],
    bundle: &mut NewBundle,
    names: &mut BundleNames,
) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let tables = tables::tables(parts);
    let mut mappings = Vec::new();
    let all = parts.description.observers.iter().zip(&parts.opened.record.observers).zip(&parts.pseudonyms);
    for (number, ((described, observers), pseudonyms)) in (1..).zip(all) {
        // Organisations number their observers in different orders.
        let mut own = Zeroizing::new(*seed);
        own.iter_mut().zip(u64::to_be_bytes(number)).for_each(|(byte, of_number)| *byte ^= of_number);
        let redactor = Redactor::new(&observers.book, &tables, &own, arguments.round_minutes, arguments.min_observers);
        let mut identifiers = Vec::new();
        let left = put_one(described, observers, &redactor, number, bundle, &mut identifiers)?;
        names.observers.push(left);
        let pairs = (0..)
            .zip(pseudonyms)
            .filter_map(|(number, name)| Some((name.clone(), Value::from(redactor.pseudonym(number)?))));
        let (pseudonyms, publisher) = (pairs.collect::<Map<_, _>>(), &described.publisher);
        mappings.push(json!({ "publisher": publisher, "pseudonyms": pseudonyms, "identifiers": identifiers }));
    }
    let seed: String = seed.iter().map(|byte| format!("{byte:02x}")).collect();
    let mapping = json!({ "format": "adil-mapping/v1", "seed": seed, "observers": mappings });
    Ok(Zeroizing::new(serde_json::to_vec_pretty(&mapping).unwrap_or_default()))
}

/// The files of one organisation; `None` where nothing of it is left.
fn put_one(
    described: &DescribedObservers,
    observers: &Observers,
    redactor: &Redactor<'_>,
    number: u64,
    bundle: &mut NewBundle,
    identifiers: &mut Vec<Value>,
) -> Result<Option<ObserverNames>, Failure> {
    let mut names = ObserverNames::default();
    let folder = format!("{FOLDER}{number:03}");
    for (at, file) in (1..).zip(&observers.book.incidents) {
        let name = format!("{folder}/incidents-{at:03}.jsonl");
        let written = redactor.incidents(file, &name);
        let pairs = written.identifiers.into_iter().map(|(own, shown)| (own, Value::from(shown)));
        identifiers.push(json!({ "file": name, "identifiers": pairs.collect::<Map<_, _>>() }));
        if put_rows(&name, &written.text, written.redacted, bundle)? {
            names.incidents.push(name);
        }
    }
    for (at, form) in (1..).zip(&observers.book.forms) {
        let (definition, name) = (format!("{folder}/form-{at:03}.toml"), format!("{folder}/form-{at:03}.csv"));
        let mut written = redactor.form(form, &name);
        let text = rewritten_form(&form.form).filter(|_| written.redacted.rows > 0);
        // A form without questions is none, and its rows go with it.
        let Some(text) = text else {
            written.redacted.rows = 0;
            bundle.redact(written.redacted);
            continue;
        };
        put_rows(&name, &written.text, written.redacted, bundle)?;
        bundle.text(&definition, &text)?;
        names.forms.push((definition, name, written.station, written.columns));
    }
    if names.incidents.is_empty() && names.forms.is_empty() {
        return Ok(None);
    }
    if let Some(drawn) = &observers.assignment {
        let name = format!("{folder}/assignment.csv");
        let written = redactor.assignment(drawn, &name);
        if put_rows(&name, &written.text, written.redacted, bundle)? {
            names.assignment = Some(name);
        }
    }
    // What is wrong with the window was told when the description was read.
    names.from = described.window().ok().and_then(|window| window.from).map(|from| redactor.rounded(from));
    Ok(Some(names))
}

/// Writes a file that has rows; whether it has.
fn put_rows(name: &str, text: &str, redacted: RedactedFile, bundle: &mut NewBundle) -> Result<bool, Failure> {
    let has_rows = redacted.rows > 0;
    bundle.redact(redacted);
    if has_rows {
        bundle.text(name, text)?;
    }
    Ok(has_rows)
}
