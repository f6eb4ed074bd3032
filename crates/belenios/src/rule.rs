//! The numbered rules of `docs/spec/belenios-v1.md`. Code, fault and test carry the number.

use std::fmt;

/// The part of a board that a rule is about. Each part is one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Records, names, hashes, the chain of events.
    Archive,
    /// The order of events.
    Order,
    /// The election and its questions.
    Setup,
    /// The list of public credentials.
    Credentials,
    /// The trustees' keys.
    Trustees,
    /// Ballots.
    Ballots,
    /// The encrypted tally.
    Tally,
    /// Shuffles.
    Shuffles,
    /// Partial decryptions.
    Decryption,
    /// The result.
    Result,
}

impl Part {
    /// Every part, in the order of a board.
    pub const ALL: [Self; 10] = [
        Self::Archive,
        Self::Order,
        Self::Setup,
        Self::Credentials,
        Self::Trustees,
        Self::Ballots,
        Self::Tally,
        Self::Shuffles,
        Self::Decryption,
        Self::Result,
    ];
}

macro_rules! rules {
    ($($name:ident $code:literal $id:literal $part:ident: $text:literal),+ $(,)?) => {
        /// A rule of the protocol.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum Rule {
            $(#[doc = $text] #[serde(rename = $code)] $name,)+
        }

        impl Rule {
            /// Every rule, in the order of the specification.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The number, as in the specification.
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The identifier of the sentence that says what is wrong where the rule is broken.
            pub fn message_id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// The part of the board that it is about.
            pub fn part(self) -> Part {
                match self { $(Self::$name => Part::$part),+ }
            }

            /// What must hold.
            pub fn text(self) -> &'static str {
                match self { $(Self::$name => $text),+ }
            }
        }
    };
}

