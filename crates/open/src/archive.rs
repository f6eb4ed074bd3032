//! The directory of a zip.

use zip::{CompressionMethod, ZipArchive};

use crate::stored::{Source, Stored};
use crate::unpack::{Packed, Packing, ZipPart};
use crate::{Fault, Limits, NotATable, OpenError};

/// A zip whose directory has been read.
pub(crate) struct Archive {
    name: String,
    stored: Stored,
    zip: ZipArchive<Box<dyn Source>>,
}

/// A file inside a zip.
pub(crate) struct ArchivePart {
    /// Its name inside the zip, with `/` between folders.
    pub(crate) inner: String,
    /// Its bytes, named `archive.zip!inner`.
    pub(crate) packed: Packed,
    /// Why it cannot be a table, where its name says so already.
    pub(crate) not_a_table: Option<NotATable>,
}

impl Archive {
    /// Reads the directory.
    pub(crate) fn open(name: &str, stored: &Stored, limits: &Limits) -> Result<Self, OpenError> {
        let bytes = stored.len();
        let zip = ZipArchive::new(stored.reader()?).map_err(|error| {
            let detail = error.to_string();
            // The directory stands at the end: where it is missing, the end is.
            let fault = match error {
                zip::result::ZipError::Io(error) if error.kind() != std::io::ErrorKind::UnexpectedEof => {
                    Fault::of(&error)
                }
                _ if detail.to_lowercase().contains("end of central directory") || detail.contains("EOCD") => {
                    Fault::CutOff { packing: "zip", byte: bytes }
                }
                _ => Fault::Damaged { packing: "zip", byte: bytes, detail },
            };
            OpenError::fault(name, fault)
        })?;
        if zip.len() > limits.files_in_archive {
            return Err(OpenError::TooManyFiles { folder: name.to_owned(), limit: limits.files_in_archive });
        }
        Ok(Self { name: name.to_owned(), stored: stored.clone(), zip })
    }

    /// The files, in the order of the directory.
    pub(crate) fn parts(&mut self) -> Result<Vec<ArchivePart>, OpenError> {
        let mut parts = Vec::with_capacity(self.zip.len());
        for index in 0..self.zip.len() {
            let damaged = |error: zip::result::ZipError| {
                let fault = Fault::Damaged { packing: "zip", byte: 0, detail: error.to_string() };
                OpenError::fault(&self.name, fault)
            };
            let file = self.zip.by_index_raw(index).map_err(damaged)?;
            if file.is_dir() {
                continue;
            }
            let inner = file.name().map_or_else(|_| format!("part {}", index + 1), |name| name.into_owned());
            let name = format!("{}!{inner}", self.name);
            let refuse = |why: String| Err(OpenError::fault(&name, Fault::Unsupported(why)));
            if file.encrypted() {
                return refuse("the zip is protected by a password".to_owned());
            }
            let deflated = match file.compression() {
                CompressionMethod::Stored => false,
                CompressionMethod::Deflated => true,
                other => return refuse(format!("the zip uses the method {other}, which is not supported")),
            };
            let Some(start) = file.data_start() else {
                return refuse("the zip does not say where the file begins".to_owned());
            };
            let not_a_table = file.enclosed_name().is_none().then_some(NotATable::UnsafeName);
            let (packed, unpacked, crc) = (file.compressed_size(), file.size(), file.crc32());
            let packing = Packing::Zip(ZipPart { start, packed, unpacked, crc, deflated });
            parts.push(ArchivePart {
                inner,
                packed: Packed { name, stored: self.stored.clone(), packing },
                not_a_table,
            });
        }
        Ok(parts)
    }
}
