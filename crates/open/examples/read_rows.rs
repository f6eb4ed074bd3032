//! Reads tables to their last row and says what they cost: `cargo run --release --example read_rows -- PATH...`.
#![allow(clippy::print_stdout, reason = "a program for the terminal")]

use std::path::Path;
use std::time::Instant;

use adil_open::{Declared, Input, Limits, OpenError};
use adil_record::{Cells, Rows};

fn main() {
    for path in std::env::args().skip(1) {
        if let Err(error) = read(Path::new(&path)) {
            println!("{error}");
        }
    }
}

fn read(path: &Path) -> Result<(), OpenError> {
    let began = Instant::now();
    let input = Input::open(path, &Limits::default())?;
    let found = began.elapsed();
    for table in &input.tables {
        let began = Instant::now();
        let mut opened = match table.open(&Declared::default()) {
            Ok(opened) => opened,
            Err(error) => {
                println!("{error}");
                continue;
            }
        };
        let (mut cells, mut rows, mut count) = (Cells::default(), 0u64, 0usize);
        while opened.next_row(&mut cells).map_err(|error| opened.in_file(error))?.is_some() {
            rows += 1;
            count += cells.len();
        }
        let (took, encoding) = (began.elapsed(), opened.encoding());
        let (name, delimiter) = (table.name(), opened.delimiter().map(char::from));
        println!("{name}: {rows} rows, {count} cells, {delimiter:?}, {encoding:?}; found {found:.2?}, read {took:.2?}");
    }
    for passed in &input.passed_over {
        println!("{}: {}", passed.name, passed.why);
    }
    Ok(())
}
