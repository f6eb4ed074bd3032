//! The plan as text, `questions.toml`: for those who have one, and for what no form shows.

use adil_election::Plan;
use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;

use crate::App;
use crate::service::ElectionRow;

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::details::sentence;
use super::fields::Typed;
use super::plan_form::PlanForm;
use super::{Answer, Heading, answer, onward, own, own_unfixed, show};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/organiser/{uuid}/text", get(text).post(save))
}

struct Fault {
    line: usize,
    sentence: String,
}

#[derive(Template)]
#[template(path = "organiser/text.html")]
struct TextPage {
    shell: Shell,
    election: Heading,
    text: String,
    faults: Vec<Fault>,
    more: usize,
}

fn page(app: &App, visitor: &Visitor, row: &ElectionRow, text: &str) -> TextPage {
    let shell = Shell::new(app, visitor);
    let (faults, more) = match Plan::parse(text) {
        Ok(_) => (Vec::new(), 0),
        Err(error) => (error.faults, error.more),
    };
    let faults = faults.iter().map(|fault| Fault { line: fault.line, sentence: sentence(&shell, fault) }).collect();
    TextPage { shell, election: Heading::of(row), text: text.to_owned(), faults, more }
}

async fn text(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        show(&page(&app, &visitor, &row, &row.plan))
    })
    .await
}

async fn save(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let text = typed.lines_of("plan");
        let title = match Plan::parse(&text) {
            Ok(plan) => plan.title,
            Err(error) => {
                // What is no TOML at all is not kept: the pages of the questions could not show it.
                let form = PlanForm::of_text(&text).filter(|_| typed.has("anyway"));
                let Some(form) = form else {
                    tracing::debug!(faults = error.faults.len(), "a plan with faults");
                    return show(&page(&app, &visitor, &row, &text));
                };
                form.title
            }
        };
        app.set_plan(&uuid, &title, &text).await?;
        Ok(onward(&uuid, "questions", "saved"))
    })
    .await
}
