//! The files of the log, as the command line keeps them (`docs/spec/log.md`), and what is made of them.

use std::io::{self, Write};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use adil_log::tile::tiles_between;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use zip::write::SimpleFileOptions;

use crate::service::Stage;
use crate::{App, ServerError};

use super::answer::Tagged;
use crate::web::reply::Failure;
use crate::web::visitor::Visitor;

/// What never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
/// What changes with every entry.
const A_SECOND: &str = "public, max-age=1";

/// Archives and records are large: so many are made or sent at once.
static LARGE: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(6)));
/// Records are sent for as long as the other side takes to read them: they have places of their own.
static RECORDS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(12)));
/// How long the other side may take for a piece.
const LONGEST_PIECE: Duration = Duration::from_secs(20);
/// When to come again where all are busy.
const BUSY_SECONDS: u64 = 10;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/e/{uuid}/log/{*path}", get(file))
        .route("/e/{uuid}/election.bel", get(archive))
        .route("/e/{uuid}/election.checkpoint", get(checkpoint))
        .route("/e/{uuid}/record.zip", get(record))
}

/// Everybody may read a log from any page: there is nothing in it that is not for everybody.
fn open_to_all(mut response: Response) -> Response {
    response.headers_mut().insert(ACCESS_CONTROL_ALLOW_ORIGIN, axum::http::HeaderValue::from_static("*"));
    response
}

