//! The lines of a file, in their order, held to the rules.

use std::collections::BTreeMap;

use super::line::RawLine;
use super::{Digest, Forecast, ForecastFault, Moment, Nonce};
use crate::letters::is_pseudonym;

/// What lines are held to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForecastTerms {
    /// The contest that is forecast.
    pub contest: String,
    /// All contests of the record: lines of the others are for them.
    pub contests: Vec<String>,
    /// The identifiers of the contest's options.
    pub options: Vec<String>,
    /// When commitments end and reveals begin.
    pub close: Moment,
    /// The last moment for a reveal, where there is one.
    pub reveal_by: Option<Moment>,
}

/// The forecasts of a contest.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForecastBook {
    /// Every commitment that counts, in the order of the file: all revisions.
    pub commitments: Vec<Commitment>,
    /// What breaks a rule, in the order of the file.
    pub quarantined: Vec<Quarantined>,
    /// Lines of other contests of the record.
    pub of_others: usize,
}

/// That somebody knew what he would say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commitment {
    /// The line, counted from 1.
    pub line: usize,
    /// The pseudonym.
    pub forecaster: String,
    /// When.
    pub time: Moment,
    /// To what.
    pub digest: Digest,
    /// What was behind it.
    pub revealed: Option<Revealed>,
}

/// What was behind a commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revealed {
    /// The line, counted from 1.
    pub line: usize,
    /// When.
    pub time: Moment,
    /// The forecast.
    pub forecast: Forecast,
}

/// A line that is kept and does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    /// The line, counted from 1.
    pub line: usize,
    /// Why.
    pub fault: ForecastFault,
}

impl ForecastBook {
    /// Reads the lines of a file.
    pub fn read(text: &str, terms: &ForecastTerms) -> Self {
        let mut reader = Reader {
            terms,
            book: Self::default(),
            by_digest: BTreeMap::new(),
            last: BTreeMap::new(),
            first_reveal: None,
        };
        for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
            if let Err(fault) = reader.take(number, line) {
                reader.book.quarantined.push(Quarantined { line: number, fault });
            }
        }
        reader.book
    }

    /// The revisions of each forecaster, oldest first, forecasters by name.
    pub fn by_forecaster(&self) -> BTreeMap<&str, Vec<&Commitment>> {
        let mut all: BTreeMap<&str, Vec<&Commitment>> = BTreeMap::new();
        self.commitments.iter().for_each(|commitment| all.entry(&commitment.forecaster).or_default().push(commitment));
        all
    }

    /// The SHA-256 of all commitments that count, each with a line end behind it, in the order of the file. Whoever notes it at the close can
    /// tell later whether one was added, taken away or moved.
    pub fn digest(&self) -> Digest {
        Digest::of_lines(self.commitments.iter().map(|commitment| &commitment.digest))
    }
}

struct Reader<'a> {
    terms: &'a ForecastTerms,
    book: ForecastBook,
    /// The place of each commitment.
    by_digest: BTreeMap<Digest, usize>,
    /// The time of each forecaster's last commitment.
    last: BTreeMap<String, Moment>,
    first_reveal: Option<usize>,
}

impl Reader<'_> {
    fn take(&mut self, number: usize, line: &str) -> Result<(), ForecastFault> {
        // What is wrong with JSON is told with its place in the line; the number of the line is the file's.
        let raw: RawLine = serde_json::from_str(line).map_err(|error| ForecastFault::Syntax(within_line(&error)))?;
        let (contest, forecaster, time) = match &raw {
            RawLine::Commitment { contest, forecaster, time, .. } => (contest, forecaster, time),
            RawLine::Reveal { contest, forecaster, time, .. } => (contest, forecaster, time),
        };
        if *contest != self.terms.contest {
            return match self.terms.contests.contains(contest) {
                true => {
                    self.book.of_others += 1;
                    Ok(())
                }
                false => Err(ForecastFault::Contest(contest.clone())),
            };
        }
        if !is_pseudonym(forecaster) {
            return Err(ForecastFault::Forecaster);
        }
        let time = Moment::parse(time).ok_or_else(|| ForecastFault::Time(time.clone()))?;
        match &raw {
            RawLine::Commitment { commitment, .. } => self.commit(number, forecaster, time, commitment),
            RawLine::Reveal { forecast, nonce, .. } => {
                let nonce = Nonce::parse(nonce).ok_or(ForecastFault::Hex("nonce"))?;
                let close = self.terms.close;
                if time < close {
                    return Err(ForecastFault::Early { time, close });
                }
                if let Some(until) = self.terms.reveal_by.filter(|until| time > *until) {
                    return Err(ForecastFault::Late { time, until });
                }
                if !self.last.contains_key(forecaster) {
                    return Err(ForecastFault::NoCommitment);
                }
                let forecast = Forecast::of(forecast)?;
                if let Some(unknown) =
                    forecast.options().find(|option| !self.terms.options.iter().any(|known| known == option))
                {
                    return Err(ForecastFault::Option(unknown.to_owned()));
                }
                self.reveal(forecaster, nonce, Revealed { line: number, time, forecast })
            }
        }
    }

    fn commit(&mut self, line: usize, forecaster: &str, time: Moment, digest: &str) -> Result<(), ForecastFault> {
        let digest = Digest::parse(digest).ok_or(ForecastFault::Hex("commitment"))?;
        let close = self.terms.close;
        if time >= close {
            return Err(ForecastFault::Closed { time, close });
        }
        if let Some(line) = self.first_reveal {
            return Err(ForecastFault::BehindReveal { line });
        }
        if let Some(&place) = self.by_digest.get(&digest) {
            return Err(ForecastFault::Repeated { line: self.book.commitments[place].line });
        }
        if let Some(&before) = self.last.get(forecaster).filter(|before| time < **before) {
            return Err(ForecastFault::GoesBack { time, before });
        }
        self.by_digest.insert(digest, self.book.commitments.len());
        self.last.insert(forecaster.to_owned(), time);
        self.book.commitments.push(Commitment {
            line,
            forecaster: forecaster.to_owned(),
            time,
            digest,
            revealed: None,
        });
        Ok(())
    }

    fn reveal(&mut self, forecaster: &str, nonce: Nonce, revealed: Revealed) -> Result<(), ForecastFault> {
        let digest = revealed.forecast.digest(&self.terms.contest, forecaster, nonce);
        let place = self.by_digest.get(&digest).copied();
        // The forecaster's name is hashed, so that a commitment copied by another one cannot be revealed by him.
        let commitment = place.and_then(|place| self.book.commitments.get_mut(place));
        let Some(commitment) = commitment.filter(|commitment| commitment.forecaster == forecaster) else {
            return Err(ForecastFault::Digest { digest: digest.to_string() });
        };
        if let Some(before) = &commitment.revealed {
            return Err(ForecastFault::Revealed { line: before.line });
        }
        self.first_reveal.get_or_insert(revealed.line);
        commitment.revealed = Some(revealed);
        Ok(())
    }
}

fn within_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    format!("{what}, at place {}", error.column())
}
