//! The events of a board as a figure: what happened, what of it does not hold, what is still to come.

use adil_belenios::{EventKind, Part, Stage};
use adil_finding::{EventState, Message, Timeline, TimelineEvent};

use super::BoardView;

/// The timeline of a board; ballots are one event.
pub(super) fn of(view: &BoardView) -> Timeline {
    let stages = &view.board.facts.stages;
    let mut events: Vec<TimelineEvent> = stages.iter().map(|stage| happened(view, stage)).collect();
    let has_broken_chain = !view.board.is_sound(Part::Archive);
    let last = stages.iter().rev().find(|stage| stage.in_order).map(|stage| stage.event.as_str());
    if !has_broken_chain {
        let needs_shuffles = view.board.election.as_ref().is_some_and(adil_belenios::Election::needs_shuffles);
        let needed = view.board.decryptions_needed;
        events.extend(to_come(last, needs_shuffles).into_iter().map(|kind| TimelineEvent {
            label: label(kind.name(), if kind == EventKind::PartialDecryption { needed.max(1) } else { 1 }),
            detail: None,
            state: EventState::ToCome,
        }));
    }
    Timeline { title: Message::new("board-timeline"), events }
}

/// What must still happen after an event.
fn to_come(last: Option<&str>, needs_shuffles: bool) -> Vec<EventKind> {
    use EventKind::{Ballot, EncryptedTally, EndBallots, EndShuffles, PartialDecryption, Result, Setup, Shuffle};
    let all = [Setup, Ballot, EndBallots, EncryptedTally, Shuffle, EndShuffles, PartialDecryption, Result];
    let done = last.and_then(|last| all.iter().position(|kind| kind.name() == last)).map_or(0, |done| done + 1);
    let is_needed = |kind: &EventKind| needs_shuffles || !matches!(kind, Shuffle | EndShuffles);
    all[done..].iter().copied().filter(is_needed).collect()
}

fn happened(view: &BoardView, stage: &Stage) -> TimelineEvent {
    let parts: &[Part] = match stage.event.as_str() {
        "Setup" => &[Part::Setup, Part::Credentials, Part::Trustees],
        "Ballot" => &[Part::Ballots],
        "EncryptedTally" => &[Part::Tally],
        "Shuffle" => &[Part::Shuffles],
        "PartialDecryption" => &[Part::Decryption],
        "Result" => &[Part::Result],
        _ => &[],
    };
    let holds = stage.in_order && parts.iter().all(|&part| view.board.is_sound(part));
    let detail = match (stage.in_order, stage.count) {
        (false, _) => Message::new("board-timeline-out-of-order").with("event", stage.height.to_string()),
        (true, 1) => Message::new("board-timeline-event").with("event", stage.height.to_string()),
        (true, count) => Message::new("board-timeline-events")
            .with("first", stage.height.to_string())
            .with("last", (stage.height + count - 1).to_string()),
    };
    let state = if holds { EventState::Done } else { EventState::Wrong };
    TimelineEvent { label: label(&stage.event, stage.count), detail: Some(detail), state }
}

fn label(event: &str, count: u64) -> Message {
    let id = match event {
        "Setup" => "board-event-setup",
        "Ballot" => "board-event-ballots",
        "EndBallots" => "board-event-end-ballots",
        "EncryptedTally" => "board-event-tally",
        "Shuffle" => "board-event-shuffles",
        "EndShuffles" => "board-event-end-shuffles",
        "PartialDecryption" => "board-event-decryptions",
        _ => "board-event-result",
    };
    Message::new(id).with("count", count)
}
