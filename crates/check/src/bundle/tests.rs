use adil_finding::{Finding, Reason, Verdict, Whose};
use adil_record::{
    Bundle, BundleFault, BundleLog, BundleNote, Manifest as List, ManifestFile, PublisherKind, Record, Redaction,
};

use super::{Log, Manifest};
use crate::{Check, Settings};

fn bundle(kind: PublisherKind) -> Bundle {
    let file = ManifestFile { path: "election.toml".to_owned(), sha256: "0".repeat(64), bytes: 7 };
    Bundle {
        folder: "out".to_owned(),
        manifest: Ok(List::new("Observers", kind, "a+b+c", vec![file]).expect("a manifest")),
        digest: "1".repeat(64),
        faults: Vec::new(),
        note: BundleNote::Holds,
        redaction: Ok(Redaction::new(15, 0, Vec::new())),
        log: BundleLog::Holds { entry: 1, size: 2 },
        believed: None,
    }
}

fn found(check: &dyn Check, bundle: &Bundle) -> Finding {
    check.run_bundle(&Record::default(), bundle, &Settings::default()).remove(0)
}

#[test]
fn a_bundle_holds_with_the_key_that_is_believed_and_with_no_other() {
    let own = bundle(PublisherKind::Observer);
    assert_eq!(found(&Manifest, &own).statement.id, "bundle-holds-own-key");
    let believed = |key: &str| Bundle { believed: Some(key.to_owned()), ..own.clone() };
    assert_eq!(found(&Manifest, &believed("a+b+c")).statement.id, "bundle-holds");
    let other = found(&Manifest, &believed("a+b+d"));
    assert_eq!((other.verdict, other.statement.id), (Verdict::Contradicted(Whose::ThirdParties), "bundle-other-key"));
}

#[test]
fn a_departure_is_the_organisers_only_where_the_bundle_is() {
    for (kind, whose) in [
        (PublisherKind::Organiser, Whose::Organisers),
        (PublisherKind::Observer, Whose::ThirdParties),
        (PublisherKind::Press, Whose::ThirdParties),
    ] {
        let faults = vec![BundleFault::Extra { path: "voters.csv".to_owned() }];
        let found = found(&Manifest, &Bundle { faults, ..bundle(kind) });
        assert_eq!((found.verdict, found.statement.id), (Verdict::Contradicted(whose), "bundle-differs"));
        assert_eq!(found.evidence[0].statement.id, "bundle-file-extra");
    }
}

#[test]
fn every_state_of_a_log_has_its_verdict() {
    let not_told = Verdict::Undecided(Reason::Descriptive);
    let contradicted = Verdict::Contradicted(Whose::ThirdParties);
    for (log, verdict, id) in [
        (BundleLog::None, not_told, "bundle-log-none"),
        (BundleLog::Absent { entry: 0 }, not_told, "bundle-log-absent"),
        (BundleLog::NotCompared, not_told, "bundle-log-not-compared"),
        (BundleLog::Stale { entry: 3, size: 2 }, not_told, "bundle-log-stale"),
        (BundleLog::Broken("a tile".to_owned()), contradicted, "bundle-log-broken"),
        (BundleLog::OtherEntry { entry: 1 }, contradicted, "bundle-log-other-entry"),
        (BundleLog::OtherPrevious { entry: 1 }, contradicted, "bundle-log-other-previous"),
        (BundleLog::Holds { entry: 1, size: 2 }, Verdict::Proven, "bundle-log-last"),
        (BundleLog::Holds { entry: 0, size: 2 }, Verdict::Proven, "bundle-log-followed"),
    ] {
        let found = found(&Log, &Bundle { log: log.clone(), ..bundle(PublisherKind::Observer) });
        assert_eq!((found.verdict, found.statement.id), (verdict, id), "{log:?}");
    }
}
