//! An election's result: what was counted, round by round, and what proves it.

use askama::Template;
use axum::extract::{Path, State};

use super::numbers::grouped;
use super::result_view::{Block, QuestionView, questions};
use crate::App;
use crate::service::Stage;
use crate::web::reply::{Failure, Html, page};
use crate::web::shell::Shell;
use crate::web::visitor::Visitor;

#[derive(Template)]
#[template(path = "public/result.html")]
struct ResultPage {
    shell: Shell,
    uuid: String,
    title: String,
    questions: Vec<QuestionView>,
    ballots: String,
    voters: String,
    set_aside: Option<String>,
    trustees: String,
    trustees_needed: String,
    has_shuffles: bool,
    shuffles: String,
}

/// Before the result is published.
#[derive(Template)]
#[template(path = "public/no-result.html")]
struct NoResult {
    shell: Shell,
    uuid: String,
    title: String,
    stage: Stage,
}

pub(super) async fn result(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
) -> Result<Html, Failure> {
    let answer = async {
        let counts = app.counts(&uuid).await?;
        let shell = Shell::new(&app, &visitor);
        if counts.phase != Stage::Finished {
            return page(&NoResult { shell, uuid: uuid.clone(), title: counts.title, stage: counts.phase });
        }
        let result = app.counted_result(&uuid).await?;
        let language = shell.lang();
        page(&ResultPage {
            questions: questions(&shell, &result),
            ballots: grouped(counts.voters_with_ballot, language),
            voters: grouped(counts.voters, language),
            set_aside: (counts.set_aside > 0).then(|| grouped(counts.set_aside, language)),
            trustees: counts.decrypted.len().to_string(),
            trustees_needed: counts.trustees_needed.to_string(),
            has_shuffles: !counts.shuffled.is_empty(),
            shuffles: counts.shuffled.len().to_string(),
            title: counts.title,
            uuid: uuid.clone(),
            shell,
        })
    };
    answer.await.map_err(visitor.failed(&app))
}
