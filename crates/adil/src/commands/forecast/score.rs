//! `adil forecast score`: the check `forecasts/score` with all its rows, and a table of them.

use std::fmt::Write as _;
use std::path::Path;

use adil_check::Settings;
use adil_finding::{Evidence, Finding, Message, Report, Value};
use adil_open::{Limits, OpenedRecord, open_forecasts, open_record};
use adil_record::DescribedForecasts;
use adil_report::{MethodPage, Texts};

use super::arguments::Score;
use crate::failure::Failure;
use crate::hold::HoldFailure;
use crate::{output, screen};

const CHECK: &str = "forecasts/score";

/// Scores the forecasts, and writes what was asked for.
pub(super) fn run(arguments: &Score) -> Result<(), Failure> {
    arguments.html.as_deref().map_or(Ok(()), output::may_be_written)?;
    let OpenedRecord { mut record, set_aside: passed_over, .. } =
        open_record(std::slice::from_ref(&arguments.result), &Limits::default(), &())?;
    if let (Some(file), Some(close)) = (&arguments.forecasts, &arguments.close) {
        let names: Vec<String> = record.contests.iter().map(|contest| contest.id.clone()).collect();
        for contest in &mut record.contests {
            let described = described(file, close, arguments);
            let (mut forecasts, input) =
                open_forecasts(file, &described, contest, &names, "--close", &Limits::default())?;
            // The election before stays as it is described.
            forecasts.previous = contest.forecasts.take().and_then(|known| known.previous);
            // Lines of no contest at all are told of once, with the first.
            let is_of_it =
                !forecasts.book.commitments.is_empty() || record.inputs.iter().all(|known| known.path != input.path);
            if is_of_it {
                contest.forecasts = Some(forecasts);
            }
            if record.inputs.iter().all(|known| known.path != input.path) {
                record.inputs.push(input);
            }
        }
    }
    if record.contests.iter().all(|contest| contest.forecasts.is_none()) {
        let what = "describes no forecasts; name them with --forecasts and --close";
        return Err(HoldFailure::file(&arguments.result, what).into());
    }
    let checks: Vec<_> = adil_check::find(CHECK).into_iter().collect();
    // Every row: that is what the command is for.
    let settings = Settings { listed: usize::MAX, ..Settings::default() };
    let (findings, _) = adil_check::run(&record, &[], &checks, &settings)?;
    let (title, date, inputs) = (record.title, record.date, record.inputs);
    let report = Report {
        title,
        date,
        inputs,
        passed_over,
        coverage: Vec::new(),
        findings,
        questions: Vec::new(),
        seed: settings.seed,
    };
    let texts = Texts::new(arguments.lang.into());
    if arguments.json {
        screen::print(&adil_report::json(&report))?;
    } else {
        screen::print(&adil_report::terminal(&report, &texts, &screen::options()))?;
        report.findings.iter().try_for_each(|finding| screen::print_cleaned(&told(finding, &texts)))?;
    }
    if let Some(file) = &arguments.html {
        output::replaces_none(file, report.inputs.iter().map(|input| Path::new(&input.path)))?;
        let pages: Vec<MethodPage> =
            checks.iter().map(|check| MethodPage { check: check.id(), markdown: check.page().markdown() }).collect();
        output::write(file, &adil_report::html(&report, &texts, &pages))?;
    }
    Ok(())
}

fn described(file: &Path, close: &str, arguments: &Score) -> DescribedForecasts {
    let (file, close) = (file.display().to_string(), close.to_owned());
    DescribedForecasts { file, close, reveal_by: arguments.reveal_by.clone(), previous: None }
}

/// What a finding says beyond its line on the screen: its evidence, the forecasters' table, what may not be concluded, and the digest that
/// can be compared with one that was published at the close.
fn told(finding: &Finding, texts: &Texts) -> String {
    let mut text = rows(finding, texts) + "\n";
    for caveat in &finding.caveats {
        let _ = writeln!(text, "{}", texts.format(caveat));
    }
    if let Some(Value::Text(digest)) = finding.value("forecast_commitments_digest") {
        let _ = writeln!(text, "\nforecast_commitments_digest: {digest}");
    }
    text
}

/// A table of the forecasters, and everything else as it is said.
fn rows(finding: &Finding, texts: &Texts) -> String {
    const COLUMNS: [(&str, &str); 6] = [
        ("log", "forecast-column-log"),
        ("brier", "forecast-column-brier"),
        ("crps", "forecast-column-shares"),
        ("energy", "forecast-column-energy"),
        ("turnout_crps", "forecast-column-turnout"),
        ("log_over_time", "forecast-column-time"),
    ];
    let (of_forecasters, others): (Vec<&Evidence>, Vec<&Evidence>) =
        finding.evidence.iter().partition(|evidence| text_value(evidence, "forecaster").is_some());
    let mut text = String::from("\n");
    for evidence in others {
        let _ = writeln!(text, "{}", texts.format(&evidence.statement));
    }
    if of_forecasters.is_empty() {
        return text;
    }
    let names = of_forecasters.iter().filter_map(|evidence| text_value(evidence, "forecaster"));
    let width = names.map(|name| name.chars().count()).max().unwrap_or(0).max(10);
    let titles = COLUMNS.map(|(name, title)| (name, texts.format(&Message::new(title))));
    // A number has nine characters with its sign; a longer heading widens its column.
    let titles = titles.map(|(name, title)| (name, title.chars().count().max(9), title));
    let _ = write!(text, "\n{:width$}", "");
    for (_, wide, title) in &titles {
        let _ = write!(text, " {title:>wide$}");
    }
    text.push('\n');
    for evidence in of_forecasters {
        let _ = write!(text, "{:width$}", text_value(evidence, "forecaster").unwrap_or_default());
        for (name, wide, _) in &titles {
            let value = evidence.values.iter().find_map(|(known, value)| match value {
                Value::Real(number) if known == name => Some(format!("{number:.4}")),
                _ => None,
            });
            let _ = write!(text, " {:>wide$}", value.unwrap_or_else(|| "-".to_owned()));
        }
        text.push('\n');
    }
    text
}

fn text_value<'a>(evidence: &'a Evidence, name: &str) -> Option<&'a str> {
    evidence.values.iter().find_map(|(known, value)| match value {
        Value::Text(text) if *known == name => Some(text.as_str()),
        _ => None,
    })
}
