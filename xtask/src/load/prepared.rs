//! An election that is open, and ballots for it.

use std::path::Path;

use adil_server::sample::{self, Sample};
use adil_server::{App, Config, MailRoute};

use super::Options;

/// The election of the measurement: one question of three answers.
const PLAN: &str = "title = \"Load\"\n\n[[question]]\ntitle = \"Which?\"\nanswers = [\"A\", \"B\", \"C\"]\n\
                    kind = \"choices\"\nmin = 0\nmax = 1\n";

/// What is sent to the server.
pub(super) struct Prepared {
    pub(super) uuid: String,
    pub(super) ballots: Vec<String>,
    pub(super) database: Option<String>,
}

impl Prepared {
    pub(super) fn new(folder: &Path, options: &Options) -> Result<Self, String> {
        let runtime = tokio::runtime::Runtime::new().map_err(|error| error.to_string())?;
        runtime.block_on(prepare(folder, options)).map_err(|error| error.to_string())
    }
}

async fn prepare(folder: &Path, options: &Options) -> Result<Prepared, Box<dyn std::error::Error>> {
    let database = match &options.postgres {
        Some(url) => Some(new_database(url).await?),
        None => None,
    };
    let app = App::open(config(folder, database.clone())).await?;
    let organiser = sample::organiser(&app).await?;
    let held = Sample::open(&app, organiser, "Load", PLAN, options.voters as u64).await?;
    let codes = held.codes(&app, options.voters as u64).await?;
    let choices = ["1=A", "1=B", "1=C"];
    let votes: Vec<(&str, Vec<&str>)> = (0..options.ballots)
        .map(|number| (codes[number % codes.len()].as_str(), vec![choices[number % choices.len()]]))
        .collect();
    let polls = app.polls(&held.uuid).await?;
    let ballots = sample::ballots(polls.as_ref(), PLAN, &votes)?;
    Ok(Prepared { uuid: held.uuid, ballots, database })
}

fn config(data: &Path, database: Option<String>) -> Config {
    Config { data: data.to_owned(), database, mail: MailRoute::Files, ..Config::default() }
}

/// A new database in the server of that URL.
async fn new_database(url: &str) -> Result<String, sqlx::Error> {
    use sqlx::Connection as _;
    sqlx::any::install_default_drivers();
    let mut connection = sqlx::AnyConnection::connect(url).await?;
    let name = format!("adil_load_{}", std::process::id());
    for text in [format!("DROP DATABASE IF EXISTS {name}"), format!("CREATE DATABASE {name}")] {
        sqlx::query(sqlx::AssertSqlSafe(text)).execute(&mut connection).await?;
    }
    let server = url.rsplit_once('/').map_or(url, |(server, _)| server);
    Ok(format!("{server}/{name}"))
}
