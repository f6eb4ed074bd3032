//! What an ID token says (OpenID Connect Core 1.0, section 3.1.3.7), once its signature is known to be the provider's.

use serde_json::{Map, Value};
use subtle::ConstantTimeEq as _;

use super::OidcSettings;
use super::keys::TokenFault;

/// Seconds by which the provider's clock may differ.
const CLOCK_SECONDS: u64 = 60;
/// Seconds ago that a token may have been issued.
const OLDEST_SECONDS: u64 = 15 * 60;
/// The longest identifier of a person: 255 letters of ASCII (section 2).
const LONGEST_SUBJECT: usize = 255;

/// What the provider says of somebody.
#[derive(Clone)]
pub(crate) struct Claims(Map<String, Value>);

impl Claims {
    /// The claims of a payload, in which everything has to be in order for this server, this sign-in and this moment.
    pub(crate) fn read(payload: &[u8], settings: &OidcSettings, nonce: &str, now: u64) -> Result<Self, TokenFault> {
        let claims = Self(serde_json::from_slice(payload).map_err(|_| TokenFault::Malformed)?);
        let holds = |name: &'static str, holds: bool| if holds { Ok(()) } else { Err(TokenFault::Claim(name)) };
        let us = settings.client_id.as_str();
        holds("iss", claims.text("iss") == Some(settings.issuer.as_str()))?;
        let azp = claims.0.get("azp");
        let (is_for_us, is_for_others) = match claims.0.get("aud") {
            Some(Value::String(audience)) => (audience == us, false),
            Some(Value::Array(all)) => (all.iter().any(|one| one == us), all.len() > 1),
            _ => (false, false),
        };
        holds("aud", is_for_us)?;
        holds("azp", azp.map_or(!is_for_others, |azp| azp == us))?;
        holds("exp", claims.moment("exp").is_some_and(|exp| exp + CLOCK_SECONDS > now))?;
        let is_recent = |iat: u64| iat <= now + CLOCK_SECONDS && iat + OLDEST_SECONDS + CLOCK_SECONDS >= now;
        holds("iat", claims.moment("iat").is_some_and(is_recent))?;
        holds(
            "nbf",
            claims.0.get("nbf").is_none() || claims.moment("nbf").is_some_and(|nbf| nbf <= now + CLOCK_SECONDS),
        )?;
        holds("nonce", claims.text("nonce").is_some_and(|own| own.as_bytes().ct_eq(nonce.as_bytes()).into()))?;
        let subject = claims.subject();
        let is_sound =
            !subject.is_empty() && subject.len() <= LONGEST_SUBJECT && !subject.chars().any(char::is_control);
        holds("sub", is_sound)?;
        Ok(claims)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// A moment in seconds since 1970, in a range in which one can reckon.
    fn moment(&self, name: &str) -> Option<u64> {
        let number = self.0.get(name)?;
        let seconds = number.as_u64().or_else(|| number.as_f64().filter(|own| *own >= 0.0).map(|own| own as u64))?;
        Some(seconds.min(u64::MAX / 4))
    }

    /// Whom the provider speaks of; the same person has the same identifier for ever.
    pub(crate) fn subject(&self) -> &str {
        self.text("sub").unwrap_or_default()
    }

    /// The address, where the provider says that it has seen that it is hers.
    pub(crate) fn verified_email(&self) -> Option<String> {
        let is_verified = match self.0.get("email_verified") {
            Some(Value::Bool(is_verified)) => *is_verified,
            // Some providers write it as a text.
            Some(Value::String(text)) => text == "true",
            _ => false,
        };
        crate::accounts::address(self.text("email").filter(|_| is_verified)?)
    }

    /// Whether a claim has a value, or a list with it.
    pub(crate) fn has(&self, claim: &str, value: &str) -> bool {
        match self.0.get(claim) {
            Some(Value::Array(all)) => all.iter().any(|one| one == value),
            Some(one) => one == value,
            None => false,
        }
    }

    /// Whether something is left to be asked for at the provider's second address.
    pub(crate) fn lacks(&self, settings: &OidcSettings) -> bool {
        let is_missing = |claim: &str| !self.0.contains_key(claim);
        is_missing("email") || settings.required.as_ref().is_some_and(|(claim, _)| is_missing(claim))
    }

    /// Adds what the provider says at its second address (section 5.3.2): of the same person, and nothing that the token
    /// says already.
    pub(crate) fn add(&mut self, more: &[u8]) -> Result<(), TokenFault> {
        let more: Map<String, Value> = serde_json::from_slice(more).map_err(|_| TokenFault::Malformed)?;
        if more.get("sub").and_then(Value::as_str) != Some(self.subject()) {
            return Err(TokenFault::Claim("sub"));
        }
        // An address and the word that it is verified belong together.
        if self.0.contains_key("email") {
            self.0.entry("email_verified").or_insert(Value::Bool(false));
        } else {
            self.0.remove("email_verified");
        }
        for (name, value) in more {
            self.0.entry(name).or_insert(value);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: u64 = 1_800_000_000;

    fn settings() -> OidcSettings {
        OidcSettings {
            issuer: "https://id.example.org".to_owned(),
            client_id: "adil".to_owned(),
            client_secret: None,
            name: "Example".to_owned(),
            domains: Vec::new(),
            required: None,
            scopes: "openid email".to_owned(),
        }
    }

    fn sound() -> Value {
        json!({
            "iss": "https://id.example.org", "aud": "adil", "sub": "1", "nonce": "n", "exp": NOW + 300, "iat": NOW,
            "email": "A@Example.org", "email_verified": true,
        })
    }

    fn read(change: impl FnOnce(&mut Map<String, Value>)) -> Result<Claims, TokenFault> {
        let mut value = sound();
        change(value.as_object_mut().expect("an object"));
        Claims::read(value.to_string().as_bytes(), &settings(), "n", NOW)
    }

    fn with(name: &'static str, value: Value) -> Result<Claims, TokenFault> {
        read(|claims| {
            claims.insert(name.to_owned(), value);
        })
    }

    #[test]
    fn a_sound_token_is_taken_and_each_claim_counts() {
        let claims = read(|_| ()).expect("sound");
        assert_eq!((claims.subject(), claims.verified_email().as_deref()), ("1", Some("a@example.org")));
        for (name, wrong) in [
            ("iss", json!("https://id.example.org/")),
            ("aud", json!("other")),
            ("aud", json!(["other"])),
            ("aud", json!([])),
            ("exp", json!(NOW - 60)),
            ("exp", json!("later")),
            ("iat", json!(NOW + 61)),
            ("iat", json!(NOW - 15 * 60 - 61)),
            ("nbf", json!(NOW + 61)),
            ("nonce", json!("m")),
            ("nonce", json!("")),
            ("sub", json!("")),
            ("sub", json!("a\u{0}")),
            ("sub", json!("a".repeat(256))),
            ("azp", json!("other")),
        ] {
            assert_eq!(with(name, wrong.clone()).err(), Some(TokenFault::Claim(name)), "{wrong}");
        }
        for name in ["iss", "aud", "exp", "iat", "nonce", "sub"] {
            let without = read(|claims| {
                claims.remove(name);
            });
            assert_eq!(without.err(), Some(TokenFault::Claim(name)));
        }
        // Within the minute that clocks may differ by.
        assert!(with("exp", json!(NOW - 59)).is_ok() && with("iat", json!(NOW + 60)).is_ok());
        assert!(with("exp", json!(u64::MAX)).is_ok(), "no overflow");
    }

    #[test]
    fn a_token_for_several_says_that_it_was_made_for_us() {
        assert!(with("aud", json!(["adil"])).is_ok());
        assert_eq!(with("aud", json!(["adil", "other"])).err(), Some(TokenFault::Claim("azp")));
        let for_us = read(|claims| {
            claims.insert("aud".to_owned(), json!(["adil", "other"]));
            claims.insert("azp".to_owned(), json!("adil"));
        });
        assert!(for_us.is_ok());
    }

    #[test]
    fn an_address_counts_only_where_it_is_verified() {
        for value in [json!(false), json!("false"), json!(1), json!(null), json!("TRUE")] {
            assert_eq!(with("email_verified", value).expect("sound").verified_email(), None);
        }
        assert!(with("email_verified", json!("true")).expect("sound").verified_email().is_some());
        let without = read(|claims| {
            claims.remove("email_verified");
        });
        assert_eq!(without.expect("sound").verified_email(), None);
    }

    #[test]
    fn the_second_address_adds_and_changes_nothing() {
        let mut claims = with("groups", json!(["office", "all"])).expect("sound");
        assert!(claims.has("groups", "office") && !claims.has("groups", "board") && !claims.has("roles", "office"));
        assert!(!claims.lacks(&settings()));
        claims.add(br#"{"sub":"1","email":"b@example.org","groups":["board"]}"#).expect("added");
        assert_eq!(claims.verified_email().as_deref(), Some("a@example.org"));
        assert!(!claims.has("groups", "board"));
        assert_eq!(claims.add(br#"{"sub":"2"}"#), Err(TokenFault::Claim("sub")));
        // The word that an address is verified is not taken from elsewhere than the address.
        let mut claims = read(|claims| {
            claims.remove("email_verified");
        })
        .expect("sound");
        claims.add(br#"{"sub":"1","email":"b@example.org","email_verified":true}"#).expect("added");
        assert_eq!(claims.verified_email(), None);
        let mut claims = read(|claims| {
            claims.remove("email");
        })
        .expect("sound");
        assert!(claims.lacks(&settings()));
        claims.add(br#"{"sub":"1","email":"b@example.org"}"#).expect("added");
        assert_eq!(claims.verified_email(), None);
    }
}
