//! The words of observers' reports that are codes.

use adil_finding::Technique;

/// A code with its word, both ways.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant,)+ }

        impl $name {
            /// All, in their order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word for it in a file.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// What a word means; `None` for any other.
            pub fn of(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// What kind of incident: the crosswalk of the six techniques of 2007 and what else observers report.
    IncidentCode {
        /// Somebody votes more than once, or is taken from station to station.
        MultipleVoting = "V1",
        /// Voting outside the station against its rules.
        MobileVoting = "V2",
        /// Officials or others without a right to be there.
        OfficialsPresent = "V3",
        /// Voters brought and directed in groups.
        GroupVoting = "V4",
        /// Papers put into the box that no voter cast.
        Stuffing = "V5",
        /// The count is not done as it should be.
        Count = "C1",
        /// Unused papers are not counted and cancelled.
        UnusedBallots = "C2",
        /// The protocol is altered, not posted, or its copy refused.
        Protocol = "C3",
        /// What commissions add up is not what came in.
        Tabulation = "T1",
        /// Signatures of one hand in the register.
        Signatures = "S1",
        /// Observers are kept out or hindered.
        Access = "A1",
        /// Seal, password, reset or device of electronic voting.
        Electronic = "E1",
    }
}

impl IncidentCode {
    /// The technique that it is of, where it is one of the eight.
    pub fn technique(self) -> Option<Technique> {
        match self {
            Self::MultipleVoting | Self::Signatures => Some(Technique::MultipleVoting),
            Self::MobileVoting => Some(Technique::MobileVoting),
            Self::OfficialsPresent => Some(Technique::OfficialsPresent),
            Self::GroupVoting => Some(Technique::GroupVoting),
            Self::Stuffing => Some(Technique::Stuffing),
            Self::Count | Self::Protocol | Self::Tabulation => Some(Technique::Count),
            Self::UnusedBallots => Some(Technique::UnusedBallots),
            Self::Access | Self::Electronic => None,
        }
    }

    /// The identifier of its name in words.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::MultipleVoting => "incident-v1",
            Self::MobileVoting => "incident-v2",
            Self::OfficialsPresent => "incident-v3",
            Self::GroupVoting => "incident-v4",
            Self::Stuffing => "incident-v5",
            Self::Count => "incident-c1",
            Self::UnusedBallots => "incident-c2",
            Self::Protocol => "incident-c3",
            Self::Tabulation => "incident-t1",
            Self::Signatures => "incident-s1",
            Self::Access => "incident-a1",
            Self::Electronic => "incident-e1",
        }
    }
}

words! {
    /// The part of the day that a form or an incident is of.
    Stage {
        /// Before the first voter.
        Opening = "opening",
        /// While the station is open.
        Voting = "voting",
        /// The station closes and counts.
        Count = "count",
        /// A higher commission adds up.
        Tabulation = "tabulation",
    }
}

impl Stage {
    /// The identifier of its name in words.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Opening => "stage-opening",
            Self::Voting => "stage-voting",
            Self::Count => "stage-count",
            Self::Tabulation => "stage-tabulation",
        }
    }
}

words! {
    /// Who is said to have done it, by role.
    Actor {
        /// The commission's chair.
        Chair = "chair",
        /// A member of the commission.
        Member = "member",
        /// An official of the state or of a town.
        Official = "official",
        /// Police or other forces.
        Police = "police",
        /// A party's or candidate's agent.
        Agent = "agent",
        /// An employer, a teacher, an officer over those who vote.
        Employer = "employer",
        /// A voter.
        Voter = "voter",
        /// Somebody else.
        Other = "other",
    }
}

words! {
    /// By what way a report came.
    Channel {
        /// An observer's own.
        Observer = "observer",
        /// A voter's.
        Voter = "voter",
        /// A member of a commission.
        Commission = "commission",
        /// A party's or candidate's.
        Party = "party",
        /// A newspaper, agency or broadcaster.
        Press = "press",
        /// Somebody else's.
        Other = "other",
    }
}

words! {
    /// How far a report has been looked into.
    VerificationState {
        /// It came in.
        Reported = "reported",
        /// Somebody looks into it.
        InReview = "in-review",
        /// Another source says the same.
        Corroborated = "corroborated",
        /// Two sources, or one with evidence, and somebody who looked.
        Verified = "verified",
        /// It was not so.
        Refuted = "refuted",
        /// Whoever reported it takes it back.
        Withdrawn = "withdrawn",
    }
}

impl VerificationState {
    /// Whether a report may go from one state to another. Nothing returns to `reported`; what was refuted or withdrawn is only looked into
    /// again.
    pub fn may_become(self, next: Self) -> bool {
        match self {
            Self::Reported => true,
            Self::InReview | Self::Corroborated | Self::Verified => next != Self::Reported,
            Self::Refuted | Self::Withdrawn => self == next || next == Self::InReview,
        }
    }

    /// Whether it still says that something happened.
    pub fn stands(self) -> bool {
        !matches!(self, Self::Refuted | Self::Withdrawn)
    }

    /// The identifier of its name in words.
    pub fn message_id(self) -> &'static str {
        match self {
            Self::Reported => "state-reported",
            Self::InReview => "state-in-review",
            Self::Corroborated => "state-corroborated",
            Self::Verified => "state-verified",
            Self::Refuted => "state-refuted",
            Self::Withdrawn => "state-withdrawn",
        }
    }
}
