//! What a log costs: `cargo run --release -p adil-open --example log_speed FOLDER`, which must not be there yet.

use std::path::Path;
use std::time::Instant;

use adil_log::{KeyName, SigningKey};
use adil_open::log::{LogFolder, LogWriter};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("log_speed FOLDER")?;
    let folder = Path::new(&folder);
    let key = SigningKey::from_seed(KeyName::parse("example.com/log")?, &[7; 32].into());
    let mut writer = LogWriter::create(folder, "example.com/log", &key)?;
    let mut report = Vec::new();
    let mut timed =
        |what: String, start: Instant| report.push(format!("{:9.2} ms  {what}", start.elapsed().as_secs_f64() * 1e3));
    for round in 0..3 {
        let start = Instant::now();
        for i in 0..1_000u32 {
            let mut entry = vec![0x5a; 3_000];
            entry[..4].copy_from_slice(&i.to_be_bytes());
            writer.append(entry)?;
        }
        timed(format!("1,000 entries of 3,000 bytes appended, round {round}"), start);
        let start = Instant::now();
        writer.commit(&key)?;
        timed(format!("committed, round {round}"), start);
    }
    let start = Instant::now();
    for _ in 3_000..100_000u32 {
        writer.append(vec![0x5a; 300])?;
    }
    writer.commit(&key)?;
    timed("97,000 entries of 300 bytes appended and committed".to_owned(), start);
    drop(writer);
    let start = Instant::now();
    let mut writer = LogWriter::open(folder)?;
    timed("a log of 100,000 entries opened".to_owned(), start);
    let start = Instant::now();
    writer.append(vec![0x5a; 3_000])?;
    writer.commit(&key)?;
    timed("one entry appended and committed".to_owned(), start);
    let log = LogFolder::open(folder)?;
    let start = Instant::now();
    let proof = log.inclusion(50_000, 100_001)?;
    timed(format!("a proof of {} hashes", proof.len()), start);
    let start = Instant::now();
    log.fsck(&[key.verifier().clone()], &mut |_, _| {})?;
    timed("fsck".to_owned(), start);
    use std::io::Write as _;
    writeln!(std::io::stdout(), "{}", report.join("\n"))?;
    Ok(())
}
