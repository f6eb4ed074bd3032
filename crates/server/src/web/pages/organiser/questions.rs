//! The questions of an election: the list of them, their order, removing one.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};

use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::details::{form_of, keep, sentence};
use super::fields::{ConfirmPage, Typed};
use super::plan_form::{Kind, PlanForm, QuestionForm};
use super::{Answer, Done, Heading, answer, onward, own, own_unfixed, show};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/questions", get(list))
        .route("/organiser/{uuid}/questions/{number}/move", post(shift))
        .route("/organiser/{uuid}/questions/{number}/remove", get(ask_remove).post(remove))
}

/// A question as the list shows it.
struct Summary {
    number: usize,
    title: String,
    kind: String,
    facts: Vec<String>,
    answers: Vec<String>,
    problems: Vec<String>,
    is_first: bool,
    is_last: bool,
}

#[derive(Template)]
#[template(path = "organiser/questions.html")]
struct QuestionsPage {
    shell: Shell,
    election: Heading,
    done: Option<String>,
    summaries: Vec<Summary>,
    problems: Vec<String>,
    /// Name and sentence of each kind.
    kinds: Vec<(&'static str, String, String)>,
    is_broken: bool,
}

/// What a question asks, in short lines.
pub(super) fn facts(shell: &Shell, question: &QuestionForm) -> Vec<String> {
    let mut facts = Vec::new();
    if question.kind == Kind::Choices {
        facts.push(shell.t2("organiser-fact-choices", "min", &question.min, "max", &question.max));
    }
    if question.kind == Kind::Graded {
        facts.push(shell.t1("organiser-fact-grades", "grades", question.grades.join(", ")));
    }
    let method = if question.count.is_empty() { "none" } else { &question.count };
    if question.kind != Kind::Lists {
        facts.push(shell.t(&format!("organiser-count-{method}")));
    }
    if !question.seats.is_empty() {
        facts.push(shell.t1("organiser-fact-seats", "seats", &question.seats));
    }
    if question.blank {
        facts.push(shell.t("organiser-fact-blank"));
    }
    facts
}

fn summaries(shell: &Shell, form: &PlanForm) -> Vec<Summary> {
    let faults = form.faults();
    let count = form.questions.len();
    let summary = |(place, question): (usize, &QuestionForm)| Summary {
        number: place + 1,
        title: question.title.clone(),
        kind: shell.t(&format!("organiser-kind-{}", question.kind.name())),
        facts: facts(shell, question),
        answers: match question.kind {
            Kind::Lists => question.lists.iter().filter_map(|list| list.first().cloned()).collect(),
            _ => question.answers.clone(),
        },
        problems: faults
            .iter()
            .filter(|(own, _)| own.question == Some(place))
            .map(|(_, fault)| sentence(shell, fault))
            .collect(),
        is_first: place == 0,
        is_last: place + 1 == count,
    };
    form.questions.iter().enumerate().map(summary).collect()
}

async fn list(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, Query(done): Query<Done>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let shell = Shell::new(&app, &visitor);
        let form = PlanForm::of_text(&row.plan);
        let kind = |kind: Kind| {
            let key = format!("organiser-kind-{}", kind.name());
            (kind.name(), shell.t(&key), shell.t(&format!("{key}-hint")))
        };
        let faults = form.as_ref().map(PlanForm::faults).unwrap_or_default();
        show(&QuestionsPage {
            done: done.sentence(&shell),
            election: Heading::of(&row),
            summaries: form.as_ref().map(|form| summaries(&shell, form)).unwrap_or_default(),
            problems: faults
                .iter()
                .filter(|(place, _)| place.question.is_none())
                .filter(|_| form.as_ref().is_some_and(|form| !form.questions.is_empty()))
                .map(|(_, fault)| sentence(&shell, fault))
                .collect(),
            kinds: Kind::ALL.into_iter().map(kind).collect(),
            is_broken: form.is_none(),
            shell,
        })
    })
    .await
}

/// The place, from 0, of a question by its number.
pub(super) fn place(form: &PlanForm, number: usize) -> Result<usize, ServerError> {
    number.checked_sub(1).filter(|place| *place < form.questions.len()).ok_or(ServerError::NotFound)
}

async fn shift(
    State(app): State<App>,
    visitor: Visitor,
    Path((uuid, number)): Path<(String, usize)>,
    typed: Typed,
) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let mut form = form_of(&row)?;
        let from = place(&form, number)?;
        let to = match typed.get("to") {
            "up" => from.checked_sub(1),
            "down" => Some(from + 1).filter(|to| *to < form.questions.len()),
            _ => None,
        };
        if let Some(to) = to {
            let question = form.questions.remove(from);
            form.questions.insert(to, question);
            keep(&app, &uuid, &form).await?;
        }
        Ok(onward(&uuid, "questions", "moved"))
    })
    .await
}

async fn ask_remove(State(app): State<App>, visitor: Visitor, Path((uuid, number)): Path<(String, usize)>) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let form = form_of(&row)?;
        let place = place(&form, number)?;
        let title = form.questions.get(place).map(|question| question.title.clone()).unwrap_or_default();
        let mut page =
            ConfirmPage::new(Shell::new(&app, &visitor), Heading::of(&row), "organiser-remove-question").dangerous();
        page.paragraphs.insert(0, title.clone());
        // Somebody may have changed the order in another window.
        page.hidden.push(("title", title));
        page.back = format!("/organiser/{uuid}/questions");
        show(&page)
    })
    .await
}

async fn remove(
    State(app): State<App>,
    visitor: Visitor,
    Path((uuid, number)): Path<(String, usize)>,
    typed: Typed,
) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let mut form = form_of(&row)?;
        let place = place(&form, number)?;
        if form.questions.get(place).is_some_and(|question| question.title.trim() == typed.get("title")) {
            form.questions.remove(place);
            keep(&app, &uuid, &form).await?;
        }
        Ok(onward(&uuid, "questions", "removed"))
    })
    .await
}
