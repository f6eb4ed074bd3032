//! # bundle/manifest
//!
//! Holds a published bundle to what its publisher signed, and says what was taken out of it.
//!
//! **What it looks at.** A folder that `adil publish` made: every file that lies in it, `manifest.json`, `bundle.note` and `redaction.json`
//! (rules P15, P16 and P20 to P22 of `docs/spec/bundle.md`).
//!
//! **Formula.** The files of the folder are those of the manifest, each with its SHA-256 and size, and no others; the note names
//! SHA-256(`manifest.json`), and its Ed25519 signature verifies under the key that the manifest names, which is the one given with `--key`
//! where one is.
//!
//! **Null model.** None: it is proof. Other bytes with the same SHA-256, or a signature without the key, are taken to be impossible.
//!
//! **When it is wrong.** Without `--key` the key is the bundle's own word: whoever changes the bundle can sign it with another key and name that
//! one. Compare the key with the one that the publisher makes known elsewhere.
//!
//! **What may not be concluded.** That what is in the bundle is true, or that it is all that the publisher has: the note says that it is what the
//! publisher signed. What was taken out is the publisher's own count.
//!
//! **References.** C2SP signed-note; `docs/spec/bundle.md`.

use adil_finding::{CheckId, Evidence, Finding, Measure, Message, Place, Reason, Unit, Value, Verdict};
use adil_record::{Bundle, BundleFault, BundleNote, Record, RedactionRule};

use super::{finding, publisher, whose};
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Manifest;

const ID: CheckId = CheckId("bundle/manifest");

impl Check for Manifest {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("manifest.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_bundle(&self, record: &Record, bundle: &Bundle, settings: &Settings) -> Vec<Finding> {
        vec![found(record, bundle, settings)]
    }
}

fn found(record: &Record, bundle: &Bundle, settings: &Settings) -> Finding {
    let contradicted = Verdict::Contradicted(whose(bundle));
    let said = |id| Message::new(id).with("publisher", publisher(bundle));
    let manifest = match &bundle.manifest {
        Ok(manifest) => manifest,
        Err(why) => {
            return finding(ID, record, bundle, contradicted, said("bundle-no-manifest").with("why", why.as_str()));
        }
    };
    let (files, key) = (manifest.files.len(), manifest.key.as_str());
    let believed = bundle.believed.as_deref();
    let (verdict, statement) = match (bundle.faults.first(), &bundle.note) {
        _ if believed.is_some_and(|believed| believed != key) => {
            (contradicted, said("bundle-other-key").with("key", key).with("believed", believed.unwrap_or_default()))
        }
        (Some(first), _) => {
            let count = bundle.faults.len();
            (contradicted, said("bundle-differs").with("count", count).with("files", files).with("first", first.path()))
        }
        (None, BundleNote::Broken(why)) => (contradicted, said("bundle-note-broken").with("why", why.as_str())),
        (None, BundleNote::OtherManifest { named }) => (
            contradicted,
            said("bundle-other-manifest").with("named", named.as_str()).with("digest", bundle.digest.as_str()),
        ),
        (None, BundleNote::Absent) => {
            (Verdict::Undecided(Reason::Descriptive), said("bundle-unsigned").with("files", files))
        }
        (None, BundleNote::Holds) => {
            let id = if believed.is_some() { "bundle-holds" } else { "bundle-holds-own-key" };
            (Verdict::Proven, said(id).with("files", files).with("key", key))
        }
    };
    let mut finding = finding(ID, record, bundle, verdict, statement);
    let bytes: u64 = manifest.files.iter().map(|file| file.bytes).sum();
    let source = || Message::new("bundle-source-manifest");
    finding.measures.extend([
        Measure::count("bundle_files", files as u64, Unit::Pure, source()),
        Measure::count("bundle_bytes", bytes, Unit::Pure, source()),
        Measure::count(
            "bundle_departures",
            bundle.faults.len() as u64,
            Unit::Pure,
            Message::new("bundle-source-folder"),
        ),
    ]);
    finding.evidence.extend(bundle.faults.iter().take(settings.listed).map(departure));
    redacted(bundle, &mut finding);
    finding.caveats.push(Message::new("bundle-caveat"));
    finding
}

fn departure(fault: &BundleFault) -> Evidence {
    let statement = match fault {
        BundleFault::Missing { path } => Message::new("bundle-file-missing").with("file", path.as_str()),
        BundleFault::Extra { path } => Message::new("bundle-file-extra").with("file", path.as_str()),
        BundleFault::Differs { path, expected, found } => Message::new("bundle-file-differs")
            .with("file", path.as_str())
            .with("expected", expected.as_str())
            .with("found", found.as_str()),
    };
    Evidence::new(statement).at(Place { input: fault.path().to_owned(), row: None, column: None })
}

/// What the publisher says to have taken out, over all files.
fn redacted(bundle: &Bundle, finding: &mut Finding) {
    let redaction = match &bundle.redaction {
        Ok(redaction) => redaction,
        Err(why) => {
            finding.evidence.push(Evidence::new(Message::new("bundle-no-redaction").with("why", why.as_str())));
            return;
        }
    };
    if redaction.files.is_empty() {
        finding.evidence.push(Evidence::new(Message::new("bundle-nothing-redacted")));
        return;
    }
    let steps = Message::new("bundle-steps")
        .with("minutes", u64::from(redaction.round_minutes))
        .with("observers", u64::from(redaction.min_observers));
    finding.evidence.push(Evidence::new(steps));
    for (rule, times) in redaction.totals() {
        let (id, number) = match rule.word().strip_prefix("row-set-aside-o") {
            Some(number) => ("redacted-row-set-aside", format!("O{number}")),
            None => (id_of(rule), String::new()),
        };
        let statement = Message::new(id).with("times", times).with("rule", number.as_str());
        let times = Value::Count(i64::try_from(times).unwrap_or(i64::MAX));
        finding.evidence.push(Evidence::new(statement).value("times", times));
    }
}

/// The sentence about a rule.
fn id_of(rule: RedactionRule) -> &'static str {
    match rule {
        RedactionRule::Identifier => "redacted-identifier",
        RedactionRule::Pseudonym => "redacted-pseudonym",
        RedactionRule::Note => "redacted-note",
        RedactionRule::Words => "redacted-words",
        RedactionRule::Question => "redacted-question",
        RedactionRule::Column => "redacted-column",
        RedactionRule::Time => "redacted-time",
        RedactionRule::TimeLeftOut => "redacted-time-left-out",
        RedactionRule::Station => "redacted-station",
        RedactionRule::Stratum => "redacted-stratum",
        RedactionRule::Place => "redacted-place",
        RedactionRule::FewObservers => "redacted-few-observers",
        RedactionRule::Reference => "redacted-reference",
        RedactionRule::Repeated => "redacted-repeated",
        RedactionRule::Line => "redacted-line",
        _ => "redacted-row-set-aside",
    }
}
