//! One question: adding it, and changing it.

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;

use crate::App;
use crate::service::ElectionRow;

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::details::{form_of, keep, sentence};
use super::fields::{self, Field, FormPage, Problem, Typed};
use super::plan_form::{Kind, Place, QuestionForm};
use super::questions::place;
use super::{Answer, Heading, answer, onward, own_unfixed, show};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/questions/new", get(new).post(add))
        .route("/organiser/{uuid}/questions/{number}", get(edit).post(change))
}

#[derive(serde::Deserialize)]
struct OfKind {
    #[serde(default)]
    kind: String,
}

/// Lists as one text: an empty line between lists, the name first.
fn lists_text(lists: &[Vec<String>]) -> String {
    lists.iter().map(|list| list.join("\n")).collect::<Vec<_>>().join("\n\n")
}

fn lists_of(text: &str) -> Vec<Vec<String>> {
    let mut lists = vec![Vec::new()];
    for line in text.lines().map(str::trim) {
        match (line.is_empty(), lists.last_mut()) {
            (false, Some(list)) => list.push(line.to_owned()),
            (true, Some(list)) if !list.is_empty() => lists.push(Vec::new()),
            _ => {}
        }
    }
    lists.retain(|list| !list.is_empty());
    lists
}

fn question_of(typed: &Typed, kind: Kind) -> QuestionForm {
    let is_choices = kind == Kind::Choices;
    let of = |name: &str, is_taken: bool| if is_taken { typed.get(name).to_owned() } else { String::new() };
    let count = if kind == Kind::Graded { "majority-judgment".to_owned() } else { of("count", kind != Kind::Lists) };
    let takes_seats = matches!(count.as_str(), "plurality" | "approval" | "stv");
    QuestionForm {
        title: typed.get("title").to_owned(),
        kind,
        answers: if kind == Kind::Lists { Vec::new() } else { typed.lines("answers") },
        min: of("min", is_choices),
        max: of("max", is_choices),
        blank: kind != Kind::Lists && typed.has("blank"),
        seats: of("seats", takes_seats),
        grades: if kind == Kind::Graded { typed.lines("grades") } else { Vec::new() },
        lists: if kind == Kind::Lists { lists_of(&typed.lines_of("lists")) } else { Vec::new() },
        count,
    }
}

fn fields(shell: &Shell, question: &QuestionForm) -> Vec<Field> {
    use fields::Kind::{Area, Line, Number};
    let mut fields = vec![Field::new(shell, Line, "title", "organiser-question", &question.title)];
    match question.kind {
        Kind::Lists => {
            let text = lists_text(&question.lists);
            fields.push(Field::new(shell, Area(12), "lists", "organiser-lists", &text));
            return fields;
        }
        _ => {
            let text = question.answers.join("\n");
            fields.push(Field::new(shell, Area(6), "answers", "organiser-answers", &text).comfortable("rows"));
        }
    }
    if question.kind == Kind::Graded {
        let text = question.grades.join("\n");
        fields.push(Field::new(shell, Area(6), "grades", "organiser-grades", &text).comfortable("rows"));
    }
    if question.kind == Kind::Choices {
        fields.push(Field::new(shell, Number, "min", "organiser-min", &question.min));
        fields.push(Field::new(shell, Number, "max", "organiser-max", &question.max));
    }
    if question.kind != Kind::Graded {
        let methods = question.kind.methods();
        fields.push(Field::radios(shell, "count", "organiser-count", methods, &question.count));
        fields.push(Field::new(shell, Number, "seats", "organiser-seats", &question.seats));
    }
    fields.push(Field::tick(shell, "blank", "organiser-blank", question.blank));
    fields
}

fn page(app: &App, visitor: &Visitor, row: &ElectionRow, question: &QuestionForm, is_new: bool) -> FormPage {
    let shell = Shell::new(app, visitor).with_script("organiser");
    let fields = fields(&shell, question);
    let key = format!("organiser-kind-{}", question.kind.name());
    let mut page =
        FormPage::new(shell, Some(Heading::of(row)), if is_new { "organiser-add" } else { "organiser-edit" }, fields);
    page.lead = vec![format!("{}. {}", page.shell.t(&key), page.shell.t(&format!("{key}-hint")))];
    if is_new {
        page.action = format!("{}?kind={}", page.action, question.kind.name());
    }
    page.back = format!("/organiser/{}/questions", row.uuid);
    page
}

/// What is wrong with the question of that place, at its fields.
fn problems(shell: &Shell, form: &super::plan_form::PlanForm, own: usize) -> Vec<Problem> {
    let faults = form.faults();
    let of_it = faults.iter().filter(|(place, _)| place.question == Some(own));
    let problem = |(place, fault): &(Place, adil_election::PlanFault)| {
        let field = if ["kind"].contains(&place.field) { "title" } else { place.field };
        let sentence = sentence(shell, fault);
        let message = match place.entry {
            Some(entry) => shell.t2("organiser-in-line", "number", entry + 1, "problem", sentence),
            None => sentence,
        };
        Problem::new(field, message)
    };
    of_it.map(problem).collect()
}

async fn new(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, Query(of): Query<OfKind>) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let question = QuestionForm::new(Kind::of_name(&of.kind).unwrap_or_default());
        show(&page(&app, &visitor, &row, &question, true))
    })
    .await
}

async fn edit(State(app): State<App>, visitor: Visitor, Path((uuid, number)): Path<(String, usize)>) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let form = form_of(&row)?;
        let own = place(&form, number)?;
        let question = form.questions.get(own).cloned().unwrap_or_default();
        let page = page(&app, &visitor, &row, &question, false);
        let problems = problems(&page.shell, &form, own);
        show(&page.with_problems(problems))
    })
    .await
}

async fn add(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    Query(of): Query<OfKind>,
    typed: Typed,
) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let mut form = form_of(&row)?;
        let question = question_of(&typed, Kind::of_name(&of.kind).unwrap_or_default());
        form.questions.push(question.clone());
        let page = page(&app, &visitor, &row, &question, true);
        let problems = problems(&page.shell, &form, form.questions.len() - 1);
        if !problems.is_empty() {
            return show(&page.with_problems(problems));
        }
        keep(&app, &uuid, &form).await?;
        Ok(onward(&uuid, "questions", "added"))
    })
    .await
}

async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path((uuid, number)): Path<(String, usize)>,
    typed: Typed,
) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let mut form = form_of(&row)?;
        let own = place(&form, number)?;
        let Some(before) = form.questions.get_mut(own) else { return Err(crate::ServerError::NotFound) };
        let question = question_of(&typed, before.kind);
        *before = question.clone();
        let page = page(&app, &visitor, &row, &question, false);
        let problems = problems(&page.shell, &form, own);
        if !problems.is_empty() {
            return show(&page.with_problems(problems));
        }
        keep(&app, &uuid, &form).await?;
        Ok(onward(&uuid, "questions", "saved"))
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_stand_between_empty_lines() {
        let lists = lists_of("A\n 1 \n2\n\n\nB\n3\n");
        assert_eq!(lists, [vec!["A", "1", "2"], vec!["B", "3"]]);
        assert_eq!(lists_of(&lists_text(&lists)), lists);
        assert!(lists_of(" \n\n").is_empty());
    }
}
