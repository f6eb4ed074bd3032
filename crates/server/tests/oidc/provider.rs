//! An OpenID provider for tests: it holds a sign-in to PKCE, redirect and client as a good one does, and says of people what the
//! test wants.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};

use adil_server::OidcSettings;
use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD as BASE64};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// How ID tokens are signed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// With the published key of that name.
    Ed25519(&'static str),
    /// With the published key of the curve P-256.
    P256,
    /// With a key that is not published, under the name of the one that is.
    OtherKey,
    /// Not at all.
    None,
    /// With a MAC whose key everybody knows: the public key.
    Mac,
}

/// What the provider does.
pub(crate) struct Behaviour {
    pub(crate) sign: Sign,
    /// The names of the Ed25519 keys that are published.
    pub(crate) published: Vec<&'static str>,
    /// Changes the claims of ID tokens.
    pub(crate) change: fn(&mut Value),
    /// Changes the directory.
    pub(crate) directory: fn(&mut Value),
    /// What it says of somebody at the second address.
    pub(crate) userinfo: Value,
    /// Answers in place of all others.
    pub(crate) broken: Option<fn() -> Response>,
    /// Whether it gives tokens for a code more than once.
    pub(crate) is_sloppy: bool,
    /// Questions so far: for keys, for tokens.
    pub(crate) asked: (u32, u32),
}

impl Behaviour {
    /// Says what is right, and signs it.
    pub(crate) fn be_sound(&mut self) {
        self.sign = Sign::Ed25519("first");
        self.change = |_| ();
    }
}

struct Grant {
    nonce: String,
    challenge: String,
    redirect: String,
}

struct Shared {
    base: String,
    keys: HashMap<&'static str, Ed25519KeyPair>,
    p256: EcdsaKeyPair,
    behaviour: Behaviour,
    codes: HashMap<String, Grant>,
}

/// The provider, as long as the test holds it.
pub(crate) struct Provider {
    pub(crate) base: String,
    shared: Arc<Mutex<Shared>>,
    task: tokio::task::JoinHandle<()>,
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The secret of the client, with letters that have to be encoded.
const SECRET: &str = "a secret: with + and %";

fn new_key() -> Ed25519KeyPair {
    let bytes = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).expect("a key");
    Ed25519KeyPair::from_pkcs8(bytes.as_ref()).expect("a key")
}

impl Provider {
    pub(crate) async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("an address"));
        let random = SystemRandom::new();
        let p256 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).expect("a key");
        let p256 = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, p256.as_ref(), &random).expect("a key");
        let behaviour = Behaviour {
            sign: Sign::Ed25519("first"),
            published: vec!["first"],
            change: |_| (),
            directory: |_| (),
            userinfo: json!({}),
            broken: None,
            is_sloppy: false,
            asked: (0, 0),
        };
        let keys = ["first", "second", "third", "hidden"].into_iter().map(|name| (name, new_key())).collect();
        let shared = Shared { base: base.clone(), keys, p256, behaviour, codes: HashMap::new() };
        let shared = Arc::new(Mutex::new(shared));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(directory))
            .route("/keys", get(keys_page))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(shared.clone());
        let task = tokio::spawn(async move { axum::serve(listener, router).await.expect("served") });
        Self { base, shared, task }
    }

    /// What an operator writes of it.
    pub(crate) fn settings(&self) -> OidcSettings {
        OidcSettings {
            issuer: self.base.clone(),
            client_id: "adil test".to_owned(),
            client_secret: Some(zeroize::Zeroizing::new(SECRET.to_owned())),
            name: "Example ID".to_owned(),
            domains: Vec::new(),
            required: None,
            scopes: "openid email".to_owned(),
        }
    }

    /// What it does from now on.
    pub(crate) fn behave(&self, change: impl FnOnce(&mut Behaviour)) {
        change(&mut self.lock().behaviour);
    }

    /// Questions so far: for keys, for tokens.
    pub(crate) fn asked(&self) -> (u32, u32) {
        self.lock().behaviour.asked
    }

    fn lock(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().expect("no test has failed with it")
    }

    /// Signs somebody in: what the browser takes back.
    pub(crate) fn authorize(&self, address: &str) -> String {
        let (endpoint, query) = address.split_once('?').expect("a query");
        assert_eq!(endpoint, format!("{}/authorize", self.base));
        let pairs = pairs(query);
        let of = |name: &str| pairs.get(name).cloned().unwrap_or_default();
        assert_eq!((of("response_type").as_str(), of("client_id").as_str()), ("code", "adil test"));
        assert_eq!(of("code_challenge_method"), "S256");
        assert!(of("scope").split(' ').any(|scope| scope == "openid"));
        assert_eq!((of("state").len(), of("nonce").len(), of("code_challenge").len()), (43, 43, 43));
        assert_ne!(of("state"), of("nonce"));
        let mut shared = self.lock();
        let code = format!("code {}+", shared.codes.len());
        let grant = Grant { nonce: of("nonce"), challenge: of("code_challenge"), redirect: of("redirect_uri") };
        shared.codes.insert(code.clone(), grant);
        format!("code={}&state={}", code.replace(' ', "%20").replace('+', "%2B"), of("state"))
    }
}

