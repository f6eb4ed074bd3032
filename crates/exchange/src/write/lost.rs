//! What a format has no place for, so that whoever writes it knows.

use adil_record::{Counts, ShareOf, StationTable, Term, TurnoutOf};

use super::eml::levels_kept;
use super::{Exported, OutFormat};

/// Something of a contest that is not in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lost {
    /// The contest.
    pub contest: String,
    /// What it is.
    pub what: String,
}

/// What is not in the file that [`super::write()`] makes. Empty where nothing is lost.
pub fn lost(format: OutFormat, exported: &Exported<'_>) -> Vec<Lost> {
    let mut all = Vec::new();
    for contest in &exported.contests {
        let mut what = of_table(format, contest.table);
        let figures = contest.release.figures.len();
        if figures > 0 {
            what.push(format!("{figures} published figures beside the stations"));
        }
        all.extend(what.into_iter().map(|what| Lost { contest: contest.contest.id.clone(), what }));
    }
    all
}

/// What has no place on a map.
fn of_map(table: &StationTable) -> Vec<String> {
    let nowhere = (0..table.len()).filter(|&row| table.coordinates_of(row).is_none()).count();
    let mut what = Vec::new();
    what.extend(
        (nowhere > 0).then(|| format!("{nowhere} stations without coordinates, but in the sums of their areas")),
    );
    what.extend(table.turnout.iter().map(|report| format!("how many had voted by {}", report.time)));
    what.extend((!table.counted_by_machine.is_empty()).then(|| "which stations were counted by machine".to_owned()));
    what.extend(table.extra.iter().map(|(name, _)| format!("the column {name}")));
    what
}

fn of_table(format: OutFormat, table: &StationTable) -> Vec<String> {
    let kept: &[Term] = match format {
        OutFormat::Csv => return Vec::new(),
        OutFormat::NistJson | OutFormat::NistXml => &[Term::Registered, Term::Issued, Term::InBoxes, Term::Invalid],
        OutFormat::EmlCount => &[Term::Registered, Term::Issued, Term::Valid, Term::Invalid, Term::Lost],
        OutFormat::GeoJson => return of_map(table),
        OutFormat::EmlResult => return vec!["everything but the votes of each option in all".to_owned()],
    };
    let mut what = Vec::new();
    for (term, counts) in table.lines.iter().filter(|(term, _)| !kept.contains(term)) {
        // What follows from other lines in every station is not lost.
        let follows = match term {
            Term::Valid => table.options_sum(),
            Term::InBoxes => table
                .valid()
                .zip(table.line(Term::Invalid))
                .and_then(|(valid, invalid)| Counts::sum_of([&valid, invalid])),
            _ => None,
        };
        let differing = follows.map(|follows| counts.iter().zip(follows.iter()).filter(|(a, b)| a != b).count());
        match differing {
            Some(0) => {}
            Some(stations) => what.push(format!(
                "the line {} ({stations} stations in which it does not follow from the others)",
                term.id()
            )),
            None => what.push(format!("the line {}", term.id())),
        }
    }
    if format == OutFormat::EmlCount {
        let names: Vec<&str> = table.areas.iter().skip(levels_kept(table)).map(|area| area.level.as_str()).collect();
        if !names.is_empty() {
            what.push(format!("areas of the levels {}, which are part of the stations' names", names.join(", ")));
        }
        if !table.areas.is_empty() {
            what.push("the names of the levels of areas".to_owned());
        }
    }
    if table.share_of == ShareOf::Valid {
        what.push("that shares are taken of valid votes".to_owned());
    }
    if table.turnout_of == TurnoutOf::Ballots {
        what.push("that turnout is taken of ballots in the boxes".to_owned());
    }
    what.extend(table.turnout.iter().map(|report| format!("how many had voted by {}", report.time)));
    what.extend((!table.coordinates.is_empty()).then(|| "where the stations are".to_owned()));
    what.extend((!table.counted_by_machine.is_empty()).then(|| "which stations were counted by machine".to_owned()));
    what.extend(table.extra.iter().map(|(name, _)| format!("the column {name}")));
    what
}
