//! How an exit poll or another poll was made: what is needed to say how far it can be off.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::Percentage;

/// The design of a poll, as far as its publisher tells it.
#[derive(Debug, Clone, PartialEq, Default, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PollDesign {
    /// Voters who answered.
    #[serde(default)]
    pub interviews: Option<u64>,
    /// Polling stations at which voters were asked.
    #[serde(default)]
    pub stations: Option<u64>,
    /// Voters who were asked and did not answer.
    #[serde(default)]
    pub refused: Option<u64>,
    /// Voters whom the rule of selection chose and nobody could ask.
    #[serde(default)]
    pub missed: Option<u64>,
    /// How many times larger the variance of a share is than that of as many voters drawn one by one; at least 1.
    #[serde(default)]
    pub design_effect: Option<f64>,
    /// The margin that was claimed, in points of percentage.
    #[serde(default)]
    pub claimed_margin: Option<String>,
    /// Whether answers were weighted with the result: such a poll cannot test the count.
    #[serde(default)]
    pub weighted_to_result: bool,
    /// The level of areas whose areas are the strata from which stations were drawn; without it all are of one stratum.
    #[serde(default)]
    pub strata: Option<String>,
    /// Voters who took part, by stratum, where it is known from elsewhere than the table of the count.
    #[serde(default)]
    pub turnout: BTreeMap<String, u64>,
    /// Voters who took part and could not be met at an exit: before the day, at home, abroad. Where it is not told, the lines of the
    /// count's protocols say it, as far as they have them.
    #[serde(default)]
    pub outside: Option<u64>,
    /// Who paid for it.
    #[serde(default)]
    pub commissioned_by: Option<String>,
    /// How stations and voters were chosen.
    #[serde(default)]
    pub selection: Option<String>,
    /// How answers were weighted.
    #[serde(default)]
    pub weighting: Option<String>,
}

impl PollDesign {
    /// What is wrong with it, if something is.
    pub fn fault(&self) -> Option<&'static str> {
        if self.interviews == Some(0) {
            return Some("a poll has interviews: leave the key out where their number is not known");
        }
        if self.design_effect.is_some_and(|effect| !effect.is_finite() || effect < 1.0) {
            return Some("the design effect is a number from 1 on");
        }
        if self.turnout.values().any(|&voters| voters == 0) {
            return Some("a stratum has voters: leave it out where their number is not known");
        }
        if !self.turnout.is_empty() && self.strata.is_none() {
            return Some("turnout by stratum needs the level of areas that strata are");
        }
        let unread = |margin: &String| Percentage::parse(margin).is_none();
        if self.claimed_margin.as_ref().is_some_and(unread) {
            return Some("the claimed margin is not a number of points with at most 6 decimals");
        }
        None
    }

    /// Those who answered, of those whom the rule of selection chose. `None` where it is not told how many did not.
    pub fn response(&self) -> Option<f64> {
        let answered = self.interviews?;
        let silent = self.refused?.saturating_add(self.missed.unwrap_or(0));
        Some(answered as f64 / answered.saturating_add(silent) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn response_is_that_of_all_who_were_chosen() {
        let design =
            PollDesign { interviews: Some(600), refused: Some(300), missed: Some(100), ..PollDesign::default() };
        assert_eq!(design.response(), Some(0.6));
        assert_eq!(PollDesign { refused: None, ..design }.response(), None);
    }

    #[test]
    fn designs_that_cannot_be_are_faults() {
        let of = |design: PollDesign| design.fault().is_some();
        assert!(of(PollDesign { interviews: Some(0), ..PollDesign::default() }));
        assert!(of(PollDesign { design_effect: Some(0.5), ..PollDesign::default() }));
        assert!(of(PollDesign { design_effect: Some(f64::NAN), ..PollDesign::default() }));
        assert!(of(PollDesign { claimed_margin: Some("±1".into()), ..PollDesign::default() }));
        assert!(!of(PollDesign { interviews: Some(1), claimed_margin: Some("1.5".into()), ..PollDesign::default() }));
    }
}
