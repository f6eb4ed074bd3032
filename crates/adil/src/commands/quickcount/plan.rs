//! `adil quickcount plan`.

use std::fmt::Write as _;
use std::process::ExitCode;

use adil_check::{PlanFrom, QuickCountPlan};
use adil_finding::sheet_text as cell;
use adil_open::{Limits, ReportsFile, open_frame, open_quick_count};
use adil_record::Frame;

use super::Plan;
use super::words::{points, stratum, table};
use crate::failure::Failure;
use crate::{output, screen};

/// Strata listed on the terminal.
const LISTED: usize = 40;

/// Works out the sizes, prints them and writes them where a file is named.
pub(super) fn run(arguments: &Plan) -> Result<ExitCode, Failure> {
    let limits = Limits::default();
    let columns = arguments.frame.columns();
    let (frame, _) = open_frame(&arguments.frame.frame, &columns, &limits)?;
    let earlier = match &arguments.earlier {
        Some(path) => {
            // What the frame calls a stratum, a cluster or a register is no option of an earlier table either.
            let others =
                [&columns.stratum, &columns.cluster, &columns.register].into_iter().flatten().cloned().collect();
            let how = ReportsFile { station: Some(columns.station.clone()), options: &arguments.option, others };
            Some(open_quick_count(None, path, &how, &limits)?.0)
        }
        None => None,
    };
    let from = match &earlier {
        Some(count) => PlanFrom::Earlier(count.reports()),
        None => {
            let Plan { share, votes, design_effect, .. } = *arguments;
            PlanFrom::Assumed { share, votes, design_effect }
        }
    };
    let plan = QuickCountPlan::of(&frame, from, arguments.allocation.into(), arguments.margin, arguments.level);
    let none = "--earlier: its results share fewer than two stations with the frame, or have no votes";
    let plan = plan.ok_or_else(|| Failure::QuickCount(none.to_owned()))?;
    if let Some(out) = &arguments.out {
        output::may_be_written(out)?;
        output::replaces_none(out, [arguments.frame.frame.as_path()])?;
        output::write(out, &sizes(&frame, &plan))?;
    }
    screen::print_cleaned(&told(arguments, &frame, &plan, earlier.as_ref().map(|count| &count.reports().names)))?;
    Ok(ExitCode::SUCCESS)
}

/// The file of sizes.
fn sizes(frame: &Frame, plan: &QuickCountPlan) -> String {
    let mut text = "stratum,units,drawn\n".to_owned();
    for (at, name) in frame.strata.iter().enumerate() {
        let _ = writeln!(text, "{},{},{}", cell(name), frame.units(at).len(), plan.planned.sizes[at]);
    }
    text
}

fn told(arguments: &Plan, frame: &Frame, plan: &QuickCountPlan, names: Option<&Vec<String>>) -> String {
    let what = if arguments.frame.clusters.is_some() { "clusters" } else { "stations" };
    let drawn: u64 = plan.planned.sizes.iter().sum();
    let units: usize = (0..frame.strata.len()).map(|at| frame.units(at).len()).sum();
    let mut text = format!(
        "Draw {drawn} of {units} {what} in {} strata: a margin of {} at the level {} is to be expected.\n",
        frame.strata.len(),
        points(plan.planned.margin),
        arguments.level
    );
    match (plan.option, names) {
        (Some(option), Some(names)) => {
            let _ = writeln!(
                text,
                "From earlier results at {} of them; {} differs most between them and decides.",
                plan.known, names[option]
            );
        }
        _ => {
            let _ = writeln!(
                text,
                "Assumed: a share of {}, {} votes at a station, a design effect of {}. Earlier results (--earlier) say it better.",
                arguments.share, arguments.votes, arguments.design_effect
            );
        }
    }
    text.push_str(
        "It counts on every station reporting; the margin holds for one share, not for all of them together.\n\n",
    );
    let mut rows = vec![vec!["stratum".to_owned(), what.to_owned(), "draw".to_owned()]];
    for (at, name) in frame.strata.iter().enumerate().take(LISTED) {
        let units = frame.units(at).len().to_string();
        rows.push(vec![stratum(name).to_owned(), units, plan.planned.sizes[at].to_string()]);
    }
    text.push_str(&table(&rows));
    if frame.strata.len() > LISTED {
        let _ = writeln!(text, "and {} more", frame.strata.len() - LISTED);
    }
    if let Some(out) = &arguments.out {
        let _ = writeln!(text, "\nWritten: {}", out.display());
    }
    text
}
