//! Asking the OpenID provider: its addresses (OpenID Connect Discovery 1.0), its keys, what a code is worth. Over encrypted
//! connections alone, or on this machine; in limited size and time; nowhere that an answer sends us to.

use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde::Deserialize;
use tokio::sync::{Mutex, Semaphore};
use zeroize::Zeroizing;

use super::OidcSettings;
use super::claims::Claims;
use super::keys::{Keys, TokenFault};
use super::settings::is_safe_address;
use crate::accounts::in_address;
use crate::{ServerError, system};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long an answer may be.
const MOST_BYTES: u64 = 256 << 10;
/// Questions at the same time.
const AT_ONCE: usize = 8;
/// How long addresses and keys are good for.
const FRESH: Duration = Duration::from_secs(60 * 60);
/// After a failure, and after keys were fetched because of an unknown one, for how long they are not asked for again.
const PAUSE: Duration = Duration::from_secs(60);
/// After a failure where there is nothing to go on with.
const SHORT_PAUSE: Duration = Duration::from_secs(5);

/// Why the provider could not say who somebody is.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProviderFault {
    /// It does not answer, or not in the way that the standards have it, or does not know this server.
    #[error("the OpenID provider, {what}: {why}")]
    Away {
        /// What was asked for.
        what: &'static str,
        /// What came instead.
        why: String,
    },
    /// It does not take the code that the browser brought: used, too old, or made up.
    #[error("the OpenID provider does not take the code")]
    Code,
    /// What it says cannot be believed.
    #[error("the ID token {0}")]
    Token(#[from] TokenFault),
}

/// The addresses of a provider.
#[derive(Deserialize)]
pub(super) struct Directory {
    issuer: String,
    pub(super) authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    userinfo_endpoint: Option<String>,
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// RFC 9207.
    #[serde(default)]
    pub(super) authorization_response_iss_parameter_supported: bool,
}

/// What the provider gives for a code.
#[derive(Deserialize)]
struct Tokens {
    id_token: Option<String>,
    access_token: Option<String>,
}

#[derive(Deserialize)]
struct TokenRefusal {
    error: String,
}

/// Something fetched, and when.
struct Fetched<T> {
    value: Option<Arc<T>>,
    at: Option<Instant>,
    failed: Option<Instant>,
}

impl<T> Default for Fetched<T> {
    fn default() -> Self {
        Self { value: None, at: None, failed: None }
    }
}

impl<T> Fetched<T> {
    /// What is known, where it need not or must not be asked for now.
    fn known(&self) -> Option<Result<Arc<T>, ProviderFault>> {
        let is_within = |moment: Option<Instant>, time: Duration| moment.is_some_and(|moment| moment.elapsed() < time);
        match &self.value {
            // An old one is better than none, as long as the provider is away.
            Some(value) if is_within(self.at, FRESH) || is_within(self.failed, PAUSE) => Some(Ok(value.clone())),
            None if is_within(self.failed, SHORT_PAUSE) => {
                Some(Err(ProviderFault::Away { what: "addresses and keys", why: "failed a moment ago".to_owned() }))
            }
            _ => None,
        }
    }

    fn keep(&mut self, result: Result<T, ProviderFault>) -> Result<Arc<T>, ProviderFault> {
        match (result, &self.value) {
            (Ok(value), _) => {
                let value = Arc::new(value);
                *self = Self { value: Some(value.clone()), at: Some(Instant::now()), failed: None };
                Ok(value)
            }
            (Err(error), Some(old)) => {
                tracing::warn!(error = %error, "the last answer of the OpenID provider stays in use");
                self.failed = Some(Instant::now());
                Ok(old.clone())
            }
            (Err(error), None) => {
                self.failed = Some(Instant::now());
                Err(error)
            }
        }
    }
}

/// What is asked.
enum Question {
    Get { address: String, bearer: Option<Zeroizing<String>> },
    Post { address: String, form: Zeroizing<String>, basic: Option<Zeroizing<String>> },
}

/// The OpenID provider that the operator trusts.
pub(crate) struct Provider {
    pub(super) settings: OidcSettings,
    agent: ureq::Agent,
    permits: Arc<Semaphore>,
    directory: Mutex<Fetched<Directory>>,
    keys: Mutex<Fetched<Keys>>,
    /// When keys were fetched because of an unknown one.
    renewed: Mutex<Option<Instant>>,
}

