//! Checks of bundles: whether a published record is the one that its publisher signed, and in what order bundles were published.

mod log;
mod manifest;
#[cfg(test)]
mod tests;

pub(crate) use log::Log;
pub(crate) use manifest::Manifest;

use adil_finding::{CheckId, Finding, Message, StatementRef, Subject, Verdict, Whose};
use adil_record::{Bundle, PublisherKind, Record};

/// Who publishes a bundle, where its manifest can be read.
fn publisher(bundle: &Bundle) -> &str {
    bundle.manifest.as_ref().map_or(bundle.folder.as_str(), |manifest| manifest.publisher.as_str())
}

/// Whose statement a bundle is: of those who ran the election only where its manifest says so.
fn whose(bundle: &Bundle) -> Whose {
    match &bundle.manifest {
        Ok(manifest) if manifest.kind == PublisherKind::Organiser => Whose::Organisers,
        _ => Whose::ThirdParties,
    }
}

fn finding(check: CheckId, record: &Record, bundle: &Bundle, verdict: Verdict, statement: Message) -> Finding {
    let mut subject = Subject::contest(&record.title);
    let publisher = publisher(bundle).to_owned();
    subject.statements.push(StatementRef { publisher, text: String::new(), time: None, source: None });
    Finding::new(check, verdict, subject, statement)
}
