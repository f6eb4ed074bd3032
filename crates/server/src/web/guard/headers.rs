//! Headers of every answer: what the page may load, from where, and who may show it.

use axum::http::header::{CACHE_CONTROL, HeaderName, HeaderValue};
use axum::response::Response;

use crate::App;

/// Scripts, styles, pictures and questions of the own origin alone, nothing inline, nothing turned into script by the page.
/// The policy `adil` is the one place in our scripts that names a worker's address.
const CONTENT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                       connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; \
                       frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types adil";

const NOT_ALLOWED: &str = "accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), \
                           encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), \
                           microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()";

const ALWAYS: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT),
    ("x-content-type-options", "nosniff"),
    // Personal links stand in addresses.
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", NOT_ALLOWED),
    ("x-frame-options", "DENY"),
];

/// Sets the headers. What an answer decided itself about keeping it stays.
pub(super) fn set(response: &mut Response, app: &App) {
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    if app.config.is_secure() {
        let two_years = HeaderValue::from_static("max-age=63072000");
        headers.insert(HeaderName::from_static("strict-transport-security"), two_years);
    }
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
