//! Backing up and restoring what the server remembers: the embedded database as of one moment, and the secret without which
//! nobody could sign for the elections in it. One zip file with the digest of each part. It must be kept like the secret itself.

use std::fs::{self, File};
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{Connection as _, Row as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::{ServerError, system};

const MANIFEST: &str = "backup.json";
const SECRET: &str = "secret";
const DATABASE: &str = "adil.sqlite";
const FORM: &str = "backup/1";
/// The longest list of contents.
const MOST_MANIFEST_BYTES: u64 = 1 << 16;

#[derive(Serialize, Deserialize)]
struct Manifest {
    adil: String,
    version: String,
    made: String,
    files: Vec<Part>,
}

#[derive(Serialize, Deserialize, Clone)]
struct Part {
    name: String,
    bytes: u64,
    sha256: String,
}

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupDone {
    /// The parts and their lengths.
    pub parts: Vec<(String, u64)>,
    /// Whether the database is elsewhere and has to be backed up with its own tools.
    pub without_database: bool,
}

fn failed(path: &Path) -> impl Fn(io::Error) -> ServerError + '_ {
    move |error| ServerError::System(format!("{}: {error}", path.display()))
}

/// A new file that its owner alone can read.
fn new_file(path: &Path) -> Result<File, ServerError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(failed(path))
}

/// A folder that goes when it is done with.
struct Aside(PathBuf);

impl Aside {
    fn new(beside: &Path) -> Result<Self, ServerError> {
        let name: String = system::random_bytes::<8>()?.iter().map(|byte| format!("{byte:02x}")).collect();
        let path = beside.join(format!(".adil-{name}"));
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(failed(&path))?;
        Ok(Self(path))
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Backs up the data folder into a file that is not there yet; a server may go on serving from it.
///
/// # Errors
/// Something cannot be read or written.
pub async fn back_up(data: &Path, is_elsewhere: bool, file: &Path) -> Result<BackupDone, ServerError> {
    if file.exists() {
        return Err(ServerError::Config(format!("{}: is already there", file.display())));
    }
    let aside = Aside::new(data)?;
    let mut sources = vec![(SECRET, data.join(SECRET))];
    if !is_elsewhere {
        let copy = aside.0.join(DATABASE);
        copy_database(&data.join(DATABASE), &copy).await?;
        sources.push((DATABASE, copy));
    }
    let random: String = system::random_bytes::<8>()?.iter().map(|byte| format!("{byte:02x}")).collect();
    let part = file.with_extension(format!("{random}.part"));
    let written = write_zip(new_file(&part)?, &sources);
    let files = written.inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })?;
    fs::rename(&part, file).map_err(failed(file))?;
    Ok(BackupDone {
        parts: files.into_iter().map(|part| (part.name, part.bytes)).collect(),
        without_database: is_elsewhere,
    })
}

/// The database as of one moment, while others may write to it.
async fn copy_database(from: &Path, to: &Path) -> Result<(), ServerError> {
    if !from.exists() {
        return Err(ServerError::System(format!("{}: is not there", from.display())));
    }
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(&format!("sqlite://{}?mode=rw", from.display())).await?;
    sqlx::query("PRAGMA busy_timeout = 10000").execute(&mut connection).await?;
    sqlx::query("VACUUM INTO $1").bind(to.display().to_string()).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

fn write_zip(file: File, sources: &[(&str, PathBuf)]) -> Result<Vec<Part>, ServerError> {
    let broken = |error: zip::result::ZipError| ServerError::System(format!("the backup: {error}"));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true);
    let mut zip = ZipWriter::new(file);
    let mut files = Vec::new();
    for (name, path) in sources {
        zip.start_file(*name, options).map_err(broken)?;
        let (bytes, sha256) = copy(&mut File::open(path).map_err(failed(path))?, &mut zip).map_err(failed(path))?;
        files.push(Part { name: (*name).to_owned(), bytes, sha256 });
    }
    let manifest = Manifest {
        adil: FORM.to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made: crate::moment::in_utc(system::seconds()),
        files: files.clone(),
    };
    zip.start_file(MANIFEST, options).map_err(broken)?;
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| ServerError::Fault(error.to_string()))?;
    zip.write_all(text.as_bytes()).map_err(failed(Path::new(MANIFEST)))?;
    zip.finish().map_err(broken)?.sync_all().map_err(failed(Path::new("the backup")))?;
    Ok(files)
}

