//! What the checks for single ways of cheating say of real elections. The numbers were seen once and are held to here; those that were
//! published or counted apart from this program are marked so.
//!
//! The tables are looked for in the folder that ADIL_DATA names; `docs/data.md` says where each file comes from.

mod program;

use program::{check, findings, text};
use serde_json::Value;

/// What one check says of a table under `stations`; `None` without outside data.
fn of(only: &str, path: &str) -> Option<Value> {
    let table = adil_outside::stations(only)?.join(path);
    Some(check(&[text(&table), "--only", only]))
}

/// Measures of the first finding of a check, by name.
fn measures<const N: usize>(report: &Value, check: &str, names: [&str; N]) -> [f64; N] {
    let finding = findings(report, check).first().copied().unwrap_or_else(|| panic!("{check} says something"));
    names.map(|name| finding["measures"][name].as_f64().unwrap_or_else(|| panic!("{name} in {finding:#}")))
}

/// Equal to four significant digits.
fn assert_close<const N: usize>(got: [f64; N], expected: [f64; N], what: &str) {
    for (got, expected) in got.into_iter().zip(expected) {
        assert!((got - expected).abs() <= 5e-4 * expected.abs(), "{what}: {got}, expected {expected}");
    }
}

#[test]
fn afghan_counts_stop_at_a_book_and_others_at_none() {
    let names = ["stop_at", "stations_at_stop", "stations_below_stop", "stations_above_stop"];
    let Some(report) = of("stations/books", "afghanistan/presidential_finalbyPs.csv.gz") else { return };
    // Published: 544, 1,482 and 56.
    assert_close(measures(&report, "stations/books", names), [600.0, 544.0, 1_482.0, 56.0], "Afghanistan");
    let [step, p] = measures(&report, "stations/books", ["stop_step", "stop_p_corrected"]);
    assert_close([step], [2.4971], "Afghanistan");
    assert!(p < 1e-100, "{p}");
    for path in ["russia/2021.csv.zip", "russia/2012.csv.zip", "poland/ws2014_komitety_by_komisja.csv.gz"] {
        let Some(report) = of("stations/books", path) else { return };
        let [p] = measures(&report, "stations/books", ["stop_p_corrected"]);
        assert!(p > 0.05, "{path}: {p}");
    }
}

#[test]
fn fewer_ballots_are_left_where_the_side_does_better() {
    for (path, slope) in [("russia/2021.csv.zip", -0.670_0), ("poland/ws2014_komitety_by_komisja.csv.gz", -0.003_584_1)]
    {
        let Some(report) = of("stations/unused", path) else { return };
        assert_close(measures(&report, "stations/unused", ["unused_slope"]), [slope], path);
    }
}

#[test]
fn mobile_ballots_are_bounded_and_judged_by_their_districts() {
    let names = ["mobile_leader_share_lowest", "mobile_leader_share_highest", "mobile_e_mean", "mobile_stations_e20"];
    for (year, expected) in [(2004, [0.113_78, 0.998_38, 0.759_9, 503.0]), (2021, [0.152_32, 0.970_90, 0.843_7, 283.0])]
    {
        let Some(report) = of("stations/mobile", &format!("russia/{year}.csv.zip")) else { return };
        assert_close(measures(&report, "stations/mobile", names), expected, &format!("{year}"));
    }
}

#[test]
fn stations_of_saratov_have_the_same_shares() {
    let names = ["pairs_votes", "expected_pairs_votes", "pairs_shares", "expected_pairs_shares"];
    for (path, expected) in [
        ("russia/2016.csv.zip", [8.0, 1.370_5, 2_627.0, 2_002.6]),
        ("russia/2021.csv.zip", [6.0, 0.040_06, 1_639.0, 1_085.5]),
        ("poland/ws2014_komitety_by_komisja.csv.gz", [0.0, 3.295_5e-5, 421.0, 369.87]),
    ] {
        let Some(report) = of("stations/coincidences", path) else { return };
        assert_close(measures(&report, "stations/coincidences", names), expected, path);
    }
    let Some(report) = of("stations/coincidences", "russia/2016.csv.zip") else { return };
    let districts = findings(&report, "stations/coincidences")[0]["evidence"].to_string();
    assert!(districts.contains("Саратов, Заводская") && districts.contains("Саратов, Ленинская"), "{districts}");
}

#[test]
fn small_parties_have_one_or_two_votes_in_some_commissions() {
    // The pairs of commission and party that a published notebook prints for 2021 are 11; the others were seen.
    for (path, pairs, small, one_or_two) in [
        ("russia/2021.csv.zip", 26_840.0, 32.0, 11.0),
        ("russia/2016.csv.zip", 25_209.0, 65.0, 4.0),
        ("poland/ws2014_komitety_by_komisja.csv.gz", 2_434.0, 0.0, 1.0),
        ("peru/presidencial-actas_ronderos.pe.csv.gz", 9_385.0, 1.0, 50.0),
        ("bolivia2019", 3_360.0, 1.0, 0.0),
    ] {
        let Some(report) = of("stations/dispersion", path) else { return };
        let names = ["dispersion_pairs", "dispersion_small", "dispersion_one_or_two"];
        assert_eq!(measures(&report, "stations/dispersion", names), [pairs, small, one_or_two], "{path}");
    }
}

