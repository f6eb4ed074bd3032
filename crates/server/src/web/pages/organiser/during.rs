//! While voting is open: closing it before its time, and the rate of ballots for the script of the overview.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};

use crate::service::Stage;
use crate::{App, ServerError};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::chart::{Chart, POINTS};
use super::fields::ConfirmPage;
use super::{Answer, Heading, answer, onward, own, show, stage};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/close", get(ask_close).post(close))
        .route("/organiser/{uuid}/rate.json", get(rate))
}

async fn ask_close(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        if stage(&app, &row).await? != Stage::Open {
            return Err(ServerError::refused("voting-not-open", "voting is not open"));
        }
        let counts = app.counts(&uuid).await?;
        let mut page = ConfirmPage::new(Shell::new(&app, &visitor), Heading::of(&row), "organiser-close").dangerous();
        let (voted, voters) = (counts.voters_with_ballot, counts.voters);
        page.paragraphs.push(page.shell.t2("organiser-turnout", "voted", voted, "voters", voters));
        if let Some(closes) = row.closes {
            let closes = super::dates::moment(&row.settings, closes);
            page.paragraphs.push(page.shell.t1("organiser-close-announced", "closes", closes));
        }
        show(&page)
    })
    .await
}

async fn close(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        own(&app, &visitor, &uuid).await?;
        app.close_voting(&uuid).await?;
        Ok(onward(&uuid, "tally", "closed"))
    })
    .await
}

/// The numbers of the drawing, for a page that stays open.
async fn rate(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        let chart = Chart::of(&app.rate(&uuid, POINTS).await?, row.settings.offset_minutes);
        let counts = app.counts(&uuid).await?;
        let bars: Vec<_> = chart
            .bars
            .iter()
            .map(|bar| {
                serde_json::json!({
                    "x": bar.x, "y": bar.y, "width": bar.width, "height": bar.height,
                    "when": bar.when, "ballots": bar.ballots, "burst": bar.is_burst,
                })
            })
            .collect();
        let body = serde_json::json!({
            "bars": bars, "most": chart.most, "from": chart.from, "to": chart.to,
            "ballots": counts.ballots, "voted": counts.voters_with_ballot, "voters": counts.voters,
            "set_aside": counts.set_aside,
        });
        Ok(Json(body).into_response())
    })
    .await
}
