//! Requests that change something must come from our own pages, or from a program that is no browser.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site`, older ones in `Origin` (W3C Fetch Metadata; the same rule as
//! Go's `CrossOriginProtection`). Neither is there where no browser asks: then there are no cookies that another site could
//! use either. As pages forbid referrers, `Origin` is `null` for our own forms; over an unencrypted connection, where browsers
//! leave `Sec-Fetch-Site` out, such a request is let through, and the token in the form decides.

use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};

use crate::{Config, ServerError};

/// Refuses what comes from another site.
pub(super) fn refuse(headers: &HeaderMap, config: &Config) -> Result<(), ServerError> {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let is_ours = match (text("sec-fetch-site"), text(ORIGIN.as_str())) {
        (Some(site), _) => site == "same-origin" || site == "none",
        (None, None) => true,
        (None, Some("null")) => !config.is_secure(),
        (None, Some(origin)) => {
            let host = origin.split_once("://").map_or("", |(_, host)| host);
            origin == config.base_url || (!config.is_secure() && Some(host) == text(HOST.as_str()))
        }
    };
    if is_ours { Ok(()) } else { Err(ServerError::refused("cross-site", "the request comes from another site")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    fn takes(base: &str, pairs: &[(&str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
            headers.insert(name, HeaderValue::from_static(value));
        }
        refuse(&headers, &crate::operate::test_config(base)).is_ok()
    }

    #[test]
    fn other_sites_are_refused() {
        let https = "https://vote.example.org";
        assert!(takes(https, &[("sec-fetch-site", "same-origin"), ("origin", "null")]));
        assert!(takes(https, &[("sec-fetch-site", "none")]));
        assert!(takes(https, &[]), "no browser");
        assert!(takes(https, &[("origin", "https://vote.example.org")]));
        for site in ["cross-site", "same-site", "", "SAME-ORIGIN"] {
            assert!(!takes(https, &[("sec-fetch-site", site), ("origin", "https://vote.example.org")]), "{site}");
        }
        for origin in
            ["https://other.example.org", "null", "http://vote.example.org", "https://vote.example.org.evil.org"]
        {
            assert!(!takes(https, &[("origin", origin), ("host", "vote.example.org")]), "{origin}");
        }
        let http = "http://127.0.0.1:8080";
        assert!(takes(http, &[("origin", "null")]), "the token in the form decides");
        assert!(takes(http, &[("origin", "http://localhost:8080"), ("host", "localhost:8080")]));
        assert!(!takes(http, &[("origin", "http://other.example.org"), ("host", "localhost:8080")]));
    }
}
