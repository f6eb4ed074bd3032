//! Kinds of requests: how long each may be, how long it may take to arrive, and which are limited in number.

use std::time::Duration;

use axum::http::Method;

use crate::accounts::{Role, Session};
use crate::limits::Kind as Limited;

/// What anybody may send at most.
const MOST_BYTES: usize = 1 << 20;
/// A ballot: one of 4,096 ciphertexts, the most that a plan may have, takes 2.9 MB.
const MOST_BYTES_OF_BALLOTS: usize = 8 << 20;
/// The list of voters, from its organiser.
const MOST_BYTES_OF_VOTERS: usize = 32 << 20;
/// Lists of credentials: 100,000 voters and as many spares, each credential with its weight in two lists.
const MOST_BYTES_OF_LISTS: usize = 64 << 20;
/// A trustee's messages: a shuffle takes 1.5 kB for each ballot and ranked question.
const MOST_BYTES_OF_TRUSTEES: usize = 256 << 20;
/// Short forms.
const MOST_BYTES_OF_FORMS: usize = 16 << 10;

/// The longest time until an answer begins.
const ANSWER: Duration = Duration::from_secs(120);
/// The same where proofs about all ballots are verified.
const ANSWER_TO_ROLES: Duration = Duration::from_secs(30 * 60);

/// What a kind of request may be.
pub(super) struct Kind {
    pub(super) most_bytes: usize,
    /// What it may be instead from somebody who has this part.
    pub(super) of_part: Option<(Part, usize)>,
    /// How long it may take to arrive.
    pub(super) patience: Duration,
    /// How long its answer may take to begin.
    pub(super) answer: Duration,
    pub(super) limited: Option<Limited>,
}

/// A part that a path is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Some organiser: whose election it is turns out later.
    Organiser,
    /// The role in this election, with this number.
    Role(String, Role, u64),
}

impl Part {
    /// Whether somebody has it.
    pub(super) fn is_of(&self, session: &Session) -> bool {
        match self {
            Self::Organiser => session.organiser.is_some(),
            Self::Role(uuid, role, number) => session.has(uuid, *role, *number),
        }
    }

    /// The part that a path is for which takes long messages, and how long they may be.
    fn of(path: &str) -> Option<(Self, usize)> {
        if path.starts_with("/organiser/") && path.ends_with("/voters") {
            return Some((Self::Organiser, MOST_BYTES_OF_VOTERS));
        }
        let rest = path.strip_prefix("/api/")?;
        let mut parts = rest.split('/');
        let (role, uuid, last) = (Role::of_name(parts.next()?)?, parts.next()?.to_owned(), parts.next()?);
        match role {
            Role::Trustee => Some((Self::Role(uuid, role, last.parse().ok()?), MOST_BYTES_OF_TRUSTEES)),
            Role::Authority => Some((Self::Role(uuid, role, 0), MOST_BYTES_OF_LISTS)),
            Role::Spares => None,
        }
    }
}

/// The kind of a request.
pub(super) fn kind(method: &Method, path: &str) -> Kind {
    let seconds = Duration::from_secs;
    let limited = |most_bytes, patience, limited| Kind {
        most_bytes,
        of_part: None,
        patience: seconds(patience),
        answer: ANSWER,
        limited: Some(limited),
    };
    let short = |kind| limited(MOST_BYTES_OF_FORMS, 20, kind);
    let is_post = method == Method::POST;
    let of_election = path.strip_prefix("/api/e/").and_then(|rest| rest.split_once('/')).map(|(_, rest)| rest);
    match of_election {
        Some("ballots") if is_post => {
            return limited(MOST_BYTES_OF_BALLOTS, 40, Limited::Ballots);
        }
        Some("second-factor" | "acceptances" | "notices") if is_post => return short(Limited::SecondFactor),
        _ => {}
    }
    if path.starts_with("/r/") {
        return short(Limited::Links);
    }
    let is_one_time = path.starts_with("/sign-in/link/") || path.starts_with("/sign-in/oidc");
    if is_one_time || path.starts_with("/set-up/") || (path.starts_with("/sign-in") && is_post) {
        return short(Limited::SignIn);
    }
    let is_record = path.starts_with("/e/") && (path.ends_with("/election.bel") || path.ends_with("/record.zip"));
    if is_record {
        return short(Limited::Records);
    }
    let of_part = Part::of(path);
    let (patience, answer) = if of_part.is_some() { (seconds(600), ANSWER_TO_ROLES) } else { (seconds(40), ANSWER) };
    Kind { most_bytes: MOST_BYTES, of_part, patience, answer, limited: None }
}

/// Whether a request hands a ballot in.
pub(super) fn is_ballot(method: &Method, path: &str) -> bool {
    method == Method::POST && path.starts_with("/api/e/") && path.ends_with("/ballots")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_messages_are_for_the_part_of_the_path() {
        let role = |role, number| Part::Role("x".to_owned(), role, number);
        for (path, part) in [
            ("/api/trustee/x/2", Some((role(Role::Trustee, 2), 256 << 20))),
            ("/api/authority/x/lists", Some((role(Role::Authority, 0), 64 << 20))),
            ("/api/authority/x/revocations", Some((role(Role::Authority, 0), 64 << 20))),
            ("/organiser/x/voters", Some((Part::Organiser, 32 << 20))),
            ("/api/trustee/x/two", None),
            ("/api/spares/x", None),
            ("/api/e/x/ballots", None),
            ("/", None),
        ] {
            assert_eq!(kind(&Method::POST, path).of_part, part, "{path}");
        }
        assert_eq!(kind(&Method::POST, "/api/e/x/ballots").most_bytes, 8 << 20);
    }
}
