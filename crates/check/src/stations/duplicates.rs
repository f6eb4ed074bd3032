//! # stations/duplicates
//!
//! Finds stations with the same numbers as another: whole protocols, votes of all options, and names that occur twice.
//!
//! **What it looks at.** All numbers of every row. Only rows with enough information count: at least 50 votes, and at
//! least 3 options with votes. With two options, or few votes, stations agree by chance all the time: of a contest
//! between two options only whole protocols are compared, where both have votes.
//!
//! **Formula.** Two stations are in a group where the votes of every option are equal (`groups`), or where every number
//! of the protocol is (`protocol_groups`). Names are compared with all their areas (`repeated_ids`; `repeated_rows` are the
//! rows beyond the first of each). Rows without a name count as one name where others have one.
//!
//! **How many to expect.** For two stations of one district with the same number of votes n, if both were draws from the
//! votes p of that district, `P(same) ≈ 2 √(π n) Π_j e^(-2 n p_j) I0(2 n p_j)`: the chance that two Poisson numbers
//! agree, for each option, corrected for the known sum (exact to about 1/n). The sum over all such pairs is the number
//! of equal pairs to expect inside districts. Between districts it is not computed.
//!
//! **When it is wrong.** The expectation takes the voters of a district for alike. Where its stations differ, honest
//! stations agree less often; where one option takes nearly everything in some of them, more often. A station listed
//! twice, and one protocol entered for two stations by mistake, are no rewriting of a count: in Peru (2021, an accepted
//! election) 6 pairs of tables, mostly with consecutive numbers, have the same votes for 18 parties, 5 of them the same
//! protocol, where 0.00001 pairs would be expected.
//!
//! **What may not be concluded.** Equal votes in a country of 100,000 stations happen: no verdict is given. A whole
//! protocol of many lines that is equal is worth a look at the paper.
//!
//! **References.** Station results of Russia 2004 to 2021: 5 to 86 groups of equal votes a year, nearly all in different
//! regions, and at most two equal protocols; equal protocols were reported from Saratov in 2016.

use adil_finding::{Arg, CheckId, Evidence, Finding, Measure, Message, Reason, Technique, Unit, Value, Verdict};
use adil_record::Counts;

use super::row;
use crate::{Check, Claim, ContestView, Need, Page, Settings, Tested};

/// The check.
pub(crate) struct Duplicates;

const ID: CheckId = CheckId("stations/duplicates");

/// The fewest votes of a station that is compared.
const FEWEST_VOTES: u64 = 50;
/// The fewest options with votes of a station whose votes are compared.
const FEWEST_OPTIONS: usize = 3;

impl Check for Duplicates {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("duplicates.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        &[Claim { technique: Technique::Count, needs: &[Need::Stations] }]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        view.tested.as_ref().map(|tested| finding(view, tested, settings)).into_iter().collect()
    }
}

/// Rows that are equal, at least two; ascending.
pub(super) type Group = Vec<usize>;

