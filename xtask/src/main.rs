//! Developer tasks: `cargo xtask tidy | methods [--check] | bench`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod cpu;
mod house;
mod methods;
mod synthetic;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask tidy               check the rules of the house: layers, file length, one map a family
cargo xtask methods            write docs/methods from the checks' own pages
cargo xtask methods --check    say whether docs/methods is up to date
cargo xtask bench [--runs N] [--quick]   measure what the checks cost, as JSON; needs ADIL_DATA for real tables";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["tidy"] => house::faults(&root()).and_then(|faults| match faults.as_slice() {
            [] => Ok("tidy: no fault".to_owned()),
            faults => Err(faults.join("\n")),
        }),
        ["methods"] => methods::write(&root()),
        ["methods", "--check"] => methods::check(&root()),
        ["bench", options @ ..] => bench::run(&root(), options),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(text) => {
            println!("{text}");
            ExitCode::SUCCESS
        }
        Err(text) => {
            eprintln!("{text}");
            ExitCode::from(2)
        }
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}
