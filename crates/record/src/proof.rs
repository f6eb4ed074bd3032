//! The sums by which a table proves that it was read rightly.
//!
//! A misread column (a total taken for a party, a missing field) breaks a sum in nearly every row; clerical errors of
//! single stations do not. So a map whose sums fail nearly everywhere is refused, and everything else is counted.

use crate::lines::Lines;
use crate::{Counts, StationTable};

/// A sum that holds between columns of a rightly read table, and how often it fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Which sum.
    pub identity: Identity,
    /// Rows in which every part of it is known.
    pub tested: u64,
    /// Rows in which it fails.
    pub failing: u64,
    /// The sum over failing rows of left side minus right side.
    pub net: i64,
    /// The sum over failing rows of the absolute difference.
    pub gross: u64,
    /// The first failing row, as an index into the table.
    pub first: Option<usize>,
}

/// The sums that a protocol must obey. The left side is named first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Identity {
    /// votes of all options = valid
    OptionsAreValid,
    /// valid + invalid = ballots in boxes
    ValidAndInvalidAreInBoxes,
    /// valid + invalid = ballots issued, where nothing says what was in the boxes
    ValidAndInvalidAreIssued,
    /// mobile + fixed = ballots in boxes, where that is a column of its own
    BoxesAreInBoxes,
    /// received + unaccounted = issued + unused + lost
    ReceivedAreIssuedAndUnused,
    /// early + room + outside = issued, where that is a column of its own
    PartsAreIssued,
}

impl Identity {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 6] = [
        Self::OptionsAreValid,
        Self::ValidAndInvalidAreInBoxes,
        Self::ValidAndInvalidAreIssued,
        Self::BoxesAreInBoxes,
        Self::ReceivedAreIssuedAndUnused,
        Self::PartsAreIssued,
    ];

    /// The name used in `election.toml`; `identity-` before it is the message identifier.
    pub fn id(self) -> &'static str {
        &self.message_id()["identity-".len()..]
    }

    /// The identifier of the sum's text in the language files.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::OptionsAreValid => "identity-options-are-valid",
            Self::ValidAndInvalidAreInBoxes => "identity-valid-and-invalid-are-in-boxes",
            Self::ValidAndInvalidAreIssued => "identity-valid-and-invalid-are-issued",
            Self::BoxesAreInBoxes => "identity-boxes-are-in-boxes",
            Self::ReceivedAreIssuedAndUnused => "identity-received-are-issued-and-unused",
            Self::PartsAreIssued => "identity-parts-are-issued",
        }
    }

    /// The sum in words, left side first.
    pub fn formula(self) -> &'static str {
        match self {
            Self::OptionsAreValid => "votes of all options = valid",
            Self::ValidAndInvalidAreInBoxes => "valid + invalid = in boxes",
            Self::ValidAndInvalidAreIssued => "valid + invalid = issued",
            Self::BoxesAreInBoxes => "mobile + fixed = in boxes",
            Self::ReceivedAreIssuedAndUnused => "received + unaccounted = issued + unused + lost",
            Self::PartsAreIssued => "early + in the room + outside = issued",
        }
    }

    /// Both sides of the sum, row by row; `None` where the table lacks a column for it, or the sum holds by construction
    /// of the map and would prove nothing.
    pub fn sides(self, table: &StationTable) -> Option<(Counts, Counts)> {
        if table.by_construction.contains(&self) { None } else { Lines::sides(table, self) }
    }
}

impl Proof {
    /// Tests a sum on every row; `None` where it has no sides.
    pub fn of(table: &StationTable, identity: Identity) -> Option<Self> {
        let (left, right) = identity.sides(table)?;
        let mut proof = Self { identity, tested: 0, failing: 0, net: 0, gross: 0, first: None };
        for (row, (left, right)) in left.iter().zip(right.iter()).enumerate() {
            let (Some(left), Some(right)) = (left, right) else { continue };
            proof.tested += 1;
            if left != right {
                proof.failing += 1;
                proof.net += i64::from(left) - i64::from(right);
                proof.gross += u64::from(left.abs_diff(right));
                proof.first.get_or_insert(row);
            }
        }
        Some(proof)
    }

    /// Every sum that the table's columns allow.
    pub fn all(table: &StationTable) -> Vec<Self> {
        Identity::ALL.iter().filter_map(|&identity| Self::of(table, identity)).collect()
    }

    /// Whether the sum fails in more than half of at least [`Self::ENOUGH_ROWS`] rows: no clerk errs so often.
    pub fn is_misreading(&self) -> bool {
        self.tested >= Self::ENOUGH_ROWS && self.failing > self.tested / 2
    }

    /// Rows below which a failing sum is reported but does not refuse a map.
    pub const ENOUGH_ROWS: u64 = 10;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Term;

    fn column(values: &[u32]) -> Counts {
        values.iter().map(|&value| Some(value)).collect()
    }

    #[test]
    fn differences_are_summed_with_and_without_sign() {
        let table = StationTable {
            lines: vec![(Term::Valid, column(&[10, 12, 9]))],
            votes: vec![column(&[4, 4, 4]), column(&[6, 6, 6])],
            ..StationTable::default()
        };
        let proof = Proof::of(&table, Identity::OptionsAreValid).expect("both sides are there");
        // rows: 10 = 10, 10 - 12 = -2, 10 - 9 = 1
        assert_eq!((proof.tested, proof.failing, proof.net, proof.gross, proof.first), (3, 2, -1, 3, Some(1)));
        assert!(!proof.is_misreading(), "three rows are too few to refuse a map");
        assert_eq!(Proof::of(&table, Identity::PartsAreIssued), None);
    }

    #[test]
    fn identifiers_are_those_of_election_toml() {
        for identity in Identity::ALL {
            let text = toml::Value::try_from(identity).expect("an identity is a string");
            assert_eq!(text.as_str(), Some(identity.id()));
        }
    }
}
