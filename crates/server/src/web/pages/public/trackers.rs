//! The trackers of all ballots, page by page, and as a text.

use askama::Template;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::numbers::grouped;
use crate::service::{BallotState, TrackerRow};
use crate::web::reply::{Failure, Html, page};
use crate::web::shell::Shell;
use crate::web::visitor::Visitor;
use crate::{App, moment};

/// Trackers on a page.
const ON_A_PAGE: usize = 100;

/// A ballot in a list.
pub(super) struct Row {
    pub(super) tracker: String,
    pub(super) entry: String,
    pub(super) minute: String,
    pub(super) state: String,
    pub(super) state_class: &'static str,
}

#[derive(Template)]
#[template(path = "public/trackers.html")]
struct TrackersPage {
    shell: Shell,
    uuid: String,
    title: String,
    total: String,
    page: usize,
    pages: usize,
    rows: Vec<Row>,
}

pub(super) async fn trackers(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Html, Failure> {
    let answer = async {
        let asked = query.as_deref().and_then(|query| query.strip_prefix("page=")).and_then(|text| text.parse().ok());
        let number: usize = asked.filter(|number| *number > 0).unwrap_or(1);
        let found = app.tracker_rows(&uuid, (number - 1).saturating_mul(ON_A_PAGE), ON_A_PAGE).await?;
        let pages = found.total.div_ceil(ON_A_PAGE).max(1);
        if number > pages {
            return Err(crate::ServerError::NotFound);
        }
        let title = app.election(&uuid).await?.title;
        let shell = Shell::new(&app, &visitor);
        let (rows, total) = (rows(&shell, &found.rows), grouped(found.total as u64, shell.lang()));
        page(&TrackersPage { shell, uuid: uuid.clone(), title, total, page: number, pages, rows })
    };
    answer.await.map_err(visitor.failed(&app))
}

/// The rows of a list of trackers.
pub(super) fn rows(shell: &Shell, rows: &[TrackerRow]) -> Vec<Row> {
    let row = |row: &TrackerRow| {
        let (key, state_class) = match row.state {
            BallotState::Counted => ("board-state-counted", "good"),
            BallotState::Replaced => ("board-state-replaced", "quiet"),
            BallotState::SetAside => ("board-state-set-aside", "bad"),
            BallotState::Waiting => ("board-state-waiting", "warn"),
        };
        Row {
            tracker: row.tracker.clone(),
            entry: grouped(row.entry, shell.lang()),
            minute: moment::in_utc(row.minute * 60),
            state: shell.t(key),
            state_class,
        }
    };
    rows.iter().map(row).collect()
}

/// All trackers, one a line, in the order of the log.
pub(super) async fn text(
    State(app): State<App>,
    visitor: Visitor,
    Path(uuid): Path<String>,
) -> Result<Response, Failure> {
    let found = app.tracker_rows(&uuid, 0, usize::MAX).await.map_err(visitor.failed(&app))?;
    let mut text = String::with_capacity(found.rows.len() * 44);
    for row in &found.rows {
        text.push_str(&row.tracker);
        text.push('\n');
    }
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CACHE_CONTROL, "public, max-age=1"),
        (CONTENT_DISPOSITION, "attachment; filename=\"trackers.txt\""),
    ];
    Ok((headers, text).into_response())
}