fn finding(view: &ContestView<'_>, tested: &Tested<'_>, settings: &Settings) -> Finding {
    let table = tested.table;
    let votes: Vec<&Counts> = table.votes.iter().collect();
    let numbers: Vec<&Counts> = votes.iter().copied().chain(table.lines.iter().map(|(_, column)| column)).collect();
    let enough = |row: usize| votes.iter().map(|column| u64::from(column.or_zero(row))).sum::<u64>() >= FEWEST_VOTES;
    let rows: Vec<usize> = (0..table.len()).filter(|&row| enough(row)).collect();
    let with_votes = |row: usize| votes.iter().filter(|column| column.or_zero(row) > 0).count();
    let rows: Vec<usize> = rows.into_iter().filter(|&row| with_votes(row) >= FEWEST_OPTIONS.min(votes.len())).collect();
    let comparable = if votes.len() < FEWEST_OPTIONS { Vec::new() } else { rows.clone() };
    let groups = groups(&comparable, &votes);
    // Protocols with no more than the votes are what `groups` holds already.
    let protocols = if numbers.len() > votes.len() { self::groups(&rows, &numbers) } else { Vec::new() };
    let repeated = repeated_names(tested);
    let (pairs, expected) = within_districts(tested, &comparable, &groups);

    let in_groups: usize = groups.iter().map(Vec::len).sum();
    let statement = Message::new("duplicates-statement")
        .with("groups", groups.len())
        .with("stations", in_groups)
        .with("compared", comparable.len())
        .with("protocols", protocols.len())
        .with("repeated", repeated.len());
    // Where no votes are compared, that none are equal says nothing.
    let brief = Message::new(if comparable.is_empty() { "duplicates-brief-protocols" } else { "duplicates-brief" });
    let brief = brief.with("groups", groups.len()).with("protocols", protocols.len());
    let mut finding = Finding::new(ID, Verdict::Undecided(Reason::NoNull), row::subject(view), statement)
        .brief(brief)
        .caveat(Message::new("duplicates-caveat-chance"))
        .caveat(Message::new("duplicates-caveat-district"));
    let count = |name, value: usize, unit, id| Measure::count(name, value, unit, Message::new(id));
    finding.measures.extend([
        count("groups", groups.len(), Unit::Groups, "duplicates-source-groups"),
        count("stations_in_groups", in_groups, Unit::Stations, "duplicates-source-in-groups"),
        count("stations_compared", comparable.len(), Unit::Stations, "duplicates-source-compared"),
        count("protocol_groups", protocols.len(), Unit::Groups, "duplicates-source-protocols"),
        count("repeated_ids", repeated.len(), Unit::Stations, "duplicates-source-repeated"),
        count("repeated_rows", repeated.iter().map(|rows| rows.len() - 1).sum(), Unit::Rows, "duplicates-source-rows"),
        count("pairs_in_district", pairs, Unit::Pure, "duplicates-source-pairs"),
        Measure::real("expected_pairs_in_district", expected, Unit::Pure, Message::new("duplicates-source-expected")),
    ]);
    let statement = Message::new("duplicates-expected").with("pairs", pairs).with("expected", Arg::Number(expected, 2));
    finding.evidence.push(Evidence::new(statement));
    // Both lists are sorted.
    let votes_alone: Vec<Group> =
        groups.iter().filter(|group| protocols.binary_search(group).is_err()).cloned().collect();
    let kinds =
        [("duplicates-protocol", &protocols), ("duplicates-name", &repeated), ("duplicates-votes", &votes_alone)];
    for (id, kind) in kinds {
        let room = (settings.listed / kinds.len()).min(kind.len());
        finding.evidence.extend(largest(kind, tested).into_iter().take(room).map(|group| evidence(id, group, tested)));
    }
    finding
}

/// Groups by size, then by their number of votes.
fn largest<'g>(groups: &'g [Group], tested: &Tested<'_>) -> Vec<&'g Group> {
    let votes = |row: usize| tested.table.votes.iter().map(|column| u64::from(column.or_zero(row))).sum::<u64>();
    let mut sorted: Vec<&Group> = groups.iter().collect();
    sorted.sort_by_cached_key(|group| std::cmp::Reverse((group.len(), votes(group[0]), std::cmp::Reverse(group[0]))));
    sorted
}

fn evidence(id: &'static str, group: &Group, tested: &Tested<'_>) -> Evidence {
    let names = group.iter().take(5).map(|&row| Arg::Text(tested.table.name(row))).collect();
    let statement = Message::new(id).with("stations", group.len()).with("names", Arg::List(names));
    let rows = group.iter().map(|&row| tested.table.source_rows.get(row).map_or(0, |&row| i64::from(row)));
    let votes = tested.table.votes.iter().map(|column| Value::Count(i64::from(column.or_zero(group[0])))).collect();
    Evidence::new(statement)
        .at(row::place(tested.table, group[0]))
        .value("rows", Value::List(rows.map(Value::Count).collect()))
        .value("votes", Value::List(votes))
}

