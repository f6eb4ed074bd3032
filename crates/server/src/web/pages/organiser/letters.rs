//! Letters that were not delivered: to whom, why, and trying them again.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;

use crate::mail::{Addressee, GivenUp, Why};
use crate::service::{ElectionRow, Stage};
use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::fields::Typed;
use super::{Answer, Done, Heading, answer, onward, own, show, stage};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/organiser/{uuid}/letters", get(letters).post(retry))
}

/// A letter, in words.
struct Line {
    id: String,
    to: String,
    recipient: String,
    letter: String,
    when: String,
    why: String,
    said: String,
    can_retry: bool,
}

#[derive(Template)]
#[template(path = "organiser/letters.html")]
struct LettersPage {
    shell: Shell,
    election: Heading,
    done: Option<String>,
    sent: u64,
    waiting: u64,
    /// What the last attempt of a waiting letter ended with.
    last_failure: Option<String>,
    lines: Vec<Line>,
    total: u64,
    /// Those of which only the number is said.
    of_ballots: u64,
    can_retry: bool,
    has_voters: bool,
    has_roles: bool,
}

/// A failure of an attempt, in plain words.
fn why(shell: &Shell, failure: &str) -> String {
    shell.t(&format!("organiser-letters-why-{}", Why::of(failure).name()))
}

fn line(shell: &Shell, row: &ElectionRow, letter: GivenUp) -> Line {
    let to = match &letter.to {
        Addressee::Voter { id, name: Some(name) } => format!("{id}, {name}"),
        Addressee::Voter { id, name: None } => id.clone(),
        Addressee::Role { role, number, name } => {
            format!("{}: {name}", shell.t1(&format!("organiser-role-{role}"), "number", number))
        }
        Addressee::Other => String::new(),
    };
    Line {
        letter: shell.t(&format!("organiser-letters-kind-{}", letter.kind)),
        when: super::dates::moment(&row.settings, letter.at),
        why: why(shell, &letter.failure),
        said: letter.failure,
        can_retry: letter.can_retry,
        recipient: letter.recipient,
        id: letter.id,
        to,
    }
}

async fn letters(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    Query(done): Query<Done>,
) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let is_open = stage(&app, &row).await? == Stage::Open;
        let (state, found) = (app.mail_state(&uuid).await?, app.given_up_letters(&uuid, is_open).await?);
        let shell = Shell::new(&app, &visitor);
        show(&LettersPage {
            done: done.sentence(&shell),
            election: Heading::of(&row),
            sent: state.sent,
            waiting: state.waiting,
            last_failure: state.last_failure.as_deref().map(|failure| why(&shell, failure)),
            total: found.total,
            of_ballots: found.of_ballots,
            can_retry: found.letters.iter().any(|letter| letter.can_retry),
            has_voters: found.letters.iter().any(|letter| matches!(letter.to, Addressee::Voter { .. })),
            has_roles: found.letters.iter().any(|letter| matches!(letter.to, Addressee::Role { .. })),
            lines: found.letters.into_iter().map(|letter| line(&shell, &row, letter)).collect(),
            shell,
        })
    })
    .await
}

async fn retry(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let is_open = stage(&app, &row).await? == Stage::Open;
        let id = typed.get("letter");
        if id.is_empty() && !typed.has("all") {
            return Err(ServerError::NotFound);
        }
        let again = app.retry_letters(&uuid, Some(id).filter(|id| !id.is_empty()), is_open).await?;
        Ok(onward(&uuid, "letters", if again > 0 { "letters-again" } else { "letters-none" }))
    })
    .await
}
