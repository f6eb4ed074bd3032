//! Files that are written: their names, and that none of them replaces what is read.

use std::fs;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The file of each record's page, all different: `report.html` for the record `russia/2011.csv.zip`, one of several,
/// becomes `report-2011.html`, and for a second one of that name `report-2011-2.html`.
pub(crate) fn pages(file: &Path, records: &[&[PathBuf]]) -> Vec<PathBuf> {
    if records.len() == 1 {
        return vec![file.to_path_buf()];
    }
    let mut files: Vec<PathBuf> = Vec::new();
    for paths in records {
        let mut tries = (1..).map(|number| beside(file, &paths[0], number));
        files.extend(tries.find(|named| !files.contains(named)));
    }
    files
}

fn beside(file: &Path, record: &Path, number: usize) -> PathBuf {
    let stem = |path: &Path| path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let record = stem(record).split('.').next().unwrap_or_default().to_owned();
    let ending = file.extension().map_or_else(String::new, |ending| format!(".{}", ending.to_string_lossy()));
    let number = if number > 1 { format!("-{number}") } else { String::new() };
    file.with_file_name(format!("{}-{record}{number}{ending}", stem(file)))
}

/// Tells before the work what would fail after it: a folder in the way, a folder that is not there.
pub(crate) fn may_be_written(file: &Path) -> Result<(), Failure> {
    let cannot = |cause: &str| Failure::CannotWrite { file: file.display().to_string(), cause: cause.to_owned() };
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    match () {
        () if file.is_dir() => Err(cannot("it is a folder; name a file in it")),
        () if folder.is_some_and(|folder| !folder.is_dir()) => Err(cannot("its folder does not exist")),
        () => Ok(()),
    }
}

/// Refuses to write over one of the files that are read.
pub(crate) fn replaces_none<'a>(file: &Path, read: impl IntoIterator<Item = &'a Path>) -> Result<(), Failure> {
    let Ok(real) = file.canonicalize() else { return Ok(()) };
    let is_same = |read: &Path| read.canonicalize().is_ok_and(|read| read == real);
    match read.into_iter().any(is_same) {
        true => Err(Failure::Overwrites { file: file.display().to_string() }),
        false => Ok(()),
    }
}

/// Writes a file.
pub(crate) fn write(file: &Path, text: &str) -> Result<(), Failure> {
    write_bytes(file, text.as_bytes())
}

/// Writes a file that is no text.
pub(crate) fn write_bytes(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let cannot =
        |error: std::io::Error| Failure::CannotWrite { file: file.display().to_string(), cause: error.to_string() };
    fs::write(file, bytes).map_err(cannot)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_has_a_page_of_its_own() {
        let paths = ["a/2011.csv.zip", "b/2011.csv", "2012.xlsx"].map(PathBuf::from);
        let records: Vec<&[PathBuf]> = paths.chunks(1).collect();
        let names = pages(Path::new("out/report.html"), &records);
        let expected = ["out/report-2011.html", "out/report-2011-2.html", "out/report-2012.html"];
        assert_eq!(names, expected.map(PathBuf::from));
        assert_eq!(pages(Path::new("r.html"), &[&paths]), [PathBuf::from("r.html")]);
    }
}
