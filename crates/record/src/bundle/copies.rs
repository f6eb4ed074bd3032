//! Copies of protocols, from what was parsed: without those who typed them in.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::redaction::{RedactedFile, RedactionRule};
use crate::{Contest, Copies, CopyField, CopyNumbers, Moment, Typist};

/// The statements of a file as lines of JSON. Statements become numbers in the order of the file, typists numbers in the order of
/// SHA-256(`seed`, their number); names of pictures and reasons are left out, digests of pictures stay. Where the record has no table, no
/// table vouches for the names of stations, and they become numbers.
pub fn rewritten_copies(
    copies: &Copies,
    contest: &Contest,
    seed: &[u8; 32],
    round_minutes: u32,
    path: &str,
) -> (String, RedactedFile) {
    let mut writer =
        Writer { contest, typists: typists(copies, seed), round_minutes, redacted: RedactedFile::new(path) };
    writer.redacted.count(RedactionRule::Line, copies.book.set_aside());
    writer.redacted.count(RedactionRule::Repeated, copies.book.repeated);
    let has_table = contest.latest_table().is_some();
    let name = |place: usize| format!("c-{:06}", place + 1);
    let shown: BTreeMap<&str, String> =
        copies.book.statements.iter().enumerate().map(|(place, one)| (&*one.id, name(place))).collect();
    let mut text = String::new();
    for (place, statement) in copies.book.statements.iter().enumerate() {
        let station = match has_table {
            true => copies.book.station(statement).to_owned(),
            false => format!("s-{:06}", statement.station + 1),
        };
        writer.redacted.count(RedactionRule::Station, u64::from(!has_table));
        writer.redacted.count(RedactionRule::Identifier, 1);
        let mut line = Map::new();
        let mut put = |name: &str, value: Value| line.insert(name.to_owned(), value);
        put("id", name(place).into());
        put("station", station.into());
        put("holder", statement.holder.id().into());
        put("seen", writer.time(statement.seen));
        if let Some(picture) = &statement.picture {
            put("sha256", picture.sha256.to_string().into());
            writer.redacted.count(RedactionRule::Words, u64::from(picture.file.is_some()));
        }
        if let Some(replaced) = statement.replaces.as_deref().and_then(|id| shown.get(id)) {
            put("replaces", replaced.as_str().into());
        }
        let mut entries = Vec::new();
        for entry in &statement.entries {
            let [lines, votes] = writer.numbers(&entry.numbers);
            let (typist, time) = (writer.typist(entry.typist), writer.time(entry.time));
            entries.push(json!({ "typist": typist, "time": time, "lines": lines, "votes": votes }));
        }
        put("entries", entries.into());
        if let Some(decided) = &statement.resolution {
            let [lines, votes] = writer.numbers(&decided.numbers);
            writer.redacted.count(RedactionRule::Words, 1);
            let by = writer.typist(decided.by);
            let time = writer.time(decided.time);
            put("resolution", json!({ "by": by, "time": time, "reason": "not shown", "lines": lines, "votes": votes }));
        }
        text.push_str(&Value::Object(line).to_string());
        text.push('\n');
        writer.redacted.rows += 1;
    }
    (text, writer.redacted)
}

struct Writer<'a> {
    contest: &'a Contest,
    typists: BTreeMap<Typist, String>,
    round_minutes: u32,
    redacted: RedactedFile,
}

impl Writer<'_> {
    fn time(&mut self, moment: Moment) -> Value {
        self.redacted.count(RedactionRule::Time, 1);
        moment.rounded_down(self.round_minutes).to_string().into()
    }

    fn typist(&mut self, typist: Typist) -> Value {
        self.redacted.count(RedactionRule::Pseudonym, 1);
        self.typists.get(&typist).map_or("", String::as_str).into()
    }

    /// Protocol lines and votes.
    fn numbers(&self, numbers: &CopyNumbers) -> [Value; 2] {
        let (mut lines, mut votes) = (Map::new(), Map::new());
        for (field, number) in numbers.iter() {
            match field {
                CopyField::Line(term) => {
                    lines.insert(term.id().to_owned(), number.into());
                }
                CopyField::Votes(place) => {
                    if let Some(option) = self.contest.options.get(usize::from(place)) {
                        votes.insert(option.id.clone(), number.into());
                    }
                }
            }
        }
        [lines.into(), votes.into()]
    }
}

/// What each typist is called.
fn typists(copies: &Copies, seed: &[u8; 32]) -> BTreeMap<Typist, String> {
    let of = |one: &crate::CopyStatement| {
        let by = one.resolution.as_ref().map(|decided| decided.by);
        one.entries.iter().map(|entry| entry.typist).chain(by).collect::<Vec<_>>()
    };
    let all: BTreeSet<Typist> = copies.book.statements.iter().flat_map(of).collect();
    let key = |number: usize| -> [u8; 32] {
        let hash = Sha256::new().chain_update(b"adil-typist-v1").chain_update(seed);
        hash.chain_update((number as u64).to_be_bytes()).finalize().into()
    };
    let mut in_order: Vec<([u8; 32], Typist)> =
        all.into_iter().enumerate().map(|(number, typist)| (key(number), typist)).collect();
    in_order.sort_unstable();
    (1..).zip(in_order).map(|(place, (_, typist))| (typist, format!("t-{place:06}"))).collect()
}