impl Provider {
    /// The provider of the operator's file. It is asked once somebody signs in.
    ///
    /// # Errors
    /// The address of this server is not one that codes may be sent to.
    pub(crate) fn new(settings: OidcSettings, base_url: &str) -> Result<Self, ServerError> {
        if !is_safe_address(base_url) {
            let text =
                format!("sign-in by OpenID Connect needs an https address in --base-url, and this is {base_url:?}");
            return Err(ServerError::Config(text));
        }
        // A proxy to the outside is of no use for this machine.
        let proxy = settings.issuer.starts_with("https://").then(ureq::Proxy::try_from_env).flatten();
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .max_idle_connections(2)
            .proxy(proxy)
            .user_agent("adil");
        Ok(Self {
            settings,
            agent: config.build().new_agent(),
            permits: Arc::new(Semaphore::new(AT_ONCE)),
            directory: Mutex::default(),
            keys: Mutex::default(),
            renewed: Mutex::default(),
        })
    }

    /// The provider's addresses.
    pub(super) async fn directory(&self) -> Result<Arc<Directory>, ProviderFault> {
        // Whoever comes meanwhile waits for the same answer.
        let mut kept = self.directory.lock().await;
        match kept.known() {
            Some(known) => known,
            None => kept.keep(self.fetch_directory().await),
        }
    }

    /// Whether it answers as it should.
    pub(crate) async fn try_it(&self) -> Result<(), ProviderFault> {
        let directory = self.directory().await?;
        self.keys(&directory).await.map(|_| ())
    }

    async fn fetch_directory(&self) -> Result<Directory, ProviderFault> {
        let what = "its addresses";
        let issuer = &self.settings.issuer;
        let address = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let directory: Directory = read(what, &self.get(what, address, None).await?)?;
        let away = |why: String| ProviderFault::Away { what, why };
        if directory.issuer != *issuer {
            let own: String = directory.issuer.chars().take(200).collect();
            return Err(away(format!("it calls itself {own:?}, and the file says {issuer:?}")));
        }
        let all = [&directory.authorization_endpoint, &directory.token_endpoint, &directory.jwks_uri];
        if let Some(bad) = all.into_iter().chain(&directory.userinfo_endpoint).find(|address| !is_safe_address(address))
        {
            let bad: String = bad.chars().take(200).collect();
            return Err(away(format!("{bad:?} is not encrypted")));
        }
        Ok(directory)
    }

    async fn keys(&self, directory: &Directory) -> Result<Arc<Keys>, ProviderFault> {
        let mut kept = self.keys.lock().await;
        match kept.known() {
            Some(known) => known,
            None => kept.keep(self.fetch_keys(directory).await),
        }
    }

    async fn fetch_keys(&self, directory: &Directory) -> Result<Keys, ProviderFault> {
        let what = "its keys";
        let bytes = self.get(what, directory.jwks_uri.clone(), None).await?;
        Keys::read(&bytes).ok_or_else(|| ProviderFault::Away { what, why: "are malformed".to_owned() })
    }

    /// The keys anew, since one is unknown: at most once a minute, however many tokens name one.
    async fn newer_keys(&self, directory: &Directory) -> Result<Option<Arc<Keys>>, ProviderFault> {
        let mut renewed = self.renewed.lock().await;
        if renewed.is_some_and(|moment| moment.elapsed() < PAUSE) {
            return Ok(None);
        }
        *renewed = Some(Instant::now());
        let fetched = self.fetch_keys(directory).await;
        self.keys.lock().await.keep(fetched).map(Some)
    }

    /// Whom a code is about.
    pub(super) async fn redeem(
        &self,
        code: &str,
        verifier: &str,
        redirect: &str,
        nonce: &str,
    ) -> Result<Claims, ProviderFault> {
        let directory = self.directory().await?;
        let tokens = self.tokens(&directory, code, verifier, redirect).await?;
        let id_token = Zeroizing::new(tokens.id_token.ok_or(TokenFault::Malformed)?);
        let access_token = tokens.access_token.map(Zeroizing::new);
        let payload = match self.keys(&directory).await?.payload(&id_token) {
            Err(TokenFault::UnknownKey) => match self.newer_keys(&directory).await? {
                Some(keys) => keys.payload(&id_token)?,
                // Somebody else may have brought them meanwhile.
                None => self.keys(&directory).await?.payload(&id_token)?,
            },
            other => other?,
        };
        let mut claims = Claims::read(&payload, &self.settings, nonce, system::seconds())?;
        if claims.lacks(&self.settings)
            && let (Some(address), Some(token)) = (directory.userinfo_endpoint.clone(), access_token)
        {
            claims.add(&self.get("what it says of somebody", address, Some(token)).await?)?;
        }
        Ok(claims)
    }

