//! `adil serve --demo`: a sample election that everybody may try in all parts: as a voter, as its organiser, as its trustee.
//! The codes, the trustee's link and the trustee's key stand on a page, so that nothing in it is secret.

use adil_election::sealed;
use zeroize::Zeroizing;

use crate::sample::{self, Sample};
use crate::service::Stage;
use crate::{App, ServerError, system};

/// The voters of the sample election.
pub(crate) const VOTERS: u64 = 7;
/// What opens the trustee's key file.
pub(crate) const PASSPHRASE: &str = "seven sample voters";

/// Questions of three kinds, in the three languages at once: all voters read the same text.
pub const PLAN: &str = r#"
title = "Sample election / Пример выборов / Үлгі сайлау"
description = "An election to try. / Пример, на котором всё можно попробовать. / Бәрін байқап көруге арналған үлгі."
languages = ["en", "ru", "kk"]

[[question]]
title = "Where do we meet? / Где встречаемся? / Қайда кездесеміз?"
answers = ["In the park / В парке / Саябақта", "At the library / В библиотеке / Кітапханада", "At the theatre / В театре / Театрда"]
kind = "choices"
min = 1
max = 1
blank = true
count = "plurality"

[[question]]
title = "What do we need? Up to two answers. / Что нужно? Не больше двух ответов. / Не керек? Екі жауапқа дейін."
answers = ["Tea / Чай / Шай", "Music / Музыка / Музыка", "Games / Игры / Ойындар", "Books / Книги / Кітаптар"]
kind = "choices"
min = 0
max = 2
count = "approval"

[[question]]
title = "In which order do you prefer these days? / В каком порядке вам удобны эти дни? / Бұл күндер сізге қандай ретпен қолайлы?"
answers = ["Friday / Пятница / Жұма", "Saturday / Суббота / Сенбі", "Sunday / Воскресенье / Жексенбі"]
kind = "ranked"
count = "schulze"
"#;

/// The title of the sample to try, and of the one that is over.
const TITLES: [&str; 2] =
    ["Sample election / Пример выборов / Үлгі сайлау", "Finished sample / Завершённый пример / Аяқталған үлгі"];

/// How the voters of the finished sample have voted.
const VOTES: [[&str; 3]; VOTERS as usize] = [
    ["1=1", "2=1,3", "3=2,1,3"],
    ["1=2", "2=1", "3=1,2,3"],
    ["1=1", "2=2,4", "3=3,2,1"],
    ["1=blank", "2=1,4", "3=2,3,1"],
    ["1=3", "2=3", "3=2,1,3"],
    ["1=1", "2=1,2", "3=1,3,2"],
    ["1=2", "2=4", "3=3,1,2"],
];

/// The sample election as its page shows it.
pub(crate) struct DemoView {
    /// The identifier.
    pub(crate) uuid: String,
    /// The voting codes, of voter 1 first.
    pub(crate) codes: Vec<String>,
    /// The trustee's personal link.
    pub(crate) trustee_link: String,
    /// How far the election is.
    pub(crate) stage: Stage,
    /// A sample election that is over.
    pub(crate) finished: Option<String>,
}

/// What a trustee keeps, as her page writes it (`trustee-key/1`).
#[derive(serde::Serialize)]
struct TrusteeFile<'a> {
    adil: &'static str,
    uuid: &'a str,
    number: u64,
    private: &'a str,
    rehearsed: serde_json::Value,
}

async fn key_file(app: &App, sample: &Sample) -> Result<String, ServerError> {
    let fault = |error: String| ServerError::Fault(format!("the sample trustee's file: {error}"));
    let rehearsed = app.rehearsed_setup(&sample.uuid).await?;
    let file =
        TrusteeFile { adil: "trustee-key/1", uuid: &sample.uuid, number: 1, private: &sample.trustee, rehearsed };
    let text = Zeroizing::new(serde_json::to_string(&file).map_err(|error| fault(error.to_string()))?);
    sealed::seal(text.as_bytes(), PASSPHRASE, &mut system::random_stream()?).map_err(|error| fault(error.to_string()))
}

impl App {
    /// Holds the sample elections that are missing: one to try, and one that is over.
    ///
    /// # Errors
    /// The database fails.
    pub async fn hold_demo(&self) -> Result<(), ServerError> {
        if self.finished_demo().await?.is_none() {
            let organiser = sample::organiser(self).await?;
            let sample = Sample::open(self, organiser, TITLES[1], PLAN, VOTERS).await?;
            let codes = sample.codes(self, VOTERS).await?;
            let polls = self.polls(&sample.uuid).await?;
            let votes: Vec<(&str, Vec<&str>)> =
                codes.iter().zip(VOTES).map(|(code, vote)| (code.as_str(), vote.to_vec())).collect();
            for ballot in sample::ballots(polls.as_ref(), PLAN, &votes)? {
                self.cast(&sample.uuid, ballot.into()).await?;
            }
            sample.count(self).await?;
            self.keep_demo(&sample.uuid, "").await?;
        }
        let is_over = match self.open_demo().await? {
            Some((uuid, _)) => self.stage(&uuid).await? == Stage::Finished,
            None => true,
        };
        if is_over {
            let organiser = sample::organiser(self).await?;
            let sample = Sample::open(self, organiser, TITLES[0], PLAN, VOTERS).await?;
            self.keep_demo(&sample.uuid, &key_file(self, &sample).await?).await?;
        }
        Ok(())
    }

    async fn keep_demo(&self, uuid: &str, key_file: &str) -> Result<(), ServerError> {
        let sql = "INSERT INTO demo (election, number, key_file) SELECT $1, COALESCE(MAX(number), 0) + 1, $2 FROM demo";
        sqlx::query(sql).bind(uuid).bind(key_file).execute(&self.store.write).await?;
        Ok(())
    }

    /// The sample election to try, with its trustee's sealed file.
    async fn open_demo(&self) -> Result<Option<(String, String)>, ServerError> {
        let sql = "SELECT election, key_file FROM demo WHERE key_file <> '' ORDER BY number DESC LIMIT 1";
        Ok(sqlx::query_as(sql).fetch_optional(&self.store.read).await?)
    }

    async fn finished_demo(&self) -> Result<Option<String>, ServerError> {
        let sql = "SELECT election FROM demo WHERE key_file = '' ORDER BY number LIMIT 1";
        Ok(sqlx::query_scalar(sql).fetch_optional(&self.store.read).await?)
    }

    /// The sample election as its page shows it.
    ///
    /// # Errors
    /// `NotFound` where none is held.
    pub(crate) async fn demo(&self) -> Result<DemoView, ServerError> {
        let (uuid, _) = self.open_demo().await?.filter(|_| self.config.is_demo).ok_or(ServerError::NotFound)?;
        let mut codes = Vec::new();
        for position in 0..self.voter_count(&uuid).await?.min(VOTERS) {
            codes.push(self.voting_code(&uuid, position).await?);
        }
        let trustee_link = self.role_link(&uuid, "trustee", 1).await?;
        let (stage, finished) = (self.stage(&uuid).await?, self.finished_demo().await?);
        Ok(DemoView { uuid, codes, trustee_link, stage, finished })
    }

    /// The name and the text of the trustee's sealed file.
    ///
    /// # Errors
    /// `NotFound` where no sample election is held.
    pub(crate) async fn demo_key_file(&self) -> Result<(String, String), ServerError> {
        let (uuid, text) = self.open_demo().await?.filter(|_| self.config.is_demo).ok_or(ServerError::NotFound)?;
        Ok((format!("trustee-{uuid}-1.json"), text))
    }
}
