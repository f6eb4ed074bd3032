//! From the plan to the opening: check and fix, personal links of roles, open, invite.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use axum::routing::get;

use crate::service::{ElectionRow, Person, Stage};
use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::fields::{ConfirmPage, Typed};
use super::overview::ready;
use super::plan_form::PlanForm;
use super::{Answer, Done, Heading, answer, onward, own, show, stage};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/fix", get(ask_fix).post(fix))
        .route("/organiser/{uuid}/undo", get(ask_undo).post(undo))
        .route("/organiser/{uuid}/roles", get(roles).post(new_link))
        .route("/organiser/{uuid}/open", get(ask_open).post(open))
        .route("/organiser/{uuid}/invite", get(ask_invite).post(invite))
}

/// Refuses what is out of turn.
fn must_be(stage: Stage, wanted: Stage) -> Result<(), ServerError> {
    if stage == wanted { Ok(()) } else { Err(ServerError::refused("stage", "the election is not at this step")) }
}

/// A line of what is checked before fixing.
struct Answered {
    label: String,
    values: Vec<String>,
    page: &'static str,
}

#[derive(Template)]
#[template(path = "organiser/fix.html")]
struct FixPage {
    shell: Shell,
    election: Heading,
    answers: Vec<Answered>,
    voters_without_email: usize,
}

async fn answers(app: &App, shell: &Shell, row: &ElectionRow) -> Result<(Vec<Answered>, usize), ServerError> {
    let form = PlanForm::of_text(&row.plan).unwrap_or_default();
    let settings = &row.settings;
    let voters = app.voters(&row.uuid).await?;
    let without_email = voters.iter().filter(|voter| voter.email.is_none()).count();
    let name =
        |person: &Option<Person>, or: &str| person.as_ref().map_or_else(|| shell.t(or), |person| person.name.clone());
    let when = |at: Option<u64>, itself: bool| {
        let moment = at.map_or_else(|| shell.t("organiser-not-set"), |at| super::dates::moment(settings, at));
        format!("{moment} ({})", shell.t(if itself { "organiser-by-itself" } else { "organiser-by-hand" }))
    };
    let yes_no = |flag: bool| shell.t(if flag { "organiser-yes" } else { "organiser-no" });
    let line = |key: &str, values: Vec<String>, page: &'static str| Answered { label: shell.t(key), values, page };
    let questions = form
        .questions
        .iter()
        .map(|question| format!("{} ({})", question.title, super::questions::facts(shell, question).join("; ")));
    let needed = settings.threshold.unwrap_or(settings.trustees.len());
    let mut trustees: Vec<String> = settings.trustees.iter().map(|person| person.name.clone()).collect();
    trustees.push(shell.t2("organiser-needed-of", "needed", needed, "count", settings.trustees.len()));
    let lines = vec![
        line("organiser-title", vec![form.title.clone()], "details"),
        line("organiser-questions-heading", questions.collect(), "questions"),
        line("organiser-voters-heading", vec![shell.t1("organiser-voters-count", "count", voters.len())], "voters"),
        line("organiser-authority", vec![name(&settings.authority, "organiser-authority-server")], "authority"),
        line("organiser-spares", vec![name(&settings.spares_holder, "organiser-spares-nobody")], "authority"),
        line("organiser-trustees-heading", trustees, "trustees"),
        line("organiser-opens", vec![when(row.opens, settings.opens_itself)], "dates"),
        line("organiser-closes", vec![when(row.closes, settings.closes_itself)], "dates"),
        line("organiser-second-factor", vec![yes_no(form.second_factor)], "options"),
        line("organiser-weights", vec![yes_no(form.weights)], "options"),
        line("organiser-spares-percent", vec![format!("{} %", settings.spares_percent)], "options"),
        line("organiser-listed", vec![yes_no(settings.is_listed)], "options"),
    ];
    Ok((lines, without_email))
}

async fn ask_fix(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        must_be(stage(&app, &row).await?, Stage::Preparing)?;
        ready(&app, &uuid, Stage::Preparing).await?;
        let shell = Shell::new(&app, &visitor);
        let (answers, voters_without_email) = answers(&app, &shell, &row).await?;
        show(&FixPage { shell, election: Heading::of(&row), answers, voters_without_email })
    })
    .await
}

async fn fix(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        own(&app, &visitor, &uuid).await?;
        app.fix(&uuid).await?;
        Ok(onward(&uuid, "", "fixed"))
    })
    .await
}

async fn ask_undo(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        must_be(stage(&app, &row).await?, Stage::SettingUp)?;
        show(&ConfirmPage::new(Shell::new(&app, &visitor), Heading::of(&row), "organiser-undo").dangerous())
    })
    .await
}