    /// What the provider gives for a code (RFC 6749, section 4.1.3, with the verifier of RFC 7636).
    async fn tokens(
        &self,
        directory: &Directory,
        code: &str,
        verifier: &str,
        redirect: &str,
    ) -> Result<Tokens, ProviderFault> {
        let what = "what a code is worth";
        let own = &self.settings;
        let mut form = Zeroizing::new(format!(
            "grant_type=authorization_code&code={}&redirect_uri={}&code_verifier={verifier}",
            in_address(code),
            in_address(redirect)
        ));
        let methods = directory.token_endpoint_auth_methods_supported.as_deref().unwrap_or_default();
        let takes = |method: &str| methods.iter().any(|own| own == method);
        let mut basic = None;
        match &own.client_secret {
            // What is not said is `client_secret_basic`.
            Some(secret) if methods.is_empty() || takes("client_secret_basic") || !takes("client_secret_post") => {
                let pair = Zeroizing::new(format!("{}:{}", in_address(&own.client_id), in_address(secret)));
                basic = Some(Zeroizing::new(format!("Basic {}", BASE64.encode(pair.as_bytes()))));
            }
            Some(secret) => {
                form.push_str(&format!(
                    "&client_id={}&client_secret={}",
                    in_address(&own.client_id),
                    in_address(secret)
                ));
            }
            None => form.push_str(&format!("&client_id={}", in_address(&own.client_id))),
        }
        let question = Question::Post { address: directory.token_endpoint.clone(), form, basic };
        let (status, bytes) = self.ask(what, question).await?;
        match status {
            200 => read(what, &bytes),
            400 => {
                let refusal: TokenRefusal = read(what, &bytes)?;
                if refusal.error == "invalid_grant" {
                    return Err(ProviderFault::Code);
                }
                Err(ProviderFault::Away { what, why: short(&refusal.error) })
            }
            _ => Err(ProviderFault::Away { what, why: format!("status {status}") }),
        }
    }

    async fn get(
        &self,
        what: &'static str,
        address: String,
        bearer: Option<Zeroizing<String>>,
    ) -> Result<Zeroizing<Vec<u8>>, ProviderFault> {
        match self.ask(what, Question::Get { address, bearer }).await? {
            (200, bytes) => Ok(bytes),
            (status, _) => Err(ProviderFault::Away { what, why: format!("status {status}") }),
        }
    }

    async fn ask(&self, what: &'static str, question: Question) -> Result<(u16, Zeroizing<Vec<u8>>), ProviderFault> {
        let away = |why: String| ProviderFault::Away { what, why };
        let permit = tokio::time::timeout(PATIENCE, self.permits.clone().acquire_owned()).await;
        let permit = permit.map_err(|_| away("too many wait".to_owned()))?.map_err(|error| away(error.to_string()))?;
        let agent = self.agent.clone();
        let asked = tokio::task::spawn_blocking(move || {
            // The question goes on where whoever asked has gone: the permit stays with it.
            let _permit = permit;
            let mut response = match &question {
                Question::Get { address, bearer } => {
                    let mut request = agent.get(address).header("accept", "application/json");
                    if let Some(token) = bearer {
                        request = request.header("authorization", &format!("Bearer {}", **token));
                    }
                    request.call()?
                }
                Question::Post { address, form, basic } => {
                    let mut request = agent.post(address).header("accept", "application/json");
                    request = request.header("content-type", "application/x-www-form-urlencoded");
                    if let Some(basic) = basic {
                        request = request.header("authorization", basic.as_str());
                    }
                    request.send(form.as_str())?
                }
            };
            let bytes = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec()?;
            Ok((response.status().as_u16(), Zeroizing::new(bytes)))
        });
        let answered: Result<_, ureq::Error> = asked.await.map_err(|error| away(error.to_string()))?;
        answered.map_err(|error| away(error.to_string()))
    }
}

/// An answer in JSON.
fn read<T: serde::de::DeserializeOwned>(what: &'static str, bytes: &[u8]) -> Result<T, ProviderFault> {
    // The error of the reader would show what may be a secret.
    serde_json::from_slice(bytes).map_err(|_| ProviderFault::Away { what, why: "the answer is malformed".to_owned() })
}

/// A short word of the provider's, as it may stand in a log.
pub(super) fn short(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii_lowercase() || *letter == '_').take(40).collect()
}
