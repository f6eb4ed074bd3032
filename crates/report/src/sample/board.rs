//! A made-up report on the board of an electronic election.

use adil_finding::{
    Arg, Bar, Bars, CheckId, EventState, Figure, Finding, InputFile, Measure, Message, Recheck, Report, Subject,
    Timeline, TimelineEvent, Unit, Verdict, Whose,
};

use super::message;

/// A report on a board that is proven, or on one whose tally is not that of its ballots.
pub(crate) fn board(sound: bool) -> Report {
    let new = |check, statement| {
        Finding::new(CheckId(check), Verdict::Proven, Subject::contest("Chess club"), message(statement))
    };
    let mut events = new("board/events", "sample-board-events").figure(timeline(sound));
    let mut result = new("board/result", "sample-board-result").figure(bars()).recheck(
        Recheck::new(message("sample-board-recheck").with("digest", "0123 4567 89ab cdef"))
            .command("sha256sum 'chess  club.bel'"),
    );
    result = result.recheck(Recheck::new(message("sample-board-recheck-tool")));
    if !sound {
        events.verdict = Verdict::Contradicted(Whose::Organisers);
    }
    let source = || message("sample-board-source");
    let ballots = new("board/ballots", "sample-board-ballots")
        .measure(Measure::count("ballots", 3_000, Unit::BoardBallots, source()))
        .measure(Measure::count("credentials", 3_204, Unit::Credentials, source()))
        .measure(Measure::count("events", 3_011, Unit::Events, source()));
    Report {
        title: "Chess club".to_owned(),
        date: None,
        inputs: vec![InputFile {
            path: "chess  club.bel".to_owned(),
            sha256: "0123456789abcdef".repeat(4),
            bytes: 9_123_456,
            rows: None,
        }],
        passed_over: vec![],
        coverage: super::coverage(),
        findings: vec![events, ballots, result],
        questions: vec![],
        seed: 1,
    }
}

/// From the setup to the result; of a board that is not sound, the tally is wrong and the rest has not come.
fn timeline(sound: bool) -> Figure {
    let detail = |id| Some(message(id));
    let after = if sound { EventState::Done } else { EventState::ToCome };
    let tally = if sound { EventState::Done } else { EventState::Wrong };
    let event = |label, detail, state| TimelineEvent { label: message(label), detail, state };
    let ballots = TimelineEvent {
        label: message("sample-board-cast").with("ballots", 3_000u64),
        detail: Some(message("sample-board-from-to").with("from", 4u64).with("to", 3_003u64)),
        state: EventState::Done,
    };
    let events = vec![
        event("sample-board-setup", detail("sample-board-setup-detail"), EventState::Done),
        ballots,
        event("sample-board-close", None, EventState::Done),
        event("sample-board-tally", detail("sample-board-tally-detail"), tally),
        event("sample-board-decryption", detail("sample-board-decryption-detail"), after),
        event("sample-board-published", None, after),
    ];
    Timeline { title: message("sample-board-timeline"), events }.into()
}

/// The result of a question, with names in several writings and of several lengths.
fn bars() -> Figure {
    let bar = |name: &str, value, marked| Bar { label: Arg::from(name), value, marked };
    let bars = vec![
        bar("Айгүл Бекова", 1_402, true),
        bar("דוד בן־גוריון", 871, false),
        bar(
            "A very long name <of an option> that no terminal has the room to show on one line, however wide it is",
            512,
            false,
        ),
        bar("محمد\u{202e} العلي", 209, false),
        bar("Forged\n\u{1b}[2J line", 5, false),
        bar("Nobody", 0, false),
        Bar { label: Arg::from(message("sample-board-blank")), value: 1, marked: false },
    ];
    let of = Some((3_000, message("sample-board-counted")));
    let title = message("sample-board-question").with("question", "Who shall chair the club?");
    Bars { title, unit: Unit::Votes, bars, of }.into()
}

/// As many options as wanted, each with less than the one before.
pub(crate) fn many_bars(count: u64) -> Bars {
    let bar = |number: u64| Bar {
        label: Arg::from(format!("Option {}", number + 1)),
        value: 2 * (count - number),
        marked: false,
    };
    Bars {
        title: Message::new("sample-board-question").with("question", "Which?"),
        unit: Unit::Votes,
        bars: (0..count).map(bar).collect(),
        of: None,
    }
}
