//! `adil quickcount draw`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use adil_finding::sheet_text as cell;
use adil_open::{Limits, RecordError, open_frame, open_sizes};
use adil_record::{Design, Frame, QuickCountError, SampledStratum};

use super::Draw;
use crate::failure::Failure;
use crate::{output, screen};

/// Draws the sample and writes it with its design.
pub(super) fn run(arguments: &Draw) -> Result<ExitCode, Failure> {
    let limits = Limits::default();
    let file = &arguments.frame.frame;
    for written in [&arguments.out, &arguments.design] {
        if written.exists() && !arguments.force {
            return Err(Failure::Exists { file: written.display().to_string() });
        }
        output::may_be_written(written)?;
        let read = [file.as_path()].into_iter().chain(arguments.sizes.as_deref());
        output::replaces_none(written, read)?;
    }
    let columns = arguments.frame.columns();
    let (frame, input) = open_frame(file, &columns, &limits)?;
    let sizes = match (&arguments.sizes, arguments.size) {
        (Some(path), _) => open_sizes(path, &frame, &limits)?,
        (None, size) => shared_out(&frame, size.unwrap_or(0))?,
    };
    let in_frame = |error: QuickCountError| RecordError::QuickCount { file: input.path.clone(), error };
    let named = relative(file, &arguments.design)?;
    let design = Design::new(&arguments.seed, &named, &frame, &columns, &sizes).map_err(in_frame)?;
    let sample = adil_record::draw(&design, &frame).map_err(in_frame)?;
    output::write(&arguments.out, &listed(&design, &frame, &sample))?;
    output::write(&arguments.design, &design.print())?;
    screen::print_cleaned(&told(arguments, &design, &sample))?;
    Ok(ExitCode::SUCCESS)
}

/// Sizes by the units of the strata, at least two where there are two: largest remainders, so that they add up to `size` as long as
/// it is enough for two in each.
fn shared_out(frame: &Frame, size: u64) -> Result<Vec<u64>, Failure> {
    let units: Vec<u64> = (0..frame.strata.len()).map(|at| frame.units(at).len() as u64).collect();
    let all: u64 = units.iter().sum();
    if size == 0 || size > all {
        return Err(Failure::QuickCount(format!("--size: {size} cannot be drawn of {all}")));
    }
    let exact = |units: u64| u128::from(units) * u128::from(size);
    let mut sizes: Vec<u64> =
        units.iter().map(|&units| u64::try_from(exact(units) / u128::from(all)).unwrap_or(units)).collect();
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(exact(units[at]) % u128::from(all)), at));
    let left = usize::try_from(size - sizes.iter().sum::<u64>()).unwrap_or(0);
    order.iter().take(left).for_each(|&at| sizes[at] += 1);
    sizes.iter_mut().zip(&units).for_each(|(size, &units)| *size = (*size).max(units.min(2)));
    Ok(sizes)
}

/// The frame as the design names it: from the design's folder where it lies there, else in full.
fn relative(frame: &Path, design: &Path) -> Result<String, Failure> {
    let folder = |path: &Path| path.parent().map(Path::to_path_buf).unwrap_or_default();
    let path: PathBuf = match (folder(frame) == folder(design), frame.file_name()) {
        (true, Some(name)) => name.into(),
        _ => std::path::absolute(frame).unwrap_or_else(|_| frame.to_path_buf()),
    };
    path.to_str().map(str::to_owned).ok_or_else(|| Failure::Unnameable { file: frame.display().to_string() })
}

/// The sample as a table: in each stratum the units in the order of their numbers.
fn listed(design: &Design, frame: &Frame, sample: &[SampledStratum]) -> String {
    let mut text = String::new();
    let station = match design.station.as_slice() {
        [only] => only.as_str(),
        _ => "station",
    };
    let _ = writeln!(text, "{},stratum,order,unit", cell(station));
    for stratum in sample {
        for (order, stations) in stratum.drawn.iter().enumerate() {
            for &station in stations {
                let station = &frame.stations[station];
                let cells = [cell(&station.name), cell(&stratum.name), (order + 1).to_string(), cell(&station.unit)];
                let _ = writeln!(text, "{}", cells.join(","));
            }
        }
    }
    text
}

fn told(arguments: &Draw, design: &Design, sample: &[SampledStratum]) -> String {
    let drawn: usize = sample.iter().map(|stratum| stratum.drawn.len()).sum();
    let stations: usize = sample.iter().flat_map(|stratum| &stratum.drawn).map(Vec::len).sum();
    let units = match design.clusters {
        Some(_) => format!("{drawn} clusters with {stations} stations"),
        None => format!("{stations} stations"),
    };
    format!(
        "Drawn: {units} in {} strata, by the rule {} from the seed {:?}.\nFrame's SHA-256: {}\n\nWritten: {}, {}\n\
         Publish the design before the vote: anyone who has the frame draws the same sample from it. The frame's digest must have\n\
         been public before the seed was.\n",
        sample.len(),
        design.rule,
        design.seed,
        design.frame_sha256,
        arguments.out.display(),
        arguments.design.display()
    )
}
