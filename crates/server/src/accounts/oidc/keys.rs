//! The provider's public keys (RFC 7517) and signatures made with them (RFC 7515, in the compact form):
//!
//! ```text
//! token = base64url(header) "." base64url(payload) "." base64url(signature over what stands before it)
//! ```
//!
//! RS256, ES256 and EdDSA with Ed25519 (RFC 7518, RFC 8037). The key decides how a signature is verified, and the header has to
//! agree: `none` and MACs are never taken.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;

/// Keys that are looked at.
const MOST_KEYS: usize = 32;

/// Why a token is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum TokenFault {
    /// It is no token.
    #[error("is malformed")]
    Malformed,
    /// It is signed in a way that is not taken.
    #[error("is signed in a way that is not taken")]
    Algorithm,
    /// No key of the provider has the name that it gives; perhaps there are new ones.
    #[error("names a key that the provider does not have")]
    UnknownKey,
    /// The signature is not the provider's.
    #[error("is not signed by the provider")]
    Signature,
    /// A claim is not what it has to be.
    #[error("{0} is missing, or is not what it has to be")]
    Claim(&'static str),
}

/// The ways to sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Rs256,
    Es256,
    EdDsa,
}

/// A key as the provider publishes it.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default, rename = "use")]
    used_for: Option<String>,
    #[serde(default)]
    alg: Option<String>,
    #[serde(default)]
    crv: Option<String>,
    #[serde(default)]
    n: Option<String>,
    #[serde(default)]
    e: Option<String>,
    #[serde(default)]
    x: Option<String>,
    #[serde(default)]
    y: Option<String>,
}

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<serde_json::Value>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crit: Option<serde_json::Value>,
}

/// A key that signatures are verified with.
struct Key {
    kid: Option<String>,
    algorithm: Algorithm,
    /// The modulus and the exponent of RSA; otherwise the point, and nothing.
    parts: (Vec<u8>, Vec<u8>),
}

impl Key {
    /// A key for signatures of a kind that is taken; others are left aside.
    fn of(jwk: Jwk) -> Option<Self> {
        let bytes = |text: &Option<String>| BASE64.decode(text.as_deref()?).ok();
        let (algorithm, parts) = match (jwk.kty.as_str(), jwk.crv.as_deref()) {
            ("RSA", _) => (Algorithm::Rs256, (bytes(&jwk.n)?, bytes(&jwk.e)?)),
            ("EC", Some("P-256")) => {
                let (x, y) = (bytes(&jwk.x)?, bytes(&jwk.y)?);
                // An uncompressed point (SEC 1, section 2.3.3).
                let point = [&[4][..], &x, &y].concat();
                (Algorithm::Es256, (Some(point).filter(|_| x.len() == 32 && y.len() == 32)?, Vec::new()))
            }
            ("OKP", Some("Ed25519")) => (Algorithm::EdDsa, (bytes(&jwk.x).filter(|x| x.len() == 32)?, Vec::new())),
            _ => return None,
        };
        let is_for_this = jwk.alg.as_deref().is_none_or(|name| algorithm.is_called(name));
        let is_for_signatures = jwk.used_for.as_deref().is_none_or(|used_for| used_for == "sig");
        (is_for_this && is_for_signatures).then_some(Self { kid: jwk.kid, algorithm, parts })
    }

    fn verifies(&self, signed: &[u8], signature: &[u8]) -> bool {
        let (first, second) = &self.parts;
        let verified = match self.algorithm {
            Algorithm::Rs256 => RsaPublicKeyComponents { n: first.as_slice(), e: second.as_slice() }.verify(
                &RSA_PKCS1_2048_8192_SHA256,
                signed,
                signature,
            ),
            Algorithm::Es256 => UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, first).verify(signed, signature),
            Algorithm::EdDsa => UnparsedPublicKey::new(&ED25519, first).verify(signed, signature),
        };
        verified.is_ok()
    }
}

impl Algorithm {
    fn is_called(self, name: &str) -> bool {
        match self {
            Self::Rs256 => name == "RS256",
            Self::Es256 => name == "ES256",
            Self::EdDsa => name == "EdDSA" || name == "Ed25519",
        }
    }

    fn of(name: &str) -> Option<Self> {
        [Self::Rs256, Self::Es256, Self::EdDsa].into_iter().find(|algorithm| algorithm.is_called(name))
    }
}

/// The keys of a provider.
#[derive(Default)]
pub(crate) struct Keys(Vec<Key>);

