//! The ballots of a board or of a shard of it: which of them count, and whether they hold.

use std::collections::HashMap;
use std::ops::Range;

use adil_crypto::Group;
use rayon::prelude::*;

use super::setup::Setup;
use super::{BoardFacts, Options};
use crate::archive::{ArchiveError, BoardSource, Index, Kind, Records, base64};
use crate::ballot::{Arithmetic, BallotBytes, BallotContext, Shape};
use crate::tally::TallySum;
use crate::{Fault, Faults, Place, Rule};

/// The most ballots in a chunk: enough that decoding together pays, few enough that a small board still keeps all cores
/// busy.
const CHUNK: usize = 256;
/// The most commitments of a chunk, where a ballot has so many that its memory counts.
const CHUNK_COMMITMENTS: usize = 16_384;
/// The fewest ballots in a chunk where there are fewer than all threads could take.
const SMALLEST_CHUNK: usize = 32;
/// Bytes of ballots that are read before they are verified: at least this many, and more where many threads wait.
const BYTES_AHEAD: usize = 8 << 20;
const BYTES_AHEAD_FOR_EACH_THREAD: usize = 2 << 20;

/// Which ballots count.
pub(super) struct Counted {
    /// For each ballot, the position of its credential.
    pub(super) credentials: Vec<Option<u32>>,
    /// For each ballot, that which replaced it: itself where it counts, none where it stands out of order.
    pub(super) replaced_by: Vec<Option<u32>>,
}

impl Counted {
    /// The last ballot of every credential counts. A ballot that stands on the board twice is a fault.
    pub(super) fn of<G: Group>(index: &Index, setup: &Setup<G>, facts: &mut BoardFacts) -> Self {
        let position = |ballot: &crate::archive::BallotEntry| {
            setup.credentials.position(&ballot.credential).and_then(|position| u32::try_from(position).ok())
        };
        let credentials: Vec<Option<u32>> = index.ballots.iter().map(position).collect();
        let mut last: HashMap<u32, u32> = HashMap::new();
        let mut replaced_by = vec![None; credentials.len()];
        let mut in_order = 0;
        for (number, _) in index.ballots.iter().enumerate().rev().filter(|(_, ballot)| ballot.in_order) {
            in_order += 1;
            let Some(credential) = credentials[number] else { continue };
            let number32 = u32::try_from(number).unwrap_or(u32::MAX);
            replaced_by[number] = Some(*last.entry(credential).or_insert(number32));
        }
        let mut by_hash: Vec<u32> = (0..u32::try_from(index.ballots.len()).unwrap_or(u32::MAX)).collect();
        by_hash.sort_by_key(|&number| (index.ballots[number as usize].hash, number));
        let mut again: Vec<(u32, u32)> = by_hash
            .windows(2)
            .filter(|pair| index.ballots[pair[0] as usize].hash == index.ballots[pair[1] as usize].hash)
            .map(|pair| (pair[1], pair[0]))
            .collect();
        again.sort_unstable();
        for (later, earlier) in again {
            let (later, earlier) = (&index.ballots[later as usize], &index.ballots[earlier as usize]);
            let tracker = Some(base64(&later.hash));
            let place = Place { event: Some(later.height), tracker, ..Place::default() };
            facts.faults.push(Fault::new(Rule::BallotOnce, place).found(format!("event {}", earlier.height)));
        }
        let mut voters: Vec<u32> = last.keys().copied().collect();
        voters.sort_unstable();
        let total_weight = voters.iter().map(|&credential| setup.credentials.weight(credential as usize)).sum();
        facts.voters = super::Voters {
            credentials: setup.credentials.len() as u64,
            voters: voters.len() as u64,
            ballots: in_order,
            revotes: replaced_by
                .iter()
                .enumerate()
                .filter(|(number, by)| by.is_some_and(|by| by as usize != *number))
                .count() as u64,
            total_weight,
            weighted: setup.credentials.is_weighted(),
        };
        Self { credentials, replaced_by }
    }

    /// Whether a ballot is the last of its voter.
    pub(super) fn counts(&self, number: usize) -> bool {
        self.replaced_by[number].is_some_and(|by| by as usize == number)
    }
}

/// What verifying a range of ballots gave.
pub(super) struct RangeSummary<G: Group> {
    pub(super) range: Range<u64>,
    pub(super) faults: Faults,
    pub(super) tally: TallySum<G>,
    pub(super) lacking: u64,
}