/// The pairs of a query, decoded.
fn pairs(query: &str) -> HashMap<String, String> {
    let bytes = axum::http::Uri::try_from(format!("/?{query}")).expect("an address");
    axum::extract::Query::<HashMap<String, String>>::try_from_uri(&bytes).expect("pairs").0
}

type Held = State<Arc<Mutex<Shared>>>;

async fn directory(State(shared): Held) -> Response {
    let shared = shared.lock().expect("whole");
    if let Some(broken) = shared.behaviour.broken {
        return broken();
    }
    let base = &shared.base;
    let mut directory = json!({
        "issuer": base, "authorization_endpoint": format!("{base}/authorize"),
        "token_endpoint": format!("{base}/token"), "jwks_uri": format!("{base}/keys"),
        "userinfo_endpoint": format!("{base}/userinfo"),
    });
    (shared.behaviour.directory)(&mut directory);
    Json(directory).into_response()
}

async fn keys_page(State(shared): Held) -> Response {
    let mut shared = shared.lock().expect("whole");
    shared.behaviour.asked.0 += 1;
    if let Some(broken) = shared.behaviour.broken {
        return broken();
    }
    let of = |name: &&str| {
        let x = BASE64.encode(shared.keys[name].public_key().as_ref());
        json!({ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": name, "x": x })
    };
    let mut keys: Vec<Value> = shared.behaviour.published.iter().map(of).collect();
    let (x, y) = shared.p256.public_key().as_ref()[1..].split_at(32);
    keys.push(json!({ "kty": "EC", "crv": "P-256", "kid": "p256", "x": BASE64.encode(x), "y": BASE64.encode(y) }));
    Json(json!({ "keys": keys })).into_response()
}

fn refusal(status: StatusCode, error: &str) -> Response {
    (status, Json(json!({ "error": error }))).into_response()
}

async fn token(State(shared): Held, headers: HeaderMap, Form(form): Form<HashMap<String, String>>) -> Response {
    let mut shared = shared.lock().expect("whole");
    shared.behaviour.asked.1 += 1;
    if let Some(broken) = shared.behaviour.broken {
        return broken();
    }
    let of = |name: &str| form.get(name).map_or("", String::as_str);
    let authorization = headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
    // RFC 6749, section 2.3.1: both are encoded as in a form.
    let basic = STANDARD.encode("adil%20test:a%20secret%3A%20with%20%2B%20and%20%25");
    let is_in_form = of("client_id") == "adil test" && of("client_secret") == SECRET;
    if authorization != format!("Basic {basic}") && !is_in_form {
        return refusal(StatusCode::UNAUTHORIZED, "invalid_client");
    }
    let grant = match shared.behaviour.is_sloppy {
        true => shared.codes.get(of("code")).map(|one| Grant {
            nonce: one.nonce.clone(),
            challenge: one.challenge.clone(),
            redirect: one.redirect.clone(),
        }),
        false => shared.codes.remove(of("code")),
    };
    let Some(grant) = grant else { return refusal(StatusCode::BAD_REQUEST, "invalid_grant") };
    let challenge = BASE64.encode(Sha256::digest(of("code_verifier").as_bytes()));
    if of("grant_type") != "authorization_code" || challenge != grant.challenge || of("redirect_uri") != grant.redirect
    {
        return refusal(StatusCode::BAD_REQUEST, "invalid_request");
    }
    let now = adil_server::system::seconds();
    let mut claims = json!({
        "iss": shared.base, "aud": "adil test", "sub": "person 1", "nonce": grant.nonce, "iat": now, "exp": now + 300,
        "email": super::EMAIL, "email_verified": true,
    });
    (shared.behaviour.change)(&mut claims);
    let id_token = signed(&shared, &claims);
    Json(json!({ "id_token": id_token, "access_token": "access", "token_type": "Bearer" })).into_response()
}

fn signed(shared: &Shared, claims: &Value) -> String {
    let (algorithm, name) = match shared.behaviour.sign {
        Sign::Ed25519(name) => ("EdDSA", name),
        Sign::OtherKey => ("EdDSA", "first"),
        Sign::P256 => ("ES256", "p256"),
        Sign::None => ("none", "first"),
        Sign::Mac => ("HS256", "first"),
    };
    let header = BASE64.encode(json!({ "alg": algorithm, "kid": name }).to_string());
    let text = format!("{header}.{}", BASE64.encode(claims.to_string()));
    let signature = match shared.behaviour.sign {
        Sign::Ed25519(name) => shared.keys[name].sign(text.as_bytes()).as_ref().to_vec(),
        Sign::OtherKey => shared.keys["hidden"].sign(text.as_bytes()).as_ref().to_vec(),
        Sign::P256 => shared.p256.sign(&SystemRandom::new(), text.as_bytes()).expect("signed").as_ref().to_vec(),
        Sign::None => Vec::new(),
        Sign::Mac => {
            let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, shared.keys["first"].public_key().as_ref());
            ring::hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
        }
    };
    format!("{text}.{}", BASE64.encode(signature))
}

async fn userinfo(State(shared): Held, headers: HeaderMap) -> Response {
    let shared = shared.lock().expect("whole");
    if headers.get("authorization").is_none_or(|value| value != "Bearer access") {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    Json(shared.behaviour.userinfo.clone()).into_response()
}
