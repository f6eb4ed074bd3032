//! What the fuzz targets call, so that ordinary tests replay their corpus through the same code.

mod ballots;
mod records;

use crate::{Board, BoardSource, Limits, Options, Part, Shard, ShardSummary, verify_shard};

pub use ballots::ballot_paths;
pub use records::{ELECTION, RECORDS, board_records};

/// Limits so small that a run is short.
const LIMITS: Limits = Limits {
    ballot_bytes: 1 << 20,
    record_bytes: 1 << 20,
    tree_bytes: 1 << 16,
    kept_bytes: 1 << 20,
    ciphertexts: 64,
    branches: 64,
    faults: 8,
};

/// Verifies whatever `bytes` are as the archive of a board; `None` where it is none, or exceeds a limit.
///
/// Two shards, written down and read again, must give what one run gives.
pub fn board_archive(bytes: &[u8]) -> Option<Board> {
    let source = bytes.to_vec();
    let whole = merged(&source, 1)?;
    let parts = merged(&source, 2)?;
    assert_eq!(whole.faults, parts.faults);
    assert_eq!(whole.facts, parts.facts);
    assert_eq!(whole.outcomes, parts.outcomes);
    assert_eq!((whole.tally_compared, whole.result_compared), (parts.tally_compared, parts.result_compared));
    for part in Part::ALL {
        let listed = whole.faults.of(part).count();
        assert!(listed as u64 <= whole.faults.count(part) && listed <= LIMITS.faults, "{listed} faults of {part:?}");
    }
    Some(whole)
}

fn merged(source: &dyn BoardSource, count: u64) -> Option<Board> {
    let options = Options { limits: LIMITS, engine: None, trackers: &[], progress: &|_, _| {} };
    let summary = |shard: Shard| {
        let summary = verify_shard(source, shard, &options).ok()?;
        let text = serde_json::to_string(&summary).expect("a summary can be written");
        Some(serde_json::from_str::<ShardSummary>(&text).expect("a summary can be read"))
    };
    let summaries =
        (1..=count).filter_map(|index| Shard::new(index, count)).map(summary).collect::<Option<Vec<_>>>()?;
    Some(ShardSummary::merge(summaries).expect("shards of one board can be merged"))
}
