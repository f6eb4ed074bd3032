//! Electronic ballot boards on the command line: verified whole or in shards, and summaries of shards merged.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use adil_belenios::{BoardSource, Limits, Options, Shard, ShardSummary, verify, verify_shard};
use adil_check::{BoardView, Packing};
use adil_crypto::Engine;
use adil_finding::InputFile;
use adil_open::OpenedBoard;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::progress::Line;

/// A board's bytes, for the verifier.
pub(crate) struct Source<'a>(pub(crate) &'a OpenedBoard);

impl BoardSource for Source<'_> {
    fn reader(&self) -> io::Result<Box<dyn Read + Send + '_>> {
        match self.0.reader() {
            Ok(reader) => Ok(reader),
            Err(error) => Err(io::Error::other(error.to_string())),
        }
    }
}

/// A summary as it is kept in a file: what the verifier knows, and which file it is of.
#[derive(Serialize, Deserialize)]
struct SummaryFile {
    /// The version of the program.
    adil: String,
    path: String,
    /// The path with the part of an archive.
    name: String,
    sha256: String,
    bytes: u64,
    summary: ShardSummary,
}

/// The environment variable that chooses the arithmetic, for comparing the engines.
const ENGINE: &str = "ADIL_ENGINE";

pub(crate) fn engine() -> Result<Option<Engine>, Failure> {
    let Ok(wanted) = std::env::var(ENGINE) else { return Ok(None) };
    let known = Engine::available();
    let named = known.iter().copied().find(|engine| engine.name() == wanted);
    let names = || known.iter().map(|engine| engine.name()).collect::<Vec<_>>().join(", ");
    match (wanted.is_empty(), named) {
        (true, _) => Ok(None),
        (false, Some(engine)) => Ok(Some(engine)),
        (false, None) => Err(Failure::EngineUnknown { wanted, known: names() }),
    }
}

/// Verifies a board.
pub(crate) fn verified(board: &OpenedBoard, trackers: &[String], line: &Line) -> Result<BoardView, Failure> {
    let progress = |done, total| line.say(&format!("verifying {}: ballot {done} of {total}", board.file.path));
    let options = Options { limits: Limits::default(), engine: engine()?, trackers, progress: &progress };
    let verified = verify(&Source(board), &options);
    let verified = verified.map_err(|error| Failure::Board { file: board.name().to_owned(), error })?;
    Ok(view(&board.file.path, board.name(), &board.file.sha256, verified))
}

/// `name` is that of the board, with the part of an archive.
fn view(path: &str, name: &str, sha256: &str, board: adil_belenios::Board) -> BoardView {
    let file_name =
        Path::new(path).file_name().map_or_else(|| path.to_owned(), |name| name.to_string_lossy().into_owned());
    let packing = match () {
        () if path == "-" || path != name => Packing::Other,
        () if file_name.to_lowercase().ends_with(".gz") => Packing::Gzip,
        () => Packing::None,
    };
    BoardView {
        path: path.to_owned(),
        file_name,
        packing,
        sha256: sha256.to_owned(),
        board,
        log: None,
        audited: Vec::new(),
    }
}

/// A shard as it is named on the command line: `3/16`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShardArgument(pub(crate) Shard);

impl std::str::FromStr for ShardArgument {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts = text.split_once('/').and_then(|(index, count)| Some((index.parse().ok()?, count.parse().ok()?)));
        let shard = parts.and_then(|(index, count)| Shard::new(index, count));
        shard.map(Self).ok_or_else(|| "a shard is written as 3/16: the third of sixteen".to_owned())
    }
}

/// Verifies a shard of a board and writes its summary; whether nothing is wrong in it.
pub(crate) fn summarise(board: &OpenedBoard, shard: Shard, file: &Path, line: &Line) -> Result<bool, Failure> {
    let progress = |done, total| line.say(&format!("verifying {}: ballot {done} of {total}", board.file.path));
    let options = Options { limits: Limits::default(), engine: engine()?, trackers: &[], progress: &progress };
    let summary = verify_shard(&Source(board), shard, &options);
    let summary = summary.map_err(|error| Failure::Board { file: board.name().to_owned(), error })?;
    let sound = summary.is_sound();
    let InputFile { path, sha256, bytes, .. } = board.file.clone();
    let name = board.name().to_owned();
    let kept = SummaryFile { adil: env!("CARGO_PKG_VERSION").to_owned(), path, name, sha256, bytes, summary };
    let cannot = |cause: String| Failure::CannotWrite { file: file.display().to_string(), cause };
    let text = serde_json::to_string(&kept).map_err(|error| cannot(error.to_string()))?;
    fs::write(file, text + "\n").map_err(|error| cannot(error.to_string()))?;
    Ok(sound)
}

/// A board that was verified in shards.
pub(crate) struct Merged {
    pub(crate) input: InputFile,
    pub(crate) view: BoardView,
}

/// Merges the summaries of all shards of a board.
pub(crate) fn merged(files: &[PathBuf]) -> Result<Merged, Failure> {
    let mut read: Vec<SummaryFile> = Vec::with_capacity(files.len());
    for file in files {
        let name = file.display().to_string();
        let cannot = |cause: String| Failure::Summary { file: name.clone(), cause };
        let bytes = fs::read(file).map_err(|error| cannot(error.to_string()))?;
        read.push(serde_json::from_slice(&bytes).map_err(|error| cannot(error.to_string()))?);
    }
    let Some(first) = read.first() else { return Err(Failure::Merge(adil_belenios::MergeError::None)) };
    if let Some(number) = read.iter().position(|kept| kept.sha256 != first.sha256) {
        let (expected, found) = (first.sha256.clone(), read[number].sha256.clone());
        return Err(Failure::Merge(adil_belenios::MergeError::OtherBoard { number: number + 1, expected, found }));
    }
    let name = first.name.clone();
    let input = InputFile { path: first.path.clone(), sha256: first.sha256.clone(), bytes: first.bytes, rows: None };
    let board = ShardSummary::merge(read.into_iter().map(|kept| kept.summary).collect()).map_err(Failure::Merge)?;
    let view = view(&input.path, &name, &input.sha256, board);
    Ok(Merged { input, view })
}
