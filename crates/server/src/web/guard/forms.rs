//! The token that forms carry: another site cannot know it. JSON needs none, since a browser asks first before it sends that
//! from another site (and is told no).

use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use subtle::ConstantTimeEq as _;

use crate::ServerError;

/// Forms that change nothing but the language of the pages.
pub(super) const FREE: [&str; 1] = ["/language"];

fn kind(headers: &HeaderMap) -> String {
    let text = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a form of another site could send this.
pub(super) fn is_form(headers: &HeaderMap) -> bool {
    ["", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain"].contains(&kind(headers).as_str())
}

/// Refuses a form without the session's token.
pub(super) fn check(headers: &HeaderMap, body: &[u8], csrf: &str) -> Result<(), ServerError> {
    let found = match kind(headers).as_str() {
        "multipart/form-data" => in_parts(headers, body),
        _ => in_pairs(body),
    };
    let found = found.unwrap_or_default();
    if !csrf.is_empty() && bool::from(found.ct_eq(csrf.as_bytes())) {
        return Ok(());
    }
    Err(ServerError::refused("form", "the form is too old, or comes from elsewhere"))
}

/// The field `csrf` of `a=1&csrf=…`; its letters need no encoding.
fn in_pairs(body: &[u8]) -> Option<&[u8]> {
    body.split(|byte| *byte == b'&').find_map(|pair| pair.strip_prefix(b"csrf="))
}

/// The field `csrf` of a form in parts (RFC 7578).
fn in_parts<'a>(headers: &HeaderMap, body: &'a [u8]) -> Option<&'a [u8]> {
    let text = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let boundary = text.split(';').find_map(|part| part.trim().strip_prefix("boundary="))?.trim_matches('"');
    let limit = format!("--{boundary}");
    let mut rest = body;
    loop {
        let part = &rest[find(rest, limit.as_bytes())? + limit.len()..];
        let head_end = find(part, b"\r\n\r\n")?;
        let content = &part[head_end + 4..];
        let end = find(content, format!("\r\n{limit}").as_bytes())?;
        let head = String::from_utf8_lossy(&part[..head_end]).to_ascii_lowercase();
        if head.contains("name=\"csrf\"") && !head.contains("filename") {
            return Some(&content[..end]);
        }
        rest = &content[end..];
    }
}

/// Bodies that are looked through for a NUL: what ends in the database as a text is not longer.
const MOST_LOOKED_THROUGH: usize = 1 << 20;

/// Whether a text in a form or in JSON holds a NUL, which PostgreSQL does not take.
pub(super) fn has_nul(headers: &HeaderMap, body: &[u8]) -> bool {
    if body.len() > MOST_LOOKED_THROUGH {
        return false;
    }
    match kind(headers).as_str() {
        // A percent sign itself is written `%25`.
        "application/x-www-form-urlencoded" => body.contains(&0) || find(body, b"%00").is_some(),
        "multipart/form-data" => false,
        // The backslash of an escape is not itself escaped.
        _ => {
            let mut rest = body;
            while let Some(at) = rest.iter().position(|byte| *byte == b'\\') {
                if rest[at + 1..].starts_with(b"u0000") {
                    return true;
                }
                rest = rest.get(at + 2..).unwrap_or_default();
            }
            false
        }
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len().max(1)).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(kind: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(CONTENT_TYPE, HeaderValue::from_static(kind))])
    }

    #[test]
    fn a_form_carries_the_token() {
        let form = headers("application/x-www-form-urlencoded; charset=utf-8");
        assert!(is_form(&form) && is_form(&HeaderMap::new()) && !is_form(&headers("application/json")));
        assert!(check(&form, b"title=A&csrf=token", "token").is_ok());
        for body in [&b""[..], b"csrf=", b"csrf=toke", b"xcsrf=token", b"csrf=tokens", b"title=csrf=token"] {
            assert!(check(&form, body, "token").is_err());
        }
        assert!(check(&form, b"csrf=", "").is_err(), "no session's token is empty");
    }

    #[test]
    fn a_nul_is_found_however_it_is_written() {
        let (form, json) = (headers("application/x-www-form-urlencoded"), headers("application/json"));
        assert!(has_nul(&form, b"a=b%00") && !has_nul(&form, b"a=%2500"));
        assert!(has_nul(&json, br#"{"voter":"\u0000"}"#) && has_nul(&json, br#"{"voter":"\\\u0000"}"#));
        assert!(!has_nul(&json, br#"{"voter":"\\u0000"}"#), "a backslash and the text u0000");
        assert!(!has_nul(&json, br#"{"voter":"\"#));
    }

    #[test]
    fn a_form_in_parts_carries_it_too() {
        let form = headers("multipart/form-data; boundary=\"xyz\"");
        let body = |name: &str, token: &str| {
            format!(
                "--xyz\r\nContent-Disposition: form-data; name=\"list\"; filename=\"a.csv\"\r\n\r\nid\r\n1\r\n--xyz\r\n\
                 Content-Disposition: form-data; name=\"{name}\"\r\n\r\n{token}\r\n--xyz--\r\n"
            )
        };
        assert!(check(&form, body("csrf", "token").as_bytes(), "token").is_ok());
        assert!(check(&form, body("csrf", "other").as_bytes(), "token").is_err());
        assert!(check(&form, body("else", "token").as_bytes(), "token").is_err());
        assert!(check(&form, b"--xyz", "token").is_err());
    }
}
