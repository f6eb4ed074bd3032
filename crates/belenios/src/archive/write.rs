//! An archive, written record by record: the other side of `index`.

use std::io::{self, Write};

use super::event::EventKind;
use super::header::{BLOCK, Header};
use super::{Hash, digest, hexadecimal};

/// Writes an archive. The same records and time give the same bytes.
pub struct ArchiveWriter<W> {
    to: W,
    time: u64,
    parent: Option<Hash>,
    height: u64,
}

impl<W: Write> ArchiveWriter<W> {
    /// An archive with its first record. `time` is in seconds since 1970 and stands in every record; nothing covers it.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn new(to: W, time: u64) -> io::Result<Self> {
        let mut archive = Self { to, time, parent: None, height: 0 };
        archive.record("BELENIOS", format!(r#"{{"version":1,"timestamp":"{time}"}}"#).as_bytes())?;
        Ok(archive)
    }

    /// Adds a record; its digest.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn data(&mut self, bytes: &[u8]) -> io::Result<Hash> {
        let hash = digest(bytes);
        self.record(&format!("{}.data.json", hexadecimal(&hash)), bytes)?;
        Ok(hash)
    }

    /// Adds an event with its records, the last of which it names.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn event(&mut self, kind: EventKind, records: &[&[u8]]) -> io::Result<()> {
        let mut payload = None;
        for record in records {
            payload = Some(self.data(record)?);
        }
        let parent = self.parent.map_or_else(String::new, |parent| format!(r#""parent":"{}","#, hexadecimal(&parent)));
        let payload = payload.map_or_else(String::new, |hash| format!(r#","payload":"{}""#, hexadecimal(&hash)));
        let event = format!(r#"{{{parent}"height":{},"type":"{}"{payload}}}"#, self.height, kind.name());
        let hash = digest(event.as_bytes());
        self.record(&format!("{}.event.json", hexadecimal(&hash)), event.as_bytes())?;
        self.parent = Some(hash);
        self.height += 1;
        Ok(())
    }

    /// Adds the setup: the election's record, the trustees', the credentials', and what names the three.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn setup(&mut self, election: &[u8], trustees: &[u8], credentials: &[u8]) -> io::Result<()> {
        let names = [election, trustees, credentials].map(|record| hexadecimal(&digest(record)));
        let [first, second, third] = names;
        let names = format!(r#"{{"election":"{first}","trustees":"{second}","credentials":"{third}"}}"#);
        self.event(EventKind::Setup, &[election, trustees, credentials, names.as_bytes()])
    }

    /// What everything was written to.
    pub fn finish(self) -> W {
        self.to
    }

    fn record(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let header = Header { name: name.to_owned(), size: bytes.len() as u64, time: self.time };
        self.to.write_all(&header.block())?;
        self.to.write_all(bytes)?;
        let padding = bytes.len().next_multiple_of(BLOCK) - bytes.len();
        self.to.write_all(&[0; BLOCK][..padding])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Index, Limits};

    #[test]
    fn what_is_written_is_read_back_without_a_fault() {
        let mut archive = ArchiveWriter::new(Vec::new(), 1_700_000_000).expect("memory");
        archive.setup(b"{}", b"[]", b"[]").expect("memory");
        archive.event(EventKind::Ballot, &[b"a ballot"]).expect("memory");
        archive.event(EventKind::EndBallots, &[]).expect("memory");
        let bytes = archive.finish();
        let index = Index::read(bytes.as_slice(), &Limits::default()).expect("an archive");
        assert!(index.faults.is_empty(), "{:?}", index.faults);
        assert_eq!((index.event_count, index.ballots.len(), index.time.as_str()), (3, 1, "1700000000"));
    }
}
