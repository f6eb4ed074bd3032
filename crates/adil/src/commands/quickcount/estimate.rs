//! `adil quickcount estimate`.

use std::fmt::Write as _;
use std::process::ExitCode;

use adil_check::{Estimated, IntervalBy, QuickCountEstimate, Settings, Uncertainty};
use adil_finding::{Finding, Report, Verdict};
use adil_open::{Limits, OpenedRecord, ReportsFile, add_options, open_quick_count, open_record};
use adil_record::{Contest, PublishedFigure, Quantity, QuickCount, Reports, SampleCount};
use adil_report::{Language, Texts};

use super::Estimate;
use super::words::{percent, stratum, table};
use crate::failure::Failure;
use crate::screen;

/// The check that says what is printed.
const CHECK: &str = "quick-count/estimate";
/// Strata with missing stations that are listed.
const LISTED: usize = 20;
/// Running estimates are shown at every one of so many equal parts of the sample.
const STEPS: usize = 20;

/// Reads the reports, estimates, and prints a table or the check's findings as JSON.
pub(super) fn run(arguments: &Estimate) -> Result<ExitCode, Failure> {
    let limits = Limits::default();
    let how = ReportsFile { options: &arguments.option, ..ReportsFile::default() };
    let (mut count, inputs) = open_quick_count(arguments.design.as_deref(), &arguments.results, &how, &limits)?;
    let mut opened = match &arguments.official {
        Some(path) => open_record(std::slice::from_ref(path), &limits, &())?,
        None => OpenedRecord::default(),
    };
    let contests = &mut opened.record.contests;
    let with_result = |contest: &Contest| contest.latest_table().is_some() || has_figures(contest);
    let with_table = contests.iter().position(with_result);
    if arguments.official.is_some() && with_table.is_none() {
        return Err(Failure::QuickCount(
            "--official: the record has neither a table of stations nor figures of the organisers".to_owned(),
        ));
    }
    let title = "Quick count".to_owned();
    let mut contest = match with_table {
        Some(at) => contests.swap_remove(at),
        None => Contest { id: "quick-count".to_owned(), title: title.clone(), ..Contest::default() },
    };
    add_options(&mut contest, count.reports_mut());
    // What the table said of a quick count by itself is for `adil check`.
    contest.quick_counts = vec![(arguments.results.display().to_string(), count)];
    opened.record.contests = vec![contest];
    opened.record.inputs.extend(inputs);
    let settings = Settings {
        seed: arguments.seed,
        quick_count_level: arguments.level,
        quick_count_bootstrap: arguments.bootstrap,
        ..Settings::default()
    };
    let check = adil_check::find(CHECK).into_iter().collect::<Vec<_>>();
    let (findings, coverage) = adil_check::run(&opened.record, &[], &check, &settings)?;
    let record = opened.record;
    if arguments.json {
        let title = if record.title.is_empty() { title } else { record.title };
        let (date, inputs) = (record.date, record.inputs);
        let passed_over = opened.set_aside;
        let report = Report {
            title,
            date,
            inputs,
            passed_over,
            coverage,
            findings,
            questions: Vec::new(),
            seed: arguments.seed,
        };
        screen::print(&adil_report::json(&report))?;
        return Ok(ExitCode::SUCCESS);
    }
    let count = record.contests.first().and_then(|contest| contest.quick_counts.first());
    let text = match count.map(|(_, count)| count) {
        Some(QuickCount::Sample(sample)) if arguments.by_time => by_time(sample, &settings),
        Some(QuickCount::Sample(sample)) => of_sample(sample, &settings) + &compared(&findings),
        _ => said(&findings),
    };
    screen::print_cleaned(&text)?;
    Ok(ExitCode::SUCCESS)
}

/// Whether the organisers published votes or shares of the whole.
fn has_figures(contest: &Contest) -> bool {
    let is_result = |figure: &PublishedFigure| matches!(figure.what, Quantity::Votes(_) | Quantity::Share(_));
    let official = contest.releases.iter().filter(|release| release.is_official());
    official.flat_map(|release| &release.figures).any(|figure| figure.area.is_none() && is_result(figure))
}

fn interval_by(settings: &Settings) -> IntervalBy {
    let bootstrap = settings.quick_count_bootstrap.then_some((settings.bootstrap_draws, settings.seed));
    IntervalBy { level: settings.quick_count_level, bootstrap }
}

