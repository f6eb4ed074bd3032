//! From the closing to the result: who has done what, who is next, and the result with its counting.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};

use crate::service::{Counts, Stage};
use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::super::public::result_view::{Block, QuestionView, questions};
use super::{Answer, Done, Heading, answer, onward, own, show, stage};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/organiser/{uuid}/tally", get(tally)).route("/organiser/{uuid}/publish", post(publish))
}

/// What a trustee has done.
struct Trustee {
    number: u64,
    name: String,
    has_email: bool,
    has_shuffled: bool,
    has_decrypted: bool,
    is_next: bool,
}

#[derive(Template)]
#[template(path = "organiser/tally.html")]
struct TallyPage {
    shell: Shell,
    election: Heading,
    done: Option<String>,
    stage: Stage,
    trustees: Vec<Trustee>,
    needed: usize,
    missing: usize,
    questions: Vec<QuestionView>,
}

fn trustees(counts: &Counts, stage: Stage, row: &crate::service::ElectionRow) -> Vec<Trustee> {
    let mut list: Vec<Trustee> = (1..)
        .zip(&counts.trustees)
        .map(|(number, name)| Trustee {
            number,
            name: name.clone(),
            has_email: usize::try_from(number - 1)
                .ok()
                .and_then(|place| row.settings.trustees.get(place))
                .is_some_and(|person| person.email.is_some()),
            has_shuffled: counts.shuffled.contains(&number),
            has_decrypted: counts.decrypted.contains(&number),
            is_next: false,
        })
        .collect();
    // Shuffles come one after another; decryptions in any order.
    match stage {
        Stage::Shuffling => {
            if let Some(next) = list.iter_mut().find(|trustee| !trustee.has_shuffled) {
                next.is_next = true;
            }
        }
        Stage::Decrypting => list.iter_mut().for_each(|trustee| trustee.is_next = !trustee.has_decrypted),
        _ => {}
    }
    list
}

async fn tally(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, Query(done): Query<Done>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let stage = stage(&app, &row).await?;
        if stage < Stage::Closed {
            return Err(ServerError::refused("voting-not-closed", "voting is not closed"));
        }
        let counts = app.counts(&uuid).await?;

        let shell = Shell::new(&app, &visitor);
        let questions = match stage {
            Stage::Finished => questions(&shell, app.counted_result(&uuid).await?.as_ref()),
            _ => Vec::new(),
        };
        show(&TallyPage {
            done: done.sentence(&shell),
            election: Heading::of(&row),
            trustees: trustees(&counts, stage, &row),
            needed: counts.trustees_needed,
            missing: counts.trustees_needed.saturating_sub(counts.decrypted.len()),
            shell,
            stage,
            questions,
        })
    })
    .await
}

async fn publish(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        own(&app, &visitor, &uuid).await?;
        app.publish_result(&uuid).await?;
        Ok(onward(&uuid, "tally", "published"))
    })
    .await
}
