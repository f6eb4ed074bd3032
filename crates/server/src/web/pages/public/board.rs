//! An election's board: how far it is, its numbers, and the state of its log.

use std::sync::Arc;

use adil_log::{Checkpoint, Note};
use askama::Template;
use axum::extract::{Path, State};

use super::front::tag;
use super::numbers::{grouped, percent};
use super::trackers::{Row, rows};
use crate::service::{Counts, RatePoint, Stage, Trackers, WitnessState, WitnessView};
use crate::web::reply::{Failure, Html, page};
use crate::web::shell::Shell;
use crate::web::visitor::Visitor;
use crate::{App, ServerError, moment};

/// Bars of the chart of ballots over time.
const POINTS: usize = 48;
/// Trackers on the board; the others have pages of their own.
const LATEST: usize = 8;

/// What a board's page is made of.
pub(in crate::web) struct KnownBoard {
    counts: Counts,
    rate: Vec<RatePoint>,
    latest: Trackers,
}

#[derive(Template)]
#[template(path = "public/board.html")]
struct BoardPage {
    shell: Shell,
    uuid: String,
    title: String,
    stage: Stage,
    stage_class: &'static str,
    opens: Option<String>,
    closes: Option<String>,
    /// `None` before the opening.
    board: Option<Numbers>,
}

/// The numbers of a board, as they are shown.
struct Numbers {
    ballots: String,
    voters: String,
    voters_with_ballot: String,
    turnout: String,
    set_aside: String,
    has_set_aside: bool,
    entries: String,
    minute: String,
    root: String,
    log_key: String,
    fingerprint: String,
    credentials: String,
    second_factor: bool,
    witnesses: Vec<String>,
    trustees: Vec<TrusteeRow>,
    trustees_needed: String,
    trustees_all: String,
    chart: Chart,
    latest: Vec<Row>,
}

/// A trustee and what she has done.
struct TrusteeRow {
    name: String,
    has_shuffled: bool,
    has_decrypted: bool,
}

/// Ballots over time.
#[derive(Default)]
pub(super) struct Chart {
    bars: Vec<Bar>,
    rows: Vec<(String, String)>,
    most: String,
    from: String,
    to: String,
}

/// A bar in the chart of 600 by 140.
struct Bar {
    x: String,
    y: String,
    width: String,
    height: String,
}

pub(super) async fn board(State(app): State<App>, visitor: Visitor, Path(uuid): Path<String>) -> Result<Html, Failure> {
    let answer = async {
        let stage = app.stage(&uuid).await?;
        let shell = Shell::new(&app, &visitor).with_script("board");
        if stage >= Stage::Open {
            return page(&with_board(shell, uuid.clone(), &*known(&app, &uuid).await?));
        }
        // Before its questions are fixed, an election is the organiser's alone.
        let row = app.election(&uuid).await?;
        if !row.is_fixed() {
            return Err(ServerError::NotFound);
        }
        let utc = |seconds: Option<u64>| seconds.map(moment::in_utc);
        let (opens, closes) = (utc(row.opens), utc(row.closes));
        let (title, stage_class) = (row.title, tag(stage));
        page(&BoardPage { shell, uuid: row.uuid, title, stage, stage_class, opens, closes, board: None })
    };
    answer.await.map_err(visitor.failed(&app))
}

async fn known(app: &App, uuid: &str) -> Result<Arc<KnownBoard>, ServerError> {
    let make = async {
        let counts = app.counts(uuid).await?;
        let rate = app.rate(uuid, POINTS).await.unwrap_or_default();
        let total = usize::try_from(counts.ballots).unwrap_or(usize::MAX);
        let latest = app.tracker_rows(uuid, total.saturating_sub(LATEST), LATEST).await?;
        Ok(Arc::new(KnownBoard { counts, rate, latest }))
    };
    app.answers.board_pages.get(uuid, make).await
}

