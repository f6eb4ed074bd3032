//! The setup of a board alone: its three records, without reading further than its first event.

use super::event::EventKind;
use super::record::{ArchiveError, Kind, Limits, Records};
use super::{BoardSource, Event};

/// The records of a setup, as they stand on a board. Nothing of them is verified; [`crate::hold::polls`] does that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetupRecords {
    /// The election's record.
    pub election: Vec<u8>,
    /// The trustees' record.
    pub trustees: Vec<u8>,
    /// The list of public credentials.
    pub credentials: Vec<u8>,
}

impl SetupRecords {
    /// Reads a board up to its first event; `None` where that is no setup of four records.
    ///
    /// # Errors
    /// It cannot be read, does not begin as an archive, or exceeds a limit.
    pub fn read(source: &dyn BoardSource, limits: &Limits) -> Result<Option<Self>, ArchiveError> {
        let mut faults = Vec::new();
        let (mut records, _) = Records::open(source.reader()?, &mut faults)?;
        let mut before = Vec::new();
        let mut kept = 0_u64;
        while let Some(record) = records.next(limits.record_bytes, &mut faults)? {
            if record.kind == Some(Kind::Event) {
                let is_setup = Event::read(&record.bytes).is_ok_and(|event| event.kind == EventKind::Setup);
                return Ok(match <[Vec<u8>; 4]>::try_from(before) {
                    Ok([election, trustees, credentials, _]) if is_setup => {
                        Some(Self { election, trustees, credentials })
                    }
                    _ => None,
                });
            }
            kept += record.bytes.len() as u64;
            let exceeded =
                |what, most: u64| Err(ArchiveError::Limit { byte: record.offset, what, limit: most.to_string() });
            match before.len() {
                0 | 1 if record.bytes.len() as u64 > limits.tree_bytes => {
                    return exceeded("a record of the setup", limits.tree_bytes);
                }
                4.. => return Ok(None),
                _ if kept > limits.kept_bytes => return exceeded("the setup", limits.kept_bytes),
                _ => before.push(record.bytes),
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ArchiveWriter;

    fn board(setup: &[&[u8]], kind: EventKind) -> Vec<u8> {
        let mut archive = ArchiveWriter::new(Vec::new(), 1).expect("memory");
        archive.event(kind, setup).expect("memory");
        archive.event(EventKind::Ballot, &[b"a ballot"]).expect("memory");
        archive.finish()
    }

    #[test]
    fn the_records_of_the_first_event_are_the_setup() {
        let read = |board: Vec<u8>| SetupRecords::read(&board, &Limits::default()).expect("an archive");
        let records: [&[u8]; 4] = [b"{}", b"[]", b"[1]", b"names"];
        let found = read(board(&records, EventKind::Setup)).expect("a setup");
        assert_eq!((found.election, found.trustees, found.credentials), (b"{}".into(), b"[]".into(), b"[1]".into()));
        assert_eq!(read(board(&records[..3], EventKind::Setup)), None);
        assert_eq!(read(board(&records, EventKind::Ballot)), None);
        let mut cut = board(&records, EventKind::Setup);
        cut.truncate(2_000);
        assert_eq!(read(cut), None);
        assert!(SetupRecords::read(&b"no board".to_vec(), &Limits::default()).is_err());
        let small = Limits { tree_bytes: 1, ..Limits::default() };
        assert!(SetupRecords::read(&board(&records, EventKind::Setup), &small).is_err());
    }
}
