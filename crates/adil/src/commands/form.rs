//! `adil form`: what a form asks, forms from XLSForm to plain text and back, answers without anybody in them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use adil_open::{Limits, open_form, open_record, written_workbook};
use adil_record::xlsform::{self, XlsForm};
use adil_record::{FormItem, ItemKind, write_answers};
use clap::{Args, Subcommand};

use crate::failure::Failure;
use crate::{output, screen};

/// Arguments of `adil form`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  adil form read opening.xlsx                          what it asks, and what is passed over and why
  adil form write docs/forms/opening.toml -o opening.xlsx    for ODK Central, KoboToolbox, or paper
  adil form write opening.xlsx -o opening.toml         back to plain text
  adil form answers election.toml -o answers           answers without observers, one table a form

docs/observers.md says how a form is written, collected and checked.")]
pub(crate) struct FormCommand {
    #[command(subcommand)]
    step: Step,
}

#[derive(Debug, Subcommand)]
enum Step {
    /// Print what is recognised in a form: questions, choices, blanks, and what is passed over
    Read {
        /// The form: .toml, or an XLSForm as .xlsx, .xls or .csv
        #[arg(value_name = "FORM")]
        form: PathBuf,
    },
    /// Write a form as XLSForm or as plain text
    Write {
        /// The form: .toml, or an XLSForm as .xlsx, .xls or .csv
        #[arg(value_name = "FORM")]
        form: PathBuf,
        /// Where to write it: .xlsx, .csv or .toml says how
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
        /// Replace a file that is already there
        #[arg(long)]
        force: bool,
    },
    /// Write the answers that an election.toml names, without observers, one table a form
    Answers {
        /// A folder with an election.toml, or the file
        #[arg(value_name = "PATH")]
        record: PathBuf,
        /// The folder to write into
        #[arg(short, long, value_name = "FOLDER")]
        output: PathBuf,
        /// Replace files that are already there
        #[arg(long)]
        force: bool,
    },
}

