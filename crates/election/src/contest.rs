//! A question with the way its votes are counted.
//!
//! The record of an election says what is asked. How votes of numbers are counted stands beside the question as
//! `extra`, in the form that the deployed tools read. For choices the record has no such place, so that `plurality` and
//! `approval` stand in adil's own statement of the election.

use adil_belenios::Question;
use serde::{Deserialize, Serialize};

/// A question and how its votes are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// The question, as in the election's record.
    pub question: Question,
    /// How the votes are counted; `None` where the totals, or the votes themselves, are the result.
    pub counting: Option<CountingMethod>,
}

/// How votes become a result. Its JSON is the `extra` of the deployed tools, and of the same form for the two methods
/// that have none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", deny_unknown_fields)]
pub enum CountingMethod {
    /// Choices, of which a voter makes at most one: the answers with the most votes.
    Plurality {
        /// How many answers are elected.
        seats: u32,
    },
    /// Choices, of which a voter makes several: the answers with the most votes.
    Approval {
        /// How many answers are elected.
        seats: u32,
    },
    /// Rankings, compared pair by pair by the method of Schulze.
    Schulze {
        /// Whether a vote of zeros is a blank one.
        blank: bool,
    },
    /// Rankings, transferred from answer to answer: the single transferable vote.
    #[serde(rename = "STV")]
    Stv {
        /// Whether a vote of zeros is a blank one.
        blank: bool,
        /// How many answers are elected.
        seats: u32,
    },
    /// Grades, of which the median counts.
    MajorityJudgment {
        /// Whether a vote of zeros is a blank one.
        blank: bool,
        /// The grades, from the best, which is 1, to the worst.
        grades: Vec<String>,
    },
}

/// Why the `extra` of a question is no counting method.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the question's `extra` is no counting method that is known: {found}")]
pub struct ExtraFault {
    /// What is wrong with it.
    pub found: String,
}

impl CountingMethod {
    /// The `extra` of a question in an election's record; `None` for the methods of choices, which have none.
    pub fn to_extra(&self) -> Option<serde_json::Value> {
        match self {
            Self::Plurality { .. } | Self::Approval { .. } => None,
            // Cannot fail: texts, numbers and flags under fixed names.
            _ => serde_json::to_value(self).ok(),
        }
    }

    /// The method that the `extra` of a non-homomorphic question names.
    ///
    /// # Errors
    /// It has another form, names an unknown method, or one of choices.
    pub fn from_extra(extra: &serde_json::Value) -> Result<Self, ExtraFault> {
        let method = Self::deserialize(extra).map_err(|error| ExtraFault { found: error.to_string() })?;
        match method {
            Self::Plurality { .. } | Self::Approval { .. } => {
                Err(ExtraFault { found: "a method for choices, which are counted under encryption".to_owned() })
            }
            _ => Ok(method),
        }
    }

    /// Whether a vote of numbers may be all zeros.
    pub fn allows_blank(&self) -> bool {
        match self {
            Self::Plurality { .. } | Self::Approval { .. } => false,
            Self::Schulze { blank } | Self::Stv { blank, .. } | Self::MajorityJudgment { blank, .. } => *blank,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn extra(text: &str) -> Result<CountingMethod, ExtraFault> {
        CountingMethod::from_extra(&serde_json::from_str(text).expect("JSON"))
    }

    #[test]
    fn the_extra_has_the_form_of_the_deployed_tools() {
        let grades = vec!["Good".to_owned(), "Poor".to_owned()];
        for (method, text) in [
            (CountingMethod::Schulze { blank: true }, r#"{"method":"Schulze","blank":true}"#),
            (CountingMethod::Stv { blank: false, seats: 2 }, r#"{"method":"STV","blank":false,"seats":2}"#),
            (
                CountingMethod::MajorityJudgment { blank: false, grades },
                r#"{"method":"MajorityJudgment","blank":false,"grades":["Good","Poor"]}"#,
            ),
        ] {
            assert_eq!(method.to_extra().map(|extra| extra.to_string()).as_deref(), Some(text));
            assert_eq!(extra(text), Ok(method));
        }
        assert_eq!(CountingMethod::Approval { seats: 1 }.to_extra(), None);
    }

    #[test]
    fn another_form_is_no_method() {
        for text in [
            r#"{"method":"Borda","blank":true}"#,
            r#"{"method":"Schulze"}"#,
            r#"{"method":"Schulze","blank":true,"seats":1}"#,
            r#"{"method":"STV","blank":false,"seats":-1}"#,
            r#"{"method":"Plurality","seats":1}"#,
            r#"{"blank":true}"#,
            "null",
        ] {
            assert!(extra(text).is_err(), "{text}");
        }
    }
}