async fn undo(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        own(&app, &visitor, &uuid).await?;
        app.undo_fix(&uuid).await?;
        Ok(onward(&uuid, "", "undone"))
    })
    .await
}

/// Somebody with a role.
struct Holder {
    role: &'static str,
    number: u64,
    title: String,
    /// What the role must be trusted for.
    trust: String,
    name: String,
    email: Option<String>,
}

#[derive(Template)]
#[template(path = "organiser/roles.html")]
struct RolesPage {
    shell: Shell,
    election: Heading,
    done: Option<String>,
    holders: Vec<Holder>,
    server_is_authority: bool,
    can_link: bool,
}

#[derive(Template)]
#[template(path = "organiser/link.html")]
struct LinkPage {
    shell: Shell,
    election: Heading,
    name: String,
    link: String,
}

fn holders(shell: &Shell, row: &ElectionRow) -> Vec<Holder> {
    let holder = |role: &'static str, number: u64, person: &Person| Holder {
        role,
        number,
        title: shell.t1(&format!("organiser-role-{role}"), "number", number),
        trust: shell.t(&format!("organiser-role-{role}-trust")),
        name: person.name.clone(),
        email: person.email.clone(),
    };
    let settings = &row.settings;
    let mut holders: Vec<Holder> = Vec::new();
    holders.extend(settings.authority.iter().map(|person| holder("authority", 0, person)));
    holders.extend(settings.spares_holder.iter().map(|person| holder("spares", 0, person)));
    holders.extend((1..).zip(&settings.trustees).map(|(number, person)| holder("trustee", number, person)));
    holders
}

async fn roles(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, Query(done): Query<Done>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let shell = Shell::new(&app, &visitor);
        let can_link = (Stage::SettingUp..Stage::Finished).contains(&stage(&app, &row).await?);
        show(&RolesPage {
            done: done.sentence(&shell),
            election: Heading::of(&row),
            holders: holders(&shell, &row),
            server_is_authority: row.settings.authority.is_none(),
            can_link,
            shell,
        })
    })
    .await
}

async fn new_link(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let shell = Shell::new(&app, &visitor).with_script("organiser");
        let number = typed.get("number").parse::<u64>().map_err(|_| ServerError::NotFound)?;
        let holders = holders(&shell, &row);
        let holder = holders.iter().find(|holder| holder.role == typed.get("role") && holder.number == number);
        let holder = holder.ok_or(ServerError::NotFound)?;
        let by_mail = typed.get("how") == "mail" && holder.email.is_some();
        let link = app.new_role_link(&uuid, holder.role, number, by_mail).await?;
        if by_mail {
            let back = if typed.get("from") == "tally" { "tally" } else { "roles" };
            return Ok(Redirect::to(&format!("/organiser/{uuid}/{back}?done=mailed")).into_response());
        }
        // Shown once: the database has its digest alone, so that this answer cannot come after a redirect.
        show(&LinkPage { name: holder.name.clone(), link, election: Heading::of(&row), shell })
    })
    .await
}

async fn ask_open(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        must_be(stage(&app, &row).await?, Stage::SettingUp)?;
        ready(&app, &uuid, Stage::SettingUp).await?;
        let mut page = ConfirmPage::new(Shell::new(&app, &visitor), Heading::of(&row), "organiser-open");
        let closes = row.closes.map(|at| super::dates::moment(&row.settings, at));
        page.paragraphs.push(match closes {
            Some(closes) => page.shell.t1("organiser-open-closes", "closes", closes),
            None => page.shell.t("organiser-open-no-closing"),
        });
        show(&page)
    })
    .await
}

async fn open(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        own(&app, &visitor, &uuid).await?;
        app.open_voting(&uuid).await?;
        Ok(onward(&uuid, "", "opened"))
    })
    .await
}

async fn ask_invite(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        must_be(stage(&app, &row).await?, Stage::Open)?;
        let key = if row.settings.authority.is_none() { "organiser-invite-codes" } else { "organiser-invite" };
        let mut page = ConfirmPage::new(Shell::new(&app, &visitor), Heading::of(&row), key);
        let voters = app.voters(&uuid).await?;
        let without = voters.iter().filter(|voter| voter.email.is_none()).count();
        page.paragraphs.push(page.shell.t2(
            "organiser-invite-numbers",
            "with",
            voters.len() - without,
            "without",
            without,
        ));
        show(&page)
    })
    .await
}

async fn invite(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        own(&app, &visitor, &uuid).await?;
        app.invite_voters(&uuid).await?;
        Ok(onward(&uuid, "", "invited"))
    })
    .await
}
