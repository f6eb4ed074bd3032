//! What can go wrong, and whose fault it is.

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// The person asked for something that cannot be done; the sentence is for her. `code` is for programs.
    #[error("{message}")]
    Refused {
        /// A short name that programs know the refusal by.
        code: &'static str,
        /// The sentence.
        message: String,
    },
    /// What was asked for is not here.
    #[error("there is no such page")]
    NotFound,
    /// The person has not signed in, or may not do this.
    #[error("you may not do this")]
    Forbidden,
    /// Too much was asked for in too short a time.
    #[error("too many attempts; try again in {seconds} seconds")]
    TooMany {
        /// When to try again.
        seconds: u64,
    },
    /// The person has to wait with this; the sentence is for her, `code` for programs.
    #[error("{message}; try again in {seconds} seconds")]
    Later {
        /// A short name that programs know the refusal by.
        code: &'static str,
        /// When to try again.
        seconds: u64,
        /// The sentence.
        message: String,
    },
    /// The database.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// Something that others provide is not there just now; trying again may help.
    #[error("{0}")]
    Unavailable(String),
    /// The operating system: a file, the disk, randomness.
    #[error("{0}")]
    System(String),
    /// The configuration.
    #[error("{0}")]
    Config(String),
    /// The program is wrong: something that always holds did not.
    #[error("{0}")]
    Fault(String),
}

impl ServerError {
    /// A refusal.
    pub fn refused(code: &'static str, message: impl ToString) -> Self {
        Self::Refused { code, message: message.to_string() }
    }

    /// A refusal for some time.
    pub fn later(code: &'static str, seconds: u64, message: impl ToString) -> Self {
        Self::Later { code, seconds, message: message.to_string() }
    }
}
