//! The own elections, and a new one.

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;

use crate::App;
use crate::service::Stage;

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::fields::{Choice, Field, FormPage, Kind, Problem, Typed};
use super::plan_form::{PlanForm, QuestionForm};
use super::{Answer, Done, answer, onward, show, stage};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/organiser", get(list)).route("/organiser/new", get(new).post(create))
}

struct Row {
    uuid: String,
    title: String,
    stage: Stage,
    closes: Option<u64>,
}

#[derive(Template)]
#[template(path = "organiser/elections.html")]
struct ListPage {
    shell: Shell,
    done: Option<String>,
    rows: Vec<Row>,
}

async fn list(State(app): State<App>, visitor: Visitor, Query(done): Query<Done>) -> Answer {
    answer(&app, &visitor, async {
        let own = app.elections(visitor.organiser()?).await?;
        let mut rows = Vec::with_capacity(own.len());
        for row in own {
            let stage = stage(&app, &row).await?;
            rows.push(Row { stage, closes: row.closes, uuid: row.uuid, title: row.title });
        }
        let shell = Shell::new(&app, &visitor);
        show(&ListPage { done: done.sentence(&shell), shell, rows })
    })
    .await
}

/// The languages of letters, as boxes or radios.
pub(super) fn languages(chosen: &[String]) -> Vec<Choice> {
    let choice = |tongue: crate::texts::Tongue| Choice {
        value: tongue.code().to_owned(),
        label: tongue.own_name().to_owned(),
        hint: String::new(),
        is_chosen: chosen.iter().any(|code| code == tongue.code()),
    };
    crate::texts::Tongue::all().map(choice).collect()
}

fn new_page(app: &App, visitor: &Visitor, title: &str, language: &str) -> FormPage {
    let shell = Shell::new(app, visitor);
    let fields = vec![
        Field::new(&shell, Kind::Line, "title", "organiser-title", title),
        Field::new(&shell, Kind::Radios(languages(&[language.to_owned()])), "language", "organiser-language", ""),
    ];
    let mut page = FormPage::new(shell, None, "organiser-new", fields);
    page.button = page.shell.t("organiser-new-button");
    page
}

async fn new(State(app): State<App>, visitor: Visitor) -> Answer {
    answer(&app, &visitor, async {
        visitor.organiser()?;
        show(&new_page(&app, &visitor, "", visitor.tongue.code()))
    })
    .await
}

async fn create(State(app): State<App>, visitor: Visitor, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let organiser = visitor.organiser()?;
        let (title, language) = (typed.get("title"), typed.get("language"));
        let form = PlanForm::new(title, language);
        // Of a plan without questions only what stands in its first lines can be judged.
        let filled = PlanForm { questions: vec![QuestionForm::example()], ..form.clone() };
        let faults = filled.faults();
        if !faults.is_empty() {
            let page = new_page(&app, &visitor, title, language);
            let problem = |(place, fault): &(super::plan_form::Place, adil_election::PlanFault)| {
                let field = if place.field == "languages" { "language" } else { "title" };
                Problem::new(field, super::details::sentence(&page.shell, fault))
            };
            let problems = faults.iter().map(problem).collect();
            return show(&page.with_problems(problems));
        }
        let uuid = app.create_election(organiser, title, &form.to_text()).await?;
        Ok(onward(&uuid, "", "created"))
    })
    .await
}
