//! Codes have leaked: declare it, wait for the authority, confirm, see what was set aside.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::{get, post};

use crate::service::{Affected, ElectionRow, Leak, LeakReport};
use crate::{App, ServerError, moment, system};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::fields::{ConfirmPage, Field, FormPage, Kind, Problem, Typed};
use super::{Answer, Done, Heading, answer, onward, own, show};

/// Characters of a reason: it stands in each entry of the log.
const REASON_CHARACTERS: usize = 200;

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/leak", get(report))
        .route("/organiser/{uuid}/leak/declare", get(ask_declare).post(declare))
        .route("/organiser/{uuid}/leak/confirm", get(ask_confirm).post(confirm))
        .route("/organiser/{uuid}/leak/withdraw", post(withdraw))
}

#[derive(Template)]
#[template(path = "organiser/leak.html")]
struct LeakPage {
    shell: Shell,
    election: Heading,
    done: Option<String>,
    report: LeakReport,
    since: String,
    affected: String,
}

async fn report(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    Query(done): Query<Done>,
) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let report = app.leak_report(&uuid).await?;
        let shell = Shell::new(&app, &visitor);
        let declared = report.declared.as_ref();
        show(&LeakPage {
            since: declared.map(|leak| since(&shell, &row, leak)).unwrap_or_default(),
            affected: declared.map(|leak| affected(&shell, leak)).unwrap_or_default(),
            done: done.sentence(&shell),
            election: Heading::of(&row),
            shell,
            report,
        })
    })
    .await
}

fn since(shell: &Shell, row: &ElectionRow, leak: &Leak) -> String {
    match leak.since {
        0 => shell.t("organiser-leak-from-the-start"),
        minute => super::dates::moment(&row.settings, minute.saturating_mul(60)),
    }
}

fn affected(shell: &Shell, leak: &Leak) -> String {
    match &leak.affected {
        Affected::All => shell.t("organiser-leak-all"),
        Affected::Voters(voters) => voters.join(", "),
    }
}

/// What the form has in its fields.
struct Declared {
    when: String,
    since: String,
    who: String,
    voters: String,
    reason: String,
}

fn declare_page(app: &App, visitor: &Visitor, row: &ElectionRow, declared: &Declared) -> FormPage {
    let shell = Shell::new(app, visitor);
    let mut since = Field::new(&shell, Kind::Moment, "since", "organiser-leak-since", &declared.since);
    since.hint = shell.t1("organiser-extend-zone", "zone", &row.settings.time_zone);
    let fields = vec![
        Field::radios(&shell, "when", "organiser-leak-when", &["start", "minute"], &declared.when),
        since,
        Field::radios(&shell, "who", "organiser-leak-who", &["everybody", "some"], &declared.who),
        Field::new(&shell, Kind::Area(4), "voters", "organiser-leak-voters", &declared.voters),
        Field::new(&shell, Kind::Line, "reason", "organiser-leak-reason", &declared.reason),
    ];
    let mut page = FormPage::new(shell, Some(Heading::of(row)), "organiser-leak-declare", fields);
    page.button = page.shell.t("organiser-leak-declare-button");
    page.back = format!("/organiser/{}/leak", row.uuid);
    page
}

async fn ask_declare(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let empty = Declared {
            when: "start".to_owned(),
            since: String::new(),
            who: "everybody".to_owned(),
            voters: String::new(),
            reason: String::new(),
        };
        show(&declare_page(&app, &visitor, &row, &empty))
    })
    .await
}

async fn declare(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let of = |name: &str| typed.get(name).to_owned();
        let declared = Declared {
            when: of("when"),
            since: of("since"),
            who: of("who"),
            voters: of("voters"),
            reason: of("reason"),
        };
        let page = declare_page(&app, &visitor, &row, &declared);
        let shell = &page.shell;
        let mut problems = Vec::new();
        let since = if declared.when == "start" {
            Some(0)
        } else {
            let at = moment::of_local(&declared.since, row.settings.offset_minutes);
            at.map(|seconds| seconds / 60).filter(|minute| *minute <= system::minute())
        };
        if since.is_none() {
            problems.push(Problem::new("since", shell.t("organiser-leak-since-wrong")));
        }
        let named: Vec<String> = declared
            .voters
            .split(['\n', '\r', ','])
            .map(str::trim)
            .filter(|id| !id.is_empty())
            .map(str::to_owned)
            .collect();
        let is_all = declared.who == "everybody";
        if !is_all {
            let voters = app.voters(&uuid).await?;
            let ids: std::collections::HashSet<&str> = voters.iter().map(|voter| voter.id.as_str()).collect();
            let unknown: Vec<&str> = named.iter().map(String::as_str).filter(|id| !ids.contains(id)).take(10).collect();
            if named.is_empty() {
                problems.push(Problem::new("voters", shell.t("organiser-leak-voters-none")));
            } else if !unknown.is_empty() {
                let unknown = unknown.join(", ");
                problems.push(Problem::new("voters", shell.t1("organiser-leak-voters-unknown", "voters", unknown)));
            }
        }
        let is_bad = declared.reason.chars().any(char::is_control);
        if declared.reason.is_empty() || is_bad || declared.reason.chars().count() > REASON_CHARACTERS {
            problems.push(Problem::new("reason", shell.t1("organiser-leak-reason-wrong", "most", REASON_CHARACTERS)));
        }
        let Some(since) = since.filter(|_| problems.is_empty()) else { return show(&page.with_problems(problems)) };
        let affected = if is_all { Affected::All } else { Affected::Voters(named) };
        let leak = Leak { since, reason: declared.reason, affected };
        match app.declare_leak(&uuid, &leak).await {
            Err(ServerError::Refused { message, code }) if code.starts_with("leak") => {
                let message = page.shell.t1(&format!("refused-{code}"), "reason", message);
                show(&page.with_problems(vec![Problem::new("", message)]))
            }
            other => other.map(|()| onward(&uuid, "leak", "declared")),
        }
    })
    .await
}

async fn ask_confirm(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let report = app.leak_report(&uuid).await?;
        let Some(signed) = report.signed else {
            return Err(ServerError::refused("not-signed", "the authority has not signed yet"));
        };
        let mut page =
            ConfirmPage::new(Shell::new(&app, &visitor), Heading::of(&row), "organiser-leak-confirm").dangerous();
        page.paragraphs.push(page.shell.t1("organiser-leak-signed", "count", signed));
        page.back = format!("/organiser/{uuid}/leak");
        show(&page)
    })
    .await
}

async fn confirm(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        own(&app, &visitor, &uuid).await?;
        app.confirm_revocations(&uuid).await?;
        Ok(onward(&uuid, "leak", "revoked"))
    })
    .await
}

async fn withdraw(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        own(&app, &visitor, &uuid).await?;
        app.withdraw_leak(&uuid).await?;
        Ok(onward(&uuid, "leak", "withdrawn"))
    })
    .await
}
