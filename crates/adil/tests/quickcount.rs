//! Quick counts from the command line: planned, drawn, drawn again, estimated, and read from a description. With them, observers' forms.

mod forms;
mod program;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use program::{Call, adil, check, findings, text};
use serde_json::Value;

/// Votes for A and B at a station.
fn votes(station: u32) -> [u32; 2] {
    [100 + station * 37 % 61, 150 + station * 53 % 47]
}

/// A folder with a frame of 300 stations in two strata, and the official table.
fn country() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut frame, mut official) = ("station,district,voters\n".to_owned(), "district,station,A,B\n".to_owned());
    for station in 1..=300 {
        let district = if station % 3 == 0 { "Hill" } else { "Lake" };
        let [a, b] = votes(station);
        let _ = writeln!(frame, "{station},{district},600");
        let _ = writeln!(official, "{district},{station},{a},{b}");
    }
    fs::write(folder.path().join("frame.csv"), frame).expect("a file");
    fs::write(folder.path().join("official.csv"), official).expect("a file");
    folder
}

fn at(folder: &Path, name: &str) -> String {
    text(&folder.join(name)).to_owned()
}

fn draw(folder: &Path, size: &str) -> Call {
    let [frame, sample, design] = ["frame.csv", "sample.csv", "design.toml"].map(|name| at(folder, name));
    let columns = ["--strata", "district", "--register", "voters", "--seed", "6 1 5 2", "--size", size];
    let files = ["--out", &sample, "--design", &design];
    adil(&[&["quickcount", "draw", &frame], &columns[..], &files[..]].concat())
}

/// Reports from the first stations of the sample, with more for A.
fn report(folder: &Path, stations: usize, more: u32) {
    let sample = fs::read_to_string(folder.join("sample.csv")).expect("a sample");
    let mut reports = "station,time,A,B,invalid\n".to_owned();
    for (at, line) in sample.lines().skip(1).take(stations).enumerate() {
        let station: u32 = line.split(',').next().and_then(|cell| cell.parse().ok()).expect("a station");
        let [a, b] = votes(station);
        let _ = writeln!(reports, "{station},2026-11-26 20:{:02},{},{b},2", at % 60, a + more);
    }
    fs::write(folder.join("reports.csv"), reports).expect("a file");
}

fn estimate(folder: &Path, more: &[&str]) -> Call {
    let [design, reports] = ["design.toml", "reports.csv"].map(|name| at(folder, name));
    adil(&[&["quickcount", "estimate", "--design", &design, "--results", &reports], more].concat())
}

/// A description of the election with its quick count.
fn described(folder: &Path) -> Value {
    let toml = "title = \"A vote\"\n[[contest]]\nid = \"c\"\n[[contest.release]]\nid = \"final\"\npublisher = \"Commission\"\n\
                [[contest.quick-count]]\npublisher = \"Observers\"\ndesign = \"design.toml\"\nresults = \"reports.csv\"\n\
                [[table]]\nfile = \"official.csv\"\n[table.map]\nstation = \"station\"\nshare-of = \"valid\"\n\
                areas = [{ level = \"district\", column = \"district\" }]\n[table.map.options]\nlist = [\
                { name = \"A\", votes = \"A\" }, { name = \"B\", votes = \"B\" }]\n";
    fs::write(folder.join("election.toml"), toml).expect("a file");
    check(&[text(folder), "--only", "quick-count/estimate"])
}

#[test]
fn a_sample_is_drawn_by_the_rule_and_never_written_over() {
    let folder = country();
    let call = draw(folder.path(), "60");
    assert_eq!(call.status, 0, "{}", call.err);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");
    let (sample, design) = (read("sample.csv"), read("design.toml"));
    // Two of three stations are in the district Lake: 40 of 200 there, 20 of 100 in Hill.
    assert_eq!(sample.lines().filter(|line| line.contains(",Lake,")).count(), 40);
    assert!(design.contains("frame = \"frame.csv\"") && design.contains("units = 200\ndrawn = 40"), "{design}");
    assert_eq!(draw(folder.path(), "60").status, 2);
    // A frame that was changed afterwards is another frame.
    report(folder.path(), 60, 0);
    fs::write(folder.path().join("frame.csv"), read("frame.csv") + "301,Hill,20\n").expect("a file");
    let call = estimate(folder.path(), &[]);
    assert_eq!(call.status, 2);
    assert!(call.err.contains("the design was published for"), "{}", call.err);
}

#[test]
fn estimates_have_intervals_and_stand_beside_the_official_result() {
    let folder = country();
    draw(folder.path(), "60");
    report(folder.path(), 60, 0);
    let call = estimate(folder.path(), &["--official", &at(folder.path(), "frame.csv")]);
    assert_eq!(call.status, 2, "a frame is no result: {}", call.out);
    let call = estimate(folder.path(), &[]);
    assert!(call.out.starts_with("60 of 60 drawn stations") && call.out.contains("turnout"), "{}", call.out);
    let bootstrap = estimate(folder.path(), &["--bootstrap"]);
    assert_ne!(bootstrap.out, call.out);
    assert_eq!(bootstrap.out, estimate(folder.path(), &["--bootstrap"]).out);
    let honest = described(folder.path());
    let verdicts = |report: &Value| -> Vec<String> {
        let all = findings(report, "quick-count/estimate");
        all.iter().map(|finding| finding["verdict"].as_str().unwrap_or_default().to_owned()).collect()
    };
    assert_eq!(verdicts(&honest), ["undecided", "unremarkable", "unremarkable", "proven"]);
    let of_a = findings(&honest, "quick-count/estimate")[1];
    let measure = |name: &str| of_a["measures"][name].as_f64().unwrap_or_else(|| panic!("{name} in {of_a:#}"));
    assert!(measure("low") < measure("official") && measure("official") < measure("high"));
    assert!(measure("deff") > 0.0 && measure("low") < measure("estimate"));
    // Observers count 20 votes more for A everywhere.
    report(folder.path(), 60, 20);
    assert_eq!(verdicts(&described(folder.path())), ["undecided", "anomalous", "anomalous", "anomalous"]);
}

