//! # bundle/log
//!
//! Says whether a published bundle is in the log of its publisher's bundles, and which came before and after it.
//!
//! **What it looks at.** The folder `log` of a bundle that `adil publish --log` made, and the signed note that names an entry of it (rules P17, P18
//! and P23 of `docs/spec/bundle.md`).
//!
//! **Formula.** Every hash of the tree is computed anew up to the root of the signed checkpoint, so that the entry is included and the log of
//! every earlier size is its beginning (RFC 6962, section 2.1). The entry that the note names is SHA-256(`manifest.json`); every entry names the
//! manifest of the one before it.
//!
//! **Null model.** None: it is proof.
//!
//! **When it is wrong.** The copy of the log in the bundle is as old as the bundle, so that later bundles are not in it, unless somebody put a newer
//! copy there. A publisher who shows different logs to different people is noticed only where two of them compare checkpoints
//! (`adil log compare`), or where witnesses cosign.
//!
//! **What may not be concluded.** When a bundle was published: an entry has an order and no time that others vouch for. That there is no other
//! bundle outside the log.
//!
//! **References.** C2SP tlog-tiles and tlog-checkpoint; RFC 6962; `docs/spec/log.md`.

use adil_finding::{CheckId, Finding, Measure, Message, Reason, Unit, Verdict};
use adil_record::{Bundle, BundleLog, Record};

use super::{finding, publisher, whose};
use crate::{Check, Claim, Page, Settings};

/// The check.
pub(crate) struct Log;

const ID: CheckId = CheckId("bundle/log");

impl Check for Log {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("log.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[]
    }

    fn run_bundle(&self, record: &Record, bundle: &Bundle, _: &Settings) -> Vec<Finding> {
        vec![found(record, bundle)]
    }
}

fn found(record: &Record, bundle: &Bundle) -> Finding {
    let said = |id| Message::new(id).with("publisher", publisher(bundle));
    let contradicted = Verdict::Contradicted(whose(bundle));
    // Not `no-data`, of which the screen names only the checks: that a log is missing or old is said in full.
    let not_told = Verdict::Undecided(Reason::Descriptive);
    let mut measures = Vec::new();
    let (verdict, statement) = match &bundle.log {
        BundleLog::None => (not_told, said("bundle-log-none")),
        BundleLog::NotCompared => (not_told, said("bundle-log-not-compared")),
        BundleLog::Absent { entry } => (not_told, said("bundle-log-absent").with("entry", *entry)),
        BundleLog::Stale { entry, size } => {
            (not_told, said("bundle-log-stale").with("entry", *entry).with("entries", *size))
        }
        BundleLog::Broken(why) => (contradicted, said("bundle-log-broken").with("why", why.as_str())),
        BundleLog::OtherEntry { entry } => (contradicted, said("bundle-log-other-entry").with("entry", *entry)),
        BundleLog::OtherPrevious { entry } => (contradicted, said("bundle-log-other-previous").with("entry", *entry)),
        BundleLog::Holds { entry, size } => {
            let later = size.saturating_sub(entry + 1);
            let source = || Message::new("bundle-source-log");
            measures.push(Measure::count("bundles_logged", *size, Unit::Entries, source()));
            measures.push(Measure::count("bundles_later", later, Unit::Entries, source()));
            let id = if later == 0 { "bundle-log-last" } else { "bundle-log-followed" };
            (Verdict::Proven, said(id).with("entry", *entry).with("entries", *size).with("later", later))
        }
    };
    let mut finding = finding(ID, record, bundle, verdict, statement);
    finding.measures = measures;
    finding.caveats.push(Message::new("bundle-log-caveat"));
    finding
}