/// Rows that are equal in every column, in the order of their first rows.
pub(super) fn groups(rows: &[usize], columns: &[&Counts]) -> Vec<Group> {
    let mut hashed: Vec<(u64, usize)> = rows.iter().map(|&row| (fingerprint(columns, row), row)).collect();
    hashed.sort_unstable();
    let equal = |a: usize, b: usize| columns.iter().all(|column| column.get(a) == column.get(b));
    let mut groups: Vec<Group> = Vec::new();
    for same in hashed.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() > 1) {
        // Different rows may share a fingerprint: only equal ones stay together.
        let mut found: Vec<Group> = Vec::new();
        for &(_, row) in same {
            match found.iter_mut().find(|group| equal(group[0], row)) {
                Some(group) => group.push(row),
                None => found.push(vec![row]),
            }
        }
        groups.extend(found.into_iter().filter(|group| group.len() > 1));
    }
    groups.sort();
    groups
}

/// A number that equal rows share, by multiplying and mixing; rows with equal ones are compared in full.
fn fingerprint(columns: &[&Counts], row: usize) -> u64 {
    columns.iter().fold(0x9E37_79B9_7F4A_7C15, |hash: u64, column| {
        let cell = column.get(row).map_or(u64::MAX, u64::from);
        (hash.rotate_left(23) ^ cell).wrapping_mul(0x2545_F491_4F6C_DD1D)
    })
}

/// Rows with the same areas and the same name of their own.
fn repeated_names(tested: &Tested<'_>) -> Vec<Group> {
    let table = tested.table;
    if table.stations.distinct() < 2 {
        return Vec::new();
    }
    let mut keyed: Vec<(usize, usize, usize)> =
        (0..table.len()).map(|row| (tested.districts[row], table.stations.code(row), row)).collect();
    keyed.sort_unstable();
    let mut groups: Vec<Group> = keyed
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .filter(|same| same.len() > 1)
        .map(|same| same.iter().map(|&(_, _, row)| row).collect())
        .collect();
    groups.sort();
    groups
}

/// Equal pairs inside districts, and how many to expect by chance.
fn within_districts(tested: &Tested<'_>, rows: &[usize], groups: &[Group]) -> (usize, f64) {
    let mut pairs = 0;
    for group in groups {
        let mut districts: Vec<usize> = group.iter().map(|&row| tested.districts[row]).collect();
        districts.sort_unstable();
        pairs += districts.chunk_by(|a, b| a == b).map(|same| same.len() * (same.len() - 1) / 2).sum::<usize>();
    }
    (pairs, expected_pairs(tested, rows))
}

fn expected_pairs(tested: &Tested<'_>, rows: &[usize]) -> f64 {
    let votes = &tested.table.votes;
    let total = |row: usize| votes.iter().map(|column| u64::from(column.or_zero(row))).sum::<u64>();
    let mut of_district: Vec<(usize, u64, usize)> =
        rows.iter().map(|&row| (tested.districts[row], total(row), row)).collect();
    of_district.sort_unstable();
    let mut expected = 0.0;
    for district in of_district.chunk_by(|a, b| a.0 == b.0) {
        let sizes: Vec<(u64, usize)> = district
            .chunk_by(|a, b| a.1 == b.1)
            .map(|same| (same[0].1, same.len()))
            .filter(|size| size.1 > 1)
            .collect();
        if sizes.is_empty() {
            continue;
        }
        let sum = |column: &Counts| district.iter().map(|&(_, _, row)| u64::from(column.or_zero(row))).sum::<u64>();
        let sums: Vec<u64> = votes.iter().map(sum).collect();
        let all = sums.iter().sum::<u64>() as f64;
        for (n, stations) in sizes {
            let agree: f64 = sums.iter().map(|&sum| ln_same_poisson(n as f64 * sum as f64 / all)).sum();
            let same = (2.0 * (std::f64::consts::PI * n as f64).sqrt() * agree.exp()).min(1.0);
            expected += same * (stations * (stations - 1)) as f64 / 2.0;
        }
    }
    expected
}

