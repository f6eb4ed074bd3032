//! `adil log witness`: a witness, and its key.

use std::fs::File;
use std::io::{self, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use adil_log::witness::{ADD_CHECKPOINT, Answer, Decision, LONGEST_REQUEST, Witness};
use adil_log::{CosigningKey, KeyName, Timestamp};
use adil_open::log::WitnessStore;
use zeroize::Zeroizing;

use super::failure::LogFailure;
use super::http::Timed;
use super::{arguments, trust};
use crate::failure::Failure;
use crate::screen;

/// Connections that are served at a time; one more is closed at once.
const MOST_CONNECTIONS: usize = 32;

/// Makes a key, or cosigns until the process is stopped.
pub(crate) fn run(arguments: &arguments::Witness) -> Result<ExitCode, Failure> {
    if let (Some(file), Some(name)) = (&arguments.new, &arguments.name) {
        return make(file, name);
    }
    let (Some(folder), Some(key), Some(listen)) = (&arguments.folder, &arguments.key, arguments.listen) else {
        return Ok(ExitCode::from(2));
    };
    let given = || key.display().to_string();
    let bytes = Zeroizing::new(trust::read(key, 4 << 10, "a key")?);
    let key = CosigningKey::parse(String::from_utf8_lossy(&bytes).trim())
        .map_err(|error| LogFailure::Key { given: given(), error })?;
    let logs = trust::keys(&arguments.logs)?;
    let witness = Witness::new(key, logs).map_err(|error| LogFailure::Key { given: "--log".to_owned(), error })?;
    now()?;
    let store = WitnessStore::open(folder).map_err(LogFailure::from)?;
    let failed = |error: io::Error| LogFailure::Listen { address: listen.to_string(), cause: error.to_string() };
    let listener = TcpListener::bind(listen).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    screen::print_cleaned(&format!(
        "Listening on http://{address}\nThe public key of this witness: {}\n",
        witness.verifier()
    ))?;
    let service = Arc::new(Service { witness, store: Mutex::new(store), open: AtomicUsize::new(0) });
    for stream in listener.incoming().flatten() {
        if service.open.fetch_add(1, Ordering::SeqCst) >= MOST_CONNECTIONS {
            service.open.fetch_sub(1, Ordering::SeqCst);
            continue;
        }
        let service = Arc::clone(&service);
        std::thread::spawn(move || {
            service.serve(stream);
            service.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
    Ok(ExitCode::SUCCESS)
}

/// What all connections share.
struct Service {
    witness: Witness,
    store: Mutex<WitnessStore>,
    open: AtomicUsize,
}

impl Service {
    /// Answers the one request of a connection. Whoever goes away is not told.
    fn serve(&self, stream: TcpStream) {
        let mut stream = Timed::new(stream);
        let answer = match stream.message(LONGEST_REQUEST, false) {
            Ok(request) => self.answer(&request.first, &request.body),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => plain(413, "the request is too large"),
            Err(error) if error.kind() == io::ErrorKind::InvalidData => plain(400, "this is not a request of HTTP/1.1"),
            Err(_) => return,
        };
        let head = format!(
            "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            answer.status,
            reason(answer.status),
            answer.content_type,
            answer.body.len()
        );
        let _ = stream.send(head.as_bytes()).and_then(|()| stream.send(answer.body.as_bytes()));
    }

    fn answer(&self, first: &str, body: &[u8]) -> Answer {
        let mut words = first.split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        match (method, path.strip_prefix('/')) {
            ("POST", Some(ADD_CHECKPOINT)) => {}
            (_, Some(ADD_CHECKPOINT)) => return plain(405, "checkpoints are sent with POST"),
            _ => return plain(404, "checkpoints are sent to /add-checkpoint"),
        }
        let Ok(now) = now() else { return plain(500, "the witness does not know the time") };
        // From looking up what was seen until the new is stored, nobody else decides.
        let Ok(mut store) = self.store.lock() else { return plain(500, "the witness has failed") };
        match self.witness.decide(body, |origin| store.get(origin).cloned(), now) {
            Decision::Refuse(answer) => answer,
            Decision::Cosign(pending) => match store.put(pending.to_store().clone()) {
                Ok(()) => pending.stored(),
                Err(error) => {
                    screen::error(&error);
                    plain(500, "the witness cannot store what it sees")
                }
            },
        }
    }
}

fn plain(status: u16, why: &str) -> Answer {
    Answer { status, content_type: "text/plain; charset=utf-8", body: format!("{why}\n") }
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        409 => "Conflict",
        413 => "Content Too Large",
        422 => "Unprocessable Entity",
        _ => "Internal Server Error",
    }
}

fn now() -> Result<Timestamp, LogFailure> {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_err(|_| LogFailure::Clock)?;
    Timestamp::new(since.as_secs()).ok_or(LogFailure::Clock)
}

/// Makes a secret key in a new file that only its owner can read.
fn make(file: &Path, name: &str) -> Result<ExitCode, Failure> {
    let name = KeyName::parse(name).map_err(|error| LogFailure::Key { given: "--name".to_owned(), error })?;
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed).map_err(|error| LogFailure::Random(error.to_string()))?;
    let key = CosigningKey::from_seed(name, &seed);
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => LogFailure::KeyExists { file: file.display().to_string() }.into(),
        _ => Failure::CannotWrite { file: file.display().to_string(), cause: error.to_string() },
    };
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(file).map_err(failed)?;
    written.write_all(key.to_text().as_bytes()).and_then(|()| written.write_all(b"\n")).map_err(failed)?;
    written.sync_all().map_err(failed)?;
    screen::print_cleaned(&format!(
        "Written: {}, the secret key. Keep it to yourself, and keep a copy of it.\nThe public key, for everybody:\n{}\n",
        file.display(),
        key.verifier()
    ))?;
    Ok(ExitCode::SUCCESS)
}
