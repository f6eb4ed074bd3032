//! The rules of a log of an election, by number: `docs/spec/adil-v1.md`.

/// Declares the rules with code, the same in lower case for identifiers, and text.
macro_rules! rules {
    ($($name:ident $code:literal $lower:literal $text:literal;)*) => {
        /// A rule that every log of an election keeps.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum LedgerRule {
            $(#[doc = $text] $name,)*
        }

        impl LedgerRule {
            /// All rules.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Its number.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What it says.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The identifier of its text in the reports.
            pub fn message_id(self) -> &'static str {
                match self { $(Self::$name => concat!("ledger-rule-", $lower),)* }
            }
        }
    };
}

rules! {
    EntryForm "J1" "j1" "Every entry is a ballot or a signed statement, in its one form.";
    SetupFirst "J2" "j2" "The first entry is the setup, and no other entry is one.";
    Signatures "J3" "j3" "Every statement has the signatures of all who must agree to it, by the keys of the setup.";
    CredentialLists "J4" "j4" "The credential authority's statement names the lists of the setup, its key, and as many \
        voters as there are credentials that are not spare.";
    Phases "J5" "j5" "Entries come in the order of the election: setup, credentials, opening, ballots, closing, tally, \
        shuffles, decryptions, result.";
    Election "J6" "j6" "Every statement and every ballot names this election.";
    SparesListed "J7" "j7" "Spare credentials are on the list of credentials, and none is listed twice.";
    RevokedListed "J8" "j8" "A revocation names a credential of the list that is not a spare one and was not revoked before.";
    SpareFree "J9" "j9" "The spare that a revocation gives is on the list of spares, was given to nobody before, and has the \
        same weight.";
    RevocationTime "J10" "j10" "A revocation is logged between opening and closing, and its time is not after the minute in \
        which it was signed.";
    RevokedBallot "J11" "j11" "No ballot is accepted under a credential after its revocation.";
    SpareUsed "J12" "j12" "No ballot is accepted under a spare credential that no revocation has given to a voter.";
    BallotCredential "J13" "j13" "Every ballot is under a credential of the list.";
    BallotOnce "J14" "j14" "No ballot is logged twice.";
    Minutes "J15" "j15" "The minutes of ballots and statements do not go back.";
    Acceptance "J16" "j16" "An acceptance is of a ballot that was logged before and not accepted yet, in an election that \
        declares them.";
    Contents "J17" "j17" "What a statement names by its digest is there, with that digest and size.";
    Checkpoint "J18" "j18" "The checkpoint is signed by the log's key of the setup, for the log of this election.";
    Tree "J19" "j19" "The checkpoint's root is that of the entries.";
    Archive "J20" "j20" "The archive is, byte for byte, the one that follows from the log.";
    OneCounted "J21" "j21" "No voter has two counted ballots.";
    SetupAgrees "J22" "j22" "The setup says of the election, its trustees and its counting what their records say.";
}
