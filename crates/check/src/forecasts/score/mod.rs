//! # forecasts/score
//!
//! Scores forecasts that were committed to before the close, and says how surprising the official result was under them.
//!
//! **What it looks at.** The lines of a `forecasts.jsonl` (`docs/spec/forecasts.md`): of each forecaster the forecast that was live at the
//! close, if it was revealed. Earlier revisions are kept and weighted by the time that they stood. Lines that break a rule are set
//! aside, counted and shown. The outcome is the official result: the last release of the organisers.
//!
//! **Formula.** All scores are proper losses: smaller is better, and nobody can expect to gain by saying what he does not believe.
//!
//! * *Winner*: log score `-ln p` of the option that won, p at least 0.000001 (how often that floor was used is told); Brier score
//!   `sum_k (p_k - o_k)^2`.
//! * *Shares*: the continuous ranked probability score of each option, `integral (F(x) - 1{x >= y})^2 dx`, meaned over the
//!   options; the energy score `mean |X - y| - 1/2 mean |X - X'|` of 200 joint draws. *Turnout*: the ranked probability score.
//!   Quantiles are joined by straight lines; shares without samples are taken as independent.
//! * *Skill*: `1 - score / baseline`, against one who knows nothing (all options equally likely, all ways to divide the votes equally
//!   likely) and, where the description has it, against the election before (its shares as points and as probabilities of winning).
//! * *The crowd*: all revealed forecasts with the same weight (the linear pool), scored as one.
//! * *Surprise*: the probability under the crowd of a winner as improbable, and of a share or turnout at least as far out (twice the
//!   smaller tail; the smallest of all options times their number).
//! * *Better than luck*: each forecaster against all others together. For the winner the e-value `p_i / mean p_others`, with
//!   the procedure of Benjamini and Hochberg for e-values; for shares the probability, if the result is a draw from the others' pool,
//!   that the forecast scores as well as it did, times the number of forecasters. The rate is 5 %, half for each, and all pseudonyms
//!   that committed are counted, so that one who has many and reveals the best gains nothing.
//! * *Known in advance*: what one who knew the winner, and every share to half a percentage point, would have scored, and whether he could
//!   have been told from luck among so many.
//!
//! * *Over questions*: where a record has five contests or more that were forecast, the crowd's mean scores and skill over contests, with the 95 %
//!   interval of drawing the contests anew (2.5th to 97.5th percentile of the seeded bootstrap; score and baseline of a contest stay
//!   together); where a contest has five options or more with a share, the same of its options, which are not independent.
//! * *Calibration*: over ten bins of probability the part that came about, with consistency bars: the range from the 5th to the 95th percentile
//!   of that part if every probability were right, all forecasts of one option in one bin having the one outcome.
//!
//! **Null model.** For the e-values and tails: the result is a draw from the (others') pool. No null says how good forecasts of an honest
//! election are, so that the finding is `undecided`, `descriptive`.
//!
//! **When it is wrong.** Where the file was kept by somebody who could add lines: the digest of all commitments is printed, to be compared
//! with one that was published at the close. Where losers did not reveal, the crowd looks better than it was. Options of one contest,
//! and forecasters who read the same polls, are not independent: calibration over one contest is a picture and no more.
//!
//! **What may not be concluded.** That a result was fixed because somebody forecast it well: he may know the country. That it was changed
//! because nobody did: forecasters can be wrong together, and where people fear to say whom they support, they are. Even one who
//! knew a result in advance says by his score only that he knew something that the others did not.
//!
//! **References.** I. J. Good, "Rational decisions", JRSS B 14, 1952. G. W. Brier, Monthly Weather Review 78, 1950. T. Gneiting
//! and A. E. Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 102, 2007. R. Wang and A. Ramdas, "False discovery
//! rate control with e-values", JRSS B 84, 2022. J. Bröcker and L. A. Smith, "Increasing the reliability of reliability diagrams", Weather and
//! Forecasting 22, 2007. Values are held to those of Python's scoringrules 0.10.0.

mod calibration;
mod chance;
mod law;
mod lines;
mod questions;
mod said;
mod scores;
#[cfg(test)]
mod tests;
mod words;

use adil_finding::{CheckId, Finding};

use crate::releases::Official;
use crate::{Check, Claim, ContestView, Page, Settings};

/// The check.
pub(crate) struct Score;

const ID: CheckId = CheckId("forecasts/score");

impl Check for Score {
    fn id(&self) -> CheckId {
        ID
    }

    fn page(&self) -> Page {
        Page::of(include_str!("mod.rs"))
    }

    fn claims(&self) -> &'static [Claim] {
        // Forecasts speak of no technique.
        &[]
    }

    fn run(&self, view: &ContestView<'_>, settings: &Settings) -> Vec<Finding> {
        let Some(forecasts) = &view.contest.forecasts else { return Vec::new() };
        let forecasters = said::forecasters(forecasts, view.contest);
        let about = words::About { view, forecasts, forecasters: &forecasters, settings };
        let revealed = forecasters.iter().any(|forecaster| forecaster.live.is_some());
        match Official::of(view.contest).filter(|_| revealed) {
            Some(official) => vec![about.scored(&official)],
            None => vec![about.unscored(revealed)],
        }
    }
}
