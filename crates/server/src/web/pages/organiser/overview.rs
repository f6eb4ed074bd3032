//! One election: how far it is, what is still missing, and what to do next.

use askama::Template;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;

use crate::service::{Counts, Item, ItemState, Stage};
use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::chart::Chart;
use super::{Answer, Done, Heading, answer, own, show, stage};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/organiser/{uuid}", get(overview))
}

/// A line of the checklist.
struct Line {
    text: String,
    page: &'static str,
    class: &'static str,
    state: String,
}

fn line(shell: &Shell, item: &Item, is_fixed: bool) -> Line {
    let (class, key) = match item.state {
        ItemState::Done => ("done", "organiser-item-done"),
        ItemState::Missing => ("missing", "organiser-item-missing"),
        ItemState::Waiting => ("waiting", "organiser-item-waiting"),
        ItemState::Optional => ("optional", "organiser-item-optional"),
    };
    // What only the organiser can do, but not yet, waits for nobody else.
    let is_later = ["item-fix", "item-open"].contains(&item.key) && item.state == ItemState::Waiting;
    let state = shell.t(if is_later { "organiser-item-later" } else { key });
    // What is fixed is looked at elsewhere.
    let page = match page_of(item) {
        "authority" | "trustees" | "dates" | "details" if is_fixed => "",
        page => page,
    };
    Line { text: shell.tn(item.key, &item.arguments), page, class, state }
}

/// One of the stages that an election goes through.
struct Step {
    text: String,
    class: &'static str,
}

#[derive(Template)]
#[template(path = "organiser/overview.html")]
struct OverviewPage {
    shell: Shell,
    election: Heading,
    stage: Stage,
    steps: Vec<Step>,
    done: Option<String>,
    lines: Vec<Line>,
    /// Whether everything is there for the next step: fixing, or opening.
    is_ready: bool,
    counts: Option<Counts>,
    chart: Option<Chart>,
    opens: Option<String>,
    closes: Option<String>,
    server_is_authority: bool,
    /// Letters that were given up, and those that wait after an attempt that failed.
    undelivered: u64,
    /// When the personal data were deleted.
    erased: Option<String>,
    is_mail_late: bool,
}

const STEPS: [Stage; 5] = [Stage::Preparing, Stage::SettingUp, Stage::Open, Stage::Closed, Stage::Finished];

fn steps(shell: &Shell, now: Stage) -> Vec<Step> {
    // Shuffling and decrypting are parts of the count.
    let place = |stage: Stage| match stage {
        Stage::Preparing => 0,
        Stage::SettingUp => 1,
        Stage::Open => 2,
        Stage::Closed | Stage::Shuffling | Stage::Decrypting => 3,
        Stage::Finished => 4,
    };
    let step = |stage: Stage| {
        let class = match place(stage).cmp(&place(now)) {
            _ if now == Stage::Finished => "done",
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "later",
        };
        Step { text: shell.t(&format!("organiser-step-{}", place(stage))), class }
    };
    STEPS.into_iter().map(step).collect()
}

async fn overview(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    Query(done): Query<Done>,
) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let stage = stage(&app, &row).await?;
        let shell = Shell::new(&app, &visitor).with_script("organiser");
        let (mut lines, mut is_ready) = (Vec::new(), false);
        if stage <= Stage::SettingUp {
            let items = app.checklist(&uuid).await?;
            is_ready = is_ready_for_next(stage, &items);
            lines = items.iter().map(|item| line(&shell, item, row.is_fixed())).collect();
        }
        let counts = if stage >= Stage::Open { Some(app.counts(&uuid).await?) } else { None };
        let chart = match stage {
            Stage::Open => Some(Chart::of(&app.rate(&uuid, super::chart::POINTS).await?, row.settings.offset_minutes)),
            _ => None,
        };
        let mail = app.mail_state(&uuid).await?;
        let when = |seconds: Option<u64>| seconds.map(|seconds| super::dates::moment(&row.settings, seconds));
        show(&OverviewPage {
            done: done.sentence(&shell),
            steps: steps(&shell, stage),
            election: Heading::of(&row),
            opens: when(row.opens),
            closes: when(row.closes),
            server_is_authority: row.settings.authority.is_none(),
            undelivered: mail.given_up,
            erased: when(row.erased),
            is_mail_late: mail.last_failure.is_some(),
            shell,
            stage,
            lines,
            is_ready,
            counts,
            chart,
        })
    })
    .await
}

/// Whether fixing (while preparing) or opening (while setting up) can be done now.
fn is_ready_for_next(stage: Stage, items: &[Item]) -> bool {
    let next = if stage == Stage::Preparing { "item-fix" } else { "item-open" };
    items.iter().any(|item| item.key == next && item.state == ItemState::Missing)
}

/// The page where something of the checklist is done; empty where there is none now.
fn page_of(item: &Item) -> &'static str {
    match (item.key, item.state) {
        ("item-authority" | "item-authority-server", _) => "authority",
        ("item-trustees", _) => "trustees",
        ("item-fix", ItemState::Missing) => "fix",
        ("item-open", ItemState::Missing) => "open",
        ("item-fix" | "item-open", _) => "",
        ("item-lists" | "item-keys" | "item-rehearsal", _) => "roles",
        _ => item.page,
    }
}

/// Refuses where the checklist says that something is missing.
pub(super) async fn ready(app: &App, uuid: &str, stage: Stage) -> Result<(), ServerError> {
    match is_ready_for_next(stage, &app.checklist(uuid).await?) {
        true => Ok(()),
        false => Err(ServerError::refused("missing", "something of the checklist is missing")),
    }
}
