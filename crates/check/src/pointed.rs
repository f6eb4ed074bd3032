//! One line a station: everything that the checks say of single rows, brought together by the row.

use std::collections::BTreeMap;

use adil_finding::{Evidence, Finding, ListedStation, PointedStation, StationReason, Value};
use adil_record::Record;
use rayon::prelude::*;

use crate::{Check, ContestView, LeaderUnknown, Settings};

/// The check whose evidence lists a station.
const LISTS: &str = "stations/evidence";

/// All stations that `findings` point to, however many, with what the checks say of each. The findings tell which checks have
/// anything to say of single rows; these are asked again, for all of them. Listed stations come first, the surest before the others; then
/// those that more checks point to; then as in the table.
///
/// # Errors
/// The side that the settings name is not an option of some contest.
pub fn pointed_stations(
    record: &Record,
    checks: &[&'static dyn Check],
    findings: &[Finding],
    settings: &Settings,
) -> Result<Vec<PointedStation>, LeaderUnknown> {
    let has_rows = |check: &&&'static dyn Check| {
        let own = findings.iter().filter(|finding| finding.check == check.id());
        own.flat_map(|finding| &finding.evidence).any(|evidence| !rows(evidence).is_empty())
    };
    let asked: Vec<&'static dyn Check> = checks.iter().filter(has_rows).copied().collect();
    let all = Settings { listed: usize::MAX, power: false, ..settings.clone() };
    let mut pointed = Vec::new();
    for contest in &record.contests {
        let view = ContestView::new(record, contest, settings)?;
        let of_checks: Vec<Vec<Finding>> = asked.par_iter().map(|check| check.run(&view, &all)).collect();
        pointed.extend(of_contest(&view, &of_checks.concat()));
    }
    pointed.sort_by(|a, b| {
        let rate = |station: &PointedStation| station.listed.as_ref().map_or(2.0, |listed| listed.local_rate);
        rate(a).total_cmp(&rate(b)).then(checks_of(b).cmp(&checks_of(a)))
    });
    Ok(pointed)
}

/// How many checks point to a station.
fn checks_of(station: &PointedStation) -> usize {
    let mut checks: Vec<_> = station.reasons.iter().map(|reason| reason.check).collect();
    checks.dedup();
    checks.len()
}

/// The rows of the input that a line of evidence is about.
fn rows(evidence: &Evidence) -> Vec<u64> {
    let several = evidence.values.iter().find_map(|(name, value)| match value {
        Value::List(rows) if *name == "rows" => Some(rows),
        _ => None,
    });
    let row = |value: &Value| match value {
        Value::Count(row) => u64::try_from(*row).ok(),
        _ => None,
    };
    match (several, evidence.place.as_ref().and_then(|place| place.row)) {
        (Some(rows), Some(_)) => rows.iter().filter_map(row).collect(),
        (_, own) => own.into_iter().collect(),
    }
}

/// The stations of a contest, in the order of its table.
fn of_contest(view: &ContestView<'_>, findings: &[Finding]) -> Vec<PointedStation> {
    let Some(tested) = &view.tested else { return Vec::new() };
    // Rows of other tables, of another release, are no stations of this one.
    let rows_of_table: BTreeMap<u64, usize> =
        tested.table.source_rows.iter().enumerate().map(|(row, &source)| (u64::from(source), row)).collect();
    let mut stations: BTreeMap<usize, PointedStation> = BTreeMap::new();
    for finding in findings {
        for evidence in &finding.evidence {
            let Some(place) = evidence.place.as_ref().filter(|place| place.input == tested.table.input) else {
                continue;
            };
            for row in rows(evidence).iter().filter_map(|row| rows_of_table.get(row)) {
                let station = stations.entry(*row).or_insert_with(|| PointedStation {
                    contest: view.contest.title.clone(),
                    place: adil_finding::Place {
                        row: tested.table.source_rows.get(*row).map(|&row| u64::from(row)),
                        column: None,
                        ..place.clone()
                    },
                    station: tested.table.name(*row),
                    listed: None,
                    reasons: Vec::new(),
                });
                add(station, finding, evidence);
            }
        }
    }
    stations.into_values().collect()
}

fn add(station: &mut PointedStation, finding: &Finding, evidence: &Evidence) {
    // What other checks say of a row is said of all sides.
    let side = finding.subject.side.clone().filter(|_| finding.check.0 == LISTS);
    let reason = StationReason { check: finding.check, side, statement: evidence.statement.clone() };
    if finding.check.0 == LISTS {
        let value = |name: &str| {
            evidence.values.iter().find_map(|(own, value)| match value {
                Value::Real(value) if *own == name => Some(*value),
                _ => None,
            })
        };
        let listed = value("e_stuffed").zip(value("e_switched")).zip(value("local_rate"));
        if let Some(((e_stuffed, e_switched), local_rate)) = listed
            && station.listed.as_ref().is_none_or(|listed| local_rate < listed.local_rate)
        {
            let side = finding.subject.side.clone().unwrap_or_default();
            station.listed = Some(ListedStation { side, e_stuffed, e_switched, local_rate });
        }
    }
    station.reasons.push(reason);
}

#[cfg(test)]
mod tests {
    use adil_record::Term;

    use super::*;
    use crate::{all, run, sample};

    #[test]
    fn everything_said_of_a_row_stands_in_one_line() {
        // Rows 2 to 41 of the table. Row 5 has more ballots than voters; rows 8 and 9 are equal in all columns.
        let mut voted: Vec<u32> = (0..40).map(|row| 300 + 7 * row).collect();
        let mut own: Vec<u32> = (0..40).map(|row| 120 + 5 * (row % 9) + row).collect();
        let mut third: Vec<u32> = (0..40).map(|row| 51 + 3 * (row % 7)).collect();
        let mut others: Vec<u32> = (0..40).map(|row: usize| voted[row] - own[row] - third[row]).collect();
        let mut registered: Vec<u32> = voted.iter().map(|voted| 2 * voted).collect();
        registered[3] = voted[3] - 10;
        for column in [&mut voted, &mut own, &mut third, &mut others, &mut registered] {
            column[7] = column[6];
        }
        let lines: &[(Term, &[u32])] = &[(Term::Registered, &registered), (Term::Issued, &voted)];
        let contest = sample::of_table(sample::table(lines, &[&own, &third, &others]));
        let record = Record { contests: vec![contest], ..Record::default() };
        let settings = Settings { listed: 3, ..Settings::default() };
        let (findings, _) = run(&record, &[], all(), &settings).expect("no side is named");
        let stations = pointed_stations(&record, all(), &findings, &settings).expect("no side is named");
        let of = |row: u64| {
            let station = stations.iter().find(|station| station.place.row == Some(row));
            station.map(|station| station.reasons.iter().map(|reason| reason.check.0).collect::<Vec<_>>())
        };
        assert_eq!(of(5), Some(vec!["stations/impossible"]));
        assert_eq!((of(8), of(9)), (Some(vec!["stations/duplicates"]), Some(vec!["stations/duplicates"])));
        assert_eq!(of(20), None);
        let station = stations.iter().find(|station| station.place.row == Some(9)).expect("row 9");
        assert_eq!((station.station.as_str(), station.contest.as_str()), ("district 0 / 8", "Contest"));
        // Each once.
        let mut rows: Vec<_> = stations.iter().map(|station| station.place.row).collect();
        rows.sort_unstable();
        rows.dedup();
        assert_eq!(rows.len(), stations.len());
    }
}
