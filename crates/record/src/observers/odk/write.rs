//! The answers to a form as an export, without anybody in it.
//!
//! Rows are numbered anew, observers have no column, and words were never kept. What is replaced is written too, and named by what replaces
//! it, so that nothing is lost.

use crate::observers::xlsform::cell;
use crate::observers::{Blank, FormTable, ItemKind, Reply};

/// Writes the rows of a form as comma-separated values, with the columns that [`super::Layout`] reads.
/// `station` says how a station is called, by its number.
pub fn write_answers<'a>(table: &FormTable, station: impl Fn(u32) -> &'a str) -> String {
    let mut text = String::new();
    let items: Vec<usize> =
        (0..table.form.items.len()).filter(|&at| table.form.items[at].kind != ItemKind::Text).collect();
    let fields = ["meta-instanceID", "meta-deprecatedID", "station", "arrived", "left", "access", "overall"];
    line(&mut text, fields.into_iter().chain(items.iter().map(|&at| table.form.items[at].id.as_str())));
    let mut replaced = vec![None; table.visits.len()];
    for (place, visit) in table.visits.iter().enumerate() {
        if let Some(by) = visit.replaced_by.and_then(|by| replaced.get_mut(by as usize)) {
            *by = Some(place + 1);
        }
    }
    for (place, visit) in table.visits.iter().enumerate() {
        let number = |number: Option<usize>| number.map_or_else(String::new, |number| number.to_string());
        let mut cells = vec![
            number(Some(place + 1)),
            number(replaced[place]),
            station(visit.station).to_owned(),
            visit.arrived.map_or_else(String::new, |moment| moment.to_string()),
            visit.left.map_or_else(String::new, |moment| moment.to_string()),
            visit.access.map_or("", |access| access.word()).to_owned(),
            number(visit.overall.map(usize::from)),
        ];
        cells.extend(items.iter().map(|&at| reply(&table.form.items[at].kind, table.answers[at].get(place))));
        line(&mut text, cells.iter().map(String::as_str));
    }
    text
}

/// A reply as a cell; what could not be read stays something that cannot be read.
fn reply(kind: &ItemKind, reply: Reply) -> String {
    let choices = kind.choices();
    match reply {
        Reply::Choice(place) => choices.get(place).cloned().unwrap_or_default(),
        Reply::Choices(bits) => {
            let is_chosen = |(place, _): &(usize, &String)| bits >> place & 1 == 1;
            let chosen: Vec<&str> =
                choices.iter().enumerate().filter(is_chosen).map(|(_, word)| word.as_str()).collect();
            chosen.join(" ")
        }
        Reply::Number(number) if *kind == ItemKind::Clock => format!("{:02}:{:02}", number / 60, number % 60),
        Reply::Number(number) => number.to_string(),
        Reply::Words | Reply::Blank(Blank::NotAsked) => String::new(),
        Reply::Blank(Blank::Unreadable) => "unreadable".to_owned(),
        Reply::Blank(blank) => blank.word().to_owned(),
    }
}

fn line<'a>(text: &mut String, cells: impl Iterator<Item = &'a str>) {
    for (place, text_of) in cells.enumerate() {
        let guarded = cell(text_of);
        if place > 0 {
            text.push(',');
        }
        match guarded.contains([',', '"', '\n', '\r']) {
            true => text.extend(["\"", &guarded.replace('"', "\"\""), "\""]),
            false => text.push_str(&guarded),
        }
    }
    text.push('\n');
}
