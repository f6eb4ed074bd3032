//! Stations that checks point to, each with everything that is said of it.

use crate::{CheckId, Message, Place};

/// A station that at least one check points to.
#[derive(Debug, Clone, PartialEq)]
pub struct PointedStation {
    /// The contest's title.
    pub contest: String,
    /// The row of the table that it stands in.
    pub place: Place,
    /// Its full name: its areas and its own name, from the widest.
    pub station: String,
    /// The side for which it is listed as likelier to have had votes moved; where there are several, the surest.
    pub listed: Option<ListedStation>,
    /// What each check says of it, in the order of the checks.
    pub reasons: Vec<StationReason>,
}

/// Why a station is listed by `stations/evidence`.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedStation {
    /// The side that votes would have been moved to.
    pub side: String,
    /// The e-value of added ballots.
    pub e_stuffed: f64,
    /// The e-value of switched votes.
    pub e_switched: f64,
    /// The local false discovery rate, from 0 to 1.
    pub local_rate: f64,
}

/// What a check says of a station.
#[derive(Debug, Clone, PartialEq)]
pub struct StationReason {
    /// The check.
    pub check: CheckId,
    /// The side that it concerns, if it does.
    pub side: Option<String>,
    /// The sentence.
    pub statement: Message,
}
