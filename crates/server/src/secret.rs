//! The server's one secret, outside the database, and the keys that are worked out from it:
//!
//! ```text
//! key(purpose) = HMAC-SHA-256(secret, purpose)
//! ```
//!
//! Whoever holds the database holds no key. Whoever holds the secret signs as the log and the organisers of all elections
//! on this server, and, where the server itself hands out voting codes, knows these; not votes.

use std::io::Write as _;
use std::path::Path;

use adil_log::{KeyName, SigningKey};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{ServerError, system};

/// The server's secret.
#[derive(Clone)]
pub struct ServerSecret(Zeroizing<[u8; 32]>);

impl std::fmt::Debug for ServerSecret {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("ServerSecret(..)")
    }
}

/// The keys that sign for an election.
pub struct ElectionKeys {
    /// Signs the organiser's statements.
    pub organiser: SigningKey,
    /// Signs the log's checkpoints.
    pub log: SigningKey,
    /// Signs acceptances.
    pub acceptance: SigningKey,
}

impl ServerSecret {
    /// The secret in a file of 32 bytes; made where it is missing.
    ///
    /// # Errors
    /// The file cannot be read or made, others can read it, or it has another length.
    pub fn open(path: &Path) -> Result<Self, ServerError> {
        let failed = |error: std::io::Error| ServerError::System(format!("{}: {error}", path.display()));
        if !path.exists() {
            let bytes = system::random_bytes::<32>()?;
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut file = options.open(path).map_err(failed)?;
            file.write_all(&*bytes).and_then(|()| file.sync_all()).map_err(failed)?;
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(path).map_err(failed)?.permissions().mode();
            if mode & 0o077 != 0 {
                let text =
                    "others can read it; `chmod 600` makes it private, after which it should be thought of as known";
                return Err(ServerError::System(format!("{}: {text}", path.display())));
            }
        }
        let read = Zeroizing::new(std::fs::read(path).map_err(failed)?);
        let bytes: [u8; 32] = read.as_slice().try_into().map_err(|_| {
            ServerError::System(format!("{}: a server's secret has 32 bytes, this has {}", path.display(), read.len()))
        })?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// The key of a purpose.
    pub fn key(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut mac = match Hmac::<Sha256>::new_from_slice(&*self.0) {
            Ok(mac) => mac,
            // HMAC takes keys of any length.
            Err(_) => unreachable!("HMAC takes keys of any length"),
        };
        mac.update(purpose.as_bytes());
        Zeroizing::new(mac.finalize().into_bytes().into())
    }

    /// By what the database knows which secret is its own.
    pub(crate) fn mark(&self) -> [u8; 32] {
        *self.key("which")
    }

    /// The keys of an election whose log has that origin.
    ///
    /// # Errors
    /// The origin cannot be the name of a key.
    pub fn election(&self, uuid: &str, origin: &str) -> Result<ElectionKeys, ServerError> {
        let key = |name: String, purpose: &str| -> Result<SigningKey, ServerError> {
            let name = KeyName::parse(&name).map_err(|error| ServerError::Fault(format!("{name:?}: {error}")))?;
            Ok(SigningKey::from_seed(name, &self.key(&format!("{purpose}/{uuid}"))))
        };
        Ok(ElectionKeys {
            organiser: key(format!("organiser/{uuid}"), "organiser")?,
            log: key(origin.to_owned(), "log")?,
            acceptance: key(format!("acceptance/{uuid}"), "acceptance")?,
        })
    }

    /// The key of the credential authority, where the server itself is it.
    ///
    /// # Errors
    /// The identifier cannot stand in the name of a key.
    pub fn authority(&self, uuid: &str) -> Result<SigningKey, ServerError> {
        let name = format!("authority/{uuid}");
        let name = KeyName::parse(&name).map_err(|error| ServerError::Fault(format!("{name:?}: {error}")))?;
        Ok(SigningKey::from_seed(name, &self.key(&format!("authority/{uuid}"))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_made_once_and_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        let first = ServerSecret::open(&path).expect("made");
        let again = ServerSecret::open(&path).expect("read");
        assert_eq!(first.key("a"), again.key("a"));
        assert_ne!(first.key("a"), first.key("b"));
        assert_eq!(format!("{first:?}"), "ServerSecret(..)");
    }

    #[cfg(unix)]
    #[test]
    fn a_secret_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        ServerSecret::open(&path).expect("made");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("changed");
        assert!(ServerSecret::open(&path).is_err_and(|error| error.to_string().contains("others can read it")));
    }
}
