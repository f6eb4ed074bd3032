//! Writes an archive record by record, as the protocol lays it out: tar blocks without an end mark, each record under the
//! digest of its bytes, events chained by the digest of the one before.

use std::io::{self, Write};

use super::group::{digest, hex};

/// The size of a tar block.
const BLOCK: usize = 512;

/// An archive that is being written.
pub(crate) struct Archive<W> {
    out: W,
    seconds: u64,
    /// The name of the last event, without its ending.
    parent: Option<String>,
    height: u64,
}

impl<W: Write> Archive<W> {
    /// Begins an archive of a time.
    pub(crate) fn begin(out: W, seconds: u64) -> io::Result<Self> {
        let mut archive = Self { out, seconds, parent: None, height: 0 };
        archive.record("BELENIOS", format!(r#"{{"version":1,"timestamp":"{seconds}"}}"#).as_bytes())?;
        Ok(archive)
    }

    /// Adds data and gives its digest.
    pub(crate) fn data(&mut self, bytes: &[u8]) -> io::Result<String> {
        let name = hex(&digest(bytes));
        self.record(&format!("{name}.data.json"), bytes)?;
        Ok(name)
    }

    /// Adds an event about data that was added before it.
    pub(crate) fn event(&mut self, kind: &str, payload: Option<&str>) -> io::Result<()> {
        let parent = self.parent.as_ref().map_or_else(String::new, |parent| format!(r#""parent":"{parent}","#));
        let payload = payload.map_or_else(String::new, |payload| format!(r#","payload":"{payload}""#));
        let event = format!(r#"{{{parent}"height":{height},"type":"{kind}"{payload}}}"#, height = self.height);
        let name = hex(&digest(event.as_bytes()));
        self.record(&format!("{name}.event.json"), event.as_bytes())?;
        self.parent = Some(name);
        self.height += 1;
        Ok(())
    }

    /// Ends the archive.
    pub(crate) fn end(mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn record(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut header = [0_u8; BLOCK];
        let mut put = |at: usize, text: &str| header[at..at + text.len()].copy_from_slice(text.as_bytes());
        put(0, name);
        put(100, "0000644");
        put(108, "0000000");
        put(116, "0000000");
        put(124, &format!("{:011o}", bytes.len()));
        put(136, &format!("{:011o}", self.seconds));
        // The checksum is summed as if its own field were eight spaces.
        put(148, "        ");
        put(156, "0");
        let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        self.out.write_all(&header)?;
        self.out.write_all(bytes)?;
        let padding = bytes.len().next_multiple_of(BLOCK) - bytes.len();
        self.out.write_all(&[0; BLOCK][..padding])
    }
}
