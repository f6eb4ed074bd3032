//! Answers of JSON, and what may come in.

use axum::body::Bytes;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::ServerError;

/// An answer that many ask for, with the name of its state.
#[derive(Debug, Clone)]
pub(crate) struct Tagged {
    body: Bytes,
    tag: HeaderValue,
}

impl Tagged {
    /// The JSON of a value.
    pub(crate) fn of(value: &impl Serialize) -> Result<Self, ServerError> {
        Ok(Self::of_bytes(json_text(value)?.into()))
    }

    /// Bytes as they are.
    pub(crate) fn of_bytes(body: Bytes) -> Self {
        use base64::Engine as _;
        let digest = Sha256::digest(&body);
        let name = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&digest[..15]);
        // Letters between quotation marks can stand in a header.
        let tag = HeaderValue::from_str(&format!("\"{name}\"")).unwrap_or(HeaderValue::from_static("\"\""));
        Self { body, tag }
    }

    /// The bytes.
    pub(crate) fn into_bytes(self) -> Bytes {
        self.body
    }

    /// The answer; an empty one to whoever has it already.
    pub(crate) fn answer(self, asked: &HeaderMap, kind: &'static str, keep: &'static str) -> Response {
        let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
        let is_known = known.flat_map(|value| value.split(',')).any(|name| {
            let name = name.trim();
            name.strip_prefix("W/").unwrap_or(name).as_bytes() == self.tag.as_bytes()
        });
        let headers = [(ETAG, self.tag), (CACHE_CONTROL, HeaderValue::from_static(keep))];
        if is_known {
            return (StatusCode::NOT_MODIFIED, headers).into_response();
        }
        (headers, [(CONTENT_TYPE, kind)], self.body).into_response()
    }
}

/// JSON that is for one person.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Result<Response, ServerError> {
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")];
    Ok((status, headers, json_text(value)?).into_response())
}

fn json_text(value: &impl Serialize) -> Result<String, ServerError> {
    serde_json::to_string(value).map_err(|error| ServerError::Fault(format!("an answer: {error}")))
}

/// A body; that it is not too long has been looked at before (`guard`).
pub(crate) type Body = Result<Bytes, axum::extract::rejection::BytesRejection>;

/// The bytes of a body.
pub(crate) fn bytes(body: Body) -> Result<Bytes, ServerError> {
    body.map_err(|_| ServerError::refused("malformed", "the message broke off"))
}

/// The JSON of a body.
pub(crate) fn read<T: DeserializeOwned>(body: Body) -> Result<T, ServerError> {
    serde_json::from_slice(&bytes(body)?)
        .map_err(|error| ServerError::refused("malformed", format!("the message has another form: {error}")))
}
