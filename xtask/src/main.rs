//! Developer tasks: `cargo xtask tidy | methods [--check] | bank | honest | quickcount | bench | board | bench-boards | election | load | pages`.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bank;
mod bench;
mod bench_boards;
mod board;
mod cpu;
mod election;
mod honest;
mod house;
mod load;
mod methods;
mod pages;
mod quickcount;
mod synthetic;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask tidy               check the rules of the house: layers, file length, one map a family
cargo xtask methods            write docs/methods from the checks' own pages
cargo xtask methods --check    say whether docs/methods is up to date
cargo xtask bank               compute the bank of elections anew from the tables in ADIL_DATA
cargo xtask honest [--elections N] [--seed S]
                               draw honest elections and say how often the checks raise an alarm, as Markdown
cargo xtask quickcount [--samples N]
                               draw quick counts from real elections and say how often their intervals hold the result, as Markdown;
                               needs ADIL_DATA, and Python with pyreadr
cargo xtask bench [--runs N] [--quick]   measure what the checks cost, as JSON; needs ADIL_DATA for real tables
cargo xtask board --ballots N --credentials M [--questions K] [--answers A] [--revotes F] [--finished] [--seed S] -o FILE
                               make a large sound board on Ed25519
cargo xtask bench-boards [--peer DIR] [--data DIR] [--runs N] [--ciphertexts N] [--engines A,B]
                               measure the check of boards beside belenios-tool, as Markdown
cargo xtask election [--voters N] [--ranked] [--one-core] [--peer DIR] [--folder DIR]
                               hold a whole election and check it, with what every step costs, as Markdown
cargo xtask load [--ballots N] [--clients N] [--processes N] [--postgres URL] [--seconds N]
                               serve an election to many clients at once, and check that nothing was lost, as Markdown
cargo xtask pages [--out DIR] [--axe] [--languages en,ru,kk]
                               walk through all pages of `adil serve` in Chromium, with pictures of each; needs npm's packages";

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
        ["bank"] => bank::write(&root()),
        ["honest", options @ ..] => honest::experiment(options),
        ["quickcount", options @ ..] => quickcount::experiment(&root(), options),
        ["bench", options @ ..] => bench::run(&root(), options),
        ["bench-boards", options @ ..] => bench_boards::run(&root(), options),
        ["election", options @ ..] => election::run(&root(), options),
        ["load", options @ ..] => load::run(&root(), options),
        ["pages", options @ ..] => pages::run(&root(), options),
        ["board", options @ ..] => board::run(options),
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
