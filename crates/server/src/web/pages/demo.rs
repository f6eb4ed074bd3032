//! `/demo`: the sample election of `adil serve --demo`, to be tried in all parts. Elsewhere there is no such page.

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};

use crate::demo::{DemoView, PASSPHRASE};
use crate::service::Stage;
use crate::{App, sample};

use super::super::reply::{Failure, page};
use super::super::shell::Shell;
use super::super::visitor::{Visitor, session_value};

pub(in super::super) fn routes() -> Router<App> {
    Router::new()
        .route("/demo", get(show))
        .route("/demo/trustee", get(trustee_file))
        .route("/demo/sign-in", post(sign_in))
        .route("/demo/new", post(new))
}

#[derive(Template)]
#[template(path = "demo.html")]
struct DemoPage {
    shell: Shell,
    demo: DemoView,
}

impl DemoPage {
    fn is_open(&self) -> bool {
        self.demo.stage == Stage::Open
    }

    fn is_over(&self) -> bool {
        self.demo.stage == Stage::Finished
    }

    fn passphrase(&self) -> &'static str {
        PASSPHRASE
    }
}

async fn show(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let answer = async {
        let demo = app.demo().await?;
        Ok(page(&DemoPage { shell: Shell::new(&app, &visitor), demo })?.into_response())
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn trustee_file(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let (name, text) = app.demo_key_file().await.map_err(visitor.failed(&app))?;
    let headers = [
        (CONTENT_TYPE, "application/json".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, text).into_response())
}

fn to(path: &str) -> Response {
    let mut response = StatusCode::SEE_OTHER.into_response();
    if let Ok(value) = HeaderValue::from_str(path) {
        response.headers_mut().insert(LOCATION, value);
    }
    response
}

/// Signs the visitor in as the organiser of sample elections.
async fn sign_in(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let answer = async {
        let demo = app.demo().await?;
        let organiser = sample::organiser(&app).await?;
        let token = app.renew_session(visitor.session.as_ref(), organiser).await?;
        let mut response = to(&format!("/organiser/{}", demo.uuid));
        if let Some(value) = session_value(&app, &token) {
            response.headers_mut().insert(SET_COOKIE, value);
        }
        Ok(response)
    };
    answer.await.map_err(visitor.failed(&app))
}

/// Begins another sample election, once this one is over.
async fn new(State(app): State<App>, visitor: Visitor) -> Result<Response, Failure> {
    let answer = async {
        app.demo().await?;
        app.hold_demo().await?;
        Ok(to("/demo"))
    };
    answer.await.map_err(visitor.failed(&app))
}
