//! The rules of the house that a program can see.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which crates of the workspace each crate may use: those below it.
const LAYERS: [(&str, &[&str]); 18] = [
    ("adil-outside", &[]),
    ("adil-count", &[]),
    ("adil-finding", &[]),
    ("adil-stat", &[]),
    ("adil-lanes", &[]),
    ("adil-log", &[]),
    ("adil-record", &["adil-finding"]),
    ("adil-exchange", &["adil-finding", "adil-record"]),
    ("adil-laboratory", &["adil-finding", "adil-record", "adil-stat"]),
    ("adil-report", &["adil-finding"]),
    ("adil-crypto", &["adil-lanes"]),
    ("adil-belenios", &["adil-crypto"]),
    ("adil-election", &["adil-belenios", "adil-count", "adil-crypto", "adil-log"]),
    (
        "adil-check",
        &[
            "adil-belenios",
            "adil-count",
            "adil-election",
            "adil-finding",
            "adil-laboratory",
            "adil-record",
            "adil-stat",
        ],
    ),
    ("adil-open", &["adil-exchange", "adil-finding", "adil-log", "adil-record"]),
    ("adil-server", &["adil-belenios", "adil-count", "adil-election", "adil-log", "adil-open", "adil-report"]),
    (
        "adil",
        &[
            "adil-server",
            "adil-belenios",
            "adil-count",
            "adil-crypto",
            "adil-election",
            "adil-exchange",
            "adil-finding",
            "adil-laboratory",
            "adil-log",
            "adil-record",
            "adil-stat",
            "adil-check",
            "adil-open",
            "adil-report",
        ],
    ),
    (
        "xtask",
        &[
            "adil-check",
            "adil-finding",
            "adil-laboratory",
            "adil-log",
            "adil-open",
            "adil-record",
            "adil-server",
            "adil-stat",
        ],
    ),
];

/// Crates that may touch files, clocks, the environment or the network.
const EDGE: [&str; 4] = ["open", "server", "adil", "outside"];

/// Ways to touch them.
const OUTSIDE: [&str; 7] =
    ["std::fs", "std::net", "std::env::var", "SystemTime::now", "Instant::now", "std::process::Command", "getrandom"];

/// Lines above which a source file is two files.
const LONGEST: usize = 500;

/// Everything that breaks a rule, one sentence each.
pub(crate) fn faults(root: &Path) -> Result<Vec<String>, String> {
    let mut faults = layers(root)?;
    for file in sources(root)? {
        let text = read(&file)?;
        let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        let lines = text.lines().count();
        if lines > LONGEST {
            faults.push(format!("{name}: {lines} lines; a source file has at most {LONGEST}"));
        }
        let in_edge =
            EDGE.iter().any(|edge| name.starts_with(&format!("crates/{edge}/")) || name.starts_with("xtask/"));
        let is_source = name.contains("/src/");
        if !in_edge && is_source {
            let used = OUTSIDE.iter().filter(|way| text.contains(**way));
            faults.extend(used.map(|way| format!("{name}: uses {way}; only the edge touches the outside")));
        }
    }
    Ok(faults)
}

/// Dependencies that point up or sideways.
fn layers(root: &Path) -> Result<Vec<String>, String> {
    let allowed: BTreeMap<&str, &[&str]> = LAYERS.into_iter().collect();
    let mut faults = Vec::new();
    let mut manifests: Vec<PathBuf> =
        folders(&root.join("crates"))?.into_iter().map(|path| path.join("Cargo.toml")).collect();
    manifests.push(root.join("xtask/Cargo.toml"));
    for manifest in manifests {
        let parsed: toml::Table =
            read(&manifest)?.parse().map_err(|error| format!("{}: {error}", manifest.display()))?;
        let name =
            parsed.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str).unwrap_or("");
        let Some(below) = allowed.get(name) else {
            faults.push(format!("{name}: has no place in the layers of xtask/src/house.rs"));
            continue;
        };
        let used =
            parsed.get("dependencies").and_then(toml::Value::as_table).into_iter().flat_map(|table| table.keys());
        let ours = used.filter(|used| used.starts_with("adil")).filter(|used| !below.contains(&used.as_str()));
        faults.extend(ours.map(|used| format!("{name} uses {used}, which does not stand below it")));
    }
    Ok(faults)
}

fn sources(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut open = vec![root.join("crates"), root.join("xtask"), root.join("fuzz/fuzz_targets")];
    while let Some(folder) = open.pop() {
        for path in entries(&folder)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() && name != "target" {
                open.push(path);
            } else if name.ends_with(".rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn folders(of: &Path) -> Result<Vec<PathBuf>, String> {
    Ok(entries(of)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let Ok(list) = fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut paths = Vec::new();
    for entry in list {
        paths.push(entry.map_err(|error| format!("{}: {error}", folder.display()))?.path());
    }
    paths.sort();
    Ok(paths)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_house_is_tidy() {
        let faults = super::faults(&crate::root()).expect("the sources can be read");
        assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    }
}
