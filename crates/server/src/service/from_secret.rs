//! What is worked out from the server's secret for an election: the keys that sign, the tokens of personal links, and,
//! where the server is the credential authority itself, the voting codes. The database holds none of it.
//!
//! ```text
//! code i = the first 22 digits of ChaCha20(key("codes/" uuid), stream i)
//! link   = base64url(key("link/" uuid "/" role "/" number "/" generation))
//! ```

use adil_belenios::hold::{Keys, VotingCode};
use adil_election::authority::Issued;
use adil_election::messages::Draft;
use adil_log::VerifierKey;
use base64::Engine as _;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use zeroize::Zeroizing;

use crate::{App, ElectionKeys, ServerError, ServerSecret};

/// Whose codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Codes {
    /// The voters', by their places on the list.
    Voters,
    /// Spare ones, by their places.
    Spares,
}

impl Codes {
    fn purpose(self) -> &'static str {
        match self {
            Self::Voters => "codes",
            Self::Spares => "spare-codes",
        }
    }
}

/// The codes at some places.
pub(super) fn codes(secret: &ServerSecret, uuid: &str, of: Codes, places: std::ops::Range<u64>) -> Vec<VotingCode> {
    let seed = secret.key(&format!("{}/{uuid}", of.purpose()));
    let code = |place: u64| {
        let mut stream = ChaCha20Rng::from_seed(*seed);
        stream.set_stream(place);
        VotingCode::draw(&mut stream)
    };
    places.map(code).collect()
}

/// All codes of one kind, one for each weight, with their public credentials.
pub(super) fn issued(secret: &ServerSecret, keys: &dyn Keys, uuid: &str, of: Codes, weights: Vec<u128>) -> Issued {
    let codes = codes(secret, uuid, of, 0..weights.len() as u64);
    let public = keys.public_credentials(uuid, &codes);
    Issued { codes, public, weights }
}

/// The origin of an election's log.
pub(super) fn origin(uuid: &str) -> String {
    format!("adil/{uuid}")
}

impl App {
    /// The keys that sign for an election, as its draft names them.
    pub(super) fn keys_of(&self, draft: &Draft) -> Result<ElectionKeys, ServerError> {
        let broken =
            |error: adil_log::KeyError| ServerError::Fault(format!("the log's key of {}: {error}", draft.uuid));
        let log = VerifierKey::parse(&draft.log).map_err(broken)?;
        let keys = self.secret.election(&draft.uuid, log.name().as_str())?;
        match keys.organiser.verifier().to_string() == draft.organiser && keys.log.verifier().to_string() == draft.log {
            true => Ok(keys),
            false => {
                let text =
                    format!("the server's secret is not the one that the election {} was fixed with", draft.uuid);
                Err(ServerError::System(text))
            }
        }
    }

    /// The token of a personal link.
    pub(super) fn link_token(&self, uuid: &str, role: &str, number: u64, generation: u64) -> Zeroizing<String> {
        let bytes = self.secret.key(&format!("link/{uuid}/{role}/{number}/{generation}"));
        Zeroizing::new(base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(*bytes))
    }
}