/// The logarithm of the chance that two Poisson numbers of mean `mean` agree: `ln(e^(-2m) I0(2m))`, by the series
/// of I0 for small means and its asymptotic expansion above 20 (relative error below 1e-6).
fn ln_same_poisson(mean: f64) -> f64 {
    let x = 2.0 * mean;
    if x > 40.0 {
        let tail = 1.0 + 1.0 / (8.0 * x) + 9.0 / (128.0 * x * x) + 225.0 / (3072.0 * x * x * x);
        return tail.ln() - 0.5 * (std::f64::consts::TAU * x).ln();
    }
    let (mut term, mut sum) = (1.0f64, 1.0f64);
    let mut k = 1.0;
    while term > sum * 1e-12 {
        term *= (x / (2.0 * k)).powi(2);
        sum += term;
        k += 1.0;
    }
    sum.ln() - x
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;
    use crate::sample::{measured, real, run_on, table};

    #[test]
    fn copied_votes_and_protocols_are_found() {
        // Rows 1 and 12: the same votes, another register. Rows 2 and 3: the same protocol, in one district.
        let mut registered: Vec<u32> = (0..20).map(|row| 500 + row).collect();
        let mut votes: [Vec<u32>; 3] = [10, 20, 30].map(|base| (0..20).map(|row| base + row).collect());
        votes.iter_mut().for_each(|column| column[12] = column[1]);
        votes.iter_mut().for_each(|column| column[3] = column[2]);
        registered[3] = registered[2];
        // Rows 5 and 6 are equal too, but have fewer than 50 votes.
        votes.iter_mut().for_each(|column| (column[5], column[6]) = (9, 9));
        let lines: &[(adil_record::Term, &[u32])] = &[(adil_record::Term::Registered, &registered)];
        let findings = run_on(&Duplicates, table(lines, &[&votes[0], &votes[1], &votes[2]]));
        let finding = &findings[0];
        let names = ["groups", "stations_in_groups", "protocol_groups", "repeated_ids", "pairs_in_district"];
        assert_eq!(names.map(|name| measured(finding, name)), [2, 4, 1, 0, 1]);
        // Two stations of one district with 66 votes (12 + 22 + 32), of 927 / 9 stations: a multinomial of 3 options
        // agrees with probability of about 1 / (4 pi n sqrt(p1 p2 p3)) = 1 / (4 pi 66 sqrt(.18 .34 .48)) = 0.007.
        assert!((real(finding, "expected_pairs_in_district") - 0.007).abs() < 0.001);
    }

    #[test]
    fn equal_rows_are_found_whatever_their_fingerprint() {
        proptest!(|(cells in prop::collection::vec((0u32..3, 0u32..3, 0u32..2), 0..60))| {
            let column = |of: fn(&(u32, u32, u32)) -> u32| cells.iter().map(|cell| Some(of(cell))).collect::<Counts>();
            let columns = [column(|c| c.0), column(|c| c.1), column(|c| c.2)];
            let columns: Vec<&Counts> = columns.iter().collect();
            let rows: Vec<usize> = (0..cells.len()).collect();
            let mut seen: HashMap<(u32, u32, u32), Vec<usize>> = HashMap::new();
            cells.iter().enumerate().for_each(|(row, &cell)| seen.entry(cell).or_default().push(row));
            let mut expected: Vec<Group> = seen.into_values().filter(|rows| rows.len() > 1).collect();
            expected.sort();
            prop_assert_eq!(groups(&rows, &columns), expected);
        });
    }

    #[test]
    fn two_poisson_numbers_agree_as_often_as_their_masses_say() {
        // sum over k of (e^-1 / k!)^2 = e^-2 I0(2) = 0.3085083 (scipy.special.ive(0, 2)).
        assert!((ln_same_poisson(1.0).exp() - 0.308_508_322_553_671_2).abs() < 1e-12);
        // scipy.special.ive(0, 40), ive(0, 50): both sides of the switch.
        assert!((ln_same_poisson(20.0).exp() / 0.063_278_279_875_2 - 1.0).abs() < 1e-6);
        assert!((ln_same_poisson(25.0).exp() / 0.056_561_626_647_5 - 1.0).abs() < 1e-6);
        // One option alone: two stations of n votes always agree. 2 sqrt(pi n) e^(-2n) I0(2n) = 1 + 1/(16 n) + ...
        let n = 200.0f64;
        let same = 2.0 * (std::f64::consts::PI * n).sqrt() * ln_same_poisson(n).exp();
        assert!((same - 1.0).abs() < 1.0 / (15.0 * n), "{same}");
    }
}
