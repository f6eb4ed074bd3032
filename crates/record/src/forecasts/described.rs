//! How a description names the forecasts of a contest.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{ForecastBook, ForecastTerms, Moment};
use crate::{Contest, DescriptionError, Percentage};

/// The forecasts of a contest, as described.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedForecasts {
    /// The file, beside the description.
    pub file: String,
    /// When commitments end and reveals begin: before the first result is known.
    pub close: String,
    /// The last moment for a reveal.
    #[serde(default)]
    pub reveal_by: Option<String>,
    /// The result of the election before, to compare with.
    #[serde(default)]
    pub previous: Option<DescribedPrevious>,
}

/// The result of the election before, as described.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DescribedPrevious {
    /// Where it can be read.
    #[serde(default)]
    pub source: Option<String>,
    /// The share of each option that took part, as printed.
    #[serde(default)]
    pub share: BTreeMap<String, String>,
    /// The turnout, as printed.
    #[serde(default)]
    pub turnout: Option<String>,
}

/// The forecasts of a contest, read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Forecasts {
    /// The file.
    pub file: String,
    /// When commitments ended.
    pub close: Moment,
    /// The lines.
    pub book: ForecastBook,
    /// The result of the election before, where it is described.
    pub previous: Option<Previous>,
}

/// The result of the election before: what a forecaster could have said without thinking.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Previous {
    /// Where it can be read.
    pub source: Option<String>,
    /// The share of each option, by its place in the contest; 0 where it did not take part.
    pub shares: Vec<f64>,
    /// The turnout.
    pub turnout: Option<f64>,
}

impl DescribedForecasts {
    /// What the lines are held to, and the election before, once the options of the contest are known.
    ///
    /// # Errors
    /// A time is none, a share is no percentage, or an option is not one of the contest.
    pub fn terms(
        &self,
        contest: &Contest,
        contests: &[String],
    ) -> Result<(ForecastTerms, Option<Previous>), DescriptionError> {
        let terms = ForecastTerms {
            contest: contest.id.clone(),
            contests: contests.to_vec(),
            options: contest.options.iter().map(|option| option.id.clone()).collect(),
            ..self.times(&contest.id)?
        };
        let previous = self.previous.as_ref().map(|previous| previous.of(contest)).transpose()?;
        Ok((terms, previous))
    }

    /// The times alone, which can be read before any table.
    ///
    /// # Errors
    /// One of them is none, or reveals would end before they begin.
    pub(crate) fn times(&self, contest: &str) -> Result<ForecastTerms, DescriptionError> {
        let fault = |fault| DescriptionError::Forecasts { contest: contest.to_owned(), fault };
        let moment = |text: &String| Moment::parse(text).ok_or_else(|| fault(format!("{text:?} is no time; {FORM}")));
        let (close, reveal_by) = (moment(&self.close)?, self.reveal_by.as_ref().map(moment).transpose()?);
        match reveal_by.is_some_and(|until| until < close) {
            true => Err(fault("reveal-by is before close".to_owned())),
            false => Ok(ForecastTerms { close, reveal_by, ..ForecastTerms::default() }),
        }
    }
}

const FORM: &str = "one is written like 2026-11-25T20:00Z or 2026-11-25T20:00+05:00";

impl DescribedPrevious {
    fn of(&self, contest: &Contest) -> Result<Previous, DescriptionError> {
        let fault = |fault| DescriptionError::Forecasts { contest: contest.id.clone(), fault };
        let fraction = |text: &String| {
            let printed = Percentage::parse(text).map(Percentage::fraction).filter(|fraction| *fraction <= 1.0);
            printed.ok_or_else(|| fault(format!("{text:?} is no percentage from 0 to 100")))
        };
        let mut shares = vec![0.0; contest.options.len()];
        for (id, text) in &self.share {
            let place = contest.options.iter().position(|option| option.id == *id);
            let place = place.ok_or_else(|| DescriptionError::Unknown {
                place: format!("forecasts.previous of the contest {:?}", contest.id),
                what: "option",
                id: id.clone(),
            })?;
            shares[place] = fraction(text)?;
        }
        if shares.iter().sum::<f64>() > 1.001 {
            return Err(fault("the shares of the election before are together more than 100 %".to_owned()));
        }
        Ok(Previous { source: self.source.clone(), shares, turnout: self.turnout.as_ref().map(fraction).transpose()? })
    }
}
