//! What a file is: by its first bytes, and where these say nothing, by its name.

use adil_exchange::Format;

use crate::NotATable;

/// The bytes that [`Kind::of`] needs; a tar header's mark stands at byte 257.
pub(crate) const BEGINNING_BYTES: u64 = 512;

/// The bytes that show whether JSON or XML is a report.
pub(crate) const REPORT_BYTES: u64 = Format::BEGINNING_BYTES;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Gzip,
    /// A zip archive, or one of the formats built on it.
    Zip,
    /// The container of XLS.
    Ole,
    Parquet,
    /// A ballot archive by the name in its first header.
    Board,
    /// Text that is a table by its name.
    Table,
    /// Text that may be a table.
    Text,
    /// A report in a format of exchange, by its root element.
    Report(Format),
    /// None of these.
    Not(NotATable),
}

/// The file whose presence makes a folder a described record.
pub(crate) const DESCRIPTION: &str = "election.toml";

const BY_FIRST_BYTES: [(&[u8], Kind); 16] = [
    (b"\x1f\x8b", Kind::Gzip),
    (b"PK\x03\x04", Kind::Zip),
    (b"PK\x05\x06", Kind::Zip),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind::Ole),
    (b"PAR1", Kind::Parquet),
    (b"BZh", Kind::Not(NotATable::Archive)),
    (b"7z\xbc\xaf\x27\x1c", Kind::Not(NotATable::Archive)),
    (b"\xfd7zXZ\0", Kind::Not(NotATable::Archive)),
    (b"\x28\xb5\x2f\xfd", Kind::Not(NotATable::Archive)),
    (b"Rar!", Kind::Not(NotATable::Archive)),
    (b"%PDF", Kind::Not(NotATable::Document)),
    (b"\x89PNG", Kind::Not(NotATable::Document)),
    (b"\xff\xd8\xff", Kind::Not(NotATable::Document)),
    (b"GIF8", Kind::Not(NotATable::Document)),
    (b"{\\rtf", Kind::Not(NotATable::Document)),
    (b"SQLite format 3\0", Kind::Not(NotATable::Binary)),
];

impl Kind {
    /// The kind of a file by its first bytes and its name, whichever folder it is in.
    pub(crate) fn of(beginning: &[u8], name: &str) -> Self {
        let name = name.rsplit(['/', '\\']).next().unwrap_or(name).to_lowercase();
        if beginning.is_empty() {
            return Self::Not(NotATable::Empty);
        }
        if let Some((_, kind)) = BY_FIRST_BYTES.iter().find(|(mark, _)| beginning.starts_with(mark)) {
            return *kind;
        }
        if crate::board::is_named(beginning) {
            return Self::Board;
        }
        if beginning.get(257..262) == Some(b"ustar") {
            return Self::Not(NotATable::Archive);
        }
        let wide = beginning.starts_with(b"\xff\xfe") || beginning.starts_with(b"\xfe\xff");
        if !wide && beginning.contains(&0) {
            return Self::Not(NotATable::Binary);
        }
        if let Some(format) = Format::of(beginning) {
            return Self::Report(format);
        }
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        match ending {
            "csv" | "tsv" | "tab" | "psv" => return Self::Table,
            "toml" if name == DESCRIPTION => return Self::Not(NotATable::Description),
            "toml" => return Self::Not(NotATable::Toml),
            "json" | "geojson" | "jsonl" | "ndjson" => return Self::Not(NotATable::Json),
            "md" | "html" | "htm" | "xml" | "ftl" | "rst" | "tex" | "py" | "r" | "rs" | "sh" | "ipynb" | "svg" => {
                return Self::Not(NotATable::Prose);
            }
            _ => {}
        }
        let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
        match text.first() {
            Some(b'{') => Self::Not(NotATable::Json),
            Some(b'<') => Self::Not(NotATable::Prose),
            _ => Self::Text,
        }
    }

    /// Whether more than the first bytes has to be seen to tell: XML and JSON, whose root may come late.
    pub(crate) fn may_be_report(self, beginning: &[u8]) -> bool {
        let text = beginning.strip_prefix(b"\xef\xbb\xbf").unwrap_or(beginning).trim_ascii_start();
        !matches!(self, Self::Report(_)) && matches!(text.first(), Some(b'{' | b'<'))
    }
}
