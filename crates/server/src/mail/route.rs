//! How letters leave: to a mail server, or into files.

use std::path::PathBuf;
use std::time::Duration;

use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use sha2::{Digest, Sha256};
use tokio::sync::Notify;

use super::letter::Written;
use super::queue::Outcome;
use crate::{Config, MailRoute, ServerError};

/// Seconds to wait for a mail server's answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// The way out, and the bell that wakes whoever carries the letters.
pub struct Post {
    route: Route,
    from: Mailbox,
    bell: Notify,
}

enum Route {
    Folder(PathBuf),
    Smtp(Box<AsyncSmtpTransport<Tokio1Executor>>),
}

/// Says that no person wrote it (RFC 3834, section 5), so that nobody's holiday notice answers.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

impl Post {
    /// The way out that the operator named.
    ///
    /// # Errors
    /// The sender is no address, or the mail server's URL cannot be used.
    pub fn new(config: &Config) -> Result<Self, ServerError> {
        let from: Mailbox = config
            .mail_from
            .parse()
            .map_err(|error| ServerError::Config(format!("--mail-from {:?}: {error}", config.mail_from)))?;
        let route = match &config.mail {
            MailRoute::Files => Route::Folder(config.data.join("mail")),
            MailRoute::Folder(folder) => Route::Folder(folder.clone()),
            MailRoute::Smtp(url) => {
                // The URL holds a password: the message must not.
                let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| {
                    ServerError::Config(
                        "--smtp: is no address of a mail server, smtp://user:password@host:587".to_owned(),
                    )
                })?;
                Route::Smtp(Box::new(builder.timeout(Some(PATIENCE)).build()))
            }
        };
        Ok(Self { route, from, bell: Notify::new() })
    }

    /// Wakes whoever carries the letters.
    pub fn wake(&self) {
        self.bell.notify_one();
    }

    /// Returns when somebody has woken it.
    pub(super) async fn rung(&self) {
        self.bell.notified().await;
    }

    /// Whether letters become files, and where.
    pub fn folder(&self) -> Option<&PathBuf> {
        match &self.route {
            Route::Folder(folder) => Some(folder),
            Route::Smtp(_) => None,
        }
    }

    /// Whether the mail server answers and lets us in.
    ///
    /// # Errors
    /// What it says.
    pub async fn try_connection(&self) -> Result<(), String> {
        match &self.route {
            Route::Folder(folder) => std::fs::create_dir_all(folder).map_err(|error| error.to_string()),
            Route::Smtp(server) => match server.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err("the mail server answered, but refused".to_owned()),
                Err(error) => Err(error.to_string()),
            },
        }
    }

    /// Sends a letter that is in no queue.
    pub(crate) async fn send_now(&self, id: &str, recipient: &str, letter: &Written) -> Result<(), String> {
        self.send(id, recipient, letter).await.map_err(|outcome| match outcome {
            Outcome::Later(text) | Outcome::Refused(text) | Outcome::Never(text) => text,
        })
    }

    /// Sends a letter.
    pub(super) async fn send(&self, id: &str, recipient: &str, letter: &Written) -> Result<(), Outcome> {
        let to: Mailbox = recipient.parse().map_err(|error| Outcome::Never(format!("no mail address: {error}")))?;
        let digest = Sha256::digest(id.as_bytes());
        let name: String = digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect();
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.clone())
            .message_id(Some(format!("<{name}@{}>", self.from.email.domain())))
            .header(AutoSubmitted)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.to_string())
            .map_err(|error| Outcome::Never(error.to_string()))?;
        match &self.route {
            Route::Folder(folder) => {
                // Written whole or not at all, under a name that follows from the identifier.
                let write = || -> std::io::Result<()> {
                    std::fs::create_dir_all(folder)?;
                    let part = folder.join(format!("{name}.part"));
                    std::fs::write(&part, message.formatted())?;
                    std::fs::rename(&part, folder.join(format!("{name}.eml")))
                };
                write().map_err(|error| Outcome::Later(format!("{}: {error}", folder.display())))
            }
            Route::Smtp(server) => match server.send(message).await {
                Ok(_) => Ok(()),
                Err(error) if error.is_permanent() => Err(Outcome::Refused(error.to_string())),
                Err(error) => Err(Outcome::Later(error.to_string())),
            },
        }
    }
}