#[test]
fn whole_districts_lie_on_one_value_where_none_should() {
    let names =
        ["targets_turnout_districts", "targets_turnout_small", "targets_share_districts", "targets_share_small"];
    for (path, expected) in [
        ("russia/2016.csv.zip", [2_745.0, 4.0, 2_744.0, 13.0]),
        ("russia/2020.csv.zip", [2_716.0, 5.0, 2_709.0, 7.0]),
        ("russia/2021.csv.zip", [2_789.0, 3.0, 2_778.0, 2.0]),
        ("peru/presidencial-actas_ronderos.pe.csv.gz", [1_514.0, 0.0, 1_302.0, 0.0]),
    ] {
        let Some(report) = of("stations/targets", path) else { return };
        assert_eq!(measures(&report, "stations/targets", names), expected, "{path}");
    }
}

#[test]
fn stations_of_one_building_differ_as_usual_in_bulgaria() {
    let names =
        ["twins_turnout_buildings", "twins_turnout_tail", "twins_turnout_far", "twins_share_far", "offsets_votes"];
    for (path, expected, spreads) in [
        ("bulgaria/20210711", [1_814.0, 2.0, 0.0, 0.0, 0.0], [0.029_502, 0.029_000]),
        ("bolivia2019", [3_249.0, 50.0, 18.0, 5.0, 7.0], [0.008_129_3, 0.035_127]),
    ] {
        let Some(report) = of("stations/twins", path) else { return };
        assert_eq!(measures(&report, "stations/twins", names), expected, "{path}");
        let got = measures(&report, "stations/twins", ["twins_turnout_spread", "twins_share_spread"]);
        assert_close(got, spreads, path);
        let [votes, turnout] = measures(&report, "stations/twins", ["offsets_votes_p", "offsets_turnout_p"]);
        assert!(votes > 0.05 && turnout > 0.05, "{path}: {votes} {turnout}");
    }
    // A school in Potosí whose tables give one side 1 and 83 %.
    let Some(report) = of("stations/twins", "bolivia2019") else { return };
    let listed = findings(&report, "stations/twins")[0]["evidence"].to_string();
    assert!(listed.contains("Coleg. Nal. Charcas / 51352"), "{listed}");
}

#[test]
fn borders_of_regions_are_hardly_more_than_those_of_districts_in_bulgaria() {
    let names = ["border_pairs", "borders", "borders_turnout_small", "borders_share_small"];
    let ratios = ["borders_turnout_ratio", "borders_share_ratio"];
    for (path, expected, close) in [
        ("bulgaria/20210711", [15_793.0, 62.0, 2.0, 1.0], [1.125_9, 1.122_2]),
        ("bolivia2019", [565.0, 8.0, 0.0, 0.0], [1.232_6, 0.890_67]),
    ] {
        let Some(report) = of("stations/borders", path) else { return };
        assert_eq!(measures(&report, "stations/borders", names), expected, "{path}");
        assert_close(measures(&report, "stations/borders", ratios), close, path);
    }
    let Some(report) = of("stations/borders", "bulgaria/20210711") else { return };
    let named = findings(&report, "stations/borders")[0]["evidence"].to_string();
    assert!(named.contains("Кърджали and Смолян"), "{named}");
}

#[test]
fn places_without_coordinates_have_neither_twins_nor_borders() {
    for path in ["stpetersburg2021/duma2021_party_list_by_uik.csv.gz", "belarus2020/total-votes.csv.gz"] {
        for check in ["stations/twins", "stations/borders"] {
            let Some(report) = of(check, path) else { return };
            assert_eq!(findings(&report, check)[0]["reason"], "no-data", "{path}");
        }
    }
}

#[test]
fn last_digits_are_even_given_those_before_them_in_accepted_elections() {
    let names = ["p_conditional_leader", "p_conditional_others", "p_conditional_turnout"];
    for path in ["sweden/2018_R_per_valdistrikt.xlsx", "poland/ws2014_komitety_by_komisja.csv.gz"] {
        let Some(report) = of("stations/last-digit", path) else { return };
        assert!(measures(&report, "stations/last-digit", names).iter().all(|p| *p > 0.05), "{path}");
    }
    let Some(report) = of("stations/last-digit", "russia/2020.csv.zip") else { return };
    let names = ["chi_square_conditional_leader", "chi_square_conditional_turnout", "round_z_conditional_turnout"];
    assert_close(measures(&report, "stations/last-digit", names), [39.091, 119.70, 8.372], "Russia 2020");
}