fn of_sample(count: &SampleCount, settings: &Settings) -> String {
    let estimate = QuickCountEstimate::of(count, interval_by(settings));
    let (drawn, reported) = estimate.reported();
    let mut text = format!(
        "{reported} of {drawn} drawn stations have reported; {} stations in {} strata make up the frame. The sample was drawn again\n\
         from the design and is what it says.\n",
        count.frame.stations.len(),
        count.sample.len()
    );
    if count.not_drawn > 0 {
        let _ = writeln!(text, "{} reports are from stations that were not drawn, and are left out.", count.not_drawn);
    }
    text.push('\n');
    text.push_str(&estimates(&estimate, &count.reports, settings.quick_count_level));
    if reported < drawn {
        text.push_str(
            "\nThe interval holds whatever the missing stations have: each from no vote for the option to a whole register for it.\n",
        );
        let missing = estimate.strata.iter().filter(|stratum| stratum.reported < stratum.stations);
        let mut rows = vec![["stratum", "drawn", "missing"].map(str::to_owned).to_vec()];
        let row = |of: &adil_check::StratumReported| {
            vec![stratum(&of.name).to_owned(), of.stations.to_string(), (of.stations - of.reported).to_string()]
        };
        rows.extend(missing.clone().take(LISTED).map(row));
        let _ = write!(text, "\n{}", table(&rows));
        let more = missing.count().saturating_sub(LISTED);
        if more > 0 {
            let _ = writeln!(text, "and {more} more strata");
        }
    }
    let collapsed = estimate.shares.first().and_then(Estimated::margin).map_or(0, |margin| margin.fit.collapsed.len());
    if collapsed > 0 {
        let _ = writeln!(
            text,
            "\n{collapsed} strata have one unit in the sample: their variance is taken together with a neighbour's, which makes the\n\
             interval longer rather than shorter."
        );
    }
    text
}

fn estimates(estimate: &QuickCountEstimate, reports: &Reports, level: f64) -> String {
    let level = format!("{:.4}", 100.0 * level);
    let head = ["", "estimate", &format!("{} % interval", level.trim_end_matches('0').trim_end_matches('.')), "deff"];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    let shares = reports.names.iter().map(String::as_str).zip(&estimate.shares);
    for (name, estimated) in shares.chain(estimate.turnout.iter().map(|turnout| ("turnout", turnout))) {
        let deff = estimated.margin().and_then(|margin| margin.fit.design_effect());
        let deff = deff.map_or(String::new(), |deff| format!("{deff:.1}"));
        rows.push(vec![name.to_owned(), ratio(estimated), interval(estimated), deff]);
        if let Uncertainty::Partial { by_chance: Some(margin), .. } = &estimated.uncertainty {
            let (low, high) = margin.interval;
            let shown = format!("{} to {}", percent(low), percent(high));
            rows.push(vec!["  as if missing by chance".to_owned(), String::new(), shown, String::new()]);
        }
    }
    table(&rows)
}

fn ratio(estimated: &Estimated) -> String {
    estimated.ratio.map_or_else(|| "unknown".to_owned(), percent)
}

fn interval(estimated: &Estimated) -> String {
    match estimated.interval() {
        Some((low, high)) => format!("{} to {}", percent(low), percent(high)),
        None => "none".to_owned(),
    }
}

/// Estimates as they stood at equal steps of the sample, in the order in which reports arrived.
fn by_time(count: &SampleCount, settings: &Settings) -> String {
    let reports = &count.reports.stations;
    let mut order: Vec<usize> = (0..reports.len()).collect();
    // Those without a time come last: nobody can tell that they were there.
    order.sort_by_key(|&at| (reports[at].time.is_none(), reports[at].time.as_deref(), at));
    let mut place = vec![0; order.len()];
    order.iter().enumerate().for_each(|(rank, &at)| place[at] = rank);
    let mut rows = vec![["by", "reported"].map(str::to_owned).to_vec()];
    for name in &count.reports.names {
        rows[0].extend([name.clone(), "interval".to_owned()]);
    }
    let drawn = count.drawn();
    let mut ends: Vec<usize> = (1..=STEPS).map(|step| (drawn * step).div_ceil(STEPS).min(reports.len())).collect();
    ends.dedup();
    for end in ends.into_iter().filter(|&end| end > 0) {
        let part = count.as_of(|report| place[report] < end);
        let estimate = QuickCountEstimate::of(&part, interval_by(settings));
        let last = reports[order[end - 1]].time.clone().unwrap_or_else(|| "no time".to_owned());
        let mut row = vec![last, format!("{end} of {drawn}")];
        row.extend(estimate.shares.iter().flat_map(|estimated| [ratio(estimated), interval(estimated)]));
        rows.push(row);
    }
    format!(
        "{}\nStations that report early are no sample of the sample: until all are in, the interval runs from the lowest to the\n\
         highest estimate that the missing ones allow, with the sample's own margin beyond.\n",
        table(&rows)
    )
}

/// What the official result is beside the sample: the findings that have compared something.
fn compared(findings: &[Finding]) -> String {
    let texts = Texts::new(Language::En);
    let is_compared = |finding: &&Finding| ["official", "compared"].iter().any(|name| finding.value(name).is_some());
    let mut text = String::new();
    for finding in findings.iter().filter(is_compared) {
        let _ = write!(text, "\n{}: {}\n", verdict(finding.verdict), texts.format(&finding.statement));
        for evidence in &finding.evidence {
            let _ = writeln!(text, "  {}", texts.format(&evidence.statement));
        }
    }
    text
}

/// What the check says, sentence by sentence.
fn said(findings: &[Finding]) -> String {
    let texts = Texts::new(Language::En);
    let mut text = String::new();
    for finding in findings {
        let _ = writeln!(text, "{}", texts.format(&finding.statement));
        for evidence in &finding.evidence {
            let _ = writeln!(text, "  {}", texts.format(&evidence.statement));
        }
    }
    text
}

fn verdict(verdict: Verdict) -> &'static str {
    verdict.id()
}
