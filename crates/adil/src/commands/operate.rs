//! `adil backup`, `adil restore`, `adil doctor`, `adil account`: what operators of a server do besides serving.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use adil_server::operate::{self, BackupDone, Examination, Health};
use adil_server::{App, Config, MailRoute, OidcSettings, ServerError};
use clap::Args;

use crate::failure::Failure;
use crate::screen;

/// Arguments of `adil backup`.
#[derive(Debug, Args)]
#[command(after_help = "The file holds the server's secret: keep it where nobody else can read it.")]
pub(crate) struct Backup {
    /// The data folder of `adil serve`, which may go on serving
    #[arg(value_name = "DATA")]
    pub(crate) data: PathBuf,
    /// The file to write
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The database is a PostgreSQL one: back up the secret alone
    #[arg(long, value_name = "URL", env = "ADIL_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
}

/// Arguments of `adil restore`.
#[derive(Debug, Args)]
pub(crate) struct Restore {
    /// The backup
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// A data folder that has nothing in it yet
    #[arg(value_name = "DATA")]
    pub(crate) data: PathBuf,
}

/// Where a server's data are.
#[derive(Debug, Args)]
pub(crate) struct Where {
    /// The folder of the server's secret and the embedded database
    #[arg(long, value_name = "FOLDER", default_value = "adil-data")]
    pub(crate) data: PathBuf,
    /// A PostgreSQL database, in place of the embedded one
    #[arg(long, value_name = "URL", env = "ADIL_DATABASE", hide_env_values = true)]
    pub(crate) database: Option<String>,
    /// The address that people use
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    pub(crate) base_url: String,
}

/// Arguments of `adil doctor`.
#[derive(Debug, Args)]
#[command(
    after_help = "Exit status: 0 nothing fails (there may be warnings); 1 something does; 2 the call could not be used."
)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) place: Where,
    /// Look at this election too: its checklist, its log, its mail
    #[arg(long, value_name = "UUID")]
    pub(crate) election: Option<String>,
    /// The mail server, as `adil serve` has it
    #[arg(long, value_name = "URL", env = "ADIL_SMTP", hide_env_values = true)]
    pub(crate) smtp: Option<String>,
    /// The sender of mail
    #[arg(long, value_name = "ADDRESS", default_value = "adil <adil@localhost>")]
    pub(crate) mail_from: String,
    /// The file of the OpenID provider, as `adil serve` has it
    #[arg(long, value_name = "FILE")]
    pub(crate) oidc: Option<PathBuf>,
    /// Send a test letter to this address
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) to: Option<String>,
}

/// Arguments of `adil account`.
#[derive(Debug, Args)]
#[command(
    after_help = "Where there is an account for the address, its second factor, its password and its connection with an OpenID \
                  provider are taken off, and its sessions end."
)]
pub(crate) struct Account {
    /// The mail address
    #[arg(value_name = "ADDRESS")]
    pub(crate) email: String,
    #[command(flatten)]
    pub(crate) place: Where,
}

impl Where {
    fn config(&self) -> Config {
        Config {
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            base_url: self.base_url.trim_end_matches('/').to_owned(),
            data: self.data.clone(),
            database: self.database.clone(),
            mail: MailRoute::Files,
            mail_from: "adil <adil@localhost>".to_owned(),
            open_registration: false,
            oidc: None,
            is_demo: false,
            proxies: 0,
            policy: None,
            metrics: None,
        }
    }
}

fn wait<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Serve(error.to_string()))?;
    Ok(runtime.block_on(future))
}

fn failed(error: ServerError) -> Failure {
    Failure::Serve(error.to_string())
}

fn print(text: &str) {
    let _ = screen::print_cleaned(text);
}

fn parts(done: &BackupDone) -> String {
    done.parts.iter().map(|(name, bytes)| format!("  {name}: {bytes} bytes\n")).collect()
}

/// Backs up.
pub(crate) fn back_up(backup: &Backup) -> Result<ExitCode, Failure> {
    let is_elsewhere = backup.database.is_some();
    let done = wait(operate::back_up(&backup.data, is_elsewhere, &backup.file))?.map_err(failed)?;
    let mut text = format!("{}\n{}", backup.file.display(), parts(&done));
    text += "It holds the server's secret: keep it where nobody else can read it.\n";
    if done.without_database {
        text += "The database is not in it. Back it up right after this with its own program, e.g.\n  \
                 pg_dump --format=custom --file=adil.dump DATABASE\n";
    }
    print(&text);
    Ok(ExitCode::SUCCESS)
}

/// Restores.
pub(crate) fn restore(restore: &Restore) -> Result<ExitCode, Failure> {
    let done = wait(operate::restore(&restore.file, &restore.data))?.map_err(failed)?;
    let mut text = format!("restored into {}\n{}", restore.data.display(), parts(&done));
    if done.without_database {
        text += "The database was not in it. Restore it with its own program, e.g.\n  \
                 pg_restore --dbname=DATABASE adil.dump\n";
    }
    text += "Ballots that were accepted after the backup are not in it. Compare with a checkpoint from afterwards\n\
             (`adil log compare`) before voting goes on.\n";
    print(&text);
    Ok(ExitCode::SUCCESS)
}

/// Examines.
pub(crate) fn examine(doctor: &Doctor) -> Result<ExitCode, Failure> {
    let config = Config {
        mail: doctor.smtp.as_deref().map_or(MailRoute::Files, MailRoute::of),
        mail_from: doctor.mail_from.clone(),
        oidc: doctor.oidc.as_deref().map(OidcSettings::read).transpose().map_err(failed)?,
        ..doctor.place.config()
    };
    let examination = Examination { election: doctor.election.clone(), mail_to: doctor.to.clone() };
    let findings = wait(examination.run(config))?;
    let mut text = String::new();
    for finding in &findings {
        let health = match finding.health {
            Health::Ok => "ok",
            Health::Warn => "warn",
            Health::Fail => "fail",
        };
        text += &format!("{health:<5} {}: {}\n", finding.subject, finding.text);
    }
    print(&text);
    let fails = findings.iter().any(|finding| finding.health == Health::Fail);
    Ok(if fails { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Prints a link for an organiser.
pub(crate) fn account(account: &Account) -> Result<ExitCode, Failure> {
    let config = account.place.config();
    if !config.data.join("secret").exists() {
        return Err(Failure::Serve(format!("{}: is no data folder of a server", config.data.display())));
    }
    let link = wait(async { App::open(config).await?.operator_link(&account.email).await })?.map_err(failed)?;
    print(&format!("This link signs in once, within 24 hours. Give it to nobody else:\n{link}\n"));
    Ok(ExitCode::SUCCESS)
}
