//! Signing in at an OpenID provider: the authorization code flow (OpenID Connect Core 1.0, section 3.1) with PKCE (RFC 7636).
//!
//! ```text
//! cookie = end "." random            state, nonce, verifier = HMAC(secret, purpose / cookie)
//! challenge = SHA-256(verifier)
//! ```
//!
//! Everything hangs on the browser's cookie: whoever brings a state without it is in another browser. Nothing is kept until
//! somebody comes back, and then only that she did, so that each sign-in serves once.

mod claims;
mod identity;
mod keys;
mod provider;
mod settings;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::{Network, in_address};
use crate::texts::Tongue;
use crate::{App, ServerError, system};

use claims::Claims;
use provider::ProviderFault;

pub use settings::OidcSettings;

pub(crate) use identity::Identity;
pub(crate) use provider::Provider;

/// Where the provider sends people back to.
pub(crate) const BACK: &str = "/sign-in/oidc/back";
/// Seconds from the button to the way back.
pub(crate) const FLOW_SECONDS: u64 = 10 * 60;
/// The longest code that is taken.
const LONGEST_CODE: usize = 4_096;

/// A sign-in that begins.
pub struct OidcStart {
    /// For the browser's cookie.
    pub cookie: Zeroizing<String>,
    /// Where the browser goes.
    pub address: String,
}

/// What the browser brings back.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct OidcBack {
    /// What the provider gives tokens for.
    pub code: String,
    /// What this server gave along.
    pub state: String,
    /// Why there is no code.
    pub error: String,
    /// The provider (RFC 9207).
    pub iss: Option<String>,
}

/// A sign-in that has come to its end.
pub enum OidcEnd {
    /// This organiser has signed in.
    SignedIn(i64),
    /// The code of the app is asked for, at the sign-in link with this token.
    AsksForCode(String),
}

/// What follows from a browser's cookie.
struct Flow {
    state: Zeroizing<String>,
    nonce: Zeroizing<String>,
    verifier: Zeroizing<String>,
}

impl App {
    fn flow(&self, cookie: &str) -> Flow {
        let of = |purpose: &str| self.token_of(purpose, cookie);
        Flow { state: of("oidc-state"), nonce: of("oidc-nonce"), verifier: of("oidc-verifier") }
    }

    fn oidc_redirect(&self) -> String {
        format!("{}{BACK}", self.config.base_url)
    }

    /// Begins to sign somebody in at the provider.
    ///
    /// # Errors
    /// `NotFound` where the operator has named no provider; `Refused` with `oidc-away` where it does not answer.
    pub async fn begin_oidc(&self) -> Result<OidcStart, ServerError> {
        let provider = self.provider.as_ref().ok_or(ServerError::NotFound)?;
        let directory = provider.directory().await.map_err(told)?;
        let cookie = Zeroizing::new(format!("{}.{}", system::seconds() + FLOW_SECONDS, system::token()?.as_str()));
        let flow = self.flow(&cookie);
        let challenge = BASE64.encode(Sha256::digest(flow.verifier.as_bytes()));
        let endpoint = &directory.authorization_endpoint;
        let mark = if endpoint.contains('?') { '&' } else { '?' };
        let address = format!(
            "{endpoint}{mark}response_type=code&client_id={}&redirect_uri={}&scope={}&state={}&nonce={}\
             &code_challenge={challenge}&code_challenge_method=S256",
            in_address(&provider.settings.client_id),
            in_address(&self.oidc_redirect()),
            in_address(&provider.settings.scopes),
            *flow.state,
            *flow.nonce,
        );
        Ok(OidcStart { cookie, address })
    }