async fn file(
    State(app): State<App>,
    visitor: Visitor,
    Path((uuid, path)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let (bytes, is_for_ever) = app.log_file(&uuid, &path).await.map_err(visitor.failed(&app))?;
    let kind = if path == "checkpoint" { "text/plain; charset=utf-8" } else { "application/octet-stream" };
    if is_for_ever {
        return Ok(open_to_all(([(CONTENT_TYPE, kind), (CACHE_CONTROL, FOR_EVER)], bytes).into_response()));
    }
    Ok(open_to_all(Tagged::of_bytes(bytes).answer(&headers, kind, A_SECOND)))
}

/// The archive of the moment with its checkpoint.
async fn archived(app: &App, uuid: &str) -> Result<(Bytes, Tagged), ServerError> {
    // While ballots come in, the archive may be a few seconds old; what trustees work on may not.
    let (stage, entries) = app.stage_and_entries(uuid).await?;
    let entries = if stage > Stage::Open { entries } else { 0 };
    let name = format!("{uuid} {entries}");
    let make = async {
        let (archive, checkpoint) = app.archive(uuid).await?;
        Ok((Bytes::from(archive), Tagged::of_bytes(checkpoint.into())))
    };
    app.answers.archives.get(&name, make).await
}

fn permit(of: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit, ServerError> {
    of.clone().try_acquire_owned().map_err(|_| ServerError::TooMany { seconds: BUSY_SECONDS })
}

async fn archive(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Result<Response, Failure> {
    let answer = async {
        let _permit = permit(&LARGE)?;
        let (archive, _) = archived(&app, &uuid).await?;
        let headers = [
            (CONTENT_TYPE, "application/x-tar".to_owned()),
            (CACHE_CONTROL, A_SECOND.to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{}.bel\"", file_name(&uuid))),
        ];
        Ok(open_to_all((headers, archive).into_response()))
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn checkpoint(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let made = async {
        let _permit = permit(&LARGE)?;
        archived(&app, &uuid).await
    };
    let (_, checkpoint) = made.await.map_err(visitor.failed(&app))?;
    Ok(open_to_all(checkpoint.answer(&headers, "text/plain; charset=utf-8", A_SECOND)))
}

/// Letters and digits alone.
fn file_name(uuid: &str) -> String {
    uuid.chars().filter(char::is_ascii_alphanumeric).take(40).collect()
}

/// The whole record as one file that `adil check` takes: the log's folder, the archive and its checkpoint. It is sent
/// while it is being written.
async fn record(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Result<Response, Failure> {
    let own = app.clone();
    let answer = async move {
        let app = own;
        let permit = permit(&RECORDS)?;
        let (archive, checkpoint) = archived(&app, &uuid).await?;
        let checkpoint = checkpoint.into_bytes();
        let objects = app.log_objects(&uuid).await?;
        let size = adil_log::Note::parse(&checkpoint)
            .ok()
            .and_then(|note| adil_log::Checkpoint::of(&note).ok())
            .map(|checkpoint| checkpoint.size)
            .ok_or_else(|| ServerError::Fault(format!("the checkpoint of {uuid} is none")))?;
        let headers = [
            (CONTENT_TYPE, "application/zip".to_owned()),
            (CACHE_CONTROL, "no-store".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{}.zip\"", file_name(&uuid))),
        ];
        let (pieces, body) = mpsc::channel(8);
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let names = tiles_between(0, size).map(|tile| tile.path());
            let names = names.chain(objects.into_iter().map(|digest| format!("object/{digest}")));
            let log = |path: &str| {
                let found =
                    runtime.block_on(app.log_file(&uuid, path)).map_err(|error| io::Error::other(error.to_string()));
                found.map(|(bytes, _)| bytes)
            };
            if let Err(error) = write_record(Pieces::new(pieces), &checkpoint, &archive, names, log) {
                // Whoever asked has gone, or the file ends early: a zip without its directory, which no program takes.
                tracing::info!(%error, "a record was not sent to its end");
            }
        });
        Ok((headers, Body::from_stream(Received(body))).into_response())
    };
    answer.await.map_err(visitor.failed(&app))
}

/// Writes the zip. Nothing is packed: hashes and proofs hardly get smaller.
fn write_record<W: Write>(
    to: W,
    checkpoint: &[u8],
    archive: &[u8],
    names: impl Iterator<Item = String>,
    log: impl Fn(&str) -> io::Result<Bytes>,
) -> io::Result<()> {
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut zip = zip::ZipWriter::new_stream(to);
    let mut put = |name: &str, bytes: &[u8]| -> io::Result<()> {
        zip.start_file(name, options.large_file(bytes.len() >= 0xFFFF_0000)).map_err(io::Error::other)?;
        zip.write_all(bytes)
    };
    put("log/checkpoint", checkpoint)?;
    for name in names {
        put(&format!("log/{name}"), &log(&name)?)?;
    }
    put("election.bel", archive)?;
    put("election.checkpoint", checkpoint)?;
    let mut rest = zip.finish().map_err(io::Error::other)?.into_inner();
    rest.flush()
}

/// Pieces of a file that go out as they are written.
struct Pieces {
    to: mpsc::Sender<io::Result<Bytes>>,
    piece: Vec<u8>,
    runtime: tokio::runtime::Handle,
}

/// Bytes of a piece.
const PIECE: usize = 64 << 10;

impl Pieces {
    fn new(to: mpsc::Sender<io::Result<Bytes>>) -> Self {
        Self { to, piece: Vec::with_capacity(PIECE), runtime: tokio::runtime::Handle::current() }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        let sent = self.runtime.block_on(self.to.send_timeout(Ok(piece.into()), LONGEST_PIECE));
        sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

/// The pieces, for the one who asked.
struct Received(mpsc::Receiver<io::Result<Bytes>>);

impl futures_core::Stream for Received {
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::io::{Cursor, Read as _};

    use super::*;

    #[test]
    fn the_record_has_the_log_and_the_archive() {
        let mut bytes = Vec::new();
        let names = tiles_between(0, 300).map(|tile| tile.path()).chain(["object/ab".to_owned()]);
        let log = |path: &str| Ok(Bytes::from(format!("at {path}")));
        write_record(&mut bytes, b"the checkpoint", b"the archive", names, log).expect("written");
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
        let mut found = BTreeMap::new();
        for index in 0..zip.len() {
            let mut file = zip.by_index(index).expect("a file");
            let mut text = String::new();
            file.read_to_string(&mut text).expect("whole, by its check sum");
            found.insert(file.name().expect("a name").into_owned(), text);
        }
        // 300 entries: one full tile and one of 44 of the leaves and of the entries, and one hash of the level above.
        for (name, text) in [
            ("log/checkpoint", "the checkpoint"),
            ("election.checkpoint", "the checkpoint"),
            ("election.bel", "the archive"),
            ("log/object/ab", "at object/ab"),
            ("log/tile/0/000", "at tile/0/000"),
            ("log/tile/0/001.p/44", "at tile/0/001.p/44"),
            ("log/tile/1/000.p/1", "at tile/1/000.p/1"),
            ("log/tile/entries/000", "at tile/entries/000"),
            ("log/tile/entries/001.p/44", "at tile/entries/001.p/44"),
        ] {
            assert_eq!(found.remove(name).as_deref(), Some(text), "{name}");
        }
        assert_eq!(found, BTreeMap::new());
    }
}
