//! What comes from standard input, kept in a file without a name so that it can be read more than once.
//!
//! The file is gone when the process ends, however it ends.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Arc;

/// A file without a name, and how much is in it.
#[derive(Debug)]
pub(crate) struct Spool {
    file: File,
    bytes: u64,
}

impl Spool {
    /// An empty one.
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self { file: tempfile::tempfile()?, bytes: 0 })
    }

    /// Puts bytes behind those that are there.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes there are.
    pub(crate) fn len(&self) -> u64 {
        self.bytes
    }

    /// A reader of its own, from the start.
    pub(crate) fn reader(self: &Arc<Self>) -> SpoolReader {
        SpoolReader { spool: Arc::clone(self), at: 0 }
    }

    #[cfg(unix)]
    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(&self.file, buffer, at)
    }

    #[cfg(windows)]
    fn read_at(&self, buffer: &mut [u8], at: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(&self.file, buffer, at)
    }
}

/// A place in a [`Spool`]. Several may read at once, for the file's own place is not used.
#[derive(Debug)]
pub(crate) struct SpoolReader {
    spool: Arc<Spool>,
    at: u64,
}

impl Read for SpoolReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.spool.read_at(buffer, self.at)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for SpoolReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let place = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.spool.bytes.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = place.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use adil_record::{Cells, Rows as _};

    use crate::fixture::{gzip, rows};
    use crate::stored::Stored;
    use crate::{Declared, Input, Limits, OpenError};

    fn input(bytes: &[u8], limits: &Limits) -> Result<Input, OpenError> {
        let (stored, file) = Stored::spool(&mut &*bytes, limits)?;
        Input::of(stored, file, limits)
    }

    #[test]
    fn standard_input_is_read_as_a_file_is_and_more_than_once() {
        let table = b"uik,votes\n1,10\n2,20\n";
        for bytes in [table.to_vec(), gzip(table), crate::fixture::zip(&[("a.csv", table)])] {
            let input = input(&bytes, &Limits::default()).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!((input.file.path.as_str(), input.file.bytes), ("-", bytes.len() as u64));
            let mut first = input.tables[0].open(&Declared::default()).expect("a table");
            assert!(first.next_row(&mut Cells::default()).is_ok());
            // Another reader begins at the start, wherever the first one is.
            let mut second = input.tables[0].open(&Declared::default()).expect("a table");
            assert_eq!(rows(&mut second).expect("rows").len(), 3);
            assert_eq!(rows(&mut first).expect("rows").len(), 2);
        }
        // FIPS 180-4, the example "abc".
        let (_, file) = Stored::spool(&mut &b"abc"[..], &Limits::default()).expect("three bytes");
        assert_eq!(file.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn no_more_is_kept_than_a_file_may_have() {
        let limits = Limits { unpacked_bytes: 100, board_bytes: 1_000, ..Limits::default() };
        let refused = |bytes: &[u8]| input(bytes, &limits).map(drop).expect_err("it is too long").to_string();
        assert_eq!(refused(&[b'a'; 101]), "-: more than 100 bytes came, the most that is read");
        let board = [&b"BELENIOS\0"[..], &[0; 1_000]].concat();
        assert_eq!(refused(&board), "-: more than 1000 bytes came, the most that is read");
        assert!(refused(&board[..900]).contains("begins as a ballot archive does"));
        assert!(matches!(input(b"", &limits), Err(OpenError::Empty { .. })));
    }
}
