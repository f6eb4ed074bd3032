//! What an operator decides: where to listen, where data lie, how mail goes out.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use crate::accounts::OidcSettings;

/// How the server runs.
#[derive(Clone)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The address that people use, without a slash at the end; the one listened on where it is empty, e.g. `https://vote.example.org`. With `https` cookies are
    /// given to secure connections alone.
    pub base_url: String,
    /// The folder of the server's secret, the embedded database and mail that is written to files.
    pub data: PathBuf,
    /// The database: `postgres://…`; the embedded one, in `data`, where nothing is named.
    pub database: Option<String>,
    /// How mail goes out.
    pub mail: MailRoute,
    /// The sender of mail, e.g. `adil <vote@example.org>`.
    pub mail_from: String,
    /// Who may make an account: nobody by themselves, or everybody with an address that mail reaches.
    pub open_registration: bool,
    /// The OpenID provider that organisers may sign in at.
    pub oidc: Option<OidcSettings>,
    /// Whether the front page names a sample election to try.
    pub is_demo: bool,
    /// The proxies in front, whose `X-Forwarded-For` is believed: how many.
    pub proxies: u8,
    /// The witnesses that are asked to cosign the logs: those of the policy that have an address.
    pub policy: Option<Arc<adil_log::Policy>>,
    /// Where figures for Prometheus are served besides; without it only to this machine, at the address above.
    pub metrics: Option<SocketAddr>,
}

/// How mail goes out.
#[derive(Clone, PartialEq, Eq)]
pub enum MailRoute {
    /// Written to files in the data folder: for trying things, and for tests.
    Files,
    /// Written to files in that folder.
    Folder(PathBuf),
    /// An SMTP server: `smtp://user:password@host:587?tls=required`.
    Smtp(String),
}

// Addresses of databases and mail servers hold passwords.
impl std::fmt::Debug for MailRoute {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Files => formatter.write_str("Files"),
            Self::Folder(folder) => formatter.debug_tuple("Folder").field(folder).finish(),
            Self::Smtp(_) => formatter.write_str("Smtp(..)"),
        }
    }
}

impl std::fmt::Debug for Config {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut debug = formatter.debug_struct("Config");
        debug.field("listen", &self.listen).field("base_url", &self.base_url).field("data", &self.data);
        debug.field("mail", &self.mail).finish_non_exhaustive()
    }
}

impl MailRoute {
    /// What `--smtp` names: `file:FOLDER`, `smtp://…` or `smtps://…`.
    pub fn of(text: &str) -> Self {
        match text.strip_prefix("file:") {
            Some(folder) => Self::Folder(PathBuf::from(folder)),
            None => Self::Smtp(text.to_owned()),
        }
    }
}

impl Default for Config {
    /// A server of this machine alone, on a port that the system chooses, whose data lie in the current folder.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            base_url: "http://127.0.0.1:8080".to_owned(),
            data: PathBuf::from("adil-data"),
            database: None,
            mail: MailRoute::Files,
            mail_from: "adil <adil@localhost>".to_owned(),
            open_registration: false,
            oidc: None,
            is_demo: false,
            proxies: 0,
            policy: None,
            metrics: None,
        }
    }
}

impl Config {
    /// Whether people reach the server over an encrypted connection.
    pub fn is_secure(&self) -> bool {
        self.base_url.starts_with("https://")
    }

    /// Whether a proxy must stand in front, for the encryption, and none is named: then all who ask seem to come from it.
    pub fn lacks_proxies(&self) -> bool {
        self.is_secure() && self.proxies == 0
    }

    /// The host of the address that people use, with its port where one is named.
    pub fn host(&self) -> &str {
        self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, host)| host)
    }
}
