//! When voting opens and closes, in the organiser's time zone; and the extension of a voting that runs.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;

use crate::moment;
use crate::service::{ElectionRow, Settings, Stage};
use crate::{App, ServerError, system};

use super::super::super::shell::Shell;
use super::super::super::visitor::Visitor;
use super::details::{form_of, keep};
use super::fields::{Choice, Field, FormPage, Kind, Problem, Typed};
use super::zones::{self, ZONES};
use super::{Answer, Heading, answer, onward, own, own_unfixed, show, stage};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/organiser/{uuid}/dates", get(dates).post(save))
        .route("/organiser/{uuid}/extend", get(ask_extend).post(extend))
}

/// A moment as the organiser reads it: local time, zone, offset.
pub(super) fn moment(settings: &Settings, seconds: u64) -> String {
    let local = moment::local(seconds, settings.offset_minutes).replace('T', " ");
    let zone = settings.time_zone.replace('_', " ");
    if settings.offset_minutes == 0 && zone == "UTC" {
        return format!("{local} UTC");
    }
    format!("{local} {zone} ({})", zones::offset(settings.offset_minutes))
}

fn zone_choices(shell: &Shell, chosen: &str) -> Vec<Choice> {
    let choice = |(name, minutes, season): &(&str, i32, &str)| {
        let value = zones::value(name, *minutes);
        let season =
            if season.is_empty() { String::new() } else { format!(", {}", shell.t(&format!("organiser-{season}"))) };
        Choice {
            is_chosen: value == chosen,
            label: format!("{} ({}{season})", name.replace('_', " "), zones::offset(*minutes)),
            hint: String::new(),
            value,
        }
    };
    ZONES.iter().map(choice).collect()
}

/// What the page has in its fields.
struct Dates {
    zone: String,
    opens: String,
    closes: String,
    opens_itself: bool,
    closes_itself: bool,
}

fn page(app: &App, visitor: &Visitor, row: &ElectionRow, dates: &Dates) -> FormPage {
    let shell = Shell::new(app, visitor);
    let zones = Kind::Select(zone_choices(&shell, &dates.zone));
    let fields = vec![
        Field::new(&shell, zones, "zone", "organiser-zone", ""),
        Field::new(&shell, Kind::Moment, "opens", "organiser-opens", &dates.opens),
        Field::tick(&shell, "opens_itself", "organiser-opens-itself", dates.opens_itself),
        Field::new(&shell, Kind::Moment, "closes", "organiser-closes", &dates.closes),
        Field::tick(&shell, "closes_itself", "organiser-closes-itself", dates.closes_itself),
    ];
    FormPage::new(shell, Some(Heading::of(row)), "organiser-dates", fields)
}

async fn dates(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let settings = &row.settings;
        let local = |seconds: Option<u64>| seconds.map(|seconds| moment::local(seconds, settings.offset_minutes));
        let dates = Dates {
            zone: zones::value(&settings.time_zone, settings.offset_minutes),
            opens: local(row.opens).unwrap_or_default(),
            closes: local(row.closes).unwrap_or_default(),
            opens_itself: settings.opens_itself,
            closes_itself: settings.closes_itself,
        };
        show(&page(&app, &visitor, &row, &dates))
    })
    .await
}

/// The moment of a field; `Ok(None)` where it is empty.
fn read(shell: &Shell, typed: &Typed, name: &str, offset: i32, problems: &mut Vec<Problem>) -> Option<u64> {
    let text = typed.get(name);
    let seconds = moment::of_local(text, offset);
    if seconds.is_none() && !text.is_empty() {
        problems.push(Problem::new(name, shell.t("organiser-moment-wrong")));
    }
    seconds
}