#[test]
fn clusters_are_drawn_whole_and_published_figures_stand_beside_them() {
    let folder = country();
    // Towns of three stations each.
    let frame = fs::read_to_string(folder.path().join("frame.csv")).expect("a frame");
    let town = |(at, line): (usize, &str)| match at {
        0 => format!("{line},town\n"),
        at => format!("{line},town {}\n", (at - 1) / 3),
    };
    let frame: String = frame.lines().enumerate().map(town).collect();
    fs::write(folder.path().join("frame.csv"), frame).expect("a file");
    let [frame, sample, design] = ["frame.csv", "sample.csv", "design.toml"].map(|name| at(folder.path(), name));
    let columns = ["--clusters", "town", "--register", "voters", "--seed", "6 1 5 2", "--size", "40"];
    let call =
        adil(&[&["quickcount", "draw", &frame], &columns[..], &["--out", &sample, "--design", &design]].concat());
    assert_eq!(call.status, 0, "{}", call.err);
    // 40 of 100 towns, 120 stations.
    report(folder.path(), 200, 0);
    let [a, b] = [0, 1].map(|option| (1..=300).map(|station| votes(station)[option]).sum::<u32>());
    let toml = |more: u32| {
        format!(
            "title = \"A vote\"\n[[contest]]\nid = \"c\"\n[[contest.option]]\nid = \"a\"\nname = \"A\"\n\
             [[contest.option]]\nid = \"b\"\nname = \"B\"\n[[contest.release]]\nid = \"final\"\npublisher = \"Commission\"\n\
             figure = [{{ what = \"votes\", option = \"a\", value = {} }}, {{ what = \"votes\", option = \"b\", value = {b} }}, \
             {{ what = \"stations\", value = 300 }}]\n",
            a + more
        )
    };
    let official = |more: u32| {
        fs::write(folder.path().join("election.toml"), toml(more)).expect("a file");
        estimate(folder.path(), &["--official", text(folder.path())])
    };
    let honest = official(0);
    assert_eq!(honest.status, 0, "{}", honest.err);
    assert!(honest.out.starts_with("120 of 120 drawn stations"), "{}", honest.out);
    assert!(honest.out.contains("unremarkable: A"), "{}", honest.out);
    assert!(official(a / 4).out.contains("anomalous: A"), "{}", official(a / 4).out);
}

#[test]
fn what_arrives_first_is_the_worst_case() {
    let folder = country();
    draw(folder.path(), "60");
    report(folder.path(), 30, 0);
    let call = estimate(folder.path(), &["--json"]);
    let json: Value = serde_json::from_str(&call.out).expect("one JSON object");
    let of_a = findings(&json, "quick-count/estimate")[1];
    let measure = |name: &str| of_a["measures"][name].as_f64();
    assert!(measure("high").zip(measure("low")).is_some_and(|(high, low)| high - low > 0.5), "{of_a:#}");
    assert_eq!((measure("deff"), measure("low_by_chance")), (None, None));
    report(folder.path(), 60, 0);
    let call = estimate(folder.path(), &["--by-time"]);
    assert!(call.out.lines().filter(|line| line.contains(" of 60")).count() >= 19, "{}", call.out);
}

#[test]
fn visits_are_told_from_a_sample() {
    let folder = country();
    draw(folder.path(), "60");
    report(folder.path(), 60, 0);
    let call = adil(&["quickcount", "estimate", "--visits", "--results", &at(folder.path(), "reports.csv")]);
    assert!(call.status == 0 && call.out.contains("no margin can be given"), "{}{}", call.out, call.err);
    assert!(!call.out.contains("interval"), "{}", call.out);
}

#[test]
fn a_plan_by_earlier_results_keeps_its_margin() {
    let folder = country();
    let [frame, earlier, out] = ["frame.csv", "official.csv", "sizes.csv"].map(|name| at(folder.path(), name));
    let call = adil(&[
        "quickcount",
        "plan",
        &frame,
        "--strata",
        "district",
        "--margin",
        "0.01",
        "--earlier",
        &earlier,
        "--option",
        "A",
        "--option",
        "B",
        "--out",
        &out,
    ]);
    assert_eq!(call.status, 0, "{}", call.err);
    assert!(call.out.contains("From earlier results at 300 of them"), "{}", call.out);
    let sizes = fs::read_to_string(folder.path().join("sizes.csv")).expect("sizes");
    assert!(sizes.starts_with("stratum,units,drawn\nHill,100,"), "{sizes}");
    let call = adil(&["quickcount", "plan", &frame, "--margin", "2"]);
    assert_eq!(call.status, 2);
}
