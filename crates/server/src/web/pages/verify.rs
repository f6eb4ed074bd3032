//! "Check it yourself": the page on which everybody verifies an election in the own browser.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;

use crate::App;

use super::super::assets::Asset;
use super::super::reply::{Failure, Html, page};
use super::super::shell::Shell;
use super::super::visitor::Visitor;

pub(in super::super) fn routes() -> Router<App> {
    Router::new().route("/e/{uuid}/verify", get(verify))
}

#[derive(Template)]
#[template(path = "public/verify.html")]
struct Verify {
    shell: Shell,
    uuid: String,
    title: String,
    /// The page that verifies without a connection.
    offline: Asset,
}

async fn verify(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Result<Html, Failure> {
    let answer = async {
        let election = app.election(&uuid).await?;
        let shell = Shell::new(&app, &visitor).with_script("verify");
        let offline = shell.asset("verify-offline.html");
        page(&Verify { shell, uuid: election.uuid, title: election.title, offline })
    };
    answer.await.map_err(visitor.failed(&app))
}