async fn save(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own_unfixed(&app, &visitor, &uuid).await?;
        let dates = Dates {
            zone: typed.get("zone").to_owned(),
            opens: typed.get("opens").to_owned(),
            closes: typed.get("closes").to_owned(),
            opens_itself: typed.has("opens_itself"),
            closes_itself: typed.has("closes_itself"),
        };
        let page = page(&app, &visitor, &row, &dates);
        let shell = &page.shell;
        let mut problems = Vec::new();
        let zone = zones::of_value(&dates.zone);
        if zone.is_none() {
            problems.push(Problem::new("zone", shell.t("organiser-zone-wrong")));
        }
        let (time_zone, offset) = zone.unwrap_or(("UTC", 0));
        let opens = read(shell, &typed, "opens", offset, &mut problems);
        let closes = read(shell, &typed, "closes", offset, &mut problems);
        let mut needed = |name: &str, is_needed: bool, at: Option<u64>| {
            if is_needed && at.is_none() && typed.get(name).is_empty() {
                problems.push(Problem::new(name, shell.t("organiser-moment-needed")));
            }
        };
        needed("opens", dates.opens_itself, opens);
        needed("closes", dates.closes_itself, closes);
        if closes.is_some_and(|closes| closes <= system::seconds()) {
            problems.push(Problem::new("closes", shell.t("organiser-closes-past")));
        }
        if let (Some(opens), Some(closes)) = (opens, closes)
            && closes <= opens
        {
            problems.push(Problem::new("closes", shell.t("organiser-closes-before")));
        }
        if !problems.is_empty() {
            return show(&page.with_problems(problems));
        }
        let mut settings = row.settings.clone();
        settings.time_zone = time_zone.to_owned();
        settings.offset_minutes = offset;
        settings.opens_itself = dates.opens_itself;
        settings.closes_itself = dates.closes_itself;
        app.set_settings(&uuid, &settings).await?;
        app.set_dates(&uuid, opens, closes).await?;
        // The plan says them too: they stand in the record, as announced.
        let mut form = form_of(&row)?;
        let text = |seconds: Option<u64>| seconds.map(|seconds| moment::rfc3339(seconds, offset)).unwrap_or_default();
        (form.opens, form.closes) = (text(opens), text(closes));
        keep(&app, &uuid, &form).await?;
        Ok(onward(&uuid, "", "saved"))
    })
    .await
}

fn extend_page(app: &App, visitor: &Visitor, row: &ElectionRow, closes: &str) -> FormPage {
    let shell = Shell::new(app, visitor);
    let fields = vec![Field::new(&shell, Kind::Moment, "closes", "organiser-extend-to", closes)];
    let now = row.closes.map(|closes| moment(&row.settings, closes));
    let mut page = FormPage::new(shell, Some(Heading::of(row)), "organiser-extend", fields);
    if let Some(now) = now {
        page.lead.push(page.shell.t1("organiser-extend-now", "closes", now));
    }
    page.lead.push(page.shell.t1("organiser-extend-zone", "zone", &row.settings.time_zone));
    page.button = page.shell.t("organiser-extend-button");
    page
}

/// Extending is for a voting that runs.
async fn is_open(app: &App, row: &ElectionRow) -> Result<(), ServerError> {
    match stage(app, row).await? {
        Stage::Open => Ok(()),
        _ => Err(ServerError::refused("voting-not-open", "voting is not open")),
    }
}

async fn ask_extend(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        is_open(&app, &row).await?;
        let closes = row.closes.map(|closes| moment::local(closes, row.settings.offset_minutes));
        show(&extend_page(&app, &visitor, &row, &closes.unwrap_or_default()))
    })
    .await
}

async fn extend(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>, typed: Typed) -> Answer {
    answer(&app, &visitor, async {
        let row = own(&app, &visitor, &uuid).await?;
        is_open(&app, &row).await?;
        let page = extend_page(&app, &visitor, &row, typed.get("closes"));
        let mut problems = Vec::new();
        let closes = read(&page.shell, &typed, "closes", row.settings.offset_minutes, &mut problems);
        let key = match closes {
            None if typed.get("closes").is_empty() => Some("organiser-moment-needed"),
            Some(closes) if closes <= system::seconds() => Some("organiser-closes-past"),
            Some(closes) if row.closes.is_some_and(|before| closes <= before) => Some("organiser-extend-earlier"),
            _ => None,
        };
        problems.extend(key.map(|key| Problem::new("closes", page.shell.t(key))));
        if !problems.is_empty() {
            return show(&page.with_problems(problems));
        }
        app.set_dates(&uuid, row.opens, closes).await?;
        Ok(onward(&uuid, "", "extended"))
    })
    .await
}
