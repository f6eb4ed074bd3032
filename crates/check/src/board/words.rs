//! Faults put into messages.

use adil_belenios::{Fault, Place};
use adil_finding::{Arg, Evidence, Message, Value};

/// Where a fault is: event, question, choice and so on, as far as they are known.
pub(super) fn place(place: &Place) -> Arg {
    let numbered = [
        ("board-place-event", place.event),
        ("board-place-question", place.question),
        ("board-place-choice", place.choice),
        ("board-place-trustee", place.trustee),
        ("board-place-credential", place.credential),
        // The byte is of use only where nothing else tells the place.
        ("board-place-byte", place.byte.filter(|_| place.event.is_none())),
    ];
    let mut words: Vec<Arg> = Vec::new();
    for (id, number) in numbered {
        words.extend(number.map(|number| Arg::from(Message::new(id).with("number", number.to_string()))));
    }
    words.extend(
        place.tracker.as_deref().map(|tracker| Arg::from(Message::new("board-place-tracker").with("tracker", tracker))),
    );
    if words.is_empty() {
        words.push(Message::new("board-place-whole").into());
    }
    Arg::List(words)
}

/// A fault as evidence: the rule, the place, what must stand there and what does.
pub(super) fn evidence(fault: &Fault) -> Evidence {
    let id = match (&fault.expected, &fault.found) {
        (Some(_), Some(_)) => "board-fault-expected-found",
        (Some(_), None) => "board-fault-expected",
        (None, Some(_)) => "board-fault-found",
        (None, None) => "board-fault",
    };
    let mut statement = Message::new(id)
        .with("code", fault.rule.code())
        .with("rule", Message::new(fault.rule.message_id()))
        .with("place", place(&fault.place));
    let mut evidence_values = vec![("rule", Value::Text(fault.rule.code().to_owned()))];
    for (name, text) in [("expected", &fault.expected), ("found", &fault.found)] {
        if let Some(text) = text {
            statement = statement.with(name, text.as_str());
            evidence_values.push((name, Value::Text(text.clone())));
        }
    }
    let numbers = [
        ("byte", fault.place.byte),
        ("event", fault.place.event),
        ("question", fault.place.question),
        ("choice", fault.place.choice),
        ("trustee", fault.place.trustee),
        ("credential", fault.place.credential),
    ];
    for (name, number) in numbers {
        evidence_values.extend(number.map(|number| (name, Value::Count(i64::try_from(number).unwrap_or(i64::MAX)))));
    }
    evidence_values.extend(fault.place.tracker.clone().map(|tracker| ("tracker", Value::Text(tracker))));
    let evidence = Evidence::new(statement);
    evidence_values.into_iter().fold(evidence, |evidence, (name, value)| evidence.value(name, value))
}

/// A number, as a text where readers of JSON would round it.
pub(super) fn whole(number: u128) -> Value {
    match i64::try_from(number) {
        Ok(number) if number < 1 << 53 => Value::Count(number),
        _ => Value::Text(number.to_string()),
    }
}

/// That there are more faults than are listed.
pub(super) fn more(count: u64) -> Evidence {
    Evidence::new(Message::new("board-more-faults").with("count", count))
}
