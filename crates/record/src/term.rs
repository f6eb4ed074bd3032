//! The lines of a station's protocol, by the names used here.

use serde::{Deserialize, Serialize};

/// A line of a station's protocol. All are counts of people or of papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// Voters on the station's register when the vote ended: those added on the day are among them.
    Registered,
    /// Voters added to the register on the day; they are among the registered.
    Added,
    /// Ballot papers that the station received.
    Received,
    /// Ballot papers issued to voters in all, or voters who signed for one, where no split is given.
    Issued,
    /// Issued before election day.
    IssuedEarly,
    /// Issued in the station's room on the day.
    IssuedInRoom,
    /// Issued outside the room, to voters at home.
    IssuedOutside,
    /// Applications to vote outside the room.
    RequestedOutside,
    /// Unused papers, cancelled.
    Unused,
    /// Found in mobile boxes.
    InMobileBoxes,
    /// Found in the fixed boxes.
    InFixedBoxes,
    /// Found in all boxes, where no split is given.
    InBoxes,
    /// Invalid papers, blank ones included.
    Invalid,
    /// Valid papers.
    Valid,
    /// Papers lost.
    Lost,
    /// Papers not accounted for on receipt.
    Unaccounted,
    /// Absentee certificates that the station received.
    CertificatesReceived,
    /// Absentee certificates that the station issued.
    CertificatesIssued,
    /// Voters who voted on an absentee certificate.
    CertificatesVoted,
    /// Unused absentee certificates, cancelled.
    CertificatesUnused,
    /// Absentee certificates issued to the station's voters by the commission above it.
    CertificatesIssuedAbove,
    /// Absentee certificates lost.
    CertificatesLost,
    /// Absentee certificates not accounted for.
    CertificatesUnaccounted,
}

impl Term {
    /// All terms, in the order of a protocol.
    pub const ALL: [Self; 23] = [
        Self::Registered,
        Self::Added,
        Self::Received,
        Self::Issued,
        Self::IssuedEarly,
        Self::IssuedInRoom,
        Self::IssuedOutside,
        Self::RequestedOutside,
        Self::Unused,
        Self::InMobileBoxes,
        Self::InFixedBoxes,
        Self::InBoxes,
        Self::Invalid,
        Self::Valid,
        Self::Lost,
        Self::Unaccounted,
        Self::CertificatesReceived,
        Self::CertificatesIssued,
        Self::CertificatesVoted,
        Self::CertificatesUnused,
        Self::CertificatesIssuedAbove,
        Self::CertificatesLost,
        Self::CertificatesUnaccounted,
    ];

    /// The name used in `election.toml`; `term-` before it is the message identifier.
    pub fn id(self) -> &'static str {
        &self.message_id()["term-".len()..]
    }

    /// The identifier of the term's name in the language files.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Registered => "term-registered",
            Self::Added => "term-added",
            Self::Received => "term-received",
            Self::Issued => "term-issued",
            Self::IssuedEarly => "term-issued-early",
            Self::IssuedInRoom => "term-issued-in-room",
            Self::IssuedOutside => "term-issued-outside",
            Self::RequestedOutside => "term-requested-outside",
            Self::Unused => "term-unused",
            Self::InMobileBoxes => "term-in-mobile-boxes",
            Self::InFixedBoxes => "term-in-fixed-boxes",
            Self::InBoxes => "term-in-boxes",
            Self::Invalid => "term-invalid",
            Self::Valid => "term-valid",
            Self::Lost => "term-lost",
            Self::Unaccounted => "term-unaccounted",
            Self::CertificatesReceived => "term-certificates-received",
            Self::CertificatesIssued => "term-certificates-issued",
            Self::CertificatesVoted => "term-certificates-voted",
            Self::CertificatesUnused => "term-certificates-unused",
            Self::CertificatesIssuedAbove => "term-certificates-issued-above",
            Self::CertificatesLost => "term-certificates-lost",
            Self::CertificatesUnaccounted => "term-certificates-unaccounted",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_those_of_election_toml() {
        for term in Term::ALL {
            let text = toml::Value::try_from(term).expect("a term is a string");
            assert_eq!(text.as_str(), Some(term.id()));
        }
    }
}
