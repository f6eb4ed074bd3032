//! The estimate on countries drawn at random, with ballots added.

use adil_finding::{Reason, Verdict};
use adil_laboratory::{Injected, Regions, Scenario, inject};
use adil_record::{Record, StationTable};

use super::Estimate;
use super::regions::of_side;
use crate::stations::evidence::weighed_for;
use crate::{Bank, Check, ContestView, Settings, sample};
use adil_record::OptionId;

fn scenario(strength: f64, spread: f64, regions: Regions) -> Scenario {
    Scenario { technique: Injected::Stuffing, side: 1, strength, spread, regions, seed: 5 }
}

/// The ballots added in every region by the model, and in truth.
fn estimated(table: &StationTable, scenario: &Scenario) -> Vec<(f64, f64)> {
    let injection = inject(table, scenario).expect("a sound scenario");
    let names = table.regions().expect("regions");
    let mut truth = vec![0.0; names.distinct()];
    injection.truth.moved.iter().for_each(|moved| truth[names.code(moved.row)] += f64::from(moved.added));
    let record = Record { contests: vec![sample::of_table(injection.copy(table))], ..Record::default() };
    let settings = Settings { bank: Bank::empty(), ..Settings::default() };
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
    let weighed = weighed_for(&view, OptionId(1), &settings).expect("stations enough");
    let of = |region: super::regions::Region| (region.posterior.votes, truth[weighed.codes[region.number]]);
    of_side(&weighed, &weighed.sides[0]).into_iter().map(of).collect()
}

fn sums(of_regions: &[(f64, f64)]) -> (f64, f64) {
    of_regions.iter().fold((0.0, 0.0), |sum, own| (sum.0 + own.0, sum.1 + own.1))
}

#[test]
fn most_of_what_was_added_is_found_and_hardly_more() {
    let table = sample::drawn(4_000, 6, 11);
    let (found, truth) = sums(&estimated(&table, &scenario(0.3, 0.1, Regions::All)));
    assert!(found > 0.6 * truth && found < 1.1 * truth, "{found} of {truth}");
}

#[test]
fn the_region_where_ballots_were_added_is_the_one_that_has_them() {
    let table = sample::drawn(4_000, 6, 12);
    let name = table.regions().expect("regions").spelling(2).to_owned();
    let of_regions = estimated(&table, &scenario(0.3, 0.2, Regions::Named(vec![name])));
    let (most, truth) = of_regions.iter().copied().fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a });
    assert!(truth > 0.0 && most > 0.5 * truth && most < 1.2 * truth, "{of_regions:?}");
    let elsewhere: f64 = of_regions.iter().filter(|own| own.1 == 0.0).map(|own| own.0).sum();
    assert!(elsewhere < 0.1 * truth, "{of_regions:?}");
}

#[test]
fn without_clean_elections_there_is_no_surplus() {
    let record = Record { contests: vec![sample::of_table(sample::drawn(2_000, 4, 3))], ..Record::default() };
    let settings = Settings { bank: Bank::empty(), ..Settings::default() };
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
    let findings = Estimate.run(&view, &settings);
    assert!(!findings.is_empty());
    for finding in findings {
        assert_eq!(finding.verdict, Verdict::Undecided(Reason::NotIdentified), "{finding:?}");
        assert!(["estimate-none", "estimate-no-core"].contains(&finding.statement.id));
    }
}

#[test]
fn an_honest_country_has_hardly_any_surplus() {
    let record = Record { contests: vec![sample::of_table(sample::drawn(4_000, 10, 21))], ..Record::default() };
    let settings = Settings::default();
    let view = ContestView::new(&record, &record.contests[0], &settings).expect("no side is named");
    for finding in Estimate.run(&view, &settings) {
        if finding.statement.id == "estimate-statement" {
            // Clean elections have at most 0.08 % by this reckoning.
            assert!(sample::real(&finding, "surplus_part") < 8e-4, "{finding:?}");
        }
    }
}
