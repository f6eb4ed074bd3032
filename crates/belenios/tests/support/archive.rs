//! Archives of boards, written record by record. For tests.

use sha2::{Digest as _, Sha256};

/// The size of a tar block.
pub(crate) const BLOCK: usize = 512;

/// An archive that is being written.
pub(crate) struct Writer {
    pub(crate) bytes: Vec<u8>,
    parent: Option<String>,
    height: u64,
}

impl Writer {
    /// An archive with its first record.
    pub(crate) fn new() -> Self {
        let mut archive = Self { bytes: Vec::new(), parent: None, height: 0 };
        archive.record("BELENIOS", br#"{"version":1,"timestamp":"1700000000"}"#);
        archive
    }

    /// Adds data and gives its digest.
    pub(crate) fn data(&mut self, bytes: impl AsRef<[u8]>) -> String {
        let digest = digest(bytes.as_ref());
        self.record(&format!("{digest}.data.json"), bytes.as_ref());
        digest
    }

    /// Adds an event.
    pub(crate) fn event(&mut self, kind: &str, payload: Option<&str>) {
        let parent = self.parent.as_ref().map_or_else(String::new, |parent| format!(r#""parent":"{parent}","#));
        let payload = payload.map_or_else(String::new, |payload| format!(r#","payload":"{payload}""#));
        let event = format!(r#"{{{parent}"height":{height},"type":"{kind}"{payload}}}"#, height = self.height);
        self.raw_event(&event);
    }

    /// Adds an event as it is.
    pub(crate) fn raw_event(&mut self, event: &str) {
        let digest = digest(event.as_bytes());
        self.record(&format!("{digest}.event.json"), event.as_bytes());
        self.parent = Some(digest);
        self.height += 1;
    }

    /// Adds the four records of a setup, and its event.
    pub(crate) fn setup(
        &mut self,
        election: impl AsRef<[u8]>,
        trustees: impl AsRef<[u8]>,
        credentials: impl AsRef<[u8]>,
    ) {
        let (election, trustees, credentials) = (self.data(election), self.data(trustees), self.data(credentials));
        let names = format!(r#"{{"election":"{election}","trustees":"{trustees}","credentials":"{credentials}"}}"#);
        let payload = self.data(names);
        self.event("Setup", Some(&payload));
    }

    fn record(&mut self, name: &str, bytes: &[u8]) {
        self.bytes.extend(header(name, bytes.len() as u64));
        self.bytes.extend(bytes);
        self.bytes.resize(self.bytes.len().next_multiple_of(BLOCK), 0);
    }
}

/// The tar header of a record.
pub(crate) fn header(name: &str, size: u64) -> [u8; BLOCK] {
    let mut header = [0; BLOCK];
    let fields = [
        (0, name.to_owned()),
        (100, "0000644".to_owned()),
        (108, "0000000".to_owned()),
        (116, "0000000".to_owned()),
        (124, format!("{size:011o}")),
        (136, format!("{:011o}", 1_700_000_000)),
        (148, " ".repeat(8)),
        (156, "0".to_owned()),
    ];
    for (at, text) in fields {
        header[at..at + text.len()].copy_from_slice(text.as_bytes());
    }
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    header
}

/// The digest in hexadecimal digits.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
