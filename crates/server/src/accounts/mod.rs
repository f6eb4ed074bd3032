//! Who somebody is: organisers and how they sign in, sessions, and what they allow.

mod attempt;
mod link;
mod oidc;
mod organiser;
mod password;
mod session;
mod sign_in;
mod totp;

pub use attempt::Network;
pub use link::LinkView;
pub use oidc::{OidcBack, OidcEnd, OidcSettings, OidcStart};
pub use organiser::{Organiser, Owner};
pub use password::{Hasher, SHORTEST_PASSWORD};
pub use session::{Grant, Role, Session};
pub use totp::{base32, step, totp};

pub(crate) use attempt::{count_in, subject};
pub(crate) use oidc::{BACK as OIDC_BACK, FLOW_SECONDS as OIDC_SECONDS, Provider as OidcProvider};
pub(crate) use session::kept;

/// An address as accounts are known by it: without spaces around it, in small letters; `None` where it is no address.
pub fn address(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    (text.len() <= 254 && text.parse::<lettre::Address>().is_ok()).then_some(text)
}

/// A text as it may stand in an address (RFC 3986, section 2.3).
pub(crate) fn in_address(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::in_address;

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(in_address("a+b@example.org"), "a%2Bb%40example.org");
    }
}
