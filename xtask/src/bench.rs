//! What the checks cost: whole commands, CPU time and memory, medians over several runs.
//!
//! The peer for the integer test is the published recipe, 1,000 Monte-Carlo redraws in numpy (`xtask/bench/integers.py`,
//! written for this purpose), run on the same table in the same call where Python with numpy is there.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};

use crate::cpu::{Cost, measure, median};
use crate::synthetic;

/// Runs the benchmarks and returns their JSON.
pub(crate) fn run(root: &Path, options: &[&str]) -> Result<String, String> {
    let quick = options.contains(&"--quick");
    let runs = options.iter().position(|option| *option == "--runs").and_then(|at| options.get(at + 1)?.parse().ok());
    let bench = Bench { adil: build(root)?, work: work()?, runs: runs.unwrap_or(if quick { 1 } else { 5 }) };
    let mut out = json!({ "runs": bench.runs, "unit": "CPU seconds (user + system), median; memory in MiB, largest" });
    match env::var_os("ADIL_DATA") {
        Some(data) => {
            out["russia_2011"] = bench.country(root, &Path::new(&data).join("stations/russia/2011.csv.zip"))?
        }
        None => eprintln!("skipped: ADIL_DATA is not set, so no real table is measured"),
    }
    let sizes: &[usize] = if quick { &[10_000, 100_000] } else { &[10_000, 100_000, 1_000_000] };
    out["rows"] = bench.rows(sizes)?;
    out["observers"] = if quick { bench.observers(50_000, 10_000) } else { bench.observers(1_000_000, 100_000) }?;
    serde_json::to_string_pretty(&out).map_err(|error| error.to_string())
}

struct Bench {
    adil: PathBuf,
    work: PathBuf,
    runs: usize,
}

impl Bench {
    /// One country: everything with both reports, and the integers alone beside the peer.
    fn country(&self, root: &Path, table: &Path) -> Result<Value, String> {
        let html = self.work.join("report.html");
        let everything = self.adil(&["--json", "--html", &html.display().to_string(), &table.display().to_string()])?;
        let integers = self.adil(&["--json", "--only", "stations/integers", &table.display().to_string()])?;
        let mut country = json!({
            "check_json_html": everything,
            "check_only_integers": integers,
            "html_bytes": fs::metadata(&html).map(|file| file.len()).unwrap_or(0),
        });
        let script = root.join("xtask/bench/integers.py");
        let mut peer = Command::new("python3");
        peer.arg(&script).arg(table);
        match measure(&mut peer) {
            Ok(Cost { cpu, peak_mib, status: 0 }) => {
                let ours = integers["cpu_seconds"].as_f64().unwrap_or(f64::NAN);
                country["peer_monte_carlo_1000"] = json!({ "cpu_seconds": rounded(cpu), "peak_mib": peak_mib.round(), "times_ours": (cpu / ours).round() });
            }
            _ => eprintln!("skipped: the peer needs python3 with numpy"),
        }
        Ok(country)
    }

    /// The same check on made-up tables of growing length.
    fn rows(&self, sizes: &[usize]) -> Result<Value, String> {
        let mut rows = Vec::new();
        for &size in sizes {
            let table = self.work.join(format!("synthetic-{size}.csv"));
            fs::write(&table, synthetic::table(size)).map_err(|error| format!("{}: {error}", table.display()))?;
            let mut cost = self.adil(&["--json", &table.display().to_string()])?;
            cost["rows"] = size.into();
            cost["cpu_microseconds_a_row"] =
                json!(rounded(cost["cpu_seconds"].as_f64().unwrap_or(f64::NAN) * 1e6 / size as f64));
            rows.push(cost);
            let _ = fs::remove_file(&table);
        }
        Ok(rows.into())
    }

    /// Forms and incidents, half of the rows each, with their checks.
    fn observers(&self, rows: usize, stations: usize) -> Result<Value, String> {
        let folder = self.work.join("observers");
        fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        let write = |name: &str, text: String| {
            let path = folder.join(name);
            fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
        };
        write("election.toml", synthetic::DESCRIPTION.to_owned())?;
        write("stations.csv", synthetic::table(stations))?;
        write("form.toml", synthetic::form())?;
        write("form.csv", synthetic::visits(rows / 2, stations))?;
        write("incidents.jsonl", synthetic::incidents(rows / 2, stations))?;
        let only = "observers/coverage,observers/answers,observers/incidents,observers/contrast";
        let mut cost = self.adil(&["--json", "--only", only, &folder.display().to_string()])?;
        cost["rows"] = rows.into();
        let _ = fs::remove_dir_all(&folder);
        Ok(cost)
    }

    fn adil(&self, arguments: &[&str]) -> Result<Value, String> {
        let mut costs = Vec::new();
        for _ in 0..self.runs {
            let cost = measure(Command::new(&self.adil).arg("check").arg("--exit-zero").args(arguments))?;
            if cost.status != 0 {
                return Err(format!("adil check {}: status {}", arguments.join(" "), cost.status));
            }
            costs.push(cost);
        }
        let cpu = median(costs.iter().map(|cost| cost.cpu).collect());
        let peak = costs.iter().map(|cost| cost.peak_mib).fold(0.0, f64::max);
        Ok(json!({ "cpu_seconds": rounded(cpu), "peak_mib": peak.round() }))
    }
}

/// To hundredths: the kernel counts in these.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Cargo, as it is called from a shell: with what it tells the programs that it runs of themselves, some build scripts would
/// run anew, and everything that needs them be built twice.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut cargo = Command::new("cargo");
    let of_this = |name: &str| {
        name == "CARGO"
            || ["CARGO_MANIFEST_", "CARGO_PKG_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|own| name.starts_with(own))
    };
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_this)) {
        cargo.env_remove(name);
    }
    cargo.current_dir(root);
    cargo
}

/// Builds the program that is measured, with the features that `cargo run` builds it with.
pub(crate) fn build(root: &Path) -> Result<PathBuf, String> {
    let status = cargo(root).args(["build", "--release", "--quiet", "--bin", "adil"]).status();
    match status {
        Ok(status) if status.success() => {
            let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
            Ok(target.join("release/adil"))
        }
        outcome => Err(format!("the release build failed: {outcome:?}")),
    }
}

fn work() -> Result<PathBuf, String> {
    let folder = env::temp_dir().join(format!("adil-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}
