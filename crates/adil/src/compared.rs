//! A writer that keeps nothing: what is written to it is compared with an archive, byte for byte.

use std::io::{self, Read, Write};

/// An archive that is being compared with the one that is written.
pub(crate) struct Compared<R> {
    archive: R,
    buffer: Vec<u8>,
    /// Bytes that are equal.
    equal: u64,
    place: Place,
    /// Set at the first byte that differs.
    differs: bool,
    unreadable: Option<io::Error>,
}

impl<R: Read> Compared<R> {
    pub(crate) fn new(archive: R) -> Self {
        let (buffer, place) = (vec![0; BUFFER], Place::default());
        Self { archive, buffer, equal: 0, place, differs: false, unreadable: None }
    }

    /// That nothing more is written: the archive has to end here, too.
    pub(crate) fn end(&mut self) {
        let mut one = [0; 1];
        match fill(&mut self.archive, &mut one) {
            Ok(0) => {}
            Ok(_) => self.differs = true,
            Err(error) => self.unreadable = Some(error),
        }
    }

    /// The first byte that differs, from 0, with the event that it belongs to; `None` where none does.
    pub(crate) fn outcome(self) -> io::Result<Option<(u64, u64)>> {
        match self.unreadable {
            Some(error) => Err(error),
            None => Ok(self.differs.then_some((self.equal, self.place.events))),
        }
    }
}

/// Bytes that are compared at once.
const BUFFER: usize = 64 << 10;

impl<R: Read> Write for Compared<R> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let bytes = bytes.get(..BUFFER).unwrap_or(bytes);
        let Some(room) = self.buffer.get_mut(..bytes.len()) else { return Ok(0) };
        let read = match fill(&mut self.archive, room) {
            Ok(read) => read,
            Err(error) => {
                self.unreadable = Some(error);
                return Err(io::Error::other("the archive cannot be read"));
            }
        };
        let equal = bytes.iter().zip(room.iter().take(read)).take_while(|(written, read)| written == read).count();
        self.equal += equal as u64;
        self.place.pass(bytes.get(..equal).unwrap_or_default());
        if equal < bytes.len() {
            self.differs = true;
            return Err(io::Error::other("the archive differs"));
        }
        Ok(equal)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn fill(from: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(room) = buffer.get_mut(filled..).filter(|room| !room.is_empty()) {
        match from.read(room) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

const BLOCK: usize = 512;

/// Where in an archive one is: how many events lie before.
#[derive(Default)]
struct Place {
    events: u64,
    header: Vec<u8>,
    /// Bytes of the record's body and padding that are still to come.
    body: u64,
    is_event: bool,
}

impl Place {
    fn pass(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let wanted = match self.body {
                0 => (BLOCK - self.header.len()) as u64,
                body => body,
            };
            let taken = bytes.len().min(usize::try_from(wanted).unwrap_or(usize::MAX));
            let (now, later) = bytes.split_at(taken);
            bytes = later;
            if self.body > 0 {
                self.body -= taken as u64;
            } else {
                self.header.extend_from_slice(now);
                if self.header.len() < BLOCK {
                    return;
                }
                self.begin();
            }
            if self.body == 0 {
                self.events += u64::from(std::mem::take(&mut self.is_event));
            }
        }
    }

    /// Takes the header of a record: a name in its first 100 bytes, and a size in octal digits.
    fn begin(&mut self) {
        let header = std::mem::take(&mut self.header);
        let name = header.split(|byte| *byte == 0).next().unwrap_or_default();
        let digits = header.get(124..135).unwrap_or_default();
        let size = digits.iter().fold(0_u64, |size, digit| size << 3 | u64::from(digit & 7));
        self.is_event = name.ends_with(b".event.json");
        self.body = size.next_multiple_of(BLOCK as u64);
    }
}

#[cfg(test)]
mod tests {
    use adil_belenios::{ArchiveWriter, EventKind};

    use super::*;

    fn archive(ballots: &[&str]) -> Vec<u8> {
        let mut archive = ArchiveWriter::new(Vec::new(), 1).expect("memory");
        archive.setup(b"{}", b"[]", b"[]").expect("memory");
        for ballot in ballots {
            archive.event(EventKind::Ballot, &[ballot.as_bytes()]).expect("memory");
        }
        archive.finish()
    }

    fn compare(written: &[u8], with: &[u8]) -> Option<(u64, u64)> {
        let mut compared = Compared::new(with);
        if compared.write_all(written).is_ok() {
            compared.end();
        }
        compared.outcome().expect("memory")
    }

    #[test]
    fn the_first_byte_that_differs_is_told_with_its_event() {
        let board = archive(&["a", "b"]);
        assert_eq!(compare(&board, &board), None);
        // A setup of 1,024 bytes for the first record and five records, each a header and a block: 1,024 + 5 * 1,024.
        let begins = 6 * 1_024;
        assert_eq!(archive(&[]).len() as u64, begins);
        let (byte, event) = compare(&archive(&["a", "c"]), &board).expect("it differs");
        // The setup is event 0, "a" is event 1, and the record of "c" begins event 2.
        assert_eq!((byte / 1_024, event), (6 + 2, 2));
        assert_eq!(compare(&board, &archive(&["a"])), Some((begins + 2 * 1_024, 2)), "the board ends too early");
        assert_eq!(compare(&archive(&["a"]), &board), Some((begins + 2 * 1_024, 2)), "the board has more");
        assert_eq!(compare(&board, b""), Some((0, 0)));
    }
}
