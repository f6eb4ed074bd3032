//! What stands in front of every page and every answer: who may ask for how much, from where, in which size and time; and the
//! headers that tell browsers what not to do.

mod bodies;
mod cross_site;
mod forms;
mod headers;
mod kinds;
mod network;

use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{CONTENT_LENGTH, HeaderValue};
use axum::http::{HeaderName, Method};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tokio::sync::OwnedSemaphorePermit;

use crate::{App, ServerError, system};

use super::reply::{Failure, Refusal};
use super::visitor;

pub(crate) use bodies::Bodies;

/// Guards a request and its answer.
pub(super) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let id = system::random_bytes::<8>().map(|bytes| u64::from_be_bytes(*bytes)).unwrap_or_default();
    let (tongue, path) = (visitor::tongue(request.headers()), request.uri().path().to_owned());
    // A NUL is in no address, and PostgreSQL takes none in a text.
    let has_nul = request.uri().path_and_query().is_some_and(|address| address.as_str().contains("%00"));
    let kind = kinds::kind(&method, &path);
    let answer = kind.answer;
    let admitted = if has_nul { Err(ServerError::NotFound) } else { admit(&app, request, kind).await };
    let mut response = match admitted {
        // The room that the body takes is given back with the answer.
        Ok((request, _room)) => match tokio::time::timeout(answer, next.run(request)).await {
            Ok(response) => response,
            Err(_) => Failure::of(ServerError::refused("slow", ""), &app, tongue, &path).into_response(),
        },
        Err(error) => Failure::of(error, &app, tongue, &path).into_response(),
    };
    headers::set(&mut response, &app);
    let id = format!("{id:016x}");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    let (status, took) = (response.status().as_u16(), began.elapsed());
    // The pattern of the route, never the path: paths hold tokens, queries hold trackers.
    let known_method = if method == Method::GET || method == Method::POST { method.as_str() } else { "other" };
    app.figures.request(known_method, &route, status, took);
    if kinds::is_ballot(&method, &path) {
        let refused = response.extensions().get::<Refusal>().map(|refusal| refusal.0);
        app.figures.ballot(refused.unwrap_or(if status < 300 { "accepted" } else { "other" }));
    }
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::info!(target: "adil::request", id, method = known_method, route, status, milliseconds);
    response
}

/// Looks at a request, and reads its body as far as it may go.
async fn admit(
    app: &App,
    mut request: Request,
    kind: kinds::Kind,
) -> Result<(Request, Option<OwnedSemaphorePermit>), ServerError> {
    let network = network::network(&request, app.config.proxies);
    request.extensions_mut().insert(network);
    if let Some(limited) = kind.limited {
        app.limits.take(limited, network, Instant::now()).map_err(|seconds| ServerError::TooMany { seconds })?;
    }
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok((request, None));
    }
    cross_site::refuse(request.headers(), &app.config)?;
    let session = match visitor::cookie(request.headers(), visitor::session_cookie(app)) {
        Some(token) => app.session(token).await?,
        None => None,
    };
    let of_part = kind.of_part.filter(|(part, _)| session.as_ref().is_some_and(|session| part.is_of(session)));
    if of_part.is_none() {
        // Whoever answers need not ask the database again. What takes minutes to arrive is asked for once more: the part may
        // have been taken away meanwhile.
        request.extensions_mut().insert(visitor::Known(session.clone()));
    }
    let most = of_part.as_ref().map_or(kind.most_bytes, |(_, most)| *most);
    let said = request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if said.is_some_and(|said| said > most) {
        return Err(bodies::too_long(most));
    }
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(kind.patience, app.bodies.read(body, most, of_part.is_some())).await;
    let (bytes, room) = read.map_err(|_| ServerError::refused("slow", ""))??;
    if forms::has_nul(&parts.headers, &bytes) {
        return Err(ServerError::refused("malformed", "a text holds a NUL"));
    }
    if let Some(session) = &session
        && forms::is_form(&parts.headers)
        && !forms::FREE.contains(&parts.uri.path())
    {
        forms::check(&parts.headers, &bytes, &session.csrf)?;
    }
    Ok((Request::from_parts(parts, Body::from(bytes)), room))
}