/// Copies, and says how many bytes with which digest.
fn copy(from: &mut dyn io::Read, to: &mut dyn Write) -> io::Result<(u64, String)> {
    let (mut digest, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 1 << 16]);
    loop {
        let read = from.read(&mut buffer)?;
        if read == 0 {
            break;
        }
        digest.update(&buffer[..read]);
        to.write_all(&buffer[..read])?;
        bytes += read as u64;
    }
    Ok((bytes, digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()))
}

/// Puts a backup into a data folder that has none of it yet. Nothing is there before everything has been checked.
///
/// # Errors
/// The file is no backup or was changed, or the folder has data already.
pub async fn restore(file: &Path, data: &Path) -> Result<BackupDone, ServerError> {
    let no_backup = |what: String| ServerError::Config(format!("{}: is no backup: {what}", file.display()));
    fs::create_dir_all(data).map_err(failed(data))?;
    for name in [SECRET, DATABASE] {
        if data.join(name).exists() {
            return Err(ServerError::Config(format!("{}: has a {name} already", data.display())));
        }
    }
    let mut zip =
        ZipArchive::new(File::open(file).map_err(failed(file))?).map_err(|error| no_backup(error.to_string()))?;
    let mut text = String::new();
    zip.by_name(MANIFEST)
        .map_err(|error| no_backup(error.to_string()))?
        .take(MOST_MANIFEST_BYTES)
        .read_to_string(&mut text)
        .map_err(|error| no_backup(error.to_string()))?;
    let manifest: Manifest = serde_json::from_str(&text).map_err(|error| no_backup(error.to_string()))?;
    if manifest.adil != FORM {
        return Err(no_backup(format!("its form is {:?}", manifest.adil)));
    }
    let aside = Aside::new(data)?;
    for part in &manifest.files {
        if ![SECRET, DATABASE].contains(&part.name.as_str()) {
            return Err(no_backup(format!("it has a part {:?}", part.name)));
        }
        let path = aside.0.join(&part.name);
        let mut to = new_file(&path)?;
        let from = zip.by_name(&part.name).map_err(|error| no_backup(error.to_string()))?;
        let (bytes, sha256) = copy(&mut from.take(part.bytes.saturating_add(1)), &mut to).map_err(failed(&path))?;
        to.sync_all().map_err(failed(&path))?;
        if bytes != part.bytes || sha256 != part.sha256 {
            return Err(no_backup(format!("{} was changed", part.name)));
        }
    }
    let database = aside.0.join(DATABASE);
    if database.exists() {
        look_at_database(&database).await?;
    }
    for part in &manifest.files {
        let to = data.join(&part.name);
        fs::rename(aside.0.join(&part.name), &to).map_err(failed(&to))?;
    }
    #[cfg(unix)]
    File::open(data).and_then(|folder| folder.sync_all()).map_err(failed(data))?;
    Ok(BackupDone {
        without_database: !manifest.files.iter().any(|part| part.name == DATABASE),
        parts: manifest.files.into_iter().map(|part| (part.name, part.bytes)).collect(),
    })
}

/// Whether a database is whole; who had signed in signs in again.
async fn look_at_database(path: &Path) -> Result<(), ServerError> {
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(&format!("sqlite://{}?mode=rw", path.display())).await?;
    let row = sqlx::query("PRAGMA integrity_check").fetch_one(&mut connection).await?;
    let said: String = row.try_get(0)?;
    if said == "ok" {
        // Sessions that have ended since, and links that were used, must not work again.
        for sql in ["DELETE FROM session_grant", "DELETE FROM session", "DELETE FROM sign_in_link"] {
            sqlx::query(sql).execute(&mut connection).await?;
        }
    }
    connection.close().await?;
    match said.as_str() {
        "ok" => Ok(()),
        _ => Err(ServerError::Config(format!("the database of the backup is damaged: {said}"))),
    }
}
