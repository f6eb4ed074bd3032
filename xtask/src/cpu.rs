//! CPU time and memory of a program that is run, from `/proc` (Linux).

use std::fs;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

/// What one run of a program cost.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// User and system time, in seconds.
    pub(crate) cpu: f64,
    /// The largest resident memory, in mebibytes.
    pub(crate) peak_mib: f64,
    /// The exit status.
    pub(crate) status: i32,
}

/// Clock ticks a second in `/proc/<pid>/stat`; 100 on every Linux that Rust supports.
const TICKS: f64 = 100.0;

/// Runs a program to its end. Its time is what the kernel adds to our children's; its memory is looked at every 5 ms.
pub(crate) fn measure(command: &mut Command) -> Result<Cost, String> {
    let before = children_seconds()?;
    let told = |error: std::io::Error| format!("{command:?}: {error}", command = "the program");
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().map_err(told)?;
    let mut peak_kib: f64 = 0.0;
    let status = loop {
        if let Some(status) = child.try_wait().map_err(told)? {
            break status;
        }
        peak_kib = peak_kib.max(high_water(child.id()));
        sleep(Duration::from_millis(5));
    };
    let cpu = children_seconds()? - before;
    Ok(Cost { cpu, peak_mib: peak_kib / 1024.0, status: status.code().unwrap_or(-1) })
}

fn high_water(process: u32) -> f64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0.0)
}

/// User and system time of a running program, in seconds.
pub(crate) fn seconds_of(process: u32) -> f64 {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let fields: Vec<&str> = after.split(' ').collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    (ticks(11) + ticks(12)) / TICKS
}

/// User and system time of all children that have ended.
fn children_seconds() -> Result<f64, String> {
    let stat = fs::read_to_string("/proc/self/stat").map_err(|error| format!("/proc/self/stat: {error}"))?;
    // The second field is the program's name in parentheses; fields 16 and 17 are the children's times.
    let after = stat.rsplit(") ").next().unwrap_or_default();
    let fields: Vec<&str> = after.split(' ').collect();
    let ticks = |index: usize| fields.get(index).and_then(|field| field.parse::<f64>().ok()).unwrap_or(0.0);
    Ok((ticks(13) + ticks(14)) / TICKS)
}

/// The middle value of several.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => values[count / 2],
        count => f64::midpoint(values[count / 2 - 1], values[count / 2]),
    }
}
