//! Boards of a bundle: the archive alone, whatever it was packed in, and of its log what the log itself names.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io;

use adil_election::ledger::{Contents, Ledger};
use adil_election::statement::Content;
use adil_open::log::{LogFolder, ObjectDigest};
use adil_open::{BoardLog, ForPublication, RecordError};
use adil_record::BundleNames;

use super::bundle::NewBundle;
use crate::failure::Failure;
use crate::hold::HoldFailure;
use crate::logs::Objects;

/// Writes them.
pub(super) fn put(parts: &ForPublication, bundle: &mut NewBundle, names: &mut BundleNames) -> Result<(), Failure> {
    for (number, board) in (1..).zip(&parts.boards) {
        let name = format!("boards/{number:03}.bel");
        bundle.put(&name, &mut board.reader().map_err(RecordError::from)?)?;
        let log = match &board.log {
            None => None,
            Some(log) => Some(put_log(log, number, bundle)?),
        };
        names.boards.push((name, log));
    }
    Ok(())
}

fn put_log(opened: &BoardLog, number: usize, bundle: &mut NewBundle) -> Result<String, Failure> {
    let broken = |error: &dyn ToString| HoldFailure::file(&opened.folder, error.to_string());
    let log = opened.log.as_ref().map_err(|error| broken(error))?;
    let folder = format!("boards/{number:03}-log");
    bundle.text(&format!("{folder}/checkpoint"), log.note_text())?;
    for tile in log.tiles() {
        let bytes = log.tile(tile).map_err(|error| broken(&error))?;
        bundle.put(&format!("{folder}/{}", tile.path()), &mut bytes.as_slice())?;
    }
    for digest in named_objects(log).map_err(|error| broken(&error))? {
        let mut object = log.object(&digest).map_err(|error| broken(&error))?;
        bundle.put(&format!("{folder}/{}", digest.path()), &mut object)?;
    }
    // The checkpoint of the archive lies beside it.
    if let Some(Ok((note, _))) = &opened.archived {
        bundle.text(&format!("boards/{number:03}.checkpoint"), &note.to_string())?;
    }
    Ok(folder)
}

/// The objects that entries of the log name: whatever else lies in its folder is no part of it.
fn named_objects(log: &LogFolder) -> io::Result<Vec<ObjectDigest>> {
    struct Noting<'a> {
        objects: Objects<'a>,
        named: RefCell<BTreeSet<[u8; 32]>>,
    }
    impl Contents for Noting<'_> {
        fn content(&self, content: &Content) -> io::Result<Option<Vec<u8>>> {
            let found = self.objects.content(content)?;
            if found.is_some() {
                self.named.borrow_mut().insert(content.sha256);
            }
            Ok(found)
        }
    }
    let noting = Noting { objects: Objects(log), named: RefCell::default() };
    let mut ledger = Ledger::new();
    for entry in log.entries(0..log.checkpoint().size) {
        let (_, entry) = entry.map_err(io::Error::other)?;
        ledger.absorb(&entry, &noting)?;
    }
    Ok(noting.named.into_inner().into_iter().map(ObjectDigest::from_bytes).collect())
}
