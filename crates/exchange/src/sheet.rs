//! A station table for a spreadsheet: one row a station, one column a line of the protocol or an option.
//!
//! RFC 4180, UTF-8, lines end with LF. Names are written by [`adil_finding::sheet_text`], so that none is taken for a formula.

use std::io::{self, Write};

use adil_finding::{sheet_number, sheet_text};
use adil_record::{ContestOption, Counts, StationTable};

/// Writes the table with its header.
///
/// # Errors
/// What the writer reports.
pub fn station_sheet(table: &StationTable, options: &[ContestOption], out: &mut dyn Write) -> io::Result<()> {
    let has_places = !table.coordinates.is_empty();
    let has_machines = !table.counted_by_machine.is_empty();
    let mut header: Vec<String> = table.areas.iter().map(|area| sheet_text(&area.level)).collect();
    header.push("station".to_owned());
    header.extend(table.lines.iter().map(|(term, _)| term.id().to_owned()));
    header.extend(options.iter().map(|option| sheet_text(&option.name)));
    header.extend(table.turnout.iter().map(|report| sheet_text(&format!("voted by {}", report.time))));
    header.extend(has_places.then_some(["latitude".to_owned(), "longitude".to_owned()]).into_iter().flatten());
    header.extend(has_machines.then(|| "counted by machine".to_owned()));
    header.extend(table.extra.iter().map(|(name, _)| sheet_text(name)));
    writeln!(out, "{}", header.join(","))?;
    for row in 0..table.len() {
        let counted = |counts: &Counts| sheet_number(counts.get(row));
        let mut cells: Vec<String> = table.areas.iter().map(|area| sheet_text(area.names.get(row))).collect();
        cells.push(sheet_text(table.stations.get(row)));
        cells.extend(table.lines.iter().map(|(_, counts)| counted(counts)));
        cells.extend(table.votes.iter().map(counted));
        cells.extend(table.turnout.iter().map(|report| counted(&report.voters)));
        if has_places {
            let point = table.coordinates_of(row);
            cells.push(sheet_number(point.map(|point| point.latitude)));
            cells.push(sheet_number(point.map(|point| point.longitude)));
        }
        if has_machines {
            let by_machine = table.counted_by_machine.get(row).copied().flatten();
            cells.push(by_machine.map_or("", |yes| if yes { "yes" } else { "no" }).to_owned());
        }
        cells.extend(table.extra.iter().map(|(_, names)| sheet_text(names.get(row))));
        writeln!(out, "{}", cells.join(","))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use adil_record::{Area, Coordinates, Names, Term};
    use proptest::prelude::*;

    use super::*;

    fn names(list: &[&str]) -> Names {
        let mut names = Names::default();
        list.iter().for_each(|name| names.push(name));
        names
    }

    fn written(table: &StationTable, option: &str) -> String {
        let options = [ContestOption { id: "o".into(), name: option.into(), incumbent: false }];
        let mut out = Vec::new();
        station_sheet(table, &options, &mut out).expect("a vector takes everything");
        String::from_utf8(out).expect("texts and numbers")
    }

    #[test]
    fn numbers_stay_numbers() {
        let table = StationTable {
            areas: vec![Area { level: "region".into(), names: names(&["North", "-South"]) }],
            stations: names(&["1", "2, left"]),
            lines: vec![(Term::Registered, [Some(100), None].into_iter().collect())],
            votes: vec![[Some(7), Some(0)].into_iter().collect()],
            coordinates: vec![Some(Coordinates { latitude: -33.5, longitude: 70.25 }), None],
            ..StationTable::default()
        };
        let expected = "region,station,registered,'=SUM(A1),latitude,longitude\nNorth,1,100,7,-33.5,70.25\n'-South,\"2, left\",,0,,\n";
        assert_eq!(written(&table, "=SUM(A1)"), expected);
    }

    proptest! {
        #[test]
        fn no_name_becomes_a_formula(name in any::<String>()) {
            let table = StationTable {
                stations: names(&[&name]),
                votes: vec![[Some(1)].into_iter().collect()],
                ..StationTable::default()
            };
            let text = written(&table, &name);
            // Two rows of two cells: names begin the second cell of the first row and the first of the second.
            let cell = sheet_text(&name);
            prop_assert_eq!(&text, &format!("station,{cell}\n{cell},1\n"));
            let quoted = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
            let shown = quoted.map_or_else(|| cell.clone(), |quoted| quoted.replace("\"\"", "\""));
            prop_assert!(!shown.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{}", cell);
        }
    }
}
