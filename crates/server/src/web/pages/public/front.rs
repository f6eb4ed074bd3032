//! The front page.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::service::Stage;
use crate::web::reply::{Failure, Html, page};
use crate::web::shell::Shell;
use crate::web::visitor::Visitor;
use crate::{App, ServerError};

/// Elections whose stage is shown; of older ones the title alone is.
const WITH_STAGE: usize = 30;

#[derive(Template)]
#[template(path = "front.html")]
struct Front {
    shell: Shell,
    elections: Arc<Vec<Listed>>,
}

/// An election on the list.
pub(in crate::web) struct Listed {
    uuid: String,
    title: String,
    /// The key of the stage's name, and the class of its tag.
    stage: Option<(&'static str, &'static str)>,
    is_finished: bool,
}

/// The elections on the list, with the stages of the newest.
async fn listed(app: &App) -> Result<Arc<Vec<Listed>>, ServerError> {
    let mut elections = Vec::new();
    for (number, (uuid, title)) in app.listed_elections().await?.into_iter().enumerate() {
        let stage = if number < WITH_STAGE { app.stage(&uuid).await.ok() } else { None };
        let is_finished = stage == Some(Stage::Finished);
        elections.push(Listed { uuid, title, stage: stage.map(|stage| (stage.key(), tag(stage))), is_finished });
    }
    Ok(Arc::new(elections))
}

pub(super) async fn front(State(app): State<App>, visitor: Visitor) -> Result<Html, Failure> {
    let answer = async {
        let elections = app.answers.front.get("", listed(&app)).await?;
        page(&Front { shell: Shell::new(&app, &visitor), elections })
    };
    answer.await.map_err(visitor.failed(&app))
}

/// The class of a stage's tag.
pub(super) fn tag(stage: Stage) -> &'static str {
    match stage {
        Stage::Preparing | Stage::SettingUp => "quiet",
        Stage::Open | Stage::Finished => "good",
        Stage::Closed | Stage::Shuffling | Stage::Decrypting => "warn",
    }
}
