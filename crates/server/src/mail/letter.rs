//! What letters say. A letter is kept as references; its text is written when it is sent.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::texts::Tongue;
use crate::{App, ServerError};

/// Why somebody with a role is written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// The personal link is new.
    New,
    /// The organiser has declared that voting codes have leaked.
    Leak,
    /// Voters are to get spare codes.
    Orders,
}

/// A letter as the queue keeps it. The election is named beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Letter {
    /// A link to sign in with.
    SignInLink {
        /// The identifier that the link's token is worked out from.
        link: String,
    },
    /// To a person with a role, with the personal link.
    Role {
        /// `authority`, `spares` or `trustee`.
        role: String,
        /// Which of several, from 1; 0 where there is one.
        number: u64,
        /// The person's name.
        name: String,
        /// Why.
        about: About,
    },
    /// A voter's code, where the server itself is the credential authority.
    VoterCode {
        /// The place of the voter on the list, from 0.
        voter: u64,
        /// Whether it takes the place of a revoked one.
        spare: bool,
    },
    /// An invitation to vote to somebody who gets the code from the credential authority.
    Invitation,
    /// The code of eight digits that accepts a ballot.
    SecondFactor {
        /// The ballot's tracker.
        tracker: String,
        /// What the list calls the voter.
        voter: String,
    },
    /// A ballot was accepted under a voter's code.
    BallotNotice {
        /// The ballot's tracker.
        tracker: String,
        /// When it was accepted, in seconds since 1970.
        moment: u64,
    },
    /// Whether mail goes out at all: from `adil doctor`.
    Test,
}

/// A letter as it is sent.
pub(crate) struct Written {
    pub(crate) subject: String,
    pub(crate) body: Zeroizing<String>,
}

impl Letter {
    /// The name of the kind, as the table and the texts have it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::SignInLink { .. } => "sign-in-link",
            Self::Role { about: About::New, .. } => "role-link",
            Self::Role { about: About::Leak, .. } => "role-leak",
            Self::Role { about: About::Orders, .. } => "role-orders",
            Self::VoterCode { spare: false, .. } => "voter-code",
            Self::VoterCode { spare: true, .. } => "spare-code",
            Self::Invitation => "invitation",
            Self::SecondFactor { .. } => "second-factor",
            Self::BallotNotice { .. } => "ballot-notice",
            Self::Test => "test",
        }
    }
}

impl App {
    /// The token of an identifier, in 43 characters: `HMAC(secret, "token/purpose/id")`. The database holds the identifier
    /// in the queue of mail and the token's digest where it is looked up, so that whoever reads it can open nothing.
    pub fn token_of(&self, purpose: &str, id: &str) -> Zeroizing<String> {
        use base64::Engine as _;
        let key = self.secret.key(&format!("token/{purpose}/{id}"));
        Zeroizing::new(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(*key))
    }

    /// Writes a letter.
    ///
    /// # Errors
    /// `NotFound` and `Refused` where it is no longer needed.
    pub(crate) async fn mail_body(
        &self,
        tongue: Tongue,
        election: Option<&str>,
        letter: &Letter,
    ) -> Result<Written, ServerError> {
        let base = &self.config.base_url;
        let uuid = election.unwrap_or_default();
        let mut arguments: Vec<(&str, Zeroizing<String>)> = Vec::new();
        let mut with = |name, value: &str| arguments.push((name, Zeroizing::new(value.to_owned())));
        if !matches!(letter, Letter::SignInLink { .. } | Letter::Test) {
            with("title", &self.election(uuid).await?.title);
        }
        match letter {
            Letter::SignInLink { link } => {
                with("link", &format!("{base}/sign-in/link/{}", *self.token_of("sign-in", link)));
            }
            Letter::Role { role, number, name, about: _ } => {
                let role_name = self.texts.get(tongue, &format!("mail-role-{role}"), &[]);
                with("role", &role_name);
                with("name", name);
                with("link", &self.role_link(uuid, role, *number).await?);
            }
            Letter::VoterCode { voter, spare: _ } => {
                let code = Zeroizing::new(self.voting_code(uuid, *voter).await?);
                with("code", &code);
                with("link", &format!("{base}/e/{uuid}/vote#{}", *code));
                with("page", &format!("{base}/e/{uuid}"));
            }
            Letter::Invitation => with("link", &format!("{base}/e/{uuid}/vote")),
            Letter::SecondFactor { tracker, voter } => {
                let code = self.second_factor_code(uuid, tracker, voter).await?;
                let code = Zeroizing::new(code.ok_or(ServerError::NotFound)?);
                let (first, last) = code.split_at(code.len() / 2);
                with("code", &format!("{first} {last}"));
            }
            Letter::BallotNotice { tracker, moment } => {
                with("tracker", tracker);
                with("moment", &crate::moment::in_utc(*moment));
                with("page", &format!("{base}/e/{uuid}"));
            }
            Letter::Test => with("server", base),
        }
        let borrowed: Vec<(&str, &str)> = arguments.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let text = |part: &str| self.texts.get(tongue, &format!("mail-{}-{part}", letter.kind()), &borrowed);
        let foot = self.texts.get(tongue, "mail-foot", &[("server", base)]);
        let body = Zeroizing::new(format!("{}\n\n-- \n{foot}\n", *Zeroizing::new(text("body"))));
        Ok(Written { subject: text("subject"), body })
    }
}
