//! The leak: what somebody has who reads everything that was published, and what comes of it.

use adil_belenios::hold::VotingCode;
use adil_election::polling::Refusal;
use zeroize::Zeroizing;

use super::plan::{ATTACK, LEAKED, LEAKED_TRUSTEES};
use super::roles::{Roles, answers, seal};
use crate::commands::election::ballots;
use crate::hold::organiser::Held;
use crate::hold::trustee::TrusteeFolder;
use crate::hold::{HoldFailure, random};

/// What leaks.
pub(super) struct Leak {
    /// The private keys of trustees, as numbers.
    keys: Vec<Zeroizing<String>>,
}

impl Leak {
    pub(super) fn of(roles: &Roles) -> Result<Self, HoldFailure> {
        let key =
            |number: usize| TrusteeFolder::open(&roles.trustee(number))?.decryption_key(Some(&roles.passphrase()));
        Ok(Self { keys: LEAKED_TRUSTEES.into_iter().map(key).collect::<Result<_, _>>()? })
    }

    fn cast(roles: &Roles, held: &mut Held, minute: u64) -> Result<Vec<Result<ballots::Logged, Refusal>>, HoldFailure> {
        let codes: Vec<&VotingCode> = LEAKED.filter_map(|voter| roles.codes.get(voter)).collect();
        let votes = vec![answers(ATTACK.0, ATTACK.1); codes.len()];
        let sealed = seal(&held.board, &codes, &votes)?;
        let bytes: Vec<&[u8]> = sealed.iter().map(String::as_bytes).collect();
        ballots::take(held, &bytes, minute)
    }

    /// A ballot with every leaked code: nothing keeps them out yet.
    pub(super) fn attack(&self, roles: &Roles, held: &mut Held, minute: u64) -> Result<(), HoldFailure> {
        let cast = Self::cast(roles, held, minute)?;
        match cast.iter().all(Result::is_ok) {
            true => Ok(()),
            false => Err(HoldFailure::Order("the attack failed before the answer to it".to_owned())),
        }
    }

    /// After the revocation every such ballot is refused.
    pub(super) fn is_refused(&self, roles: &Roles, held: &mut Held, minute: u64) -> Result<(), HoldFailure> {
        let cast = Self::cast(roles, held, minute)?;
        match cast.iter().all(|cast| matches!(cast, Err(Refusal::Revoked { .. }))) {
            true => Ok(()),
            false => Err(HoldFailure::Order("a ballot with a revoked code was taken".to_owned())),
        }
    }

    /// The leaked keys open no ciphertext of the election: one fewer than decrypt are as good as none.
    pub(super) fn learns_nothing(&self, held: &Held) -> Result<(), HoldFailure> {
        let polls = &held.board.polls;
        let mut random = random::stream()?;
        let mut answers = Vec::new();
        for key in &self.keys {
            let (owner, answer) = polls.rehearse(key, &mut random)?;
            answers.push((owner, answer.into_bytes()));
        }
        match polls.rehearsed(&answers) {
            Err(_) => Ok(()),
            Ok(()) => Err(HoldFailure::Order("two trustees can decrypt alone".to_owned())),
        }
    }
}
