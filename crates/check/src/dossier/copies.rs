//! Copies of the station's protocol, one by one.

use adil_finding::{Arg, DossierLine, Message, Place};
use adil_record::{Certainty, Contest, CopyField, CopyStatement, Record};

/// One line a statement; those that were replaced are among them, and say so.
pub(super) fn lines(record: &Record, station: &str) -> Vec<DossierLine> {
    let mut lines = Vec::new();
    for contest in &record.contests {
        for copies in &contest.copies {
            let of_station = copies.book.statements.iter().filter(|one| copies.book.station(one) == station);
            for statement in of_station {
                let place = Place::of_row(&copies.file, statement.line);
                let line = DossierLine::new(message(contest, statement)).by(&copies.publisher.name);
                lines.push(line.when(Some(statement.seen.to_string())).at(place));
            }
        }
    }
    lines
}

fn message(contest: &Contest, statement: &CopyStatement) -> Message {
    let mut fields: Vec<CopyField> =
        statement.entries.iter().flat_map(|entry| entry.numbers.iter().map(|(field, _)| field)).collect();
    fields.sort_unstable();
    fields.dedup();
    let numbers = fields.iter().map(|&field| {
        let name = match field {
            CopyField::Line(term) => Arg::from(Message::new(term.message_id())),
            CopyField::Votes(place) => {
                contest.options.get(usize::from(place)).map_or(String::new(), |option| option.name.clone()).into()
            }
        };
        let message = match statement.number(field) {
            Some((number, Certainty::Once)) => Message::new("dossier-once").with("count", u64::from(number)),
            Some((number, _)) => Message::new("dossier-line").with("count", u64::from(number)),
            None => Message::new("dossier-differing"),
        };
        Arg::from(message.with("name", name))
    });
    let picture = match &statement.picture {
        Some(picture) => Message::new("dossier-picture").with("digest", picture.sha256.to_string()),
        None => Message::new("dossier-no-picture"),
    };
    let id = if statement.replaced_by.is_some() { "dossier-copy-replaced" } else { "dossier-copy" };
    Message::new(id)
        .with("holder", Message::new(statement.holder.message_id()))
        .with("contest", contest.title.as_str())
        .with("list", Arg::List(numbers.collect()))
        .with("picture", picture)
}
