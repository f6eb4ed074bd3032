//! Deleting an election, or what is known of people in it.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;

use crate::service::{ElectionRow, Erasable, Erasure, Stage};
use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::fields::{ConfirmPage, Field, Kind, Problem, Typed};
use super::{Answer, Heading, answer, onward, own, show, stage};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/organiser/{uuid}/delete", get(ask).post(delete))
}

/// What is asked where the election is over.
#[derive(Template)]
#[template(path = "organiser/delete.html")]
struct DeletePage {
    shell: Shell,
    election: Heading,
    problems: Vec<Problem>,
    what: Field,
    name: Field,
    /// What goes in both cases.
    personal: Vec<String>,
    /// When the personal data were deleted.
    erased: Option<String>,
}

/// What there is, a line each.
fn lines(shell: &Shell, row: &ElectionRow, found: Erasable) -> Vec<String> {
    let roles = row.settings.authority.iter().chain(&row.settings.spares_holder).chain(&row.settings.trustees).count();
    [
        ("organiser-delete-voters", found.voters),
        ("organiser-delete-letters", found.letters),
        ("organiser-delete-messages", found.messages),
        ("organiser-delete-notices", found.notices),
        ("organiser-delete-roles", roles as u64),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(key, count)| shell.t1(key, "count", count))
    .collect()
}

/// The question before the opening: all that goes is named.
async fn before_opening(app: &App, visitor: &Visitor, row: &ElectionRow) -> Result<ConfirmPage, ServerError> {
    let found = app.erasable(&row.uuid).await?;
    let mut page = ConfirmPage::new(Shell::new(app, visitor), Heading::of(row), "organiser-delete").dangerous();
    page.points.insert(0, page.shell.t("organiser-delete-plan"));
    page.points.extend(lines(&page.shell, row, found));
    if row.is_fixed() {
        page.warning = Some(page.shell.t("organiser-delete-fixed"));
    }
    Ok(page)
}

async fn when_finished(
    app: &App,
    visitor: &Visitor,
    row: &ElectionRow,
    chosen: &str,
    problems: Vec<Problem>,
) -> Result<DeletePage, ServerError> {
    let found = app.erasable(&row.uuid).await?;
    let shell = Shell::new(app, visitor);
    let all = ["personal", "everything"];
    let values = if row.erased.is_some() { &all[1..] } else { &all[..] };
    let errors = |mut field: Field| {
        let own = problems.iter().filter(|problem| problem.field == field.name);
        field.errors = own.map(|problem| problem.message.clone()).collect();
        field
    };
    Ok(DeletePage {
        what: errors(Field::radios(&shell, "what", "organiser-delete-what", values, chosen)),
        name: errors(Field::new(&shell, Kind::Line, "name", "organiser-delete-name", "")),
        personal: lines(&shell, row, found),
        erased: row.erased.map(|at| super::dates::moment(&row.settings, at)),
        election: Heading::of(row),
        problems,
        shell,
    })
}

fn running() -> ServerError {
    ServerError::refused("erase-running", "an election that is voted on or counted stays")
}

async fn ask(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        match stage(&app, &row).await? {
            Stage::Preparing | Stage::SettingUp => show(&before_opening(&app, &visitor, &row).await?),
            Stage::Finished => show(&when_finished(&app, &visitor, &row, "", Vec::new()).await?),
            _ => Err(running()),
        }
    })
    .await
}

async fn delete(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let erasure = match stage(&app, &row).await? {
            Stage::Preparing | Stage::SettingUp => Erasure::Everything,
            Stage::Finished => {
                let shell = Shell::new(&app, &visitor);
                let mut problems = Vec::new();
                let erasure = match typed.get("what") {
                    "personal" if row.erased.is_none() => Erasure::Personal,
                    "everything" => Erasure::Everything,
                    _ => {
                        problems.push(Problem::new("what", shell.t("organiser-delete-choose")));
                        Erasure::Personal
                    }
                };
                if typed.get("name") != row.title.trim() {
                    problems.push(Problem::new("name", shell.t1("organiser-delete-name-wrong", "title", &row.title)));
                }
                if !problems.is_empty() {
                    return show(&when_finished(&app, &visitor, &row, typed.get("what"), problems).await?);
                }
                erasure
            }
            _ => return Err(running()),
        };
        app.erase(&uuid, erasure).await?;
        app.answers.forget(&uuid);
        match erasure {
            Erasure::Personal => Ok(onward(&uuid, "", "erased")),
            Erasure::Everything => Ok(Redirect::to("/organiser?done=deleted").into_response()),
        }
    })
    .await
}