    /// Brings a sign-in to its end, with the cookie of its beginning and what the browser brings back.
    ///
    /// # Errors
    /// `Refused` with the reason: `oidc-state` (another browser, too late, used before), `oidc-denied`, `oidc-token`,
    /// `oidc-away`, `oidc-email`, `oidc-not-entitled`, `oidc-no-account`, `oidc-other`.
    pub async fn end_oidc(
        &self,
        cookie: Option<&str>,
        back: &OidcBack,
        tongue: Tongue,
        network: &Network,
    ) -> Result<OidcEnd, ServerError> {
        let provider = self.provider.as_ref().ok_or(ServerError::NotFound)?;
        let wrong = || ServerError::refused("oidc-state", "the sign-in was not begun here, is too old, or was used");
        let cookie = cookie.filter(|cookie| is_in_time(cookie, system::seconds())).ok_or_else(wrong)?;
        let flow = self.flow(cookie);
        if !bool::from(flow.state.as_bytes().ct_eq(back.state.as_bytes())) {
            return Err(wrong());
        }
        let directory = provider.directory().await.map_err(told)?;
        let names_itself = directory.authorization_response_iss_parameter_supported;
        if back.iss.as_ref().map_or(names_itself, |iss| *iss != provider.settings.issuer) {
            tracing::warn!("an answer came from another OpenID provider");
            return Err(ServerError::refused("oidc-token", "the answer is another provider's"));
        }
        if !back.error.is_empty() {
            tracing::warn!(error = provider::short(&back.error), "the OpenID provider signs somebody not in");
            return Err(ServerError::refused("oidc-denied", "the provider did not sign you in"));
        }
        if back.code.is_empty() || back.code.len() > LONGEST_CODE || !self.is_first_time(cookie).await? {
            return Err(wrong());
        }
        let redirect = self.oidc_redirect();
        let claims = provider.redeem(&back.code, &flow.verifier, &redirect, &flow.nonce).await.map_err(told)?;
        self.admit(provider, &claims, tongue, network).await
    }

    /// Whether a sign-in comes to its end for the first time.
    async fn is_first_time(&self, cookie: &str) -> Result<bool, ServerError> {
        Ok(self.count_in_window(&self.subject("oidc", &[cookie]), FLOW_SECONDS).await? == 1)
    }

    /// Signs in whom the provider speaks of, if there is such an organiser, or everybody may become one.
    async fn admit(
        &self,
        provider: &Provider,
        claims: &Claims,
        tongue: Tongue,
        network: &Network,
    ) -> Result<OidcEnd, ServerError> {
        let settings = &provider.settings;
        let email = claims.verified_email();
        let unverified = || ServerError::refused("oidc-email", "the provider has not verified a mail address");
        let is_entitled = settings.required.as_ref().is_none_or(|(claim, value)| claims.has(claim, value));
        if !settings.domains.is_empty() && email.is_none() {
            return Err(unverified());
        }
        if !is_entitled || email.as_ref().is_some_and(|email| !settings.is_of_domain(email)) {
            return Err(ServerError::refused("oidc-not-entitled", "you are not among those who sign in like this"));
        }
        let identity = Identity { issuer: settings.issuer.clone(), subject: claims.subject().to_owned() };
        let organiser = match self.organiser_who_is(&identity).await? {
            Some(id) => self.organiser(id).await?,
            None => {
                let email = email.ok_or_else(unverified)?;
                match self.organiser_of(&email).await? {
                    Some(organiser) => organiser,
                    None if self.config.open_registration => {
                        let id = self.add_organiser(&email, tongue, None).await?;
                        self.organiser(id).await?
                    }
                    None => return Err(ServerError::refused("oidc-no-account", "there is no account for the address")),
                }
            }
        };
        self.refuse_another(organiser.id, &identity).await?;
        if organiser.has_second_factor() {
            // Only the code shows that it is the owner: until then nothing is connected.
            let link = self.link_for_identity(&organiser.email, &identity, FLOW_SECONDS).await?;
            return Ok(OidcEnd::AsksForCode(link));
        }
        self.keep_identity(organiser.id, &identity).await?;
        self.attempt_was_right(&organiser.email, network).await?;
        Ok(OidcEnd::SignedIn(organiser.id))
    }
}

/// Whether the end of a sign-in, which its cookie names, is still to come. That the server made the cookie is shown by the state.
fn is_in_time(cookie: &str, now: u64) -> bool {
    let end = cookie.split_once('.').and_then(|(end, _)| end.parse::<u64>().ok());
    cookie.len() <= 100 && end.is_some_and(|end| now < end)
}

/// What the person is told; the operator is told what it was.
fn told(fault: ProviderFault) -> ServerError {
    match fault {
        ProviderFault::Away { .. } => {
            tracing::warn!(error = %fault, "nobody can sign in at the OpenID provider");
            ServerError::refused("oidc-away", "the provider does not answer as it should")
        }
        ProviderFault::Code => ServerError::refused("oidc-state", fault),
        ProviderFault::Token(_) => {
            tracing::warn!(error = %fault, "the OpenID provider is not believed");
            ServerError::refused("oidc-token", fault)
        }
    }
}
