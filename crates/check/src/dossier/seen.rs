//! What observers, and those who counted beside the organisers, saw at a station.

use adil_finding::{Arg, DossierLine, Message, Place};
use adil_record::{Blank, FormTable, Incident, ItemKind, QuickCount, Record, Reply, Where};

/// Lines of a kind, and those of them that have a time for the timeline.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) lines: Vec<DossierLine>,
    pub(super) times: Vec<DossierLine>,
}

/// Reports of quick counts and visits.
pub(super) fn reports(record: &Record, station: &str) -> Vec<DossierLine> {
    let own = station.rsplit(" / ").next().unwrap_or(station);
    let mut lines = Vec::new();
    for (publisher, count) in record.contests.iter().flat_map(|contest| &contest.quick_counts) {
        let reports = match count {
            QuickCount::Sample(sample) => &sample.reports,
            QuickCount::Visits(visits) => &visits.reports,
        };
        let is_it = |name: &str| name == station || name == own;
        for report in reports.stations.iter().filter(|report| is_it(&report.station)) {
            let votes = reports.names.iter().zip(&report.votes).map(|(name, &votes)| {
                let message = Message::new("dossier-line").with("name", name.as_str());
                Arg::from(message.with("count", u64::from(votes)))
            });
            let message = Message::new("dossier-report").with("list", Arg::List(votes.collect()));
            let line = DossierLine::new(message).by(publisher).when(report.time.clone());
            lines.push(line.at(Place::of_row(&reports.input, report.row)));
        }
    }
    lines
}

/// Visits with their answers.
pub(super) fn visits(record: &Record, station: &str) -> Seen {
    let mut seen = Seen::default();
    for of in &record.observers {
        let Some(number) = of.book.stations.iter().position(|known| known == station) else { continue };
        for form in &of.book.forms {
            for (row, visit) in form.visits.iter().enumerate().filter(|(_, visit)| visit.station as usize == number) {
                let at = || Place::of_row(&form.input, visit.row);
                let time = |moment: Option<adil_record::Moment>| moment.map(|moment| moment.to_string());
                let access = visit.access.map_or("dossier-access-unknown", |access| access.message_id());
                let answers = (0..form.form.items.len()).map(|item| answer(form, item, row)).collect();
                let id = if visit.replaced_by.is_some() { "dossier-visit-replaced" } else { "dossier-visit" };
                let mark = match visit.overall {
                    Some(mark) => Arg::from(u64::from(mark)),
                    None => Message::new("dossier-no-mark").into(),
                };
                let message = Message::new(id)
                    .with("form", form.form.title.as_str())
                    .with("access", Message::new(access))
                    .with("mark", mark)
                    .with("answers", Arg::List(answers));
                let publisher = of.publisher.name.as_str();
                seen.lines.push(DossierLine::new(message).by(publisher).when(time(visit.arrived)).at(at()));
                let moments = [("dossier-arrived", visit.arrived), ("dossier-left", visit.left)];
                for (id, moment) in moments.into_iter().filter(|(_, moment)| moment.is_some()) {
                    seen.times.push(DossierLine::new(Message::new(id)).by(publisher).when(time(moment)).at(at()));
                }
            }
        }
    }
    seen
}

fn answer(form: &FormTable, item: usize, row: usize) -> Arg {
    let of = &form.form.items[item];
    let choice = |choices: &[String], place: usize| choices.get(place).cloned().unwrap_or_default();
    let reply: Arg = match (&of.kind, form.answers[item].get(row)) {
        (ItemKind::OneOf(choices), Reply::Choice(place)) => choice(choices, place).into(),
        (ItemKind::SeveralOf(choices), Reply::Choices(bits)) => {
            let chosen = (0..choices.len()).filter(|place| bits >> place & 1 == 1);
            chosen.map(|place| choice(choices, place)).collect::<Vec<_>>().join(", ").into()
        }
        (ItemKind::Clock, Reply::Number(minutes)) => format!("{:02}:{:02}", minutes / 60, minutes % 60).into(),
        (_, Reply::Number(number)) => u64::from(number).into(),
        (_, Reply::Blank(blank)) => Message::new(bare(blank)).into(),
        (_, Reply::Words | Reply::Choice(_) | Reply::Choices(_)) => Message::new("dossier-words").into(),
    };
    Message::new("dossier-answer").with("item", of.text.as_str()).with("reply", reply).into()
}

fn bare(blank: Blank) -> &'static str {
    match blank {
        Blank::NotAsked => "dossier-not-asked",
        Blank::NotObserved => "dossier-not-observed",
        Blank::NotApplicable => "dossier-not-applicable",
        Blank::Refused => "dossier-refused",
        Blank::Unreadable => "dossier-unreadable",
    }
}

/// Incidents at the station, each with what replaced it.
pub(super) fn incidents(record: &Record, station: &str) -> Seen {
    let mut seen = Seen::default();
    for of in &record.observers {
        let number = of.book.stations.iter().position(|known| known == station);
        let Some(number) = number.and_then(|number| u32::try_from(number).ok()) else { continue };
        for file in &of.book.incidents {
            for incident in file.rows.iter().filter(|incident| incident.place == Where::Station(number)) {
                let line = |message| {
                    let time = incident.time.map(|moment| moment.to_string());
                    let at = Place::of_row(&file.input, incident.row);
                    DossierLine::new(message).by(&of.publisher.name).when(time).at(at)
                };
                seen.lines.push(line(incident_message(incident, &file.rows)));
                if incident.time.is_some() && incident.replaced_by.is_none() {
                    let message = Message::new("dossier-incident-short").with("code", incident.code.word());
                    seen.times.push(line(message.with("name", Message::new(incident.code.message_id()))));
                }
            }
        }
    }
    seen
}

fn incident_message(incident: &Incident, rows: &[Incident]) -> Message {
    let row_of = |place: u32| rows.get(place as usize).map_or(0, |row| row.row);
    let mut more: Vec<Arg> = Vec::new();
    let mut add = |message: Message| more.push(message.into());
    if let Some(stage) = incident.stage {
        add(Message::new(stage.message_id()));
    }
    if let Some(severity) = incident.severity {
        add(Message::new("dossier-severity").with("severity", u64::from(severity)));
    }
    match incident.first_hand {
        Some(true) => add(Message::new("dossier-first-hand")),
        Some(false) => add(Message::new("dossier-told")),
        None => {}
    }
    if !incident.corroborated_by.is_empty() {
        add(Message::new("dossier-corroborated").with("count", incident.corroborated_by.len()));
    }
    if !incident.evidence.is_empty() {
        let digests: Vec<Arg> = incident.evidence.iter().map(|digest| Arg::from(digest.to_string())).collect();
        add(Message::new("dossier-digests").with("list", Arg::List(digests)));
    }
    if incident.note_bytes > 0 {
        add(Message::new("dossier-note").with("bytes", u64::from(incident.note_bytes)));
    }
    if let Some(first) = incident.duplicate_of {
        add(Message::new("dossier-duplicate").with("row", row_of(first)));
    }
    if let Some(later) = incident.replaced_by {
        add(Message::new("dossier-replaced").with("row", row_of(later)));
    }
    let id = if more.is_empty() { "dossier-incident-bare" } else { "dossier-incident" };
    let message = Message::new(id)
        .with("code", incident.code.word())
        .with("name", Message::new(incident.code.message_id()))
        .with("state", Message::new(incident.state.message_id()));
    if more.is_empty() { message } else { message.with("more", Arg::List(more)) }
}