fn with_board(shell: Shell, uuid: String, known: &KnownBoard) -> BoardPage {
    let counts = &known.counts;
    let language = shell.lang();
    let number = |number: u64| grouped(number, language);
    let root = root_of(counts);
    let witnesses = counts.witnesses.iter().map(|witness| told(&shell, witness)).collect();
    let trustee = |(number, name): (u64, &String)| TrusteeRow {
        name: name.clone(),
        has_shuffled: counts.shuffled.contains(&number),
        has_decrypted: counts.decrypted.contains(&number),
    };
    let mut latest = rows(&shell, &known.latest.rows);
    latest.reverse();
    let numbers = Numbers {
        ballots: number(counts.ballots),
        voters: number(counts.voters),
        voters_with_ballot: number(counts.voters_with_ballot),
        turnout: percent(counts.voters_with_ballot.into(), counts.voters.into(), language),
        set_aside: number(counts.set_aside),
        has_set_aside: counts.set_aside > 0,
        entries: number(counts.entries),
        minute: moment::in_utc(counts.minute * 60),
        root,
        log_key: counts.log_key.clone(),
        fingerprint: counts.fingerprint.clone(),
        credentials: counts.credentials.clone(),
        second_factor: counts.second_factor,
        witnesses,
        trustees: (1..).zip(&counts.trustees).map(trustee).collect(),
        trustees_needed: counts.trustees_needed.to_string(),
        trustees_all: counts.trustees.len().to_string(),
        chart: chart(&known.rate, language),
        latest,
    };
    let utc = |seconds: Option<u64>| seconds.map(moment::in_utc);
    BoardPage {
        shell,
        uuid,
        title: counts.title.clone(),
        stage: counts.phase,
        stage_class: tag(counts.phase),
        opens: utc(counts.opens),
        closes: utc(counts.closes),
        board: Some(numbers),
    }
}

/// The root of the log.
fn root_of(counts: &Counts) -> String {
    let checkpoint = Note::parse(counts.checkpoint.as_bytes()).ok().and_then(|note| Checkpoint::of(&note).ok());
    checkpoint.map_or_else(String::new, |checkpoint| checkpoint.root.to_string())
}

/// What a witness has said, in the words that the script has too.
fn told(shell: &Shell, witness: &WitnessView) -> String {
    let (size, name) = (grouped(witness.size, shell.lang()), witness.name.as_str());
    let mut told = match witness.time.filter(|_| witness.size > 0) {
        Some(time) => {
            let time = moment::in_utc(time);
            shell.tn("js-board-witness-cosigned", &[("name", name.to_owned()), ("size", size), ("time", time)])
        }
        None => shell.t1("js-board-witness-nothing", "name", name),
    };
    let wrong = match witness.state {
        WitnessState::Cosigned => return told,
        WitnessState::Unanswered => "js-board-witness-unanswered",
        WitnessState::Refused => "js-board-witness-refused",
        WitnessState::Behind => "js-board-witness-behind",
        WitnessState::Fork => "js-board-witness-fork",
    };
    told.push(' ');
    told.push_str(&shell.t(wrong));
    told
}

/// The chart of ballots over time: 600 wide, 140 high.
fn chart(rate: &[RatePoint], language: &str) -> Chart {
    let most = rate.iter().map(|point| point.ballots).max().unwrap_or_default();
    let (Some(first), Some(last)) = (rate.first(), rate.last()) else { return Chart::default() };
    if most == 0 {
        return Chart::default();
    }
    let step = 600.0 / rate.len() as f64;
    let bar = |(place, point): (usize, &RatePoint)| {
        let height = 140.0 * point.ballots as f64 / most as f64;
        let gap = if step > 4.0 { 1.0 } else { 0.0 };
        Bar {
            x: format!("{:.1}", place as f64 * step),
            y: format!("{:.1}", 140.0 - height),
            width: format!("{:.1}", step - gap),
            height: format!("{height:.1}"),
        }
    };
    Chart {
        bars: rate.iter().enumerate().map(bar).collect(),
        rows: rate
            .iter()
            .filter(|point| point.ballots > 0)
            .map(|point| (moment::in_utc(point.minute * 60), grouped(point.ballots, language)))
            .collect(),
        most: grouped(most, language),
        from: moment::in_utc(first.minute * 60),
        to: moment::in_utc((last.minute + last.minutes) * 60),
    }
}
