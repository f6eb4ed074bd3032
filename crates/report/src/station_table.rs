//! Stations that checks point to, as a table for a spreadsheet: one line a station.
//!
//! RFC 4180, UTF-8, lines end with LF. Cells are those of [`adil_finding::sheet_text`]: none is taken for a formula.

use adil_finding::{PointedStation, StationReason, sheet_text};

use crate::Texts;
use crate::clean::clean;

/// The columns. They are names for programs, the same in every language.
const COLUMNS: [&str; 11] = [
    "contest",
    "input",
    "row",
    "station",
    "checks",
    "listed_for",
    "e_stuffed",
    "e_switched",
    "local_rate",
    "reasons",
    "from",
];

/// The table, with its header.
pub fn station_table(stations: &[PointedStation], texts: &Texts) -> String {
    let mut out = COLUMNS.join(",") + "\n";
    for station in stations {
        let mut checks: Vec<&str> = station.reasons.iter().map(|reason| reason.check.0).collect();
        checks.dedup();
        let reasons: Vec<String> = station.reasons.iter().map(|reason| said(reason, texts)).collect();
        let listed = station.listed.as_ref();
        let real = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.6}"));
        let cells = [
            text(&station.contest),
            text(&station.place.input),
            station.place.row.map_or_else(String::new, |row| row.to_string()),
            text(&station.station),
            checks.len().to_string(),
            listed.map_or_else(String::new, |listed| text(&listed.side)),
            real(listed.map(|listed| listed.e_stuffed)),
            real(listed.map(|listed| listed.e_switched)),
            real(listed.map(|listed| listed.local_rate)),
            text(&reasons.join(" | ")),
            text(&checks.join(" ")),
        ];
        out.push_str(&cells.join(","));
        out.push('\n');
    }
    out
}

/// A reason: the check's name, the side it concerns, and the sentence.
fn said(reason: &StationReason, texts: &Texts) -> String {
    let (name, sentence) = (texts.check(reason.check), texts.format(&reason.statement));
    match &reason.side {
        Some(side) => format!("{name} ({side}): {sentence}"),
        None => format!("{name}: {sentence}"),
    }
}

/// A cell of text without what steers a screen.
fn text(cell: &str) -> String {
    sheet_text(&clean(cell))
}

#[cfg(test)]
mod tests {
    use adil_finding::{CheckId, ListedStation, Message, Place};
    use proptest::prelude::*;

    use super::*;
    use crate::Language;

    fn station(name: &str) -> PointedStation {
        PointedStation {
            contest: "=A1".into(),
            place: Place { input: "t,1.csv".into(), row: Some(7), column: None },
            station: name.into(),
            listed: Some(ListedStation { side: "@side".into(), e_stuffed: 30.5, e_switched: 0.25, local_rate: 0.05 }),
            reasons: vec![StationReason {
                check: CheckId("stations/impossible"),
                side: Some("X".into()),
                statement: Message::new("reason-no-null"),
            }],
        }
    }

    #[test]
    fn a_line_by_hand() {
        let table = station_table(&[station("a \"b\"\n=c")], &Texts::new(Language::En));
        let line = table.lines().nth(1).expect("a line");
        assert_eq!(
            line,
            "'=A1,\"t,1.csv\",7,\"a \"\"b\"\" =c\",1,'@side,30.500000,0.250000,0.050000,\
             Impossible numbers (X): no yardstick yet,stations/impossible"
        );
        assert_eq!(table.lines().count(), 2);
    }

    proptest! {
        #[test]
        fn no_name_becomes_a_formula(name in any::<String>()) {
            let cell = text(&name);
            // What a spreadsheet takes out of the cell.
            let quoted = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
            let shown = quoted.map_or_else(|| cell.clone(), |quoted| quoted.replace("\"\"", "\""));
            prop_assert!(!shown.starts_with(['=', '+', '-', '@', '\t', '\r']), "{}", cell);
            prop_assert!(!cell.contains('\n'));
        }
    }
}