rules! {
    ArchiveVersion "A1" "rule-a1" Archive: "The archive's first record says version 1.",
    ArchiveHeader "A2" "rule-a2" Archive: "The first record is the canonical JSON of version and time.",
    RecordHeader "A3" "rule-a3" Archive: "The header of a record is the one that name, size and time give, byte for byte.",
    RecordPadding "A4" "rule-a4" Archive: "A record is filled with zero bytes to a whole block.",
    RecordName "A5" "rule-a5" Archive: "A record's name is the SHA-256 of its bytes, with its kind.",
    ArchiveEnd "A6" "rule-a6" Archive: "The archive ends with the bytes of an event and nothing after it.",
    EventForm "A7" "rule-a7" Archive: "An event is canonical JSON of a known type.",
    EventParent "A8" "rule-a8" Archive: "An event names the SHA-256 of the event before it; the first names none.",
    EventHeight "A9" "rule-a9" Archive: "The heights of events count from 0.",
    EventRecords "A10" "rule-a10" Archive: "Before an event stand the records that its type needs, and no others.",
    EventPayload "A11" "rule-a11" Archive: "The payload of an event is the hash of the last record before it.",
    RecordReferences "A12" "rule-a12" Archive: "A record that names others names those before it, in canonical JSON.",
    SetupFirst "O1" "rule-o1" Order: "The first event is the setup, and there is no other.",
    EventOrder "O2" "rule-o2" Order: "Events follow in the protocol's order.",
    NothingAfterResult "O3" "rule-o3" Order: "Nothing follows the result.",
    ShufflesWhereNeeded "O4" "rule-o4" Order: "There are shuffles if and only if a question is non-homomorphic.",
    ElectionForm "S1" "rule-s1" Setup: "The election is JSON of the fields of version 1, each at most once.",
    ElectionVersion "S2" "rule-s2" Setup: "The election says version 1.",
    ElectionGroup "S3" "rule-s3" Setup: "The group is known, or its numbers make a group of prime order.",
    ElectionKey "S4" "rule-s4" Setup: "The public key is an element of the group, and not the neutral one.",
    Questions "S5" "rule-s5" Setup: "There is a question, and every question can be answered.",
    Uuid "S6" "rule-s6" Setup: "The identifier has at least 14 characters of base 58.",
    QuestionsFitGroup "S7" "rule-s7" Setup: "The group can hold the answers of every question.",
    CredentialsForm "C1" "rule-c1" Credentials: "The credentials are a canonical JSON list of texts.",
    CredentialElement "C2" "rule-c2" Credentials: "Every credential is an element of the group.",
    CredentialOnce "C3" "rule-c3" Credentials: "No credential is listed twice.",
    CredentialWeight "C4" "rule-c4" Credentials: "A weight is a canonical decimal number.",
    CredentialWeights "C5" "rule-c5" Credentials: "All credentials have a weight, or none.",
    WeightedChoices "C6" "rule-c6" Credentials: "Where a question is non-homomorphic, every weight is 1.",
    TrusteesForm "T1" "rule-t1" Trustees: "The trustees are JSON of the fields of version 1, and there is one.",
    TrusteeKey "T2" "rule-t2" Trustees: "Every key, coefficient and scalar of the trustees is one of the group.",
    TrusteeProof "T3" "rule-t3" Trustees: "Every trustee proves to know the private key.",
    ElectionKeyProduct "T4" "rule-t4" Trustees: "The election's public key is the product of the trustees' keys.",
    ThresholdShape "T5" "rule-t5" Trustees: "A threshold is from 1 to the number of its trustees, and every list has their number.",
    CertificateSignature "T6" "rule-t6" Trustees: "Every certificate is signed by its own verification key.",
    CertificateContext "T7" "rule-t7" Trustees: "The context of a certificate is that of its place.",
    CoefficientsSignature "T8" "rule-t8" Trustees: "The coefficients of a trustee are signed and as many as the threshold.",
    VerificationKey "T9" "rule-t9" Trustees: "Every verification key follows from the coefficients.",
    CeremonySignature "T10" "rule-t10" Trustees: "Every trustee signed the certificates of all and the own coefficients.",
    VerificationKeySignature "T11" "rule-t11" Trustees: "Every trustee signed the own verification key.",
    CeremonyVariant "T12" "rule-t12" Trustees: "The ceremony is of one of the three known forms, for all its trustees.",
    BallotForm "B1" "rule-b1" Ballots: "A ballot is canonical JSON of the fields that its election needs.",
    BallotElection "B2" "rule-b2" Ballots: "A ballot names the election's identifier.",
    BallotFingerprint "B3" "rule-b3" Ballots: "A ballot names the election's fingerprint.",
    BallotCredential "B4" "rule-b4" Ballots: "A ballot's credential is on the list.",
    BallotElement "B5" "rule-b5" Ballots: "Every element of a ballot is one of the group, in canonical form.",
    BallotScalar "B6" "rule-b6" Ballots: "Every scalar of a ballot is below the order of the group, in canonical form.",
    BallotShape "B7" "rule-b7" Ballots: "A ballot has as many answers, choices and proofs as the questions need.",
    BlankProofPresence "B8" "rule-b8" Ballots: "There is a blank proof if and only if the question allows a blank vote.",
    IndividualProof "B9" "rule-b9" Ballots: "Every choice is proven to be 0 or 1.",
    OverallProof "B10" "rule-b10" Ballots: "The number of choices is proven to be allowed.",
    BlankProof "B11" "rule-b11" Ballots: "A blank vote is proven to choose nothing else.",
    ChoiceProof "B12" "rule-b12" Ballots: "Whoever made a non-homomorphic choice is proven to know its randomness.",
    ListProof "B13" "rule-b13" Ballots: "Choices within a list are proven to belong to the list chosen.",
    NonzeroProof "B14" "rule-b14" Ballots: "Somebody of a list is proven to be chosen.",
    SignedHash "B15" "rule-b15" Ballots: "The hash that a ballot's signature names is the ballot's.",
    BallotSignature "B16" "rule-b16" Ballots: "A ballot is signed with its credential.",
    BallotOnce "B17" "rule-b17" Ballots: "No ballot stands on the board twice.",
    TallyForm "E1" "rule-e1" Tally: "The encrypted tally and its size are canonical JSON of the right shape.",
    TallyElement "E2" "rule-e2" Tally: "Every element of the encrypted tally is one of the group.",
    TallyNumber "E3" "rule-e3" Tally: "The number tallied is that of the voters with a ballot.",
    TallyWeight "E4" "rule-e4" Tally: "The total weight is that of the voters with a ballot.",
    TallyProduct "E5" "rule-e5" Tally: "The encrypted tally is the product of the last ballots of all voters.",
    ShuffleForm "M1" "rule-m1" Shuffles: "A shuffle is canonical JSON of the right shape.",
    ShuffleOwner "M2" "rule-m2" Shuffles: "A shuffle belongs to a trustee.",
    ShuffleOwnerOnce "M3" "rule-m3" Shuffles: "No trustee shuffles twice.",
    ShuffleElement "M4" "rule-m4" Shuffles: "Every element and scalar of a shuffle is one of the group.",
    ShuffleProofHolds "M5" "rule-m5" Shuffles: "A shuffle is proven to change nothing but order and encryption.",
    DecryptionForm "D1" "rule-d1" Decryption: "A partial decryption is canonical JSON of the tally's shape.",
    DecryptionOwner "D2" "rule-d2" Decryption: "A partial decryption belongs to a trustee.",
    DecryptionOwnerOnce "D3" "rule-d3" Decryption: "No trustee decrypts twice.",
    DecryptionElement "D4" "rule-d4" Decryption: "Every factor and scalar of a partial decryption is one of the group.",
    DecryptionProof "D5" "rule-d5" Decryption: "Every factor is proven to come from the trustee's key.",
    DecryptionsEnough "D6" "rule-d6" Decryption: "There are as many partial decryptions as the result needs.",
    ResultForm "R1" "rule-r1" Result: "The result is canonical JSON of whole numbers.",
    ResultShape "R2" "rule-r2" Result: "The result has a number or a vote for every place of the tally.",
    ResultRange "R3" "rule-r3" Result: "A number of the result is from 0 to the total weight.",
    ResultDecrypts "R4" "rule-r4" Result: "The result is the decryption of the tally.",
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specification_has_every_rule_with_its_words() {
        let specification = include_str!("../../../docs/spec/belenios-v1.md");
        let missing: Vec<String> = Rule::ALL
            .iter()
            .map(|rule| format!("| {} | {} |", rule.code(), rule.text()))
            .filter(|line| !specification.contains(line.as_str()))
            .collect();
        assert!(missing.is_empty(), "\n{}", missing.join("\n"));
    }

    #[test]
    fn a_rule_belongs_to_the_part_that_its_letter_names() {
        for rule in Rule::ALL {
            let letter = rule.code().chars().next();
            let expected = match rule.part() {
                Part::Archive => 'A',
                Part::Order => 'O',
                Part::Setup => 'S',
                Part::Credentials => 'C',
                Part::Trustees => 'T',
                Part::Ballots => 'B',
                Part::Tally => 'E',
                Part::Shuffles => 'M',
                Part::Decryption => 'D',
                Part::Result => 'R',
            };
            assert_eq!(letter, Some(expected), "{rule}");
            assert_eq!(rule.message_id(), format!("rule-{}", rule.code().to_lowercase()));
        }
    }
}