/// Runs a step.
pub(crate) fn run(command: &FormCommand) -> Result<ExitCode, Failure> {
    match &command.step {
        Step::Read { form } => {
            let (found, file) = open_form(form, &Limits::default())?;
            screen::print_cleaned(&told(&file.path, &found))?;
        }
        Step::Write { form, output, force } => write(form, output, *force)?,
        Step::Answers { record, output, force } => answers(record, output, *force)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn write(form: &Path, file: &Path, force: bool) -> Result<(), Failure> {
    let (found, input) = open_form(form, &Limits::default())?;
    free(file, force)?;
    output::replaces_none(file, [form])?;
    let cannot = |fault: String| Failure::Form(format!("{}: {fault}", input.path));
    let sheets = || xlsform::write(&found.form).map_err(|error| cannot(error.to_string()));
    let ending = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let bytes = match ending.as_str() {
        "toml" => found.form.print().into_bytes(),
        "csv" => xlsform::flat(&sheets()?).into_bytes(),
        "xlsx" => written_workbook(&sheets()?).map_err(cannot)?,
        _ => {
            let fault = "--output: a form is written as .xlsx, .csv or .toml; give the file one of these endings";
            return Err(Failure::Form(fault.to_owned()));
        }
    };
    output::write_bytes(file, &bytes)?;
    let mut text = format!("Written: {} ({} questions)\n", file.display(), found.form.items.len());
    passed_over(&mut text, &found);
    screen::print_cleaned(&text)
}

fn free(file: &Path, force: bool) -> Result<(), Failure> {
    if file.exists() && !force {
        return Err(Failure::Exists { file: file.display().to_string() });
    }
    output::may_be_written(file)
}

fn answers(record: &Path, folder: &Path, force: bool) -> Result<(), Failure> {
    let opened = open_record(&[record.to_path_buf()], &Limits::default(), &())?;
    let books = opened.record.observers.iter().map(|observers| &observers.book);
    let tables: Vec<_> = books.flat_map(|book| book.forms.iter().map(move |table| (book, table))).collect();
    if tables.is_empty() {
        return Err(Failure::Form(format!("{}: names no form of observers with answers", record.display())));
    }
    let cannot =
        |error: std::io::Error| Failure::CannotWrite { file: folder.display().to_string(), cause: error.to_string() };
    std::fs::create_dir_all(folder).map_err(cannot)?;
    let (mut text, mut names) = (String::new(), BTreeSet::new());
    for (book, table) in tables {
        let fits = |letter: char| if letter.is_alphanumeric() || matches!(letter, '-' | '_') { letter } else { '_' };
        let stem: String = table.form.id.chars().map(fits).take(80).collect();
        let mut tries =
            (1..).map(|number| if number == 1 { format!("{stem}.csv") } else { format!("{stem}-{number}.csv") });
        let Some(name) = tries.find(|name| names.insert(name.clone())) else { continue };
        let file = folder.join(name);
        free(&file, force)?;
        let station = |number: u32| book.stations.get(number as usize).map_or("", String::as_str);
        output::write(&file, &write_answers(table, station))?;
        let of_words = table.form.items.iter().filter(|item| item.kind == ItemKind::Text).count();
        let _ = writeln!(
            text,
            "{}: {} visits, {} of them replaced by a later one; no observers, and none of {of_words} questions answered in words",
            file.display(),
            table.visits.len(),
            table.visits.iter().filter(|visit| visit.replaced_by.is_some()).count(),
        );
        let left = [
            (table.quarantine.rows(), "rows were set aside for breaking a rule"),
            (table.rejected, "rows had been rejected by those who collected them"),
            (table.repeated, "rows repeated one before them"),
        ];
        for (count, what) in left.iter().filter(|(count, _)| *count > 0) {
            let _ = writeln!(text, "  not in it: {count} {what}");
        }
    }
    screen::print_cleaned(&text)
}

fn told(file: &str, found: &XlsForm) -> String {
    let form = &found.form;
    let stage = form.stage.map_or("no stage", |stage| stage.word());
    let version = if form.version.is_empty() { "no version".to_owned() } else { format!("version {}", form.version) };
    let mut text = format!("{file}: the form {:?} ({}), {version}, {stage}\n", form.id, form.title);
    if !found.languages.is_empty() {
        let _ = writeln!(text, "languages: {}", found.languages.join(", "));
    }
    if !found.fields.is_empty() {
        let _ = writeln!(text, "fields of a visit that it asks for: {}", found.fields.join(", "));
    }
    let _ = writeln!(text, "\n{} questions:", form.items.len());
    let widest = form.items.iter().map(|item| item.id.chars().count()).max().unwrap_or(0).min(30);
    form.items.iter().for_each(|item| question(&mut text, item, widest));
    text.push_str(
        "\nEvery question can also be blank: not-asked (an empty cell), not-observed, not-applicable or refused.\n",
    );
    passed_over(&mut text, found);
    text
}

fn question(text: &mut String, item: &FormItem, widest: usize) {
    let choices = |kind: &str, choices: &[String]| format!("{kind} of {}: {}", choices.len(), choices.join(", "));
    let kind = match &item.kind {
        ItemKind::OneOf(words) => choices("one", words),
        ItemKind::SeveralOf(words) => choices("any", words),
        ItemKind::Count => "a whole number".to_owned(),
        ItemKind::Clock => "a time of the day".to_owned(),
        ItemKind::Text => "words, which are never kept".to_owned(),
    };
    let _ = write!(text, "  {:<widest$}  {kind}", item.id);
    let in_order: Vec<&str> =
        item.in_order.iter().filter_map(|&at| item.kind.choices().get(at)).map(String::as_str).collect();
    if !in_order.is_empty() {
        let _ = write!(text, "; in order: {}", in_order.join(", "));
    }
    if let Some(code) = item.code {
        let _ = write!(text, "; otherwise {}", code.word());
    }
    if let Some(relevant) = &item.relevant {
        let _ = write!(text, "; asked if {relevant}");
    }
    text.push('\n');
}

fn passed_over(text: &mut String, found: &XlsForm) {
    if !found.passed_over.is_empty() {
        text.push_str("\nRows of the sheet survey that become no question:\n");
    }
    for row in &found.passed_over {
        let _ = writeln!(text, "  row {} ({} {}): {}", row.row, row.kind, row.name, row.why);
    }
    if !found.unread.is_empty() {
        let _ = writeln!(text, "\nColumns that are not read: {}", found.unread.join(", "));
    }
}