impl<G: Group> RangeSummary<G> {
    fn empty(shape: &Shape, start: u64, most_faults: usize) -> Self {
        let (faults, tally) = (Faults::new(most_faults), TallySum::empty(&shape.slots));
        Self { range: start..start, faults, tally, lacking: 0 }
    }
}

/// Verifies the ballots of a range; the archive is read from its start, and ballots outside the range are passed over.
#[expect(clippy::too_many_arguments, reason = "everything that ballots are verified with, once")]
pub(super) fn verify_range<G: Group>(
    group: &G,
    source: &dyn BoardSource,
    index: &Index,
    setup: &Setup<G>,
    key: &G::Element,
    shape: &Shape,
    counted: &Counted,
    range: Range<u64>,
    options: &Options<'_>,
) -> Result<RangeSummary<G>, ArchiveError> {
    let mut summary = RangeSummary::empty(shape, range.start, options.limits.faults);
    if range.is_empty() {
        return Ok(summary);
    }
    let fixed = [group.fixed(&group.generator()), group.fixed(key)];
    let context = BallotContext {
        group,
        election: &setup.election,
        credentials: &setup.credentials,
        shape,
        arithmetic: Arithmetic::Fast([&fixed[0], &fixed[1]]),
    };
    let mut reading = Reading { records: open(source)?, index, counted, next: range.start, end: range.end, options };
    let total = range.end - range.start;
    let chunk = (CHUNK_COMMITMENTS / shape.commitments().max(1)).clamp(1, CHUNK);
    let threads = rayon::current_num_threads();
    loop {
        let ballots = reading.next_ballots(BYTES_AHEAD.max(BYTES_AHEAD_FOR_EACH_THREAD * threads))?;
        if ballots.is_empty() {
            return Ok(summary);
        }
        // A small board is shared among all threads; where the cuts are does not show in what comes out.
        let chunk = ballots.len().div_ceil(threads).max(SMALLEST_CHUNK).min(chunk);
        let chunks: Vec<_> =
            ballots.par_chunks(chunk).map(|chunk| context.verify(chunk, options.limits.faults)).collect();
        for verified in chunks {
            summary.faults.merge(verified.faults);
            summary.tally.merge(group, verified.tally);
            summary.lacking += verified.lacking;
        }
        summary.range.end += ballots.len() as u64;
        (options.progress)(summary.range.end - range.start, total);
    }
}

fn open(source: &dyn BoardSource) -> Result<Records<Box<dyn std::io::Read + Send + '_>>, ArchiveError> {
    let (records, _) = Records::open(source.reader()?, &mut Vec::new())?;
    Ok(records)
}

/// The second reading of an archive.
struct Reading<'a> {
    records: Records<Box<dyn std::io::Read + Send + 'a>>,
    index: &'a Index,
    counted: &'a Counted,
    next: u64,
    end: u64,
    options: &'a Options<'a>,
}

impl Reading<'_> {
    /// The next ballots, of about `bytes` bytes together; none where the range is done.
    fn next_ballots(&mut self, bytes: usize) -> Result<Vec<BallotBytes>, ArchiveError> {
        let (mut ballots, mut read) = (Vec::new(), 0);
        // Every fault of the archive was found at the first reading.
        let mut passed = Vec::new();
        while read < bytes && self.next < self.end {
            let number = usize::try_from(self.next).unwrap_or(usize::MAX);
            let entry = &self.index.ballots[number];
            let changed = || std::io::Error::other("the archive has changed since it was first read");
            let limit = self.options.limits.record_bytes;
            let Some(record) = self.records.next(limit, &mut passed)? else { return Err(changed().into()) };
            passed.clear();
            if record.offset < entry.offset || record.kind == Some(Kind::Event) {
                continue;
            }
            if (record.offset, record.hash) != (entry.offset, entry.hash) {
                return Err(changed().into());
            }
            read += record.bytes.len();
            ballots.push(BallotBytes {
                height: entry.height,
                hash: entry.hash,
                credential: self.counted.credentials[number].map(|position| position as usize),
                counted: self.counted.counts(number),
                bytes: record.bytes,
            });
            self.next += 1;
        }
        Ok(ballots)
    }
}