impl Keys {
    /// Reads what the provider publishes. Keys of other kinds are left aside.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let jwks: Jwks = serde_json::from_slice(bytes).ok()?;
        let keys = jwks.keys.into_iter().filter_map(|key| Key::of(serde_json::from_value(key).ok()?));
        Some(Self(keys.take(MOST_KEYS).collect()))
    }

    /// The payload of a token that one of the keys has signed.
    pub(crate) fn payload(&self, token: &str) -> Result<Vec<u8>, TokenFault> {
        let decode = |text: &str| BASE64.decode(text).map_err(|_| TokenFault::Malformed);
        let (signed, signature) = token.rsplit_once('.').ok_or(TokenFault::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(TokenFault::Malformed)?;
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| TokenFault::Malformed)?;
        let (payload, signature) = (decode(payload)?, decode(signature)?);
        let algorithm = Algorithm::of(&header.alg).ok_or(TokenFault::Algorithm)?;
        if header.crit.is_some() {
            return Err(TokenFault::Algorithm);
        }
        let is_named = |key: &&Key| header.kid.is_none() || key.kid == header.kid;
        let mut named = self.0.iter().filter(|key| key.algorithm == algorithm).filter(is_named).peekable();
        if named.peek().is_none() {
            return Err(TokenFault::UnknownKey);
        }
        if !named.any(|key| key.verifies(signed.as_bytes(), &signature)) {
            return Err(TokenFault::Signature);
        }
        Ok(payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // RFC 7515, appendix A.2: RS256.
    const RSA: &str = r#"{"kty":"RSA","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ","e":"AQAB"}"#;
    const RS256: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";
    // The same, appendix A.3: ES256.
    const EC: &str = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}"#;
    const ES256: &str = "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";
    // RFC 8037, appendix A.4: Ed25519.
    const OKP: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    const EDDSA: &str = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    fn keys(all: &[&str]) -> Keys {
        Keys::read(format!("{{\"keys\":[{}]}}", all.join(",")).as_bytes()).expect("keys")
    }

    #[test]
    fn the_examples_of_the_standards_verify_with_their_own_key_alone() {
        for (key, token) in [(RSA, RS256), (EC, ES256), (OKP, EDDSA)] {
            assert!(keys(&[key]).payload(token).is_ok(), "{token}");
            assert!(keys(&[RSA, EC, OKP]).payload(token).is_ok());
        }
        assert_eq!(keys(&[OKP]).payload(EDDSA).as_deref(), Ok(&b"Example of Ed25519 signing"[..]));
        assert_eq!(keys(&[EC, OKP]).payload(RS256), Err(TokenFault::UnknownKey));
        let other = EC.replace("\"x\":\"f83O", "\"x\":\"f83P");
        assert_eq!(keys(&[&other]).payload(ES256), Err(TokenFault::Signature));
    }

    #[test]
    fn a_changed_letter_is_no_signature() {
        for (key, token) in [(RSA, RS256), (EC, ES256), (OKP, EDDSA)] {
            for (place, letter) in token.char_indices().filter(|(_, letter)| *letter != '.').step_by(7) {
                let other = if letter == 'B' { 'C' } else { 'B' };
                let changed = format!("{}{other}{}", &token[..place], &token[place + 1..]);
                assert!(keys(&[key]).payload(&changed).is_err(), "{place} of {token}");
            }
        }
    }

    #[test]
    fn what_is_not_signed_or_only_with_a_shared_key_is_refused() {
        let with =
            |header: &str| format!("{}.{}", BASE64.encode(header), &EDDSA[EDDSA.find('.').expect("a dot") + 1..]);
        let all = keys(&[RSA, EC, OKP]);
        for header in ["{\"alg\":\"none\"}", "{\"alg\":\"None\"}", "{\"alg\":\"HS256\"}", "{\"alg\":\"RS1\"}"] {
            let token = with(header);
            assert_eq!(all.payload(&token), Err(TokenFault::Algorithm), "{header}");
            let bare = &token[..=token.rfind('.').expect("a dot")];
            assert_eq!(all.payload(bare), Err(TokenFault::Algorithm), "{header}");
        }
        assert_eq!(all.payload(&with("{\"alg\":\"EdDSA\",\"crit\":[\"x\"]}")), Err(TokenFault::Algorithm));
        assert_eq!(all.payload(&with("{\"alg\":\"EdDSA\",\"kid\":\"x\"}")), Err(TokenFault::UnknownKey));
        for token in ["", ".", "..", "a.b.c", "a.b.c.d", "e30.e30.e30"] {
            assert_eq!(all.payload(token), Err(TokenFault::Malformed), "{token:?}");
        }
    }

    #[test]
    fn a_key_for_something_else_is_left_aside() {
        let with = |more: &str| OKP.replace('}', &format!(",{more}}}"));
        assert!(keys(&[&with("\"use\":\"sig\",\"alg\":\"EdDSA\",\"kid\":\"a\"")]).payload(EDDSA).is_ok());
        for more in ["\"use\":\"enc\"", "\"alg\":\"ES256\"", "\"kty\":\"oct\""] {
            let text = if more.contains("kty") { OKP.replace("\"kty\":\"OKP\"", more) } else { with(more) };
            assert_eq!(keys(&[&text]).payload(EDDSA), Err(TokenFault::UnknownKey), "{more}");
        }
        // Half of a key does not spoil the others.
        assert!(
            keys(&["{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}", "{}", "1", OKP])
                .payload(EDDSA)
                .is_ok()
        );
        assert!(Keys::read(b"{}").is_none());
    }
}
